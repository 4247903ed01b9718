//! Values of fields: pieces joined, `@string`s put in.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::raw::{Field, LARGEST_ENTRY, Piece};
use crate::diagnostic::{Diagnostic, nearest};
use crate::references::register::problems::Problems;

/// The text of a field.
#[derive(Debug, Clone)]
pub struct Value<'t> {
    pub text: Cow<'t, str>,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// Whether its text is those bytes, so that a place in it is a place in the file.
    pub is_exact: bool,
}

impl Value<'_> {
    /// The bytes of the file that a range of the text means; the whole value, if it was put together.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        if self.is_exact { self.range.start + range.start..self.range.start + range.end } else { self.range.clone() }
    }
}

/// The `@string`s of a file, by their names in small letters.
#[derive(Default)]
pub struct Strings<'t> {
    defined: BTreeMap<String, Cow<'t, str>>,
    /// How many bytes they have put into values.
    put: Cell<usize>,
}

/// So many bytes may all `@string`s of a file put into values: else a few lines could make gigabytes.
const MOST_PUT: usize = 16 << 20;

/// A name that is not there is compared with so many others.
pub const MOST_COMPARED: usize = 1_000;

/// Names that mean themselves unless a `@string` says otherwise: months.
const PREDEFINED: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl<'t> Strings<'t> {
    /// Takes up what `@string` defines. It may be made of those above it.
    pub fn define(&mut self, text: &'t str, fields: &[Field], problems: &mut Problems) {
        for field in fields {
            let value = self.value(text, field, "@string", problems);
            self.defined.insert(text[field.name.clone()].to_lowercase(), value.text);
        }
    }

    /// The value of a field of the entry with this key.
    pub fn value(&self, text: &'t str, field: &Field, key: &str, problems: &mut Problems) -> Value<'t> {
        let bytes = |piece: &Piece| match piece {
            Piece::Text(range) | Piece::Word(range) => range.clone(),
        };
        let range =
            field.value.first().map_or(field.name.clone(), |first| bytes(first).start..bytes(field.value.last().unwrap_or(first)).end);
        let mut joined: Option<Cow<'t, str>> = None;
        for piece in &field.value {
            let next = match piece {
                Piece::Text(range) => Cow::Borrowed(&text[range.clone()]),
                Piece::Word(range) => self.word(&text[range.clone()], range.clone(), key, problems),
            };
            joined = Some(match joined {
                None => next,
                Some(before) if before.len() + next.len() > LARGEST_ENTRY => {
                    let message = format!("in `{key}` the pieces of a value make more than {} MB", LARGEST_ENTRY >> 20);
                    problems.add(range.clone(), Diagnostic::error("bad-source", message).hint("write it with fewer pieces"));
                    before
                }
                Some(before) => Cow::Owned(before.into_owned() + &next),
            });
        }
        let is_exact = matches!(field.value.as_slice(), [Piece::Text(_)]);
        Value { text: joined.unwrap_or_default(), range, is_exact }
    }

    fn word(&self, word: &'t str, range: Range<usize>, key: &str, problems: &mut Problems) -> Cow<'t, str> {
        let lower = word.to_lowercase();
        if let Some(text) = self.defined.get(&lower) {
            let before = self.put.get();
            self.put.set(before + text.len());
            if before + text.len() <= MOST_PUT {
                return text.clone();
            }
            if before <= MOST_PUT {
                let message = format!("`@string`s make more than {} MB of values", MOST_PUT >> 20);
                problems.add(range, Diagnostic::error("bad-source", message).hint("write shorter ones"));
            }
            return Cow::Borrowed(word);
        }
        if !PREDEFINED.contains(&&*lower) {
            let mut problem = Diagnostic::error("bad-source", format!("in `{key}` there is no `@string` with the name `{word}`"));
            problem = match nearest(word, self.defined.keys().map(String::as_str).take(MOST_COMPARED)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint(format!("put the text in braces, or write `@string{{{word} = {{…}}}}`")),
            };
            problems.add(range, problem);
        }
        Cow::Borrowed(word)
    }
}
