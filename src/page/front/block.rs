//! The block of front matter at the head of a file: where it begins and ends.
//!
//! Owns the fences. It must not know what stands between them.

use std::ops::Range;

/// In what front matter is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Syntax {
    /// Between lines of `---`.
    #[default]
    Yaml,
    /// Between lines of `+++`, as Hugo and Zola write it.
    Toml,
}

impl Syntax {
    /// The line before and behind it.
    pub fn fence(self) -> &'static str {
        match self {
            Syntax::Yaml => "---",
            Syntax::Toml => "+++",
        }
    }

    /// A key with its value, as it is written there.
    pub fn pair(self, key: &str, value: &str) -> String {
        match self {
            Syntax::Yaml => format!("{key}: {value}"),
            Syntax::Toml => format!("{key} = {value}"),
        }
    }
}

/// What stands at the head of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// No front matter; the text begins at this byte.
    None(usize),
    /// Front matter in `block`; the text begins at `body`.
    Block { syntax: Syntax, block: Range<usize>, body: usize },
    /// An opening `---` or `+++` at `fence` that nothing closes.
    Unclosed { syntax: Syntax, fence: Range<usize> },
    /// A block that is larger than [`LARGEST`].
    TooLarge { fence: Range<usize>, body: usize },
}

/// A block of front matter may have this many bytes.
pub const LARGEST: usize = 256 * 1024;

/// Finds the front matter of a file: between lines of `---` or `+++`, after a byte order mark and other signs that nobody sees at most. `...` closes YAML
/// too, as in Jekyll.
pub fn head(text: &str) -> Head {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(first) = lines(text, mark).find(|line| !text[line.clone()].trim_matches(is_blank_mark).is_empty()) else {
        return Head::None(mark);
    };
    let line = &text[first.clone()];
    let before = &line[..line.len() - line.trim_start_matches(is_blank_mark).len()];
    let fence = first.start + before.len()..first.start + line.trim_end_matches(is_blank_mark).len();
    let Some(syntax) = [Syntax::Yaml, Syntax::Toml].into_iter().find(|syntax| text[fence.clone()] == *syntax.fence()) else {
        return Head::None(mark);
    };
    // What stands before the first fence may stand before the second; other indented lines are within the block.
    let is_close = |line: &str| {
        let line = line.strip_prefix(before).unwrap_or(line).trim_end_matches(is_blank_mark).trim_start_matches(is_unseen);
        line == syntax.fence() || syntax == Syntax::Yaml && line == "..."
    };
    let Some(close) = lines(text, first.end).find(|line| is_close(&text[line.clone()])) else {
        return Head::Unclosed { syntax, fence };
    };
    match close.start - first.end {
        size if size > LARGEST => Head::TooLarge { fence, body: close.end },
        _ => Head::Block { syntax, block: first.end..close.start, body: close.end },
    }
}

/// A space of any kind, or a sign that nobody sees.
pub fn is_blank_mark(letter: char) -> bool {
    letter.is_whitespace() || is_unseen(letter)
}

/// Soft hyphens, and the marks of width zero that editors and web pages leave behind (<https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point>).
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The lines from a byte on, each with its end.
pub fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    text[from..].split_inclusive('\n').scan(from, |start, line| {
        let range = *start..*start + line.len();
        *start = range.end;
        Some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The YAML and the body of a file, or what stands in their way.
    fn split(text: &str) -> (String, String) {
        match head(text) {
            Head::None(body) => ("none".into(), text[body..].into()),
            Head::Block { block, body, .. } => (text[block].into(), text[body..].into()),
            Head::Unclosed { fence, .. } => ("unclosed".into(), text[fence].into()),
            Head::TooLarge { body, .. } => ("too large".into(), text[body..].into()),
        }
    }

    fn pair(yaml: &str, body: &str) -> (String, String) {
        (yaml.into(), body.into())
    }

    #[test]
    fn marks_and_blank_lines_may_stand_before_the_block() {
        assert_eq!(split("---\na: b\n---\ntext"), pair("a: b\n", "text"));
        assert_eq!(split("\u{feff}---\r\na: b\r\n---  \r\n\r\ntext"), pair("a: b\r\n", "\r\ntext"));
        assert_eq!(split("\n \t\n---\n---\n"), pair("", ""));
        assert_eq!(split("---\na: b\n..."), pair("a: b\n", ""));
    }

    #[test]
    fn plus_signs_close_what_they_open() {
        assert_eq!(split("\u{feff}+++\r\na = 1\n...\n---\n+++ \ntext"), pair("a = 1\n...\n---\n", "text"));
    }

    #[test]
    fn what_nobody_sees_may_stand_around_the_fences() {
        for unseen in [" ", "\t", "\u{200b}", "\u{ad}", "\u{a0}", "\u{feff}\u{feff}", "\u{a0}\n"] {
            assert_eq!(split(&format!("{unseen}---\na: b\n---\ntext")), pair("a: b\n", "text"), "{unseen:?}");
            assert_eq!(split(&format!("---{unseen}\na: b\n---\ntext")).1, "text", "{unseen:?}");
        }
        assert_eq!(split("  ---\n  a: b\n  ---\ntext"), pair("  a: b\n", "text"));
        assert_eq!(split("---\na: b\n\u{200b}---\u{200b}\ntext"), pair("a: b\n", "text"));
    }

    #[test]
    fn a_file_may_have_no_block() {
        assert_eq!(split(""), pair("none", ""));
        assert_eq!(split("\n\n"), pair("none", "\n\n"));
        assert_eq!(split("\u{feff}# A\n---\n"), pair("none", "# A\n---\n"));
        assert_eq!(split("----\na\n----\n"), pair("none", "----\na\n----\n"));
    }

    #[test]
    fn a_dash_line_within_closes_only_if_it_is_nothing_else() {
        assert_eq!(split("---\na: |\n  ---\n----\n--- x\n---\nb"), pair("a: |\n  ---\n----\n--- x\n", "b"));
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        assert_eq!(split("---\na: b\n"), pair("unclosed", "---"));
        assert_eq!(split("+++\na = 1\n---\n"), pair("unclosed", "+++"));
        let large = format!("---\na: {}\n---\ntext", "x".repeat(LARGEST));
        assert_eq!(split(&large), pair("too large", "text"));
    }
}
