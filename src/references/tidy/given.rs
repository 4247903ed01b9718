//! A source as the engine is given it, where styles ask for it otherwise than registers have it.

use std::borrow::Cow;

use super::super::{Inline, Item};

/// An item with what styles need of it and registers do not say.
///
/// - An Act outside the United States has its chapter with its title (M14): styles print `Pub. L. No.` before every number of legislation.
/// - Styles of CSL 1.0.1 ask for `event` where registers have `event-title`, as CSL 1.0.2 calls it.
pub fn given(item: &Item) -> Cow<'_, Item> {
    let (needs_chapter, needs_event) =
        (is_act_elsewhere(item), item.texts.contains_key("event-title") && !item.texts.contains_key("event"));
    if !needs_chapter && !needs_event {
        return Cow::Borrowed(item);
    }
    let mut given = item.clone();
    if needs_chapter {
        with_chapter(&mut given);
    }
    if let Some(event) = item.texts.get("event-title").filter(|_| needs_event) {
        given.texts.insert("event".into(), event.clone());
    }
    Cow::Owned(given)
}

/// Legislation with a number that is none of the public laws of the United States, such as `111-148`.
fn is_act_elsewhere(item: &Item) -> bool {
    let is_law = &*item.kind == "legislation" && item.texts.contains_key("title");
    let number = item.text("number").unwrap_or_default();
    let is_public_law =
        number.contains("Pub. L") || number.split_once(['-', '–']).is_some_and(|(congress, law)| is_digits(congress) && is_digits(law));
    is_law && !number.is_empty() && !is_public_law
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())
}

/// `Tidal Waters Act 2019, c. 12`; what is cited in short stays without it.
fn with_chapter(item: &mut Item) {
    let Some(number) = item.texts.remove("number") else { return };
    let Some(title) = item.texts.get("title").cloned() else { return };
    item.texts.entry("title-short".into()).or_insert_with(|| title.clone());
    let chapter = [Inline::text(", ")].into_iter().chain(number);
    item.texts.insert("title".into(), title.into_iter().chain(chapter).collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(number: &str) -> Item {
        let texts = [("title", "Tidal Waters Act 2019"), ("number", number)];
        Item {
            kind: "legislation".into(),
            texts: texts.map(|(variable, text)| (variable.into(), vec![Inline::text(text)])).into(),
            ..Item::default()
        }
    }

    /// M14.
    #[test]
    fn an_act_outside_america_has_its_chapter_with_its_title() {
        let (act, public_law) = (act("c. 12"), act("111-148"));
        let given = given(&act);
        assert_eq!(given.text("title").as_deref(), Some("Tidal Waters Act 2019, c. 12"));
        assert_eq!(given.text("title-short").as_deref(), Some("Tidal Waters Act 2019"));
        assert_eq!(given.text("number"), None);
        assert!(matches!(super::given(&public_law), Cow::Borrowed(_)));
    }

    #[test]
    fn an_event_has_both_names() {
        let mut speech = Item { kind: "speech".into(), ..Item::default() };
        speech.texts.insert("event-title".into(), vec![Inline::text("Conference of Ports")]);
        assert_eq!(given(&speech).text("event").as_deref(), Some("Conference of Ports"));
    }
}
