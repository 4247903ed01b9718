//! Plain words as Markdown: what would be read as a mark gets a backslash.
//!
//! It must not know where the words come from.

/// Words within a line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().copied().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| letters[at]), letters.get(at + 1).copied());
        let is_mark = match letter {
            '\\' | '`' | '*' | '[' | ']' | '~' | '|' | '{' | '^' => true,
            // Between letters it is none.
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
            '&' => is_entity(&letters[at + 1..]),
            '=' | '%' => before == Some(letter) || after == Some(letter),
            '@' => !before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line of Markdown whose words are escaped: what would make it a list, a heading or a quotation gets a backslash too.
pub fn guard(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\n']);
    let at = match line.as_bytes().first() {
        Some(b'#' | b'>' | b'=') => 0,
        Some(b'-') if ends(&line[1..]) || line.bytes().all(|byte| matches!(byte, b'-' | b' ')) => 0,
        Some(b'+' | b':') if ends(&line[1..]) => 0,
        Some(b'0'..=b'9') if digits < 10 && rest.starts_with(['.', ')']) && ends(&rest[1..]) => digits,
        _ if line.starts_with("Table:") => 5,
        _ => return line.to_string(),
    };
    format!("{}\\{}", &line[..at], &line[at..])
}

/// Whether what stands behind `&` is a name or a number of HTML.
fn is_entity(rest: &[char]) -> bool {
    let length = rest.iter().take(33).take_while(|letter| letter.is_ascii_alphanumeric() || **letter == '#').count();
    length > 0 && rest.get(length) == Some(&';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_mark_gets_a_backslash() {
        for (plain, wanted) in [
            ("a_b_c, 2*3, _x_", r"a_b_c, 2\*3, \_x\_"),
            ("[1] <b> a < b & c &amp; 100%", r"\[1\] \<b> a < b & c \&amp; 100%"),
            ("{{< x >}} a == b, 5%%, @doe, a@b.org", r"\{\{< x >}} a \=\= b, 5\%\%, \@doe, a@b.org"),
        ] {
            assert_eq!(escape(plain), wanted);
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        for (line, wanted) in [
            ("# 5", r"\# 5"),
            ("- a", r"\- a"),
            ("-5 °C", "-5 °C"),
            ("1. a", r"1\. a"),
            ("2025.", r"2025\."),
            ("3.5% more", "3.5% more"),
            ("Table: a", r"Table\: a"),
            ("---", r"\---"),
            ("> a", r"\> a"),
        ] {
            assert_eq!(guard(line), wanted);
        }
    }
}
