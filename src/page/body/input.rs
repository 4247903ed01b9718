//! What a body is made of, and the key under which it is remembered.
//!
//! Owns `BodyInput` and `BodySettings`. Whatever a body reads is a field here, and every field is in the key or said to be in another one. It must not
//! know what is made of it.

use std::fmt;
use std::sync::Arc;

use super::Body;
use super::render::render;
use crate::config::{Markdown, Scale};
use crate::fingerprint::Fingerprint;
use crate::page::front::Front;
use crate::references::key::{each_key_in, keys_in};
use crate::references::{Citing, Register};
use crate::sources::Text;
use crate::theme::Shortcodes;

/// All that the body of one page depends on.
#[derive(Clone)]
pub struct BodyInput {
    pub path: Arc<str>,
    /// The whole text of the file.
    pub text: Text,
    pub front: Arc<Front>,
    /// The language of the page, such as `en` or `fr-CA`.
    pub lang: Arc<str>,
    /// What it may cite.
    pub register: Arc<Register>,
    pub settings: Arc<BodySettings>,
}

/// The types of texts whose statements want a source.
pub const SOURCED: [&str; 2] = ["briefing", "study"];

/// How the Markdown of a whole site is read.
pub struct BodySettings {
    pub markdown: Markdown,
    /// The address of the site, with a slash at its end: links that begin with it are links into the site.
    pub own: Option<Arc<str>>,
    pub shortcodes: Shortcodes,
    /// Nothing, where no source can be cited: there is no register, or no such style.
    pub citing: Option<Citing>,
    /// In which words it is said how likely something is.
    pub likelihood: Option<Scale>,
    /// The fingerprint of what every body depends on: all but the shortcodes.
    print: Fingerprint,
}

/// What a body reads of the front matter of its page.
pub(super) struct BodyFront<'a> {
    /// A heading at the beginning that repeats it leaves the body. Without one the first heading is the title and leaves the body.
    pub title: Option<&'a str>,
    /// Without one it is taken from the text.
    pub has_summary: bool,
    /// Lines of Markdown.
    pub key_points: &'a [String],
    pub recommendations: &'a [String],
    /// Where the Markdown begins in the text.
    pub text_start: usize,
    /// The names of the shortcodes that the text may call. They see all of the front matter.
    pub shortcodes: &'a [Box<str>],
}

impl BodySettings {
    /// The settings of a site at the address `own`, whose theme has these shortcodes.
    pub fn new(markdown: Markdown, own: Option<Arc<str>>, shortcodes: Shortcodes, citing: Option<Citing>) -> BodySettings {
        let print = Fingerprint::of(&(&markdown, &own));
        BodySettings { markdown, own, shortcodes, citing, likelihood: None, print }
    }

    /// The same on a site that has chosen a scale of likelihood.
    pub fn with_likelihood(self, likelihood: Option<Scale>) -> BodySettings {
        match likelihood {
            Some(scale) => BodySettings { likelihood, print: Fingerprint::of(&(self.print, scale)), ..self },
            None => self,
        }
    }
}

/// The same, borrowed: the key is asked for in every build, and the body of most pages is there.
#[derive(Clone, Copy)]
pub struct BodySource<'a> {
    pub path: &'a Arc<str>,
    pub text: &'a Text,
    pub front: &'a Arc<Front>,
    pub lang: &'a Arc<str>,
    pub register: &'a Arc<Register>,
    pub settings: &'a Arc<BodySettings>,
}

impl BodySource<'_> {
    /// An input of its own.
    pub fn to_input(self) -> BodyInput {
        let BodySource { path, text, front, lang, register, settings } = self;
        BodyInput {
            path: path.clone(),
            text: text.clone(),
            front: front.clone(),
            lang: lang.clone(),
            register: register.clone(),
            settings: settings.clone(),
        }
    }

    /// The fingerprint of all that the body depends on, but for the path of its page, which is the name that it is remembered by.
    pub fn key(self) -> Fingerprint {
        // Taken apart, so that who adds a field is asked where it is in the key.
        let BodySource { path: _, text, front, lang, register, settings } = self;
        let BodySettings { markdown: _, own: _, shortcodes, citing, likelihood: _, print } = &**settings;
        let BodyFront { title, has_summary, key_points, recommendations, text_start: _, shortcodes: names } = BodyFront::new(front);
        let templates: Vec<Option<Fingerprint>> = names.iter().map(|name| shortcodes.prints.get(&**name).copied()).collect();
        // Who calls one that is not there is told of the one whose name is nearest.
        let known: Option<Vec<&String>> = templates.contains(&None).then(|| shortcodes.prints.keys().collect());
        let seen = (!names.is_empty()).then(|| front.print());
        let style = || citing.as_ref().map(|citing| citing.style.print());
        let keys = keys(front);
        let cited = (!keys.is_empty()).then(|| (register.print_of(&keys), &front.nocite, style()));
        Fingerprint::of(&(
            text.print(),
            print,
            lang,
            (title, has_summary),
            key_points,
            recommendations,
            templates,
            known,
            seen,
            (cited, is_looked_at(front, register)),
        ))
    }
}

impl BodyInput {
    /// Whether it is looked at what the text states without a source: where there is a register, in texts of a type that rests on sources.
    pub(super) fn is_looked_at(&self) -> bool {
        is_looked_at(&self.front, &self.register)
    }

    /// Whether a piece of the text cites a source that the register has.
    pub(super) fn cites(&self, text: &str) -> bool {
        each_key_in(text).any(|key| self.register.get(key).is_some())
    }

    pub(super) fn front(&self) -> BodyFront<'_> {
        BodyFront::new(&self.front)
    }

    /// The front matter as shortcodes see it. Only a text that calls one may ask for it: the key of all others does not hold it.
    pub(super) fn front_value(&self) -> tera::Value {
        if self.front.shortcodes.is_empty() { tera::Value::none() } else { self.front.value() }
    }

    /// The body, rendered now.
    pub fn render(&self) -> Body {
        render(self)
    }
}

impl<'a> BodyFront<'a> {
    fn new(front: &'a Front) -> BodyFront<'a> {
        BodyFront {
            title: front.title.as_deref(),
            has_summary: front.summary.is_some(),
            key_points: &front.key_points,
            recommendations: &front.recommendations,
            text_start: front.body_start,
            shortcodes: &front.shortcodes,
        }
    }
}

/// Whether it is looked at what a text states without a source.
fn is_looked_at(front: &Front, register: &Register) -> bool {
    !register.is_empty() && front.type_.as_deref().is_none_or(|type_| SOURCED.contains(&type_))
}

/// The keys that a body may cite: those of its file, and those of front matter that comes from a folder above.
fn keys(front: &Front) -> Vec<&str> {
    let lines = front.nocite.iter().chain(&front.key_points).chain(&front.recommendations).chain(&front.summary);
    front.cites.iter().map(|key| &**key).chain(lines.flat_map(|line| keys_in(line))).collect()
}

impl fmt::Debug for BodyInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BodyInput").field("path", &self.path).finish_non_exhaustive()
    }
}
