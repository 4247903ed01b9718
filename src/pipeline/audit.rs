//! The audit: every file that is written is looked through for what would give away a hidden page, and what is found is told at the source's line.
//!
//! It must not know how bytes are searched. It is the only stage that puts what is hidden beside what is public.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::Plan;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::gate::{Hidden, traces};
use crate::index::names::{Answer, Names};
use crate::lint;
use crate::output::Folder;
use crate::output::audit::{self, Auditor, Found, What};
use crate::page::route::hidden_name;
use crate::sources::{Content, Sources};
use crate::url::encode;

/// Looks at files while they are rendered, from many threads.
pub struct Audit {
    auditor: Auditor,
    /// Whether files that are kept must be looked at too, because nobody has looked for all this in them.
    pub looks_at_kept: bool,
    found: Mutex<Vec<Found>>,
}

/// What to look for in the files of a site; nothing, if nothing is hidden.
pub fn auditor(plan: &Plan, sources: &Sources) -> Option<Auditor> {
    let Plan { site, hidden, .. } = plan;
    if hidden.is_empty() {
        return None;
    }
    let is_planned = |path: &str| plan.find(path).is_some();
    let public = Names::new(&site.facts);
    // A translation has the number and the names of its original.
    let is_public = |name: &str, page: &Hidden| [page.lang, 0].iter().any(|lang| !matches!(public.find(name, *lang), Answer::None));
    let ids: BTreeSet<&str> = site.facts.iter().filter_map(|fact| fact.front().id.as_deref()).collect();
    let own: BTreeSet<Fingerprint> =
        hidden.iter().flat_map(|page| page.answers().filter(|name| !is_public(name, page)).map(hidden_name)).collect();
    let mut traces = traces(hidden, sources);
    // What readers have today is no secret: pages of today name it, and are shown as they stood.
    traces.retain(|trace| !hidden[trace.whose].is_later);
    traces.retain(|trace| match &trace.what {
        // What a public file of the site stands at is no secret, whatever else had the address.
        What::Address(address) => !is_planned(address) && !is_planned(&format!("{address}/index.html")),
        What::Wikilink(name) => own.contains(name),
        What::Word(word) => !ids.contains(word.as_str()),
    });
    let host = site.config.base_url.as_ref().map(|base| base.host.clone());
    Auditor::new(audit::Site { host, path: site.base_path().to_string(), name: hidden_name, encode }, &traces)
}

/// Whether an output that was looked through for these, sorted, holds nothing of what a plan hides.
pub fn is_covered(plan: &Plan, sources: &Sources, audited: &[Fingerprint]) -> bool {
    auditor(plan, sources).is_none_or(|auditor| auditor.is_covered_by(audited))
}

impl Audit {
    /// `folder` is the output, if there is one.
    pub fn new(auditor: Auditor, folder: Option<&Folder>) -> Audit {
        let looks_at_kept = folder.is_some_and(|folder| !auditor.is_covered_by(&folder.audited()));
        Audit { auditor, looks_at_kept, found: Mutex::default() }
    }

    /// Looks for traces in the file at `path` below the output.
    pub fn look(&self, path: &str, bytes: &[u8]) {
        let found = self.auditor.look(path, bytes);
        if !found.is_empty() {
            self.found.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
        }
    }

    /// The fingerprints of all that is looked for, sorted.
    pub fn prints(&self) -> &[Fingerprint] {
        self.auditor.prints()
    }

    /// One problem for each place in the sources, or for each trace whose source is not found.
    pub fn problems(self, plan: &Plan, sources: &Sources) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.sort();
        let mut groups: BTreeMap<(usize, String), Vec<Found>> = BTreeMap::new();
        for found in found {
            groups.entry((found.whose, found.text.trim_matches('/').to_lowercase())).or_default().push(found);
        }
        let tell = |((whose, _), found): ((usize, String), Vec<Found>)| tell(&found, &plan.hidden[whose], places(plan, sources, &found));
        groups.into_iter().flat_map(tell).collect()
    }
}

fn tell(found: &[Found], page: &Hidden, places: Vec<Place>) -> Vec<Diagnostic> {
    let first = &found[0];
    let line = if first.line == 0 { "in its name".to_string() } else { format!("line {}", first.line) };
    let files: BTreeSet<&str> = found.iter().map(|found| &*found.path).collect();
    let more = match files.len() {
        1 => String::new(),
        2 => " and in 1 more file".into(),
        count => format!(" and in {} more files", count - 1),
    };
    let message = format!("`{}` gives away `{}`, which is not public", first.text, page.path);
    let problem = Diagnostic::error("leak", message)
        .hint(format!("that page {}", lint::why(page)))
        .hint(format!("it would stand in `{}`, {line}{more}", first.path));
    if places.is_empty() {
        return vec![problem.hint("no source has it as it stands there: look for it in templates, data and settings")];
    }
    places.into_iter().map(|place| problem.clone().hint("take it out here until that page is public").at(place)).collect()
}

/// Where the sources say what was found: those that the files are made of first, else any other; at most three.
fn places(plan: &Plan, sources: &Sources, found: &[Found]) -> Vec<Place> {
    let mut own: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut shown: BTreeSet<Arc<str>> = BTreeSet::new();
    for found in found {
        let Some(output) = plan.find(&found.path) else { continue };
        let origin = output.origin(&plan.view);
        own.extend(origin.own.iter().map(|path| Arc::from(&**path)));
        shown.extend(origin.shown.iter().map(|page| plan.site.page(*page).path().clone()));
    }
    let rest = std::iter::once(sources.settings.0.clone()).chain(sources.below("").iter().map(|source| source.path.clone()));
    let public: BTreeSet<&str> = plan.site.facts.iter().map(|fact| &**fact.path()).collect();
    // A page that is hidden may say what it likes of itself.
    let rest: Vec<Arc<str>> = rest.filter(|path| !path.ends_with(".md") || public.contains(&**path)).collect();
    [own.into_iter().collect::<Vec<_>>(), shown.into_iter().collect(), rest]
        .iter()
        .map(|paths| paths.iter().filter_map(|path| place(sources, path, found)).take(3).collect::<Vec<Place>>())
        .find(|places| !places.is_empty())
        .unwrap_or_default()
}

/// Where a source says what was found, in its name or in its text.
fn place(sources: &Sources, path: &Arc<str>, found: &[Found]) -> Option<Place> {
    let text = if *path == sources.settings.0 { sources.text(path) } else { text(sources, path)? };
    let lower = text.to_ascii_lowercase();
    let wanted = found.iter().map(|found| found.text.to_ascii_lowercase().replace("&amp;", "&"));
    let range = wanted.filter_map(|wanted| Some(lower.find(&wanted)?..lower.find(&wanted)? + wanted.len())).next();
    match range {
        Some(range) => Some(Place::range(path, &text, range)),
        None => found.iter().any(|found| found.line == 0 && path.ends_with(&*found.path)).then(|| Place::file(path)),
    }
}

/// What a file says, if it is text.
fn text(sources: &Sources, path: &str) -> Option<Arc<String>> {
    match &sources.get(path)?.content {
        Content::Text(text) => Some(text.get()),
        Content::File => {
            let mut bytes = Vec::new();
            sources.copy(path, &mut bytes).ok()?;
            Some(Arc::new(String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}
