//! What a command remembers of an earlier one, so that it need not read and render again what has not changed.
//!
//! It must not know what is remembered. Bytes that another build of the program left, or damaged ones, are no memory.

use jiff::Timestamp;

use super::locate::Found;
use crate::fingerprint::{PROGRAM, seal, unseal};
use crate::memo::Verify;
use crate::output::cache as file;
use crate::pipeline::{Cache, Change};
use crate::sources::{Known, Sources};

/// What the last command on this site remembered, besides its cache.
#[derive(Default)]
pub struct Memory {
    /// The texts that need not be read.
    pub known: Known,
    /// The bytes in which the last command left them, and the last build.
    left: Vec<u8>,
}

/// The file of what the last build read and came to: small, and read by every command.
const BUILD: &str = "build";
/// The file of what was made of each page: large, and read when a page is wanted.
const PAGES: &str = "pages";
/// The file of the words of pages: larger still, and read when a search index is wanted.
const WORDS: &str = "words";
/// The file of the keys of documents.
const KEYS: &str = "keys";
/// The file of what pages are to each other.
const MEMBERS: &str = "members";
/// The file of the forms of sources.
const FORMS: &str = "forms";

impl Memory {
    /// What an earlier process left, and a cache that begins with it.
    pub fn load(found: &Found) -> (Memory, Cache) {
        let state = found.state();
        let left = file::load(&state, BUILD).unwrap_or_default();
        let (known, done) = open(&left).unwrap_or_default();
        let known = Known::from_bytes(known, &found.root);
        let (words, keys, forms, members) = (state.clone(), state.clone(), state.clone(), state.clone());
        let cache = Cache::from_process(done, move || file::load(&state, PAGES), Verify::Off).with_words(move || file::load(&words, WORDS));
        let cache = cache.with_keys(move || file::load(&keys, KEYS)).with_forms(move || file::load(&forms, FORMS));
        let cache = cache.with_members(move || file::load(&members, MEMBERS));
        (Memory { known, left }, cache)
    }

    /// Leaves to the next command what is not yet kept: of `sources`, which were read after `then`, and of the build that was made of them with `cache`.
    pub fn save(&self, found: &Found, sources: &Sources, then: Timestamp, cache: &Cache) {
        let state = found.state();
        let pages = || match cache.change() {
            Some(change @ Change::Anew) => file::save(&state, PAGES, |to| cache.write(change, to)),
            Some(change @ Change::Behind(length)) => file::append(&state, PAGES, length, |to| cache.write(change, to)),
            None => {}
        };
        let words = || {
            if let Some(words) = cache.words_to_leave() {
                file::save(&state, WORDS, |to| words.write(to));
            }
        };
        rayon::join(pages, words);
        if let Some(bytes) = cache.keys_to_leave() {
            file::save(&state, KEYS, |to| to.write_all(&bytes));
        }
        if let Some(bytes) = cache.forms_to_leave() {
            file::save(&state, FORMS, |to| to.write_all(&bytes));
        }
        if let Some(bytes) = cache.members_to_leave() {
            file::save(&state, MEMBERS, |to| to.write_all(&bytes));
        }
        let bytes = closed(&Known::from_sources(sources, then).to_bytes(), &cache.done());
        if bytes != self.left {
            file::save(&state, BUILD, |to| to.write_all(&bytes));
        }
    }
}

fn closed(known: &[u8], done: &[u8]) -> Vec<u8> {
    seal(postcard::to_allocvec(&(PROGRAM, known, done)).unwrap_or_default())
}

fn open(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (program, known, done): (&str, &[u8], &[u8]) = postcard::from_bytes(unseal(bytes)?).ok()?;
    (program == PROGRAM).then_some((known, done))
}
