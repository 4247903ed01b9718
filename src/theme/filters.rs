//! The filters of templates: pure functions of their input.
//!
//! They must not read the site, a file, the clock or the environment.

use jiff::civil::Date;
use tera::{Kwargs, State, TeraResult, Value};

/// Filters of page templates.
pub fn register_page_filters(tera: &mut tera::Tera) {
    tera.register_filter("date", date);
}

/// Filters of shortcodes: those of pages, and `link`, which makes a checked address of what an author wrote.
pub fn register_shortcode_filters(tera: &mut tera::Tera) {
    register_page_filters(tera);
    tera.register_filter("link", |target: &str, _: Kwargs, _: &State| Value::safe_string(&link_marker(target)));
}

/// `2026-02-03` as `3 February 2026`, or by `format` (<https://docs.rs/jiff/0.2/jiff/fmt/strtime/>). What is no date stays as it is.
fn date(value: Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let format = kwargs.get::<&str>("format")?.unwrap_or("%-d %B %Y");
    let Some(date) = value.as_str().and_then(|text| text.get(..10)).and_then(|text| text.parse::<Date>().ok()) else {
        return Ok(value);
    };
    let mut shown = String::new();
    match jiff::fmt::strtime::BrokenDownTime::from(date).format(format, &mut shown) {
        Ok(()) => Ok(Value::from(shown)),
        Err(error) => Err(tera::Error::message(format!("`date` cannot use the format `{format}`: {error}"))),
    }
}

/// Stands before and after an address that a shortcode wrote, until the page that it is on has been resolved. Characters of the private use area: no text has them.
pub const LINK_MARKS: [char; 2] = ['\u{F0000}', '\u{F0001}'];

/// An author's address between marks, so that the body finds it in what a shortcode made and leaves a hole there.
pub fn link_marker(target: &str) -> String {
    format!("{}{target}{}", LINK_MARKS[0], LINK_MARKS[1])
}
