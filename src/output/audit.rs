//! The last look at what is written: nothing in it may name what is hidden.
//!
//! The gate keeps hidden pages from everything that is made of pages. What an author writes by hand, in raw HTML, in a static file or in a template,
//! goes past it, and is found here, in the bytes. It must not know pages: it is told what to look for, and gives back the number of whom it found.

mod site;
mod token;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use percent_encoding::percent_decode_str;

use crate::fingerprint::Fingerprint;
use crate::media;
use token::{LONGEST, is_attribute, is_word, token};

pub use site::Site;

/// What gives somebody away, and who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// What to look for.
    pub what: What,
    /// The number of whoever it gives away, which the caller has chosen.
    pub whose: usize,
}

/// Something that gives a page away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An address of the site, decoded, below its own address and without slashes at its ends, such as `briefings/x`.
    Address(String),
    /// A word of its own: the number of a page, or the path of a source.
    Word(String),
    /// A name between `[[` and `]]`, by the fingerprint that `Site::name` gives it: a wikilink that an editor has made text of.
    Wikilink(Fingerprint),
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
    /// The number of whoever it gives away.
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
/// What opens an attribute that holds a relative address without a slash.
const OPENERS: [&str; 6] = ["href=\"", "href='", "href=", "src=\"", "src='", "src="];

impl Auditor {
    /// An auditor that looks for these traces; `None` when there are none.
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

    /// The fingerprints of all that is looked for, sorted.
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
            .site
            .below(&written, place)
            .filter(|_| written.contains("//") || written.starts_with('/') || is_attribute(bytes, token, place))?;
        let path = path.strip_suffix("index.html").unwrap_or(&path).trim_end_matches(['.', '/', ':']).trim_start_matches('/');
        let path = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
        self.addresses.get(path.as_str()).copied()
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
mod tests;
