//! From clusters to citations: order, grouping, collapsing, positions, letters and names, and the list.
//!
//! Owns `render`. Forms of sources are given; what is decided here follows from the clusters of one page and from what the style file says. It must not
//! know how a form is made.

mod apart;
mod cluster;
mod collapse;
mod list;
mod order;
mod places;
mod positions;

use std::collections::BTreeMap;

use super::forms::{Asked, Forms, Given, Naming, Position, Which};
use super::style::Style;
use super::{Cited, Cluster, Inline, Item, Narration, Rendered};
use crate::fingerprint::Fingerprint;

/// What all parts of a page know.
struct Page<'a> {
    style: &'a Style,
    locale: &'a str,
    forms: &'a Forms,
    words: std::sync::Arc<super::forms::Words>,
    /// What is cited, in the order of its first citation.
    works: Vec<Work<'a>>,
    by_key: BTreeMap<&'a str, usize>,
}

/// A source that the page cites.
struct Work<'a> {
    cited: &'a Cited,
    /// Its place in the list, from 1.
    number: usize,
    /// So many names are shown at least; 0 as the style has it.
    shown: u16,
    /// How much of the given name each name is shown with, as far as any is shown with more than the style has.
    given: Vec<Given>,
    is_chosen: bool,
    /// What tells its year from those of others.
    letter: String,
    /// The note in which it was cited first.
    first_note: Option<u32>,
}

/// The citations of a page, and its list. What no item of `cited` has the key of is left out.
pub fn render(style: &Style, locale: &str, forms: &Forms, cited: &[Cited], clusters: &[Cluster]) -> Rendered {
    let mut page = Page::new(style, locale, forms, cited, clusters);
    page.number();
    let alike = page.tell_apart();
    let positions = positions::of(&mut page, clusters);
    let mut rendered = Rendered { alike, ..Rendered::default() };
    for (cluster, positions) in clusters.iter().zip(&positions) {
        rendered.clusters.push(cluster::render(&page, cluster, positions, &mut rendered.left_out));
    }
    rendered.list = list::render(&page, &mut rendered.left_out);
    let finish = |pieces: &mut Vec<Inline>| *pieces = page.words.finished(std::mem::take(pieces));
    rendered.clusters.iter_mut().flat_map(|cluster| [&mut cluster.text, &mut cluster.names]).for_each(finish);
    rendered.left_out.sort();
    rendered.left_out.dedup();
    rendered
}

/// The entry that a source has in a list, alone; empty if the style leaves it out.
pub fn reference(style: &Style, locale: &str, forms: &Forms, cited: &Cited) -> Vec<Inline> {
    let form = forms.get(cited, style, locale, &alone(style));
    list::content(&form, &Default::default(), &forms.words(style, locale))
}

/// The same of a work that is no source of the register, by the print of all that it follows from. It is made an item if nobody has cited it before.
pub fn cite_this(style: &Style, locale: &str, forms: &Forms, print: Fingerprint, item: impl Fn() -> Item) -> Vec<Inline> {
    forms.of_work(print, style, locale, || {
        let form = forms.once(&item(), style, locale, &alone(style));
        list::content(&form, &Default::default(), &forms.words(style, locale))
    })
}

/// The form of a source that stands alone: its entry, or its first note where the style has no list.
fn alone(style: &Style) -> Which {
    if style.has_list() { Which::Entry(Asked::list()) } else { Which::Cite(Asked::at(Position::First)) }
}

impl<'a> Page<'a> {
    fn new(style: &'a Style, locale: &'a str, forms: &'a Forms, cited: &'a [Cited], clusters: &'a [Cluster]) -> Page<'a> {
        let known: BTreeMap<&str, &Cited> = cited.iter().map(|cited| (&*cited.item.key, cited)).collect();
        let mut page = Page { style, locale, forms, words: forms.words(style, locale), works: Vec::new(), by_key: BTreeMap::new() };
        // What only the list names comes behind what is cited.
        let (listed, shown): (Vec<&Cluster>, Vec<&Cluster>) = clusters.iter().partition(|cluster| cluster.narration == Narration::ListOnly);
        for cite in shown.into_iter().chain(listed).flat_map(|cluster| &cluster.cites) {
            let Some((key, cited)) = known.get_key_value(&*cite.key) else { continue };
            page.by_key.entry(key).or_insert_with(|| {
                page.works.push(Work::new(cited));
                page.works.len() - 1
            });
        }
        page
    }

    /// The work with a key.
    fn work(&self, key: &str) -> Option<&Work<'a>> {
        self.by_key.get(key).map(|at| &self.works[*at])
    }

    fn form(&self, work: &Work, which: &Which) -> std::sync::Arc<super::forms::Form> {
        self.forms.get(work.cited, self.style, self.locale, which)
    }
}

impl<'a> Work<'a> {
    fn new(cited: &'a Cited) -> Work<'a> {
        Work { cited, number: 0, shown: 0, given: Vec::new(), is_chosen: false, letter: String::new(), first_note: None }
    }

    /// A cite of it at a position.
    fn asked(&self, position: Position) -> Asked {
        let naming = Naming { shown: self.shown, given: Given::AsStyle };
        Asked { naming, has_letter: !self.letter.is_empty(), is_chosen: self.is_chosen, ..Asked::at(position) }
    }
}

#[cfg(test)]
pub mod tests;
