//! A site of Hugo: its addresses and texts are here as Hugo makes them.

use std::collections::BTreeMap;
use std::process::Command;

use crate::imported::{Imported, imported, missing, more, pages, pages_in, words};
use crate::place::{Place, project, tree};

/// What Hugo makes of the original.
fn made_by_hugo(place: &Place) -> BTreeMap<String, String> {
    let output = Command::new(project("target/python/bin/hugo")).args(["--quiet", "--buildFuture"]).current_dir(place.path("old")).output();
    let output = output.expect("tests/run installs Hugo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    pages_in(&place.path("old/public"))
}

fn site() -> Imported {
    imported("hugo")
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`hugo.toml:8`: the setting `summaryLength` was left out",
        "`hugo.toml:17`: the taxonomy `regions` has no counterpart: 2 pages keep it",
        "`hugo.toml:39`: the menu `footer` was left out",
        "`content/about.md:9`: `{{< param contact >}}` became what the settings say, `desk@example.org`",
        "`content/legacy.html`: the page of HTML became one of Markdown",
        "`content/posts/ferry-subsidies/index.md:12`: the `caption` of this figure is plain text",
        "`content/posts/ferry-subsidies/annex.md`: Hugo makes no page of it",
        "`content/posts/films.md:11`: `{{< badge new >}}`: the shortcode is to be written anew in `templates/shortcodes/badge.html`",
        "`content/posts/grid-levy.md:11`: `{{< notice warning \"Not yet law\" >}}`",
        "`content/posts/grid-levy.md:1`: front matter in JSON became YAML",
        "`content/team/index.md:3`: Hugo publishes or lists it nowhere, by `headless`",
        "`content/posts/2023-harbour-dues.md`: the list of `C++` was at `/tags/c++/`",
        "`layouts/_default/list.html`: the template was left out",
        "`data/rates.yaml`: left out",
        "`archetypes/odd.md`: left out: `{{ .Site.Title }}`",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
    assert!(!report.contains("param desk"), "{report}");
}

#[test]
fn settings_are_those_of_the_original() {
    let site = site();
    let settings: toml::Table = site.place.read("new/site.toml").parse().expect("TOML");
    let wanted = "title = 'The Harbour Desk'\nbase_url = 'https://desk.example.org/'\nlanguage = 'en-GB'\nlanguages = ['fr']\n\
                  time_zone = 'Europe/Brussels'\npaginate_by = 4\ndescription = 'Short papers on ports, ferries and grids.'\n\
                  theme.footer = 'Texts may be used with their source.'\n\
                  theme.menu = [{title = 'About', url = '/about/'}, {title = 'Posts', url = '/posts/'}, \
                  {title = 'Ports register', url = 'https://ports.example.com/'}, {title = 'Notes', url = '/notes/'}]\n\
                  permalinks = {posts = '/:year/:month/:slug/', topics = '/categories/:slug/'}\n\
                  extra = {contact = 'desk@example.org', social = {account = 'harbourdesk'}}\n";
    assert_eq!(settings, wanted.parse::<toml::Table>().expect("TOML"));
    assert_eq!(site.place.read("new/archetypes/default.md"), "---\ntitle: \"{{ title }}\"\ndate: {{ date }}\ndraft: true\n---\n");
}

#[test]
fn the_site_builds_without_a_message_and_hides_what_hugo_hides() {
    let site = site();
    let run = site.build().fine();
    assert!(!run.err.contains("error") && !run.err.contains("broken"), "{}", run.err);
    let output = site.output();
    assert!(output.contains_key("img/crane.svg") && output.contains_key("2024/02/ferry-subsidies/map.svg"));
    for (path, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("unchecked") && !text.contains("desk's phones") && !text.contains("Not agreed"), "{path}");
    }
}

#[test]
#[ignore = "needs Hugo; tests/run installs it"]
fn addresses_and_texts_are_those_of_hugo() {
    let site = site();
    site.build().fine();
    let ours = pages(&site.output());
    let theirs = made_by_hugo(&site.place);
    let gone: Vec<String> = missing(&theirs, &ours).into_iter().collect();
    assert_eq!(gone, GONE);
    let mut differences = Vec::new();
    for (address, html) in theirs.iter().filter(|(address, html)| !gone.contains(address) && html.contains("<main>")) {
        let has_text = ours[address].contains("itemprop=\"articleBody\"");
        let (theirs, ours) = (words(html, "<main"), if has_text { words(&ours[address], "itemprop=\"articleBody\"") } else { Vec::new() });
        let (less, surplus) = (more(&theirs, &ours).join(" "), more(&ours, &theirs).join(" "));
        if !less.is_empty() || !surplus.is_empty() {
            differences.push(format!("{address}: {less} | {surplus}"));
        }
    }
    assert_eq!(differences, DIFFERENT);
}

/// Addresses of Hugo that lead nowhere here: lists of a taxonomy of the site's own, lists in French of which no page is in French, and a tag whose name
/// has signs that no address has here.
const GONE: [&str; 7] = ["/fr/categories/", "/fr/regions/", "/fr/tags/", "/regions/", "/regions/north/", "/regions/west/", "/tags/c++/"];

/// Words of texts that Hugo has and Chancery has not, and the other way round: numbers of lines of code, the words that a site's own shortcodes take
/// as arguments, and the names of quotation marks; `details`, which Hugo leaves out of what it reads as Markdown; and links to films, for frames.
const DIFFERENT: [&str; 2] = [
    "/2024/05/levy/: 1 law not yet | by hour how is it reckoned the",
    "/2024/06/two-films-a-post/: ldquo new rdquo | 55073825 at com minister quay the the vimeo",
];

#[test]
fn settings_that_cannot_be_read_are_named_and_nothing_is_written() {
    for (file, text) in [
        ("hugo.toml", "title = \"x\nbaseURL = 1\n"),
        ("hugo.yaml", "title: [x\n"),
        ("hugo.json", "{"),
        ("config/_default/params.toml", "x"),
    ] {
        let place = Place::new(&[(&format!("old/{file}"), text), ("old/content/a.md", "# A\n")]);
        place.run(&["import", "old", "--from", "hugo", "--into", "new"]).ends_with(1).says(&[file, "nothing was written"]);
        assert_eq!(tree(&place.path("new")).len(), 0);
    }
}

#[test]
fn settings_in_a_folder_are_read_table_by_table() {
    let place = Place::new(&[
        (
            "old/config/_default/hugo.toml",
            "baseURL = 'https://example.org/'\ntheme = 'hearth'\n[permalinks.page]\nnotes = '/n/:slugorcontentbasename/'\n",
        ),
        ("old/config/_default/params.yaml", "contact: desk@example.org\n"),
        ("old/config/_default/menus.en.toml", "[[main]]\nname = 'Notes'\nurl = 'notes/'\n"),
        ("old/config/production/hugo.toml", "baseURL = 'https://www.example.org/'\n"),
        ("old/content/notes/a.md", "---\ntitle: A long title\ncascade:\n  - _target: {kind: page}\n    x: 1\n---\n\nText.\n"),
    ]);
    place.run(&["import", "old", "--into", "new"]).fine();
    let settings = place.read("new/site.toml");
    assert!(settings.contains("url = \"/notes/\"") && settings.contains("contact = \"desk@example.org\""), "{settings}");
    assert!(place.read("new/content/notes/a.md").contains("path: /n/a/"));
    let report = place.read("new/import-report.md");
    for line in [
        "hugo.toml:2`: the theme `hearth`",
        "the pattern `/n/:slugorcontentbasename/`",
        "config/production/hugo.toml`: settings",
        "a.md:3`: what is said for some",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
}

#[test]
fn languages_in_folders_become_suffixes_and_menus_have_their_language() {
    let place = Place::new(&[
        (
            "old/hugo.yaml",
            "baseURL: https://example.org/x/\ndefaultContentLanguage: de\nlanguages:\n  de:\n    contentDir: content/german\n  fr:\n    contentDir: content/french\n    menus:\n      main:\n        - name: Notes\n          pageRef: /posts/a\n",
        ),
        ("old/content/german/posts/a.md", "---\ntitle: A\nurl: /:slug-x/\n---\n\n{{< param nothing >}}Text.\n"),
        ("old/content/french/posts/a.md", "---\ntitle: B\nslug: bé\n---\n\nTexte.\n"),
        ("old/content/french/posts/b/index.org", "* C\n"),
    ]);
    place.run(&["import", "old", "--into", "new"]).fine();
    let settings = place.read("new/site.toml");
    assert!(settings.contains("language = \"de\"\nlanguages = [\"fr\"]") && settings.contains("url = \"/fr/posts/bé/\""), "{settings}");
    assert_eq!(place.read("new/content/posts/a.md"), "---\ntitle: A\nurl: /a-x/\n---\n\nText.\n");
    assert_eq!(place.read("new/content/posts/a.fr.md"), "---\ntitle: B\nslug: bé\n---\n\nTexte.\n");
    assert!(place.read("new/import-report.md").contains("`.org` is no Markdown"));
    place.run(&["build", "--root", "new"]).fine();
    assert!(tree(&place.path("new/public")).contains_key("fr/posts/bé/index.html"));
}
