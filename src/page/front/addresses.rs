//! Keys that say where a page lives: slugs, paths, old addresses.
//!
//! They must not know which page an address belongs to in the end.

use super::kinds::{Kind, kinds};
use super::node::Node;
use super::read::Reader;
use crate::diagnostic::Diagnostic;
use crate::page::route::{can_redirect, is_address};
use crate::url::decode;

kinds! {
    /// The end of an address.
    Slug -> Option<String>, "text": |reader, name, node| reader.slug(name, node);
    /// A whole address.
    Path -> Option<String>, "address": |reader, name, node| reader.path(name, node);
    /// Old addresses, and names.
    Aliases -> Vec<String>, "list of texts": |reader, name, node| reader.aliases(name, node);
}

impl Reader<'_, '_> {
    fn slug(&mut self, name: &str, value: &Node) -> Option<String> {
        let slug = self.text(name, value)?;
        // It may have been copied from a browser.
        let plain = decode(&slug).into_owned();
        let is_climbing = plain.trim_matches('/').split('/').any(|part| matches!(part, "" | "." | ".."));
        if !is_climbing && !plain.contains('\\') && !plain.chars().any(char::is_control) {
            return Some(plain);
        }
        let problem = Diagnostic::error("bad-slug", format!("`{}` is no slug", slug.escape_debug()));
        let hint = "a slug is the end of an address, such as `budget` or `2026/budget`; write `path` for a whole one";
        self.problems.add(value.range.clone(), problem.hint(hint));
        None
    }

    fn path(&mut self, name: &str, value: &Node) -> Option<String> {
        let path = self.text(name, value)?;
        let hint = if path.contains("://") || path.starts_with("//") {
            "write where the page lives on this site, such as `/briefings/x/`"
        } else if path.split('/').any(|part| part.starts_with(':')) {
            "words such as `:title` are not filled in here, but in `[permalinks]` of `site.toml`; write the whole path"
        } else {
            let plain = decode(&path).into_owned();
            if !plain.chars().any(char::is_control) && !plain.contains('\\') && plain.split('/').all(|part| part != "..") {
                return Some(plain);
            }
            "write a path from the root of the site, such as `/briefings/x/`"
        };
        let problem = Diagnostic::error("bad-path", format!("`{}` is no path of a page", path.escape_debug()));
        self.problems.add(value.range.clone(), problem.hint(hint));
        None
    }

    /// Names, and the old addresses for which a file can be written. No file answers to a query, and no host but our own is asked for ours.
    fn aliases(&mut self, name: &str, value: &Node) -> Vec<String> {
        let aliases = self.texts(name, value).unwrap_or_default();
        let (bad, good): (Vec<_>, Vec<_>) = aliases.into_iter().partition(|alias| is_address(alias) && !can_redirect(alias));
        for alias in bad {
            let problem =
                Diagnostic::warning("bad-alias", format!("no file can stand at `{}`, so it will not redirect", alias.escape_debug()));
            let hint = "write the path that led to this page on this site, such as `/old/place/`";
            let text = self.problems.text();
            let at = text.get(value.range.clone()).and_then(|written| written.find(&alias)).map(|at| value.range.start + at);
            self.problems.add(at.map_or(value.range.clone(), |at| at..at + alias.len()), problem.hint(hint));
        }
        good
    }
}
