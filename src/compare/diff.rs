//! Which words of two texts differ: the seam to the crate that finds it.
//!
//! Owns `Edit`. It must not know what the numbers stand for.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token};

/// A run that stayed, or that took the place of another. Runs follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub old: Range<usize>,
    pub new: Range<usize>,
    pub is_same: bool,
}

/// How one sequence becomes the other.
pub fn edits(old: &[u32], new: &[u32]) -> Vec<Edit> {
    let tokens = |keys: &[u32]| keys.iter().map(|key| Token(*key)).collect();
    let input: InternedInput<u32> = InternedInput { before: tokens(old), after: tokens(new), interner: Interner::new(0) };
    let mut diff = Diff::default();
    // Few changes read best, and in texts that have nothing in common this one gives up looking for the fewest.
    diff.compute_with(Algorithm::Myers, &input.before, &input.after, 0);
    diff.postprocess_no_heuristic(&input);
    let mut found = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    for hunk in diff.hunks() {
        let changed = Edit {
            old: hunk.before.start as usize..hunk.before.end as usize,
            new: hunk.after.start as usize..hunk.after.end as usize,
            is_same: false,
        };
        push_same(at_old..changed.old.start, at_new..changed.new.start, &mut found);
        (at_old, at_new) = (changed.old.end, changed.new.end);
        found.push(changed);
    }
    push_same(at_old..old.len(), at_new..new.len(), &mut found);
    found
}

fn push_same(old: Range<usize>, new: Range<usize>, found: &mut Vec<Edit>) {
    if !old.is_empty() {
        found.push(Edit { old, new, is_same: true });
    }
}

/// Joins changes between which stand only words that hold nothing together, such as `of the`: who reads a sentence in splinters does not read it.
pub fn joined(edits: Vec<Edit>, is_weak: impl Fn(&Range<usize>) -> bool) -> Vec<Edit> {
    let mut found: Vec<Edit> = Vec::with_capacity(edits.len());
    let mut rest = edits.into_iter().peekable();
    while let Some(edit) = rest.next() {
        let is_between = found.last().is_some_and(|last| !last.is_same) && rest.peek().is_some();
        let size = |edit: &Edit| edit.old.len() + edit.new.len();
        let around = found.last().map_or(0, size) + rest.peek().map_or(0, size);
        let joins = |edit: &Edit| edit.is_same && is_between && around > 3 && is_weak(&edit.new);
        match found.last_mut() {
            Some(last) if !last.is_same && (!edit.is_same || joins(&edit)) => {
                (last.old.end, last.new.end) = (edit.old.end, edit.new.end);
            }
            _ => found.push(edit),
        }
    }
    found
}
