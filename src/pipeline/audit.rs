//! The audit: every file that is written is looked through for what would give away a hidden page, and what is found is told at the source's line.
//!
//! It must not know how bytes are searched. It is the only stage that puts what is hidden beside what is public.

mod allow;
mod copies;
mod places;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Plan;
use crate::config::Level;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::emit::Output;
use crate::fingerprint::Fingerprint;
use crate::gate::versions::HiddenVersion;
use crate::gate::{Hidden, HiddenFile, Why, hidden_files, title_trace, traces, visible};
use crate::index::names::{Answer, Names};
use crate::lint;
use crate::output::Folder;
use crate::output::audit::words::hashes;
use crate::output::audit::{self, Auditor, Found, Hit, Looked, What, packed};
use crate::page::route::hidden_name;
use crate::page::version;
use crate::site::Site;
use crate::sources::Sources;
use crate::url::encode;
use allow::Allowed;
use copies::Copies;
use places::Places;

/// Looks at files while they are rendered, from many threads.
pub struct Audit<'a> {
    plan: &'a Plan,
    sources: &'a Sources,
    auditor: Auditor,
    copies: Copies,
    /// Whether files that are kept must be looked at too, because nobody has looked for all this in them.
    pub looks_at_kept: bool,
    /// Whether a file that is copied has eight words of a hidden text, and a public one has them too.
    shares: AtomicBool,
    seen: Mutex<Looked>,
}

/// What to look for in the files of a site; nothing, if nothing is hidden, or if the site does not want it.
pub fn auditor(plan: &Plan, sources: &Sources) -> Option<Auditor> {
    let Plan { site, hidden, .. } = plan;
    if hidden.is_empty() && plan.hidden_versions.is_empty() || site.config.audit.level == Level::Off {
        return None;
    }
    let is_planned = |path: &str| plan.find(path).is_some();
    let public = Names::new(&site.facts);
    // A translation has the number and the names of its original.
    let is_public = |name: &str, page: &Hidden| [page.lang, 0].iter().any(|lang| !matches!(public.find(name, *lang), Answer::None));
    let ids: BTreeSet<&str> = site.facts.iter().filter_map(|fact| fact.front().id.as_deref()).collect();
    let own: BTreeSet<Fingerprint> =
        hidden.iter().flat_map(|page| page.answers().filter(|name| !is_public(name, page)).map(hidden_name)).collect();
    let mut traces = traces(hidden, &files(plan, sources), sources);
    traces.extend(of_versions(plan, sources));
    // What readers have today is no secret: pages of today name it, and are shown as they stood.
    traces.retain(|trace| hidden.get(trace.whose).is_none_or(|page| !page.is_later));
    let titles = public_titles(plan, &traces);
    let allowed = Allowed::new(&site.config.audit.allow);
    let names: HashSet<&str> = plan.outputs.iter().map(|output| output.path.rsplit('/').next().unwrap_or_default()).collect();
    traces.retain(|trace| match &trace.what {
        // What a public file of the site stands at is no secret, whatever else had the address.
        What::Address(address) => !is_planned(address) && !is_planned(&format!("{address}/index.html")) && !allowed.has_address(address),
        What::Wikilink(name) => own.contains(name),
        What::Word(word) => !ids.contains(word.as_str()) && !names.contains(word.as_str()) && !allowed.has(word),
        What::Title(title) => !titles.contains(&hashes(title)) && !allowed.has(title),
        What::Text(_) => true,
    });
    let host = site.config.base_url.as_ref().map(|base| base.host.clone());
    let place = audit::Site { host, path: site.base_path().to_string(), name: hidden_name, encode };
    let auditor = Auditor::new(place, traces, allowed.print())?;
    site.config.audit.allow.iter().for_each(|text| auditor.excuse(text));
    Some(auditor)
}

/// Whether an output that was looked through for these, sorted, holds nothing of what a plan hides; a site that only warns may be published all the same.
pub fn is_covered(plan: &Plan, sources: &Sources, audited: &[Fingerprint]) -> bool {
    plan.site.config.audit.level == Level::Warn || auditor(plan, sources).is_none_or(|auditor| auditor.is_covered_by(audited))
}

/// Earlier texts that are hidden, with their titles, where they would be, and what became of them. Those of a page that is hidden are its own; whose the
/// others are is their place behind all pages.
fn of_versions(plan: &Plan, sources: &Sources) -> Vec<audit::Trace> {
    let of = |(at, hidden): (usize, &HiddenVersion)| {
        let page = plan.hidden.iter().position(|page| page.path == hidden.page);
        let whose = page.unwrap_or(plan.hidden.len() + at);
        let route = hidden.route.trim_matches('/');
        let changes = version::changes(&hidden.route);
        let addresses = [route, changes.trim_matches('/')].map(|address| What::Address(address.to_string()));
        let title = title_trace(&hidden.title);
        let own = [What::Text(visible(&sources.text(&hidden.path))), What::Word(hidden.path.to_string())];
        addresses.into_iter().chain(own).chain(title).map(move |what| audit::Trace { what, whose })
    };
    // On a site as it stood, a version of a day that came later is no secret.
    let is_secret = |version: &HiddenVersion| plan.site.mode.as_it_stood.is_none() || version.why != Why::Scheduled;
    plan.hidden_versions.iter().enumerate().filter(|(_, version)| is_secret(version)).flat_map(of).collect()
}

/// The Markdown files that readers see: pages, and earlier texts of them.
fn public_files(site: &Site) -> impl Iterator<Item = &Arc<str>> {
    site.facts.iter().map(|fact| fact.path()).chain(site.versions.iter().map(|version| version.facts.path()))
}

/// The files that only hidden pages own or use.
pub fn files(plan: &Plan, sources: &Sources) -> Vec<HiddenFile> {
    let published = &plan.site.files;
    hidden_files(&plan.hidden, sources, |path| published.binary_search_by(|(known, _)| (**known).cmp(path)).is_ok())
}

/// The titles and names among those of hidden pages that something public has too.
fn public_titles(plan: &Plan, traces: &[audit::Trace]) -> HashSet<Vec<u64>> {
    let hidden: HashSet<Vec<u64>> =
        traces.iter().filter_map(|trace| if let What::Title(title) = &trace.what { Some(hashes(title)) } else { None }).collect();
    if hidden.is_empty() {
        return hidden;
    }
    let pages = plan.site.facts.iter().flat_map(|fact| {
        let front = fact.front();
        std::iter::once(&*fact.title).chain(front.names.iter().chain(&front.synonyms).map(String::as_str))
    });
    let lists = plan.site.index.lists.iter().map(|list| &*list.title);
    pages.chain(lists).map(hashes).filter(|title| hidden.contains(title)).collect()
}

impl<'a> Audit<'a> {
    /// `folder` is the output, if there is one.
    pub fn new(auditor: Auditor, plan: &'a Plan, sources: &'a Sources, folder: Option<&Folder>) -> Audit<'a> {
        let looks_at_kept = folder.is_some_and(|folder| !auditor.is_covered_by(&folder.audited()));
        let mut files = files(plan, sources);
        files.retain(|file| !plan.hidden[file.whose].is_later);
        let copies = Copies::new(files, sources);
        Audit { plan, sources, auditor, copies, looks_at_kept, shares: AtomicBool::default(), seen: Mutex::default() }
    }

    /// Looks for traces in one file of the output, and in what is packed in it.
    pub fn look(&self, output: &Output, bytes: &[u8]) {
        let texts = || self.texts_of(output);
        let mut looked = self.auditor.look(&output.path, bytes, texts);
        if output.doc().is_none() {
            looked.found.extend(self.copies.found(&output.path, bytes, self.sources));
            packed::each(&output.path, bytes, |name, bytes| {
                let inside = self.auditor.look(name, bytes, Vec::new);
                let at = |line| if line == 0 { 1 } else { line };
                looked.found.extend(inside.found.into_iter().map(|found| Found {
                    path: output.path.clone(),
                    line: at(found.line),
                    ..found
                }));
                looked.hits.extend(inside.hits.into_iter().map(|hit| Hit { path: output.path.clone(), ..hit }));
            });
        }
        if looked.has_excused || !looked.found.is_empty() || !looked.hits.is_empty() {
            if output.source().is_some() && (looked.has_excused || !looked.hits.is_empty()) {
                // What a page has in common with a file that is copied may go from the page alone.
                self.shares.store(true, Ordering::Relaxed);
            }
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.found.append(&mut looked.found);
            seen.hits.append(&mut looked.hits);
        }
    }

    /// The public texts that a file is made of.
    fn texts_of(&self, output: &Output) -> Vec<String> {
        let own = output.origin(&self.plan.view).own;
        let texts = own.iter().filter(|path| path.ends_with(".md")).flat_map(|path| forms(&self.sources.text(path)));
        texts.collect()
    }

    /// A problem for each line of a source that gives a page away, or for each trace whose source is not found; and what was looked for, if all of it
    /// need not be looked for in these files again.
    pub fn problems(self) -> (Vec<Diagnostic>, Option<Vec<Fingerprint>>) {
        let (found, is_lasting) = self.found();
        let mut groups: BTreeMap<(usize, String), Vec<Found>> = BTreeMap::new();
        for found in found {
            groups.entry((found.whose, found.text.trim_matches('/').to_lowercase())).or_default().push(found);
        }
        let config = &self.plan.site.config.audit;
        let allowed = Allowed::new(&config.allow);
        let mut lines: BTreeMap<(usize, Option<Place>), Diagnostic> = BTreeMap::new();
        let places = Places::new(self.plan, self.sources);
        for ((whose, _), found) in &groups {
            let secret = self.secret(*whose);
            let places = places.of(found);
            if allowed.has_path(secret.path) || found.iter().all(|found| allowed.has_path(&found.path)) {
                continue;
            }
            for (place, problem) in tell(found, &secret, places) {
                if place.as_ref().is_some_and(|place| allowed.has_path(&place.path)) {
                    continue;
                }
                let line = place.map(|place| Place { column: 0, width: 0, skipped: 0, ..place });
                // Of what is on one line, the longest says most.
                let said = |problem: &Diagnostic| problem.message.len();
                match lines.entry((*whose, line)) {
                    std::collections::btree_map::Entry::Occupied(mut known) if said(known.get()) < said(&problem) => {
                        drop(known.insert(problem))
                    }
                    entry => drop(entry.or_insert(problem)),
                }
            }
        }
        let severity = if config.level == Level::Warn { Severity::Warning } else { Severity::Error };
        let problems: Vec<Diagnostic> = lines.into_values().map(|problem| Diagnostic { severity, ..problem }).collect();
        let prints = (problems.is_empty() && is_lasting).then(|| self.auditor.prints().to_vec());
        (problems, prints)
    }

    /// The page or the earlier text that is given away.
    fn secret(&self, whose: usize) -> Secret<'_> {
        let Plan { hidden, hidden_versions, .. } = self.plan;
        match hidden.get(whose) {
            Some(page) => Secret { path: &page.path, what: "page", why: lint::why(page) },
            None => {
                let version = &hidden_versions[whose - hidden.len()];
                Secret { path: &version.path, what: "version", why: lint::why_version(version) }
            }
        }
    }

    /// All that gives a page away, in order; and whether it would be the same as long as the files are.
    fn found(&self) -> (Vec<Found>, bool) {
        let Looked { mut found, mut hits, .. } = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        let is_secret = |hit: &Hit| !self.auditor.is_public(hit.run);
        hits.retain(is_secret);
        if !hits.is_empty() {
            let excuse = |path: &Arc<str>| forms(&self.sources.text(path)).iter().for_each(|text| self.auditor.excuse(text));
            let files: Vec<&Arc<str>> = public_files(&self.plan.site).collect();
            files.into_par_iter().for_each(excuse);
            hits.retain(is_secret);
        }
        if !hits.is_empty() {
            self.excuse_titles();
            hits.retain(is_secret);
        }
        hits.sort();
        hits.dedup();
        found.extend(self.auditor.passages(&hits));
        found.sort();
        (found, !self.shares.load(Ordering::Relaxed))
    }
}

impl Audit<'_> {
    /// Readers see the title of a page where its author wrote `[[name]]`.
    fn excuse_titles(&self) {
        let site = &self.plan.site;
        let names = Names::new(&site.facts);
        let title = |name: &str, lang: u8| match names.find(name, lang) {
            Answer::One(page) => Some(&*site.page(page).title),
            _ => None,
        };
        site.facts.par_iter().for_each(|fact| {
            let text = self.sources.text(fact.path());
            if let Some(text) = with_titles(&text, |name| title(name, fact.lang())) {
                self.auditor.excuse(&visible(&text));
            }
        });
    }
}

/// A text with titles for wikilinks without words; `None` if it has none.
fn with_titles<'a>(text: &str, title: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let found = after.split_once("]]").filter(|(name, _)| !name.contains(['|', '#', '\n', '[']));
        whole.push_str(before);
        match found.and_then(|(name, behind)| Some((title(name)?, behind))) {
            Some((title, behind)) => {
                whole.push_str(title);
                rest = behind;
            }
            None => {
                whole.push_str("[[");
                rest = after;
            }
        }
    }
    (rest.len() < text.len()).then(|| whole + rest)
}

/// What is given away.
struct Secret<'a> {
    path: &'a Arc<str>,
    what: &'static str,
    /// Why it is hidden, as the end of a sentence that begins with it.
    why: String,
}

/// A public text as its readers see it, and as it is written.
fn forms(text: &str) -> Vec<String> {
    let seen = visible(text);
    if seen == text { vec![seen] } else { vec![seen, text.to_string()] }
}

/// Whether the bytes of a hidden file were found, and not a text.
fn is_copy(found: &Found) -> bool {
    found.line == 0 && found.text.starts_with("content/")
}

/// So many words of a passage are shown.
const SHOWN: usize = 30;

/// One problem for each place in the sources, or one without a place.
fn tell(found: &[Found], secret: &Secret, places: Vec<Place>) -> Vec<(Option<Place>, Diagnostic)> {
    let first = &found[0];
    let line = if first.line == 0 { "in its name".to_string() } else { format!("line {}", first.line) };
    let files: BTreeSet<&str> = found.iter().map(|found| &*found.path).collect();
    let more = match files.len() {
        1 => String::new(),
        2 => " and in 1 more file".into(),
        count => format!(" and in {} more files", count - 1),
    };
    let mut words: Vec<&str> = first.text.split(' ').collect();
    if words.len() > SHOWN {
        words.truncate(SHOWN);
        words.push("\u{2026}");
    }
    let shown = words.join(" ");
    let what = if is_copy(first) { "a copy of " } else { "" };
    let message = format!("{what}`{shown}` gives away `{}`, which is not public", secret.path);
    let problem = Diagnostic::error("leak", message)
        .hint(format!("that {} {}", secret.what, secret.why))
        .hint(format!("it would stand in `{}`, {line}{more}", first.path));
    if places.is_empty() {
        let hint =
            format!("no source has it as it stands there: look for it in templates, data and settings; {}", allow::hint(&first.path));
        return vec![(None, problem.hint(hint))];
    }
    let at = |place: Place| {
        let what = if words.len() > SHOWN || is_copy(first) { &*place.path } else { &*shown };
        let hint = format!("take it out here until that {} is public; {}", secret.what, allow::hint(what));
        (Some(place.clone()), problem.clone().hint(hint).at(place))
    };
    places.into_iter().map(at).collect()
}

#[cfg(test)]
mod tests;
