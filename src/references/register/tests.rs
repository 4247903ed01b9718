//! Whatever stands in a register: nothing panics, every place is in the file, and time grows with the text.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn file(path: &str, text: &str) -> RegisterFile {
    RegisterFile { path: path.into(), text: text.into() }
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
            let text = form.write(&[&entry.item]);
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

/// Eight times the text takes about eight times as long, where reading again and again would take 64 times. Of three runs the best counts.
fn grows_with_the_text(path: &str, text: impl Fn(usize) -> String) {
    let work = |size: usize| {
        let file = file(path, &text(size));
        let run = |_| {
            let started = std::time::Instant::now();
            join(&[Arc::new(read_file(&file))]);
            started.elapsed()
        };
        (0..3).map(run).min().expect("three runs").as_secs_f64().max(1e-3)
    };
    let (small, large) = (work(400), work(3_200));
    assert!(large / small < 40.0, "{path}: {small} s, {large} s: {}", text(3));
}

#[test]
fn eight_times_the_text_takes_no_more_than_so_much_longer() {
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
