//! YAML as trees, and what is said of YAML that is none.

use std::sync::Arc;

use super::*;

/// The tree in short, and the problems.
fn show(yaml: &str) -> (String, Vec<String>) {
    let path = Arc::from("x.md");
    let mut problems = Problems::new(&path, yaml);
    let tree = read(0..yaml.len(), &mut problems);
    (tree.as_ref().map_or(String::new(), write), problems.finish().into_iter().map(|problem| problem.message).collect())
}

fn write(node: &Node) -> String {
    match &node.data {
        Data::Scalar(text, true) => text.to_string(),
        Data::Scalar(text, false) => format!("{text:?}"),
        Data::List(items) => format!("[{}]", items.iter().map(write).collect::<Vec<_>>().join(", ")),
        Data::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{}: {}", write(key), write(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[test]
fn scalars_keep_their_spelling() {
    let (tree, problems) = show("a: [1.10, no, 007, ~, '~', !!str 5]\nb:\n- |\n  x\n-\n");
    assert_eq!(tree, r#"{a: [1.10, no, 007, ~, "~", "5"], b: ["x\n", ~]}"#);
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn nodes_know_their_bytes() {
    let yaml = "é: [ä, b]\nc:\n  - d\n  - e f\n\ng: |\n  h\n";
    let path = Arc::from("x.md");
    let tree = read(0..yaml.len(), &mut Problems::new(&path, yaml)).expect("a tree");
    let Data::Map(entries) = tree.data else { panic!("a map") };
    let found: Vec<&str> = entries.iter().map(|(_, value)| &yaml[value.range.clone()]).collect();
    assert_eq!(found[..2], ["[ä, b]", "- d\n  - e f"]);
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    assert_eq!(show("a: &x [b]\nc: *x\n").0, "{a: [b], c: [b]}");
    assert_eq!(show("a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n").0, "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}");
    assert_eq!(show("a: &x [*x]\n").1, ["this alias stands within what it repeats"]);
}

#[test]
fn aliases_cannot_make_much_of_little() {
    let mut yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_string();
    for level in 1..9 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        yaml += &format!("a{level}: &a{level} [{items}]\n");
    }
    assert_eq!(show(&yaml).1, ["aliases repeat more than 10000 values"]);
}

#[test]
fn deep_nesting_is_an_error_whatever_makes_it() {
    let chain: String = (1..9).map(|at| format!("a{at}: &a{at} {}*a{}{}\n", "[".repeat(20), at - 1, "]".repeat(20))).collect();
    for yaml in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), format!("a0: &a0 x\n{chain}")] {
        assert_eq!(show(&yaml).1, ["lists and maps are nested more than 64 deep"], "{:.20}", yaml);
    }
}

/// Line and column, message and hints of the first problem.
fn describe(yaml: &str) -> String {
    let path = Arc::from("x.md");
    let mut problems = Problems::new(&path, yaml);
    read(0..yaml.len(), &mut problems);
    let problem = problems.finish().remove(0);
    let place = problem.place.expect("a place");
    format!("{}:{} {} | {}", place.line, place.column, problem.message, problem.hints.join(" | "))
}

#[test]
fn a_bracket_that_is_not_closed_is_told_at_its_own_line() {
    let unclosed = "this `[` is not closed | close it, as in `[a, b]`, or put text that begins with `[` or `{` in quotes";
    assert_eq!(describe("title: [A\ndate: 2026-01-01\n"), format!("1:8 {unclosed}"));
    assert_eq!(describe("a: 1\ntags: [x,\n  y\nb: 2\nc: 3\n"), format!("2:7 {unclosed}"));
    assert!(describe("a: [x]\nb: c: d\n").starts_with("2:5 "));
}

#[test]
fn a_quote_that_is_not_closed_is_told_with_what_to_add() {
    assert_eq!(
        describe("title: \"A\ndate: 1\n"),
        "1:8 this quote is not closed | write `\"` at the end of the text, or take out the one that it begins with; within `'…'` an apostrophe is `''`, within `\"…\"` a quote is `\\\"`"
    );
}

#[test]
fn what_comes_before_an_error_is_read() {
    let (tree, problems) = show("a: 1\nb: [2]\nc: d: e\nf: 3\n");
    assert_eq!(tree, "{a: 1, b: [2]}");
    assert_eq!(problems, ["a value begins at this colon, where none can be"]);
}

proptest::proptest! {
    #[test]
    fn any_text_gives_a_tree_or_a_problem(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40)) {
        let yaml = parts.concat();
        let path = Arc::from("x.md");
        let mut problems = Problems::new(&path, &yaml);
        if let Some(tree) = read(0..yaml.len(), &mut problems) {
            let _ = &yaml[tree.range];
        }
    }
}

const PARTS: &[&str] = &[
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ": ",
    "# c",
    "\"",
    "'",
    "|\n",
    ">+\n",
    "&a ",
    "*a",
    "!t ",
    "? ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "é",
    "\u{feff}",
    "\\x41",
    "\r\n",
    "<<: ",
    "🦀",
    "~",
    "@",
];

/// What plain lines are made of, and what they are not.
const PIECES: [&str; 40] = [
    "title",
    "a_b-c",
    "x",
    "9",
    ":",
    ": ",
    ": ",
    ": ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n",
    "\"",
    "\"",
    "[",
    "]",
    ", ",
    ",",
    "-",
    "- ",
    "#",
    " #",
    "'",
    "é",
    "ш",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\\n",
    "{",
    "}",
    "&a",
    "*a",
    "!",
    "|",
    "~",
    "\t",
    "---",
    "two words",
];

/// Whether YAML is read as plain lines; if it is, then as the parser reads it.
fn is_plain(yaml: &str) -> bool {
    let path = Arc::from("x.md");
    let mut problems = Problems::new(&path, yaml);
    let Some(plain) = plain::read(yaml, 0) else { return false };
    assert_eq!((Some(plain), 0), (parse(0..yaml.len(), &mut problems), problems.count()), "{yaml}");
    true
}

#[test]
fn what_nearly_all_pages_say_is_read_line_by_line() {
    assert!(is_plain("title: \"A: b (1)\"\ndate: 2025-01-02\nsummary: One, two's.  \ntags: [a b, \"c, d\" , e]\ndraft: false\nx: []\n"));
    assert!(is_plain("titre: Fête à Łódź"));
    for yaml in [
        "",
        "a\n",
        "a:\n",
        "a: b # c\n",
        "a:\n  b: c\n",
        "a: [b,\n  c]\n",
        "a: b\n  c\n",
        "a: \"b\\n\"\n",
        "a: 'b'\n",
        "a: b: c\n",
        "é: b\n",
    ] {
        assert!(!is_plain(yaml), "{yaml}");
    }
}

proptest::proptest! {
    #[test]
    fn plain_lines_are_read_as_the_parser_reads_them(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24),
        lines in proptest::collection::vec(("[a-z][a-z_-]{0,5}", ": {1,2}", "([a-z0-9][a-zé0-9 ,.'/()-]{0,9}|\"[ -!#-Z^-~é]{0,9}\"|\\[([a-z0-9][a-z .-]{0,5}(, ?|)|\"[ -!#-Z]{0,4}\" ?,? ?){0,4}\\]) {0,2}"), 0..6),
    ) {
        is_plain(&pieces.concat());
        let lines: Vec<String> = lines.iter().map(|(key, colon, value)| format!("{key}{colon}{value}\n")).collect();
        is_plain(&lines.concat());
    }
}
