//! Packed: the words of one page as few bytes, written once and read from front to end.
//!
//! Owns `Entry` and the form of its bytes, which no other process reads. It must not know what the words weigh, nor where they come from.

use super::words::{Lexicon, Word};

/// What one page gives to the index: its words in the order of stems, each with its forms, count by weight and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The number of tokens, then where the words of each part of the alphabet begin, four bytes each; then the words.
    bytes: Box<[u8]>,
}

/// The parts of the alphabet: what comes before `a`, each letter from `a` to `z`, and what comes behind. Each is looked through by itself.
pub const PARTS: usize = 28;

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
pub struct Spots {
    all: Vec<Spot>,
    stems: Vec<Stem>,
}

impl Default for Spots {
    fn default() -> Spots {
        Spots { all: Vec::with_capacity(FEW), stems: Vec::with_capacity(FEW) }
    }
}

impl Spots {
    /// Adds a word. A slot holds the place of a stem in `stems`, from 1.
    pub fn push(&mut self, slots: &mut Vec<u32>, word: Word, place: u32, weight: u32) {
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

    /// Leaves the slots as they were found.
    pub fn clear(&self, slots: &mut [u32]) {
        self.stems.iter().for_each(|stem| slots[stem.number as usize] = 0);
    }

    /// The spots of a stem, in the order in which they were read.
    fn of(&self, stem: Stem) -> impl Iterator<Item = Spot> {
        std::iter::successors(Some(self.all[stem.first as usize]), |spot| self.all.get(spot.next as usize).copied())
    }

    /// The entry of a page of so many tokens.
    pub fn pack(&self, lexicon: &Lexicon, tokens: u32) -> Entry {
        let mut stems: Vec<(u64, Stem)> = self.stems.iter().map(|stem| (lexicon.begin(stem.number), *stem)).collect();
        stems.sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| lexicon.order(a.number, b.number)));
        let mut writer = Writer { bytes: vec![0; HEAD], parts: 0 };
        writer.set(0, tokens);
        for (_, stem) in stems {
            writer.begin_part(part(lexicon.text(stem.number)));
            writer.push(lexicon, self, stem);
        }
        writer.begin_part(PARTS - 1);
        Entry { bytes: writer.bytes.into() }
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
