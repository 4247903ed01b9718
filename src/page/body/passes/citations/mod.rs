//! Citations of sources in a text: found before it is written, and set when all of the page has been read.
//!
//! It must not know how a style sets them.

mod fill;
mod find;
mod flat;
mod key;
mod labels;
mod locator;
mod said;
mod style;
mod syntax;
mod write;

pub use fill::{Order, entry_id, fill};
pub use find::{Citations, find, swapped, tell_swapped};
pub use said::summary;
pub use write::Written;
