//! A site of MkDocs: its addresses, files and texts are here as MkDocs and Zensical make them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::imported::{Imported, imported, missing, more, pages, pages_in, words};
use crate::place::{Place, project};

/// What MkDocs, or Zensical, makes of the original.
fn made_by(tool: &str, place: &Place) -> BTreeMap<String, String> {
    if tool == "zensical" {
        // It has one theme, which is its own.
        let settings = place.read("old/mkdocs.yml");
        place.write("old/mkdocs.yml", settings.replace("  name: mkdocs\n  custom_dir: overrides\n", ""));
    }
    let output = Command::new(project("target/python/bin").join(tool)).arg("build").current_dir(place.path("old")).output();
    let output = output.expect("tests/run installs the tool");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    pages_in(&place.path("old/site"))
}

fn site() -> Imported {
    imported("mkdocs")
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`mkdocs.yml:5`: the setting `copyright` was left out",
        "`docs/guide/tariffs.md:32`: a comment was left out",
        "`docs/guide/tariffs.md:24`: the tab became a title in bold",
        "`docs/reference/terms.md:4`: the status `new` was left out",
        "`docs/guide/Dredging Permits.md:7`: the attributes",
        "`overrides/main.html`: the template was left out",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
    assert!(!report.contains("who says so"), "{report}");
}

#[test]
fn the_site_builds_without_a_message() {
    let site = site();
    let run = site.build().fine();
    assert!(!run.err.contains("error") && !run.err.contains("broken"), "{}", run.err);
    let output = site.output();
    assert!(output.contains_key("CNAME") && output.contains_key("guide/img/quay.svg") && output.contains_key("stylesheets/extra.css"));
    assert!(!output.keys().any(|path| path.contains("later")));
    let page = String::from_utf8_lossy(&output["guide/tariffs/index.html"]).into_owned();
    assert!(!page.contains("no longer") && !page.contains("who says so"), "{page}");
}

#[test]
#[ignore = "needs MkDocs and Zensical; tests/run installs them"]
fn addresses_and_texts_are_those_of_mkdocs_and_of_zensical() {
    let site = site();
    site.build().fine();
    let ours = pages(&site.output());
    for (tool, mark, expected) in [("mkdocs", "role=\"main\"", MKDOCS), ("zensical", "<article", ZENSICAL)] {
        let theirs = made_by(tool, &site.place);
        assert_eq!(missing(&theirs, &ours), BTreeSet::new(), "{tool}");
        let mut differences = Vec::new();
        for (address, html) in theirs.iter().filter(|(address, _)| *address != "/404.html") {
            let (theirs, ours) = (words(html, mark), words(&ours[address], "itemprop=\"articleBody\""));
            assert_eq!(more(&ours, &theirs), [""; 0], "{tool} has less at {address}");
            differences.push(format!("{address} {}", more(&theirs, &ours).join(" ")));
        }
        assert_eq!(differences, expected, "{tool}");
    }
}

/// Words that MkDocs has in its texts: titles, which stand outside of them here, as do the contents; names of kinds of boxes, which are attributes here; and
/// what its texts hide in comments and proposals to delete.
const MKDOCS: [&str; 8] = [
    "/ handbook note the to welcome",
    "/guide/ 160 8617 a a how how is is made made note note quai à énergie",
    "/guide/Dredging Permits/ dredging permits",
    "/guide/tariffs/ longer no says so who",
    "/notes/ desk notes of the",
    "/notes/2024-quay/ 2024 in quay the",
    "/notes/_aside/ an aside",
    "/reference/terms/ ",
];

/// Zensical has titles and tags in the same element, and takes metadata without fences for text.
const ZENSICAL: [&str; 8] = [
    "/ handbook note the to welcome",
    "/guide/ 160 8617 a a guide how how is is made made note note quai the à énergie",
    "/guide/Dredging Permits/ dredging permits",
    "/guide/tariffs/ a call costs description longer no says so tariffs tariffs title what who",
    "/notes/ desk notes of the",
    "/notes/2024-quay/ 2024 in quay the",
    "/notes/_aside/ an aside",
    "/reference/terms/ ports reference words",
];
