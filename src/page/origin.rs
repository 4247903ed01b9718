//! What the path of a page says about it: folder, name, date, language, and whether it is a section or a bundle.
//!
//! It must not know what stands in the file.

use std::sync::Arc;

use jiff::civil::Date;

use crate::sources::stem;
use crate::url::composed;

/// The part that a file plays in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `x.md`.
    Page,
    /// `x/index.md`: it owns the other files of its folder.
    Bundle,
    /// `x/_index.md`, and `index.md` of `content/` itself.
    Section,
}

/// A file beside pages that may be published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Beside {
    /// From the root of the project.
    pub path: Arc<str>,
    /// The folder of the bundle that owns it.
    pub owner: Option<Box<str>>,
    /// Published only if a page that is public uses it, although a bundle owns it.
    pub waits: bool,
}

/// A page's place in `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Relative to the root: `content/briefings/x.md`.
    pub path: Arc<str>,
    /// Relative to `content/`, without slashes at its ends; of a section or bundle it is the folder itself.
    pub folder: Box<str>,
    /// The file's name without extension, language and date, composed; of a section or bundle that of its folder.
    pub name: Box<str>,
    pub role: Role,
    /// Index into the site's languages: 0 is the default one.
    pub lang: u8,
    /// `2024-05-01-x.md`, `2024-05-01_x.md` or `2024-05-01.md`.
    pub date: Option<Date>,
}

impl Origin {
    /// True for the path of a page.
    pub fn is_of_page(path: &str) -> bool {
        stem_of_page(path).is_some()
    }

    /// Reads a path below `content/`; `None` if it is no page. `languages` are those besides the default.
    pub fn from_path(path: &Arc<str>, languages: &[String]) -> Option<Origin> {
        let stem = stem_of_page(path)?;
        let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
        let (file, lang) = match file.rsplit_once('.') {
            Some((before, code)) => match languages.iter().position(|known| known == code) {
                Some(at) => (before, at as u8 + 1),
                None => (file, 0),
            },
            None => (file, 0),
        };
        let role = match file {
            "_index" => Role::Section,
            "index" if folder.is_empty() => Role::Section,
            "index" => Role::Bundle,
            _ => Role::Page,
        };
        let own = if role == Role::Page { file } else { folder.rsplit('/').next().unwrap_or("") };
        let (date, name) = if role == Role::Section { (None, own) } else { split_date(own) };
        Some(Origin { path: path.clone(), folder: folder.into(), name: composed(name).into(), role, lang, date })
    }

    /// The folder of the section that this page belongs to: of a bundle the folder above its own.
    pub fn section(&self) -> &str {
        match self.role {
            Role::Page => &self.folder,
            Role::Bundle | Role::Section => self.folder.rsplit_once('/').map_or("", |(above, _)| above),
        }
    }

    /// The first folder under `content/`: `briefings` of `briefings/2024/x.md`.
    pub fn top(&self) -> &str {
        self.folder.split('/').next().unwrap_or("")
    }
}

/// The path of a page below `content/` without its extension.
fn stem_of_page(path: &str) -> Option<&str> {
    path.strip_prefix("content/").filter(|inside| !inside.starts_with("_data/") && !inside.starts_with("_versions/")).and_then(stem)
}

/// `2024-05-01-x` and `2024-05-01_x` as date and rest. A name that is only a date, as daily notes have it, is both.
fn split_date(name: &str) -> (Option<Date>, &str) {
    let date = name.get(..10).and_then(|head| head.parse::<Date>().ok()).filter(|_| name.as_bytes()[4] == b'-');
    match (date, name.get(10..)) {
        (Some(date), Some(rest)) if rest.len() > 1 && (rest.starts_with('-') || rest.starts_with('_')) => (Some(date), &rest[1..]),
        (Some(date), Some("")) => (Some(date), name),
        _ => (None, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(path: &str) -> Origin {
        Origin::from_path(&Arc::from(path), &["fr".to_string()]).expect("a page")
    }

    #[test]
    fn a_dated_name_gives_date_and_name() {
        let page = origin("content/briefings/2024-05-01-x.md");
        assert_eq!((page.date.map(|date| date.to_string()).as_deref(), &*page.name), (Some("2024-05-01"), "x"));
        let daily = origin("content/2024-05-01.md");
        assert_eq!((daily.date.map(|date| date.to_string()).as_deref(), &*daily.name), (Some("2024-05-01"), "2024-05-01"));
        assert_eq!(&*origin("content/2024-13-01-x.md").name, "2024-13-01-x");
    }

    #[test]
    fn a_bundle_is_named_after_its_folder_and_belongs_to_the_folder_above() {
        let page = origin("content/briefings/madrid/index.md");
        assert_eq!((page.role, &*page.name, page.section()), (Role::Bundle, "madrid", "briefings"));
    }

    #[test]
    fn a_language_suffix_counts_only_if_the_site_has_the_language() {
        assert_eq!((origin("content/x.fr.md").lang, &*origin("content/x.fr.md").name), (1, "x"));
        assert_eq!((origin("content/x.de.md").lang, &*origin("content/x.de.md").name), (0, "x.de"));
    }

    #[test]
    fn an_extension_may_have_capital_letters() {
        assert_eq!((&*origin("content/a/DRAFT.MD").name, &*origin("content/a.fr.Markdown").name), ("DRAFT", "a"));
        assert_eq!(Origin::from_path(&Arc::from("content/x.mdx"), &[]), None);
    }

    #[test]
    fn data_is_no_page() {
        assert_eq!(Origin::from_path(&Arc::from("content/_data/x.md"), &[]), None);
        assert_eq!(Origin::from_path(&Arc::from("content/_versions/x/2025-06-25.md"), &[]), None, "nor is an earlier text");
    }
}
