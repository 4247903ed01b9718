//! Those who build a site again and again: in memory, into a folder, and for a preview.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chancery::diagnostic::Diagnostic;
use chancery::emit::{self, Job};
use chancery::fingerprint::{Fingerprint, Short};
use chancery::memo::Verify;
use chancery::output::{Folder, Mode};
use chancery::pipeline::{self, BuildOptions, Cache, Change, Plan};
use chancery::serve::{Answer, Session, Shown};
use chancery::sources::Sources;
use tempfile::TempDir;

use crate::place::{Tree, difference, tree};

/// What was told of a site that could be built: its warnings, and when it changes by itself; else its errors.
pub type Reported = Result<(Vec<Diagnostic>, Option<jiff::Timestamp>), Vec<Diagnostic>>;

/// Somebody who builds a site again and again.
pub trait Builder {
    /// Builds once more. With mistakes in the site the old files stay.
    fn build(&mut self, sources: &Sources, options: &BuildOptions) -> Reported;

    /// Whether a site that a clean build refuses was refused for the same reasons.
    fn refused(&self, reports: &Reported, errors: &[Diagnostic]) -> bool;

    /// Goes on in another process.
    fn restart(&mut self);

    /// The first file that is not that of a clean build.
    fn difference(&mut self, clean: &Warm) -> Option<String>;
}

/// A file that was rendered, with its key and the prints of all that the key is made of.
#[derive(Clone, PartialEq)]
pub struct File {
    key: Fingerprint,
    prints: Vec<Short>,
    pub bytes: Arc<[u8]>,
}

/// A site in memory: files whose key is equal keep their old bytes.
pub struct Warm {
    verify: Verify,
    cache: Cache,
    /// What the last process left of pages.
    left: Left,
    pub files: BTreeMap<Box<str>, File>,
    /// What the last build rendered, in the order of paths.
    pub rendered: Vec<String>,
}

impl Warm {
    pub fn new(verify: Verify) -> Warm {
        Warm { verify, cache: Cache::new(verify), left: Left::default(), files: BTreeMap::new(), rendered: Vec::new() }
    }

    /// Whether there is something new to leave to another process.
    pub fn has_news(&self) -> bool {
        self.cache.change().is_some()
    }

    fn tree(&self) -> Tree {
        self.files.iter().map(|(path, file)| (path.to_string(), file.bytes.to_vec())).collect()
    }
}

/// What there is for the next process, if `left` was there for this one.
fn left_behind(cache: &Cache, left: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let Some(change) = cache.change() else { return left };
    let mut bytes = left.filter(|left| change == Change::Behind(left.len() as u64)).unwrap_or_default();
    cache.write(change, &mut bytes).expect("written");
    Some(bytes)
}

impl Builder for Warm {
    fn build(&mut self, sources: &Sources, options: &BuildOptions) -> Reported {
        self.rendered.clear();
        let planned = pipeline::plan(sources, &mut self.cache, options);
        let errors = planned.errors();
        if !errors.is_empty() {
            return Err(errors);
        }
        let Plan { view, outputs, .. } = &planned;
        let mut files = BTreeMap::new();
        let mut failures = Vec::new();
        for output in outputs.iter() {
            let (key, prints) = emit::key_and_prints(view, output);
            assert_eq!(key, emit::key(view, output), "{} has one key", output.path);
            if let Some(before) = self.files.get(&output.path) {
                assert_eq!(key == before.key, prints == before.prints, "what changes the key of {} is told", output.path);
                if key == before.key {
                    files.insert(output.path.clone(), before.clone());
                    continue;
                }
            }
            let mut bytes = Vec::new();
            match emit::render(&Job { view, sources, output }, &mut bytes) {
                Ok(()) => {
                    self.rendered.push(output.path.to_string());
                    files.insert(output.path.clone(), File { key, prints, bytes: bytes.into() });
                }
                Err(emit::Error::Template(problem)) => failures.push(*problem),
                Err(emit::Error::Io(error)) => panic!("{}: {error}", output.path),
            }
        }
        if !failures.is_empty() {
            return Err(failures);
        }
        self.files = files;
        Ok((planned.diagnostics, planned.next_change))
    }

    fn refused(&self, reports: &Reported, errors: &[Diagnostic]) -> bool {
        reports.as_ref().is_err_and(|reports| reports == errors)
    }

    /// Only what outlives a process is remembered.
    fn restart(&mut self) {
        self.cache = self.left.next(&self.cache, &[], self.verify);
    }

    fn difference(&mut self, clean: &Warm) -> Option<String> {
        if self.files == clean.files {
            return None;
        }
        difference(&clean.tree(), &self.tree()).or_else(|| Some("the keys differ".into()))
    }
}

/// What one process leaves to the next: of pages, of their words, and the keys of documents.
#[derive(Default)]
pub struct Left([Option<Vec<u8>>; 3]);

impl Left {
    /// The cache of a process that finds what those before left.
    fn next(&mut self, cache: &Cache, done: &[u8], verify: Verify) -> Cache {
        let Left([pages, words, keys]) = self;
        *pages = left_behind(cache, pages.take());
        if let Some(news) = cache.words_to_leave() {
            let mut bytes = Vec::new();
            news.write(&mut bytes).expect("written");
            *words = Some(bytes);
        }
        if let Some(news) = cache.keys_to_leave() {
            *keys = Some(news);
        }
        let (pages, words, keys) = (pages.clone(), words.clone(), keys.clone());
        Cache::from_process(done, move || pages, verify).with_words(move || words).with_keys(move || keys)
    }
}

/// A site that is built into a folder.
pub struct Disk {
    folder: TempDir,
    verify: Verify,
    cache: Cache,
    left: Left,
}

impl Disk {
    pub fn new(verify: Verify) -> Disk {
        Disk { folder: tempfile::tempdir().expect("a folder"), verify, cache: Cache::new(verify), left: Left::default() }
    }
}

impl Builder for Disk {
    fn build(&mut self, sources: &Sources, options: &BuildOptions) -> Reported {
        let place = |name: &str| self.folder.path().join(name);
        let folder = Folder::open(&place("state"), &place("public"), Mode::Update, &[]).expect("nobody else writes");
        let report = pipeline::build(sources, &mut self.cache, options, Some(folder), &|_, _| {}).expect("it can be written");
        if report.written.is_some() { Ok((report.diagnostics, report.next_change)) } else { Err(report.diagnostics) }
    }

    /// It tells warnings too, and each mistake of a template once.
    fn refused(&self, reports: &Reported, _: &[Diagnostic]) -> bool {
        reports.is_err()
    }

    fn restart(&mut self) {
        self.cache = self.left.next(&self.cache, &self.cache.done(), self.verify);
    }

    fn difference(&mut self, clean: &Warm) -> Option<String> {
        difference(&clean.tree(), &tree(&self.folder.path().join("public")))
    }
}

/// A site that is shown while it is written.
#[derive(Default)]
pub struct Preview {
    session: Option<Session>,
    /// Its flags, which hold as long as it runs.
    options: BuildOptions,
    /// Paths at which there was a file.
    seen: BTreeSet<Box<str>>,
}

impl Builder for Preview {
    fn build(&mut self, sources: &Sources, options: &BuildOptions) -> Reported {
        if format!("{options:?}") != format!("{:?}", self.options) {
            self.restart();
            self.options = options.clone();
        }
        let session = self.session.get_or_insert_with(|| Session::new(sources.clone(), Cache::new(Verify::On), options.clone()));
        session.sources = sources.clone();
        let diagnostics = session.update();
        Ok((diagnostics, session.shown().borrow().next_change()))
    }

    /// It refuses nothing, and shows what it can.
    fn refused(&self, _: &Reported, _: &[Diagnostic]) -> bool {
        true
    }

    fn restart(&mut self) {
        self.session = None;
    }

    fn difference(&mut self, clean: &Warm) -> Option<String> {
        let session = self.session.as_ref()?;
        let shown = session.shown().borrow().clone();
        self.seen.extend(clean.files.keys().cloned());
        let bytes = |shown: &Shown, path: &str| match shown.find(path).map(|output| shown.render(output)) {
            Some(Answer::File(bytes)) => Some(bytes.to_vec()),
            Some(_) => None,
            None => shown.search(path).map(<[u8]>::to_vec),
        };
        let tree: Tree = self.seen.iter().filter_map(|path| Some((path.to_string(), bytes(&shown, path)?))).collect();
        difference(&clean.tree(), &tree)
    }
}
