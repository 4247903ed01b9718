//! Names in `.bib`, as BibTeX and biblatex write them.
//!
//! `First von Last`, `von Last, First`, `von Last, Jr, First`; biblatex's `family=…, given=…` (manual of 3.19, section 3.7); bodies in braces.

use std::ops::Range;

use super::super::latex;
use crate::references::{Name, Names};

/// Whether `von` belongs to the family name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// Sorted and cited with it: `useprefix=true`.
    Kept,
    /// Shown with the given name in lists.
    Dropped,
}

/// Reads a list of names; those that say nothing are left out.
pub fn read(text: &str, prefix: Prefix) -> Names {
    let mut names = Names::default();
    for range in split_list(text) {
        let written = text[range].trim();
        if written.eq_ignore_ascii_case("others") || written == "{others}" {
            names.others = true;
        } else {
            names.names.extend(name(written, prefix));
        }
    }
    names
}

/// The parts of a list that `and` joins outside of braces.
pub fn split_list(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            blank if depth == 0 && blank.is_ascii_whitespace() => {
                let word = bytes[at + 1..].get(..3).is_some_and(|word| word.eq_ignore_ascii_case(b"and"));
                if word && bytes.get(at + 4).is_none_or(u8::is_ascii_whitespace) {
                    parts.push(start..at);
                    start = (at + 4).min(bytes.len());
                    at += 3;
                }
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(start..text.len());
    parts.retain(|part| !text[part.clone()].trim().is_empty());
    parts
}

/// Pieces of a name between separators outside of braces.
fn split(text: &str, is_separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    text.split(|letter: char| {
        let was_escaped = std::mem::replace(&mut is_escaped, letter == '\\');
        match letter {
            _ if was_escaped => {
                is_escaped = false;
                return false;
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && is_separator(letter)
    })
    .map(str::trim)
    .collect()
}

fn name(written: &str, prefix: Prefix) -> Option<Name> {
    if let Some(body) = braced(written) {
        return some_body(latex::plain(body));
    }
    let parts = split(written, |letter| letter == ',');
    if parts.iter().any(|part| is_extended(part)) {
        return extended(&parts, prefix);
    }
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => None,
        [whole] if looks_like_body(whole) => some_body(latex::plain(whole)),
        [whole] => in_order(whole, prefix),
        [last, first] => Some(person(last, first, "", prefix)),
        // Some programs write what BibTeX wants between the names behind them.
        [last, first, suffix] if is_suffix(suffix) && !is_suffix(first) => Some(person(last, first, suffix, prefix)),
        [last, suffix, first] => Some(person(last, first, suffix, prefix)),
        // More commas than a name has: the whole is one name.
        _ => some_body(latex::plain(written)),
    }
}

/// Whether what stands between two `and` is surely more than one name: joined by other signs than `and`, with more commas than a name has, or with a body
/// behind a comma.
pub fn is_several(written: &str) -> bool {
    let written = written.trim();
    if braced(written).is_some() {
        return false;
    }
    let parts = split(written, |letter| letter == ',');
    if parts.iter().any(|part| is_extended(part)) {
        return false;
    }
    let has_joint = split(written, |letter| letter == ';').len() > 1;
    let words: Vec<&str> = written.split_whitespace().collect();
    let is_joined =
        words.contains(&"\\&") || words.contains(&"&") || words.windows(2).any(|two| two[0] == "et" && two[1].starts_with("al"));
    let has_body = parts.len() == 2 && parts.iter().any(|part| looks_like_body(part));
    has_joint || is_joined || has_body || parts.iter().filter(|part| !part.is_empty()).count() > 3
}

fn some_body(name: String) -> Option<Name> {
    (!name.is_empty()).then(|| Name::Body(name.into()))
}

/// Words that stand in names of bodies and in none of a person.
const OF_BODIES: [&str; 40] = [
    "Agency",
    "Alliance",
    "Assembly",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Bureau",
    "Cabinet",
    "Centre",
    "Center",
    "Coalition",
    "Commission",
    "Committee",
    "Confederation",
    "Council",
    "Court",
    "Department",
    "Directorate",
    "Federation",
    "Foundation",
    "Fund",
    "Government",
    "Institute",
    "Inspectorate",
    "Ministry",
    "Nations",
    "Observatory",
    "Office",
    "Organisation",
    "Organization",
    "Panel",
    "Parliament",
    "Programme",
    "Secretariat",
    "Senate",
    "Society",
    "Taskforce",
    "Union",
    "University",
];

/// Whether a name without braces and commas is surely that of a body, of which BibTeX would make a person.
pub fn looks_like_body(written: &str) -> bool {
    let mut words = written.split_whitespace();
    let has_several = words.clone().count() > 1;
    has_several && !written.contains([',', '{', '=']) && (written.starts_with("The ") || words.any(|word| OF_BODIES.contains(&word)))
}

/// What stands in braces that embrace the whole.
fn braced(written: &str) -> Option<&str> {
    let inside = written.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_i32;
    let is_one = inside.bytes().all(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth >= 0
    });
    // `{\'E}tienne` and `{\"O}` are letters, and no bodies.
    let is_letter = inside.starts_with('\\') && !inside.contains(' ');
    (is_one && depth == 0 && !is_letter).then_some(inside)
}

/// `Ludwig van Beethoven`: the words with a small letter are the prefix, what follows is the family name.
fn in_order(whole: &str, prefix: Prefix) -> Option<Name> {
    let words: Vec<&str> =
        split(whole, |letter| letter.is_ascii_whitespace() || letter == '~').into_iter().filter(|word| !word.is_empty()).collect();
    let [first @ .., last] = words.as_slice() else { return None };
    if first.is_empty() {
        return some_body(latex::plain(last));
    }
    let von = first.iter().position(|word| is_small(word));
    let (given, von, family) = match von {
        Some(from) => {
            let to = first.iter().rposition(|word| is_small(word)).expect("there is one") + 1;
            (&words[..from], &words[from..to], &words[to..])
        }
        None => (&words[..words.len() - 1], &words[..0], &words[words.len() - 1..]),
    };
    Some(made(&plain(family), &plain(given), &plain(von), "", prefix))
}

/// A name whose family name comes first.
fn person(last: &str, first: &str, suffix: &str, prefix: Prefix) -> Name {
    let words: Vec<&str> =
        split(last, |letter| letter.is_ascii_whitespace() || letter == '~').into_iter().filter(|word| !word.is_empty()).collect();
    let small = words.iter().take(words.len().saturating_sub(1)).take_while(|word| is_small(word)).count();
    let name = made(&plain(&words[small..]), &latex::plain(first), &plain(&words[..small]), &latex::plain(suffix), prefix);
    // `Beethoven, Ludwig van`: the prefix was put behind the given name, where it is dropped.
    let given: Vec<&str> =
        split(first, |letter| letter.is_ascii_whitespace() || letter == '~').into_iter().filter(|word| !word.is_empty()).collect();
    let behind = given.iter().skip(1).rev().take_while(|word| is_small(word)).count();
    match name {
        Name::Person { family, particle, dropping, suffix, comma_suffix, .. }
            if behind > 0 && particle.is_empty() && dropping.is_empty() =>
        {
            let (given, dropped) = given.split_at(given.len() - behind);
            Name::Person { family, given: plain(given).into(), particle, dropping: plain(dropped).into(), suffix, comma_suffix }
        }
        name => name,
    }
}

fn made(family: &str, given: &str, von: &str, suffix: &str, prefix: Prefix) -> Name {
    let (particle, dropping) = if prefix == Prefix::Kept { (von, "") } else { ("", von) };
    Name::Person {
        family: family.into(),
        given: given.into(),
        particle: particle.into(),
        dropping: dropping.into(),
        suffix: suffix.into(),
        comma_suffix: has_comma(suffix),
    }
}

/// Whether it is what stands behind names: `Jr.`, `III`.
pub fn is_suffix(text: &str) -> bool {
    matches!(text.trim().trim_end_matches('.'), "Jr" | "Sr" | "jr" | "sr" | "JR" | "SR" | "II" | "III" | "IV")
}

/// Whether a comma stands before a suffix where nothing says so: before `Jr.`, not before `III`.
pub fn has_comma(suffix: &str) -> bool {
    !suffix.is_empty() && !suffix.chars().all(|letter| "IVX".contains(letter))
}

fn plain(words: &[&str]) -> String {
    latex::plain(&words.join(" "))
}

/// Whether a word begins with a small letter, as prefixes do. Words in braces do not count.
fn is_small(word: &str) -> bool {
    if word.starts_with('{') && !word.starts_with("{\\") {
        return false;
    }
    latex::plain(word).chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase)
}

const PARTS: [&str; 7] = ["family", "given", "prefix", "suffix", "useprefix", "dropping", "commasuffix"];

/// Whether a part of a name is `family=…` or its like.
fn is_extended(part: &str) -> bool {
    part.trim_matches('"').split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        PARTS.contains(&key) || PARTS.iter().any(|known| key.strip_suffix("-i") == Some(known))
    })
}

fn extended(parts: &[&str], prefix: Prefix) -> Option<Name> {
    let get = |key: &str| {
        let values = parts.iter().filter_map(|part| part.trim_matches('"').split_once('='));
        let value = values.into_iter().find(|(own, _)| own.trim() == key)?.1.trim();
        Some(latex::plain(value.trim_matches('"')))
    };
    let prefix = match get("useprefix").as_deref() {
        Some("true") => Prefix::Kept,
        Some("false") => Prefix::Dropped,
        _ => prefix,
    };
    let text = |key: &str| get(key).unwrap_or_default();
    let (family, given, suffix) = (text("family"), text("given"), text("suffix"));
    if family.is_empty() && given.is_empty() {
        return None;
    }
    let Name::Person { family, given, particle, dropping, suffix, comma_suffix } = made(&family, &given, &text("prefix"), &suffix, prefix)
    else {
        return None;
    };
    let dropping = get("dropping").map_or(dropping, Into::into);
    let comma_suffix = get("commasuffix").map_or(comma_suffix, |written| written == "true");
    Some(Name::Person { family, given, particle, dropping, suffix, comma_suffix })
}
