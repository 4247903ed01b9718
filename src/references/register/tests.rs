//! Whatever stands in a register: nothing panics, every place is in the file, and time grows with the text.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn file(path: &str, text: &str) -> RegisterFile {
    RegisterFile::new(path, text)
}

/// Reads a text in every format, and holds every place against it.
fn read_all(text: &str) {
    for path in ["a.bib", "a.json", "a.yaml"] {
        let file = file(path, text);
        is_register(path, text);
        let read = Arc::new(read_file(&file));
        let (register, problems) = join(std::slice::from_ref(&read));
        let lines = text.split('\n').count() as u32;
        for problem in read.diagnostics.iter().chain(&problems) {
            let place = problem.place.as_ref().expect("every problem has a place");
            assert!((1..=lines).contains(&place.line), "{path}: {problem:?}");
            let line = text.split('\n').nth(place.line as usize - 1).expect("a line");
            assert!(place.column as usize <= line.chars().count() + 1, "{path}: {problem:?}");
        }
        for (item, range) in &read.items {
            assert!(range.end <= text.len() && range.start < range.end, "{path}: {item:?}");
        }
        register.entries().iter().for_each(|entry| drop(entry.place()));
        written_again(&register);
    }
}

/// Whatever was read, what is written of it is a file without mistakes, with as many entries.
fn written_again(register: &Register) {
    for entry in register.entries() {
        for form in crate::references::export::Written::ALL {
            let text = form.write([&*entry.item]);
            if form != crate::references::export::Written::Ris {
                let again = read_file(&file(&format!("a.{}", form.ending()), &text));
                assert_eq!(again.items.len(), 1, "{text}");
                assert!(again.diagnostics.iter().all(|problem| problem.code != "bad-source"), "{text}: {:?}", again.diagnostics);
            }
        }
    }
}

/// Pieces of which registers are made, and of which wrong ones are.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "@book{a,",
        "@string{x = ",
        "@comment{",
        "@preamble{\"",
        "title = {",
        "date = {2025-",
        "}",
        "{",
        "\"",
        ",",
        "\n",
        " = ",
        "#",
        "\\",
        "\\emph{",
        "$",
        "``",
        "''",
        "author = {von X, Y and {Z",
        "and others",
        "[{",
        "\"id\": \"k\"",
        "\"type\": \"report\"",
        ": ",
        "references:\n",
        "- id: k\n",
        "  type: book\n",
        "&a ",
        "*a",
        "é",
        "\u{a0}",
        "2025-06/",
        "~",
        "<i>",
        "</i>",
        "*",
        "[x]{.nocase}",
        "\\'{\\i}",
        "\\u00e9",
        "%",
        "@",
        "(",
        ")",
        "crossref = {a}",
        "xdata = {a}",
        "\\href{",
        "_",
        "^",
        "-",
        "--",
        "\\verb",
        "0",
        "\t",
        "\r\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_every_place_is_in_it(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn any_pieces_of_registers_are_read_without_a_panic(text in pieces()) {
        read_all(&text);
    }
}

/// Of eight times the text eight times as much is looked at, where reading again and again would look at 64 times as much.
fn grows_with_the_text(path: &str, text: impl Fn(usize) -> String) {
    let work = |size: usize| {
        let file = file(path, &text(size));
        crate::testing::counters::looked_at_by(|| join(&[Arc::new(read_file(&file))]))
    };
    let (small, large) = (work(400), work(3_200));
    assert!(small > 0 && large < small * 12, "{path}: {small} bytes, {large} bytes: {}", text(3));
}

#[test]
fn of_eight_times_the_text_no_more_than_so_much_is_looked_at() {
    grows_with_the_text("a.bib", |size| "@book{a, title = {x".repeat(size));
    grows_with_the_text("a.bib", |size| "@comment{".repeat(size));
    grows_with_the_text("a.bib", |size| format!("@book{{a, title = {{{}}}}}", "{".repeat(size) + &"}".repeat(size)));
    grows_with_the_text("a.bib", |size| format!("@book{{a, title = {{{}}}}}", "``a ".repeat(size)));
    grows_with_the_text("a.bib", |size| format!("@book{{a, title = {{{}}}}}", "\\nobody ".repeat(size)));
    grows_with_the_text("a.bib", |size| format!("@book{{a, title = {{{}}}}}", "$ ".repeat(size)));
    grows_with_the_text("a.bib", |size| "@book{a, year = {soon}}\n".repeat(size));
    grows_with_the_text("a.bib", |size| "@book{a, title \n".repeat(size));
    grows_with_the_text("a.json", |size| format!("[{}]", "{\"id\": \"a\", \"type\": ".repeat(size)));
    grows_with_the_text("a.json", |size| format!("[{}]", "{\"id\": \"a\", \"type\": \"x\"},".repeat(size)));
    grows_with_the_text("a.json", |size| format!("[{{\"id\": \"a\", \"title\": \"{}\"}}]", "<i>".repeat(size)));
    grows_with_the_text("a.yaml", |size| format!("references:\n{}", "- id: a\n  type: book\n".repeat(size)));
    grows_with_the_text("a.yaml", |size| format!("references:\n{}", "- id: \"a\n".repeat(size)));
    grows_with_the_text("a.yaml", |size| format!("references:\n- id: a\n  title: '{}'\n", "[*x ".repeat(size)));
}

/// The messages of a text in one format.
fn messages(path: &str, text: &str) -> Vec<String> {
    read_file(&file(path, text)).diagnostics.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn registers_entries_and_what_multiplies_have_limits_with_messages() {
    assert_eq!(messages("a.bib", &" ".repeat(LARGEST + 1)), ["the register has more than 20 MB, and none of it is read"]);
    let long = "x".repeat(1 << 20);
    assert_eq!(messages("a.bib", &format!("@book{{a, title = {{{long}}}}}")), ["the entry `a` has more than 1 MB"]);
    assert_eq!(
        messages("a.json", &format!("[{{\"id\": \"a\", \"type\": \"book\", \"title\": \"{long}\"}}]")),
        ["an entry has more than 1 MB"]
    );
    let doubled: String = (1..40).map(|number| format!("@string{{s{number} = s{} # s{}}}\n", number - 1, number - 1)).collect();
    let told = messages("a.bib", &format!("@string{{s0 = {{twenty letters or so}}}}\n{doubled}@book{{a, title = s39}}"));
    assert!(told.iter().any(|message| message.contains("make more than")), "{told:?}");
    let lent = format!("@xdata{{x, abstract = {{{}}}}}\n", &long[..1 << 19]) + &"@book{a, xdata = {x}}\n".repeat(60);
    assert!(messages("a.bib", &lent).contains(&"entries lend each other more than 16 MB".to_string()));
}

/// What is wrong with files that are read together: line, code, message.
fn told(texts: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<RegisterFile> = texts.iter().map(|(path, text)| file(path, text)).collect();
    let line = |problem: &Diagnostic| problem.place.as_ref().map_or(0, |place| place.line);
    read(&files).1.iter().map(|problem| format!("{} {}: {}", line(problem), problem.code, problem.message)).collect()
}

#[test]
fn a_source_is_found_by_its_older_keys_too() {
    let text = "@book{new, title = {T}, ids = {old, older}}\n@book{other, title = {O}}";
    let (register, problems) = read(&[file("a.bib", text)]);
    assert!(problems.is_empty(), "{problems:?}");
    for key in ["new", "old", "older"] {
        assert_eq!(register.get(key).map(|entry| &*entry.item.key), Some("new"));
    }
    let (without, _) = read(&[file("a.bib", &text.replace(", older", ""))]);
    let missing = ["older"];
    assert_ne!(register.print_of(&missing), without.print_of(&missing));
    assert_ne!(register.keys_print(), without.keys_print(), "a key that was not there is there");
}

#[test]
fn an_older_key_that_another_source_has_is_told_with_both_places() {
    let told_of = |second: &str| told(&[("a.bib", "@book{a, title = {A}, ids = {x}}"), ("b.bib", second)]);
    let message = |key: &str| vec![format!("1 duplicate-source: the key `{key}` stands in the register twice")];
    assert_eq!(told_of("@book{b, title = {B}, ids = {y, x}}"), message("x"));
    assert_eq!(told_of("@book{x, title = {B}}"), message("x"));
    assert_eq!(told_of("@book{b, title = {B}, ids = {a}}"), message("a"));
    assert_eq!(told_of("@book{b, title = {B}, ids = {b}}"), Vec::<String>::new());
}
