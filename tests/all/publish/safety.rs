//! What is asked, refused and shown before anything changes, whatever the target.

use std::fs;

use super::{page, site};
use crate::place::{Place, tree};

const TARGET: &str = "target = \"directory\"\npath = \"www\"";

fn many(place: &Place, numbers: std::ops::Range<usize>) {
    for number in numbers {
        place.write(&format!("static/f{number}.txt"), "x");
    }
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let place = site(TARGET);
    let run = place.run(&["publish", "--dry-run"]).fine();
    assert!(run.out.contains("  + /briefings/p1/  Page 1\n") && run.out.ends_with("; nothing was changed\n"), "{}", run.out);
    assert!(!place.path("www").exists());
}

#[test]
fn a_fifth_of_the_files_is_asked_about_and_only_the_flag_lifts_the_limit() {
    let place = site(TARGET);
    many(&place, 0..400);
    place.run(&["publish"]).fine();
    (0..120).for_each(|number| place.remove(&format!("static/f{number}.txt")));
    place.run(&["publish"]).ends_with(3).says(&[
        "nothing was published, for nobody could be asked: 120 of ",
        "published files will be deleted",
        "`--yes` goes on",
    ]);
    assert!(place.path("www/current/f0.txt").exists());
    place.run(&["publish", "--max-deletes", "100", "--yes"]).ends_with(3).says(&["at most 100 may be", "`--max-deletes 120`"]);
    place.run(&["publish", "--yes"]).fine();
    assert!(!place.path("www/current/f0.txt").exists());
    (120..400).for_each(|number| place.remove(&format!("static/f{number}.txt")));
    place.run(&["publish", "--yes"]).ends_with(3).says(&["280 of ", "at most 256 may be"]);
    place.run(&["publish", "--yes", "--max-deletes", "280"]).fine();
}

#[test]
fn without_an_address_or_a_target_there_is_nothing_to_publish() {
    let place = site(TARGET);
    let settings = place.read("site.toml");
    place.write("site.toml", settings.replace("base_url", "description"));
    place.run(&["publish"]).ends_with(2).says(&["the site has no `base_url`"]);
    place.run(&["publish", "--base-url", "https://example.org/"]).fine();
    place.write("site.toml", "base_url = \"https://example.org/\"\n");
    place.run(&["publish"]).ends_with(2).says(&["the settings name no place to publish to"]);
    place.write("site.toml", format!("{settings}\n[publish.other]\ntarget = \"git\"\n"));
    place.run(&["publish"]).ends_with(2).says(&["there are several targets: `live`, `other`"]);
    place.run(&["publish", "lvie"]).ends_with(2).says(&["there is no target `lvie`"]);
}

#[test]
fn what_is_published_does_not_lie_among_the_sources_or_in_the_output() {
    for path in ["content/www", "static", "public/www", ".chancery/x", "."] {
        let place = site(&format!("target = \"directory\"\npath = \"{path}\""));
        place.run(&["publish"]).ends_with(2).says(&["lies in a folder of the site"]);
    }
}

#[test]
fn a_site_with_errors_is_not_published() {
    let place = site(TARGET);
    place.write("content/briefings/p1.md", page("Page 1", "[[nowhere]]"));
    place.run(&["publish"]).ends_with(1).says(&["broken-link", "nothing was written"]);
    assert!(!place.path("www").exists());
}

#[test]
fn previews_go_only_to_targets_that_are_for_them() {
    let place = site(TARGET);
    for flags in [&["--drafts"] as &[&str], &["--future"], &["--expired"], &["--now", "2026-01-01T00:00:00Z"]] {
        place.run(&[&["publish"], flags].concat()).ends_with(2).says(&["makes a preview, and `[publish.live]` is not for previews"]);
    }
    let mut dated = place.command(&["publish"]);
    dated.env("SOURCE_DATE_EPOCH", "1772357400");
    assert_eq!(dated.output().expect("the program starts").status.code(), Some(2));
    let next = "base_url = \"https://next.example.org/\"\npreviews = true\n";
    place.write("site.toml", format!("{}\n[publish.next]\n{next}target = \"directory\"\npath = \"next\"\n", place.read("site.toml")));
    place.run(&["publish", "next", "--drafts"]).fine();
    let secret = place.read("next/current/briefings/secret/index.html");
    assert!(secret.contains("noindex") && secret.contains("https://next.example.org/briefings/secret/"), "{secret}");
    assert_eq!(place.read("next/current/robots.txt"), "User-agent: *\nDisallow: /\n");
    // What readers of a preview are led back to is a preview too: nobody is asked about it.
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.run(&["publish", "next", "--drafts"]).fine();
    place.run(&["publish", "next", "--rollback", "--yes"]).fine();
    place.run(&["publish", "next", "--drafts"]).fine();
    // Also without a flag, and the output of `build` is another.
    place.run(&["publish", "next", "--yes"]).fine();
    assert!(!place.path("next/current/briefings/secret").exists());
    assert!(place.read("next/current/index.html").contains("noindex"));
    assert!(!place.path("public").exists());
}

#[test]
fn a_target_with_an_address_of_its_own_is_built_for_it_elsewhere() {
    let place = site(&format!("{TARGET}\nbase_url = \"https://mirror.example.org/x/\""));
    place.run(&["publish"]).fine();
    assert!(place.read("www/current/index.html").contains("https://mirror.example.org/x/") && !place.path("public").exists());
    place.run(&["publish", "-o", "out"]).ends_with(2).says(&["takes no `--output`"]);
    place.run(&["build"]).fine();
    assert!(place.read("public/index.html").contains("https://example.org/"));
    assert!(place.run(&["publish"]).fine().out.contains("Nothing to publish"));
}

#[test]
fn an_output_is_published_as_it_is_only_if_it_is_fit() {
    let place = site(TARGET);
    let refused = |why: &str| {
        place.run(&["publish", "--no-build"]).ends_with(3).says(&[why]);
        assert!(!place.path("www/current").exists());
    };
    refused("no build has left an output in `public`");
    place.run(&["build", "--drafts"]).fine();
    refused("was built as a preview");
    place.run(&["build", "--now", "2026-03-01T00:00:00Z"]).fine();
    refused("was built as of another time");
    place.run(&["build", "-u", "https://elsewhere.org/"]).fine();
    refused("was built for `https://elsewhere.org/`, not for `https://example.org/`");
    place.run(&["build"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "[[nowhere]]"));
    place.run(&["build"]).ends_with(1);
    refused("the last build into `public` failed");
    place.write("content/briefings/p1.md", page("Page 1", "Text."));
    place.run(&["build"]).fine();
    place.write("content/briefings/p2.md", page("Page 2", "Text.").replace("title", "draft: true\ntitle"));
    refused("the sources, the settings or the flags are others than when the output in `public` was built");
    place.write("content/briefings/p2.md", page("Page 2", "Text."));
    place.run(&["build", "--relative-urls"]).fine();
    refused("the sources, the settings or the flags are others");
    place.run(&["build"]).fine();
    place.write("public/index.html", "mine");
    refused("`index.html` in `public` is not as the build wrote it");
    place.run(&["build"]).fine();
    place.run(&["publish", "--no-build", "--set", "title=Another"]).ends_with(3);
    place.run(&["publish", "--no-build", "--set", "publish.live.keep=3"]).fine();
    let mut output = place.output();
    assert_eq!(place.read("www/current/index.html").into_bytes(), output.remove("index.html").expect("a page"));
}

#[test]
fn pages_go_only_to_targets_that_have_their_marking() {
    let staff = "[publish.staff]\ntarget = \"directory\"\npath = \"staff\"\nmarkings = [\"official\"]";
    let place = site(&format!("{TARGET}\n{staff}\n[markings]\norder = [\"Official\", \"Restricted\"]"));
    let marked =
        |marking: &str| page(&format!("For {marking} eyes"), "Harbour words.").replace("title", &format!("marking: {marking}\ntitle"));
    place.write("content/briefings/low.md", marked("official"));
    place.write("content/briefings/high.md", marked("restricted"));
    let run = place.run(&["publish", "live", "--yes"]).fine();
    assert!(run.out.contains("2 pages left out by marking\n"), "{}", run.out);
    place.run(&["publish", "staff", "--yes"]).fine();
    let has = |path: &str| place.path(path).exists();
    assert!(has("staff/current/briefings/low/index.html") && !has("staff/current/briefings/high"));
    assert!(!has("www/current/briefings/low") && !has("www/current/briefings/high") && !has("public/briefings/low"));
    assert!(!place.read("www/current/feed.xml").contains("eyes") && !place.read("staff/current/feed.xml").contains("For restricted"));
    place.run(&["publish", "staff", "--markings", "restricted"]).ends_with(2).says(&["is said by the target", "markings = [\"Official\"]"]);
    place.run(&["build", "--markings", "official,restricted"]).fine();
    let why = "the output in `public` has pages marked `official`, which `[publish.live]` does not allow";
    place.run(&["publish", "live", "--no-build"]).ends_with(3).says(&[why]);
    place.run(&["build", "--markings", "oficial"]).ends_with(2).says(&["there is no marking `oficial`", "did you mean `Official`?"]);
    place.run(&["build", "--set", "publish.staff.markings=[\"secret\"]"]).ends_with(2).says(&["there is no `secret`"]);
    place.write("static/notes.txt", "See /briefings/high/ on Monday.");
    place.run(&["publish", "staff", "--yes"]).ends_with(1).says(&["gives away `content/briefings/high.md`", "marked `Restricted`"]);
}

#[test]
fn an_output_is_too_old_once_something_was_due() {
    let place = site(TARGET);
    place.write("content/briefings/soon.md", page("Soon", "Text.").replace("title", "publish_at: 2999-01-01T00:00:00Z\ntitle"));
    place.run(&["build"]).fine();
    // As if the build had been long ago: the record says when the next change is due.
    let record = fs::read_dir(place.path(".chancery/outputs")).expect("records").map(|entry| entry.expect("an entry").path());
    let record = record.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "made")).expect("a record");
    let words = fs::read_to_string(&record).expect("words");
    assert!(words.contains("2999-01-01T00:00:00Z"), "{words}");
    fs::write(&record, words.replace("2999", "2026")).expect("written");
    place.run(&["publish", "--no-build"]).ends_with(3).says(&["is too old: something in the site was due since it was built"]);
}

#[test]
fn what_gives_away_a_hidden_page_is_found_before_it_is_published() {
    let place = site(TARGET);
    place.write("content/briefings/secret.md", page("Secret plans", "x").replace("title", "draft: true\nid: PB-2026-009\ntitle"));
    place.write("static/old.html", "<p>\n<a href=\"/briefings/secret/\">soon</a>");
    place.write("static/list.txt", "PB-2026-009");
    place.run(&["publish"]).ends_with(1).says(&[
        "error[leak]: `PB-2026-009` gives away `content/briefings/secret.md`, which is not public",
        "--> static/list.txt:1:1",
        "error[leak]: `/briefings/secret/` gives away",
        "--> static/old.html:2:10",
        "that page is a draft",
    ]);
    assert!(!place.path("www").join("current").exists());
    place.remove("static/old.html");
    place.remove("static/list.txt");
    place.run(&["publish"]).fine();
}

#[test]
fn a_program_reads_what_changed() {
    let place = site(TARGET);
    let run = place.run(&["publish", "--format", "json"]).fine();
    let value: serde_json::Value = serde_json::from_str(&run.out).expect("nothing but JSON");
    assert_eq!(value["pages"]["added"][1]["address"], "/briefings/p0/");
    place.remove("content/briefings/p3.md");
    place.write("content/briefings/p1.md", page("Page One", "Text."));
    let run = place.run(&["publish", "--format", "json", "--dry-run"]).fine();
    let value: serde_json::Value = serde_json::from_str(&run.out).expect("nothing but JSON");
    assert_eq!(value["pages"]["removed"][0], serde_json::json!({ "address": "/briefings/p3/", "title": "Page 3" }));
    assert!(value["pages"]["changed"].as_array().expect("pages").iter().any(|page| page["title"] == "Page One"));
    assert_eq!(value["dry_run"], true);
}

#[test]
fn copies_for_servers_lie_beside_long_texts() {
    let place = site(&format!("{TARGET}\nprecompressed = [\"gz\", \"br\"]"));
    place.run(&["publish"]).fine();
    let published = tree(&place.path("www/current"));
    let mut text = String::new();
    let copy = &published["index.html.gz"];
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&copy[..]), &mut text).expect("gzip");
    assert_eq!(text.as_bytes(), published["index.html"]);
    assert!(published.contains_key("index.html.br") && published.keys().all(|path| !path.contains("woff2.")));
    assert!(place.run(&["publish"]).fine().out.contains("Nothing to publish"));
}

#[test]
fn an_address_that_will_lead_nowhere_is_told_and_refused_when_strict() {
    let place = site(TARGET);
    place.run(&["publish"]).fine();
    place.remove("content/briefings/p3.md");
    let reports = ["1 address that was published will lead nowhere:", "  /briefings/p3/", "name it in the `aliases`"];
    place.run(&["publish", "--strict"]).ends_with(1).says(&reports);
    place.run(&["publish", "--dry-run"]).fine().says(&reports);
    place.write("content/briefings/p2.md", page("Page 2", "Text.").replace("title", "aliases: [/briefings/p3/]\ntitle"));
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    let run = place.run(&["publish", "--strict"]).fine();
    assert!(!run.err.contains("nowhere"), "{}", run.err);
}

#[test]
fn only_what_the_build_wrote_is_published() {
    let place = site(TARGET);
    place.run(&["build"]).fine();
    place.write("public/mine.txt", "mine");
    place.write("public/.git/config", "mine");
    place.run(&["publish"]).fine();
    assert!(!place.path("www/current/mine.txt").exists() && !place.path("www/current/.git").exists());
    assert_eq!(place.read("public/mine.txt"), "mine");
}

#[test]
fn words_of_a_page_that_is_hidden_now_stay_nowhere() {
    let place = site(TARGET);
    place.write("content/briefings/p1/index.md", page("Page 1", "The wombatification of everything. ![x](pic.svg)"));
    place.write("content/briefings/p1/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place.remove("content/briefings/p1.md");
    // Whatever may be kept for ever is a candidate to stay for one more publish.
    place.write(
        "static/_headers",
        "/briefings/*\n  Cache-Control: max-age=31536000, immutable\n/search/index/*\n  Cache-Control: immutable\n",
    );
    place.run(&["publish"]).fine();
    let tells = |place: &Place| {
        let files = tree(&place.path("www/current").canonicalize().expect("a release"));
        let reports = files
            .iter()
            .filter(|(path, bytes)| path.contains("briefings/p1") || String::from_utf8_lossy(bytes).to_lowercase().contains("wombatif"));
        reports.map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert!(tells(&place).len() > 2, "{:?}", tells(&place));
    let text = page("Page 1", "The wombatification of everything. ![x](pic.svg)").replace("title", "draft: true\ntitle");
    place.write("content/briefings/p1/index.md", text);
    place.run(&["publish"]).fine();
    assert_eq!(tells(&place), [""; 0]);
}

#[test]
fn another_site_or_a_preview_does_not_take_a_place_over_without_a_question() {
    let place = site(TARGET);
    place.run(&["publish"]).fine();
    let settings = place.read("site.toml");
    let next = "[publish.next]\ntarget = \"directory\"\npath = \"www\"\npreviews = true\n";
    place.write("site.toml", format!("{settings}\n{next}"));
    place.run(&["publish", "next", "--drafts"]).ends_with(3).says(&["what is published there is no preview"]);
    place.write("site.toml", settings.replace("https://example.org/", "https://other.example.org/"));
    place.run(&["publish"]).ends_with(3).says(&["what is published there is `https://example.org/`, and will be replaced by"]);
    let run = place.run(&["publish", "--dry-run"]).fine();
    run.says(&["note: it would be asked about: what is published there is `https://example.org/`"]);
    assert!(!place.path("www/current/briefings/secret").exists());
    place.run(&["publish", "--yes"]).fine();
}

#[test]
fn what_a_dry_run_shows_of_a_refusal_is_the_refusal() {
    let place = site(TARGET);
    many(&place, 0..20);
    place.run(&["publish"]).fine();
    (0..20).for_each(|number| place.remove(&format!("static/f{number}.txt")));
    let run = place.run(&["publish", "--dry-run", "-v", "--max-deletes", "10"]).ends_with(3);
    assert!(run.out.contains("  - f7.txt\n"), "{}", run.out);
    run.says(&["20 of ", "at most 10 may be"]);
}
