//! The plan: a site as it is to be written, with what shows it, which files there are, and all that is wrong with it before they are rendered.
//!
//! Owns `Plan`, complete when it is made: a build, a preview, `explain`, `check --against` and what is held against a build have it from here. It must
//! not know what becomes of its files.

use std::sync::Arc;

use jiff::Timestamp;

use super::files::PlannedFiles;
use super::{BuildOptions, Cache, Keep, SearchIndex, Timings, Warnings, pages, past, registers};
use crate::config::{self, Given};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::emit::Output;
use crate::gate::versions::HiddenVersion;
use crate::gate::{self, Hidden};
use crate::index::Version;
use crate::ledger::Ledger;
use crate::lint::{self, LintContext};
use crate::memo::{Memo, Verify, Want};
use crate::publish;
use crate::search::{File, Words};
use crate::site::{BrokenLinks, Joined, RenderMode, Site};
use crate::sources::{Content, Source, Sources};
use crate::view::{Compared, View};
use crate::{data, index, ledger, theme};

/// A site with every file that it should have.
pub struct Plan {
    /// What is public.
    pub site: Arc<Site>,
    /// What the files are rendered from: the site, the search index and the marks of a preview.
    pub view: View,
    /// In the order of paths.
    pub outputs: Arc<Vec<Output>>,
    /// What is not public, in the order of paths.
    pub hidden: Vec<Hidden>,
    /// Earlier texts that are not public.
    pub hidden_versions: Vec<HiddenVersion>,
    /// The next instant at which something appears, disappears or changes by itself.
    pub next_change: Option<Timestamp>,
    /// The first instant to come that anything was compared with: before it, all this is the same.
    pub horizon: Option<Timestamp>,
    /// All problems but those that only rendering finds, in the order of a report. With an error among them, nothing may be written.
    pub diagnostics: Vec<Diagnostic>,
    /// How long each stage took.
    pub timings: Timings,
}

impl Plan {
    /// The errors that keep the files from being written, but for those that only rendering finds.
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).cloned().collect()
    }

    /// The file at a path below the output.
    pub fn find(&self, path: &str) -> Option<&Output> {
        self.outputs.binary_search_by(|output| (*output.path).cmp(path)).ok().map(|at| &self.outputs[at])
    }
}

/// Everything up to the files: reads nothing but `sources`, writes nothing.
pub fn plan(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> Plan {
    let mut timings = Timings::default();
    let Read { site, hidden, hidden_versions, next_change, horizon, mut diagnostics } = read(sources, cache, options, &mut timings);
    let context = LintContext { site: &site, hidden: &hidden, sources, scope: options.scope };
    // What is wrong is looked for in the gaps of what takes longer.
    let mut meanwhile = Timings::default();
    let mut memory = std::mem::replace(&mut cache.lint, lint::Memory::new(cache.verify));
    let (found, files) = rayon::join(
        || timings.stage("lint", || lint::check(&context, &mut memory)),
        || match options.search {
            SearchIndex::Planned => meanwhile.stage("search", || search(&site, cache)),
            SearchIndex::WhenAsked => Arc::default(),
        },
    );
    timings.stages.append(&mut meanwhile.stages);
    cache.lint = memory;
    diagnostics.extend(found);
    if site.mode.as_it_stood.is_some() && !diagnostics.is_empty() {
        past::excuse(&mut diagnostics, sources, cache, options);
    }
    sort(&mut diagnostics, options.warnings);
    let marks = if options.mark_broken_links { lint::links::marked::links(&context, &diagnostics) } else { BrokenLinks::new() };
    let site = Arc::new(site);
    let view = View::new(site.clone()).with_broken_links(marks).with_search(files);
    let comparisons = comparisons(&view, cache);
    let view = view.with_comparisons(comparisons);
    let files = timings.stage("files", || PlannedFiles::new(&view, cache.files.take(), cache.verify));
    diagnostics.extend(files.problems(&diagnostics));
    sort(&mut diagnostics, options.warnings);
    let outputs = files.outputs.clone();
    cache.files = (cache.keep == Keep::ForNextBuild).then_some(files);
    Plan { site, view, outputs, hidden, hidden_versions, next_change, horizon, diagnostics, timings }
}

/// What became of each earlier text: what another build has compared is there, the rest waits for who asks, but where each hit is computed again.
fn comparisons(view: &View, cache: &mut Cache) -> Vec<Arc<Compared>> {
    let want = |(at, version): (u32, &Version)| Want { name: version.facts.path().clone(), key: view.comparison_print(at), input: at };
    let wants: Vec<Want<u32>> = (0..).zip(&view.site.versions).map(want).collect();
    let is_verified = cache.verify == Verify::On;
    cache.comparisons.all(&wants, |at| if is_verified { view.compared(*at) } else { Compared::default() })
}

/// All problems of a site that are found before its files are planned.
pub(super) fn problems(sources: &Sources, cache: &mut Cache, options: &BuildOptions) -> Vec<Diagnostic> {
    let Read { site, hidden, mut diagnostics, .. } = read(sources, cache, options, &mut Timings::default());
    let mut memory = std::mem::replace(&mut cache.lint, lint::Memory::new(cache.verify));
    diagnostics.extend(lint::check(&LintContext { site: &site, hidden: &hidden, sources, scope: options.scope }, &mut memory));
    cache.lint = memory;
    diagnostics
}

/// A site with what was found while it was read.
struct Read {
    site: Site,
    hidden: Vec<Hidden>,
    hidden_versions: Vec<HiddenVersion>,
    next_change: Option<Timestamp>,
    horizon: Option<Timestamp>,
    diagnostics: Vec<Diagnostic>,
}

/// Reads all pages, and joins them.
fn read(sources: &Sources, cache: &mut Cache, options: &BuildOptions, timings: &mut Timings) -> Read {
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
    let (candidates, earlier) = timings.stage("front matter", || pages::fronts(sources, cache, &config));
    diagnostics.extend(candidates.iter().flat_map(|page| page.front.diagnostics.iter().cloned()));
    diagnostics.extend(
        earlier.iter().flat_map(|version| version.front.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).cloned()),
    );
    let candidates = gate::cascade::apply(candidates);
    let mut gate = timings.stage("gate", || gate::decide(&candidates, &config, sources, &options.show, options.present, &mut cache.gate));
    gate::versions::versions(&mut gate, &earlier, &config, sources, &options.show);
    let as_it_stood = past::shown(&gate, &config, sources.now, options.present);
    let registers = timings.stage("registers", || registers::read(sources, cache, &config, &gate));
    diagnostics.extend(registers.diagnostics.iter().cloned());
    let (ledger, problem) = read_ledger(sources);
    diagnostics.extend(problem);
    let (data, problems) = data::read(sources, registers::is_register);
    diagnostics.extend(problems);
    let (keys, mut bodies) = timings.stage("bodies", || pages::bodies(sources, cache, &config, &theme, &registers, &gate));
    let mut facts = timings.stage("facts", || pages::facts(cache, &gate, &keys, &bodies));
    let version_bodies = bodies.split_off(gate.public.len());
    let of_versions = gate.versions.iter().zip(facts.split_off(gate.public.len()));
    let versions: Vec<Version> =
        of_versions.map(|(version, facts)| Version { page: version.page as u32, name: version.name, facts }).collect();
    if cache.keep == Keep::Nothing {
        // What outlives the process is fronts, bodies and marks.
        cache.origins.forget();
        cache.gate.forget();
        cache.facts.forget();
    }
    let marks = timings.stage("marks", || pages::marks(cache, &facts, &bodies));
    let hidden_names = gate::hidden_names(&gate.hidden);
    let files = gate::files(sources, &config, &gate);
    let statics = sources.below("static/");
    let columns = index::Columns {
        config: &config,
        facts: &facts,
        versions: &versions,
        marks: &marks,
        register: &registers.all,
        files: &files,
        statics: statics.iter().filter_map(|file| file.path.strip_prefix("static/")).collect(),
        theme_files: theme.assets.iter().map(|asset| asset.path.as_str()).collect(),
        hidden_names: &hidden_names,
    };
    let of_columns = columns.print();
    let joined = timings.stage("index", || {
        let (joined, members) = cache.joined();
        joined.one("site", of_columns, || Joined::new(&columns, members))
    });
    let print = |path: &Arc<str>| sources.get(path).map(|source| source.print).unwrap_or_default();
    let site = Site {
        files: joined.addresses.copied().map(|path| (path.clone(), print(path))).collect(),
        mode: RenderMode { preview: options.is_preview || options.show.is_preview(), relative_urls: options.relative_urls, as_it_stood },
        theme,
        config,
        facts,
        bodies,
        versions,
        version_bodies,
        marks,
        index: joined.index.clone(),
        links: joined.links.clone(),
        addresses: joined.addresses.clone(),
        columns: of_columns,
        data,
        register: registers.all,
        ledger: Arc::new(ledger),
        citing: registers.citing,
    };
    diagnostics.extend(site.theme.diagnostics.iter().cloned());
    diagnostics.extend(gate.diagnostics);
    diagnostics.extend(site.bodies.iter().flat_map(|body| body.diagnostics.iter().cloned()));
    Read {
        site,
        hidden: gate.hidden,
        hidden_versions: gate.hidden_versions,
        next_change: gate.next_change,
        horizon: gate.horizon,
        diagnostics,
    }
}

/// What addresses elsewhere answered when `chancery links` asked them.
fn read_ledger(sources: &Sources) -> (Ledger, Option<Diagnostic>) {
    match sources.get(ledger::PATH) {
        Some(Source { path, content: Content::Text(text), .. }) => Ledger::parse(path, &text.get()),
        _ => Default::default(),
    }
}

/// Puts problems in the order of a report, each once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>, warnings: Warnings) {
    if warnings == Warnings::Deny {
        diagnostics.iter_mut().for_each(|problem| problem.severity = Severity::Error);
    }
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup();
}

/// The files of the search index.
///
/// # Panics
/// In verify mode, when other files are made of what is remembered than of the pages.
fn search(site: &Site, cache: &mut Cache) -> Arc<[File]> {
    // Nobody looks at prose after this in a process that ends.
    let files = match cache.keep {
        Keep::ForNextBuild => cache.words().files(site),
        Keep::Nothing => cache.words().files_of_last_readers(site),
    };
    if cache.verify == Verify::On && files != Words::default().files(site) {
        panic!("memo `search`: the words of a page changed under an equal key");
    }
    if cache.keep == Keep::Nothing {
        // That of pages whose words were known, or are not searched.
        site.bodies.iter().for_each(|body| body.release_prose());
    }
    files.into()
}
