//! Pieces: sorted lines, cut into files of bounded size where an edit moves few cuts.
//!
//! Owns the names of files in an index. It must not know what the lines say.

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

/// The least key of each piece, and the names of their files one behind the other, as the directory has them.
pub fn cut(folder: &str, lines: &[Line], size: &Size, files: &mut Vec<File>) -> Value {
    let mut starts = Vec::new();
    let mut length = 0;
    for (at, line) in lines.iter().enumerate() {
        let is_mark = || Fingerprint::of_bytes(line.key.as_bytes()).0.is_multiple_of(size.odds);
        let is_full = length + line.text.len() > size.most || (length >= size.least && is_mark());
        if at == 0 || is_full {
            starts.push(at);
            length = 0;
        }
        length += line.text.len();
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let first: Vec<&str> = starts.iter().map(|at| if *at == 0 { "" } else { least(lines[at - 1].key, lines[*at].key) }).collect();
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let made: Vec<File> = ranges.par_iter().map(|(start, end)| piece(folder, &lines[*start..*end])).collect();
    let names: String = made.iter().map(|file| name(&file.path)).collect();
    let value = json!({ "first": first, "files": names });
    files.extend(made);
    value
}

/// The shortest beginning of `key` that comes behind the key before.
fn least<'k>(before: &str, key: &'k str) -> &'k str {
    let lengths = key.char_indices().map(|(at, letter)| at + letter.len_utf8());
    lengths.map(|length| &key[..length]).find(|begin| order(before, begin).is_lt()).unwrap_or(key)
}

fn piece(folder: &str, lines: &[Line]) -> File {
    let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.text.len()).sum());
    lines.iter().for_each(|line| bytes.extend_from_slice(line.text));
    file(folder, bytes)
}

/// A file that is named after its bytes.
pub fn file(folder: &str, bytes: Vec<u8>) -> File {
    let print = Fingerprint::of_bytes(&bytes).0 as u64 & 0xffff_ffff_ffff;
    File { path: format!("{folder}index/{print:012x}.txt").into(), bytes: bytes.into() }
}

/// The name of a file without its folder and its ending.
pub fn name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Vec<String> {
        (0..2000).map(|number| format!("word{number:05}")).collect()
    }

    fn files(keys: &[String]) -> (Value, Vec<File>) {
        let mut files = Vec::new();
        let size = Size { least: 200, most: 1000, odds: 16 };
        let texts: Vec<String> = keys.iter().map(|key| format!("{key}\n")).collect();
        let lines: Vec<Line> = keys.iter().zip(&texts).map(|(key, text)| Line { key, text: text.as_bytes() }).collect();
        let value = cut("search/", &lines, &size, &mut files);
        (value, files)
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

    #[test]
    fn the_first_key_of_a_piece_is_as_short_as_it_may_be() {
        assert_eq!((least("abc", "abd"), least("abc", "b"), least("ab", "abc")), ("abd", "b", "abc"));
    }
}
