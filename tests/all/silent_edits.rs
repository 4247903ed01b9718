//! Texts that changed since they were published, without a word about it.

use crate::place::Place;

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n\n[publish.live]\ntarget = \"directory\"\npath = \"www\"\n\n[publish.draft]\ntarget = \"directory\"\npath = \"preview\"\npreviews = true\nbase_url = \"https://preview.example.org/\"\n";

const TEXT: &str = "The council recieved 3.7 per cent of the budget, which does not cover the work of observers in Riga.\n\nA second paragraph, about procurement by the members, says nothing that anybody would count.\n";

fn page(keys: &str, text: &str) -> String {
    format!("---\ntitle: Spending\ndate: 2026-01-05\nsummary: What was spent.\ntags: [a]\n{keys}---\n\n{text}")
}

/// A site that is published with `TEXT`, and its manifest beside it.
fn published() -> Place {
    let place = Place::new(&[("site.toml", SETTINGS), ("content/briefings/x.md", &page("", TEXT))]);
    place.write("content/briefings/secret.md", page("draft: true\n", TEXT));
    place.write("content/briefings/another.md", page("", "Another one.\n"));
    place.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nWho we are.\n");
    place.run(&["publish", "live"]).fine();
    place.write("manifest.json", place.read("www/.chancery-manifest.json"));
    place
}

/// What `check --against` tells of silent edits when the page is this.
#[track_caller]
fn told(place: &Place, keys: &str, text: &str) -> Option<String> {
    place.write("content/briefings/x.md", page(keys, text));
    let run = place.run(&["check", "--against", "manifest.json", "--format", "json"]);
    let problems: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    let problem = problems.as_array().expect("an array").iter().find(|problem| problem["code"] == "silent-edit")?;
    Some(format!("{} {}:{} {}", problem["severity"].as_str()?, problem["file"].as_str()?, problem["line"], problem["message"].as_str()?))
}

#[test]
fn a_changed_figure_is_told_with_its_line_and_what_to_write() {
    let place = published();
    place.write("content/briefings/x.md", page("", &TEXT.replace("3.7", "3.8")));
    let run = place.run(&["publish", "live"]).fine();
    run.says(&[
        "warning[silent-edit]: this page was published with other figures",
        "content/briefings/x.md:8:1",
        "The council recieved 3.8",
        "add an entry to `changes` of the page: `- {date: ",
        "kind: correction",
    ]);
    let run = place.run(&["publish", "live"]).fine();
    assert!(!run.err.contains("silent-edit"), "it is published now: {}", run.err);
}

#[test]
fn spelling_links_and_what_is_not_the_text_are_not_told() {
    let place = published();
    assert_eq!(told(&place, "", TEXT), None);
    assert_eq!(told(&place, "", &TEXT.replace("recieved", "received")), None);
    assert_eq!(told(&place, "", &TEXT.replace("observers", "[observers](/about/)")), None);
    assert_eq!(told(&place, "", &TEXT.replace("Riga.", "Riga ([our mandate](/about/)).")), None);
    assert_eq!(told(&place, "topics: [Money]\nowner: Desk\nlast_reviewed_on: 2026-02-01\nstatus: archived\n", TEXT), None);
    place.write("content/briefings/other.md", page("", "See [it](x.md).\n"));
    assert_eq!(told(&place, "", TEXT), None, "what links to it is no part of it, and a new page is no edit");
    place.write("content/briefings/secret.md", page("", &TEXT.replace("3.7", "4")));
    assert_eq!(told(&place, "", TEXT), None, "it was hidden when that was published");
    place.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nWholly other people have taken over this site since.\n");
    assert_eq!(told(&place, "", TEXT), None, "it is no briefing");
}

#[test]
fn a_new_entry_of_changes_says_so() {
    let place = published();
    let other = TEXT.replace("3.7", "3.8").replace("A second", "An entirely different and much longer second");
    let told_of = |keys: &str| told(&place, keys, &other).is_some();
    assert!(told_of(""));
    assert!(!told_of("changes: [{date: 2026-03-01, kind: correction, note: N}]\n"));
    assert!(told_of("changes: [{date: 2999-03-01, kind: correction, note: N}]\n"), "nobody reads it yet");
    place.write("content/briefings/x.md", page("changes: [{date: 2026-03-01, note: N}]\n", &other));
    place.run(&["publish", "live"]).fine();
    place.write("manifest.json", place.read("www/.chancery-manifest.json"));
    let again = other.replace("3.8", "3.9");
    let told_of = |keys: &str| told(&place, keys, &again).is_some();
    assert!(told_of("changes: [{date: 2026-03-01, note: N}]\n"), "that was there");
    assert!(!told_of("changes: [{date: 2026-03-01, note: N}, {date: 2026-03-01, note: Another of that day}]\n"));
}

#[test]
fn other_words_are_told_and_the_title_and_the_summary_are_text_too() {
    let place = published();
    let other = TEXT.replace("about procurement by the members", "concerning defence industries abroad");
    let text = told(&place, "", &other).expect("it is told");
    assert!(text.starts_with("warning content/briefings/x.md:10 about "), "{text}");
    let whole = page("", TEXT);
    for edited in [whole.replace("title: Spending", "title: Spending in 2026"), whole.replace("What was spent", "What was never spent")] {
        place.write("content/briefings/x.md", edited);
        assert!(place.run(&["check", "--against", "manifest.json"]).fine().out.contains("warning[silent-edit]"));
    }
}

#[test]
fn where_changes_are_required_nothing_is_published_without_an_entry() {
    let place = published();
    place.write("site.toml", format!("{SETTINGS}\n[changes]\nrequired = true\n"));
    place.write("content/briefings/x.md", page("", &TEXT.replace("does not cover", "covers")));
    place
        .run(&["publish", "live"])
        .ends_with(1)
        .says(&["error[silent-edit]", "nothing was published, for 1 error against what is published there"]);
    assert!(place.read("www/current/briefings/x/index.html").contains("does not cover"));
    place.run(&["check", "--against", "manifest.json"]).ends_with(1);
    place.write(
        "content/briefings/x.md",
        page("changes: [{date: 2026-03-01, kind: correction, note: It does.}]\n", &TEXT.replace("does not cover", "covers")),
    );
    place.run(&["publish", "live"]).fine();
}

#[test]
fn a_page_that_moved_is_held_against_what_it_was() {
    let place = published();
    place.remove("content/briefings/x.md");
    place.write("content/notes/y.md", page("aliases: [/briefings/x/]\n", &TEXT.replace("3.7", "5")));
    let run = place.run(&["check", "--against", "manifest.json"]).fine();
    assert!(run.out.contains("silent-edit") && run.out.contains("content/notes/y.md:9:1"), "{}", run.out);
}

#[test]
fn a_manifest_of_an_older_program_says_nothing_of_texts_and_previews_are_not_recorded() {
    let place = published();
    let manifest: serde_json::Value = serde_json::from_str(&place.read("manifest.json")).expect("JSON");
    let mut old = manifest.clone();
    old.as_object_mut().expect("a map").remove("pages");
    place.write("manifest.json", old.to_string());
    assert_eq!(told(&place, "", &TEXT.replace("3.7", "3.8")), None);
    let mut other = manifest.clone();
    other["pages"]["briefings/x/index.html"]["text"] = "ZZZZ".into();
    place.write("manifest.json", other.to_string());
    assert_eq!(told(&place, "", &TEXT.replace("3.7", "3.8")), None, "a sketch of another program");
    other["pages"]["briefings/x/index.html"] = "contradictory".into();
    place.write("manifest.json", other.to_string());
    place
        .run(&["check", "--against", "manifest.json"])
        .ends_with(2)
        .says(&["what it says of the page `briefings/x/index.html` cannot be understood"]);
    place.run(&["publish", "draft"]).fine();
    let preview: serde_json::Value = serde_json::from_str(&place.read("preview/.chancery-manifest.json")).expect("JSON");
    assert!(preview.get("pages").is_none() && manifest["pages"].as_object().is_some_and(|pages| pages.len() == 2), "{manifest}");
}

#[test]
fn what_readers_were_told_is_not_taken_back_in_silence() {
    let place = published();
    let corrected = "changes:\n  - {date: 2026-03-09, kind: correction, note: A figure.}\n";
    place.write("content/briefings/x.md", page(corrected, TEXT));
    place.write("content/briefings/another.md", page("withdrawn: {date: 2026-02-01, reason: Wrong.}\n", "Another one.\n"));
    place.run(&["publish", "live"]).fine();
    place.write("manifest.json", place.read("www/.chancery-manifest.json"));
    let told = |keys: &str, other: &str| {
        place.write("content/briefings/x.md", page(keys, TEXT));
        place.write("content/briefings/another.md", page(other, "Another one.\n"));
        let run = place.run(&["check", "--against", "manifest.json"]);
        let lines = run.out.lines().chain(run.err.lines()).filter(|line| line.contains("change-taken-back"));
        lines.map(str::to_string).collect::<Vec<_>>()
    };
    let withdrawn = "withdrawn: {date: 2026-02-01, reason: Wrong.}\n";
    assert_eq!(told(corrected, withdrawn), [""; 0]);
    for gone in [
        "",
        "changes:\n  - {date: 2026-03-09, kind: minor, note: A figure.}\n",
        "changes:\n  - {date: 2062-03-09, kind: correction, note: A figure.}\n",
    ] {
        let found = told(gone, withdrawn);
        assert!(found.len() == 1 && found[0].contains("a correction on 2026-03-09, and `changes` has it no more"), "{gone}: {found:?}");
    }
    assert_eq!(told(&format!("{corrected}  - {{date: 2026-03-10, kind: correction, note: B.}}\n"), withdrawn), [""; 0]);
    let found = told(corrected, "");
    assert!(found.len() == 1 && found[0].contains("published as withdrawn, and is not any more"), "{found:?}");
    place.write("site.toml", format!("{SETTINGS}\n[changes]\nrequired = true\n"));
    assert!(told("", withdrawn)[0].starts_with("error"), "it is an error where changes are required");
}

#[test]
fn an_entry_of_an_earlier_day_says_nothing_of_an_edit() {
    let place = published();
    let edited = TEXT.replace("3.7", "3.8");
    let entry = |day: &str| format!("changes:\n  - {{date: {day}, kind: minor, note: Something.}}\n");
    assert!(told(&place, &entry("2026-01-04"), &edited).is_some(), "before the page was published");
    assert_eq!(told(&place, &entry("2026-01-05"), &edited), None);
}
