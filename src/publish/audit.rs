//! The last look at what will be published: nothing in it may name what is hidden.
//!
//! The gate keeps hidden pages from everything that is made of pages. What an author writes by hand, in raw HTML, in a static file or in a
//! template, goes past it, and is found here. It must not know pages: it is told what to look for.

use aho_corasick::AhoCorasick;

use super::release::{Origin, Release};
use super::trouble::{Cause, Trouble};

/// What gives a hidden page away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// An address below that of the site, without slashes at its ends, such as `briefings/x`.
    Address(String),
    /// A word of its own: the number of a page, or the path of a source.
    Word(String),
}

/// A trace in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Of the output.
    pub path: String,
    pub trace: String,
    /// From 1; nothing if it is in the name of the file.
    pub line: Option<usize>,
}

/// So many leaks are told.
const TOLD: usize = 10;

/// Where traces are in the texts of a release and in the names of its files, in the order of paths.
///
/// # Errors
/// A file cannot be read.
pub fn leaks(release: &Release, traces: &[Trace]) -> Result<Vec<Leak>, Trouble> {
    let traces: Vec<&Trace> = traces.iter().filter(|trace| !is_public(release, trace)).collect();
    if traces.is_empty() {
        return Ok(Vec::new());
    }
    // JSON may write a slash in two signs.
    let forms = traces.iter().flat_map(|trace| match trace {
        Trace::Address(text) if text.contains('/') => vec![(text.clone(), *trace), (text.replace('/', "\\/"), *trace)],
        Trace::Address(text) | Trace::Word(text) => vec![(text.clone(), *trace)],
    });
    let (texts, traces): (Vec<String>, Vec<&Trace>) = forms.unzip();
    let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&texts);
    let finder = finder.map_err(|error| Trouble::place(format!("cannot look for what is hidden: {error}")))?;
    let find = |bytes: &[u8]| {
        finder.find_overlapping_iter(bytes).find(|found| {
            let (before, after) = (&bytes[..found.start()], &bytes[found.end()..]);
            match traces[found.pattern().as_usize()] {
                Trace::Address(text) => is_address(text, before, after, &release.address("index.html")),
                Trace::Word(_) => is_word(before, after),
            }
        })
    };
    let trace = |bytes: &[u8], found: &aho_corasick::Match| String::from_utf8_lossy(&bytes[found.range()]).into_owned();
    let mut leaks = release.each_text(|file, bytes| {
        let found = find(bytes)?;
        let line = bytes[..found.start()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Some(Leak { path: file.path.to_string(), trace: trace(bytes, &found), line: Some(line) })
    })?;
    let named = release.files.iter().filter(|file| file.origin == Origin::Output).filter_map(|file| {
        let name = format!("/{}", file.path);
        let found = find(name.as_bytes()).filter(|found| matches!(traces[found.pattern().as_usize()], Trace::Word(_)))?;
        Some(Leak { path: file.path.to_string(), trace: trace(name.as_bytes(), &found), line: None })
    });
    leaks.extend(named);
    leaks.sort();
    Ok(leaks)
}

/// What is said of leaks; nothing if there is none.
pub fn refusal(leaks: &[Leak]) -> Option<Trouble> {
    if leaks.is_empty() {
        return None;
    }
    let files = if leaks.len() == 1 { "1 file".to_string() } else { format!("{} files", leaks.len()) };
    let mut message = format!("nothing was published: {files} of the output would give away what is hidden:");
    for leak in leaks.iter().take(TOLD) {
        let place = leak.line.map_or_else(|| "in its name".to_string(), |line| format!("line {line}"));
        message.push_str(&format!("\n  {}, {place}: `{}`", leak.path, leak.trace));
    }
    if leaks.len() > TOLD {
        message.push_str(&format!("\n  … and {} more", leaks.len() - TOLD));
    }
    let hint = "it comes from raw HTML, a template, `static/` or a file beside a page: take it out there, or publish what it names";
    Some(Trouble { cause: Cause::Site, message, hints: vec![hint.into()] })
}

/// What a public file of the site stands at is no secret, whatever else had the address.
fn is_public(release: &Release, trace: &Trace) -> bool {
    let Trace::Address(address) = trace else { return false };
    release.get(address).is_some() || release.get(&format!("{address}/index.html")).is_some()
}

/// An address stands behind a slash and ends where an address can end. A single name is too common for that: before it must be where the site
/// begins, or a way up.
fn is_address(text: &str, before: &[u8], after: &[u8], base: &str) -> bool {
    let Some(before) = before.strip_suffix(b"/") else { return false };
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    let begins = text.contains('/') || begins_a_site(before, base);
    let slash = after.strip_prefix(b"\\/").or_else(|| after.strip_prefix(b"/")).unwrap_or(after);
    let rest = slash.strip_prefix(b"index.html").unwrap_or(slash);
    begins && !rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_/%~".contains(byte) || *byte >= 128)
}

/// Whether an address can begin after this: the path of the site ends here, and before it stands a host, a quote or a space.
fn begins_a_site(before: &[u8], base: &str) -> bool {
    let here = before.strip_suffix(b".").unwrap_or(before);
    if here.len() < before.len() && here.last().is_none_or(|byte| b"./\"'(= ".contains(byte)) {
        return true;
    }
    let Some(host) = before.strip_suffix(base.trim_end_matches('/').as_bytes()) else { return false };
    let name = host.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(byte)).count();
    // A host follows two slashes; a path within a site follows a letter of its own.
    if name > 0 { host[..host.len() - name].ends_with(b"//") } else { !host.ends_with(b"/") }
}

fn is_word(before: &[u8], after: &[u8]) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 128);
    !is_part(before.last()) && !is_part(after.first())
}

#[cfg(test)]
mod tests {
    use super::super::release::tests::release;
    use super::*;

    fn found(text: &str, traces: &[Trace]) -> Vec<(String, Option<usize>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let release = release(folder.path(), &[("a.html", text), ("public/index.html", "")], &[]);
        let leaks = leaks(&release, traces).expect("read");
        leaks.into_iter().map(|leak| (leak.trace, leak.line)).collect()
    }

    #[test]
    fn an_address_is_found_in_every_form_and_not_inside_another() {
        for (trace, base) in [("secret", "/p/"), ("briefings/secret", "/p/briefings/")] {
            let name = format!("{base}secret");
            for text in [
                format!("<a href=\"{name}/\">"),
                format!("<a href='{name}/#part'>"),
                format!("<a href={name}/>"),
                format!("see https://example.org{name}/ there"),
                format!("//EXAMPLE.org:443{name}"),
                format!("{name}/index.html"),
                format!("{{\"u\":\"{}\\/?x\"}}", name.replace('/', "\\/")),
                format!("see {name}/."),
                format!("[{name}]"),
                format!("<a href=\"../{trace}/\">"),
                format!("<a href=\"./{}/\">", trace.to_uppercase()),
            ] {
                assert_eq!(found(&text, &[Trace::Address(trace.into())]).len(), 1, "{text}");
            }
            for text in [format!("\"{name}/deeper/\""), format!("\"{name}s/\""), format!("\"{name}-2/\""), format!("{name}/x.png")] {
                assert_eq!(found(&text, &[Trace::Address(trace.into())]), [], "{text}");
            }
        }
        for text in ["\"/a/secret/\"", "\"/topics/secret/\"", "\"/p/topics/secret/\"", "secret", "/secret"] {
            assert_eq!(found(text, &[Trace::Address("secret".into())]), [], "{text}");
        }
    }

    #[test]
    fn a_number_is_found_as_a_word_and_in_the_name_of_a_file() {
        let traces = [Trace::Word("PB-2026-009".into())];
        assert_eq!(found("\n\n(PB-2026-009)", &traces), [("PB-2026-009".to_string(), Some(3))]);
        assert_eq!(found("PB-2026-0091 XPB-2026-009 PB-2026-009-b", &traces), []);
        let folder = tempfile::tempdir().expect("a folder");
        let release = release(folder.path(), &[("files/PB-2026-009.pdf", ""), ("table.ics", "PB-2026-009"), ("b.png", "PB-2026-009")], &[]);
        let leaks = leaks(&release, &traces).expect("read");
        let places: Vec<(&str, Option<usize>)> = leaks.iter().map(|leak| (&*leak.path, leak.line)).collect();
        assert_eq!(places, [("files/PB-2026-009.pdf", None), ("table.ics", Some(1))]);
    }

    #[test]
    fn an_address_at_which_a_public_page_stands_is_no_secret() {
        assert_eq!(found("\"/p/public/\"", &[Trace::Address("public".into())]), []);
    }

    #[test]
    fn a_refusal_names_files_and_lines() {
        let leak = |number: usize| Leak { path: format!("{number:02}.html"), trace: "/x/".into(), line: Some(7) };
        let leaks: Vec<Leak> = (0..12).map(leak).collect();
        let message = refusal(&leaks).expect("a refusal").message;
        assert!(
            message
                .starts_with("nothing was published: 12 files of the output would give away what is hidden:\n  00.html, line 7: `/x/`\n")
        );
        assert!(message.ends_with("… and 2 more"));
        assert_eq!(refusal(&[]), None);
    }
}
