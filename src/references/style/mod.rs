//! Styles: how sources are cited, by a name of the archive or a file of the site.
//!
//! Owns `Style`, and how one is found and read. It must not know sources. A style is read when somebody asks what it says, and once; its print is known
//! without.

mod check;
mod locales;
mod names;

use std::sync::{Arc, OnceLock};

use citationberg::{IndependentStyle, StyleClass};
use hayagriva::archive::ArchivedStyle;

use crate::fingerprint::Fingerprint;

pub(super) use locales::Locales;

/// The version of the archive of styles and locales, and of the engine that prints by them: part of every print.
const ENGINE: &str = "hayagriva 0.10.1";

/// A file of the folder `styles/`.
#[derive(Debug, Clone)]
pub struct StyleFile {
    /// From the root of the project; it ends in `.csl`.
    pub path: Arc<str>,
    pub text: Arc<str>,
    pub print: Fingerprint,
}

/// How sources are cited.
#[derive(Debug, Clone)]
pub struct Style {
    name: Box<str>,
    print: Fingerprint,
    archived: Option<ArchivedStyle>,
    /// The language that a dependent style gives to its parent's.
    own_locale: Option<Box<str>>,
    read: Arc<OnceLock<IndependentStyle>>,
}

/// Why a style cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleError {
    /// Lower case, without a full stop.
    pub message: String,
    /// What to do, a line each.
    pub hints: Vec<String>,
    /// The file, and the byte in its text, where it is a file's.
    pub place: Option<(Arc<str>, usize)>,
}

impl Style {
    /// The style of a name: a file `NAME.csl` of the site, else one of the archive, under its name there or that of its file in the repository of CSL
    /// (<https://github.com/citation-style-language/styles>).
    ///
    /// # Errors
    /// An unknown name, with the nearest; a file that is damaged, that never comes to an end, or whose parent is not there.
    pub fn find(name: &str, files: &[StyleFile]) -> Result<Style, StyleError> {
        let name = name.trim().trim_end_matches(".csl").rsplit('/').next().unwrap_or_default();
        let file = files.iter().find(|file| stem(&file.path) == name);
        match (file, names::archived(name)) {
            (Some(file), _) => Style::of_file(name, file, files),
            (None, Some(archived)) => Ok(Style::of_archive(name, archived)),
            (None, None) => Err(names::unknown(name, files)),
        }
    }

    fn of_archive(name: &str, archived: ArchivedStyle) -> Style {
        let print = Fingerprint::of(&(ENGINE, archived.names()));
        Style { name: name.into(), print, archived: Some(archived), own_locale: None, read: Arc::default() }
    }

    fn of_file(name: &str, file: &StyleFile, files: &[StyleFile]) -> Result<Style, StyleError> {
        match check::read(file)? {
            citationberg::Style::Independent(style) => {
                let print = Fingerprint::of(&(ENGINE, file.print));
                Ok(Style { name: name.into(), print, archived: None, own_locale: None, read: Arc::new(OnceLock::from(style)) })
            }
            citationberg::Style::Dependent(style) => {
                let parent = style.parent_link.href.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                let is_known = parent != name && (names::archived(parent).is_some() || files.iter().any(|file| stem(&file.path) == parent));
                if !is_known {
                    return Err(check::no_parent(file, parent));
                }
                // Styles whose parents are dependent themselves do not exist; a circle of them would have no end.
                let others: Vec<StyleFile> = files.iter().filter(|other| stem(&other.path) != name).cloned().collect();
                let mut found = Style::find(parent, &others)?;
                found.name = name.into();
                found.own_locale = style.default_locale.map(|locale| locale.0.into());
                found.print = Fingerprint::of(&(found.print, &found.own_locale));
                Ok(found)
            }
        }
    }

    /// The name by which it was asked for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The fingerprint of what it says, known without reading it.
    pub fn print(&self) -> Fingerprint {
        self.print
    }

    /// Whether citations are notes.
    pub fn is_note(&self) -> bool {
        self.csl().settings.class == StyleClass::Note
    }

    /// Whether it has a list of sources.
    pub fn has_list(&self) -> bool {
        self.csl().bibliography.is_some()
    }

    /// The locale in which a page in `language` is cited: that of a dependent style, else of the page, else of the style.
    pub fn locale(&self, language: Option<&str>) -> String {
        let own = self.own_locale.as_deref();
        let default = || self.csl().default_locale.as_ref().map(|locale| locale.0.as_str());
        locales::fit(own.or(language).or_else(default).unwrap_or("en-US"))
    }

    /// What it says.
    pub(super) fn csl(&self) -> &IndependentStyle {
        let read = || match self.archived.map(ArchivedStyle::get) {
            Some(citationberg::Style::Independent(style)) => style,
            _ => unreachable!("the archive has independent styles only, and a file is read when it is found"),
        };
        self.read.get_or_init(read)
    }
}

/// The name of a file without its folder and ending.
fn stem(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path).trim_end_matches(".csl")
}

#[cfg(test)]
mod tests;
