//! Templates that speak: compiled once, and given the filters of each language when a document in it is first rendered.
//!
//! Owns `Engine`. It must not know which filters there are. A filter stays a pure function: the language is part of which function it is, and the
//! print of its strings is part of the key of whatever it makes.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, TeraResult};

use super::languages::Languages;
use super::strings::Strings;

/// Gives templates their filters, which speak one language.
pub type Register = fn(&mut Tera, &Arc<Strings>);

/// The same templates in all languages.
#[derive(Clone)]
pub struct Engine {
    base: Arc<Tera>,
    register: Register,
    /// What they can say.
    pub languages: Arc<Languages>,
    /// By the code of the strings.
    spoken: Arc<BTreeMap<String, OnceLock<Tera>>>,
}

impl Engine {
    /// `base` has been given the filters of the default language.
    pub fn new(base: Tera, register: Register, languages: Arc<Languages>) -> Engine {
        let spoken = languages.codes().map(|lang| (lang.to_string(), OnceLock::new())).collect();
        Engine { base: Arc::new(base), register, languages, spoken: Arc::new(spoken) }
    }

    /// The templates, whatever language they speak.
    pub fn base(&self) -> &Tera {
        &self.base
    }

    /// The templates as they speak in documents in the language `lang`.
    pub fn speaking(&self, lang: &str) -> &Tera {
        let strings = self.languages.strings_for(lang);
        if Arc::ptr_eq(strings, self.languages.fallback()) {
            return &self.base;
        }
        let speak = || {
            let mut tera = (*self.base).clone();
            (self.register)(&mut tera, strings);
            tera
        };
        self.spoken.get(&strings.lang).map_or(&*self.base, |spoken| spoken.get_or_init(speak))
    }
}

impl Engine {
    /// What a component makes of its arguments in documents in the language `lang`.
    ///
    /// # Errors
    /// A mistake in the component, or in what it calls.
    pub fn component(&self, lang: &str, name: &str, args: &Context, implicit: &Context) -> TeraResult<String> {
        self.speaking(lang).render_component_with_implicits(name, args, implicit, None, true)
    }
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new(Tera::default(), |_, _| {}, Arc::default())
    }
}
