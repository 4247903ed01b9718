//! What a source is, for programs: JSON-LD of its page.
//!
//! It must not know how a source is cited.

use serde::Serialize;

use super::{Agent, ORGANISATION, PERSON, script};
use crate::fingerprint::Fingerprint;
use crate::references::{Item, Name};
use crate::view::reference::date_of;
use crate::view::sources::{Cited, url_of};
use crate::view::{Model, Scope};

/// <https://schema.org/CreativeWork>. Empty lists and what is not known are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Work<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    type_: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Agent<'a>>,
    /// The page of this site that is about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<String>,
}

/// The types of schema.org by those of CSL.
const TYPES: [(&str, &[&str]); 9] = [
    ("Report", &["report"]),
    ("Legislation", &["legislation", "bill", "regulation", "treaty"]),
    ("Dataset", &["dataset"]),
    ("Book", &["book"]),
    ("Chapter", &["chapter"]),
    ("ScholarlyArticle", &["article-journal", "paper-conference"]),
    ("NewsArticle", &["article-newspaper", "article-magazine"]),
    ("WebPage", &["webpage", "post", "post-weblog"]),
    ("Thesis", &["thesis"]),
];

fn type_of(item: &Item) -> &'static str {
    TYPES.iter().find(|(_, types)| types.contains(&&*item.kind)).map_or("CreativeWork", |(type_, _)| type_)
}

/// All that is said follows from the item, its title and the address of its page.
pub fn model<'a>(scope: &Scope<'a>, cited: Cited<'a>) -> Model<'a> {
    let (site, Cited { list, entry, .. }) = (scope.site, cited);
    let print = Fingerprint::of(&(entry.print, &list.title, &site.config.base_url, &list.route));
    Model::later(print, move || {
        let item = &*entry.item;
        let names: Vec<(&'static str, String)> = item.names("author").iter().map(named).collect();
        let publisher = item.text("publisher");
        let agent = |type_, name| Agent { type_, name, url: None };
        let work = Work {
            context: "https://schema.org",
            type_: type_of(item),
            name: &list.title,
            url: url_of(item),
            identifier: item.text("DOI").map(|doi| format!("https://doi.org/{doi}")),
            archived_at: item.archived.as_ref().map(|archived| &*archived.url),
            date_published: item.issued().and_then(date_of),
            author: names.iter().map(|(type_, name)| agent(*type_, name)).collect(),
            publisher: publisher.as_deref().map(|name| agent(ORGANISATION, name)),
            main_entity_of_page: site.absolute(&list.route),
        };
        tera::Value::safe_string(&script(&work))
    })
}

/// What a name is of, and the name as it is read.
fn named(name: &Name) -> (&'static str, String) {
    match name {
        Name::Body(name) => (ORGANISATION, name.to_string()),
        Name::Person { family, given, particle, dropping, suffix, .. } => {
            let parts = [given, dropping, particle, family, suffix].into_iter().filter(|part| !part.is_empty());
            (PERSON, parts.map(|part| &**part).collect::<Vec<_>>().join(" "))
        }
    }
}
