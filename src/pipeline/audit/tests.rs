//! Whatever is hidden, and wherever a trace of it is put: the audit finds that, at its source, and nothing else.

use jiff::Timestamp;
use proptest::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{BuildOptions, Cache, build};
use crate::sources::Sources;

const TITLE: &str = "Closing the minister's two northern ports";
const TEXT: &str =
    "Ships of every flag will leave both harbours before the end of May, and *none* of them may [come back](../../notes/a/index.md) again.";
/// The file beside the hidden page.
const TABLE: &str = "port,ships,tonnes\nnorth one,120,44000\nnorth two,88,31500\nsouth,12,900\n";

/// What hides a page: keys of its own, or a section above it.
const WAYS: [(&str, &str); 9] = [
    ("draft: true", ""),
    ("status: draft", ""),
    ("status: review", ""),
    ("status: no-such-status", ""),
    ("publish_at: 2030-01-01T09:30:00+01:00", ""),
    ("date: 2031-02-03", ""),
    ("expires: 2020-01-01", ""),
    ("permalink: false", ""),
    ("", "---\ntitle: Ahead\nstatus: draft\n---\n"),
];

/// What gives the page away, as it may be written in HTML, in JSON and in plain text.
const TRACES: [(&str, &str, &str); 6] = [
    ("/briefings/secret-merger/", "\\/briefings\\/secret-merger\\/", "/briefings/secret-merger/"),
    ("PB&#8209;2027&#8209;003", "PB-2027-003", "PB-2027-003"),
    ("closing the <b>minister&rsquo;s</b> two&nbsp;northern ports", "Closing the minister\\u2019s two northern ports", TITLE),
    (
        "Every flag WILL leave <em>both</em> harbours before&nbsp;the end",
        "and none of them may\\ncome back again",
        "ships of every flag will leave both harbours",
    ),
    ("the file closing-ports-2027.csv is there", "closing-ports-2027.csv", "See closing-ports-2027.csv."),
    ("content/briefings/secret-merger/index.md", "content/briefings/secret-merger/index.md", "content/briefings/secret-merger/index.md"),
];

/// Which of them is a run of words.
const RUN: usize = 3;

/// A place that output comes from: the file that it is written into, and that file with a trace.
type Put = fn(&(&str, &str, &str)) -> (&'static str, String);

const PLACES: [Put; 14] = [
    |trace| ("content/notes/a/index.md", format!("{PUBLIC}\n<div data-next=\"{}\">x</div>\n", trace.2)),
    |trace| ("content/notes/a/index.md", format!("{PUBLIC}\nThey say: {}, then.\n", trace.2)),
    |trace| {
        ("content/notes/a/index.md", format!("{}summary: \"Of {} and more.\"\n---\n\nText.\n", PUBLIC.trim_end_matches("---\n"), trace.2))
    },
    |trace| ("content/notes/a/more.txt", format!("First.\n{}\n", trace.2)),
    |trace| ("static/old.html", format!("<p>First.\n<p title=\"x\">{}</p>\n", trace.0)),
    |trace| ("static/old.json", format!("{{\"a\": 1,\n\"text\": \"see {} there\"}}\n", trace.1)),
    |trace| {
        (
            "static/feed.atom",
            format!("<content type=\"html\">&lt;p&gt;{}&lt;/p&gt;</content>\n", trace.0.replace('&', "&amp;").replace('<', "&lt;")),
        )
    },
    |trace| ("static/picture.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{}</text></svg>\n", trace.0)),
    |trace| {
        (
            "templates/base.html",
            format!("{{% extends \"theme/base.html\" %}}\n{{% block head_extra %}}<!-- {} -->{{% endblock %}}\n", trace.2),
        )
    },
    |trace| {
        (
            "themes/house/templates/base.html",
            format!("{{% extends \"default/base.html\" %}}\n{{% block head_extra %}}<!-- {} -->{{% endblock %}}\n", trace.2),
        )
    },
    |trace| ("templates/shortcodes/words.html", format!("{{% component words() %}}<i>{}</i>{{% endcomponent words %}}\n", trace.2)),
    |trace| ("content/_data/facts.json", format!("{{\"text\": \"{}\"}}\n", trace.1)),
    |trace| ("site.toml", format!("title = \"T\"\n{SETTINGS}\n[theme]\nname = \"house\"\nmasthead = \"\"\"\n{}\"\"\"\n", trace.2)),
    |trace| ("site.toml", format!("title = \"T\"\ndescription = '''{}'''\n{SETTINGS}theme = \"house\"\n", trace.2)),
];

const PUBLIC: &str = "---\ntitle: Open notes\ndate: 2026-01-05\n---\n";
const SETTINGS: &str = "base_url = \"https://example.org/\"\n";

/// A site with a page that is hidden in some way, and the problems of a build of it with one more file.
fn problems(way: (&str, &str), put: Option<(&str, &str)>) -> Vec<Diagnostic> {
    let date = if way.0.starts_with("date") { "" } else { "date: 2026-01-05\n" };
    let secret = format!("---\ntitle: \"{TITLE}\"\nid: PB-2027-003\n{date}{}\n---\n\n{TEXT}\n", way.0);
    let settings = format!("title = \"T\"\n{SETTINGS}theme = \"house\"\n");
    let note = format!("{PUBLIC}\nNothing in here.\n\n{{{{< words >}}}}\n");
    let mut files = vec![
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/notes/a/index.md", &*note),
        ("content/notes/b.md", "---\ntitle: Other notes\ndate: 2026-01-05\n---\n\n{{< words >}}\n"),
        ("content/briefings/secret-merger/index.md", &secret),
        ("content/briefings/secret-merger/closing-ports-2027.csv", TABLE),
        ("content/_data/facts.json", "{\"text\": \"words\"}"),
        ("templates/shortcodes/words.html", "{% component words() %}<i>words</i>{% endcomponent words %}\n"),
        (
            "templates/home.html",
            "{% extends \"theme/home.html\" %}\n{% block head_extra %}<meta name=\"x\" content=\"{{ data_facts.text }}\">{% endblock %}\n",
        ),
        ("themes/house/theme.toml", "name = \"house\"\n"),
    ];
    files.extend((!way.1.is_empty()).then_some(("content/briefings/_index.md", way.1)));
    let now: Timestamp = "2026-11-24T00:00:00Z".parse().expect("an instant");
    let mut sources = Sources::in_memory(now, &settings, &files);
    if let Some((path, text)) = put {
        sources.set(path, text);
    }
    let report = build(&sources, &mut Cache::default(), &BuildOptions::default(), None, &|_, _| {}).expect("nothing is written");
    report.diagnostics.into_iter().filter(|problem| problem.severity == Severity::Error || problem.code == "leak").collect()
}

/// The problems that are leaks; there are no others but that of a status that is none.
fn leaks(way: (&str, &str), put: Option<(&str, &str)>) -> Vec<Diagnostic> {
    let problems = problems(way, put);
    let others: Vec<&Diagnostic> = problems.iter().filter(|problem| !["leak", "unknown-status"].contains(&problem.code)).collect();
    assert!(others.is_empty(), "{others:?}");
    problems.into_iter().filter(|problem| problem.code == "leak").collect()
}

/// What is wrong with what was told: it must be one leak, at this source.
fn wrong(leaks: &[Diagnostic], path: &str) -> Option<String> {
    let is_told = |leak: &Diagnostic| {
        leak.message.ends_with("gives away `content/briefings/secret-merger/index.md`, which is not public")
            && leak.place.as_ref().is_some_and(|place| &*place.path == path)
    };
    let messages =
        || leaks.iter().map(|leak| format!("{:?}: {} {:?}", leak.place.as_ref().map(ToString::to_string), leak.message, leak.hints));
    (!matches!(leaks, [leak] if is_told(leak))).then(|| messages().collect::<Vec<_>>().join("\n"))
}

/// What is wrong with what is told of a trace in a place.
fn wrong_at(way: usize, trace: usize, place: usize) -> Option<String> {
    let (path, text) = PLACES[place](&TRACES[trace]);
    let found = leaks(WAYS[way], Some((path, &text)));
    // A public text may have the same eight words.
    let wrong = if trace == RUN && path.ends_with(".md") { (!found.is_empty()).then(String::new) } else { wrong(&found, path) };
    wrong.map(|wrong| format!("way {way}, trace {trace}, place {place} ({path}): {wrong}"))
}

#[test]
fn every_trace_is_found_in_every_place() {
    let all = (0..TRACES.len()).flat_map(|trace| (0..PLACES.len()).map(move |place| (trace, place)));
    let wrong: Vec<String> = all.filter_map(|(trace, place)| wrong_at(0, trace, place)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_hidden_in_any_way_gives_nothing_away_by_itself() {
    for way in WAYS {
        assert_eq!(leaks(way, None), [], "{way:?}");
    }
}

#[test]
fn a_copy_of_a_hidden_file_is_found_by_its_bytes() {
    for path in ["static/x.csv", "content/notes/a/x.csv", "themes/house/static/x.csv"] {
        assert_eq!(wrong(&leaks(WAYS[0], Some((path, TABLE))), path), None);
        assert_eq!(leaks(WAYS[0], Some((path, &TABLE.replace("12", "13")))), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_planted_is_found_and_only_that(way in 0..WAYS.len(), trace in 0..TRACES.len(), place in 0..PLACES.len()) {
        prop_assert_eq!(wrong_at(way, trace, place), None);
    }

    #[test]
    fn what_is_nearly_a_trace_is_none(way in 0..WAYS.len(), place in 0..PLACES.len(), near in 0..5usize) {
        let near = [
            ("/briefings/secret-mergers/", "/briefings/secret-merger/x/", "/briefings/secret/"),
            ("PB-2027-0031", "XPB-2027-003", "PB-2027-03"),
            ("closing the minister&rsquo;s two northern <b>sea</b> ports", "the minister's two northern ports", "Closing the minister's two ports"),
            ("every flag will leave both harbours before a storm", "none of them may come back, ever again", "ships of every flag may leave both harbours today"),
            ("ports-2027.csv", "not-closing-ports-2027.csv", "closing-ports-2027.csvx"),
        ][near];
        let (path, text) = PLACES[place](&near);
        prop_assert_eq!(leaks(WAYS[way], Some((path, &text))), []);
    }
}
