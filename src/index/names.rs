//! The names by which pages are referred to: ids, paths, slugs, titles.
//!
//! Owns `Names`. It must not know links.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::terms::own_taxonomy;
use super::{PageId, Problem, normal};
use crate::fingerprint::Lookup;
use crate::page::Facts;
use crate::page::front::linked;
use crate::page::origin::Role;
use crate::page::route::{self, Kind};
use crate::sources::stem;
use crate::url::climb;

/// Look-ups from a name to pages.
pub struct Names<'a> {
    paths: Lookup<&'a str, PageId>,
    /// Of paths that are not composed, by their composed form.
    decomposed: Lookup<String, PageId>,
    ids: Lookup<&'a str, PageId>,
    facts: &'a [Arc<Facts>],
    /// Slugs, titles and further names, made normal, in their order. Only made when somebody asks for a page by one of them.
    words: OnceLock<Vec<(String, PageId)>>,
    /// The names of their files in small letters, in order. Only made when somebody names a page by it.
    files: OnceLock<Vec<(String, PageId)>>,
    /// Only made when something is misspelt.
    spellings: OnceLock<Vec<Spelling>>,
}

/// A name in its normal spelling, with a summary of its letters.
struct Spelling {
    word: String,
    letters: u64,
    page: PageId,
}

/// What a name answers to.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    One(PageId),
    Many(Vec<PageId>),
    None,
}

/// How many candidates are offered for a name that nothing answers to.
const CANDIDATES: usize = 3;

impl<'a> Names<'a> {
    /// The names of these pages.
    pub fn new(facts: &'a [Arc<Facts>]) -> Names<'a> {
        let mut paths = Lookup::default();
        paths.reserve(facts.len());
        let mut decomposed = Lookup::default();
        let mut ids = Lookup::default();
        for (page, fact) in (0..).zip(facts) {
            paths.insert(&**fact.path(), page);
            if let Cow::Owned(path) = crate::url::composed(fact.path()) {
                decomposed.insert(path, page);
            }
            if let Some(id) = &fact.front().id {
                // Translations carry the number of their original; the first page stands for all.
                ids.entry(id.as_str()).or_insert(page);
            }
        }
        Names { paths, decomposed, ids, facts, words: OnceLock::new(), files: OnceLock::new(), spellings: OnceLock::new() }
    }

    /// The page at a path relative to the root, however its accents are typed.
    pub fn path(&self, path: &str) -> Option<PageId> {
        let found = self.paths.get(path).copied();
        if found.is_some() || path.is_ascii() {
            return found;
        }
        let path = crate::url::composed(path);
        self.paths.get(&*path).or_else(|| self.decomposed.get(&*path)).copied()
    }

    /// What a wikilink or a reference in front matter means: an id, `kind:name`, a path below `content/`, an address, or a slug, title or
    /// other name. Of pages in several languages the one in `lang` is meant.
    pub fn find(&self, name: &str, lang: u8) -> Answer {
        let name = name.trim();
        if let Some(page) = self.ids.get(name) {
            return Answer::One(self.in_language(*page, lang));
        }
        if let Some((kind, rest)) = of_kind(name) {
            let pages = self.word(rest).filter(|page| self.facts[*page as usize].page.kind == kind);
            return self.choose(pages.collect(), lang);
        }
        let bare = bare(name);
        if name.contains('/')
            && let Some(page) = self.at_path(bare).or_else(|| self.at_address(bare))
        {
            return Answer::One(self.in_language(page, lang));
        }
        self.choose(self.word(bare).collect(), lang)
    }

    /// The pages that answer to a word, in the order of their paths.
    fn word(&self, word: &str) -> impl Iterator<Item = PageId> {
        let words = self.words.get_or_init(|| self.all_words());
        let word = normal(word);
        let from = words.partition_point(|(known, _)| *known < word);
        words[from..].iter().take_while(move |(known, _)| !word.is_empty() && *known == word).map(|(_, page)| *page)
    }

    fn all_words(&self) -> Vec<(String, PageId)> {
        // On one thread: those who wait for it may be all others.
        let of_page = |(page, fact)| spellings(fact).map(move |word| (normal(word), page));
        let mut words: Vec<(String, PageId)> = self.facts.iter().zip(0..).map(|(fact, page)| (page, &**fact)).flat_map(of_page).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The page whose file has this name, without its extension; of a bundle or a section, whose folder has it. Capital letters do not matter.
    pub fn file(&self, name: &str, lang: u8) -> Answer {
        let files = self.files.get_or_init(|| {
            let mut files: Vec<(String, PageId)> =
                (0..).zip(self.facts).map(|(page, fact)| (file_name(fact).to_lowercase(), page)).collect();
            files.sort_unstable();
            files
        });
        let name = name.to_lowercase();
        let from = files.partition_point(|(known, _)| *known < name);
        let found = files[from..].iter().take_while(|(known, _)| !name.is_empty() && *known == name).map(|(_, page)| *page);
        self.choose(found.collect(), lang)
    }

    fn at_path(&self, bare: &str) -> Option<PageId> {
        ["content/{}.md", "content/{}/index.md", "content/{}/_index.md"].iter().find_map(|form| self.path(&form.replace("{}", bare)))
    }

    fn at_address(&self, bare: &str) -> Option<PageId> {
        let address = crate::url::absolute(&crate::url::composed(bare));
        let slug = bare.rsplit('/').next().unwrap_or(bare);
        self.word(slug).find(|page| **self.facts[*page as usize].route() == *address)
    }

    /// Of pages that answer to one name those in the reader's language, else those in the default one.
    fn choose(&self, mut pages: Vec<PageId>, lang: u8) -> Answer {
        for wanted in [lang, 0] {
            if pages.iter().any(|page| self.facts[*page as usize].lang() == wanted) {
                pages.retain(|page| self.facts[*page as usize].lang() == wanted);
                break;
            }
        }
        match pages.as_slice() {
            [] => Answer::None,
            [page] => Answer::One(*page),
            _ => Answer::Many(pages),
        }
    }

    /// The translation of a page for a reader, else the page in the default language, else itself.
    fn in_language(&self, page: PageId, lang: u8) -> PageId {
        let fact = &self.facts[page as usize];
        if fact.lang() == lang {
            return page;
        }
        // Files of one page in several languages lie side by side in the order of paths.
        let near = page.saturating_sub(64) as usize..(page as usize + 64).min(self.facts.len());
        let translation = |wanted: u8| {
            let same = |other: &Arc<Facts>| other.lang() == wanted && is_translation(fact, other);
            self.facts[near.clone()].iter().position(same).map(|at| (near.start + at) as PageId)
        };
        translation(lang).or_else(|| translation(0)).unwrap_or(page)
    }

    /// The page that a key of front matter names, by what a wikilink could say or by a path from the page's own file. What names nothing, or
    /// more than one page, is a problem.
    pub fn refer(&self, page: PageId, key: &'static str, value: &str, problems: &mut Vec<Problem>) -> Option<PageId> {
        let fact = &self.facts[page as usize];
        let folder = fact.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        // `"[[x]]"` says no more than `x`.
        let meant = linked(value).unwrap_or(value);
        let beside = || climb(folder, meant).and_then(|path| self.path(&path));
        if let Some(found) = self.path(meant).or_else(beside) {
            return Some(found);
        }
        let (candidates, is_ambiguous) = match self.find(meant, fact.lang()) {
            Answer::One(found) => return Some(found),
            Answer::Many(pages) => (pages.iter().map(|page| self.facts[*page as usize].path().clone()).collect(), true),
            Answer::None => (self.nearest(meant), false),
        };
        problems.push(Problem::Reference { page, key, value: value.to_string(), candidates, is_ambiguous });
        None
    }

    /// The paths of the pages that answer to the names spelt nearest to one that nothing answers to: at most three.
    pub fn nearest(&self, name: &str) -> Vec<Arc<str>> {
        let wanted = bare(of_kind(name).map_or(name, |(_, rest)| rest));
        let last = wanted.trim_end_matches("/index").trim_end_matches("/_index").rsplit('/').next().unwrap_or(wanted);
        let wanted = normal(last);
        let letters = letters(&wanted);
        let allowed = (wanted.chars().count() / 3).max(1);
        // One change of a letter changes at most two of the letters that occur, so most names are left out without a closer look.
        let is_near = |spelling: &&Spelling| {
            (spelling.letters ^ letters).count_ones() as usize <= 2 * allowed
                && spelling.word.len().abs_diff(wanted.len()) <= allowed * char::MAX.len_utf8()
        };
        let mut found: Vec<(usize, &Arc<str>)> = self
            .spellings
            .get_or_init(|| self.all_spellings())
            .iter()
            .filter(is_near)
            .map(|spelling| (strsim::damerau_levenshtein(&wanted, &spelling.word), self.facts[spelling.page as usize].path()))
            .filter(|(distance, _)| *distance <= allowed)
            .collect();
        found.sort_unstable_by_key(|(distance, path)| (*path, *distance));
        found.dedup_by_key(|(_, path)| *path);
        found.sort_by_key(|(distance, _)| *distance);
        found.into_iter().take(CANDIDATES).map(|(_, path)| path.clone()).collect()
    }

    fn all_spellings(&self) -> Vec<Spelling> {
        let of_page = |(page, fact): (usize, &'a Arc<Facts>)| {
            let names = spellings(fact).chain(fact.front().id.as_deref());
            names.map(normal).map(move |word| Spelling { letters: letters(&word), word, page: page as PageId })
        };
        self.facts.iter().enumerate().flat_map(of_page).collect()
    }
}

/// The name of a page's file, without extension and language; of the page of a folder that of the folder.
fn file_name(fact: &Facts) -> &str {
    let stem = stem(fact.path()).unwrap_or(fact.path());
    let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
    match fact.page.origin.role {
        Role::Page if fact.lang() > 0 => file.rsplit_once('.').map_or(file, |(name, _)| name),
        Role::Page => file,
        Role::Bundle | Role::Section => folder.rsplit('/').next().unwrap_or(folder),
    }
}

/// Title, slug, file name and further names of a page. Those of a term are its synonyms.
fn spellings(fact: &Facts) -> impl Iterator<Item = &str> {
    let slug = fact.route().trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let aliases = fact.front().aliases.iter().filter(|alias| !route::is_address(alias) && own_taxonomy(fact).is_none());
    [&*fact.title, slug, &*fact.page.origin.name].into_iter().chain(fact.front().names.iter().chain(aliases).map(String::as_str))
}

/// A name without what only says where it is: `@/briefings/x.md` and `/briefings/x/` are `briefings/x`.
pub fn bare(name: &str) -> &str {
    let name = name.trim().trim_start_matches("@/").trim_start_matches("content/").trim_matches('/');
    stem(name).unwrap_or(name)
}

/// `person:mark-rutte` as kind and name.
pub fn of_kind(name: &str) -> Option<(Kind, &str)> {
    let (kind, rest) = name.split_once(':')?;
    Some((Kind::named(kind.trim())?, rest.trim()))
}

/// A bit for each letter that occurs (letters beyond ASCII share some).
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64))
}

/// Whether two pages are one in two languages.
pub fn is_translation(a: &Facts, b: &Facts) -> bool {
    let (a, b) = (&a.page.origin, &b.page.origin);
    a.lang != b.lang && (a.role, a.date, &a.folder, &a.name) == (b.role, b.date, &b.folder, &b.name)
}

#[cfg(test)]
mod tests;
