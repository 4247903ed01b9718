//! Old addresses: which page each leads to.
//!
//! It must not know how a redirect is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::fingerprint::Lookup;
use crate::index::names::is_translation;
use crate::index::{Columns, List, PageId};
use crate::page::route::{alias_address, can_redirect, is_address};

/// An old address that does not lead where its page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Another page lives there, or a list without a page of its own.
    Taken {
        /// The page that says so.
        page: PageId,
        /// The old address.
        alias: String,
        /// Who lives there; `None` for a list.
        by: Option<PageId>,
    },
    /// A page or a list lives where the number of another page would lead to that.
    NumberTaken {
        /// The page with the number.
        page: PageId,
        /// Where its number would lead to it.
        address: String,
        /// Who lives there; `None` for a list.
        by: Option<PageId>,
    },
    /// Two pages say that it was theirs.
    Twice {
        /// The old address.
        alias: String,
        /// The page to which it leads.
        winner: PageId,
        /// The page to which it does not.
        loser: PageId,
    },
}

/// The aliases of all pages that are free, each with the page it leads to; in the order of addresses; and what is wrong with
/// the others.
pub fn redirects(columns: &Columns, lists: &[List]) -> (Vec<(Arc<str>, PageId)>, Vec<Problem>) {
    let facts = columns.facts;
    let mut problems = Vec::new();
    let lists = lists.iter().map(|list| (&*list.route, list.page));
    let pages = facts.iter().enumerate().map(|(page, fact)| (&**fact.route(), Some(page as PageId)));
    let taken: Lookup<&str, Option<PageId>> = lists.chain(pages).collect();
    let mut claims: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        for alias in fact.front().aliases.iter().filter(|alias| can_redirect(alias)) {
            // A name may be a number that the page had once.
            let written = match is_address(alias) {
                true => Some(alias_address(alias, fact.route())),
                false => fact.page.address_of_number(alias, columns.config),
            };
            let Some(written) = written else { continue };
            // A folder and its `index.html` are one file.
            let bare = written.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
            let address = bare.unwrap_or(written);
            match taken.get(address.as_str()) {
                // A page may name its own address among the old ones.
                Some(by) if *by == Some(page) => {}
                Some(by) => problems.push(Problem::Taken { page, alias: alias.clone(), by: *by }),
                None => {
                    let pages = claims.entry(address).or_default();
                    if !pages.contains(&page) {
                        pages.push(page);
                    }
                }
            }
        }
    }
    number(columns, &taken, &mut claims, &mut problems);
    let settled = |(address, pages): (String, Vec<PageId>)| {
        let page = winner(columns, &address, &pages, &mut problems);
        (Arc::from(address), page)
    };
    (claims.into_iter().map(settled).collect(), problems)
}

/// Gives each number its address. It belongs to its page for good, so that an alias of another page has to yield.
fn number(
    columns: &Columns,
    taken: &Lookup<&str, Option<PageId>>,
    claims: &mut BTreeMap<String, Vec<PageId>>,
    problems: &mut Vec<Problem>,
) {
    let numbered = if columns.config.numbers.is_empty() { &[] } else { columns.facts };
    for (page, fact) in (0..).zip(numbered) {
        let Some(address) = fact.page.number_address(columns.config) else { continue };
        match taken.get(address.as_str()) {
            Some(by) if *by != Some(page) => problems.push(Problem::NumberTaken { page, address, by: *by }),
            // Where capital letters make no difference, the page would be lost.
            _ if address.eq_ignore_ascii_case(fact.route()) => {}
            _ => {
                let others = claims.insert(address.clone(), vec![page]).unwrap_or_default();
                let losers = others.into_iter().filter(|other| *other != page);
                problems.extend(losers.map(|loser| Problem::Twice { alias: address.clone(), winner: page, loser }));
            }
        }
    }
}

/// The page to which an address leads that `pages` claim, which are in the order of paths.
fn winner(columns: &Columns, address: &str, pages: &[PageId], problems: &mut Vec<Problem>) -> PageId {
    if let [page] = pages {
        return *page;
    }
    let fact = |page: PageId| &columns.facts[page as usize];
    // A translation begins as a copy, aliases and all: the old address is that of the page in its language.
    let lang = language_at(columns.config, address);
    let is_copy = |page: &PageId| {
        fact(*page).lang() != lang && pages.iter().any(|other| fact(*other).lang() == lang && is_translation(fact(*page), fact(*other)))
    };
    let claimants: Vec<PageId> = pages.iter().copied().filter(|page| !is_copy(page)).collect();
    // The later date wins, then the first path.
    let date = |page: PageId| fact(page).page.date.map(|date| date.at);
    let winner = claimants.iter().copied().reduce(|one, other| if date(other) > date(one) { other } else { one }).unwrap_or(pages[0]);
    let losers = claimants.into_iter().filter(|page| *page != winner);
    problems.extend(losers.map(|loser| Problem::Twice { alias: address.into(), winner, loser }));
    winner
}

/// The language whose pages live at an address.
fn language_at(config: &Config, address: &str) -> u8 {
    let first = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    config.languages.iter().position(|code| code == first).map_or(0, |at| at as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{page, site, site_with};

    fn redirects(sample: &crate::testing::Sample) -> Vec<String> {
        sample.site.addresses.redirects().map(|(from, page)| format!("{from} {}", sample.paths([page])[0])).collect()
    }

    #[test]
    fn aliases_lead_to_their_page_with_and_without_slashes() {
        let sample = site([page("b/a.md").aliases(&["/old", "/2019/x.html", "/older/", "./beside", "../above", "below/it"])]);
        let expected = ["/2019/x.html", "/above/", "/b/below/it/", "/b/beside/", "/old/", "/older/"].map(|from| format!("{from} b/a.md"));
        assert_eq!(redirects(&sample), expected);
    }

    #[test]
    fn an_alias_without_a_slash_is_a_name_and_no_address() {
        let sample = site([page("a.md").aliases(&["old", "Storage note", "x.html"]), page("topics/net.md").aliases(&[".NET"])]);
        assert_eq!((redirects(&sample), &sample.site.addresses.problems[..]), (Vec::new(), &[][..]));
    }

    #[test]
    fn an_alias_that_translations_share_leads_to_the_language_of_its_address() {
        let shared = |path: &str, date: &str| page(path).date(date).aliases(&["/old/", "/fr/old/", "/x/"]);
        let pages = vec![shared("a.ar.md", "2027-01-01"), shared("a.fr.md", "2025-01-02"), shared("a.md", "2025-01-01")];
        let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
        assert_eq!(sample.gate.public.len(), 2, "one is scheduled");
        assert_eq!(
            (redirects(&sample), &sample.site.addresses.problems[..]),
            (vec!["/fr/old/ a.fr.md".into(), "/old/ a.md".into(), "/x/ a.md".into()], &[][..])
        );
    }

    #[test]
    fn an_alias_of_two_translations_without_its_own_leads_to_the_later_date() {
        let pages = vec![page("a.ar.md").date("2025-01-01").aliases(&["/old/"]), page("a.fr.md").date("2025-01-02").aliases(&["/old/"])];
        let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
        assert_eq!(redirects(&sample), ["/old/ a.fr.md"]);
        assert_eq!(sample.site.addresses.problems, [Problem::Twice { alias: "/old/".into(), winner: 1, loser: 0 }]);
    }

    #[test]
    fn a_page_stands_where_an_alias_wants_to_be() {
        let sample = site([page("a.md").aliases(&["/b/", "/x/", "/a/"]), page("b.md"), page("x/c.md")]);
        assert_eq!(redirects(&sample), [""; 0]);
        let taken = |alias: &str, by: Option<PageId>| Problem::Taken { page: 0, alias: alias.into(), by };
        assert_eq!(sample.site.addresses.problems, [taken("/b/", Some(1)), taken("/x/", None)], "its own address is no problem");
    }

    #[test]
    fn an_alias_claimed_twice_leads_to_the_later_date_then_the_first_path() {
        let old = page("a.md").date("2024-01-01").aliases(&["/x/", "/y/"]);
        let sample = site([old, page("b.md").date("2025-01-01").aliases(&["/x/"]), page("c.md").date("2024-01-01").aliases(&["/y/"])]);
        assert_eq!(redirects(&sample), ["/x/ b.md", "/y/ a.md"]);
        let twice = |alias: &str, winner: PageId, loser: PageId| Problem::Twice { alias: alias.into(), winner, loser };
        assert_eq!(sample.site.addresses.problems, [twice("/x/", 1, 0), twice("/y/", 0, 2)]);
    }

    #[test]
    fn a_number_leads_to_its_page_in_its_language_and_no_alias_is_before_it() {
        let settings = "[numbers]\npattern = \"PB-{year}-{nnn}\"\n";
        let pages = vec![
            page("a.md").id("PB-2026-001"),
            page("a.fr.md").id("PB-2026-001"),
            page("b.md").id("PB-2026-002").aliases(&["/PB-2026-001/", "/x/"]),
            page("c.md").id("PB-2026-003").with("path", "/PB-2026-002/", |front, path| front.path = Some(path)),
            page("pb-2026-005.md").id("PB-2026-005"),
            page("d.md").id("odd"),
            page("e.md").id("PB-2026-006").status(crate::page::front::Status::Draft),
        ];
        let of = |config: &mut Config| {
            config.numbers = crate::config::read(&"site.toml".into(), settings, &[]).0.numbers;
            config.languages = vec!["fr".into()];
        };
        let sample = site_with(of, pages, &[]);
        let expected = ["/PB-2026-001/ a.md", "/PB-2026-003/ c.md", "/fr/PB-2026-001/ a.fr.md", "/x/ b.md"];
        assert_eq!(redirects(&sample), expected);
        let (a, b, c) = (sample.id("a.md"), sample.id("b.md"), sample.id("c.md"));
        let taken = Problem::NumberTaken { page: b, address: "/PB-2026-002/".into(), by: Some(c) };
        let twice = Problem::Twice { alias: "/PB-2026-001/".into(), winner: a, loser: b };
        assert_eq!(sample.site.addresses.problems.iter().filter(|problem| [&taken, &twice].contains(problem)).count(), 2);
        assert_eq!(sample.gate.hidden[0].aliases, ["/PB-2026-006/"], "it is looked for, and no lost address");
    }
}
