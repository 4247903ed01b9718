//! Marks of other dialects of Markdown, Pandoc's above all, that are shown as text: notes in the text, attributes, grids, a place for contents.
//!
//! It must not know how to read them.

use super::super::passes::{Spot, Taken, TextPass};
use super::super::renderer::Renderer;
use super::super::sentence::cut;
use super::{LONGEST, begins_line, head, line};
use crate::diagnostic::Diagnostic;

const CODE: &str = "unread-markup";

/// Looks at brackets, braces and crosses.
pub const PASS: TextPass = TextPass { bytes: b"[{+", look };

/// What writes all of Pandoc's in a form that is read here.
const BY_PANDOC: &str = "`pandoc -t gfm` writes a whole text as it is read here";

/// Looks at a mark that is text.
fn look(page: &mut Renderer, spot: &Spot) -> Taken {
    let at = spot.start + spot.at;
    match page.source.text.as_bytes()[at] {
        b'[' => page.look_for_note_or_span(at),
        b'{' => page.look_for_attributes(at),
        _ => page.look_for_grid(at),
    }
    Taken::Nothing
}

impl Renderer<'_> {
    fn look_for_note_or_span(&mut self, at: usize) {
        let (before, rest) = self.source.text.split_at(at);
        if ["[TOC]", "[toc]"].contains(&line(rest, 0)) && begins_line(before, at) {
            let message = "`[TOC]` is shown as text: other tools write the contents there";
            let hint = "take it out: a page with three headings or more has its contents; `toc: false` leaves them out";
            return self.problem(Diagnostic::warning(CODE, message).hint(hint), at..at + 5);
        }
        let rest = head(rest, LONGEST);
        let Some(close) = rest.find([']', '\n']).filter(|close| rest[*close..].starts_with(']')) else { return };
        let inside = &rest[1..close];
        if before.ends_with('^') && inside.contains(' ') {
            let problem = Diagnostic::warning(CODE, "this note in the text is shown as text: notes stand on lines of their own here");
            let hint = format!("write `[^name]` here, and `[^name]: {}` below", cut(inside, 40));
            return self.problem(problem.hint(hint), at - 1..at + close + 1);
        }
        let Some(attributes) = attributes(&rest[close + 1..]).filter(|_| !inside.is_empty()) else { return };
        let problem = Diagnostic::warning(CODE, format!("`{attributes}` is shown as text: words have no attributes here"));
        let class = attributes.trim_matches(['{', '}']);
        let hint = match class {
            ".underline" | ".ul" => format!("write `<u>{inside}</u>`"),
            ".mark" => format!("write `=={inside}==`"),
            _ => format!("write `<span class=\"…\">{inside}</span>`, or leave it out"),
        };
        self.problem(problem.hint(hint).hint(BY_PANDOC), at..at + close + 1 + attributes.len());
    }

    /// Attributes behind a link or a picture.
    fn look_for_attributes(&mut self, at: usize) {
        let (before, rest) = self.source.text.split_at(at);
        let Some(attributes) = attributes(head(rest, LONGEST)).filter(|_| before.ends_with(')')) else { return };
        let problem = Diagnostic::warning(CODE, format!("`{attributes}` is shown as text: links and pictures have no attributes here"));
        let hint = "take it out; a picture of a size of its own is written in HTML: `<img src=\"a.png\" alt=\"…\" width=\"480\">`";
        self.problem(problem.hint(hint).hint(BY_PANDOC), at..at + attributes.len());
    }

    /// A table whose cells are drawn with crosses and lines.
    fn look_for_grid(&mut self, at: usize) {
        let text = self.source.text;
        let rule = line(text, at);
        let is_rule = |line: &str| {
            line.len() > 4 && line.starts_with("+-") && line.ends_with('+') && line.bytes().all(|byte| b"+-=:".contains(&byte))
        };
        let next = text[at..].find('\n').map(|end| line(text, at + end + 1)).unwrap_or_default();
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let above = text[..start.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1);
        // The first of its lines tells of all.
        if !begins_line(text, at) || !is_rule(rule) || !next.starts_with('|') || start > 0 && line(text, above).starts_with(['|', '+']) {
            return;
        }
        let problem = Diagnostic::warning(CODE, "this grid is shown as text: tables have a line of hyphens below their headings here");
        self.problem(problem.hint("write `| A | B |` and, below it, `|---|---|`").hint(BY_PANDOC), at..at + rule.len());
    }
}

/// Attributes of Pandoc at the head of a text: `{.class}`, `{#id}`, `{width="5in"}`. `{.assess}` and `{.decorative}` mean something here.
fn attributes(text: &str) -> Option<&str> {
    let (inside, _) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = |name: &str| {
        name.starts_with(char::is_alphabetic) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:".contains(&byte))
    };
    let is_one = |word: &str| match word.strip_prefix(['.', '#']) {
        Some(name) => is_name(name),
        None => word.split_once('=').is_some_and(|(name, _)| is_name(name)),
    };
    let first = inside.split_whitespace().next()?;
    let is_known = [".assess", ".decorative"].contains(&first);
    (is_one(first) && !is_known && !inside.contains('\n')).then(|| &text[..inside.len() + 2])
}

#[cfg(test)]
mod tests {
    use super::super::tests::reports;

    #[test]
    fn marks_of_pandoc_and_of_others_are_told_with_what_is_read_here() {
        let told = |text: &str| reports(text).join("\n");
        assert_eq!(
            told("A note^[In the text.] here.\n"),
            "1:7+15 unread-markup this note in the text is shown as text: notes stand on lines of their own here | write `[^name]` here, and `[^name]: In the text.` below"
        );
        assert!(told("[TOC]\n\nText.\n").starts_with("1:1+5 unread-markup `[TOC]` is shown as text"), "{}", told("[TOC]\n\nText.\n"));
        assert!(
            told("An [underlined]{.underline} word.\n").contains(
                "1:4+24 unread-markup `{.underline}` is shown as text: words have no attributes here | write `<u>underlined</u>`"
            )
        );
        assert!(
            told("![A chart](a.png){width=\"5.0in\" height=\"2in\"}\n")
                .contains("unread-markup `{width=\"5.0in\" height=\"2in\"}` is shown as text")
        );
        let grid = told("+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n+---+---+\n");
        assert!(grid.contains("1:1+9 unread-markup this grid") && grid.matches("unread-markup").count() == 1, "{grid}");
    }

    #[test]
    fn what_only_looks_like_it_is_not_told() {
        let text = "x^[2] and a^[b], `[TOC]`, [a]{b}, set {1, 2}, f(x){y}, see [TOC] there.\n\n+ one\n+ two\n\n1 +-- 2\n\n\
                    ![](line.png){.decorative}\n\n    +---+\n    | A |\n\n\\[a\\]{.b}\n";
        assert_eq!(reports(text), [""; 0]);
    }
}
