//! `chancery serve`, with the real program, real events and real connections.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Place, project};

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n";

/// A running preview.
struct Preview<'p> {
    place: &'p Place,
    program: Child,
    address: String,
}

impl<'p> Preview<'p> {
    fn start(place: &'p Place, flags: &[&str]) -> Preview<'p> {
        let out = File::create(place.path("out")).expect("a file");
        let err = File::create(place.path("err")).expect("a file");
        let program = place.command(&[&["serve"], flags].concat()).stdout(out).stderr(err).spawn().expect("the program starts");
        let mut preview = Preview { place, program, address: String::new() };
        preview.until("it says where it serves", |preview| preview.place.read("out").contains("Ctrl-C"));
        let said = place.read("out");
        let rest = said.split("http://").nth(1).expect("an address");
        preview.address = rest.split('/').next().expect("a host").to_string();
        preview
    }

    /// Waits until `is_so`.
    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn(&Preview) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < PATIENCE, "{what}; the program said {}{}", self.place.read("out"), self.place.read("err"));
            sleep(PAUSE);
        }
    }

    /// The whole answer to a request.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Waits until the page at `path` says `text`.
    #[track_caller]
    fn shows(&self, path: &str, text: &str) {
        self.until(&format!("{path} does not say {text:?}"), |preview| preview.get(path).contains(text));
    }
}

impl Drop for Preview<'_> {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: Always the same.\ntopics: [Trade]\n---\n\n{text}\n")
}

fn place() -> Place {
    Place::new(&[
        ("site.toml", SETTINGS),
        ("content/briefings/a.md", &page("First", "One. See [b](b.md).")),
        ("content/briefings/b.md", &page("Second", "Two.")),
    ])
}

#[test]
fn every_save_is_shown_on_its_page_and_on_all_that_show_it() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    preview.shows("/sub/briefings/a/", "One.");
    place.write("content/briefings/a.md", page("Renamed", "Three."));
    preview.shows("/sub/briefings/a/", "Three.");
    for path in ["/sub/", "/sub/topics/trade/", "/sub/briefings/", "/sub/feed.xml", "/sub/archive/2026/"] {
        assert!(preview.get(path).contains("Renamed"), "{path} is stale");
    }
    place.write("templates/briefing.html", "<body>{{ page.title }} by a template</body>");
    preview.shows("/sub/briefings/b/", "Second by a template");
    place.write("static/x.txt", "plain");
    preview.shows("/sub/x.txt", "plain");
    place.remove("content/briefings/b.md");
    preview.until("a removed page is gone", |preview| preview.get("/sub/briefings/b/").starts_with("HTTP/1.1 404"));
    assert!(!place.path("public").exists(), "a preview writes no output");
}

#[test]
fn pages_are_those_of_a_build_but_for_the_script() {
    let place = place();
    place.build().fine();
    let preview = Preview::start(&place, &[]);
    for (path, bytes) in place.output() {
        let answer = preview.get(&format!("/sub/{}", path.replace("index.html", "")));
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        let body = body.replace("<script src=\"/_chancery/preview.js\" defer></script>", "");
        assert_eq!(body, String::from_utf8_lossy(&bytes), "{path}");
    }
}

#[test]
fn a_mistake_keeps_the_last_good_version_of_its_file_only() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    place.write("content/briefings/a.md", "---\ntitle: [\n---\n\nBroken.\n");
    preview.until("the mistake is told", |preview| preview.place.read("err").contains("bad-yaml"));
    assert!(preview.get("/sub/briefings/a/").contains("One."));
    place.write("content/briefings/b.md", page("Second", "Four."));
    preview.shows("/sub/briefings/b/", "Four.");
    assert!(preview.get("/sub/briefings/a/").contains("One."));
    place.write("site.toml", "title = [");
    preview.until("bad settings are told", |preview| preview.place.read("err").contains("bad-toml"));
    assert!(preview.get("/sub/briefings/a/").contains("One."));
    place.write("templates/briefing.html", "{% if %}");
    preview.until("a bad template is told", |preview| preview.place.read("err").contains("bad-template"));
    assert!(preview.get("/sub/briefings/b/").contains("Four."));
    place.write("site.toml", SETTINGS);
    place.remove("templates/briefing.html");
    place.write("content/briefings/a.md", page("First", "Mended."));
    preview.shows("/sub/briefings/a/", "Mended.");
    preview.until("it says that all is mended", |preview| preview.place.read("out").contains("mended"));
}

#[test]
fn a_broken_link_holds_nothing_back() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    place.write("content/briefings/a.md", page("First", "New text with [a link](gone.md)."));
    preview.shows("/sub/briefings/a/", "New text with a link.");
    preview.until("the link is told", |preview| preview.place.read("err").contains("broken-link"));
}

#[test]
fn what_is_due_appears_by_itself() {
    let place = place();
    let soon = jiff::Timestamp::try_from(std::time::UNIX_EPOCH.elapsed().map(|now| std::time::UNIX_EPOCH + now).expect("after 1970"))
        .expect("an instant")
        + jiff::SignedDuration::from_secs(3);
    place.write("content/briefings/c.md", format!("---\ntitle: Third\npublish_at: {soon}\n---\n\nText.\n"));
    let preview = Preview::start(&place, &[]);
    preview.shows("/sub/briefings/c/", "Third");
    preview.shows("/sub/", "Third");
}

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let place = place();
    let first = Preview::start(&place, &[]);
    let port = first.address.rsplit(':').next().expect("a port").to_string();
    let run = place.run(&["serve", "--port", &port]).ends_with(3);
    assert!(run.err.contains("choose another port"), "{}", run.err);
}

#[test]
fn an_address_without_its_slash_and_one_outside_lead_into_the_site() {
    let place = place();
    let preview = Preview::start(&place, &["--no-reload"]);
    let moved = preview.get("/sub/briefings/a");
    assert!(moved.starts_with("HTTP/1.1 302") && moved.contains("location: /sub/briefings/a/"), "{moved}");
    assert!(preview.get("/").contains("location: /sub/"));
    assert!(!preview.get("/sub/briefings/a/").contains("_chancery"));
    assert!(preview.get("/sub/../../etc/passwd").starts_with("HTTP/1.1 404"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_browser_reloads_swaps_and_shows_mistakes() {
    let place = place();
    place.write("themes/own/static/site.css", "body { color: rgb(1, 2, 3); }\n");
    place.write("site.toml", format!("{SETTINGS}theme = \"own\"\n"));
    let preview = Preview::start(&place, &[]);
    let output = Command::new("node")
        .arg(project("tests/web/preview.mjs"))
        .args([&format!("http://{}/sub/", preview.address), &place.root().to_string_lossy().into_owned()])
        .stdin(Stdio::null())
        .output()
        .expect("`tests/run` installs Node.js");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
