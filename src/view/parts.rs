//! The parts of one document, made once: its key and what its template sees are two readings of them.
//!
//! Owns `Parts`. It must not know what a part holds.

use std::borrow::Cow;
use std::hash::Hash;

use super::{Common, Mention, Model, Scope};
use crate::fingerprint::{Fingerprint, Flat, Short};
use crate::theme::Template;

/// A document with the parts that its template mentions.
pub struct Parts<'a> {
    pub scope: Scope<'a>,
    template: &'a Template,
    /// In the order in which the template names them.
    named: Vec<(&'a Mention, Model<'a>)>,
}

impl<'a> Parts<'a> {
    /// The parts of the document that `scope` is of, as `mentions` names them.
    pub(super) fn new(scope: Scope<'a>, template: &'a Template, mentions: &'a [Mention]) -> Parts<'a> {
        let named = mentions.iter().map(|mention| (mention, scope.view.model(&scope, mention))).collect();
        Parts { scope, template, named }
    }

    /// The key of the document: the fingerprint of its template and of exactly the parts that the template mentions.
    pub fn key(&self) -> Fingerprint {
        self.key_of(&self.prints(""))
    }

    /// The same but for one part.
    pub fn key_without(&self, part: &str) -> Fingerprint {
        self.key_of(&self.prints(part))
    }

    /// The key, and a short print of each thing that it is made of: the template, the strings of the document's language, the mode of the site, and
    /// the parts in the order in which the template names them.
    pub fn key_and_prints(&self) -> (Fingerprint, Vec<Short>) {
        let parts = self.prints("");
        let Scope { site, place, .. } = &self.scope;
        let template = Fingerprint::of(&(self.template.print, site.theme.snippets.print));
        let before = [template, place.strings().print, Fingerprint::of(&site.mode)].map(Fingerprint::short);
        // What the frame shows are parts that are told beside it.
        let short = |((_, model), print): (&(_, Model), &Fingerprint)| match model {
            Model::Common(_, Common::Frame) => Short::default(),
            _ => print.short(),
        };
        let prints = before.into_iter().chain(self.named.iter().zip(&parts).map(short)).collect();
        (self.key_of(&parts), prints)
    }

    /// The print of each part, and of none that is called `without`.
    fn prints(&self, without: &str) -> Vec<Fingerprint> {
        let mut flat = Flat::default();
        let named = self.named.iter().filter(|(mention, _)| without.is_empty() || mention.name != without);
        let print = |(_, model): &(_, Model)| match model {
            Model::Common(place, Common::Frame) if !without.is_empty() => place.frame_without(without),
            model => model.print_by(&mut flat),
        };
        named.map(print).collect()
    }

    /// What every document depends on, and the parts: which names they have follows from the template. Its filters speak the language.
    fn key_of(&self, parts: &[Fingerprint]) -> Fingerprint {
        let Scope { site, place, doc, .. } = &self.scope;
        let mut flat = Flat::default();
        (self.template.print, site.theme.snippets.print, place.strings().print, site.mode, &doc.route, parts).hash(&mut flat);
        flat.print()
    }

    /// The values that the template gets: those that it mentions, and no other.
    pub fn context(&self) -> tera::Context {
        let mut context = tera::Context::new();
        for (mention, model) in self.named.iter().filter(|(mention, _)| mention.is_known()) {
            let name: Cow<'static, str> = mention.name.clone();
            context.insert_value(name, model.value());
        }
        context
    }
}
