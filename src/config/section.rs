//! Reading one table of the settings: what was asked for is known, and what remains is not.
//!
//! It must not know which settings there are, but for what other tools call them.

use std::sync::Arc;

use super::Override;
use super::tree::{self, Entry, Node, Origin, Value};
use super::value::{self, Wrong};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};

/// What settings are read from.
pub struct Given<'a> {
    /// The path of the file, for messages.
    pub path: &'a Arc<str>,
    /// Its text; empty when there is none.
    pub text: &'a str,
    /// What is said outside the file, later ones first in rank.
    pub overrides: &'a [Override],
}

/// One table while it is read.
pub struct Section<'a> {
    name: String,
    given: &'a Given<'a>,
    /// What nobody has asked for yet.
    pub entries: Vec<Entry>,
    asked: Vec<&'static str>,
    found: Vec<Diagnostic>,
}

impl<'a> Section<'a> {
    /// The table `name`, with what it holds.
    pub fn new(name: &str, entries: Vec<Entry>, given: &'a Given<'a>) -> Section<'a> {
        Section { name: name.to_string(), given, entries, asked: Vec::new(), found: Vec::new() }
    }

    /// The value of a key, which is known from now on.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at).node)
    }

    /// Makes a table known that another room reads.
    pub fn skip_table(&mut self, key: &'static str) {
        self.take(key);
    }

    /// A table inside; an empty one if it is not there or not a table.
    pub fn table(&mut self, key: &'static str) -> Section<'a> {
        let entries = match self.take(key) {
            Some(Node { value: Value::Table(entries), .. }) => entries,
            Some(node) => {
                let expected = if key == "theme" { "the name of a theme, or a table" } else { "a table" };
                self.refuse(key, &node, &Wrong::expected(expected));
                Vec::new()
            }
            None => Vec::new(),
        };
        self.inside(key, entries)
    }

    /// A table of this one with what it holds, under its full name.
    pub fn inside(&self, key: &str, entries: Vec<Entry>) -> Section<'a> {
        Section::new(&self.full(key), entries, self.given)
    }

    /// The tables in a table of which the site chooses the names; what is no table there is told.
    pub fn tables(&mut self, key: &'static str) -> Vec<(String, Section<'a>)> {
        let mut named = self.table(key);
        let mut tables = Vec::new();
        for Entry { key, node, .. } in std::mem::take(&mut named.entries) {
            match node.value {
                Value::Table(entries) => tables.push((key.clone(), named.inside(&key, entries))),
                _ => named.refuse(&key, &node, &Wrong::expected("a table")),
            }
        }
        self.found.append(&mut named.found);
        tables
    }

    /// Reads a key by `parse`, which is also given what an override says letter by letter. Without the key, or if it is wrong, `into` stays as it is.
    pub fn read<T>(&mut self, key: &'static str, into: &mut T, parse: impl FnOnce(&Node, Option<&str>) -> Result<T, Wrong>) {
        let Some(node) = self.take(key) else { return };
        let raw = match node.origin {
            Origin::Override(number) => Some(self.given.overrides[number].value.as_str()),
            Origin::File(_) => None,
        };
        match parse(&node, raw) {
            Ok(value) => *into = value,
            Err(wrong) => self.refuse(key, &node, &wrong),
        }
    }

    /// Reads a text that `make` turns into a value.
    pub fn made<T>(&mut self, key: &'static str, into: &mut T, make: impl FnOnce(String) -> Result<T, Wrong>) {
        self.read(key, into, |node, raw| make(value::text(node, raw)?));
    }

    /// Reads a text.
    pub fn text(&mut self, key: &'static str, into: &mut String) {
        self.read(key, into, value::text);
    }

    /// Reads `true` or `false`.
    pub fn truth(&mut self, key: &'static str, into: &mut bool) {
        self.read(key, into, |node, _| value::truth(node));
    }

    /// Reports a value that cannot be taken.
    pub fn refuse(&mut self, key: &str, node: &Node, wrong: &Wrong) {
        let (origin, value) = value::origin(wrong, node);
        let message = format!("`{}` must be {}, not {}", self.full(key), wrong.expected, value.shown());
        let mut problem = self.given.place(Diagnostic::error(codes::BAD_SETTING, message), origin);
        problem.hints.extend(wrong.hints.iter().cloned());
        self.found.push(problem);
    }

    /// Reports a problem of the table that stands at `origin`.
    pub fn report(&mut self, problem: Diagnostic, origin: &Origin) {
        self.found.push(self.given.place(problem, origin));
    }

    /// As `report`, for a line that holds what nobody should see: messages end in logs.
    pub fn report_unseen(&mut self, problem: Diagnostic, origin: &Origin) {
        let mut problem = self.given.place(problem, origin);
        if let Origin::Override(number) = origin {
            let given = &self.given.overrides[*number].from;
            problem.message = problem.message.replacen(given.as_str(), given.split('=').next().unwrap_or_default(), 1);
        }
        problem.place = problem.place.map(|place| Place { text: Arc::from(""), skipped: 0, column: 0, width: 0, ..place });
        self.found.push(problem);
    }

    /// True if something was wrong with what was asked for so far.
    pub fn has_problems(&self) -> bool {
        !self.found.is_empty()
    }

    /// What was not asked for, in a table that is free; adds the problems of the table to `found`.
    pub fn rest(mut self, found: &mut Vec<Diagnostic>) -> Vec<Entry> {
        found.append(&mut self.found);
        self.entries
    }

    /// Adds the problems of the table to `found`; what was not asked for is among them.
    pub fn finish(mut self, found: &mut Vec<Diagnostic>) {
        found.append(&mut self.found);
        found.extend(self.entries.iter().map(|entry| self.unknown(entry)));
    }

    fn unknown(&self, entry: &Entry) -> Diagnostic {
        let full = self.full(&entry.key);
        let problem = Diagnostic::warning("unknown-setting", format!("there is no setting `{full}`"));
        let problem = self.given.place(problem, &entry.origin);
        if let Some((_, hint)) = ELSEWHERE.iter().find(|(name, _)| *name == full) {
            return problem.hint(*hint);
        }
        match nearest(&entry.key, self.asked.iter().copied()) {
            Some(near) => problem.hint(format!("did you mean `{}`?", self.full(near))),
            None if self.name.is_empty() => problem.hint("settings of your own go into `[extra]`"),
            None => problem.hint(format!("`[{}]` has {}", self.name, listed(&self.asked))),
        }
    }

    fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_string() } else { format!("{}.{key}", self.name) }
    }
}

fn listed(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

impl Given<'_> {
    /// The file and the overrides as one tree, what is wrong with their syntax, and whether the file is whole: what a broken file seems to say
    /// besides is not worth a report; what the overrides say is.
    pub fn tree(&self) -> (Vec<Entry>, Vec<Diagnostic>, bool) {
        let (mut root, mut diagnostics) = tree::parse(self.path, self.text);
        let is_whole = diagnostics.is_empty();
        tree::spread_theme(&mut root);
        for (number, given) in self.overrides.iter().enumerate() {
            if let Err(message) = tree::set(&mut root, number, given) {
                diagnostics.push(Diagnostic::error(codes::BAD_SETTING, format!("`{}`: {message}", given.from)));
            }
        }
        (root, diagnostics, is_whole)
    }

    /// The problem with its place in the file, or with the override that it comes from.
    fn place(&self, mut problem: Diagnostic, origin: &Origin) -> Diagnostic {
        match origin {
            Origin::File(span) => problem.at(Place::range(self.path, self.text, span.clone())),
            Origin::Override(number) => {
                problem.message = format!("`{}`: {}", self.overrides[*number].from, problem.message);
                problem
            }
        }
    }
}

/// What other tools call a setting, or have one for, and what there is here. Names of Zola, Hugo and Jekyll.
const ELSEWHERE: [(&str, &str); 31] = [
    ("default_language", "here it is `language`"),
    ("languageCode", "here it is `language`"),
    ("defaultContentLanguage", "here it is `language`"),
    ("locale", "here it is `language`"),
    ("timezone", "here it is `time_zone`"),
    ("url", "here it is `base_url`"),
    ("publishDir", "here it is `output_dir`"),
    ("destination", "here it is `output_dir`"),
    ("paginate", "here it is `paginate_by`"),
    ("pagination", "here it is `paginate_by`"),
    ("copyright", "here it is `licence`"),
    ("author", "here it is `publisher`; authors of pages are named in their front matter"),
    ("params", "here it is `[extra]`"),
    ("menu", "here it is `menu` in `[theme]`, as in `menu = [{title = \"Briefings\", url = \"/briefings/\"}]`"),
    ("menus", "here it is `menu` in `[theme]`, as in `menu = [{title = \"Briefings\", url = \"/briefings/\"}]`"),
    ("outputs", "pages, feeds, a sitemap and a search are written for every site; `[search]` leaves the search out"),
    ("outputFormats", "pages, feeds, a sitemap and a search are written for every site; `[search]` leaves the search out"),
    ("feed_limit", "here it is `limit` in `[feeds]`"),
    ("generate_feeds", "feeds are written for every site with a `base_url`"),
    ("generate_feed", "feeds are written for every site with a `base_url`"),
    ("generate_sitemap", "a sitemap is written for every site with a `base_url`"),
    ("generate_robots_txt", "`robots.txt` is always written; a file of your own in `static/` replaces it"),
    ("build_search_index", "here it is `enabled` in `[search]`"),
    ("taxonomies", "topics, tags, authors and series are always there"),
    ("link_checker", "here it is `[links]`, with `internal` and `skip`"),
    ("slugify", "slugs are made in one way; `slug` and `path` of a page change its address"),
    ("compile_sass", "style sheets are copied as they are"),
    ("markdown.highlight_code", "code is always highlighted when its language is named"),
    ("markdown.highlighting", "code is always highlighted when its language is named"),
    ("markdown.render_emoji", "write emoji as they are"),
    ("links.internal_level", "here it is `internal`"),
];
