//! Named queries: the lists that a theme wants besides those that every template can have.
//!
//! It must not know how a query is answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};

/// `latest = { topic = "x", limit = 5 }`: the newest pages that fit all that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// Only pages on this topic.
    pub topic: Option<String>,
    /// Only pages with this tag.
    pub tag: Option<String>,
    /// Only pages by this author.
    pub author: Option<String>,
    /// Only pages of this series.
    pub series: Option<String>,
    /// Only pages of this type.
    pub type_: Option<String>,
    /// A folder of `content/`.
    pub section: Option<String>,
    /// How many pages at most.
    pub limit: usize,
}

/// A query that names no limit gives this many pages.
const LIMIT: usize = 5;

/// The queries of `theme.toml` and, over them, of `[theme.queries]` in `site.toml`.
pub fn read((path, text): &(Arc<str>, Arc<str>), settings: &tera::Value, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Query> {
    let mut queries = BTreeMap::new();
    match text.parse::<toml::Table>() {
        Ok(table) => {
            for (name, query) in table.get("queries").and_then(toml::Value::as_table).into_iter().flatten() {
                add(name, &tera::Value::from_serializable(query), path, &mut queries, diagnostics);
            }
        }
        Err(error) => {
            let place = error.span().map_or_else(|| Place::file(path), |span| Place::range(path, text, span));
            diagnostics.push(Diagnostic::error("bad-toml", error.message().to_string()).at(place));
        }
    }
    let own = settings.as_map().and_then(|map| map.get(&tera::value::Key::from("queries"))).and_then(|queries| queries.as_map());
    for (name, query) in own.into_iter().flatten() {
        add(&name.to_string(), query, &Arc::from("site.toml"), &mut queries, diagnostics);
    }
    queries
}

fn add(name: &str, query: &tera::Value, path: &Arc<str>, queries: &mut BTreeMap<String, Query>, diagnostics: &mut Vec<Diagnostic>) {
    let mut read = Query { limit: LIMIT, ..Query::default() };
    let mut wrong = |what: String| {
        let problem = Diagnostic::error("bad-query", format!("query `{name}`: {what}")).at(Place::file(path));
        diagnostics.push(problem.hint("a query has `topic`, `tag`, `author`, `series`, `type`, `section` (texts) and `limit` (a number)"));
    };
    let Some(map) = query.as_map() else { return wrong("this is not a table".into()) };
    for (key, value) in map {
        let text = value.as_str().map(str::to_string);
        match (key.as_str().unwrap_or(""), text, value.as_u64()) {
            ("topic", Some(text), _) => read.topic = Some(text),
            ("tag", Some(text), _) => read.tag = Some(text),
            ("author", Some(text), _) => read.author = Some(text),
            ("series", Some(text), _) => read.series = Some(text),
            ("type", Some(text), _) => read.type_ = Some(text),
            ("section", Some(text), _) => read.section = Some(text),
            ("limit", _, Some(limit)) => read.limit = limit as usize,
            (other, ..) => wrong(format!("`{other}` is unknown or has the wrong type")),
        }
    }
    queries.insert(name.to_string(), read);
}
