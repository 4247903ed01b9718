//! The named parts that templates may use: one table, one entry a part.
//!
//! Owns `PARTS`. It must not know templates: a part is the same whoever mentions it. Parts are small and flat; none holds the whole site.

pub mod cards;
pub mod doc;
pub mod fill;
pub mod head;
pub mod lists;
pub mod model;
pub mod pages;

use std::sync::OnceLock;

use tera::Value;

use crate::fingerprint::{Fingerprint, Printer};
use crate::index::PageId;
use crate::site::Site;
use crate::theme::Template;

pub use doc::{Doc, What};
pub use model::Model;

/// A site with what its parts share.
pub struct View<'a> {
    pub site: &'a Site,
    /// By page.
    cards: Vec<(Fingerprint, OnceLock<Value>)>,
    /// Of what depends on the whole site and is the same for many documents, by language.
    menus: Vec<Fingerprint>,
}

/// What a part is made from.
pub struct Scope<'a> {
    pub view: &'a View<'a>,
    pub site: &'a Site,
    pub doc: &'a Doc,
}

/// One value that templates may mention.
pub struct Part {
    pub name: &'static str,
    /// What it holds, for `chancery explain parts`.
    pub doc: &'static str,
    pub model: for<'a> fn(&Scope<'a>) -> Model<'a>,
}

/// All parts.
pub const PARTS: &[&[Part]] = &[head::PARTS, pages::PARTS, lists::PARTS];

/// The part of that name.
pub fn part(name: &str) -> Option<&'static Part> {
    PARTS.iter().flat_map(|parts| parts.iter()).find(|part| part.name == name)
}

impl<'a> View<'a> {
    pub fn of(site: &'a Site) -> View<'a> {
        let cards = cards::prints(site);
        let menus = (0..=site.config.languages.len() as u8).map(|lang| head::menu_of(site, lang).print()).collect();
        View { site, cards, menus }
    }

    /// The key of a document: the fingerprints of its template and of exactly the parts that the template mentions.
    pub fn key(&'a self, doc: &'a Doc, template: &Template) -> Fingerprint {
        let scope = Scope { view: self, site: self.site, doc };
        let mut printer = Printer::default();
        std::hash::Hash::hash(&(template.print, self.site.manner), &mut printer);
        for name in &template.mentions {
            std::hash::Hash::hash(name, &mut printer);
            self.model(&scope, name).print_into(&mut printer);
        }
        printer.print()
    }

    /// The values that a template gets for a document: those that it mentions, and no other.
    pub fn context(&'a self, doc: &'a Doc, template: &Template) -> tera::Context {
        let scope = Scope { view: self, site: self.site, doc };
        let mut context = tera::Context::new();
        for name in &template.mentions {
            if self.is_known(name) {
                context.insert_value(name.clone(), self.model(&scope, name).value());
            }
        }
        context
    }

    /// True for names that a template can mention: parts, queries of the theme and `data_NAME`.
    pub fn is_known(&self, name: &str) -> bool {
        let is_data = || name.strip_prefix("data_").is_some_and(|data| self.site.data.contains_key(data));
        part(name).is_some() || self.site.theme.queries.contains_key(name) || is_data()
    }

    fn model(&self, scope: &Scope<'a>, name: &str) -> Model<'a> {
        if let Some(part) = part(name) {
            return (part.model)(scope);
        }
        if let Some((print, value)) = name.strip_prefix("data_").and_then(|data| scope.site.data.get(data)) {
            return Model::Value(*print, value);
        }
        match scope.site.theme.queries.get(name) {
            Some(query) => lists::query(scope, query),
            None => Model::None,
        }
    }

    /// The print of a page's card.
    pub fn card_print(&self, page: PageId) -> Fingerprint {
        self.cards[page as usize].0
    }
}
