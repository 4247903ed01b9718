//! Entry: the words of one page with their places, from its texts.
//!
//! Owns which texts of a page are searched, and what each weighs. It must not know other pages, nor how an entry is written.

use std::collections::BTreeMap;

use super::packed::{Entry, Spots};
use super::words::Lexicon;
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;

/// A page whose words are wanted.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub site: &'a Site,
    pub page: PageId,
}

/// A text begins at a multiple of this, so that an edit moves few places.
const STEP: u32 = 64;

/// The weights of texts, in halves.
const TITLE: u32 = 12;
const NAME: u32 = 8;
const POINT: u32 = 5;
const HEADING: u32 = 4;
const PARAGRAPH: u32 = 2;

impl Input<'_> {
    /// The fingerprint of all that an entry is made of.
    pub fn print(&self) -> Fingerprint {
        let fact = self.site.page(self.page);
        let front = fact.front();
        let own = (self.site.lang_of(self.page), &fact.title, &front.id, &front.names, &front.synonyms, &front.summary);
        let links: Vec<&str> = self.site.all_words(self.page).collect();
        Fingerprint::of(&(own, &fact.headings, links, self.site.bodies[self.page as usize].prose_print, self.site.config.search.full_text))
    }

    /// Gives each text of the page with its weight.
    fn texts(&self, mut read: impl FnMut(&str, u32)) {
        let fact = self.site.page(self.page);
        let front = fact.front();
        read(&fact.title, TITLE);
        front.id.iter().for_each(|id| read(id, TITLE));
        front.names.iter().chain(&front.synonyms).for_each(|name| read(name, NAME));
        front.summary.iter().for_each(|summary| read(summary, POINT));
        let prose = self.site.bodies[self.page as usize].prose();
        prose.iter().skip(prose.first_line()).for_each(|(_, line)| read(line, POINT));
        fact.headings.iter().for_each(|heading| read(&heading.text, HEADING));
        if self.site.config.search.full_text {
            prose.iter().take(prose.first_line()).for_each(|(_, text)| read(text, PARAGRAPH));
            self.site.all_words(self.page).for_each(|words| read(words, PARAGRAPH));
        }
    }
}

/// A lexicon for each language.
pub type Lexicons = BTreeMap<String, Lexicon>;

/// The words of a page. The lexicons save time and change nothing.
pub fn entry(lexicons: &mut Lexicons, input: &Input) -> Entry {
    let lang = input.site.lang_of(input.page);
    if !lexicons.contains_key(lang) {
        lexicons.insert(lang.into(), Lexicon::of(lang));
    }
    lexicons.get_mut(lang).map(|lexicon| read(lexicon, input)).unwrap_or_default()
}

fn read(lexicon: &mut Lexicon, input: &Input) -> Entry {
    let mut spots = Spots::default();
    let (mut base, mut tokens) = (0, 0);
    let mut slots = std::mem::take(&mut lexicon.slots);
    input.texts(|text, weight| {
        let count = lexicon.read(text, |word, place| spots.push(&mut slots, word, base + place, weight));
        base = ((base + count) / STEP + 1) * STEP;
        tokens += count;
    });
    spots.clear(&mut slots);
    lexicon.slots = slots;
    spots.pack(lexicon, tokens)
}
