//! The block of front matter at the head of a file: where it begins and ends.
//!
//! Owns the fences. It must not know YAML.

use std::ops::Range;

/// What stands at the head of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// No front matter; the text begins at this byte.
    None(usize),
    /// YAML in `yaml`; the text begins at `body`.
    Yaml { yaml: Range<usize>, body: usize },
    /// An opening `---` at `fence` that nothing closes.
    Unclosed { fence: Range<usize> },
    /// A block that is larger than [`LARGEST`].
    TooLarge { fence: Range<usize>, body: usize },
    /// An opening `+++`, Hugo's and Zola's mark of TOML.
    Toml { fence: Range<usize>, body: usize },
}

/// A block of front matter may have this many bytes.
pub const LARGEST: usize = 256 * 1024;

/// Finds the front matter of a file: between lines of `---`, after a byte order mark and blank lines at most. `...` closes it too, as in Jekyll.
pub fn head(text: &str) -> Head {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(first) = lines(text, mark).find(|line| !text[line.clone()].trim().is_empty()) else {
        return Head::None(mark);
    };
    let fence = first.start..first.start + text[first.clone()].trim_end().len();
    match &text[fence.clone()] {
        "---" => {
            let Some(close) = lines(text, first.end).find(|line| matches!(text[line.clone()].trim_end(), "---" | "...")) else {
                return Head::Unclosed { fence };
            };
            match close.start - first.end {
                size if size > LARGEST => Head::TooLarge { fence, body: close.end },
                _ => Head::Yaml { yaml: first.end..close.start, body: close.end },
            }
        }
        "+++" => {
            let close = lines(text, first.end).find(|line| text[line.clone()].trim_end() == "+++");
            Head::Toml { fence, body: close.map_or(first.end, |line| line.end) }
        }
        _ => Head::None(mark),
    }
}

/// The lines from a byte on, each with its end.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
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
            Head::Yaml { yaml, body } => (text[yaml].into(), text[body..].into()),
            Head::Unclosed { fence } => ("unclosed".into(), text[fence].into()),
            Head::TooLarge { body, .. } => ("too large".into(), text[body..].into()),
            Head::Toml { body, .. } => ("toml".into(), text[body..].into()),
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
    fn a_file_may_have_no_block() {
        assert_eq!(split(""), pair("none", ""));
        assert_eq!(split("\n\n"), pair("none", "\n\n"));
        assert_eq!(split("\u{feff}# A\n---\n"), pair("none", "# A\n---\n"));
        assert_eq!(split("----\na\n----\n"), pair("none", "----\na\n----\n"));
        assert_eq!(split(" ---\na: b\n---\n"), pair("none", " ---\na: b\n---\n"));
    }

    #[test]
    fn a_dash_line_within_closes_only_if_it_is_nothing_else() {
        assert_eq!(split("---\na: |\n  ---\n----\n--- x\n---\nb"), pair("a: |\n  ---\n----\n--- x\n", "b"));
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        assert_eq!(split("---\na: b\n"), pair("unclosed", "---"));
        assert_eq!(split("+++\na = 1\n+++\ntext"), pair("toml", "text"));
        let large = format!("---\na: {}\n---\ntext", "x".repeat(LARGEST));
        assert_eq!(split(&large), pair("too large", "text"));
    }
}
