//! Style, script, fonts and other files of a theme, and the names under which they are published.
//!
//! It must not know templates.

use std::sync::Arc;

use super::layers::StaticFile;
use crate::fingerprint::Fingerprint;

/// One file of the theme's `static/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// As templates call it: `site.css`.
    pub name: String,
    /// Below the root of the site: `assets/site.1a2b3c4d.css`, `favicon.svg`.
    pub path: String,
    /// Relative to the root; of the built-in theme `themes/default/…`.
    pub source: Arc<str>,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The fingerprint of that.
    pub print: Fingerprint,
}

/// Extensions of files that hosts may keep for ever, because their name changes with their content.
const FINGERPRINTED: [&str; 5] = ["css", "js", "woff2", "woff", "ttf"];

/// Gives each file its published name. Style sheets are last, because they name the others: `url(x.woff2)` becomes what `x.woff2` is published as.
pub fn prepare(mut files: Vec<StaticFile>) -> Vec<Asset> {
    files.sort_by_key(|file| (file.name.ends_with(".css"), file.name.clone()));
    let mut assets: Vec<Asset> = Vec::new();
    for StaticFile { name, path: source, bytes } in files {
        let bytes = if name.ends_with(".css") { rename(bytes, &assets) } else { bytes };
        let print = Fingerprint::of_bytes(&bytes);
        let path = match name.rsplit_once('.') {
            Some((stem, extension)) if FINGERPRINTED.contains(&extension) => {
                format!("assets/{stem}.{}.{extension}", &print.to_string()[..8])
            }
            _ => name.clone(),
        };
        assets.push(Asset { name, path, source, bytes, print });
    }
    assets.sort_by(|a, b| a.name.cmp(&b.name));
    assets
}

/// Style sheets name other files of the theme: `url(x.woff2)`, with quotes or without.
fn rename(css: Vec<u8>, assets: &[Asset]) -> Vec<u8> {
    let text = String::from_utf8_lossy(&css);
    let mut pieces = text.split("url(");
    let mut renamed = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        renamed.push_str("url(");
        let (named, rest) = piece.split_at(piece.find(')').unwrap_or(0));
        let name = named.trim_matches(['"', '\'']);
        match assets.iter().find(|asset| asset.name == name) {
            Some(asset) => {
                let published = asset.path.strip_prefix("assets/").map_or_else(|| format!("../{}", asset.path), str::to_string);
                renamed.push_str(&named.replace(name, &published));
            }
            None => renamed.push_str(named),
        }
        renamed.push_str(rest);
    }
    renamed.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_names_fonts_as_they_are_published() {
        let file = |name: &str, bytes: &[u8]| StaticFile { name: name.into(), path: name.into(), bytes: bytes.to_vec() };
        let files = vec![
            file("site.css", b"a{src:url(fonts/x.woff2)}b{src:url(\"fonts/x.woff2\")}c{d:url(data:x)}e{f:url("),
            file("fonts/x.woff2", b"font"),
        ];
        let assets = prepare(files);
        let font = &assets[0];
        assert_eq!(font.name, "fonts/x.woff2");
        let css = String::from_utf8(assets[1].bytes.clone()).expect("text");
        let name = font.path.strip_prefix("assets/").expect("an asset");
        assert_eq!(css, format!("a{{src:url({name})}}b{{src:url(\"{name}\")}}c{{d:url(data:x)}}e{{f:url("));
    }
}
