//! Keys that were meant to keep a page from readers, and are none: slips of the pen, and words of other tools.
//!
//! A wrong guess costs a message, a missed one publishes a draft. It must not know how keys are read.

use super::Status;
use super::keys::Key;
use super::node::{Data, Node};
use super::typos;
use super::values::truth_of as truth;
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

/// Words of other tools, in small letters and without spaces, dots, `_` and `-`, by what should have been written and what they must say.
const WORDS: [(&str, Says, &str); 15] = [
    (
        "draft: true",
        Yes,
        "hidden hide private unlisted unpublished unpublish isdraft indraft ishidden isprivate wip offline headless internal isinternal \
         internalonly internaluse internaluseonly membersonly staffonly sensitive nopublish donotpublish notforpublication notforrelease \
         disabled forinternaluseonly officialsensitive",
    ),
    (
        "draft: true",
        No,
        "visible public ispublished ispublic isvisible online active live enabled render output show dgpublish releasable approved ready",
    ),
    ("draft: true", Build, "build buildoptions"),
    ("draft: true", Any, "password postpassword"),
    ("draft: true", Marking, "confidential isconfidential secret restricted classified confidentiality sensitivity"),
    (
        "status",
        State,
        "state workflow workflowstate workflowstatus publicationstatus publicationstate publishstatus publishingstatus poststatus pagestatus \
         contentstatus documentstatus editorialstatus draftstatus documentstate reviewstatus",
    ),
    ("status", Access, "access accesslevel accessrights visibility privacy"),
    ("status", Phrase, "stage audience distribution dissemination circulation"),
    ("status: draft", Handling, "handling handlingcaveat"),
    ("publish_at: DATE", Release, "release released"),
    (
        "marking",
        Marking,
        "classification marking markings protectivemarking securitymarking securityclassification classificationlevel securitylevel tlp \
         security clearance",
    ),
    (
        "publish_at: DATE",
        Embargo,
        "embargoed isembargoed underembargo embargountil embargoeduntil embargodate embargoend embargoends embargoenddate embargotime \
         embargotill embargoedtill embargoedto embargolift embargolifts embargorelease embargoexpires embargostatus dateembargo holduntil \
         onhold",
    ),
    (
        "publish_at: DATE",
        Later,
        "publishon publishafter publishfrom publicfrom publishtime publishdate publishedat publishedon publisheddate datepublished \
         releasedate releasetime releaseat releaseon publicationdate publicationtime publicationat notbefore scheduled scheduledat \
         scheduledon scheduledfor scheduleddate scheduledate schedulefor golive goliveat goliveon golivedate livefrom liveon liveat \
         availablefrom visiblefrom showfrom displayfrom publishup",
    ),
    ("expires: DATE", Any, "unpublishat unpublishdate unpublishon expirationdate publishuntil publisheduntil"),
    ("expires: DATE", Yes, "expiry expiration removeon removeat visibleuntil showuntil displayuntil onlineuntil liveuntil publishdown"),
];

/// States of other tools in which a page is not public.
const STATES: &str = "draft drafted review hidden private unpublished unlisted embargoed embargo scheduled pending secret wip internal \
                      confidential restricted protected password closed staff";

/// Words that limit who may read what is called public or unclassified.
const LIMITS: &str = "not non no never until before after only fouo cui sensitive limited use nopublic";

/// Words of markings that are no states.
const LEVELS: &str = "official sensitive classified amber red";

/// Words by which a release is still to come.
const WAITING: &str = "after until when once not later never pending tbd tba hold embargo";

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
    let hides = Some(Meant::Hides(key.name()));
    let text = value.text().map(str::trim);
    match (key, text) {
        (Key::PublishAt, Some(word)) if word.eq_ignore_ascii_case("never") => hides,
        (Key::PublishAt, Some(_)) => what_is_said(value, Embargo, key.name()),
        (Key::Expires, Some(text)) if is_none(text) => None,
        (Key::Date, Some(text)) if is_yes(text) => None,
        (Key::Date, Some(text)) => later(text, key.name()).or(hides),
        (Key::PublishAt | Key::Expires | Key::Date, _) => hides,
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
    if let Some((key, says, _)) = WORDS.iter().find(|(_, _, words)| has_word(words, &bare)) {
        return what_is_said(value, *says, key);
    }
    let word = value.text().unwrap_or("").trim().to_lowercase();
    if has_word(STATES, &word) && nearest(&bare, ["state"]).is_some() {
        return Some(Meant::Hides("status"));
    }
    let near = typos::meant(name)?;
    let (key, _) = Key::named(near)?;
    if key == Key::Cascade {
        return cascades(value).then_some(Meant::Hides(near));
    }
    can_hide(key, near, value.text()?.trim()).then_some(Meant::Hides(near))
}

/// Whether defaults for the pages below would keep them from readers.
pub fn cascades(value: &Node) -> bool {
    match &value.data {
        Data::Map(parts) => parts.iter().any(|(name, value)| {
            let Some(name) = name.text() else { return false };
            hides(name, value.text().unwrap_or_default()) || meant_to_hide(name, value).is_some()
        }),
        Data::List(items) => items.iter().any(cascades),
        Data::Scalar(..) => false,
    }
}

fn what_is_said(value: &Node, says: Says, key: &'static str) -> Option<Meant> {
    let join = |meant: &mut dyn Iterator<Item = Meant>| meant.reduce(Meant::more_hidden);
    match (&value.data, says) {
        (Data::Scalar(text, _), Later) => later(text.trim(), key),
        (Data::Scalar(text, _), Embargo) => {
            if is_none(text) {
                None
            } else {
                later(text.trim(), key)
            }
        }
        (Data::Scalar(text, _), Release) => release(text.trim(), key),
        (Data::Scalar(text, _), Build) => is_said(text.trim(), No).then_some(Meant::Hides(key)),
        (Data::Scalar(text, _), says) => is_said(text.trim(), says).then_some(Meant::Hides(key)),
        (Data::Map(parts), Build) => parts.iter().any(|(part, word)| is_never(part, word)).then_some(Meant::Hides(key)),
        (Data::List(items), State | Any | Later | Marking | Embargo | Release | Access | Phrase | Handling) => {
            join(&mut items.iter().filter_map(|item| what_is_said(item, says, key)))
        }
        (Data::Map(parts), Any | Later | Marking | Embargo) => {
            join(&mut parts.iter().filter_map(|(_, part)| what_is_said(part, says, key)))
        }
        // `hide: [navigation]` and `show: {toc: false}` are about parts of the page.
        _ => None,
    }
}

/// `render: never` and the like in Hugo's `build`.
fn is_never(part: &Node, word: &Node) -> bool {
    let is_one = |node: &Node, words: &str| node.text().is_some_and(|text| has_word(words, &text.trim().to_ascii_lowercase()));
    is_one(part, "render list") && is_one(word, "never false no link")
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
    if let Some(at) = Stamp::parse(text) {
        return Some(Meant::Until(at));
    }
    let is_waiting = words(text).any(|word| has_word(WAITING, &word));
    (is_waiting || is_no(text)).then_some(Meant::Hides(key))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether one of the words of a list is this one.
fn has_word(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Whether a word says that there is nothing of the kind.
fn is_none(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || has_word("never none n/a na nil 0 - lifted over ended", &text.to_lowercase()) || truth(text) == Some(false)
}

/// Whether a word is a date in any form, if only a month or a year, or one whose order nobody knows.
fn is_date(text: &str) -> bool {
    Stamp::parse_partial(text, None).is_some_and(|stamp| (1900..2200).contains(&stamp.date().year())) || date::readings(text).is_some()
}

fn is_yes(text: &str) -> bool {
    text == "1" || truth(text) == Some(true)
}

fn is_no(text: &str) -> bool {
    matches!(&*text.to_lowercase(), "0" | "never" | "none" | "not yet" | "later") || truth(text) == Some(false)
}

/// Whether a marking is of what everybody may read, in words such as `NATO UNCLASSIFIED`.
fn is_open(marking: &str) -> bool {
    let limits = |word: String| has_word(LIMITS, &word) || has_word(STATES, &word);
    words(marking).any(|word| has_word("unclassified public", &word)) && !words(marking).any(limits)
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
            nearest(value, names).is_some() || is_said(value, State)
        }
        Key::Draft => truth(value).is_some(),
        Key::Published => truth(value) == Some(false),
        Key::Date => name.eq_ignore_ascii_case("published") && (truth(value) == Some(false) || is_date(value)),
        Key::PublishAt => !value.is_empty(),
        Key::Expires => is_said(value, Yes),
        Key::Marking => is_said(value, State) || words(value).any(|word| has_word(LEVELS, &word)),
        _ => false,
    }
}

fn is_said(value: &str, says: Says) -> bool {
    match says {
        Yes => is_yes(value) || is_date(value),
        No => is_no(value),
        State => value.split(|letter: char| !letter.is_alphabetic()).any(|word| has_word(STATES, &word.to_lowercase())),
        Access => is_said(value, State) || is_no(value) || words(value).any(|word| has_word("not non only members", &word)),
        Phrase => value.split_whitespace().count() <= 2 && is_said(value, State),
        Handling => (value.split_whitespace().count() <= 2 || value.to_uppercase() == value) && is_said(value, Marking),
        Any | Embargo => !is_none(value),
        Later | Build | Release => !value.is_empty() && truth(value) != Some(false),
        Marking => !is_open_to_all(value),
    }
}

/// Whether a marking is of what everybody may read, in whatever list of markings it stands.
pub fn is_open_to_all(marking: &str) -> bool {
    let word = marking.to_lowercase();
    let word = word.trim_start_matches("tlp").trim_start_matches([':', ' ']);
    word.is_empty() || OPEN.contains(&word) || is_open(word)
}
