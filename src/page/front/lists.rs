//! Keys whose values are maps, or lists of maps: changes, offices, a withdrawal, a cascade.
//!
//! They must not know how a page looks with them.

use super::hiding;
use super::kinds::{Kind, kinds, without_comments};
use super::node::{Data, Node};
use super::read::Reader;
use super::values::truth;
use super::{Change, ChangeKind, Front, Office, Silence, Status, Withdrawn};
use crate::diagnostic::Diagnostic;

kinds! {
    /// What was changed, and when.
    Changes -> Vec<Change>, "list of maps": |reader, name, node| reader.changes(name, node);
    /// Offices that a person holds or held.
    Offices -> Vec<Office>, "list of maps": |reader, name, node| reader.offices(name, node);
    /// When and why a page was withdrawn; `true` says that it was.
    Withdrawal -> Option<Withdrawn>, "map": |reader, name, node| {
        let withdrawn = reader.withdrawn(name, node)?;
        reader.say(Status::Withdrawn);
        Some(withdrawn)
    };
    /// Defaults for the pages below.
    Cascade -> Option<Box<Front>>, "map": |reader, name, node| reader.cascade(name, node).map(Box::new);
}

/// Warnings that do not hold, and why.
pub struct Silences;

impl Kind for Silences {
    type Value = Vec<Silence>;
    const LABEL: &'static str = "map";

    fn read(reader: &mut Reader, name: &str, node: &Node) -> Vec<Silence> {
        reader.silences(name, node)
    }

    /// A code without a reason is to be told.
    fn is_void(node: &Node) -> bool {
        node.is_blank()
    }
}

impl Reader<'_, '_> {
    fn withdrawn(&mut self, name: &str, value: &Node) -> Option<Withdrawn> {
        match truth(value) {
            Some(false) => None,
            Some(true) => Some(Withdrawn::default()),
            None => {
                let [date, reason] = self.parts(name, value, ["date", "reason"])?;
                let date = date.and_then(|date| self.stamp("date", date));
                Some(Withdrawn { date, reason: self.prose("reason", reason) })
            }
        }
    }

    /// The text of a part as readers see it; empty if it is not there.
    fn prose(&mut self, name: &str, part: Option<&Node>) -> String {
        part.and_then(|part| self.text(name, part)).map(without_comments).unwrap_or_default()
    }

    fn changes(&mut self, name: &str, value: &Node) -> Vec<Change> {
        let mut changes = Vec::new();
        for item in self.items(name, value) {
            let Some([date, note, kind]) = self.parts(name, item, ["date", "note", "kind"]) else { continue };
            if date.is_none() && note.is_none() {
                continue;
            }
            let note = self.prose("note", note);
            let kind = kind.map_or(ChangeKind::Minor, |kind| self.change_kind(kind));
            match date {
                Some(date) => changes.extend(self.stamp("date", date).map(|date| Change { date, note, kind })),
                None => {
                    let problem = Diagnostic::error("wrong-type", format!("an entry of `{name}` has no `date`"));
                    self.problems.add(item.range.clone(), problem.hint("write the day of the change, such as `date: 2026-02-03`"));
                }
            }
        }
        changes
    }

    fn change_kind(&mut self, value: &Node) -> ChangeKind {
        Reader::word(value, &ChangeKind::NAMES).unwrap_or_else(|| {
            self.wrong("kind", value, "`major`, `minor` or `correction`");
            ChangeKind::Minor
        })
    }

    fn offices(&mut self, name: &str, value: &Node) -> Vec<Office> {
        const PARTS: [&str; 5] = ["office", "of", "from", "to", "source"];
        let mut offices = Vec::new();
        for item in self.items(name, value) {
            let Some(parts) = self.parts(name, item, PARTS) else { continue };
            let mut names = PARTS.iter();
            let parts = parts.map(|part| names.next().and_then(|name| self.text(name, part?)));
            match parts {
                [None, None, None, None, None] => {}
                [Some(office), of, from, to, source] => offices.push(Office { office, of, from, to, source }),
                [None, ..] => self.wrong(name, item, "a map with an `office`"),
            }
        }
        offices
    }

    /// Codes with reasons. Without a reason nobody would know later whether it still holds.
    fn silences(&mut self, name: &str, value: &Node) -> Vec<Silence> {
        let Data::Map(entries) = &value.data else {
            self.wrong(name, value, "a map of codes with reasons");
            return Vec::new();
        };
        let mut silences = Vec::new();
        for (code, reason) in entries {
            let Some(code) = code.text().map(str::trim) else { continue };
            match self.text(code, reason) {
                Some(reason) => silences.push(Silence { code: code.into(), reason }),
                None if reason.is_blank() => {
                    let problem = Diagnostic::error("wrong-type", format!("`{name}` has no reason for `{code}`"));
                    self.problems.add(reason.range.clone(), problem.hint("write why the warning does not hold for this page"));
                }
                None => {}
            }
        }
        silences
    }

    /// Defaults for the pages below: a map, or a list of maps of which the first that says something holds.
    fn cascade(&mut self, name: &str, value: &Node) -> Option<Front> {
        let mut joined: Option<Front> = None;
        for item in self.items(name, value) {
            let Data::Map(entries) = &item.data else {
                if !item.is_blank() {
                    self.wrong(name, item, "a map");
                }
                continue;
            };
            if let Some((target, _)) = entries.iter().find(|(key, _)| matches!(key.text(), Some("_target" | "target"))) {
                let problem = match hiding::cascades(item) {
                    true => {
                        Diagnostic::error("cascade-target", "a cascade that hides some of the pages below is left out, so it hides nothing")
                    }
                    false => Diagnostic::warning("cascade-target", "a cascade for some of the pages below is left out"),
                };
                let hint = "put the defaults in the `_index.md` of the folder that is meant";
                self.problems.add(target.range.clone(), problem.hint(hint));
                continue;
            }
            let defaults = Reader::new(self.problems).read(entries);
            joined = Some(match joined {
                None => defaults,
                Some(first) => first.with_defaults(&defaults),
            });
        }
        joined
    }
}
