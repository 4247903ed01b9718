//! One preview from its first build to its last: sources, memory, and what is shown now.
//!
//! It must not know the network. While somebody writes, a file that cannot be read keeps its last good version, and only that file; mistakes of other
//! kinds hold nothing back. What never could be read is not shown, for nobody knows what hides it.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::watch;

use super::problem::{self, Problem};
use super::shown::Shown;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{self, BuildOptions, Cache, Plan, SearchIndex};
use crate::sources::{LastGood, Sources};

/// A preview that is running.
pub struct Session {
    /// As they are on disk.
    pub sources: Sources,
    /// As they were when they were shown last: with the last good version of files that cannot be read now.
    good: LastGood,
    cache: Cache,
    options: BuildOptions,
    shown: watch::Sender<Arc<Shown>>,
    diagnostics: Vec<Diagnostic>,
}

impl Session {
    /// A preview of `sources`: builds what is shown first.
    pub fn new(sources: Sources, mut cache: Cache, options: BuildOptions) -> Session {
        let options = BuildOptions { search: SearchIndex::WhenAsked, ..options };
        let plan = pipeline::plan(&sources, &mut cache, &options);
        let found = plan.diagnostics.clone();
        // Of what cannot be read now there is no last good version: nobody knows whether a page is public, so it is not shown.
        let mut good = LastGood::default();
        good.keep_settings(&sources);
        let (plan, from) = match good.stand_in(&sources, &unread(&plan, &sources, &good)) {
            None => (plan, sources.clone()),
            Some(rest) => (pipeline::plan(&rest, &mut cache, &options), rest),
        };
        let from = Arc::new(from);
        good.keep(from.clone());
        let diagnostics = report(&found, &plan.diagnostics);
        let shown = Arc::new(Shown::new(plan, from, problems(&found), None));
        Session { good, sources, cache, options, shown: watch::Sender::new(shown), diagnostics }
    }

    /// All problems of what is shown, in the order of a report.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.clone()
    }

    /// What the next process may want to know.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// What is shown now; it tells of every change.
    pub fn shown(&self) -> watch::Receiver<Arc<Shown>> {
        self.shown.subscribe()
    }

    /// Shows the sources as they are now, and returns all problems, in the order of a report.
    pub fn update(&mut self) -> Vec<Diagnostic> {
        let plan = pipeline::plan(&self.sources, &mut self.cache, &self.options);
        let found = plan.diagnostics.clone();
        let mut broken = unreadable(&plan);
        broken.extend(unread(&plan, &self.sources, &self.good));
        let (plan, from) = match self.good.stand_in(&self.sources, &broken) {
            None => (plan, self.sources.clone()),
            Some(mixed) => (pipeline::plan(&mixed, &mut self.cache, &self.options), mixed),
        };
        let from = Arc::new(from);
        self.good.keep(from.clone());
        let before = self.shown.borrow().clone();
        self.diagnostics = report(&found, &plan.diagnostics);
        self.shown.send_replace(Arc::new(Shown::new(plan, from, problems(&found), Some(&before))));
        // Letting go of a large site takes as long as reading a page of it.
        std::thread::spawn(move || drop(before));
        self.diagnostics.clone()
    }
}

/// What is wrong with the sources, and with the files that are made of what is `shown`, in the order of a report.
fn report(sources: &[Diagnostic], shown: &[Diagnostic]) -> Vec<Diagnostic> {
    let of_sources = sources.iter().filter(|problem| !is_of_files(problem));
    let mut all: Vec<Diagnostic> = of_sources.chain(shown.iter().filter(|problem| is_of_files(problem))).cloned().collect();
    all.sort_by(Diagnostic::order);
    all
}

/// What the page in the browser says. Who looks at a file with a mistake of its own sees it there.
fn problems(found: &[Diagnostic]) -> Vec<Problem> {
    problem::all(found.iter().filter(|problem| !is_of_files(problem)))
}

/// Whether a problem shows only when files are planned.
fn is_of_files(problem: &Diagnostic) -> bool {
    pipeline::OF_FILES.contains(&problem.code)
}

/// The pages whose front matter cannot be read and never could, and all that lies below such a page of a section or a bundle: nobody knows what hides
/// them. Registers belong to no page.
fn unread(plan: &Plan, sources: &Sources, good: &LastGood) -> BTreeSet<Arc<str>> {
    // Whoever cannot be read has been told, so that not every page need be looked at.
    let told: BTreeSet<&Arc<str>> = plan.diagnostics.iter().filter_map(|problem| Some(&problem.place.as_ref()?.path)).collect();
    let facts = &plan.site.facts;
    let pages = told.into_iter().filter_map(|path| facts.binary_search_by(|page| page.path().cmp(path)).ok().map(|at| &facts[at]));
    let pages = pages.filter(|page| page.front().is_unparsed() && !good.has(page.path()));
    let below = |page: &Arc<str>| match page.rsplit_once('/') {
        Some((folder, name)) if name.starts_with("_index.") || name.starts_with("index.") => sources.below(&format!("{folder}/")),
        _ => &[],
    };
    let all = pages.flat_map(|page| std::iter::once(page.path()).chain(below(page.path()).iter().map(|file| &file.path)));
    all.filter(|path| !path.starts_with("content/_data/")).cloned().collect()
}

/// The files whose mistakes keep them from being understood: front matter, shortcodes, templates, settings, data.
fn unreadable(plan: &Plan) -> BTreeSet<Arc<str>> {
    let errors = plan.diagnostics.iter().filter(|found| Problem::is_hard(found) && !is_of_files(found));
    errors.filter_map(|found| Some(found.place.as_ref()?.path.clone())).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_page_that_never_could_be_read_is_not_shown_until_it_can() {
        let files = [
            ("content/a.md", "---\ntitle: A\n---\n"),
            ("content/bad.md", "---\ntitle: a: b\nstatus: draft\n---\nSecret.\n"),
            ("content/x/_index.md", "---\ntitle: x: y\ndraft: true\n---\n"),
            ("content/x/in.md", "---\ntitle: In\n---\n"),
            ("content/b/index.md", "---\ntitle: b: c\n---\n"),
            ("content/b/plan.pdf", "of a page that nobody knows"),
        ];
        let mut session = Session::new(Sources::in_memory(Timestamp::UNIX_EPOCH, "", &files), Cache::default(), BuildOptions::default());
        let shown = |session: &Session| {
            let shown = session.shown().borrow().clone();
            ["a/index.html", "bad/index.html", "x/in/index.html", "b/plan.pdf"].map(|path| shown.find(path).is_some())
        };
        assert_eq!(shown(&session), [true, false, false, false]);
        assert_eq!(session.diagnostics().iter().filter(|problem| problem.code == "bad-yaml").count(), 3);
        session.sources.set("content/a.md", "---\ntitle: Another\n---\n");
        session.update();
        assert_eq!(shown(&session), [true, false, false, false], "another page was saved");
        session.sources.set("content/bad.md", "---\ntitle: \"a: b\"\n---\n");
        session.sources.set("content/x/_index.md", "---\ntitle: \"x: y\"\n---\n");
        session.sources.set("content/b/index.md", "---\ntitle: b\n---\n");
        session.update();
        assert_eq!(shown(&session), [true, true, true, true]);
        session.sources.set("content/bad.md", "---\ntitle: a: b\n---\n");
        session.update();
        assert_eq!(shown(&session), [true, true, true, true], "the last good version stays");
    }
}
