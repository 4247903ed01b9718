//! Buckets, on a real S3 server, and a network that fails.

use std::process::{Command, Stdio};
use std::time::Duration;

use object_store::Attribute;

use super::bucket::{Bucket, KEYS, s3_port};
use super::proxy::{Fate, Proxy};
use super::{Kill, is_published, killed, page, site};
use crate::place::{Place, Run};

fn command(place: &Place, args: &[&str]) -> Command {
    let mut command = place.command(&[&["publish"], args].concat());
    command.envs(KEYS);
    command
}

fn publish(place: &Place, args: &[&str]) -> Run {
    Run::new(command(place, args).output().expect("the program starts"))
}

/// The paths of requests with this beginning, such as `PUT`, without the bucket, notes of ours and queries.
fn paths(requests: &[String], method: &str) -> Vec<String> {
    let inside = requests.iter().filter_map(|line| line.strip_prefix(method)?.trim().split('/').nth(2).map(|_| line));
    let paths = inside.map(|line| line.splitn(3, '/').nth(2).expect("a path").split('?').next().expect("a path").to_string());
    paths.filter(|path| !path.starts_with(".chancery")).collect()
}

#[test]
#[ignore = "needs what tests/run installs"]
fn objects_are_the_output_and_say_what_they_are() {
    let bucket = Bucket::new("headers");
    let place = site(&bucket.target());
    let run = publish(&place, &[]).fine();
    assert!(run.out.contains("  + /briefings/p1/  Page 1\n"), "{}", run.out);
    is_published(&bucket.tree(), &place);
    let says = |path: &str, attribute| bucket.attributes(path).get(&attribute).map(|value| value.to_string()).unwrap_or_default();
    assert_eq!(says("index.html", Attribute::ContentType), "text/html; charset=utf-8");
    assert_eq!(says("index.html", Attribute::CacheControl), "public, max-age=60, must-revalidate");
    let style = bucket.tree().into_keys().find(|path| path.starts_with("assets/") && path.ends_with(".css")).expect("a style sheet");
    assert_eq!(says(&style, Attribute::CacheControl), "public, max-age=31536000, immutable");
    assert_eq!(says(&style, Attribute::ContentType), "text/css; charset=utf-8");
    assert!(bucket.tree().keys().all(|path| !path.starts_with(".chancery-lock") && !path.starts_with(".chancery-underway")));
    let manifest = String::from_utf8(bucket.tree().remove(".chancery-manifest.json").expect("a manifest")).expect("text");
    assert!(!manifest.contains("secret") && !manifest.contains("content/"), "{manifest}");
}

#[test]
#[ignore = "needs what tests/run installs"]
fn copies_beside_texts_say_how_they_are_compressed() {
    let bucket = Bucket::new("copies");
    let place = site(&format!("{}\nprecompressed = [\"br\", \"gz\"]", bucket.target()));
    publish(&place, &[]).fine();
    let coding = |path: &str| bucket.attributes(path).get(&Attribute::ContentEncoding).map(|value| value.to_string());
    let says = |path: &str| bucket.attributes(path).get(&Attribute::ContentType).map(|value| value.to_string());
    assert_eq!(coding("index.html.br").as_deref(), Some("br"));
    assert_eq!(coding("index.html.gz").as_deref(), Some("gzip"));
    assert_eq!(coding("index.html"), None);
    assert_eq!(says("index.html.br").as_deref(), Some("text/html; charset=utf-8"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn one_change_sends_the_page_its_lists_and_the_manifest() {
    let bucket = Bucket::new("one-change");
    let proxy = Proxy::to(s3_port(), Box::new(|_, _| Fate::Passes));
    let place = site(&bucket.target_at(proxy.port));
    publish(&place, &[]).fine();
    let before = proxy.requests().len();
    assert!(publish(&place, &[]).fine().out.contains("Nothing to publish"));
    let nothing = proxy.requests();
    assert_eq!(paths(&nothing[before..], "PUT"), [""; 0]);
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("summary: S", "summary: Other"));
    publish(&place, &[]).fine();
    let sent = paths(&proxy.requests()[nothing.len()..], "PUT");
    let (index, others): (Vec<String>, Vec<String>) =
        sent.into_iter().partition(|path| path.starts_with("search/index") || path.starts_with("cards/"));
    let mut pages: Vec<&str> = others.iter().map(String::as_str).collect();
    pages.sort_unstable();
    let expected = ["briefings/index.html", "briefings/p1/index.html", "feed.json", "feed.xml", "index.html", "tags/a/index.html"];
    assert!(expected.iter().all(|path| pages.contains(path)), "{pages:?}");
    assert!(pages.iter().all(|path| !path.contains("p2") && !path.starts_with("assets/")) && !index.is_empty(), "{pages:?}");
    let all = proxy.requests()[nothing.len()..].join("\n");
    assert!(all.contains(".chancery-manifest.json"), "{all}");
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn what_became_hidden_goes_first_and_pages_come_after_what_they_are_made_with() {
    let bucket = Bucket::new("order");
    let proxy = Proxy::to(s3_port(), Box::new(|_, _| Fate::Passes));
    let place = site(&bucket.target_at(proxy.port));
    publish(&place, &[]).fine();
    let before = proxy.requests().len();
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    place.remove("content/briefings/p2.md");
    place.write("content/briefings/new.md", page("New", "Text."));
    place.write("static/picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    publish(&place, &[]).fine();
    let requests = proxy.requests()[before..].to_vec();
    let at = |part: &str| {
        requests.iter().position(|line| line.starts_with("PUT") && line.contains(part)).unwrap_or_else(|| panic!("{part}: {requests:#?}"))
    };
    let deletions: Vec<usize> = requests.iter().enumerate().filter(|(_, line)| line.starts_with("POST")).map(|(at, _)| at).collect();
    let [hidden, gone, ..] = deletions[..] else { panic!("{requests:#?}") };
    let order = [at("underway"), hidden, at("picture.svg"), at("new/index.html"), at("feed.xml"), gone, at("manifest")];
    assert!(order.is_sorted(), "{order:?} of {requests:#?}");
    is_published(&bucket.tree(), &place);
    assert!(bucket.tree().keys().all(|path| !path.contains("p1/") && !path.contains("p2/")));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_network_that_fails_now_and_then_is_asked_again() {
    let bucket = Bucket::new("faults");
    let fate = |number: usize, _: &str| match number % 12 {
        3 => Fate::IsLost,
        5 => Fate::Fails,
        7 => Fate::LosesItsAnswer,
        11 => Fate::IsPutOff,
        _ => Fate::Passes,
    };
    let proxy = Proxy::to(s3_port(), Box::new(fate));
    let place = site(&bucket.target_at(proxy.port));
    publish(&place, &[]).fine();
    is_published(&bucket.tree(), &place);
    place.write("content/briefings/p1.md", page("Page 1", "Other."));
    place.remove("content/briefings/p2.md");
    publish(&place, &[]).fine();
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_run_that_is_killed_anywhere_can_be_run_again_and_ends_right() {
    let bucket = Bucket::new("killed");
    let proxy = Proxy::to(s3_port(), Box::new(|_, _| Fate::Passes));
    let place = site(&bucket.target_at(proxy.port));
    let mut was_killed = 0;
    for round in 0..50 {
        // Every other run meets another site, so that what was begun for the one before must be undone.
        place.write("content/briefings/p1.md", page("Page 1", &format!("Round {round}.")));
        match round % 4 {
            0 => place.write(&format!("content/briefings/r{round}.md"), page(&format!("R {round}"), "Text.")),
            2 => place.remove(&format!("content/briefings/r{}.md", round - 2)),
            _ => {}
        }
        // Each is killed when so many of its requests have come through.
        let (before, step) = (proxy.requests().len(), round * 7 % 25);
        was_killed += usize::from(killed(command(&place, &["-q", "--yes"]), Kill::Program, || proxy.requests().len() >= before + step));
        if round % 2 == 1 {
            publish(&place, &["--yes"]).fine();
            is_published(&bucket.tree(), &place);
        }
    }
    assert!(was_killed >= 20, "only {was_killed} were still running when they were killed");
    let left = bucket.tree();
    assert!(!left.contains_key(".chancery-lock.json") && !left.contains_key(".chancery-underway.json"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn of_two_at_once_one_is_told_who_publishes() {
    let bucket = Bucket::new("two");
    let slow = |_: usize, line: &str| {
        if line.starts_with("PUT") {
            std::thread::sleep(Duration::from_millis(30));
        }
        Fate::Passes
    };
    let proxy = Proxy::to(s3_port(), Box::new(slow));
    let place = site(&bucket.target_at(proxy.port));
    // The same site elsewhere, as on another machine: only the lock in the bucket stands between them.
    let other = site(&bucket.target());
    let mut first = command(&place, &["-q"]).spawn().expect("the program starts");
    while !bucket.tree().contains_key(".chancery-lock.json") {
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = publish(&other, &[]).ends_with(3);
    second.says(&[&format!("process {} on ", first.id()), "has been publishing there since", "try again when it has ended"]);
    assert!(first.wait().expect("ended").success());
    is_published(&bucket.tree(), &place);
    publish(&other, &[]).fine();
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_lock_of_another_machine_holds_for_ten_minutes_without_a_sign_of_life() {
    let bucket = Bucket::new("lock");
    let place = site(&bucket.target());
    let note = |renewed: &str| {
        format!(
            "{{\"host\":\"elsewhere\",\"machine\":\"another\",\"process\":7,\"since\":\"2026-01-01T00:00:00Z\",\"renewed\":\"{renewed}\"}}"
        )
    };
    bucket.put(".chancery-lock.json", &note("2100-01-01T00:00:00Z"));
    publish(&place, &[]).ends_with(3).says(&["process 7 on `elsewhere`"]);
    bucket.put(".chancery-lock.json", &note("2026-01-01T00:00:00Z"));
    publish(&place, &[]).fine();
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn what_somebody_else_changed_or_deleted_is_mended_when_asked_for() {
    let bucket = Bucket::new("verify");
    let place = site(&bucket.target());
    publish(&place, &[]).fine();
    bucket.put("index.html", "mine");
    bucket.remove("briefings/p1/index.html");
    assert!(publish(&place, &[]).fine().out.contains("Nothing to publish"));
    assert!(publish(&place, &["--verify-remote"]).fine().out.contains("; 2 files sent"));
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn what_chancery_has_not_published_is_asked_about_and_stays() {
    let bucket = Bucket::new("foreign");
    bucket.put("mine.txt", "mine");
    bucket.put("index.html", "old");
    let place = site(&bucket.target());
    publish(&place, &[]).ends_with(3).says(&[
        "there are 2 files that Chancery has not published:",
        "  index.html\n",
        "  mine.txt\n",
        "`--yes`",
    ]);
    assert_eq!(bucket.tree().len(), 2);
    publish(&place, &["--yes"]).fine();
    let mut tree = bucket.tree();
    assert_eq!(tree.remove("mine.txt").as_deref(), Some(&b"mine"[..]));
    is_published(&tree, &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn credentials_that_are_missing_and_a_bucket_that_is_not_there_are_told() {
    let place = site(&Bucket::new("told").target().replace("\"told\"", "\"gone\""));
    publish(&place, &[]).ends_with(3).says(&["The specified bucket does not exist", "look whether the bucket is there"]);
    place.run(&["publish"]).ends_with(3).says(&["`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`"]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn whoever_interrupts_gives_the_lock_back() {
    let bucket = Bucket::new("interrupted");
    let slow = |_: usize, line: &str| {
        if line.starts_with("PUT") {
            std::thread::sleep(Duration::from_millis(200));
        }
        Fate::Passes
    };
    let proxy = Proxy::to(s3_port(), Box::new(slow));
    let place = site(&bucket.target_at(proxy.port));
    let child = command(&place, &[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    while !bucket.tree().contains_key(".chancery-underway.json") {
        std::thread::sleep(Duration::from_millis(10));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    Run::new(child.wait_with_output().expect("ended")).ends_with(130).says(&["interrupted", "publish again"]);
    assert!(!bucket.tree().contains_key(".chancery-lock.json"));
    publish(&place, &[]).fine();
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn an_object_of_somebody_else_is_not_replaced_without_a_question() {
    let bucket = Bucket::new("stranger");
    let place = site(&bucket.target());
    publish(&place, &[]).fine();
    bucket.put("briefings/p9/index.html", "mine");
    place.write("content/briefings/p9.md", page("Page 9", "Text."));
    publish(&place, &[]).ends_with(3).says(&["Chancery has not published `briefings/p9/index.html`"]);
    assert_eq!(bucket.tree()["briefings/p9/index.html"], b"mine");
    publish(&place, &["--yes"]).fine();
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn another_lifetime_sends_a_file_again() {
    let bucket = Bucket::new("lifetimes");
    let place = site(&bucket.target());
    publish(&place, &[]).fine();
    place.write(
        "static/_headers",
        "/briefings/*\n  Cache-Control: no-cache\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n",
    );
    publish(&place, &[]).fine();
    let kept = |path: &str| bucket.attributes(path).get(&Attribute::CacheControl).map(|value| value.to_string());
    assert_eq!(kept("briefings/p1/index.html").as_deref(), Some("no-cache"));
    assert_eq!(kept("index.html").as_deref(), Some("public, max-age=60, must-revalidate"));
    is_published(&bucket.tree(), &place);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_name_that_no_object_can_have_is_told_before_anything_is_sent() {
    let bucket = Bucket::new("names");
    let place = site(&bucket.target());
    place.write("static/a\nb.txt", "x");
    publish(&place, &[]).ends_with(3).says(&["`a\\nb.txt` cannot be published there", "give the file another name"]);
    assert_eq!(bucket.tree().len(), 0);
    place.remove("static/a\nb.txt");
    publish(&place, &[]).fine();
    let mut broken = command(&place, &[]);
    broken.env("AWS_ACCESS_KEY_ID", "x\n");
    Run::new(broken.output().expect("the program starts")).ends_with(2).says(&["the variable `AWS_ACCESS_KEY_ID` holds a line end"]);
}
