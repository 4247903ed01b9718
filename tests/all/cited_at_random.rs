//! Random clusters of random sources in the styles of the archive: no work looks like another, no name is lost, no entry is empty, brackets are in pairs.

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery::fingerprint::Fingerprint;
use chancery::references::{
    Authors, Cite, Cited, Cluster, Date, Day, Forms, Inline, Item, Locator, Name, Names, Narration, Rendered, Spot, Style, render,
};
use hayagriva::archive::ArchivedStyle;
use proptest::prelude::*;

const KINDS: [&str; 9] =
    ["article-journal", "book", "chapter", "report", "webpage", "thesis", "article-newspaper", "paper-conference", "dataset"];
const FAMILIES: [&str; 6] = ["Brook", "Fen", "Quay", "Sedge", "Tarn", "Weir"];
const GIVEN: [&str; 5] = ["Ada", "Bruno", "Carla", "Dag", "Anna"];
const BODIES: [&str; 2] = ["Ministry of Tides", "Harbour Institute"];

/// An item with a title of its own, by its number.
fn item(number: usize, kind: usize, names: &[(usize, usize)], year: Option<i32>) -> Item {
    let name = |&(family, given): &(usize, usize)| match FAMILIES.get(family) {
        Some(family) => Name::Person {
            family: (*family).into(),
            given: GIVEN[given % GIVEN.len()].into(),
            particle: "".into(),
            dropping: "".into(),
            suffix: "".into(),
            comma_suffix: false,
        },
        None => Name::Body(BODIES[given % BODIES.len()].into()),
    };
    let mut texts = BTreeMap::from([("title".into(), vec![Inline::text(format!("Paper {}", number_word(number)))])]);
    for (variable, text) in
        [("container-title", "Coast Monthly"), ("publisher", "Mole Press"), ("page", "12-18"), ("URL", "https://tides.example/x")]
    {
        texts.insert(variable.into(), vec![Inline::text(text)]);
    }
    let day = |year| Day { year, month: None, day: None };
    Item {
        key: format!("k{number}").into(),
        kind: KINDS[kind % KINDS.len()].into(),
        texts,
        names: BTreeMap::from([("author".into(), Names { names: names.iter().map(name).collect(), others: false })]),
        dates: year.map(|year| ("issued".into(), Date { from: Some(day(year)), ..Date::default() })).into_iter().collect(),
        ..Item::default()
    }
}

fn number_word(number: usize) -> String {
    ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"][number % 8].to_string()
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let names = prop::collection::vec((0..FAMILIES.len() + 1, 0..GIVEN.len()), 1..4);
    let one = (0..KINDS.len(), names, prop::option::weighted(0.8, 2019..2022));
    prop::collection::vec(one, 2..7)
        .prop_map(|all| all.iter().enumerate().map(|(number, (kind, names, year))| item(number, *kind, names, *year)).collect())
}

fn clusters() -> impl Strategy<Value = Vec<Vec<(usize, u8)>>> {
    prop::collection::vec(prop::collection::vec((0..7_usize, any::<u8>()), 1..5), 1..6)
}

/// A cite whose place, prefix and so on are said by the bits of a number.
fn cite(key: &str, bits: u8) -> Cite {
    let words = |is_there: bool, text: &str| if is_there { vec![Inline::text(text)] } else { Vec::new() };
    let locator = Locator { label: "page".into(), written: "p.".into(), value: "3-4".into() };
    Cite {
        key: key.into(),
        prefix: words(bits & 7 == 1, "see"),
        suffix: words(bits & 56 == 8, "and elsewhere"),
        locator: (bits & 64 != 0).then_some(locator),
        authors: if bits & 128 != 0 && bits & 3 == 3 { Authors::Suppressed } else { Authors::Shown },
    }
}

fn cluster(cites: Vec<Cite>) -> Cluster {
    Cluster { cites, narration: Narration::Apart, spot: Spot::default() }
}

fn cited(items: &[Item]) -> Vec<Cited> {
    items.iter().map(|item| Cited { item: Arc::new(item.clone()), print: Fingerprint::of(item) }).collect()
}

fn styles() -> Vec<Style> {
    ArchivedStyle::all()
        .iter()
        .map(|style| Style::find(style.names()[0], &[]).unwrap_or_else(|error| panic!("{}", error.message)))
        .collect()
}

fn text(pieces: &[Inline]) -> String {
    chancery::references::inline::plain(pieces)
}

/// Styles that name nobody for sources of a kind.
const NAMELESS: [(&str, &str); 1] = [("copernicus", "webpage")];

/// What is wrong with citations in any style: empty entries (M35), brackets that are not in pairs (M32), punctuation twice (M26, M27), lost names (M23).
fn check(style: &Style, items: &[Item], rendered: &Rendered) {
    let name = style.name();
    for entry in &rendered.list {
        assert!(!text(&entry.content).trim().is_empty(), "{name}: the entry of {} is empty", entry.key);
    }
    let texts = rendered.clusters.iter().map(|cluster| text(&cluster.text)).chain(rendered.list.iter().map(|entry| text(&entry.content)));
    for text in texts {
        for (open, close) in [('(', ')'), ('[', ']'), ('“', '”')] {
            let (opened, closed) = (text.matches(open).count(), text.matches(close).count());
            assert_eq!(opened, closed, "{name}: brackets are not in pairs: {text}");
        }
        for wrong in [",)", ",.", "..", "?.", " ,", "  ", "()", ",,"] {
            assert!(!text.contains(wrong), "{name}: `{wrong}` in {text}");
        }
    }
    for (at, entry) in rendered.list.iter().enumerate() {
        let item = items.iter().find(|item| item.key == entry.key).expect("only what is cited is listed");
        let first = match &item.names("author")[0] {
            Name::Person { family, .. } => family,
            Name::Body(body) => body,
        };
        if NAMELESS.contains(&(name, &*item.kind)) {
            continue;
        }
        // Styles put a dash or nothing for names that stand in an entry above.
        let above: String = rendered.list[..=at].iter().map(|entry| text(&entry.content).to_lowercase()).collect();
        assert!(above.contains(&first.to_lowercase()), "{name}: {first} is lost in {}", text(&entry.content));
    }
}

/// Works that are cited alone and alike are told as such (M20, M22, M23).
fn check_alike(style: &Style, items: &[Item]) {
    let clusters: Vec<Cluster> = items.iter().map(|item| cluster(vec![cite(&item.key, 0)])).collect();
    let rendered = render(style, &style.locale(None), &Forms::default(), &cited(items), &clusters);
    check(style, items, &rendered);
    for (at, one) in rendered.clusters.iter().enumerate() {
        for (other, another) in rendered.clusters.iter().enumerate().skip(at + 1) {
            let is_told = rendered.alike.iter().any(|(a, b)| [a, b].contains(&&items[at].key) && [a, b].contains(&&items[other].key));
            let is_same = !one.text.is_empty() && text(&one.text) == text(&another.text);
            assert!(!is_same || is_told, "{}: {} and {} are both {}", style.name(), items[at].key, items[other].key, text(&one.text));
        }
    }
}

#[test]
fn every_style_of_the_archive_tells_works_apart_and_loses_nothing() {
    let items = [
        item(0, 0, &[(0, 0), (1, 1)], Some(2020)),
        item(1, 3, &[(0, 0), (1, 1)], Some(2020)),
        item(2, 1, &[(0, 1)], Some(2020)),
        item(3, 4, &[(6, 0)], None),
        item(4, 4, &[(6, 0)], None),
    ];
    for style in styles() {
        check_alike(&style, &items);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_clusters_of_random_sources_are_whole(items in items(), asked in clusters(), style in 0..1000_usize) {
        let styles = styles();
        let style = &styles[style % styles.len()];
        let written = asked.iter().map(|cites| cluster(cites.iter().map(|(at, bits)| cite(&items[at % items.len()].key, *bits)).collect()));
        let rendered = render(style, &style.locale(None), &Forms::default(), &cited(&items), &written.collect::<Vec<_>>());
        check(style, &items, &rendered);
        check_alike(style, &items);
    }
}
