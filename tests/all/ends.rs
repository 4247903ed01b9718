//! Links within a page: each leads to something that is there, on every kind of page that cites a source.

use std::collections::HashSet;

use crate::html::{attributes, decoded};
use crate::place::Place;

const REGISTER: &str = "@report{one, author = {{Oslo Commission}}, title = {Tidal Ports}, institution = {Oslo Commission}, date = {2025}, keywords = {primary}}\n\
     @report{of:two, author = {{Tide Watch}}, title = {Tide Tables}, institution = {Tide Watch}, date = {2024}}\n";

/// Texts of all kinds, by their files; and the page of the site that shows each of them.
const PAGES: [(&str, &str); 24] = [
    ("_index.md", "index.html"),
    ("about.md", "about/index.html"),
    ("briefings/_index.md", "briefings/index.html"),
    ("briefings/a.md", "briefings/a/index.html"),
    ("briefings/b.md", "briefings/b/index.html"),
    ("topics/_index.md", "topics/index.html"),
    ("topics/ports.md", "topics/ports/index.html"),
    ("tags/_index.md", "tags/index.html"),
    ("tags/tide.md", "tags/tide/index.html"),
    ("authors/_index.md", "authors/index.html"),
    ("authors/ann.md", "authors/ann/index.html"),
    ("series/_index.md", "series/index.html"),
    ("series/dues.md", "series/dues/index.html"),
    ("people/_index.md", "people/index.html"),
    ("people/mark.md", "people/mark/index.html"),
    ("organisations/oc.md", "organisations/oc/index.html"),
    ("places/oslo.md", "places/oslo/index.html"),
    ("agreements/act.md", "agreements/act/index.html"),
    ("archive.md", "archive/index.html"),
    ("year.md", "archive/2026/index.html"),
    ("updates.md", "updates/index.html"),
    ("search.md", "search/index.html"),
    ("sources/_index.md", "sources/index.html"),
    ("sources/one.md", "sources/one/index.html"),
];

fn site(style: &str, template: Option<&str>) -> Place {
    let settings =
        format!("title = \"Desk\"\nbase_url = \"https://desk.example.org/\"\npaginate_by = 1\n[citations]\nstyle = \"{style}\"\n");
    let place = Place::new(&[("site.toml", &settings), ("content/_data/sources.bib", REGISTER)]);
    for (path, _) in PAGES {
        let dated = "date: 2026-01-02\ntopics: [Ports]\ntags: [tide]\nauthors: [Ann]\nseries: [Dues]\nchanges:\n  - {date: 2026-02-01, note: More}\n";
        let front = if path.starts_with("briefings/") && !path.contains('_') { dated } else { "" };
        let front = if path == "year.md" { "path: /archive/2026/\n" } else { front };
        let text = "Dues rose [@one, p. 4]. @of:two says so, too [see @one; @of:two].[^1]\n\n[^1]: A note [@of:two].\n";
        let points = "key_points: [\"A point [@one].\"]\nrecommendations: [\"Do it, as @of:two says.\"]\n";
        place.write(&format!("content/{path}"), format!("---\ntitle: Page {path}\n{front}{points}---\n\nMarked. {text}"));
    }
    if let Some(template) = template {
        for name in ["briefing", "page"] {
            place.write(&format!("templates/{name}.html"), template);
        }
    }
    place
}

/// Links within each page of a site that lead to nothing there, and ids that stand twice.
fn faults(place: &Place) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, bytes) in place.output().into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes).expect("text");
        let ids = attributes(&html, "id");
        let known: HashSet<&String> = ids.iter().collect();
        if known.len() != ids.len() {
            faults.push(format!("{path} has an id twice"));
        }
        let links = attributes(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#').map(decoded));
        faults.extend(links.filter(|link| !known.contains(link)).map(|link| format!("{path}: #{link}")));
    }
    faults
}

#[test]
fn every_page_that_shows_a_text_has_the_list_of_what_it_cites() {
    for style in ["apa", "ieee", "chicago-notes"] {
        let place = site(style, None);
        place.build().fine();
        assert_eq!(faults(&place), Vec::<String>::new(), "{style}");
        for (from, path) in PAGES {
            let html = place.read(&format!("public/{path}"));
            assert!(html.contains("Marked."), "{path} shows the text of {from}");
            assert!(html.matches("class=\"citation\"").count() >= 3, "{style} {path}");
            let has_list = html.matches("role=\"doc-bibliography\"").count();
            assert_eq!(has_list, 1, "{style} {path}");
            assert!(html.contains("id=\"ref-one\"") && html.contains("id=\"ref-of:two\""), "{style} {path}");
        }
        let further = place.read("public/briefings/page/2/index.html");
        assert!(!further.contains("doc-bibliography") && !further.contains("class=\"citation\""), "{style}");
    }
}

#[test]
fn a_template_without_the_list_shows_citations_as_words() {
    for style in ["apa", "ieee", "chicago-notes"] {
        let place = site(style, Some("<main>{{ content }}</main>"));
        place.build().fine();
        assert_eq!(faults(&place), Vec::<String>::new(), "{style}");
        let html = place.read("public/about/index.html");
        assert!(html.contains("class=\"citation\"") && !html.contains("\"biblioref\""), "{style}: {html}");
        let list =
            "{% for group in sources %}{% for item in group.items %}<p id=\"{{ item.id }}\">{{ item.html }}</p>{% endfor %}{% endfor %}";
        let points = site(style, Some(&format!("<main>{{% for line in key_points %}}{{{{ line }}}}{{% endfor %}}{list}</main>")));
        points.build().fine();
        assert_eq!(faults(&points), Vec::<String>::new(), "{style}");
        let html = points.read("public/about/index.html");
        assert!(html.contains("A point") && html.contains("id=\"ref-one\"") && !html.contains("Dues rose"), "{style}: {html}");
    }
}
