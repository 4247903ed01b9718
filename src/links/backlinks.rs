//! Links seen from the page that they lead to.
//!
//! Owns `Backlink`. It must not know how a link is written.

use super::Resolved;
use crate::index::{Index, PageId};

/// One link seen from the page it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    pub from: PageId,
    /// Its place among the links of `from`.
    pub link: u32,
}

/// For each page the listed pages that link to it, newest first, each with its first link.
pub fn collect(links: &[Box<[Resolved]>], index: &Index) -> Vec<Vec<Backlink>> {
    let mut all: Vec<Vec<Backlink>> = vec![Vec::new(); links.len()];
    // In the order of lists, so that those of one page need not be sorted.
    for from in index.order.pages.iter().copied().filter(|from| index.is_listed(*from)) {
        for (link, to) in (0..).zip(&links[from as usize]) {
            if let Resolved::To { page: Some(to), .. } = to
                && *to != from
                && all[*to as usize].last().is_none_or(|last| last.from != from)
            {
                all[*to as usize].push(Backlink { from, link });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn backlinks_are_the_first_link_of_each_listed_page_newest_first() {
        let sample = site([
            page("old.md").date("2024-01-01").to("other.md").to("x.md").to("x.md"),
            page("new.md").date("2025-01-01").wiki("x"),
            page("undated.md").to("/x/"),
            page("superseded.md").date("2026-01-01").to("x.md").status(Status::Superseded),
            page("withdrawn.md").date("2026-01-01").to("x.md").status(Status::Withdrawn),
            page("other.md"),
            page("x.md").headings(&["own"]).to("#own"),
        ]);
        let of_x = &sample.site.links.backlinks[sample.id("x.md") as usize];
        let found: Vec<(&str, u32)> = of_x.iter().map(|backlink| (sample.paths([backlink.from])[0], backlink.link)).collect();
        assert_eq!(found, [("new.md", 0), ("old.md", 1), ("undated.md", 0)]);
    }
}
