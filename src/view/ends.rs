//! Links within a page whose other end its document does not show.
//!
//! A template may show the text of a page and not its list of sources, or the list and not the key points that cite them. A citation without a list is
//! words, a mark without its note and a way back to what is not there are nothing. It must not know what stands at either end.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::pages::shown;
use super::{Scope, What};
use crate::fingerprint::Fingerprint;
use crate::page::Fragment;
use crate::page::body::{BodyTexts, entry_id};
use crate::url::encode;

/// What a document shows of what a page says.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ends {
    text: bool,
    sources: bool,
    key_points: bool,
    recommendations: bool,
}

/// What links of these kinds lead to by its id.
const KINDS: [&str; 3] = ["biblioref", "doc-noteref", "doc-backlink"];

impl Ends {
    /// What the document of `scope` lacks; `None` if all that its page cites or notes has both of its ends there.
    pub fn of(scope: &Scope) -> Option<Ends> {
        let (_, fact) = shown(scope)?;
        let front = fact.front();
        let mentions = scope.view.mentions.get(&*scope.doc.template)?;
        let has = |name: &str| mentions.iter().any(|mention| mention.name == name);
        let ends = Ends {
            text: has("content"),
            sources: has("sources") || fact.cites.is_empty(),
            key_points: has("key_points") || front.key_points.is_empty(),
            recommendations: has("recommendations") || front.recommendations.is_empty(),
        };
        let has_all = ends.text && ends.sources && ends.key_points && ends.recommendations;
        (!has_all).then_some(ends)
    }

    /// A print of the same HTML with its loose ends cut.
    pub fn print(ends: Option<Ends>, print: Fingerprint) -> Fingerprint {
        ends.map_or(print, |ends| Fingerprint::of(&(print, ends)))
    }

    /// HTML of the page `texts` without links to what is not shown.
    pub fn cut<'h>(ends: Option<Ends>, texts: &Arc<BodyTexts>, html: Cow<'h, str>) -> Cow<'h, str> {
        let Some(ends) = ends.filter(|_| KINDS.iter().any(|kind| html.contains(kind))) else { return html };
        let ids = ends.ids(texts);
        let mut kept = String::with_capacity(html.len());
        let mut rest = &*html;
        while let Some(link) = Link::next(rest) {
            let is_loose = !ids.contains(link.to);
            match (is_loose, link.kind) {
                (false, _) => kept.push_str(&rest[..link.end]),
                (true, "biblioref") => {
                    kept.push_str(&rest[..link.start]);
                    kept.push_str(link.words);
                }
                (true, "doc-noteref") => kept.push_str(without_raised(&rest[..link.start])),
                (true, _) => kept.push_str(rest[..link.start].trim_end_matches(' ')),
            }
            let is_mark = is_loose && link.kind == "doc-noteref";
            rest = &rest[link.end..];
            rest = if is_mark { rest.strip_prefix("</sup>").unwrap_or(rest) } else { rest };
        }
        kept.push_str(rest);
        Cow::Owned(kept)
    }

    /// The ids that the document has.
    fn ids<'t>(self, texts: &'t BodyTexts) -> HashSet<Cow<'t, str>> {
        let lines = |shows: bool, lines: &'t [Fragment]| lines.iter().filter(move |_| shows).map(|line| &*line.html);
        let text = self.text.then_some(&*texts.html.html);
        let parts =
            text.into_iter().chain(lines(self.key_points, &texts.key_points)).chain(lines(self.recommendations, &texts.recommendations));
        let ids = parts.flat_map(|html| html.split(" id=\"").skip(1)).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.into());
        let entries = texts.sources.iter().filter(|_| self.sources).map(|entry| encode(&entry_id(&entry.key)).into_owned().into());
        // The mark of a note that is not shown goes with its place.
        ids.filter(|id: &Cow<str>| self.text || !id.starts_with("fnref-")).chain(entries).collect()
    }
}

/// HTML up to the `<sup>` in which a mark of a note stands.
fn without_raised(before: &str) -> &str {
    before.rfind("<sup").map_or(before, |at| &before[..at])
}

/// A link within the page that a citation or a note has made.
struct Link<'h> {
    start: usize,
    end: usize,
    /// As its address has it.
    to: &'h str,
    kind: &'static str,
    words: &'h str,
}

impl Link<'_> {
    /// The first one in HTML; no link stands in another.
    fn next(html: &str) -> Option<Link<'_>> {
        const OPEN: &str = "<a href=\"#";
        html.match_indices(OPEN).find_map(|(start, _)| {
            let (to, behind) = html[start + OPEN.len()..].split_once('"')?;
            let named = [" class=\"", " role=\""].iter().find_map(|attribute| behind.strip_prefix(attribute))?;
            let kind = KINDS.into_iter().find(|kind| named.starts_with(kind))?;
            let words = html.len() - behind.len() + behind.find('>')? + 1;
            let close = words + html[words..].find("</a>")?;
            Some(Link { start, end: close + "</a>".len(), to, kind, words: &html[words..close] })
        })
    }
}

/// Whether the document of `scope` is where a page's own text stands: a list shows it on its first part only.
pub fn is_own_text(scope: &Scope) -> bool {
    scope.doc.number <= 1 && matches!(scope.doc.what, What::Page | What::List)
}
