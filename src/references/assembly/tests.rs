//! Clusters rendered whole, in styles of the archive. Expectations are written by hand from the manuals of the styles.

use std::sync::Arc;

use super::super::{
    Authors, Cite, Cited, Cluster, Date, Day, Forms, Inline, Item, Locator, Name, Names, Narration, Rendered, Spot, Style, inline,
};
use super::render;
use crate::fingerprint::Fingerprint;

/// A source of lines such as `author=Reed, Anna; Holm, Bo`, `title=…`, `issued=2024-05`; the first line is its key and type.
pub fn item(text: &str) -> Cited {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (key, kind) = lines.next().and_then(|line| line.split_once(' ')).expect("a key and a type");
    let mut item = Item { key: key.into(), kind: kind.into(), ..Item::default() };
    for line in lines {
        let (variable, value) = line.split_once('=').expect("a variable and its value");
        match variable {
            "author" | "editor" | "translator" => {
                item.names.insert(variable.into(), names(value));
            }
            "issued" | "accessed" | "original-date" => {
                item.dates.insert(variable.into(), date(value));
            }
            _ => {
                item.texts.insert(variable.into(), vec![Inline::text(value)]);
            }
        }
    }
    let print = Fingerprint::of(&item);
    Cited { item: Arc::new(item), print }
}

fn names(value: &str) -> Names {
    let others = value.ends_with("; others");
    let value = value.trim_end_matches("; others");
    let one = |name: &str| match name.split_once(", ") {
        Some((family, given)) => {
            let lower = family.split(' ').take_while(|word| word.starts_with(char::is_lowercase)).count();
            let words: Vec<&str> = family.split(' ').collect();
            Name::Person {
                family: words[lower..].join(" ").into(),
                given: given.into(),
                particle: words[..lower].join(" ").into(),
                dropping: "".into(),
                suffix: "".into(),
                comma_suffix: false,
            }
        }
        None => Name::Body(name.into()),
    };
    Names { names: value.split("; ").map(one).collect(), others }
}

fn date(value: &str) -> Date {
    let day = |text: &str| {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut next = || parts.next().and_then(|part| part.parse().ok());
        Some(Day { year, month: next(), day: next() })
    };
    match value.split_once('/') {
        Some((from, to)) => Date { from: day(from), to: day(to), ..Date::default() },
        None => Date { from: day(value), words: day(value).is_none().then(|| value.into()), ..Date::default() },
    }
}

/// Clusters of lines: `[see a, p. 3 suffix; -b]`, `a [p. 3]` for narrative ones, `nocite a`, `^2 [a]` in the note 2, which is the author's,
/// `^^2 [a]` as all of it.
pub fn clusters(text: &str) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(cluster).collect();
    let mut note = 0;
    for cluster in clusters.iter_mut().filter(|cluster| cluster.narration != Narration::ListOnly) {
        match &mut cluster.spot {
            Spot::Text(number) => {
                note += 1;
                *number = note;
            }
            Spot::Note(number) | Spot::WholeNote(number) => note = *number,
        }
    }
    clusters
}

fn cluster(line: &str) -> Cluster {
    let (spot, line) = match line.strip_prefix('^') {
        Some(rest) => {
            let (number, rest) = rest.split_once(' ').expect("a number and a cluster");
            match number.strip_prefix('^') {
                Some(number) => (Spot::WholeNote(number.parse().expect("a number")), rest),
                None => (Spot::Note(number.parse().expect("a number")), rest),
            }
        }
        None => (Spot::default(), line),
    };
    if let Some(rest) = line.strip_prefix("nocite ") {
        return Cluster { cites: rest.split(' ').map(cite).collect(), narration: Narration::ListOnly, spot };
    }
    match line.strip_prefix('[') {
        Some(rest) => {
            let cites = rest.trim_end_matches(']').split("; ").map(cite).collect();
            Cluster { cites, narration: Narration::Apart, spot }
        }
        None => {
            let line = line.replacen(" [", ", ", 1).replace(']', "");
            Cluster { cites: line.split("; ").map(cite).collect(), narration: Narration::Sentence, spot }
        }
    }
}

/// `see a, p. 3 and more`: prefixes are words before the last one, labels are `p.`, `chap.`, `art.` and `recital`.
fn cite(text: &str) -> Cite {
    let (before, behind) = text.split_once(',').unwrap_or((text, ""));
    let (prefix, key) = before.trim().rsplit_once(' ').unwrap_or(("", before.trim()));
    let behind = behind.trim();
    let labels = [("p. ", "page", ""), ("chap. ", "chapter", ""), ("art. ", "article-locator", ""), ("recital ", "custom", "recital")];
    let label = labels.iter().find_map(|(short, label, written)| Some((behind.strip_prefix(short)?, label, written)));
    let (locator, suffix) = match label {
        Some((rest, label, written)) => {
            let (value, suffix) = rest.split_once('|').unwrap_or((rest, ""));
            (Some(Locator { label: (*label).into(), written: (*written).into(), value: value.into() }), suffix)
        }
        None => (None, behind),
    };
    let inline = |text: &str| if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] };
    let authors = if key.starts_with('-') { Authors::Suppressed } else { Authors::Shown };
    Cite { key: key.trim_start_matches('-').into(), prefix: inline(prefix), suffix: inline(suffix), locator, authors }
}

pub fn rendered(style: &str, cited: &[Cited], text: &str) -> Rendered {
    let style = Style::find(style, &[]).expect("a style of the archive");
    let forms = Forms::verifying();
    render(&style, "en-US", &forms, cited, &clusters(text));
    render(&style, "en-US", &forms, cited, &clusters(text))
}

/// Citations a line each, then the list.
pub fn shown(rendered: &Rendered) -> String {
    let mut shown = String::new();
    for cluster in &rendered.clusters {
        let names = inline::plain(&cluster.names);
        let text = inline::plain(&cluster.text);
        shown.push_str(&if names.is_empty() { text } else { format!("{names} | {text}") });
        shown.push('\n');
    }
    for entry in &rendered.list {
        let label = inline::plain(&entry.label);
        shown.push_str(&format!("- {label}{}{}\n", if label.is_empty() { "" } else { " " }, inline::plain(&entry.content)));
    }
    shown
}

pub fn three() -> Vec<Cited> {
    vec![
        item("reed report\nauthor=Reed, Anna; Holm, Bo\ntitle=Sand and Salt\npublisher=Isles Press\npublisher-place=Harbour\nissued=2024"),
        item("un24 report\nauthor=Council of the Isles\ntitle=Ports\npublisher=Council Press\nissued=2024-05-02"),
        item("un25 report\nauthor=Council of the Isles\ntitle=Harbours\npublisher=Council Press\nissued=2025"),
    ]
}

const CLUSTERS: &str = "
    [see reed, p. 33-35; un24]
    un24 [p. 3]
    [un24; reed; un25]
    [un25]
    [un25, p. 4]
    [-reed, art. 5]
    [reed, recital 12]
    ";

#[test]
fn author_date_styles_group_authors_and_keep_locators_prefixes_and_bare_years() {
    // M24, M25, M30, M33, M45
    insta::assert_snapshot!(shown(&rendered("apa", &three(), CLUSTERS)), @r"
    (see Reed & Holm, 2024, pp. 33–35; Council of the Isles, 2024)
    Council of the Isles | (2024, p. 3)
    (Council of the Isles, 2024, 2025; Reed & Holm, 2024)
    (Council of the Isles, 2025)
    (Council of the Isles, 2025, p. 4)
    (2024, Article 5)
    (Reed & Holm, 2024, recital 12)
    - Council of the Isles. (2024). Ports. Council Press.
    - Council of the Isles. (2025). Harbours. Council Press.
    - Reed, A., & Holm, B. (2024). Sand and Salt. Isles Press.
    ");
}

#[test]
fn notes_know_what_came_before_them() {
    // M28, M29, M45
    insta::assert_snapshot!(shown(&rendered("chicago-notes", &three(), CLUSTERS)), @r"
    See Anna Reed and Bo Holm, Sand and Salt (Isles Press, 2024), 33–35; Council of the Isles, Ports (Council Press, 2024).
    Council of the Isles | Council of the Isles, Ports, 3.
    Council of the Isles, Ports; Reed and Holm, Sand and Salt; Council of the Isles, Harbours (Council Press, 2025).
    Council of the Isles, Harbours.
    Council of the Isles, Harbours, 4.
    Sand and Salt, art. 5.
    Reed and Holm, Sand and Salt, recital 12.
    - Council of the Isles. Harbours. Council Press, 2025.
    - Council of the Isles. Ports. Council Press, 2024.
    - Reed, Anna, and Bo Holm. Sand and Salt. Isles Press, 2024.
    ");
}

#[test]
fn numbers_follow_the_order_of_citing() {
    insta::assert_snapshot!(shown(&rendered("ieee", &three(), CLUSTERS)), @r"
    see [1, pp. 33–35], [2]
    Council of the Isles | [2, p. 3]
    [1], [2], [3]
    [3]
    [3, p. 4]
    [1, Art. 5]
    [1, recital 12]
    - [1] A. Reed and B. Holm, “Sand and Salt,” Isles Press, Harbour, 2024.
    - [2] Council of the Isles, “Ports,” Council Press, May 2024.
    - [3] Council of the Isles, “Harbours,” Council Press, 2025.
    ");
}

fn works(texts: &[&str]) -> Vec<Cited> {
    texts.iter().map(|text| item(text)).collect()
}

fn same_year(count: usize) -> Vec<Cited> {
    let titles = ["Quays", "Piers", "Locks", "Ferries", "Tides", "Buoys"];
    let text = |at: usize| format!("k{at} report\nauthor=Reed, Anna\ntitle={}\nissued=2025-0{}", titles[at], at + 1);
    (0..count).map(|at| item(&text(at))).collect()
}

#[test]
fn letters_go_on_after_three_groups() {
    // M20
    let mut cited = same_year(2);
    for (at, name) in ["Holm, Bo", "Ito, Kei", "Lund, Eva", "Okoro, Ada"].iter().enumerate() {
        let text = |work: usize| item(&format!("g{at}{work} report\nauthor={name}\ntitle=Work {work}\nissued=2024"));
        cited.extend([text(1), text(2)]);
    }
    let all: Vec<String> = cited.iter().map(|cited| cited.item.key.to_string()).collect();
    for style in ["apa", "chicago-author-date", "harvard-cite-them-right"] {
        let rendered = rendered(style, &cited, &format!("[{}]", all.join("; ")));
        let (text, list) = (shown(&rendered), rendered.list);
        assert!(text.contains("2024a, 2024b") && text.contains("2025a, 2025b"), "{style}: {text}");
        let lettered = list.iter().filter(|entry| {
            let text = inline::plain(&entry.content);
            ["2024a", "2024b", "2025a", "2025b"].iter().filter(|year| text.contains(**year)).count() == 1
        });
        assert_eq!((lettered.count(), rendered.alike.len()), (10, 0), "{style}: {text}");
    }
}

#[test]
fn letters_follow_the_order_of_the_list_and_not_that_of_citing() {
    // M21: `Piers` comes before `Quays`.
    let rendered = rendered("apa", &same_year(2), "[k0]\n[k1]");
    insta::assert_snapshot!(shown(&rendered), @r"
    (Reed, 2025b)
    (Reed, 2025a)
    - Reed, A. (2025a). Piers.
    - Reed, A. (2025b). Quays.
    ");
}

#[test]
fn works_without_a_date_have_letters_too() {
    // M22
    // The author of one of them says so.
    let cited = works(&[
        "a report\nauthor=Council of the Isles\ntitle=Ports\nissued=n.d.",
        "b report\nauthor=Council of the Isles\ntitle=Harbours",
    ]);
    for (style, first, second, third) in [
        ("apa", "(Council of the Isles, n.d.-b)", "(Council of the Isles, n.d.-a, n.d.-b)", "Isles. (n.d.-a). Harbours."),
        ("chicago-author-date", "(Council of the Isles, n.d.-b)", "(Council of the Isles, n.d.-a, n.d.-b)", "Isles. n.d.-a. Harbours."),
        (
            "harvard-cite-them-right",
            "(Council of the Isles, no date b)",
            "(Council of the Isles, no date a, no date b)",
            "(no date a) Harbours.",
        ),
    ] {
        let text = shown(&rendered(style, &cited, "[a]\n[a; b]"));
        assert!([first, second, third].iter().all(|wanted| text.contains(wanted)), "{style}: {text}");
    }
}

#[test]
fn namesakes_are_told_apart_in_the_text_and_whole_in_the_list() {
    // M23
    let cited = works(&[
        "a report\nauthor=Reed, Anna\ntitle=Sand\nissued=2024",
        "b report\nauthor=Reed, Bo\ntitle=Salt\nissued=2024",
        "c report\nauthor=Holm, Bo; Reed, Anna; Ito, Kei\ntitle=Silt\nissued=2023",
        "d report\nauthor=Holm, Bo; Lund, Eva; Ito, Kei\ntitle=Mud\nissued=2023",
    ]);
    insta::assert_snapshot!(shown(&rendered("apa", &cited, "[a]\n[b]\n[c; d]")), @r"
    (A. Reed, 2024)
    (B. Reed, 2024)
    (Holm, Reed, et al., 2023; Holm, Lund, et al., 2023)
    - Holm, B., Lund, E., & Ito, K. (2023). Mud.
    - Holm, B., Reed, A., & Ito, K. (2023). Silt.
    - Reed, A. (2024). Sand.
    - Reed, B. (2024). Salt.
    ");
    insta::assert_snapshot!(shown(&rendered("chicago-author-date", &cited, "[a]\n[c; d]")), @r"
    (Reed 2024)
    (Holm, Reed, et al. 2023; Holm, Lund, et al. 2023)
    - Holm, Bo, Eva Lund, and Kei Ito. 2023. Mud.
    - Holm, Bo, Anna Reed, and Kei Ito. 2023. Silt.
    - Reed, Anna. 2024. Sand.
    ");
}

/// One work in a style: its first citation and its entry.
fn one(style: &str, text: &str) -> String {
    let cited = item(text);
    let key = cited.item.key.clone();
    shown(&rendered(style, &[cited], &format!("[{key}]")))
}

#[test]
fn a_range_of_dates_is_whole_and_never_stops_the_engine() {
    // M02
    for style in ["apa", "chicago-notes", "ieee", "mhra-notes"] {
        let text = one(style, "a report\nauthor=Reed, Anna\ntitle=Sand\nissued=2019/2021");
        assert!(text.contains("2019–2021"), "{style}: {text}");
    }
}

#[test]
fn particles_stay_where_the_register_has_them() {
    // M17
    let text = "a report\nauthor=von der Lund, Eva\ntitle=Sand\nissued=2024";
    assert!(one("apa", text).starts_with("(von der Lund, 2024)\n- von der Lund, E. (2024)."), "{}", one("apa", text));
    assert!(one("mhra-notes", text).starts_with("Eva von der Lund, "), "{}", one("mhra-notes", text));
}

#[test]
fn others_are_et_al_in_every_style() {
    // M18
    let text = "a report\nauthor=Reed, Anna; others\ntitle=Sand\nissued=2024";
    for style in ["apa", "chicago-notes", "chicago-author-date", "harvard-cite-them-right", "ieee", "mhra-notes", "mla"] {
        let text = one(style, text);
        let wanted = if style == "mhra-notes" { "Reed and others, " } else { "et al." };
        assert!(text.contains(wanted) && !text.contains("& others") && !text.contains('\u{E005}'), "{style}: {text}");
    }
}

#[test]
fn titles_in_another_language_keep_their_letters() {
    // M39
    let style = Style::find("chicago-notes", &[]).expect("a style");
    let cited = [item("a report\nauthor=Reed, Anna\ntitle=Über den Handel mit Sand\nissued=2024")];
    let text = |locale: &str| shown(&render(&style, locale, &Forms::default(), &cited, &clusters("[a]")));
    assert!(text("de-DE").contains("Über den Handel mit Sand"), "{}", text("de-DE"));
    assert!(text("en-US").contains("Handel Mit Sand"), "{}", text("en-US"));
}

#[test]
fn brackets_of_the_style_stand_behind_what_ends_in_one() {
    // M32
    let cited = [item("a report\nauthor=Reed, Anna\ntitle=Sand\nissued=2024")];
    assert!(
        shown(&rendered("ieee", &cited, "[a, p. 3|[sic]]x")).starts_with("[1, p. 3] [sic]"),
        "{}",
        shown(&rendered("ieee", &cited, "[a, p. 3|[sic]]x"))
    );
}

#[test]
fn a_group_that_was_collapsed_is_parted_from_the_next_as_the_style_wants_it() {
    let text = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>T</title><id>t</id></info>
        <citation collapse="year" cite-group-delimiter=", " after-collapse-delimiter="; "><layout prefix="(" suffix=")" delimiter=", ">
        <group delimiter=" "><names variable="author"><name form="short"/></names><date variable="issued"><date-part name="year"/></date></group>
        </layout></citation></style>"#;
    let file = super::super::StyleFile { path: "styles/own.csl".into(), text: text.into(), print: Fingerprint::of_bytes(text.as_bytes()) };
    let style = Style::find("own", &[file]).expect("a style");
    let rendered = render(&style, "en-US", &Forms::verifying(), &three(), &clusters("[un24; un25; reed]\n[reed; un24]"));
    assert_eq!(shown(&rendered), "(Council of the Isles 2024, 2025; Reed, Holm 2024)\n(Reed, Holm 2024, Council of the Isles 2024)\n");
}

/// Works of the kinds that policy writing uses, some with hardly anything said of them.
pub fn all_kinds() -> Vec<Cited> {
    let kinds = [
        "article",
        "article-journal",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "dataset",
        "document",
        "entry-encyclopedia",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "pamphlet",
        "paper-conference",
        "patent",
        "personal_communication",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "software",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ];
    let said = [
        "author=Reed, Anna; Council of the Isles\ntitle=Sand (and Salt)\nissued=2024-05-02\npublisher=Isles Press\nvolume=3\npage=12-34\nURL=https://example.org/",
        "editor=Holm, Bo; others\ntitle=Who Owns a Sandbank?\ncontainer-title=Tides\nissued=2019/2021\nnumber=CP 12\nedition=2",
        "title=“Ports” of Call\nissued=in press",
        "author=von der Lund, Eva",
        "note=nothing else",
    ];
    let work = |(at, kind): (usize, &str)| {
        said.iter().enumerate().map(move |(place, said)| item(&format!("k{at}x{place} {kind}\n{said}"))).collect::<Vec<_>>()
    };
    kinds.iter().copied().enumerate().flat_map(work).collect()
}

#[test]
fn no_style_has_an_empty_entry_an_open_bracket_or_a_lost_mark() {
    // M35, M32, M08
    let cited = all_kinds();
    let text: String = cited.iter().map(|cited| format!("[see {0}, p. 3-5; {0}]\n[-{0}]\n{0}\n", cited.item.key)).collect();
    let clusters = clusters(&text);
    let forms = Forms::default();
    for archived in hayagriva::archive::ArchivedStyle::all() {
        let name = archived.names()[0];
        let rendered = render(&Style::find(name, &[]).expect("a style"), "en-GB", &forms, &cited, &clusters);
        let listed: Vec<String> = rendered.list.iter().map(|entry| inline::plain(&entry.content)).collect();
        let cites = rendered.clusters.iter().flat_map(|cluster| [inline::plain(&cluster.names), inline::plain(&cluster.text)]);
        for text in listed.iter().cloned().chain(cites) {
            // The style `trends` opens a bracket round editions twice, and the engine closes none twice.
            for (open, close) in [('(', ')'), ('[', ']')].into_iter().filter(|_| !text.contains("((2nd edn")) {
                assert_eq!(text.matches(open).count(), text.matches(close).count(), "{name}: {text}");
            }
            assert!(!text.contains(|letter: char| matches!(letter as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)), "{name}: {text}");
        }
        let empty = rendered.list.iter().find(|entry| !inline::plain(&entry.content).chars().any(char::is_alphanumeric));
        assert!(empty.is_none(), "{name}: {empty:?}");
        let all = rendered.list.len() + cited.iter().filter(|cited| rendered.left_out.contains(&cited.item.key)).count();
        let has_list = Style::find(name, &[]).expect("a style").has_list();
        assert!(!has_list || all >= cited.len(), "{name}: {} of {}", rendered.list.len(), cited.len());
    }
}

#[test]
fn a_cluster_of_a_thousand_keys_is_whole() {
    let cited: Vec<Cited> =
        (0..1_000).map(|at| item(&format!("k{at} report\nauthor=Reed{}, Anna\ntitle=T{at}\nissued=2024", at % 200))).collect();
    let keys: Vec<&str> = cited.iter().map(|cited| &*cited.item.key).collect();
    let clusters = clusters(&format!("[{}]", keys.join("; ")));
    let rendered = render(&Style::find("harvard-cite-them-right", &[]).expect("a style"), "en-GB", &Forms::default(), &cited, &clusters);
    assert_eq!(rendered.list.len(), 1_000);
}

fn four() -> Vec<Cited> {
    works(&[
        "a report\nauthor=Abel, Ann\ntitle=Alpha\npublisher=Press\nissued=2021",
        "b report\nauthor=Baker, Bo\ntitle=Beta\npublisher=Press\nissued=2020",
        "c report\nauthor=Cole, Cy\ntitle=Gamma\npublisher=Press\nissued=2019",
        "d report\nauthor=Abel, Ann\ntitle=Delta\npublisher=Press\nissued=2018",
    ])
}

/// The lines of clusters, without the list.
fn lines(style: &str, text: &str) -> Vec<String> {
    let shown = shown(&rendered(style, &four(), text));
    shown.lines().filter(|line| !line.starts_with("- ")).map(String::from).collect()
}

#[test]
fn a_title_that_stands_for_names_is_said_once() {
    let works = works(&["act legislation\ntitle=Water Act 2014\nissued=2014", "page webpage\ntitle=Tides\nissued=2020"]);
    let shown = |style: &str, text: &str| {
        let shown = shown(&rendered(style, &works, text));
        shown.lines().filter(|line| !line.starts_with("- ")).map(String::from).collect::<Vec<_>>()
    };
    let text = "act\nact [p. 5]\n[-act]\npage\n[-page, p. 3]\n[act]";
    let apa =
        ["Water Act 2014 | (2014)", "Water Act 2014 | (2014, p. 5)", "(2014)", "Tides | (2020)", "(2020, p. 3)", "(Water Act 2014, 2014)"];
    assert_eq!(shown("apa", text), apa);
    assert_eq!(shown("harvard-cite-them-right", text), apa);
    let chicago =
        ["Water Act 2014 | (2014)", "Water Act 2014 | (2014, 5)", "(2014)", "“Tides” | (2020)", "(2020, 3)", "(Water Act 2014 2014)"];
    assert_eq!(shown("chicago-author-date", text), chicago);
}

/// As Pandoc 3.9 has it, but for the last line: there it puts the names into the brackets with all others.
#[test]
fn what_has_words_of_its_author_around_it_stays_in_its_place_and_the_style_orders_what_stands_between() {
    let text = "[c; b; a]\n[see b; a; c]\n[c; see b; a]\n[c; b; see a]\n[see c; b; a]\n[c, p. 3|and more; a]\n[c; b; a, and more; d]\n
        [c; b; see a; b]\n[d; see b; a]\n[a; b, and more; d]\n[b; a, p. 3; d, p. 5]\nc; b; a";
    assert_eq!(
        lines("apa", text),
        [
            "(Abel, 2021; Baker, 2020; Cole, 2019)",
            "(see Baker, 2020; Abel, 2021; Cole, 2019)",
            "(Cole, 2019; see Baker, 2020; Abel, 2021)",
            "(Baker, 2020; Cole, 2019; see Abel, 2021)",
            "(see Cole, 2019; Abel, 2021; Baker, 2020)",
            "(Cole, 2019, p. 3 and more; Abel, 2021)",
            "(Baker, 2020; Cole, 2019; Abel, 2021 and more; Abel, 2018)",
            "(Baker, 2020; Cole, 2019; see Abel, 2021; Baker, 2020)",
            "(Abel, 2018; see Baker, 2020; Abel, 2021)",
            "(Abel, 2021; Baker, 2020 and more; Abel, 2018)",
            "(Abel, 2018, p. 5, 2021, p. 3; Baker, 2020)",
            "Cole | (2019; Abel, 2021; Baker, 2020)",
        ]
    );
    assert_eq!(lines("ieee", "[b]\n[a]\n[c]\n[c; b; see a]\n[c, and more; a; b]")[3..], ["[1], [3], see [2]", "[3] and more, [1], [2]"]);
}

/// APA, 7th edition, 8.17: "and" in a sentence, "&" in brackets. Pandoc has the sign in both.
#[test]
fn a_sentence_joins_names_with_a_word_and_brackets_with_the_sign_of_the_style() {
    let works = [item("a book\nauthor=Reed, Anna; Holm, Bo\ntitle=Sand\nissued=2024")];
    let style = Style::find("apa", &[]).expect("a style of the archive");
    let shown = |locale: &str| {
        let rendered = render(&style, locale, &Forms::verifying(), &works, &clusters("a [p. 3]\n[a]"));
        rendered.clusters.iter().map(|one| format!("{} {}", inline::plain(&one.names), inline::plain(&one.text))).collect::<Vec<_>>()
    };
    assert_eq!(shown("en-US")[..2], ["Reed and Holm (2024, p. 3)", " (Reed & Holm, 2024)"]);
    assert!(shown("de-DE")[0].starts_with("Reed und Holm (2024"), "{:?}", shown("de-DE"));
}

/// As Pandoc 3.9 has it.
#[test]
fn what_is_cited_within_a_note_stands_in_brackets_or_in_its_sentence_with_its_names_once() {
    let text =
        "a\n^2 [see b, chap. 2]\n^3 b [p. 5]\n^4 c\n^4 [c]\n^^5 [d, p. 3]\n^^6 [d, p. 3; see a, and more]\n^7 -d [p. 8]\n^7 [-c, p. 2]\n
        ^8 b [p. 5; see a, p. 3]\n^9 [a, and what?]\n^^10 d [p. 3]";
    let shown = lines("chicago-notes", text);
    assert_eq!(
        shown[1..],
        [
            "(see Bo Baker, Beta (Press, 2020), chap. 2)",
            "Baker, Beta, 5",
            "Cy Cole, Gamma (Press, 2019)",
            "(Cole, Gamma)",
            "Ann Abel, Delta (Press, 2018), 3.",
            "Abel, Delta, 3; see Abel, Alpha and more.",
            "(Delta, 8)",
            "(Gamma, 2)",
            "Baker, Beta, 5; see Abel, Alpha, 3",
            "(Abel, Alpha and what?)",
            "Abel, Delta, 3",
        ]
    );
}

const POSITIONS: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info><title>T</title><id>t</id></info>
    <citation near-note-distance="3"><layout suffix="." delimiter="; "><group delimiter=", "><choose>
    <if position="ibid-with-locator"><text value="IBIDLOC"/></if><else-if position="ibid"><text value="IBID"/></else-if>
    <else-if position="near-note"><text value="NEAR"/><text variable="first-reference-note-number"/></else-if>
    <else-if position="subsequent"><text value="LATER"/><text variable="first-reference-note-number"/></else-if>
    <else><text value="FIRST"/></else></choose><names variable="author"/><text variable="locator"/></group></layout></citation></style>"#;

/// The notes 1, 3, 6, 8 are the author's and cite nothing. As Pandoc 3.9 has it, but for the note 11, which it takes to be near the note 7.
#[test]
fn notes_of_the_author_count_whether_they_cite_or_not() {
    let mut all = clusters("[a, p. 3]\n[a, p. 3]\n[b]\n^7 [c]\n^7 [c, p. 3]\n^7 [c]\n[a, p. 3]\n[b, p. 4]\n^11 c\n[c]");
    for (cluster, number) in all.iter_mut().zip([2, 4, 5, 7, 7, 7, 9, 10, 11, 12]) {
        if let Spot::Text(own) = &mut cluster.spot {
            *own = number;
        }
    }
    let file = super::super::StyleFile {
        path: "styles/own.csl".into(),
        text: POSITIONS.into(),
        print: Fingerprint::of_bytes(POSITIONS.as_bytes()),
    };
    let style = Style::find("own", &[file]).expect("a style");
    let shown = shown(&render(&style, "en-US", &Forms::verifying(), &four(), &all));
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        lines,
        [
            "FIRST, Ann Abel, 3.",
            "NEAR, 2, Ann Abel, 3.",
            "FIRST, Bo Baker.",
            "(FIRST, Cy Cole)",
            "(IBIDLOC, Cy Cole, 3)",
            "(NEAR, 7, Cy Cole)",
            "LATER, 2, Ann Abel, 3.",
            "LATER, 5, Bo Baker, 4.",
            "Cy Cole, LATER, 7",
            "IBID, Cy Cole.",
        ]
    );
}
