//! What is shown at one moment: a site with all its files, each rendered when somebody asks for it.
//!
//! It must not know who asks.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::problem::Problem;
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Job, Output};
use crate::fingerprint::Fingerprint;
use crate::index::{List, ListKind};
use crate::pipeline::Plan;
use crate::search::{File, Words};
use crate::site::Site;
use crate::sources::Sources;
use crate::view::View;

/// A site as it is shown.
pub struct Shown {
    plan: Plan,
    sources: Arc<Sources>,
    /// What the overlay shows.
    pub problems: Vec<Problem>,
    /// Files that are not pages and differ from those shown before: old and new address.
    pub swaps: Vec<(String, String)>,
    /// The print of all that can be swapped: a page that has not been told of a swap is loaded anew.
    pub files: Fingerprint,
    /// The last good version of pages that a mistake in a template keeps from being rendered now.
    good: Arc<Mutex<Kept>>,
    /// The mistakes that keep files from being rendered, by their paths.
    failed: Arc<Mutex<BTreeMap<Box<str>, Diagnostic>>>,
    /// The words of pages, as they were when a search was asked for last.
    words: Arc<Mutex<Words>>,
    /// The search index, made when it is asked for.
    search: OnceLock<Arc<[File]>>,
}

/// Bytes by path.
type Kept = BTreeMap<Box<str>, Arc<[u8]>>;

/// So many pages keep their last good version: those that somebody may be looking at.
const KEPT: usize = 64;

/// The bytes of a file, or why there are none.
pub enum Answer {
    /// The bytes.
    File(Arc<[u8]>),
    /// A mistake in a template, and the last good version if there is one.
    Failed(Box<Diagnostic>, Option<Arc<[u8]>>),
    /// A source could not be read.
    Unreadable(String),
}

impl Shown {
    /// A planned site, shown after `before`; `None` when it is the first.
    pub fn new(plan: Plan, sources: Arc<Sources>, problems: Vec<Problem>, before: Option<&Shown>) -> Shown {
        let good = before.map(|before| before.good.clone()).unwrap_or_default();
        let failed = before.map(|before| before.failed.clone()).unwrap_or_default();
        let words = before.map(|before| before.words.clone()).unwrap_or_default();
        let (files, search) = (files(&plan.site), OnceLock::new());
        let mut shown = Shown { plan, sources, problems, swaps: Vec::new(), files, good, failed, words, search };
        shown.swaps = before.map_or_else(Vec::new, |before| shown.swaps_from(before));
        shown
    }

    /// The public site.
    pub fn site(&self) -> &Site {
        &self.plan.site
    }

    /// What its files are rendered from.
    pub fn view(&self) -> &View {
        &self.plan.view
    }

    /// The whole plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the site was made of.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Every file, in the order of paths.
    pub fn outputs(&self) -> &[Output] {
        &self.plan.outputs
    }

    /// The next instant at which something appears, disappears or changes by itself; `None` when nothing is scheduled.
    pub fn next_change(&self) -> Option<jiff::Timestamp> {
        self.plan.next_change
    }

    /// The file at a path below the output; `None` when the site has none there.
    pub fn find(&self, path: &str) -> Option<&Output> {
        self.plan.find(path)
    }

    /// The bytes of a file of the search index; `None` when the site has none at that path. All of them are made when the first is asked for.
    pub fn search(&self, path: &str) -> Option<&[u8]> {
        let site = self.site();
        let is_ours = |list: &List| list.kind == ListKind::Search && path.starts_with(list.route.trim_start_matches('/'));
        if !site.index.lists.iter().any(is_ours) {
            return None;
        }
        let files = self.search.get_or_init(|| {
            let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
            words.files(site).into()
        });
        files.iter().find(|file| *file.path == *path).map(|file| &*file.bytes)
    }

    /// Renders a file.
    pub fn render(&self, output: &Output) -> Answer {
        let mut bytes = Vec::new();
        match emit::render(&Job { view: &self.plan.view, sources: &self.sources, output }, &mut bytes) {
            Ok(()) => Answer::File(self.keep(output, bytes.into())),
            Err(emit::Error::Template(problem)) => {
                let good = self.good.lock().expect("no thread panics while it looks").get(&output.path).cloned();
                Answer::Failed(problem, good)
            }
            Err(emit::Error::Io(error)) => Answer::Unreadable(error.to_string()),
        }
    }

    /// True for a mistake that keeps the file at a path from being rendered, if nobody was told of it since that file could be rendered last.
    pub fn is_news(&self, path: &str, problem: &Diagnostic) -> bool {
        let mut failed = self.failed.lock().expect("no thread panics while it looks");
        let is_same = |other: &Diagnostic| other.place == problem.place && other.message == problem.message;
        let is_told = |other: &Diagnostic| problem.place.is_some() && other.place == problem.place;
        let is_known = failed.values().any(is_same) || self.plan.diagnostics.iter().any(is_told);
        failed.insert(path.into(), problem.clone());
        !is_known
    }

    fn keep(&self, output: &Output, bytes: Arc<[u8]>) -> Arc<[u8]> {
        self.failed.lock().expect("no thread panics while it looks").remove(&output.path);
        if output.path.ends_with(".html") {
            let mut good = self.good.lock().expect("no thread panics while it keeps");
            if good.len() >= KEPT && !good.contains_key(&output.path) {
                good.pop_first();
            }
            good.insert(output.path.clone(), bytes.clone());
        }
        bytes
    }

    /// What a page in the browser rests on, but for the addresses of style sheets and scripts, which are swapped without a reload. A page that is
    /// not there rests on nothing.
    pub fn key(&self, path: &str) -> Fingerprint {
        self.find(path).map(|output| emit::key_without(&self.plan.view, output, "assets")).unwrap_or_default()
    }

    /// The source whose page the file at a path shows; `None` when it shows none.
    pub fn source(&self, path: &str) -> Option<&Arc<str>> {
        self.find(path)?.doc()?.page.map(|page| self.site().page(page).path())
    }

    /// Theme files under a new name, and other copied files with new bytes.
    fn swaps_from(&self, before: &Shown) -> Vec<(String, String)> {
        let (old, new) = (before.site(), self.site());
        let theme = new.theme.assets.iter().filter_map(|asset| {
            let was = old.theme.asset(&asset.name)?;
            (was.print != asset.print).then(|| (format!("/{}", was.path), format!("/{}", asset.path)))
        });
        let is_new = |path: &str| {
            let print = old.print_of_file(path);
            print != Fingerprint::default() && print != new.print_of_file(path)
        };
        let copied = new.addresses.written().filter(|address| address.source().is_some_and(|path| is_new(path)));
        let same_name = copied.map(|address| (address.route.to_string(), address.route.to_string()));
        theme.chain(same_name).map(|(was, is)| (new.href(&was), new.href(&is))).collect()
    }
}

fn files(site: &Site) -> Fingerprint {
    let assets: Vec<_> = site.theme.assets.iter().map(|asset| (&asset.path, asset.print)).collect();
    Fingerprint::of(&(assets, &site.files))
}
