//! The order of pages in a series: by `weight`, then date; what has none comes last.
//!
//! It must not know how a series is shown.

use std::sync::Arc;

use super::{PageId, Terms};
use crate::page::{Facts, Taxonomy};

/// A page's place in one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesPlace {
    pub term: u32,
    /// From 1.
    pub position: u32,
    pub total: u32,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
}

/// The places of each page in its series.
pub fn places(facts: &[Arc<Facts>], terms: &Terms, listed: &[bool]) -> Vec<Vec<SeriesPlace>> {
    let mut places = vec![Vec::new(); facts.len()];
    for (at, term) in terms.all.iter().enumerate().filter(|(_, term)| term.taxonomy == Taxonomy::Series) {
        let mut pages: Vec<PageId> = term.pages.iter().copied().filter(|page| listed[*page as usize]).collect();
        pages.sort_by_key(|page| {
            let fact = &facts[*page as usize];
            let date = fact.page.date.map(|date| date.at);
            (fact.front().weight.unwrap_or(i64::MAX), date.is_none(), date, *page)
        });
        for (position, page) in pages.iter().enumerate() {
            places[*page as usize].push(SeriesPlace {
                term: at as u32,
                position: position as u32 + 1,
                total: pages.len() as u32,
                previous: position.checked_sub(1).map(|before| pages[before]),
                next: pages.get(position + 1).copied(),
            });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn a_series_goes_by_weight_then_date_without_what_is_superseded() {
        let sample = site([
            page("a.md").date("2025-02-01").series("S", None),
            page("b.md").date("2025-01-01").series("S", None),
            page("c.md").series("S", Some(1)),
            page("d.md").series("S", Some(2)).status(Status::Superseded),
            page("e.md").series("S", None),
        ]);
        let place = |path: &str| sample.index().series[sample.id(path) as usize].first().map(|place| (place.position, place.total));
        let places = ["c.md", "b.md", "a.md", "e.md", "d.md"].map(place);
        assert_eq!(places, [Some((1, 4)), Some((2, 4)), Some((3, 4)), Some((4, 4)), None]);
        let middle = &sample.index().series[sample.id("b.md") as usize][0];
        assert_eq!((middle.previous, middle.next), (Some(sample.id("c.md")), Some(sample.id("a.md"))));
    }
}
