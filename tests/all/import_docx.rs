//! Documents of Word, of LibreOffice and in the manner of Google Docs become drafts: all their words, none that was hidden, nothing half written.

use std::io::Write;
use std::path::PathBuf;

use crate::place::{NOW, Place, project, tree};

/// The documents that `tests/imports/docx/make.py` makes.
const NAMES: [&str; 10] = ["bare", "boxes", "bureau", "decision", "german", "google", "map", "office", "shares", "tracked"];

fn site() -> Place {
    Place::new(&[("site.toml", "title = \"Desk\"\nbase_url = \"https://desk.example/\"\n"), ("content/index.md", "# Desk\n")])
}

fn import_all(place: &Place) {
    for name in NAMES {
        let file = project("tests/imports/docx").join(format!("{name}.docx"));
        place.run(&["import", file.to_str().expect("a path of letters"), "-q"]).fine();
    }
}

fn expected(name: &str) -> String {
    std::fs::read_to_string(project("tests/imports/docx/expected").join(format!("{name}.md"))).expect("what is expected")
}

#[test]
fn ten_documents_become_drafts_with_all_their_words_and_pictures() {
    let place = site();
    import_all(&place);
    let made = tree(&place.path("content"));
    let texts: Vec<&String> = made.keys().filter(|path| path.ends_with("/index.md")).collect();
    let found: Vec<String> = texts.iter().map(|path| place.read(&format!("content/{path}"))).collect();
    for name in NAMES {
        let wanted = expected(name);
        let title = wanted.lines().nth(1).expect("a title");
        let text = found.iter().find(|text| text.contains(title)).unwrap_or_else(|| panic!("no page has {title}"));
        assert_eq!(text, &wanted, "{name}");
    }
    assert_eq!((found.len(), made.keys().filter(|path| path.ends_with(".png")).count()), (10, 4));
    assert_eq!(place.read("import-report.md"), expected("report"));
    let before = tree(place.root());
    import_all(&place);
    assert!(tree(place.root()) == before, "a second import changes something");
    place.run(&["build", "--now", NOW, "--drafts"]).fine();
}

#[test]
fn no_comment_deletion_hidden_word_or_name_of_a_person_reaches_a_page() {
    let place = site();
    import_all(&place);
    place.run(&["build", "--now", NOW, "--drafts"]).fine();
    for folder in ["content", "public"] {
        for (path, bytes) in tree(&place.path(folder)) {
            let at = bytes.windows(6).position(|window| window.eq_ignore_ascii_case(b"canary"));
            assert!(at.is_none(), "{folder}/{path}: {}", String::from_utf8_lossy(&bytes[at.unwrap_or(0)..][..40]));
        }
    }
    // They are counted in a report that is never published.
    assert!(tree(&place.path("public")).keys().all(|path| !path.contains("import-report")));
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(*path, zip::write::SimpleFileOptions::default()).expect("a file");
        archive.write_all(bytes).expect("bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_file_that_is_no_document_is_told_and_nothing_is_written() {
    const DOCUMENT: &str = "word/document.xml";
    let large = vec![b' '; 40 << 20];
    let nested = "<a>".repeat(100_000);
    for (name, bytes, said) in [
        ("none.docx", b"just words".to_vec(), "cannot be read as a document of Word"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 secret".to_vec(), "has a password, or is a `.doc`"),
        ("page.docx", b"<html></html>".to_vec(), "is a web page"),
        ("empty.docx", archive(&[("a.txt", b"a")]), "without a text"),
        ("broken.docx", archive(&[(DOCUMENT, b"<w:document><w:body>")]), "`word/document.xml` in it ends too early"),
        ("entity.docx", archive(&[(DOCUMENT, b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>")]), "document type"),
        ("bomb.docx", archive(&[(DOCUMENT, &large)]), "larger than 32 MiB"),
        ("deep.docx", archive(&[(DOCUMENT, nested.as_bytes())]), "nested deeper"),
        ("words.txt", b"caf\xe9".to_vec(), "not UTF-8"),
        ("sound.txt", b"a\0b".to_vec(), "is no text"),
    ] {
        let place = site();
        place.write(name, bytes);
        let before = tree(place.root());
        let run = place.run(&["import", name]).ends_with(1);
        assert!(run.err.contains(said) && run.err.contains(name), "{name}: {}", run.err);
        assert!(tree(place.root()) == before, "{name}: something was written");
    }
}

#[test]
fn what_is_there_is_not_written_over() {
    let place = site();
    place.write("speech.txt", "A speech\n\nThe first sentence of it.\n");
    place.run(&["import", "speech.txt"]).fine();
    let page = "content/briefings/a-speech/index.md";
    assert_eq!(place.read(page), "---\ntitle: A speech\nstatus: draft\n---\n\nThe first sentence of it.\n");
    place.write(page, "mine");
    let run = place.run(&["import", "speech.txt"]).fine();
    assert!(run.out.contains("Kept content/briefings/a-speech/index.md"), "{}", run.out);
    assert_eq!(place.read(page), "mine");
}

/// The folder of Pandoc, which `tests/run` installs with Python's packages.
fn pandoc() -> PathBuf {
    let python = project("target/python/lib");
    let versions = std::fs::read_dir(&python).expect("packages of Python").filter_map(Result::ok);
    versions
        .map(|version| version.path().join("site-packages/pypandoc/files"))
        .find(|folder| folder.join("pandoc").is_file())
        .expect("Pandoc")
}

/// The words of a page of Markdown, without what is written around them. Notes at the end are notes at the foot when they come back.
fn words(text: &str) -> String {
    // Nobody but Chancery reads that a picture only decorates.
    let text = text.replace("{.decorative}", "");
    let text: String = text.split("[^").map(|piece| piece.trim_start_matches(|letter: char| letter.is_alphanumeric())).collect();
    let plain: String = text.split("<").map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect::<Vec<_>>().join(" ");
    plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "needs pandoc; tests/run"]
fn a_page_goes_to_word_and_back_with_all_its_words() {
    let place = site();
    import_all(&place);
    let export = |name: &str, args: &[&str]| {
        let mut command = place.command(&[&["export"], args].concat());
        let run = command.env("PATH", pandoc()).output().expect("a run");
        assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("a path")
    };
    for (path, _) in tree(&place.path("content/briefings")).iter().filter(|(path, _)| path.ends_with("/index.md")) {
        let slug = path.trim_end_matches("/index.md");
        assert_eq!(export(slug, &["docx", &format!("content/briefings/{path}")]), format!("{slug}.docx\n"));
        place.write("again/site.toml", "title = \"Desk\"\n");
        place.run(&["import", &format!("{slug}.docx"), "--into", "again", "-q"]).fine();
        let (before, after) = (place.read(&format!("content/briefings/{path}")), place.read(&format!("again/content/briefings/{path}")));
        // One without a language is in that of its site when it comes back.
        let after = if before.contains("\nlang: ") { after } else { after.replace("\nlang: en\n", "\n") };
        assert_eq!(words(&after), words(&before), "{before}\n{after}");
    }
    // Addresses hold elsewhere, and notes are notes.
    export("md", &["md", "/briefings/who-decides-on-sanctions/", "-o", "page.md"]);
    let text = place.read("page.md");
    assert!(text.starts_with("# Who decides on sanctions\n\n*Four steps, one veto, and what could change*\n\n"), "{text}");
    assert!(text.contains("## What was decided") && text.contains("CO<sub>2</sub>"), "{text}");
}

#[test]
fn an_export_says_what_it_lacks_and_writes_over_nothing() {
    let place = site();
    place.write("content/briefings/a.md", "---\ntitle: A\n---\n\nText.\n");
    place.write("a.docx", "mine");
    for (args, code, said) in [
        (&["export", "docx", "briefings/none.md"] as &[&str], 2, "no page answers to `briefings/none.md`"),
        (&["export", "docx", "content/briefings/a.md"], 2, "there is a file"),
        (&["export", "docx", "/briefings/a/", "-o", "b.docx"], 3, "apt install pandoc"),
    ] {
        let mut command = place.command(args);
        let run = command.env("PATH", place.root()).output().expect("a run");
        let err = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() == Some(code) && err.contains(said), "{args:?}: {err}");
    }
    assert_eq!(place.read("a.docx"), "mine");
    assert!(!place.path("b.docx").exists());
}
