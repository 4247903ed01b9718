//! The register: the names under which texts speak of people, organisations, places and agreements; and the marks they leave.
//!
//! Owns `EntityNames`, `scan` and `Mentions`. It must not know the index. `scan` is the only reader of bodies besides the page's own file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memchr2;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::fingerprint::Fingerprint;
use crate::page::route::composed;
use crate::page::{Body, Facts};

/// All names to look for. A name that two pages claim is looked for by neither: nobody can say which is meant.
pub struct EntityNames {
    /// Of names and owners: two registers with one print give the same marks.
    pub print: Fingerprint,
    forms: Vec<Form>,
    automaton: Option<AhoCorasick>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Form {
    name: String,
    /// Path of the page that the name belongs to.
    owner: Arc<str>,
    lang: u8,
}

/// What one body mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mentions {
    /// The first mention of each, in the order of the text.
    pub mentions: Vec<Mention>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// Path of the page that is mentioned.
    pub path: Arc<str>,
    /// Index of the heading above.
    pub heading: Option<u32>,
    pub sentence: Box<str>,
}

/// A name of fewer letters is too short to be looked for in running text, unless it is an acronym.
const SHORTEST_NAME: usize = 4;
/// Longer sentences are cut at a word.
const LONGEST_SENTENCE: usize = 300;

impl EntityNames {
    /// The names of all pages about people, organisations, places and agreements.
    pub fn of(facts: &[Facts]) -> EntityNames {
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
                spellings(&name).into_iter().map(move |name| Form { name, owner: owners[0].path().clone(), lang })
            })
            .collect();
        forms.sort_by(|one, other| (one.lang, &one.name).cmp(&(other.lang, &other.name)));
        let print = Fingerprint::of(&forms);
        let automaton = (!forms.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms.iter().map(|form| &form.name)).ok())
            .flatten();
        EntityNames { print, forms, automaton }
    }

    /// What `body`, of the page at `path` in language `lang`, mentions of the register. A page does not mention itself.
    pub fn scan(&self, path: &str, lang: u8, body: &Body) -> Mentions {
        let Some(automaton) = &self.automaton else { return Mentions::default() };
        let mut mentions: Vec<Mention> = Vec::new();
        for (heading, text) in body.prose().iter() {
            let text = &*if may_be_apart(text) { composed(text) } else { Cow::Borrowed(text) };
            for found in automaton.find_iter(text) {
                let first = &self.forms[found.pattern().as_usize()];
                let form = if first.lang == lang { Some(first) } else { self.form(lang, &text[found.range()]) };
                let Some(form) = form else { continue };
                let is_new = || !mentions.iter().any(|mention| mention.path == form.owner);
                if &*form.owner != path && stands_alone(text, found.range()) && is_new() && !is_in_address(text, found.range()) {
                    let sentence = sentence_around(text, found.start());
                    mentions.push(Mention { path: form.owner.clone(), heading, sentence });
                }
            }
        }
        Mentions { mentions }
    }

    /// The name as it is in a language: those of others may be spelt alike.
    fn form(&self, lang: u8, name: &str) -> Option<&Form> {
        let at = self.forms.binary_search_by(|form| (form.lang, &*form.name).cmp(&(lang, name))).ok()?;
        self.forms.get(at)
    }
}

impl Mentions {
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// The marks by their bytes; nothing if they are none.
    pub fn recall(bytes: &[u8]) -> Option<Mentions> {
        postcard::from_bytes(bytes).ok()
    }
}

fn is_distinct(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    letters >= SHORTEST_NAME || letters >= 2 && !name.chars().any(char::is_lowercase)
}

/// A name in the one spelling that stands for all: letters composed, typewriter's apostrophes and hyphens, dashes as they are printed.
fn normal(name: &str) -> String {
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
fn spellings(normal: &str) -> Vec<String> {
    let with = |signs: &'static [char], name: String| -> Vec<String> {
        if !name.contains(signs[0]) {
            return vec![name];
        }
        signs.iter().map(|sign| name.replace(signs[0], sign.encode_utf8(&mut [0; 4]))).collect()
    };
    with(&APOSTROPHES, normal.to_string()).into_iter().flat_map(|name| with(&HYPHENS, name)).collect()
}

fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let name = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !joins(before, name.chars().next()) && !joins(name.chars().next_back(), after)
}

/// True if a word goes on from one letter to the next. Chinese and Japanese put no space between words.
fn joins(one: Option<char>, next: Option<char>) -> bool {
    let (Some(one), Some(next)) = (one, next) else { return false };
    let script = |letter: char| match letter {
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FF}' => Script::Katakana,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => Script::Han,
        _ => Script::Other,
    };
    match (script(one), script(next)) {
        (Script::Other, Script::Other) => one.is_alphanumeric() && next.is_alphanumeric(),
        (Script::Katakana, Script::Katakana) => true,
        _ => false,
    }
}

#[derive(PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
    Other,
}

/// Tells most texts, whose letters are composed, from those that need a closer look: by the bytes that marks, kana and syllables begin with.
fn may_be_apart(text: &str) -> bool {
    memchr2(0xCC, 0xCD, text.as_bytes()).or_else(|| memchr2(0xE1, 0xE3, text.as_bytes())).is_some()
}

/// An address is no sentence, whoever is named in it.
fn is_in_address(text: &str, range: std::ops::Range<usize>) -> bool {
    let start = text[..range.start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let end = text[range.end..].find(char::is_whitespace).map_or(text.len(), |space| range.end + space);
    let word = text[start..end].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    word.contains("://") || word.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("www."))
}

/// The sentence of `text` that holds the byte at `at`.
fn sentence_around(text: &str, at: usize) -> Box<str> {
    let sentence =
        text.split_sentence_bound_indices().take_while(|(start, _)| *start <= at).last().map_or(text, |(_, sentence)| sentence).trim();
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        None => sentence.into(),
        Some((end, _)) => format!("{}…", sentence[..end].rsplit_once(' ').map_or(&sentence[..end], |(head, _)| head)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{self, BuildOptions, Cache};
    use crate::sources::Sources;

    #[test]
    fn a_name_counts_only_as_a_whole_word() {
        assert!(stands_alone("of NATO's", 3..7));
        assert!(!stands_alone("of NATOs", 3..7));
    }

    #[test]
    fn a_name_in_chinese_or_japanese_needs_no_space_around_it() {
        let stands = |text: &str, name: &str| text.find(name).map(|at| stands_alone(text, at..at + name.len()));
        assert_eq!(stands("見了習近平主席", "習近平"), Some(true));
        assert_eq!(stands("プーチンは", "プーチン"), Some(true));
        assert_eq!(stands("ラスプーチンは", "プーチン"), Some(false));
    }

    #[test]
    fn a_name_in_an_address_is_nobody() {
        let text = "See https://nato.int/a/NATO and (www.b.org/NATO), NATO/EU.";
        let places: Vec<bool> = text.match_indices("NATO").map(|(at, name)| is_in_address(text, at..at + name.len())).collect();
        assert_eq!(places, [true, true, false]);
    }

    #[test]
    fn a_name_is_looked_for_in_all_its_spellings() {
        assert_eq!(spellings(&normal("Conor O’Brien")), ["Conor O'Brien", "Conor O’Brien", "Conor OʼBrien", "Conor O‘Brien"]);
        assert_eq!(spellings(&normal("Zoe\u{308} -- x")), ["Zoë – x"]);
        assert_eq!(spellings("A-B").len(), 3);
    }

    /// The paths that a page with `text` mentions.
    fn mentioned(settings: &str, names: &[(&str, &str)], text: &str) -> Vec<String> {
        let briefing = format!("---\ntitle: A\n---\n{text}\n");
        let pages: Vec<(String, String)> =
            names.iter().map(|(path, title)| (format!("content/{path}"), format!("---\ntitle: \"{title}\"\n---\n"))).collect();
        let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, page)| (&**path, &**page)).collect();
        files.push(("content/a.md", &briefing));
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, settings, &files);
        let site = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site;
        let page = site.facts.iter().position(|fact| &**fact.path() == "content/a.md").expect("the page");
        site.marks[page].mentions.iter().map(|mention| mention.path.trim_start_matches("content/").to_string()).collect()
    }

    #[test]
    fn names_are_found_however_their_signs_are_typed() {
        let names = [("people/p.md", "Conor O'Brien"), ("places/c.md", "Côte d’Ivoire"), ("organisations/b.md", "People's Bank of China")];
        let all = ["people/p.md", "places/c.md", "organisations/b.md"];
        let text = "Conor O'Brien of Co\u{302}te d'Ivoire and the People's Bank of China.";
        assert_eq!(mentioned("", &names, text), all);
        assert_eq!(mentioned("", &names, "Conor O’Brien in Côte d’Ivoire, People’s Bank of China."), all);
        assert_eq!(mentioned("markdown.smart_punctuation = false\n", &names, text), all);
    }

    #[test]
    fn names_count_in_html_but_not_in_addresses_nor_if_they_are_struck_out() {
        let names = [("people/p.md", "Mark Rutte"), ("organisations/n.md", "NATO")];
        assert_eq!(mentioned("", &names, "<table><tr><td>Mark Rutte</td></tr></table>"), ["people/p.md"]);
        assert_eq!(mentioned("", &names, "See https://a.org/b/NATO for more ~~Mark Rutte~~."), [""; 0]);
        assert_eq!(mentioned("", &names, "<p><a href=\"https://a.org/NATO\">https://a.org/NATO</a></p>"), [""; 0]);
    }

    #[test]
    fn a_name_is_found_in_each_language() {
        let names = [("people/p.md", "Mark Rutte"), ("people/p.fr.md", "Mark Rutte"), ("a.fr.md", "B")];
        assert_eq!(mentioned("languages = [\"fr\"]\n", &names, "Mark Rutte"), ["people/p.md"]);
        let files = [
            ("content/people/p.md", "---\ntitle: Mark Rutte\n---\n"),
            ("content/people/p.fr.md", "---\ntitle: Mark Rutte\n---\n"),
            ("content/a.fr.md", "---\ntitle: A\n---\nMark Rutte dit.\n"),
        ];
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "languages = [\"fr\"]\n", &files);
        let site = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site;
        let found: Vec<&str> = site.marks.iter().flat_map(|marks| &marks.mentions).map(|mention| &*mention.path).collect();
        assert_eq!(found, ["content/people/p.fr.md"]);
    }

    #[test]
    fn the_sentence_around_a_name_is_found() {
        assert_eq!(&*sentence_around("One thing. Two NATO things. Three.", 15), "Two NATO things.");
    }

    #[test]
    fn short_names_count_only_as_acronyms() {
        assert!(is_distinct("EU") && is_distinct("Madrid") && !is_distinct("Ace"));
    }
}
