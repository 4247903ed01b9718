//! Styles found by name, and files that are none.

use super::*;

fn file(name: &str, text: &str) -> StyleFile {
    StyleFile { path: format!("styles/{name}.csl").into(), text: text.into(), print: Fingerprint::of_bytes(text.as_bytes()) }
}

fn message(name: &str, files: &[StyleFile]) -> String {
    let error = Style::find(name, files).expect_err("no style");
    let place = error.place.map(|(path, at)| format!(" at {path}:{at}")).unwrap_or_default();
    format!("{}{place}\n{}", error.message, error.hints.join("\n"))
}

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>T</title><id>t</id></info>"#;

#[test]
fn a_style_has_its_name_of_the_archive_and_that_of_its_file_elsewhere() {
    // M54
    for (theirs, ours) in [
        ("mhra-notes", "modern-humanities-research-association-notes"),
        ("modern-humanities-research-association", "modern-humanities-research-association-notes"),
        ("chicago-note-bibliography", "chicago-shortened-notes"),
        ("chicago-fullnote-bibliography", "chicago-notes"),
        ("apa", "american-psychological-association"),
        ("bmj", "british-medical-journal"),
        ("APA", "apa"),
    ] {
        let [theirs, ours] = [theirs, ours].map(|name| Style::find(name, &[]).expect("a style").print());
        assert_eq!(theirs, ours);
    }
}

#[test]
fn every_name_of_the_archive_is_found_and_reads() {
    for archived in ArchivedStyle::all() {
        for name in archived.names() {
            assert!(Style::find(name, &[]).expect("a style").csl().version.starts_with('1'), "{name}");
        }
    }
}

#[test]
fn an_unknown_style_is_told_with_the_nearest() {
    assert_eq!(
        message("chicago-note", &[]),
        "there is no style `chicago-note`\ndid you mean `chicago-notes` or `chicago-fullnotes` or `chicago-note-bibliography`?\n\
         a style that is not in the archive is put into the folder `styles/` as `chicago-note.csl`"
    );
}

#[test]
fn a_dependent_style_prints_as_its_parent_in_its_own_language() {
    // M46
    let text = r#"<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="de-AT"><info><title>T</title><id>t</id>
        <link href="http://www.zotero.org/styles/PARENT" rel="independent-parent"/></info></style>"#;
    let found = Style::find("amt", &[file("amt", &text.replace("PARENT", "apa"))]).expect("a style");
    assert_eq!((found.csl(), &*found.locale(Some("fr"))), (Style::find("apa", &[]).expect("a style").csl(), "de-AT"));
    assert_eq!(
        message("amt", &[file("amt", &text.replace("PARENT", "ministry"))]),
        "the style only refers to its parent `ministry`, which is not in the archive at styles/amt.csl:202\n\
         put `ministry.csl` into the folder `styles/` too: https://www.zotero.org/styles/ministry"
    );
}

#[test]
fn a_damaged_file_is_told_with_its_place() {
    let broken = format!("{HEAD}<citation><layout></citation></style>");
    let error = Style::find("own", &[file("own", &broken)]).expect_err("damaged");
    assert!(error.message.starts_with("the style is damaged: "), "{}", error.message);
    let (_, at) = error.place.expect("a place");
    assert!(broken[..at].contains("<layout>") && at < broken.len() - 5, "{at}");
    assert!(message("own", &[file("own", "no XML at all")]).starts_with("the style is no XML"));
    let unknown = format!("{HEAD}<citation><layout><tex/></layout></citation></style>");
    assert!(message("own", &[file("own", &unknown)]).contains("layout"));
}

#[test]
fn a_style_that_never_ends_is_refused() {
    let circle = format!(
        "{HEAD}<macro name=\"a\"><text macro=\"b\"/></macro><macro name=\"b\"><group><text macro=\"a\"/></group></macro>\
         <citation><layout><text macro=\"a\"/></layout></citation></style>"
    );
    assert!(message("own", &[file("own", &circle)]).starts_with("the macro `a` of the style calls itself at styles/own.csl:"));
    let mut growing = format!("{HEAD}<macro name=\"m0\"><text value=\"x\"/></macro>");
    for level in 1..40 {
        let call = format!("<text macro=\"m{}\"/>", level - 1);
        growing.push_str(&format!("<macro name=\"m{level}\">{call}{call}{call}</macro>"));
    }
    growing.push_str("<citation><layout><text macro=\"m39\"/></layout></citation></style>");
    assert!(message("own", &[file("own", &growing)]).contains("never come to an end"));
    let deep = format!("{HEAD}<citation><layout>{}", "<group>".repeat(100_000));
    assert!(message("own", &[file("own", &deep)]).contains("deep within each other"));
}
