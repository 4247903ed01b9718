//! What is a trace, and what only looks like one.

use std::borrow::Cow;

use super::*;

fn encode(text: &str) -> Cow<'_, str> {
    text.replace(' ', "%20").replace('\u{e9}', "%C3%A9").into()
}

fn auditor(base: &str, what: Vec<What>) -> Auditor {
    let name = |name: &str| Fingerprint::of_bytes(name.to_lowercase().as_bytes());
    let site = Site { host: Some("example.org".into()), path: base.into(), name, encode };
    let traces: Vec<Trace> = what.into_iter().enumerate().map(|(whose, what)| Trace { what, whose }).collect();
    Auditor::new(site, traces, None).expect("something to look for")
}

fn look(auditor: &Auditor, path: &str, bytes: &[u8]) -> Vec<Found> {
    auditor.look(path, bytes, Vec::new).found
}

fn found(text: &str, base: &str, what: What) -> usize {
    look(&auditor(base, vec![what]), "notes/a.html", text.as_bytes()).len()
}

fn address(text: &str) -> What {
    What::Address(text.into())
}

#[test]
fn a_whole_address_of_this_site_is_found_in_every_form() {
    for trace in ["secret", "briefings/secret", "briefings/secret-merger/plan.svg", "briefings/été 1"] {
        let encoded = encode(trace);
        for text in [
            format!("<a href=\"/p/{encoded}/\">"),
            format!("<a href='/p/{encoded}/#part'>"),
            format!("<a href=/p/{encoded}/>"),
            format!("see https://example.org/p/{encoded}/ there"),
            format!("//EXAMPLE.org:443/p/{encoded}"),
            format!("/p/{encoded}/index.html"),
            format!("\"text\\n/p/{encoded}/\\n<a href=\\\"\\\">\""),
            format!("{{\"u\":\"{}\\/?x\"}}", format!("/p/{encoded}").replace('/', "\\/")),
            format!("see /p/{encoded}/."),
            format!("[/p/{encoded}/]"),
            format!("\u{201c}/p/{encoded}/\u{201d} \u{2014}"),
            format!("from\u{2014}/p/{encoded}/\u{2026}"),
            format!("<img srcset=\"a.svg, /p/{encoded} 2x\">"),
            format!("<a href=\"../{encoded}/\">"),
            format!("<a href=\"./../{}/\">", encoded.to_uppercase()),
        ] {
            assert_eq!(found(&text, "/p/", address(trace)), 1, "{text}");
        }
    }
    assert_eq!(found("<a href=\"b\">", "/", address("notes/b")), 1, "relative to the file");
}

#[test]
fn what_ends_or_begins_like_a_hidden_address_is_another() {
    let texts =
        ["\"/p/secret/deeper/\"", "\"/p/secrets/\"", "\"/p/secret-2/\"", "/p/secret/x.png", "\"/fr/p/secret/\"", "\"/p/fr/secret/\""];
    let elsewhere = [
        "https://www.example.com/p/secret/",
        "\"/a/secret/\"",
        "secret",
        "/secret",
        "</secret>",
        "class=\"secret\"",
        "x/p/secret",
        "see ../secret funds",
        "data-secret=\"secret\"",
    ];
    for text in texts.into_iter().chain(elsewhere) {
        assert_eq!(found(text, "/p/", address("secret")), 0, "{text}");
    }
    assert_eq!(found("<a href=\"/fr/briefings/d/\">", "/", address("briefings/d")), 0, "the translation of a hidden page");
    assert_eq!(found("<p>a</p>", "/", address("p")), 0, "the end of an element");
}

#[test]
fn a_number_is_found_as_a_word_and_in_the_name_of_a_file() {
    for (text, count) in [("\n\n(R-3)", 1), ("R-31 XR-3 R-3-b", 0)] {
        assert_eq!(found(text, "/", What::Word("R-3".into())), count, "{text}");
    }
    let auditor = auditor("/", vec![What::Word("PB-2026-009".into())]);
    assert_eq!(look(&auditor, "files/PB-2026-009.pdf", b"").first().map(|found| found.line), Some(0));
    assert_eq!(look(&auditor, "b.png", b"PB-2026-009"), []);
    assert_eq!(look(&auditor, "table.ics", b"a\nPB-2026-009").first().map(|found| found.line), Some(2));
}

#[test]
fn a_wikilink_that_was_made_text_is_found_by_its_name() {
    let name = || What::Wikilink(Fingerprint::of_bytes(b"secret plan"));
    for text in ["see [[Secret plan]]", "[[secret plan|words]]", "[[secret plan#Part]]", "[[secret plan\\|x]]"] {
        assert_eq!(found(text, "/", name()), 1, "{text}");
    }
    for text in ["[[Secret plans]]", "Secret plan", "[[ -f x ]]", "df[[secret plan]]"] {
        assert_eq!(found(text, "/", name()), 0, "{text}");
    }
}

#[test]
fn several_traces_in_one_address_and_file_are_each_told_once() {
    let auditor = auditor("/", vec![address("budget"), address("budget/plan"), What::Word("PB-7x".into())]);
    let found = look(&auditor, "a.html", b"<a href=\"/budget/plan/\">PB-7x</a>\n<a href=\"/budget/\">x</a> <a href=\"/budget/\">y</a>");
    let traces: Vec<(usize, &str, usize)> = found.iter().map(|found| (found.line, &*found.text, found.whose)).collect();
    assert_eq!(traces, [(1, "/budget/plan/", 1), (1, "PB-7x", 2), (2, "/budget/", 0)]);
}

#[test]
fn the_prints_tell_what_was_looked_for() {
    let one = auditor("/", vec![address("a")]);
    let two = auditor("/", vec![address("b"), address("a")]);
    assert!(two.prints().contains(&one.prints()[0]) && two.prints().len() == 2);
    assert_ne!(one.prints(), auditor("/p/", vec![address("a")]).prints());
}

#[test]
fn a_title_is_found_however_its_words_are_written() {
    let title = || What::Title("The minister\u{2019}s plan: closing ports".into());
    for text in [
        "<p>the Minister's <em>plan</em>: closing&nbsp;ports</p>",
        "{\"t\":\"The minister\\u2019s plan: closing ports\"}",
        "<img alt='The minister&rsquo;s plan &#8211; closing ports'>",
        "&lt;p&gt;The minister&amp;rsquo;s plan: &lt;b&gt;clo&amp;shy;sing&lt;/b&gt; ports",
    ] {
        assert_eq!(found(text, "/", title()), 1, "{text}");
    }
    for text in ["<p>The minister's plan: closing the ports</p>", "the plan: closing ports", "minister's plan: closing ports"] {
        assert_eq!(found(text, "/", title()), 0, "{text}");
    }
}

#[test]
fn eight_words_of_a_hidden_text_are_found_unless_a_public_text_has_them() {
    let hidden = "Ships of every flag will leave the two old harbours before the end of May, it says.";
    let auditor = auditor("/", vec![What::Text(hidden.into())]);
    let runs = |text: &str| auditor.look("a.html", text.as_bytes(), Vec::new).hits.iter().map(|hit| hit.run).collect::<Vec<_>>();
    assert_eq!(runs("they will leave the two old harbours before the end"), [4, 5]);
    assert_eq!(runs("<p>WILL leave <i>the two</i> old harbours\nbefore&nbsp;the"), [4]);
    assert_eq!(runs("will leave the two old harbours before"), [0; 0], "seven words");
    assert_eq!(runs("<p>will leave the two</p><p>old harbours before the</p>"), [0; 0], "two blocks");
    assert_eq!(runs("will leave the two very old harbours before the end"), [0; 0]);
    let hit = |run| Hit { path: "a.html".into(), line: 3, run };
    let passage = |text: &str| Found { path: "a.html".into(), line: 3, text: text.into(), whose: 0 };
    assert_eq!(auditor.passages(&[hit(4), hit(5)]), [passage("will leave the two old harbours before the end")]);
    assert_eq!(auditor.passages(&[hit(0), hit(9)]).len(), 2);
    auditor.excuse("We all will leave the two old harbours before the others.");
    assert_eq!(runs("they will leave the two old harbours before the end"), [5]);
}
