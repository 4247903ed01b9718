//! The last look at what is written: nothing in it may name what is hidden.
//!
//! The gate keeps hidden pages from everything that is made of pages. What an author writes by hand, in raw HTML, in a static file or in a template,
//! goes past it, and is found here, in the bytes. It must not know pages: it is told what to look for, and gives back the number of whom it found.

mod grams;
pub mod packed;
mod signs;
mod site;
mod token;
pub mod words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem;
use percent_encoding::percent_decode_str;

use crate::fingerprint::{Fingerprint, Lookup};
use crate::media;
use grams::{Filter, Grams, Window};
use signs::plain;
use token::{LONGEST, is_relative, is_word, token};
use words::Stream;

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
    /// A word of its own: the number of a page, the path of a source, the name of a file.
    Word(String),
    /// Words of a sentence, however they are written: the title of a page.
    Title(String),
    /// A text of which no eight words in a row may be seen.
    Text(String),
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
    /// As it stands there, or as whoever it gives away has it.
    pub text: String,
    /// The number of whoever it gives away.
    pub whose: usize,
}

/// Eight words of a hidden text in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Of the output.
    pub path: Box<str>,
    /// From 1.
    pub line: usize,
    /// Which eight words: their number among all.
    pub run: u32,
}

/// What was found in one file.
#[derive(Debug, Default)]
pub struct Looked {
    /// What gives somebody away.
    pub found: Vec<Found>,
    /// Eight words, which are no secret if a public text has them too.
    pub hits: Vec<Hit>,
    /// Whether there are eight words that a public text is known to have too.
    pub has_excused: bool,
}

/// So many words in a row are no accident.
pub const RUN: usize = 8;

/// Looks for traces, in as many texts as are given.
pub struct Auditor {
    site: Site,
    needles: Vec<Needle>,
    /// By the hash of their last words, one, two or four.
    ends: Lookup<u64, Vec<u32>>,
    filter: Filter,
    /// By address in small letters.
    addresses: HashMap<String, usize>,
    wikilinks: HashMap<Fingerprint, usize>,
    runs: Runs,
    /// Of each trace, sorted.
    prints: Vec<Fingerprint>,
}

/// Something that ends with certain words.
struct Needle {
    /// The hashes of its words.
    words: Vec<u64>,
    kind: Kind,
    whose: usize,
}

enum Kind {
    /// The last part of an address.
    Address,
    /// In small letters.
    Word(String),
    /// As its page has it.
    Title(String),
}

/// All runs of eight words in hidden texts.
#[derive(Default)]
struct Runs {
    /// By hash, the number of a run.
    numbers: Lookup<u64, u32>,
    filter: Option<Filter>,
    /// By number: in which text it stands, and where.
    places: Vec<(u32, Range<u32>)>,
    texts: Vec<(String, usize)>,
    /// By number: whether a public text has the run.
    public: Vec<AtomicBool>,
}

impl Auditor {
    /// An auditor that looks for these traces; `None` when there are none. With another print of what is `allowed`, all has to be looked at again.
    pub fn new(site: Site, traces: Vec<Trace>, allowed: Option<Fingerprint>) -> Option<Auditor> {
        if traces.is_empty() {
            return None;
        }
        let mut prints: Vec<Fingerprint> = traces.iter().map(|trace| print(&site, &trace.what)).chain(allowed).collect();
        prints.sort_unstable();
        prints.dedup();
        let (mut addresses, mut wikilinks, mut needles) = (HashMap::new(), HashMap::new(), Vec::new());
        let mut runs = Runs::default();
        for Trace { what, whose } in traces {
            match what {
                What::Word(word) => needles.push(Needle { words: words::hashes(&word), kind: Kind::Word(folded(word.as_bytes())), whose }),
                What::Title(title) => needles.push(Needle { words: words::hashes(&title), kind: Kind::Title(title), whose }),
                What::Address(address) => {
                    let last = address.rsplit('/').next().unwrap_or(&address);
                    let mut forms = Vec::from([last, &(site.encode)(last)].map(words::hashes));
                    forms.dedup();
                    needles.extend(forms.into_iter().map(|words| Needle { words, kind: Kind::Address, whose }));
                    addresses.entry(address.to_lowercase()).or_insert(whose);
                }
                What::Wikilink(name) => drop(wikilinks.entry(name).or_insert(whose)),
                What::Text(text) => runs.add(text, whose),
            }
        }
        runs.finish();
        needles.retain(|needle| !needle.words.is_empty());
        let mut ends: Lookup<u64, Vec<u32>> = Lookup::default();
        for (at, needle) in needles.iter().enumerate() {
            ends.entry(end_of(&needle.words)).or_default().push(at as u32);
        }
        let filter = Filter::new(needles.len(), needles.iter().map(|needle| end_of(&needle.words)));
        Some(Auditor { site, needles, ends, filter, addresses, wikilinks, runs, prints })
    }

    /// The fingerprints of all that is looked for, sorted.
    pub fn prints(&self) -> &[Fingerprint] {
        &self.prints
    }

    /// Whether somebody who looked for these, which are sorted, has looked for all this.
    pub fn is_covered_by(&self, prints: &[Fingerprint]) -> bool {
        self.prints.iter().all(|print| prints.binary_search(print).is_ok())
    }

    /// The traces in one file and in its name, each once. `public` is asked at most once, for the public texts that the file is made of.
    pub fn look(&self, path: &str, bytes: &[u8], public: impl FnOnce() -> Vec<String>) -> Looked {
        let mut looked = Looked { found: self.in_name(path).into_iter().collect(), ..Looked::default() };
        if is_text(path, bytes) {
            self.look_inside(path, bytes, &mut looked, public);
        }
        looked
    }

    /// The name of a file is a word that gives away whom it names; its address is that of a file, which is planned and so public.
    fn in_name(&self, path: &str) -> Option<Found> {
        let mut found = None;
        let mut tell = |range: Range<usize>, whose| {
            found.get_or_insert_with(|| Found { path: path.into(), line: 0, text: path[range].to_string(), whose });
        };
        let mut windows = [Window::new(), Window::new()];
        words::each(path.as_bytes(), |word| {
            let window = &mut windows[word.stream as usize];
            let grams = window.push(&word);
            self.needles_at(&grams, window, |needle, range| {
                let is_it = match &needle.kind {
                    Kind::Address => false,
                    Kind::Title(_) => true,
                    Kind::Word(_) => is_word(path.as_bytes(), &range),
                };
                if is_it && path.is_char_boundary(range.start) && path.is_char_boundary(range.end) {
                    tell(range, needle.whose);
                }
            });
        });
        found
    }

    /// Calls `each` with every needle that ends with the last word, and where it stands.
    #[inline]
    fn needles_at(&self, grams: &Grams, window: &Window, mut each: impl FnMut(&Needle, Range<usize>)) {
        for end in [grams.one, grams.two, grams.four] {
            if !self.filter.may_have(end) {
                continue;
            }
            #[cfg(test)]
            crate::testing::counters::count(|work| work.looks += 1);
            for at in self.ends.get(&end).into_iter().flatten() {
                let needle = &self.needles[*at as usize];
                if let Some(range) = window.ends_with(&needle.words) {
                    each(needle, range);
                }
            }
        }
    }

    fn look_inside(&self, path: &str, bytes: &[u8], looked: &mut Looked, public: impl FnOnce() -> Vec<String>) {
        let place = format!("/{path}");
        let text = |range: Range<usize>| String::from_utf8_lossy(&bytes[range]).into_owned();
        let mut found: Vec<(usize, String, usize)> = Vec::new();
        let mut runs: Vec<(usize, u32)> = Vec::new();
        let mut windows = [Window::new(), Window::new()];
        let has_runs = self.runs.filter.as_ref();
        words::each(bytes, |word| {
            #[cfg(test)]
            crate::testing::counters::count(|work| work.words += 1);
            let window = &mut windows[word.stream as usize];
            let grams = window.push(&word);
            self.needles_at(&grams, window, |needle, range| {
                if let Some(range) = self.settled(needle, range, bytes, &place) {
                    let text = if let Kind::Title(title) = &needle.kind { title.clone() } else { text(range.clone()) };
                    found.push((range.start, text, needle.whose));
                }
            });
            if has_runs.is_some_and(|filter| filter.may_have(grams.eight))
                && let Some(run) = self.runs.numbers.get(&grams.eight)
                && window.has_in_block(RUN)
            {
                #[cfg(test)]
                crate::testing::counters::count(|work| work.looks += 1);
                match self.is_public(*run) {
                    true => looked.has_excused = true,
                    false => runs.push((window.start_of(RUN), *run)),
                }
            }
        });
        found.extend(self.wikilinks_in(bytes).map(|(range, whose)| (range.start, text(range), whose)));
        found.sort();
        let mut line = Lines { bytes, at: 0, line: 1 };
        for (at, text, whose) in found {
            if !looked.found.iter().any(|known| known.whose == whose && known.text == text) {
                looked.found.push(Found { path: path.into(), line: line.of(at), text, whose });
            }
        }
        if runs.is_empty() {
            return;
        }
        public().iter().for_each(|text| self.excuse(text));
        let mut line = Lines { bytes, at: 0, line: 1 };
        runs.sort_unstable();
        let secret = runs.into_iter().filter(|(_, run)| !self.is_public(*run));
        looked.hits.extend(secret.map(|(at, run)| Hit { path: path.into(), line: line.of(at), run }));
    }

    /// Where a needle whose words stand in a range really stands, if it does.
    fn settled(&self, needle: &Needle, range: Range<usize>, bytes: &[u8], place: &str) -> Option<Range<usize>> {
        match &needle.kind {
            Kind::Title(_) => Some(range),
            Kind::Word(word) => (is_word(bytes, &range) && folded(&bytes[range.clone()]) == *word).then_some(range),
            Kind::Address => {
                let token = token(bytes, range.end - 1);
                self.address(bytes, &token, place).filter(|whose| *whose == needle.whose).map(|_| token)
            }
        }
    }

    fn wikilinks_in(&self, bytes: &[u8]) -> impl Iterator<Item = (Range<usize>, usize)> {
        let places = (!self.wikilinks.is_empty()).then(|| memmem::find_iter(bytes, "[["));
        places.into_iter().flatten().filter_map(|at| self.wikilink(bytes, at + 2))
    }

    /// Takes note that a text is public: its runs are no secret.
    pub fn excuse(&self, text: &str) {
        each_run(text, Only::All, |_, run| {
            if let Some(number) = self.runs.numbers.get(&run) {
                self.runs.public[*number as usize].store(true, Ordering::Relaxed);
            }
        });
    }

    /// Whether a public text has a run.
    pub fn is_public(&self, run: u32) -> bool {
        self.runs.public[run as usize].load(Ordering::Relaxed)
    }

    /// Eight words, or more where more follow, as the hidden text has them. The hits are in their order.
    pub fn passages(&self, hits: &[Hit]) -> Vec<Found> {
        let mut passages: Vec<(&Hit, u32, Range<u32>)> = Vec::new();
        for hit in hits {
            let (text, range) = &self.runs.places[hit.run as usize];
            match passages.last_mut() {
                Some((first, last, known))
                    if first.path == hit.path && last == text && (known.start..=known.end).contains(&range.start) =>
                {
                    known.end = known.end.max(range.end);
                }
                _ => passages.push((hit, *text, range.clone())),
            }
        }
        let shown = |(hit, text, range): (&Hit, u32, Range<u32>)| {
            let (text, whose) = &self.runs.texts[text as usize];
            let written = text[range.start as usize..range.end as usize].split_whitespace();
            let words: Vec<&str> =
                written.map(|word| word.trim_matches(['*', '_', '`', '[', ']'])).filter(|word| !word.is_empty()).collect();
            Found { path: hit.path.clone(), line: hit.line, text: words.join(" "), whose: *whose }
        };
        passages.into_iter().map(shown).collect()
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
            .filter(|_| written.contains("//") || written.starts_with('/') || is_relative(bytes, token, place))?;
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

/// Counts lines from one place to the next.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of a place at or after the last one.
    fn of(&mut self, place: usize) -> usize {
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..place]).count();
        self.at = place;
        self.line
    }
}

impl Runs {
    fn add(&mut self, text: String, whose: usize) {
        let number = self.texts.len() as u32;
        each_run(&text, Only::Seen, |range, run| {
            let next = self.places.len() as u32;
            if *self.numbers.entry(run).or_insert(next) == next {
                self.places.push((number, range.start as u32..range.end as u32));
            }
        });
        self.texts.push((text, whose));
    }

    fn finish(&mut self) {
        let count = self.numbers.len();
        let filter = || Filter::new(count, self.numbers.keys().copied());
        self.filter = (count > 0).then(filter);
        self.public.resize_with(count, AtomicBool::default);
    }
}

/// Which runs of a text are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    /// Those that are no part of tags.
    Seen,
    All,
}

/// Calls `each` with every run of eight words in a text: where it stands, and its hash.
fn each_run(text: &str, only: Only, mut each: impl FnMut(Range<usize>, u64)) {
    let mut windows = [Window::new(), Window::new()];
    words::each(text.as_bytes(), |word| {
        let window = &mut windows[word.stream as usize];
        let run = window.push(&word).eight;
        if window.has_in_block(RUN) && (only == Only::All || word.stream == Stream::Text) {
            each(window.start_of(RUN)..word.end, run);
        }
    });
}

/// Where words stand one after the other in a text for the first time.
pub fn find(text: &str, wanted: &[u64]) -> Option<Range<usize>> {
    let mut windows = [Window::new(), Window::new()];
    let mut found = None;
    words::each(text.as_bytes(), |word| {
        let window = &mut windows[word.stream as usize];
        window.push(&word);
        if found.is_none() && wanted.last() == Some(&word.hash) {
            found = window.ends_with(wanted);
        }
    });
    found
}

/// The hash of the last words of a needle: of four, of two, or of one.
fn end_of(words: &[u64]) -> u64 {
    let mut window = Window::new();
    let last =
        words.iter().map(|hash| window.push(&words::Word { stream: Stream::Text, hash: *hash, start: 0, end: 0, parted: false })).last();
    last.map_or(0, |grams| match words.len() {
        1 => grams.one,
        2 | 3 => grams.two,
        _ => grams.four,
    })
}

/// A word without the signs at its ends, which are no part of words.
fn folded(bytes: &[u8]) -> String {
    plain(bytes).trim_matches(|letter: char| !letter.is_alphanumeric()).to_string()
}

fn print(site: &Site, what: &What) -> Fingerprint {
    let place = (&site.host, &site.path);
    match what {
        What::Address(text) => Fingerprint::of(&("address", place, text)),
        What::Word(text) => Fingerprint::of(&("word", text)),
        What::Title(text) => Fingerprint::of(&("title", text)),
        What::Text(text) => Fingerprint::of(&("text", text)),
        What::Wikilink(name) => Fingerprint::of(&("wikilink", name)),
    }
}

#[cfg(test)]
mod tests;
