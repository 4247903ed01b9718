//! HTML as text: what is escaped in it, its tags, their attributes, and which of those hold addresses.
//!
//! Owns the reading of raw HTML, just as far as anybody here needs it, and the escaping of what is put into HTML. It must not know Markdown or pages.

pub mod addresses;
pub mod attributes;
pub mod blocks;
pub mod escape;
pub mod pieces;

pub use escape::{attribute, escape, escape_address, number};
