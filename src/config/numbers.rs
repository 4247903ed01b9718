//! The numbers of publications, `[numbers]`: patterns such as `PB-{year}-{nnn}`, what fits one, and which number is next.
//!
//! It must not know which numbers are in use.

use super::Section;
use super::tree::{Node, Value};
use super::value::{self, Wrong};

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Text(Box<str>),
    Year,
    /// The count, with at least so many digits.
    Count(usize),
}

/// How numbers look.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

/// What a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Nothing, where the pattern has no year.
    pub year: Option<i16>,
    pub count: u32,
}

/// More digits are none of a count.
const MOST_DIGITS: usize = 9;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// It has another word than `{year}` and one `{nnn}`, or signs that an address cannot have as they are.
    fn new(text: &str) -> Result<Pattern, Wrong> {
        let wrong = |hint: &str| Wrong::expected("a pattern such as `PB-{year}-{nnn}`").hint(hint);
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find('{').unwrap_or(rest.len());
            if end > 0 {
                pieces.push(Piece::Text(rest[..end].into()));
            }
            let Some((word, behind)) = rest[end..].strip_prefix('{').map(|word| word.split_once('}').unwrap_or((word, ""))) else { break };
            pieces.push(match word {
                "year" => Piece::Year,
                word if !word.is_empty() && word.len() <= MOST_DIGITS && word.bytes().all(|sign| sign == b'n') => Piece::Count(word.len()),
                _ => return Err(wrong("the words are `{year}`, and `{nnn}` for a count of at least three digits")),
            });
            rest = behind;
        }
        let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
        let texts = || pieces.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None });
        if !texts().all(|text| text.chars().all(is_plain)) || matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with('.')) {
            return Err(wrong("beside its words it has letters and digits of ASCII, `-`, `_` and `.`: a number is an address too"));
        }
        let counts = pieces.iter().filter(|piece| matches!(piece, Piece::Count(_))).count();
        let years = pieces.iter().filter(|piece| **piece == Piece::Year).count();
        if counts != 1 || years > 1 {
            return Err(wrong("it has one `{nnn}`, and at most one `{year}`"));
        }
        let is_blurred = |pair: &[Piece; 2]| match pair {
            [Piece::Count(_), Piece::Year] | [Piece::Year, Piece::Count(_)] => true,
            [Piece::Count(_), Piece::Text(text)] => text.starts_with(|sign: char| sign.is_ascii_digit()),
            _ => false,
        };
        if pieces.array_windows().any(is_blurred) {
            return Err(wrong("something that is no digit stands between the count and other digits"));
        }
        Ok(Pattern { pieces })
    }

    /// What a number says that is written by this pattern, whatever its capital letters and however many digits its count has.
    pub fn read(&self, id: &str) -> Option<Parts> {
        let (mut rest, mut parts) = (id, Parts { year: None, count: 0 });
        for piece in &self.pieces {
            let length = match piece {
                Piece::Text(text) => text.len(),
                Piece::Year => 4,
                Piece::Count(_) => rest.bytes().take_while(u8::is_ascii_digit).count(),
            };
            let own = rest.get(..length)?;
            match piece {
                Piece::Text(text) if !own.eq_ignore_ascii_case(text) => return None,
                Piece::Text(_) => {}
                Piece::Year if !own.bytes().all(|sign| sign.is_ascii_digit()) => return None,
                Piece::Year => parts.year = own.parse().ok(),
                Piece::Count(_) if length > MOST_DIGITS => return None,
                Piece::Count(_) => parts.count = own.parse().ok()?,
            }
            rest = &rest[length..];
        }
        rest.is_empty().then_some(parts)
    }

    /// The number that says this.
    pub fn write(&self, parts: Parts) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.to_string(),
            Piece::Year => format!("{:04}", parts.year.unwrap_or_default()),
            Piece::Count(digits) => format!("{:0digits$}", parts.count),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// Whether a number is written as this pattern has it.
    pub fn fits(&self, id: &str) -> bool {
        self.read(id).is_some_and(|parts| self.write(parts) == id)
    }

    /// The number behind the highest one of a year, or of all where the pattern has no year. Gaps are not filled: what is not there now was perhaps
    /// published once.
    pub fn next<'a>(&self, used: impl IntoIterator<Item = &'a str>, year: i16) -> String {
        let year = self.pieces.contains(&Piece::Year).then_some(year);
        let counts = used.into_iter().filter_map(|id| self.read(id)).filter(|parts| parts.year == year).map(|parts| parts.count);
        self.write(Parts { year, count: counts.max().unwrap_or(0).saturating_add(1) })
    }

    /// The highest number of a year from this count on of which `is_used` is true, as far as it is near. It is for records that tell of a number only
    /// whether they have it.
    pub fn highest(&self, year: i16, from: u32, is_used: impl Fn(&str) -> bool) -> Option<String> {
        /// So many numbers in a row were hardly ever taken and removed.
        const NEAR: u32 = 1000;
        let year = self.pieces.contains(&Piece::Year).then_some(year);
        let numbers = (from..from.saturating_add(NEAR)).rev().map(|count| self.write(Parts { year, count }));
        numbers.into_iter().find(|id| is_used(id))
    }
}

/// `[numbers]`: how the numbers of pages look, by their type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// Of types without a pattern of their own; `None` when nobody has said so.
    pattern: Option<Pattern>,
    types: Vec<(Box<str>, Pattern)>,
}

impl Numbers {
    /// The pattern of a type of pages; `None` where their numbers may look as they like.
    pub fn of_type(&self, type_: &str) -> Option<&Pattern> {
        self.types.iter().find(|(known, _)| &**known == type_).map(|(_, pattern)| pattern).or(self.pattern.as_ref())
    }

    /// Whether numbers may look as they like on all pages.
    pub fn is_empty(&self) -> bool {
        self.pattern.is_none() && self.types.is_empty()
    }

    /// Where a number leads to its page, below the root of its language; `None` if it fits no pattern.
    pub fn address(&self, prefix: &str, id: &str) -> Option<String> {
        let mut patterns = self.types.iter().map(|(_, pattern)| pattern).chain(&self.pattern);
        patterns.any(|pattern| pattern.fits(id)).then(|| format!("{prefix}{id}/"))
    }

    /// Reads the table.
    pub(super) fn read(&mut self, table: &mut Section) {
        let pattern = |node: &Node, raw: Option<&str>| value::text(node, raw).and_then(|text| Pattern::new(&text));
        table.read("pattern", &mut self.pattern, |node, raw| pattern(node, raw).map(Some));
        let Some(node) = table.take("types") else { return };
        let Value::Table(entries) = &node.value else {
            return table.refuse("types", &node, &Wrong::expected("a table such as `{study = \"ST-{year}-{nn}\"}`"));
        };
        for entry in entries {
            match pattern(&entry.node, None) {
                Ok(pattern) => self.types.push((entry.key.as_str().into(), pattern)),
                Err(wrong) => table.refuse(&format!("types.{}", entry.key), &entry.node, &wrong),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text).expect("a pattern")
    }

    #[test]
    fn the_next_number_is_behind_the_highest_of_its_year_and_fills_no_gap() {
        let briefings = pattern("PB-{year}-{nnn}");
        let used = ["PB-2026-001", "pb-2026-004", "PB-2025-077", "ST-2026-900", "PB-2026-4711x"];
        assert_eq!((briefings.next(used, 2026), briefings.next(used, 2027)), ("PB-2026-005".into(), "PB-2027-001".into()));
        assert_eq!(briefings.next(["PB-2026-999"], 2026), "PB-2026-1000");
        assert_eq!(pattern("{nn}").next(["7", "x"], 2026), "08");
    }

    #[test]
    fn what_fits_is_written_as_the_pattern_has_it() {
        let briefings = pattern("PB-{year}-{nnn}");
        for (id, fits) in [
            ("PB-2026-004", true),
            ("PB-2026-1004", true),
            ("PB-2026-4", false),
            ("PB-2026-0004", false),
            ("pb-2026-004", false),
            ("PB-26-004", false),
            ("PB-2026-004 ", false),
            ("PB-2026-", false),
            ("PB-ü026-001", false),
        ] {
            assert_eq!(briefings.fits(id), fits, "{id}");
        }
        assert_eq!(briefings.read("pb-2026-4"), Some(Parts { year: Some(2026), count: 4 }));
    }

    #[test]
    fn what_is_no_pattern_is_answered_with_what_to_write() {
        for text in ["PB", "PB-{year}", "{nn}{year}", "{nnn}1", "PB {nnn}", "PB/{nnn}", "{n}{n}", "{name}-{n}", "PB-{nnn", ".{n}", ""] {
            let is_open = text == "PB-{nnn";
            assert_eq!(Pattern::new(text).is_err(), !is_open, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_number_is_given_twice(edits in prop::collection::vec((any::<bool>(), 2024i16..2027, any::<prop::sample::Index>()), 0..60)) {
            let pattern = pattern("PB-{year}-{n}");
            // What is published stays in the record, whatever becomes of its page.
            let (mut there, mut given): (Vec<String>, Vec<String>) = Default::default();
            for (adds, year, at) in edits {
                if adds {
                    let id = pattern.next(there.iter().chain(&given).map(String::as_str), year);
                    prop_assert!(pattern.fits(&id) && !given.contains(&id), "{} was given before", id);
                    there.push(id.clone());
                    given.push(id);
                } else if !there.is_empty() {
                    there.remove(at.index(there.len()));
                }
            }
        }
    }
}
