//! Postings: for each word the pages that have it, the heaviest first, with places.
//!
//! Owns weights and the lines of `forms`, `endings` and `words`. It must not know what a page is beyond its number and its entry.

use rayon::prelude::*;

use super::keys::{begin, order, short};
use super::numbers::write;
use super::packed::{Entry, Form, PARTS};
use super::pieces::Line;
use crate::fingerprint::Lookup;

/// A page of the index.
pub struct Page<'a> {
    pub number: u32,
    /// In the order of lists, the newest first.
    pub rank: u32,
    pub tokens: u32,
    pub entry: &'a Entry,
}

/// The lines of an index.
pub struct Lines {
    pub words: Vec<Line>,
    pub forms: Vec<Line>,
    pub endings: Vec<Line>,
}

/// A word on more than one of so many pages is too common to tell them apart by having it.
const COMMON: usize = 5;
/// It keeps so many pages: those that it weighs most on, and of these the newest.
const KEPT: usize = 500;
/// Mistyped words of fewer letters are not looked for by their endings.
const SHORTEST_ENDING: usize = 4;
/// The heaviest weight: one letter holds it.
const HEAVIEST: f64 = 31.0;

/// A form of a stem, with the number of pages that have it.
struct Spelling {
    form: String,
    pages: u32,
    stem: Box<str>,
}

/// A page that has a word.
#[derive(Clone, Copy)]
struct Posting {
    weight: u32,
    /// Of the page in the list of pages.
    place: u32,
    /// Where its entry tells the places of the word.
    at: u32,
}

/// A stem with all its postings.
struct Stem<'a> {
    begin: u64,
    name: &'a str,
    postings: Vec<Posting>,
    forms: Vec<(Form<'a>, u32)>,
}

impl<'a> Stem<'a> {
    fn of(name: &'a str) -> Stem<'a> {
        Stem { begin: begin(name), name, postings: Vec::new(), forms: Vec::new() }
    }
}

/// The lines of all words on `pages`.
pub fn lines(pages: &[Page]) -> Lines {
    let mean = mean(pages);
    let parts: Vec<(Vec<Line>, Vec<Spelling>)> =
        (0..PARTS).into_par_iter().with_max_len(1).map(|part| part_lines(pages, mean, part)).collect();
    let (words, spellings): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let mut spellings: Vec<Spelling> = spellings.into_iter().flatten().collect();
    spellings.par_sort_unstable_by(|one, other| order(&one.form, &other.form).then_with(|| one.stem.cmp(&other.stem)));
    let forms = || spellings.chunk_by(|one, next| one.form == next.form).map(form_line).collect();
    let (forms, endings) = rayon::join(forms, || endings(&spellings));
    Lines { words: words.into_iter().flatten().collect(), forms, endings }
}

/// The number of tokens of a page in the middle: a power of the square root of two, so that an edit does not change all weights.
fn mean(pages: &[Page]) -> f64 {
    let sum: u64 = pages.iter().map(|page| u64::from(page.tokens)).sum();
    let mean = (sum as f64 / pages.len().max(1) as f64).max(1.0);
    let mut power = 1.0;
    while power * 2.0 <= mean {
        power *= 2.0;
    }
    // Between two powers of two the nearest of them and the one in the middle, on the scale of logarithms.
    match mean / power {
        ratio if ratio < 1.189_207 => power,
        ratio if ratio < 1.681_793 => power * std::f64::consts::SQRT_2,
        _ => power * 2.0,
    }
}

fn part_lines(pages: &[Page], mean: f64, part: usize) -> (Vec<Line>, Vec<Spelling>) {
    let mut found: Lookup<u128, Stem> = Lookup::default();
    let mut forms = Vec::new();
    for (place, page) in pages.iter().enumerate() {
        let mut words = page.entry.words(part);
        let length = 0.4 + 0.6 * f64::from(page.tokens) / mean;
        while let Some((stem, count, at)) = words.next(&mut forms) {
            let stem = found.entry(short(stem)).or_insert_with(|| Stem::of(stem));
            stem.postings.push(Posting { weight: weight(count, length), place: place as u32, at });
            for form in &forms {
                match stem.forms.iter_mut().find(|(known, _)| known == form) {
                    Some((_, count)) => *count += 1,
                    None => stem.forms.push((*form, 1)),
                }
            }
        }
    }
    let mut stems: Vec<Stem> = found.into_values().collect();
    stems.sort_unstable_by(|one, other| one.begin.cmp(&other.begin).then_with(|| order(one.name, other.name)));
    let lines = stems.iter_mut().map(|stem| word_line(stem, pages)).collect();
    let spellings = stems.iter().flat_map(|stem| {
        let name = stem.name;
        let spelling =
            |((shared, end), pages): &(Form, u32)| Spelling { form: [&name[..*shared], *end].concat(), pages: *pages, stem: name.into() };
        stem.forms.iter().map(spelling)
    });
    (lines, spellings.collect())
}

fn word_line(stem: &mut Stem, pages: &[Page]) -> Line {
    let name = stem.name;
    let mut text = Vec::with_capacity(name.len() + stem.postings.len().min(KEPT) * 6);
    text.extend_from_slice(name.as_bytes());
    text.push(b'\t');
    let mut forms: Vec<String> = stem.forms.iter().map(|((shared, end), _)| [&name[..*shared], *end].concat()).collect();
    forms.sort_unstable_by(|one, other| order(one, other));
    text.extend_from_slice(forms.join(" ").as_bytes());
    text.extend_from_slice(format!("\t{}\t", stem.postings.len()).as_bytes());
    let is_common = stem.postings.len() > KEPT.max(pages.len() / COMMON);
    by_weight(&mut stem.postings, pages, is_common.then_some(KEPT), &mut text);
    text.push(b'\n');
    Line { key: name.into(), text }
}

/// The pages of a word in groups of a weight, with places: all, or as many as are kept of a word that is too common.
fn by_weight(postings: &mut Vec<Posting>, pages: &[Page], kept: Option<usize>, text: &mut Vec<u8>) {
    let page = |posting: &Posting| &pages[posting.place as usize];
    if let Some(kept) = kept {
        text.push(b'~');
        postings.select_nth_unstable_by_key(kept, |posting| (u32::MAX - posting.weight, page(posting).rank));
        postings.truncate(kept);
    }
    postings.sort_unstable_by_key(|posting| (u32::MAX - posting.weight, page(posting).number));
    for group in postings.chunk_by(|one, next| one.weight == next.weight) {
        write(group[0].weight, text);
        write(group.len() as u32, text);
        let mut before = 0;
        for posting in group {
            let page = page(posting);
            write(page.number - before, text);
            before = page.number;
            let hit = page.entry.hit(posting.at).unwrap_or_default();
            write(hit.places, text);
            hit.differences().for_each(|difference| write(difference, text));
        }
    }
}

/// BM25F without what depends on other words (Robertson, Zaragoza, Taylor, CIKM 2004), from 1 to 31; `count` is weighted, in halves, and `length`
/// that of the page beside the mean.
fn weight(count: u32, length: f64) -> u32 {
    let frequency = f64::from(count) / 2.0 / length;
    ((HEAVIEST * frequency / (1.2 + frequency)).ceil() as u32).clamp(1, HEAVIEST as u32)
}

/// A form with its stems.
fn form_line(same: &[Spelling]) -> Line {
    let pages: u32 = same.iter().map(|spelling| spelling.pages).sum();
    let form = &same[0].form;
    let text = match same {
        [only] if *only.stem == **form => format!("{form}\t{pages}\n"),
        _ => format!("{form}\t{pages}\t{}\n", same.iter().map(|spelling| &*spelling.stem).collect::<Vec<_>>().join(" ")),
    };
    Line { key: form.as_str().into(), text: text.into_bytes() }
}

/// All forms backwards.
fn endings(spellings: &[Spelling]) -> Vec<Line> {
    let long = spellings.chunk_by(|one, next| one.form == next.form).map(|same| &same[0].form);
    let long = long.filter(|form| form.chars().count() >= SHORTEST_ENDING && form.chars().all(char::is_alphabetic));
    let mut endings: Vec<String> = long.map(|form| form.chars().rev().collect()).collect();
    endings.par_sort_unstable_by(|one, other| order(one, other));
    endings.into_iter().map(|ending| Line { text: format!("{ending}\n").into_bytes(), key: ending.into() }).collect()
}
