//! What would give away the pages that are hidden now, wherever it stood.
//!
//! It must not know what is done about it.

use super::Hidden;
use crate::output::audit::{Trace, What};
use crate::page::origin::Role;
use crate::page::route::hidden_name;
use crate::sources::{Content, Sources};

/// A number of so many signs is a word of its own; a shorter one only with a sign between its letters and digits (`R-3`, but not `G7`).
const SHORTEST_ID: usize = 6;

/// Addresses of the pages, of redirects to them and of the files of bundles, their numbers, the paths of their sources, and the names to which they
/// answer in wikilinks; whose they are is the place among `hidden`.
pub fn traces(hidden: &[Hidden], sources: &Sources) -> Vec<Trace> {
    let mut traces = Vec::new();
    for (whose, page) in hidden.iter().enumerate() {
        let routes = std::iter::once(&*page.route).chain(page.aliases.iter().map(String::as_str)).map(str::to_string);
        let inside = routes.chain(files(page, sources)).map(|route| route.trim_matches('/').to_string());
        let addresses = inside.filter(|inside| !inside.is_empty()).map(What::Address);
        let words = page.id.iter().filter(|id| is_number(id)).cloned().chain([page.path.to_string()]).map(What::Word);
        let names = page.answers().map(|name| What::Wikilink(hidden_name(name)));
        traces.extend(addresses.chain(words).chain(names).map(|what| Trace { what, whose }));
    }
    traces
}

/// The addresses of the files beside the page of a bundle, and of those below a section.
fn files(page: &Hidden, sources: &Sources) -> Vec<String> {
    if page.role == Role::Page || page.folder.is_empty() {
        return Vec::new();
    }
    let folder = format!("content/{}/", page.folder);
    let files = sources.below(&folder).iter().filter(|source| matches!(source.content, Content::File));
    files.map(|source| format!("{}/{}", page.route.trim_end_matches('/'), &source.path[folder.len()..])).collect()
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
}
