//! The last look at what will be published: nothing in it may name what is hidden.
//!
//! The gate keeps hidden pages from everything that is made of pages. What an author writes by hand, in raw HTML, in a static file or in a
//! template, goes past it, and is found here. It must not know pages: it is told what to look for.

use aho_corasick::AhoCorasick;

use super::release::Release;
use super::trouble::{Cause, Trouble};

/// What gives a hidden page away.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// An address from the root of the host, such as `/briefings/x/`.
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
    /// From 1.
    pub line: usize,
}

/// So many leaks are told.
const TOLD: usize = 10;

/// Where traces are in the texts of a release, in the order of paths. `origin` is that of the site's address, such as `https://example.org`.
///
/// # Errors
/// A file cannot be read.
pub fn leaks(release: &Release, origin: &str, traces: &[Trace]) -> Result<Vec<Leak>, Trouble> {
    let traces: Vec<&Trace> = traces.iter().filter(|trace| !is_public(release, trace)).collect();
    if traces.is_empty() {
        return Ok(Vec::new());
    }
    let texts = traces.iter().map(|trace| match trace {
        Trace::Address(text) | Trace::Word(text) => text,
    });
    let finder = AhoCorasick::new(texts).map_err(|error| Trouble::place(format!("cannot look for what is hidden: {error}")))?;
    let mut leaks = release.each_text(|file, bytes| {
        let found = finder.find_overlapping_iter(bytes).find(|found| {
            let (before, after) = (&bytes[..found.start()], &bytes[found.end()..]);
            match traces[found.pattern().as_usize()] {
                Trace::Address(_) => is_address(before, after, origin),
                Trace::Word(_) => is_word(before, after),
            }
        })?;
        let trace = String::from_utf8_lossy(&bytes[found.range()]).into_owned();
        let line = bytes[..found.start()].iter().filter(|byte| **byte == b'\n').count() + 1;
        Some(Leak { path: file.path.to_string(), trace, line })
    })?;
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
        message.push_str(&format!("\n  {}, line {}: `{}`", leak.path, leak.line, leak.trace));
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
    let inside = address.strip_prefix(&release.address("index.html")).unwrap_or(address);
    let path = if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_string() };
    release.get(&path).is_some()
}

/// An address begins where a value or a word does, or after the origin, and ends where an address can end.
fn is_address(before: &[u8], after: &[u8], origin: &str) -> bool {
    let begins = before.last().is_none_or(|byte| b"\"'`(=<>,;| \t\r\n".contains(byte)) || before.ends_with(origin.as_bytes());
    let rest = after.strip_prefix(b"index.html").unwrap_or(after);
    begins && rest.first().is_none_or(|byte| b"\"'`)<>,;|#?&\\ \t\r\n".contains(byte))
}

fn is_word(before: &[u8], after: &[u8]) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 128);
    !is_part(before.last()) && !is_part(after.first())
}

#[cfg(test)]
mod tests {
    use super::super::release::tests::release;
    use super::*;

    fn found(text: &str, traces: &[Trace]) -> Vec<(String, usize)> {
        let folder = tempfile::tempdir().expect("a folder");
        let release = release(folder.path(), &[("a.html", text), ("public/index.html", "")], &[]);
        let leaks = leaks(&release, "https://example.org", traces).expect("read");
        leaks.into_iter().map(|leak| (leak.trace, leak.line)).collect()
    }

    #[test]
    fn an_address_is_found_in_every_form_and_not_inside_another() {
        let traces = [Trace::Address("/p/secret/".into())];
        for text in [
            "<a href=\"/p/secret/\">",
            "<a href='/p/secret/#part'>",
            "<a href=/p/secret/>",
            "see https://example.org/p/secret/ there",
            "/p/secret/index.html",
            "{\"u\":\"/p/secret/?x\"}",
        ] {
            assert_eq!(found(text, &traces), [("/p/secret/".to_string(), 1)], "{text}");
        }
        for text in ["\"/p/secret/deeper/\"", "\"/a/p/secret/\"", "\"https://elsewhere.org/p/secret/\"", "/p/secret/x.png"] {
            assert_eq!(found(text, &traces), [], "{text}");
        }
    }

    #[test]
    fn a_number_is_found_as_a_word() {
        let traces = [Trace::Word("PB-2026-009".into())];
        assert_eq!(found("\n\n(PB-2026-009)", &traces), [("PB-2026-009".to_string(), 3)]);
        assert_eq!(found("PB-2026-0091 XPB-2026-009 PB-2026-009-b", &traces), []);
    }

    #[test]
    fn an_address_at_which_a_public_page_stands_is_no_secret() {
        assert_eq!(found("\"/p/public/\"", &[Trace::Address("/p/public/".into())]), []);
    }

    #[test]
    fn a_refusal_names_files_and_lines() {
        let leak = |number: usize| Leak { path: format!("{number:02}.html"), trace: "/x/".into(), line: 7 };
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
