//! The prose of a page in little space: nearly all of it stands in the page's HTML too, and is told by its places there.
//!
//! Owns `Packed`. It must not know what HTML means: what does not stand there as it is, is kept as it is.

use super::prose::Blocks;

/// Blocks of text, to be unpacked beside the HTML that they were packed beside.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// Numbers and bytes: how many blocks there are, of each how long it is and how many headings stand above it; then by turns what stands nowhere
    /// in the HTML, and how far behind the last piece the next one begins there, and how long it is.
    bytes: Box<[u8]>,
}

/// So much of a text must stand in the HTML for it to be told by its place.
const NEEDLE: usize = size_of::<u64>();
/// Nearly all tags and references are shorter: so far a piece is looked for behind the last one.
const NEAR: usize = 256;
/// So many blocks at most are looked for in all that follows, behind long code.
const MOST_FAR: usize = 32;
/// After so many words that do not stand there a page is no longer looked through word by word, so that none takes much longer than others.
const MOST_MISSED: usize = 256;

impl Packed {
    /// Packs blocks beside the HTML of their page.
    pub fn new(blocks: &Blocks, html: &str) -> Packed {
        let bytes = Vec::with_capacity(1024);
        let (text, html) = (blocks.text.as_bytes(), html.as_bytes());
        let mut packing = Packing { text, html, at: 0, kept: 0, place: 0, missed: 0, far: MOST_FAR, bytes };
        packing.number(blocks.ends.len());
        packing.number(blocks.first_line());
        let (mut start, mut above) = (0, 0);
        for (end, headings) in blocks.ends.iter().zip(&blocks.headings) {
            packing.number((end - start) as usize);
            // Notes come last, and stand below earlier headings than what is before them.
            packing.number(headings.wrapping_sub(above) as usize);
            (start, above) = (*end, *headings);
        }
        blocks.ends.iter().for_each(|end| packing.block(*end as usize));
        packing.keep(0, 0);
        Packed { bytes: (*packing.bytes).into() }
    }

    /// The blocks, from the same HTML.
    pub fn unpack(&self, html: &str) -> Blocks {
        let mut rest = Unpacking(&self.bytes);
        let (count, of_text) = (rest.number(), rest.number() as u32);
        let (mut ends, mut headings) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let (mut end, mut above) = (0u32, 0u32);
        for _ in 0..count {
            end += rest.number() as u32;
            above = above.wrapping_add(rest.number() as u32);
            ends.push(end);
            headings.push(above);
        }
        let mut text = Vec::with_capacity(end as usize);
        let mut place = 0;
        while text.len() < end as usize && !rest.0.is_empty() {
            let kept = rest.number();
            text.extend_from_slice(rest.take(kept));
            place += rest.number();
            let length = rest.number();
            text.extend_from_slice(html.as_bytes().get(place..place + length).unwrap_or_default());
            place += length;
        }
        Blocks { text: String::from_utf8(text).unwrap_or_default(), ends, headings, of_text }
    }
}

/// A text while it is packed.
struct Packing<'a> {
    text: &'a [u8],
    html: &'a [u8],
    /// How far the text has been looked through, and from where on it is kept as it is.
    at: usize,
    kept: usize,
    /// The end of the last piece in the HTML.
    place: usize,
    /// How many words did not stand there, and how many blocks may still be looked for far away.
    missed: usize,
    far: usize,
    bytes: Vec<u8>,
}

impl Packing<'_> {
    /// Packs the block that ends at the byte `end`.
    fn block(&mut self, end: usize) {
        let mut is_first = true;
        while self.at < end {
            // A line of HTML ends where there is a blank in plain text.
            let is_line_end = self.text[self.at] == b' ' && self.html.get(self.place) == Some(&b'\n') && !is_first;
            let found = if is_line_end { None } else { self.find(end, std::mem::take(&mut is_first)) };
            match found {
                Some(skip) => {
                    let length = common(&self.html[self.place + skip..], &self.text[self.at..]);
                    self.keep(skip, length);
                }
                None if is_line_end => {
                    let length = common(&self.html[self.place + 1..], &self.text[self.at + 1..]);
                    self.at += 1;
                    self.keep(1, length);
                }
                None => {
                    self.missed += 1;
                    // The rest of a word that does not stand there is not looked for.
                    let word = || memchr::memchr(b' ', &self.text[self.at + 1..end]).map(|space| self.at + 1 + space);
                    self.at = if self.missed > MOST_MISSED { end } else { word().unwrap_or(end) };
                }
            }
        }
    }

    /// How far behind the last piece the text goes on in the HTML.
    fn find(&mut self, end: usize, is_first: bool) -> Option<usize> {
        let needle = &self.text[self.at..end.min(self.at + NEEDLE)];
        let html = &self.html[self.place..];
        let near = &html[..html.len().min(NEAR)];
        let Some(word) = needle.first_chunk::<NEEDLE>() else {
            return memchr::memchr_iter(needle[0], near).find(|at| html[*at..].starts_with(needle));
        };
        // It is near, or the next piece is: to prepare a faster search would take longer.
        let word = u64::from_le_bytes(*word);
        let is_it = |window: &[u8]| window.first_chunk().is_some_and(|window| u64::from_le_bytes(*window) == word);
        near.windows(NEEDLE).position(is_it).or_else(|| {
            // The first piece of a block may stand behind long code.
            if !is_first || self.far == 0 {
                return None;
            }
            self.far -= 1;
            memchr::memmem::find(html, needle)
        })
    }

    /// Writes what is kept as it is up to here, and a piece of the HTML.
    fn keep(&mut self, skip: usize, length: usize) {
        self.number(self.at - self.kept);
        self.bytes.extend_from_slice(&self.text[self.kept..self.at]);
        self.number(skip);
        self.number(length);
        self.at += length;
        self.kept = self.at;
        self.place += skip + length;
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self, number: usize) {
        let mut rest = number as u32;
        while rest >= 0x80 {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }
}

/// What is left of packed bytes.
struct Unpacking<'a>(&'a [u8]);

impl<'a> Unpacking<'a> {
    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0u32, 0);
        while let Some((byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        number as usize
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

/// How many bytes two texts have in common at their beginning.
fn common(one: &[u8], other: &[u8]) -> usize {
    let (words, _) = one.as_chunks();
    let (others, _) = other.as_chunks();
    let mut equal = 0;
    for (word, other) in words.iter().zip(others) {
        let apart = u64::from_le_bytes(*word) ^ u64::from_le_bytes(*other);
        if apart != 0 {
            return equal + apart.trailing_zeros() as usize / 8;
        }
        equal += size_of::<u64>();
    }
    equal + one[equal..].iter().zip(&other[equal..]).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of these texts, below so many headings each.
    fn blocks(texts: &[(u32, &str)]) -> Blocks {
        let mut blocks = Blocks { of_text: texts.len() as u32, ..Blocks::default() };
        for (headings, text) in texts {
            blocks.text.push_str(text);
            blocks.ends.push(blocks.text.len() as u32);
            blocks.headings.push(*headings);
        }
        blocks
    }

    #[test]
    fn what_stands_in_the_html_takes_hardly_any_space() {
        let html = format!(
            "<p>Spending <strong>rose</strong> in the\nfirst R&amp;D <a>year</a>.</p>\n<pre>{}</pre>\n<p>And it fell again.</p>",
            "<i>".repeat(900)
        );
        let blocks = blocks(&[(0, "Spending rose in the first R&D year."), (2, "And it fell again."), (1, "A line that is elsewhere")]);
        let packed = Packed::new(&blocks, &html);
        assert_eq!(packed.unpack(&html), blocks);
        assert!(packed.bytes.len() < 75, "{}", packed.bytes.len());
    }

    #[test]
    fn no_blocks_are_no_blocks() {
        assert_eq!(Packed::default().unpack(""), Blocks::default());
        assert_eq!(Packed::new(&Blocks::default(), "<hr>").unpack("<hr>"), Blocks::default());
    }

    #[test]
    fn words_that_stand_nowhere_are_kept_however_many_they_are() {
        let text = "and nothing of this ".repeat(4 * MOST_MISSED);
        let blocks = blocks(&[(0, &text), (0, "<p>but this"), (0, &text)]);
        let html = format!("{}<p>but this", "x".repeat(2 * NEAR));
        let packed = Packed::new(&blocks, &html);
        assert_eq!(packed.unpack(&html), blocks);
        assert!(packed.bytes.len() < 2 * text.len() + 30, "{}", packed.bytes.len());
    }

    proptest::proptest! {
        #[test]
        fn what_is_unpacked_is_what_was_packed(
            texts in proptest::collection::vec((0u32..9, "[a-c é&\n]{1,40}"), 0..12),
            html in "([a-c é]|\n|&amp;|<p>|</p>){0,200}",
        ) {
            let texts: Vec<(u32, &str)> = texts.iter().map(|(headings, text)| (*headings, text.as_str())).collect();
            let blocks = blocks(&texts);
            proptest::prop_assert_eq!(Packed::new(&blocks, &html).unpack(&html), blocks);
        }
    }
}
