//! The same eight works as eight programs write them: all come to the same items, but for what a program does not say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chancery::references::register::{self, RegisterFile};
use chancery::references::{Item, Name};

/// Files of our own, each made after how its program writes, with the same works in the same order.
const FILES: [&str; 8] =
    ["better-csl.yaml", "zotero.json", "better-bibtex.bib", "zotero.bib", "jabref.bib", "mendeley.bib", "endnote.bib", "citavi.bib"];

/// The items of a file in its order.
fn items(name: &str) -> Vec<Item> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/citations/dialects").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(register::is_register(name, &text), "{name}");
    let read = register::read_file(&RegisterFile::new(name, text));
    let told: Vec<String> =
        read.diagnostics.iter().map(|problem| format!("{} {}", problem.place.as_ref().expect("a place"), problem.message)).collect();
    assert_eq!(told, problems(name), "{name}");
    read.items.iter().map(|(item, _)| (**item).clone()).collect()
}

/// What is told of a file: what its program writes in a way that is not sure.
fn problems(name: &str) -> &'static [&'static str] {
    match name {
        "citavi.bib" => &["citavi.bib:97:10 `date` of `Fox.2023` is read as `2023-08-14`: `14.08.2023` is no date of BibLaTeX"],
        "endnote.bib" => &[
            "endnote.bib:2:14 `Bureau of Wells` in `RN1` is taken for a body, and other programs make a person of it",
            "endnote.bib:60:14 `The Water Desk` in `RN6` is taken for a body, and other programs make a person of it",
        ],
        _ => &[],
    }
}

/// What an item says, by variable. The case of titles is a matter of each program's, and so are hyphens of ranges.
fn said(item: &Item) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    said.insert("type".into(), item.kind.to_string());
    for variable in item.texts.keys() {
        let text = item.text(variable).expect("it is there");
        let text = if variable.contains("title") { text.to_lowercase() } else { text.replace('–', "-") };
        said.insert(variable.to_string(), text);
    }
    for (variable, names) in &item.names {
        let shown = names.names.iter().map(|name| match name {
            Name::Body(body) => body.to_string(),
            Name::Person { family, given, dropping, suffix, .. } => {
                [family, given, dropping, suffix].map(|part| part.to_string()).join("|")
            }
        });
        said.insert(variable.to_string(), shown.collect::<Vec<_>>().join("; "));
    }
    for (variable, date) in &item.dates {
        said.insert(variable.to_string(), register::dates::write(date).unwrap_or_default());
    }
    if let Some(standing) = item.standing {
        said.insert("standing".into(), format!("{standing:?}"));
    }
    said.insert("keywords".into(), item.keywords.join(", "));
    said.retain(|_, text| !text.is_empty());
    said
}

/// How the works of a file differ from those of Better BibTeX's CSL-YAML, work by work.
fn differences(name: &str) -> Vec<String> {
    let (expected, found) = (items("better-csl.yaml"), items(name));
    let mut differences = Vec::new();
    for (number, (expected, found)) in expected.iter().zip(&found).enumerate() {
        let (expected, found) = (said(expected), said(found));
        let variables: std::collections::BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
        for variable in variables.into_iter().filter(|variable| expected.get(*variable) != found.get(*variable)) {
            let shown = |said: &BTreeMap<String, String>| said.get(variable).map_or("nothing".to_string(), |text| format!("`{text}`"));
            differences.push(format!("{} {variable}: {} for {}", number + 1, shown(&found), shown(&expected)));
        }
    }
    differences
}

#[test]
fn every_program_says_the_same_eight_works_but_for_what_it_cannot_say() {
    let found: String = FILES
        .iter()
        .map(|name| format!("{name}\n{}\n", differences(name).iter().map(|one| format!("  {one}\n")).collect::<String>()))
        .collect();
    let expected = include_str!("../citations/dialects/differences.txt");
    assert_eq!(found, expected);
}
