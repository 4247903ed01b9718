//! Every address of the site: pages, lists, files, and the old addresses that lead to a page.
//!
//! Owns `Addresses`. It must not know who links to them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::Candidates;
use super::lists::{Form, List};
use super::names::is_translation;
use super::{Columns, PageId, Problem};
use crate::config::Config;
use crate::fingerprint::Lookup;
use crate::page::route::{absolute, alias_address, can_redirect, composed, is_address};

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Page(PageId),
    /// A list or file without a page of its own.
    Other,
    /// A feed or the sitemap, which are written only by a site that knows where it lives.
    Unwritten,
}

/// Every address that a link can lead to.
pub struct Addresses {
    routes: Lookup<Arc<str>, Target>,
    /// Addresses of files in `content/`, by their path there.
    files: Lookup<Arc<str>, Arc<str>>,
    aliases: Lookup<Arc<str>, PageId>,
    /// Addresses of files of `static/`, which are never renamed, and paths of files in `content/`: those that are not composed, by their composed form.
    decomposed: Lookup<String, Arc<str>>,
}

impl Addresses {
    pub fn of(columns: &Columns, lists: &[List], redirects: &[(Arc<str>, PageId)], files: &Candidates) -> Addresses {
        let mut routes = Lookup::default();
        routes.reserve(columns.facts.len() + lists.len() * 3);
        let feed = if columns.config.base_url.is_some() { Target::Other } else { Target::Unwritten };
        for list in lists {
            routes.insert(list.route.clone(), Target::Other);
            if list.has_feed(columns.facts) {
                routes.extend(Form::ALL.map(|form| (Arc::from(list.feed(form)), feed)));
            }
        }
        routes.extend(columns.facts.iter().enumerate().map(|(page, fact)| (fact.route().clone(), Target::Page(page as PageId))));
        for name in &columns.statics {
            routes.entry(Arc::from(format!("/{name}"))).or_insert(Target::Other);
            if let Some(folder) = name.strip_suffix("index.html") {
                routes.entry(Arc::from(format!("/{folder}"))).or_insert(Target::Other);
            }
        }
        for file in files {
            routes.entry(file.route.clone()).or_insert(Target::Other);
        }
        for (name, target) in [("/sitemap.xml", feed), ("/robots.txt", Target::Other), ("/404.html", Target::Other)] {
            routes.entry(Arc::from(name)).or_insert(target);
        }
        let decomposed = |written: Arc<str>| match composed(&written) {
            Cow::Owned(name) => Some((name, written)),
            Cow::Borrowed(_) => None,
        };
        let statics = columns.statics.iter().filter(|name| !name.is_ascii()).map(|name| Arc::from(format!("/{name}")));
        let paths = files.iter().filter(|file| !file.path.is_ascii()).map(|file| file.path.clone());
        let decomposed = statics.chain(paths).filter_map(decomposed).collect();
        let files = files.iter().map(|file| (file.path.clone(), file.route.clone())).collect();
        Addresses { routes, files, aliases: redirects.iter().cloned().collect(), decomposed }
    }

    /// What a look-up gives for a name as it is written; else as it is composed, or as a file of that composed name is called.
    fn in_any_form<T>(&self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = find(name);
        if found.is_some() || name.is_ascii() {
            return found;
        }
        let name = composed(name);
        find(&name).or_else(|| find(self.decomposed.get(&*name)?))
    }

    /// The address of a file in `content/`, by its path from the root of the project.
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        self.in_any_form(path, |path| self.files.get(path))
    }

    /// The address of a file of the site that is no page, if there is one.
    pub fn published(&self, route: &str) -> Option<Arc<str>> {
        let file = |route: &str| self.routes.get_key_value(route).filter(|(_, target)| **target == Target::Other);
        self.in_any_form(route, file).map(|(route, _)| route.clone())
    }

    /// What stands at an address as an author would write it: with or without the slash at its end or `index.html`.
    pub fn route(&self, route: &str) -> Option<(Arc<str>, Target)> {
        self.in_any_form(route, |route| self.in_this_form(route))
    }

    fn in_this_form(&self, route: &str) -> Option<(Arc<str>, Target)> {
        let exact = |route: &str| self.routes.get_key_value(route).map(|(route, target)| (route.clone(), *target));
        let bare = route.strip_suffix("index.html").unwrap_or(route);
        exact(bare)
            .or_else(|| exact(route))
            .or_else(|| if bare.ends_with('/') { None } else { exact(&format!("{bare}/")) })
            .or_else(|| self.aliases.get(&*absolute(route)).map(|page| (Arc::from(""), Target::Page(*page))))
    }
}

/// The aliases of all pages that are free, each with the page it leads to; in the order of addresses.
pub fn redirects(columns: &Columns, lists: &[List], problems: &mut Vec<Problem>) -> Vec<(Arc<str>, PageId)> {
    let facts = columns.facts;
    let lists = lists.iter().map(|list| (&*list.route, list.page));
    let pages = facts.iter().enumerate().map(|(page, fact)| (&**fact.route(), Some(page as PageId)));
    let taken: Lookup<&str, Option<PageId>> = lists.chain(pages).collect();
    let mut claims: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        for alias in fact.front().aliases.iter().filter(|alias| is_address(alias) && can_redirect(alias)) {
            let written = alias_address(alias, fact.route());
            // A folder and its `index.html` are one file.
            let bare = written.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
            let address = bare.unwrap_or(written);
            match taken.get(address.as_str()) {
                // A page may name its own address among the old ones.
                Some(by) if *by == Some(page) => {}
                Some(by) => problems.push(Problem::AliasTaken { page, alias: alias.clone(), by: *by }),
                None => {
                    let pages = claims.entry(address).or_default();
                    if !pages.contains(&page) {
                        pages.push(page);
                    }
                }
            }
        }
    }
    let settled = |(address, pages): (String, Vec<PageId>)| {
        let page = winner(columns, &address, &pages, problems);
        (Arc::from(address), page)
    };
    claims.into_iter().map(settled).collect()
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
    problems.extend(losers.map(|loser| Problem::AliasTwice { alias: address.into(), winner, loser }));
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
        sample.index().redirects.iter().map(|(from, page)| format!("{from} {}", sample.paths([*page])[0])).collect()
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
        assert_eq!((redirects(&sample), &sample.index().problems[..]), (Vec::new(), &[][..]));
    }

    #[test]
    fn an_alias_that_translations_share_leads_to_the_language_of_its_address() {
        let shared = |path: &str, date: &str| page(path).date(date).aliases(&["/old/", "/fr/old/", "/x/"]);
        let pages = vec![shared("a.ar.md", "2027-01-01"), shared("a.fr.md", "2025-01-02"), shared("a.md", "2025-01-01")];
        let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
        assert_eq!(sample.gate.public.len(), 2, "one is scheduled");
        assert_eq!(
            (redirects(&sample), &sample.index().problems[..]),
            (vec!["/fr/old/ a.fr.md".into(), "/old/ a.md".into(), "/x/ a.md".into()], &[][..])
        );
    }

    #[test]
    fn an_alias_of_two_translations_without_its_own_leads_to_the_later_date() {
        let pages = vec![page("a.ar.md").date("2025-01-01").aliases(&["/old/"]), page("a.fr.md").date("2025-01-02").aliases(&["/old/"])];
        let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
        assert_eq!(redirects(&sample), ["/old/ a.fr.md"]);
        assert_eq!(sample.index().problems, [Problem::AliasTwice { alias: "/old/".into(), winner: 1, loser: 0 }]);
    }

    #[test]
    fn a_page_stands_where_an_alias_wants_to_be() {
        let sample = site([page("a.md").aliases(&["/b/", "/x/", "/a/"]), page("b.md"), page("x/c.md")]);
        assert_eq!(redirects(&sample), [""; 0]);
        let taken = |alias: &str, by: Option<PageId>| Problem::AliasTaken { page: 0, alias: alias.into(), by };
        assert_eq!(sample.index().problems, [taken("/b/", Some(1)), taken("/x/", None)], "its own address is no problem");
    }

    #[test]
    fn an_alias_claimed_twice_leads_to_the_later_date_then_the_first_path() {
        let old = page("a.md").date("2024-01-01").aliases(&["/x/", "/y/"]);
        let sample = site([old, page("b.md").date("2025-01-01").aliases(&["/x/"]), page("c.md").date("2024-01-01").aliases(&["/y/"])]);
        assert_eq!(redirects(&sample), ["/x/ b.md", "/y/ a.md"]);
        let twice = |alias: &str, winner: PageId, loser: PageId| Problem::AliasTwice { alias: alias.into(), winner, loser };
        assert_eq!(sample.index().problems, [twice("/x/", 1, 0), twice("/y/", 0, 2)]);
    }
}
