//! Posts of the blog of Material for MkDocs (<https://squidfunk.github.io/mkdocs-material/plugins/blog/>): their dates and addresses.
//!
//! It must not know the text of a post.

use jiff::civil::Date;
use serde_yaml::Value;

use super::settings::Settings;
use super::{headings, said};
use crate::cli::front_text::FrontText;

/// Where a post lives, if the file is one and the settings give it an address that can be told.
pub fn address(inside: &str, front: &FrontText, settings: &Settings) -> Option<String> {
    let plugin = settings.plugin("blog")?;
    let folder = said(plugin, "blog_dir").unwrap_or("blog");
    let folder = if folder == "." { String::new() } else { format!("{}/", folder.trim_matches('/')) };
    inside.strip_prefix(&folder)?.strip_prefix("posts/")?;
    let values = front.values();
    let date: Date = date(&Value::Mapping(values.clone()), "created")?.get(..10)?.parse().ok()?;
    let format = said(plugin, "post_url_format").unwrap_or("{date}/{slug}");
    let date_format = said(plugin, "post_url_date_format").unwrap_or("yyyy/MM/dd");
    let text = |key: &str| values.get(key).and_then(Value::as_str).map(str::to_string);
    let slug = text("slug").or_else(|| Some(headings::python_slug(&super::text::title_in(front)?)))?;
    let file = inside.rsplit('/').next()?.trim_end_matches(".md");
    let path = format.replace("{date}", &dated(date_format, date)).replace("{slug}", &slug).replace("{file}", file);
    let end = if settings.directory_urls { "/" } else { ".html" };
    (!path.contains('{')).then(|| format!("/{folder}{path}{end}"))
}

/// The date of a page: `date: 2024-05-01`, or `date: {created: 2024-05-01, updated: …}`.
pub fn date(values: &Value, which: &str) -> Option<String> {
    let date = values.get("date")?;
    let of = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    match date {
        Value::Mapping(_) => of(date.get(which)?),
        _ if which == "created" => of(date),
        _ => None,
    }
}

/// A date by a pattern of Unicode's (<https://unicode.org/reports/tr35/tr35-dates.html#Date_Format_Patterns>): years, months and days in numbers.
fn dated(format: &str, date: Date) -> String {
    let numbers = [
        ("yyyy", format!("{:04}", date.year())),
        ("yy", format!("{:02}", date.year() % 100)),
        ("MM", format!("{:02}", date.month())),
        ("dd", format!("{:02}", date.day())),
        ("M", date.month().to_string()),
        ("d", date.day().to_string()),
    ];
    let mut out = String::new();
    let mut rest = format;
    while !rest.is_empty() {
        match numbers.iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, number)) => {
                out.push_str(number);
                rest = &rest[word.len()..];
            }
            None => {
                let letter = rest.chars().next().unwrap_or_default();
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_by_their_pattern() {
        let date = "2024-05-01".parse().unwrap();
        assert_eq!(dated("yyyy/MM/dd", date), "2024/05/01");
        assert_eq!(dated("yy-M-d", date), "24-5-1");
    }

    #[test]
    fn a_date_may_be_a_map() {
        let values = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let both = values("date: {created: 2024-05-01, updated: 2024-06-01}");
        assert_eq!((date(&both, "created").as_deref(), date(&both, "updated").as_deref()), (Some("2024-05-01"), Some("2024-06-01")));
        assert_eq!(
            (date(&values("date: 2024-05-01"), "created").as_deref(), date(&values("date: 2024-05-01"), "updated")),
            (Some("2024-05-01"), None)
        );
    }
}
