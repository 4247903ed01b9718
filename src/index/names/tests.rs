//! What names pages answer to.

use super::*;
use crate::testing::{Sample, page, site, site_with};

fn find(sample: &Sample, name: &str, lang: u8) -> Vec<String> {
    let names = Names::new(&sample.site.facts);
    let pages = match names.find(name, lang) {
        Answer::One(page) => vec![page],
        Answer::Many(pages) => pages,
        Answer::None => Vec::new(),
    };
    sample.paths(pages).into_iter().map(str::to_string).collect()
}

#[test]
fn a_page_answers_to_id_title_slug_file_name_path_and_address() {
    let mut one = page("briefings/2025-01-02-hague.md").title("The Hague summit").id("PB-2025-004");
    one.front.slug = Some("summit".into());
    one.front.names = vec!["Den Haag".into()];
    let sample = site([one.aliases(&["Storage note", "d'Europe", "/old/place/"])]);
    let names = [
        "storage-note",
        "D\u{2019}Europe",
        "PB-2025-004",
        "the hague  summit",
        "summit",
        "hague",
        "den-haag",
        "briefings/2025-01-02-hague",
        "briefings/2025-01-02-hague.md",
        "/briefings/summit/",
        "briefings/summit",
    ];
    for name in names {
        assert_eq!(find(&sample, name, 0), ["briefings/2025-01-02-hague.md"], "{name}");
    }
    assert!(find(&sample, "other/summit", 0).is_empty());
    assert!(find(&sample, "place", 0).is_empty(), "an address is no name");
}

#[test]
fn a_kind_tells_pages_of_one_name_apart() {
    let sample = site([page("people/rutte.md"), page("topics/rutte.md")]);
    assert_eq!(find(&sample, "rutte", 0), ["people/rutte.md", "topics/rutte.md"]);
    assert_eq!(find(&sample, "person:rutte", 0), ["people/rutte.md"]);
}

#[test]
fn the_page_in_the_readers_language_is_meant_else_that_in_the_default_one() {
    let pages = ["x.md", "x.fr.md", "x.ar.md", "y.md", "y.ar.md"].map(|path| page(path).title("One").id(&path[..1]));
    let sample = site_with(|config| config.languages = vec!["fr".into(), "ar".into()], pages.into(), &[]);
    assert_eq!(find(&sample, "x", 1), ["x.fr.md"], "by id");
    assert_eq!(find(&sample, "/x/", 1), ["x.fr.md"], "by path");
    assert_eq!(find(&sample, "y", 1), ["y.md"]);
}

#[test]
fn the_nearest_names_come_first_and_far_ones_not_at_all() {
    let sample = site(["hague.md", "haque.md", "the-hague-summit.md", "madrid.md"].map(page));
    let names = Names::new(&sample.site.facts);
    assert_eq!(names.nearest("briefings/haguee.md"), ["content/hague.md", "content/haque.md"].map(Arc::from));
    assert_eq!(names.nearest("The Hague Sumit"), [Arc::from("content/the-hague-summit.md")]);
    assert!(names.nearest("zzz").is_empty());
}
