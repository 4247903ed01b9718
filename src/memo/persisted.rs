//! What one process leaves to the next of a memo: names, keys and values as bytes.
//!
//! Owns `Persisted` and the bytes of a piece. It must not know what the values are, or how pieces are stored. Bytes that are no such thing count as
//! nothing.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::{Memo, Origin};
use crate::fingerprint::Fingerprint;

/// The values of a memo that another process had. They are decoded when they are asked for.
#[derive(Debug, Default)]
pub struct Persisted {
    /// Of all memos that were left together.
    bytes: Arc<Vec<u8>>,
    /// In the order in which they were left: of two values under one name the later one holds.
    pieces: Vec<Range<usize>>,
}

/// The entries of `Persisted`, in the order of their names.
pub(super) struct Entries<'a>(Vec<(&'a str, Fingerprint, &'a [u8])>);

impl Persisted {
    /// Nothing yet of what lies in `bytes`.
    pub fn new(bytes: Arc<Vec<u8>>) -> Persisted {
        Persisted { bytes, pieces: Vec::new() }
    }

    /// Adds the piece that lies at `range`.
    pub fn push(&mut self, range: Range<usize>) {
        self.pieces.push(range);
    }

    /// The bytes of each piece.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(|range| self.bytes.get(range.clone()).unwrap_or_default())
    }

    pub(super) fn entries(&self) -> Entries<'_> {
        let pieces = self.pieces().map(|piece| postcard::from_bytes::<Vec<(&str, Fingerprint, &[u8])>>(piece).unwrap_or_default());
        let mut entries: Vec<_> = pieces.flatten().collect();
        // The first pieces are in order already, and a stable sort leaves what was left later behind.
        entries.sort_by_key(|(name, ..)| *name);
        Entries(entries)
    }
}

impl<'a> Entries<'a> {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes of the value that was left last under `name`, if its key was this one.
    pub fn get(&self, name: &str, key: Fingerprint) -> Option<&'a [u8]> {
        let at = self.0.partition_point(|(other, ..)| *other <= name).checked_sub(1)?;
        let (other, known, bytes) = self.0[at];
        (other == name && known == key).then_some(bytes)
    }
}

/// So many values are one piece.
const PIECE: usize = 64;
/// So many pieces are encoded at once, and held in memory until they are written.
const GROUP: usize = 32;

/// Which values of a memo are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Every value.
    All,
    /// Those that no other process has left.
    New,
}

/// Bytes that are written in one piece, not one by one.
struct Whole(Vec<u8>);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<V: Send + Sync + PartialEq> Memo<V> {
    /// Gives to `write`, piece by piece, what to leave to another process: the values that `encode` makes bytes of.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn leave(
        &self,
        share: Share,
        encode: impl Fn(&V) -> Option<Vec<u8>> + Sync,
        mut write: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let is_left = |origin: Origin| share == Share::All || origin == Origin::Computed;
        let slots = self.slots.iter().filter(|slot| is_left(slot.origin));
        let mut slots: Vec<(&str, Fingerprint, &V)> = slots.map(|slot| (&*slot.name, slot.key, &*slot.value)).collect();
        slots.par_sort_unstable_by_key(|(name, ..)| *name);
        let piece = |slots: &[(&str, Fingerprint, &V)]| {
            let encoded = slots.iter().filter_map(|(name, key, value)| Some((*name, *key, Whole(encode(value)?))));
            let encoded: Vec<(&str, Fingerprint, Whole)> = encoded.collect();
            (!encoded.is_empty()).then(|| postcard::to_allocvec(&encoded).ok()).flatten()
        };
        for group in slots.chunks(PIECE * GROUP) {
            let pieces: Vec<Option<Vec<u8>>> = group.par_chunks(PIECE).map(piece).collect();
            pieces.iter().flatten().try_for_each(|piece| write(piece))?;
        }
        Ok(())
    }

    /// How many values another process left, those that do not hold any more among them; and how many there are now of which `encode` would make
    /// bytes: all, and those that nobody has left.
    pub fn counts(&self, is_persisted: impl Fn(&V) -> bool + Sync) -> Counts {
        let count = |slot: &super::Slot<V>| match (is_persisted(&slot.value), slot.origin) {
            (false, _) => (0, 0),
            (true, Origin::Persisted) => (1, 0),
            (true, Origin::Computed) => (1, 1),
        };
        let (now, new) = self.slots.par_iter().map(count).reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1));
        Counts { left: self.left, now, new }
    }
}

/// How many values of a memo are with another process, and how many are here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many another process has left.
    pub left: usize,
    /// How many there are.
    pub now: usize,
    /// How many of those no other process has left.
    pub new: usize,
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(all: I) -> Counts {
        all.fold(Counts::default(), |sum, one| Counts { left: sum.left + one.left, now: sum.now + one.now, new: sum.new + one.new })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Verify, Want};
    use super::*;

    fn want(name: &str, text: &str) -> Want<String> {
        Want { name: name.into(), key: Fingerprint::of_bytes(text.as_bytes()), input: text.into() }
    }

    fn encode(value: &str) -> Option<Vec<u8>> {
        (!value.is_empty()).then(|| value.into())
    }

    /// The values of `memo` for these wants; what is recalled has a mark.
    fn values(memo: &mut Memo<String>, wants: &[Want<String>]) -> Vec<String> {
        let recall = |_: &String, bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok().map(|text| text + "!");
        memo.all_or_persisted(wants, recall, String::clone).iter().map(|value| value.to_string()).collect()
    }

    /// What a memo leaves.
    fn left(memo: &Memo<String>, share: Share) -> Vec<Vec<u8>> {
        let mut pieces = Vec::new();
        let write = |piece: &[u8]| {
            pieces.push(piece.to_vec());
            Ok(())
        };
        memo.leave(share, |value| encode(value), write).expect("written");
        pieces
    }

    fn recalling(verify: Verify, pieces: &[Vec<u8>]) -> Memo<String> {
        let mut persisted = Persisted::new(Arc::new(pieces.concat()));
        let mut start = 0;
        for piece in pieces {
            persisted.push(start..start + piece.len());
            start += piece.len();
        }
        let mut memo = Memo::new("test", verify);
        memo.recall(persisted);
        memo
    }

    #[test]
    fn what_was_left_is_recalled_under_an_equal_name_and_key_only() {
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &[want("x", "a"), want("y", "b"), want("z", "")]);
        let mut second = recalling(Verify::Off, &left(&first, Share::All));
        let wants = [want("v", "a"), want("x", "a"), want("y", "new"), want("z", "")];
        assert_eq!(values(&mut second, &wants), ["a", "a!", "new", ""]);
        assert_eq!(values(&mut second, &wants[1..2]), ["a!"], "now it is remembered here");
    }

    #[test]
    fn of_two_values_under_one_name_the_one_that_was_left_last_holds() {
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &[want("x", "a"), want("y", "b")]);
        let mut pieces = left(&first, Share::All);
        let mut second = recalling(Verify::Off, &pieces);
        values(&mut second, &[want("x", "new"), want("y", "b")]);
        let new = left(&second, Share::New);
        assert_eq!((new.len(), second.counts(|_| true)), (1, Counts { left: 2, now: 2, new: 1 }));
        pieces.extend(new);
        let mut third = recalling(Verify::Off, &pieces);
        assert_eq!(values(&mut third, &[want("x", "new"), want("y", "b")]), ["new!", "b!"]);
        assert_eq!(third.counts(|_| true), Counts { left: 3, now: 2, new: 0 });
        assert_eq!(values(&mut recalling(Verify::Off, &pieces), &[want("x", "a")]), ["a"], "what was left first is gone");
    }

    #[test]
    fn bytes_that_are_nothing_leave_nothing() {
        for bytes in [vec![], vec![0xff; 30], vec![1, 1]] {
            assert_eq!(values(&mut recalling(Verify::Off, &[bytes]), &[want("x", "a")]), ["a"]);
        }
    }

    #[test]
    #[should_panic(expected = "memo `test`: the value of `x` changed under an equal key")]
    fn verification_computes_what_is_recalled_again() {
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &[want("x", "a")]);
        let mut second = recalling(Verify::On, &left(&first, Share::All));
        values(&mut second, &[want("x", "a")]);
    }
}
