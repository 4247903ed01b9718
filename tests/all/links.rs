//! Links: every form resolves, what is broken is told all at once, and in a written site no address leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::html::{attributes, decoded};
use crate::place::{NOW, Place, Run, Tree};

/// A site with something for every form of link.
fn site(body: &str) -> Place {
    Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/briefings/from.md", &format!("---\ntitle: From\ndate: 2026-01-01\n---\n\n## Here\n\n{body}\n")),
        (
            "content/briefings/other.md",
            "---\ntitle: Other page\nid: PB-2026-004\ndate: 2026-01-02\n---\n\n## A part\n\nText.\n\n## Ünïcode & more\n\nText.[^n]\n\n[^n]: Note.\n",
        ),
        (
            "content/briefings/x/index.md",
            "---\ntitle: Bundle\ndate: 2026-01-03\naliases: [/old-x/, /x.html]\n---\n\n## Part\n\n<p id=\"raw\">Raw.</p>\n",
        ),
        ("content/briefings/x/data file.csv", "a\n"),
        ("content/people/mark-rutte.md", "---\ntitle: Mark Rutte\n---\n\nA person.\n"),
        ("content/topics/mark-rutte.md", "---\ntitle: Rutte as a topic\n---\n\nA topic.\n"),
        ("content/topics/trade.md", "---\ntitle: Trade\nsynonyms: [Commerce]\n---\n\nA topic.\n"),
        ("static/file.txt", "a"),
    ])
}

#[test]
fn every_form_of_link_resolves() {
    let cases = [
        ("[a](other.md)", "/briefings/other/"),
        ("[a](./other.md#a-part)", "/briefings/other/#a-part"),
        ("[a](other.md#%C3%BCn%C3%AFcode--more)", "/briefings/other/#%C3%BCn%C3%AFcode--more"),
        ("[a](../briefings/x/index.md#part)", "/briefings/x/#part"),
        ("[a](x/index.md#raw)", "/briefings/x/#raw"),
        ("[a](/briefings/x/)", "/briefings/x/"),
        ("[a](/briefings/x)", "/briefings/x/"),
        ("[a](/briefings/x/index.html)", "/briefings/x/"),
        ("[a](/old-x/)", "/briefings/x/"),
        ("[a](/x.html)", "/briefings/x/"),
        ("[a](@/briefings/x/index.md)", "/briefings/x/"),
        ("[a](<x/data file.csv>)", "/briefings/x/data%20file.csv"),
        ("[a](x/data%20file.csv)", "/briefings/x/data%20file.csv"),
        ("[a](/file.txt)", "/file.txt"),
        ("[a](/feed.xml)", "/feed.xml"),
        ("[a](/topics/)", "/topics/"),
        ("[a](../topics/trade.md)", "/topics/trade/"),
        ("[a](other.md?print=1#a-part)", "/briefings/other/?print=1#a-part"),
        ("[a](#here)", "#here"),
        ("[a][ref]\n\n[ref]: other.md", "/briefings/other/"),
        ("[[Other page]]", "/briefings/other/"),
        ("[[other]]", "/briefings/other/"),
        ("[[briefings/other]]", "/briefings/other/"),
        ("[[other#a-part|words]]", "/briefings/other/#a-part"),
        ("[[#here]]", "#here"),
        ("[[PB-2026-004]]", "/briefings/other/"),
        ("[[person:mark-rutte]]", "/people/mark-rutte/"),
        ("[[topic:mark-rutte]]", "/topics/mark-rutte/"),
        ("[[Commerce]]", "/topics/trade/"),
    ];
    let body = cases.map(|(link, _)| link).join("\n\n");
    let place = site(&body);
    place.build().fine();
    let html = place.read("public/briefings/from/index.html");
    let text = html.split("itemprop=\"articleBody\">").nth(1).and_then(|rest| rest.split(" class=\"part").next()).expect("the text");
    let found: Vec<String> = attributes(text, "href");
    assert_eq!(found, cases.map(|(_, href)| href));
}

#[test]
fn a_folder_in_static_may_be_called_static_again() {
    let place = site("![a](/static/logo.svg) [b](/content/x.txt)");
    place.write("static/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place.write("static/content/x.txt", "x");
    place.build().fine();
    assert!(place.path("public/static/logo.svg").exists());
}

#[test]
fn links_to_elsewhere_are_left_as_they_are() {
    let place = site("<https://example.com/a?b=1&c=2> [m](mailto:a@example.org) [t](tel:+32) [p](//cdn.example.org/x) www.example.com");
    place.build().fine();
    let html = place.read("public/briefings/from/index.html");
    for href in ["https://example.com/a?b=1&amp;c=2", "mailto:a@example.org", "tel:+32", "//cdn.example.org/x"] {
        assert!(html.contains(&format!("href=\"{href}\"")), "{href} is not in {html}");
    }
}

#[test]
fn all_broken_links_are_told_at_once_with_what_is_near() {
    let place = site(
        "[a](othr.md)\n\n[b](other.md#a-prt)\n\n[[Othr page]]\n\n[[mark-rutte]]\n\n[c](/breifings/x/)\n\n![](x/data.csv)\n\n[d](#hre)\n\n[e](../../../out.md)",
    );
    place.write("content/briefings/secret.md", "---\ntitle: Secret\ndraft: true\n---\n");
    place.write("content/briefings/two.md", "---\ntitle: Two\n---\n\n[s](secret.md) and [[Secret]]\n");
    let run = place.build().ends_with(1);
    for line in [8, 10, 12, 14, 16, 18, 20, 22] {
        assert!(run.err.contains(&format!(" --> content/briefings/from.md:{line}:1")), "line {line} is not in {}", run.err);
    }
    run.says(&[
        "`other.md`",
        "a-part",
        "content/people/mark-rutte.md",
        "content/topics/mark-rutte.md",
        "here",
        " --> content/briefings/two.md:5:1",
        " --> content/briefings/two.md:5:20",
        "nothing was written: 10 errors",
    ]);
}

#[test]
fn with_warnings_only_a_broken_link_is_its_words_and_makes_no_backlink() {
    let place = site("[words](gone.md) ![picture](gone.png) [[nobody|these]] [[nobody else]] [anchor](other.md#gone)");
    place.run(&["build", "--now", NOW, "--set", "links.internal=warn"]).fine().says(&["warning", "gone.md", "gone.png", "nobody else"]);
    let html = place.read("public/briefings/from/index.html");
    assert!(html.contains("<p>words picture these [[nobody else]] anchor</p>"), "{html}");
    assert!(!place.read("public/briefings/other/index.html").contains("/briefings/from/"));
}

#[test]
fn what_is_broken_in_raw_html_and_in_figures_leaves_no_empty_address() {
    let raw = "<a class=\"k\" href=\"gone.md\">words</a> <img src=\"gone.png\" alt=\"one &amp; two\" width=\"3\"> <img src=gone.png>";
    let figure = "{{< figure src=\"gone.svg\" alt=\"three\" caption=\"Caption\" link=\"gone.md\" >}}";
    let place = site(&format!("{raw}\n\n{figure}\n\n<a href=\"{{{{< ref \"gone.md\" >}}}}\">four</a> ![five](other.md)"));
    let run = place.run(&["build", "--set", "links.internal=warn"]).fine();
    assert!(run.err.contains("image-is-page"), "{}", run.err);
    let html = place.read("public/briefings/from/index.html");
    let expected = "<p><a class=\"k\">words</a> one &amp; two </p>\n<figure>\n<a>three</a>\n<figcaption>Caption</figcaption>\n</figure>\n<p><a>four</a> five</p>";
    assert!(html.contains(expected), "{html}");
}

#[test]
fn whole_addresses_of_the_site_itself_are_checked_like_any_link() {
    let place = site("[a](https://example.org/briefings/other/#a-part) https://example.org/x.html [c](https://example.org/app/)");
    place.build().ends_with(1).says(&["there is nothing at `/app/`"]);
    place.run(&["build", "--set", "links.skip=[\"/app/\"]"]).fine();
    let html = place.read("public/briefings/from/index.html");
    assert!(
        html.contains(
            "<a href=\"/briefings/other/#a-part\">a</a> <a href=\"/briefings/x/\">https://example.org/x.html</a> <a href=\"/app/\">c</a>"
        ),
        "{html}"
    );
    place.write("content/briefings/h.md", "---\ntitle: H\nstatus: draft\n---\n\nText.\n");
    place.write("content/briefings/from.md", "---\ntitle: From\n---\n\nSee https://example.org/briefings/h/.\n");
    place.build().ends_with(1).says(&["hidden-link"]);
}

#[test]
fn a_link_that_is_skipped_is_left_as_it_is() {
    let place = site("[a](/elsewhere/tool/?x=1)");
    place.run(&["build", "--set", "links.skip=[\"/elsewhere/\"]"]).fine();
    assert!(place.read("public/briefings/from/index.html").contains("href=\"/elsewhere/tool/?x=1\""));
}

#[test]
fn a_backlink_shows_the_heading_and_the_sentence_around_it() {
    let place = site("First of all. See [that page](other.md), please. And more.");
    place.build().fine();
    let html = place.read("public/briefings/other/index.html");
    assert!(html.contains("See that page, please.") && !html.contains("First of all."), "{html}");
    assert!(html.contains("Here"));
}

#[test]
fn a_summary_has_the_title_of_what_a_wikilink_without_words_leads_to() {
    let place = site("## See [[Trade]]\n\nText.");
    let text = "As [[PB-2026-004]] and [[Rutte as a topic]] say, [[Hidden plan]] is *late*, see [[Nobody]].";
    place.write("content/briefings/sum.md", format!("---\ntitle: Sum\ndate: 2026-01-03\n---\n\n{text}\n"));
    place.write("content/briefings/h.md", "---\ntitle: Hidden plan\nstatus: draft\n---\n\nText.\n");
    place.run(&["build", "--set", "links.internal=warn"]).fine();
    let summary = "As Other page and Rutte as a topic say, is late, see.";
    for file in ["index.html", "briefings/sum/index.html", "feed.xml", "feed.json", "cards/0.json"] {
        assert!(place.read(&format!("public/{file}")).contains(summary), "{file}");
    }
    let title = place.read("content/briefings/other.md").replace("Other page", "New name");
    place.write("content/briefings/other.md", title);
    place.run(&["build", "--set", "links.internal=warn"]).fine();
    assert!(place.read("public/feed.xml").contains("As New name and Rutte"), "{}", place.read("public/feed.xml"));
}

#[test]
fn of_many_backlinks_the_newest_thirty_stand_on_the_page_and_the_rest_on_another() {
    let place =
        Place::new(&[("site.toml", "base_url = \"https://example.org/\"\n"), ("content/notes/hub.md", "---\ntitle: Hub\n---\n\nText.\n")]);
    for number in 0..75 {
        place.write(
            &format!("content/notes/n{number:02}.md"),
            format!("---\ntitle: N{number:02}\ndate: 2026-01-01T00:{:02}:00Z\n---\n\nTo [hub](hub.md).\n", number % 60),
        );
    }
    place.build().fine();
    let count = |path: &str| place.read(path).matches("/notes/n").count();
    assert_eq!(count("public/notes/hub/index.html"), 30);
    let rest: usize =
        place.output().keys().filter(|path| path.starts_with("notes/hub/linked-from/")).map(|path| count(&format!("public/{path}"))).sum();
    assert!(rest >= 45, "{rest} of 45 or 75 are listed");
}

/// Every address in a written site that leads nowhere. `base` is the path below which it is served; files are those of a folder.
fn dead(output: &Tree, base: &str) -> BTreeSet<String> {
    let pages: BTreeMap<&String, String> = output
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let anchors: BTreeMap<&String, BTreeSet<String>> =
        pages.iter().map(|(path, html)| (*path, attributes(html, "id").into_iter().chain(attributes(html, "name")).collect())).collect();
    let mut dead = BTreeSet::new();
    for (path, html) in &pages {
        for address in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if address.contains("://")
                || address.starts_with("//")
                || address.starts_with("mailto:")
                || address.starts_with("tel:")
                || address.starts_with("data:")
            {
                continue;
            }
            let (place, anchor) = address.split_once('#').map_or((&*address, None), |(place, anchor)| (place, Some(anchor)));
            let place = decoded(place.split('?').next().unwrap_or_default());
            let Some(file) = file(&place, path, base).filter(|file| output.contains_key(file)) else {
                dead.insert(format!("{path}: {address}"));
                continue;
            };
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top" && file.ends_with(".html"))
                && !anchors[&file].contains(&decoded(anchor))
            {
                dead.insert(format!("{path}: {address} (no such place)"));
            }
        }
    }
    dead
}

/// The file that an address names when it stands in the file at `from`.
fn file(address: &str, from: &str, base: &str) -> Option<String> {
    if address.is_empty() {
        return Some(from.to_string());
    }
    let path = match address.strip_prefix('/') {
        Some(_) => address.strip_prefix(base)?.to_string(),
        None => {
            let mut parts: Vec<&str> = from.split('/').collect();
            parts.pop();
            for part in address.split('/') {
                match part {
                    "." => {}
                    ".." => drop(parts.pop()?),
                    part => parts.push(part),
                }
            }
            parts.join("/")
        }
    };
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

const SITES: [&str; 4] = ["", "tests/sites/hugo", "tests/sites/jekyll", "tests/sites/zola"];

#[track_caller]
fn nothing_is_dead(args: &[&str], base: &str) {
    for site in SITES {
        let place = Place::copy_of(site);
        place.run(&[&["build", "--now", NOW][..], args].concat()).fine();
        let dead = dead(&place.output(), base);
        assert!(dead.is_empty(), "{site}: {dead:#?}");
    }
}

#[test]
fn every_address_in_a_written_site_leads_to_a_file_and_every_anchor_to_a_place() {
    nothing_is_dead(&[], "/");
}

#[test]
fn below_a_path_every_address_begins_with_it() {
    nothing_is_dead(&["--base-url", "https://example.org/sub/"], "/sub/");
}

#[test]
fn in_a_site_for_a_folder_every_address_is_that_of_a_file() {
    for base in ["https://example.org/", "https://example.org/sub/"] {
        for site in SITES {
            let place = Place::copy_of(site);
            place.run(&["build", "--now", NOW, "--relative-urls", "--base-url", base]).fine();
            let output = place.output();
            // A folder has no root that an address could begin with, and opens no `index.html` by itself.
            let rooted: Vec<_> = output
                .iter()
                .filter(|(path, _)| path.ends_with(".html"))
                .flat_map(|(path, bytes)| {
                    attributes(&String::from_utf8_lossy(bytes), "href").into_iter().map(move |href| format!("{path}: {href}"))
                })
                .filter(|href| href.contains(": /") || href.ends_with('/') && !href.contains("://") && !href.contains("mailto"))
                .collect();
            assert!(rooted.is_empty(), "{site}: {rooted:#?}");
            assert_eq!(dead(&output, "/nowhere/"), BTreeSet::new(), "{site}");
        }
    }
}

/// A site whose slugs, terms and files hold every sign that means something in an address or in HTML.
fn awkward() -> Place {
    let links = "[a](other.md) [[Other]] [c](/topics/c%23/) [e](/briefings/a%20b%3Fc%23d/) ![s](</my pics/a%23b.svg>) [t](#%C3%BC-teil)";
    Place::new(&[
        ("site.toml", "title = \"Test\"\npaginate_by = 2\n"),
        (
            "content/briefings/x.md",
            &format!(
                "---\ntitle: X\ndate: 2026-01-01\nslug: \"a b?c#d\"\naliases: ['/it''s old/', '/100%/']\ntopics: [C#]\ntags: [t]\nseries: [S]\nimage: /my pics/a#b.svg\n---\n\n## Ü Teil\n\n{links}\n"
            ),
        ),
        (
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2026-01-02\nslug: \"100% \\\"é\\\" it's &<b>\"\ntopics: [C#]\ntags: [t]\nseries: [S]\n---\n\n[x](x.md)\n",
        ),
        (
            "content/briefings/third.md",
            "---\ntitle: Third\ndate: 2026-01-03\nslug: \"a:b\"\ntopics: [C#]\ntags: [t]\nseries: [S]\n---\n\nText.\n",
        ),
        ("content/briefings/b/index.md", "---\ntitle: Bundle\ndate: 2026-01-04\nslug: 'q?r'\n---\n\n![s](<it's 5%.svg>)\n"),
        ("content/briefings/b/it's 5%.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/topics/c.md", "---\ntitle: C#\nslug: c#\n---\n\nText.\n"),
        ("content/series/s.md", "---\ntitle: S\nslug: 's s%'\n---\n\nText.\n"),
        ("static/my pics/a#b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ])
}

#[test]
fn names_with_signs_of_addresses_are_encoded_once_wherever_they_are_linked_from() {
    for (base, path) in [("https://example.org/", "/"), ("https://example.org/sub%20x/", "/sub x/")] {
        let place = awkward();
        place.run(&["build", "--now", NOW, "-u", base]).fine();
        let output = place.output();
        assert!(output.contains_key("topics/c#/page/2/index.html") && output.contains_key("briefings/a b?c#d/index.html"));
        assert_eq!(dead(&output, path), BTreeSet::new());
        let prefix = &base["https://example.org".len()..];
        let redirect = place.read("public/it's old/index.html");
        assert!(redirect.contains(&format!("content=\"0; url={prefix}briefings/a%20b%3Fc%23d/\"")), "{redirect}");
        assert!(place.read("public/_redirects").contains(&format!("{prefix}100%25/ {prefix}briefings/a%20b%3Fc%23d/ 301")));
    }
}

#[test]
fn names_with_signs_of_addresses_are_files_of_a_folder() {
    let place = awkward();
    place.run(&["build", "--now", NOW, "--relative-urls"]).fine();
    assert_eq!(dead(&place.output(), "/nowhere/"), BTreeSet::new());
}

#[test]
fn without_an_address_of_its_own_a_site_has_no_feeds_and_says_so_once() {
    let place = site("Text.");
    place.write("site.toml", "title = \"Test\"\n");
    let run: Run = place.build().fine();
    assert_eq!(run.err.matches("warning").count(), 1, "{}", run.err);
    let output = place.output();
    assert!(output.keys().all(|path| !path.contains("feed") && !path.contains("sitemap")), "{:?}", output.keys());
    assert_eq!(dead(&output, "/"), BTreeSet::new());
}

#[test]
fn links_below_a_path_are_honoured_in_content_with_and_without_it() {
    let place = site("[a](/briefings/other/) [b](/sub/briefings/other/) ![c](/file.txt)");
    place.run(&["build", "-u", "https://example.org/sub"]).fine();
    let html = place.read("public/briefings/from/index.html");
    assert_eq!(html.matches("href=\"/sub/briefings/other/\">").count(), 2, "{html}");
    assert!(html.contains("src=\"/sub/file.txt\""));
}
