//! Keys that were meant to keep a page from readers, and are none: slips of the pen, and words of other tools.
//!
//! A wrong guess costs a message, a missed one publishes a draft. It must not know how keys are read.

use super::Status;
use super::keys::{Key, meant};
use crate::diagnostic::nearest;
use crate::page::date::Stamp;

/// What a value must say for its key to be one that hides.
#[derive(Clone, Copy)]
enum Says {
    /// `true`, or a date.
    Yes,
    /// `false`.
    No,
    /// A state in which a page is not public.
    State,
    /// Anything: nobody writes the key for another reason.
    Any,
}

/// Words of other tools, in small letters and without `_` and `-`, each with the key that is meant.
const WORDS: [(&str, &str, Says); 29] = [
    ("hidden", "draft: true", Says::Yes),
    ("hide", "draft: true", Says::Yes),
    ("private", "draft: true", Says::Yes),
    ("unlisted", "draft: true", Says::Yes),
    ("unpublished", "draft: true", Says::Yes),
    ("isdraft", "draft: true", Says::Yes),
    ("indraft", "draft: true", Says::Yes),
    ("ishidden", "draft: true", Says::Yes),
    ("isprivate", "draft: true", Says::Yes),
    ("wip", "draft: true", Says::Yes),
    ("visible", "draft: true", Says::No),
    ("public", "draft: true", Says::No),
    ("ispublished", "draft: true", Says::No),
    ("ispublic", "draft: true", Says::No),
    ("state", "status", Says::State),
    ("stage", "status", Says::State),
    ("visibility", "status", Says::State),
    ("workflow", "status", Says::State),
    ("publicationstatus", "status", Says::State),
    ("embargoed", "embargo", Says::Any),
    ("embargountil", "embargo", Says::Any),
    ("embargoeduntil", "embargo", Says::Any),
    ("embargodate", "embargo", Says::Any),
    ("publishon", "publish_at", Says::Any),
    ("publishafter", "publish_at", Says::Any),
    ("unpublishat", "expires", Says::Any),
    ("unpublishdate", "expires", Says::Any),
    ("expiry", "expires", Says::Yes),
    ("expirationdate", "expires", Says::Any),
];

/// States of other tools in which a page is not public.
const STATES: [&str; 12] =
    ["draft", "drafted", "review", "hidden", "private", "unpublished", "unlisted", "embargoed", "scheduled", "pending", "secret", "wip"];

/// What should have been written instead of an unknown key that was meant to hide its page; `None` if it was not.
pub fn meant_to_hide(name: &str, value: &str) -> Option<&'static str> {
    let value = value.trim();
    let bare: String = name.chars().filter(|letter| !matches!(letter, '_' | '-')).map(|letter| letter.to_ascii_lowercase()).collect();
    if let Some((_, key, says)) = WORDS.iter().find(|(word, ..)| *word == bare) {
        return is_said(value, *says).then_some(*key);
    }
    let near = meant(name)?;
    let (key, _) = Key::named(near)?;
    can_hide(key, near, value).then_some(near)
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
        Says::Yes => truth(value) == Some(true) || Stamp::parse(value).is_some(),
        Says::No => truth(value) == Some(false),
        Says::State => value.split(|letter: char| !letter.is_alphabetic()).any(|word| STATES.contains(&word.to_lowercase().as_str())),
        Says::Any => !value.is_empty() && truth(value) != Some(false),
    }
}

fn truth(value: &str) -> Option<bool> {
    super::fields::truth_of(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_words_of_other_tools_that_hide_a_page_are_known() {
        let cases = [
            ("staus", "draft", "status"),
            ("Stauts", "Draft", "status"),
            ("drafts", "true", "draft"),
            ("isDraft", "true", "draft: true"),
            ("embago", "2027-01-01", "embargo"),
            ("embargoed", "true", "embargo"),
            ("embargo_until", "2027-01-01", "embargo"),
            ("expire", "2026-01-01", "expires"),
            ("publish", "false", "published"),
            ("publish", "2027-01-01", "published"),
            ("hidden", "yes", "draft: true"),
            ("visible", "false", "draft: true"),
            ("state", "in review", "status"),
            ("publish-at", "soon", "publish_at"),
        ];
        for (name, value, key) in cases {
            assert_eq!(meant_to_hide(name, value), Some(key), "{name}: {value}");
        }
    }

    #[test]
    fn keys_that_only_look_alike_hide_nothing() {
        let cases = [
            ("state", "Bavaria"),
            ("statute", "Article 5"),
            ("stats", "true"),
            ("experts", "Jane Doe"),
            ("publisher", "NATO"),
            ("hidden", "false"),
            ("visible", "true"),
            ("public", "true"),
            ("embargoed", "false"),
            ("craft", "pottery"),
            ("workflow", "fast"),
            ("sumary", "draft"),
        ];
        for (name, value) in cases {
            assert_eq!(meant_to_hide(name, value), None, "{name}: {value}");
        }
    }
}
