//! Forms: each source as a style makes it alone, made once for all pages and builds.
//!
//! Owns `Forms`, the memory of them, and `Which` form is wanted. It must not know clusters. A form depends on the source, the style, the locale and
//! which form it is, and on nothing else; their fingerprint is its name.

mod facts;
mod form;
mod left;
mod make;
mod marks;
mod named;
mod numeric;
mod ranges;
mod reduce;
mod sorting;
mod tree;
mod works;

use std::sync::{Arc, RwLock};

use super::style::{Locales, Style};
use super::{Cited, Inline, Item};
use crate::fingerprint::{Fingerprint, Lookup};
use citationberg::taxonomy::Locator as Label;

use left::Left;

pub(super) use form::{Filling, Form, Hole, Piece, before_date, fill, list_content, names, push_text, without_names};
use make::Prepared;
pub(super) use make::Words;
pub(super) use numeric::is_numeric;
pub(super) use sorting::MISSING;
use works::Works;

/// Where a cite stands among those of the same source. Each but the first two is what those before it are, too, and something more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// In the list, where no test of positions holds.
    List,
    First,
    Later,
    /// Later, and not many notes after the last.
    Near,
    /// Right after a cite of the same source.
    Ibid,
    /// Right after one of another place in the same source.
    IbidElsewhere,
}

/// The place in a source, as far as a form depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    pub label: Box<str>,
    pub is_plural: bool,
    pub is_numeric: bool,
}

/// How much of names is shown beyond what the style shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Naming {
    /// So many names at least; 0 as the style has it.
    pub shown: u16,
    pub given: Given,
}

/// How much of given names is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Given {
    #[default]
    AsStyle,
    /// What the style makes of them: initials mostly.
    Initials,
    Full,
}

/// What a form is asked for with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    pub position: Position,
    pub place: Option<Place>,
    pub naming: Naming,
    /// Whether a letter tells its year from those of others.
    pub has_letter: bool,
    /// Whether the style is to tell it apart by what it says of that (`disambiguate="true"`).
    pub is_chosen: bool,
}

/// Which order sources are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    List,
    Cluster,
}

/// Which form of a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// The entry of the list.
    Entry(Asked),
    Cite(Asked),
    /// Names as they stand in a sentence.
    Author(Asked),
    /// What it is sorted by: a text for each key of the style.
    Sort(Order),
}

impl Asked {
    /// A cite at a position, and nothing else.
    pub fn at(position: Position) -> Asked {
        Asked { position, place: None, naming: Naming::default(), has_letter: false, is_chosen: false }
    }

    /// As it is in the list.
    pub fn list() -> Asked {
        Asked::at(Position::List)
    }
}

impl Place {
    /// The locator of CSL; `None` for one that it does not know, whose label is part of its value.
    pub fn locator(&self) -> Option<Label> {
        self.label.parse().ok()
    }
}

/// The forms that are known.
#[derive(Default)]
pub struct Forms {
    locales: Locales,
    prepared: RwLock<Lookup<Fingerprint, Arc<Prepared>>>,
    known: RwLock<Lookup<Fingerprint, Kept>>,
    words: RwLock<Lookup<Fingerprint, Arc<Words>>>,
    works: Works,
    left: Left,
    verifies: bool,
}

/// A form that is remembered.
struct Kept {
    form: Arc<Form>,
    /// Whether another process left it.
    is_left: bool,
}

/// Tells the names of words from those of forms.
const WORDS: &str = "words";
const WORK: &str = "work";

/// Nobody panics with the memory of forms in hand.
const NOT_POISONED: &str = "no thread ends while it holds forms";

impl Forms {
    /// Forms of which each that is found is made again and compared.
    pub fn verifying() -> Forms {
        Forms { verifies: true, ..Forms::default() }
    }

    /// The same that remember what `to_bytes` of another process gave.
    pub fn recall(self, bytes: Vec<u8>) -> Forms {
        Forms { left: Left::new(bytes), ..self }
    }

    /// Whether forms have been made that no other process left.
    pub fn has_news(&self) -> bool {
        self.new_ones() > 0
    }

    /// All forms as bytes, for the next process; those that nobody asks for are left out in time.
    pub fn to_bytes(&self) -> Vec<u8> {
        let known = self.known.read().expect(NOT_POISONED);
        let words = self.words.read().expect(NOT_POISONED);
        let forms = known.iter().filter(|(_, kept)| !kept.is_left).map(|(name, kept)| (*name, left::encoded(&*kept.form)));
        let words = words.iter().filter(|(name, _)| !self.left.has(**name)).map(|(name, words)| (*name, left::encoded(&**words)));
        let mut new: Vec<(Fingerprint, Vec<u8>)> = forms.chain(words).chain(self.works.all()).collect();
        new.sort_unstable_by_key(|(name, _)| *name);
        self.left.with(&new)
    }

    /// How many forms are remembered that no other process left.
    pub fn new_ones(&self) -> usize {
        self.known.read().expect(NOT_POISONED).values().filter(|kept| !kept.is_left).count() + self.works.count()
    }

    /// A form of a source.
    ///
    /// # Panics
    /// When it verifies, and a form that was found is not what would be made now.
    pub(super) fn get(&self, cited: &Cited, style: &Style, locale: &str, which: &Which) -> Arc<Form> {
        let name = Fingerprint::of(&(cited.print, style.print(), locale, which));
        let known = self.known.read().expect(NOT_POISONED).get(&name).map(|kept| kept.form.clone());
        if let Some(form) = known {
            return self.verified(form, cited, style, locale, which);
        }
        let left = self.left.get(name);
        let is_left = left.is_some();
        let form = Arc::new(left.unwrap_or_else(|| self.prepared(style, locale).make(&cited.item, which)));
        self.known.write().expect(NOT_POISONED).insert(name, Kept { form: form.clone(), is_left });
        if is_left { self.verified(form, cited, style, locale, which) } else { form }
    }

    fn verified(&self, form: Arc<Form>, cited: &Cited, style: &Style, locale: &str, which: &Which) -> Arc<Form> {
        if self.verifies {
            let again = self.prepared(style, locale).make(&cited.item, which);
            assert!(again == *form, "memo `forms`: {which:?} of `{}` changed under an equal key", cited.item.key);
        }
        form
    }

    /// The citation of a work that is in no register, by the print of all that it follows from; `make` makes it if nobody has.
    ///
    /// # Panics
    /// When it verifies, and a citation that was found is not what would be made now.
    pub(super) fn of_work(&self, print: Fingerprint, style: &Style, locale: &str, make: impl Fn() -> Vec<Inline>) -> Vec<Inline> {
        let name = Fingerprint::of(&(WORK, print, style.print(), locale));
        if let Some(found) = self.works.get(name, &self.left) {
            assert!(!self.verifies || make() == found, "memo `forms`: the citation of a page changed under an equal key");
            return found;
        }
        let made = make();
        self.works.keep(name, &made);
        made
    }

    /// A form of a source that nobody asks for again.
    pub(super) fn once(&self, item: &Item, style: &Style, locale: &str, which: &Which) -> Form {
        self.prepared(style, locale).make(item, which)
    }

    /// What a style and a locale say of marks and labels.
    pub(super) fn words(&self, style: &Style, locale: &str) -> Arc<Words> {
        let name = Fingerprint::of(&(WORDS, style.print(), locale));
        let known = self.words.read().expect(NOT_POISONED).get(&name).cloned();
        known.unwrap_or_else(|| {
            let words = self.left.get(name).unwrap_or_else(|| self.prepared(style, locale).words.clone());
            self.words.write().expect(NOT_POISONED).entry(name).or_insert(Arc::new(words)).clone()
        })
    }

    /// A style in a locale, ready to print.
    fn prepared(&self, style: &Style, locale: &str) -> Arc<Prepared> {
        let name = Fingerprint::of(&(style.print(), locale));
        let known = self.prepared.read().expect(NOT_POISONED).get(&name).cloned();
        known.unwrap_or_else(|| {
            let prepared = Arc::new(Prepared::new(style, locale, &self.locales));
            self.prepared.write().expect(NOT_POISONED).entry(name).or_insert(prepared).clone()
        })
    }
}

#[cfg(test)]
mod tests;
