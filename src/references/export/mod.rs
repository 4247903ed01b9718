//! Items as files that others read: `.bib`, `.ris`, CSL-JSON.
//!
//! Owns what is written; readers' programs decide it. It must not know which items, or where the file goes.

mod bib;
mod csl_json;
mod latex;
mod ris;

pub use bib::write_bib;
pub use csl_json::write_csl_json;
pub use ris::write_ris;

use super::Item;

/// How items are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Written {
    /// BibLaTeX that BibTeX reads too.
    Bib,
    Ris,
    CslJson,
}

impl Written {
    pub const ALL: [Written; 3] = [Written::Bib, Written::Ris, Written::CslJson];

    /// The ending of such a file, without its dot.
    pub fn ending(self) -> &'static str {
        match self {
            Written::Bib => "bib",
            Written::Ris => "ris",
            Written::CslJson => "json",
        }
    }

    /// Items as such a file.
    pub fn write(self, items: &[&Item]) -> String {
        match self {
            Written::Bib => write_bib(items),
            Written::Ris => write_ris(items),
            Written::CslJson => write_csl_json(items),
        }
    }
}

#[cfg(test)]
mod tests;
