//! Works as files that others read: `.bib`, `.ris`, CSL-JSON.
//!
//! Owns what is written; readers' programs decide it. It must not know which works, or where the file goes.

mod bib;
mod csl_json;
mod latex;
mod record;
mod ris;

pub use bib::write_bib;
pub use csl_json::write_csl_json;
pub use record::{Record, Text};
pub use ris::write_ris;

/// How works are written down.
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

    /// Works as such a file.
    pub fn write<'r>(self, works: impl IntoIterator<Item: Into<Record<'r>>>) -> String {
        match self {
            Written::Bib => write_bib(works),
            Written::Ris => write_ris(works),
            Written::CslJson => write_csl_json(works),
        }
    }
}

/// What most files of one work have room in.
const USUAL: usize = 1024;

#[cfg(test)]
mod tests;
