//! Posting: a page that has a word, with the places where it stands there, as few bytes.
//!
//! Owns the form of the bytes. It must not know words, nor what a page is beyond its number in the memory of the index.
//!
//! A posting is the difference of the number of its page to the one before, a byte that says how many places there are and how many bytes they take, the
//! weights of its places if they are not those of paragraphs, and the places, each as the difference to the one before. Numbers have seven bits a byte,
//! the lowest first.

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

/// What a place in a paragraph weighs, in halves.
pub const PARAGRAPH: u32 = 2;

/// Stands where a byte cannot say how many places there are.
const MANY: u8 = 0xff;

impl<'a> Posting<'a> {
    /// A page with places that were written by `write`.
    #[cfg(test)]
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
#[inline(always)]
pub fn take<'a>(bytes: &mut &'a [u8], before: u32) -> Option<Posting<'a>> {
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
