//! A source as the engine is given it, where styles ask for it otherwise than registers have it.

use std::borrow::Cow;

use super::super::register::strings;
use super::super::{Format, Inline, Item};

/// An item with what styles need of it and registers do not say.
///
/// - The number of an Act outside the United States is written as it is: `c. 12`, not `C. 12`.
/// - What a register calls `phdthesis` or `resreport` has the words of the page that cites it.
/// - Styles of CSL 1.0.1 ask for `event` where registers have `event-title`, as CSL 1.0.2 calls it.
pub fn given<'i>(item: &'i Item, locale: &str) -> Cow<'i, Item> {
    let said = said_in(item, locale);
    let (is_chapter, needs_event) = (is_act_elsewhere(item), item.texts.contains_key("event-title") && !item.texts.contains_key("event"));
    if !is_chapter && !needs_event && said.is_none() {
        return Cow::Borrowed(item);
    }
    let mut given = item.clone();
    if is_chapter {
        given.texts.entry("number".into()).and_modify(|number| *number = vec![Inline::Span(Format::Verbatim, std::mem::take(number))]);
    }
    if let Some(event) = item.texts.get("event-title").filter(|_| needs_event) {
        given.texts.insert("event".into(), event.clone());
    }
    if let Some(words) = said {
        given.texts.insert("genre".into(), vec![Inline::text(words)]);
    }
    Cow::Owned(given)
}

/// The kind of a thesis or report that a register names by a key of biblatex, in the words of a locale, if those of the item are others (M16).
fn said_in(item: &Item, locale: &str) -> Option<&'static str> {
    let key = item.other.get("type").or(item.written_kind.as_ref())?;
    let own = strings::words(key, &item.text("language").unwrap_or_default())?;
    let words = strings::words(key, locale)?;
    (words != own && item.text("genre").as_deref() == Some(own)).then_some(words)
}

/// Whether an item is legislation with a number that is none of the public laws of the United States, such as `111-148`. Styles print `Pub. L. No.` before every
/// number of legislation (M14).
pub fn is_act_elsewhere(item: &Item) -> bool {
    let is_law = &*item.kind == "legislation";
    let number = item.text("number").unwrap_or_default();
    let is_public_law =
        number.contains("Pub. L") || number.split_once(['-', '–']).is_some_and(|(congress, law)| is_digits(congress) && is_digits(law));
    is_law && !number.is_empty() && !is_public_law
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_digit())
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
    fn the_number_of_an_act_outside_america_stays_as_it_is() {
        let given = given(&act("c. 12"), "en-GB").into_owned();
        assert_eq!(given.texts["number"], [Inline::Span(Format::Verbatim, vec![Inline::text("c. 12")])]);
        for number in ["111-148", "Pub. L. 111-148"] {
            let act = act(number);
            assert!(matches!(super::given(&act, "en-GB"), Cow::Borrowed(_)), "{number}");
        }
    }

    /// M16.
    #[test]
    fn a_kind_that_has_a_key_is_said_in_the_language_of_the_page_and_words_as_they_are() {
        let read = |fields: &str| {
            let text = format!("@thesis{{a, title = {{Tides}}, date = {{2024}}, {fields}}}");
            let (register, _) = crate::references::register::read(&[crate::references::RegisterFile::new("a.bib", text)]);
            register.entries()[0].item.clone()
        };
        let genre = |fields: &str, locale: &str| given(&read(fields), locale).text("genre");
        assert_eq!(genre("type = {phdthesis}", "de-DE").as_deref(), Some("Dissertation"));
        assert_eq!(genre("type = {phdthesis}, langid = {french}", "en-GB").as_deref(), Some("PhD thesis"));
        assert_eq!(genre("type = {Thesis of the harbour}", "de-DE").as_deref(), Some("Thesis of the harbour"));
    }

    #[test]
    fn an_event_has_both_names() {
        let mut speech = Item { kind: "speech".into(), ..Item::default() };
        speech.texts.insert("event-title".into(), vec![Inline::text("Conference of Ports")]);
        assert_eq!(given(&speech, "en-GB").text("event").as_deref(), Some("Conference of Ports"));
    }
}
