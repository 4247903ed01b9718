//! Forms: all words as they are written, with their stems, and backwards.
//!
//! Owns the lines of `forms` and `endings`, by which a script finds stems and mistyped words. It must not know pages beyond how many have a word.

use rayon::prelude::*;

use super::inverted::Inverted;
use super::keys::{begin, order};
use super::lines::{Lines, write_decimal};

/// Mistyped words of fewer letters are not looked for by their endings.
const SHORTEST_ENDING: usize = 4;

/// The lines of all forms, and the texts of the lines in the order of forms.
pub fn forms<'a>(inverted: &'a Inverted, words: &[u32]) -> (Lines, Vec<&'a str>) {
    let Inverted { vocabulary, lists, .. } = inverted;
    let spelling = |word: &u32| (vocabulary.form(*word), vocabulary.stem(*word), lists.get(*word).pages);
    let mut spellings: Vec<(u64, (&str, &str, u32))> = words.iter().map(spelling).map(|spelling| (begin(spelling.0), spelling)).collect();
    spellings.par_sort_unstable_by(|(one, a), (other, b)| one.cmp(other).then_with(|| order(a.0, b.0)).then_with(|| a.1.cmp(b.1)));
    let mut lines = Lines::default();
    let mut forms = Vec::with_capacity(spellings.len());
    for same in spellings.chunk_by(|(_, one), (_, next)| one.0 == next.0) {
        let form = same[0].1.0;
        let pages: u32 = same.iter().map(|(_, (.., pages))| pages).sum();
        lines.push(|text| {
            text.extend_from_slice(form.as_bytes());
            text.push(b'\t');
            write_decimal(pages, text);
            if same.len() > 1 || same[0].1.1 != form {
                for (at, (_, (_, stem, _))) in same.iter().enumerate() {
                    text.push(if at == 0 { b'\t' } else { b' ' });
                    text.extend_from_slice(stem.as_bytes());
                }
            }
            text.push(b'\n');
        });
        forms.push(form);
    }
    (lines, forms)
}

/// All forms backwards.
pub fn endings(forms: &[&str]) -> Vec<String> {
    let long = forms.iter().filter(|form| form.chars().count() >= SHORTEST_ENDING && form.chars().all(char::is_alphabetic));
    let mut endings: Vec<String> = long.map(|form| form.chars().rev().chain(['\n']).collect()).collect();
    endings.par_sort_unstable_by(|one, other| order(one.trim_end(), other.trim_end()));
    endings
}
