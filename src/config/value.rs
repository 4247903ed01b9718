//! The values of settings: what is a good language, time zone or number, and what is said of a wrong one.
//!
//! It must not know where a value was written or what its setting is called.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::tree::{Node, Origin, Value};
use super::{DateOrder, Internal};

/// Why a value cannot be taken.
#[derive(Debug, PartialEq)]
pub struct Wrong {
    /// What a good value is: it follows "must be".
    pub expected: String,
    /// What to do, one line each.
    pub hints: Vec<String>,
    /// The item of a list that is meant, if it is not the whole value.
    pub item: Option<Node>,
}

impl Wrong {
    /// A whole value that should have been `expected`, which follows "must be".
    pub fn expected(expected: impl Into<String>) -> Wrong {
        Wrong { expected: expected.into(), hints: Vec::new(), item: None }
    }

    /// The same, with one more thing to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Wrong {
        self.hints.push(hint.into());
        self
    }
}

/// A text. `raw` is what an override says, letter by letter: `--set title=2024` means the text, whatever TOML makes of it.
///
/// # Errors
/// It is no text.
pub fn text(node: &Node, raw: Option<&str>) -> Result<String, Wrong> {
    match (&node.value, raw) {
        (Value::Text(text), _) => Ok(text.clone()),
        (Value::List(_) | Value::Table(_), _) | (_, None) => Err(Wrong::expected("a text in quotes")),
        (_, Some(raw)) => Ok(raw.to_string()),
    }
}

/// A text; `None` when it is empty.
///
/// # Errors
/// It is no text.
pub fn optional(node: &Node, raw: Option<&str>) -> Result<Option<String>, Wrong> {
    Ok(Some(text(node, raw)?).filter(|text| !text.trim().is_empty()))
}

/// A whole number that is not smaller than `least`.
///
/// # Errors
/// It is no whole number, or a smaller one.
pub fn whole(node: &Node, least: usize) -> Result<usize, Wrong> {
    match node.value {
        Value::Whole(number) => usize::try_from(number).ok().filter(|number| *number >= least),
        _ => None,
    }
    .ok_or_else(|| Wrong::expected(format!("a whole number from {least}")))
}

/// `true` or `false`.
///
/// # Errors
/// It is neither.
pub fn truth(node: &Node) -> Result<bool, Wrong> {
    match node.value {
        Value::Truth(truth) => Ok(truth),
        _ => Err(Wrong::expected("`true` or `false`")),
    }
}

/// A list of texts, each with its node.
fn items(node: &Node, example: &str) -> Result<Vec<(String, Node)>, Wrong> {
    let expected = || Wrong::expected(format!("a list of texts such as `{example}`"));
    let Value::List(items) = &node.value else { return Err(expected()) };
    items
        .iter()
        .map(|item| match &item.value {
            Value::Text(text) => Ok((text.clone(), item.clone())),
            _ => Err(Wrong { item: Some(item.clone()), ..expected() }),
        })
        .collect()
}

/// A list of texts.
///
/// # Errors
/// It is no list, or one of something else.
pub fn texts(node: &Node, example: &str) -> Result<Vec<String>, Wrong> {
    Ok(items(node, example)?.into_iter().map(|(text, _)| text).collect())
}

/// What stands first in a date in numbers, day or month.
///
/// # Errors
/// It is neither `dmy` nor `mdy`.
pub fn date_order(node: &Node) -> Result<DateOrder, Wrong> {
    match &node.value {
        Value::Text(text) if text == "dmy" => Ok(DateOrder::DayMonth),
        Value::Text(text) if text == "mdy" => Ok(DateOrder::MonthDay),
        _ => Err(Wrong::expected("`\"dmy\"` (day before month) or `\"mdy\"`")),
    }
}

/// What a link into the site is that leads nowhere.
///
/// # Errors
/// It is neither `error` nor `warn`.
pub fn internal(node: &Node) -> Result<Internal, Wrong> {
    match &node.value {
        Value::Text(text) if text == "error" => Ok(Internal::Error),
        Value::Text(text) if text == "warn" => Ok(Internal::Warn),
        _ => Err(Wrong::expected("`\"error\"` or `\"warn\"`")),
    }
}

/// A folder for the output.
///
/// # Errors
/// It is no name of a folder.
pub fn folder(text: String) -> Result<String, Wrong> {
    if text.trim().is_empty() || text.contains('\0') { Err(Wrong::expected("the name of a folder")) } else { Ok(text) }
}

/// The name of a theme, which is the name of one folder.
///
/// # Errors
/// It is no name of one folder.
pub fn theme(text: String) -> Result<String, Wrong> {
    let is_name = !text.is_empty() && !text.starts_with('.') && !text.contains(['/', '\\', '\0']);
    if is_name { Ok(text) } else { Err(Wrong::expected("the name of a folder in `themes/`, or `\"default\"`")) }
}

/// A language code in the form of BCP 47 (<https://www.rfc-editor.org/info/bcp47>): two or three letters, then parts of two to eight letters or digits.
///
/// # Errors
/// It is no tag of a language.
pub fn language(text: String) -> Result<String, Wrong> {
    let mut parts = text.split('-');
    let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_further = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if parts.next().is_some_and(is_first) && parts.all(is_further) {
        return Ok(text);
    }
    let wrong = Wrong::expected("a language code such as `en` or `pt-BR`");
    Err(if text.contains('_') { wrong.hint(format!("write `{}`", text.replace('_', "-"))) } else { wrong })
}

/// Pages keep the number of their language in one byte, and 0 is the default one.
const MOST_LANGUAGES: usize = 250;

/// The further languages: good ones, and what is wrong with the others.
pub fn languages(node: &Node, default: &str) -> (Vec<String>, Vec<Wrong>) {
    let items = match items(node, r#"["fr", "ar"]"#) {
        Ok(items) => items,
        Err(wrong) if matches!(node.value, Value::Table(_)) => {
            return (Vec::new(), vec![wrong.hint("what Zola has in `[languages.fr]` goes into the files `_index.fr.md`")]);
        }
        Err(wrong) => return (Vec::new(), vec![wrong]),
    };
    let mut good: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for (text, item) in items {
        let is_known = |known: &str| known.eq_ignore_ascii_case(&text);
        let problem = if is_known(default) {
            Wrong::expected("a list of further languages").hint(format!("`{text}` is the `language` of the site already"))
        } else if good.iter().any(|known| is_known(known)) {
            Wrong::expected("a list without repetitions")
        } else if good.len() >= MOST_LANGUAGES {
            Wrong::expected(format!("a list of at most {MOST_LANGUAGES} languages"))
        } else {
            match language(text) {
                Ok(code) => {
                    good.push(code);
                    continue;
                }
                Err(problem) => problem,
            }
        };
        wrong.push(Wrong { item: Some(item), ..problem });
    }
    (good, wrong)
}

/// A time zone of the IANA database inside the binary, and its name as that database spells it.
///
/// # Errors
/// There is no such zone.
pub fn time_zone(text: String) -> Result<(TimeZone, String), Wrong> {
    let zones = TimeZoneDatabase::bundled();
    if let Ok(zone) = zones.get(text.trim()) {
        let name = zone.iana_name().unwrap_or(text.trim()).to_string();
        return Ok((zone, name));
    }
    let names: Vec<String> = zones.available().map(|name| name.to_string()).collect();
    let near = nearest_zones(&text, &names);
    let wrong = Wrong::expected("the name of a time zone such as `Europe/Brussels`");
    Err(if near.is_empty() { wrong } else { wrong.hint(format!("did you mean {}?", near.join(" or "))) })
}

/// Up to three zones whose name, or its last part (the city), is spelt like `text`.
fn nearest_zones(text: &str, names: &[String]) -> Vec<String> {
    let wanted = text.trim().to_lowercase().replace(' ', "_");
    let city = wanted.rsplit('/').next().unwrap_or_default();
    let allowed = (city.chars().count() / 3).max(1);
    let mut near: Vec<(usize, &String)> = names
        .iter()
        .map(|name| {
            let lower = name.to_lowercase();
            let own = lower.rsplit('/').next().unwrap_or_default();
            (strsim::damerau_levenshtein(&wanted, &lower).min(strsim::damerau_levenshtein(city, own)), name)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    near.sort();
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter().take_while(|(distance, _)| *distance == best).take(3).map(|(_, name)| format!("`{name}`")).collect()
}

/// Where a mistake stands: at the item, or at the whole value.
pub fn origin<'a>(wrong: &'a Wrong, node: &'a Node) -> (&'a Origin, &'a Value) {
    let node = wrong.item.as_ref().unwrap_or(node);
    (&node.origin, &node.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_whatever_its_case_and_named_as_the_database_names_it() {
        assert_eq!(time_zone("europe/brussels".into()).expect("a zone").1, "Europe/Brussels");
        assert_eq!(time_zone("UTC".into()).expect("a zone"), (TimeZone::UTC, "UTC".into()));
    }

    #[test]
    fn an_unknown_zone_gets_the_nearest_names() {
        let hints = |text: &str| time_zone(text.into()).expect_err(text).hints.join("\n");
        assert_eq!(hints("Europe/Brusels"), "did you mean `Europe/Brussels`?");
        assert_eq!(hints("Brussels"), "did you mean `Europe/Brussels`?");
        assert_eq!(hints("New York"), "did you mean `America/New_York`?");
        assert_eq!(hints("+25:99"), "");
    }

    #[test]
    fn language_codes_have_the_form_of_bcp_47() {
        for good in ["en", "pt-BR", "zh-Hant-TW", "sr-Latn", "haw"] {
            assert!(language(good.into()).is_ok(), "{good}");
        }
        for bad in ["", "e", "english", "en-", "-en", "en/../x", "fr.md", "日本"] {
            assert!(language(bad.into()).is_err(), "{bad}");
        }
        assert_eq!(language("pt_BR".into()).expect_err("an underscore").hints, ["write `pt-BR`"]);
    }
}
