//! What is read of CSL-JSON and CSL-YAML.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::references::inline::write_html;
use crate::references::register::{self, Register, RegisterFile, is_register};
use crate::references::{Format, Inline, Item, Name, Standing};

fn read(path: &str, text: &str) -> (Register, Vec<String>) {
    let (register, problems) = register::read(&[RegisterFile::new(path, text)]);
    let shown = |problem: &Diagnostic| {
        let place = problem.place.as_ref().expect("a place");
        format!("{}:{} {}: {}", place.line, place.column, problem.code, problem.message)
    };
    (register, problems.iter().map(shown).collect())
}

fn json(entry: &str) -> Arc<Item> {
    let (register, problems) = read("a.json", &format!("[{{\"id\": \"k\", \"type\": \"report\", {entry}}}]"));
    assert_eq!(problems, Vec::<String>::new());
    register.get("k").expect("k").item.clone()
}

fn yaml(fields: &str) -> Arc<Item> {
    let (register, problems) = read("a.yaml", &format!("references:\n- id: k\n  type: report\n{fields}"));
    assert_eq!(problems, Vec::<String>::new());
    register.get("k").expect("k").item.clone()
}

fn of(item: &Item, variable: &str) -> String {
    let mut html = String::new();
    write_html(item.texts.get(variable).map_or(&[], Vec::as_slice), &|_, _| false, &mut html);
    html
}

fn issued(date: &str) -> String {
    let item = json(&format!("\"issued\": {date}"));
    let date = item.issued().expect("a date");
    register::dates::write(date).unwrap_or_else(|| format!("[{}]", date.words.as_deref().unwrap_or_default()))
}

#[test]
fn the_list_may_stand_alone_or_below_items() {
    let entry = "{\"id\": \"k\", \"type\": \"report\", \"title\": \"Wells\"}";
    for text in
        [format!("[{entry}]"), format!("{{\"version\": 1, \"items\": [{entry}]}}"), format!("\u{feff}[\n{entry},\n]\n"), entry.to_string()]
    {
        let (register, problems) = read("a.json", &text);
        assert_eq!(problems, Vec::<String>::new(), "{text}");
        assert_eq!(register.get("k").map(|entry| entry.place().column > 0), Some(true), "{text}");
    }
    let (register, _) = read("a.yaml", "---\nreferences:\n- id: k\n  type: report\n...\n");
    assert!(register.get("k").is_some());
}

#[test]
fn dates_are_read_in_all_forms_that_programs_write() {
    for (written, meant) in [
        ("{\"date-parts\": [[2025, 6, 25]]}", "2025-06-25"),
        ("{\"date-parts\": [[\"2025\", \"6\"]]}", "2025-06"),
        ("{\"date-parts\": [[2025, 6], [2025, 7]]}", "2025-06/2025-07"),
        ("{\"date-parts\": [[2025]], \"circa\": 1}", "2025~"),
        ("{\"date-parts\": [[2025]], \"season\": \"Spring\"}", "2025-21"),
        ("{\"date-parts\": [[2020], [0]]}", "2020/"),
        ("{\"raw\": \"25 June 2025\"}", "2025-06-25"),
        ("{\"literal\": \"n.d.\"}", "[n.d.]"),
        ("{\"literal\": \"Michaelmas term\"}", "[Michaelmas term]"),
        ("{\"edtf\": \"2025-06/2025-07\"}", "2025-06/2025-07"),
        ("\"2025-06-25\"", "2025-06-25"),
        ("{\"year\": 2025, \"month\": 6}", "2025-06"),
    ] {
        assert_eq!(issued(written), meant, "{written}");
    }
    assert_eq!(json("\"issued\": {}").issued(), None);
    let caesar = json("\"issued\": {\"date-parts\": [[-44, 3, 15]]}");
    assert_eq!(caesar.issued().and_then(|date| date.from).map(|day| day.year), Some(-43), "44 BC, as astronomers count");
    let (_, problems) = read("a.json", "[{\"id\": \"k\", \"type\": \"report\",\n  \"issued\": {\"raw\": \"soon\"}}]");
    assert_eq!(problems, ["2:13 unclear-date: `issued` of `k` is no date: `raw: soon`"]);
}

#[test]
fn tags_and_in_yaml_markdown_are_markup() {
    let tags = "<i>a</i> <b>b</b> CO<sub>2</sub> 5<sup>th</sup> <span style=\\\"font-variant:small-caps;\\\">c</span> <span class=\\\"nocase\\\">NATO</span> a < b";
    let item = json(&format!("\"title\": \"{tags}\""));
    assert_eq!(
        of(&item, "title"),
        "<em>a</em> <strong>b</strong> CO<sub>2</sub> 5<sup>th</sup> <span class=\"small-caps\">c</span> NATO a &lt; b"
    );
    assert!(item.texts["title"].iter().any(|piece| matches!(piece, Inline::Span(Format::Verbatim, _))));
    assert_eq!(of(&json("\"title\": \"*a* and_b_c\""), "title"), "*a* and_b_c");
    let item = yaml("  title: '*a* **b** x^2^ CO~2~ [NATO]{.nocase} [d]{.smallcaps} snake_case_name 2 * 3 * 4 \\*'\n");
    assert_eq!(
        of(&item, "title"),
        "<em>a</em> <strong>b</strong> x<sup>2</sup> CO<sub>2</sub> NATO <span class=\"small-caps\">d</span> snake_case_name 2 * 3 * 4 *"
    );
}

#[test]
fn lines_of_extra_that_say_a_variable_are_variables() {
    let item = json(
        "\"note\": \"original-date: 1998\\nPMID: 123\\ntex.archive_url: https://archive.example/x\\narchive-date: 2025-01-02\\ntype: hearing\\nKept: as a note\"",
    );
    assert_eq!((of(&item, "PMID").as_str(), &*item.kind, of(&item, "note").as_str()), ("123", "hearing", "Kept: as a note"));
    assert_eq!(item.dates["original-date"].from.map(|day| day.year), Some(1998));
    assert_eq!(item.archived.as_ref().map(|copy| (&*copy.url, copy.date.is_some())), Some(("https://archive.example/x", true)));
}

#[test]
fn names_have_their_parts() {
    let item = json(
        "\"author\": [{\"family\": \"Alm\", \"given\": \"Ursula\", \"non-dropping-particle\": \"von der\"}, {\"literal\": \"Bureau of Wells\"}, {\"family\": \"UNESCO\"}, {\"family\": \"King\", \"given\": \"M. L.\", \"suffix\": \"Jr.\"}]",
    );
    let [Name::Person { particle, .. }, Name::Body(body), Name::Body(_), Name::Person { suffix, comma_suffix, .. }] = item.names("author")
    else {
        panic!("{:?}", item.names)
    };
    assert_eq!((&**particle, &**body, &**suffix, *comma_suffix), ("von der", "Bureau of Wells", "Jr.", true));
}

/// M19
#[test]
fn a_name_in_one_text_is_read_and_several_commas_are_told() {
    let item = yaml("  author: [\"King, Martin\", Bureau of Wells]\n");
    assert_eq!(item.names("author").len(), 2);
    let (register, problems) = read("a.yaml", "references:\n- id: k\n  type: report\n  author: King, Martin Luther, Jr.\n");
    assert_eq!(problems, ["4:11 unread-field: a name of `author` in `k` has several commas, which leave open what is what"]);
    let Name::Person { suffix, given, .. } = &register.get("k").expect("k").item.names("author")[0] else { panic!() };
    assert_eq!((&**given, &**suffix), ("Martin Luther", "Jr."));
}

/// M42
#[test]
fn one_wrong_entry_takes_no_other_with_it() {
    let good = "{\"id\": \"good\", \"type\": \"book\"}";
    for wrong in [
        "{\"id\": \"a\", \"type\": \"book\" \"title\": \"A\"}",
        "{\"id\": \"a\", \"type\": \"book\", \"title\": \"A}",
        "{\"id\": \"a\", \"type\": \"book\", \"title\": \"A\"",
        "{\"id\": \"a\", \"type\": \"book\", \"issued\": {\"date-parts\": [[2025}}",
        "{\"type\": \"book\", \"title\": \"A\"}",
        "{\"id\": \"a\", \"title\": wells}",
    ] {
        let (register, problems) = read("a.json", &format!("[\n{wrong},\n{good}\n]"));
        assert!(register.get("good").is_some(), "{wrong}: {problems:?}");
        assert!(
            problems[0].starts_with("2:") && problems[0].contains("bad-source") || problems[0].starts_with("3:"),
            "{wrong}: {problems:?}"
        );
    }
    let (register, problems) =
        read("a.yaml", "references:\n- id: a\n  type: book\n  title: \"A\n- id: good\n  type: book\n- id: also\n  type: report\n");
    assert!(register.get("also").is_some(), "{problems:?}");
    let (register, problems) = read("a.yaml", "references:\n- id: a\n  title: x: y: z\n- id: good\n  type: book\n");
    assert!(register.get("good").is_some() && problems[0].starts_with("3:"), "{problems:?}");
}

#[test]
fn standing_and_what_csl_does_not_know_are_kept() {
    let item =
        json("\"keyword\": \"primary, wells\", \"custom\": {\"archive-url\": \"https://archive.example/x\", \"x\": 1}, \"odd\": [1, 2]");
    assert_eq!((item.standing, item.keywords.len()), (Some(Standing::Primary), 1));
    assert_eq!(item.other.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>(), ["odd=1, 2", "x=1"]);
}

#[test]
fn a_register_is_told_from_other_data() {
    for (path, text, is) in [
        ("a.bib", "", true),
        ("a.json", "[{\"id\": \"a\", \"type\": \"report\"}]", true),
        ("a.json", "{\"items\": [{\"type\": \"article-journal\", \"id\": 1}]}", true),
        ("a.json", "[{\"id\": \"a\", \"type\": \"tree\"}]", false),
        ("a.json", "[1, 2]", false),
        ("a.json", "{\"a\": 1}", false),
        ("a.yaml", "references:\n  - id: a\n", true),
        ("a.yml", "---\n# x\nreferences:\n\n- id: a\n", true),
        ("a.yaml", "facts:\n- id: a\n", false),
        ("a.yaml", "references: none\n", false),
        ("a.toml", "references = []\n", false),
    ] {
        assert_eq!(is_register(path, text), is, "{path}: {text}");
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    text.push_str("references:\n- id: k\n  type: report\n");
    let (register, problems) = read("a.yaml", &text);
    assert!(problems.iter().any(|problem| problem.contains("aliases repeat")) || register.get("k").is_some(), "{problems:?}");
}

/// Paths of a person's folders, and keys of other entries, which may be hidden.
#[test]
fn what_says_nothing_of_a_source_is_dropped_however_it_is_written() {
    let fields = r#""attachments": [{"path": "/home/me/x.pdf"}], "file": "x.pdf", "custom": {"path": "C:\\docs\\x.pdf", "kept": "yes", "deep": {"at": "~/x.pdf"}},
        "related": "secret", "where": "file:///home/me/x.pdf",
        "note": "Seen.\ntex.file: /home/me/x.pdf\ntex.related: secret\nbiblatex.entryset: a,b\nfile: /home/me/y.pdf\ntex.kept2: yes""#;
    let item = json(fields);
    let other: Vec<&str> = item.other.keys().map(|name| &**name).collect();
    assert_eq!((other, of(&item, "note").as_str()), (vec!["kept", "kept2"], "Seen."));
}

#[test]
fn an_address_that_is_none_is_told_and_goes_nowhere() {
    let (register, problems) =
        read("a.json", r#"[{"id": "k", "type": "report", "URL": "file:///home/me/x.pdf", "archive_url": "our copy"}]"#);
    let item = &register.get("k").expect("k").item;
    assert_eq!((item.other.len(), item.archived.is_none(), item.text("URL")), (0, true, None));
    assert_eq!(
        problems,
        [
            "1:39 no-link: `URL` of `k` gives no link: `file:///home/me/x.pdf`",
            "1:79 no-link: `archive_url` of `k` gives no link: `our copy`"
        ]
    );
}
