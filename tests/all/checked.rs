//! Written sites held against other people's programs: a validator of HTML, parsers of feeds and sitemaps, a browser.

use std::path::Path;
use std::process::Command;

use crate::place::{NOW, Place, project};

/// The demonstration site, the edge cases and the sites of others, built.
fn sites() -> Vec<Place> {
    let sites: Vec<Place> =
        ["", "tests/web/edges", "tests/sites/hugo", "tests/sites/jekyll", "tests/sites/zola"].map(Place::copy_of).into();
    sites.iter().for_each(|site| drop(site.build().fine()));
    sites
}

/// Runs a program on the output of all sites and expects it to be content.
fn is_content(program: &Path, args: &[&str], sites: &[Place]) {
    let mut command = Command::new(program);
    command.current_dir(project("")).args(args).args(sites.iter().map(|site| site.path("public")));
    let output = command.output().unwrap_or_else(|error| panic!("`tests/run` installs `{}`: {error}", program.display()));
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_html_of_all_sites_is_valid() {
    is_content(Path::new("node"), &["tests/web/html.mjs"], &sites());
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_html_of_previews_and_of_sites_for_a_folder_is_valid() {
    let sites = sites();
    for (site, flags) in sites.iter().zip([
        ["--drafts", "--future"],
        ["--future", "--expired"],
        ["--drafts", "--expired"],
        ["--relative-urls", "--drafts"],
        ["--future", "--relative-urls"],
    ]) {
        site.run(&[&["build", "-q", "--set", "links.internal=warn"][..], &flags].concat()).fine();
    }
    is_content(Path::new("node"), &["tests/web/html.mjs"], &sites);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn feeds_and_sitemaps_of_all_sites_are_read_by_others() {
    is_content(
        &project("target/python/bin/python"),
        &["tests/web/feeds.py", "tests/web/node_modules/sitemap/schema/sitemap.xsd"],
        &sites(),
    );
}

#[test]
#[ignore = "needs what tests/run installs"]
fn readers_of_feeds_agree_on_site_entries_and_days() {
    is_content(Path::new("node"), &["tests/web/feeds.mjs"], &sites());
}

#[test]
#[ignore = "needs what tests/run installs"]
fn reading_views_have_what_the_author_wrote_and_nothing_else() {
    let site = || {
        [Place::copy_of("")].map(|site| {
            site.build().fine();
            site
        })
    };
    is_content(Path::new("node"), &["tests/web/reading.mjs"], &site());
    is_content(&project("target/python/bin/python"), &["tests/web/reading.py"], &site());
}

#[test]
#[ignore = "needs what tests/run installs"]
fn redirects_lead_where_they_say_and_nowhere_else_on_netlify_and_cloudflare() {
    let aliases = "aliases: [\"/a:b/\", \"/about/\", \"/old plan/\", \"/10:30/\", \"/über/\", \"/a;b=c,d&e/\", \"/it's/\", \"/x/y.html\", \"/q(1)/\", \"/a+b/\", \"/$v/\", \"/[z]/\", \"/{c}/\", \"/~u/@h/\", \"/a/b:/\"]";
    let long = "x".repeat(200);
    let odd = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/new.md", &format!("---\ntitle: New\ndate: 2026-01-05\n{aliases}\n---\n\nText.\n")),
        ("content/long.md", &format!("---\ntitle: Long\ndate: 2026-01-05\naliases: [\"/{long}/{long}/{long}/{long}/\"]\n---\n\nText.\n")),
        ("content/archived.md", "---\ntitle: Archived\ndate: 2026-01-05\n---\n\nText.\n"),
    ]);
    odd.build().fine();
    assert!(!odd.read("public/_redirects").contains("a:b"), "Cloudflare takes it for a pattern");
    is_content(
        Path::new("node"),
        &["tests/web/redirects.mjs"],
        &[odd, Place::copy_of("tests/sites/zola")].map(|site| {
            site.build().fine();
            site
        }),
    );
}

/// Archives with known subjects, by their number of pages and the seed of their words.
const ARCHIVES: [[&str; 2]; 2] = [["600", "1"], ["2400", "2"]];

/// An archive and the questions to it.
fn archive(python: &Path, [pages, seed]: [&str; 2]) -> Place {
    let place = Place::empty();
    let status = Command::new(python).arg(project("tests/search/archive.py")).arg(place.root()).args([pages, seed]).status();
    assert!(status.expect("`tests/run` installs Python").success());
    place
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_search_finds_the_right_pages_no_worse_than_an_established_engine() {
    let python = project("target/python/bin/python");
    let demonstration = Place::copy_of("");
    let questions = std::fs::read(project("tests/search/questions.json")).expect("the questions to the demonstration site");
    demonstration.write("questions.json", questions);
    let sites: Vec<Place> = [demonstration].into_iter().chain(ARCHIVES.map(|made_of| archive(&python, made_of))).collect();
    sites.iter().for_each(|site| drop(site.build().fine()));
    is_content(&python, &["tests/search/relevance.py"], &sites);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_damaged_search_index_is_refused_or_read_to_an_end() {
    let site = Place::copy_of("");
    site.build().fine();
    is_content(Path::new("node"), &["tests/search/damaged.mjs"], &[site]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_browser_opens_every_page_without_a_complaint() {
    is_content(Path::new("node"), &["tests/web/browser.mjs"], &sites()[..2]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_search_answers_in_a_browser() {
    let folder = Place::copy_of("");
    folder.run(&["build", "-q", "--relative-urls"]).fine();
    let mut sites = sites();
    sites.truncate(2);
    sites.push(folder);
    is_content(Path::new("node"), &["tests/web/search.mjs"], &sites);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn every_kind_of_page_is_for_every_reader() {
    let preview = Place::copy_of("tests/web/edges");
    preview.run(&["build", "--now", NOW, "--drafts", "--future", "--expired"]).fine();
    let folder = preview.path("public");
    let folder = folder.to_str().expect("a temporary folder has a plain name");
    is_content(Path::new("node"), &["tests/web/pages.mjs", "--preview", folder], &sites()[..2]);
}
