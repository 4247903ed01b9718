//! What a page is, for programs: JSON-LD with the words of schema.org.
//!
//! It must not know which programs read it, or how a page looks.

mod source;

use std::borrow::Cow;
use std::hash::Hash;

use serde::Serialize;

use super::head::stated;
use super::pages::shown;
use super::work::{is_organisation, publisher};
use super::{Make, Model, Part, Scope, What, standing};
use crate::fingerprint::Flat;
use crate::index::{PageId, Term};
use crate::page::Taxonomy;
use crate::page::route::Kind;
use crate::site::Site;

pub const PARTS: &[Part] = &[Part {
    name: "json_ld",
    doc: "of a briefing, and of the page of a source: what it is, as the text of a `<script type=\"application/ld+json\">` (<https://schema.org/Article>); empty elsewhere",
    make: Make::Document(json_ld),
}];

/// <https://schema.org/Article>. Empty lists and what is not known are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    type_: &'static str,
    headline: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Agent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Agent<'a>>,
}

/// Who writes or publishes.
#[derive(Serialize)]
struct Agent<'a> {
    #[serde(rename = "@type")]
    type_: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

const PERSON: &str = "Person";
const ORGANISATION: &str = "Organization";

fn json_ld<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some((page, fact)) = shown(scope).filter(|(_, fact)| scope.doc.what == What::Page && fact.page.kind == Kind::Briefing) else {
        return super::sources::shown(scope).map_or(Model::None, |cited| source::model(scope, cited));
    };
    let (site, strings) = (scope.site, scope.place.strings());
    let publisher = publisher(site);
    let authors = authors(scope, page);
    // All that it says follows from these, and from the strings, which are in every key.
    let said = (&fact.title, &fact.front().id, &site.config.base_url, fact.route(), site.lang_of(page));
    let mut flat = Flat::default();
    (said, fact.page.date, fact.page.updated, standing::of(site, page), &authors, publisher).hash(&mut flat);
    let print = flat.print();
    let scope = *scope;
    let article = move || Article {
        context: "https://schema.org",
        type_: "Article",
        headline: stated(&scope, &fact.title),
        identifier: fact.front().id.as_deref(),
        url: site.absolute(fact.route()),
        in_language: site.lang_of(page),
        date_published: fact.page.date.map(|moment| moment.written()),
        date_modified: fact.page.updated.map(|moment| moment.written()),
        creative_work_status: Some(standing::texts(site, page, strings).join("; ")).filter(|states| !states.is_empty()),
        author: authors.iter().map(|author| author.agent(site)).collect(),
        publisher: publisher.map(|name| Agent { type_: ORGANISATION, name, url: None }),
    };
    Model::later(print, move || tera::Value::safe_string(&script(&article())))
}

/// An author of a page: name, address if there is one, and what it is.
#[derive(Hash)]
struct Author<'a> {
    type_: &'static str,
    name: &'a str,
    route: Option<&'a str>,
}

impl<'a> Author<'a> {
    fn agent(&self, site: &Site) -> Agent<'a> {
        Agent { type_: self.type_, name: self.name, url: self.route.and_then(|route| site.absolute(route)) }
    }
}

/// JSON that no browser takes for the end of its script, or for a comment.
fn script(thing: &impl Serialize) -> String {
    // Texts, lists and maps with names cannot fail.
    let mut json = Vec::with_capacity(1024);
    let written = serde_json::to_writer(&mut json, thing).map(|()| String::from_utf8(json).unwrap_or_default()).unwrap_or_default();
    if written.contains('<') { written.replace('<', "\\u003c") } else { written }
}

fn authors<'a>(scope: &Scope<'a>, page: PageId) -> Vec<Author<'a>> {
    let author = |term: &'a Term| Author {
        type_: if is_organisation(scope.view, term) { ORGANISATION } else { PERSON },
        name: &term.name,
        route: Some(&*term.route).filter(|_| term.has_page()),
    };
    scope.site.index.terms.named_by(page, Taxonomy::Authors).map(author).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_end_the_script() {
        let agent = Agent { type_: PERSON, name: "</script><!-- \"A\" & B", url: None };
        let article = Article {
            context: "https://schema.org",
            type_: "Article",
            headline: "</SCRIPT>".into(),
            identifier: None,
            url: None,
            in_language: "en",
            date_published: None,
            date_modified: None,
            creative_work_status: None,
            author: vec![agent],
            publisher: None,
        };
        let expected = r#"{"@context":"https://schema.org","@type":"Article","headline":"\u003c/SCRIPT>","inLanguage":"en","author":[{"@type":"Person","name":"\u003c/script>\u003c!-- \"A\" & B"}]}"#;
        assert_eq!(script(&article), expected);
    }
}
