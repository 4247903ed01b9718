//! Links of Markdown in a vault (<https://help.obsidian.md/links>): Obsidian may write them from the root of the vault, or by the name alone, and they
//! become paths from the note. Wikilinks are read as they are.
//!
//! It must not know what a link leads to.

use std::collections::HashMap;

use super::vault::place;
use crate::cli::import::body::Body;
use crate::cli::import::new_site::{NewSite, Note};
use crate::url::{climb, composed, decode};

/// The files of a vault by their names.
#[derive(Debug, Default)]
pub struct Links<'v> {
    by_name: HashMap<String, Vec<&'v str>>,
}

/// The name of a file as it is looked up: without its folder, in small letters.
pub fn key(path: &str) -> String {
    composed(path.rsplit('/').next().unwrap_or(path)).to_lowercase()
}

/// The names of all files that a note may name, as they are looked up: more than there are, rather than fewer.
pub fn named(text: &str) -> impl Iterator<Item = String> + use<'_> {
    let wiki = text.match_indices("[[").filter_map(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        Some(rest[..rest.find("]]")?].split(['|', '#']).next()?.trim_end_matches('\\').trim())
    });
    let others =
        text.split(['(', ')', '<', '>', '"', '\'', '\n', '|']).flat_map(|piece| [piece, piece.rsplit(": ").next().unwrap_or(piece)]);
    wiki.chain(others)
        .filter(|name| name.contains('.') && name.len() < 500)
        .map(|name| key(&decode(name.split(['#', '?']).next().unwrap_or(name).trim())))
}

impl<'v> Links<'v> {
    /// The files at these paths of a vault.
    pub fn new(paths: impl Iterator<Item = &'v str>) -> Links<'v> {
        let mut by_name: HashMap<String, Vec<&str>> = HashMap::new();
        paths.for_each(|path| by_name.entry(key(path)).or_default().push(path));
        Links { by_name }
    }

    /// The text of the note at `path` with its links from that note; `None` if they are so already.
    pub fn mend(&self, path: &str, body: &Body, site: &mut NewSite) -> Option<String> {
        let mut mended = String::new();
        let mut from = 0;
        for (at, _) in body.text.match_indices("](").filter(|(at, _)| !body.is_code(*at)) {
            let start = at + "](".len();
            let Some(destination) = destination(&body.text[start..]) else { continue };
            let Some(found) = self.elsewhere(path, destination) else { continue };
            let end = start + destination.len();
            let anchor = destination.find('#').map_or("", |at| &destination[at..]);
            mended.push_str(&body.text[from..start]);
            mended.push_str(&format!("{}{anchor}", relative(&place(path), &place(found)).replace(' ', "%20")));
            from = end;
            site.note(Note::changed(path, format!("`{destination}` is written from the note")).on(body.line(at)));
        }
        mended.push_str(&body.text[from..]);
        (from > 0).then_some(mended)
    }

    /// The file that a destination means from the root of the vault or by its name, if there is none beside the note.
    fn elsewhere(&self, path: &str, destination: &str) -> Option<&'v str> {
        let written = decode(destination.split('#').next().unwrap_or_default());
        let written = written.as_ref();
        if written.is_empty() || written.contains(':') || written.starts_with('/') {
            return None;
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let same = |name: &str| {
            let of_name = self.by_name.get(&key(name)).map_or(&[] as &[&str], Vec::as_slice);
            (name.to_string(), of_name)
        };
        let is_there = |wanted: &str, of_name: &[&'v str]| of_name.iter().copied().find(|known| known.eq_ignore_ascii_case(wanted));
        for name in [written.to_string(), format!("{written}.md")] {
            let (name, of_name) = same(&name);
            // It lies where a reader of Markdown looks for it.
            if let Some(beside) = climb(folder, &name).and_then(|beside| is_there(beside.trim_start_matches('/'), of_name)) {
                let is_moved = place(beside) != beside && name.contains('/');
                return is_moved.then_some(beside);
            }
            if let Some(found) = is_there(&name, of_name) {
                return Some(found);
            }
            if let ([only], false) = (of_name, name.contains('/')) {
                return Some(only);
            }
        }
        None
    }
}

/// The destination that stands before the closing bracket, without a title.
fn destination(rest: &str) -> Option<&str> {
    let end = rest.find([')', '\n'])?;
    let inner = rest[..end].split(" \"").next().unwrap_or_default();
    // One between angle brackets may have spaces, and is left as it is.
    (!inner.is_empty() && !inner.starts_with('<')).then_some(inner)
}

/// The path from one note to a file, both from the root of the vault.
fn relative(from: &str, to: &str) -> String {
    let here: Vec<&str> = from.split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    let here = &here[..here.len() - 1];
    let shared = here.iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    std::iter::repeat_n("..", here.len() - shared).chain(there[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_from_the_root_and_by_name_are_written_from_the_note() {
        let paths = ["Notes/A.md", "People/Ann Lee.md", "Files/chart.png", "B.md"];
        let links = Links::new(paths.into_iter());
        let mended = |text: &str| links.mend("Notes/A.md", &Body::new(text, 1), &mut NewSite::default());
        assert_eq!(
            mended("[x](Ann%20Lee.md#Costs) ![y](chart.png)").as_deref(),
            Some("[x](../people/Ann%20Lee.md#Costs) ![y](../Files/chart.png)")
        );
        assert_eq!(mended("[x](People/Ann%20Lee)").as_deref(), Some("[x](../people/Ann%20Lee.md)"));
        let moved = Links::new(["A.md", "Topics/B.md", "Topics/C.md"].into_iter());
        let mended = |path: &str, text: &str| moved.mend(path, &Body::new(text, 1), &mut NewSite::default());
        assert_eq!(mended("A.md", "[x](Topics/B.md)").as_deref(), Some("[x](topics/B.md)"));
        assert_eq!(mended("Topics/B.md", "[x](C.md) [y](../A.md)"), None);
        let mended = |text: &str| links.mend("Notes/A.md", &Body::new(text, 1), &mut NewSite::default());
        for same in ["[x](../B.md)", "[x](https://example.org/chart.png)", "[x](gone.md)", "[x](#a)", "`[x](chart.png)`"] {
            assert_eq!(mended(same), None, "{same}");
        }
    }

    #[test]
    fn files_that_a_note_names_are_found_in_every_form() {
        let text = "---\ncover: a.png\nimage: \"[[b.png]]\"\n---\n![[Files/C (1).PNG|400]] [x](d%20e.pdf#page=2) ![y](<f g.svg>) <img src=\"h.jpg\"> [[i.csv\\|i]]\n";
        let found: Vec<String> = named(text).collect();
        for name in ["a.png", "b.png", "c (1).png", "d e.pdf", "f g.svg", "h.jpg", "i.csv"] {
            assert!(found.contains(&name.to_string()), "{name}: {found:?}");
        }
    }
}
