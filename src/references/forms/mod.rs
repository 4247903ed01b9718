//! Forms: each source as a style makes it alone, made once for all pages and builds.
//!
//! Owns `Forms`, the memory of them, and `Which` form is wanted. It must not know clusters. A form depends on the source, the style, the locale and
//! which form it is, and on nothing else; their fingerprint is its name.

mod facts;
mod form;
mod kept;
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

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use super::style::{Locales, Style};
use super::{Inline, Item};
use crate::fingerprint::{Fingerprint, Lookup};
use citationberg::taxonomy::Locator as Label;

use kept::{NOT_POISONED, Origin};
use left::Left;

pub(super) use form::{Filling, Form, Hole, Piece, before_date, fill, has_hole, list_content, names, push_text, without_names};
pub(super) use kept::{InLocale, InOrder, Kept, Mark, OfSource, Person, Plate};
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
    styles: RwLock<Lookup<Fingerprint, Arc<InLocale>>>,
    works: Works,
    left: Left,
    /// How many forms of sources have been made that no other process left.
    made: AtomicUsize,
    verifies: bool,
}

/// Tells the names of words from those of forms.
const WORDS: &str = "words";
const WORK: &str = "work";

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
        let styles: Vec<Arc<InLocale>> = self.styles.read().expect(NOT_POISONED).values().cloned().collect();
        let mut new: Vec<(Fingerprint, Vec<u8>)> = Vec::new();
        for style in styles {
            let words = style.words.get().filter(|_| !self.left.has(style.name_of_words()));
            new.extend(words.map(|words| (style.name_of_words(), left::encoded(&**words))));
            style.each_new(|source, which, form| new.push((style.name(source, which), left::encoded(form))));
        }
        new.extend(self.works.all());
        new.sort_unstable_by_key(|(name, _)| *name);
        self.left.with(&new)
    }

    /// How many forms are remembered that no other process left.
    pub fn new_ones(&self) -> usize {
        self.made.load(Ordering::Relaxed) + self.works.count()
    }

    /// A style in a locale of `Style::locale`, with the forms that are known in it.
    pub(super) fn of(&self, style: &Style, locale: &str) -> Arc<InLocale> {
        let name = Fingerprint::of(&(style.print(), locale));
        let known = self.styles.read().expect(NOT_POISONED).get(&name).cloned();
        known.unwrap_or_else(|| {
            let mut styles = self.styles.write().expect(NOT_POISONED);
            styles.entry(name).or_insert_with(|| Arc::new(InLocale::new(style, locale))).clone()
        })
    }

    /// A form of a source.
    ///
    /// # Panics
    /// When it verifies, and a form that was found is not what would be made now.
    pub(super) fn get(&self, style: &InLocale, source: &OfSource, item: &Item, which: &Which) -> Arc<Kept> {
        if let Some(known) = source.find(which) {
            return self.verified(known, style, item, which);
        }
        match self.left.get(style.name(source, which)) {
            Some(form) => self.verified(source.keep(which, Kept::new(form, Origin::Left)), style, item, which),
            None => {
                let made = Kept::new(self.prepared(style).make(item, which), Origin::Made);
                let kept = source.keep(which, made);
                self.made.fetch_add(1, Ordering::Relaxed);
                kept
            }
        }
    }

    fn verified(&self, kept: Arc<Kept>, style: &InLocale, item: &Item, which: &Which) -> Arc<Kept> {
        if self.verifies {
            let again = self.prepared(style).make(item, which);
            assert!(again == kept.form, "memo `forms`: {which:?} of `{}` changed under an equal key", item.key);
        }
        kept
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
    pub(super) fn once(&self, style: &InLocale, item: &Item, which: &Which) -> Form {
        self.prepared(style).make(item, which)
    }

    /// What a style and a locale say of marks and labels.
    pub(super) fn words(&self, style: &InLocale) -> Arc<Words> {
        let make = || Arc::new(self.left.get(style.name_of_words()).unwrap_or_else(|| self.prepared(style).words.clone()));
        style.words.get_or_init(make).clone()
    }

    /// A style in a locale, ready to print.
    fn prepared<'s>(&self, style: &'s InLocale) -> &'s Prepared {
        style.prepared.get_or_init(|| Prepared::new(&style.style, &style.locale, &self.locales))
    }
}

#[cfg(test)]
mod tests;
