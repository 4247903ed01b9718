//! The marking of a page: its own, never lower than those of the sections above, and whether it may be shown.
//!
//! It must not know the clock, nor in what words a site has its markings.

use std::sync::Arc;

use crate::config::markings::Markings;
use crate::diagnostic::{Diagnostic, codes};
use crate::page::front::{Front, is_open_to_all};

/// The markings of the pages that may be shown besides those without one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Clearance {
    /// These, in whatever letters; a word that is no marking of the site clears nothing.
    Only(Vec<String>),
    /// All: for whoever looks at sources, not at what is published.
    All,
}

impl Default for Clearance {
    fn default() -> Clearance {
        Clearance::Only(Vec::new())
    }
}

impl Clearance {
    /// What is wrong with the words: those that are no marking of the site.
    pub(super) fn problems(&self, known: &Markings) -> Vec<Diagnostic> {
        let Clearance::Only(words) = self else { return Vec::new() };
        let unknown = words.iter().filter(|word| known.rank(word).is_none());
        let problem = |word: &String| {
            Diagnostic::error(codes::BAD_SETTING, format!("`--markings`: there is no marking `{word}`")).hint(known.hint(word))
        };
        unknown.map(problem).collect()
    }

    /// Whether pages with this marking may be shown.
    pub(super) fn allows(&self, marking: Marking, known: &Markings) -> bool {
        match (marking, self) {
            (Marking::Unknown, _) => false,
            (Marking::Of(_), Clearance::All) => true,
            (Marking::Of(rank), Clearance::Only(words)) => words.iter().any(|word| known.rank(word) == Some(rank)),
        }
    }
}

/// A marking by its place in the list of the site; one that is not in it is higher than all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// The place in the list.
    Of(usize),
    /// No marking of the site, so that nobody knows who may read what has it.
    Unknown,
}

impl Marking {
    /// What a page says itself; `None` when it says nothing. On a site without markings, a word for what everybody may read is none.
    pub(super) fn own(front: &Front, known: &Markings) -> Option<Marking> {
        let word = front.marking.as_deref()?;
        match known.rank(word) {
            Some(rank) => Some(Marking::Of(rank)),
            None if known.is_empty() && !word.is_empty() && is_open_to_all(word) => None,
            None => Some(Marking::Unknown),
        }
    }

    /// The least that a section says of all below it: the higher of its own and of that of its cascade.
    pub(super) fn below(section: &Front, known: &Markings) -> Option<Marking> {
        let given = section.cascade.as_deref().and_then(|given| Marking::own(given, known));
        Marking::own(section, known).max(given)
    }

    /// As the site writes it; `None` for one that it does not have.
    pub(super) fn name(self, known: &Markings) -> Option<Arc<str>> {
        match self {
            Marking::Of(rank) => known.names().get(rank).map(|name| Arc::from(name.as_str())),
            Marking::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Why, tests::hidden_at};
    use crate::testing::{Page, page, site_with};

    fn marked(page: Page, marking: &str) -> Page {
        page.with("marking", marking, |front, value| front.marking = Some(value))
    }

    /// Which pages are hidden and why, on a site with two markings.
    fn hidden(pages: Vec<Page>) -> Vec<(String, Why)> {
        let with_markings = |config: &mut crate::config::Config| {
            let text = "[markings]\norder = [\"official\", \"restricted\"]";
            config.markings = crate::config::read(&Arc::from("site.toml"), text, &[]).0.markings;
        };
        hidden_at(&site_with(with_markings, pages, &[]))
    }

    #[test]
    fn a_page_with_a_marking_is_hidden_from_whoever_is_cleared_for_nothing() {
        let pages = vec![marked(page("a.md"), "Official"), page("b.md"), marked(page("c.md"), "secret")];
        assert_eq!(hidden(pages), [("a.md".into(), Why::Marked), ("c.md".into(), Why::Unknown)]);
    }

    #[test]
    fn the_marking_of_a_section_and_of_its_cascade_is_the_least_of_all_below() {
        let section = marked(page("s/_index.md"), "restricted");
        let mut giving = page("t/_index.md");
        giving.front.cascade.get_or_insert_default().marking = Some("restricted".into());
        let pages = vec![section, marked(page("s/a/x.md"), "official"), page("s/y.md"), giving, marked(page("t/z.md"), "official")];
        let found = hidden(pages);
        assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["s/_index.md", "s/a/x.md", "s/y.md", "t/z.md"]);
    }
}
