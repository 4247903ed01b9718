//! The names to look for, each in all the spellings in which a text may have it.
//!
//! It must not know texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::fingerprint::Fingerprint;
use crate::page::Facts;
use crate::url::composed;

/// All names to look for. A name that two pages claim is looked for by neither: nobody can say which is meant.
pub struct EntityNames {
    /// The fingerprint of names and owners: where it is equal, a body has the same mentions.
    pub print: Fingerprint,
    /// Sorted by language and name.
    forms: Box<[Form]>,
    pub(super) automaton: Option<AhoCorasick>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Form {
    name: Box<str>,
    /// Path of the page that the name belongs to.
    pub owner: Arc<str>,
    lang: u8,
}

/// A name of fewer letters is too short to be looked for in running text, unless it is an acronym.
const SHORTEST_NAME: usize = 4;

impl EntityNames {
    /// The names of all pages about people, organisations, places and agreements.
    pub fn from_pages(facts: &[Arc<Facts>]) -> EntityNames {
        let mut owners: BTreeMap<(u8, String), Vec<&Facts>> = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.page.kind.is_entity()) {
            for name in std::iter::once(&*fact.title).chain(fact.front().names.iter().map(String::as_str)) {
                if is_distinct(name) {
                    let known = owners.entry((fact.lang(), normal(name))).or_default();
                    if !known.iter().any(|other| other.path() == fact.path()) {
                        known.push(fact);
                    }
                }
            }
        }
        let mut forms: Vec<Form> = owners
            .into_iter()
            .filter(|(_, owners)| owners.len() == 1)
            .flat_map(|((lang, name), owners)| {
                spellings(&name).into_iter().map(move |name| Form { name: name.into(), owner: owners[0].path().clone(), lang })
            })
            .collect();
        forms.sort_by(|one, other| (one.lang, &one.name).cmp(&(other.lang, &other.name)));
        let print = Fingerprint::of(&forms);
        let automaton = (!forms.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms.iter().map(|form| &*form.name)).ok())
            .flatten();
        EntityNames { print, forms: forms.into(), automaton }
    }

    /// The form that the automaton found as `pattern` where a text in language `lang` has `name`; `None` if nobody is called so in it.
    pub(super) fn form(&self, pattern: usize, lang: u8, name: &str) -> Option<&Form> {
        // Those of other languages may be spelt alike.
        self.forms.get(pattern).filter(|form| form.lang == lang).or_else(|| {
            let at = self.forms.binary_search_by(|form| (form.lang, &*form.name).cmp(&(lang, name))).ok()?;
            self.forms.get(at)
        })
    }
}

/// Whether a name is long enough to be looked for.
pub(super) fn is_distinct(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    letters >= SHORTEST_NAME || letters >= 2 && !name.chars().any(char::is_lowercase)
}

/// A name in the one spelling that stands for all: letters composed, typewriter's apostrophes and hyphens, dashes as they are printed.
pub(super) fn normal(name: &str) -> String {
    let name = composed(name).replace("---", "—").replace("--", "–").replace("...", "…");
    name.chars()
        .map(|letter| match letter {
            letter if APOSTROPHES.contains(&letter) => APOSTROPHES[0],
            letter if HYPHENS.contains(&letter) => HYPHENS[0],
            letter => letter,
        })
        .collect()
}

/// How an apostrophe is typed and printed.
const APOSTROPHES: [char; 4] = ['\'', '’', 'ʼ', '‘'];
/// A hyphen, also one at which no line ends.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// The spellings of a name in which a text may have it. Nobody writes two kinds of apostrophe in one name.
pub(super) fn spellings(normal: &str) -> Vec<String> {
    let with = |signs: &'static [char], name: String| -> Vec<String> {
        if !name.contains(signs[0]) {
            return vec![name];
        }
        signs.iter().map(|sign| name.replace(signs[0], sign.encode_utf8(&mut [0; 4]))).collect()
    };
    with(&APOSTROPHES, normal.to_string()).into_iter().flat_map(|name| with(&HYPHENS, name)).collect()
}
