//! Keys that were meant to keep a page from readers, and are none: slips of the pen, and words of other tools.
//!
//! A wrong guess costs a message, a missed one publishes a draft. It must not know how keys are read.

use super::Status;
use super::keys::{Key, meant};
use super::node::{Data, Node};
use crate::diagnostic::nearest;
use crate::page::date::{self, Stamp};

/// What a value must say for its key to be one that hides.
#[derive(Clone, Copy)]
enum Says {
    /// `true`, or a date.
    Yes,
    /// `false`.
    No,
    /// A state in which a page is not public.
    State,
    /// Anything but `false`: nobody writes the key for another reason.
    Any,
    /// A date to come, or a text that is no date.
    Later,
    /// Anything but a word for what everybody may read.
    Marking,
    /// A date to come, or a text that is none of the words for nothing.
    Embargo,
    /// `false`, a date to come, or words for one. Anything else is a version or an edition.
    Release,
    /// A state, or words for those who alone may read.
    Access,
    /// A state, in two words at most: a longer text only speaks of one.
    Phrase,
    /// A marking in two words at most, or in capitals.
    Handling,
    /// Hugo's map: `never` or `false` for `render` or `list`.
    Build,
}

use Says::{Access, Any, Build, Embargo, Handling, Later, Marking, No, Phrase, Release, State, Yes};

/// Words of other tools, in small letters and without spaces, dots, `_` and `-`, by what is meant.
const WORDS: [(&str, Says, &[&str]); 15] = [
    (
        "draft: true",
        Yes,
        &[
            "hidden",
            "hide",
            "private",
            "unlisted",
            "unpublished",
            "unpublish",
            "isdraft",
            "indraft",
            "ishidden",
            "isprivate",
            "wip",
            "offline",
            "headless",
            "internal",
            "isinternal",
            "internalonly",
            "internaluse",
            "internaluseonly",
            "membersonly",
            "staffonly",
            "sensitive",
            "nopublish",
            "donotpublish",
            "notforpublication",
            "notforrelease",
            "disabled",
            "forinternaluseonly",
            "officialsensitive",
        ],
    ),
    (
        "draft: true",
        No,
        &[
            "visible",
            "public",
            "ispublished",
            "ispublic",
            "isvisible",
            "online",
            "active",
            "live",
            "enabled",
            "render",
            "output",
            "show",
            "dgpublish",
            "releasable",
            "approved",
            "ready",
        ],
    ),
    ("draft: true", Build, &["build", "buildoptions"]),
    ("draft: true", Any, &["password", "postpassword"]),
    ("draft: true", Marking, &["confidential", "isconfidential", "secret", "restricted", "classified", "confidentiality", "sensitivity"]),
    (
        "status",
        State,
        &[
            "state",
            "workflow",
            "workflowstate",
            "workflowstatus",
            "publicationstatus",
            "publicationstate",
            "publishstatus",
            "publishingstatus",
            "poststatus",
            "pagestatus",
            "contentstatus",
            "documentstatus",
            "editorialstatus",
            "draftstatus",
            "documentstate",
            "reviewstatus",
        ],
    ),
    ("status", Access, &["access", "accesslevel", "accessrights", "visibility", "privacy"]),
    ("status", Phrase, &["stage", "audience", "distribution", "dissemination", "circulation"]),
    ("status: draft", Handling, &["handling", "handlingcaveat"]),
    ("publish_at: DATE", Release, &["release", "released"]),
    (
        "status: draft",
        Marking,
        &[
            "classification",
            "marking",
            "markings",
            "protectivemarking",
            "securitymarking",
            "securityclassification",
            "classificationlevel",
            "securitylevel",
            "tlp",
            "security",
            "clearance",
        ],
    ),
    (
        "publish_at: DATE",
        Embargo,
        &[
            "embargoed",
            "isembargoed",
            "underembargo",
            "embargountil",
            "embargoeduntil",
            "embargodate",
            "embargoend",
            "embargoends",
            "embargoenddate",
            "embargotime",
            "embargotill",
            "embargoedtill",
            "embargoedto",
            "embargolift",
            "embargolifts",
            "embargorelease",
            "embargoexpires",
            "embargostatus",
            "dateembargo",
            "holduntil",
            "onhold",
        ],
    ),
    (
        "publish_at: DATE",
        Later,
        &[
            "publishon",
            "publishafter",
            "publishfrom",
            "publicfrom",
            "publishtime",
            "publishdate",
            "publishedat",
            "publishedon",
            "publisheddate",
            "datepublished",
            "releasedate",
            "releasetime",
            "releaseat",
            "releaseon",
            "publicationdate",
            "publicationtime",
            "publicationat",
            "notbefore",
            "scheduled",
            "scheduledat",
            "scheduledon",
            "scheduledfor",
            "scheduleddate",
            "scheduledate",
            "schedulefor",
            "golive",
            "goliveat",
            "goliveon",
            "golivedate",
            "livefrom",
            "liveon",
            "liveat",
            "availablefrom",
            "visiblefrom",
            "showfrom",
            "displayfrom",
            "publishup",
        ],
    ),
    ("expires: DATE", Any, &["unpublishat", "unpublishdate", "unpublishon", "expirationdate", "publishuntil", "publisheduntil"]),
    (
        "expires: DATE",
        Yes,
        &[
            "expiry",
            "expiration",
            "removeon",
            "removeat",
            "visibleuntil",
            "showuntil",
            "displayuntil",
            "onlineuntil",
            "liveuntil",
            "publishdown",
        ],
    ),
];

/// States of other tools in which a page is not public.
const STATES: [&str; 20] = [
    "draft",
    "drafted",
    "review",
    "hidden",
    "private",
    "unpublished",
    "unlisted",
    "embargoed",
    "embargo",
    "scheduled",
    "pending",
    "secret",
    "wip",
    "internal",
    "confidential",
    "restricted",
    "protected",
    "password",
    "closed",
    "staff",
];

/// Markings of what everybody may read; those of the Traffic Light Protocol among them (<https://www.first.org/tlp/>).
const OPEN: [&str; 12] =
    ["public", "open", "unclassified", "none", "false", "no", "off", "clear", "white", "not classified", "not protectively marked", "low"];

/// What an unknown key was meant to say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Meant {
    /// It hides the page; what should have been written.
    Hides(&'static str),
    /// It hides the page as long as this is to come.
    Until(Stamp),
}

impl Meant {
    fn more_hidden(self, other: Meant) -> Meant {
        match (self, other) {
            (Meant::Until(one), Meant::Until(two)) => Meant::Until(if two.civil > one.civil { two } else { one }),
            (Meant::Hides(_), _) => self,
            _ => other,
        }
    }
}

/// What a second name of a key was meant to say, beside one that holds.
pub fn second_name(key: Key, value: &Node) -> Option<Meant> {
    match key {
        Key::PublishAt => what_is_said(value, Embargo, key.name()).filter(|_| value.text().is_some()).or_else(|| {
            (value.text().is_none() || value.text().is_some_and(|word| word.trim().eq_ignore_ascii_case("never")))
                .then_some(Meant::Hides(key.name()))
        }),
        Key::Expires if value.text().is_some_and(is_none) => None,
        Key::Expires => Some(Meant::Hides(key.name())),
        Key::Date if value.text().is_some_and(|word| is_yes(word.trim())) => None,
        Key::Date => match value.text().and_then(|text| later(text.trim(), key.name())) {
            Some(meant) => Some(meant),
            None => Some(Meant::Hides(key.name())),
        },
        _ => None,
    }
}

/// What an unknown key was meant to say, if it was meant to keep its page from readers.
pub fn meant_to_hide(name: &str, value: &Node) -> Option<Meant> {
    if value.is_void() {
        return None;
    }
    let bare: String =
        name.chars().filter(|letter| !matches!(letter, '_' | '-' | ' ' | '.')).map(|letter| letter.to_ascii_lowercase()).collect();
    if let Some((key, says, _)) = WORDS.iter().find(|(_, _, words)| words.contains(&&*bare)) {
        return what_is_said(value, *says, key);
    }
    let word = value.text().unwrap_or("").trim().to_lowercase();
    if STATES.contains(&&*word) && nearest(&bare, ["state"]).is_some() {
        return Some(Meant::Hides("status"));
    }
    let near = meant(name)?;
    let (key, _) = Key::named(near)?;
    can_hide(key, near, value.text()?.trim()).then_some(Meant::Hides(near))
}

fn what_is_said(value: &Node, says: Says, key: &'static str) -> Option<Meant> {
    match (&value.data, says) {
        (Data::Map(parts), Build) => parts.iter().any(|(part, word)| is_never(part, word)).then_some(Meant::Hides(key)),
        (Data::Scalar(text, _), Build) => is_said(text.trim(), No).then_some(Meant::Hides(key)),
        (Data::Scalar(text, _), Later) => later(text.trim(), key),
        (Data::Scalar(text, _), Embargo) => {
            if is_none(text) {
                None
            } else {
                later(text.trim(), key)
            }
        }
        (Data::Scalar(text, _), Release) => release(text.trim(), key),
        (Data::Scalar(text, _), says) => is_said(text.trim(), says).then_some(Meant::Hides(key)),
        (Data::List(items), State | Any | Later | Marking | Embargo | Release | Access | Phrase | Handling) => {
            items.iter().filter_map(|item| what_is_said(item, says, key)).reduce(Meant::more_hidden)
        }
        (Data::Map(parts), Any | Later | Marking | Embargo) => {
            parts.iter().filter_map(|(_, part)| what_is_said(part, says, key)).reduce(Meant::more_hidden)
        }
        // `hide: [navigation]` and `show: {toc: false}` are about parts of the page.
        _ => None,
    }
}

/// `render: never` and the like in Hugo's `build`.
fn is_never(part: &Node, word: &Node) -> bool {
    let is_part = part.text().is_some_and(|part| matches!(part.to_ascii_lowercase().as_str(), "render" | "list"));
    is_part && word.text().is_some_and(|word| matches!(word.trim().to_ascii_lowercase().as_str(), "never" | "false" | "no" | "link"))
}

/// A date of release. What is no date is over at the latest when the only year that it names is.
fn later(text: &str, key: &'static str) -> Option<Meant> {
    let at = Stamp::parse(text).or_else(|| date::latest(text).map(Stamp::day));
    match (at, truth(text)) {
        _ if text.is_empty() => None,
        (Some(at), _) => Some(Meant::Until(at)),
        (None, Some(false)) => None,
        (None, _) => Some(Meant::Hides(key)),
    }
}

/// When something is released, which may as well be the number of a version.
fn release(text: &str, key: &'static str) -> Option<Meant> {
    const WORDS: [&str; 12] = ["after", "until", "when", "once", "not", "later", "never", "pending", "tbd", "tba", "hold", "embargo"];
    if let Some(at) = Stamp::parse(text) {
        return Some(Meant::Until(at));
    }
    let is_waiting = words(text).any(|word| WORDS.contains(&&*word));
    (is_waiting || is_no(text)).then_some(Meant::Hides(key))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a word says that there is nothing of the kind.
fn is_none(text: &str) -> bool {
    let text = text.trim();
    let is_word = matches!(&*text.to_lowercase(), "" | "never" | "none" | "n/a" | "na" | "nil" | "0" | "-" | "lifted" | "over" | "ended");
    is_word || truth(text) == Some(false)
}

fn is_yes(text: &str) -> bool {
    text == "1" || truth(text) == Some(true)
}

fn is_no(text: &str) -> bool {
    matches!(&*text.to_lowercase(), "0" | "never" | "none" | "not yet" | "later") || truth(text) == Some(false)
}

/// Whether a marking is of what everybody may read, in words such as `NATO UNCLASSIFIED`.
fn is_open(marking: &str) -> bool {
    const LIMITS: [&str; 14] =
        ["not", "non", "no", "never", "until", "before", "after", "only", "fouo", "cui", "sensitive", "limited", "use", "nopublic"];
    let mut is_open = false;
    for word in words(marking) {
        if LIMITS.contains(&&*word) || STATES.contains(&&*word) {
            return false;
        }
        is_open |= matches!(&*word, "unclassified" | "public");
    }
    is_open
}

/// Whether a known key with this value keeps its page from readers, or tries to.
pub fn hides(name: &str, value: &str) -> bool {
    Key::named(name).is_some_and(|(key, _)| can_hide(key, name, value.trim()))
}

/// What is near `publish_at` is a date of publication in most of its spellings; what is near `status` or `draft` may be a word for anything,
/// so its value must be one that they could have.
fn can_hide(key: Key, name: &str, value: &str) -> bool {
    match key {
        Key::Status => {
            let names = Status::NAMES.iter().map(|(name, _)| *name).filter(|name| *name != "published");
            nearest(value, names).is_some() || is_said(value, Says::State)
        }
        Key::Draft => truth(value).is_some(),
        Key::Published => truth(value) == Some(false),
        Key::Date => name.eq_ignore_ascii_case("published") && (truth(value) == Some(false) || Stamp::parse(value).is_some()),
        Key::PublishAt => !value.is_empty(),
        Key::Expires => is_said(value, Says::Yes),
        _ => false,
    }
}

fn is_said(value: &str, says: Says) -> bool {
    match says {
        Says::Yes => is_yes(value) || Stamp::parse(value).is_some(),
        Says::No => is_no(value),
        Says::State => value.split(|letter: char| !letter.is_alphabetic()).any(|word| STATES.contains(&word.to_lowercase().as_str())),
        Says::Access => {
            is_said(value, State) || is_no(value) || words(value).any(|word| matches!(&*word, "not" | "non" | "only" | "members"))
        }
        Says::Phrase => value.split_whitespace().count() <= 2 && is_said(value, State),
        Says::Handling => (value.split_whitespace().count() <= 2 || value.to_uppercase() == value) && is_said(value, Marking),
        Says::Any | Embargo => !is_none(value),
        Says::Later | Says::Build | Release => !value.is_empty() && truth(value) != Some(false),
        Says::Marking => {
            let word = value.to_lowercase();
            let word = word.trim_start_matches("tlp").trim_start_matches([':', ' ']);
            !word.is_empty() && !OPEN.contains(&word) && !is_open(word)
        }
    }
}

fn truth(value: &str) -> Option<bool> {
    super::fields::truth_of(value)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::problems::Problems;
    use super::super::yaml;
    use super::*;

    /// What the only key of some YAML was meant to say.
    fn meant(entry: &str) -> Option<Meant> {
        let path = Arc::from("x.md");
        let tree = yaml::read(0..entry.len(), &mut Problems::new(&path, entry)).expect("a tree");
        let Data::Map(entries) = &tree.data else { panic!("{entry} is no map") };
        meant_to_hide(entries[0].0.text().expect("a name"), &entries[0].1)
    }

    #[test]
    fn slips_and_words_of_other_tools_that_hide_a_page_are_known() {
        let cases = [
            ("staus: draft", "status"),
            ("Stauts: Draft", "status"),
            ("drafts: true", "draft"),
            ("isDraft: true", "draft: true"),
            ("embago: 2027-01-01", "embargo"),
            ("embargoed: true", "publish_at: DATE"),
            ("embargo_until: the vote", "publish_at: DATE"),
            ("embargo_status: active", "publish_at: DATE"),
            ("on_hold: true", "publish_at: DATE"),
            ("released: false", "publish_at: DATE"),
            ("release: after the vote", "publish_at: DATE"),
            ("hidden: 1", "draft: true"),
            ("unlisted: 1", "draft: true"),
            ("render: never", "draft: true"),
            ("visible: 0", "draft: true"),
            ("approved: false", "draft: true"),
            ("security: restricted", "status: draft"),
            ("clearance: secret", "status: draft"),
            ("handling: amber", "status: draft"),
            ("marking: not for public release", "status: draft"),
            ("access: none", "status"),
            ("visibility: not public", "status"),
            ("access: members only", "status"),
            ("privacy: private", "status"),
            ("review_status: pending", "status"),
            ("sate: review", "status"),
            ("expire: 2026-01-01", "expires"),
            ("publish: 2027-01-01", "published"),
            ("hidden: yes", "draft: true"),
            ("visible: false", "draft: true"),
            ("state: in review", "status"),
            ("publish-at: soon", "publish_at"),
            ("build: {render: never, list: never}", "draft: true"),
            ("_build:\n  render: false", "draft: true"),
            ("build: {list: never}", "draft: true"),
            ("headless: true", "draft: true"),
            ("render: false", "draft: true"),
            ("output: false", "draft: true"),
            ("dg-publish: false", "draft: true"),
            ("online: false", "draft: true"),
            ("active: false", "draft: true"),
            ("confidential: true", "draft: true"),
            ("Confidential: until the vote", "draft: true"),
            ("internal: true", "draft: true"),
            ("internal-only: yes", "draft: true"),
            ("password: swordfish", "draft: true"),
            ("classification: restricted", "status: draft"),
            ("classification: [Official-Sensitive]", "status: draft"),
            ("marking: {level: EU RESTRICTED}", "status: draft"),
            ("TLP: amber", "status: draft"),
            ("tlp: TLP:RED", "status: draft"),
            ("access: private", "status"),
            ("access: [members, staff]", "status"),
            ("visibility: internal", "status"),
            ("post_status: pending", "status"),
            ("distribution: internal use", "status"),
            ("release_date: when the minister has spoken", "publish_at: DATE"),
            ("go_live: true", "publish_at: DATE"),
            ("scheduled: yes", "publish_at: DATE"),
            ("expiration_date: 2026-01-01", "expires: DATE"),
            ("visible_until: 2026-01-01", "expires: DATE"),
        ];
        for (entry, key) in cases {
            assert_eq!(meant(entry), Some(Meant::Hides(key)), "{entry}");
        }
    }

    #[test]
    fn dates_of_release_hide_a_page_until_they_have_come() {
        for name in [
            "release_date",
            "releaseDate",
            "publicationDate",
            "not_before",
            "not before",
            "scheduled",
            "go_live",
            "scheduled_for",
            "publish_date",
            "published_at",
            "publish_on",
            "embargo_until",
            "embargo until",
            "embargo lifts",
            "hold_until",
            "public_from",
            "release",
        ] {
            assert_eq!(meant(&format!("{name}: 2030-01-01")), Stamp::parse("2030-01-01").map(Meant::Until), "{name}");
        }
        let several = "publication_date: [2024-01-01, 2099-01-01]";
        assert_eq!(meant(several), Stamp::parse("2099-01-01").map(Meant::Until), "the latest holds");
        assert_eq!(meant("release_date: 12 March 2019"), Stamp::parse("2019-12-31").map(Meant::Until));
    }

    #[test]
    fn keys_that_only_look_alike_hide_nothing() {
        let cases = [
            "state: Bavaria",
            "statute: Article 5",
            "stats: true",
            "experts: Jane Doe",
            "publisher: NATO",
            "hidden: false",
            "visible: true",
            "public: true",
            "embargoed: false",
            "craft: pottery",
            "workflow: fast",
            "sumary: draft",
            "access: open",
            "access: public",
            "accessible: true",
            "classification: public",
            "classification: Unclassified",
            "marking: none",
            "marking: false",
            "tlp: TLP:CLEAR",
            "internal: false",
            "confidential: no",
            "secret: false",
            "stage: 2",
            "stage: second reading",
            "visibility: public",
            "audience: [ministers, press]",
            "build: {render: always, list: always}",
            "build: {publishResources: false}",
            "build: 42",
            "headless: false",
            "render: true",
            "online: true",
            "online: https://example.org/",
            "hide: [navigation, toc]",
            "show: {toc: false}",
            "scheduled: false",
            "release: 1.2",
            "release: 2",
            "release: v1.2",
            "released: true",
            "embargo_until: never",
            "embargo_date: n/a",
            "embargo_status: lifted",
            "publish_until: none",
            "expiration_date: never",
            "password: none",
            "marking: NATO UNCLASSIFIED",
            "classification: for the public",
            "hidden: 0",
            "distribution: by the staff of the mission",
            "stage: in review by the committee",
            "handling: keep it in a dry place",
            "start_date: 2030-01-01",
            "dg-publish: true",
        ];
        for entry in cases {
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
}
