//! Paths of a site as texts: with forward slashes, whatever the system writes between folders.
//!
//! It must not know what lies at a path.

use std::borrow::Cow;
use std::path::MAIN_SEPARATOR;

/// The path with forward slashes.
pub fn forward(path: &str) -> Cow<'_, str> {
    if MAIN_SEPARATOR == '/' { Cow::Borrowed(path) } else { Cow::Owned(path.replace(MAIN_SEPARATOR, "/")) }
}
