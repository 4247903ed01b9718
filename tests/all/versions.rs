//! Versions of pages: kept by `revise`, shown beside their pages, and never known of what is hidden.

use crate::place::{Place, Run};

const PAGE: &str =
    "---\ntitle: Storage\ndate: 2025-06-25\nid: PB-2025-001\n# kept by the desk\ntags: [gas]\n---\n\nStorage stood at 48.1 % on 1 June.\n";

/// Runs `git` in a place, as somebody with a name.
fn git(place: &Place, day: &str, args: &[&str]) {
    let mut command = std::process::Command::new("git");
    let at = format!("{day}T12:00:00Z");
    command
        .current_dir(place.root())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args);
    let output = command.env("GIT_COMMITTER_DATE", &at).env("GIT_AUTHOR_DATE", &at).output().expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn committed(place: &Place, day: &str) {
    git(place, day, &["add", "--all"]);
    git(place, day, &["commit", "--quiet", "--message", day]);
}

fn site() -> Place {
    Place::new(&[("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n"), ("content/briefings/storage.md", PAGE)])
}

fn revise(place: &Place, more: &[&str]) -> Run {
    let args = ["revise", "storage", "--kind", "major", "--note", "Figures of \"2026\"", "--date", "2026-03-10"];
    place.run(&[&args, more].concat())
}

#[test]
fn a_text_is_kept_and_the_change_noted_and_nothing_else_is_touched() {
    let place = site();
    let run = revise(&place, &[]).fine();
    assert_eq!(run.out, "content/_versions/briefings/storage/2025-06-25.md\ncontent/briefings/storage.md\n");
    assert_eq!(place.read("content/_versions/briefings/storage/2025-06-25.md"), PAGE);
    let noted = "changes:\n  - date: 2026-03-10\n    kind: major\n    note: \"Figures of \\\"2026\\\"\"\n---";
    assert_eq!(place.read("content/briefings/storage.md"), PAGE.replacen("tags: [gas]\n---", &format!("tags: [gas]\n{noted}"), 1));
    place.write("content/briefings/storage.md", place.read("content/briefings/storage.md").replace("48.1", "62.4"));
    let run = place.run(&["revise", "PB-2025-001", "--kind", "minor", "--note", "b", "--date", "2026-03-10"]).fine();
    assert!(run.out.starts_with("content/_versions/briefings/storage/2026-03-10.md\n"), "{}", run.out);
    place.write("content/briefings/storage.md", place.read("content/briefings/storage.md").replace("62.4", "62.5"));
    let run = place.run(&["revise", "/briefings/storage/", "--kind", "correction", "--note", "c", "--date", "2026-03-10"]).fine();
    assert!(run.out.starts_with("content/_versions/briefings/storage/2026-03-10-2.md\n"), "the second text of a day: {}", run.out);
    place.build().fine();
    let page = |version: &str| place.read(&format!("public/briefings/storage/v/{version}/index.html"));
    assert!(page("2025-06-25/changes").contains("<del>") && page("2026-03-10").contains("62.4") && page("2026-03-10-2").contains("62.5"));
}

#[test]
fn what_cannot_be_revised_is_told_and_nothing_is_written() {
    let place = site();
    place.write("content/draft.md", "---\ntitle: D\ndraft: true\n---\n");
    place.write("content/undated.md", "---\ntitle: U\n---\n");
    place.write("content/odd.md", "---\ntitle: O\ndate: 2025-01-01\nchanges: {date: 2025-02-01, note: a, kind: minor}\n---\n");
    let before = place.read("content/odd.md");
    for (args, wanted) in [
        (["gone", "2026-03-10"], "no page answers to `gone`"),
        (["draft", "2026-03-10"], "is not public (draft)"),
        (["undated", "2026-03-10"], "--since"),
        (["storage", "2020-01-01"], "which is after the change of 2020-01-01"),
        (["odd", "2026-03-10"], "nothing was written"),
    ] {
        let run = place.run(&["revise", args[0], "--kind", "minor", "--note", "x", "--date", args[1]]).ends_with(2);
        assert!(run.err.contains(wanted), "{wanted}: {}", run.err);
    }
    let run = place.run(&["revise", "storage", "--kind", "minor", "--note", " "]).ends_with(2);
    assert!(run.err.contains("a change needs a note"), "{}", run.err);
    revise(&place, &["--dry-run"]).fine();
    assert!(
        !place.path("content/_versions").exists()
            && place.read("content/odd.md") == before
            && place.read("content/briefings/storage.md") == PAGE
    );
    revise(&place, &[]).fine();
    place.write("content/briefings/storage.md", PAGE);
    assert!(revise(&place, &[]).ends_with(2).err.contains("is kept already"), "the same text twice");
}

#[test]
fn the_text_is_taken_from_git_under_the_name_that_it_had_then() {
    let place = site();
    assert!(revise(&place, &["--from-git"]).ends_with(2).err.contains("no repository of Git"));
    git(&place, "2025-06-25", &["init", "--quiet"]);
    place.write(".gitignore", "public/\n.chancery/\n");
    git(&place, "2025-06-25", &["add", "site.toml"]);
    git(&place, "2025-06-25", &["commit", "--quiet", "--message", "x"]);
    assert!(revise(&place, &["--from-git"]).ends_with(2).err.contains("never been committed"));
    place.write("content/old name é.md", PAGE);
    place.remove("content/briefings/storage.md");
    committed(&place, "2025-06-26");
    git(&place, "2025-09-01", &["mv", "content/old name é.md", "content/storage.md"]);
    committed(&place, "2025-09-01");
    place.write("content/storage.md", PAGE.replace("48.1", "55.0"));
    committed(&place, "2025-10-01");
    assert!(revise(&place, &["--from-git"]).ends_with(2).err.contains("as it was last committed"), "nothing has been edited");
    place.write("content/storage.md", PAGE.replace("48.1", "62.4"));
    for (asked, text) in [
        (&["--from-git"][..], "55.0"),
        (&["--from-git", "2025-07-01"], "48.1"),
        (&["--from-git", "HEAD~2"], "48.1"),
        (&["--from-git", "HEAD"], "55.0"),
    ] {
        let run = revise(&place, asked).fine();
        let version = run.out.lines().next().expect("a path").to_string();
        assert_eq!(place.read(&version), PAGE.replace("48.1", text), "{asked:?}");
        place.remove(&version);
        place.write("content/storage.md", PAGE.replace("48.1", "62.4"));
    }
    for (asked, wanted) in [
        ("2025-01-01", "was first committed on 2025-06-26"),
        ("0123abc", "Git has no revision `0123abc`"),
        ("HEAD~3", "is not in the revision"),
    ] {
        let run = revise(&place, &["--from-git", asked]).ends_with(2);
        assert!(run.err.contains(wanted), "{wanted}: {}", run.err);
    }
    let clone = Place::empty();
    git(&clone, "2025-10-01", &["clone", "--quiet", "--depth", "1", &format!("file://{}", place.root().display()), "."]);
    clone.write("content/storage.md", PAGE);
    assert!(revise(&clone, &["--from-git", "2025-07-01"]).ends_with(2).err.contains("git fetch --unshallow"));
}

#[test]
fn a_version_is_in_nothing_but_its_own_two_pages() {
    let place = site();
    place.write("content/briefings/other.md", "---\ntitle: Other\ndate: 2025-01-01\ntags: [gas]\n---\nSee [[storage]].\n");
    place.write("content/people/ada.md", "---\ntitle: Ada Lovelace\n---\n");
    place.build().fine();
    let before = place.output();
    let old = "---\ntitle: Storage then\ndate: 2025-06-20\nid: PB-2025-009\naliases: [/old/]\ntopics: [Energy]\ntags: [oil]\n---\n\nAda Lovelace saw [other](other.md), zebra and [gone](gone.md)[^1].\n\n[^1]: A note.\n";
    place.write("content/_versions/briefings/storage/2025-06-20.md", old);
    let run = place.build().fine();
    assert!(!run.err.contains("error"), "{}", run.err);
    let after = place.output();
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert_eq!(new, ["briefings/storage/v/2025-06-20/changes/index.html", "briefings/storage/v/2025-06-20/index.html"]);
    let changed: Vec<&String> = before.keys().filter(|path| after.get(*path) != before.get(*path)).collect();
    assert_eq!(changed, ["briefings/storage/index.html"]);
    let page = place.read("public/briefings/storage/v/2025-06-20/index.html");
    for wanted in [
        "content=\"noindex, follow\"",
        "rel=\"canonical\" href=\"https://example.org/briefings/storage/\"",
        "href=\"/briefings/other/\"",
        "and gone<sup",
        "Version of",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    for hides in ["status: draft", "expires: 2026-01-01", "publish_at: 2099-01-01"] {
        place.write("content/_versions/briefings/storage/2025-06-20.md", old.replacen("date", &format!("{hides}\ndate"), 1));
        place.build().fine();
        assert_eq!(place.output(), before, "{hides}");
    }
    place.write("content/_versions/briefings/storage/2025-06-20.md", old);
    place.write("content/briefings/storage.md", PAGE.replacen("date", "draft: true\ndate", 1));
    place.write("content/briefings/other.md", "---\ntitle: Other\ndate: 2025-01-01\n---\n");
    place.build().fine();
    assert!(!place.output().keys().any(|path| path.contains("storage")), "no version outlives its page");
    let listed = place.run(&["list", "versions", "--now", crate::place::NOW]).fine().out;
    assert_eq!(
        listed,
        "content/_versions/briefings/storage/2025-06-20.md  draft  2025-06-20  Storage then  /briefings/storage/v/2025-06-20/\n"
    );
}

#[test]
fn a_page_where_a_version_is_is_an_error_that_names_both() {
    let place = site();
    place.write("content/_versions/briefings/storage/2025-06-20.md", "---\ntitle: S\n---\nThen.\n");
    place.write("content/x.md", "---\ntitle: X\npath: /briefings/storage/v/2025-06-20/\n---\n");
    let run = place.build().ends_with(1);
    assert!(
        run.err.contains("same-address")
            && run.err.contains("content/x.md")
            && run.err.contains("_versions/briefings/storage/2025-06-20.md"),
        "{}",
        run.err
    );
}

#[test]
fn each_version_is_compared_with_the_next_and_the_last_with_the_page() {
    let place = site();
    let text = |share: &str| format!("---\ntitle: Storage\n---\n\nStorage stood at {share} % on 1 June.\n");
    for (name, share) in [("2025-06-20", "40.0"), ("2025-06-21", "44.0"), ("2025-06-21-2", "46.0")] {
        place.write(&format!("content/_versions/briefings/storage/{name}.md"), text(share));
    }
    place.build().fine();
    for (name, was, is) in [("2025-06-20", "40.0", "44.0"), ("2025-06-21", "44.0", "46.0"), ("2025-06-21-2", "46.0", "48.1")] {
        let page = place.read(&format!("public/briefings/storage/v/{name}/changes/index.html"));
        let (del, ins) = (page.find(&format!("{was} %<span")), page.find(&format!("{is} %<span")));
        assert!(del.is_some() && ins.is_some() && del < ins, "{name}: {page}");
    }
    let rebuilt = place.build().fine();
    assert!(rebuilt.out.contains(" 0 files written"), "{}", rebuilt.out);
    place.write("content/briefings/storage.md", PAGE.replace("48.1", "50.0"));
    place.build().fine();
    assert!(place.read("public/briefings/storage/v/2025-06-21-2/changes/index.html").contains("50.0 %"));
}

#[test]
fn versions_that_are_taken_back_are_not_lost() {
    let place = site();
    let versions = ["2025-06-20", "2025-06-21"].map(|day| format!("content/_versions/briefings/storage/{day}.md"));
    let text = |keys: &str| format!("---\ntitle: Storage\n{keys}---\nThen.\n");
    versions.iter().for_each(|path| place.write(path, text("")));
    let addresses = ["", "v/2025-06-20/", "v/2025-06-21/", "v/2025-06-21/changes/"].map(|below| format!("/briefings/storage/{below}\n"));
    place.write("published.txt", addresses.concat());
    let lost = |place: &Place| {
        let found = place.run(&["check", "--against", "published.txt", "--now", crate::place::NOW]).out;
        found.matches("error[lost-address]").count()
    };
    place.write(&versions[0], text("draft: true\n"));
    assert_eq!(lost(&place), 0, "an earlier text alone");
    place.write("content/briefings/storage.md", PAGE.replacen("date", "draft: true\ndate", 1));
    assert_eq!(lost(&place), 0, "with its page");
    place.write("content/briefings/storage.md", PAGE);
    place.remove(&versions[1]);
    assert_eq!(lost(&place), 2, "what was deleted is lost");
}

#[test]
fn versions_are_listed_by_their_own_markings_and_titles() {
    let place = site();
    place.write("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n[markings]\norder = [\"Internal\", \"Secret\"]\n");
    place.write("content/_versions/briefings/storage/2025-06-20.md", "---\ntitle: Then\nmarking: secret\n---\nThen.\n");
    place.write("content/_versions/briefings/storage/2025-06-21.md", "---\ntitle: Later\n---\nLater.\n");
    let listed = |args: &[&str]| place.run(&[&["list", "versions", "--now", crate::place::NOW], args].concat()).fine().out;
    let secret = listed(&["--marking", "Secret"]);
    assert!(secret.contains("2025-06-20.md") && secret.contains("Then") && secret.lines().count() == 1, "{secret}");
    place.write("content/briefings/storage.md", PAGE.replacen("date", "draft: true\ndate", 1));
    assert_eq!(listed(&["--marking", "Secret"]).lines().count(), 1, "of a hidden page too");
}
