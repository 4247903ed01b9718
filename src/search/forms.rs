//! Forms: all words as they are written, with their stems, and backwards.
//!
//! Owns the lines of `forms` and `endings`, by which a script finds stems and mistyped words. It must not know pages beyond how many have a word.

use rayon::prelude::*;

use super::inverted::Inverted;
use super::keys::{begin, order};
use super::lines::{Lines, write_decimal};
use super::pieces::{Edit, File};
use super::written::Texts;
use super::{FORMS, pieces};

/// Mistyped words of fewer letters are not looked for by their endings.
const SHORTEST_ENDING: usize = 4;

/// The pieces of the lines of all forms, and of those backwards: those of `wanted` are written anew, and the others stand in `before`. `words` are those
/// that a page has, if all are wanted.
pub fn cut(folder: &str, inverted: &Inverted, words: &[u32], wanted: &Texts, before: [&[File]; 2]) -> [Vec<File>; 2] {
    let (lines, found) = forms(inverted, words, wanted);
    let gone: Vec<&str> = wanted.without(&inverted.vocabulary, found.iter().copied()).into_iter().collect();
    let backwards = [endings(&found), endings(&gone)];
    let of_forms = found.iter().zip(lines.iter()).map(|(key, text)| Edit { key, text: Some(text) });
    let of_forms = of_forms.chain(gone.iter().map(|key| Edit { key, text: None }));
    let there = backwards[0].iter().map(|text| Edit { key: text.trim_end(), text: Some(text.as_bytes()) });
    let endings = there.chain(backwards[1].iter().map(|text| Edit { key: text.trim_end(), text: None }));
    let cut = |mut edits: Vec<Edit>, before| {
        edits.sort_by(|one, other| order(one.key, other.key));
        pieces::cut(folder, before, &edits, &FORMS)
    };
    [cut(of_forms.collect(), before[0]), cut(endings.collect(), before[1])]
}

/// The lines of these forms, as far as a page has them, and the texts of the lines in the order of forms.
fn forms<'a>(inverted: &'a Inverted, words: &[u32], wanted: &Texts) -> (Lines, Vec<&'a str>) {
    let Inverted { vocabulary, lists, .. } = inverted;
    let is_used = |word: &u32| wanted.has(vocabulary.word(*word).form) && lists.get(*word).pages > 0;
    let (form, stem) = (|word: u32| vocabulary.form(word), |word: u32| vocabulary.stem(word));
    let used: Vec<u32> = match wanted {
        // They come in the order of their stems, which is nearly that of forms: this sort goes by runs.
        Texts::All => words.to_vec(),
        Texts::Some(_) => (0..vocabulary.len() as u32).filter(is_used).collect(),
    };
    let mut spellings: Vec<(u64, u32)> = used.into_iter().map(|word| (begin(form(word)), word)).collect();
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

/// Forms backwards, but for short ones and those that are no words.
fn endings(forms: &[&str]) -> Vec<String> {
    let long = forms.iter().filter(|form| form.chars().count() >= SHORTEST_ENDING && form.chars().all(char::is_alphabetic));
    let mut endings: Vec<String> = long.map(|form| form.chars().rev().chain(['\n']).collect()).collect();
    endings.par_sort_unstable_by(|one, other| order(one.trim_end(), other.trim_end()));
    endings
}
