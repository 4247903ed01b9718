//! What one process leaves to the next of a memo: names, keys and values as bytes.
//!
//! Owns `Kept`. It must not know what the values are. Bytes that are no such thing count as nothing.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use super::Memo;
use crate::fingerprint::Fingerprint;

/// The values of a memo that another process had. They are decoded when they are asked for.
#[derive(Default)]
pub struct Kept {
    /// Of all memos that were left together.
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
}

/// The entries of `Kept`, in the order of their names.
pub(super) struct Entries<'a>(Vec<(&'a str, Fingerprint, &'a [u8])>);

impl Kept {
    /// What lies at `range`.
    pub fn of(bytes: Arc<Vec<u8>>, range: Range<usize>) -> Kept {
        Kept { bytes, range }
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }

    pub(super) fn entries(&self) -> Entries<'_> {
        let mut entries: Vec<(&str, Fingerprint, &[u8])> = Vec::new();
        let mut rest = self.bytes();
        while let Ok((mut piece, behind)) = postcard::take_from_bytes::<Vec<_>>(rest) {
            entries.append(&mut piece);
            rest = behind;
        }
        let is_sorted = entries.is_sorted_by(|one, next| one.0 < next.0);
        Entries(if is_sorted { entries } else { Vec::new() })
    }
}

impl Entries<'_> {
    pub fn get(&self, name: &str, key: Fingerprint) -> Option<&[u8]> {
        let at = self.0.binary_search_by(|(other, ..)| (*other).cmp(name)).ok()?;
        (self.0[at].1 == key).then_some(self.0[at].2)
    }

    /// The fingerprint of all names and keys: where it is equal, the values are.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.0.iter().map(|(name, key, _)| (*name, *key)).collect::<Vec<_>>())
    }
}

/// So many values are encoded by one thread at a time.
const PIECE: usize = 64;

/// Bytes that are written in one piece, not one by one.
struct Whole(Vec<u8>);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<V: Send + Sync + PartialEq> Memo<V> {
    /// What to leave to another process, in pieces to be put one behind the other: the values that `encode` makes bytes of.
    pub fn to_bytes(&self, encode: impl Fn(&V) -> Option<Vec<u8>> + Sync) -> Vec<Vec<u8>> {
        let mut slots: Vec<(&str, Fingerprint, &V)> = self.slots.par_iter().map(|slot| (&*slot.name, slot.key, &*slot.value)).collect();
        slots.par_sort_unstable_by_key(|(name, ..)| *name);
        let piece = |slots: &[(&str, Fingerprint, &V)]| {
            let encoded = slots.iter().filter_map(|(name, key, value)| Some((*name, *key, Whole(encode(value)?))));
            postcard::to_allocvec(&encoded.collect::<Vec<(&str, Fingerprint, Whole)>>()).unwrap_or_default()
        };
        slots.par_chunks(PIECE).map(piece).collect()
    }

    /// True if `to_bytes` would give others than this memo began with; `is_kept` says of which values it makes bytes.
    pub fn differs(&self, is_kept: impl Fn(&V) -> bool + Sync) -> bool {
        let kept = self.slots.par_iter().filter(|slot| is_kept(&slot.value)).map(|slot| (&*slot.name, slot.key));
        let mut kept: Vec<(&str, Fingerprint)> = kept.collect();
        kept.par_sort_unstable();
        Fingerprint::of(&kept) != self.began_with
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
        memo.all_or_kept(wants, recall, String::clone).iter().map(|value| value.to_string()).collect()
    }

    fn kept(bytes: Vec<u8>) -> Kept {
        let length = bytes.len();
        Kept::of(Arc::new(bytes), 0..length)
    }

    fn next(memo: &Memo<String>) -> Memo<String> {
        Memo::with_kept("test", Verify::Off, kept(memo.to_bytes(|value| encode(value)).concat()))
    }

    #[test]
    fn what_was_kept_is_recalled_under_an_equal_name_and_key_only() {
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &[want("x", "a"), want("y", "b"), want("z", "")]);
        let mut second = next(&first);
        let wants = [want("v", "a"), want("x", "a"), want("y", "new"), want("z", "")];
        assert_eq!(values(&mut second, &wants), ["a", "a!", "new", ""]);
        assert_eq!(values(&mut second, &wants[1..2]), ["a!"], "now it is remembered here");
    }

    #[test]
    fn a_memo_differs_when_something_was_made_anew_or_dropped() {
        let both = [want("x", "a"), want("y", "b")];
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &both);
        let differs = |wants: &[Want<String>]| {
            let mut second = next(&first);
            values(&mut second, wants);
            second.differs(|value| !value.is_empty())
        };
        assert!(first.differs(|_| true) && !differs(&both));
        assert!(differs(&both[..1]) && differs(&[want("x", "a"), want("y", "c")]));
        assert!(!differs(&[want("x", "a"), want("y", "b"), want("z", "")]), "what is not kept is no difference");
    }

    #[test]
    fn bytes_that_are_nothing_keep_nothing() {
        for bytes in [vec![], vec![0xff; 30], vec![1, 1]] {
            let mut memo = Memo::with_kept("test", Verify::Off, kept(bytes));
            assert_eq!(values(&mut memo, &[want("x", "a")]), ["a"]);
        }
    }

    #[test]
    #[should_panic(expected = "memo `test`: the value of `x` changed under an equal key")]
    fn verification_computes_what_is_recalled_again() {
        let mut first = Memo::new("test", Verify::Off);
        values(&mut first, &[want("x", "a")]);
        let mut second = Memo::with_kept("test", Verify::On, kept(first.to_bytes(|value| encode(value)).concat()));
        values(&mut second, &[want("x", "a")]);
    }
}
