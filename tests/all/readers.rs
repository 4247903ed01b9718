//! What readers' programs take from a site: feeds, redirects of hosts, the head of pages.

use serde_json::Value;

use crate::html::attributes;
use crate::place::Place;

const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n";

fn built(files: &[(&str, &str)]) -> Place {
    let place = Place::new(files);
    if !files.iter().any(|(path, _)| *path == "site.toml") {
        place.write("site.toml", SETTINGS);
    }
    place.build().fine();
    place
}

fn feed(place: &Place) -> (String, Value) {
    let json = serde_json::from_str(&place.read("public/feed.json")).expect("JSON");
    (place.read("public/feed.xml"), json)
}

#[test]
fn characters_that_no_reader_takes_are_in_no_part_of_a_feed() {
    let page = "---\ntitle: \"Co\\uFFFEoperation\"\ndate: 2026-01-05\ntopics: [\"Tra\\uFFFFde\"]\nauthors: [\"De\\uFFFEsk\"]\n---\n\nThe co\u{FFFE}operation.\n\n```\nx\u{FFFF}y\n```\n";
    let settings = "title = \"Te\\uFFFEst\"\ndescription = \"D\\uFFFF\"\nlicence = \"L\\uFFFE\"\nbase_url = \"https://example.org/\"\nfeeds.full_text = true\n";
    let place = built(&[("site.toml", settings), ("content/a.md", page)]);
    let (xml, json) = feed(&place);
    for text in [&xml, &json.to_string(), &place.read("public/sitemap.xml")] {
        assert!(!text.contains(['\u{FFFE}', '\u{FFFF}']), "{text}");
    }
    assert!(
        xml.contains("<title>Cooperation</title>") && xml.contains("term=\"Trade\"") && xml.contains("&lt;p&gt;The cooperation."),
        "{xml}"
    );
    assert_eq!(json["items"][0]["tags"][0], "Trade");
}

#[test]
fn the_site_is_the_first_link_of_a_feed() {
    let (xml, _) = feed(&built(&[("content/a.md", "---\ntitle: A\ndate: 2026-01-05\n---\n\nText.\n")]));
    let links = attributes(xml.split("<entry>").next().expect("a head"), "rel");
    assert_eq!(links, ["alternate", "self"]);
}

#[test]
fn a_day_is_noon_of_its_zone_in_feeds_and_a_time_stays() {
    let settings = format!("{SETTINGS}time_zone = \"Europe/Brussels\"\n");
    let place = built(&[
        ("site.toml", &settings),
        ("content/a.md", "---\ntitle: A\ndate: 2026-01-05\nupdated: 2026-01-05 09:00\n---\n\nText.\n"),
        ("content/b.md", "---\ntitle: B\ndate: 2026-01-04 18:30\nupdated: 2026-07-06\n---\n\nText.\n"),
    ]);
    let (xml, json) = feed(&place);
    let dates = |item: usize| [json["items"][item]["date_published"].clone(), json["items"][item]["date_modified"].clone()];
    assert_eq!(dates(0), ["2026-01-05T12:00:00+01:00", "2026-01-05T12:00:00+01:00"], "it is changed no earlier than it is published");
    assert_eq!(dates(1), ["2026-01-04T18:30:00+01:00", "2026-07-06T12:00:00+02:00"]);
    assert!(
        xml.contains("</link><updated>2026-07-06T12:00:00+02:00</updated>")
            || xml.contains("/><updated>2026-07-06T12:00:00+02:00</updated>"),
        "{xml}"
    );
}

#[test]
fn an_entry_in_another_language_says_so() {
    let place = built(&[
        ("content/a.md", "---\ntitle: Lettre\ndate: 2026-01-05\nlang: fr\n---\n\nTexte.\n"),
        ("content/b.md", "---\ntitle: B\ndate: 2026-01-04\n---\n\nText.\n"),
    ]);
    let (xml, json) = feed(&place);
    assert!(xml.contains("xml:lang=\"en\"") && xml.contains("<entry xml:lang=\"fr\">") && xml.contains("<entry><id>"), "{xml}");
    assert_eq!(
        (&json["language"], &json["items"][0]["language"], &json["items"][1]["language"]),
        (&"en".into(), &"fr".into(), &Value::Null)
    );
}

#[test]
fn an_old_address_that_hosts_take_for_a_pattern_leads_on_by_its_page_only() {
    let page = "---\ntitle: A\ndate: 2026-01-05\naliases: [\"/a:b/\", \"/old plan/\", \"/10:30/\"]\n---\n\nText.\n";
    let place = built(&[("content/new.md", page)]);
    assert_eq!(place.read("public/_redirects"), "/10:30/ /new/ 301\n/old%20plan/ /new/ 301\n");
    assert!(place.read("public/a:b/index.html").contains("url=/new/"));
}

/// The head of a page of a site with these keys.
fn head(keys: &str) -> String {
    let page = format!("---\ntitle: The \"plan\" </script>\nsummary: What it says.\n{keys}---\n\nText.\n");
    let settings = format!("{SETTINGS}time_zone = \"Europe/Brussels\"\npublisher = \"Office\"\n");
    let place = built(&[
        ("site.toml", &settings),
        ("content/briefings/plan.md", &page),
        ("content/briefings/newer.md", "---\ntitle: Newer\ndate: 2026-03-01\nsupersedes: old\n---\n\nText.\n"),
        ("content/briefings/old.md", "---\ntitle: Old\ndate: 2025-03-01\nlang: fr\n---\n\nTexte.\n"),
        ("content/organisations/council.md", "---\ntitle: The Council\nnames: [Council of Rivers]\n---\n\nText.\n"),
        ("content/authors/desk.md", "---\ntitle: River Desk\ntype: organisation\n---\n\nText.\n"),
    ]);
    let old = place.read("public/briefings/old/index.html");
    assert!(old.contains("<title>Remplacé\u{a0}: Old – Test</title>") && old.contains("content=\"Remplacé\u{a0}: Texte.\""), "{old}");
    place.read("public/briefings/plan/index.html").split("</head>").next().expect("a head").to_string()
}

fn json_ld(head: &str) -> Value {
    let text = head.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    serde_json::from_str(text.expect("JSON-LD")).expect("JSON")
}

#[test]
fn the_head_says_days_as_days_and_times_as_times() {
    let head = head("date: 2026-01-05\nupdated: 2026-02-03 09:30\n");
    assert!(head.contains("<meta property=\"article:published_time\" content=\"2026-01-05\">"), "{head}");
    assert!(head.contains("<meta property=\"article:modified_time\" content=\"2026-02-03T09:30:00+01:00\">"), "{head}");
    let said = json_ld(&head);
    assert_eq!((&said["datePublished"], &said["dateModified"]), (&"2026-01-05".into(), &"2026-02-03T09:30:00+01:00".into()));
}

#[test]
fn the_head_names_all_authors_as_persons_and_as_bodies() {
    let head = head("id: PB-1\ndate: 2026-01-05\nauthors: [Ada Byron, River Desk, council-of rivers, Office]\n");
    let said = json_ld(&head);
    let authors: Vec<String> = said["author"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|author| format!("{} {}", author["@type"].as_str().unwrap_or_default(), author["name"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(authors, ["Person Ada Byron", "Organization River Desk", "Organization council-of rivers", "Organization Office"]);
    assert_eq!(said["author"][1]["url"], "https://example.org/authors/desk/");
    assert_eq!(said["headline"], "The \"plan\" </script>");
    assert_eq!((&said["identifier"], &said["publisher"]["name"], &said["inLanguage"]), (&"PB-1".into(), &"Office".into(), &"en".into()));
}

#[test]
fn a_page_that_no_longer_holds_says_so_before_its_title() {
    let head = head("date: 2026-01-05\nwithdrawn: {date: 2026-02-01, reason: Wrong.}\n");
    for part in [
        "<title>Withdrawn: The ",
        "property=\"og:title\" content=\"Withdrawn: The ",
        "name=\"description\" content=\"Withdrawn: What it says.\"",
    ] {
        assert!(head.contains(part), "{part}: {head}");
    }
    let said = json_ld(&head);
    assert_eq!(
        (&said["headline"], &said["creativeWorkStatus"]),
        (&"Withdrawn: The \"plan\" </script>".into(), &"Withdrawn on 1 February 2026".into())
    );
}

#[test]
fn a_home_page_without_a_title_is_called_as_the_site_is() {
    let place = built(&[("content/_index.md", "---\nsummary: S\n---\n\nWelcome.\n")]);
    let home = place.read("public/index.html");
    assert!(home.contains("<title>Test</title>") && home.contains("<h1 class=\"visually-hidden\">Test</h1>"), "{home}");
}
