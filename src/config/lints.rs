//! How much rules weigh whose weight a site chooses, and what they ask of it besides: `[lints]`, for the site, for a folder, for a type.
//!
//! Owns their codes and what holds without a setting. It must not know what a rule looks at.

mod choice;
pub(super) mod read;

use std::sync::Arc;

use crate::fingerprint::Fingerprint;

pub use choice::{CHOICES, Chosen};

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
pub const LINTS: [(&str, Level); 24] = [
    ("acronym-twice", Level::Warn),
    ("click-here", Level::Warn),
    ("colloquial-word", Level::Warn),
    ("idle-silence", Level::Warn),
    ("incomplete-source", Level::Warn),
    ("key-points", Level::Warn),
    ("leftover", Level::Warn),
    ("likelihood-and-confidence", Level::Warn),
    ("loaded-word", Level::Warn),
    ("long-sentence", Level::Off),
    ("many-long-sentences", Level::Off),
    ("mixed-scales", Level::Warn),
    ("off-scale", Level::Warn),
    ("personal-contact", Level::Warn),
    ("reading-grade", Level::Off),
    ("relative-date", Level::Warn),
    ("said-twice", Level::Warn),
    ("same-source", Level::Warn),
    ("secondary-only", Level::Warn),
    ("single-source", Level::Warn),
    ("summary-repeats-title", Level::Warn),
    ("superseded-cited", Level::Warn),
    ("uncited-figure", Level::Warn),
    ("undefined-acronym", Level::Warn),
];

/// `[lints]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Lints {
    site: Set,
    /// By their path below `content/`: those above others stand before them.
    folders: Vec<(String, Set)>,
    types: Vec<(String, Set)>,
}

/// What one table says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Set {
    levels: [Option<Level>; LINTS.len()],
    /// By the place of a choice in the table of all.
    chosen: Vec<(usize, Chosen)>,
}

/// What holds for a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Weights {
    levels: [Level; LINTS.len()],
    chosen: Vec<Chosen>,
    /// Of all of it.
    pub print: Fingerprint,
}

impl Default for Set {
    fn default() -> Set {
        Set { levels: [None; LINTS.len()], chosen: Vec::new() }
    }
}

impl Lints {
    /// How much a rule weighs where no folder and no type says otherwise; `None` for one whose weight nobody can choose.
    pub fn level(&self, code: &str) -> Option<Level> {
        place(code).map(|at| self.site.levels[at].unwrap_or(LINTS[at].1))
    }

    /// How much a rule weighs on a page.
    pub fn level_on(&self, path: &str, type_: &str, code: &str) -> Option<Level> {
        let at = place(code)?;
        Some(self.sets(path, type_).filter_map(|set| set.levels[at]).last().unwrap_or(LINTS[at].1))
    }

    /// Whether a rule weighs so on the site, in a folder or in a type.
    pub fn is_anywhere(&self, code: &str, level: Level) -> bool {
        let inside = self.folders.iter().chain(&self.types);
        place(code).is_some_and(|at| self.level(code) == Some(level) || inside.into_iter().any(|(_, set)| set.levels[at] == Some(level)))
    }

    /// Chooses the weight of a rule for the site.
    pub fn set(&mut self, code: &str, level: Level) {
        if let Some(at) = place(code) {
            self.site.levels[at] = Some(level);
        }
    }

    /// The folders below `content/` and the types that are named.
    pub fn folders_and_types(&self) -> (impl Iterator<Item = &str>, impl Iterator<Item = &str>) {
        (self.folders.iter().map(|(name, _)| name.as_str()), self.types.iter().map(|(name, _)| name.as_str()))
    }

    /// What holds for the page at a path, such as `content/briefings/x.md`: what its type says, else the folder, else the one above, else the site.
    pub fn of_page(&self, path: &str, type_: &str) -> Weights {
        Weights::new(self.sets(path, type_))
    }

    /// What tells pages apart for which other weights hold.
    pub fn group(&self, path: &str, type_: &str) -> Fingerprint {
        if self.folders.is_empty() && self.types.is_empty() {
            return Fingerprint::default();
        }
        let folders: Vec<bool> = self.folders.iter().map(|(folder, _)| is_below(path, folder)).collect();
        Fingerprint::of(&(folders, self.types.iter().position(|(name, _)| name == type_)))
    }

    /// The tables that say something for a page, the last of which holds.
    fn sets<'a>(&'a self, path: &'a str, type_: &'a str) -> impl Iterator<Item = &'a Set> {
        let folders = self.folders.iter().filter(move |(folder, _)| is_below(path, folder));
        let types = self.types.iter().filter(move |(name, _)| name == type_);
        std::iter::once(&self.site).chain(folders.chain(types).map(|(_, set)| set))
    }
}

impl Weights {
    fn new<'a>(sets: impl Iterator<Item = &'a Set>) -> Weights {
        let mut levels = LINTS.map(|(_, level)| level);
        let mut chosen: Vec<Chosen> = CHOICES.iter().map(|choice| choice.default.chosen()).collect();
        for set in sets {
            levels.iter_mut().zip(set.levels).for_each(|(level, said)| *level = said.unwrap_or(*level));
            set.chosen.iter().for_each(|(at, said)| chosen[*at].take(said));
        }
        let print = Fingerprint::of(&(levels, &chosen));
        Weights { levels, chosen, print }
    }

    /// How much a rule weighs; `None` for one whose weight nobody can choose.
    pub fn level(&self, code: &str) -> Option<Level> {
        place(code).map(|at| self.levels[at])
    }

    /// A number that a rule asks for.
    ///
    /// # Panics
    /// The table of choices has no such number.
    pub fn number(&self, code: &str, name: &str) -> usize {
        match self.chosen(code, name) {
            Chosen::Number(number) => *number,
            Chosen::Words(_) => panic!("`{code}.{name}` is no number"),
        }
    }

    /// Words that a rule asks for.
    ///
    /// # Panics
    /// The table of choices has no such words.
    pub fn words(&self, code: &str, name: &str) -> &[Arc<str>] {
        match self.chosen(code, name) {
            Chosen::Words(words) => words,
            Chosen::Number(_) => panic!("`{code}.{name}` are no words"),
        }
    }

    fn chosen(&self, code: &str, name: &str) -> &Chosen {
        let at = CHOICES.iter().position(|choice| (choice.code, choice.name) == (code, name));
        &self.chosen[at.expect("rules ask for what is in the table of choices")]
    }
}

fn place(code: &str) -> Option<usize> {
    LINTS.binary_search_by(|(known, _)| (*known).cmp(code)).ok()
}

fn is_below(path: &str, folder: &str) -> bool {
    let inside = path.strip_prefix("content/").and_then(|path| path.strip_prefix(folder));
    inside.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests;
