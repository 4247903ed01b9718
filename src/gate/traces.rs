//! What would give away the pages that are hidden now, wherever it stood.
//!
//! It must not know what is done about it.

use std::cell::OnceCell;
use std::sync::Arc;

use super::hidden::folders_above;
use super::visible::visible;
use super::{Hidden, Uses, hidden_folders};
use crate::output::audit::words::hashes;
use crate::output::audit::{Trace, What};
use crate::page::origin::Role;
use crate::page::route::hidden_name;
use crate::sources::{Content, Sources};

/// A number of so many signs is a word of its own; a shorter one only with a sign between its letters and digits (`R-3`, but not `G7`).
const SHORTEST_ID: usize = 6;
/// A title of fewer words is a phrase like others.
const SHORTEST_TITLE: usize = 4;
/// The name of a file of fewer signs could be that of any other.
const SHORTEST_NAME: usize = 12;

/// Addresses of the pages, of redirects to them and of their files, their numbers, titles, texts, the paths of their sources and the names of their
/// files, and the names to which they answer in wikilinks; whose they are is the place among `hidden`.
pub fn traces(hidden: &[Hidden], files: &[HiddenFile], sources: &Sources) -> Vec<Trace> {
    let mut traces = Vec::new();
    for (whose, page) in hidden.iter().enumerate() {
        let routes = std::iter::once(&*page.route).chain(page.aliases.iter().map(String::as_str));
        let addresses = routes.map(|route| route.trim_matches('/')).filter(|inside| !inside.is_empty());
        let addresses = addresses.map(|inside| What::Address(inside.to_string()));
        let words = page.id.iter().filter(|id| is_number(id)).cloned().chain([page.path.to_string()]).map(What::Word);
        let title = title_trace(&page.title);
        let name = Some(name_of(&page.path)).filter(|name| page.role == Role::Page && is_peculiar(name));
        let names = page.answers().map(|name| What::Wikilink(hidden_name(name)));
        let text = What::Text(visible(&sources.text(&page.path)));
        let all = addresses.chain(words).chain(title).chain(name.map(|name| What::Word(name.into()))).chain(names).chain([text]);
        traces.extend(all.map(|what| Trace { what, whose }));
    }
    for HiddenFile { path, whose } in files {
        let name = Some(name_of(path)).filter(|name| is_peculiar(name)).map(|name| What::Word(name.into()));
        let address = address(&hidden[*whose], path);
        traces.extend([What::Address(address)].into_iter().chain(name).map(|what| Trace { what, whose: *whose }));
    }
    traces
}

/// A title, unless it is a phrase like others.
pub fn title_trace(title: &str) -> Option<What> {
    (hashes(title).len() >= SHORTEST_TITLE).then(|| What::Title(title.to_string()))
}

/// A file that is hidden with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenFile {
    /// From the root.
    pub path: Arc<str>,
    /// The place of its page among those that are hidden.
    pub whose: usize,
}

/// The files that only hidden pages own or use, in the order of their paths.
pub fn hidden_files(hidden: &[Hidden], sources: &Sources, is_published: impl Fn(&str) -> bool) -> Vec<HiddenFile> {
    let folders = hidden_folders(hidden);
    let number = |page: &Hidden| hidden.iter().position(|other| other.path == page.path);
    let uses: OnceCell<Vec<Uses>> = OnceCell::new();
    let texts = || hidden.iter().map(|page| Uses::from_texts(std::iter::once(sources.text(&page.path)))).collect();
    let whose = |path: &str| {
        let owner = folders_above(path).find_map(|folder| folders.get(folder)).and_then(|page| number(page));
        owner.or_else(|| uses.get_or_init(texts).iter().position(|uses| uses.name(path)))
    };
    let files = sources.below("content/").iter().filter(|source| matches!(source.content, Content::File) && !is_published(&source.path));
    files.filter_map(|source| Some(HiddenFile { path: source.path.clone(), whose: whose(&source.path)? })).collect()
}

/// Where a file would be, below the address of the site and without slashes at its ends.
fn address(page: &Hidden, path: &str) -> String {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let below = inside.strip_prefix(&*page.folder).and_then(|rest| rest.strip_prefix('/'));
    match below {
        Some(rest) if page.role != Role::Page && !page.folder.is_empty() => format!("{}/{rest}", page.route.trim_matches('/')),
        _ => inside.to_string(),
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Whether the name of a file tells what is in it: `closing-ports.csv`, but not `table.csv`.
fn is_peculiar(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    name.len() >= SHORTEST_NAME && hashes(stem).len() > 1
}

/// A shorter number, or one without digits, could be any word.
fn is_number(id: &str) -> bool {
    let has = |is: fn(&u8) -> bool| id.bytes().any(|byte| is(&byte));
    let is_parted = id.bytes().any(|byte| byte.is_ascii_punctuation()) && has(u8::is_ascii_alphabetic);
    has(u8::is_ascii_digit) && (id.len() >= SHORTEST_ID || is_parted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_looked_for_unless_they_could_be_words() {
        for id in ["R-3", "PB-3", "PB-2026-004", "A/4", "202601"] {
            assert!(is_number(id), "{id}");
        }
        for id in ["G7", "12", "2026", "1.5", "plan", "plan-b"] {
            assert!(!is_number(id), "{id}");
        }
    }

    #[test]
    fn names_of_files_are_looked_for_if_they_tell_anything() {
        for name in ["closing-ports.csv", "Ports in 2027.pdf", "2027-01-05-secret.md"] {
            assert!(is_peculiar(name), "{name}");
        }
        for name in ["table.csv", "photography.jpeg", "a-b.svg"] {
            assert!(!is_peculiar(name), "{name}");
        }
    }
}
