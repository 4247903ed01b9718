//! Which unknown keys were meant to keep a page from readers.

use super::super::hiding::{Meant, meant_to_hide};
use super::super::node::Data;
use super::super::problems::Problems;
use super::super::yaml;
use super::*;
use crate::page::date::Stamp;

/// What the only key of some YAML was meant to say.
fn meant(entry: &str) -> Option<Meant> {
    let path = Arc::from("x.md");
    let tree = yaml::read(0..entry.len(), &mut Problems::new(&path, entry)).expect("a tree");
    let Data::Map(entries) = &tree.data else { panic!("{entry} is no map") };
    meant_to_hide(entries[0].0.text().expect("a name"), &entries[0].1)
}

/// By what should have been written: entries of other tools, and slips, that hide a page.
const HIDING: &str = "
status <- staus: draft | Stauts: Draft | access: none | visibility: not public | access: members only | privacy: private
status <- review_status: pending | sate: review | state: in review | access: private | access: [members, staff]
status <- visibility: internal | post_status: pending | distribution: internal use
draft <- drafts: true
cascade <- cascad: {draft: true} | Cascades: [{title: A}, {expiry: 2027-01-01}]
draft: true <- isDraft: true | hidden: 1 | unlisted: 1 | render: never | visible: 0 | approved: false | hidden: yes | visible: false
draft: true <- build: {render: never, list: never} | build: {list: never} | headless: true | render: false | output: false
draft: true <- dg-publish: false | online: false | active: false | confidential: true | Confidential: until the vote
draft: true <- internal: true | internal-only: yes | password: swordfish
embargo <- embago: 2027-01-01
publish_at: DATE <- embargoed: true | embargo_until: the vote | embargo_status: active | on_hold: true | released: false
publish_at: DATE <- release: after the vote | release_date: when the minister has spoken | go_live: true | scheduled: yes
status: draft <- handling: amber
marking <- security: restricted | clearance: secret | markings: not for public release | markng: secret
marking <- securityClassification: restricted | markings: [Official-Sensitive] | markings: {level: EU RESTRICTED} | TLP: amber
marking <- tlp: TLP:RED
expires <- expire: 2026-01-01
published <- publish: 2027-01-01
publish_at <- publish-at: soon
expires: DATE <- expiration_date: 2026-01-01 | visible_until: 2026-01-01
";

#[test]
fn typos_and_words_of_other_tools_that_hide_a_page_are_known() {
    for line in HIDING.trim().lines() {
        let (key, entries) = line.split_once(" <- ").expect("a key");
        for entry in entries.split(" | ") {
            assert_eq!(meant(entry), Some(Meant::Hides(key)), "{entry}");
        }
    }
    assert_eq!(meant("_build:\n  render: false"), Some(Meant::Hides("draft: true")));
}

#[test]
fn dates_of_release_hide_a_page_until_they_have_come() {
    let names = "release_date | releaseDate | publicationDate | not_before | not before | scheduled | go_live | scheduled_for | publish_date | \
                 published_at | publish_on | embargo_until | embargo until | embargo lifts | hold_until | public_from | release";
    for name in names.split(" | ") {
        assert_eq!(meant(&format!("{name}: 2030-01-01")), Stamp::parse("2030-01-01").map(Meant::Until), "{name}");
    }
    let several = "publication_date: [2024-01-01, 2099-01-01]";
    assert_eq!(meant(several), Stamp::parse("2099-01-01").map(Meant::Until), "the latest holds");
    assert_eq!(meant("release_date: in March 2019"), Stamp::parse("2019-12-31").map(Meant::Until));
}

/// Entries that only look as if they hid a page.
const HARMLESS: &str = "
state: Bavaria | statute: Article 5 | stats: true | experts: Jane Doe | publisher: NATO | hidden: false | visible: true
public: true | embargoed: false | craft: pottery | workflow: fast | sumary: draft | access: open | access: public | accessible: true
classification: public | classification: Unclassified | marking: none | marking: false | tlp: TLP:CLEAR | internal: false
confidential: no | secret: false | stage: 2 | stage: second reading | visibility: public | audience: [ministers, press]
build: {render: always, list: always} | build: {publishResources: false} | build: 42 | headless: false | render: true | online: true
online: https://example.org/ | hide: [navigation, toc] | show: {toc: false} | scheduled: false | release: 1.2 | release: 2
release: v1.2 | released: true | embargo_until: never | embargo_date: n/a | embargo_status: lifted | publish_until: none
expiration_date: never | password: none | marking: NATO UNCLASSIFIED | classification: for the public | hidden: 0
distribution: by the staff of the mission | stage: in review by the committee | handling: keep it in a dry place
start_date: 2030-01-01 | dg-publish: true
";

#[test]
fn keys_that_only_look_alike_hide_nothing() {
    for entry in HARMLESS.trim().lines().flat_map(|line| line.split(" | ")) {
        assert_eq!(meant(entry), None, "{entry}");
    }
}

#[test]
fn a_key_without_a_value_hides_nothing() {
    for name in
        ["expiration_date", "embargo_until", "release_date", "classification", "confidential", "hidden", "build", "staus", "publish-at"]
    {
        for value in ["", "\"\"", "''", "~", "null", "{}", "[]", "[~, '']", "{date: '', by: }"] {
            assert_eq!(meant(&format!("{name}: {value}")), None, "{name}: {value}");
        }
    }
}

#[test]
fn an_end_under_another_name_hides_in_whatever_form_its_date_is_written() {
    for line in [
        "expire: May 2021",
        "expiry: 2021-12",
        "expires_at: 2021",
        "expiry: 05/03/2021",
        "visible_until: 5.3.2021",
        "visible_until: March 2021",
    ] {
        assert!(matches!(meant(line), Some(Meant::Hides(_))), "{line}: {:?}", meant(line));
    }
}
