//! Citations of sources in a text: found before it is written, and set when all of the page has been read.
//!
//! It must not know how a style sets them.

mod arguments;
mod fill;
mod find;
mod flat;
mod key;
mod labels;
mod locator;
mod said;
mod style;
mod syntax;
mod tell;
mod write;

pub use arguments::{Argued, CITE_MARKS, without_marks};
pub use fill::{Order, entry_id, fill};
pub use find::{Citations, find};
pub use said::summary;
pub use tell::{swapped, tell_raw, tell_raw_title, tell_swapped};
pub use write::Written;
