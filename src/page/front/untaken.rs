//! Entries that are not taken: keys that are none, second names of a key, keys that slipped into a table, words behind a ` #`; and what was meant by them.
//!
//! It must not know what a key means that is taken.

use super::block::Syntax;
use super::comment;
use super::hiding::{self, Meant};
use super::keys::Key;
use super::node::Node;
use super::read::{Entry, Reader};
use super::typos;
use super::values::{foreign_key, truth};
use super::{Release, Status};
use crate::config::markings::folded;
use crate::diagnostic::{Diagnostic, Severity};

impl Reader<'_, '_> {
    /// The same of all entries of a table that is free.
    pub fn look_for_misplaced(&mut self, table: &str, map: &[(Node, Node)]) {
        for (at, value) in map {
            if let Some(name) = at.text() {
                self.misplaced(&Entry { name, at, value, key: Key::named(name) }, table);
            }
        }
    }

    /// Tells of a key in a table of TOML that would hide its page if it stood above all tables, where its author meant it to stand.
    pub fn misplaced(&mut self, entry: &Entry, table: &str) {
        let value = entry.value.text().unwrap_or_default();
        let is_hiding = |key: Key| match key {
            Key::Draft => truth(entry.value) == Some(true),
            Key::PublishAt | Key::Expires => hiding::hides(entry.name, value),
            // Words such as `status` mean much in tables of one's own.
            _ => false,
        };
        if self.problems.syntax == Syntax::Toml && entry.key.is_some_and(|(key, _)| is_hiding(key)) {
            let name = entry.name;
            let problem = Diagnostic::error("unknown-key", format!("`{name}` stands below `[{table}]`, so it hides nothing"));
            let problem = problem.hint("move it above the first `[table]`").hint("until then the page is not public");
            self.problems.add(entry.at.range.clone(), problem);
            self.front.status_unknown = true;
        }
    }

    /// Tells of words that a ` #` has made a comment, where a sign such as that of a tag was meant.
    pub fn comment(&mut self, key: Key, entry: &Entry) {
        let text = self.problems.text();
        if key.row().has_signs
            && self.problems.syntax == Syntax::Yaml
            && let Some(range) = comment::find(text, entry.at, entry.value)
        {
            let word = text[range.clone()].trim_end();
            let message = format!("a space and `#` begin a comment, so `{word}` is no part of `{}`", entry.name);
            let problem = Diagnostic::warning("comment-in-value", message);
            self.problems.add(range, problem.hint("leave `#` out, or put the value in quotes, as in `\"No. #3\"`"));
        }
    }

    /// Keeps a key that is none, and tells what was meant by it.
    pub fn unknown(&mut self, entry: &Entry) {
        let meant = hiding::meant_to_hide(entry.name, entry.value);
        if meant.is_none()
            && self.problems.has_room(Severity::Warning)
            && let Some(near) = typos::meant(entry.name).or_else(|| self.review(entry))
        {
            self.typo(entry.name, near, entry.at.range.clone());
        }
        self.hide(meant, entry);
        self.extra.add(entry.name, entry.value, self.problems);
    }

    /// The key that a day of review under a name of one's own was meant for.
    fn review(&self, entry: &Entry) -> Option<&'static str> {
        self.day(entry.value)?;
        typos::is_day_of_review(entry.name).then(|| Key::ReviewBy.name())
    }

    /// Hears another name of a key that is said already. If it hides more than the one that holds, the page is not public.
    pub fn second(&mut self, key: Key, entry: &Entry) {
        if key.taxonomy().is_some() && !entry.value.is_void() {
            let message = format!("`{}` is left out, for the page gives {} elsewhere too", entry.name, key.name());
            self.problems.add(entry.at.range.clone(), Diagnostic::warning("duplicate-key", message).hint("join the two lists"));
        }
        if key == Key::Published && truth(entry.value) == Some(false) {
            self.front.status = Some(Status::Draft);
        }
        if key == Key::Marking {
            self.second_marking(entry);
        }
        if key != Key::Expires || !self.is_later_end(entry) {
            self.hide(hiding::second_name(key, entry.value), entry);
        }
    }

    /// Tells of a second marking that is another than the one that holds: nobody knows who may read the page.
    fn second_marking(&mut self, entry: &Entry) {
        let second = entry.value.text().unwrap_or_default();
        let first = self.front.marking.clone().unwrap_or_default();
        if entry.value.is_void() || folded(second) == folded(&first) {
            return;
        }
        let message = format!("`{}` says `{}`, and the page has another marking: `{first}`", entry.name, second.trim());
        let problem = Diagnostic::error("unknown-marking", message).hint("leave one of them out; until then the page is not public");
        self.problems.add(entry.at.range.clone(), problem);
        self.front.status_unknown = true;
    }

    /// Whether a second end of a page is that which holds, or a day after it.
    fn is_later_end(&self, entry: &Entry) -> bool {
        let (Some(end), Some(held)) = (self.day(entry.value), self.front.expires) else { return false };
        // Hugo's zero date is none.
        end == held || end.civil.year() <= 1 || end.civil.date() > held.civil.date().saturating_add(jiff::ToSpan::day(1))
    }

    fn hide(&mut self, meant: Option<Meant>, entry: &Entry) {
        let range = entry.at.range.clone();
        match meant {
            Some(Meant::Hides(key)) => {
                self.front.status_unknown = true;
                let mut problem = foreign_key(entry.name, key);
                if self.problems.syntax == Syntax::Toml {
                    problem.hints.iter_mut().for_each(|hint| *hint = in_toml(hint));
                }
                self.problems.add(range, problem);
            }
            Some(Meant::Until(stamp)) => self.front.releases.push(Release { name: entry.name.to_string(), stamp, span: range }),
            None => {}
        }
    }
}

/// A hint that shows YAML, as it is for TOML.
fn in_toml(hint: &str) -> String {
    hint.replace("`draft: true`", "`draft = true`").replace("under `extra:`", "below `[extra]`").replace(": DATE`", " = DATE`")
}
