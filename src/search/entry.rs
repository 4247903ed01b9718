//! Entry: the words of one page with their places, as few bytes.
//!
//! Owns `Entry` and which texts of a page are searched. It must not know other pages.

use serde::{Deserialize, Serialize};

use super::words::{Lexicon, Word};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;

/// What one page gives to the index: its words in the order of stems, each with its forms, count by weight and places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub tokens: u32,
    /// Where the words of each part of the alphabet begin in `bytes`.
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

/// A page whose words are wanted.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub site: &'a Site,
    pub page: PageId,
}

/// The parts of the alphabet: what comes before `a`, each letter from `a` to `z`, and what comes behind. Each is looked through by itself.
pub const PARTS: usize = 28;

/// A text begins at a multiple of this, so that an edit moves few places.
const STEP: u32 = 64;

/// The weights of texts, in halves.
const TITLE: u32 = 12;
const NAME: u32 = 8;
const POINT: u32 = 5;
const HEADING: u32 = 4;
const PARAGRAPH: u32 = 2;

impl Input<'_> {
    /// The fingerprint of all that an entry is made of.
    pub fn print(&self) -> Fingerprint {
        let fact = self.site.fact(self.page);
        let front = fact.front();
        let own = (self.site.lang_of(self.page), &fact.title, &front.id, &front.names, &front.summary);
        Fingerprint::of(&(own, &fact.headings, self.site.bodies[self.page as usize].prose_print, self.site.config.search.full_text))
    }

    /// Gives each text of the page with its weight.
    fn texts(&self, mut read: impl FnMut(&str, u32)) {
        let fact = self.site.fact(self.page);
        let front = fact.front();
        read(&fact.title, TITLE);
        front.id.iter().for_each(|id| read(id, TITLE));
        front.names.iter().for_each(|name| read(name, NAME));
        front.summary.iter().for_each(|summary| read(summary, POINT));
        let prose = self.site.bodies[self.page as usize].prose();
        prose.iter().skip(prose.first_line()).for_each(|(_, line)| read(line, POINT));
        fact.headings.iter().for_each(|heading| read(&heading.text, HEADING));
        if self.site.config.search.full_text {
            prose.iter().take(prose.first_line()).for_each(|(_, text)| read(text, PARAGRAPH));
        }
    }
}

/// The words of a page. The lexicon saves time and changes nothing.
pub fn entry(lexicon: &mut Lexicon, input: &Input) -> Entry {
    lexicon.speak(input.site.lang_of(input.page));
    let mut hits: Vec<(Word, u32, u32)> = Vec::new();
    let (mut base, mut tokens) = (0, 0);
    input.texts(|text, weight| {
        let count = lexicon.read(text, |word, place| hits.push((word, base + place, weight)));
        base = ((base + count) / STEP + 1) * STEP;
        tokens += count;
    });
    hits.sort_unstable_by_key(|(word, place, _)| (word.stem, *place));
    let mut words: Vec<&[(Word, u32, u32)]> = hits.chunk_by(|one, next| one.0.stem == next.0.stem).collect();
    words.sort_unstable_by(|one, other| order(lexicon.text(one[0].0.stem), lexicon.text(other[0].0.stem)));
    let mut entry = Entry { tokens, starts: Vec::with_capacity(PARTS), bytes: Vec::with_capacity(hits.len() * 6) };
    for word in words {
        entry.begin_part(part(lexicon.text(word[0].0.stem)));
        entry.push(lexicon, word);
    }
    entry.begin_part(PARTS - 1);
    entry.bytes.shrink_to_fit();
    entry
}

/// The order of strings in script: by UTF-16 units.
pub fn order(one: &str, other: &str) -> std::cmp::Ordering {
    if one.is_ascii() || other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) }
}

/// The part of the alphabet that a stem belongs to.
fn part(stem: &str) -> usize {
    match stem.bytes().next().unwrap_or_default() {
        letter @ b'a'..=b'z' => (letter - b'a') as usize + 1,
        letter if letter < b'a' => 0,
        _ => PARTS - 1,
    }
}

impl Entry {
    /// What another process reads with `recall`.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    pub fn recall(bytes: &[u8]) -> Option<Entry> {
        postcard::from_bytes(bytes).ok()
    }

    fn begin_part(&mut self, part: usize) {
        while self.starts.len() <= part {
            self.starts.push(self.bytes.len() as u32);
        }
    }

    /// Adds a word by its hits, in the order of their places.
    fn push(&mut self, lexicon: &Lexicon, hits: &[(Word, u32, u32)]) {
        let stem = lexicon.text(hits[0].0.stem);
        let mut forms: Vec<u32> = hits.iter().map(|(word, ..)| word.form).collect();
        forms.sort_unstable_by(|one, other| order(lexicon.text(*one), lexicon.text(*other)));
        forms.dedup();
        self.text(stem);
        self.number(forms.len() as u32);
        for form in forms {
            let form = lexicon.text(form);
            let shared =
                stem.char_indices().zip(form.chars()).find(|((_, a), b)| a != b).map_or(stem.len().min(form.len()), |((at, _), _)| at);
            self.number(shared as u32);
            self.text(&form[shared..]);
        }
        self.number(hits.iter().map(|(.., weight)| weight).sum());
        self.number(hits.len() as u32);
        // The places are passed over without being read where a word is too common to have any.
        let befores = std::iter::once(0).chain(hits.iter().map(|(_, place, _)| *place));
        let differences: Vec<u32> = hits.iter().zip(befores).map(|((_, place, _), before)| place - before).collect();
        self.number(differences.iter().map(|number| length(*number)).sum());
        differences.into_iter().for_each(|number| self.number(number));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: u32) {
        write_number(number, &mut self.bytes);
    }

    /// The words of one part of the alphabet, in order.
    pub fn words(&self, part: usize) -> Words<'_> {
        let start = self.starts.get(part).map_or(self.bytes.len(), |start| *start as usize);
        let end = self.starts.get(part + 1).map_or(self.bytes.len(), |end| *end as usize);
        Words { rest: self.bytes.get(start..end).unwrap_or_default() }
    }
}

/// Goes through the words of an entry.
pub struct Words<'a> {
    rest: &'a [u8],
}

/// A form of a word: so many bytes of the stem, and its own end.
pub type Form<'a> = (usize, &'a str);

impl<'a> Words<'a> {
    /// The next word; its forms are put into `forms`.
    pub fn next(&mut self, forms: &mut Vec<Form<'a>>) -> Option<Hit<'a>> {
        let stem = self.text()?;
        forms.clear();
        for _ in 0..self.number()? {
            let shared = self.number()? as usize;
            forms.push((shared, self.text()?));
        }
        let (count, places) = (self.number()?, self.number()?);
        let length = self.number()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Hit { stem, count, places, bytes })
    }

    fn number(&mut self) -> Option<u32> {
        read_number(&mut self.rest)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}

/// A word on a page.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    pub stem: &'a str,
    /// The sum of the weights of its places, in halves.
    pub count: u32,
    pub places: u32,
    /// The places as numbers, each the difference to the one before.
    bytes: &'a [u8],
}

impl Hit<'_> {
    /// The first place, then the difference of each to the one before.
    pub fn differences(&self) -> impl Iterator<Item = u32> {
        let mut rest = self.bytes;
        std::iter::from_fn(move || read_number(&mut rest))
    }
}

/// Seven bits a byte, the lowest first.
fn write_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many bytes a number takes.
fn length(number: u32) -> u32 {
    (32 - (number | 1).leading_zeros()).div_ceil(7)
}

fn read_number(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..35).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
