//! What a locale says of quotation marks and seasons.

use serde::{Deserialize, Serialize};

/// What stands for the characters that the engine was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marks {
    /// Quotation marks at the outside, opening and closing.
    pub outer: (Box<str>, Box<str>),
    /// Those within others.
    pub inner: (Box<str>, Box<str>),
    /// Whether a comma or full stop after a quotation stands within it.
    pub inside: Inside,
    /// Spring, summer, autumn, winter.
    pub seasons: [Box<str>; 4],
}

/// Where a comma or full stop stands that follows a quotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Inside {
    /// `“Sea,” p. 3`, as American English has it.
    Within,
    /// `‘Sea’, p. 3`.
    #[default]
    After,
}

impl Marks {
    /// Opening and closing marks of quotations that stand within so many others.
    pub(super) fn at(&self, depth: usize) -> &(Box<str>, Box<str>) {
        if depth.is_multiple_of(2) { &self.outer } else { &self.inner }
    }
}

impl Default for Marks {
    /// Those of American English.
    fn default() -> Marks {
        Marks {
            outer: ("“".into(), "”".into()),
            inner: ("‘".into(), "’".into()),
            inside: Inside::Within,
            seasons: ["Spring", "Summer", "Autumn", "Winter"].map(Into::into),
        }
    }
}
