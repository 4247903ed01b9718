//! Names that are explained wherever they stand: abbreviations, which the page defines as `*[NATO]: North Atlantic Treaty Organization`.
//!
//! It must not know where they were defined.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::html::attribute;
use crate::page::body::renderer::Renderer;

/// The abbreviations of one page.
#[derive(Debug, Default)]
pub struct Terms<'a> {
    /// Finds their names; `None` if there are none.
    automaton: Option<AhoCorasick>,
    /// By name what it stands for.
    meanings: &'a [(&'a str, Cow<'a, str>)],
}

impl<'a> Terms<'a> {
    /// The abbreviations with these meanings, by name.
    pub fn new(meanings: &'a [(&'a str, Cow<'a, str>)]) -> Terms<'a> {
        let names = || meanings.iter().map(|(name, _)| name);
        let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names()).ok();
        Terms { automaton: (!meanings.is_empty()).then(build).flatten(), meanings }
    }
}

impl Renderer<'_> {
    /// Writes the text that begins at the byte `start` of the source, with its abbreviations explained.
    pub fn terms(&mut self, text: &str, start: usize) {
        let terms = self.terms;
        let Some(automaton) = &terms.automaton else { return self.set(text, start) };
        let mut from = 0;
        for found in automaton.find_iter(text) {
            let (before, after) = (&text[..found.start()], &text[found.end()..]);
            if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                continue;
            }
            self.set(&text[from..found.start()], start + from);
            self.out.push("<abbr");
            attribute("title", &terms.meanings[found.pattern().as_usize()].1, &mut self.out.html);
            self.out.push(">");
            self.literal(&text[found.range()]);
            self.out.push("</abbr>");
            from = found.end();
        }
        self.set(&text[from..], start + from);
    }
}
