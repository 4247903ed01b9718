//! What changed between two texts: block by block, then word by word. A pure function of their HTML.
//!
//! Owns `Comparison`. Which words differ is left to a crate; what is ours is what a block and a word are, what has been moved, and how it is shown. It
//! must not know whose texts they are.

mod align;
mod blocks;
mod diff;
mod inline;
mod numbers;
#[cfg(test)]
mod tests;
mod words;
mod write;

use blocks::Block;
use diff::Edit;

pub use blocks::BEGINS;
pub use write::Labels;

/// Two texts side by side.
#[derive(Debug, Default, PartialEq)]
pub struct Comparison {
    old: Vec<Block>,
    new: Vec<Block>,
    /// In the order in which they are read.
    pieces: Vec<Piece>,
    /// How many words came, went, and stand elsewhere.
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
    /// What has an anchor of its own, in the order of reading; numbers are counted from 1.
    pub changes: Vec<Change>,
}

/// A block, and what became of it. Blocks are named by their places.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Same {
        new: usize,
    },
    Changed {
        old: usize,
        new: usize,
        pairs: Vec<Pair>,
    },
    Added {
        new: usize,
    },
    Removed {
        old: usize,
    },
    /// It stood elsewhere, perhaps with other words.
    MovedHere {
        old: usize,
        new: usize,
        pairs: Vec<Pair>,
    },
    /// It stands elsewhere now.
    MovedAway {
        old: usize,
        new: usize,
    },
}

/// A text of a block with what it was; of a row there are several, and one of them may be new or gone.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    old: Option<usize>,
    new: Option<usize>,
    edits: Vec<Edit>,
}

/// One change, for a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of the text above it; `None` before the first heading.
    pub heading: Option<String>,
    /// Words that came and went; of a block that was moved, those that stand elsewhere.
    pub added: usize,
    pub removed: usize,
    pub moved: usize,
}

/// Compares the HTML of an old text with that of the new one.
pub fn compare(old: &str, new: &str) -> Comparison {
    let mut interner = words::Interner::default();
    let (old, new) = (blocks::blocks(old, &mut interner), blocks::blocks(new, &mut interner));
    let pieces = align::align(&old, &new);
    let mut comparison = Comparison { old, new, pieces, ..Comparison::default() };
    comparison.count();
    comparison
}

impl Comparison {
    /// Whether the two say the same.
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// Counts words, and lists the changes.
    fn count(&mut self) {
        let mut heading = None;
        for piece in &self.pieces {
            let (old, new) = (|at: &usize| self.old[*at].count(), |at: &usize| self.new[*at].count());
            let (added, removed, moved) = match piece {
                Piece::Same { .. } | Piece::MovedAway { .. } => (0, 0, 0),
                Piece::Added { new: at } => (new(at), 0, 0),
                Piece::Removed { old: at } => (0, old(at), 0),
                Piece::Changed { old, new, pairs } => self.edited(*old, *new, pairs),
                Piece::MovedHere { old, new: at, pairs } => {
                    let (added, removed, _) = self.edited(*old, *at, pairs);
                    (added, removed, new(at) - added)
                }
            };
            if piece.shown().is_some_and(|at| self.new[at].begins) {
                heading = None;
            }
            if let Some(shown) = piece.shown().filter(|at| self.new[*at].is_heading()) {
                heading = Some(self.new[shown].plain());
            }
            if piece.is_change() {
                self.changes.push(Change { heading: heading.clone(), added, removed, moved });
                (self.added, self.removed, self.moved) = (self.added + added, self.removed + removed, self.moved + moved);
            }
        }
    }

    fn edited(&self, old: usize, new: usize, pairs: &[Pair]) -> (usize, usize, usize) {
        let (old, new) = (&self.old[old].texts, &self.new[new].texts);
        let (mut added, mut removed) = (0, 0);
        for pair in pairs {
            for edit in pair.edits.iter().filter(|edit| !edit.is_same) {
                removed += pair.old.map_or(0, |at| old[at].count(&edit.old));
                added += pair.new.map_or(0, |at| new[at].count(&edit.new));
            }
        }
        (added, removed, 0)
    }
}

impl Piece {
    /// Whether it has a number of its own: of a block that was moved, the place where it stands now has.
    fn is_change(&self) -> bool {
        !matches!(self, Piece::Same { .. } | Piece::MovedAway { .. })
    }

    /// The block of the new text that stands here.
    fn shown(&self) -> Option<usize> {
        match self {
            Piece::Same { new } | Piece::Changed { new, .. } | Piece::Added { new } | Piece::MovedHere { new, .. } => Some(*new),
            Piece::Removed { .. } | Piece::MovedAway { .. } => None,
        }
    }
}
