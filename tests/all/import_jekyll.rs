//! A site of Jekyll: its addresses, files and texts are here as Jekyll makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::imported::{Imported, imported, missing, more, pages, pages_in, words};
use crate::place::Place;

/// Settings that ask for more of Jekyll than Debian's package has, and say nothing of addresses and texts.
const NOT_HERE: [&str; 3] = ["theme: minima\n", "paginate: 10\n", "plugins:\n  - jekyll-feed\n  - jekyll-sitemap\n  - jekyll-spaceship\n"];

/// What Jekyll makes of the original.
fn made_by_jekyll(place: &Place) -> BTreeMap<String, String> {
    let settings = NOT_HERE.iter().fold(place.read("old/_config.yml"), |settings, line| settings.replace(line, ""));
    place.write("old/_config.yml", settings);
    for unread in ["Gemfile", "assets/main.scss"] {
        fs::remove_file(place.path("old").join(unread)).expect("the original has the file");
    }
    let output = Command::new("jekyll").args(["build", "--quiet"]).current_dir(place.path("old")).output();
    let output = output.expect("tests/run installs Jekyll");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    pages_in(&place.path("old/_site"))
}

fn site() -> Imported {
    imported("jekyll")
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`_config.yml:14`: the theme `minima` has no counterpart",
        "`_config.yml:39`: the plugin `jekyll-spaceship` has no counterpart",
        "`_config.yml:15`: `future: true` was left out",
        "`_config.yml:2`: the setting `email` was left out",
        "`_includes/provisional.html`: the template was left out",
        "`_data/quays.yml`: the data were left out",
        "`_posts/2024-05-01-dredging-permits.md:24`: `{% include provisional.html %}` is shown as text",
        "`_posts/2024-05-01-dredging-permits.md:13`: `{:target=\"_blank\"}` is left out",
        "`_posts/2023-11-30-annual-review.md:17`: `{: .wide}` is left out",
        "`about.md:5`: `{{ site.email }}` became what it says, `desk@harbour.example`",
        "`index.html`: the page was left out: it is made by a template; the home page here lists the newest pages",
        "`assets/main.scss`: the file was left out; Sass",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
}

#[test]
fn settings_and_front_matter_are_those_of_the_new_site() {
    let site = site();
    let settings = site.place.read("new/site.toml");
    for line in [
        "title = \"Harbour Policy Desk\"",
        "description = \"Short papers on ports, tariffs and the people who work there.\"",
        "base_url = \"https://harbour.example/papers/\"",
        "time_zone = \"Europe/Brussels\"",
        "publisher = \"Harbour Desk\"",
        "paginate_by = 10",
        "posts = \"/:year/:month/:day/:slug.html\"",
        "url = \"/about/\"",
    ] {
        assert!(settings.contains(line), "{line} is not in:\n{settings}");
    }
    let page = site.place.read("new/content/posts/2023-11-30-annual-review.md");
    assert!(page.contains("topics: [Reviews]") && page.contains("tags: [law, trade]") && page.contains("<!-- more -->"), "{page}");
    assert!(page.contains("author: Harbour Desk") && page.contains("permalink: /reviews/2023.html") && !page.contains("path:"), "{page}");
    let page = site.place.read("new/content/posts/2024-05-01-dredging-permits.md");
    assert!(page.contains("path: /permits and law/2024/05/02/dredging-permits.html") && page.contains("```sql\nselect"), "{page}");
    assert!(page.contains("{% link _guides/Asking_for_a_permit.md %}") && !page.contains("layout"), "{page}");
}

#[test]
fn the_site_builds_and_hides_what_was_hidden() {
    let site = site();
    let run = site.build().fine();
    assert!(!run.err.contains("error") && !run.err.contains("broken"), "{}", run.err);
    let output = site.output();
    assert!(output.contains_key("CNAME") && output.contains_key("README.md") && output.contains_key("assets/img/quay.svg"));
    assert!(output.contains_key("2023/review/index.html"), "{:?}", output.keys());
    for (path, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("sealed") && !text.contains("ask the treasury") && !text.contains("not for readers"), "{path}");
    }
}

#[test]
#[ignore = "needs Jekyll; tests/run installs it"]
fn addresses_and_texts_are_those_of_jekyll() {
    let site = site();
    site.build().fine();
    let ours = pages(&site.output());
    let theirs = made_by_jekyll(&site.place);
    assert_eq!(missing(&theirs, &ours), BTreeSet::new());
    let mut differences = Vec::new();
    for (address, html) in theirs.iter().filter(|(address, _)| *address != "/") {
        let (theirs, ours) = (words(html, "<article"), words(&ours[address], "itemprop=\"articleBody\""));
        differences.push(format!("{address} {} | {}", more(&theirs, &ours).join(" "), more(&ours, &theirs).join(" ")));
    }
    assert_eq!(differences, DIFFERENCES);
}

/// Words that Jekyll has in its texts, and words that are here alone: what it includes, which is shown as it is written here and reported; the contents that
/// stand beside the text here; a title that the text says again, which is shown once here; and the numbers of notes.
const DIFFERENCES: [&str; 10] = [
    "/2024/06/12/Night_work.html  | ",
    "/404.html  | ",
    "/about/  | ",
    "/contact.html  | ",
    "/guidance/  | ",
    "/guidance/moorings.html  | ",
    "/guides/Asking_for_a_permit.html a asking for permit | ",
    "/permits and law/2024/05/02/dredging-permits.html are costs figures it what | % % html include",
    "/reviews/2023.html  | ",
    "/trade/2024/02/03/weight-tariffs.html 8617 | ",
];

#[test]
fn settings_that_cannot_be_read_are_named_and_nothing_is_written() {
    for (settings, said) in [("title: [x\nurl: y\n", "_config.yml"), ("exclude: [\"{a\"]\n", "exclude")] {
        let place = Place::empty();
        place.write("old/_config.yml", settings);
        place.write("old/index.md", "---\n---\nText\n");
        let run = place.run(&["import", "old", "--into", "new"]);
        assert!(run.code != Some(0) && run.err.contains(said), "{}", run.err);
        assert!(!place.path("new").exists());
    }
}
