//! Sites as people bring them from Hugo, Jekyll and Zola: they build without a change, and what they hide stays hidden.

use std::collections::BTreeSet;
use std::fs;

use crate::place::{Place, Tree, project};

/// The words of hidden pages, as `tests/sites/README.md` lists them.
const FORBIDDEN: [(&str, &[&str]); 3] = [
    (
        "hugo",
        &[
            "housing pipeline",
            "Unfinished homes",
            "model.csv",
            "next spending round",
            "Embargoed figures",
            "tariff for one day",
            "Trial tariffs",
            "Internal notes",
            "Meeting of the board",
            "not for publication",
        ],
    ),
    (
        "jekyll",
        &[
            "old portal",
            "Working in public",
            "openness in progress",
            "What we promise for 2027",
            "New promises",
            "Half an idea",
            "ideas kept back",
        ],
    ),
    ("zola", &["one second from now", "Counting heads", "Flood insurance", "Premiums", "Uninsurable things", "Nobody Yet", "unused.svg"]),
];

fn built(name: &str) -> Tree {
    let place = Place::copy_of(&format!("tests/sites/{name}"));
    place.build().fine();
    place.output()
}

/// Addresses of all pages that are made from content files: what `list public` says.
fn addresses(name: &str) -> BTreeSet<String> {
    let place = Place::copy_of(&format!("tests/sites/{name}"));
    let config = [("CHANCERY_ROOT", ".")];
    let mut command = place.command(&["list", "public", "--format", "json"]);
    // `list` has no `--now`; a build and a list of the same instant must agree.
    let now: jiff::Timestamp = crate::place::NOW.parse().expect("an instant");
    command.envs(config).env("SOURCE_DATE_EPOCH", now.as_second().to_string());
    let run = crate::place::Run::new(command.output().expect("the program starts")).fine();
    let pages: Vec<serde_json::Value> = serde_json::from_str(&run.out).expect("JSON");
    pages.iter().map(|page| page["address"].as_str().expect("an address").to_string()).collect()
}

fn expected(name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(project(&format!("tests/sites/{name}.expected"))).expect("the list of addresses");
    text.lines().map(str::to_string).collect()
}

fn file_of(address: &str) -> String {
    let inner = address.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_string() }
}

#[track_caller]
fn builds_as_expected(name: &str) {
    let expected = expected(name);
    let found = addresses(name);
    let missing: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:?}, surplus: {surplus:?}");
    let output = built(name);
    for address in &expected {
        let html = output.get(&file_of(address)).unwrap_or_else(|| panic!("no file for {address}"));
        let html = String::from_utf8_lossy(html);
        assert!(html.contains("<h1") && html.contains("</html>"), "{address} is no whole page");
    }
}

#[track_caller]
fn keeps_its_secrets(name: &str) {
    let (_, words) = FORBIDDEN.iter().find(|(site, _)| *site == name).expect("a site with secrets");
    for (path, bytes) in built(name) {
        let text = format!("{path}\n{}", String::from_utf8_lossy(&bytes)).to_lowercase();
        for word in *words {
            let word = word.to_lowercase();
            for spelling in [word.clone(), word.replace(' ', "-"), word.replace(' ', "_"), word.replace(' ', "%20"), word.replace(' ', "")]
            {
                assert!(!text.contains(&spelling), "`{spelling}` is in {path}");
            }
        }
    }
}

#[test]
fn a_site_of_hugo_builds_as_it_is() {
    builds_as_expected("hugo");
}

#[test]
fn a_site_of_jekyll_builds_as_it_is() {
    builds_as_expected("jekyll");
}

#[test]
fn a_site_of_zola_builds_as_it_is() {
    builds_as_expected("zola");
}

#[test]
fn what_hugo_hides_is_in_no_file() {
    keeps_its_secrets("hugo");
}

#[test]
fn what_jekyll_hides_is_in_no_file() {
    keeps_its_secrets("jekyll");
}

#[test]
fn what_zola_hides_is_in_no_file() {
    keeps_its_secrets("zola");
}
