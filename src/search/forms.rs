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
    let (form, stem) = (|word: u32| vocabulary.form(word), |word: u32| vocabulary.stem(word));
    let mut spellings: Vec<(u64, u32)> = words.iter().map(|word| (begin(form(*word)), *word)).collect();
    // They come in the order of their stems, which is nearly that of forms: this sort goes by runs.
    spellings
        .par_sort_by(|(one, a), (other, b)| one.cmp(other).then_with(|| order(form(*a), form(*b))).then_with(|| stem(*a).cmp(stem(*b))));
    let mut lines = Lines::default();
    let mut forms = Vec::with_capacity(spellings.len());
    for same in spellings.chunk_by(|(_, one), (_, next)| vocabulary.word(*one).form == vocabulary.word(*next).form) {
        let first = same[0].1;
        let pages: u32 = same.iter().map(|(_, word)| lists.get(*word).pages).sum();
        lines.push(|text| {
            text.extend_from_slice(form(first).as_bytes());
            text.push(b'\t');
            write_decimal(pages, text);
            if same.len() > 1 || vocabulary.word(first).stem != vocabulary.word(first).form {
                for (at, (_, word)) in same.iter().enumerate() {
                    text.push(if at == 0 { b'\t' } else { b' ' });
                    text.extend_from_slice(stem(*word).as_bytes());
                }
            }
            text.push(b'\n');
        });
        forms.push(form(first));
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
