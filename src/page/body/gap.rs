//! Gaps in plain text: where a wikilink without words stands, whose words are known only when it is known where it leads.
//!
//! Owns `GAP` and `Summary`. It must not know titles: whoever fills a gap brings its words.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::sentence::cut;

/// Stands for the words of a wikilink without words: the object replacement character, which no author writes.
pub const GAP: char = '\u{FFFC}';

/// A summary made by the program has at most so many characters.
pub const LONGEST_SUMMARY: usize = 300;

/// What a page says of itself in a sentence or two, with gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Summary {
    pub text: Arc<str>,
    /// For each gap the index of its link.
    gaps: Arc<[u32]>,
}

impl Summary {
    /// The summary that an author wrote, which has no gaps.
    pub fn written(text: &str) -> Summary {
        Summary { text: Arc::from(text), gaps: Arc::default() }
    }

    /// The beginning of `text`, whose gaps are those of the links `gaps`.
    pub fn new(text: &str, gaps: &[u32]) -> Summary {
        Summary { text: Arc::from(cut(text, LONGEST_SUMMARY)), gaps: Arc::from(gaps) }
    }

    /// The text with the words of each link in its gap; a link without words leaves nothing.
    pub fn filled<'a>(&'a self, words: impl Fn(u32) -> Option<&'a str>) -> Cow<'a, str> {
        if self.gaps.is_empty() {
            return Cow::Borrowed(&self.text);
        }
        let filled = fill(&self.text, |gap| self.gaps.get(gap).and_then(|link| words(*link)));
        cut(&filled, LONGEST_SUMMARY).into_owned().into()
    }
}

/// `text` with its gaps, which are counted from 0, filled by `words`. A gap for which there are none goes, and with it a blank beside it.
pub fn fill<'t, 'w>(text: &'t str, words: impl Fn(usize) -> Option<&'w str>) -> Cow<'t, str> {
    let mut pieces = text.split(GAP);
    let Some(first) = pieces.next().filter(|first| first.len() < text.len()) else { return Cow::Borrowed(text) };
    let mut filled = first.to_string();
    for (gap, piece) in pieces.enumerate() {
        match words(gap) {
            Some(words) => filled.extend([words, piece]),
            None => close(&mut filled, piece),
        }
    }
    Cow::Owned(filled)
}

/// Adds `after` with nothing between: of the blanks on both sides one stays if there were two, and none before what closes a sentence.
fn close(filled: &mut String, after: &str) {
    let was_apart = filled.ends_with(' ');
    filled.truncate(filled.trim_end_matches(' ').len());
    let rest = after.trim_start_matches(' ');
    if was_apart && rest.len() < after.len() && !filled.is_empty() && !rest.is_empty() {
        filled.push(' ');
    }
    filled.push_str(rest);
}

/// How much of `before` stays when nothing is read between it and `behind`: no blanks, and no comma or dash that would stand beside another sign.
pub fn kept_before(before: &str, behind: &str) -> usize {
    let kept = before.trim_end_matches([' ', '\n']);
    let is_ended = behind.starts_with(['.', ',', ';', ':', '!', '?']);
    let next = behind.trim_start();
    let is_dash_next = next.len() < behind.len() && (next.starts_with(['—', '–']) || next.starts_with("--"));
    match kept.chars().next_back() {
        Some(',' | ';' | ':') if is_ended => kept.len() - 1,
        Some('—' | '–') if is_dash_next => kept.trim_end_matches(['—', '–', ' ']).len(),
        _ => kept.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_without_words_leaves_no_blanks_behind() {
        let left = |text: &str| fill(&text.replace('_', "\u{FFFC}"), |_| None).into_owned();
        assert_eq!(left("See _ and b."), "See and b.");
        assert_eq!(left("See _."), "See.");
        assert_eq!(left("_ is (_ too)"), "is (too)");
        assert_eq!(left("_"), "");
        assert_eq!(left("none"), "none");
    }

    #[test]
    fn no_sign_stands_twice_around_what_is_not_read() {
        let read = |before: &str, behind: &str| format!("{}{behind}", &before[..kept_before(before, behind)]);
        assert_eq!(read("One, ", ", two"), "One, two");
        assert_eq!(read("One, ", "."), "One.");
        assert_eq!(read("then — ", " — dash"), "then — dash");
        assert_eq!(read("then — ", " --- dash"), "then --- dash");
        assert_eq!(read("more ", ", and"), "more, and");
        assert_eq!(read("One. ", ", two"), "One., two", "a full stop may belong to a word");
    }

    #[test]
    fn each_gap_gets_the_words_of_its_link() {
        let summary = Summary::new("\u{FFFC} and \u{FFFC} and \u{FFFC}.", &[4, 7, 9]);
        let words = |link: u32| [(4, "four"), (9, "nine")].into_iter().find(|(known, _)| *known == link).map(|(_, words)| words);
        assert_eq!(summary.filled(words), "four and and nine.");
    }

    #[test]
    fn a_summary_stays_short_when_its_gaps_are_filled() {
        let long = "word ".repeat(70);
        assert_eq!(Summary::new("\u{FFFC}.", &[0]).filled(|_| Some(&long)).chars().count(), 300);
    }
}
