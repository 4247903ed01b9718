//! A vault of Obsidian: what its author made public is, all else is hidden, and what cannot be right is told with its place. Obsidian is no program that
//! runs here; what it does is taken from its manual.

use crate::imported::{Imported, imported, pages};
use crate::place::{NOW, Place};

fn site() -> Imported {
    imported("obsidian")
}

/// Does what the errors ask for.
fn mend(site: &Imported) {
    for (page, wrong, right) in [
        ("Heat networks", "More in [[Heat pumps in flats]] and [[Draft position]].", "More to come."),
        ("Interconnectors", "![[chart.svg|", "![[Energy/chart.svg|"),
        ("Reservoirs", "![[reservoirs.svg|Levels by week]]", ""),
        ("Reservoirs", "[[Glossary]]", "[[Water/Glossary]]"),
        ("Who pays for the grid", "#^target-dy", "#^target-day"),
    ] {
        let path = format!("new/content/Briefings/{page}.md");
        let text = site.place.read(&path);
        assert!(text.contains(wrong), "{text}");
        site.place.write(&path, text.replace(wrong, right));
    }
}

/// What is wrong with the imported site: code, place and message of each problem of that severity.
fn problems(site: &Imported, severity: &str) -> Vec<String> {
    let run = site.place.run(&["check", "--root", "new", "--now", NOW, "--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let found = said.as_array().expect("a list").iter().filter(|problem| problem["severity"] == severity);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    found
        .map(|problem| {
            format!(
                "{} {}:{} {}",
                text(&problem["code"]),
                text(&problem["file"]).replace("new/", ""),
                problem["line"],
                text(&problem["message"])
            )
        })
        .collect()
}

#[test]
fn the_vault_has_nothing_but_true_errors() {
    let site = site();
    assert_eq!(
        problems(&site, "error"),
        [
            // Nobody has written it yet.
            "broken-link content/Briefings/Heat networks.md:18 no page answers to `Heat pumps in flats`",
            // A public note leads to a private one.
            "hidden-link content/Briefings/Heat networks.md:18 this link leads to `content/Drafts/Draft position.md`, which is not public",
            // Two files have the name.
            "ambiguous-link content/Briefings/Interconnectors.md:16 this link could mean 2 files",
            // The file is called `reservoir.svg`.
            "broken-link content/Briefings/Reservoirs.md:12 no file is called `reservoirs.svg`",
            // Two notes have the name.
            "ambiguous-link content/Briefings/Reservoirs.md:14 this link could mean 2 pages",
            // The block is called `^target-day`.
            "broken-anchor content/Briefings/Who pays for the grid.md:20 `content/Briefings/Gas storage before winter.md` has no place called `#^target-dy`",
        ]
    );
    assert_eq!(
        problems(&site, "warning"),
        [
            "click-here content/2025-10-03.md:6 `here` does not say where the link leads",
            "missing-alt content/Briefings/Heat networks.md:16 this picture has no alternative text",
            "embedded-page content/Briefings/Interconnectors.md:18 a page is not shown within another one, so this is a link to it",
            "unknown-language content/Briefings/Leakage targets.md:17 nobody knows how to colour `dataview`",
            "relative-date content/Dates.md:16 `next winter` is another time for whoever reads it later",
            "unused-file content/Energy/chart.svg:null no page uses this file, so it is not published",
            "unused-file content/Water/chart.svg:null no page uses this file, so it is not published",
            "no-base-url site.toml:null without a `base_url` there are no feeds and no sitemap",
        ]
    );
}

#[test]
fn only_notes_that_say_so_are_public_and_nothing_of_the_others_is() {
    let site = site();
    mend(&site);
    site.build().fine();
    let output = site.output();
    let made = pages(&output);
    for address in [
        "/home/",
        "/dates/",
        "/briefings/gas-storage-before-winter/",
        "/topics/energy/",
        "/authors/energy-desk/",
        "/terms/booked-power/",
        "/daily/2025/2025-10-06-monday/",
        "/2025-10-03/",
    ] {
        assert!(made.contains_key(address), "{address} is not among {:?}", made.keys());
    }
    let all: String = output.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for private in [
        "second cable. ",
        "whiteboard",
        "Not for anybody else",
        "said on the telephone",
        "nobody has agreed on yet",
        "Called the operator",
        "ask the operator",
        "Thrown away",
        "Something that came in",
        "What stays private",
        "Budget of the desk",
    ] {
        assert!(!all.contains(private), "{private}");
    }
    assert!(output.contains_key("attachments/Grid map 2025.svg") && !output.keys().any(|path| path.contains("whiteboard")));
}

#[test]
fn a_note_is_read_as_obsidian_shows_it() {
    let site = site();
    mend(&site);
    site.build().fine();
    let made = pages(&site.output());
    let storage = &made["/briefings/gas-storage-before-winter/"];
    for part in [
        "<mark>four fifths of what can be held</mark>",
        "<p id=\"^level\">",
        "id=\"^shares\"",
        "src=\"/attachments/storage-levels.svg\" alt=\"Storage by month, July to September\" width=\"480\"",
        "<summary class=\"markdown-alert-title\">Why not fill faster?</summary>",
        "<a href=\"#what-the-target-is\">",
        "<a href=\"/energy/glossary/#working-gas\">Energy glossary</a>",
        "12 September 2025",
    ] {
        assert!(storage.contains(part), "{part} is not in {storage}");
    }
    let grid = &made["/briefings/who-pays-for-the-grid/"];
    for part in [
        "<a href=\"/attachments/Grid%20map%202025.svg\">map</a>",
        "width=\"600\" height=\"400\"",
        "<a href=\"/attachments/Council%20conclusions.pdf#page=2\">Council conclusions.pdf</a>",
        "<a href=\"/briefings/gas-storage-before-winter/#%5Elevel\">",
        "3 October 2025",
        "/tags/networks/",
    ] {
        assert!(grid.contains(part), "{part} is not in {grid}");
    }
    assert!(made["/dates/"].contains("data-task=\"/\"") && made["/daily/2025/2025-10-06-monday/"].contains("6 October 2025"));
    assert!(made["/topics/energy/"].contains("Gas storage before winter"));
    assert!(made["/home/"].contains("<details open class=\"markdown-alert markdown-alert-tip\""));
}

#[test]
fn what_only_obsidian_reads_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`.obsidian`: a vault is private, so what says `publish: true` is public (26 of 37)",
        "`Briefings/Leakage targets.md:12`: the field `owner::`",
        "`Briefings/Leakage targets.md:17`: a query of Dataview",
        "`Briefings/Drought orders.md:11`: tags in the text are text: `#drought`, `#law/water`",
        "`Briefings/Who pays for the grid.md:14`: `Grid%20map%202025.svg` is written from the note",
        "`Drafts/Ideas.md:6`: a tag of Templater",
        "`Plan.canvas`: a canvas has no counterpart",
        "`Templates`: 2 templates were left out",
        "`Topics`: the folder is called `topics`",
        "`Water/Glossary.md`: `Energy/Glossary.md` has the same name",
        "`Attachments/unused.svg`: no note names this file",
        "`_inbox/Unsorted.md`: names that begin with `_`",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
}

#[test]
fn settings_that_cannot_be_read_are_told_and_nothing_is_written() {
    let place = Place::new(&[("old/.obsidian/app.json", "{"), ("old/A.md", "Text.\n")]);
    let run = place.run(&["import", "old", "--into", "new"]).ends_with(1);
    assert!(run.err.contains("`.obsidian/app.json` cannot be read"), "{}", run.err);
    assert!(!place.path("new").exists());
}

#[test]
fn one_folder_of_a_vault_can_be_imported_alone() {
    let place =
        Place::new(&[("vault/.obsidian/app.json", "{}"), ("vault/Public/A.md", "Said. ![[b.svg|B]]\n"), ("vault/Public/b.svg", "<svg/>")]);
    place.run(&["import", "vault/Public", "--from", "obsidian", "--into", "new"]).fine();
    assert!(place.read("new/content/A.md").contains("title: A") && place.path("new/content/b.svg").exists());
    assert!(place.read("new/content/_index.md").contains("status: draft"), "it is as private as the rest");
}
