//! Destinations as authors write them: which lead into the site, which elsewhere; and the sentence around a link.
//!
//! It must not know whether a destination exists.

use std::borrow::Cow;

use super::LinkTarget;
use crate::page::route::{composed, decode};

/// Where a destination points.
#[derive(Debug, PartialEq)]
pub enum Address {
    /// A page or file of the site.
    Internal(LinkTarget),
    /// `http`, `https`, or with the scheme of the page (`//host/`): checked only if asked for.
    External,
    /// `mailto:`, `tel:` and other schemes: written as they are. So is what another tool's template would have filled in.
    AsWritten,
    /// A scheme that runs code.
    Script,
}

/// Sorts a destination by its scheme (<https://www.rfc-editor.org/rfc/rfc3986#section-3.1>). One that begins with `own`, the site's own address,
/// is as good as its path.
pub fn address(destination: &str, own: Option<&str>) -> Address {
    if let Some(inside) = own.and_then(|own| inside(destination, own)) {
        return Address::Internal(destination_target(&format!("/{inside}")));
    }
    if destination.starts_with("//") {
        return Address::External;
    }
    if destination.contains("{{") || destination.contains("{%") {
        return Address::AsWritten;
    }
    match scheme(destination) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => Address::External,
        Some(scheme) if ["javascript", "vbscript", "data"].iter().any(|script| scheme.eq_ignore_ascii_case(script)) => Address::Script,
        Some(_) => Address::AsWritten,
        None => Address::Internal(destination_target(destination)),
    }
}

/// What stands behind the site's own address, whose slash at the end may be left out before nothing, a query or an anchor.
fn inside<'d>(destination: &'d str, own: &str) -> Option<&'d str> {
    let behind = || destination.strip_prefix(own.trim_end_matches('/')).filter(|rest| rest.is_empty() || rest.starts_with(['?', '#']));
    destination.strip_prefix(own).or_else(behind)
}

/// A scheme has at least two letters: `C:` is the name of a drive.
fn scheme(destination: &str) -> Option<&str> {
    let end = destination.find(|letter: char| !letter.is_ascii_alphanumeric() && !"+.-".contains(letter))?;
    let starts = destination.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (starts && end > 1 && destination[end..].starts_with(':')).then(|| &destination[..end])
}

fn destination_target(destination: &str) -> LinkTarget {
    let (rest, anchor) = destination.split_once('#').map_or((destination, None), |(rest, anchor)| (rest, Some(anchor)));
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    LinkTarget::Destination {
        path: decode(path).into(),
        anchor: anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| composed(&decode(anchor)).into()),
        query: query.map(Box::from),
    }
}

/// The target of `[[name#part|words]]`, from what stands before the bar. `[[#part]]`, a place on the same page, has no name.
pub fn wiki(written: &str, has_words: bool) -> LinkTarget {
    // Within a table the bar is written `\|`, and the backslash is none of the name's.
    let written = written.trim_end_matches('\\').trim();
    let (name, anchor) = written.split_once('#').map_or((written, None), |(name, anchor)| (name, Some(anchor.trim())));
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| composed(anchor).into());
    // A place on this page has no title: it is shown as it is written.
    let has_words = has_words || name.is_empty();
    LinkTarget::Wiki { name: name.trim().into(), anchor, has_words }
}

/// True for `[[ ]]`, `[[#]]`, `[[|words]]`, which name nothing.
pub fn is_empty(written: &str) -> bool {
    written.trim_end_matches('\\').trim().trim_end_matches('#').is_empty()
}

/// Longer sentences are cut.
const LONGEST_SENTENCE: usize = 300;
/// The sentence of `text` around the bytes from `start` to `end`, at most 300 characters. It costs no more in a long text than in a short one.
pub fn sentence(text: &str, start: usize, end: usize) -> Box<str> {
    let first = floor(text, start.saturating_sub(LONGEST_SENTENCE));
    let begin = (first + 1..=start).rev().filter(|at| may_begin(text, *at)).find(|at| begins_sentence(text, *at));
    let from = begin.unwrap_or_else(|| if first == 0 { 0 } else { first + text[first..].find(' ').map_or(0, |space| space + 1) });
    let last = floor(text, (from.max(end) + LONGEST_SENTENCE).min(text.len()));
    let to = (end.max(from + 1)..last).filter(|at| may_begin(text, *at)).find(|at| begins_sentence(text, *at)).unwrap_or(last);
    cut(text[from.min(to)..to].trim(), LONGEST_SENTENCE).into()
}

/// Most bytes begin no sentence, and are told by the one before: it is no space, and no end of an ideographic full stop.
fn may_begin(text: &str, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(text.as_bytes()[before], b' ' | 0x80..))
}

/// True if a new sentence begins at the byte `at`: behind a full stop (with what closes behind it) and a space, before a letter that is not small.
fn begins_sentence(text: &str, at: usize) -> bool {
    if !text.is_char_boundary(at) {
        return false;
    }
    let before = &text[..at];
    if before.ends_with(['。', '！', '？']) {
        return true;
    }
    if !before.ends_with(' ') {
        return false;
    }
    let said = before.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '“', '\u{202F}']);
    let Some(stop) = said.chars().next_back().filter(|stop| ".!?…؟".contains(*stop)) else { return false };
    let next = text[at..].chars().find(|letter| !"\"'“„«‘‚([".contains(*letter));
    if next.is_none_or(|next| next.is_lowercase() || next.is_whitespace()) {
        return false;
    }
    stop != '.' || !is_initial(&said[..said.len() - 1]) && !next.is_some_and(char::is_numeric)
}

/// `J. Smith`, `U.S. policy`: a lone capital before a full stop ends no sentence.
fn is_initial(said: &str) -> bool {
    let mut letters = said.chars().rev();
    letters.next().is_some_and(char::is_uppercase) && !letters.next().is_some_and(char::is_alphanumeric)
}

/// The text, or its first characters up to a word's end, with `…`.
pub fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    // Bytes are never fewer than characters.
    if text.len() <= longest {
        return Cow::Borrowed(text);
    }
    let Some((end, _)) = text.char_indices().nth(longest - 1) else { return Cow::Borrowed(text) };
    if text[end..].chars().nth(1).is_none() {
        return Cow::Borrowed(text);
    }
    let head = &text[..end];
    let words = if text[end..].starts_with(char::is_whitespace) { head } else { head.rsplit_once(' ').map_or(head, |(words, _)| words) };
    Cow::Owned(format!("{}…", words.trim_end_matches(|letter: char| letter.is_whitespace() || ",;:–—".contains(letter))))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(path: &str, anchor: Option<&str>, query: Option<&str>) -> Address {
        Address::Internal(LinkTarget::Destination { path: path.into(), anchor: anchor.map(Box::from), query: query.map(Box::from) })
    }

    #[test]
    fn destinations_are_split_and_decoded() {
        assert_eq!(address("../a%20b.md?x=%20#c%C3%A9", None), destination("../a b.md", Some("cé"), Some("x=%20")));
        assert_eq!(address("#part", None), destination("", Some("part"), None));
        assert_eq!(address("100%.md", None), destination("100%.md", None, None));
        assert_eq!(address("C:/x.md", None), destination("C:/x.md", None, None));
    }

    #[test]
    fn schemes_lead_elsewhere() {
        assert_eq!(address("HTTPS://example.org", None), Address::External);
        assert_eq!(address("mailto:a@b.org", None), Address::AsWritten);
        assert_eq!(address("javascript:alert(1)", None), Address::Script);
        assert_eq!(address("{{site.baseurl}}/x", None), Address::AsWritten);
    }

    #[test]
    fn wikilinks_have_names_and_parts() {
        assert_eq!(wiki("person:x", false), LinkTarget::Wiki { name: "person:x".into(), anchor: None, has_words: false });
        assert_eq!(wiki("x#a b\\", true), LinkTarget::Wiki { name: "x".into(), anchor: Some("a b".into()), has_words: true });
        assert_eq!(wiki("#a", false), LinkTarget::Wiki { name: "".into(), anchor: Some("a".into()), has_words: true });
    }

    #[test]
    fn a_sentence_ends_at_a_full_stop_but_not_at_an_initial() {
        let text = "One. The U.S. view of J. Smith holds here? Three.";
        let at = text.find("view").unwrap();
        assert_eq!(&*sentence(text, at, at + 4), "The U.S. view of J. Smith holds here?");
        assert_eq!(&*sentence("alone", 0, 5), "alone");
        assert_eq!(&*sentence("", 0, 0), "");
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_word() {
        let text = "word ".repeat(5000);
        let found = sentence(&text, 12_000, 12_004);
        assert!(found.chars().count() <= 300 && found.ends_with("word…"), "{found}");
    }
}
