//! What is remembered between builds: in a process all stages, from process to process what was read of each page, and what the last build came to.
//!
//! Owns `Cache` and its form as bytes. It must not know where they are kept. Bytes of another program, or damaged ones, are no memory.

use std::io::{self, Write};
use std::sync::Arc;

use super::done::Done;
use super::files::PlannedFiles;
use super::keys::Keys;
use crate::entities::Mentions;
use crate::fingerprint::{Fingerprint, PROGRAM, seal, unseal};
use crate::gate;
use crate::lint;
use crate::memo::{Counts, Memo, Share, Verify, store};
use crate::page::{Body, Facts, Front, origin::Origin};
use crate::references::{FileRead, Forms};
use crate::search::Words;
use crate::site::{self, Joined};
use crate::theme::Theme;
use crate::view::Compared;

/// One memo a stage, and the last build as a whole.
pub struct Cache {
    pub(super) verify: Verify,
    pub(super) theme: Memo<Theme>,
    pub(super) keep: Keep,
    pub(super) origins: Memo<Origin>,
    pub(super) fronts: Memo<Front>,
    pub(super) gate: gate::Memory,
    pub(super) bodies: Memo<Body>,
    pub(super) facts: Memo<Facts>,
    pub(super) comparisons: Memo<Compared>,
    pub(super) marks: Memo<Mentions>,
    pub(super) registers: Memo<FileRead>,
    pub(super) lint: lint::Memory,
    /// Of the sources that are cited.
    forms: Arc<Forms>,
    /// What another process left of them, until somebody cites.
    left_forms: Option<Left>,
    /// What another process left of what pages are to each other, until they are joined.
    left_members: Option<Left>,
    /// Of pages, for the search index.
    words: Words,
    joined: Memo<Joined>,
    members: site::Memory,
    /// Of the site of now, where one is asked for as it stood before.
    present: Option<Box<Cache>>,
    /// Of the last plan.
    pub(super) files: Option<PlannedFiles>,
    pub(super) done: Option<Done>,
    /// Of documents of the last build.
    keys: Keys,
    /// What another process left of them, until a build wants them.
    left_keys: Option<Left>,
    /// Whether they are others than those that another process left.
    has_new_keys: bool,
    /// What another process left of pages, until a page is wanted.
    left: Option<Left>,
    /// What it left of their words, until a search index is wanted.
    left_words: Option<Left>,
    /// So many bytes of it were read, and can be added to.
    length: Option<u64>,
}

/// What becomes of values that nobody in a build needs any more, and that can be made again of what stands on disk: texts of files, prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// They stay: the process builds again, and what has not changed is not made again.
    #[default]
    ForNextBuild,
    /// The process ends with the build: they are let go of at once.
    Nothing,
}

/// Gives the bytes that another process left, if it left any.
type Left = Box<dyn FnOnce() -> Option<Vec<u8>> + Send + Sync>;

/// Memos that outlive the process, by their number in the store.
const FRONTS: u8 = 0;
const BODIES: u8 = 1;
const MARKS: u8 = 2;
const COUNT: usize = 3;

/// How to leave what was made of pages to the next process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Everything, in place of what is there.
    Anew,
    /// What is new, behind so many bytes that are there.
    Behind(u64),
}

/// Bytes that only this build of the program opens again, and only undamaged.
fn closed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(Fingerprint::of(PROGRAM).0.to_le_bytes());
    seal(bytes)
}

/// What `closed` was given; `None`, if another build of the program left these bytes, or if they are damaged.
fn opened(bytes: &[u8]) -> Option<Vec<u8>> {
    let (inside, program) = unseal(bytes)?.split_last_chunk()?;
    (Fingerprint::of(PROGRAM) == Fingerprint(u128::from_le_bytes(*program))).then(|| inside.to_vec())
}

fn no_forms(verify: Verify) -> Forms {
    if verify == Verify::On { Forms::verifying() } else { Forms::default() }
}

impl Default for Cache {
    fn default() -> Cache {
        Cache::new(Verify::Off)
    }
}

impl Cache {
    /// What is remembered of the site of now, beside one that is asked for as it stood before.
    pub(super) fn present(&mut self) -> &mut Cache {
        let verify = self.verify;
        self.present.get_or_insert_with(|| Box::new(Cache::new(verify)))
    }

    /// A cache that remembers nothing.
    pub fn new(verify: Verify) -> Cache {
        Cache {
            verify,
            theme: Memo::new("theme", verify),
            keep: Keep::default(),
            origins: Memo::new("origin", verify),
            fronts: Memo::new("front", verify),
            gate: gate::Memory::new(verify),
            bodies: Memo::new("body", verify),
            facts: Memo::new("facts", verify),
            comparisons: Memo::new("comparison", verify),
            marks: Memo::new("marks", verify),
            registers: Memo::new("register", verify),
            lint: lint::Memory::new(verify),
            forms: Arc::new(no_forms(verify)),
            left_forms: None,
            left_members: None,
            words: Words::default(),
            joined: Memo::new("index", verify),
            members: site::Memory::new(verify),
            present: None,
            files: None,
            done: None,
            keys: Keys::default(),
            left_keys: None,
            has_new_keys: false,
            left: None,
            left_words: None,
            length: None,
        }
    }

    /// A cache that remembers what another process left: of the last build, and of pages, which are asked for when the first is wanted.
    pub fn from_process(done: &[u8], pages: impl FnOnce() -> Option<Vec<u8>> + Send + Sync + 'static, verify: Verify) -> Cache {
        Cache { done: Done::from_bytes(done), left: Some(Box::new(pages)), ..Cache::new(verify) }
    }

    /// The same cache for a process that builds again, or not.
    pub fn keeping(self, keep: Keep) -> Cache {
        Cache { keep, ..self }
    }

    /// The same that remembers what was left of the words of pages, which are asked for when a search index is wanted.
    pub fn with_words(self, words: impl FnOnce() -> Option<Vec<u8>> + Send + Sync + 'static) -> Cache {
        Cache { left_words: Some(Box::new(words)), ..self }
    }

    /// The same that remembers the keys that were left of documents, which are asked for when files are rendered.
    pub fn with_keys(self, keys: impl FnOnce() -> Option<Vec<u8>> + Send + Sync + 'static) -> Cache {
        Cache { left_keys: Some(Box::new(keys)), ..self }
    }

    /// The same that remembers what was left of the forms of sources, which are asked for when a register is there.
    pub fn with_forms(self, forms: impl FnOnce() -> Option<Vec<u8>> + Send + Sync + 'static) -> Cache {
        Cache { left_forms: Some(Box::new(forms)), ..self }
    }

    /// The same that remembers what was left of what pages are to each other, which is asked for when they are joined.
    pub fn with_members(self, members: impl FnOnce() -> Option<Vec<u8>> + Send + Sync + 'static) -> Cache {
        Cache { left_members: Some(Box::new(members)), ..self }
    }

    /// What is derived from all pages together, and what is remembered of its members.
    pub(super) fn joined(&mut self) -> (&mut Memo<Joined>, &mut site::Memory) {
        if let Some(bytes) = self.left_members.take().and_then(|left| opened(&left()?)) {
            self.members.recall(&bytes);
        }
        (&mut self.joined, &mut self.members)
    }

    /// What pages are to each other as bytes, to be left to the next process; `None`, if another one left it.
    pub fn members_to_leave(&self) -> Option<Vec<u8>> {
        self.members.to_bytes().map(closed)
    }

    /// The forms of sources, with those that another process left.
    pub(super) fn forms(&mut self) -> Arc<Forms> {
        if let Some(bytes) = self.left_forms.take().and_then(|left| opened(&left()?)) {
            self.forms = Arc::new(no_forms(self.verify).recall(bytes));
        }
        self.forms.clone()
    }

    /// The forms of sources as bytes, to be left to the next process; `None`, if another one left them.
    pub fn forms_to_leave(&self) -> Option<Vec<u8>> {
        self.forms.has_news().then(|| closed(self.forms.to_bytes()))
    }

    /// The keys of the documents of the last build.
    pub(super) fn keys(&mut self) -> &Keys {
        if let Some(bytes) = self.left_keys.take().and_then(|left| left()) {
            self.keys = Keys::from_bytes(&bytes);
        }
        &self.keys
    }

    /// Remembers the keys of the documents of this build.
    pub(super) fn set_keys(&mut self, keys: Keys) {
        self.has_new_keys |= self.keys != keys;
        self.keys = keys;
    }

    /// The keys of documents as bytes, to be left to the next process; `None`, if another one left them.
    pub fn keys_to_leave(&self) -> Option<Vec<u8>> {
        self.has_new_keys.then(|| self.keys.to_bytes())
    }

    /// The words of pages for the search index, with what another process left of them.
    pub(super) fn words(&mut self) -> &mut Words {
        if let Some(bytes) = self.left_words.take().and_then(|left| left()) {
            self.words = Words::from_bytes(bytes);
        }
        &mut self.words
    }

    /// The words of pages to be left to the next process; `None`, if they are nearly what another one left.
    pub fn words_to_leave(&self) -> Option<&Words> {
        Some(&self.words).filter(|words| words.has_news())
    }

    /// Remembers what another process left of pages, if that has not been done yet.
    pub(super) fn recall(&mut self) {
        let Some(opened) = self.left.take().and_then(|left| store::open(left()?, PROGRAM)) else { return };
        self.length = opened.is_whole.then_some(opened.length);
        let [fronts, bodies, marks]: [_; COUNT] = opened.memos;
        self.fronts.recall(fronts);
        self.bodies.recall(bodies);
        self.marks.recall(marks);
    }

    /// What is to be left of pages to the next process; `None` if nothing is new, or if what another one left has not been asked for.
    pub fn change(&self) -> Option<Change> {
        let counts: Counts =
            [self.fronts.counts(Front::can_persist), self.bodies.counts(Body::is_kept), self.marks.counts(|_| true)].into_iter().sum();
        if self.left.is_some() || counts.new == 0 {
            return None;
        }
        // What does not hold any more is in the way, until half of it is such.
        let is_worn = counts.left + counts.new > 2 * counts.now;
        Some(self.length.filter(|_| !is_worn).map_or(Change::Anew, Change::Behind))
    }

    /// Writes what `change` is.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn write(&self, change: Change, to: &mut dyn Write) -> io::Result<()> {
        let share = match change {
            Change::Anew => Share::All,
            Change::Behind(_) => Share::New,
        };
        if change == Change::Anew {
            store::begin(PROGRAM, to)?;
        }
        self.fronts.leave(share, Front::to_bytes, |piece| store::put(FRONTS, piece, to))?;
        self.bodies.leave(share, Body::to_bytes, |piece| store::put(BODIES, piece, to))?;
        self.marks.leave(share, Mentions::to_bytes, |piece| store::put(MARKS, piece, to))
    }

    /// What to leave to the next process of the last build.
    pub fn done(&self) -> Vec<u8> {
        self.done.as_ref().map_or_else(Vec::new, Done::to_bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pipeline::{BuildOptions, plan};
    use crate::sources::Sources;

    fn sources(text: &str) -> Sources {
        let files = [("content/a.md", text), ("content/b.md", "---\ntitle: B\n---\n\nSecond.\n")];
        Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &files)
    }

    /// A cache that begins with what another process left, after a plan of these sources; and what it leaves.
    fn next(left: Option<&Arc<Vec<u8>>>, text: &str) -> (Option<Change>, Vec<u8>) {
        let left = left.cloned();
        let mut cache = Cache::from_process(&[], move || left.map(|left| left.to_vec()), Verify::On);
        plan(&sources(text), &mut cache, &BuildOptions::default());
        let change = cache.change();
        let mut bytes = Vec::new();
        if let Some(change) = change {
            cache.write(change, &mut bytes).expect("written");
        }
        (change, bytes)
    }

    #[test]
    fn forms_that_are_damaged_are_no_memory() {
        let bytes = closed(b"forms".to_vec());
        assert_eq!(opened(&bytes).as_deref(), Some(&b"forms"[..]));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert_eq!(opened(&damaged), None, "byte {at}");
        }
        assert_eq!(opened(b"forms"), None);
    }

    #[test]
    fn what_is_new_is_left_behind_what_was_read_until_half_of_that_does_not_hold() {
        let (change, first) = next(None, "First.");
        assert_eq!(change, Some(Change::Anew));
        let mut left = Arc::new(first);
        assert_eq!(next(Some(&left), "First."), (None, Vec::new()));
        let mut changes = Vec::new();
        for edit in 0..10 {
            let (change, bytes) = next(Some(&left), &format!("Edit {edit}."));
            changes.push(change == Some(Change::Behind(left.len() as u64)));
            left = Arc::new(if change == Some(Change::Anew) { bytes } else { [&left[..], &bytes].concat() });
        }
        assert!(changes[0] && changes.contains(&false), "{changes:?}");
    }
}
