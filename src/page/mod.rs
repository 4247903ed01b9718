//! What one file says, alone: its front matter and its body.
//!
//! Owns the types of a page. It must not know other pages: links are kept as they were written, and filled in when rendering.
//! Reading never fails; a broken page is a page with diagnostics.

pub mod body;
pub mod date;
pub mod facts;
pub mod front;
pub mod origin;
pub mod route;
pub mod taxonomy;
pub mod version;

pub use body::{Body, Fragment, Heading, Hole, HolePart, Link, LinkTarget};
pub use facts::{Facts, Moment, PageMeta, Review};
pub use front::{Front, Status};
pub use taxonomy::Taxonomy;
