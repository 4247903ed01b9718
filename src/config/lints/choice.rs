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
pub const CHOICES: [Choice; 0] = [];

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
