//! Where an address or a word begins and ends in the bytes of a file.
//!
//! It must not know what is looked for.

use std::ops::Range;

/// So many bytes an address or a wikilink has at most.
pub const LONGEST: usize = 2_000;

/// What opens an attribute that holds a relative address without a slash.
const OPENERS: [&[u8]; 6] = [b"href=\"", b"href='", b"href=", b"src=\"", b"src='", b"src="];

/// True if an address stands where a browser would read it as one that is relative to the file: words with a slash between them are none,
/// `a/b funds`, nor is the word of an attribute.
pub fn is_relative(bytes: &[u8], token: &Range<usize>, place: &str) -> bool {
    let before = &bytes[..token.start];
    let opens = |opener: &&[u8]| before.len().checked_sub(opener.len()).is_some_and(|at| before[at..].eq_ignore_ascii_case(opener));
    if !bytes[token.clone()].contains(&b'/') {
        return OPENERS.iter().any(opens);
    }
    let is_document = [".html", ".htm", ".xml", ".svg", ".css"].iter().any(|end| place.ends_with(end));
    is_document && before.last().is_some_and(|before| b"\"'=(".contains(before))
}

/// The range of bytes around a place that can belong to one address.
pub fn token(bytes: &[u8], at: usize) -> Range<usize> {
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

/// Whether what stands in a range is a word of its own.
pub fn is_word(bytes: &[u8], range: &Range<usize>) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte >= 128);
    !is_part(range.start.checked_sub(1).map(|before| &bytes[before])) && !is_part(bytes.get(range.end))
}
