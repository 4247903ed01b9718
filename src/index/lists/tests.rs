//! Which lists a site has, by small sites made by hand.

use super::Form;
use crate::page::front::{ChangeKind, Status};
use crate::testing::{Page, Sample, page, site, site_with};

fn dated(path: &str) -> Page {
    page(path).date("2025-01-01")
}

fn routes(sample: &Sample) -> Vec<&str> {
    sample.index().lists.iter().map(|list| &*list.route).collect()
}

#[test]
fn pages_are_in_the_order_of_date_title_and_path_and_undated_ones_last() {
    let sample = site([
        page("a.md").title("A").topics(&["x"]),
        page("b.md").title("Z").date("2025-06-01").topics(&["x"]),
        page("d.md").title("B").date("2024-01-01").topics(&["x"]),
        page("c.md").title("B").date("2024-01-01").topics(&["x"]),
        page("e.md").title("A").date("2024-01-01").topics(&["x"]),
    ]);
    assert_eq!(sample.list("/topics/x/"), Some(vec!["b.md", "e.md", "c.md", "d.md", "a.md"]));
}

#[test]
fn home_holds_dated_pages_without_a_kind() {
    let sample = site([
        dated("b/x.md"),
        page("undated.md"),
        dated("people/p.md"),
        dated("old.md").status(Status::Archived),
        dated("gone.md").status(Status::Withdrawn),
        dated("b/_index.md"),
    ]);
    assert_eq!(sample.list("/"), Some(vec!["old.md", "b/x.md"]));
}

#[test]
fn a_section_lists_all_dated_pages_below_it() {
    let sample = site([dated("a/b/c/x.md"), dated("a/y.md"), dated("a/z/index.md"), page("a/undated.md"), dated("a/b/_index.md")]);
    assert_eq!(sample.list("/a/"), Some(vec!["a/b/c/x.md", "a/y.md", "a/z/index.md"]));
    assert_eq!(sample.list("/a/b/"), Some(vec!["a/b/c/x.md"]));
    assert_eq!(sample.list("/a/z/"), None, "the folder of a bundle is a page");
}

#[test]
fn a_section_without_dates_lists_its_pages_by_weight() {
    let weighed = |path: &str, weight: i64| page(path).with("weight", "", |front, _| front.weight = Some(weight));
    let sample = site([weighed("h/a.md", 2), page("h/b.md"), weighed("h/c.md", 1)]);
    assert_eq!(sample.list("/h/"), Some(vec!["h/c.md", "h/a.md", "h/b.md"]));
}

#[test]
fn an_index_page_among_pages_leaves_no_list_at_its_address() {
    let sample = site([page("standards/index.md"), dated("standards/x.md")]);
    assert_eq!(sample.list("/standards/"), None);
}

#[test]
fn a_section_page_gives_its_list_title_and_place() {
    let sample = site([page("a/_index.md").title("Alpha").with("path", "/z/", |front, path| front.path = Some(path)), dated("a/x.md")]);
    let list = sample.index().lists.iter().find(|list| list.title.as_ref() == "Alpha").expect("a list");
    assert_eq!((&*list.route, list.page, sample.paths(list.pages.iter().copied())), ("/z/", Some(0), vec!["a/x.md"]));
    assert_eq!(sample.index().list_of_page[0].map(|list| sample.index().lists[list as usize].route.to_string()).as_deref(), Some("/z/"));
}

#[test]
fn every_page_that_is_no_document_lends_its_text_to_one_list() {
    let sample = site([
        page("_index.md"),
        page("a/_index.md"),
        page("topics/_index.md"),
        page("topics/t/_index.md"),
        page("topics/t/u.md"),
        page("people/index.md"),
        page("authors/d.md"),
        page("b/topic.md").with("kind", "topic", |front, kind| front.kind = Some(kind)),
        page("topics/odd/_index.md").with("kind", "page", |front, kind| front.kind = Some(kind)),
    ]);
    let without: Vec<&str> =
        (0..9).filter(|page| sample.index().list_of_page[*page].is_none()).flat_map(|page| sample.paths([page as u32])).collect();
    assert_eq!(without, [""; 0]);
}

#[test]
fn a_page_at_the_address_of_a_list_is_that_lists_page_and_is_not_listed() {
    let own = |path: &str| dated(path).title("Own").change("2025-02-01", ChangeKind::Minor).topics(&["x"]);
    let at = |path: &str, route: &str| own(path).with("path", route, |front, route| front.path = Some(route));
    let pages = [
        own("b.md"),
        own("search.md"),
        own("topics.md"),
        own("people.md"),
        own("archive.md"),
        own("updates.md"),
        at("c.md", "/topics/x/"),
        at("d.md", "/archive/2024/"),
        page("b/x.md").date("2024-01-01").change("2025-02-01", ChangeKind::Minor).topics(&["x"]),
        page("people/p.md"),
    ];
    let sample = site(pages);
    assert!(sample.reports().is_empty(), "{:?}", sample.reports());
    let own: Vec<&str> = sample.index().lists.iter().filter(|list| list.page.is_some()).map(|list| &*list.route).collect();
    assert_eq!(own, ["/archive/", "/archive/2024/", "/b/", "/people/", "/search/", "/topics/", "/topics/x/", "/updates/"]);
    assert!(sample.index().lists.iter().filter(|list| list.page.is_some()).all(|list| &*list.title == "Own"));
    for route in ["/", "/b/", "/archive/2024/", "/updates/"] {
        assert_eq!(sample.list(route), Some(vec!["b/x.md"]), "{route}");
    }
    assert_eq!(sample.list("/archive/2025/"), None);
}

#[test]
fn of_two_pages_at_the_address_of_a_list_one_is_too_many() {
    let at = |path: &str| page(path).with("path", "/search/", |front, path| front.path = Some(path));
    let sample = site([at("a.md"), at("b.md")]);
    assert_eq!(sample.reports_of("same-address").len(), 1);
}

#[test]
fn what_belongs_to_a_list_whose_page_is_a_file_lies_beside_it() {
    let own = page("notes/_index.md").with("path", "/notes.html", |front, path| front.path = Some(path));
    let sample = site([own, dated("notes/x.md")]);
    let list = sample.index().lists.iter().find(|list| &*list.route == "/notes.html").expect("a list");
    assert_eq!((&*list.part(1), &*list.part(2), &*list.feed(Form::Atom)), ("/notes.html", "/notes/page/2/", "/notes/feed.xml"));
}

#[test]
fn people_are_listed_by_title() {
    let sample = site([page("people/a.md").title("Z"), page("people/b.md").title("A"), page("people/_index.md")]);
    assert_eq!(sample.list("/people/"), Some(vec!["people/b.md", "people/a.md"]));
    assert_eq!(sample.list("/organisations/"), None);
}

#[test]
fn the_archive_has_a_list_for_each_year_and_updates_what_changed() {
    let sample = site([page("a.md").date("2024-12-31"), page("b.md").date("2025-01-01").change("2025-02-01", ChangeKind::Minor)]);
    assert_eq!(sample.list("/archive/2024/"), Some(vec!["a.md"]));
    assert_eq!(sample.list("/archive/2025/"), Some(vec!["b.md"]));
    assert_eq!(sample.list("/updates/"), Some(vec!["b.md"]));
    assert_eq!(routes(&sample), ["/", "/archive/", "/archive/2024/", "/archive/2025/", "/search/", "/updates/"]);
}

#[test]
fn corrections_have_a_list_of_their_own_among_the_updates() {
    let sample = site([
        page("a.md").change("2025-02-01", ChangeKind::Minor),
        page("b.md").change("2025-02-01", ChangeKind::Correction).change("2025-03-01", ChangeKind::Major),
        page("c.md").change("2999-02-01", ChangeKind::Correction),
        page("d.md").change("2025-02-01", ChangeKind::Correction).status(Status::Draft),
        page("e.md").change("2025-02-01", ChangeKind::Correction).status(Status::Withdrawn),
    ]);
    assert_eq!((sample.list("/updates/"), sample.list("/corrections/")), (Some(vec!["a.md", "b.md"]), Some(vec!["b.md"])));
    let changes = |route: &str| {
        let list = sample.index().lists.iter().find(|list| &*list.route == route).expect("a list");
        list.changes(&sample.site.facts).iter().map(|one| one.change.note.clone()).collect::<Vec<_>>()
    };
    assert_eq!(changes("/updates/"), ["changed on 2025-03-01", "changed on 2025-02-01", "changed on 2025-02-01"]);
    assert_eq!(changes("/corrections/"), ["changed on 2025-02-01"]);
}

#[test]
fn a_term_without_listed_pages_has_no_list_unless_it_has_a_text() {
    let gone = dated("a.md").topics(&["x", "y"]).status(Status::Withdrawn);
    let sample = site([gone, page("topics/y.md")]);
    assert_eq!((sample.list("/topics/x/"), sample.list("/topics/y/")), (None, Some(vec![])));
}

#[test]
fn each_language_has_lists_of_its_own() {
    let pages = vec![dated("b/x.md"), dated("b/x.fr.md"), page("b/_index.fr.md").title("Notes")];
    let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages, &[]);
    assert_eq!((sample.list("/b/"), sample.list("/fr/b/"), sample.list("/ar/")), (Some(vec!["b/x.md"]), Some(vec!["b/x.fr.md"]), None));
}

#[test]
fn without_search_there_is_no_page_for_it() {
    assert_eq!(site_with(|config| config.search.enabled = false, vec![page("a.md")], &[]).list("/search/"), None);
}

#[test]
fn sources_have_a_list_and_a_page_each_and_a_page_written_for_one_is_its_text() {
    let pages = [
        page("b/x.md").date("2025-01-01").cite("Key.A"),
        page("b/gone.md").date("2025-01-01").cite("old").status(Status::Withdrawn),
        page("sources/_index.md").title("What we read"),
        page("sources/key.a.md").title("About A"),
        page("sources/other.md"),
    ];
    let sample = crate::testing::site_with_sources(&["Key.A", "old", "unused"], pages);
    let lists: Vec<(&str, &str, bool)> = sample
        .index()
        .lists
        .iter()
        .filter(|list| list.route.starts_with("/sources/"))
        .map(|list| (&*list.route, &*list.title, list.is_found()))
        .collect();
    let expected = [("/sources/", "What we read", true), ("/sources/key.a/", "About A", true), ("/sources/old/", "Report old", false)];
    assert_eq!(lists, expected);
    assert_eq!(sample.list("/sources/key.a/"), Some(vec!["b/x.md"]));
    assert_eq!(sample.reports_of("same-address"), [""; 0]);
}

#[test]
fn a_folder_of_sources_is_a_section_where_nothing_is_cited() {
    let sample = crate::testing::site([page("sources/x.md")]);
    assert_eq!(sample.list("/sources/"), Some(vec!["sources/x.md"]));
}

#[test]
fn two_sources_at_one_address_are_told() {
    let sample = crate::testing::site_with_sources(&["A:b", "ab"], [page("x.md").cite("A:b").cite("ab")]);
    let expected = "same-address content/_data/sources.bib:2:1 the page of the source `Report A:b` and the page of the source `Report ab` are both at `/sources/ab/` \
                    | content/_data/sources.bib: the other one | give one of them another key";
    assert_eq!(sample.reports_of("same-address"), [expected]);
}
