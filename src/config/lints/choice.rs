//! What rules ask of a site besides their weight: numbers and words.
//!
//! It must not know what a rule does with them.

use std::sync::Arc;

/// Something that a rule asks for, with what holds without a setting.
pub struct Choice {
    /// The rule.
    pub code: &'static str,
    /// Its key in the table of the rule.
    pub name: &'static str,
    /// What holds without it.
    pub default: Unsaid,
}

/// What holds without a setting.
#[derive(Debug, Clone, Copy)]
pub enum Unsaid {
    /// A number, and the least that makes sense.
    Number(usize, usize),
    /// No words.
    Words,
}

/// What a site chose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// A number.
    Number(usize),
    /// Words, in the order in which they were said.
    Words(Vec<Arc<str>>),
}

/// All of them, in the order of the rules.
pub const CHOICES: [Choice; 15] = [
    choice("colloquial-word", "add", Unsaid::Words),
    choice("colloquial-word", "allow", Unsaid::Words),
    choice("key-points", "most", Unsaid::Number(6, 1)),
    choice("key-points", "words", Unsaid::Number(45, 1)),
    choice("loaded-word", "add", Unsaid::Words),
    choice("loaded-word", "allow", Unsaid::Words),
    choice("long-sentence", "words", Unsaid::Number(30, 1)),
    choice("many-long-sentences", "percent", Unsaid::Number(25, 1)),
    choice("many-long-sentences", "words", Unsaid::Number(25, 1)),
    choice("personal-contact", "allow", Unsaid::Words),
    choice("reading-grade", "most", Unsaid::Number(14, 1)),
    choice("relative-date", "add", Unsaid::Words),
    choice("relative-date", "allow", Unsaid::Words),
    choice("said-twice", "words", Unsaid::Number(12, 3)),
    choice("undefined-acronym", "known", Unsaid::Words),
];

const fn choice(code: &'static str, name: &'static str, default: Unsaid) -> Choice {
    Choice { code, name, default }
}

impl Unsaid {
    pub(super) fn chosen(self) -> Chosen {
        match self {
            Unsaid::Number(number, _) => Chosen::Number(number),
            Unsaid::Words => Chosen::Words(Vec::new()),
        }
    }
}

impl Chosen {
    /// Takes what a table closer to the page says: another number, further words.
    pub(super) fn take(&mut self, said: &Chosen) {
        match (self, said) {
            (Chosen::Words(words), Chosen::Words(further)) => words.extend(further.iter().cloned()),
            (own, said) => *own = said.clone(),
        }
    }
}
