//! Every address of the site: pages, lists, files, and the old addresses that lead to a page.
//!
//! Owns `Addresses`. It must not know who links to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::Candidates;
use super::lists::List;
use super::{Columns, PageId, Problem, Terms, terms};
use crate::fingerprint::Lookup;
use crate::page::{Facts, route};

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
}

impl Addresses {
    pub fn of(columns: &Columns, lists: &[List], redirects: &[(Arc<str>, PageId)], files: &Candidates, terms: &Terms) -> Addresses {
        let mut routes = Lookup::default();
        routes.reserve(columns.facts.len() + lists.len() * 3);
        let feed = if columns.config.base_url.is_some() { Target::Other } else { Target::Unwritten };
        for list in lists {
            routes.insert(list.route.clone(), Target::Other);
            if list.has_feed(terms, columns.facts) {
                routes.extend(["feed.xml", "feed.json"].map(|name| (Arc::from(format!("{}{name}", list.route)), feed)));
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
        let files = files.iter().map(|file| (file.path.clone(), file.route.clone())).collect();
        Addresses { routes, files, aliases: redirects.iter().cloned().collect() }
    }

    /// The address of a file in `content/`, by its path from the root of the project.
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        self.files.get(path)
    }

    /// The address of a file of the site that is no page, if there is one.
    pub fn published(&self, route: &str) -> Option<Arc<str>> {
        self.routes.get_key_value(route).filter(|(_, target)| **target == Target::Other).map(|(route, _)| route.clone())
    }

    /// What stands at an address as an author would write it: with or without the slash at its end or `index.html`.
    pub fn route(&self, route: &str) -> Option<(Arc<str>, Target)> {
        let exact = |route: &str| self.routes.get_key_value(route).map(|(route, target)| (route.clone(), *target));
        let bare = route.strip_suffix("index.html").unwrap_or(route);
        exact(bare)
            .or_else(|| exact(route))
            .or_else(|| if bare.ends_with('/') { None } else { exact(&format!("{bare}/")) })
            .or_else(|| self.aliases.get(&*route::absolute(route)).map(|page| (Arc::from(""), Target::Page(*page))))
    }
}

/// The aliases of all pages that are free, each with the page it leads to; in the order of addresses.
pub fn redirects(facts: &[Facts], lists: &[List], problems: &mut Vec<Problem>) -> Vec<(Arc<str>, PageId)> {
    let lists = lists.iter().map(|list| (&*list.route, list.page));
    let pages = facts.iter().enumerate().map(|(page, fact)| (&**fact.route(), Some(page as PageId)));
    let taken: Lookup<&str, Option<PageId>> = lists.chain(pages).collect();
    let mut claims: BTreeMap<String, PageId> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        let page = at as PageId;
        for alias in fact.front().aliases.iter().filter(|alias| is_address(alias, fact)) {
            if !route::can_redirect(alias) {
                problems.push(Problem::BadAlias { page, alias: alias.clone() });
                continue;
            }
            let route = route::absolute(alias);
            match (taken.get(route.as_str()), claims.get(&route).copied()) {
                // A page may name its own address among the old ones.
                (Some(by), _) if *by == Some(page) => {}
                (Some(by), _) => problems.push(Problem::AliasTaken { page, alias: alias.clone(), by: *by }),
                (None, Some(other)) if other != page => {
                    let date = |page: PageId| facts[page as usize].page.date.map(|date| date.at);
                    // The later date wins, then the first path; pages come in the order of paths.
                    let (winner, loser) = if date(page) > date(other) { (page, other) } else { (other, page) };
                    problems.push(Problem::AliasTwice { alias: route.clone(), winner, loser });
                    claims.insert(route, winner);
                }
                (None, _) => {
                    claims.insert(route, page);
                }
            }
        }
    }
    claims.into_iter().map(|(route, page)| (Arc::from(route), page)).collect()
}

/// Of the `aliases` of a topic page only those with a slash are addresses, the rest are other names.
fn is_address(alias: &str, fact: &Facts) -> bool {
    alias.starts_with('/') || terms::own_taxonomy(fact).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::sample::{page, site};

    fn redirects(sample: &crate::lint::sample::Sample) -> Vec<String> {
        sample.index().redirects.iter().map(|(from, page)| format!("{from} {}", sample.paths([*page])[0])).collect()
    }

    #[test]
    fn aliases_lead_to_their_page_with_and_without_slashes() {
        let sample = site([page("a.md").aliases(&["old", "/2019/x.html", "/older/"])]);
        assert_eq!(redirects(&sample), ["/2019/x.html a.md", "/old/ a.md", "/older/ a.md"]);
    }

    #[test]
    fn an_alias_at_which_no_file_can_stand_leads_nowhere() {
        let sample = site([page("a.md").aliases(&[".git/x", "old/*"]), page("topics/net.md").aliases(&[".NET"])]);
        assert_eq!(redirects(&sample), [""; 0]);
        let bad = |alias: &str| Problem::BadAlias { page: 0, alias: alias.into() };
        assert_eq!(sample.index().problems, [bad(".git/x"), bad("old/*")], "`.NET` is another name of the topic");
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
