//! The pipeline: from sources to a site, from a site to files. The whole program on one screen.
//!
//! Owns `plan`, `build` and `Cache`. It must not know formats or terminals. A clean build runs it with an empty cache, watch mode runs the same with a warm one.

pub mod again;
pub mod audit;
mod cache;
mod clash;
mod done;
pub mod lost;
pub mod made;
mod planned;
pub mod reasons;
mod render;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::config::{self, Given, Override};
use crate::diagnostic::{Diagnostic, Place, Severity, codes};
use crate::emit::{self, Failure, Job, Output};
use crate::entities::{EntityNames, Mentions};
use crate::fingerprint::Fingerprint;
use crate::gate::{self, Candidate, Hidden, Show};
use crate::lint::{self, LintContext};
use crate::memo::{Memo, Verify, Want};
use crate::output::{self, Folder, Refusal, Written};
use crate::page::body::{BodyInput, BodySettings};
use crate::page::{Body, Facts, Front, PageMeta, front, origin::Origin};
use crate::publish;
use crate::search::{File, Words};
use crate::site::{BrokenLinks, Joined, RenderMode, Site};
use crate::sources::{Content, Source, Sources, Text};
use crate::{data, index, theme};

pub use cache::{Cache, Change, Keep};
pub use planned::PlannedSite;

use audit::Audit;
use done::Done;
use reasons::Reasons;
use render::{Rendering, render, told};

/// How to build, besides what the sources say.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// `--set`, `CHANCERY_…`, and flags that stand for a setting (`--base-url`).
    pub overrides: Vec<Override>,
    pub show: Show,
    pub relative_urls: bool,
    /// For a preview: where links lead nowhere, their words say so.
    pub mark_broken_links: bool,
    pub warnings: Warnings,
    /// A preview whatever it shows.
    pub is_preview: bool,
    /// What to write down beside the output of how it was made.
    pub label: String,
    pub stop: Stop,
}

/// Set from another thread when nobody wants a build any more: no further file is begun then, and nothing is written.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether warnings keep a site from being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Warnings {
    #[default]
    Allow,
    /// `--strict`: every warning is an error.
    Deny,
}

/// A site with what was found while it was read, before any of its files is planned.
pub struct Plan {
    pub site: Arc<Site>,
    pub hidden: Vec<Hidden>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// The first instant to come that anything was compared with: before it, all this is the same.
    pub horizon: Option<Timestamp>,
    /// All problems, in the order of a report. With an error among them, nothing may be written.
    pub diagnostics: Vec<Diagnostic>,
    pub timings: Timings,
}

/// How long things took. It is for people only: nothing depends on it.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// By stage, in the order of the pipeline.
    pub stages: Vec<(&'static str, Duration)>,
    /// By template or kind of output: how many files, and the sum over all threads. Longest first.
    pub outputs: Vec<(String, usize, Duration)>,
}

impl Timings {
    fn stage<T>(&mut self, name: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.stages.push((name, start.elapsed()));
        value
    }
}

/// What a build did.
pub struct Report {
    /// Nothing, if all is as an earlier build left it, so that no plan was needed.
    pub plan: Option<Plan>,
    /// All problems, in the order of a report.
    pub diagnostics: Vec<Diagnostic>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// Nothing, if there were errors, if no folder was given, or if the build was stopped.
    pub written: Option<Written>,
    /// Public pages.
    pub pages: usize,
    /// Files that the site is made of.
    pub files: usize,
    /// Of their paths and keys.
    pub print: Fingerprint,
    /// Why files were written or removed; nothing, if none was.
    pub reasons: Reasons,
    pub timings: Timings,
}

/// Told from many threads while files are rendered: how many are done, and of how many.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Everything up to the files: reads nothing but `sources`, writes nothing.
pub fn plan(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> Plan {
    let mut timings = Timings::default();
    cache.recall();
    let given = Given { path: &sources.settings.0, text: &sources.settings.1, overrides: &options.overrides };
    let (config, mut diagnostics) = config::read(given.path, given.text, given.overrides);
    diagnostics.extend(publish::targets(&given).1);
    diagnostics.extend(sources.diagnostics.iter().cloned());
    let theme = timings.stage("theme", || cache.theme.one("site", theme::key(sources, &config), || theme::load(sources, &config)));
    if theme.diagnostics.iter().any(|problem| problem.code == codes::UNREADABLE) {
        // What could not be read for a moment is to be read again, although nothing has changed.
        cache.theme = Memo::new("theme", cache.verify);
    }
    let pages = timings.stage("front matter", || fronts(sources, cache, &config.languages));
    diagnostics.extend(pages.iter().flat_map(|page| page.front.diagnostics.iter().cloned()));
    let gate = timings.stage("gate", || gate::decide(&gate::cascade::apply(pages), &config, sources, options.show, &mut cache.gate));
    let (data, problems) = data::read(sources);
    diagnostics.extend(problems);
    let (keys, bodies) = timings.stage("bodies", || bodies(sources, cache, &config, &theme, &gate.public));
    let facts = timings.stage("facts", || facts(cache, &gate.public, &keys, &bodies));
    let marks = timings.stage("marks", || marks(cache, &facts, &bodies));
    let hidden_names = gate::hidden_names(&gate.hidden);
    let files = gate::files(sources, &config, &gate);
    let statics = sources.below("static/");
    let columns = index::Columns {
        config: &config,
        facts: &facts,
        marks: &marks,
        files: &files,
        statics: statics.iter().filter_map(|file| file.path.strip_prefix("static/")).collect(),
        theme_files: theme.assets.iter().map(|asset| asset.path.as_str()).collect(),
        hidden_names: &hidden_names,
    };
    let joined = timings.stage("index", || cache.joined.one("site", columns.print(), || Joined::new(&columns, &mut cache.members)));
    let print = |path: &Arc<str>| sources.get(path).map(|source| source.print).unwrap_or_default();
    let mut site = Site {
        files: joined.addresses.copied().map(|path| (path.clone(), print(path))).collect(),
        mode: RenderMode { preview: options.is_preview || options.show.is_preview(), relative_urls: options.relative_urls },
        broken_links: BrokenLinks::new(),
        theme,
        config,
        facts,
        bodies,
        marks,
        index: joined.index.clone(),
        links: joined.links.clone(),
        addresses: joined.addresses.clone(),
        data,
    };
    diagnostics.extend(site.theme.diagnostics.iter().cloned());
    diagnostics.extend(gate.diagnostics);
    diagnostics.extend(site.bodies.iter().flat_map(|body| body.diagnostics.iter().cloned()));
    diagnostics.extend(timings.stage("lint", || lint::check(&LintContext { site: &site, hidden: &gate.hidden, sources })));
    sort(&mut diagnostics, options.warnings);
    if options.mark_broken_links {
        site.broken_links = lint::links::marked::links(&LintContext { site: &site, hidden: &gate.hidden, sources }, &diagnostics);
    }
    Plan { site: Arc::new(site), hidden: gate.hidden, next_change: gate.next_change, horizon: gate.horizon, diagnostics, timings }
}

/// Builds the site into `folder`; without a folder every file is rendered, and nothing written (`check`).
///
/// # Errors
/// The output cannot be written, or a source changed while it was read. Mistakes in the site are no error here but diagnostics in the report, and then
/// nothing is written.
pub fn build(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    folder: Option<Folder>,
    progress: Progress,
) -> Result<Report, Refusal> {
    let mut timings = Timings::default();
    let key = timings.stage("sources", || done::key(sources, options));
    let known = cache.done.take().filter(|done| done.holds(key, sources.now));
    let is_verified = cache.verify == Verify::On;
    match (known, folder) {
        (Some(done), Some(folder)) if !is_verified && timings.stage("files", || folder.is_whole(done.files)) => {
            folder.sign(made::words(options, sources, done.next_change));
            let written = timings.stage("write", || folder.commit())?;
            let report = done.report(written, timings);
            cache.done = Some(done);
            Ok(report)
        }
        (known, folder) => {
            let report = make(sources, cache, options, folder, progress, timings)?;
            let from = known.as_ref().map_or(sources.now, |known| known.from);
            cache.done = report.written.and_then(|_| Done::of(key, from, &report));
            let changed = || known.is_some_and(|known| cache.done.as_ref().is_some_and(|done| known != *done));
            assert!(!(is_verified && changed()), "memo `build`: a site changed under an equal key");
            Ok(report)
        }
    }
}

/// Builds the site from its pages on.
fn make(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    folder: Option<Folder>,
    progress: Progress,
    mut timings: Timings,
) -> Result<Report, Refusal> {
    let PlannedSite { mut plan, view, outputs, late: mut problems } = PlannedSite::new(sources, cache, options);
    timings.stages.append(&mut plan.timings.stages);
    // With an error in sight nothing is written, but all files are rendered all the same: their mistakes are told too.
    let is_sound = |found: &[Diagnostic]| !found.iter().any(|problem| problem.severity == Severity::Error);
    let folder = folder.filter(|_| is_sound(&plan.diagnostics) && is_sound(&problems));
    let auditor = audit::auditor(&plan.site, &plan.hidden, sources, &outputs);
    let audit = auditor.map(|auditor| Audit::new(auditor, folder.as_ref()));
    let start = Instant::now();
    let rendering = Rendering { view: &view, sources, folder: folder.as_ref(), audit: audit.as_ref(), progress, stop: &options.stop };
    let rendered = render(&rendering, &outputs)?;
    timings.stages.push(("render", start.elapsed()));
    timings.outputs = rendered.counts;
    if let Some(path) = sources.moved() {
        let error = std::io::Error::other("it changed while the site was made of it; build again");
        return Err(Refusal::Io { path: sources.root.join(&**path), doing: "read", error });
    }
    // A name that nobody knows has been told, and is what rendering stumbles over.
    let is_told = |place: &Option<Place>| place.is_some() && problems.iter().any(|known| known.place == *place);
    let new: Vec<Diagnostic> = rendered.problems.into_iter().filter(|problem| !is_told(&problem.place)).collect();
    problems.extend(new);
    if let Some(audit) = audit {
        if let Some(folder) = &folder {
            folder.record_audit(audit.prints());
        }
        let leaks = timings.stage("audit", || audit.problems(&view, &outputs, &plan.hidden, sources));
        // A link to a hidden page is told as such.
        let line = |problem: &Diagnostic| problem.place.as_ref().map(|place| (place.path.clone(), place.line));
        let told: Vec<_> = plan.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).filter_map(line).collect();
        problems.extend(leaks.into_iter().filter(|leak| line(leak).is_none_or(|place| !told.contains(&place))));
    }
    let sound = is_sound(&problems);
    let mut diagnostics = std::mem::take(&mut plan.diagnostics);
    diagnostics.extend(problems);
    sort(&mut diagnostics, options.warnings);
    let mut reasons = Reasons::default();
    let written = match folder {
        Some(folder) if sound && is_sound(&diagnostics) && !options.stop.is_set() => {
            folder.sign(made::words(options, sources, plan.next_change));
            reasons = timings.stage("reasons", || reasons::settle(&view, &folder, rendered.made));
            Some(timings.stage("write", || folder.commit())?)
        }
        Some(folder) => {
            folder.abandon();
            None
        }
        None => None,
    };
    let print = output::print(outputs.iter().zip(rendered.keys).map(|(output, key)| (&*output.path, key)));
    let (pages, files, next_change) = (plan.site.facts.len(), outputs.len(), plan.next_change);
    Ok(Report { pages, files, print, reasons, written, diagnostics, next_change, timings, plan: Some(plan) })
}

/// The files of a site in memory, by path.
pub type Files = BTreeMap<Box<str>, Vec<u8>>;

/// Every file of a site: what a build would write.
///
/// # Errors
/// The mistakes that keep it from being written.
pub fn render_all(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> Result<Files, Vec<Diagnostic>> {
    each_file(sources, cache, options, |job| {
        let mut bytes = Vec::new();
        emit::render(job, &mut bytes).map(|()| bytes)
    })
}

/// What `make` makes of every file of a site, by path.
fn each_file<T: Send>(
    sources: &Sources,
    cache: &mut Cache,
    options: &BuildOptions,
    make: impl Fn(&Job) -> Result<T, Failure> + Sync,
) -> Result<BTreeMap<Box<str>, T>, Vec<Diagnostic>> {
    let planned = PlannedSite::new(sources, cache, options);
    let errors = planned.errors();
    if !errors.is_empty() {
        return Err(errors);
    }
    let PlannedSite { view, outputs, .. } = &planned;
    let made = |output: &Output| {
        let made = make(&Job { view, sources, output });
        made.map(|made| (output.path.clone(), made)).map_err(|failure| vec![told(failure)])
    };
    outputs.par_iter().map(made).collect()
}

fn sort(diagnostics: &mut Vec<Diagnostic>, warnings: Warnings) {
    if warnings == Warnings::Deny {
        diagnostics.iter_mut().for_each(|problem| problem.severity = Severity::Error);
    }
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup();
}

/// Pages with their front matter, in the order of paths.
fn fronts(sources: &Sources, cache: &mut Cache, languages: &[String]) -> Vec<Candidate> {
    let pages = sources.below("content/").iter().filter(|source| Origin::is_of_page(&source.path)).filter_map(|source| {
        let Content::Text(text) = &source.content else { return None };
        Some(Want { name: source.path.clone(), key: source.print, input: (&source.path, text) })
    });
    let wants: Vec<Want<(&Arc<str>, &Text)>> = pages.collect();
    let of_languages = Fingerprint::of(languages);
    let paths: Vec<Want<&Arc<str>>> =
        wants.iter().map(|want| Want { name: want.name.clone(), key: of_languages, input: want.input.0 }).collect();
    let origins = cache.origins.all(&paths, |path| Origin::from_path(path, languages).expect("the path of a page"));
    let fronts = cache.fronts.all_or_persisted(&wants, |_, bytes| Front::from_bytes(bytes), |(path, text)| front::read(path, &text.get()));
    let candidate = |((want, origin), front): ((&Want<_>, _), _)| Candidate { origin, print: want.key, front };
    wants.iter().zip(origins).zip(fronts).map(candidate).collect()
}

/// The bodies of public pages, and the keys under which they are remembered.
fn bodies(
    sources: &Sources,
    cache: &mut Cache,
    config: &config::Config,
    theme: &theme::Theme,
    pages: &[Arc<PageMeta>],
) -> (Vec<Fingerprint>, Vec<Arc<Body>>) {
    let own = config.base_url.as_ref().map(|base| Arc::from(base.url.as_str()));
    let settings = Arc::new(BodySettings::new(config.markdown.clone(), own, theme.shortcodes.clone()));
    let want = |page: &Arc<PageMeta>| {
        let text = match sources.get(&page.origin.path) {
            Some(Source { content: Content::Text(text), .. }) => text.clone(),
            _ => Text::held("", Fingerprint::default()),
        };
        let (path, lang) = (page.origin.path.clone(), lang(config, page).into());
        let input = BodyInput { path, text, front: page.front.clone(), lang, settings: settings.clone() };
        Want { name: input.path.clone(), key: input.key(), input }
    };
    let wants: Vec<Want<BodyInput>> = pages.par_iter().map(want).collect();
    let keep = cache.keep;
    let render = |input: &BodyInput| {
        let body = input.render();
        if keep == Keep::Nothing {
            input.text.release();
        }
        body
    };
    let bodies = cache.bodies.all_or_persisted(&wants, |input, bytes| Body::recall(bytes, input.clone()), render);
    (wants.iter().map(|want| want.key).collect(), bodies)
}

/// What is known of public pages by the rest of the site.
fn facts(cache: &mut Cache, pages: &[Arc<PageMeta>], keys: &[Fingerprint], bodies: &[Arc<Body>]) -> Vec<Facts> {
    let want = |((page, key), body)| {
        let page: &Arc<PageMeta> = page;
        Want { name: page.origin.path.clone(), key: Fingerprint::of(&(page.print, key)), input: (page, body) }
    };
    let wants: Vec<Want<(&Arc<PageMeta>, &Arc<Body>)>> = pages.par_iter().zip(keys).zip(bodies).map(want).collect();
    let facts = cache.facts.all(&wants, |(page, body)| Facts::new((*page).clone(), body));
    facts.par_iter().map(|fact| Facts::clone(fact)).collect()
}

/// The language of a page's text: its own `lang`, else that of its file.
fn lang<'a>(config: &'a config::Config, page: &'a PageMeta) -> &'a str {
    page.front.lang.as_deref().unwrap_or_else(|| config.language_code(page.origin.lang))
}

fn marks<'a>(cache: &mut Cache, facts: &'a [Facts], bodies: &'a [Arc<Body>]) -> Vec<Arc<Mentions>> {
    let register = EntityNames::from_pages(facts);
    let want = |pair: (&'a Facts, &'a Arc<Body>)| Want {
        name: pair.0.path().clone(),
        key: Fingerprint::of(&(pair.1.prose_print, register.print, pair.0.lang())),
        input: pair,
    };
    let wants: Vec<Want<(&Facts, &Arc<Body>)>> = facts.par_iter().zip(bodies).map(want).collect();
    cache.marks.all_or_persisted(&wants, |_, bytes| Mentions::recall(bytes), |(fact, body)| register.scan(fact.path(), fact.lang(), body))
}

/// The files of the search index.
///
/// # Panics
/// In verify mode, when other files are made of what is remembered than of the pages.
pub fn search(site: &Site, cache: &mut Cache) -> Arc<[File]> {
    let files = cache.words().files(site);
    if cache.verify == Verify::On && files != Words::default().files(site) {
        panic!("memo `search`: the words of a page changed under an equal key");
    }
    if cache.keep == Keep::Nothing {
        // Nobody looks at prose after this.
        site.bodies.iter().for_each(|body| body.release_prose());
    }
    files.into()
}

#[cfg(test)]
mod counts;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_stage_finds_is_told() {
        let page = "---\ntitle: A\nsumary: B\nkind: persn\n---\n{{< nothing >}} [gone](gone.md)\n";
        let files = [
            ("content/a.md", page),
            ("content/draft.md", "---\ndraft: true\nweight: heavy\n---\n"),
            ("content/_data/x.json", "{"),
            ("templates/page.html", "{{ nosuch }}"),
        ];
        let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "colour = 1\nbase_url = \"https://example.org/\"\n", &files);
        let report = build(&sources, &mut Cache::default(), &BuildOptions::default(), None, &|_, _| {}).expect("nothing is written");
        let mut codes: Vec<&str> = report.diagnostics.iter().map(|problem| problem.code).collect();
        codes.sort_unstable();
        let expected = [
            "bad-data",
            "broken-link",
            "unknown-key",
            "unknown-kind",
            "unknown-part",
            "unknown-setting",
            "unknown-shortcode",
            "wrong-type",
        ];
        assert_eq!(codes, expected);
    }
}
