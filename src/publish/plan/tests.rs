//! What is sent and deleted, and when.

use super::*;
use crate::fingerprint::Fingerprint;
use crate::publish::release::tests::release;

const HEADERS: (&str, &str) = ("_headers", "/p/assets/*\n  Cache-Control: immutable\n");

fn published(texts: &[(&str, &str)]) -> Published {
    let known =
        |text: &str| Known { size: Some(text.len() as u64), print: Some(Fingerprint::of_bytes(text.as_bytes())), ..Known::default() };
    let files = texts.iter().map(|(path, text)| (Box::from(*path), known(text))).collect();
    Published { files, ..Published::default() }
}

/// The plan in words, in the order of what happens.
fn words(before: &Published, texts: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let release = release(folder.path(), &[texts, &[HEADERS]].concat(), &[]);
    let plan = Plan::new(before, &release, &|path| path.starts_with("secret/")).patient();
    let send = plan.send.iter().map(|sending| (sending.phase, format!("{:?} + {}", sending.phase, sending.file.path)));
    let delete = plan.delete.iter().map(|deletion| (deletion.phase, format!("{:?} - {}", deletion.phase, deletion.path)));
    let mut all: Vec<(Phase, String)> = send.chain(delete).collect();
    all.sort();
    all.into_iter().map(|(_, words)| words).chain(plan.leaving.iter().map(|path| format!("leaving {path}"))).collect()
}

#[test]
fn what_is_hidden_goes_first_and_what_leads_to_pages_comes_after_them() {
    let before = published(&[HEADERS, ("index.html", "old"), ("secret/index.html", ""), ("gone/index.html", ""), ("a.png", "same")]);
    let texts = [
        ("index.html", "new"),
        ("new/index.html", ""),
        ("a.png", "same"),
        ("b.png", ""),
        ("feed.xml", ""),
        ("sitemap-1.xml", ""),
        ("search/index.json", ""),
        ("search/index/ab.json", ""),
    ];
    assert_eq!(
        words(&before, &texts),
        [
            "Hidden - secret/index.html",
            "Assets + b.png",
            "Assets + search/index/ab.json",
            "Pages + index.html",
            "Pages + new/index.html",
            "Feeds + feed.xml",
            "Feeds + search/index.json",
            "Feeds + sitemap-1.xml",
            "Gone - gone/index.html",
        ]
    );
}

#[test]
fn a_fingerprinted_file_stays_for_one_more_publish() {
    let before = published(&[HEADERS, ("assets/a.1.css", "one")]);
    assert_eq!(words(&before, &[("assets/a.2.css", "two")]), ["Assets + assets/a.2.css", "leaving assets/a.1.css"]);
    let folder = tempfile::tempdir().expect("a folder");
    let release = release(folder.path(), &[HEADERS, ("assets/a.2.css", "two")], &[]);
    let after = Plan::new(&before, &release, &|_| false).after(&release, &before, |_| None);
    assert!(after.files["assets/a.1.css"].is_leaving);
    assert_eq!(words(&after, &[("assets/a.2.css", "two")]), [""; 0], "it goes along with a change");
    assert_eq!(words(&after, &[("assets/a.2.css", "two"), ("a.html", "")]), ["Pages + a.html", "Gone - assets/a.1.css"]);
    assert_eq!(words(&after, &[("assets/a.1.css", "one")]), ["leaving assets/a.2.css"]);
    let next = Plan::new(&after, &release, &|_| false);
    assert_eq!((next.deletions().count(), next.there), (0, 2));
}

#[test]
fn where_a_page_is_hidden_nothing_stays_that_could_hold_its_words() {
    let before = published(&[
        HEADERS,
        ("secret/index.html", ""),
        ("assets/piece.1.txt", "secret"),
        ("assets/a.1.css", "one"),
        ("assets/old.txt", "secret"),
    ]);
    let mut before = before;
    before.files.get_mut("assets/old.txt").expect("a file").is_leaving = true;
    assert_eq!(
        words(&before, &[("assets/a.2.css", "two")]),
        [
            "Hidden - assets/old.txt",
            "Hidden - assets/piece.1.txt",
            "Hidden - secret/index.html",
            "Assets + assets/a.2.css",
            "leaving assets/a.1.css"
        ]
    );
}

#[test]
fn what_is_in_the_way_of_a_file_goes_before_it() {
    let before = published(&[HEADERS, ("thing", ""), ("other/inner.txt", "")]);
    assert_eq!(
        words(&before, &[("thing/inner.txt", ""), ("other", "")]),
        ["Hidden - other/inner.txt", "Hidden - thing", "Assets + other", "Assets + thing/inner.txt"]
    );
}

#[test]
fn what_was_perhaps_never_sent_does_not_count_as_published() {
    let mut before = published(&[HEADERS, ("a.html", "")]);
    before.files.insert("b.html".into(), Known::default());
    let folder = tempfile::tempdir().expect("a folder");
    let release = release(folder.path(), &[HEADERS], &[]);
    let plan = Plan::new(&before, &release, &|_| false);
    assert_eq!((plan.delete.len(), plan.deletions().count(), plan.there), (2, 1, 2));
}

#[test]
fn a_file_that_nobody_is_sure_of_is_sent_again_or_deleted() {
    let mut before = published(&[HEADERS, ("a.html", "one"), ("b.html", "one"), ("assets/c.css", "one")]);
    for path in ["a.html", "b.html", "assets/c.css"] {
        before.files.get_mut(path).expect("a file").print = None;
    }
    assert_eq!(words(&before, &[("a.html", "one")]), ["Pages + a.html", "Gone - assets/c.css", "Gone - b.html"]);
}
