//! The one hash of the program: 128 bits of XXH3 (<https://github.com/Cyan4973/xxHash>), fast and stable from run to run.
//!
//! Owns `Fingerprint` and how values become one. It must not know what is fingerprinted.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};
use std::io;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_128};

/// Which build of the program this is: part of every key, because its code is part of what makes a file.
pub const PROGRAM: &str = env!("FINGERPRINT_OF_PROGRAM");

/// What stands for a value in keys and manifests. Two values with one fingerprint are taken to be equal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub u128);

impl Fingerprint {
    /// The fingerprint of bytes, such as the text of a file.
    pub fn of_bytes(bytes: &[u8]) -> Fingerprint {
        #[cfg(test)]
        crate::testing::counters::count(|work| work.hashed += bytes.len() as u64);
        Fingerprint(xxh3_128(bytes))
    }

    /// The fingerprint of any value by its `Hash`.
    pub fn of(value: &(impl Hash + ?Sized)) -> Fingerprint {
        let mut pieces = Pieces::default();
        value.hash(&mut pieces);
        pieces.print()
    }

    /// So much of it as it takes to see that something has changed.
    pub fn short(self) -> Short {
        (self.0 as u32).to_le_bytes()
    }

    /// Reads what `Display` wrote: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits: &[u8; 32] = text.as_bytes().try_into().ok()?;
        // Halves are put together for what numbers of 128 bits cost more than twice as much.
        let half = |digits: &[u8]| digits.iter().try_fold(0u64, |half, digit| Some(half << 4 | u64::from(value(*digit)?)));
        Some(Fingerprint(u128::from(half(&digits[..16])?) << 64 | u128::from(half(&digits[16..])?)))
    }
}

/// What a hexadecimal digit says; `None` if it is none.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

const DIGITS: [u8; 16] = *b"0123456789abcdef";

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The usual way with numbers takes four times as long, and a manifest has two prints a file.
        let mut digits = [0; 32];
        for (place, byte) in digits.chunks_exact_mut(2).zip(self.0.to_be_bytes()) {
            place.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        formatter.write_str(std::str::from_utf8(&digits).expect("digits are text"))
    }
}

/// A map that is only looked up in: its order is nobody's concern, and its hash, of another kind, is made for short keys.
pub type Lookup<K, V> = HashMap<K, V, BuildHasherDefault<ahash::AHasher>>;

/// A print that tells people what has changed: too short to rely on, and never part of a key.
pub type Short = [u8; 4];

/// A hash for prints that are compared by the same build of the program only, and that nothing but a message depends on.
pub fn quick() -> impl Hasher {
    const { ahash::RandomState::with_seeds(1, 2, 3, 4) }.build_hasher()
}

/// Ends `bytes` with their fingerprint, by which damage is seen.
pub fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(Fingerprint::of_bytes(&bytes).0.to_le_bytes());
    bytes
}

/// Seals bytes while they are written: `unseal` opens what has come to `to` when `end` is called.
pub struct Sealing<'a> {
    to: &'a mut dyn io::Write,
    printer: Printer,
}

impl<'a> Sealing<'a> {
    /// Begins to seal what is written to `to`.
    pub fn new(to: &'a mut dyn io::Write) -> Sealing<'a> {
        Sealing { to, printer: Printer::default() }
    }

    /// Writes more of what is sealed.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.printer.write(bytes);
        self.to.write_all(bytes)
    }

    /// Writes the seal.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn end(self) -> io::Result<()> {
        self.to.write_all(&self.printer.print().0.to_le_bytes())
    }
}

/// What was sealed; nothing if it is damaged.
pub fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (inside, seal) = bytes.split_last_chunk()?;
    (Fingerprint::of_bytes(inside) == Fingerprint(u128::from_le_bytes(*seal))).then_some(inside)
}

/// Collects what a fingerprint is made of, piece by piece. Pieces are hashed together: to take up each by itself costs more than to hash it.
#[derive(Default)]
pub struct Printer {
    /// The pieces that came last.
    held: Vec<u8>,
    /// Those before them, if all are long.
    before: Option<Box<Xxh3Default>>,
}

/// So many bytes are held at most.
const HELD: usize = 1 << 16;
/// For so many there is room at first.
const FIRST: usize = 1 << 12;

impl Printer {
    /// The fingerprint of all that was written.
    pub fn print(&self) -> Fingerprint {
        let Some(before) = &self.before else { return Fingerprint(xxh3_128(&self.held)) };
        let mut all = before.clone();
        all.update(&self.held);
        Fingerprint(all.digest128())
    }

    #[inline(never)]
    fn hash_held_and(&mut self, bytes: &[u8]) {
        let before = self.before.get_or_insert_default();
        before.update(&self.held);
        before.update(bytes);
        self.held.clear();
    }
}

/// Collects what a fingerprint is made of, to hash it in one go: for values of very many small pieces.
pub struct Flat(Vec<u8>);

impl Flat {
    /// Begins anew.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fingerprint of all that was written.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of_bytes(&self.0)
    }
}

impl Default for Flat {
    fn default() -> Flat {
        Flat(Vec::with_capacity(2048))
    }
}

impl Hasher for Flat {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

impl Hasher for Printer {
    fn write(&mut self, bytes: &[u8]) {
        #[cfg(test)]
        crate::testing::counters::count(|work| work.hashed += bytes.len() as u64);
        if self.held.len() + bytes.len() > HELD {
            self.hash_held_and(bytes);
            return;
        }
        if self.held.is_empty() {
            self.held.reserve(FIRST);
        }
        self.held.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        self.print().0 as u64
    }
}

/// Collects the pieces of one value. Most are small: they are hashed in one go, for what hashes piece by piece is slow to begin and to end.
struct Pieces {
    few: [u8; FEW],
    count: usize,
    /// All pieces, if they are more than few.
    many: Option<Box<Printer>>,
}

const FEW: usize = 240;

impl Default for Pieces {
    fn default() -> Pieces {
        Pieces { few: [0; FEW], count: 0, many: None }
    }
}

impl Pieces {
    fn print(&self) -> Fingerprint {
        self.many.as_ref().map_or_else(|| Fingerprint::of_bytes(&self.few[..self.count]), |many| many.print())
    }
}

impl Hasher for Pieces {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let end = self.count + bytes.len();
        match (&mut self.many, self.few.get_mut(self.count..end)) {
            (None, Some(place)) => {
                place.copy_from_slice(bytes);
                self.count = end;
            }
            (many, _) => {
                let first = &self.few[..self.count];
                let many = many.get_or_insert_with(|| {
                    let mut many = Box::new(Printer::default());
                    Hasher::write(&mut *many, first);
                    many
                });
                Hasher::write(&mut **many, bytes);
            }
        }
    }

    fn finish(&self) -> u64 {
        self.print().0 as u64
    }
}

impl io::Write for Printer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Hasher::write(self, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_a_value_have_the_fingerprint_of_their_bytes_however_many_they_are() {
        for count in [0, 1, FEW / 4 - 1, FEW / 4, FEW / 4 + 1, FEW, HELD / 4, HELD / 4 + 1, HELD] {
            let numbers: Vec<[u8; 4]> = (0..count as u32).map(u32::to_le_bytes).collect();
            let mut pieces = Pieces::default();
            let mut printer = Printer::default();
            for number in &numbers {
                Hasher::write(&mut pieces, number);
                Hasher::write(&mut printer, number);
            }
            let expected = Fingerprint::of_bytes(&numbers.concat());
            assert_eq!((pieces.print(), printer.print()), (expected, expected), "{count}");
        }
    }

    #[test]
    fn what_is_sealed_is_whole_or_nothing() {
        let bytes = seal(b"inside".to_vec());
        assert_eq!(unseal(&bytes), Some(&b"inside"[..]));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert_eq!(unseal(&damaged), None, "byte {at}");
            assert_eq!(unseal(&bytes[..at]), None, "the first {at} bytes");
        }
        assert_eq!(unseal(&[&bytes[..], b"x"].concat()), None);
        let mut written = Vec::new();
        let mut sealing = Sealing::new(&mut written);
        [&b"in"[..], b"side"].into_iter().for_each(|piece| sealing.write_all(piece).expect("written"));
        sealing.end().expect("written");
        assert_eq!(written, bytes);
    }
}
