//! `build --watch`, with the real program and real events: after every change the output is that of a clean build.

mod odd;
mod waiting;

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::place::{NOW, Place, Tree, difference, tree};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at what the program has done.
const PAUSE: Duration = Duration::from_millis(20);

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n";

/// A program that watches a site, and a folder for what it says and for clean builds.
struct Watching<'p> {
    place: &'p Place,
    side: TempDir,
    program: Child,
    instant: &'p [&'p str],
}

impl<'p> Watching<'p> {
    /// Starts the program as of a fixed instant, and waits until it has built and has nothing else to do.
    fn start(place: &'p Place, flags: &[&str]) -> Watching<'p> {
        let watching = Watching::begin(place, flags, &["--now", NOW]);
        watching.until_it_says("Watching for changes");
        watching.settle();
        watching
    }

    fn begin(place: &'p Place, flags: &[&str], instant: &'p [&'p str]) -> Watching<'p> {
        let side = tempfile::tempdir().expect("a temporary folder");
        let stream = |name: &str| Stdio::from(File::create(side.path().join(name)).expect("a file"));
        let args = [&["build", "--watch"], instant, flags].concat();
        let program = place.command(&args).stdout(stream("out")).stderr(stream("err")).spawn().expect("the program starts");
        Watching { place, side, program, instant }
    }

    /// What the program has said: its lines, and its problems.
    fn said(&self) -> (String, String) {
        let read = |name: &str| fs::read_to_string(self.side.path().join(name)).expect("text");
        (read("out"), read("err"))
    }

    /// Waits until `is_so`.
    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "{what}; the program said {:?}", self.said());
            sleep(PAUSE);
        }
    }

    #[track_caller]
    fn until_it_says(&self, text: &str) {
        self.until(&format!("`{text}` is not said"), || {
            let (out, err) = self.said();
            out.contains(text) || err.contains(text)
        });
    }

    /// The files that a clean build makes.
    #[track_caller]
    fn clean(&self, flags: &[&str]) -> Tree {
        let folder = tempfile::tempdir_in(self.side.path()).expect("a folder");
        let output = folder.path().to_str().expect("text");
        self.place.run(&[&["build", "-o", output], self.instant, flags].concat()).fine();
        tree(folder.path())
    }

    /// Waits until the output is that of a clean build.
    #[track_caller]
    fn settle(&self) {
        self.settle_as(self.clean(&[]));
    }

    #[track_caller]
    fn settle_as(&self, expected: Tree) {
        let start = Instant::now();
        // A file of the output may be replaced while it is looked for.
        while let Some(difference) = difference(&expected, &peek(&self.place.path("public"))) {
            assert!(start.elapsed() < PATIENCE, "{difference}; the program said {:?}", self.said());
            sleep(PAUSE);
        }
    }

    fn has(&self, path: &str, text: &str) -> bool {
        fs::read_to_string(self.place.path("public").join(path)).is_ok_and(|html| html.contains(text))
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args([name, &self.program.id().to_string()]).status().expect("kill runs");
        assert!(status.success());
    }

    /// Waits until the program has ended: its exit status.
    fn end(mut self) -> Option<i32> {
        self.program.wait().expect("the program ends").code()
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Every file below a folder that is being written to.
fn peek(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let read = entries.filter_map(|entry| Some((entry.path().to_path_buf(), fs::read(entry.path()).ok()?)));
    read.map(|(path, bytes)| (path.strip_prefix(folder).expect("a path below").to_string_lossy().into_owned(), bytes)).collect()
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: S\ntags: [a]\n---\n\n{text}\n")
}

fn site() -> Place {
    Place::new(&[
        ("site.toml", SETTINGS),
        ("content/briefings/one.md", &page("One", "Text.")),
        ("content/briefings/two.md", &page("Two", "Text. See [one](one.md).")),
        ("content/briefings/bundle/index.md", &page("Bundle", "[data](data.csv)")),
        ("content/briefings/bundle/data.csv", "a,b\n"),
        ("static/robots.txt", "User-agent: *\n"),
    ])
}

/// Saves as many editors do: another file is written, and takes the place of the old one.
fn save_by_rename(place: &Place, path: &str, text: &str) {
    let other = format!("{path}.tmp-{}", text.len());
    fs::write(place.path(&other), text).expect("written");
    fs::rename(place.path(&other), place.path(path)).expect("renamed");
}

#[test]
fn edits_are_followed_whichever_way_they_are_saved() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    place.write("content/briefings/one.md", page("One", "Other text."));
    watching.settle();
    save_by_rename(&place, "content/briefings/one.md", &page("Another title", "Text."));
    watching.settle();
    // As vim does with a backup.
    fs::rename(place.path("content/briefings/one.md"), place.path("content/briefings/one.md~")).expect("renamed");
    place.write("content/briefings/one.md", page("One", "Written by vim."));
    place.remove("content/briefings/one.md~");
    watching.settle();
    place.write("content/briefings/bundle/data.csv", "c,d\n");
    watching.settle();
    assert!(watching.has("briefings/one/index.html", "Written by vim."));
    watching.until_it_says("content/briefings/bundle/data.csv: 1 file written in ");
}

#[test]
fn reasons_and_the_comparison_with_a_clean_build_are_told_after_each_change() {
    let place = site();
    let watching = Watching::start(&place, &["--explain", "--verify"]);
    watching.until_it_says("Verified ");
    place.write("content/briefings/one.md", page("One", "Other text."));
    watching.until_it_says("briefings/one/index.html: part content changed\n");
    watching.until("the second build is verified", || watching.said().0.matches("Verified ").count() == 2);
    // A byte that changes behind the manifest's back is found with the next batch, and the program goes on.
    let path = place.path("public/briefings/two/index.html");
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    fs::write(&path, place.read("public/briefings/two/index.html").replace("Text.", "Lies.")).expect("written");
    File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("set");
    place.write("content/briefings/one.md", page("One", "Third text."));
    watching.until_it_says("briefings/two/index.html: has other bytes");
    place.write("content/briefings/two.md", page("Two", "Mended. See [one](one.md)."));
    watching.settle();
    watching.until("the last build is verified", || watching.said().0.matches("Verified ").count() == 3);
}

#[test]
fn new_folders_are_seen_however_deep_and_fast_they_come() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    for round in 0..10 {
        for depth in ["a", "a/b", "a/b/c", "d"] {
            place.write(&format!("content/new{round}/{depth}/page.md"), page(&format!("Page {round} {depth}"), "Text."));
        }
    }
    watching.settle();
    place.write("content/new3/a/b/c/page.md", page("Edited", "Text."));
    watching.settle();
}

#[test]
fn a_folder_that_moves_takes_its_pages_along() {
    let place = site();
    place.write("content/old/deep/x.md", page("X", "Text."));
    let watching = Watching::start(&place, &[]);
    fs::rename(place.path("content/old"), place.path("content/briefings/new")).expect("moved");
    watching.settle();
    place.write("content/briefings/new/deep/x.md", page("X", "Edited where it is now."));
    watching.settle();
    // Out of the site, and in again under another name.
    fs::rename(place.path("content/briefings/new"), place.path("elsewhere")).expect("moved");
    watching.settle();
    place.write("elsewhere/deep/x.md", page("X", "Edited outside."));
    fs::rename(place.path("elsewhere"), place.path("content/back")).expect("moved");
    watching.settle();
    assert!(watching.has("back/deep/x/index.html", "Edited outside."));
}

#[test]
fn what_is_deleted_goes_and_what_returns_comes_back() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    place.remove("content/briefings/two.md");
    watching.settle();
    assert!(!place.path("public/briefings/two").exists());
    place.write("content/briefings/two.md", page("Two", "Back."));
    watching.settle();
    fs::remove_dir_all(place.path("content")).expect("removed");
    watching.settle();
    place.write("content/briefings/three.md", page("Three", "New."));
    watching.settle();
    place.write("content/briefings/three.md", page("Three", "Edited in a folder that came back."));
    watching.settle();
}

#[test]
fn a_burst_of_five_thousand_files_is_followed() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    for number in 0..4900 {
        place.write(&format!("static/burst/{}/{number}.txt", number % 40), number.to_string());
    }
    for number in 0..100 {
        place.write(&format!("content/burst/{}/p{number}.md", number % 10), page(&format!("Page {number}"), "Text."));
    }
    watching.settle();
    fs::remove_dir_all(place.path("static/burst")).expect("removed");
    fs::remove_dir_all(place.path("content/burst")).expect("removed");
    watching.settle();
}

#[test]
fn templates_data_static_files_and_themes_are_followed_also_in_folders_that_are_new() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    place.write("templates/briefing.html", "{% extends \"default/briefing.html\" %}{% block main %}MINE{% endblock %}");
    watching.settle();
    place.write("templates/briefing.html", "{% extends \"default/briefing.html\" %}{% block main %}OURS{% endblock %}");
    watching.settle();
    assert!(watching.has("briefings/one/index.html", "OURS"));
    fs::remove_dir_all(place.path("templates")).expect("removed");
    place.write("static/new/x.txt", "x");
    place.write("content/_data/facts.yaml", "a: 1\n");
    watching.settle();
    place.write("themes/mine/theme.toml", "name = \"mine\"\n");
    place.write("themes/mine/static/y.css", "a{}");
    place.write("site.toml", format!("{SETTINGS}theme = \"mine\"\n"));
    watching.settle();
    place.write("themes/mine/static/y.css", "b{}");
    watching.settle();
}

#[test]
fn settings_are_read_again_and_bad_ones_keep_those_of_before() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    place.write("site.toml", SETTINGS.replace("Test", "Renamed"));
    watching.settle();
    assert!(watching.has("index.html", "Renamed"));
    place.write("good.toml", SETTINGS.replace("Test", "Renamed"));
    place.write("site.toml", "title = \n");
    watching.until_it_says("error[");
    place.write("content/briefings/one.md", page("One", "While the settings are bad."));
    watching.settle_as(watching.clean(&["--config", "good.toml"]));
    watching.until_it_says("content/briefings/one.md: ");
    assert!(watching.said().0.contains("the settings of before hold"), "{:?}", watching.said());
    save_by_rename(&place, "site.toml", SETTINGS);
    watching.settle();
    watching.until_it_says("site.toml: mended; ");
    // An output of another name is one more output.
    place.write("site.toml", format!("{SETTINGS}output_dir = \"other\"\n"));
    let expected = watching.clean(&[]);
    watching.until("the new output is not written", || peek(&place.path("other")) == expected);
}

#[test]
fn a_program_that_starts_with_bad_settings_waits_until_they_are_good() {
    let place = site();
    place.write("site.toml", "title = \n");
    let watching = Watching::begin(&place, &[], &["--now", NOW]);
    watching.until_it_says("first build: nothing was written; 1 error");
    place.write("site.toml", SETTINGS);
    watching.settle();
}

#[test]
fn a_broken_save_is_shown_writes_nothing_and_is_forgotten_when_mended() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let before = watching.clean(&[]);
    place.write("content/briefings/one.md", "---\ntitle: [\n---\n");
    watching.until_it_says("content/briefings/one.md: nothing was written; 1 error");
    assert!(watching.said().1.contains(" --> content/briefings/one.md:"), "{:?}", watching.said());
    assert_eq!(difference(&before, &place.output()), None);
    place.write("content/briefings/two.md", page("Two", "Text."));
    watching.until_it_says("content/briefings/two.md: nothing was written; 1 error");
    assert_eq!(watching.said().1.matches("error[").count(), 1, "{:?}", watching.said());
    place.write("content/briefings/one.md", page("One", "Mended."));
    watching.settle();
    watching.until_it_says("content/briefings/one.md: mended; ");
}

#[test]
fn the_target_of_a_link_is_followed() {
    let place = site();
    place.write("shared/x.md", page("X", "Text."));
    place.write("shared/folder/y.md", page("Y", "Text."));
    symlink("../../shared/x.md", place.path("content/briefings/x.md")).expect("linked");
    let watching = Watching::start(&place, &[]);
    place.write("shared/x.md", page("X", "Edited behind the link."));
    watching.settle();
    assert!(watching.has("briefings/x/index.html", "Edited behind the link."));
    symlink("../../shared/folder", place.path("content/briefings/folder")).expect("linked");
    watching.settle();
    save_by_rename(&place, "shared/folder/y.md", &page("Y", "Edited in a linked folder."));
    watching.settle();
    place.write("shared/folder/new/z.md", page("Z", "New in a linked folder."));
    watching.settle();
}

#[test]
fn without_events_changes_are_found_by_looking() {
    let place = site();
    let watching = Watching::start(&place, &["--poll"]);
    place.write("content/briefings/one.md", page("One", "First."));
    watching.settle();
    place.write("content/briefings/one.md", page("One", "Again."));
    place.write("content/new/folder/x.md", page("X", "Text."));
    place.write("site.toml", SETTINGS.replace("Test", "Other"));
    watching.settle();
    fs::remove_dir_all(place.path("content/new")).expect("removed");
    fs::rename(place.path("content/briefings/bundle"), place.path("content/bundle")).expect("moved");
    watching.settle();
    watching.signal("-INT");
    assert_eq!(watching.end(), Some(0));
}

#[test]
#[allow(clippy::disallowed_methods)]
fn a_scheduled_page_appears_when_it_is_due() {
    let place = site();
    let watching = Watching::begin(&place, &[], &[]);
    watching.until_it_says("Watching for changes");
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2);
    place.write("content/briefings/later.md", format!("---\ntitle: Later\ndate: 2026-01-01\npublish_at: {due}\n---\n\nText.\n"));
    watching.until("it does not appear", || place.path("public/briefings/later/index.html").exists());
    assert!(jiff::Timestamp::now() >= due);
    watching.settle();
}

#[test]
fn ctrl_c_and_sigterm_end_with_0() {
    let place = site();
    for signal in ["-INT", "-TERM"] {
        let watching = Watching::start(&place, &[]);
        let expected = watching.clean(&[]);
        watching.signal(signal);
        assert_eq!(watching.end(), Some(0), "{signal}");
        assert_eq!(difference(&expected, &place.output()), None);
    }
}

#[test]
fn a_build_that_is_broken_off_leaves_the_output_whole_and_nothing_else() {
    let place = site();
    let before = Watching::start(&place, &[]).clean(&[]);
    for number in 0..300 {
        place.write(&format!("content/briefings/p{number}.md"), page(&format!("Page {number}"), "Text."));
    }
    // Somewhere on the way, until one has come to its end.
    for share in 0..5 {
        let watching = Watching::begin(&place, &[], &["--now", NOW]);
        let is_written = || place.path("public/briefings/p299/index.html").exists();
        watching.until("nothing is staged", || is_written() || staged(&place) > 80 * share);
        watching.signal("-INT");
        assert_eq!(watching.end(), Some(0));
        assert_eq!(staging(&place), None);
        let output = place.output();
        if output == before {
            continue;
        }
        place.build().fine().out.find(" 0 files written").expect("all had been written");
        return;
    }
}

#[test]
fn the_clock_is_told_with_the_first_build_if_it_is_not_that_of_the_machine() {
    let place = site();
    let watching = Watching::begin(&place, &[], &["--now", NOW]);
    watching.until_it_says(&format!("pages as of {NOW} (--now) in "));
    watching.until_it_says("Watching for changes");
    place.write("content/briefings/one.md", page("One", "Edited."));
    watching.until_it_says("content/briefings/one.md: ");
    assert_eq!(watching.said().0.matches(" as of ").count(), 1, "{:?}", watching.said());
    drop(watching);
    let watching = Watching::begin(&place, &[], &[]);
    watching.until_it_says("Watching for changes");
    assert!(!watching.said().0.contains(" as of "), "{:?}", watching.said());
}

/// The staging folder, if there is one.
fn staging(place: &Place) -> Option<String> {
    let names = fs::read_dir(place.root()).expect("a folder").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.into_iter().find(|name| name.starts_with(".chancery-staging"))
}

#[test]
fn an_output_that_is_not_ours_ends_the_run_at_the_start() {
    let place = site();
    place.write("public/theirs.html", "x");
    place.run(&["build", "--watch"]).ends_with(3).says(&["--clean"]);
    place.run(&["build", "--poll"]).ends_with(2).says(&["--watch"]);
    let watching = Watching::begin(&place, &["--clean"], &["--now", NOW]);
    watching.settle();
    place.write("content/briefings/one.md", page("One", "Edited."));
    watching.settle();
}

/// How many files and folders are staged.
fn staged(place: &Place) -> usize {
    staging(place).map_or(0, |folder| walkdir::WalkDir::new(place.path(&folder)).into_iter().filter_map(Result::ok).count())
}
