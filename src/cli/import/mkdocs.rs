//! What MkDocs writes, and Zensical, which reads the same.

use super::Dialect;
use super::new_site::NewSite;
use super::original::Original;
use crate::cli::error::Error;

pub const DIALECT: Dialect =
    Dialect { name: "mkdocs", is: |original| ["mkdocs.yml", "mkdocs.yaml", "zensical.toml"].iter().any(|name| original.has(name)), import };

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    for path in original.below("docs").filter(|path| path.ends_with(".md")) {
        match original.text(path) {
            Ok(text) => site.add_page(format!("content/{}", &path["docs/".len()..]), text, None, path),
            Err(note) => site.note(note),
        }
    }
    Ok(())
}
