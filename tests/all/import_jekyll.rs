//! A site of Jekyll: its addresses and texts are here as Jekyll makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::imported::{imported, missing, more, pages, pages_in, words};
use crate::place::Place;

/// What Jekyll makes of the original.
fn made(place: &Place) -> BTreeMap<String, String> {
    let mut command = Command::new("jekyll");
    // The theme and the plugins of the site are not installed here; they do not touch texts.
    let settings = place.read("old/_config.yml").replace("theme: minima\n", "");
    place.write("old/_config.yml", settings.replace("  - jekyll-feed\n  - jekyll-sitemap\n  - jekyll-spaceship\n", "  []\n"));
    place.remove("old/assets/main.scss");
    // What its `Gemfile` names is not installed as that wants it.
    command
        .env("JEKYLL_NO_BUNDLER_REQUIRE", "true")
        .args(["build", "--quiet", "--destination", "../jekyll"])
        .current_dir(place.path("old"));
    let output = command.output().expect("tests/run installs Jekyll");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    pages_in(&place.path("jekyll"))
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = imported("jekyll").report();
    for line in [
        "`_config.yml:39`: the plugin `jekyll-spaceship` has no counterpart",
        "`_config.yml:15`: `future: true` was left out",
        "`_data/quays.yml`: the data were left out",
        "`_layouts/default.html`: the template was left out",
        "`_posts/2024-05-01-dredging-permits.md:13`: `{:target=\"_blank\"}` is left out",
        "`_posts/2024-05-01-dredging-permits.md:24`: `{% include provisional.html %}` is shown as text",
        "`assets/main.scss`: the file was left out",
        "`index.html`: the page was left out: it is made by a template",
        "`about.md:5`: `{{ site.email }}` became what it says",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
}

#[test]
fn the_site_builds_and_hides_what_jekyll_hides() {
    let site = imported("jekyll");
    let run = site.build().fine();
    assert!(!run.err.contains("error"), "{}", run.err);
    let output = site.output();
    let all: String = output.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for secret in ["sealed quarry", "Kept back", "alf an idea", "uay masters"] {
        assert!(!all.contains(secret), "{secret}");
    }
    assert!(output.contains_key("CNAME") && output.contains_key("assets/img/quay.svg") && !output.contains_key("notes.txt"));
    let settings = site.place.read("new/site.toml");
    assert!(
        settings.contains("base_url = \"https://harbour.example/papers/\"")
            && settings.contains("posts = \"/:year/:month/:day/:slug.html\"")
    );
}

#[test]
#[ignore = "needs Jekyll; tests/run installs it"]
fn addresses_and_texts_are_those_of_jekyll() {
    let site = imported("jekyll");
    site.build().fine();
    let (theirs, ours) = (made(&site.place), pages(&site.output()));
    assert_eq!(missing(&theirs, &ours), BTreeSet::new());
    let mut differences = Vec::new();
    // The home page of Jekyll is a template.
    for (address, html) in theirs.iter().filter(|(address, _)| *address != "/") {
        let (theirs, ours) = (words(html, "<article"), words(&ours[address], "itemprop=\"articleBody\""));
        differences.push(format!("{address} - {} + {}", more(&theirs, &ours).join(" "), more(&ours, &theirs).join(" ")));
    }
    assert_eq!(differences, DIFFERENCES);
}

/// Words that only Jekyll has, and only Chancery. A title made of a file's name stands outside the text here, as do contents; an include is shown as its tag;
/// and the mark that leads back from a note is none in letters.
const DIFFERENCES: [&str; 10] = [
    "/2024/06/12/Night_work.html -  + ",
    "/404.html -  + ",
    "/about/ -  + ",
    "/contact.html -  + ",
    "/guidance/ -  + ",
    "/guidance/moorings.html -  + ",
    "/guides/Asking_for_a_permit.html - a asking for permit + ",
    "/permits and law/2024/05/02/dredging-permits.html - are costs figures it what + % % html include",
    "/reviews/2023.html -  + ",
    "/trade/2024/02/03/weight-tariffs.html - 8617 + ",
];
