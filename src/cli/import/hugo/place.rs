//! Where a file of Hugo's `content/` lies, there and here.
//!
//! It must not know what stands in it.

use super::settings::Settings;
use crate::cli::import::original::Original;

/// The part that a file plays in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Page,
    /// `index.md`.
    Bundle,
    /// `_index.md`.
    Section,
    /// Another page in the folder of a bundle: Hugo makes no page of it.
    Part,
    /// No page.
    File,
}

/// A file of `content/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From the root of the original.
    pub from: String,
    /// The folder in `content/`, without slashes at its ends.
    pub folder: String,
    /// The name without extension and language; of another file the whole.
    pub name: String,
    pub extension: String,
    /// The code of its language, if that is not the default one.
    pub lang: Option<String>,
    pub role: Role,
}

/// What Hugo reads as pages, and we can.
const PAGES: [&str; 5] = ["md", "markdown", "mdown", "html", "htm"];

/// What Hugo reads as pages, with the help of other programs.
pub const FOREIGN: [&str; 7] = ["org", "rst", "adoc", "asciidoc", "ad", "pandoc", "pdc"];

/// All files of the folders of texts.
pub fn all(original: &Original, settings: &Settings) -> Vec<Place> {
    let mut places = Vec::new();
    for from in original.paths() {
        if let Some((lang, inside)) = settings.inside(from) {
            places.push(Place::new(from, inside, lang, settings));
        }
    }
    let bundles: std::collections::HashSet<String> =
        places.iter().filter(|place| place.role == Role::Bundle).map(|place| place.folder.clone()).collect();
    for place in places.iter_mut().filter(|place| place.role == Role::Page) {
        let above = place.folder.match_indices('/').map(|(at, _)| &place.folder[..at]).chain([&*place.folder]);
        if above.into_iter().any(|folder| bundles.contains(folder)) {
            place.role = Role::Part;
        }
    }
    places
}

impl Place {
    fn new(from: &str, inside: &str, lang: Option<&str>, settings: &Settings) -> Place {
        let (folder, file) = inside.rsplit_once('/').unwrap_or(("", inside));
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        let is_page = PAGES.contains(&extension.to_ascii_lowercase().as_str());
        let named = stem.rsplit_once('.').filter(|(_, code)| settings.has_language(code));
        let (name, lang) = match named {
            Some((name, code)) => (name, Some(code)),
            None => (stem, lang),
        };
        let role = match name {
            _ if !is_page => Role::File,
            "_index" => Role::Section,
            "index" if !folder.is_empty() => Role::Bundle,
            _ => Role::Page,
        };
        Place {
            from: from.to_string(),
            folder: folder.to_string(),
            name: if is_page { name.to_string() } else { file.to_string() },
            extension: extension.to_string(),
            lang: lang.filter(|code| *code != settings.language).map(str::to_string),
            role,
        }
    }

    pub fn is_page(&self) -> bool {
        self.role != Role::File
    }

    pub fn is_html(&self) -> bool {
        self.is_page() && self.extension.to_ascii_lowercase().starts_with("htm")
    }

    /// The first folder.
    pub fn top(&self) -> &str {
        self.folder.split('/').next().unwrap_or("")
    }

    /// Where it will lie.
    pub fn path(&self) -> String {
        let folder = match self.folder.strip_prefix("categories").filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some(rest) => format!("topics{rest}"),
            None => self.folder.clone(),
        };
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        if !self.is_page() {
            return format!("content/{folder}{}", self.name);
        }
        let lang = self.lang.as_ref().map_or(String::new(), |code| format!(".{code}"));
        format!("content/{folder}{}{lang}.md", self.name)
    }

    /// Its path as menus and `ref` name it: without extension, of the page of a folder that of the folder.
    pub fn reference(&self) -> String {
        match self.role {
            Role::Page | Role::Part => format!("{}/{}", self.folder, self.name).trim_matches('/').to_lowercase(),
            _ => self.folder.to_lowercase(),
        }
    }
}
