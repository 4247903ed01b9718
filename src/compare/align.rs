//! Which block of an old text became which of the new one, and which have been moved.
//!
//! It must not know how a block is shown. Blocks that are equal hold the texts together; between them those that are alike are paired in their order;
//! what is left and stands in both texts was moved.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::{Block, Shape};
use super::diff::{self, Edit};
use super::inline::Text;
use super::{Pair, Piece};

/// So alike must two blocks be to be one that was edited, of 1.
const ALIKE: f32 = 0.4;
/// The same of blocks that stand in different places, and how many words they must have: short ones are alike by chance.
const ALIKE_MOVED: f32 = 0.75;
const WORDS_MOVED: usize = 8;
/// So many words must a block have that was moved as it is.
const WORDS_MOVED_WHOLE: usize = 4;
/// So many pairs are looked at in one place: 64 new blocks for 64 old ones.
const MOST_PAIRS: usize = 4096;
/// A row with the same first cell is the same row.
const SAME_ROW: f32 = 0.8;

/// What became of each block of one text.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Open,
    /// It stands in its place.
    Stays(usize),
    Moved(usize),
}

/// The blocks of both texts in the order in which they are read.
pub fn align(old: &[Block], new: &[Block]) -> Vec<Piece> {
    let mut fates = Fates { old: vec![Fate::Open; old.len()], new: vec![Fate::Open; new.len()] };
    let gaps = fates.equal(old, new);
    fates.moved_whole(old, new);
    gaps.iter().for_each(|(of_old, of_new)| fates.alike(old, new, of_old.clone(), of_new.clone()));
    fates.moved_and_edited(old, new);
    fates.pieces(old, new)
}

struct Fates {
    /// By block.
    old: Vec<Fate>,
    new: Vec<Fate>,
}

impl Fates {
    fn stay(&mut self, old: usize, new: usize) {
        (self.old[old], self.new[new]) = (Fate::Stays(new), Fate::Stays(old));
    }

    fn move_(&mut self, old: usize, new: usize) {
        (self.old[old], self.new[new]) = (Fate::Moved(new), Fate::Moved(old));
    }

    fn open<'f>(fates: &'f [Fate], range: Range<usize>) -> impl Iterator<Item = usize> + 'f {
        range.filter(|at| fates[*at] == Fate::Open)
    }

    /// Pairs blocks that are equal and in one order; what stands between them.
    fn equal(&mut self, old: &[Block], new: &[Block]) -> Vec<(Range<usize>, Range<usize>)> {
        let mut known: HashMap<(u8, Vec<Vec<u32>>), u32> = HashMap::new();
        let mut keys = |blocks: &[Block]| -> Vec<u32> {
            let key = |block: &Block| {
                let next = known.len() as u32;
                *known.entry((block.shape.sort(), block.texts.iter().map(Text::keys).collect())).or_insert(next)
            };
            blocks.iter().map(key).collect()
        };
        let (old_keys, new_keys) = (keys(old), keys(new));
        let mut gaps = Vec::new();
        for Edit { old, new, is_same } in diff::edits(&old_keys, &new_keys) {
            if is_same {
                old.zip(new).for_each(|(old, new)| self.stay(old, new));
            } else {
                gaps.push((old, new));
            }
        }
        gaps
    }

    /// Pairs blocks that are equal and stand elsewhere now.
    fn moved_whole(&mut self, old: &[Block], new: &[Block]) {
        let mut by_text: HashMap<(u8, Vec<Vec<u32>>), Vec<usize>> = HashMap::new();
        let key = |block: &Block| (block.shape.sort(), block.texts.iter().map(Text::keys).collect::<Vec<_>>());
        for at in Self::open(&self.old, 0..old.len()).filter(|at| old[*at].count() >= WORDS_MOVED_WHOLE) {
            by_text.entry(key(&old[at])).or_default().insert(0, at);
        }
        if by_text.is_empty() {
            return;
        }
        for at in Self::open(&self.new, 0..new.len()).collect::<Vec<_>>() {
            if let Some(from) = by_text.get_mut(&key(&new[at])).and_then(Vec::pop) {
                self.move_(from, at);
            }
        }
    }

    /// Pairs blocks that are alike and in one order, such that as much as possible is paired.
    fn alike(&mut self, old: &[Block], new: &[Block], of_old: Range<usize>, of_new: Range<usize>) {
        let rows: Vec<usize> = Self::open(&self.old, of_old).collect();
        let columns: Vec<usize> = Self::open(&self.new, of_new).collect();
        if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > MOST_PAIRS {
            return;
        }
        let bags = |blocks: &[Block], of: &[usize]| of.iter().map(|at| blocks[*at].bag()).collect::<Vec<_>>();
        let (old_bags, new_bags) = (bags(old, &rows), bags(new, &columns));
        let width = columns.len() + 1;
        let mut scores = vec![0f32; (rows.len() + 1) * width];
        let mut pairs = vec![0f32; rows.len() * columns.len()];
        for row in (0..rows.len()).rev() {
            for column in (0..columns.len()).rev() {
                let (one, other) = (&old[rows[row]], &new[columns[column]]);
                let alike = likeness(one, &old_bags[row], other, &new_bags[column]);
                pairs[row * columns.len() + column] = alike;
                let paired = if alike >= ALIKE { alike + scores[(row + 1) * width + column + 1] } else { 0. };
                scores[row * width + column] = paired.max(scores[(row + 1) * width + column]).max(scores[row * width + column + 1]);
            }
        }
        let (mut row, mut column) = (0, 0);
        while row < rows.len() && column < columns.len() {
            let (score, alike) = (scores[row * width + column], pairs[row * columns.len() + column]);
            if alike >= ALIKE && score == alike + scores[(row + 1) * width + column + 1] {
                self.stay(rows[row], columns[column]);
                (row, column) = (row + 1, column + 1);
            } else if score == scores[(row + 1) * width + column] {
                row += 1;
            } else {
                column += 1;
            }
        }
    }

    /// Pairs blocks that stand elsewhere now and were edited, the most alike first.
    fn moved_and_edited(&mut self, old: &[Block], new: &[Block]) {
        let long = |fates: &[Fate], blocks: &[Block]| -> Vec<(usize, Vec<u32>)> {
            let open = Self::open(fates, 0..blocks.len()).filter(|at| blocks[*at].count() >= WORDS_MOVED);
            open.map(|at| (at, blocks[at].bag())).collect()
        };
        let (from, to) = (long(&self.old, old), long(&self.new, new));
        if from.len() * to.len() > MOST_PAIRS {
            return;
        }
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (one, one_bag) in &from {
            for (other, other_bag) in &to {
                let alike = likeness(&old[*one], one_bag, &new[*other], other_bag);
                if alike >= ALIKE_MOVED {
                    pairs.push((alike, *one, *other));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (_, one, other) in pairs {
            if self.old[one] == Fate::Open && self.new[other] == Fate::Open {
                self.move_(one, other);
            }
        }
    }

    /// Both texts in one order: between blocks that stay, first what went, then what came.
    fn pieces(&self, old: &[Block], new: &[Block]) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(new.len());
        let mut next = 0;
        for (at, fate) in self.new.iter().enumerate() {
            let until = match fate {
                Fate::Stays(from) => *from,
                // What went before the next block that stays, went before what came there.
                _ => self.new[at..]
                    .iter()
                    .find_map(|fate| if let Fate::Stays(from) = fate { Some(*from) } else { None })
                    .unwrap_or(old.len()),
            };
            pieces.extend((next..until).filter_map(|gone| self.gone(gone)));
            next = next.max(until);
            match *fate {
                Fate::Open => pieces.push(Piece::Added { new: at }),
                Fate::Moved(from) => pieces.push(Piece::MovedHere { old: from, new: at, pairs: pairs(&old[from], &new[at]) }),
                Fate::Stays(from) => {
                    next = from + 1;
                    let pairs = pairs(&old[from], &new[at]);
                    let is_same = pairs.iter().flat_map(|pair| &pair.edits).all(|edit| edit.is_same);
                    pieces.push(if is_same { Piece::Same { new: at } } else { Piece::Changed { old: from, new: at, pairs } });
                }
            }
        }
        pieces.extend((next..old.len()).filter_map(|gone| self.gone(gone)));
        pieces
    }

    fn gone(&self, old: usize) -> Option<Piece> {
        match self.old[old] {
            Fate::Open => Some(Piece::Removed { old }),
            Fate::Moved(new) => Some(Piece::MovedAway { old, new }),
            Fate::Stays(_) => None,
        }
    }
}

/// How alike two blocks are, from 0 to 1: twice the words that they share, of the words of both. `one_bag` and `other_bag` are their words in order.
fn likeness(one: &Block, one_bag: &[u32], other: &Block, other_bag: &[u32]) -> f32 {
    if one.shape.sort() != other.shape.sort() {
        return 0.;
    }
    let is_row = matches!(one.shape, Shape::Row { .. });
    if is_row && one.texts.len() == other.texts.len() && one.texts.first().map(Text::keys) == other.texts.first().map(Text::keys) {
        return SAME_ROW;
    }
    let (mut shared, mut at, mut beside) = (0, 0, 0);
    while let (Some(here), Some(there)) = (one_bag.get(at), other_bag.get(beside)) {
        (shared, at, beside) = match here.cmp(there) {
            std::cmp::Ordering::Less => (shared, at + 1, beside),
            std::cmp::Ordering::Greater => (shared, at, beside + 1),
            std::cmp::Ordering::Equal => (shared + 1, at + 1, beside + 1),
        };
    }
    2. * shared as f32 / (one_bag.len() + other_bag.len()).max(1) as f32
}

/// How each text of a block became that of the other; of a row, cell by cell.
fn pairs(old: &Block, new: &Block) -> Vec<Pair> {
    let is_code = new.shape == Shape::Code;
    let edits = |old: &Text, new: &Text| {
        let found = diff::edits(&old.keys(), &new.keys());
        if is_code { found } else { diff::joined(found, |words| new.is_weak(words)) }
    };
    let pair = |one: usize, other: usize| Pair { old: Some(one), new: Some(other), edits: edits(&old.texts[one], &new.texts[other]) };
    if old.texts.len() == new.texts.len() {
        return (0..new.texts.len()).map(|at| pair(at, at)).collect();
    }
    // A column has come or gone: cells that are equal tell which.
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut keys = |block: &Block| -> Vec<u32> {
        let mut key = |text: &Text| {
            let next = known.len() as u32;
            *known.entry(text.keys()).or_insert(next)
        };
        block.texts.iter().map(&mut key).collect()
    };
    let (old_keys, new_keys) = (keys(old), keys(new));
    let mut found = Vec::new();
    for edit in diff::edits(&old_keys, &new_keys) {
        let shared = edit.old.len().min(edit.new.len());
        let (gone, come) = (edit.old.clone().skip(shared), edit.new.clone().skip(shared));
        found.extend(edit.old.zip(edit.new).map(|(one, other)| pair(one, other)));
        let whole = |count: usize, is_old: bool| {
            let (of_old, of_new) = if is_old { (0..count, 0..0) } else { (0..0, 0..count) };
            vec![Edit { old: of_old, new: of_new, is_same: false }]
        };
        found.extend(gone.map(|at| Pair { old: Some(at), new: None, edits: whole(old.texts[at].words.len(), true) }));
        found.extend(come.map(|at| Pair { old: None, new: Some(at), edits: whole(new.texts[at].words.len(), false) }));
    }
    found
}
