//! Another machine, by `rsync` over a real `sshd`.

use std::fs;
use std::process::Command;

use super::servers::Sshd;
use super::{Kill, Moment, is_published, killed, page, site};
use crate::place::{Place, Run, tree};

/// A server and a site whose target is a folder of it.
fn server() -> (Sshd, Place) {
    let sshd = Sshd::start();
    let place = site("");
    let user = Command::new("id").arg("-un").output().expect("a name").stdout;
    let user = String::from_utf8_lossy(&user).trim().to_string();
    let target = format!("target = \"rsync\"\ndestination = \"{user}@127.0.0.1:{}\"", place.path("it's remote").display());
    place.write("site.toml", place.read("site.toml") + &target + "\n");
    (sshd, place)
}

fn command(sshd: &Sshd, place: &Place, args: &[&str]) -> Command {
    let mut command = place.command(&[&["publish"], args].concat());
    command.env("RSYNC_RSH", sshd.shell());
    command
}

fn publish(sshd: &Sshd, place: &Place, args: &[&str]) -> Run {
    Run::new(command(sshd, place, args).output().expect("the program starts"))
}

fn remote(place: &Place) -> crate::place::Tree {
    tree(&place.path("it's remote"))
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_other_machine_has_the_output_and_nothing_of_ours_besides() {
    let (sshd, place) = server();
    publish(&sshd, &place, &[]).fine();
    is_published(&remote(&place), &place);
    assert!(publish(&sshd, &place, &[]).fine().out.contains("Nothing to publish"));
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    place.write("it's remote/mine.txt", "mine");
    publish(&sshd, &place, &[]).fine();
    let mut there = remote(&place);
    assert_eq!(there.remove("mine.txt").as_deref(), Some(&b"mine"[..]));
    is_published(&there, &place);
    assert!(!place.path("it's remote/briefings/p1").exists(), "a folder that holds nothing goes too");
}

#[test]
#[ignore = "needs what tests/run installs"]
fn what_somebody_else_changed_is_mended_when_asked_for_even_with_its_size_and_time() {
    let (sshd, place) = server();
    publish(&sshd, &place, &[]).fine();
    let file = place.path("it's remote/briefings/p1/index.html");
    let changed = fs::read_to_string(&file).expect("a page").replace("Text.", "Tixt.");
    let time = fs::metadata(&file).and_then(|data| data.modified()).expect("a time");
    fs::write(&file, changed).expect("written");
    fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(time)).expect("set");
    place.remove("it's remote/feed.xml");
    assert!(publish(&sshd, &place, &["--verify-remote"]).fine().out.contains("; 2 files sent"));
    is_published(&remote(&place), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_run_that_is_killed_anywhere_can_be_run_again_and_ends_right() {
    let (sshd, place) = server();
    publish(&sshd, &place, &["--yes"]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Text. And more of it."));
    let before = Moment::new(place.root());
    publish(&sshd, &place, &["--yes"]).fine();
    let whole = before.changes();
    for round in 0..10 {
        place.write("content/briefings/p1.md", page("Page 1", &format!("Round {round}.")));
        place.write(&format!("content/briefings/r{round}.md"), page(&format!("R {round}"), "Text."));
        if round > 0 {
            place.remove(&format!("content/briefings/r{}.md", round - 1));
        }
        // From the beginning to just before the end, in no order.
        let (before, step) = (Moment::new(place.root()), whole * (round * 7 % 10) / 10);
        killed(command(&sshd, &place, &["-q", "--yes"]), Kill::Program, || before.changes() >= step);
    }
    publish(&sshd, &place, &["--yes"]).fine();
    is_published(&remote(&place), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_lock_holds_while_another_publishes_and_is_void_when_it_is_dead() {
    let (sshd, place) = server();
    let note = |process: u32| {
        let renewed = "2100-01-01T00:00:00Z";
        format!("{{\"host\":\"h\",\"machine\":\"m\",\"process\":{process},\"since\":\"2026-01-01T00:00:00Z\",\"renewed\":\"{renewed}\"}}")
    };
    place.write("it's remote/.chancery-lock.json", note(7));
    publish(&sshd, &place, &[]).ends_with(3).says(&["process 7 on `h`"]);
    place.write("it's remote/.chancery-lock.json", note(7).replace("2100", "2026"));
    publish(&sshd, &place, &[]).fine();
    is_published(&remote(&place), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_machine_that_does_not_answer_is_told_with_what_to_try() {
    let (sshd, place) = server();
    let mut command = command(&sshd, &place, &[]);
    command.env("RSYNC_RSH", "ssh -p 1");
    Run::new(command.output().expect("the program starts")).ends_with(3).says(&["cannot reach `", "Connection refused", "try `ssh -p 1 "]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_file_can_become_a_folder_and_back() {
    let (sshd, place) = server();
    place.write("static/thing", "a file");
    publish(&sshd, &place, &[]).fine();
    place.remove("static/thing");
    place.write("static/thing/inner.txt", "in a folder");
    publish(&sshd, &place, &[]).fine();
    is_published(&remote(&place), &place);
    fs::remove_dir_all(place.path("static/thing")).expect("a folder");
    place.write("static/thing", "a file");
    publish(&sshd, &place, &[]).fine();
    is_published(&remote(&place), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn what_lies_behind_a_link_of_somebody_else_is_not_deleted_and_nothing_half_sent_stays() {
    let (sshd, place) = server();
    place.write("static/docs/a.txt", "a");
    publish(&sshd, &place, &[]).fine();
    fs::remove_dir_all(place.path("it's remote/docs")).expect("a folder");
    place.write("outside/a.txt", "mine");
    std::os::unix::fs::symlink(place.path("outside"), place.path("it's remote/docs")).expect("linked");
    place.write("it's remote/.chancery-temporary/.secret.html.x", "half");
    fs::remove_dir_all(place.path("static/docs")).expect("a folder");
    publish(&sshd, &place, &[]).fine();
    assert_eq!(place.read("outside/a.txt"), "mine");
    assert!(!place.path("it's remote/.chancery-temporary").exists());
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_file_of_somebody_else_is_not_replaced_without_a_question() {
    let (sshd, place) = server();
    publish(&sshd, &place, &[]).fine();
    place.write("it's remote/briefings/p9/index.html", "mine");
    place.write("content/briefings/p9.md", page("Page 9", "Text."));
    publish(&sshd, &place, &[]).ends_with(3).says(&["Chancery has not published `briefings/p9/index.html`"]);
    assert_eq!(place.read("it's remote/briefings/p9/index.html"), "mine");
}
