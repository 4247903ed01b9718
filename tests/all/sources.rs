//! Sources that pages cite: their pages, what is taken along, and the list of them.

use crate::place::Place;

const REGISTER: &str = "@report{oc:2025, author = {{Oslo Commission}}, title = {Tidal Ports}, institution = {Oslo Commission}, date = {2025-03-14}, \
     url = {https://e.org/ports}, keywords = {primary, read on Monday}, annotation = {Weak on dues}, caller = {Ann}}\n\
     @online{tide, author = {{Tide Watch}}, title = {Tide Tables}, date = {2024}, url = {https://t.org/}, keywords = {secondary}, \
     archive_url = {https://w.org/web/20250102030405/https://t.org/}}\n\
     @report{old, author = {{B}}, title = {Old Dues}, institution = {B}, date = {2010}, url = {https://e.org/old}}\n\
     @report{secret, author = {{Hush}}, title = {Hushed Ports}, institution = {Hush}, date = {2026}, url = {https://e.org/hush}}\n";

const SETTINGS: &str = "title = \"Desk\"\nbase_url = \"https://desk.example.org/\"\n[citations]\nstyle = \"apa\"\n";

fn place() -> Place {
    let ledger = "https://t.org/ good 200 checked=2026-11-01T10:00:00Z\n";
    Place::new(&[
        ("site.toml", SETTINGS),
        ("content/_data/sources.bib", REGISTER),
        ("content/_data/links.lock", ledger),
        (
            "content/briefings/a.md",
            "---\ntitle: A\nid: D-1\ndate: 2026-01-02\ntopics: [Ports]\nauthors: [Ann Hill]\n---\n\n## Dues\n\nDues rose [@oc:2025, p. 4]. Tides turn [@tide].\n",
        ),
        (
            "content/briefings/b.md",
            "---\ntitle: B\ndate: 2026-01-01\ntopics: [Ports]\n---\n\nIt is so, as [[a]] says [@oc:2025]. See [it](/sources/oc2025/source.bib).\n",
        ),
        (
            "content/briefings/gone.md",
            "---\ntitle: Gone\ndate: 2020-01-01\nwithdrawn: {date: 2021-01-01, reason: wrong}\n---\n\nIt was so [@old].\n",
        ),
        ("content/briefings/draft.md", "---\ntitle: Draft\ndraft: true\n---\n\nIt will be so [@secret].\n"),
        ("content/sources/tide.md", "---\ntitle: Tables of the tides\n---\n\nWe trust them.\n"),
    ])
}

#[test]
fn a_source_has_a_page_with_its_reference_and_who_cites_it() {
    let place = place();
    place.build().fine();
    let page = place.read("public/sources/oc2025/index.html");
    assert!(page.contains("<em>Tidal Ports</em>"), "in the style of the site: {page}");
    assert!(page.contains("<span>Source</span> <span>Report</span>"), "one report: {page}");
    let (isolated, list) = ("<p class=\"reference\" dir=\"auto\">", place.read("public/briefings/a/index.html"));
    assert!(page.contains(isolated) && list.contains("<li id=\"ref-tide\" dir=\"auto\">"), "whatever the direction of the page: {page}");
    let [first, second] = ["href=\"/briefings/a/\">A</a>", "href=\"/briefings/b/\">B</a>"].map(|link| page.find(link).expect("it cites"));
    assert!(first < second, "the newest comes first");
    assert!(page.contains("<cite>Dues</cite></a> Dues rose.") && page.contains("application/ld+json"), "{page}");
    assert!(page.contains("It is so, as A says."), "links without words have those of what they lead to: {page}");
    let tide = place.read("public/sources/tide/index.html");
    let robust = "href=\"https://t.org/\" data-originalurl=\"https://t.org/\" data-versionurl=\"https://w.org/web/20250102030405/https://t.org/\" \
                  data-versiondate=\"2025-01-02\"";
    assert!(tide.contains(robust), "{tide}");
    assert!(tide.contains("<h1>Tables of the tides</h1>") && tide.contains("We trust them.") && tide.contains("1 November 2026"), "{tide}");
    let all = place.read("public/sources/index.html");
    for said in ["<h3>Reports</h3>", "<h3>Web pages</h3>", "Secondary source", "Oslo Commission", ">2025</span>", "cited by 2 pages"] {
        assert!(all.contains(said), "{said}: {all}");
    }
    assert!(place.read("public/topics/ports/index.html").contains("href=\"/sources/oc2025/\""), "two of its pages cite it");
    assert!(place.read("public/briefings/b/index.html").contains("oth cite Tidal Ports"), "that is why they are related");
}

#[test]
fn what_only_a_withdrawn_page_cites_is_found_from_there_alone() {
    let place = place();
    place.build().fine();
    let old = place.read("public/sources/old/index.html");
    assert!(old.contains("noindex") && old.contains("No current page cites this source."), "{old}");
    assert!(!place.read("public/sources/index.html").contains("Old Dues") && !place.read("public/sources/all.bib").contains("Old Dues"));
    let sitemap = place.read("public/sitemap.xml");
    assert!(sitemap.contains("/sources/oc2025/") && !sitemap.contains("/sources/old/"), "{sitemap}");
}

#[test]
fn what_a_register_keeps_for_its_owner_is_in_no_file() {
    let place = place();
    place.build().fine();
    for name in ["oc2025/source.bib", "oc2025/source.ris", "oc2025/source.json", "oc2025/index.html", "all.bib", "all.ris", "all.json"] {
        let text = place.read(&format!("public/sources/{name}"));
        assert!(text.contains("Tidal"), "{name}: {text}");
        for own in ["Monday", "Weak on dues", "caller", "Ann"] {
            assert!(!text.replace("Ann Hill", "").contains(own), "{own} in {name}: {text}");
        }
    }
}

#[test]
fn a_briefing_is_taken_along_as_a_report() {
    let place = place();
    place.build().fine();
    let bib = place.read("public/briefings/a/cite.bib");
    assert!(bib.contains("@report{D-1,") && bib.contains("author = {Hill, Ann}") && bib.contains("institution = {Desk}"), "{bib}");
    assert!(place.read("public/briefings/gone/cite.ris").contains("N1  - Withdrawn on 1 January 2021."));
    assert!(place.read("public/briefings/a/cite.json").contains("\"number\": \"D-1\""));
    let page = place.read("public/briefings/gone/index.html");
    assert!(page.contains("[Withdrawn on 1 January 2021.]") && page.contains("href=\"/briefings/gone/cite.bib\""), "{page}");
    assert!(!place.path("public/sources/tide/cite.bib").exists(), "a page about a source is none");
}

#[test]
fn sources_are_listed_with_how_many_pages_cite_them() {
    let place = place();
    let listed = place.run(&["list", "sources", "--format", "csv"]).fine().out;
    assert!(listed.contains("oc:2025,report,Tidal Ports,2025-03-14,primary,2,content/_data/sources.bib,1\r\n"), "{listed}");
    let uncited = place.run(&["list", "sources", "--uncited"]).fine().out;
    assert!(uncited.starts_with("secret ") && uncited.lines().count() == 1, "{uncited}");
    place.run(&["list", "--uncited"]).ends_with(2);
}

#[test]
fn a_site_that_cites_nothing_has_none_of_it() {
    let place = Place::new(&[
        ("site.toml", SETTINGS),
        ("content/_data/sources.bib", REGISTER),
        ("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n"),
    ]);
    place.build().fine();
    assert!(!place.path("public/sources").exists());
    assert!(!place.path("public/briefings/a/cite.bib").exists());
}

#[test]
fn an_edit_of_a_source_makes_anew_what_shows_it_and_nothing_else() {
    let place = place();
    place.build().fine();
    place.write("content/_data/sources.bib", REGISTER.replace("Tide Tables", "Tables of Tides").replace("Hushed Ports", "Quiet Ports"));
    let told = place.run(&["build", "--explain"]).fine().out;
    let made: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(path, why)| why.contains("changed") && !path.starts_with("Built"))
        .map(|(path, _)| path)
        .collect();
    let expected = [
        "briefings/a/index.html",
        "sources/all.bib",
        "sources/all.json",
        "sources/all.ris",
        "sources/tide/index.html",
        "sources/tide/source.bib",
        "sources/tide/source.json",
        "sources/tide/source.ris",
    ];
    assert_eq!(made, expected, "the list of all shows the title of the page that was written for it");
}
