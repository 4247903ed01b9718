//! Entry: the words of one page with their places, as few bytes.
//!
//! Owns `Entry` and which texts of a page are searched. It must not know other pages.

use std::cmp::Ordering;

use super::words::{Lexicon, Word};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;

/// What one page gives to the index: its words in the order of stems, each with its forms, count by weight and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The number of tokens, then where the words of each part of the alphabet begin, four bytes each; then the words.
    bytes: Box<[u8]>,
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
        let own = (self.site.lang_of(self.page), &fact.title, &front.id, &front.names, &front.synonyms, &front.summary);
        let links: Vec<&str> = self.site.all_words(self.page).collect();
        Fingerprint::of(&(own, &fact.headings, links, self.site.bodies[self.page as usize].prose_print, self.site.config.search.full_text))
    }

    /// Gives each text of the page with its weight.
    fn texts(&self, mut read: impl FnMut(&str, u32)) {
        let fact = self.site.fact(self.page);
        let front = fact.front();
        read(&fact.title, TITLE);
        front.id.iter().for_each(|id| read(id, TITLE));
        front.names.iter().chain(&front.synonyms).for_each(|name| read(name, NAME));
        front.summary.iter().for_each(|summary| read(summary, POINT));
        let prose = self.site.bodies[self.page as usize].prose();
        prose.iter().skip(prose.first_line()).for_each(|(_, line)| read(line, POINT));
        fact.headings.iter().for_each(|heading| read(&heading.text, HEADING));
        if self.site.config.search.full_text {
            prose.iter().take(prose.first_line()).for_each(|(_, text)| read(text, PARAGRAPH));
            self.site.all_words(self.page).for_each(|words| read(words, PARAGRAPH));
        }
    }
}

/// The words of a page. The lexicon saves time and changes nothing.
pub fn entry(lexicon: &mut Lexicon, input: &Input) -> Entry {
    lexicon.speak(input.site.lang_of(input.page));
    let mut spots = Spots { all: Vec::with_capacity(FEW), stems: Vec::with_capacity(FEW) };
    let (mut base, mut tokens) = (0, 0);
    let mut slots = std::mem::take(&mut lexicon.slots);
    input.texts(|text, weight| {
        let count = lexicon.read(text, |word, place| spots.push(&mut slots, word, base + place, weight));
        base = ((base + count) / STEP + 1) * STEP;
        tokens += count;
    });
    spots.stems.iter().for_each(|stem| slots[stem.number as usize] = 0);
    lexicon.slots = slots;
    let mut stems: Vec<(u64, Stem)> = spots.stems.iter().map(|stem| (lexicon.begin(stem.number), *stem)).collect();
    stems.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| lexicon.order(a.number, b.number)));
    let mut writer = Writer { bytes: vec![0; HEAD], parts: 0 };
    writer.set(0, tokens);
    for (_, stem) in stems {
        writer.begin_part(part(lexicon.text(stem.number)));
        writer.push(lexicon, &spots, stem);
    }
    writer.begin_part(PARTS - 1);
    Entry { bytes: writer.bytes.into() }
}

/// What stands for a text in maps, without a way through memory: itself if it is short, else its fingerprint.
pub fn short(text: &str) -> u128 {
    const LONG: u128 = 0xff << 120;
    if text.len() > 15 {
        return Fingerprint::of_bytes(text.as_bytes()).0 | LONG;
    }
    // Its length stands before its bytes, where long texts have what no length is.
    text.bytes().fold(text.len() as u128, |sum, byte| sum << 8 | u128::from(byte)) << (8 * (15 - text.len()))
}

/// The order of strings in script: by UTF-16 units.
pub fn order(one: &str, other: &str) -> Ordering {
    begin(one)
        .cmp(&begin(other))
        .then_with(|| if one.is_ascii() || other.is_ascii() { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) })
}

/// The first eight bytes of a text, as a number that has its order. In UTF-16 what takes four bytes in UTF-8 comes before U+E000.
pub fn begin(text: &str) -> u64 {
    let in_order = |byte: &u8| match byte {
        0xf0..=0xff => byte - 2,
        0xee..=0xef => byte + 5,
        byte => *byte,
    };
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.as_bytes()).for_each(|(byte, letter)| *byte = in_order(letter));
    u64::from_be_bytes(bytes)
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
    pub fn tokens(&self) -> u32 {
        self.head(0).unwrap_or_default() as u32
    }

    #[cfg(test)]
    pub fn of_bytes(bytes: &[u8]) -> Entry {
        Entry { bytes: bytes.into() }
    }

    fn head(&self, number: usize) -> Option<usize> {
        let bytes = self.bytes.get(4 * number..4 * number + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    }

    /// The words of one part of the alphabet, in order.
    pub fn words(&self, part: usize) -> Words<'_> {
        let start = self.head(1 + part).unwrap_or(self.bytes.len());
        let end = if part + 1 < PARTS { self.head(2 + part) } else { None };
        let end = end.unwrap_or(self.bytes.len());
        Words { end, rest: self.bytes.get(start..end).unwrap_or_default() }
    }

    /// What is said of the word whose `at` this is.
    pub fn hit(&self, at: u32) -> Option<Hit<'_>> {
        let mut rest = self.bytes.get(at as usize..)?;
        let mut number = || read_number(&mut rest);
        let (length, count, places) = (number()?, number()?, number()?);
        let own = length.checked_sub(self::length(count) + self::length(places))?;
        Some(Hit { places, bytes: rest.get(..own as usize)? })
    }
}

/// A word at its place, with the weight of its text.
#[derive(Clone, Copy)]
struct Spot {
    form: u32,
    place: u32,
    weight: u32,
    /// The next one of the same stem, or `LAST`.
    next: u32,
}

/// A stem with its first and its last spot.
#[derive(Clone, Copy)]
struct Stem {
    number: u32,
    first: u32,
    last: u32,
}

const LAST: u32 = u32::MAX;
/// Most pages have more words than this.
const FEW: usize = 512;

/// The words of a page as they are read: the spots of a stem are chained, which is faster than to sort them.
struct Spots {
    all: Vec<Spot>,
    stems: Vec<Stem>,
}

impl Spots {
    /// Adds a word. A slot holds the place of a stem in `stems`, from 1.
    fn push(&mut self, slots: &mut Vec<u32>, word: Word, place: u32, weight: u32) {
        let at = self.all.len() as u32;
        self.all.push(Spot { form: word.form, place, weight, next: LAST });
        if slots.len() <= word.stem as usize {
            slots.resize(word.stem as usize + 1, 0);
        }
        let slot = &mut slots[word.stem as usize];
        if *slot == 0 {
            self.stems.push(Stem { number: word.stem, first: at, last: at });
            *slot = self.stems.len() as u32;
        } else {
            let stem = &mut self.stems[*slot as usize - 1];
            self.all[stem.last as usize].next = at;
            stem.last = at;
        }
    }

    /// The spots of a stem, in the order in which they were read.
    fn of(&self, stem: Stem) -> impl Iterator<Item = Spot> {
        std::iter::successors(Some(self.all[stem.first as usize]), |spot| self.all.get(spot.next as usize).copied())
    }
}

/// Puts an entry together.
struct Writer {
    bytes: Vec<u8>,
    /// So many parts have begun.
    parts: usize,
}

/// The bytes before the words.
const HEAD: usize = 4 * (1 + PARTS);

impl Writer {
    fn set(&mut self, number: usize, value: u32) {
        self.bytes[4 * number..4 * number + 4].copy_from_slice(&value.to_le_bytes());
    }

    fn begin_part(&mut self, part: usize) {
        while self.parts <= part {
            self.set(1 + self.parts, self.bytes.len() as u32);
            self.parts += 1;
        }
    }

    /// Adds a word.
    fn push(&mut self, lexicon: &Lexicon, spots: &Spots, stem: Stem) {
        let name = lexicon.text(stem.number);
        self.text(name);
        let (mut weight, mut count, mut bytes, mut before) = (0, 0, 0, 0);
        let form = spots.all[stem.first as usize].form;
        let mut is_one_form = true;
        for spot in spots.of(stem) {
            weight += spot.weight;
            count += 1;
            bytes += length(spot.place - before);
            before = spot.place;
            is_one_form &= spot.form == form;
        }
        if is_one_form {
            self.number(1);
            self.form(name, lexicon.text(form));
        } else {
            self.forms(lexicon, name, spots.of(stem).map(|spot| spot.form).collect());
        }
        // Who looks for the next word passes over all that follows.
        self.number(length(weight) + length(count) + bytes);
        self.number(weight);
        self.number(count);
        before = 0;
        for spot in spots.of(stem) {
            self.number(spot.place - before);
            before = spot.place;
        }
    }

    fn forms(&mut self, lexicon: &Lexicon, name: &str, mut forms: Vec<u32>) {
        forms.sort_unstable_by(|one, other| lexicon.order(*one, *other));
        forms.dedup();
        self.number(forms.len() as u32);
        forms.into_iter().for_each(|form| self.form(name, lexicon.text(form)));
    }

    fn form(&mut self, stem: &str, form: &str) {
        let shared = stem.char_indices().zip(form.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        let shared = shared.unwrap_or(stem.len().min(form.len()));
        self.number(shared as u32);
        self.text(&form[shared..]);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: u32) {
        write_number(number, &mut self.bytes);
    }
}

/// Goes through the words of an entry.
pub struct Words<'a> {
    /// Where `rest` ends in the entry.
    end: usize,
    rest: &'a [u8],
}

/// A form of a word: so many bytes of the stem, and its own end.
pub type Form<'a> = (usize, &'a str);

impl<'a> Words<'a> {
    /// The stem of the next word, the sum of the weights of its places in halves, and where `hit` finds these; its forms are put into `forms`.
    pub fn next(&mut self, forms: &mut Vec<Form<'a>>) -> Option<(&'a str, u32, u32)> {
        let stem = self.text()?;
        forms.clear();
        for _ in 0..self.number()? {
            let shared = self.number()? as usize;
            let end = self.text()?;
            forms.push((stem.is_char_boundary(shared).then_some(shared)?, end));
        }
        let at = (self.end - self.rest.len()) as u32;
        let length = self.number()? as usize;
        let (mut own, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some((stem, read_number(&mut own)?, at))
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
#[derive(Debug, Clone, Copy, Default)]
pub struct Hit<'a> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_texts_stand_for_each_other_in_maps() {
        let texts = ["", "\0", "a", "a\0", "\0a", "b", "aa", "fifteen letters", "sixteen letters!", "seventeen letters", "é"];
        for (at, one) in texts.iter().enumerate() {
            assert!(texts[..at].iter().all(|other| short(one) != short(other)), "{one:?}");
        }
    }

    #[test]
    fn the_order_of_texts_is_that_of_utf_16() {
        let mut texts = ["z", "a", "\u{ffee}", "\u{10400}", "é", "\u{e000}", "aaaaaaaa\u{ffee}", "aaaaaaaa\u{10400}", "aaaaaaaa"];
        texts.sort_by(|one, other| order(one, other));
        assert!(texts.is_sorted_by(|one, next| one.encode_utf16().lt(next.encode_utf16())), "{texts:?}");
    }
}
