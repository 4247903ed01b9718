//! What is in an output that has no manifest, or is to be emptied.
//!
//! It must not know what will be written.

use std::path::Path;

use super::error::Error;
use super::manifest::{Entry, Manifest};
use super::place;
use super::staging::Staging;
use crate::fingerprint::Fingerprint;

/// What is in the output and not in staging.
fn content(output: &Path, staging: &Staging) -> Result<Vec<String>, Error> {
    let mut content = place::content(output)?;
    content.retain(|path| !output.join(path).starts_with(&staging.folder));
    Ok(content)
}

/// The manifest of an output that has none, and in which nothing may be.
///
/// # Errors
/// Something is in it, or it cannot be read.
pub fn refuse_foreign(output: &Path, staging: &Staging) -> Result<Manifest, Error> {
    let found: Vec<String> = content(output, staging)?.into_iter().filter(|path| !path.ends_with('/')).collect();
    if found.is_empty() {
        return Ok(Manifest::default());
    }
    let count = found.len();
    Err(Error::Foreign { output: output.to_path_buf(), found: found.into_iter().take(20).collect(), count })
}

/// All that is in the output, as if it were ours: it will be replaced or removed.
///
/// # Errors
/// Something in it must not be removed, or it cannot be read.
pub fn everything(output: &Path, staging: &Staging) -> Result<Manifest, Error> {
    let content = content(output, staging)?;
    place::guard_content(output, &content)?;
    let nothing = Fingerprint::default();
    let entry = |path: String| Entry { path: path.into(), key: nothing, print: nothing, size: 0, modified: 0 };
    Ok(Manifest { entries: content.into_iter().map(entry).collect() })
}
