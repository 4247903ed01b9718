//! References: the register of sources as items of our own, and citations of them as a style and a locale want them.
//!
//! Owns `Item`, `Register`, `Style`, `Cluster` and what they become. Pure: the same register, style and clusters give the same citations. It must not know
//! pages or files on disk: it is given texts with their paths, and gives values and diagnostics.

pub mod assembly;
pub mod citation;
pub mod export;
pub mod forms;
pub mod inline;
pub mod item;
pub mod key;
pub mod register;
pub mod style;
pub mod tidy;

use std::sync::Arc;

pub use assembly::{cite_this, reference, render, typeset};
pub use citation::{
    Authors, Cite, Cited, Cluster, Entry, Locator, Narration, Pressed, Rendered, RenderedCluster, SetCluster, SetEntry, SetText, Spot,
    Typeset,
};
pub use forms::Forms;
pub use inline::{Format, Inline};
pub use item::{Archived, Date, Day, Item, Name, Names, Standing};
pub use register::{FileRead, Register, RegisterFile, Registered};
pub use style::{Style, StyleError, StyleFile};

/// How sources are cited: by a style, from forms that are made once.
#[derive(Clone)]
pub struct Citing {
    pub style: Style,
    pub forms: Arc<Forms>,
}
