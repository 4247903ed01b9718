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
        self.key_without("")
    }

    /// The same but for one part.
    pub fn key_without(&self, part: &str) -> Fingerprint {
        let mut flat = self.begin();
        for (mention, model) in self.named.iter().filter(|(mention, _)| mention.name != part) {
            mention.name.hash(&mut flat);
            match model {
                Model::Common(place, Common::Frame) if !part.is_empty() => place.frame_without(part).hash(&mut flat),
                model => model.print_into(&mut flat),
            }
        }
        flat.print()
    }

    /// The key, and a short print of each thing that it is made of: the template, the strings of the document's language, the mode of the site, and
    /// the parts in the order in which the template names them.
    pub fn key_and_prints(&self) -> (Fingerprint, Vec<Short>) {
        let mut prints = Vec::with_capacity(3 + self.named.len());
        let Scope { site, place, .. } = &self.scope;
        let template = Fingerprint::of(&(self.template.print, site.theme.snippets.print));
        prints.extend([template, place.strings().print, Fingerprint::of(&site.mode)].map(Fingerprint::short));
        let mut flat = self.begin();
        for (mention, model) in &self.named {
            mention.name.hash(&mut flat);
            let from = flat.written();
            model.print_into(&mut flat);
            // What the frame shows are parts that are told beside it.
            let is_frame = matches!(model, Model::Common(_, Common::Frame));
            prints.push(if is_frame { Short::default() } else { flat.short_print(from) });
        }
        (flat.print(), prints)
    }

    /// What every document depends on: the filters of a template speak its language.
    fn begin(&self) -> Flat {
        let Scope { site, place, doc, .. } = &self.scope;
        let mut flat = Flat::default();
        (self.template.print, site.theme.snippets.print, place.strings().print, site.mode, &doc.route).hash(&mut flat);
        flat
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
