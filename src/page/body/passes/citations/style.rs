//! What the style of the site makes of clusters.
//!
//! It must not know where they stand in HTML.

use crate::page::body::BodyInput;
use crate::references::{Cited, Cluster, Date, Entry, Inline, Name, Narration, Rendered, RenderedCluster};

impl BodyInput {
    /// Whether citations are notes.
    pub fn is_note_style(&self) -> bool {
        false
    }

    /// The name of the style, for messages.
    pub fn style_name(&self) -> &str {
        "plain"
    }

    /// What the style makes of clusters, in the order in which they are read.
    pub fn cite(&self, cited: &[Cited], clusters: &[Cluster]) -> Rendered {
        let find = |key: &str| cited.iter().find(|cited| &*cited.item.key == key);
        let year =
            |cited: &Cited| cited.item.issued().and_then(|date: &Date| date.from).map_or("n.d.".to_string(), |day| day.year.to_string());
        let name = |cited: &Cited| match cited.item.names("author").first() {
            Some(Name::Person { family, .. }) => family.to_string(),
            Some(Name::Body(body)) => body.to_string(),
            None => cited.item.text("title").unwrap_or_default(),
        };
        let cluster = |cluster: &Cluster| {
            let mut text = vec![Inline::text("(")];
            let mut names = Vec::new();
            for (at, cite) in cluster.cites.iter().enumerate() {
                let Some(found) = find(&cite.key) else { continue };
                let is_told = at == 0 && cluster.narration == Narration::Sentence;
                if is_told {
                    names.push(Inline::text(name(found)));
                }
                text.extend((at > 0).then(|| Inline::text("; ")));
                text.extend(cite.prefix.iter().cloned());
                text.extend((!cite.prefix.is_empty()).then(|| Inline::text(" ")));
                let words = if is_told { year(found) } else { format!("{} {}", name(found), year(found)) };
                text.push(Inline::Source(cite.key.clone(), vec![Inline::text(words)]));
                text.extend(cite.locator.as_ref().map(|locator| Inline::text(format!(", {} {}", locator.written, locator.value))));
                text.extend(cite.suffix.iter().cloned());
            }
            text.push(Inline::text(")"));
            let locators =
                cluster.cites.iter().map(|cite| cite.locator.as_ref().map_or("".into(), |locator| locator.value.clone())).collect();
            RenderedCluster { names, text, locators }
        };
        let entry = |cited: &Cited| Entry {
            key: cited.item.key.clone(),
            label: Vec::new(),
            content: vec![Inline::text(format!("{}. {}. {}.", name(cited), year(cited), cited.item.text("title").unwrap_or_default()))],
        };
        Rendered { clusters: clusters.iter().map(cluster).collect(), list: cited.iter().map(entry).collect(), ..Rendered::default() }
    }
}
