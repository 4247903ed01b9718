//! What a build writes, leaves alone and removes, and what stands there when it fails or is killed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::process::Stdio;
use std::time::SystemTime;

use crate::place::{NOW, Place, Run, difference, tree};

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: S\ntags: [a]\n---\n\n{text}\n")
}

fn site() -> Place {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
        ("content/briefings/bundle/index.md", &page("Bundle", "[data](data.csv)")),
        ("content/briefings/bundle/data.csv", "a,b\n"),
        ("static/robots.txt", "User-agent: *\n"),
    ]);
    for number in 0..8 {
        place.write(&format!("content/briefings/p{number}.md"), page(&format!("Page {number}"), "Text."));
    }
    place
}

fn built() -> Place {
    let place = site();
    place.build().fine();
    place
}

/// A site with more pages than a build writes at once.
fn large(place: &Place, text: &str) {
    place.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n");
    for number in 0..400 {
        place.write(
            &format!("content/briefings/{}/p{number}.md", number % 7),
            page(&format!("Page {number}"), &text.repeat(1 + number % 9)),
        );
    }
}

fn times(place: &Place) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| fs::metadata(place.path("public").join(path)).and_then(|data| data.modified()).expect("a time");
    place.output().keys().map(|path| (path.clone(), time(path))).collect()
}

/// The files whose time changed while something ran.
fn touched(place: &Place, run: impl FnOnce()) -> Vec<String> {
    let before = times(place);
    run();
    times(place).into_iter().filter(|(path, time)| before.get(path) != Some(time)).map(|(path, _)| path).collect()
}

#[test]
fn a_second_build_writes_nothing() {
    let place = built();
    let changed = touched(&place, || {
        let run = place.build().fine();
        assert!(run.out.contains(" 0 files written, ") && run.out.contains(" 0 removed"), "{}", run.out);
    });
    assert_eq!(changed, Vec::<String>::new());
}

#[test]
fn an_edited_page_changes_its_own_file_and_the_search_index_only() {
    let place = built();
    place.write("content/briefings/p3.md", page("Page 3", "Other text."));
    let changed = touched(&place, || drop(place.build().fine()));
    let (index, others): (Vec<String>, Vec<String>) = changed.into_iter().partition(|path| path.starts_with("search/index"));
    assert_eq!(others, ["briefings/p3/index.html"]);
    assert!(index.contains(&"search/index.json".to_string()), "{index:?}");
}

#[test]
fn a_touched_source_changes_nothing() {
    let place = built();
    place.write("content/briefings/p3.md", page("Page 3", "Text."));
    assert_eq!(touched(&place, || drop(place.build().fine())), Vec::<String>::new());
}

#[test]
fn a_file_of_the_output_that_was_edited_by_hand_or_deleted_is_written_again() {
    let place = built();
    let before = place.output();
    place.write("public/briefings/p1/index.html", "mine");
    place.remove("public/briefings/p2/index.html");
    fs::remove_dir_all(place.path("public/briefings/bundle")).expect("a folder");
    let run = place.build().fine();
    assert!(run.out.contains(" 4 files written, "), "{}", run.out);
    assert_eq!(difference(&place.output(), &before), None);
}

#[test]
fn what_an_earlier_build_wrote_and_nobody_makes_any_more_is_removed() {
    let place = built();
    place.remove("content/briefings/p1.md");
    fs::remove_dir_all(place.path("content/briefings/bundle")).expect("a folder");
    place.build().fine();
    let output = place.output();
    assert!(output.keys().all(|path| !path.contains("p1/") && !path.contains("bundle")), "{:?}", output.keys());
    assert!(!place.path("public/briefings/bundle").exists(), "empty folders go too");
    let clean = site();
    clean.remove("content/briefings/p1.md");
    fs::remove_dir_all(clean.path("content/briefings/bundle")).expect("a folder");
    clean.build().fine();
    assert_eq!(difference(&output, &clean.output()), None);
}

#[test]
fn a_page_that_becomes_a_draft_or_moves_leaves_its_place() {
    let place = built();
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    place.write("content/briefings/p2.md", page("Page 2", "Text.").replace("title", "slug: other\ntitle"));
    place.build().fine();
    assert!(!place.path("public/briefings/p1").exists() && !place.path("public/briefings/p2").exists());
    assert!(place.path("public/briefings/other/index.html").exists());
}

#[test]
fn a_file_can_become_a_folder_and_a_folder_a_file() {
    let place = built();
    place.write("static/thing", "a file");
    place.write("static/other/inner.txt", "a file in a folder");
    place.build().fine();
    place.remove("static/thing");
    fs::remove_dir_all(place.path("static/other")).expect("a folder");
    place.write("static/thing/inner.txt", "now a folder");
    place.write("static/other", "now a file");
    place.build().fine();
    assert_eq!(place.read("public/thing/inner.txt") + &place.read("public/other"), "now a foldernow a file");
}

#[test]
fn foreign_files_in_the_output_are_never_touched() {
    let place = built();
    place.write("public/.git/HEAD", "ref");
    place.write("public/mine/notes.txt", "mine");
    place.remove("content/briefings/p1.md");
    place.write("public/briefings/p1/mine.txt", "mine");
    place.build().fine();
    for path in ["public/.git/HEAD", "public/mine/notes.txt", "public/briefings/p1/mine.txt"] {
        assert!(place.path(path).exists(), "{path}");
    }
    place.run(&["build", "--now", NOW, "--force"]).fine();
    assert_eq!(place.read("public/mine/notes.txt"), "mine");
}

#[test]
fn a_folder_with_files_of_others_is_refused_with_their_names() {
    let place = site();
    place.write("public/mine.txt", "mine");
    place.write("public/a/b.txt", "mine");
    place.build().ends_with(3).says(&["mine.txt", "a/b.txt", "--force", "--clean"]);
    assert_eq!(place.output().len(), 2);
}

#[test]
fn force_builds_into_a_folder_with_files_of_others_and_clean_empties_it() {
    let place = site();
    place.write("public/mine.txt", "mine");
    place.run(&["build", "--force"]).fine();
    assert!(place.path("public/mine.txt").exists() && place.path("public/index.html").exists());
    place.run(&["build", "--clean"]).fine();
    assert!(!place.path("public/mine.txt").exists() && place.path("public/index.html").exists());
}

#[test]
fn clean_will_not_empty_a_repository() {
    let place = site();
    place.write("elsewhere/.git/HEAD", "ref");
    place.run(&["build", "--clean", "-o", "elsewhere"]).ends_with(3).says(&[".git"]);
    assert!(place.path("elsewhere/.git/HEAD").exists());
}

#[test]
fn a_mistake_in_the_content_writes_nothing() {
    let place = built();
    let before = place.output();
    place.write("content/briefings/p1.md", page("Page 1", "Other text."));
    place.write("content/briefings/p2.md", page("Page 2", "[gone](gone.md)"));
    let changed = touched(&place, || drop(place.build().ends_with(1).says(&["content/briefings/p2.md:8:1", "gone.md"])));
    assert_eq!(changed, Vec::<String>::new());
    assert_eq!(difference(&place.output(), &before), None);
}

#[test]
fn a_mistake_in_a_template_names_template_line_page_and_field_and_writes_nothing() {
    let place = built();
    let before = place.output();
    place.write("templates/briefing.html", "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ page.titel }}</h1>\n{% endblock %}\n");
    place.build().ends_with(1).says(&["templates/briefing.html:3", "page.titel", "content/briefings/", "<h1>{{ page.titel }}</h1>"]);
    place.write("templates/briefing.html", "{% extends \"base.html\" %}\n{% block main %}\n{{ page.title");
    place.build().ends_with(1).says(&["templates/briefing.html:3"]);
    assert_eq!(difference(&place.output(), &before), None);
    // A first build with errors leaves no folder behind.
    fs::remove_dir_all(place.path("public")).expect("a folder");
    place.build().ends_with(1);
    assert!(!place.path("public").exists());
}

#[test]
fn a_build_leaves_nothing_beside_its_output() {
    let place = built();
    place.write("content/briefings/p1.md", page("Page 1", "[gone](gone.md)"));
    place.build().ends_with(1);
    let mut beside: Vec<String> = fs::read_dir(place.root())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    beside.sort();
    assert_eq!(beside, [".chancery", "content", "public", "site.toml", "static"]);
}

#[test]
fn two_outputs_of_one_site_do_not_disturb_each_other() {
    let place = built();
    let mut first =
        place.command(&["build", "--now", NOW, "-o", "one"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    let mut second =
        place.command(&["build", "--now", NOW, "-o", "two"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    assert!(first.wait().expect("an end").success() && second.wait().expect("an end").success());
    for folder in ["one", "two"] {
        assert_eq!(difference(&tree(&place.path(folder)), &place.output()), None);
        place.remove(&format!("{folder}/index.html"));
    }
    place.run(&["build", "--now", NOW, "-o", "one"]).fine();
    assert!(place.path("one/index.html").exists() && !place.path("two/index.html").exists());
}

#[test]
fn of_two_builds_into_one_folder_the_second_waits() {
    let place = Place::empty();
    large(&place, "Text. ");
    let run = || place.command(&["build", "--now", NOW]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a process");
    for process in [run(), run(), run()] {
        Run::new(process.wait_with_output().expect("an end")).fine();
    }
    let clean = Place::empty();
    large(&clean, "Text. ");
    clean.build().fine();
    assert_eq!(difference(&place.output(), &clean.output()), None);
}

#[test]
fn a_build_that_waits_in_vain_names_the_process_that_has_the_output() {
    let place = built();
    let locks: Vec<_> = tree(&place.path(".chancery")).into_keys().filter(|path| path.ends_with("lock")).collect();
    assert_eq!(locks.len(), 1, "one output has one lock");
    let file = File::options().read(true).write(true).open(place.path(".chancery").join(&locks[0])).expect("the lock");
    file.lock().expect("the lock is free");
    fs::write(place.path(".chancery").join(&locks[0]), std::process::id().to_string()).expect("a written number");
    place.build().ends_with(3).says(&[&format!("process {}", std::process::id())]);
    drop(file);
    // What is written in the lock does not matter once its process is dead.
    place.build().fine();
}

/// How far builds are let come before they are killed.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// So many files are rendered and lie in the staging folder.
    Rendered(usize),
    /// The commit has begun, and no more than so many are still to be moved.
    ToBeMoved(usize),
}

impl Step {
    fn is_reached(self, place: &Place) -> bool {
        match self {
            Step::Rendered(count) => staged(place).is_some_and(|staged| staged >= count),
            Step::ToBeMoved(count) => has_intent(place) && staged(place).is_none_or(|staged| staged <= count),
        }
    }
}

/// How many files lie in the staging folder, if there is one.
fn staged(place: &Place) -> Option<usize> {
    let mut names = fs::read_dir(place.root()).ok()?.filter_map(Result::ok);
    let folder = names.find(|entry| entry.file_name().to_string_lossy().starts_with(".chancery-staging"))?;
    Some(walkdir::WalkDir::new(folder.path()).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()).count())
}

/// Whether it is written down what a commit is about to do.
fn has_intent(place: &Place) -> bool {
    let mut records = fs::read_dir(place.path(".chancery/outputs")).into_iter().flatten().filter_map(Result::ok);
    records.any(|entry| entry.path().extension().is_some_and(|extension| extension == "intent"))
}

/// A build that is killed as soon as it has come so far; true if it had not ended by then.
fn killed(place: &Place, step: Step) -> bool {
    let mut process = place.command(&["build", "--now", NOW]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    while !step.is_reached(place) && process.try_wait().expect("a process of ours").is_none() {
        std::thread::yield_now();
    }
    process.kill().expect("a process that can be killed");
    process.wait().expect("an end").code().is_none()
}

/// Kills builds at one step after the other; after each every file is whole, and the next build that ends makes what a clean one makes.
#[test]
fn a_killed_build_leaves_every_file_whole_and_the_next_one_completes_it() {
    let (old, new) = (Place::empty(), Place::empty());
    large(&old, "Old text. ");
    large(&new, "New text, and more of it. ");
    new.write("static/added.txt", "added");
    let place = Place::empty();
    large(&place, "Old text. ");
    for site in [&old, &new, &place] {
        site.build().fine();
    }
    let (old, new) = (old.output(), new.output());
    let mut was_killed = 0;
    let rendered = [0, 1, 60, 200, 390].map(Step::Rendered);
    let moved = [400, 330, 200, 60, 0].map(Step::ToBeMoved);
    // Of each pair both are killed, the second while it completes the first; then one may end.
    for (round, (early, late)) in rendered.into_iter().zip(moved).enumerate() {
        for (to_new, [first, second]) in [(true, [early, late]), (false, [late, late])] {
            let expected = if to_new { &new } else { &old };
            if to_new {
                new_text(&place)
            } else {
                old_text(&place)
            }
            for step in [first, second] {
                was_killed += u32::from(killed(&place, step));
                for (path, bytes) in place.output() {
                    let is_whole = [&old, &new].iter().any(|site| site.get(&path) == Some(&bytes));
                    assert!(is_whole, "{path} is neither old nor new after {step:?} of round {round}");
                }
            }
            place.build().fine();
            assert_eq!(difference(&place.output(), expected), None, "after round {round}");
        }
    }
    assert!(was_killed > 10, "only {was_killed} builds were killed in time");
    new_text(&place);
    place.build().fine();
    assert_eq!(difference(&place.output(), &new), None);
    let beside: Vec<_> = fs::read_dir(place.root()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(beside.len(), 5, "nothing is left beside the output: {beside:?}");
}

fn new_text(place: &Place) {
    large(place, "New text, and more of it. ");
    place.write("static/added.txt", "added");
}

fn old_text(place: &Place) {
    large(place, "Old text. ");
    let _ = fs::remove_file(place.path("static/added.txt"));
    fs::create_dir_all(place.path("static")).expect("a folder");
}

#[test]
fn the_same_sources_give_the_same_bytes_on_any_machine() {
    let build = |threads: &str, zone: &str, language: &str| {
        let place = Place::copy_of("");
        let mut command = place.command(&["build", "--now", NOW]);
        command.env("RAYON_NUM_THREADS", threads).env("TZ", zone).env("LANG", language).env("HOME", place.root());
        Run::new(command.output().expect("the program starts")).fine();
        place.output()
    };
    let one = build("1", "America/New_York", "tr_TR.UTF-8");
    assert!(one.len() > 50, "the demonstration site has pages");
    assert_eq!(difference(&one, &build("2", "Asia/Kathmandu", "C")), None);
    assert_eq!(difference(&one, &build("7", "UTC", "fr_FR.UTF-8")), None);
}

#[test]
fn a_site_may_be_built_from_any_folder_and_moved() {
    let place = site();
    place.run(&["build", "--now", NOW, "--root", ".", "-o", "public"]).fine();
    let inner = Run::new(
        place.command(&["build", "--now", NOW]).current_dir(place.path("content/briefings")).output().expect("the program starts"),
    );
    assert!(inner.fine().out.contains(" 0 files written"));
    let moved = Place::empty();
    fs::rename(place.root(), moved.path("site")).expect("a moved site");
    fs::create_dir(place.root()).expect("the folder again");
    // A manifest is of one folder at one place; elsewhere the output is that of a stranger.
    moved.run(&["build", "--now", NOW, "--root", "site"]).ends_with(3).says(&["--clean"]);
    moved.run(&["build", "--now", NOW, "--root", "site", "--clean"]).fine();
}
