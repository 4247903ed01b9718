//! Keys of sources as they stand in a text: `@smith2024`, `@{odd key}`.
//!
//! Owns the rule of what belongs to a key, which is Pandoc's (<https://pandoc.org/MANUAL.html#citation-syntax>). It must not know what else a citation has.

/// Longer ones are no keys.
const LONGEST: usize = 400;
/// What may stand between the letters of a key, one at a time.
const INNER: &str = ":.#$%&-+?<>~/";

/// The key behind an `@`, and how many bytes it takes, braces included; `None` if none begins there.
///
/// A key begins with a letter, a digit or `_`, and goes on with these and with single signs of `:.#$%&-+?<>~/` between them, or `://`. `*` stands for
/// all sources. In braces, anything belongs to it but the end of the line; braces within come in pairs.
pub fn key_at(text: &str) -> Option<(&str, usize)> {
    if let Some(inside) = text.strip_prefix('{') {
        let braced = braced(inside)?;
        return Some((braced.trim(), braced.len() + "{}".len())).filter(|(key, _)| !key.is_empty());
    }
    if text.starts_with('*') {
        return Some(("*", 1));
    }
    let end = bare(text);
    (end > 0 && end <= LONGEST).then(|| (&text[..end], end))
}

/// What stands in braces, behind the first of them.
fn braced(inside: &str) -> Option<&str> {
    let mut depth = 1;
    let near = &inside[..inside.floor_char_boundary(LONGEST + 1)];
    let end = near.find(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth == 0 || letter == '\n'
    })?;
    near[end..].starts_with('}').then(|| &near[..end])
}

/// How long a key without braces is.
fn bare(text: &str) -> usize {
    let belongs = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut letters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let is_inner = at > 0 && INNER.contains(letter) && next.is_some_and(belongs);
        let is_of_scheme = at > 0 && matches!(letter, ':' | '/') && next == Some('/');
        if !belongs(letter) && !is_inner && !is_of_scheme || at > LONGEST {
            break;
        }
        end = at + letter.len_utf8();
    }
    // The signs at the end of `a:/` lead nowhere.
    text[..end].trim_end_matches(['/', ':']).len()
}

/// The keys that a text may cite, sorted, found without parsing it: too many rather than too few.
pub fn keys_in(text: &str) -> Vec<&str> {
    let mut keys: Vec<&str> = each_key_in(text).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The same in the order of the text, each as often as it stands there.
pub fn each_key_in(text: &str) -> impl Iterator<Item = &str> {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    let all = memchr::memchr_iter(b'@', text.as_bytes()).filter(move |at| begins(*at));
    all.filter_map(|at| key_at(&text[at + 1..])).map(|(key, _)| key)
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
        assert_eq!((key("{a b}"), key("{a{b}.}")), ("a b".into(), "a{b}.".into()));
        assert_eq!((key("https://example.org/a."), key("a:/")), ("https://example.org/a".into(), "a".into()));
        assert_eq!((key("{}"), key("{a\nb}"), key("-a"), key("")), Default::default());
    }

    #[test]
    fn addresses_of_mail_hold_no_keys() {
        assert_eq!(keys_in("[@b; -@a] mail x@example.org @{c d} @b"), ["a", "b", "c d"]);
    }
}
