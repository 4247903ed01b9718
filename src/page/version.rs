//! Earlier texts of pages, kept below `content/_versions/`: whose they are and of which day, by their paths alone.
//!
//! Owns `VersionPath` and `VersionName`. It must not know which pages there are.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::origin::{Origin, Role};
use crate::sources::stem;
use crate::url::{composed, folder_below};

/// Where they lie.
pub const FOLDER: &str = "content/_versions/";

/// What the path of an earlier text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionPath {
    /// The page, by what `home` says of it.
    pub page: Box<str>,
    /// The number of its language.
    pub lang: u8,
    /// `None` if the name of the file is none of a version.
    pub name: Option<VersionName>,
}

/// Which of the earlier texts of a page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionName {
    /// From which on it was the text of the page.
    pub day: Date,
    /// Of several texts of one day, from 1.
    pub number: u32,
}

impl VersionPath {
    /// Reads a path; `None` if no version lies there.
    pub fn new(path: &str, languages: &[String]) -> Option<VersionPath> {
        let stem = stem(path.strip_prefix(FOLDER)?)?;
        let (page, file) = stem.rsplit_once('/').unwrap_or(("", stem));
        let in_language = file.rsplit_once('.').and_then(|(name, code)| Some((name, languages.iter().position(|known| known == code)?)));
        let (name, lang) = in_language.map_or((file, 0), |(name, at)| (name, at as u8 + 1));
        Some(VersionPath { page: composed(page).into(), lang, name: VersionName::parse(name) })
    }
}

impl VersionName {
    /// Reads `2025-06-25`, or `2025-06-25-2`.
    pub fn parse(name: &str) -> Option<VersionName> {
        let day: Date = name.get(..10).filter(|day| day.as_bytes()[4] == b'-')?.parse().ok()?;
        let number = match &name[10..] {
            "" => 1,
            rest => rest.strip_prefix('-').filter(|digits| !digits.starts_with(['0', '+']))?.parse().ok().filter(|number| *number > 1)?,
        };
        Some(VersionName { day, number })
    }

    /// Where it is, if its page is at a route.
    pub fn route(self, page: &str) -> String {
        format!("{}v/{self}/", folder_below(page))
    }
}

impl fmt::Display for VersionName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            1 => write!(formatter, "{}", self.day),
            number => write!(formatter, "{}-{number}", self.day),
        }
    }
}

/// The address of the comparison of the version at a route with what came next.
pub fn changes(route: &str) -> String {
    format!("{route}changes/")
}

/// The folder of the versions of a page, below that of all of them: `briefings/x` of `briefings/x.md`, and of `briefings/x/index.md`.
pub fn home(page: &Origin) -> String {
    match page.role {
        Role::Bundle => composed(&page.folder).into_owned(),
        Role::Section if page.folder.is_empty() => "_index".into(),
        Role::Section => format!("{}/_index", composed(&page.folder)),
        Role::Page => {
            let inside = page.path.strip_prefix("content/").unwrap_or(&page.path);
            let stem = stem(inside).unwrap_or(inside);
            let bare = if page.lang == 0 { stem } else { stem.rsplit_once('.').map_or(stem, |(stem, _)| stem) };
            composed(bare).into_owned()
        }
    }
}

/// The path of a version of a page, with the ending that its own file has.
pub fn path(page: &Origin, name: VersionName) -> String {
    let file = page.path.rsplit('/').next().unwrap_or(&page.path);
    let mut ending: Vec<&str> = file.rsplit('.').take(1 + usize::from(page.lang > 0)).collect();
    ending.reverse();
    format!("{FOLDER}{}/{name}.{}", home(page), ending.join("."))
}

/// The place of an earlier text of a page: that of the page, in a file of its own.
pub fn origin(page: &Origin, file: &Arc<str>) -> Origin {
    Origin { path: file.clone(), ..page.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Origin {
        Origin::from_path(&Arc::from(path), &["fr".into()]).expect("a page")
    }

    #[test]
    fn a_page_has_one_home_for_its_versions_and_each_is_found_there() {
        let name = VersionName::parse("2025-06-25-2").expect("a name");
        for (file, home_of_it, version) in [
            ("content/b/x.md", "b/x", "content/_versions/b/x/2025-06-25-2.md"),
            ("content/b/2024-05-01-x.fr.md", "b/2024-05-01-x", "content/_versions/b/2024-05-01-x/2025-06-25-2.fr.md"),
            ("content/b/madrid/index.md", "b/madrid", "content/_versions/b/madrid/2025-06-25-2.md"),
            ("content/b/madrid/index.fr.markdown", "b/madrid", "content/_versions/b/madrid/2025-06-25-2.fr.markdown"),
            ("content/b/_index.md", "b/_index", "content/_versions/b/_index/2025-06-25-2.md"),
            ("content/_index.md", "_index", "content/_versions/_index/2025-06-25-2.md"),
        ] {
            let page = page(file);
            assert_eq!((home(&page).as_str(), path(&page, name).as_str()), (home_of_it, version));
            let read = VersionPath::new(version, &["fr".into()]).expect("a version");
            assert_eq!((&*read.page, read.lang, read.name), (home_of_it, page.lang, Some(name)));
        }
    }

    #[test]
    fn a_name_is_a_day_and_from_the_second_text_of_a_day_a_number() {
        for name in ["2025-06-25", "2025-06-25-2", "2025-06-25-12"] {
            assert_eq!(VersionName::parse(name).map(|name| name.to_string()).as_deref(), Some(name));
        }
        for name in [
            "",
            "2025-6-25",
            "2025-06-31",
            "2025-06-25-1",
            "2025-06-25-0",
            "2025-06-25-02",
            "2025-06-25-x",
            "2025-06-25-",
            "v2",
            "2025-06-252",
            "2025-06-25-+2",
        ] {
            assert_eq!(VersionName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn versions_stand_below_their_page() {
        let name = VersionName::parse("2025-06-25").expect("a name");
        assert_eq!([name.route("/b/x/"), name.route("/x.html")], ["/b/x/v/2025-06-25/", "/x/v/2025-06-25/"]);
    }
}
