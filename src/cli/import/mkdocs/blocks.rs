//! Blocks of Python-Markdown that are indented below a line of their own: boxes (`!!!`), boxes that fold (`???`) and tabs (`===`).
//!
//! Boxes become those of GitHub and Obsidian; of tabs the titles become lines of their own.
//!
//! It must not know marks within lines.

use super::headings::Fence;

/// A text in which those blocks are written as Chancery reads them, and the lines of tabs, counted from 0.
pub fn carry(text: &str) -> (String, Vec<usize>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut tabs = Vec::new();
    let out = blocks(&lines, 0, &mut tabs);
    (out.join("\n"), tabs)
}

/// A line that opens a block.
enum Opening<'l> {
    /// The kind, the title, and the sign of a box that folds: `-` or `+`.
    Box {
        kind: &'l str,
        title: Option<&'l str>,
        fold: &'static str,
    },
    Tab(&'l str),
}

fn blocks(lines: &[&str], first: usize, tabs: &mut Vec<usize>) -> Vec<String> {
    let mut out = Vec::new();
    let mut fence = Fence::default();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let indent = line.len() - line.trim_start_matches(' ').len();
        let opening = if fence.take(line) { None } else { opening(&line[indent..]) };
        let Some(opening) = opening else {
            out.push(line.to_string());
            at += 1;
            continue;
        };
        let body = body(&lines[at + 1..], indent + 4);
        let inner: Vec<&str> = lines[at + 1..at + 1 + body].iter().map(|line| line.get(indent + 4..).unwrap_or_default()).collect();
        let inner = blocks(&inner, first + at + 1, tabs);
        let margin = " ".repeat(indent);
        match opening {
            Opening::Box { kind, title, fold } => {
                let title = title.map_or(String::new(), |title| format!(" {title}"));
                out.push(format!("{margin}> [!{}]{fold}{title}", kind.to_uppercase()));
                let blank = inner.iter().rev().take_while(|line| line.trim().is_empty()).count();
                out.extend(inner[..inner.len() - blank].iter().map(|line| format!("{margin}> {line}").trim_end().to_string()));
                out.extend(std::iter::repeat_n(String::new(), blank.max(1)));
            }
            Opening::Tab(title) => {
                tabs.push(first + at);
                out.push(format!("{margin}**{title}**"));
                if inner.first().is_some_and(|line| !line.trim().is_empty()) {
                    out.push(String::new());
                }
                let inner = inner.into_iter();
                out.extend(inner.map(|line| if line.is_empty() { line } else { format!("{margin}{line}") }));
            }
        }
        at += 1 + body;
    }
    out
}

/// How many of the lines belong to a block: those that are indented, and blank ones between them and behind.
fn body(lines: &[&str], indent: usize) -> usize {
    let is_in = |line: &&&str| line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() >= indent;
    lines.iter().take_while(is_in).count()
}

fn opening(line: &str) -> Option<Opening<'_>> {
    let line = line.trim_end();
    let (sign, rest) = line.split_once(' ')?;
    let fold = match sign {
        "!!!" => "",
        "???" => "-",
        "???+" => "+",
        "===" | "===!" | "===+" => return Some(Opening::Tab(quoted(rest.trim())?)),
        _ => return None,
    };
    let rest = rest.trim();
    let words = rest.find(['"', '\'']).map_or(rest, |quote| &rest[..quote]);
    let kind = words.split_whitespace().next()?;
    let is_kind = kind.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    let title = quoted(rest[words.len()..].trim()).filter(|title| !title.is_empty());
    is_kind.then_some(Opening::Box { kind, title, fold })
}

fn quoted(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_tabs_keep_their_lines_and_what_lies_within() {
        for (before, after) in [
            ("!!! note\n    A\n\n    B\n\nC", "> [!NOTE]\n> A\n>\n> B\n\nC"),
            ("!!! note \"\"\n    A\nB", "> [!NOTE]\n> A\n\nB"),
            ("!!! danger inline end \"Stop here\"\n    A\n", "> [!DANGER] Stop here\n> A\n"),
            ("??? tip\n    A\n    !!! note\n        B\n", "> [!TIP]-\n> A\n> > [!NOTE]\n> > B\n"),
            ("- a\n\n    ???+ tip 'T'\n        A\n\n- b\n", "- a\n\n    > [!TIP]+ T\n    > A\n\n- b\n"),
            ("=== \"One\"\n\n    A\n\n=== \"Two\"\n\n    B\n", "**One**\n\nA\n\n**Two**\n\nB\n"),
            ("```\n!!! note\n    A\n```\n", "```\n!!! note\n    A\n```\n"),
            ("!!! note\n    ```\n    === \"x\"\n    ```\n", "> [!NOTE]\n> ```\n> === \"x\"\n> ```\n"),
            ("!!!\n\n!!! \n\n=== x\n", "!!!\n\n!!! \n\n=== x\n"),
        ] {
            assert_eq!(carry(before).0, after);
        }
    }
}
