//! The filters of templates: pure functions of their input, in the language of the document.
//!
//! They must not read the site, a file, the clock or the environment.

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Kwargs, State, TeraResult, Value};

use super::strings::{Strings, Word, fill};

/// Filters of page templates.
pub fn register_page_filters(tera: &mut tera::Tera, strings: &Arc<Strings>) {
    let own = strings.clone();
    tera.register_filter("date", move |value: Value, kwargs: Kwargs, _: &State| date(&own, value, &kwargs));
    let own = strings.clone();
    tera.register_filter("plural", move |value: Value, kwargs: Kwargs, _: &State| plural(&own, &value, &kwargs));
    let own = strings.clone();
    tera.register_filter("named", move |value: Value, kwargs: Kwargs, _: &State| named(&own, value, &kwargs));
    let own = strings.clone();
    tera.register_filter("day", move |value: Value, kwargs: Kwargs, _: &State| day(&own, value, &kwargs));
    tera.register_filter("current", |value: Value, kwargs: Kwargs, _: &State| current(value, &kwargs));
    tera.register_filter("fill", |value: Value, kwargs: Kwargs, _: &State| filled(value.as_str().unwrap_or_default(), &kwargs));
}

/// Filters of shortcodes: those of pages; `link`, which makes a checked address of what an author wrote; and `ref`, which finds a page by its name
/// too.
pub fn register_shortcode_filters(tera: &mut tera::Tera, strings: &Arc<Strings>) {
    register_page_filters(tera, strings);
    tera.register_filter("link", |target: &str, _: Kwargs, _: &State| Value::safe_string(&link_marker(target)));
    tera.register_filter("ref", |target: &str, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let lang = kwargs.get::<&str>("lang")?.unwrap_or_default();
        Ok(Value::safe_string(&link_marker(&ref_marker(target, lang))))
    });
}

/// `2026-02-03` as `3 February 2026`, or by `format`: `long`, `iso`, or as in <https://docs.rs/jiff/0.2/jiff/fmt/strtime/>. What is no date stays as it is.
fn date(strings: &Strings, value: Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let format = kwargs.get::<&str>("format")?.unwrap_or(&strings.date_format);
    match value.as_str().map(|text| strings.dates.shown(text, format)) {
        Some(Ok(Some(shown))) => Ok(Value::from(shown)),
        Some(Err(error)) => Err(tera::Error::message(format!("`date` cannot use the format `{format}`: {error}"))),
        _ => Ok(value),
    }
}

/// A date as an element of HTML that says it for readers and for programs: `<time datetime="2026-02-03">3 February 2026</time>`, with `itemprop` if
/// there is a `prop`.
fn day(strings: &Strings, value: Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let Some(date) = value.as_str() else { return Ok(value) };
    let prop = kwargs.get::<&str>("prop")?.filter(|prop| !prop.is_empty());
    let prop = prop.map_or(Ok(String::new()), |prop| escaped(prop).map(|prop| format!(" itemprop=\"{prop}\"")))?;
    let shown = strings.date(date);
    Ok(Value::safe_string(&["<time", &prop, " datetime=\"", &escaped(date)?, "\">", &escaped(&shown)?, "</time>"].concat()))
}

/// HTML in which the links to `url` that say nothing else say that this is the page where they stand: a menu is the same for all documents but for
/// that.
fn current(value: Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let link = format!("<a href=\"{}\"", escaped(kwargs.must_get::<&str>("url")?)?);
    let other = format!("{link}>");
    match value.as_str().filter(|html| value.is_safe() && html.contains(&other)) {
        Some(html) => Ok(Value::safe_string(&html.replace(&other, &format!("{link} aria-current=\"page\">")))),
        None => Ok(value),
    }
}

/// The form of a string for the number `n`, with `{n}` and other words in braces filled in.
fn plural(strings: &Strings, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let number = kwargs.must_get::<i64>("n")?;
    let form = |name: &'static str| value.as_map().and_then(|forms| forms.get(&tera::value::Key::from(name))).and_then(Value::as_str);
    let text = value.as_str().or_else(|| form(strings.plurals.category(number))).or_else(|| form("other"));
    match text {
        Some(text) => filled(text, kwargs),
        None => Err(tera::Error::message("`plural` needs a string of `t` that has forms, such as `t.pages`")),
    }
}

/// The word of this language for a value such as `at-a-glance`, by the string `type_at_a_glance` if it is named `as` a `type`; without such a string
/// the value itself as a word.
fn named(strings: &Strings, value: Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let kind = kwargs.must_get::<&str>("as")?;
    let Some(text) = value.as_str() else { return Ok(value) };
    let key = format!("{kind}_{}", text.to_lowercase().replace(['-', ' '], "_"));
    Ok(Value::from(match strings.get(&key) {
        Some(Word::One(word)) => word.clone(),
        _ => as_word(text),
    }))
}

/// `at-a-glance` as `At a glance`.
fn as_word(text: &str) -> String {
    let words = text.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text with its words in braces filled in by arguments of their name. Where one of those is HTML, such as a link, so is what comes of it.
fn filled(text: &str, kwargs: &Kwargs) -> TeraResult<Value> {
    let is_html = |value: &Value| value.as_str().is_some() && value.is_safe();
    let into_html = kwargs.iter().any(|(_, value)| is_html(value));
    let mut words: Vec<(&str, Cow<str>)> = Vec::new();
    for (name, value) in kwargs.iter() {
        let shown = value.as_str().map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed);
        let shown = if into_html && !is_html(value) { Cow::Owned(escaped(&shown)?.into_owned()) } else { shown };
        words.extend(name.as_str().map(|name| (name, shown)));
    }
    let find = |name: &str| words.iter().find(|(known, _)| *known == name).map(|(_, shown)| &**shown);
    if into_html { Ok(Value::safe_string(&fill(&escaped(text)?, find))) } else { Ok(Value::from(fill(text, find))) }
}

/// A text as HTML; as it is, if nothing in it could be markup.
fn escaped(text: &str) -> TeraResult<Cow<'_, str>> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Ok(Cow::Borrowed(text));
    }
    let mut html = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut html).map_err(|error| tera::Error::message(error.to_string()))?;
    Ok(Cow::Owned(String::from_utf8_lossy(&html).into_owned()))
}

/// Stands before and after an address that a shortcode wrote, until the page that it is on has been resolved. Characters of the private use area: no text has them.
pub const LINK_MARKS: [char; 2] = ['\u{F0000}', '\u{F0001}'];

/// An author's address between marks, so that the body finds it in what a shortcode made and leaves a hole there.
pub fn link_marker(target: &str) -> String {
    format!("{}{target}{}", LINK_MARKS[0], LINK_MARKS[1])
}

/// Stands before and behind the language of what is named to `ref`. No text has it either.
pub const REF_MARK: char = '\u{F0006}';

/// What an author named to `ref`, as a destination that the body knows.
pub fn ref_marker(target: &str, lang: &str) -> String {
    format!("{REF_MARK}{lang}{REF_MARK}{target}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn rendered(template: &str) -> String {
        let words = [("type_at_a_glance", "En bref"), ("from", "de {name} & {x}")];
        let mut words: BTreeMap<String, Word> = words.map(|(key, text)| (key.to_string(), Word::One(text.into()))).into();
        let forms = [("one", "{n} page de {of}"), ("other", "{n} pages de {of}")].map(|(name, text)| (name.to_string(), text.to_string()));
        words.insert("pages".into(), Word::Forms(forms.into()));
        let strings = Arc::new(Strings::new("fr", words, super::super::dates::Dates::default(), "iso"));
        let mut tera = tera::Tera::new();
        register_page_filters(&mut tera, &strings);
        tera.add_raw_template("x.html", template).expect("a good template");
        let mut context = tera::Context::new();
        context.insert_value("t", strings.value.clone());
        tera.render("x.html", &context).expect("rendered")
    }

    #[test]
    fn a_count_takes_the_form_of_the_language() {
        assert_eq!(rendered("{{ t.pages | plural(n=0, of='A') }}, {{ t.pages | plural(n=2, of='A') }}"), "0 page de A, 2 pages de A");
    }

    #[test]
    fn a_word_of_the_site_is_its_own_name() {
        assert_eq!(rendered("{{ 'at-a-glance' | named(as='type') }} {{ 'policy-note' | named(as='type') }}"), "En bref Policy note");
    }

    #[test]
    fn html_is_filled_in_as_it_is_and_text_is_escaped_once() {
        assert_eq!(rendered("{{ t.from | fill(name='<b>') }}"), "de &lt;b&gt; &amp; {x}");
        let html = "{% set link %}<a href=\"/\">{{ '<i>' }}</a>{% endset %}{{ t.from | fill(name=link, x='<b>') }}";
        assert_eq!(rendered(html), "de <a href=\"/\">&lt;i&gt;</a> &amp; &lt;b&gt;");
    }

    #[test]
    fn a_day_is_told_to_programs_too_and_escaped() {
        assert_eq!(rendered("{{ '2026-02-03' | day }}"), "<time datetime=\"2026-02-03\">2026-02-03</time>");
        assert_eq!(rendered("{{ '<' | day(prop='a') }}"), "<time itemprop=\"a\" datetime=\"&lt;\">&lt;</time>");
    }

    #[test]
    fn a_menu_marks_where_it_stands() {
        let menu = |url: &str| {
            rendered(&format!(
                "{{% set menu %}}<a href=\"/\">A</a><a href=\"/b/?c&amp;d\">B</a>{{% endset %}}{{{{ menu | current(url='{url}') }}}}"
            ))
        };
        assert_eq!(menu("/b/?c&d"), "<a href=\"/\">A</a><a href=\"/b/?c&amp;d\" aria-current=\"page\">B</a>");
        assert_eq!(menu("/b/"), "<a href=\"/\">A</a><a href=\"/b/?c&amp;d\">B</a>");
    }

    #[test]
    fn dates_have_the_form_of_the_settings_unless_a_template_says_another() {
        assert_eq!(rendered("{{ '2026-02-03' | date }} {{ '2026-02-03' | date(format='long') }}"), "2026-02-03 3 February 2026");
        assert_eq!(rendered("{{ 'soon' | date }}"), "soon");
    }
}
