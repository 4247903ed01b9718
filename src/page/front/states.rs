//! Keys that say in which state a page is: several may, and the one that hides it most holds.
//!
//! They must not know the clock, nor the states of sections.

use super::Status;
use super::kinds::{Kind, kinds};
use super::node::Node;
use super::read::Reader;
use super::values::truth;
use crate::diagnostic::{Diagnostic, nearest};

kinds! {
    /// The name of a state.
    State -> (), "word": |reader, name, node| reader.status(name, node);
    /// Whether the page is a draft.
    Draft -> (), "`true` or `false`": |reader, name, node| match reader.truth(name, node) {
        Some(true) => reader.say(Status::Draft),
        // Said, so that a cascade cannot make it a draft.
        Some(false) => reader.say(Status::Published),
        None => reader.front.status_unknown = true,
    };
    /// Who may read the page. What is no word is no marking of any site.
    Marked -> Option<String>, "word": |reader, name, node| match truth(node) {
        Some(false) => None,
        _ => Some(reader.text(name, node).unwrap_or_default()),
    };
    /// Whether the page is published; `true` says nothing.
    Published -> (), "`true` or `false`": |reader, _name, node| if truth(node) == Some(false) {
        reader.say(Status::Draft);
    };
}

impl Reader<'_, '_> {
    /// Notes a state; of several the most hidden holds.
    pub fn say(&mut self, status: Status) {
        self.front.status = Some(self.front.status.map_or(status, |said| said.more_hidden(status)));
    }

    fn status(&mut self, name: &str, value: &Node) {
        if let Some(status) = Reader::word(value, &Status::NAMES) {
            return self.say(status);
        }
        self.front.status_unknown = true;
        let Some(word) = self.text(name, value) else { return };
        let names = Status::NAMES.iter().map(|(name, _)| *name);
        let hint = match nearest(&word, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        self.problems.add(value.range.clone(), Diagnostic::error("unknown-status", format!("there is no status `{word}`")).hint(hint));
    }
}
