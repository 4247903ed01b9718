//! Brackets that nothing closes: a parser sees them where the next key stands, a person where they open.

/// The bracket that begins a value above the line at the end of `text`, and that nothing closes from there on: what comes below it is then wrong
/// wherever it stands.
pub fn unclosed(text: &str) -> Option<(usize, char)> {
    let above = &text[..text.rfind('\n')? + 1];
    let begins = |line: &str| {
        let value = line.split_once(": ").map(|(_, value)| value).or_else(|| line.trim_start().strip_prefix("- "))?.trim_start();
        value.starts_with(['[', '{']).then(|| line.len() - value.len())
    };
    let mut start = above.len();
    for line in above.split_inclusive('\n').rev().take(LONGEST_LIST) {
        start -= line.len();
        if let Some(at) = begins(line) {
            let open = start + at;
            let bracket = if above[open..].starts_with('[') { '[' } else { '{' };
            let close = if bracket == '[' { ']' } else { '}' };
            return (!above[open..].contains(close)).then_some((open, bracket));
        }
    }
    None
}

/// A list that is not closed is looked for so many lines above.
const LONGEST_LIST: usize = 50;
