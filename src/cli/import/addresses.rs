//! The addresses of imported pages: where a page would have another than it had, its front matter says the old one.
//!
//! It must not know any dialect.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::new_site::NewSite;
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use crate::config::{self, Config};
use crate::page::front;
use crate::page::origin::Origin;
use crate::page::route::{self, Kind};
use crate::url::absolute;

/// Writes `path` into pages that would be elsewhere than they were. The settings are those of the site at `root`, if it has some.
///
/// # Errors
/// Those cannot be read.
pub fn keep(site: &mut NewSite, root: &Path) -> Result<(), Error> {
    let config = settings(site, root)?;
    for (path, text, address, _) in site.pages_mut() {
        let Some(address) = address else { continue };
        let address = absolute(address);
        if address_of(path, text, &config).is_some_and(|here| here != address) {
            let mut front = FrontText::new(std::mem::take(text));
            front.set("path", &address.into());
            *text = front.into_text();
        }
    }
    Ok(())
}

fn settings(site: &NewSite, root: &Path) -> Result<Config, Error> {
    let file = root.join("site.toml");
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => site.settings.to_string(),
        Err(error) => return Err(Error::io("read", &file, error)),
    };
    Ok(config::read(&Arc::from("site.toml"), &text, &[]).0)
}

/// Where a page will be: nowhere, if the pattern of its address wants what it does not say; `None` if its file is no page, or its section decides.
fn address_of(path: &str, text: &str, config: &Config) -> Option<String> {
    let path: Arc<str> = Arc::from(path);
    let origin = Origin::from_path(&path, &config.languages)?;
    let front = front::read_in_order(&path, text, config.date_order);
    let kind = front.kind.as_deref().and_then(Kind::named).unwrap_or_else(|| Kind::from_origin(&origin));
    let (route, missing) = route::route(&origin, &front, kind, &config.prefix(origin.lang), &config.permalinks);
    Some(if missing.is_some() { String::new() } else { route })
}
