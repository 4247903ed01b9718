//! Letters that are written as something else: entities of HTML and XML, escapes of JSON and scripts, bytes of UTF-8.
//!
//! It must not know what is made of them.

/// Names of entities that stand in running text, in small letters: what parts words, and Latin letters.
const NAMES: &[(&str, char)] = &[
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("eth", 'ð'),
    ("euml", 'ë'),
    ("gt", '>'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("igrave", 'ì'),
    ("iuml", 'ï'),
    ("lt", '<'),
    ("mdash", '\u{2014}'),
    ("nbsp", '\u{a0}'),
    ("ndash", '\u{2013}'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("scaron", 'š'),
    ("shy", '\u{ad}'),
    ("szlig", 'ß'),
    ("thorn", 'þ'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("zcaron", 'ž'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// No name of an entity is longer than this.
const LONGEST: usize = 12;

/// The letter that an entity at the beginning of `bytes` stands for, and its length. One within another is what feeds make of it: `&amp;eacute;`.
/// Names that are not known are taken for a sign.
pub fn entity(bytes: &[u8]) -> Option<(char, usize)> {
    let inside = bytes.strip_prefix(b"&amp;").map_or(1, |_| 5);
    let found = |from: usize| {
        let name = &bytes[from..bytes.len().min(from + LONGEST)];
        let end = name.iter().position(|byte| *byte == b';')?;
        let name = std::str::from_utf8(&name[..end]).ok().filter(|name| !name.is_empty())?;
        Some((named(name)?, from + end + 1))
    };
    found(inside).or_else(|| found(1))
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return number.ok().and_then(char::from_u32);
    }
    let small = name.to_ascii_lowercase();
    let is_name = small.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| NAMES.binary_search_by_key(&&*small, |(name, _)| name).map_or('\u{2022}', |at| NAMES[at].1))
}

/// The letter that a backslash at the beginning of `bytes` and what follows it stand for, and their length.
pub fn escape(bytes: &[u8]) -> (char, usize) {
    match bytes.get(1) {
        Some(b'n' | b'r' | b't') => (' ', 2),
        Some(b'u') => {
            let digits = bytes.get(2..6).and_then(|digits| std::str::from_utf8(digits).ok());
            let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).map(|number| char::from_u32(number).unwrap_or(' '));
            letter.map_or((' ', 1), |letter| (letter, 6))
        }
        _ => (' ', 1),
    }
}

/// The letter at the beginning of `bytes`, and its length; a space for what is no UTF-8.
pub fn decoded(bytes: &[u8]) -> (char, usize) {
    let width = match bytes[0] {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
        _ => 1,
    };
    let letter = bytes.get(..width).and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(|text| text.chars().next());
    letter.map_or((' ', 1), |letter| (letter, width))
}

/// A text in small letters without what readers do not see: entities and escapes are what they stand for, and all dashes are one.
pub fn plain(bytes: &[u8]) -> String {
    let (mut text, mut at) = (String::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let (letter, length) = match byte {
            b'&' => entity(&bytes[at..]).unwrap_or(('&', 1)),
            b'\\' => escape(&bytes[at..]),
            128.. => decoded(&bytes[at..]),
            byte => (char::from(*byte), 1),
        };
        at += length;
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
            ' ' if *byte == b'\\' => {}
            letter if super::words::is_nothing(letter) => {}
            letter => text.extend(letter.to_lowercase()),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_small() {
        assert!(NAMES.is_sorted());
        assert!(NAMES.iter().all(|(name, _)| *name == name.to_ascii_lowercase() && name.len() < LONGEST));
    }

    #[test]
    fn what_is_no_entity_is_none() {
        for text in ["& co", "&;", "&co", "&#x110000;", "&#;", "&a b;"] {
            assert_eq!(entity(text.as_bytes()), None, "{text}");
        }
        assert_eq!(entity(b"&amp;lt;"), Some(('<', 8)));
        assert_eq!(entity(b"&amp; co"), Some(('&', 5)));
        assert_eq!((escape(b"\\u00"), escape(b"\\ud83d"), decoded(b"\xc3")), ((' ', 1), (' ', 6), (' ', 1)));
    }

    #[test]
    fn dashes_of_all_kinds_are_one() {
        assert_eq!(plain("PB\u{2011}2026&#8209;00&shy;4 A\\/4".as_bytes()), "pb-2026-004 a/4");
    }
}
