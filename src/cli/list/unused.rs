//! What no public page uses: files, terms, sources, shortcodes and data, with the hidden page that does, if there is one.
//!
//! It must not know how lists are formatted.

use std::collections::BTreeSet;

use serde::Serialize;

use super::columns::{aligned, grid, json, table};
use crate::cli::args::ListFormat;
use crate::cli::terminal::clean_line;
use crate::gate::Hidden;
use crate::page::Taxonomy;
use crate::pipeline::{Plan, audit};
use crate::sources::{Content, Sources};
use crate::url::slugify;

/// One thing that is not used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Row {
    kind: &'static str,
    name: String,
    /// The first hidden page that uses it; empty if none does.
    used_by: String,
}

/// What is not used, in the format that is asked for.
pub fn answer(plan: &Plan, sources: &Sources, format: ListFormat) -> String {
    let used = Used::new(plan, sources);
    let mut rows = files(plan, sources);
    rows.extend(terms(plan));
    rows.extend(
        plan.site.register.entries().iter().filter_map(|entry| used.row("source", &entry.item.key, &[format!("@{}", entry.item.key)])),
    );
    rows.extend(shortcodes(sources).filter_map(|name| used.row("shortcode", name, &[format!("{{{{< {name}"), format!("{{{{<{name}")])));
    rows.extend(data(sources).filter_map(|path| used.row("data", path, &[path.rsplit('/').next().unwrap_or(path).to_string()])));
    rows.sort();
    rows.dedup();
    let dash = |text: &str| if text.is_empty() { "-".to_string() } else { clean_line(text) };
    match format {
        ListFormat::Json => json(&rows),
        // A calendar of what is not used is refused before.
        ListFormat::Text | ListFormat::Ics => {
            aligned(&rows.iter().map(|row| [row.kind.to_string(), clean_line(&row.name), dash(&row.used_by)]).collect::<Vec<_>>())
        }
        ListFormat::Markdown => {
            let cells = |row: &Row| [row.kind.to_string(), row.name.clone(), row.used_by.clone()];
            grid(["kind", "name", "used by"].into_iter(), rows.iter().map(|row| cells(row).into_iter()))
        }
        ListFormat::Csv => table("kind,name,used_by", rows.iter().map(|row| [row.kind, &row.name, &row.used_by])),
    }
}

/// Files in `content/` that are not published.
fn files(plan: &Plan, sources: &Sources) -> Vec<Row> {
    let row = |path: &str, used_by: &str| Row { kind: "file", name: path.into(), used_by: used_by.into() };
    let hidden = audit::files(plan, sources);
    let published = |path: &str| plan.site.files.binary_search_by(|(known, _)| (**known).cmp(path)).is_ok();
    let all = sources.below("content/").iter().filter(|source| matches!(source.content, Content::File) && !published(&source.path));
    let whose = |path: &str| hidden.iter().find(|file| &*file.path == path).map_or("", |file| &plan.hidden[file.whose].path);
    all.map(|source| row(&source.path, whose(&source.path))).collect()
}

/// Topics, tags, authors and series that hidden pages alone name.
fn terms(plan: &Plan) -> Vec<Row> {
    let mut rows = Vec::new();
    for taxonomy in Taxonomy::all() {
        let at = taxonomy as usize;
        let public: BTreeSet<String> =
            plan.site.facts.iter().flat_map(|fact| fact.front().terms[at].iter().flatten()).map(|term| slugify(term)).collect();
        let mut seen = BTreeSet::new();
        for page in &plan.hidden {
            let own = page.terms[at].iter().flatten().filter(|term| !public.contains(&slugify(term)));
            let first = own.filter(|term| seen.insert(slugify(term)));
            rows.extend(first.map(|term| Row { kind: taxonomy.singular(), name: term.clone(), used_by: page.path.to_string() }));
        }
    }
    rows
}

/// The names of shortcodes that the site has itself.
fn shortcodes(sources: &Sources) -> impl Iterator<Item = &str> {
    let paths = ["templates/", "themes/"].into_iter().flat_map(|folder| sources.below(folder)).map(|source| &*source.path);
    paths.filter_map(|path| path.split_once("/shortcodes/")?.1.strip_suffix(".html"))
}

/// Tables and other data beside the registers of sources.
fn data(sources: &Sources) -> impl Iterator<Item = &str> {
    let paths = sources.below("content/_data/").iter().map(|source| &*source.path);
    paths.filter(|path| [".csv", ".json", ".yaml", ".yml", ".toml"].iter().any(|end| path.ends_with(end)))
}

/// The texts of hidden pages, and those that readers see something of.
struct Used<'a> {
    hidden: Vec<(&'a Hidden, String)>,
    public: String,
}

impl<'a> Used<'a> {
    fn new(plan: &'a Plan, sources: &Sources) -> Used<'a> {
        let hidden: Vec<(&Hidden, String)> = plan.hidden.iter().map(|page| (page, sources.text(&page.path).to_string())).collect();
        let of_pages = plan.site.facts.iter().map(|fact| fact.path());
        let of_theme = ["templates/", "themes/"].into_iter().flat_map(|folder| sources.below(folder)).map(|source| &source.path);
        let public = of_pages.chain(of_theme).map(|path| sources.text(path).to_string() + "\n").collect();
        Used { hidden, public }
    }

    /// Something that a hidden page has in one of these forms, and no public text.
    fn row(&self, kind: &'static str, name: &str, forms: &[String]) -> Option<Row> {
        let is_in = |text: &str| forms.iter().any(|form| has(text, form));
        let (page, _) = self.hidden.iter().find(|(_, text)| is_in(text))?;
        (!is_in(&self.public)).then(|| Row { kind, name: name.into(), used_by: page.path.to_string() })
    }
}

/// Whether a text has a name that does not go on.
fn has(text: &str, name: &str) -> bool {
    let goes_on = |at: usize| text[at + name.len()..].starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    text.match_indices(name).any(|(at, _)| !goes_on(at))
}
