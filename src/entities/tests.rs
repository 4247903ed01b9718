//! Names in texts, and what only looks like one.

use super::names::{is_distinct, normal, spellings};
use super::scan::{is_in_address, sentence_around, stands_alone};
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
    for space in ['\u{A0}', '\u{202F}', '\u{2003}', '\u{3000}'] {
        let text = format!("The{space}NATO summit");
        let start = 3 + space.len_utf8();
        assert!(!is_in_address(&text, start..start + 4), "a space of more than one byte");
    }
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
