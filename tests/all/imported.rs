//! Sites of other tools: imported, built, and held against what those tools make.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::place::{NOW, Place, Run, Tree, project, tree};

/// A site of `tests/imports/` that was imported and can be built.
pub struct Imported {
    /// `old/` is the original, `new/` the site.
    pub place: Place,
}

/// Imports `tests/imports/NAME`, and imports it once more, which must change nothing.
pub fn imported(name: &str) -> Imported {
    let place = Place::empty();
    for (path, bytes) in tree(&project("tests/imports").join(name)) {
        place.write(&format!("old/{path}"), bytes);
    }
    let before = tree(&place.path("old"));
    place.run(&["import", "old", "--into", "new"]).fine();
    let made = tree(&place.path("new"));
    place.run(&["import", "old", "--into", "new"]).fine();
    assert!(tree(&place.path("new")) == made, "a second import changes something");
    assert!(tree(&place.path("old")) == before, "the original was changed");
    Imported { place }
}

impl Imported {
    /// Builds the new site: what the run said.
    pub fn build(&self) -> Run {
        self.place.run(&["build", "--root", "new", "--now", NOW])
    }

    /// The files of the new site's output.
    pub fn output(&self) -> Tree {
        tree(&self.place.path("new/public"))
    }

    /// The report of what could not be carried over.
    pub fn report(&self) -> String {
        self.place.read("new/import-report.md")
    }
}

/// The files of HTML of an output, by their addresses: `/a/` of `a/index.html`.
pub fn pages(output: &Tree) -> BTreeMap<String, String> {
    let html = output.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| {
        let address = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path);
        (format!("/{address}"), String::from_utf8_lossy(bytes).into_owned())
    })
    .collect()
}

/// The output of another tool.
pub fn pages_in(folder: &Path) -> BTreeMap<String, String> {
    pages(&tree(folder))
}

/// Addresses of `theirs` at which `ours` has nothing.
pub fn missing(theirs: &BTreeMap<String, String>, ours: &BTreeMap<String, String>) -> BTreeSet<String> {
    theirs.keys().filter(|address| !ours.contains_key(*address)).cloned().collect()
}

/// The words of the element whose opening tag holds `mark`, without signs that typography changes.
pub fn words(html: &str, mark: &str) -> Vec<String> {
    let Some(at) = html.find(mark) else { return Vec::new() };
    let start = html[..at].rfind('<').expect("a mark stands in a tag");
    let name: String = html[start + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut depth = 0;
    let mut end = html.len();
    let mut from = start;
    while let Some(found) = html[from..].find('<').map(|found| from + found) {
        let rest = &html[found..];
        let is_whole = |tag: &str| rest.starts_with(tag) && !rest[tag.len()..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
        if is_whole(&close) {
            depth -= 1;
        } else if is_whole(&open) {
            depth += 1;
        }
        if depth == 0 {
            end = found;
            break;
        }
        from = found + 1;
    }
    plain(&html[start..end])
}

/// The words of HTML, in order.
pub fn plain(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open..];
        // Nobody reads what stands in these.
        let whole = ["script", "style"].iter().find(|name| tag.starts_with(&format!("<{name}")));
        let end = match whole {
            Some(name) => tag.find(&format!("</{name}>")).map(|end| end + name.len() + 3),
            None => tag.find('>').map(|end| end + 1),
        };
        text.push(' ');
        rest = &tag[end.unwrap_or(tag.len())..];
    }
    text.push_str(rest);
    let text = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&para;", "&nbsp;"]
        .iter()
        .zip(["&", "<", ">", "", "", "", " "])
        .fold(text, |text, (entity, letter)| text.replace(entity, letter));
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '%' | '€');
    text.split(|letter: char| !is_word(letter)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Words of `a` that `b` has not as often, in alphabetical order.
pub fn more(a: &[String], b: &[String]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    b.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let is_more = |word: &&String| match left.get_mut(word.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let mut more: Vec<String> = a.iter().filter(is_more).cloned().collect();
    more.sort();
    more
}
