//! The places of a page that a link can name behind `#`.
//!
//! It must not know who links to them.

use crate::page::Facts;
use crate::page::route::normal;
use crate::url::composed;

/// The place of that id, however its accents are typed, as the page writes it.
pub fn find<'a>(fact: &'a Facts, id: &str) -> Option<&'a str> {
    let exact = fact.anchors.binary_search_by(|known| (**known).cmp(id)).ok().map(|at| &*fact.anchors[at]);
    let alike = || fact.anchors.iter().map(|known| &**known).find(|known| composed(known) == composed(id));
    exact.or_else(|| if id.is_ascii() { None } else { alike() })
}

/// The place that a wikilink means, which names it as Obsidian does, by the words of its heading: capitals, spaces, hyphens and marks do not
/// matter. Of headings within each other (`#Costs#Set-up`) the last is meant.
pub fn by_words<'a>(fact: &'a Facts, words: &str) -> Option<&'a str> {
    let last = words.rsplit('#').next().unwrap_or(words);
    // A block has a name of its own, whatever heading it stands below.
    if last.starts_with('^') {
        return find(fact, last);
    }
    let of = |reading: fn(&str) -> String| {
        let wanted = [reading(words), reading(last)];
        let is_it = |said: &str| !said.is_empty() && wanted.iter().any(|wanted| wanted == said);
        let heading = fact.headings.iter().find(|heading| is_it(&reading(&heading.text))).map(|heading| &*heading.id);
        heading.or_else(|| fact.anchors.iter().map(|id| &**id).find(|id| is_it(&reading(id))))
    };
    of(normal).or_else(|| of(letters))
}

/// The letters and digits of a name alone: what Obsidian leaves out of a heading's name differs from sign to sign.
fn letters(name: &str) -> String {
    normal(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}
