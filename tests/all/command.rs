//! Every command, its flags and how it ends.

use std::fs;

use crate::place::{NOW, Place, Run, project};

fn site() -> Place {
    Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/briefings/open.md", "---\ntitle: Open\ndate: 2026-01-01\n---\n\nText.\n"),
        ("content/briefings/draft.md", "---\ntitle: \"Draft, \\\"quoted\\\"\"\ndraft: true\n---\n\nText.\n"),
        ("content/briefings/later.md", "---\ntitle: Later\ndate: 2099-01-01\n---\n\nText.\n"),
        ("content/briefings/over.md", "---\ntitle: Over\ndate: 2020-01-01\nexpires: 2021-01-01\n---\n\nText.\n"),
    ])
}

fn with_environment(place: &Place, args: &[&str], variables: &[(&str, &str)]) -> Run {
    Run::new(place.command(args).envs(variables.iter().copied()).output().expect("the program starts"))
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let place = Place::empty();
    place.run(&["init", "my-site"]).fine();
    let run = place.run(&["build", "--root", "my-site"]).fine();
    // A new site does not know yet where it will live.
    assert!(!run.err.contains("error") && run.err.matches("warning").count() <= 1, "{}", run.err);
    assert!(place.path("my-site/public/index.html").exists());
    assert!(place.read("my-site/.gitignore").contains(".chancery"));
    place.run(&["build", "--root", "my-site", "--strict", "-u", "https://example.org/"]).fine();
    place.run(&["init", "my-site"]).ends_with(2).says(&["written over"]);
}

#[test]
fn a_new_page_is_a_draft_that_builds_and_never_goes_over_a_file() {
    let place = Place::empty();
    place.run(&["init"]).fine();
    let run = place.run(&["new", "What the treaty says: \"a reading\""]).fine();
    let path = run.out.trim().to_string();
    assert!(path.starts_with("content/briefings/what-the-treaty-says"), "{path}");
    let before = place.read(&path);
    // As of this day, on which the pages of the new site are public, and not as of the instant of other tests.
    place.run(&["build"]).fine();
    assert!(place.output().keys().all(|path| !path.contains("treaty")));
    place.run(&["build", "--drafts"]).fine();
    assert!(place.output().keys().any(|path| path.contains("treaty")));
    let again = place.run(&["new", "What the treaty says: \"a reading\""]);
    assert!(again.code != Some(0), "{again:?}");
    assert_eq!(place.read(&path), before);
    place.run(&["new", "Trade in services", "--in", "topics"]).fine();
    place.run(&["new", "Ten years on", "--type", "study"]).fine();
    place.run(&["new", "Out", "--in", "../.."]).ends_with(2);
    place.run(&["build", "--drafts"]).fine();
}

#[test]
fn the_last_line_of_a_build_says_what_it_did() {
    let place = site();
    let run = place.build().fine();
    let line = run.out.lines().last().expect("a line").to_string();
    assert!(line.starts_with("Built 1 page as of 2026-11-24T00:00:00Z (--now) in "), "{line}");
    for part in [" files written, 0 unchanged, 0 removed", "next change due 2099-01-01 00:00 UTC"] {
        assert!(line.contains(part), "{line}");
    }
    assert_eq!(place.run(&["-q", "build"]).fine().out, "");
}

#[test]
fn what_stands_in_for_the_clock_is_said_with_its_name() {
    let place = site();
    let epoch = [("SOURCE_DATE_EPOCH", "315532800")];
    let reports = " as of 1980-01-01T00:00:00Z (SOURCE_DATE_EPOCH)";
    let build = with_environment(&place, &["build"], &epoch).fine();
    assert!(build.out.starts_with(&format!("Built 0 pages{reports} in ")), "{}", build.out);
    let check = with_environment(&place, &["check"], &epoch).fine();
    assert!(check.out.starts_with(&format!("Checked 0 pages{reports} in ")), "{}", check.out);
    with_environment(&place, &["list"], &epoch).fine().says(&[reports]);
    with_environment(&place, &["explain", "site.toml"], &epoch).fine().says(&[reports]);
    with_environment(&place, &["new", "A page"], &epoch).fine().says(&[reports]);
    let list = with_environment(&place, &["list", "--format", "json"], &epoch).fine();
    assert!(serde_json::from_str::<serde_json::Value>(&list.out).is_ok() && list.err.is_empty(), "{list:?}");
    let now = with_environment(&place, &["check", "--now", NOW], &epoch).fine();
    assert!(now.out.contains(&format!(" as of {NOW} (--now) in ")), "{}", now.out);
    let plain = place.run(&["check"]).fine();
    assert!(!plain.out.contains(" as of "), "{}", plain.out);
}

#[test]
fn a_day_alone_as_now_begins_in_the_zone_of_the_site() {
    let place = site();
    place.write("site.toml", "title = \"T\"\ntime_zone = \"Africa/Cairo\"\nbase_url = \"https://example.org/\"\n");
    let now = |day: &str| place.run(&["check", "--now", day]).fine().out;
    assert!(now("2027-06-01").contains(" as of 2027-05-31T21:00:00Z (--now) in "), "{}", now("2027-06-01"));
    assert!(now("2026-04-24").contains(" as of 2026-04-23T22:00:00Z (--now) in "), "the day has no midnight: {}", now("2026-04-24"));
    place.run(&["check", "--now", "2026-04-24 00:30"]).ends_with(2).says(&["skips"]);
    place.run(&["check", "--now", "June"]).ends_with(2).says(&["2026-03-01"]);
}

#[test]
fn list_and_explain_say_which_section_hides_a_page() {
    let place = site();
    place.write("content/merger/_index.md", "---\ntitle: Merger\nstatus: draft\n---\n");
    place.write("content/merger/plan.md", "---\ntitle: Plan\ndate: 2026-01-05\n---\n\nText.\n");
    let list = place.run(&["list", "hidden"]).fine().says(&["1 page is hidden because its section is a draft: content/merger/_index.md"]);
    assert!(list.out.lines().any(|line| line.starts_with("content/merger/plan.md") && line.contains("  draft  ")), "{}", list.out);
    let json = place.run(&["list", "drafts", "--format", "json"]).fine().out;
    assert!(json.contains("\"section\": \"content/merger/_index.md\""), "{json}");
    let explain = place.run(&["explain", "content/merger/plan.md"]).fine().out;
    assert!(explain.contains("its section is a draft: content/merger/_index.md; `--drafts` shows it in a preview"), "{explain}");
    place.write("content/merger/_index.md", "---\ntitle: Merger\npublish_at: 2099-01-01\n---\n");
    let explain = place.run(&["explain", "/merger/plan/"]).fine().out;
    assert!(explain.contains("its section is scheduled for 2099-01-01 00:00 UTC: content/merger/_index.md;"), "{explain}");
    place.write("content/a.md", "---\ntitle: A\n---\n\n[plan](merger/plan.md)\n");
    let check = place.run(&["check"]).ends_with(1);
    let reports = check.out + &check.err;
    assert!(reports.contains("that page is in a section that is scheduled for 2099-01-01 (`content/merger/_index.md`)"), "{reports}");
}

#[test]
fn list_doubts_states_only_for_errors_that_can_touch_them() {
    let place = site();
    place.write("content/a.md", "---\ntitle: A\n---\n\n[gone](gone.md)\n");
    let run = place.run(&["list"]).fine();
    assert!(!run.err.contains("may be wrong"), "{}", run.err);
    place.write("content/b.md", "---\ntitle: B\npublish_at: 9:30 on 12 December\n---\n\nText.\n");
    let run = place.run(&["list", "hidden"]).fine().says(&["1 error, so states may be wrong"]);
    assert!(run.out.lines().any(|line| line.starts_with("content/b.md") && line.contains("unclear-date")), "{}", run.out);
}

#[test]
fn an_error_in_front_matter_is_told_once_and_not_of_those_who_link_to_the_page() {
    let place = site();
    let broken = "---\ntitle: Budget: what it says\nid: PB-2027-001\nslug: money\naliases: [/old/budget/]\n---\n\n## Costs\n\nText.\n";
    place.write("content/briefings/budget-2027.md", broken);
    let links = "[[PB-2027-001]] [a](/old/budget/) [b](/briefings/money/) [c](budget-2027.md) [d](budget-2027.md#costs) [[Budget]]";
    place.write("content/briefings/other.md", format!("---\ntitle: Other\nsupersedes: PB-2027-001\n---\n\n{links}\n"));
    let run = place.run(&["check", "--format", "json"]).ends_with(1);
    let reports: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("JSON");
    let codes: Vec<&str> = reports.iter().filter_map(|problem| problem["code"].as_str()).collect();
    assert_eq!(codes, ["bad-yaml"], "{}", run.out);
    // A short number, and a value that the rest of the front matter falls into.
    for day in 1..4 {
        place.write(&format!("content/briefings/d{day}.md"), format!("---\ntitle: Day {day}\ndate: 2026-01-0{day}\n---\n\nText.\n"));
    }
    place.write("content/briefings/budget-2027.md", "---\ntitle: [Budget\nid: R-9\ndate: 2026-01-05\n---\n\nText.\n");
    place.write("content/briefings/other.md", "---\ntitle: Other\ndate: 2026-01-06\nsupersedes: R-9\n---\n\n[[R-9]]\n");
    let run = place.run(&["check", "--format", "json"]).ends_with(1);
    let reports: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("JSON");
    assert!(reports.iter().all(|problem| problem["code"] == "bad-yaml"), "{}", run.out);
    place.write("content/briefings/budget-2027.md", "---\ntitle: Budget\nid: PB-2027-001\nstatus: reveiw\n---\n\nText.\n");
    place.write("content/briefings/other.md", "---\ntitle: Other\n---\n\n[[PB-2027-001]] [c](budget-2027.md) [gone](nowhere.md)\n");
    let run = place.run(&["check"]).ends_with(1);
    let reports = run.out + &run.err;
    assert!(reports.contains("unknown-status") && reports.contains("nowhere.md") && reports.contains("2 errors"), "{reports}");
}

#[test]
fn list_knows_every_state_in_every_format() {
    let place = site();
    let paths = |which: &str| {
        let run = place.run(&["list", which, "--format", "json"]).fine();
        let rows: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("JSON");
        rows.iter()
            .map(|row| row["path"].as_str().expect("a path").trim_start_matches("content/briefings/").to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths("all"), ["draft.md", "later.md", "open.md", "over.md"]);
    assert_eq!(paths("public"), ["open.md"]);
    assert_eq!(paths("hidden"), ["draft.md", "later.md", "over.md"]);
    assert_eq!(paths("drafts"), ["draft.md"]);
    assert_eq!(paths("scheduled"), ["later.md"]);
    assert_eq!(paths("expired"), ["over.md"]);
    let csv = place.run(&["list", "drafts", "--format", "csv"]).fine().out;
    assert!(csv.starts_with("path,state,date,title,address") && csv.contains("\"Draft, \"\"quoted\"\"\""), "{csv}");
    let text = place.run(&["list"]).fine().out;
    assert!(text.contains("content/briefings/later.md") && text.contains("scheduled"), "{text}");
}

#[test]
fn list_says_what_is_due_for_review_and_by_whom() {
    let page = |owner: &str, rest: &str| format!("---\ntitle: Of {owner}\ndate: 2025-01-01\nowner: {owner}\n{rest}---\n\nText.\n");
    let place = Place::new(&[
        ("site.toml", "title = \"S\"\n"),
        ("content/briefings/soon.md", &page("Energy desk", "review_by: 2026-12-10\ntopics: [Gas]\n")),
        ("content/briefings/late.md", &page("Énergie", "review_in: 6 months\nauthors: [Ports desk]\n")),
        ("content/briefings/far.md", &page("Energy desk", "review_by: 2027-12\n")),
        ("content/briefings/old.md", &page("Energy desk", "review_in: 1 year\nstatus: archived\n")),
        ("content/briefings/never.md", &page("Energy desk", "changes: [{date: 2025-05-09, note: A sum, kind: correction}]\n")),
        ("content/briefings/later.md", &page("Energy desk", "publish_at: 2026-12-24T09:30:00+01:00\n")),
    ]);
    let list = |args: &[&str]| place.run(&[&["list", "--now", NOW, "--format", "csv"], args].concat()).fine().out.replace("\r\n", "\n");
    let due = "path,state,due,owner,title,address\n";
    let late = "content/briefings/late.md,published,2025-07-01,Énergie,Of Énergie,/briefings/late/\n";
    let soon = "content/briefings/soon.md,published,2026-12-10,Energy desk,Of Energy desk,/briefings/soon/\n";
    assert_eq!(list(&["due"]), format!("{due}{late}{soon}"));
    assert_eq!(list(&["due", "--within", "7d"]), format!("{due}{late}"));
    assert_eq!(list(&["overdue"]), format!("{due}{late}"));
    assert_eq!(list(&["due", "--owner", "energy DESK"]), format!("{due}{soon}"));
    assert_eq!(list(&["due", "--topic", "gas", "--columns", "due,path"]), "due,path\n2026-12-10,content/briefings/soon.md\n");
    assert_eq!(list(&["--author", "ports-desk", "--columns", "authors"]), "authors\nPorts desk\n");
    assert_eq!(list(&["archived", "--columns", "path"]), "path\ncontent/briefings/old.md\n");
    assert_eq!(list(&["corrected", "--columns", "path,corrected"]), "path,corrected\ncontent/briefings/never.md,2025-05-09\n");
    assert_eq!(list(&["scheduled", "--columns", "date,owner"]), "date,owner\n2026-12-24T09:30:00+01:00,Energy desk\n");
    assert!(
        list(&["due", "--within", "9999d", "--sort", "path"]).starts_with(&format!("{due}content/briefings/far.md,published,2027-12-31"))
    );
    let nobody = place.run(&["list", "due", "--owner", "Enrgy desk"]).ends_with(2);
    assert!(nobody.out.is_empty() && nobody.err.contains("did you mean `--owner \"Energy desk\"`?"), "{}", nobody.err);
    place.run(&["list", "overdue", "--within", "7d"]).ends_with(2).says(&["`--within` goes with `chancery list due`"]);
    place.build().fine();
    let output = place.output();
    let html = |name: &str| String::from_utf8_lossy(&output[&format!("briefings/{name}/index.html")]).into_owned();
    assert!(
        html("late").contains("data-state=\"overdue\">Review overdue since <time datetime=\"2025-07-02\">2 July 2025</time>"),
        "{}",
        html("late")
    );
    assert!(html("soon").contains("data-state=\"published\">Current"));
}

#[test]
fn a_review_that_is_overdue_is_an_error_of_check_where_it_is_asked_for() {
    let place = Place::new(&[
        ("content/briefings/late.md", "---\ntitle: A\ndate: 2025-01-01\nowner: Desk\nreview_in: 6 months\n---\n\nText.\n"),
        ("content/briefings/old.md", "---\ntitle: B\ndate: 2025-01-01\nstatus: archived\nreview_in: 6 months\n---\n\nText.\n"),
    ]);
    place.run(&["check", "--now", NOW]).fine();
    let run = place.run(&["check", "--now", NOW, "--reviews"]).ends_with(1);
    let said = "error[review-overdue]: this page was to be reviewed until 2025-07-01, by Desk\n --> content/briefings/late.md:5:1";
    assert!(run.out.contains(said) && run.out.matches("review-overdue").count() == 1, "{}", run.out);
    place.run(&["check", "--now", "2025-07-01", "--reviews"]).fine();
}

#[test]
#[ignore = "needs the package icalendar; tests/run installs it"]
fn a_calendar_of_what_is_due_is_read_by_calendars_and_keeps_its_names() {
    let write = |place: &Place, title: &str| {
        place.write(
            "content/briefings/late.md",
            format!("---\ntitle: {title}\nid: PB-1\ndate: 2025-01-01\nowner: Desk\nreview_in: 6 months\n---\n\nText.\n"),
        );
        place.write("content/briefings/later.md", "---\ntitle: Later\npublish_at: 2026-12-24T09:30:00+01:00\n---\n\nText.\n");
        place.write("content/briefings/over.md", "---\ntitle: Over\ndate: 2025-01-01\nexpires: 2027-01-01\n---\n\nText.\n");
    };
    let place =
        Place::new(&[("site.toml", "title = \"S; a, b\"\nbase_url = \"https://desk.example.org/b/\"\ntime_zone = \"Europe/Brussels\"\n")]);
    let read = |title: &str| {
        write(&place, title);
        place.write("list.ics", place.run(&["list", "--now", NOW, "--format", "ics"]).fine().out);
        let program = "import sys, icalendar\n\
            calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n\
            for event in calendar.walk('VEVENT'):\n    \
                print(event['UID'], event['SUMMARY'], event.decoded('DTSTART').isoformat(), event.get('URL'), event.errors, sep=' | ')";
        let output =
            std::process::Command::new(project("target/python/bin/python")).args(["-c", program]).arg(place.path("list.ics")).output();
        let output = output.expect("tests/run installs it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let long = "A title with a comma, a semicolon; and so many words that its line is to be folded, for no line has more than 75 bytes";
    assert_eq!(
        read(long),
        format!(
            "review-PB-1@desk.example.org | Review: {long} | 2025-07-01 | https://desk.example.org/b/briefings/late/ | []\n\
             publication-content/briefings/later.md@desk.example.org | Publication: Later | 2026-12-24T08:30:00+00:00 | https://desk.example.org/b/briefings/later/ | []\n\
             end-content/briefings/over.md@desk.example.org | End: Over | 2026-12-31T23:00:00+00:00 | https://desk.example.org/b/briefings/over/ | []\n"
        )
    );
    let names = |text: &str| text.lines().map(|line| line.split(" | ").next().unwrap_or_default().to_string()).collect::<Vec<_>>();
    assert_eq!(names(&read("Another title")), names(&read(long)));
}

#[test]
#[ignore = "needs the package icalendar; tests/run installs it"]
fn a_calendar_of_five_thousand_entries_has_each_once_and_the_same_after_an_edit() {
    let page = |number: usize, title: &str| {
        // Of each ten there is a French translation, which carries the number of its original.
        let id = if number.is_multiple_of(10) { format!("id: PB-{number}\n") } else { String::new() };
        format!(
            "---\ntitle: {title} {number}\n{id}date: 2025-01-01\nreview_by: 2026-0{}-01\nexpires: 2072-01-01\n---\n\nText.\n",
            1 + number % 9
        )
    };
    let place = Place::new(&[("site.toml", "title = \"S\"\nbase_url = \"https://desk.example.org/\"\nlanguages = [\"fr\"]\n")]);
    let write = |title: &str| {
        for number in 0..2_300 {
            place.write(&format!("content/briefings/p{number}.md"), page(number, title));
            if number.is_multiple_of(10) {
                place.write(&format!("content/briefings/p{number}.fr.md"), page(number, "Le titre"));
            }
        }
    };
    let names = |title: &str| {
        write(title);
        place.write("list.ics", place.run(&["list", "--now", NOW, "--format", "ics"]).fine().out);
        let program = "import sys, icalendar\n\
            calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())\n\
            for event in calendar.walk('VEVENT'):\n    \
                assert not event.errors\n    \
                print(event['UID'])";
        let python = project("target/python/bin/python");
        let output =
            std::process::Command::new(python).args(["-c", program]).arg(place.path("list.ics")).output().expect("tests/run installs it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").lines().map(String::from).collect::<Vec<_>>()
    };
    let before = names("A title");
    let each: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!((before.len(), each.len()), (5_060, 5_060), "an end and a review of each page");
    assert_eq!(names("Another title"), before);
}

#[test]
fn check_tells_all_problems_in_every_format_and_writes_nothing() {
    let place = site();
    place.write("content/briefings/open.md", "---\ntitle: Open\n---\n\n[gone](gone.md)\n");
    let text = place.run(&["check"]).ends_with(1);
    assert!((text.out.clone() + &text.err).contains(" --> content/briefings/open.md:5:1"), "{text:?}");
    let json = place.run(&["check", "--format", "json"]).ends_with(1).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(json.to_string().contains("broken-link"));
    let sarif = place.run(&["check", "--format", "sarif"]).ends_with(1).out;
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    let github = place.run(&["check", "--format", "github"]).ends_with(1).out;
    assert!(github.contains("::error file=content/briefings/open.md,line=5"), "{github}");
    assert!(!place.path("public").exists());
    place.write("content/briefings/open.md", "---\ntitle: Open\n---\n\nText.\n");
    place.run(&["check"]).fine();
}

#[test]
fn check_finds_mistakes_in_templates() {
    let place = site();
    place.write("templates/page.html", "{{ page.nothing }}");
    place.write("content/a.md", "---\ntitle: A\n---\n\nText.\n");
    let run = place.run(&["check"]).ends_with(1);
    assert!((run.out + &run.err).contains("templates/page.html:1"));
}

#[test]
fn a_build_shows_ten_warnings_of_a_kind_and_check_all() {
    let place = site();
    for number in 0..15 {
        place.write(&format!("content/briefings/w{number}.md"), format!("---\ntitle: W{number}\ndescripton: x\n---\n\nText.\n"));
    }
    let run = place.build().fine();
    assert_eq!(run.err.matches("did you mean `description`?").count(), 10, "{}", run.err);
    run.says(&["5 more", "chancery check"]);
    let check = place.run(&["check"]).fine();
    assert_eq!((check.out + &check.err).matches("did you mean `description`?").count(), 15);
}

#[test]
fn strict_makes_every_warning_an_error() {
    let place = site();
    place.write("content/briefings/open.md", "---\ntitle: Open\ndescripton: x\n---\n\nText.\n");
    place.build().fine().says(&["warning"]);
    fs::remove_dir_all(place.path("public")).expect("a folder");
    place.run(&["build", "--strict"]).ends_with(1).says(&["error", "nothing was written"]);
    assert!(!place.path("public").exists());
}

#[test]
fn explain_knows_every_code_and_part() {
    let place = Place::empty();
    let codes = place.run(&["explain", "codes"]).fine().out;
    for code in codes.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()) {
        let text = place.run(&["explain", code]).fine().out;
        assert!(text.len() > 40, "{code}: {text}");
    }
    let parts = place.run(&["explain", "parts"]).fine().out;
    for part in ["site", "head", "page", "content", "list", "backlinks", "related"] {
        assert!(parts.lines().any(|line| line == part || line.starts_with(&format!("{part} "))), "{part}");
    }
    place.run(&["explain", "broken-lnk"]).ends_with(2).says(&["`broken-link`"]);
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let place = Place::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(place.run(&["completions", shell]).fine().out.contains("relative-urls"), "{shell}");
    }
    let manual = place.run(&["man"]).fine().out;
    assert!(manual.contains(".TH") && manual.contains("relative"), "{manual}");
}

#[test]
fn flags_stand_before_or_after_the_subcommand() {
    let place = Place::empty();
    for (path, text) in [
        ("a/site.toml", "title = \"A\"\n"),
        ("a/content/x.md", "---\ntitle: X\n---\n"),
        ("other.toml", "title = \"O\"\noutput_dir = \"out\"\n"),
    ] {
        place.write(path, text);
    }
    place.run(&["--root", "a", "--set", "title=First", "build"]).fine();
    assert!(place.read("a/public/index.html").contains("First"));
    place.run(&["build", "--root", "a", "--set", "title=Second"]).fine();
    assert!(place.read("a/public/index.html").contains("Second"));
    place.run(&["--root", "a", "build", "--config", "other.toml"]).fine();
    assert!(place.read("a/out/index.html").contains("<title>O"));
}

#[test]
fn the_environment_overrides_settings_and_flags_override_it() {
    let place = site();
    let title =
        || place.read("public/index.html").split("<title>").nth(1).and_then(|rest| rest.split('<').next()).expect("a title").to_string();
    with_environment(&place, &["build"], &[("CHANCERY_TITLE", "From outside")]).fine();
    assert_eq!(title(), "From outside");
    with_environment(&place, &["build", "--set", "title=Flag"], &[("CHANCERY_TITLE", "From outside")]).fine();
    assert_eq!(title(), "Flag");
    place.write("content/briefings/open.md", "---\ntitle: Open\n---\n\n[gone](gone.md)\n");
    with_environment(&place, &["build"], &[("CHANCERY_LINKS__INTERNAL", "warn")]).fine().says(&["warning", "gone.md"]);
    with_environment(&place, &["build"], &[("CHANCERY_LINKS__INTERNALL", "warn")]).says(&["links.internal"]);
}

#[test]
fn variables_that_say_what_to_install_are_no_settings() {
    let place = site();
    let run = with_environment(&place, &["build", "--strict"], &[("CHANCERY_VERSION", "0.1.0"), ("CHANCERY_SHA256", "0123")]).fine();
    assert_eq!(run.err, "");
}

#[test]
fn wrong_calls_end_with_two() {
    let place = site();
    place.run(&["biuld"]).ends_with(2);
    place.run(&["build", "--no-such-flag"]).ends_with(2);
    place.run(&["build", "--now", "yesterday"]).ends_with(2).says(&["2026-03-01T09:30:00Z"]);
    place.run(&["build", "--root", "nowhere"]).ends_with(2).says(&["nowhere"]);
    place.run(&["build", "--config", "nowhere.toml"]).ends_with(2).says(&["nowhere.toml"]);
    place.run(&["build", "--set", "paginate_by=many"]).ends_with(2).says(&["paginate_by"]);
    place.run(&["build", "--set", "nonsense"]).ends_with(2);
    place.run(&["build", "--base-url", "not an address"]).ends_with(2);
    place.run(&["list", "everything"]).ends_with(2);
    place.run(&["explain"]).ends_with(2);
}

#[test]
fn an_unknown_setting_is_a_warning_with_the_nearest_name() {
    let place = site();
    place.write("site.toml", "titel = \"Test\"\nbase_url = \"https://example.org/\"\n");
    place.build().fine().says(&["site.toml:1:1", "`title`"]);
}

#[test]
fn timings_name_stages_and_templates() {
    let run = site().run(&["build", "--now", NOW, "--timings"]).fine();
    for part in ["read", "front matter", "bodies", "index", "render", "write", "remember", "briefing.html"] {
        assert!(run.out.contains(part), "{part} is not in {}", run.out);
    }
}

#[test]
fn colours_come_only_when_they_are_asked_for_or_a_terminal_is_there() {
    let place = site();
    place.write("content/briefings/open.md", "---\ntitle: [\n---\n");
    assert!(!place.build().err.contains('\u{1b}'));
    assert!(place.run(&["build", "--color", "always"]).err.contains('\u{1b}'));
    assert!(!with_environment(&place, &["build"], &[("NO_COLOR", "1")]).err.contains('\u{1b}'));
}

#[test]
fn a_site_that_opens_from_a_folder_needs_no_address_of_its_own() {
    let place = site();
    place.write("site.toml", "title = \"Test\"\n");
    place.run(&["build", "--relative-urls"]).fine();
    let html = place.read("public/briefings/open/index.html");
    assert!(html.contains("href=\"../../index.html\"") && !html.contains("canonical"), "{html}");
}

#[test]
fn a_calendar_and_a_message_have_no_page_with_a_marking_unless_it_is_named() {
    let place = Place::new(&[
        ("site.toml", "title = \"T\"\nbase_url = \"https://e.org/\"\n[markings]\norder = [\"Official\", \"Secret\"]\n"),
        ("content/open.md", "---\ntitle: Open\ndate: 2025-01-01\nreview_by: 2025-02-01\n---\n"),
        ("content/closed.md", "---\ntitle: Closed\ndate: 2025-01-01\nreview_by: 2025-02-01\nmarking: secret\n---\n"),
    ]);
    let list = |args: &[&str]| place.run(&[&["list", "overdue"], args].concat()).fine();
    assert!(list(&[]).out.contains("Closed"), "whoever keeps the pages sees all of them");
    for format in ["ics", "markdown"] {
        let run = list(&["--format", format]);
        assert!(
            run.out.contains("Open") && !run.out.contains("Closed") && run.err.contains("1 page with a marking left out"),
            "{} {}",
            run.out,
            run.err
        );
        assert!(list(&["--format", format, "--markings", "SECRET"]).out.contains("Closed"));
        assert!(list(&["--format", format, "--marking", "secret"]).out.contains("Closed"));
    }
}
