//! What a library wants of a site: topics with their history, people and agreements, citations, licences, cards of links.

use crate::place::Place;

/// What a script does that looks for the card of a link: FNV-1a of the address, as the manual says it.
fn card(place: &Place, href: &str) -> serde_json::Value {
    let read = |name: &str| serde_json::from_str::<serde_json::Value>(&place.read(&format!("public/cards/{name}.json"))).expect("JSON");
    let blocks = read("blocks")["blocks"].as_u64().expect("a number");
    let path = href.split('#').next().unwrap_or_default();
    let hash = path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    read(&(u64::from(hash) & (blocks - 1)).to_string())[path].clone()
}

#[test]
fn the_card_of_a_link_is_found_by_its_address_alone() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n"),
        ("templates/briefing.html", "{{ content }}"),
    ]);
    let mut links = String::new();
    for number in 0..150 {
        place.write(
            &format!("content/É{number}.md"),
            format!("---\ntitle: Page {number}\ndate: 2026-01-01\nslug: \"é {number}\"\n---\n\n## Part\n\nText {number}.\n"),
        );
        links.push_str(&format!("[a](É{number}.md#part)\n"));
    }
    place.write("content/old.md", "---\ntitle: Old\ndate: 2025-01-01\nlang: fr\n---\n\nAncien.\n");
    place.write("content/draft.md", "---\ntitle: Secret\ndraft: true\n---\n");
    place.write(
        "content/all.md",
        format!("---\ntitle: All\ndate: 2026-02-01\nupdated: 2026-02-02\nsupersedes: old\n---\n\n[old](old.md)\n{links}"),
    );
    place.build().fine();
    let hrefs =
        crate::html::attributes(&place.read("public/all/index.html"), "href").into_iter().map(|href| href.to_string()).collect::<Vec<_>>();
    assert_eq!(hrefs.len(), 151);
    for (number, href) in hrefs[1..].iter().enumerate() {
        assert_eq!(card(&place, href)["title"], format!("Page {number}"), "{href}");
    }
    let old = serde_json::json!({ "title": "Old", "summary": "Ancien.", "date": "2025-01-01", "updated": null, "type": "briefing", "status": "superseded", "standing": "superseded", "state": "Remplacé par All (1er février 2026)", "lang": "fr", "topics": [] });
    assert_eq!(card(&place, &hrefs[0]), old);
    assert_eq!(card(&place, "/sub/all/")["updated"], "2026-02-02");
    assert!(place.output().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("Secret")));
}

/// What templates of these names make of a site with a topic, a series, people and an agreement.
fn library(templates: &[(&str, &str)]) -> Place {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\npublisher = \"Desk\"\nlicence = \"CC-BY-4.0\"\n"),
        ("content/topics/peace/_index.md", "---\ntitle: Peace\nsynonyms: [Calm]\nrelated: [Trade]\n---\n"),
        ("content/topics/peace/treaties.md", "---\ntitle: Treaties\n---\n"),
        ("content/topics/trade.md", "---\ntitle: Trade\n---\n"),
        ("content/people/ada.md", "---\ntitle: Ada Byron\noffices: [{office: Minister, of: Trade, from: 2024-05, to: 2025-01-31}]\n---\n"),
        ("content/people/bob.md", "---\ntitle: Bob Stone\n---\n"),
        ("content/agreements/pact.md", "---\ntitle: The Long Pact\n---\n\nAda Byron signed it.\n"),
        ("content/old.md", "---\ntitle: Old\ndate: 2025-01-01\ntopics: [Treaties]\n---\n\nText.\n"),
        (
            "content/new.md",
            "---\ntitle: New\nid: PB-1\ndate: 2026-01-01\nas_of: 2026-02-01\nsupersedes: old\ntopics: [Peace]\nseries: [Serial]\nauthors: [A. Author, B. Other]\nkey_points: [\"See [it](middle.md)\"]\nchanges: [{date: 2026-03-01, note: A slip, kind: correction}]\n---\n\nAda Byron met Bob Stone.\n",
        ),
        (
            "content/middle.md",
            "---\ntitle: Middle\ndate: 2025-06-01\ntopics: [Treaties]\nlicence: Ask us\n---\n\nBob Stone and Ada Byron.\n\nBob Stone.\n",
        ),
    ]);
    templates.iter().for_each(|(name, text)| place.write(&format!("templates/{name}"), text));
    place.build().fine();
    place
}

#[test]
fn the_front_page_can_show_the_newest_briefing_series_and_corrections() {
    let home = "{% if lead.card %}{{ lead.card.title }}{% endif %}|{{ lead.key_points | join(sep=';') }}|{% for author in lead.authors %}{{ author.name }},{% endfor %}|{% for one in recent_changes %}{{ one.date }} {{ one.kind }} {{ one.title }} {{ one.note }}{% endfor %}|{% for one in all_series %}{{ one.name }} {{ one.count }} {{ one.date }}{% endfor %}";
    let place = library(&[("home.html", home)]);
    let shown = place.read("public/index.html").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let points = "See <a href=\"/middle/\">it</a>";
    assert_eq!(shown, format!("New|{points}|A. Author,B. Other,|2026-03-01 correction New A slip|Serial 1 2026-01-01"));
    let empty = Place::new(&[("site.toml", "title = \"Test\"\n"), ("templates/home.html", home)]);
    empty.build().fine();
    assert_eq!(empty.read("public/index.html"), "||||");
}

#[test]
fn a_topic_can_show_its_history_its_people_and_what_is_out_of_date() {
    let topic = "{% for one in timeline %}{{ one.date }} {{ one.kind }} {{ one.title }}{% if one.note %}: {{ one.note }}{% endif %};{% endfor %}|{% for one in topic_people %}{{ one.title }} {{ one.count }}{% for held in one.offices %} {{ held.office }} {{ held.from | date }} {{ held.to | date }}{% endfor %};{% endfor %}|{% for card in superseded %}{{ card.title }} {{ card.status }}{% endfor %}";
    let place = library(&[("topic.html", topic)]);
    assert_eq!(
        place.read("public/topics/peace/index.html"),
        "2026-03-01 correction New: A slip;2026-01-01 published New;2025-06-01 published Middle;|Ada Byron 2 Minister May 2024 31 January 2025;Bob Stone 2;|Old superseded"
    );
    assert_eq!(place.read("public/topics/trade/index.html"), "||");
}

#[test]
fn the_index_of_topics_leads_from_other_names_and_to_related_topics() {
    let index = "{% for one in topics_index %}{{ one.name }}{% if one.see %}: {{ one.see.name }}{% else %} {{ one.count }}{% for other in one.related %} {{ other.name }}{% endfor %}{% endif %};{% endfor %}|{% for one in topics_tree %}{{ one.name }} {{ one.synonyms | join(sep=',') }};{% endfor %}";
    let place = library(&[("topics.html", index)]);
    assert_eq!(place.read("public/topics/index.html"), "Calm: Peace;Peace 2 Trade;Trade 0 Peace;Treaties 1;|Peace Calm;Trade ;");
}

#[test]
fn a_page_says_how_to_cite_it_and_under_which_licence_it_is() {
    let place = library(&[(
        "briefing.html",
        "{{ cite.text }}|{{ cite.authors | join(sep='+') }} {{ cite.number }} {{ cite.as_of }}|{{ licence.name }} {{ licence.url | default(value='') }}",
    )]);
    assert_eq!(
        place.read("public/new/index.html"),
        "A. Author, B. Other: New. PB-1. Desk, 1 January 2026. As of 1 February 2026. Corrected on 1 March 2026. https://example.org/new/|A. Author+B. Other PB-1 2026-02-01|CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    );
    assert_eq!(place.read("public/middle/index.html"), "Middle. Desk, 1 June 2025. https://example.org/middle/|  |Ask us ");
}

#[test]
fn a_person_has_the_agreements_that_name_them() {
    let place = library(&[("entity.html", "{% for card in agreements %}{{ card.title }}{% endfor %}")]);
    assert_eq!(
        (place.read("public/people/ada/index.html"), place.read("public/people/bob/index.html")),
        ("The Long Pact".into(), "".into())
    );
}

#[test]
fn a_month_or_a_year_is_told_to_every_reader_as_no_more_than_that() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\npublisher = \"Desk\"\n"),
        ("content/briefings/month.md", "+++\ntitle = \"Month\"\ndate = \"2021-09\"\nupdated = 2022\n+++\n\nText [@k].\n"),
        ("content/briefings/year.md", "---\ntitle: Year\ndate: 1998\nas_of: May 1997\n---\n\nText.\n"),
        ("content/briefings/later.md", "---\ntitle: Later\ndate: 2021-09-02\n---\n\nText.\n"),
        ("content/_data/sources.bib", "@book{k, title = {T}, author = {Doe, Ann}, date = {2020}}"),
    ]);
    place.build().fine();
    let (month, year) = (place.read("public/briefings/month/index.html"), place.read("public/briefings/year/index.html"));
    for shown in ["datetime=\"2021-09\">September 2021</time>", "datetime=\"2022\">2022</time>", "\"datePublished\":\"2021-09\""] {
        assert!(month.contains(shown), "{shown}");
    }
    for shown in ["datetime=\"1998\">1998</time>", "datetime=\"1997-05\">May 1997</time>"] {
        assert!(year.contains(shown), "{shown}");
    }
    assert!(month.contains("<meta name=\"citation_publication_date\" content=\"2021/09\">"));
    let list = place.read("public/briefings/index.html");
    let order = ["Later</a>", "Month</a>", "Year</a>"].map(|title| list.find(title).expect("in the list"));
    assert!(order.is_sorted(), "{order:?}");
    let sitemap = place.read("public/sitemap.xml");
    assert!(sitemap.contains("/briefings/year/</loc><lastmod>1998</lastmod>"), "{sitemap}");
    assert!(place.read("public/feed.xml").contains("<published>2021-09-01T12:00:00+00:00</published>"));
    let card: serde_json::Value = card(&place, "/briefings/year/");
    assert_eq!(card["date"], "1998");
    assert!(place.read("public/briefings/month/cite.bib").contains("  date = {2021-09},\n"));
    assert!(place.read("public/briefings/month/cite.ris").contains("DA  - 2021/09//\n"));
}
