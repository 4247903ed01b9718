//! How much rules weigh whose weight a site chooses: `[lints]`.
//!
//! Owns their codes and what holds without a setting. It must not know what a rule looks at.

use super::Section;
use super::tree::{Node, Value};
use super::value::Wrong;

/// How much a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// It is not looked at.
    Off,
    /// The site is written all the same.
    Warn,
    /// The site is not written.
    Error,
}

/// The rules, with what holds without a setting; in the order of their codes.
pub const LINTS: [(&str, Level); 6] = [
    ("incomplete-source", Level::Warn),
    ("same-source", Level::Warn),
    ("secondary-only", Level::Warn),
    ("single-source", Level::Warn),
    ("superseded-cited", Level::Warn),
    ("uncited-figure", Level::Warn),
];

const LEVELS: [(&str, Level); 3] = [("off", Level::Off), ("warn", Level::Warn), ("error", Level::Error)];

/// `[lints]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lints {
    levels: [Level; LINTS.len()],
}

impl Default for Lints {
    fn default() -> Lints {
        Lints { levels: LINTS.map(|(_, level)| level) }
    }
}

impl Lints {
    /// How much a rule weighs here; `None` for one whose weight nobody can choose.
    pub fn level(&self, code: &str) -> Option<Level> {
        LINTS.iter().position(|(known, _)| *known == code).map(|at| self.levels[at])
    }

    /// Chooses the weight of a rule.
    pub fn set(&mut self, code: &str, level: Level) {
        if let Some(at) = LINTS.iter().position(|(known, _)| *known == code) {
            self.levels[at] = level;
        }
    }

    /// Reads the table.
    pub(super) fn read(&mut self, table: &mut Section) {
        for ((code, _), into) in LINTS.iter().zip(&mut self.levels) {
            table.read(code, into, |node, _| level(node));
        }
    }
}

fn level(node: &Node) -> Result<Level, Wrong> {
    let known = |text: &String| LEVELS.iter().find(|(word, _)| word == text).map(|(_, level)| *level);
    match &node.value {
        Value::Text(text) => known(text),
        _ => None,
    }
    .ok_or_else(|| Wrong::expected("`\"off\"`, `\"warn\"` or `\"error\"`"))
}
