//! What is remembered of forms while a process runs: by style and locale, by source, by which form it is.
//!
//! Owns `InLocale`, `OfSource` and `Kept`, with what pages make of a form again and again and need not make twice. It must not know how a form is made.

use std::sync::{Arc, OnceLock, RwLock};

use icu_collator::CollatorBorrowed;

use super::form::Form;
use super::make::{Prepared, Words};
use super::{Asked, Given, WORDS, Which};
use crate::fingerprint::{Fingerprint, Lookup};
use crate::references::style::Style;

/// Nobody panics with the memory of forms in hand.
pub const NOT_POISONED: &str = "no thread ends while it holds forms";

/// A style in a locale, with all that is known in it.
pub struct InLocale {
    pub style: Style,
    pub locale: Box<str>,
    pub words: OnceLock<Arc<Words>>,
    pub prepared: OnceLock<Prepared>,
    /// How texts are compared.
    pub collator: OnceLock<Option<CollatorBorrowed<'static>>>,
    /// By the fingerprint of the source.
    sources: RwLock<Lookup<Fingerprint, Arc<OfSource>>>,
}

/// The forms of one source.
pub struct OfSource {
    print: Fingerprint,
    /// A handful.
    forms: RwLock<Vec<(Which, Arc<Kept>)>>,
    /// Cites in which some names are longer.
    named: RwLock<Vec<NamedCite>>,
    /// Whom it is by, as far as namesakes are told apart; `None` for a body.
    pub people: OnceLock<Box<[Option<Person>]>>,
}

/// What was asked for, how much of each given name is shown, and the cite.
type NamedCite = (Asked, Box<[Given]>, Arc<Kept>);

/// A person's name, of which works by namesakes are told apart.
#[derive(Debug)]
pub struct Person {
    /// With its particle.
    pub family: Box<str>,
    pub given: Box<str>,
}

/// A text as bytes that are in the order of the language; `None` where there is no text.
pub type InOrder = Option<Box<[u8]>>;

/// Who made a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Made,
    /// Another process.
    Left,
}

/// A form that is remembered.
pub struct Kept {
    pub form: Form,
    origin: Origin,
    /// What a cite shows as plain text, where that is the same on every page.
    pub plain: OnceLock<Option<Box<str>>>,
    /// What a cluster of it alone becomes; `None` if it differs too much from page to page.
    pub plate: OnceLock<Option<Arc<Plate>>>,
    /// What follows the label of an entry as HTML, where that is the same on every page.
    pub entry: OnceLock<Option<Arc<str>>>,
    /// The same with what stands for names that have just been named; `None` if nothing else would be left.
    pub dashed: OnceLock<Option<Arc<str>>>,
    /// Of what a source is sorted by, key by key.
    pub order: OnceLock<Box<[InOrder]>>,
}

/// A citation as HTML but for what differs from page to page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    pub html: Box<str>,
    /// Places in `html`, in their order.
    pub marks: Box<[(u32, Mark)]>,
    pub is_raised: bool,
    pub ends_in_stop: bool,
}

/// What differs in it from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// What leads to the entry of the source begins here, and ends here.
    Open,
    Close,
    Letter,
    Locator,
}

impl InLocale {
    pub fn new(style: &Style, locale: &str) -> InLocale {
        InLocale {
            style: style.clone(),
            locale: locale.into(),
            words: OnceLock::new(),
            prepared: OnceLock::new(),
            collator: OnceLock::new(),
            sources: RwLock::default(),
        }
    }

    /// The name of a form from process to process.
    pub fn name(&self, source: &OfSource, which: &Which) -> Fingerprint {
        Fingerprint::of(&(source.print, self.style.print(), &*self.locale, which))
    }

    /// That of the words.
    pub fn name_of_words(&self) -> Fingerprint {
        Fingerprint::of(&(WORDS, self.style.print(), &*self.locale))
    }

    /// The forms of a source, by its fingerprint.
    pub fn source(&self, print: Fingerprint) -> Arc<OfSource> {
        let known = self.sources.read().expect(NOT_POISONED).get(&print).cloned();
        known.unwrap_or_else(|| {
            let mut sources = self.sources.write().expect(NOT_POISONED);
            sources.entry(print).or_insert_with(|| Arc::new(OfSource::new(print))).clone()
        })
    }

    /// Calls for each form that no other process left.
    pub fn each_new(&self, mut each: impl FnMut(&OfSource, &Which, &Form)) {
        self.sources.read().expect(NOT_POISONED).values().for_each(|source| {
            let forms = source.forms.read().expect(NOT_POISONED);
            let new = forms.iter().filter(|(_, kept)| kept.origin == Origin::Made);
            new.for_each(|(which, kept)| each(source, which, &kept.form));
        });
    }
}

impl OfSource {
    fn new(print: Fingerprint) -> OfSource {
        OfSource { print, forms: RwLock::default(), named: RwLock::default(), people: OnceLock::new() }
    }

    /// A form that is known.
    pub fn find(&self, which: &Which) -> Option<Arc<Kept>> {
        let forms = self.forms.read().expect(NOT_POISONED);
        forms.iter().find(|(known, _)| known == which).map(|(_, kept)| kept.clone())
    }

    /// Keeps a form, unless another thread has kept it meanwhile; the one that is kept.
    pub fn keep(&self, which: &Which, kept: Kept) -> Arc<Kept> {
        let mut forms = self.forms.write().expect(NOT_POISONED);
        if let Some((_, known)) = forms.iter().find(|(known, _)| known == which) {
            return known.clone();
        }
        let kept = Arc::new(kept);
        forms.push((which.clone(), kept.clone()));
        kept
    }

    /// A cite in which some names are longer, made once.
    pub fn named(&self, asked: &Asked, given: &[Given], make: impl FnOnce() -> Form) -> Arc<Kept> {
        let is_it = |(own, names, _): &&NamedCite| own == asked && **names == *given;
        if let Some((.., kept)) = self.named.read().expect(NOT_POISONED).iter().find(is_it) {
            return kept.clone();
        }
        let kept = Arc::new(Kept::new(make(), Origin::Made));
        self.named.write().expect(NOT_POISONED).push((asked.clone(), given.into(), kept.clone()));
        kept
    }
}

impl Kept {
    pub fn new(form: Form, origin: Origin) -> Kept {
        Kept {
            form,
            origin,
            plain: OnceLock::new(),
            plate: OnceLock::new(),
            entry: OnceLock::new(),
            dashed: OnceLock::new(),
            order: OnceLock::new(),
        }
    }
}

impl std::ops::Deref for Kept {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
}
