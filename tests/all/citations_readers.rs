//! What reference managers and their libraries read of files that a reader takes along: `cite.bib`, `cite.ris`, `cite.json`.
//!
//! The readers are programs of others, which `tests/run` installs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chancery::references::export::{write_bib, write_csl_json, write_ris};
use chancery::references::register::{self, RegisterFile};
use serde_json::{Value, json};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder with the sources of the tests in all three forms.
fn taken_along() -> tempfile::TempDir {
    let text = fs::read_to_string(project("tests/citations/readers/sources.bib")).expect("the sources");
    let (register, problems) = register::read(&[RegisterFile::new("sources.bib", text)]);
    assert!(problems.is_empty(), "{problems:?}");
    let items: Vec<_> = register.entries().iter().map(|entry| &*entry.item).collect();
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("cite.bib", write_bib(&items)), ("cite.ris", write_ris(&items)), ("cite.json", write_csl_json(&items))] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// What a program prints as JSON.
fn answer(command: &mut Command) -> Value {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// M53
#[test]
#[ignore = "needs what tests/run installs"]
fn libraries_of_python_read_every_entry_and_its_escapes() {
    let folder = taken_along();
    let script = project("tests/citations/readers/readers.py");
    let python = || {
        let mut command = Command::new(project("target/python/bin/python"));
        command.arg(&script).arg(folder.path());
        command
    };
    let mut read = answer(&mut python());
    let old = answer(python().arg(project("target/python/bibtexparser-1")));
    read["bibtexparser 1"] = old["bibtexparser 1"].clone();
    for reader in ["bibtexparser 2", "bibtexparser 1", "pybtex"] {
        let entries = &read[reader];
        assert_eq!(entries.as_object().map(|entries| entries.len()), Some(5), "{reader}");
        let report = &entries["rain-2025"];
        assert_eq!(report["title"], r"Costs of \$5 \& 50\% of {H}\textsubscript{2}{O}: an \emph{open} study\_x \#1 in {NATO}", "{reader}");
        assert_eq!((&report["year"], &report["number"]), (&json!("2025"), &json!("12/2025")), "{reader}");
        assert_eq!(report["url"], "https://example.org/a_b%20c?d=1&e=2#f", "{reader}");
        let article = &entries["bucket-2024"];
        assert_eq!(
            (&article["journal"], &article["doi"]),
            (&json!("Journal of Imagined Water"), &json!("10.5555/bucket_2024")),
            "{reader}"
        );
        assert_eq!((&entries["tap"]["year"], &entries["snow-2021"]["year"]), (&json!("n.d."), &json!("2021")), "{reader}");
    }
    let persons = &read["pybtex"]["rain-2025"]["persons"]["author"];
    assert_eq!(persons, &json!(["{Agency of Wells, Roofs and Rain}", "van der Alm, Ursula", "King, Jr., Martin", "Müller, Jörg"]));
    // M52
    let report = &read["rispy"]["rain-2025"];
    assert_eq!(report["authors"], json!(["Agency of Wells, Roofs and Rain", "Alm, Ursula van der", "King, Martin, Jr.", "Müller, Jörg"]));
    assert_eq!((&report["note"], &report["issn"], &report["type_of_reference"]), (&json!("12/2025"), &json!("12/2025"), &json!("RPRT")));
    assert_eq!((&report["access_date"], &report["urls"]), (&json!("2026/01/05/"), &json!(["https://example.org/a_b%20c?d=1&e=2#f"])));
}

/// M52, M53
#[test]
#[ignore = "needs what tests/run installs"]
fn citation_js_reads_all_three_forms_alike() {
    let folder = taken_along();
    let read = answer(Command::new("node").arg(project("tests/citations/readers/readers.mjs")).arg(folder.path()));
    for form in ["citation-js bib", "citation-js ris", "citation-js json"] {
        let entries = &read[form];
        assert_eq!(entries.as_object().map(|entries| entries.len()), Some(5), "{form}");
        let report = &entries["rain-2025"];
        assert_eq!((&report["type"], &report["number"]), (&json!("report"), &json!("12/2025")), "{form}");
        assert_eq!(report["issued"]["date-parts"], json!([[2025, 6, 25]]), "{form}");
        assert_eq!(report["accessed"]["date-parts"], json!([[2026, 1, 5]]), "{form}");
        assert_eq!(report["URL"], "https://example.org/a_b%20c?d=1&e=2#f", "{form}");
        assert_eq!(entries["bucket-2024"]["DOI"], "10.5555/bucket_2024", "{form}");
        let publisher = report["publisher"].as_str().map(str::to_string).unwrap_or_else(|| report["publisher"][0].to_string());
        assert!(publisher.contains("Agency of Wells, Roofs and Rain"), "{form}: {publisher}");
        let title =
            report["title"].as_str().expect("a title").replace("<sub>", "").replace("</sub>", "").replace("<i>", "").replace("</i>", "");
        let title = title.replace("<span class=\"nocase\">", "").replace("</span>", "");
        assert_eq!(title, "Costs of $5 & 50% of H2O: an open study_x #1 in NATO", "{form}");
    }
}
