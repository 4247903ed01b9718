//! What is remembered between builds: in a process all stages, from process to process what was read of each page, and what the last build came to.
//!
//! Owns `Cache` and its forms as bytes. It must not know where they are kept. Bytes of another program, or damaged ones, are no memory.

use std::sync::Arc;

use super::done::Done;
use crate::entities::Mentions;
use crate::fingerprint::{Fingerprint, PROGRAM, seal, unseal};
use crate::gate;
use crate::memo::{Kept, Memo, Verify};
use crate::page::{Body, Facts, Front, origin::Origin};
use crate::search::Words;
use crate::site::{self, Joined};
use crate::theme::Theme;

/// One memo a stage, and the last build as a whole.
pub struct Cache {
    pub(super) verify: Verify,
    pub(super) theme: Memo<Theme>,
    pub(super) origins: Memo<Origin>,
    pub(super) fronts: Memo<Front>,
    pub(super) gate: gate::Memory,
    pub(super) bodies: Memo<Body>,
    pub(super) facts: Memo<Facts>,
    pub(super) marks: Memo<Mentions>,
    /// Of pages, for the search index.
    pub(super) words: Words,
    pub(super) joined: Memo<Joined>,
    pub(super) members: site::Memory,
    pub(super) done: Option<Done>,
    /// What another process left of pages, until a page is wanted.
    left: Option<Left>,
}

/// Gives the bytes that another process left, if it left any.
type Left = Box<dyn FnOnce() -> Option<Vec<u8>> + Send>;

impl Default for Cache {
    fn default() -> Cache {
        Cache::new(Verify::Off)
    }
}

impl Cache {
    pub fn new(verify: Verify) -> Cache {
        Cache {
            verify,
            theme: Memo::new("theme", verify),
            origins: Memo::new("origin", verify),
            fronts: Memo::new("front", verify),
            gate: gate::Memory::new(verify),
            bodies: Memo::new("body", verify),
            facts: Memo::new("facts", verify),
            marks: Memo::new("marks", verify),
            words: Words::default(),
            joined: Memo::new("index", verify),
            members: site::Memory::new(verify),
            done: None,
            left: None,
        }
    }

    /// A cache that remembers what another process left: of the last build, and of pages, which are asked for when the first is wanted.
    pub fn of_another(done: &[u8], pages: impl FnOnce() -> Option<Vec<u8>> + Send + 'static, verify: Verify) -> Cache {
        Cache { done: Done::from_bytes(done), left: Some(Box::new(pages)), ..Cache::new(verify) }
    }

    /// Remembers what another process left of pages, if that has not been done yet.
    pub(super) fn recall(&mut self) {
        let Some(bytes) = self.left.take().and_then(|left| left()) else { return };
        let Some([fronts, bodies, marks]) = open(&Arc::new(bytes), PROGRAM) else { return };
        self.fronts = Memo::with_kept("front", self.verify, fronts);
        self.bodies = Memo::with_kept("body", self.verify, bodies);
        self.marks = Memo::with_kept("marks", self.verify, marks);
    }

    /// What to leave to the next process of pages: nothing, if that is what another one left. What was left and has not yet been used in a build is not in it.
    pub fn pages(&self) -> Option<Vec<u8>> {
        let differs = self.fronts.differs(Front::can_persist) || self.bodies.differs(Body::is_kept) || self.marks.differs(|_| true);
        (self.left.is_none() && differs).then(|| {
            let sections =
                [self.fronts.to_bytes(Front::to_bytes), self.bodies.to_bytes(Body::to_bytes), self.marks.to_bytes(Mentions::to_bytes)];
            closed(PROGRAM, &sections)
        })
    }

    /// What to leave to the next process of the last build.
    pub fn done(&self) -> Vec<u8> {
        self.done.as_ref().map_or_else(Vec::new, Done::to_bytes)
    }
}

/// Begins with the program, whose form of values it is.
fn closed(program: &str, sections: &[Vec<Vec<u8>>; 3]) -> Vec<u8> {
    let lengths = sections.each_ref().map(|pieces| pieces.iter().map(Vec::len).sum::<usize>());
    let head = postcard::to_allocvec(&(program, lengths)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(head.len() + lengths.iter().sum::<usize>() + size_of::<Fingerprint>());
    bytes.extend(head);
    sections.iter().flatten().for_each(|piece| bytes.extend_from_slice(piece));
    seal(bytes)
}

/// The sections that `closed` put together for `program`.
fn open(bytes: &Arc<Vec<u8>>, program: &str) -> Option<[Kept; 3]> {
    let inside = unseal(bytes)?;
    let ((of, lengths), rest): ((&str, [usize; 3]), &[u8]) = postcard::take_from_bytes(inside).ok()?;
    if of != program {
        return None;
    }
    let mut from = inside.len() - rest.len();
    let ranges = lengths.map(|length| {
        let start = from;
        from = from.saturating_add(length);
        start..from
    });
    (from == inside.len()).then(|| ranges.map(|range| Kept::of(bytes.clone(), range)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> [Vec<Vec<u8>>; 3] {
        [vec![b"fro".to_vec(), b"nts".to_vec()], vec![b"bodies".to_vec()], vec![]]
    }

    fn opened(bytes: Vec<u8>, program: &str) -> Option<[Vec<u8>; 3]> {
        open(&Arc::new(bytes), program).map(|sections| sections.map(|kept| kept.bytes().to_vec()))
    }

    #[test]
    fn sections_are_opened_by_the_same_program_only() {
        let bytes = closed("one", &sections());
        assert_eq!(opened(bytes.clone(), "one"), Some([b"fronts".to_vec(), b"bodies".to_vec(), vec![]]));
        assert_eq!(opened(bytes, "two"), None);
    }

    #[test]
    fn what_is_shorter_than_it_says_is_not_opened() {
        let bytes = postcard::to_allocvec(&("one", [3usize, usize::MAX, 0])).expect("bytes");
        assert_eq!(opened(seal(bytes), "one"), None);
        assert_eq!(opened(b"damaged".to_vec(), "one"), None);
    }
}
