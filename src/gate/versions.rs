//! Earlier texts of pages: which of them readers may see. None outlives its page.
//!
//! Owns `Version` and `HiddenVersion`. It must not know what stands in a text.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::marking::Marking;
use super::visibility::{Inputs, Visibility};
use super::{Gate, Hidden, Show, Why, earlier};
use crate::config::Config;
use crate::config::markings::Markings;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::fingerprint::Fingerprint;
use crate::page::facts::PageMeta;
use crate::page::front::Front;
use crate::page::origin::Origin;
use crate::page::version::{self, VersionName, VersionPath};
use crate::sources::Sources;

/// An earlier text that comes to the gate.
pub struct VersionCandidate {
    /// Its file.
    pub file: Arc<str>,
    /// What that says.
    pub path: VersionPath,
    /// The fingerprint of its text.
    pub print: Fingerprint,
    /// What it said of itself.
    pub front: Arc<Front>,
}

/// An earlier text of a public page, which readers see.
pub struct Version {
    /// The place of its page among the public ones.
    pub page: usize,
    /// Which one it is.
    pub name: VersionName,
    /// What it said of itself, at its own address.
    pub meta: Arc<PageMeta>,
}

/// An earlier text that readers do not see.
#[derive(Debug, Clone)]
pub struct HiddenVersion {
    /// Its file.
    pub path: Arc<str>,
    /// The file of its page.
    pub page: Arc<str>,
    /// Where it would be.
    pub route: Arc<str>,
    /// Which one it is.
    pub name: VersionName,
    /// Its `title`; empty when it has none.
    pub title: String,
    /// Its marking or that of its page, the higher one, as the site writes it; `None` when both have none.
    pub marking: Option<Arc<str>>,
    /// Why readers do not see it: for its page, for itself, or because its day has not come.
    pub why: Why,
}

/// The page that a version is of.
enum Home<'a> {
    Public(usize, &'a Arc<PageMeta>),
    Hidden(&'a Hidden),
}

/// Decides of earlier texts, once that is decided of all pages. `candidates` are in the order of their paths.
pub fn versions(gate: &mut Gate, candidates: &[VersionCandidate], config: &Config, sources: &Sources, show: &Show) {
    if candidates.is_empty() {
        return;
    }
    let inputs = Inputs { config, sources, show, present: None };
    let decided: Vec<Decided> = {
        let homes = homes(gate, config);
        candidates.par_iter().map(|candidate| decide(candidate, &homes, inputs)).collect()
    };
    let (mut public, mut hidden, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for decided in decided {
        gate.next_change = earlier(gate.next_change, decided.due);
        gate.horizon = earlier(gate.horizon, decided.horizon);
        found.extend(decided.found);
        match decided.what {
            Some(Ok(version)) => public.push(version),
            Some(Err(version)) => hidden.push(version),
            None => {}
        }
    }
    public.sort_by_key(|version: &Version| (version.page, version.name));
    public.dedup_by(|next, first| {
        let is_same = (next.page, next.name) == (first.page, first.name);
        if is_same {
            found.push(same(&first.meta.origin.path, &next.meta.origin.path));
        }
        is_same
    });
    (gate.versions, gate.hidden_versions) = (public, hidden);
    gate.diagnostics.extend(found);
}

/// All pages by where their versions lie.
fn homes<'a>(gate: &'a Gate, config: &Config) -> HashMap<(String, u8), Home<'a>> {
    let mut homes: HashMap<(String, u8), Home> = HashMap::new();
    for page in &gate.hidden {
        if let Some(origin) = Origin::from_path(&page.path, &config.languages) {
            homes.insert((version::home(&origin), page.lang), Home::Hidden(page));
        }
    }
    for (at, page) in gate.public.iter().enumerate() {
        homes.insert((version::home(&page.origin), page.origin.lang), Home::Public(at, page));
    }
    homes
}

/// What was decided of one.
#[derive(Default)]
struct Decided {
    what: Option<Result<Version, HiddenVersion>>,
    due: Option<Timestamp>,
    horizon: Option<Timestamp>,
    found: Vec<Diagnostic>,
}

fn decide(candidate: &VersionCandidate, homes: &HashMap<(String, u8), Home>, inputs: Inputs) -> Decided {
    let file = &candidate.file;
    let Some(name) = candidate.path.name else { return Decided { found: vec![bad_name(file)], ..Decided::default() } };
    let (at, page) = match homes.get(&(candidate.path.page.to_string(), candidate.path.lang)) {
        None => return Decided { found: vec![lone(candidate, homes)], ..Decided::default() },
        Some(Home::Hidden(page)) => {
            let hidden = HiddenVersion::below(page, candidate, name, &inputs.config.markings);
            return Decided { what: Some(Err(hidden)), ..Decided::default() };
        }
        Some(Home::Public(at, page)) => (*at, *page),
    };
    let route: Arc<str> = name.route(&page.route).into();
    let origin = Arc::new(version::origin(&page.origin, file));
    let decision = Visibility::new(inputs, &origin, &candidate.front).decide_version(page, route.clone(), name.day);
    let mut found = decision.found.diagnostics;
    if decision.reason == Some((Why::Scheduled, None)) && decision.is_day_to_come {
        found.push(to_come(file, name));
    } else if let Some(newest) = page.newest_day().filter(|newest| *newest < name.day) {
        found.push(newer(file, name, newest, &page.origin.path));
    }
    let what = match decision.reason {
        None => Ok(Version { page: at, name, meta: decision.page }),
        Some((why, _)) => {
            let (title, marking) = (candidate.front.title.clone().unwrap_or_default(), decision.page.marking.clone());
            Err(HiddenVersion { path: file.clone(), page: page.origin.path.clone(), route, name, title, marking, why })
        }
    };
    Decided { what: Some(what), due: decision.due, horizon: decision.horizon, found }
}

impl HiddenVersion {
    /// A version of a hidden page, whatever it says of itself.
    fn below(page: &Hidden, candidate: &VersionCandidate, name: VersionName, markings: &Markings) -> HiddenVersion {
        let own = Marking::own(&candidate.front, markings);
        let of_page = page.marking.as_deref().and_then(|name| markings.rank(name)).map(Marking::Of);
        HiddenVersion {
            path: candidate.file.clone(),
            page: page.path.clone(),
            route: name.route(&page.route).into(),
            name,
            title: candidate.front.title.clone().unwrap_or_default(),
            marking: own.max(of_page).and_then(|marking| marking.name(markings)),
            why: page.why,
        }
    }
}

fn bad_name(file: &Arc<str>) -> Diagnostic {
    let name = file.rsplit('/').next().unwrap_or(file);
    Diagnostic::warning("bad-version", format!("`{name}` is no name of a version, so nobody sees it"))
        .at(Place::file(file))
        .hint("a version is called by the day from which on it was the text: `2025-06-25.md`, the second of that day `2025-06-25-2.md`")
}

fn lone(candidate: &VersionCandidate, homes: &HashMap<(String, u8), Home>) -> Diagnostic {
    let VersionPath { page, lang, .. } = &candidate.path;
    let mut candidates: Vec<&str> = homes.keys().filter(|(_, of)| of == lang).map(|(home, _)| home.as_str()).collect();
    candidates.sort_unstable();
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
    let moved = candidates.iter().copied().find(|home| last(home) == last(page));
    let whose = if page.is_empty() { "no page".to_string() } else { format!("`{page}`, which is no page") };
    let problem =
        Diagnostic::warning("lone-version", format!("this is a version of {whose}, so nobody sees it")).at(Place::file(&candidate.file));
    match moved.or_else(|| nearest(page, candidates.iter().copied())) {
        Some(near) => problem.hint(format!("move its folder to `{}{near}/`, if that is the page; or delete it", version::FOLDER)),
        None => problem.hint(format!(
            "the versions of `content/briefings/x.md` lie in `{}briefings/x/`; delete it, if the page is gone",
            version::FOLDER
        )),
    }
}

fn same(first: &Arc<str>, next: &Arc<str>) -> Diagnostic {
    Diagnostic::error("same-version", format!("this version and `{first}` are of one page, day and number"))
        .at(Place::file(next))
        .hint("call the later one `…-2`, such as `2025-06-25-2.md`, or delete one")
}

fn to_come(file: &Arc<str>, name: VersionName) -> Diagnostic {
    Diagnostic::warning("early-version", format!("this version is of {}, which has not come, so nobody sees it", name.day))
        .at(Place::file(file))
        .hint("call it by the day from which on it was the text of its page")
}

fn newer(file: &Arc<str>, name: VersionName, newest: Date, page: &str) -> Diagnostic {
    Diagnostic::warning(
        "early-version",
        format!("this version is of {}, and the text of `{page}`, which came after it, is of {newest}", name.day),
    )
    .at(Place::file(file))
    .hint("call the version by the day from which on it was the text, or add an entry to `changes` of the page for what was changed since")
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    const PAGE: &str = "---\ntitle: X\ndate: 2025-01-01\nchanges: [{date: 2026-01-01, note: N, kind: major}]\n---\nNow.\n";

    fn told(code: &str, versions: &[&str]) -> Vec<String> {
        let paths: Vec<String> = versions.iter().map(|name| format!("content/_versions/{name}")).collect();
        let versions = paths.iter().map(|path| (path.as_str(), "---\ntitle: X\n---\nThen.\n"));
        let files: Vec<(&str, &str)> =
            [("content/b/x.md", PAGE), ("content/draft.md", "---\ntitle: D\ndraft: true\n---\n")].into_iter().chain(versions).collect();
        reports_of_files("", &files, code)
    }

    #[test]
    fn what_is_no_version_is_told_with_a_way_out() {
        let found = told("bad-version", &["b/x/2025-6-1.md", "b/x/first.md", "b/x/2025-06-25-1.md", "b/x/2025-06-25.md"]);
        assert_eq!(found.len(), 3, "{found:?}");
        let found =
            told("lone-version", &["x/2025-06-25.md", "gone/2025-06-25.md", "2025-06-25.md", "b/x/2025-06-25.md", "draft/2025-06-25.md"]);
        assert_eq!(found.len(), 3, "a page that is hidden is one: {found:?}");
        assert!(
            found.iter().any(|problem| problem.contains("x/2025-06-25.md this is") && problem.contains("content/_versions/b/x/")),
            "{found:?}"
        );
    }

    #[test]
    fn a_marking_of_no_list_is_told_of_a_version_as_of_a_page() {
        let files = [
            ("content/b/x.md", PAGE),
            ("content/_versions/b/x/2025-01-01.md", "---\ntitle: X\nmarking: Sekret\n---\nThen.\n"),
            ("content/_versions/b/x/2025-01-02.md", "---\ntitle: X\nmarking: Secret\n---\nThen.\n"),
        ];
        let found = reports_of_files("[markings]\norder = [\"Internal\", \"Secret\"]\n", &files, "unknown-marking");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("2025-01-01.md") && found[0].contains("Secret"), "{found:?}");
    }

    #[test]
    fn a_version_of_a_day_to_come_or_newer_than_its_page_is_told() {
        let found = told("early-version", &["b/x/2099-01-01.md", "b/x/2026-02-01.md", "b/x/2026-01-01.md", "draft/2099-01-01.md"]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("2026-02-01") && found[0].contains("is of 2026-01-01"), "{found:?}");
    }

    #[test]
    fn two_versions_of_one_day_are_told_apart_by_a_number() {
        assert_eq!(told("same-version", &["b/x/2025-06-25.md", "b/x/2025-06-25.markdown"]).len(), 1);
        assert_eq!(told("same-version", &["b/x/2025-06-25.md", "b/x/2025-06-25-2.md"]).len(), 0);
    }
}
