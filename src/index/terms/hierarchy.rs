//! The hierarchy of topics: broader, narrower and related ones.
//!
//! It must not know how terms are found; it only joins them.

use std::collections::HashSet;
use std::sync::Arc;

use super::Terms;
use crate::diagnostic::nearest;
use crate::index::{PageId, Problem};
use crate::page::Facts;

/// `broader` and `related` of topic pages, and what nested folders imply.
pub fn relate(facts: &[Arc<Facts>], terms: &mut Terms, problems: &mut Vec<Problem>) {
    let mut broader: Vec<(u32, u32)> = Vec::new();
    for at in 0..terms.all.len() {
        let Some(page) = terms.all[at].page else { continue };
        let (taxonomy, lang) = (terms.all[at].taxonomy, terms.all[at].lang);
        let fact = &facts[page as usize];
        let mut look = |key: &'static str, spelling: &String| {
            let found = terms.find(taxonomy, lang, spelling).filter(|found| *found != at as u32);
            if found.is_none() {
                let names = terms.of(taxonomy, lang).map(|(_, term)| &*term.name);
                let nearest = nearest(spelling, names).map(str::to_string);
                problems.push(Problem::UnknownBroader { page, key, spelling: spelling.clone(), nearest });
            }
            found
        };
        let mut above: Vec<u32> = fact.front().broader.iter().filter_map(|spelling| look("broader", spelling)).collect();
        let related: Vec<u32> = fact.front().related.iter().filter_map(|spelling| look("related", spelling)).collect();
        if fact.front().broader.is_empty() {
            let folders = folders_above(fact, taxonomy.name());
            above.extend(folders.filter_map(|folder| terms.find(taxonomy, lang, folder)).find(|found| *found != at as u32));
        }
        broader.extend(above.into_iter().map(|above| (at as u32, above)));
        terms.all[at].related = related;
    }
    broader.sort_unstable();
    broader.dedup();
    for (below, above) in broader {
        if let Some(chain) = chain(terms, above, below) {
            let names = chain.iter().map(|term| terms.all[*term as usize].name.to_string()).collect();
            let page = terms.all[below as usize].page.unwrap_or_default();
            problems.push(Problem::TopicLoop { names, page });
            continue;
        }
        terms.all[below as usize].broader.push(above);
        terms.all[above as usize].narrower.push(below);
    }
    // What is related is so from both sides.
    for at in 0..terms.all.len() {
        for other in terms.all[at].related.clone() {
            terms.all[other as usize].related.push(at as u32);
        }
    }
    let names: Vec<Arc<str>> = terms.all.iter().map(|term| term.name.clone()).collect();
    for term in &mut terms.all {
        for list in [&mut term.broader, &mut term.narrower, &mut term.related] {
            list.sort_by(|a, b| names[*a as usize].cmp(&names[*b as usize]).then(a.cmp(b)));
            list.dedup();
        }
    }
}

/// The names of the folders between a vocabulary's own and a page, the nearest first: `topics/a/b.md`, `topics/a/b/index.md` and
/// `topics/a/b/_index.md` lie below `a`.
fn folders_above<'a>(fact: &'a Facts, vocabulary: &str) -> impl Iterator<Item = &'a str> {
    let inside = fact.page.origin.section().strip_prefix(vocabulary).and_then(|inside| inside.strip_prefix('/'));
    inside.into_iter().flat_map(|inside| inside.rsplit('/'))
}

/// The way up from `from` to `to`, if there is one: then `to` must not be narrower than `from` as well.
fn chain(terms: &Terms, from: u32, to: u32) -> Option<Vec<u32>> {
    let mut ways = vec![vec![from]];
    let mut seen = HashSet::new();
    while let Some(way) = ways.pop() {
        let here = *way.last().expect("a way has a beginning");
        if here == to {
            return Some(way);
        }
        if !seen.insert(here) {
            continue;
        }
        ways.extend(terms.all[here as usize].broader.iter().map(|above| way.iter().copied().chain([*above]).collect()));
    }
    None
}

/// A broad topic also lists the pages of its narrower ones.
pub fn broaden(terms: &mut Terms, rank: &[u32]) {
    let own: Vec<Arc<[PageId]>> = terms.all.iter().map(|term| term.pages.clone()).collect();
    for at in 0..terms.all.len() {
        if terms.all[at].narrower.is_empty() {
            continue;
        }
        let mut pages = own[at].to_vec();
        let mut below = terms.all[at].narrower.clone();
        let mut seen = HashSet::from([at as u32]);
        while let Some(term) = below.pop() {
            if !seen.insert(term) {
                continue;
            }
            pages.extend_from_slice(&own[term as usize]);
            below.extend(&terms.all[term as usize].narrower);
        }
        pages.sort_by_key(|page| rank[*page as usize]);
        pages.dedup();
        terms.all[at].pages = pages.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Page, Sample, page, site};

    fn topic(path: &str, broader: &[&str]) -> Page {
        let mut topic = page(&format!("topics/{path}"));
        topic.front.broader = broader.iter().map(ToString::to_string).collect();
        topic
    }

    /// `narrow < broad`, by slug.
    fn tree(sample: &Sample) -> Vec<String> {
        let all = &sample.index().terms.all;
        let slug = |route: &str| route.trim_start_matches("/topics/").trim_end_matches('/').to_string();
        let above = |term: &crate::index::Term| {
            let route = slug(&term.route);
            term.broader.iter().map(move |above| format!("{route} < {}", slug(&all[*above as usize].route))).collect::<Vec<_>>()
        };
        all.iter().flat_map(above).collect()
    }

    #[test]
    fn nested_folders_imply_broader() {
        let paths = ["a/_index.md", "a/b.md", "a/c/_index.md", "a/c/d.md", "a/e/index.md", "a/nothing/f.md"];
        let sample = site(paths.iter().map(|path| topic(path, &[])));
        assert_eq!(tree(&sample), ["b < a", "c < a", "d < c", "e < a", "f < a"]);
    }

    #[test]
    fn broader_by_name_holds_over_the_folder() {
        let sample = site([topic("a/_index.md", &[]), topic("a/b.md", &["Z"]), topic("z.md", &[])]);
        assert_eq!(tree(&sample), ["b < z"]);
    }

    #[test]
    fn a_broad_topic_lists_the_pages_of_its_narrower_ones_once() {
        let pages = [
            topic("a/_index.md", &[]),
            topic("a/b/_index.md", &[]),
            topic("a/b/c.md", &["b", "a"]),
            page("x.md").topics(&["c"]),
            page("y.md").topics(&["b", "c"]),
            page("z.md").topics(&["a"]),
        ];
        let sample = site(pages);
        assert_eq!(sample.list("/topics/a/"), Some(vec!["x.md", "y.md", "z.md"]));
        assert_eq!(sample.list("/topics/b/"), Some(vec!["x.md", "y.md"]));
        assert_eq!(sample.list("/topics/c/"), Some(vec!["x.md", "y.md"]));
    }

    #[test]
    fn a_loop_is_told_and_cut() {
        let sample = site([topic("a.md", &["c"]), topic("b.md", &["a"]), topic("c.md", &["b"])]);
        assert!(matches!(sample.index().problems.as_slice(), [Problem::TopicLoop { names, .. }] if names.len() == 3));
        assert_eq!(tree(&sample), ["a < c", "b < a"]);
    }

    #[test]
    fn a_broader_topic_that_is_none_is_told_with_the_nearest() {
        let sample = site([topic("defence.md", &[]), topic("b.md", &["defense"])]);
        let Problem::UnknownBroader { key, nearest, .. } = &sample.index().problems[0] else { panic!("{:?}", sample.index().problems) };
        assert_eq!((*key, nearest.as_deref()), ("broader", Some("Defence")));
    }

    #[test]
    fn what_is_related_is_so_from_both_sides() {
        let mut one = topic("a.md", &[]);
        one.front.related = vec!["b".into()];
        let sample = site([one, topic("b.md", &[])]);
        assert_eq!(sample.index().terms.all[1].related, [0]);
    }
}
