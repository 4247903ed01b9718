//! Remembering the value of a pure function: one slot a name, so memory is bounded by what the site has now.
//!
//! Owns `Memo` and what of it outlives a process. It must not know what is remembered. A memo only answers when the key is equal; it never guesses, and nothing is ever invalidated in it.

mod persisted;
pub mod store;

use std::cell::OnceCell;
use std::sync::Arc;

use rayon::prelude::*;

use crate::fingerprint::{Fingerprint, Lookup};

pub use persisted::{Counts, Persisted, Share};

/// The remembered values of one stage, by name.
pub struct Memo<V> {
    stage: &'static str,
    verify: Verify,
    /// In the order in which they were wanted last.
    slots: Vec<Slot<V>>,
    /// What another process left: asked once, for what is wanted first.
    persisted: Persisted,
    /// How many values that were.
    left: usize,
}

/// One remembered value.
struct Slot<V> {
    name: Arc<str>,
    key: Fingerprint,
    value: Arc<V>,
    origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Another process has left it.
    Persisted,
    /// It was computed here.
    Computed,
}

/// Whether each hit is computed again and compared: on in every test, off for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verify {
    /// A hit is believed.
    #[default]
    Off,
    /// A hit is computed again.
    On,
}

/// One value that is wanted: the name of its slot, the fingerprint of all that it depends on, and its input.
pub struct Want<I> {
    /// The name of the slot, such as a path.
    pub name: Arc<str>,
    /// The fingerprint of all that the value depends on.
    pub key: Fingerprint,
    /// What the value is computed from.
    pub input: I,
}

impl<V: Send + Sync + PartialEq> Memo<V> {
    /// A memo that remembers nothing. `stage` names it when verification finds a difference.
    pub fn new(stage: &'static str, verify: Verify) -> Memo<V> {
        Memo { stage, verify, slots: Vec::new(), persisted: Persisted::default(), left: 0 }
    }

    /// Remembers what another process left, which is asked for what is wanted next.
    pub fn recall(&mut self, persisted: Persisted) {
        self.persisted = persisted;
    }

    /// Remembers the one value of a stage that another process left.
    pub fn recall_one(&mut self, name: &str, key: Fingerprint, value: V) {
        self.slots = vec![Slot { name: Arc::from(name), key, value: Arc::new(value), origin: Origin::Persisted }];
    }

    /// The one value of a stage with its key; `None` if there is none, or if another process has left it.
    pub fn one_to_leave(&self) -> Option<(Fingerprint, &V)> {
        let is_new = |slot: &&Slot<V>| slot.origin == Origin::Computed;
        self.slots.first().filter(is_new).map(|slot| (slot.key, &*slot.value))
    }

    /// Forgets all: nobody will ask again.
    pub fn forget(&mut self) {
        self.slots = Vec::new();
    }

    /// The values of `compute` for all `wants`, in their order, and in parallel. Slots that nobody wants any more are forgotten.
    ///
    /// # Panics
    /// In verify mode, when a remembered value differs from the one computed now: the key does not cover its inputs.
    pub fn all<I: Sync>(&mut self, wants: &[Want<I>], compute: impl Fn(&I) -> V + Sync) -> Vec<Arc<V>> {
        self.all_or_persisted(wants, |_, _| None, compute)
    }

    /// The same, where `recall` makes a value of the bytes that another process left of it.
    ///
    /// # Panics
    /// As `all`.
    pub fn all_or_persisted<I: Sync>(
        &mut self,
        wants: &[Want<I>],
        recall: impl Fn(&I, &[u8]) -> Option<V> + Sync,
        compute: impl Fn(&I) -> V + Sync,
    ) -> Vec<Arc<V>> {
        self.all_with(wants, recall, || (), |(), input| compute(input))
    }

    /// The same, where each thread has something of its own that makes `compute` faster and changes nothing.
    ///
    /// # Panics
    /// As `all`.
    pub fn all_with<I: Sync, S>(
        &mut self,
        wants: &[Want<I>],
        recall: impl Fn(&I, &[u8]) -> Option<V> + Sync,
        own: impl Fn() -> S + Sync + Send,
        compute: impl Fn(&mut S, &I) -> V + Sync,
    ) -> Vec<Arc<V>> {
        let persisted = std::mem::take(&mut self.persisted);
        let persisted = persisted.entries();
        self.left += persisted.len();
        let verified = |own: &mut S, want: &Want<I>, value: Arc<V>| {
            if self.verify == Verify::On && compute(own, &want.input) != *value {
                panic!("memo `{}`: the value of `{}` changed under an equal key", self.stage, want.name);
            }
            value
        };
        let places = places(&self.slots, wants);
        let find = |own: &mut S, (want, place): (&Want<I>, &Option<usize>)| {
            if let Some(slot) = place.map(|place| &self.slots[place]).filter(|slot| slot.key == want.key) {
                return (verified(own, want, slot.value.clone()), slot.origin);
            }
            match persisted.get(&want.name, want.key).and_then(|bytes| recall(&want.input, bytes)) {
                Some(value) => (verified(own, want, Arc::new(value)), Origin::Persisted),
                None => (Arc::new(compute(own, &want.input)), Origin::Computed),
            }
        };
        let found: Vec<(Arc<V>, Origin)> = wants.par_iter().zip(&places).map_init(own, find).collect();
        let slot = |want: &Want<I>, (value, origin): &(Arc<V>, Origin)| Slot {
            name: want.name.clone(),
            key: want.key,
            value: value.clone(),
            origin: *origin,
        };
        if self.slots.len() == wants.len() && places.iter().enumerate().all(|(at, place)| *place == Some(at)) {
            let is_new = |at: usize| !Arc::ptr_eq(&self.slots[at].value, &found[at].0);
            let new: Vec<usize> = (0..found.len()).filter(|at| is_new(*at)).collect();
            new.into_iter().for_each(|at| self.slots[at] = slot(&wants[at], &found[at]));
        } else {
            self.slots = wants.iter().zip(&found).map(|(want, found)| slot(want, found)).collect();
        }
        found.into_iter().map(|(value, _)| value).collect()
    }

    /// The value of `compute`, where a stage has one value only.
    ///
    /// # Panics
    /// As `all`.
    pub fn one(&mut self, name: &str, key: Fingerprint, mut compute: impl FnMut() -> V) -> Arc<V> {
        let known = self.slots.iter().find(|slot| *slot.name == *name && slot.key == key).map(|slot| slot.value.clone());
        if let Some(value) = known {
            if self.verify == Verify::On && compute() != *value {
                panic!("memo `{}`: the value of `{name}` changed under an equal key", self.stage);
            }
            return value;
        }
        let value = Arc::new(compute());
        self.slots = vec![Slot { name: Arc::from(name), key, value: value.clone(), origin: Origin::Computed }];
        value
    }
}

/// The places of the slots of `wants`. Nearly every build wants what the last one wanted, in its order, so that hardly any is looked for.
fn places<V, I>(slots: &[Slot<V>], wants: &[Want<I>]) -> Vec<Option<usize>> {
    let by_name: OnceCell<Lookup<&str, usize>> = OnceCell::new();
    let look =
        |name: &str| by_name.get_or_init(|| slots.iter().enumerate().map(|(at, slot)| (&*slot.name, at)).collect()).get(name).copied();
    let mut next = 0;
    let mut place = |want: &Want<I>| {
        let is_it = |slot: &Slot<V>| Arc::ptr_eq(&slot.name, &want.name) || slot.name == want.name;
        let place = if slots.get(next).is_some_and(is_it) { Some(next) } else { look(&want.name) };
        next = place.map_or(next, |place| place + 1);
        place
    };
    wants.iter().map(&mut place).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Wants whose keys and values are their texts.
    fn wants(texts: &[(&str, &str)]) -> Vec<Want<String>> {
        let want = |(name, text): &(&str, &str)| Want {
            name: Arc::from(*name),
            key: Fingerprint::of_bytes(text.as_bytes()),
            input: text.to_string(),
        };
        texts.iter().map(want).collect()
    }

    /// The values of `memo` for these wants, and how many of them were computed.
    fn values(memo: &mut Memo<String>, texts: &[(&str, &str)]) -> (Vec<String>, usize) {
        let computed = AtomicUsize::new(0);
        let values = memo.all(&wants(texts), |text| {
            computed.fetch_add(1, Ordering::Relaxed);
            text.to_uppercase()
        });
        (values.iter().map(|value| value.to_string()).collect(), computed.into_inner())
    }

    #[test]
    fn only_what_has_a_new_key_is_computed_and_the_order_is_that_of_the_wants() {
        let mut memo = Memo::new("test", Verify::Off);
        assert_eq!(values(&mut memo, &[("x", "a"), ("y", "b")]), (vec!["A".into(), "B".into()], 2));
        assert_eq!(values(&mut memo, &[("y", "b"), ("x", "a")]), (vec!["B".into(), "A".into()], 0));
        assert_eq!(values(&mut memo, &[("x", "c"), ("y", "b")]), (vec!["C".into(), "B".into()], 1));
    }

    #[test]
    fn a_value_belongs_to_its_name_and_not_to_its_key_alone() {
        let mut memo = Memo::new("test", Verify::Off);
        values(&mut memo, &[("x", "a")]);
        assert_eq!(values(&mut memo, &[("y", "a")]).1, 1);
    }

    #[test]
    fn what_nobody_wants_any_more_is_forgotten() {
        let mut memo = Memo::new("test", Verify::Off);
        values(&mut memo, &[("x", "a"), ("y", "b")]);
        values(&mut memo, &[("y", "b")]);
        assert_eq!(values(&mut memo, &[("x", "a"), ("y", "b")]).1, 1);
    }

    #[test]
    fn a_remembered_value_is_shared_and_not_copied() {
        let mut memo = Memo::new("test", Verify::Off);
        let key = Fingerprint::of_bytes(b"a");
        let first = memo.one("x", key, || "A".to_string());
        let second = memo.one("x", key, || "never computed".to_string());
        assert!(Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn verification_computes_each_hit_again_and_keeps_the_remembered_value() {
        let mut memo = Memo::new("test", Verify::On);
        assert_eq!(values(&mut memo, &[("x", "a")]).1, 1);
        assert_eq!(values(&mut memo, &[("x", "a")]), (vec!["A".into()], 1));
    }

    #[test]
    #[should_panic(expected = "memo `body`: the value of `content/x.md` changed under an equal key")]
    fn verification_names_the_stage_and_the_file_whose_key_does_not_cover_its_inputs() {
        let mut memo = Memo::new("body", Verify::On);
        let key = Fingerprint::of_bytes(b"the text alone");
        memo.one("content/x.md", key, || "rendered with one setting".to_string());
        memo.one("content/x.md", key, || "rendered with another".to_string());
    }
}
