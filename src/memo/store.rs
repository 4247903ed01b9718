//! The form in which memos are left to another process: sealed pieces one behind the other, so that what is new is put behind what is there.
//!
//! It must not know what memos there are, nor where the bytes are kept. A piece that is damaged ends what is read: what was before it holds.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::Persisted;
use crate::fingerprint::Fingerprint;

/// What was read of a store.
pub struct Opened<const N: usize> {
    /// By number.
    pub memos: [Persisted; N],
    /// So many bytes have been read.
    pub length: u64,
    /// Whether these are all: something can be put behind them.
    pub is_whole: bool,
}

/// The length and the seal of a piece, which stand before it.
const BEFORE: usize = size_of::<u32>() + size_of::<Fingerprint>();
/// The number of the first piece, which names the program: the form of all others is its own.
const PROGRAM: u8 = u8::MAX;

/// Begins a store of the program.
///
/// # Errors
/// Those of `write`.
pub fn begin(program: &str, write: &mut dyn io::Write) -> io::Result<()> {
    put(PROGRAM, program.as_bytes(), write)
}

/// Puts a piece of the memo with this number into a store.
///
/// # Errors
/// The piece is too long, and those of `write`.
pub fn put(memo: u8, bytes: &[u8], write: &mut dyn io::Write) -> io::Result<()> {
    let length = u32::try_from(1 + bytes.len()).map_err(|_| io::Error::other("a piece is too long"))?;
    let mut piece = vec![0; BEFORE];
    piece.reserve_exact(length as usize);
    piece.push(memo);
    piece.extend_from_slice(bytes);
    let seal = Fingerprint::of_bytes(&piece[BEFORE..]);
    piece[..4].copy_from_slice(&length.to_le_bytes());
    piece[4..BEFORE].copy_from_slice(&seal.0.to_le_bytes());
    write.write_all(&piece)
}

/// The memos of a store, unless another program wrote it.
pub fn open<const N: usize>(bytes: Vec<u8>, program: &str) -> Option<Opened<N>> {
    let bytes = Arc::new(bytes);
    let mut memos = std::array::from_fn(|_| Persisted::new(bytes.clone()));
    let first = piece(&bytes, 0)?;
    if bytes[first.start] != PROGRAM || bytes[first.start + 1..first.end] != *program.as_bytes() {
        return None;
    }
    let mut length = first.end;
    while let Some(piece) = piece(&bytes, length) {
        length = piece.end;
        if let Some(memo) = memos.get_mut(bytes[piece.start] as usize) {
            memo.push(piece.start + 1..piece.end);
        }
    }
    Some(Opened { memos, length: length as u64, is_whole: length == bytes.len() })
}

/// Where a piece that begins at `at` has its number and its bytes; `None` if it is not whole.
fn piece(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let (before, rest) = bytes.get(at..)?.split_first_chunk::<BEFORE>()?;
    let (length, seal) = before.split_first_chunk()?;
    let length = u32::from_le_bytes(*length) as usize;
    let inside = rest.get(..length).filter(|inside| !inside.is_empty())?;
    let start = at + BEFORE;
    (Fingerprint::of_bytes(inside).0.to_le_bytes() == *seal).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> Vec<u8> {
        let mut bytes = Vec::new();
        begin("one", &mut bytes).expect("written");
        for (memo, inside) in [(0, "fronts"), (1, "bodies"), (0, "more fronts"), (9, "of no memo")] {
            put(memo, inside.as_bytes(), &mut bytes).expect("written");
        }
        bytes
    }

    fn opened(bytes: Vec<u8>, program: &str) -> Option<([Vec<String>; 2], bool)> {
        let opened = open::<2>(bytes, program)?;
        let texts = opened.memos.map(|memo| memo.pieces().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect());
        Some((texts, opened.is_whole))
    }

    #[test]
    fn pieces_are_read_by_the_program_that_wrote_them_only() {
        let expected = [vec!["fronts".to_string(), "more fronts".to_string()], vec!["bodies".to_string()]];
        assert_eq!(opened(store(), "one"), Some((expected, true)));
        assert_eq!(opened(store(), "two"), None);
        assert_eq!(opened(b"damaged".to_vec(), "one"), None);
    }

    #[test]
    fn what_stands_before_a_damaged_piece_holds() {
        let whole = store();
        for length in 0..whole.len() {
            let read = opened(whole[..length].to_vec(), "one");
            assert!(read.is_none_or(|(texts, _)| texts[0].iter().all(|text| text == "fronts" || text == "more fronts")), "{length} bytes");
        }
        let mut damaged = whole.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert_eq!(opened(damaged, "one").map(|(texts, is_whole)| (texts[0].len(), is_whole)), Some((2, false)));
    }
}
