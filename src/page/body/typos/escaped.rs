//! Marks that an editor has put backslashes before, where they would mean something without them.
//!
//! A wikilink behind backslashes is only kept here: whether it would find a page is for those to say who know all pages.

use std::collections::HashSet;
use std::ops::Range;

use super::super::destination;
use super::super::renderer::Renderer;
use super::{Typos, alert, begins_line, head, line};
use crate::diagnostic::Diagnostic;

const CODE: &str = "escaped-mark";

/// What is said to do about it.
pub const HINT: &str = "an editor has put backslashes before it: take them out, or put it in code if it is meant as text";

/// Longer names and labels are none.
const LONGEST_NAME: usize = 200;

/// A reference to a note, or the beginning of one, behind a backslash.
#[derive(Debug)]
pub struct Note {
    label: String,
    range: Range<usize>,
    is_definition: bool,
}

impl Renderer<'_> {
    /// Looks at the letter at the byte `at`, which stands behind a backslash.
    pub fn look_at_escaped(&mut self, at: usize) {
        match self.source.text.as_bytes()[at] {
            b'[' if self.open.in_link == 0 => self.escaped_bracket(at),
            b'*' if begins_line(self.source.text, at - 1) => self.escaped_abbreviation(at),
            _ => {}
        }
    }

    fn escaped_bracket(&mut self, at: usize) {
        let rest = head(&self.source.text[at + 1..], LONGEST_NAME);
        if let Some(rest) = rest.strip_prefix('^').or_else(|| rest.strip_prefix("\\^")) {
            let Some((label, behind)) = rest.split_once(']') else { return };
            let label = label.trim_end_matches('\\');
            if !label.is_empty() && !label.contains(char::is_whitespace) {
                let end = at + 1 + self.source.text[at + 1..].find(']').map_or(0, |close| close + 1);
                let is_definition = behind.starts_with(':') && begins_line(self.source.text, at - 1);
                self.collected.typos.notes.push(Note { label: label.to_lowercase(), range: at - 1..end, is_definition });
            }
        } else if let Some(inner) = rest.strip_prefix('[').or_else(|| rest.strip_prefix("\\[")) {
            let written = line(inner, 0);
            let Some(close) = written.find(']') else { return };
            let behind = written[close + 1..].trim_start_matches('\\');
            if !behind.starts_with(']') {
                return;
            }
            let name = written[..close].replace('\\', "");
            let (name, has_words) = name.split_once('|').map_or((&*name, false), |(name, words)| (name, !words.is_empty()));
            if !destination::is_empty(name) {
                let start = at + 1 + (rest.len() - inner.len());
                let end = start + close + 1 + (written[close + 1..].len() - behind.len()) + 1;
                self.collected.typos.escaped.push((destination::wiki(name, has_words), self.source.span(at - 1..end)));
            }
        }
    }

    /// `\*[NATO]: …`.
    fn escaped_abbreviation(&mut self, at: usize) {
        let line = line(self.source.text, at);
        let Some(rest) = line[1..].strip_prefix('[').or_else(|| line[1..].strip_prefix("\\[")) else { return };
        let Some((name, meaning)) = rest.split_once("]:") else { return };
        if !name.trim_end_matches('\\').trim().is_empty() && !meaning.trim().is_empty() && !name.contains(']') {
            let problem = Diagnostic::warning(CODE, "this abbreviation is shown as text: its marks are escaped");
            self.problem(problem.hint(HINT), at - 1..at + line.len());
        }
    }

    /// Looks at the first line of a quotation that is no alert.
    pub fn look_for_escaped_alert(&mut self, start: usize) {
        let line = line(self.source.text, start);
        let Some((before, kind)) = line.split_once("\\[!") else { return };
        let kind = kind.split(['\\', ']']).next().unwrap_or("");
        if begins_line(self.source.text, start + before.len()) && alert::is_known(&kind.to_lowercase()) {
            let problem = Diagnostic::warning(CODE, "this box is shown as a quotation: its mark is escaped");
            self.problem(problem.hint(HINT), start + before.len()..start + line.len());
        }
    }
}

/// Tells of references to notes behind backslashes whose notes exist, when all of the text has been read.
pub fn tell_notes(page: &mut Renderer) {
    let notes = std::mem::take(&mut page.collected.typos.notes);
    let labels = |is_definition: bool| -> HashSet<&str> {
        notes.iter().filter(|note| note.is_definition == is_definition).map(|note| &*note.label).collect()
    };
    let [references, definitions] = [labels(false), labels(true)];
    for note in &notes {
        let others = if note.is_definition { &references } else { &definitions };
        if page.structure.notes.has(&note.label) || others.contains(&*note.label) {
            let message = format!("`[^{}]` is shown as text: its bracket is escaped", note.label);
            page.problem(Diagnostic::warning(CODE, message).hint(HINT), note.range.clone());
        }
    }
    page.collected.typos.escaped_labels = references.into_iter().map(String::from).collect();
}

impl Typos {
    /// Whether all that is wrong with a note is that what refers to it is escaped.
    pub fn has_escaped_note(&self, label: &str) -> bool {
        self.escaped_labels.contains(&label.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{body, reports};
    use super::*;
    use crate::page::body::LinkTarget;

    #[test]
    fn boxes_abbreviations_and_notes_behind_backslashes_are_told() {
        assert_eq!(
            reports("> \\[!NOTE]\n> Text.\n\n\\*\\[NATO]: North Atlantic Treaty Organization\n\nA.\\[^1] B.\n\n[^1]: Source.\n"),
            [
                format!("1:3+8 escaped-mark this box is shown as a quotation: its mark is escaped | {HINT}"),
                format!("4:1+45 escaped-mark this abbreviation is shown as text: its marks are escaped | {HINT}"),
                format!("6:3+5 escaped-mark `[^1]` is shown as text: its bracket is escaped | {HINT}"),
            ]
        );
        let both = reports("A.\\[^1] B.\n\n\\[^1]: Source.\n");
        assert_eq!(both.len(), 2, "{both:?}");
    }

    #[test]
    fn wikilinks_behind_backslashes_are_kept_with_what_they_name() {
        let text = "See \\[\\[hague\\|words]] and \\[[The Hague#part]\\].\n";
        let found: Vec<(LinkTarget, &str)> =
            body(text).escaped.into_iter().map(|(target, span)| (target, &text[span.start as usize..span.end as usize])).collect();
        let wiki =
            |name: &str, anchor: Option<&str>, has_words| LinkTarget::Wiki { name: name.into(), anchor: anchor.map(Into::into), has_words };
        assert_eq!(
            found,
            [(wiki("hague", None, true), "\\[\\[hague\\|words]]"), (wiki("The Hague", Some("part"), false), "\\[[The Hague#part]\\]")]
        );
    }

    #[test]
    fn what_means_nothing_without_its_backslash_is_not_told() {
        let text = "\\[x] \\*not strong\\* \\[^2] 3 \\* 4\n\n> \\[!method]\n> x\n\n> \\[sic]\n\n`\\[!NOTE] \\[[x]]` \\*[A] b\n";
        assert_eq!(reports(text), [""; 0]);
        assert_eq!(*body(text).escaped, []);
    }
}
