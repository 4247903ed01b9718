//! From clusters to citations: order, grouping, collapsing, positions, letters and names, and the list.
//!
//! Owns `render` and `typeset`. Forms of sources are given; what is decided here follows from the clusters of one page and from what the style file says. It must not
//! know how a form is made.

mod apart;
mod cluster;
mod collapse;
mod list;
mod order;
mod places;
mod plates;
mod positions;

use std::sync::Arc;

use super::forms::{Asked, Forms, Given, InLocale, Kept, Naming, OfSource, Place, Position, Which, Words};
use super::style::Style;
use super::{Cited, Cluster, Inline, Item, Narration, Rendered, RenderedCluster, SetCluster, SetText, Typeset};
use crate::fingerprint::{Fingerprint, Lookup};

/// What all parts of a page know.
struct Page<'a> {
    style: &'a Style,
    forms: &'a Forms,
    /// What is known of the style in the locale of the page.
    known: Arc<InLocale>,
    words: Arc<Words>,
    /// What is cited, in the order of its first citation.
    works: Vec<Work<'a>>,
    by_key: Lookup<&'a str, usize>,
}

/// A source that the page cites.
struct Work<'a> {
    cited: &'a Cited,
    source: Arc<OfSource>,
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
    let (page, positions, alike) = Page::begun(style, locale, forms, cited, clusters);
    let mut left_out = Vec::new();
    let each = clusters.iter().zip(&positions);
    let clusters = each.map(|(cluster, positions)| page.finished(cluster::render(&page, cluster, positions, &mut left_out))).collect();
    let list = list::render(&page, &mut left_out);
    Rendered { clusters, list, alike, left_out: once_each(left_out) }
}

/// The same for a page of HTML: what is set alike on many pages is made once for all of them.
pub fn typeset(style: &Style, locale: &str, forms: &Forms, cited: &[Cited], clusters: &[Cluster]) -> Typeset {
    let (page, positions, alike) = Page::begun(style, locale, forms, cited, clusters);
    let mut left_out = Vec::new();
    let set = |(cluster, positions): (&Cluster, &Vec<Position>)| match plates::press(&page, cluster, positions) {
        Some((pressed, locator)) => SetCluster { names: Vec::new(), text: SetText::Pressed(pressed), locators: vec![locator] },
        None => {
            let RenderedCluster { names, text, locators } = page.finished(cluster::render(&page, cluster, positions, &mut left_out));
            SetCluster { names, text: SetText::Pieces(text), locators }
        }
    };
    let clusters = clusters.iter().zip(&positions).map(set).collect();
    let list = list::typeset(&page, &mut left_out);
    Typeset { clusters, list, alike, left_out: once_each(left_out) }
}

fn once_each(mut keys: Vec<Box<str>>) -> Vec<Box<str>> {
    keys.sort();
    keys.dedup();
    keys
}

/// The entry that a source has in a list, alone; empty if the style leaves it out.
pub fn reference(style: &Style, locale: &str, forms: &Forms, cited: &Cited) -> Vec<Inline> {
    let known = forms.of(style, locale);
    let form = forms.get(&known, &known.source(cited.print), &cited.item, &alone(style));
    list::content(&form, &Default::default(), &forms.words(&known))
}

/// The same of a work that is no source of the register, by the print of all that it follows from. It is made an item if nobody has cited it before.
pub fn cite_this(style: &Style, locale: &str, forms: &Forms, print: Fingerprint, item: impl Fn() -> Item) -> Vec<Inline> {
    forms.of_work(print, style, locale, || {
        let known = forms.of(style, locale);
        let form = forms.once(&known, &item(), &alone(style));
        list::content(&form, &Default::default(), &forms.words(&known))
    })
}

/// The form of a source that stands alone: its entry, or its first note where the style has no list.
fn alone(style: &Style) -> Which {
    if style.has_list() { Which::Entry(Asked::list()) } else { Which::Cite(Asked::at(Position::First)) }
}

/// Works that look alike, pair by pair of keys.
type Alike = Vec<(Box<str>, Box<str>)>;

impl<'a> Page<'a> {
    /// A page whose works have their numbers and are told apart, with the positions of its cites.
    fn begun(
        style: &'a Style,
        locale: &str,
        forms: &'a Forms,
        cited: &'a [Cited],
        clusters: &'a [Cluster],
    ) -> (Page<'a>, Vec<Vec<Position>>, Alike) {
        let mut page = Page::new(style, locale, forms, cited, clusters);
        page.number();
        let alike = page.tell_apart();
        let positions = positions::of(&mut page, clusters);
        (page, positions, alike)
    }

    fn new(style: &'a Style, locale: &str, forms: &'a Forms, cited: &'a [Cited], clusters: &'a [Cluster]) -> Page<'a> {
        let sources: Lookup<&str, &Cited> = cited.iter().map(|cited| (&*cited.item.key, cited)).collect();
        let known = forms.of(style, locale);
        let words = forms.words(&known);
        let mut page = Page { style, forms, known, words, works: Vec::with_capacity(cited.len()), by_key: Lookup::default() };
        // What only the list names comes behind what is cited.
        let (listed, shown): (Vec<&Cluster>, Vec<&Cluster>) = clusters.iter().partition(|cluster| cluster.narration == Narration::ListOnly);
        for cite in shown.into_iter().chain(listed).flat_map(|cluster| &cluster.cites) {
            let Some((key, cited)) = sources.get_key_value(&*cite.key) else { continue };
            page.by_key.entry(key).or_insert_with(|| {
                page.works.push(Work::new(cited, page.known.source(cited.print)));
                page.works.len() - 1
            });
        }
        page
    }

    /// The work with a key.
    fn work(&self, key: &str) -> Option<&Work<'a>> {
        self.by_key.get(key).map(|at| &self.works[*at])
    }

    /// A cluster as readers see it.
    fn finished(&self, RenderedCluster { names, text, locators }: RenderedCluster) -> RenderedCluster {
        RenderedCluster { names: self.words.finished(names), text: self.words.finished(text), locators }
    }

    /// A place in a source with its short label.
    fn labelled(&self, place: &Place, value: &str) -> Box<str> {
        match self.words.label(&place.label, place.is_plural) {
            "" => value.into(),
            label => [label, " ", value].concat().into(),
        }
    }

    fn form(&self, work: &Work, which: &Which) -> Arc<Kept> {
        self.forms.get(&self.known, &work.source, &work.cited.item, which)
    }
}

impl<'a> Work<'a> {
    fn new(cited: &'a Cited, source: Arc<OfSource>) -> Work<'a> {
        Work { cited, source, number: 0, shown: 0, given: Vec::new(), is_chosen: false, letter: String::new(), first_note: None }
    }

    /// A cite of it at a position.
    fn asked(&self, position: Position) -> Asked {
        let naming = Naming { shown: self.shown, given: Given::AsStyle };
        Asked { naming, has_letter: !self.letter.is_empty(), is_chosen: self.is_chosen, ..Asked::at(position) }
    }
}

#[cfg(test)]
pub mod tests;
