//! A site of Eleventy: its addresses, files and texts are here as Eleventy makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::imported::{Imported, imported, missing, more, pages, pages_in, words};
use crate::place::{Place, project};

/// What Eleventy makes of the original.
fn made_by_eleventy(place: &Place) -> BTreeMap<String, String> {
    let program = project("tests/eleventy/node_modules/@11ty/eleventy/cmd.cjs");
    let output =
        Command::new("node").arg(program).arg("--quiet").current_dir(place.path("old")).output().expect("tests/run installs Node.js");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    pages_in(&place.path("old/_site"))
}

fn site() -> Imported {
    imported("eleventy")
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`eleventy.config.cjs`: the settings are a program, which was not run",
        "`eleventy.config.cjs:4`: `eleventyConfig.addFilter(",
        "`eleventy.config.cjs:5`: `eleventyConfig.addShortcode(",
        "`src/_data/rivers.json`: the data were left out",
        "`src/_includes/base.njk`: the template was left out",
        "`src/index.njk`: the template was left out; templates are written in Tera here; the home page here lists the newest pages",
        "`src/about.md:6`: `{{ metadata.title }}` became what it says, `Water Policy Desk`",
        "`src/about.md:6`: a comment was left out",
        "`src/posts/2024-05-01-flood-money.md:3`: tags that only name a collection were left out",
        "`src/posts/2024-05-01-flood-money.md:14`: `{{ \"loud\" | shout }}` is shown as text",
        "`src/guide/index.md:5`: `date` was left out",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
    assert!(!report.contains("who pays us"), "{report}");
}

#[test]
fn the_site_builds_and_hides_what_was_hidden() {
    let site = site();
    let settings = site.place.read("new/site.toml");
    for line in
        ["title = \"Water Policy Desk\"", "base_url = \"https://water.example/\"", "publisher = \"Water Desk\"", "url = \"/guide/\""]
    {
        assert!(settings.contains(line), "{line} is not in:\n{settings}");
    }
    let page = site.place.read("new/content/posts/2024-05-01-flood-money.md");
    assert!(page.contains("tags: [insurance]") && page.contains("author: Water Desk") && !page.contains("layout"), "{page}");
    let run = site.build().fine();
    assert!(!run.err.contains("error") && !run.err.contains("broken"), "{}", run.err);
    let output = site.output();
    assert!(output.contains_key("img/gauge.svg") && output.contains_key("robots.txt"));
    for (path, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("sealed") && !text.contains("who pays us"), "{path}");
    }
}

#[test]
#[ignore = "needs Eleventy; tests/run installs it"]
fn addresses_and_texts_are_those_of_eleventy() {
    let site = site();
    site.build().fine();
    let ours = pages(&site.output());
    let theirs = made_by_eleventy(&site.place);
    assert_eq!(missing(&theirs, &ours), BTreeSet::new());
    let mut differences = Vec::new();
    for (address, html) in theirs.iter().filter(|(address, _)| *address != "/") {
        let (theirs, ours) = (words(html, "<article"), words(&ours[address], "itemprop=\"articleBody\""));
        differences.push(format!("{address} {} | {}", more(&theirs, &ours).join(" "), more(&ours, &theirs).join(" ")));
    }
    assert_eq!(differences, DIFFERENCES);
}

/// Words that Eleventy has in its texts, and words that are here alone: what a filter of the site's own makes, which is shown as it is written here and
/// reported; and a title that the text says again, which is shown once here.
const DIFFERENCES: [&str; 6] = [
    "/about/  | ",
    "/contact/  | ",
    "/dam-safety/  | ",
    "/gauges.html  | ",
    "/guide/  | ",
    "/posts/2024-05-01-flood-money/ floods for pays who | shout",
];
