//! Pieces: sorted lines, cut into files of bounded size where an edit moves few cuts.
//!
//! Owns the names of files in an index. It must not know what the lines say, beyond that the key of each stands before its first tab.

use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::keys::order;
use super::lines::Line;
use crate::fingerprint::Fingerprint;

/// A file of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the output folder: `search/index.json`.
    pub path: Box<str>,
    pub bytes: Arc<[u8]>,
    /// The fingerprint of its bytes.
    pub print: Fingerprint,
}

impl File {
    /// A file that is named after the print of its bytes, in the folder of an index.
    pub fn new(folder: &str, bytes: Arc<[u8]>, print: Fingerprint) -> File {
        let name = print.0 as u64 & 0xffff_ffff_ffff;
        File { path: format!("{folder}index/{name:012x}.txt").into(), bytes, print }
    }
}

/// How large pieces are, in bytes.
pub struct Size {
    /// A piece that is smaller goes on.
    pub least: usize,
    /// A piece is cut before a line that would make it larger; a line alone may be.
    pub most: usize,
    /// From the least size on, one key of so many begins a piece: which ones, the key alone tells, so that cuts stay where they are.
    pub odds: u128,
}

/// A line that is to stand there from now on, or a key that has none any more.
#[derive(Clone, Copy)]
pub struct Edit<'a> {
    pub key: &'a str,
    /// With its line feed.
    pub text: Option<&'a [u8]>,
}

/// The pieces of the lines that stand in `before`, with some edits, which are in the order of their keys. The same comes out whatever stood there before:
/// a piece of which no line has changed, nor the first one behind it, is the one that it was.
pub fn cut(folder: &str, before: &[File], edits: &[Edit], size: &Size) -> Vec<File> {
    let edits: Vec<Edit> = edits.iter().filter(|edit| before.is_empty() || !stands(before, edit)).copied().collect();
    let mut cutter = Cutter { size, pieces: Vec::new(), open: Vec::new(), length: 0 };
    let mut rest = &edits[..];
    for (at, file) in before.iter().enumerate() {
        let next = before.get(at + 1).map(first_key);
        let end = next.map_or(rest.len(), |next| rest.partition_point(|edit| order(edit.key, next).is_lt()));
        let (own, behind) = rest.split_at(end);
        rest = behind;
        let is_as_it_was = own.is_empty() && behind.first().is_none_or(|edit| next != Some(edit.key));
        let first = lines(&file.bytes).next().filter(|first| is_as_it_was && cutter.begins(first));
        match first {
            Some(_) => cutter.keep(file),
            None => merged(lines(&file.bytes), own, |line| cutter.push(line)),
        }
    }
    merged(std::iter::empty(), rest, |line| cutter.push(line));
    cutter.close();
    let file = |piece: &Piece| match piece {
        Piece::Old(file) => (*file).clone(),
        Piece::New(lines) => made(folder, lines),
    };
    cutter.pieces.par_iter().map(file).collect()
}

/// The least key of each piece, and the names of their files one behind the other, as the directory has them.
pub fn directory(pieces: &[File]) -> Value {
    let others = pieces.array_windows().map(|[one, next]| least(last_key(one), first_key(next)));
    let first: Vec<&str> = pieces.first().map(|_| "").into_iter().chain(others).collect();
    let names: String = pieces.iter().map(|file| name(&file.path)).collect();
    json!({ "first": first, "files": names })
}

/// A piece that is cut out.
enum Piece<'a> {
    Old(&'a File),
    New(Vec<Line<'a>>),
}

/// Where lines are put one behind the other until a piece is full.
struct Cutter<'a> {
    size: &'a Size,
    pieces: Vec<Piece<'a>>,
    /// The lines of the piece that is not full yet, and their length.
    open: Vec<Line<'a>>,
    length: usize,
}

impl<'a> Cutter<'a> {
    /// Whether a piece begins with this line.
    fn begins(&self, line: &Line) -> bool {
        let is_mark = || Fingerprint::of_bytes(line.key.as_bytes()).0.is_multiple_of(self.size.odds);
        self.open.is_empty() || self.length + line.text.len() > self.size.most || (self.length >= self.size.least && is_mark())
    }

    fn push(&mut self, line: Line<'a>) {
        if self.begins(&line) {
            self.close();
        }
        self.length += line.text.len();
        self.open.push(line);
    }

    /// Takes up a piece as it was, which `begins` with its first line and ends where it ended.
    fn keep(&mut self, file: &'a File) {
        self.close();
        self.pieces.push(Piece::Old(file));
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.pieces.push(Piece::New(std::mem::take(&mut self.open)));
            self.length = 0;
        }
    }
}

/// Gives lines with edits among them, both in the order of keys.
fn merged<'a>(lines: impl Iterator<Item = Line<'a>>, edits: &[Edit<'a>], mut push: impl FnMut(Line<'a>)) {
    let mut edits = edits.iter().peekable();
    for line in lines {
        while let Some(edit) = edits.next_if(|edit| order(edit.key, line.key).is_lt()) {
            edit.line().into_iter().for_each(&mut push);
        }
        match edits.next_if(|edit| edit.key == line.key) {
            Some(edit) => edit.line().into_iter().for_each(&mut push),
            None => push(line),
        }
    }
    edits.filter_map(Edit::line).for_each(push);
}

impl<'a> Edit<'a> {
    fn line(&self) -> Option<Line<'a>> {
        self.text.map(|text| Line { key: self.key, text })
    }
}

/// Whether what an edit wants is there already.
fn stands(pieces: &[File], edit: &Edit) -> bool {
    let at = pieces.partition_point(|piece| order(first_key(piece), edit.key).is_le());
    let own = at.checked_sub(1).and_then(|at| lines(&pieces[at].bytes).find(|line| line.key == edit.key));
    own.map(|line| line.text) == edit.text
}

/// The lines of a piece.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', bytes).map(move |end| {
        let text = &bytes[std::mem::replace(&mut start, end + 1)..=end];
        Line { key: key(text), text }
    })
}

/// The key of a line, which stands before its first tab, or is all of it.
fn key(line: &[u8]) -> &str {
    let end = memchr::memchr2(b'\t', b'\n', line).unwrap_or(line.len());
    std::str::from_utf8(&line[..end]).unwrap_or_default()
}

fn first_key(piece: &File) -> &str {
    key(&piece.bytes)
}

fn last_key(piece: &File) -> &str {
    let inside = piece.bytes.strip_suffix(b"\n").unwrap_or(&piece.bytes);
    key(&inside[memchr::memrchr(b'\n', inside).map_or(0, |end| end + 1)..])
}

/// The shortest beginning of `key` that comes behind the key before.
fn least<'k>(before: &str, key: &'k str) -> &'k str {
    let lengths = key.char_indices().map(|(at, letter)| at + letter.len_utf8());
    lengths.map(|length| &key[..length]).find(|begin| order(before, begin).is_lt()).unwrap_or(key)
}

fn made(folder: &str, lines: &[Line]) -> File {
    let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.text.len()).sum());
    lines.iter().for_each(|line| bytes.extend_from_slice(line.text));
    file(folder, bytes)
}

/// A file that is named after its bytes.
pub fn file(folder: &str, bytes: impl Into<Arc<[u8]>>) -> File {
    let bytes = bytes.into();
    let print = Fingerprint::of_bytes(&bytes);
    File::new(folder, bytes, print)
}

/// The name of a file without its folder and its ending.
pub fn name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = Size { least: 200, most: 1000, odds: 16 };

    fn keys() -> Vec<String> {
        (0..2000).map(|number| format!("word{number:05}")).collect()
    }

    fn files(keys: &[String]) -> (Value, Vec<File>) {
        let texts: Vec<String> = keys.iter().map(|key| format!("{key}\n")).collect();
        let lines: Vec<Edit> = keys.iter().zip(&texts).map(|(key, text)| Edit { key, text: Some(text.as_bytes()) }).collect();
        let files = cut("search/", &[], &lines, &SIZE);
        (directory(&files), files)
    }

    #[test]
    fn pieces_one_behind_the_other_are_all_lines_and_bounded() {
        let (value, files) = files(&keys());
        let all: Vec<u8> = files.iter().flat_map(|file| file.bytes.to_vec()).collect();
        assert_eq!(String::from_utf8(all).expect("text").lines().collect::<Vec<_>>(), keys());
        assert!(files.iter().all(|file| file.bytes.len() <= 1000) && files.len() > 10);
        assert_eq!(value["first"].as_array().expect("a list").len(), files.len());
        assert_eq!(value["files"].as_str().expect("names").len(), 12 * files.len());
    }

    #[test]
    fn a_new_line_changes_few_pieces() {
        let (_, before) = files(&keys());
        let mut more = keys();
        more.push("word00500a".into());
        more.sort();
        let (_, after) = files(&more);
        let new = after.iter().filter(|file| !before.contains(file)).count();
        assert!((1..=3).contains(&new), "{new} of {}", after.len());
    }

    /// Lines as a whole: each key with what stands behind it.
    fn cut_from(before: &[File], edits: &BTreeMap<String, Option<usize>>) -> Vec<File> {
        let texts: Vec<Option<String>> =
            edits.iter().map(|(key, length)| length.map(|length| format!("{key}\t{}\n", "x".repeat(length)))).collect();
        let edits: Vec<Edit> =
            edits.keys().zip(&texts).map(|(key, text)| Edit { key, text: text.as_ref().map(String::as_bytes) }).collect();
        cut("search/", before, &edits, &SIZE)
    }

    proptest! {
        #[test]
        fn the_pieces_of_lines_are_the_same_whatever_was_there_before(
            rounds in prop::collection::vec(
                prop::collection::btree_map("[a-c]{1,5}", prop::option::weighted(0.7, 0..400usize), 0..60),
                1..6,
            ),
        ) {
            let (mut pieces, mut whole) = (Vec::new(), BTreeMap::new());
            for edits in rounds {
                pieces = cut_from(&pieces, &edits);
                whole.extend(edits);
                whole.retain(|_, length| length.is_some());
                prop_assert_eq!(&pieces, &cut_from(&[], &whole));
            }
        }
    }

    #[test]
    fn the_first_key_of_a_piece_is_as_short_as_it_may_be() {
        assert_eq!((least("abc", "abd"), least("abc", "b"), least("ab", "abc")), ("abd", "b", "abc"));
    }
}
