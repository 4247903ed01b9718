//! `chancery links`: what is asked outside, how politely, and what is kept of the answers. The hosts are real ones, on this machine.

mod web;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::place::{Place, Run, free_port};
use web::{Reply, Web};

const LEDGER: &str = "content/_data/links.lock";

/// A site with one briefing that links to these addresses, a line each from line 6 on.
fn site(addresses: &[String]) -> Place {
    let lines: String = addresses.iter().map(|address| format!("- [it](<{address}>)\n")).collect();
    Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/desk/\"\n"),
        ("content/briefings/a.md", &format!("---\ntitle: A\ndate: 2026-01-01\n---\n\n{lines}")),
    ])
}

/// The ledger without its first line, and with days and hosts that are the same in every run.
fn ledger(place: &Place, web: &Web) -> String {
    let text = web.plain(&place.read(LEDGER));
    let is_instant = |word: &str| ["checked", "since", "good"].contains(&word.split('=').next().unwrap_or_default()) && word.contains('=');
    let line = |line: &str| {
        let words = line
            .split(' ')
            .map(|word| if is_instant(word) { format!("{}=…", word.split('=').next().unwrap_or_default()) } else { word.into() });
        words.collect::<Vec<String>>().join(" ")
    };
    text.lines().skip(1).map(line).collect::<Vec<_>>().join("\n")
}

/// The instant that it is: the program asks the same clock.
#[allow(clippy::disallowed_methods)]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A line of a ledger, of some hours ago.
fn old(address: &str, answer: &str, hours: i64) -> String {
    let then = now() - jiff::SignedDuration::from_hours(hours);
    format!("{address} {answer} checked={}\n", jiff::Timestamp::from_second(then.as_second()).expect("an instant"))
}

#[test]
fn what_hosts_say_is_told_apart() {
    let web = Web::of(2, |asked, _| match (asked.method.as_str(), asked.path.as_str()) {
        (_, "/good") => Reply::of(200),
        (_, "/moved") => Reply::to(301, "/moved-again"),
        (_, "/moved-again") => Reply::to(308, "/good"),
        (_, "/elsewhere-for-now") => Reply::to(302, "/good"),
        (_, "/see-other") => Reply::to(303, "/good"),
        (_, "/gone") => Reply::of(410),
        (_, "/led-to-nothing") => Reply::to(301, "/missing"),
        (_, "/circle") => Reply::to(302, "/circle-2"),
        (_, "/circle-2") => Reply::to(302, "/circle"),
        (_, path) if path.starts_with("/on") => Reply::to(302, format!("{path}n")),
        (_, "/out") => Reply::to(302, "ftp://files.example/"),
        (_, "/not-allowed") => Reply::of(403),
        (_, "/by-law") => Reply::of(451),
        (_, "/robots-out") => Reply::of(999),
        ("HEAD", "/no-head") => Reply::of(405),
        ("HEAD", "/no-such-method") => Reply::of(501),
        ("HEAD", "/head-is-wrong") => Reply::of(404),
        ("GET", "/no-head" | "/no-such-method" | "/head-is-wrong") => Reply::of(206),
        _ => Reply::of(404),
    });
    let first = ["good", "moved", "elsewhere-for-now", "see-other", "gone", "missing", "led-to-nothing", "circle", "on", "out"];
    let second = ["not-allowed", "by-law", "robots-out", "no-head", "no-such-method", "head-is-wrong"];
    let all: Vec<String> =
        first.iter().map(|name| web.at(1, &format!("/{name}"))).chain(second.iter().map(|name| web.at(2, &format!("/{name}")))).collect();
    let place = site(&all);
    let run = place.run(&["links"]).ends_with(1);
    insta::assert_snapshot!(ledger(&place, &web), @r"
    http://host1/circle unclear circle checked=… since=…
    http://host1/elsewhere-for-now good 200 checked=…
    http://host1/gone gone 410 checked=… since=…
    http://host1/good good 200 checked=…
    http://host1/led-to-nothing gone 404 checked=… since=…
    http://host1/missing gone 404 checked=… since=…
    http://host1/moved good 200 checked=… moved=http://host1/good
    http://host1/on unclear redirects checked=… since=…
    http://host1/out unclear astray checked=… since=…
    http://host1/see-other good 200 checked=…
    http://host2/by-law unclear 451 checked=… since=…
    http://host2/head-is-wrong good 206 checked=…
    http://host2/no-head good 206 checked=…
    http://host2/no-such-method good 206 checked=…
    http://host2/not-allowed unclear 403 checked=… since=…
    http://host2/robots-out unclear 999 checked=… since=…
    ");
    let said = web.plain(&run.out);
    for part in [
        "error[gone-link]: `http://host1/gone` is gone: its host answers 410 (gone)\n  --> content/briefings/a.md:10:3",
        "warning[moved-link]: `http://host1/moved` has moved to `http://host1/good`\n --> content/briefings/a.md:7:3",
        "warning[unclear-link]: nobody can tell whether `http://host2/not-allowed` is there: its host answers 403 (forbidden)",
        "Asked 16 of 16 addresses in ",
        ": 7 good (1 moved), 3 gone, 6 unclear\n",
    ] {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_several_hosts_at_once() {
    let web = Web::of(4, |_, _| Reply::of(200).after(Duration::from_millis(60)));
    let all: Vec<String> =
        (1..=4).flat_map(|host| (0..5).map(move |page| (host, page))).map(|(host, page)| web.at(host, &format!("/{page}"))).collect();
    site(&all).run(&["links"]).fine();
    let (of_a_host, of_all) = web.most();
    assert_eq!((of_a_host, web.asked().len()), (1, 20));
    assert!(of_all > 1, "hosts were asked one after the other");
}

#[test]
fn a_request_says_who_asks_and_no_more_than_it_must() {
    let web = Web::of(1, |asked, _| match asked.method.as_str() {
        "HEAD" => Reply::of(405),
        _ => Reply { bytes: 256 << 20, ..Reply::of(200) },
    });
    let place = site(&[web.at(1, "/large?of=x#part"), web.at(1, "/large?of=x#another")]);
    place.run(&["links"]).fine();
    let asked = web.asked();
    assert_eq!(web.lines(1), ["HEAD /large?of=x", "GET /large?of=x"]);
    let agent =
        concat!("user-agent: chancery/", env!("CARGO_PKG_VERSION"), " (+https://example.org/desk/; looks whether links still work)\r\n");
    assert!(asked.iter().all(|asked| asked.headers.contains(agent)), "{asked:?}");
    assert!(asked[1].headers.contains("range: bytes=0-0\r\n") && !asked[1].headers.contains("cookie"), "{asked:?}");
    assert!(web.sent() < 32 << 20, "{} bytes of a page were read", web.sent());
}

#[test]
fn a_host_that_refuses_head_is_asked_for_pages_from_then_on() {
    let web = Web::of(1, |asked, _| Reply::of(if asked.method == "HEAD" { 501 } else { 200 }));
    site(&[web.at(1, "/a"), web.at(1, "/b")]).run(&["links"]).fine();
    assert_eq!(web.lines(1), ["HEAD /a", "GET /a", "GET /b"]);
}

#[test]
fn a_slow_host_is_waited_for_so_long_and_tried_again() {
    let web = Web::of(2, |asked, _| if asked.host == 1 { Reply::of(200).after(Duration::from_secs(9)) } else { Reply::of(200) });
    let place = site(&[web.at(1, "/slow"), web.at(2, "/quick")]);
    let start = Instant::now();
    let run = place.run(&["links", "--timeout", "300ms"]).fine();
    assert!(start.elapsed() < Duration::from_secs(9), "it waited for the host");
    assert_eq!(web.lines(1), ["HEAD /slow", "GET /slow", "GET /slow"]);
    let asked: Vec<Instant> = web.asked().iter().filter(|asked| asked.host == 1).map(|asked| asked.at).collect();
    let pauses: Vec<u64> = asked.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
    assert!(pauses[0] >= 1 && pauses[1] >= 4, "pauses grow: {pauses:?}");
    assert!(ledger(&place, &web).starts_with("http://host1/slow unclear slow checked=…"), "{}", run.out);
    assert!(run.out.contains("there was no answer in time"), "{}", run.out);
}

#[test]
fn the_time_for_all_is_kept_and_what_is_left_is_asked_the_next_time() {
    let web = Web::of(1, |_, _| Reply::of(200).after(Duration::from_millis(700)));
    let place = site(&["/a", "/b", "/c", "/d"].map(|path| web.at(1, path)));
    let run = place.run(&["links", "--deadline", "1s"]).fine();
    assert!(run.out.contains("Asked 1 of 4 addresses") && run.out.contains("; 3 not asked any more"), "{}", run.out);
    assert_eq!(ledger(&place, &web), "http://host1/a good 200 checked=…");
    place.run(&["links"]).fine();
    assert_eq!(ledger(&place, &web).lines().count(), 4);
}

#[test]
fn a_host_that_says_when_to_come_again_is_asked_again_then() {
    let web = Web::of(2, |asked, before| match (asked.host, before) {
        (1, 0) => Reply::of(429).with("Retry-After", "3"),
        (2, 0) => {
            let then = now() + jiff::SignedDuration::from_secs(4);
            Reply::of(503).with("Retry-After", then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        }
        _ => Reply::of(200),
    });
    let place = site(&[web.at(1, "/a"), web.at(1, "/b"), web.at(2, "/a")]);
    place.run(&["links"]).fine();
    for (host, seconds) in [(1, 3.0), (2, 2.9)] {
        let asked: Vec<_> = web.asked().into_iter().filter(|asked| asked.host == host).collect();
        let pause = (asked[1].at - asked[0].at).as_secs_f64();
        assert!(pause >= seconds && pause < 8.0, "host {host} was asked again after {pause} s: {asked:?}");
    }
    assert_eq!(ledger(&place, &web).matches(" good 200 ").count(), 3);
}

#[test]
fn a_host_that_wants_to_be_left_alone_is_asked_once() {
    let web = Web::of(1, |_, _| Reply::of(429).with("Retry-After", "3600"));
    let place = site(&["/a", "/b", "/c"].map(|path| web.at(1, path)));
    place.run(&["links"]).fine();
    assert_eq!(web.asked().len(), 1);
    assert_eq!(ledger(&place, &web).matches(" unclear 429 ").count(), 3);
}

#[test]
fn a_host_that_never_answers_is_tried_three_times_for_all_its_addresses() {
    let web = Web::of(1, |_, _| Reply::of(200));
    let dead = format!("http://127.0.0.9:{}", free_port());
    let mut all: Vec<String> = (0..20).map(|page| format!("{dead}/{page}")).collect();
    all.push(web.at(1, "/"));
    let place = site(&all);
    let start = Instant::now();
    place.run(&["links"]).fine();
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    assert_eq!(place.read(LEDGER).matches(" unclear unreachable ").count(), 20);
}

#[test]
fn a_broken_host_is_asked_again_and_may_recover() {
    let web = Web::of(1, |_, before| Reply::of(if before < 1 { 502 } else { 200 }));
    let place = site(&[web.at(1, "/a")]);
    place.run(&["links"]).fine();
    assert_eq!(ledger(&place, &web), "http://host1/a good 200 checked=…");
}

#[test]
fn what_is_fresh_is_not_asked_again_and_what_is_gone_stays_told() {
    let web = Web::of(1, |asked, _| Reply::of(if asked.path == "/gone" { 404 } else { 200 }));
    let place = site(&[web.at(1, "/gone"), web.at(1, "/there")]);
    place.run(&["links"]).ends_with(1);
    let (asked, text) = (web.asked().len(), place.read(LEDGER));
    let again = place.run(&["links"]).ends_with(1);
    assert!(again.out.contains("gone-link") && again.out.contains("Asked 0 of 2 addresses"), "{}", again.out);
    assert_eq!((web.asked().len(), place.read(LEDGER)), (asked, text));
    place.run(&["links", "--all"]).ends_with(1);
    assert!(web.asked().len() > asked);
}

#[test]
fn what_is_old_is_asked_again_and_remembers_how_it_was() {
    let web = Web::of(1, |asked, _| Reply::of(if asked.path == "/gone" { 404 } else { 200 }));
    let place = site(&["/gone", "/fresh", "/unclear", "/old"].map(|path| web.at(1, path)));
    let lines = [
        old(&web.at(1, "/fresh"), "good 200", 24 * 6),
        old(&web.at(1, "/gone"), "good 200", 24 * 8),
        old(&web.at(1, "/old"), "good 200", 24 * 8),
        old(&web.at(1, "/unclear"), "unclear 503", 25),
        old("https://nobody-links-here.example/", "good 200", 1),
    ];
    place.write(LEDGER, lines.concat());
    let run = place.run(&["links"]).ends_with(1);
    let mut asked: Vec<String> = web.asked().into_iter().filter(|asked| asked.method == "HEAD").map(|asked| asked.path).collect();
    asked.sort();
    assert_eq!(asked, ["/gone", "/old", "/unclear"]);
    assert!(run.out.contains("; it was good on 20"), "{}", run.out);
    let kept = ledger(&place, &web);
    assert!(kept.contains("http://host1/gone gone 404 checked=… since=… good=…") && !kept.contains("nobody-links-here"), "{kept}");
    let before = web.asked().len();
    place.run(&["links", "--max-age", "1s", "--dry-run"]).fine();
    assert_eq!(web.asked().len(), before, "a dry run asked somebody");
}

#[test]
fn only_public_pages_and_what_is_not_skipped_are_asked() {
    let web = Web::of(1, |_, _| Reply::of(200));
    let place = site(&[web.at(1, "/a"), web.at(1, "/skip/b"), web.at(1, "/leave/c")]);
    place.write("content/briefings/draft.md", format!("---\ntitle: D\ndraft: true\n---\n\n[x]({})\n", web.at(1, "/secret")));
    let skip = format!("links.skip=[\"{}\"]", web.at(1, "/skip/"));
    place.run(&["links", "--set", &skip, "--skip", &web.at(1, "/leave/")]).fine();
    assert_eq!(web.lines(1), ["HEAD /a"]);
    assert!(!place.read(LEDGER).contains("secret"));
}

#[test]
fn the_addresses_of_cited_sources_are_asked_and_their_copies_are_known() {
    let web = Web::of(1, |asked, _| Reply::of(if asked.path == "/report" { 404 } else { 200 }));
    let place = site(&[]);
    let entry = |key: &str, path: &str, more: &str| {
        format!(
            "@report{{{key},\n  title = {{Report}},\n  author = {{{{Office}}}},\n  date = {{2025}},\n  url = {{{}}},\n{more}}}\n",
            web.at(1, path)
        )
    };
    let copy = format!("  archive_url = {{{}}},\n", web.at(1, "/copy"));
    place.write(
        "content/_data/sources.bib",
        [entry("cited", "/report", &copy), entry("uncited", "/other", ""), entry("secret", "/secret", "")].concat(),
    );
    place.write("content/briefings/b.md", "---\ntitle: B\ndate: 2026-01-01\n---\n\nSo it is [@cited, p. 3].\n");
    place.write("content/briefings/c.md", "---\ntitle: C\ndraft: true\n---\n\nSo it is [@secret].\n");
    let run = place.run(&["links"]).ends_with(1);
    let mut asked: Vec<String> = web.asked().into_iter().map(|asked| asked.path).collect();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["/copy", "/report"]);
    let said = web.plain(&run.out);
    for part in
        ["`http://host1/report` is gone", " --> content/_data/sources.bib:5:10", "link to the copy in an archive, `http://host1/copy`"]
    {
        assert!(said.contains(part), "`{part}` is not in:\n{said}");
    }
    assert!(
        ledger(&place, &web).contains("http://host1/report gone 404 checked=… since=… archive=http://host1/copy"),
        "{}",
        ledger(&place, &web)
    );
}

#[test]
fn a_dry_run_asks_nobody_and_writes_nothing() {
    let web = Web::of(1, |_, _| Reply::of(200));
    let place = site(&[web.at(1, "/a")]);
    let run = place.run(&["links", "-n"]).fine();
    assert_eq!(web.plain(&run.out), "http://host1/a  (not asked yet)\n1 address would be asked\n");
    assert!(web.asked().is_empty() && !place.path("content/_data").exists());
}

#[test]
fn programs_read_every_address_with_its_places() {
    let web = Web::of(1, |_, _| Reply::to(301, "/new"));
    let place = site(&[web.at(1, "/a")]);
    place.write(LEDGER, old(&web.at(1, "/a"), "gone 404", 1));
    let run = place.run(&["links", "--format", "json"]).ends_with(1);
    let rows: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((rows[0]["address"].as_str(), rows[0]["finding"].as_str()), (Some(&*web.at(1, "/a")), Some("gone")));
    assert_eq!(rows[0]["places"], serde_json::json!([{ "file": "content/briefings/a.md", "line": 6, "column": 3 }]));
}

/// Waits until something is so.
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(20), "it never was");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn ctrl_c_keeps_what_was_learned_and_what_was_known() {
    let web = Web::of(2, |asked, _| if asked.host == 2 { Reply::of(200).after(Duration::from_secs(30)) } else { Reply::of(200) });
    let place = site(&[web.at(1, "/a"), web.at(1, "/b"), web.at(2, "/never")]);
    place.write(LEDGER, old(&web.at(2, "/never"), "good 200", 24 * 30));
    let child = place.command(&["links"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    wait_until(|| web.lines(1).len() == 2 && web.lines(2).len() == 1);
    // The last answer has come when it was sent.
    sleep(Duration::from_millis(300));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    let run = Run::new(child.wait_with_output().expect("it ends")).ends_with(130);
    let kept = ledger(&place, &web);
    assert_eq!(kept, "http://host1/a good 200 checked=…\nhttp://host1/b good 200 checked=…\nhttp://host2/never good 200 checked=…");
    assert!(run.out.contains("Asked 2 of 3 addresses") && run.out.contains("; 1 not asked any more"), "{}", run.out);
    let names = fs::read_dir(place.path("content/_data")).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["links.lock"]);
}

#[test]
fn without_an_answer_from_anybody_nothing_is_learned() {
    let address = format!("http://127.0.0.9:{}/", free_port());
    let place = site(std::slice::from_ref(&address));
    let before = old(&address, "good 200", 24 * 30);
    place.write(LEDGER, &before);
    place.run(&["links"]).ends_with(3).says(&["no host answers", "is this machine connected?"]);
    assert_eq!(place.read(LEDGER), before);
}

#[test]
fn a_host_that_does_not_exist_is_gone_if_others_answer() {
    use std::net::ToSocketAddrs;
    // Only where somebody who knows says that the name is nobody's: elsewhere it is not known.
    let words = ("nothing.invalid", 80).to_socket_addrs().map(drop).map_err(|error| error.to_string());
    if !words.is_err_and(|words| words.contains("not known")) {
        return;
    }
    let web = Web::of(1, |_, _| Reply::of(200));
    let place = site(&["http://nothing.invalid/x".into(), web.at(1, "/a")]);
    place.run(&["links"]).ends_with(1);
    assert!(ledger(&place, &web).contains("http://nothing.invalid/x gone no-host checked="), "{}", ledger(&place, &web));
    // Of a new link alone it is said because an address that was good not long ago is still there.
    place.write("content/briefings/b.md", "---\ntitle: B\ndate: 2026-01-01\n---\n\n[x](http://none.invalid/)\n");
    place.run(&["links"]).ends_with(1);
    assert!(ledger(&place, &web).contains("http://none.invalid/ gone no-host"), "{}", ledger(&place, &web));
    // Without any there may be no network at all.
    let alone = site(&["http://nothing.invalid/x".into()]);
    alone.run(&["links"]).ends_with(3);
    assert!(!alone.path(LEDGER).exists());
}

/// A real server with TLS, whose certificate nobody has signed but itself.
struct SelfSigned {
    place: Place,
    port: u16,
    child: Child,
}

impl SelfSigned {
    fn start() -> SelfSigned {
        let (place, port) = (Place::empty(), free_port());
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"])
            .args(["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"])
            .current_dir(place.root())
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("`tests/run` installs openssl").success());
        place.write("index.html", "there");
        let program = "import http.server, ssl, sys\n\
            server = http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler)\n\
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n\
            context.load_cert_chain('cert.pem', 'key.pem')\n\
            server.socket = context.wrap_socket(server.socket, server_side=True)\n\
            server.serve_forever()\n";
        let mut command = Command::new("python3");
        command.args(["-c", program, &port.to_string()]).current_dir(place.root()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("`tests/run` installs Python");
        crate::publish::servers::wait_for(port);
        SelfSigned { place, port, child }
    }
}

impl Drop for SelfSigned {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "needs programs that `tests/run` installs"]
fn a_certificate_that_nobody_vouches_for_says_nothing_of_the_page() {
    let server = SelfSigned::start();
    let address = format!("https://127.0.0.1:{}/", server.port);
    let place = site(&[address.clone(), format!("{address}x")]);
    let run = place.run(&["links"]).fine();
    assert_eq!(place.read(LEDGER).matches(" unclear certificate ").count(), 2, "{}", run.out);
    assert!(run.out.contains("the certificate of its host is not valid"), "{}", run.out);
    // Who trusts it is answered.
    let certificate = server.place.path("cert.pem");
    let trusting = place.command(&["links", "--all"]).env("SSL_CERT_FILE", certificate).output().expect("the program starts");
    let run = Run::new(trusting).ends_with(1);
    assert!(
        place.read(LEDGER).contains(&format!("{address} good 200")) && place.read(LEDGER).contains(&format!("{address}x gone 404")),
        "{}",
        run.out
    );
    // What speaks no TLS at all is no judgement either.
    let web = Web::of(1, |_, _| Reply::of(200));
    let place = site(&[web.at(1, "/a"), format!("https://{}/", web.name(1))]);
    place.run(&["links"]).fine();
    assert!(ledger(&place, &web).contains("https://host1/ unclear "), "{}", ledger(&place, &web));
}

#[test]
fn a_build_asks_nobody_and_publishes_no_ledger() {
    let web = Web::of(1, |_, _| Reply::of(200));
    let place = site(&[web.at(1, "/a")]);
    place.run(&["links"]).fine();
    let before = web.asked().len();
    place.build().fine();
    place.run(&["check"]).fine();
    assert_eq!(web.asked().len(), before);
    assert!(!place.output().iter().any(|(path, bytes)| path.contains("links.lock") || String::from_utf8_lossy(bytes).contains("checked=")));
}
