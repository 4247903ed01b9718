//! What happens to a site that nobody would do to one: it is followed all the same, or told.

use std::fs::FileTimes;
use std::io::Write;
use std::os::unix::net::UnixListener;

use super::*;

/// Saves a page, and waits until it is in the output.
#[track_caller]
fn edit(watching: &Watching, text: &str) {
    watching.place.write("content/briefings/one.md", page("One", text));
    watching.settle();
}

fn move_root(place: &Place, to: &Path) {
    fs::rename(place.root(), to).expect("moved");
}

/// A name beside the root of a place.
fn beside(place: &Place, name: &str) -> std::path::PathBuf {
    let mut path = place.root().as_os_str().to_os_string();
    path.push(name);
    path.into()
}

fn pipe(place: &Place, path: &str) {
    let status = Command::new("mkfifo").arg(place.path(path)).status().expect("mkfifo runs");
    assert!(status.success());
}

#[test]
fn events_that_the_system_lost_are_made_up_for() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let most: usize =
        fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").map_or(16384, |text| text.trim().parse().expect("a number"));
    // Nobody takes the events of a program that stands still, and each of these files makes three.
    watching.signal("-STOP");
    for number in 0..most / 3 + 100 {
        let path = format!("static/flood-{}", number % 100);
        place.write(&path, "x");
        place.remove(&path);
    }
    for number in 0..20 {
        place.write(&format!("content/late/d{number}/x.md"), page(&format!("Late {number}"), "Text."));
    }
    watching.signal("-CONT");
    watching.settle();
    place.write("content/late/d7/x.md", page("Late", "In a folder of whose making nobody was told."));
    watching.settle();
}

#[test]
fn saves_that_come_while_a_build_is_on_its_way_make_one_more_build() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let builds = || watching.said().0.matches(" written").count();
    let before = builds();
    watching.signal("-STOP");
    for number in 0..50 {
        place.write(
            &format!("content/briefings/{}.md", ["one", "two", "new"][number % 3]),
            page("Saved", &format!("For the {number}th time.")),
        );
    }
    watching.signal("-CONT");
    watching.settle();
    watching.until("nothing is said", || builds() > before);
    assert!(builds() - before < 10, "{:?}", watching.said());
}

#[test]
fn a_root_that_goes_and_comes_back_is_followed_on() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let away = beside(&place, "-away");
    move_root(&place, &away);
    fs::write(away.join("content/briefings/two.md"), page("Two", "Edited while it was away.")).expect("written");
    watching.until_it_says("cannot read");
    fs::rename(&away, place.root()).expect("moved");
    watching.settle();
    edit(&watching, "After it came back.");
}

#[test]
fn another_folder_may_take_the_place_of_the_root() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    for is_slow in [false, true] {
        let (old, new) = (beside(&place, "-old"), beside(&place, "-new"));
        let copied = Command::new("cp").arg("-r").args([place.root(), &new]).status().expect("cp runs");
        assert!(copied.success());
        fs::write(new.join("content/briefings/two.md"), page("Two", &format!("Of another folder, {is_slow}."))).expect("written");
        move_root(&place, &old);
        if is_slow {
            watching.until_it_says("cannot read");
        }
        fs::rename(&new, place.root()).expect("moved");
        watching.settle();
        edit(&watching, &format!("In another folder, {is_slow}."));
        place.write(&format!("content/new-{is_slow}/deep/x.md"), page("X", "In a new folder of another folder."));
        watching.settle();
        fs::remove_dir_all(old).expect("removed");
    }
}

#[test]
fn pipes_and_sockets_are_no_files_and_nobody_waits_for_them() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    for path in ["content/briefings/pipe.md", "static/pipe", "content/briefings/bundle/pipe"] {
        pipe(&place, path);
    }
    let listener = UnixListener::bind(place.path("content/briefings/socket.md")).expect("a socket");
    edit(&watching, "With pipes.");
    place.remove("site.toml");
    pipe(&place, "site.toml");
    watching.until_it_says("a pipe, a socket or a device");
    place.remove("site.toml");
    place.write("site.toml", SETTINGS);
    drop(listener);
    edit(&watching, "With settings.");
}

#[test]
fn a_folder_may_become_a_file_and_a_file_a_folder() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    fs::remove_dir_all(place.path("content/briefings/bundle")).expect("removed");
    place.write("content/briefings/bundle", "a file");
    place.remove("content/briefings/two.md");
    place.write("content/briefings/two.md/index.md", page("Two", "In a folder with the name of a file."));
    watching.settle();
    place.write("content/briefings/two.md/index.md", page("Two", "Edited there."));
    watching.settle();
    place.remove("content/briefings/bundle");
    place.write("content/briefings/bundle/index.md", page("Bundle", "A folder again."));
    fs::remove_dir_all(place.path("content/briefings/two.md")).expect("removed");
    place.write("content/briefings/two.md", page("Two", "A file again."));
    watching.settle();
    place.write("content/briefings/bundle/index.md", page("Bundle", "Edited."));
    watching.settle();
}

#[test]
fn a_file_that_grows_slowly_is_followed_to_its_end() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let mut file = fs::OpenOptions::new().append(true).open(place.path("content/briefings/one.md")).expect("a file");
    for number in 0..50 {
        write!(file, "\nLine {number}").and_then(|()| file.flush()).expect("written");
        sleep(PAUSE);
    }
    // It is open still.
    watching.settle();
    assert!(watching.has("briefings/one/index.html", "Line 49"));
}

#[test]
fn a_copied_file_that_kept_its_size_and_time_is_copied_again() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let path = place.path("content/briefings/bundle/data.csv");
    let time = fs::metadata(&path).and_then(|data| data.modified()).expect("a time");
    let mut file = File::create(&path).expect("a file");
    file.write_all(b"c,d\n").and_then(|()| file.set_times(FileTimes::new().set_modified(time))).expect("written");
    drop(file);
    watching.settle();
    assert_eq!(place.read("public/briefings/bundle/data.csv"), "c,d\n");
}

#[test]
fn long_and_deep_names_in_any_form_are_followed() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    // One letter, and a letter with its accent apart.
    for (form, accent) in [("composed", "\u{fc}"), ("apart", "u\u{308}")] {
        let name = format!(
            "Ein sehr langer Name f{accent}r {form}, mit Leerzeichen und noch viel mehr davon, damit es an die hundert Zeichen werden"
        );
        for text in ["First.", "Edited."] {
            place.write(&format!("content/briefings/{name}.md"), page(form, text));
            watching.settle();
        }
    }
    let deep = format!("content/{}x.md", "folder-in-a-folder/".repeat(60));
    for text in ["First.", "Edited."] {
        place.write(&deep, page("Deep", text));
        watching.settle();
    }
    fs::remove_dir_all(place.path("content/folder-in-a-folder")).expect("removed");
    watching.settle();
}

#[test]
fn an_output_that_was_deleted_is_written_again_with_the_next_change() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    fs::remove_dir_all(place.path("public")).expect("removed");
    edit(&watching, "Without an output.");
    fs::remove_dir_all(place.path("public")).expect("removed");
    fs::remove_dir_all(place.path(".chancery")).expect("removed");
    edit(&watching, "Without a memory.");
    place.write("public/index.html", "by hand");
    edit(&watching, "After somebody else wrote.");
}

#[test]
fn an_output_whose_manifest_was_deleted_is_nobodys_until_it_is_removed() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    fs::remove_dir_all(place.path(".chancery")).expect("removed");
    place.write("content/briefings/one.md", page("One", "Without a manifest."));
    watching.until_it_says("--clean");
    fs::remove_dir_all(place.path("public")).expect("removed");
    watching.settle();
    edit(&watching, "With a new one.");
}

#[test]
fn other_builds_into_the_same_output_do_not_disturb() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    let second = Watching::start(&place, &[]);
    for round in 0..3 {
        place.write("content/briefings/two.md", page("Two", &format!("Round {round}.")));
        place.build().fine();
        watching.settle();
        edit(&second, &format!("Round {round}."));
    }
    second.signal("-INT");
    assert_eq!(second.end(), Some(0));
    edit(&watching, "Alone again.");
}

#[test]
fn a_link_to_the_output_is_refused_before_the_output_holds_itself() {
    let place = site();
    let watching = Watching::start(&place, &[]);
    symlink("../public", place.path("static/loop")).expect("linked");
    watching.until_it_says("the symbolic link `static/loop` leads to the output folder");
    assert!(!place.path("public/loop").exists());
    place.build().ends_with(2).says(&["static/loop"]);
    place.remove("static/loop");
    edit(&watching, "Without the link.");
}

#[test]
#[ignore = "needs what tests/run installs"]
fn git_may_check_out_and_stash_while_it_is_built() {
    let place = site();
    let git = |args: &[&str]| {
        let all = [&["-c", "user.email=a@example.org", "-c", "user.name=A"], args].concat();
        let output = Command::new("git").current_dir(place.root()).args(all).output().expect("`tests/run` installs Git");
        assert!(output.status.success(), "{args:?}: {output:?}");
    };
    place.write(".gitignore", "/public\n/.chancery\n");
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "One"]);
    git(&["checkout", "-qb", "other"]);
    for number in 0..20 {
        place.write(&format!("content/git/d{}/p{number}.md", number % 5), page(&format!("Page {number}"), "Text."));
    }
    place.write("content/briefings/two.md", page("Two", "Of the other branch."));
    git(&["add", "."]);
    git(&["commit", "-qm", "Two"]);
    let watching = Watching::start(&place, &[]);
    for branch in ["main", "other"] {
        git(&["checkout", "-q", branch]);
        watching.settle();
    }
    place.write("content/briefings/two.md", page("Two", "To be stashed."));
    place.write("content/untracked.md", page("Untracked", "Text."));
    for _ in 0..5 {
        git(&["stash", "-qu"]);
        git(&["checkout", "-q", "main"]);
        git(&["checkout", "-q", "other"]);
        git(&["stash", "pop", "-q"]);
    }
    watching.settle();
    git(&["clean", "-qfd"]);
    git(&["checkout", "-q", "."]);
    watching.settle();
    edit(&watching, "By hand.");
}
