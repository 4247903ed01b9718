//! List: the pages that have a word, each with the places where it stands there, as few bytes.
//!
//! Owns the form of the bytes. It must not know words, nor what a page is beyond its number in the memory of the index.

/// The pages that have a word, in the order of their numbers.
///
/// Each is the difference of its number to the one before, a byte that says how many places there are and how many bytes they take, the weights of its
/// places if they are not those of paragraphs, and the places, each as the difference to the one before. Numbers have seven bits a byte, the lowest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List<'a> {
    pub bytes: &'a [u8],
    /// So many pages.
    pub pages: u32,
    /// The number of the last one.
    pub last: u32,
}

/// A list that owns its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListBuf {
    bytes: Vec<u8>,
    pages: u32,
    last: u32,
}

/// A page that has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting<'a> {
    pub page: u32,
    /// The sum of the weights of its places, in halves.
    pub weight: u32,
    /// So many places.
    pub count: u32,
    places: &'a [u8],
}

/// The pages of a list.
pub struct Postings<'a> {
    rest: &'a [u8],
    page: u32,
}

impl<'a> Iterator for Postings<'a> {
    type Item = Posting<'a>;

    #[inline]
    fn next(&mut self) -> Option<Posting<'a>> {
        let posting = take(&mut self.rest, self.page)?;
        self.page = posting.page;
        Some(posting)
    }
}

/// What a place in a paragraph weighs, in halves.
pub const PARAGRAPH: u32 = 2;

/// Stands where a byte cannot say how many places there are.
const MANY: u8 = 0xff;

impl<'a> List<'a> {
    /// The pages, in order. Bytes that are no list end it.
    #[inline]
    pub fn iter(self) -> Postings<'a> {
        Postings { rest: self.bytes, page: 0 }
    }

    /// Writes the pages, which come behind the page `before`, or are the first if it is 0.
    pub fn append_to(self, bytes: &mut Vec<u8>, before: u32) {
        let mut rest = self.bytes;
        if let Some(first) = take(&mut rest, 0) {
            first.write(before, bytes);
            bytes.extend_from_slice(rest);
        }
    }

    /// The pages of both lists, which have none in common.
    pub fn merged(self, other: List) -> ListBuf {
        let first = other.iter().next().map_or(u32::MAX, |posting| posting.page);
        if self.pages == 0 || self.last < first {
            let mut bytes = Vec::with_capacity(self.bytes.len() + other.bytes.len());
            bytes.extend_from_slice(self.bytes);
            other.append_to(&mut bytes, self.last);
            return ListBuf { bytes, pages: self.pages + other.pages, last: self.last.max(other.last) };
        }
        let mut all: Vec<Posting> = self.iter().chain(other.iter()).collect();
        all.sort_by_key(|posting| posting.page);
        ListBuf::new(all)
    }

    /// The list without some of its pages, and these pages; nothing if it has none of them.
    pub fn without(self, is_gone: impl Fn(u32) -> bool) -> Option<(ListBuf, Vec<Posting<'a>>)> {
        self.iter().any(|posting| is_gone(posting.page)).then(|| {
            let (gone, left): (Vec<Posting>, Vec<Posting>) = self.iter().partition(|posting| is_gone(posting.page));
            (ListBuf::new(left), gone)
        })
    }
}

impl ListBuf {
    pub fn new<'a>(postings: impl IntoIterator<Item = Posting<'a>>) -> ListBuf {
        let mut list = ListBuf::default();
        for posting in postings {
            posting.write(list.last, &mut list.bytes);
            list.last = posting.page;
            list.pages += 1;
        }
        list.bytes.shrink_to_fit();
        list
    }

    pub fn as_list(&self) -> List<'_> {
        List { bytes: &self.bytes, pages: self.pages, last: self.last }
    }
}

impl<'a> Posting<'a> {
    /// A page with places that were written by `write`.
    pub fn new(page: u32, weight: u32, count: u32, places: &'a [u8]) -> Posting<'a> {
        Posting { page, weight, count, places }
    }

    /// Writes the page, which comes behind the page `before`.
    pub fn write(&self, before: u32, bytes: &mut Vec<u8>) {
        let Posting { page, weight, count, places } = *self;
        write(page - before, bytes);
        write_head(places.len(), count, weight, bytes);
        bytes.extend_from_slice(places);
    }

    /// The bytes of its places.
    pub fn places(&self) -> &'a [u8] {
        self.places
    }

    /// The first place, then the difference of each to the one before.
    pub fn differences(&self) -> impl Iterator<Item = u32> {
        let mut rest = self.places;
        std::iter::from_fn(move || read(&mut rest))
    }
}

/// A word on a page.
#[derive(Clone, Copy, Default)]
pub struct Spot {
    /// The page and, in the lowest bits, what the place weighs.
    page: u32,
    place: u32,
}

/// So many bits hold the weight of a place.
const WEIGHT: u32 = 4;

impl Spot {
    #[inline]
    pub fn new(page: u32, place: u32, weight: u32) -> Spot {
        Spot { page: page << WEIGHT | weight, place }
    }

    #[inline]
    pub fn page(self) -> u32 {
        self.page >> WEIGHT
    }

    #[inline]
    fn weight(self) -> u32 {
        self.page & ((1 << WEIGHT) - 1)
    }
}

/// Writes a page by the places where a word stands on it, in order, behind the page `before`.
pub fn write_page(spots: &[Spot], before: u32, bytes: &mut Vec<u8>) {
    let Some(first) = spots.first() else { return };
    write(first.page() - before, bytes);
    let head = bytes.len();
    bytes.push(0);
    let (mut place, mut weight) = (0, 0);
    for spot in spots {
        write(spot.place - place, bytes);
        place = spot.place;
        weight += spot.weight();
    }
    let (length, count) = (bytes.len() - head - 1, spots.len() as u32);
    match short_head(length, count, weight) {
        Some(short) if weight == count * PARAGRAPH => bytes[head] = short,
        _ => {
            let end = bytes.len();
            write_head(length, count, weight, bytes);
            let longer = bytes.len() - end;
            // From the places and what stands before them now to the other order.
            bytes[head + 1..].rotate_right(longer);
            bytes.remove(head);
        }
    }
}

/// What says so many places that take so many bytes; nothing if one byte cannot.
#[inline]
fn short_head(length: usize, count: u32, weight: u32) -> Option<u8> {
    let head = u8::from(weight != count * PARAGRAPH) << 7 | (count as u8).wrapping_sub(1) << 4 | length as u8;
    (count <= 8 && length <= 15 && head != MANY).then_some(head)
}

/// Writes what stands before places that take so many bytes.
fn write_head(length: usize, count: u32, weight: u32, bytes: &mut Vec<u8>) {
    match short_head(length, count, weight) {
        Some(head) => {
            bytes.push(head);
            if weight != count * PARAGRAPH {
                write(weight, bytes);
            }
        }
        None => {
            bytes.push(MANY);
            write(count, bytes);
            write(length as u32, bytes);
            write(weight, bytes);
        }
    }
}

/// Takes a page from the front of `bytes`.
#[inline]
fn take<'a>(bytes: &mut &'a [u8], before: u32) -> Option<Posting<'a>> {
    let page = before.checked_add(read(bytes)?)?;
    let (head, rest) = bytes.split_first()?;
    *bytes = rest;
    let (count, length, weight) = match *head {
        MANY => (read(bytes)?, read(bytes)?, read(bytes)?),
        head => {
            let count = u32::from(head >> 4 & 7) + 1;
            (count, u32::from(head & 15), if head & 0x80 == 0 { count * PARAGRAPH } else { read(bytes)? })
        }
    };
    let (places, rest) = bytes.split_at_checked(length as usize)?;
    *bytes = rest;
    Some(Posting { page, weight, count, places })
}

/// Writes a number.
#[inline]
pub fn write(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Reads a number from the front of `bytes`.
#[inline]
pub fn read(bytes: &mut &[u8]) -> Option<u32> {
    let (byte, rest) = bytes.split_first()?;
    *bytes = rest;
    if *byte < 0x80 { Some(u32::from(*byte)) } else { read_more(u32::from(byte & 0x7f), bytes) }
}

fn read_more(mut number: u32, bytes: &mut &[u8]) -> Option<u32> {
    for shift in (7..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Places as bytes, with the weight that each has.
    fn places(count: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        (0..count).for_each(|place| write(place * 31, &mut bytes));
        bytes
    }

    /// A list of these pages, which have so many places of such a weight.
    fn list(pages: &[(u32, u32, u32)]) -> ListBuf {
        let places: Vec<Vec<u8>> = pages.iter().map(|(_, count, _)| places(*count)).collect();
        ListBuf::new(pages.iter().zip(&places).map(|((page, count, weight), places)| Posting::new(*page, *weight, *count, places)))
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
            let left = whole.as_list().without(|page| gone.contains(&page));
            let (left, taken) = left.map_or_else(|| (whole.clone(), Vec::new()), |(left, taken)| (left, taken.iter().map(|gone| gone.page).collect()));
            prop_assert_eq!((left, taken), (part(one), gone));
        }

        #[test]
        fn bytes_that_are_no_list_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let list = List { bytes: &bytes, ..List::default() };
            prop_assert!(list.iter().map(|posting| posting.differences().count()).sum::<usize>() <= 400);
        }
    }

    #[test]
    fn one_list_behind_another_is_joined_to_it() {
        let (one, other) = (list(&[(3, 1, 2), (7, 2, 4)]), list(&[(8, 1, 2), (300, 9, 18)]));
        assert_eq!(one.as_list().merged(other.as_list()), list(&[(3, 1, 2), (7, 2, 4), (8, 1, 2), (300, 9, 18)]));
    }
}
