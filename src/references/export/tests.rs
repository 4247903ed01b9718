//! What is written is read again, and looks as other programs want it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::references::register::bib::kinds;
use crate::references::register::{self, RegisterFile, strings, variables};
use crate::references::{Archived, Date, Day, Format, Inline, Item, Name, Names, Standing};

fn read(path: &str, text: &str) -> Item {
    let (register, problems) = register::read(&[RegisterFile::new(path, text)]);
    assert!(problems.is_empty(), "{text}\n{problems:?}");
    assert_eq!(register.entries().len(), 1, "{text}");
    (*register.entries()[0].item).clone()
}

/// Words with all that means something in LaTeX, and no space at either end.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Wells",
        "of",
        "the",
        "NATO",
        "café",
        "Łódź",
        "50%",
        "A&B",
        "#1",
        "$5",
        "a_b",
        "{x}",
        "x\\y",
        "~",
        "^",
        "a--b",
        "don't",
        "''",
        "``",
        "–",
        "“x”",
        "2025",
        "iPhone",
        "a, b",
        "c:",
        "?",
        "وثيقة",
        "a\u{a0}b",
        "and",
        "others",
        "=",
        "<b>",
        "'",
        "-",
        "!`",
    ]);
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

fn format() -> impl Strategy<Value = Format> {
    use Format::*;
    prop::sample::select(vec![Italic, Upright, Bold, SmallCaps, Superscript, Subscript, Underline, Quoted])
}

/// Pieces with markup, single spaces and no two texts side by side.
fn pieces() -> impl Strategy<Value = Vec<Inline>> {
    let span = || (format(), words()).prop_map(|(format, text)| Inline::Span(format, vec![Inline::text(text)]));
    let link = words().prop_map(|text| Inline::Link("https://example.org/a_b?c=%20#d".into(), vec![Inline::text(text)]));
    prop_oneof![
        words().prop_map(|text| vec![Inline::text(text)]),
        (span(), words()).prop_map(|(span, text)| vec![span, Inline::text(format!(" {text}"))]),
        (words(), span(), words()).prop_map(|(before, span, after)| vec![
            Inline::text(format!("{before} ")),
            span,
            Inline::text(format!(", {after}"))
        ]),
        link.prop_map(|link| vec![link]),
    ]
}

fn person() -> impl Strategy<Value = Name> {
    let family = prop::sample::select(vec!["Alm", "de la Cruz", "Smith Jones", "O'Neil", "Ørsted", "A and B"]);
    let given = prop::sample::select(vec!["Ursula", "M. L.", "Jean-Luc", "", "ann", "Ludwig van"]);
    let particle = prop::sample::select(vec!["", "", "von der", "Van"]);
    let dropping = prop::sample::select(vec!["", "", "van", "De"]);
    let suffix = prop::sample::select(vec!["", "Jr.", "III"]);
    (family, given, particle, dropping, suffix, any::<bool>()).prop_map(|(family, given, particle, dropping, suffix, comma)| Name::Person {
        family: family.into(),
        given: given.into(),
        particle: particle.into(),
        dropping: dropping.into(),
        suffix: suffix.into(),
        comma_suffix: comma && !suffix.is_empty(),
    })
}

fn names() -> impl Strategy<Value = Names> {
    let body = words().prop_map(|body| Name::Body(format!("Bureau {body}").into()));
    (prop::collection::vec(prop_oneof![person(), body], 1..4), any::<bool>()).prop_map(|(names, others)| Names { names, others })
}

fn day() -> impl Strategy<Value = Day> {
    (-50..3000_i32, prop::option::of((1..=12_u8, prop::option::of(1..=28_u8)))).prop_map(|(year, rest)| Day {
        year,
        month: rest.map(|(month, _)| month),
        day: rest.and_then(|(_, day)| day),
    })
}

fn date() -> impl Strategy<Value = Date> {
    let known = (day(), prop::option::of(1..100_i32), any::<bool>(), any::<bool>()).prop_map(|(from, later, open, circa)| Date {
        from: Some(from),
        to: later.map(|years| Day { year: from.year + years, ..from }),
        is_open: later.is_none() && open,
        circa,
        ..Date::default()
    });
    let season = (1..4000_i32, 1..=4_u8).prop_map(|(year, season)| Date {
        from: Some(Day { year, month: None, day: None }),
        season: Some(season),
        ..Date::default()
    });
    let words = Just(Date { words: Some("n.d.".into()), ..Date::default() });
    prop_oneof![4 => known, 1 => season, 1 => words]
}

fn texts() -> impl Strategy<Value = BTreeMap<Box<str>, Vec<Inline>>> {
    let plain = ["URL", "DOI", "language", "PMID", "status", "ISBN"];
    let names: Vec<&'static str> = variables::TEXTS.iter().copied().filter(|name| !plain.contains(name)).collect();
    let own = prop::collection::btree_map(prop::sample::select(names).prop_map(Box::from), pieces(), 0..8);
    let language = prop::option::of(prop::sample::select(vec!["en-GB", "de", "pt-BR", "zh-Hans", "xx-Odd"]));
    (own, language, any::<bool>()).prop_map(|(mut texts, language, links)| {
        let mut set = |name: &str, text: &str| drop(texts.insert(name.into(), vec![Inline::text(text)]));
        language.into_iter().for_each(|language| set("language", &register::language::code(language).expect("a code")));
        if links {
            set("URL", "https://example.org/a_b?c=%20&d=$1#e");
            set("DOI", "10.1000/x_y%z");
            set("ISBN", "978-1");
            set("PMID", "12");
            set("status", strings::words("inpress", "en").expect("words"));
        }
        texts
    })
}

fn items() -> impl Strategy<Value = Item> {
    let standing = prop::option::of(prop::sample::select(vec![Standing::Primary, Standing::Secondary]));
    let archived =
        prop::option::of(prop::option::of(date()).prop_map(|date| Archived { url: "https://archive.example/20250102_x%20".into(), date }));
    let other = prop::collection::btree_map(
        prop::sample::select(vec!["custom-a", "usera", "sortname"]).prop_map(Box::from),
        words().prop_map(Box::from),
        0..3,
    );
    let people = prop::collection::btree_map(prop::sample::select(variables::NAMES.to_vec()).prop_map(Box::from), names(), 0..3);
    let dates = prop::collection::btree_map(prop::sample::select(variables::DATES.to_vec()).prop_map(Box::from), date(), 0..4);
    let kind = prop::sample::select(variables::KINDS.to_vec());
    (
        kind,
        texts(),
        people,
        dates,
        standing,
        archived,
        other,
        prop::collection::vec(prop::sample::select(vec!["water", "wells & rivers", "a_b"]), 0..3),
    )
        .prop_map(|(kind, texts, names, dates, standing, archived, other, mut keywords)| {
            keywords.sort_unstable();
            keywords.dedup();
            Item {
                key: "k-1:a/b".into(),
                kind: kind.into(),
                texts,
                names,
                dates,
                standing,
                keywords: keywords.into_iter().map(Box::from).collect(),
                archived,
                other,
                ..Item::default()
            }
        })
}

/// An item without what only keeps the case of letters: braces around capitals are added, and change nothing that is shown.
fn bare(mut item: Item) -> Item {
    for pieces in item.texts.values_mut() {
        *pieces = register::pieces::without_verbatim(std::mem::take(pieces));
    }
    item
}

proptest! {
    /// M53
    #[test]
    fn an_item_is_read_from_bib_as_it_was_written(item in items()) {
        let text = write_bib(&[&item]);
        let again = bare(read("a.bib", &text));
        // A reader of `.bib` makes the short title of the title.
        let mut expected = item.clone();
        if let Some(short) = item.texts.get("title").and_then(|title| register::bib::before_colon(title)) {
            expected.texts.entry("title-short".into()).or_insert(short);
        }
        prop_assert_eq!(&again, &expected, "{}", text);
        prop_assert_eq!(bare(read("a.bib", &write_bib(&[&again]))), again);
    }

    #[test]
    fn an_item_is_read_from_csl_json_as_it_was_written(item in items()) {
        let text = write_csl_json(&[&item]);
        let (register, _) = register::read(&[RegisterFile::new("a.json", text.as_str())]);
        let again = &register.entries()[0].item;
        prop_assert_eq!((&again.key, &again.kind, again.standing), (&item.key, &item.kind, item.standing));
        prop_assert_eq!(again.names.keys().collect::<Vec<_>>(), item.names.keys().collect::<Vec<_>>());
        prop_assert_eq!(again.dates.get("issued").and_then(|date| date.from), item.dates.get("issued").and_then(|date| date.from));
    }
}

/// A report that has everything.
fn report() -> Item {
    let text = "@report{wells-2025, author = {{Bureau of Wells} and von der Alm, Ursula}, title = {The Wells of Tor, $5 at 50\\%}, institution = {Bureau of Wells},
        number = {BW/2025/4}, date = {2025-06-25}, url = {https://example.org/a_b}, urldate = {2026-01-05}, langid = {british}, keywords = {primary, water}, pages = {12--19},
        abstract = {Two
        lines}}";
    read("a.bib", text)
}

/// M53
#[test]
fn bib_has_unicode_escapes_and_what_old_programs_look_for() {
    let expected = "@report{wells-2025,
  author = {{Bureau of Wells} and von der Alm, Ursula},
  title = {The {Wells} of {Tor}, \\$5 at 50\\%},
  number = {BW/2025/4},
  institution = {Bureau of Wells},
  date = {2025-06-25},
  year = {2025},
  month = jun,
  pages = {12--19},
  url = {https://example.org/a_b},
  urldate = {2026-01-05},
  abstract = {Two lines},
  langid = {british},
  keywords = {primary, water},
}
";
    assert_eq!(write_bib(&[&report()]), expected);
}

/// M52
#[test]
fn ris_has_two_spaces_its_number_twice_and_its_end_last() {
    let expected = "TY  - RPRT
ID  - wells-2025
AU  - Bureau of Wells
AU  - Alm, Ursula von der
TI  - The Wells of Tor, $5 at 50%
PB  - Bureau of Wells
UR  - https://example.org/a_b
LA  - en-GB
AB  - Two lines
SN  - BW/2025/4
M1  - BW/2025/4
SP  - 12
EP  - 19
PY  - 2025
DA  - 2025/06/25/
Y2  - 2026/01/05/
KW  - primary
KW  - water
ER  - 

";
    assert_eq!(write_ris(&[&report()]), expected);
}

#[test]
fn every_kind_is_written_as_one_that_is_read_as_it() {
    for kind in variables::KINDS {
        let item = Item { key: "k".into(), kind: (*kind).into(), ..Item::default() };
        assert_eq!(&*read("a.bib", &write_bib(&[&item])).kind, *kind);
    }
    for kind in kinds::all().filter(|kind| !kinds::NO_SOURCES.contains(kind)) {
        let item = read("a.bib", &format!("@{kind}{{k, title = {{T}}}}"));
        assert_eq!(read("a.bib", &write_bib(&[&item])).kind, item.kind, "{kind}");
    }
}
