//! What the style of the site makes of the clusters of a page.
//!
//! It must not know where they stand in HTML.

use crate::page::body::BodyInput;
use crate::references::{Cited, Citing, Cluster, Typeset, typeset};

impl BodyInput {
    /// Whether there is a register, be it empty, and a style.
    pub fn can_cite(&self) -> bool {
        self.settings.citing.is_some()
    }

    /// Whether citations are notes.
    pub fn is_note_style(&self) -> bool {
        self.settings.citing.as_ref().is_some_and(|citing| citing.style.is_note())
    }

    /// The name of the style, for messages.
    pub fn style_name(&self) -> &str {
        self.settings.citing.as_ref().map_or("", |citing| citing.style.name())
    }

    /// What the style makes of clusters, in the order in which they are read.
    pub fn cite(&self, cited: &[Cited], clusters: &[Cluster]) -> Typeset {
        let Some(Citing { style, forms }) = &self.settings.citing else { return Typeset::default() };
        typeset(style, &style.locale(Some(&self.lang)), forms, cited, clusters)
    }
}
