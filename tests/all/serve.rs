//! `chancery serve`, with the real program, real events and real connections.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Place, free_port, project};

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
        self.ask("GET", path, "")
    }

    /// The same of any method, with further headers.
    fn ask(&self, method: &str, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").expect("a request");
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
        let body = without_script(body);
        assert_eq!(body, String::from_utf8_lossy(&bytes), "{path}");
    }
}

/// A page without what the preview adds.
fn without_script(page: &str) -> String {
    let Some((before, rest)) = page.split_once("<script src=\"/_chancery/preview.js\"") else { return page.into() };
    let (_, after) = rest.split_once("</script>").expect("an end");
    [before, after].concat()
}

#[test]
fn a_name_that_no_template_is_given_is_told_in_the_terminal_and_gone_when_mended() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    place.write("templates/briefing.html", "<body>{{ pgae.title }}</body>");
    preview.until("it is told", |preview| preview.place.read("err").contains("uses `pgae`, which no template is given"));
    assert!(preview.place.read("err").contains("did you mean `page`?"));
    place.write("templates/briefing.html", "<body>{{ page.title }}</body>");
    preview.until("it says that it is mended", |preview| preview.place.read("out").contains("; mended"));
}

#[test]
fn a_mistake_that_only_rendering_finds_is_told_in_the_terminal_once_until_it_is_mended() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    let save = |text: &str, times: usize| {
        place.write("templates/briefing.html", text);
        preview.until("the template is read", |preview| preview.place.read("out").matches("templates/briefing.html").count() == times);
    };
    let wrong = "<body>{% for item in [1] %}{{ item | date(format=1) }}{% endfor %}</body>";
    save(wrong, 1);
    assert_eq!(preview.place.read("err"), "", "it can be read");
    for path in ["/sub/briefings/a/", "/sub/briefings/b/", "/sub/briefings/a/"] {
        preview.get(path);
    }
    let count = |preview: &Preview| preview.place.read("err").matches("error[bad-template]").count();
    preview.until("it is told", |preview| count(preview) > 0);
    assert_eq!(count(&preview), 1, "{}", place.read("err"));
    assert!(
        place.read("err").contains("while rendering `/sub/briefings/a/`") || place.read("err").contains("while rendering `/briefings/a/`"),
        "{}",
        place.read("err")
    );
    save("<body>{{ page.title }}</body>", 2);
    ["/sub/briefings/a/", "/sub/briefings/b/"].iter().for_each(|path| drop(preview.get(path)));
    save(wrong, 3);
    preview.get("/sub/briefings/b/");
    preview.until("it is told once more", |preview| count(preview) > 1);
    assert_eq!(count(&preview), 2, "{}", place.read("err"));
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
fn a_broken_link_holds_nothing_back_and_is_marked_where_it_stands() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    place.write("content/briefings/a.md", page("First", "New text with [a link](gone.md)."));
    let mark = "New text with <mark data-chancery-fault=\"content/briefings/a.md:8:15\">a link</mark>.";
    preview.shows("/sub/briefings/a/", mark);
    preview.until("the link is told", |preview| preview.place.read("err").contains("broken-link"));
    assert!(preview.get("/sub/briefings/a/").contains("<link rel=\"stylesheet\" href=\"/_chancery/marks.css\"></head>"));
    assert!(preview.get("/_chancery/marks.css").contains("data-chancery-fault"));
    assert!(!preview.get("/sub/briefings/b/").contains("marks.css"));
    for path in ["/sub/", "/sub/briefings/", "/sub/feed.xml", "/sub/feed.json", "/sub/topics/trade/"] {
        assert!(!preview.get(path).contains("chancery-fault"), "{path} is marked");
    }
}

#[test]
fn links_that_are_only_warned_of_are_as_in_a_build() {
    let place = place();
    place.write("site.toml", format!("{SETTINGS}[links]\ninternal = \"warn\"\n"));
    place.write("content/briefings/a.md", page("First", "New text with [a link](gone.md)."));
    place.build().fine();
    let built = String::from_utf8_lossy(&place.output()["briefings/a/index.html"]).into_owned();
    let preview = Preview::start(&place, &[]);
    let answer = preview.get("/sub/briefings/a/");
    assert_eq!(without_script(answer.split_once("\r\n\r\n").expect("a body").1), built);
    let strict = Preview::start(&place, &["--strict"]);
    assert!(strict.get("/sub/briefings/a/").contains("a.md:8:15\">a link</mark>"));
    let plain = Preview::start(&place, &["--strict", "--no-reload"]);
    assert!(plain.get("/sub/briefings/a/").contains("New text with a link."));
}

/// The first event for a page.
fn event(preview: &Preview, path: &str) -> serde_json::Value {
    let mut stream = TcpStream::connect(&preview.address).expect("a connection");
    write!(stream, "GET /_chancery/events?path={path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
    let data =
        BufReader::new(stream).lines().map(|line| line.expect("a line")).find_map(|line| line.strip_prefix("data: ").map(String::from));
    serde_json::from_str(&data.expect("an event")).expect("JSON")
}

#[test]
fn a_page_knows_the_key_it_was_made_under_and_is_told_of_its_own_problems_first() {
    let place = place();
    place.write("content/briefings/a.md", page("First", "[x](gone.md)"));
    place.write("content/briefings/b.md", page("Second", &"[y](gone.md) ".repeat(60)));
    place.write("content/briefings/c.md", page("Third", "[[Nobody]]"));
    let preview = Preview::start(&place, &[]);
    for (path, own) in [("/sub/briefings/a/", "a.md:8:1"), ("/sub/briefings/c/", "c.md:8:1"), ("/sub/nowhere/", "a.md:8:1")] {
        let reports = event(&preview, path);
        let tag = format!("data-key={} data-files={} defer", reports["key"], reports["files"]);
        assert!(preview.get(path).contains(&tag), "{path}: {tag}");
        assert_eq!(reports["problems"][0]["place"], format!("content/briefings/{own}"));
        assert_eq!((reports["problems"].as_array().map(Vec::len), &reports["count"]), (Some(50), &62.into()));
    }
}

#[test]
fn a_site_that_gives_its_name_to_this_machine_reads_nothing() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    let ask = |request: &str| {
        let mut stream = TcpStream::connect(&preview.address).expect("a connection");
        write!(stream, "{request}\r\nConnection: close\r\n\r\n").expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    for path in ["/sub/briefings/a/", "/_chancery/events?path=/sub/", "/nowhere/"] {
        let answer = ask(&format!("GET {path} HTTP/1.1\r\nHost: evil.example:1111"));
        assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("`localhost`") && !answer.contains("First"), "{answer}");
    }
    assert!(ask("GET http://evil.example/sub/ HTTP/1.1\r\nHost: localhost").starts_with("HTTP/1.1 403"));
    for host in [&preview.address, "LOCALHOST:1111", "[::1]", "example.org"] {
        assert!(ask(&format!("GET /sub/briefings/a/ HTTP/1.1\r\nHost: {host}")).contains("First"), "{host}");
    }
}

#[test]
fn templates_that_never_end_hold_nobody_else_up() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    preview.shows("/sub/briefings/a/", "One.");
    let endless =
        "{% for a in range(end=99999) %}{% for b in range(end=99999) %}{% for c in range(end=99999) %}{% endfor %}{% endfor %}{% endfor %}";
    place.write("templates/briefing.html", endless);
    let changes = |preview: &Preview| preview.place.read("out").matches("templates/briefing.html").count();
    preview.until("the template is read", |preview| changes(preview) == 1);
    let wait = || {
        let mut stream = TcpStream::connect(&preview.address).expect("a connection");
        write!(stream, "GET /sub/briefings/a/ HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
        stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a timeout");
        assert!(stream.read(&mut [0]).is_err(), "it ends after all");
        stream
    };
    let waiting: Vec<TcpStream> = (0..3).map(|_| wait()).collect();
    assert!(preview.get("/sub/topics/trade/").contains("First"));
    place.remove("templates/briefing.html");
    preview.until("the template is gone", |preview| changes(preview) == 2);
    assert!(preview.get("/sub/briefings/a/").contains("One."));
    drop(waiting);
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
fn the_clock_is_told_if_it_is_not_that_of_the_machine() {
    let place = place();
    let reports = |flags: &[&str]| Preview::start(&place, flags).place.read("out");
    let fixed = reports(&["--now", "2026-03-01T09:30:00Z"]);
    assert!(fixed.starts_with("Serving 2 pages as of 2026-03-01T09:30:00Z (--now) at http://"), "{fixed}");
    assert!(reports(&[]).starts_with("Serving 2 pages at http://"), "the clock of the machine is not told");
}

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let place = place();
    let first = Preview::start(&place, &[]);
    let port = first.address.rsplit(':').next().expect("a port").to_string();
    let run = place.run(&["serve", "--port", &port]).ends_with(3);
    assert!(run.err.contains("choose another port"), "{}", run.err);
    let run = place.run(&["serve", "--interface", "192.0.2.1"]).ends_with(3);
    assert!(run.err.contains("an address of this machine"), "{}", run.err);
}

#[test]
fn stages_reasons_and_the_comparison_with_a_clean_site_are_told_after_each_change() {
    let place = place();
    let preview = Preview::start(&place, &["--timings", "--explain", "--verify"]);
    let said = |preview: &Preview, text: &str| preview.place.read("out").contains(text);
    preview.until("the first site is verified", |preview| said(preview, "Verified "));
    let stages = |preview: &Preview| preview.place.read("out").matches("front matter").count();
    assert_eq!(stages(&preview), 1);
    assert!(!said(&preview, "Template or output") && !said(&preview, ": new"), "{}", place.read("out"));
    place.write("content/briefings/b.md", page("Second", "Three."));
    preview.until("the part is named", |preview| said(preview, "briefings/b/index.html: part content changed\n"));
    preview.until("it is verified again", |preview| preview.place.read("out").matches("Verified ").count() == 2);
    assert!(stages(&preview) >= 2);
    place.write("static/x.txt", "plain");
    preview.until("a new file is told", |preview| said(preview, "x.txt: new\n"));
    place.remove("content/briefings/b.md");
    preview.until("a removed one too", |preview| said(preview, "briefings/b/index.html: removed; no longer part of the site\n"));
    assert!(!place.read("err").contains("mistake of the program"), "{}", place.read("err"));
}

#[test]
fn two_previews_and_a_build_of_one_site_do_not_disturb_each_other() {
    let place = place();
    let first = Preview::start(&place, &[]);
    let second = Preview::start(&place, &[]);
    assert_ne!(first.address, second.address);
    for text in ["Once.", "Twice."] {
        place.write("content/briefings/a.md", page("First", text));
        place.build().fine();
        first.shows("/sub/briefings/a/", text);
        second.shows("/sub/briefings/a/", text);
    }
}

#[test]
fn a_root_that_goes_and_comes_back_is_shown_on() {
    let place = place();
    let preview = Preview::start(&place, &[]);
    let away = place.root().with_extension("away");
    std::fs::rename(place.root(), &away).expect("moved");
    std::fs::write(away.join("content/briefings/a.md"), page("First", "Edited while it was away.")).expect("written");
    assert!(preview.get("/sub/briefings/a/").contains("One."));
    std::fs::rename(&away, place.root()).expect("moved");
    preview.shows("/sub/briefings/a/", "Edited while it was away.");
    place.write("content/briefings/a.md", page("First", "After it came back."));
    preview.shows("/sub/briefings/a/", "After it came back.");
}

#[test]
fn an_address_without_its_slash_and_one_outside_lead_into_the_site() {
    let place = place();
    let preview = Preview::start(&place, &["--no-reload"]);
    let moved = preview.get("/sub/briefings/a");
    assert!(moved.starts_with("HTTP/1.1 302") && moved.contains("location: /sub/briefings/a/"), "{moved}");
    for above in ["/", "/sub"] {
        let moved = preview.get(above);
        assert!(moved.starts_with("HTTP/1.1 302") && moved.contains("location: /sub/\r\n"), "{above}: {moved}");
    }
    assert!(!preview.get("/sub/briefings/a/").contains("_chancery"));
    assert!(preview.get("/sub/../../etc/passwd").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_part_of_a_file_is_given_to_whoever_asks_for_it() {
    let place = place();
    place.write("static/talk.mp4", "0123456789");
    let preview = Preview::start(&place, &[]);
    let part = |headers: &str| preview.ask("GET", "/sub/talk.mp4", headers);
    let some = part("Range: bytes=2-4\r\n");
    assert!(
        some.starts_with("HTTP/1.1 206") && some.contains("content-range: bytes 2-4/10\r\n") && some.ends_with("\r\n\r\n234"),
        "{some}"
    );
    let last = part("Range: bytes=-3\r\n");
    assert!(last.contains("content-range: bytes 7-9/10\r\n") && last.ends_with("\r\n\r\n789"), "{last}");
    let beyond = part("Range: bytes=10-\r\n");
    assert!(beyond.starts_with("HTTP/1.1 416") && beyond.contains("content-range: bytes */10\r\n"), "{beyond}");
    for headers in ["", "Range: bytes=0-1,4-5\r\n", "Range: bytes=2-4\r\nIf-Range: \"x\"\r\n"] {
        let whole = part(headers);
        assert!(
            whole.starts_with("HTTP/1.1 200") && whole.contains("accept-ranges: bytes\r\n") && whole.ends_with("\r\n\r\n0123456789"),
            "{whole}"
        );
    }
    let head = preview.ask("HEAD", "/sub/talk.mp4", "");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-length: 10\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_browser_reloads_swaps_and_shows_mistakes() {
    let place = place();
    place.write("themes/own/static/site.css", "body { color: rgb(1, 2, 3); }\n");
    place.write("site.toml", format!("{SETTINGS}theme = \"own\"\n"));
    // A port of its own: while it is free, another preview would take the next one after 1111.
    let port = free_port().to_string();
    let mut preview = Preview::start(&place, &["--port", &port]);
    let mut browser = Command::new("node")
        .arg(project("tests/web/preview.mjs"))
        .args([&format!("http://{}/sub/", preview.address), &place.root().to_string_lossy().into_owned()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`tests/run` installs Node.js");
    let mut answers = browser.stdin.take().expect("a pipe");
    for asked in BufReader::new(browser.stdout.take().expect("a pipe")).lines() {
        match asked.expect("a line").as_str() {
            "stop" => drop(preview.program.kill().and_then(|()| preview.program.wait())),
            _ => preview = Preview::start(&place, &["--port", &port]),
        }
        // A browser that has failed does not listen any more.
        let _ = writeln!(answers);
    }
    assert!(browser.wait().expect("it ends").success(), "what went wrong is told above");
}
