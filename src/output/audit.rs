//! The last look at what is written: nothing in it may name what is hidden.
//!
//! The gate keeps hidden pages from everything that is made of pages. What an author writes by hand, in raw HTML, in a static file or in a template,
//! goes past it, and is found here, in the bytes. It must not know pages: it is told what to look for, and gives back the number of whom it found.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use percent_encoding::percent_decode_str;

use crate::fingerprint::Fingerprint;
use crate::media;

/// What gives somebody away, and who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    pub what: What,
    pub whose: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An address of the site, decoded, below its own address and without slashes at its ends, such as `briefings/x`.
    Address(String),
    /// A word of its own: the number of a page, or the path of a source.
    Word(String),
    /// A name between `[[` and `]]`, by the fingerprint that `Site::name` gives it: a wikilink that an editor has made text of.
    Wikilink(Fingerprint),
}

/// Where the files are read: an address is one of this site only if it begins so.
#[derive(Debug, Clone)]
pub struct Site {
    /// Without port; nothing if the site does not know it.
    pub host: Option<String>,
    /// The path of the site's address, with slashes at both ends.
    pub path: String,
    /// What is compared of the names in wikilinks.
    pub name: fn(&str) -> Fingerprint,
    /// How a part of an address is written where it may not stand as it is.
    pub encode: for<'a> fn(&'a str) -> Cow<'a, str>,
}

/// A trace in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Of the output.
    pub path: Box<str>,
    /// From 1; 0 if it is in the name of the file.
    pub line: usize,
    /// As it stands there.
    pub text: String,
    pub whose: usize,
}

/// Looks for traces, in as many texts as are given.
pub struct Auditor {
    site: Site,
    finder: AhoCorasick,
    /// By place in `finder`.
    needles: Vec<Needle>,
    /// By address in small letters.
    addresses: HashMap<String, usize>,
    wikilinks: HashMap<Fingerprint, usize>,
    /// Of each trace, sorted.
    prints: Vec<Fingerprint>,
}

#[derive(Clone, Copy)]
enum Needle {
    /// The last part of an address, behind a slash or where an attribute begins.
    Address,
    Word(usize),
    Wikilink,
}

/// Automata up to so many bytes of needles are made to be fast, longer ones to be small.
const FAST: usize = 64 * 1024;
/// No address and no wikilink is longer.
const LONGEST: usize = 2_000;
/// What opens an attribute that holds a relative address without a slash.
const OPENERS: [&str; 6] = ["href=\"", "href='", "href=", "src=\"", "src='", "src="];

impl Auditor {
    /// Nothing, if there is nothing to look for.
    pub fn new(site: Site, traces: &[Trace]) -> Option<Auditor> {
        let mut texts: Vec<Cow<[u8]>> = Vec::new();
        let mut needles = Vec::new();
        let (mut addresses, mut wikilinks) = (HashMap::new(), HashMap::new());
        for trace in traces {
            match &trace.what {
                What::Word(word) => {
                    texts.push(word.as_bytes().into());
                    needles.push(Needle::Word(trace.whose));
                }
                What::Address(address) => {
                    addresses.entry(address.to_lowercase()).or_insert(trace.whose);
                    let last = address.rsplit('/').next().unwrap_or(address);
                    let encoded = (site.encode)(last);
                    let escaped = last.replace('&', "&amp;");
                    let others = [&*encoded, &*escaped].into_iter().filter(|form| *form != last);
                    for form in std::iter::once(last).chain(others) {
                        texts.extend(std::iter::once("/").chain(OPENERS).map(|before| format!("{before}{form}").into_bytes().into()));
                    }
                    needles.resize(texts.len(), Needle::Address);
                }
                What::Wikilink(name) => {
                    wikilinks.entry(*name).or_insert(trace.whose);
                }
            }
        }
        if !wikilinks.is_empty() {
            texts.push(b"[[".as_slice().into());
            needles.push(Needle::Wikilink);
        }
        let is_small = texts.iter().map(|text| text.len()).sum::<usize>() < FAST;
        let kind = if is_small { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let finder =
            AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(kind)).build(&texts).ok().filter(|_| !texts.is_empty())?;
        let mut prints: Vec<Fingerprint> = traces.iter().map(|trace| print(&site, &trace.what)).collect();
        prints.sort_unstable();
        prints.dedup();
        Some(Auditor { site, finder, needles, addresses, wikilinks, prints })
    }

    /// Of all that is looked for, sorted.
    pub fn prints(&self) -> &[Fingerprint] {
        &self.prints
    }

    /// Whether somebody who looked for these, which are sorted, has looked for all this.
    pub fn is_covered_by(&self, prints: &[Fingerprint]) -> bool {
        self.prints.iter().all(|print| prints.binary_search(print).is_ok())
    }

    /// The traces in one file and in its name, each once.
    pub fn look(&self, path: &str, bytes: &[u8]) -> Vec<Found> {
        let mut found: Vec<Found> = self.in_name(path).into_iter().collect();
        if is_text(path, bytes) {
            let place = format!("/{path}");
            self.each(&place, bytes, |at, text, whose| {
                if !found.iter().any(|known| known.whose == whose && known.text == text) {
                    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                    found.push(Found { path: path.into(), line, text, whose });
                }
            });
        }
        found
    }

    /// The name of a file is a word that gives away whom it names; its address is that of a file, which is planned and so public.
    fn in_name(&self, path: &str) -> Option<Found> {
        let name = format!("/{path}");
        let mut found = None;
        self.each_needle(name.as_bytes(), |needle, range| {
            let Needle::Word(whose) = needle else { return range.end };
            if found.is_none() && is_word(name.as_bytes(), &range) {
                found = Some(Found { path: path.into(), line: 0, text: name[range.clone()].to_string(), whose });
            }
            range.end
        });
        found
    }

    /// Calls `tell` with the place, the text and the owner of every trace in `bytes`, which stand at the address `place` below that of the site.
    fn each(&self, place: &str, bytes: &[u8], mut tell: impl FnMut(usize, String, usize)) {
        let text = |range: Range<usize>| String::from_utf8_lossy(&bytes[range]).into_owned();
        self.each_needle(bytes, |needle, range| match needle {
            Needle::Word(whose) => {
                if is_word(bytes, &range) {
                    tell(range.start, text(range.clone()), whose);
                }
                range.end
            }
            Needle::Address => {
                let token = token(bytes, range.end - 1);
                if let Some(whose) = self.address(bytes, &token, place) {
                    tell(token.start, text(token.clone()), whose);
                }
                token.end
            }
            Needle::Wikilink => {
                if let Some((name, whose)) = self.wikilink(bytes, range.end) {
                    tell(range.start, text(name), whose);
                }
                range.end
            }
        });
    }

    /// Calls `each` with every needle in the order of their ends; what it returns is where the next address may begin.
    fn each_needle(&self, bytes: &[u8], mut each: impl FnMut(Needle, Range<usize>) -> usize) {
        let mut looked = 0;
        for found in self.finder.find_overlapping_iter(bytes) {
            let needle = self.needles[found.pattern().as_usize()];
            // An address is read whole at its first needle.
            if matches!(needle, Needle::Address) && found.start() < looked {
                continue;
            }
            let end = each(needle, found.range());
            if matches!(needle, Needle::Address) {
                looked = end;
            }
        }
    }

    /// Whose address it is that stands in a range of `bytes`: one of this site, whole.
    fn address(&self, bytes: &[u8], token: &Range<usize>, place: &str) -> Option<usize> {
        // The end of an element is no address.
        if token.start > 0 && bytes[token.start - 1] == b'<' {
            return None;
        }
        let written = String::from_utf8_lossy(&bytes[token.clone()]).replace("\\/", "/").replace("&amp;", "&");
        let path = self
            .below(&written, place)
            .filter(|_| written.contains("//") || written.starts_with('/') || is_attribute(bytes, token, place))?;
        let path = path.strip_suffix("index.html").unwrap_or(&path).trim_end_matches(['.', '/', ':']).trim_start_matches('/');
        let path = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
        self.addresses.get(path.as_str()).copied()
    }

    /// What an address names below that of the site.
    fn below(&self, written: &str, place: &str) -> Option<String> {
        let whole = written.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'));
        if let Some((_, rest)) = whole {
            let (host, path) = rest.split_at(rest.find('/')?);
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            let is_ours = self.site.host.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            return is_ours.then(|| self.inside(path)).flatten();
        }
        if written.starts_with('/') {
            return self.inside(written);
        }
        let mut parts: Vec<&str> = place.split('/').collect();
        parts.pop();
        for part in written.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                _ => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    fn inside(&self, path: &str) -> Option<String> {
        let start = path.get(..self.site.path.len())?;
        start.eq_ignore_ascii_case(&self.site.path).then(|| path[self.site.path.len()..].to_string())
    }

    /// The name in a wikilink that begins at `from`, and whose it is.
    fn wikilink(&self, bytes: &[u8], from: usize) -> Option<(Range<usize>, usize)> {
        // Programs have lists in lists: `x[[i]]`.
        if from > 2 && (bytes[from - 3].is_ascii_alphanumeric() || b"_)]".contains(&bytes[from - 3])) {
            return None;
        }
        let rest = &bytes[from..bytes.len().min(from + LONGEST)];
        let end = rest.iter().position(|byte| matches!(byte, b'|' | b'#' | b']' | b'\\' | b'\n' | b'<'))?;
        let name = std::str::from_utf8(&rest[..end]).ok()?;
        let whose = self.wikilinks.get(&(self.site.name)(name))?;
        Some((from..from + end, *whose))
    }
}

/// Whether an address stands where a browser would read it: words with a slash between them are none, `a/b funds`.
fn is_attribute(bytes: &[u8], token: &Range<usize>, place: &str) -> bool {
    let is_document = [".html", ".htm", ".xml", ".svg", ".css"].iter().any(|end| place.ends_with(end));
    is_document && token.start.checked_sub(1).is_some_and(|before| b"\"'=(".contains(&bytes[before]))
}

/// The bytes around a place that can belong to one address.
fn token(bytes: &[u8], at: usize) -> Range<usize> {
    let is_entity = |place: usize| {
        bytes[place] == b'&' && bytes[place..].starts_with(b"&amp;") || bytes[place] == b';' && bytes[..place].ends_with(b"&amp")
    };
    let is_part = |place: &usize| {
        let byte = bytes[*place];
        byte.is_ascii_alphanumeric() || b"-._~/:%\\+@!$".contains(&byte) || byte >= 128 || is_entity(*place)
    };
    let before = (at.saturating_sub(LONGEST)..at).rev().take_while(is_part).count();
    let after = (at..bytes.len().min(at + LONGEST)).take_while(is_part).count();
    // JSON writes slashes as `\/`; any other backslash there is the end of a line or of a quotation.
    let is_end = |place: &usize| bytes[*place] == b'\\' && bytes.get(place + 1) != Some(&b'/');
    let start = (at - before..at).rev().find(is_end).map_or(at - before, |place| at.min(place + 2));
    let end = (at..at + after).find(is_end).unwrap_or(at + after);
    start + sign_before(&bytes[start..at])..at + sign_after(&bytes[at..end])
}

/// A quotation mark, a dash or a space beyond ASCII belongs to the sentence around an address; letters and their accents are its own.
fn is_sign(letter: char) -> bool {
    !letter.is_ascii() && !letter.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&letter)
}

/// Where the last sign in `bytes` ends.
fn sign_before(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return 0;
    }
    let mut end = bytes.len();
    for chunk in bytes.utf8_chunks().collect::<Vec<_>>().into_iter().rev() {
        end -= chunk.invalid().len() + chunk.valid().len();
        if let Some((at, sign)) = chunk.valid().char_indices().rev().find(|(_, letter)| is_sign(*letter)) {
            return end + at + sign.len_utf8();
        }
    }
    0
}

/// Where the first sign in `bytes` begins.
fn sign_after(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    let mut start = 0;
    for chunk in bytes.utf8_chunks() {
        if let Some(at) = chunk.valid().find(is_sign) {
            return start + at;
        }
        start += chunk.valid().len() + chunk.invalid().len();
    }
    bytes.len()
}

fn is_word(bytes: &[u8], range: &Range<usize>) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 128);
    !is_part(range.start.checked_sub(1).map(|before| &bytes[before])) && !is_part(bytes.get(range.end))
}

/// What has a zero among its first bytes is no text, as `grep` has it.
fn is_text(path: &str, bytes: &[u8]) -> bool {
    !media::is_binary(path) && !bytes.iter().take(4096).any(|byte| *byte == 0)
}

fn print(site: &Site, what: &What) -> Fingerprint {
    let place = (&site.host, &site.path);
    match what {
        What::Address(text) => Fingerprint::of(&("address", place, text)),
        What::Word(text) => Fingerprint::of(&("word", text)),
        What::Wikilink(name) => Fingerprint::of(&("wikilink", name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> Cow<'_, str> {
        text.replace(' ', "%20").replace('\u{e9}', "%C3%A9").into()
    }

    fn auditor(base: &str, what: Vec<What>) -> Auditor {
        let name = |name: &str| Fingerprint::of_bytes(name.to_lowercase().as_bytes());
        let site = Site { host: Some("example.org".into()), path: base.into(), name, encode };
        let traces: Vec<Trace> = what.into_iter().enumerate().map(|(whose, what)| Trace { what, whose }).collect();
        Auditor::new(site, &traces).expect("something to look for")
    }

    fn found(text: &str, base: &str, what: What) -> usize {
        auditor(base, vec![what]).look("notes/a.html", text.as_bytes()).len()
    }

    fn address(text: &str) -> What {
        What::Address(text.into())
    }

    #[test]
    fn a_whole_address_of_this_site_is_found_in_every_form() {
        for trace in ["secret", "briefings/secret", "briefings/secret-merger/plan.svg", "briefings/été 1"] {
            let encoded = encode(trace);
            for text in [
                format!("<a href=\"/p/{encoded}/\">"),
                format!("<a href='/p/{encoded}/#part'>"),
                format!("<a href=/p/{encoded}/>"),
                format!("see https://example.org/p/{encoded}/ there"),
                format!("//EXAMPLE.org:443/p/{encoded}"),
                format!("/p/{encoded}/index.html"),
                format!("\"text\\n/p/{encoded}/\\n<a href=\\\"\\\">\""),
                format!("{{\"u\":\"{}\\/?x\"}}", format!("/p/{encoded}").replace('/', "\\/")),
                format!("see /p/{encoded}/."),
                format!("[/p/{encoded}/]"),
                format!("\u{201c}/p/{encoded}/\u{201d} \u{2014}"),
                format!("from\u{2014}/p/{encoded}/\u{2026}"),
                format!("<img srcset=\"a.svg, /p/{encoded} 2x\">"),
                format!("<a href=\"../{encoded}/\">"),
                format!("<a href=\"./../{}/\">", encoded.to_uppercase()),
            ] {
                assert_eq!(found(&text, "/p/", address(trace)), 1, "{text}");
            }
        }
        assert_eq!(found("<a href=\"b\">", "/", address("notes/b")), 1, "relative to the file");
    }

    #[test]
    fn what_ends_or_begins_like_a_hidden_address_is_another() {
        let texts =
            ["\"/p/secret/deeper/\"", "\"/p/secrets/\"", "\"/p/secret-2/\"", "/p/secret/x.png", "\"/fr/p/secret/\"", "\"/p/fr/secret/\""];
        let elsewhere = [
            "https://www.example.com/p/secret/",
            "\"/a/secret/\"",
            "secret",
            "/secret",
            "</secret>",
            "class=\"secret\"",
            "x/p/secret",
            "see ../secret funds",
        ];
        for text in texts.into_iter().chain(elsewhere) {
            assert_eq!(found(text, "/p/", address("secret")), 0, "{text}");
        }
        assert_eq!(found("<a href=\"/fr/briefings/d/\">", "/", address("briefings/d")), 0, "the translation of a hidden page");
        assert_eq!(found("<p>a</p>", "/", address("p")), 0, "the end of an element");
    }

    #[test]
    fn a_number_is_found_as_a_word_and_in_the_name_of_a_file() {
        for (text, count) in [("\n\n(R-3)", 1), ("R-31 XR-3 R-3-b", 0)] {
            assert_eq!(found(text, "/", What::Word("R-3".into())), count, "{text}");
        }
        let auditor = auditor("/", vec![What::Word("PB-2026-009".into())]);
        assert_eq!(auditor.look("files/PB-2026-009.pdf", b"").first().map(|found| found.line), Some(0));
        assert_eq!(auditor.look("b.png", b"PB-2026-009"), []);
        assert_eq!(auditor.look("table.ics", b"a\nPB-2026-009").first().map(|found| found.line), Some(2));
    }

    #[test]
    fn a_wikilink_that_was_made_text_is_found_by_its_name() {
        let name = || What::Wikilink(Fingerprint::of_bytes(b"secret plan"));
        for text in ["see [[Secret plan]]", "[[secret plan|words]]", "[[secret plan#Part]]", "[[secret plan\\|x]]"] {
            assert_eq!(found(text, "/", name()), 1, "{text}");
        }
        for text in ["[[Secret plans]]", "Secret plan", "[[ -f x ]]", "df[[secret plan]]"] {
            assert_eq!(found(text, "/", name()), 0, "{text}");
        }
    }

    #[test]
    fn several_traces_in_one_address_and_file_are_each_told_once() {
        let auditor = auditor("/", vec![address("budget"), address("budget/plan"), What::Word("PB-7x".into())]);
        let found = auditor.look("a.html", b"<a href=\"/budget/plan/\">PB-7x</a>\n<a href=\"/budget/\">x</a> <a href=\"/budget/\">y</a>");
        let traces: Vec<(usize, &str, usize)> = found.iter().map(|found| (found.line, &*found.text, found.whose)).collect();
        assert_eq!(traces, [(1, "/budget/plan/", 1), (1, "PB-7x", 2), (2, "/budget/", 0)]);
    }

    #[test]
    fn the_prints_tell_what_was_looked_for() {
        let one = auditor("/", vec![address("a")]);
        let two = auditor("/", vec![address("b"), address("a")]);
        assert!(two.prints().contains(&one.prints()[0]) && two.prints().len() == 2);
        assert_ne!(one.prints(), auditor("/p/", vec![address("a")]).prints());
    }
}
