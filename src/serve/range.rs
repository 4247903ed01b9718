//! Parts of a file: what `Range` asks for (RFC 9110, section 14), without which some browsers play no video.
//!
//! It must not know files.

use std::ops::Range;

/// What to answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing was asked that is understood, or several parts at once: the whole file, as the RFC lets a server choose.
    Whole,
    Some(Range<usize>),
    /// Nothing of the file lies there.
    None,
}

/// The part of a file of `size` bytes that the value of `Range` asks for.
pub fn part(asked: &str, size: usize) -> Part {
    let one = asked.split_once('=').filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes")).map(|(_, one)| one.trim());
    let Some((first, last)) = one.and_then(|one| one.split_once('-')) else { return Part::Whole };
    let range = match (number(first), number(last)) {
        (Some(None), Some(Some(length))) => size.saturating_sub(length)..size,
        (Some(Some(first)), Some(None)) => first..size,
        (Some(Some(first)), Some(Some(last))) if first <= last => first..last.saturating_add(1).min(size),
        _ => return Part::Whole,
    };
    if range.is_empty() { Part::None } else { Part::Some(range) }
}

/// A number of digits, one that is left out (`Some(None)`), or neither. One that is too large for this machine is beyond every file.
fn number(text: &str) -> Option<Option<usize>> {
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true if text.is_empty() => Some(None),
        true => Some(Some(text.parse().unwrap_or(usize::MAX))),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_given_as_far_as_the_file_goes() {
        assert_eq!(part("bytes=0-9", 100), Part::Some(0..10));
        assert_eq!(part("bytes=90-", 100), Part::Some(90..100));
        assert_eq!(part("bytes=90-500", 100), Part::Some(90..100));
        assert_eq!(part("bytes=-10", 100), Part::Some(90..100));
        assert_eq!(part("bytes=-500", 100), Part::Some(0..100));
        assert_eq!(part("Bytes=0-0", 1), Part::Some(0..1));
    }

    #[test]
    fn what_lies_beyond_the_file_is_nothing() {
        for asked in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(asked, 100), Part::None, "{asked}");
        }
        assert_eq!(part("bytes=0-", 0), Part::None);
    }

    #[test]
    fn several_parts_and_what_is_none_are_answered_with_the_whole_file() {
        for asked in ["bytes=0-1,5-6", "bytes=5-2", "bytes=-", "bytes=a-b", "bytes=+1-2", "lines=0-1", "bytes", ""] {
            assert_eq!(part(asked, 100), Part::Whole, "{asked}");
        }
    }
}
