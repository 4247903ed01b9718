//! List: the pages that have a word, one posting behind the other.
//!
//! Owns how lists are joined and parted. It must not know words, nor how a posting is written.

use std::borrow::Cow;
use std::sync::Arc;

use super::posting::{Posting, read, take, write};
use super::splice::Splice;

/// The pages that have a word, in the order of their numbers: in one piece, or in one for each run in which the word was read.
#[derive(Debug, Clone, Copy, Default)]
pub struct List<'a> {
    /// So many pages.
    pub pages: u32,
    /// The number of the last one.
    pub last: u32,
    /// The first piece, and the number of its last page.
    first: (&'a [u8], u32),
    more: &'a [Part],
    buffers: &'a [Buffer],
}

/// The bytes of many lists.
pub type Buffer = Arc<Vec<u8>>;

/// Where a piece of a list is. Its first posting names its page as if none stood before it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part {
    /// The place of its buffer.
    pub buffer: u32,
    pub start: u32,
    pub length: u32,
    /// The number of its last page.
    pub last: u32,
}

/// A list that owns its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListBuf {
    bytes: Vec<u8>,
    pages: u32,
    last: u32,
}

/// The pages of a list.
pub struct Postings<'a> {
    rest: &'a [u8],
    page: u32,
    more: &'a [Part],
    buffers: &'a [Buffer],
}

impl Part {
    pub fn bytes(self, buffers: &[Buffer]) -> &[u8] {
        &buffers[self.buffer as usize][self.start as usize..(self.start + self.length) as usize]
    }
}

impl<'a> Iterator for Postings<'a> {
    type Item = Posting<'a>;

    #[inline]
    fn next(&mut self) -> Option<Posting<'a>> {
        while self.rest.is_empty() {
            let (part, more) = self.more.split_first()?;
            (self.rest, self.page, self.more) = (part.bytes(self.buffers), 0, more);
        }
        let posting = take(&mut self.rest, self.page)?;
        self.page = posting.page;
        Some(posting)
    }
}

impl<'a> List<'a> {
    /// The list of so many pages that is in these parts of buffers.
    pub fn new(pages: u32, parts: &'a [Part], buffers: &'a [Buffer]) -> List<'a> {
        let Some((first, more)) = parts.split_first() else { return List::default() };
        List { pages, last: more.last().unwrap_or(first).last, first: (first.bytes(buffers), first.last), more, buffers }
    }

    /// The pages, in order. Bytes that are no list end it.
    #[inline]
    pub fn iter(self) -> Postings<'a> {
        Postings { rest: self.first.0, page: 0, more: self.more, buffers: self.buffers }
    }

    /// Gives the pages, in order: in one loop, which is faster than to ask for each.
    #[inline]
    pub fn each(self, mut found: impl FnMut(Posting<'a>)) {
        let mut rest = self.first.0;
        let mut more = self.more.iter();
        loop {
            let mut page = 0;
            while let Some(posting) = take(&mut rest, page) {
                page = posting.page;
                found(posting);
            }
            let Some(part) = more.next() else { return };
            rest = part.bytes(self.buffers);
        }
    }

    /// The pieces that it is in, each with the number of its last page.
    pub fn pieces(self) -> impl Iterator<Item = (&'a [u8], u32)> {
        let more = self.more.iter().map(move |part| (part.bytes(self.buffers), part.last));
        std::iter::once(self.first).chain(more).filter(|(bytes, _)| !bytes.is_empty())
    }

    /// The list that a piece is by itself.
    pub fn of_piece(bytes: &'a [u8], last: u32) -> List<'a> {
        let list = List { last, first: (bytes, last), ..List::default() };
        List { pages: list.iter().count() as u32, ..list }
    }

    /// The places and lists of the pieces in which one of these pages can be, which are in order. No others are read.
    pub fn around(self, pages: &[u32]) -> impl Iterator<Item = (usize, List<'a>)> {
        let mut rest = pages;
        self.pieces().enumerate().filter_map(move |(at, (bytes, last))| {
            let count = rest.partition_point(|page| *page <= last);
            rest = &rest[count..];
            (count > 0).then(|| (at, List::of_piece(bytes, last)))
        })
    }

    /// Writes the list in one piece, behind the page `before`, or as the first if it is 0. Returns how many bytes it takes.
    pub fn append_to(self, bytes: &mut Vec<u8>, mut before: u32) -> usize {
        let start = bytes.len();
        let mut append = |mut part: &[u8], last| {
            if let Some(first) = read(&mut part) {
                write(first - before, bytes);
                bytes.extend_from_slice(part);
                before = last;
            }
        };
        append(self.first.0, self.first.1);
        self.more.iter().for_each(|part| append(part.bytes(self.buffers), part.last));
        bytes.len() - start
    }

    /// The pages of both lists, which have none in common.
    pub fn merged(self, other: List) -> ListBuf {
        let first = other.iter().next().map_or(u32::MAX, |posting| posting.page);
        if self.pages == 0 || self.last < first {
            let mut bytes = Vec::new();
            self.append_to(&mut bytes, 0);
            other.append_to(&mut bytes, self.last);
            bytes.shrink_to_fit();
            return ListBuf { bytes, pages: self.pages + other.pages, last: self.last.max(other.last) };
        }
        self.spliced(&[], other)
    }

    /// The list without the pages that are gone by their numbers, and these pages; `None` if it has none of them. What is behind the end of `is_gone`
    /// stays.
    pub fn without(self, is_gone: &[bool]) -> Option<(ListBuf, Vec<Posting<'a>>)> {
        let pages = self.iter().take_while(|posting| (posting.page as usize) < is_gone.len());
        let gone: Vec<Posting> = pages.filter(|posting| is_gone[posting.page as usize]).collect();
        (!gone.is_empty()).then(|| (self.spliced(is_gone, List::default()), gone))
    }

    /// The list without the pages that are gone, and with new ones, which it does not have. What lies between is copied as it is: of a page behind
    /// another gap only its number is written anew.
    fn spliced(self, is_gone: &[bool], new: List) -> ListBuf {
        let whole = self.in_one_piece();
        let mut splice = Splice::new(&whole);
        let (mut rest, mut page, mut gone) = (&*whole, 0, 0);
        let mut new_pages = new.iter();
        let mut next = new_pages.next();
        while next.is_some() || (page as usize) < is_gone.len() {
            let start = whole.len() - rest.len();
            let Some(posting) = take(&mut rest, page) else { break };
            while let Some(one) = next.take_if(|one| one.page < posting.page) {
                splice.insert(start, page, one);
                next = new_pages.next();
            }
            let end = whole.len() - rest.len();
            if is_gone.get(posting.page as usize).is_some_and(|is_gone| *is_gone) {
                splice.leave_out(start..end, page);
                gone += 1;
            } else {
                splice.keep(end, posting);
            }
            page = posting.page;
        }
        if let Some(posting) = splice.last.and_then(|_| take(&mut rest, page)) {
            splice.keep(whole.len() - rest.len(), posting);
        }
        for one in next.into_iter().chain(new_pages) {
            splice.insert(whole.len(), self.last, one);
        }
        let last = splice.last.unwrap_or(self.last);
        ListBuf { bytes: splice.end(), pages: self.pages + new.pages - gone, last }
    }

    /// The bytes of the list.
    fn in_one_piece(self) -> Cow<'a, [u8]> {
        if self.more.is_empty() {
            return Cow::Borrowed(self.first.0);
        }
        let mut bytes = Vec::new();
        self.append_to(&mut bytes, 0);
        Cow::Owned(bytes)
    }
}

impl ListBuf {
    /// Adds a page behind all others.
    pub fn push(&mut self, posting: Posting) {
        posting.write(self.last, &mut self.bytes);
        self.last = posting.page;
        self.pages += 1;
    }

    /// Its bytes, and where they are in a buffer of their own with this number.
    pub fn into_part(self, buffer: u32) -> (Vec<u8>, Part) {
        let part = Part { buffer, start: 0, length: self.bytes.len() as u32, last: self.last };
        (self.bytes, part)
    }

    pub fn pages(&self) -> u32 {
        self.pages
    }

    pub fn as_list(&self) -> List<'_> {
        List { pages: self.pages, last: self.last, first: (&self.bytes, self.last), ..List::default() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list_of<'a>(postings: impl IntoIterator<Item = Posting<'a>>) -> ListBuf {
        let mut list = ListBuf::default();
        postings.into_iter().for_each(|posting| list.push(posting));
        list.bytes.shrink_to_fit();
        list
    }

    /// Places as bytes, with the weight that each has.
    fn places(count: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        (0..count).for_each(|place| write(place * 31, &mut bytes));
        bytes
    }

    /// A list of these pages, which have so many places of such a weight.
    fn list(pages: &[(u32, u32, u32)]) -> ListBuf {
        let places: Vec<Vec<u8>> = pages.iter().map(|(_, count, _)| places(*count)).collect();
        list_of(pages.iter().zip(&places).map(|((page, count, weight), places)| Posting::new(*page, *weight, *count, places)))
    }

    fn pages(list: &ListBuf) -> Vec<(u32, u32, u32)> {
        list.as_list().iter().map(|posting| (posting.page, posting.count, posting.weight)).collect()
    }

    proptest! {
        #[test]
        fn pages_come_back_as_they_were_put_in(
            found in prop::collection::btree_map(0..100_000u32, (1..20u32, 0..90u32, any::<bool>()), 0..40),
            half in any::<u32>(),
        ) {
            let found: Vec<(u32, u32, u32)> =
                found.into_iter().map(|(page, (count, weight, is_plain))| (page, count, if is_plain { 2 * count } else { weight })).collect();
            let whole = list(&found);
            prop_assert_eq!(pages(&whole), &*found);
            prop_assert_eq!(whole.as_list().pages as usize, found.len());
            prop_assert!(whole.as_list().iter().all(|posting| posting.differences().eq((0..posting.count).map(|place| place * 31))));
            let (one, other): (Vec<_>, Vec<_>) = found.iter().enumerate().partition(|(at, _)| half >> (at % 32) & 1 == 0);
            let part = |part: Vec<(usize, &(u32, u32, u32))>| list(&part.into_iter().map(|(_, page)| *page).collect::<Vec<_>>());
            let (first, second) = (part(one.clone()), part(other.clone()));
            prop_assert_eq!(&first.as_list().merged(second.as_list()), &whole, "in two parts");
            let gone: Vec<u32> = other.iter().map(|(_, (page, ..))| *page).collect();
            let mut is_gone = vec![false; gone.iter().max().map_or(0, |page| *page as usize + 1)];
            gone.iter().for_each(|page| is_gone[*page as usize] = true);
            let left = whole.as_list().without(&is_gone);
            let (left, taken) = left.map_or_else(|| (whole.clone(), Vec::new()), |(left, taken)| (left, taken.iter().map(|gone| gone.page).collect()));
            prop_assert_eq!((left, taken), (part(one), gone));
        }

        #[test]
        fn bytes_that_are_no_list_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let list = ListBuf { bytes, ..ListBuf::default() };
            prop_assert!(list.as_list().iter().map(|posting| posting.differences().count()).sum::<usize>() <= 400);
        }
    }

    #[test]
    fn one_list_behind_another_is_joined_to_it() {
        let (one, other) = (list(&[(3, 1, 2), (7, 2, 4)]), list(&[(8, 1, 2), (300, 9, 18)]));
        let joined = list(&[(3, 1, 2), (7, 2, 4), (8, 1, 2), (300, 9, 18)]);
        assert_eq!(one.as_list().merged(other.as_list()), joined);
        // In two buffers they are one list too.
        let part = |buffer, list: &ListBuf| Part { buffer, start: 0, length: list.bytes.len() as u32, last: list.last };
        let parts = [part(0, &one), part(1, &other)];
        let buffers = [Arc::new(one.bytes.clone()), Arc::new(other.bytes.clone())];
        let parted = List::new(4, &parts, &buffers);
        assert!(parted.iter().eq(joined.as_list().iter()));
        let mut bytes = Vec::new();
        assert_eq!(parted.append_to(&mut bytes, 0), bytes.len());
        assert_eq!((bytes, parted.last), (joined.bytes, joined.last));
    }
}
