//! Keys of sources as they stand in a text: `@smith2024`, `@{odd key}`.
//!
//! Owns the rule of what belongs to a key, which is Pandoc's (<https://pandoc.org/MANUAL.html#citation-syntax>). It must not know what else a citation has.

/// The key behind an `@`, and how many bytes it takes, braces included; `None` if none begins there.
///
/// A key begins with a letter, a digit or `_`, and goes on with these and with single signs of `:.#$%&-+?<>~/` between them. `*` stands for all
/// sources. In braces, anything but space and braces belongs to it.
pub fn key_at(text: &str) -> Option<(&str, usize)> {
    if let Some(braced) = text.strip_prefix('{') {
        let end = braced.find(|letter: char| letter.is_whitespace() || "{}".contains(letter))?;
        return (end > 0 && braced[end..].starts_with('}')).then(|| (&braced[..end], end + 2));
    }
    if text.starts_with('*') {
        return Some(("*", 1));
    }
    let belongs = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let mut goes_on = || letters.peek().is_some_and(|(_, next)| belongs(*next));
        if belongs(letter) {
            end = at + letter.len_utf8();
        } else if end == 0 || !":.#$%&-+?<>~/".contains(letter) || !goes_on() {
            break;
        }
    }
    (end > 0).then(|| (&text[..end], end))
}

/// The keys that a text may cite, sorted, found without parsing it: too many rather than too few.
pub fn keys_in(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    let all = memchr::memchr_iter(b'@', bytes).filter(|at| begins(*at)).filter_map(|at| key_at(&text[at + 1..]));
    let mut keys: Vec<&str> = all.map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_behind_a_key_is_none_of_it() {
        let key = |text: &str| key_at(text).map(|(key, _)| key.to_string()).unwrap_or_default();
        assert_eq!(key("smith2024, p. 3"), "smith2024");
        assert_eq!(key("who:2020/a.b. Then"), "who:2020/a.b");
        assert_eq!(key("a--b"), "a");
        assert_eq!(key("Größe_1]"), "Größe_1");
        assert_eq!(key("{odd,key}]"), "odd,key");
        assert_eq!(key("*"), "*");
        assert_eq!((key("{a b}"), key("{}"), key("-a"), key("")), Default::default());
    }

    #[test]
    fn addresses_of_mail_hold_no_keys() {
        assert_eq!(keys_in("[@b; -@a] mail x@example.org @{c d} @b"), ["a", "b"]);
    }
}
