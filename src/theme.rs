//! Templates, and what each of them mentions.
//!
//! Owns the layers of a theme and the prints of templates. It must not know pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;

/// The shortcodes of a theme: Tera components, one file each, `shortcodes/NAME.html`, defining a component of that name.
#[derive(Clone, Default)]
pub struct Shortcodes {
    pub tera: Arc<tera::Tera>,
    /// By name: the fingerprint of the template's text and all it calls.
    pub prints: BTreeMap<String, Fingerprint>,
}
