//! Page: which texts of a page are searched, and what each weighs.
//!
//! Owns the key of what a page gives to the index. It must not know other pages, nor how words are kept.

use super::posting::PARAGRAPH;
use super::runs::{Log, Text};
use super::words::Lexicon;
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;

/// A page whose words are wanted.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub site: &'a Site,
    pub id: PageId,
    pub prose: Prose,
}

/// What becomes of the prose of a page when its words are known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Prose {
    Stays,
    IsReleased,
}

/// A text begins at a multiple of this, so that an edit moves few places.
const STEP: u32 = 64;

/// The weights of texts, in halves.
const TITLE: u32 = 12;
const NAME: u32 = 8;
const POINT: u32 = 5;
const HEADING: u32 = 4;

impl Page<'_> {
    /// The fingerprint of all that the words of the page are made of, and of little else: prints that are there already, for it is asked for in every
    /// build, and the texts themselves lie all over memory.
    pub fn key(&self) -> Fingerprint {
        let fact = self.site.page(self.id);
        let links: Vec<&str> = if fact.borrows_titles { self.site.all_words(self.id).collect() } else { Vec::new() };
        let prints = (fact.print, self.site.bodies[self.id as usize].prose_print);
        // A written summary that names sources says of them what the register does.
        let summary = fact.front().summary.as_ref().filter(|_| !fact.front().cites.is_empty()).map(|_| &fact.summary.text);
        Fingerprint::of(&(self.site.lang_of(self.id), prints, links, summary, self.site.config.search.full_text))
    }

    /// Reads the page into `log`, as that of a number. Returns the number of its tokens.
    pub fn read(&self, number: u32, lexicon: &mut Lexicon, log: &mut Log) -> u32 {
        let language = lexicon.language(self.site.lang_of(self.id));
        let (mut base, mut tokens) = (0, 0);
        self.texts(|text, weight| {
            let count = log.read(Text { page: number, weight, base }, |words, joined| lexicon.read(language, text, words, joined));
            base = ((base + count) / STEP + 1) * STEP;
            tokens += count;
        });
        if self.prose == Prose::IsReleased {
            self.site.bodies[self.id as usize].release_prose();
        }
        tokens
    }

    /// Gives each text of the page with its weight.
    fn texts(&self, mut read: impl FnMut(&str, u32)) {
        let fact = self.site.page(self.id);
        let front = fact.front();
        read(&fact.title, TITLE);
        front.id.iter().for_each(|id| read(id, TITLE));
        front.names.iter().chain(&front.synonyms).for_each(|name| read(name, NAME));
        front.summary.iter().for_each(|_| read(&fact.summary.text, POINT));
        let prose = self.site.bodies[self.id as usize].prose();
        prose.iter().skip(prose.first_line()).for_each(|(_, line)| read(line, POINT));
        fact.headings.iter().for_each(|heading| read(&heading.text, HEADING));
        if self.site.config.search.full_text {
            prose.iter().take(prose.first_line()).for_each(|(_, text)| read(text, PARAGRAPH));
            self.site.all_words(self.id).for_each(|words| read(words, PARAGRAPH));
        }
    }
}
