//! What is remembered between builds: in a process all stages, from process to process the bodies and their marks, which take longest.
//!
//! Owns `Cache` and its form as bytes. It must not know where they are kept. Bytes of another program, or damaged ones, are no memory.

use crate::fingerprint::{Fingerprint, PROGRAM};
use crate::index::Index;
use crate::memo::{Kept, Memo, Verify};
use crate::page::{Body, Front};
use crate::register::Marks;

/// One memo a stage.
pub struct Cache {
    pub(super) fronts: Memo<Front>,
    pub(super) bodies: Memo<Body>,
    pub(super) marks: Memo<Marks>,
    pub(super) index: Memo<Index>,
}

impl Default for Cache {
    fn default() -> Cache {
        Cache::new(Verify::Off)
    }
}

impl Cache {
    pub fn new(verify: Verify) -> Cache {
        Cache::with_kept(verify, Kept::default(), Kept::default())
    }

    /// A cache that remembers what another process left; nothing, if that was another build of the program or the bytes are damaged.
    pub fn from_bytes(bytes: &[u8], verify: Verify) -> Cache {
        let (bodies, marks) = open(bytes, PROGRAM).unwrap_or_default();
        Cache::with_kept(verify, Kept::of(bodies), Kept::of(marks))
    }

    /// What to leave to the next process. What this cache itself was given and has not yet used in a build is not in it.
    pub fn to_bytes(&self) -> Vec<u8> {
        seal(PROGRAM, &self.bodies.to_bytes(Body::to_bytes), &self.marks.to_bytes(Marks::to_bytes))
    }

    /// True if `to_bytes` would give others than those that this cache was made of.
    pub fn differs(&self) -> bool {
        self.bodies.differs(Body::is_kept) || self.marks.differs(|_| true)
    }

    fn with_kept(verify: Verify, bodies: Kept, marks: Kept) -> Cache {
        Cache {
            fronts: Memo::new("front", verify),
            bodies: Memo::with_kept("body", verify, bodies),
            marks: Memo::with_kept("marks", verify, marks),
            index: Memo::new("index", verify),
        }
    }
}

/// Begins with the program, whose form of values it is, and ends with a fingerprint by which damage is seen.
fn seal(program: &str, bodies: &[Vec<u8>], marks: &[Vec<u8>]) -> Vec<u8> {
    let length: usize = bodies.iter().map(Vec::len).sum();
    let head = postcard::to_allocvec(&(program, length)).unwrap_or_default();
    let pieces = || [&head].into_iter().chain(bodies).chain(marks);
    let mut bytes = Vec::with_capacity(pieces().map(Vec::len).sum::<usize>() + size_of::<u128>());
    pieces().for_each(|piece| bytes.extend_from_slice(piece));
    bytes.extend(Fingerprint::of_bytes(&bytes).0.to_le_bytes());
    bytes
}

/// Bodies and marks of what `seal` made for `program`.
fn open(bytes: &[u8], program: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let (inside, seal) = bytes.split_last_chunk()?;
    let ((of, length), rest): ((&str, usize), &[u8]) = postcard::take_from_bytes(inside).ok()?;
    if of != program || Fingerprint::of_bytes(inside) != Fingerprint(u128::from_le_bytes(*seal)) {
        return None;
    }
    let (bodies, marks) = rest.split_at_checked(length)?;
    Some((bodies.to_vec(), marks.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_is_opened_by_the_same_program_only() {
        let bytes = seal("one", &[b"bod".into(), b"ies".into()], &[b"marks".into()]);
        assert_eq!(open(&bytes, "one"), Some((b"bodies".to_vec(), b"marks".to_vec())));
        assert_eq!(open(&bytes, "two"), None);
    }

    #[test]
    fn damaged_bytes_are_not_opened() {
        let bytes = seal("one", &[b"bod".into(), b"ies".into()], &[b"marks".into()]);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert_eq!(open(&damaged, "one"), None, "byte {at}");
            assert_eq!(open(&bytes[..at], "one"), None, "the first {at} bytes");
        }
        assert_eq!(open(&[&bytes[..], b"x"].concat(), "one"), None);
    }
}
