//! Addresses in a written site: those in raw HTML, in front matter, and of what belongs to lists.

use crate::html::attributes;
use crate::place::{NOW, Place};

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n[feeds]\nfull_text = true\n";

/// Every attribute of raw HTML that holds an address, with the files that it needs.
fn raw() -> Place {
    let text = "<img src=\"a.svg\" srcset=\"b.svg 1.5x, c.svg 2x\" alt=\"x\">\n<picture><source srcset='d.svg'><img src=a.svg alt=y></picture>\n\
                <video poster = \"e.png\" src=\"f.mp4\"></video>\n<object data=\"g.svg\">x</object>\n\n\
                <blockquote cite=\"other.md#part\">\n\nWords.\n\n</blockquote>\n\n\
                <form action=\"other.md\"><button formaction=\"@/briefings/other.md\">Send</button></form>\n\n\
                <svg><use xlink:href=\"h.svg#icon\"/><use href=\"i.svg#icon\"/></svg>\n\n\
                See [j](j.csv).";
    let place = Place::new(&[
        ("site.toml", SETTINGS),
        ("content/briefings/raw.md", &format!("---\ntitle: Raw\ndate: 2026-01-01\n---\n\n{text}\n")),
        ("content/briefings/other.md", "---\ntitle: Other\ndate: 2026-01-02\n---\n\n## Part\n\nWords.\n"),
    ]);
    for name in ["a.svg", "b.svg", "c.svg", "d.svg", "e.png", "f.mp4", "g.svg", "h.svg", "i.svg", "j.csv"] {
        place.write(&format!("content/briefings/{name}"), "x");
    }
    place
}

/// What `raw` says of itself, with `root` before each address of a file, and `other` for the address of the other page.
fn expected(root: &str, other: &str) -> [String; 8] {
    let file = |name: &str| format!("{root}{name}");
    [
        format!("<img src=\"{}\" srcset=\"{} 1.5x, {} 2x\" alt=\"x\">", file("a.svg"), file("b.svg"), file("c.svg")),
        format!("<source srcset='{}'><img src={} alt=y>", file("d.svg"), file("a.svg")),
        format!("<video poster = \"{}\" src=\"{}\">", file("e.png"), file("f.mp4")),
        format!("<object data=\"{}\">", file("g.svg")),
        format!("<blockquote cite=\"{other}#part\">"),
        format!("<form action=\"{other}\"><button formaction=\"{other}\">"),
        format!("<use xlink:href=\"{}\"/><use href=\"{}\"/>", file("h.svg#icon"), file("i.svg#icon")),
        format!("<a href=\"{}\">j</a>", file("j.csv")),
    ]
}

#[track_caller]
fn holds(text: &str, expected: &[String]) {
    for part in expected {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn every_attribute_of_raw_html_that_holds_an_address_is_a_link() {
    let place = raw();
    place.run(&["check", "--now", NOW, "--strict"]).fine();
    place.build().fine();
    holds(&place.read("public/briefings/raw/index.html"), &expected("/briefings/", "/briefings/other/"));
    let files = place.output();
    for name in ["b.svg", "c.svg", "d.svg", "e.png", "f.mp4", "g.svg", "h.svg", "i.svg"] {
        assert!(files.contains_key(&*format!("briefings/{name}")), "{name} is used");
    }
    assert!(place.read("public/briefings/other/index.html").contains("href=\"/briefings/raw/"), "a citation is a backlink");
    let feed: serde_json::Value = serde_json::from_str(&place.read("public/feed.json")).expect("a feed");
    let items = feed["items"].as_array().expect("items");
    let text = items.iter().find(|item| item["title"] == "Raw").and_then(|item| item["content_html"].as_str()).expect("its text");
    holds(text, &expected("https://example.org/briefings/", "https://example.org/briefings/other/"));
}

#[test]
fn addresses_in_raw_html_have_the_path_of_the_site_before_them_or_are_relative() {
    let place = raw();
    place.run(&["build", "--now", NOW, "-u", "https://example.org/sub/"]).fine();
    holds(&place.read("public/briefings/raw/index.html"), &expected("/sub/briefings/", "/sub/briefings/other/"));
    place.run(&["build", "--now", NOW, "-u", "https://example.org/sub/", "--relative-urls"]).fine();
    holds(&place.read("public/briefings/raw/index.html"), &expected("../", "../other/index.html"));
}

#[test]
fn an_address_of_raw_html_that_leads_nowhere_or_to_what_is_hidden_is_told_at_its_place() {
    let place = raw();
    place.write("content/briefings/secret/index.md", "---\ntitle: Secret\nstatus: draft\n---\n");
    place.write("content/briefings/secret/plan.svg", "x");
    let text = "<img src=\"a.svg\" srcset=\"secret/plan.svg 2x, gone.svg 3x\" alt=\"\">\n<video poster=\"secret/plan.svg\"></video>\n<q cite=\"secret/index.md\">x</q>";
    place.write("content/briefings/raw.md", format!("---\ntitle: Raw\ndate: 2026-01-01\n---\n\n{text}\n"));
    let run = place.build().ends_with(1);
    for at in ["6:26", "7:16", "8:10"] {
        assert!(run.err.contains(&format!("hidden-link]: this link leads to `content/briefings/secret/index.md`, which is not public\n --> content/briefings/raw.md:{at}")), "{at} is not in {}", run.err);
    }
    run.says(&["there is nothing at `content/briefings/gone.svg`", "raw.md:6:46"]);
}

#[test]
fn a_broken_entry_of_a_list_goes_alone_where_broken_links_are_warnings() {
    let place = raw();
    let text = "<img src=\"a.svg\" srcset=\"gone.svg 1.5x, b.svg 2x, lost.svg 3x\" alt=\"\"> <video poster=\"gone.png\"></video> <picture><source srcset=\"gone.svg\" media=\"print\"><img srcset=\"a.svg\" src=\"gone.svg\" alt=\"words\"></picture>";
    place.write("content/briefings/raw.md", format!("---\ntitle: Raw\ndate: 2026-01-01\n---\n\n{text}\n"));
    place.run(&["build", "--now", NOW, "--set", "links.internal=warn"]).fine();
    let expected = "<img src=\"/briefings/a.svg\" srcset=\"/briefings/b.svg 2x, \" alt=\"\"> <video></video> <picture>words</picture>";
    holds(&place.read("public/briefings/raw/index.html"), &[expected.to_string()]);
}

#[test]
fn a_site_for_a_folder_has_no_rooted_address_however_its_attribute_is_written() {
    let place = raw();
    let text = "<a href='other.md'>one</a> <a href=other.md>two</a> <A HREF = \"other.md\">three</A>";
    place.write("content/briefings/raw.md", format!("---\ntitle: Raw\ndate: 2026-01-01\n---\n\n{text}\n"));
    place.write(
        "templates/page.html",
        "{% extends \"default/page.html\" %}{% block main %}<a href='{{ site.home }}'>home</a><a href={{ site.home }}>home</a>{% endblock main %}",
    );
    place.write("content/about.md", "---\ntitle: About\n---\n\nWords.\n");
    place.run(&["build", "--now", NOW, "--relative-urls"]).fine();
    let html = place.read("public/briefings/raw/index.html");
    holds(
        &html,
        &["<a href='../other/index.html'>one</a> <a href=../other/index.html>two</a> <A HREF = \"../other/index.html\">three</A>"
            .to_string()],
    );
    holds(&place.read("public/about/index.html"), &["<a href='../index.html'>home</a><a href=../index.html>home</a>".to_string()]);
}

#[test]
fn addresses_copied_from_a_browser_are_decoded_once() {
    let place = Place::new(&[
        ("site.toml", SETTINGS),
        (
            "content/briefings/a.md",
            "---\ntitle: A\ndate: 2026-01-05\naliases: [\"/b%C3%BCrger/\", \"/100%/\"]\nslug: \"pr%C3%A9vu\"\nimage: \"%C3%A9t%C3%A9.svg\"\n---\n\nx\n",
        ),
        ("content/briefings/b.md", "---\ntitle: B\ndate: 2026-01-05\npath: \"/stra%C3%9Fe/\"\n---\n\nx\n"),
        ("content/briefings/été.svg", "x"),
    ]);
    place.run(&["check", "--now", NOW, "--strict"]).fine();
    place.build().fine();
    let files = place.output();
    for path in ["bürger/index.html", "100%/index.html", "briefings/prévu/index.html", "straße/index.html", "briefings/été.svg"] {
        assert!(files.contains_key(path), "{path} is not in {:?}", files.keys());
    }
    assert_eq!(place.read("public/_redirects"), "/100%25/ /briefings/pr%C3%A9vu/ 301\n/b%C3%BCrger/ /briefings/pr%C3%A9vu/ 301\n");
    let sitemap = place.read("public/sitemap.xml");
    assert!(
        sitemap.contains("https://example.org/stra%C3%9Fe/</loc>") && sitemap.contains("https://example.org/briefings/pr%C3%A9vu/</loc>")
    );
    let html = place.read("public/briefings/prévu/index.html");
    holds(
        &html,
        &[
            "rel=\"canonical\" href=\"https://example.org/briefings/pr%C3%A9vu/\"".into(),
            "https://example.org/briefings/%C3%A9t%C3%A9.svg".into(),
        ],
    );
}

#[test]
fn a_picture_that_lies_elsewhere_is_shown_by_its_whole_address() {
    for image in ["https://cdn.example.net/x.png", "//cdn.example.net/x.png"] {
        let page = format!("---\ntitle: A\ndate: 2026-01-05\nimage: {image}\n---\n\nx\n");
        let place = Place::new(&[("site.toml", SETTINGS), ("content/a.md", &page)]);
        place.run(&["check", "--now", NOW, "--strict"]).fine();
        place.build().fine();
        let whole = "property=\"og:image\" content=\"https://cdn.example.net/x.png\"";
        holds(&place.read("public/a/index.html"), &[whole.to_string()]);
    }
}

#[test]
fn an_alias_with_a_slash_is_an_address_and_one_without_a_name() {
    let place = Place::new(&[
        ("site.toml", SETTINGS),
        ("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-05\naliases: [Gas reserves, ./beside, ../above, /root]\n---\n\nx\n"),
        ("content/briefings/b.md", "---\ntitle: B\ndate: 2026-01-06\n---\n\nSee [[gas reserves]].\n"),
    ]);
    place.build().fine();
    assert_eq!(
        place.read("public/_redirects"),
        "/above/ /briefings/a/ 301\n/briefings/beside/ /briefings/a/ 301\n/root/ /briefings/a/ 301\n"
    );
    assert!(place.output().keys().all(|path| !path.contains("reserves")));
    assert!(place.read("public/briefings/b/index.html").contains("<a href=\"/briefings/a/\">A</a>"));
    place.write("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-05\nstatus: draft\naliases: [Gas reserves]\n---\n\nx\n");
    place.run(&["build", "--now", NOW, "--set", "links.internal=warn"]).fine().says(&["hidden-link"]);
    assert!(place.output().values().all(|bytes| !String::from_utf8_lossy(bytes).to_lowercase().contains("gas reserves")));
}

#[test]
fn an_alias_that_leads_elsewhere_gives_no_id_to_an_entry_of_a_feed() {
    let page = |title: &str, aliases: &str| format!("---\ntitle: {title}\ndate: 2026-01-05\naliases: {aliases}\n---\n\nx\n");
    let place = Place::new(&[
        ("site.toml", SETTINGS),
        ("content/a.md", &page("A", "[name, /b/, /shared/, /first/, /second/]")),
        ("content/b.md", &page("B", "[/shared/]")),
        ("content/c.md", &page("C", "[/shared/]").replace("01-05", "01-06")),
    ]);
    place.build().fine();
    let feed: serde_json::Value = serde_json::from_str(&place.read("public/feed.json")).expect("a feed");
    let ids: Vec<&str> = feed["items"].as_array().expect("items").iter().filter_map(|item| item["id"].as_str()).collect();
    assert_eq!(ids, ["shared", "first", "b"].map(|path| format!("https://example.org/{path}/")));
}

#[test]
fn feeds_and_parts_of_a_list_that_is_a_file_stand_where_the_page_says() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\npaginate_by = 1\n"),
        ("content/notes/_index.md", "---\ntitle: Notes\npath: /notes.html\n---\n\n[feed](/notes/feed.xml)\n"),
        ("content/notes/a.md", "---\ntitle: A\ndate: 2026-01-05\n---\n\nx\n"),
        ("content/notes/b.md", "---\ntitle: B\ndate: 2026-01-06\n---\n\nx\n"),
    ]);
    place.build().fine();
    let first = place.read("public/notes.html");
    let hrefs = attributes(&first, "href");
    for href in ["/notes/feed.xml", "/notes/feed.json", "/notes/page/2/"] {
        assert!(hrefs.iter().any(|other| other == href), "{href} is not in {hrefs:?}");
    }
    let second = attributes(&place.read("public/notes/page/2/index.html"), "href");
    assert!(second.iter().any(|href| href == "/notes.html"), "{second:?}");
    holds(
        &place.read("public/notes/feed.xml"),
        &["<id>https://example.org/notes/feed.xml</id>".into(), "href=\"https://example.org/notes.html\"".into()],
    );
    holds(&place.read("public/sitemap.xml"), &["<loc>https://example.org/notes.html</loc>".into()]);
}

#[test]
fn a_page_at_the_address_of_a_list_is_the_text_above_it() {
    let page = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\n\nWritten by hand: {title}.\n");
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/search.md", &page("Look it up", "")),
        ("content/guides.md", &page("Our guides", "noindex: true\n")),
        ("content/all-topics.md", &page("What we write about", "path: /topics/\n")),
        ("content/labels.md", &page("Labels", "path: /tags/\n")),
        ("content/years.md", &page("By year", "path: /archive/\n")),
        ("content/news.md", &page("What changed", "path: /updates/\n")),
        ("content/who.md", &page("Who is who", "path: /people/\n")),
        ("content/authors.md", &page("We", "")),
        ("content/series.md", &page("In parts", "")),
        ("content/people/p.md", "---\ntitle: P\n---\n\nx\n"),
        (
            "content/guides/a.md",
            "---\ntitle: A\ndate: 2026-01-05\ntopics: [Trade]\ntags: [t]\nauthors: [Ann]\nseries: [S]\nchanges: [{date: 2026-01-06, note: N}]\n---\n\nSee [search](/search/), [[guides]].\n",
        ),
    ]);
    place.run(&["check", "--now", NOW, "--strict"]).fine();
    place.build().fine();
    let lists = [
        ("search", "Look it up", "<search"),
        ("guides", "Our guides", "href=\"/guides/a/\""),
        ("topics", "What we write about", "href=\"/topics/trade/\""),
        ("tags", "Labels", "href=\"/tags/t/\""),
        ("archive", "By year", "href=\"/archive/2026/\""),
        ("updates", "What changed", "href=\"/guides/a/\""),
        ("people", "Who is who", "href=\"/people/p/\""),
        ("authors", "We", "href=\"/authors/ann/\""),
        ("series", "In parts", "href=\"/series/s/\""),
    ];
    for (folder, title, item) in lists {
        let html = place.read(&format!("public/{folder}/index.html"));
        holds(&html, &[format!("<h1>{title}</h1>"), format!("Written by hand: {title}."), item.to_string()]);
    }
    assert!(place.read("public/guides/index.html").contains("noindex") && !place.read("public/sitemap.xml").contains("/guides/</loc>"));
}

#[test]
fn an_address_is_explained_as_it_is_listed_and_as_readers_see_it() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://desk.example.org/briefings/\"\n"),
        ("content/briefings/energy-storage.md", "---\ntitle: Energy storage\ndate: 2026-01-05\n---\n\nx\n"),
    ]);
    for address in [
        "/briefings/energy-storage/",
        "/briefings/briefings/energy-storage/",
        "https://desk.example.org/briefings/briefings/energy-storage/",
    ] {
        let run = place.run(&["explain", address, "--now", NOW]).fine();
        assert!(run.out.contains("content/briefings/energy-storage.md"), "{address}: {}", run.out);
    }
}

#[test]
fn addresses_follow_the_patterns_of_sections_kinds_and_taxonomies() {
    let place = Place::new(&[
        (
            "site.toml",
            "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguages = [\"fr\"]\n[permalinks]\nbriefings = \"/:year/:month/:slug/\"\n\
             \"briefings/notes\" = \"/n/:sections/:contentbasename.html\"\ntopics = \"/categories/:slug/\"\npeople = \"/who/:title/\"\ntags = \"/t-:slug/\"\n",
        ),
        (
            "content/briefings/2024-05-01-x.md",
            "---\ntitle: The Budget, 2 %\ntopics: [Trade, Gas]\ntags: [A b]\n---\n\n[n](<notes/deep/N o.md>)\n",
        ),
        ("content/briefings/x.fr.md", "---\ntitle: Budget\nslug: sous/budget\ndate: 2024-06\ntopics: [Gaz]\n---\n"),
        ("content/briefings/own.md", "---\ntitle: Own\npath: /own/\n---\n"),
        ("content/briefings/_index.md", "---\ntitle: All\n---\n"),
        ("content/briefings/notes/deep/N o.md", "---\ntitle: N\n---\n"),
        ("content/briefings/notes/bundle/index.md", "---\ntitle: B\n---\n\n[d](d.csv)\n"),
        ("content/briefings/notes/bundle/d.csv", "a\n"),
        ("content/topics/_index.md", "---\ntitle: Categories\n---\n"),
        ("content/topics/deep/trade.md", "---\ntitle: Trade\n---\n"),
        ("content/people/ann.md", "---\ntitle: Ann Alm\n---\n"),
    ]);
    place.build().fine();
    for file in [
        "2024/05/the-budget-2/index.html",
        "fr/2024/06/sous/budget/index.html",
        "own/index.html",
        "briefings/index.html",
        "n/briefings/notes/deep/n-o.html",
        "n/briefings/notes/bundle.html",
        "categories/index.html",
        "categories/trade/index.html",
        "categories/trade/feed.xml",
        "categories/gas/index.html",
        "fr/categories/gaz/index.html",
        "t-a-b/index.html",
        "who/index.html",
        "who/ann-alm/index.html",
    ] {
        assert!(place.path(&format!("public/{file}")).exists(), "{file}: {:?}", place.output().keys());
    }
    assert!(!place.path("public/topics").exists() && !place.path("public/people").exists());
    assert!(place.read("public/2024/05/the-budget-2/index.html").contains("href=\"/n/briefings/notes/deep/n-o.html\""));
    assert!(place.read("public/categories/index.html").contains("<h1>Categories</h1>"));
}

#[test]
fn a_page_that_says_nothing_for_a_word_of_its_pattern_is_an_error() {
    let settings = "title = \"T\"\n[permalinks]\nbriefings = \"/:year/:month/:slug/\"\n";
    let place = Place::new(&[
        ("site.toml", settings),
        ("content/briefings/a.md", "---\ntitle: A\n---\n"),
        ("content/briefings/b.md", "---\ntitle: B\ndate: 2024\n---\n"),
    ]);
    place.build().ends_with(1).says(&[
        "unfilled-permalink",
        "content/briefings/a.md",
        "wants `:year`",
        "content/briefings/b.md",
        "wants `:month`",
        "or a `path` of its own",
    ]);
    place.write("site.toml", "title = \"T\"\n[permalinks]\nbriefings = \"/:yaer/:slug/\"\n");
    place.build().ends_with(2).says(&["did you mean `:year`?", "site.toml:3:13"]);
}
