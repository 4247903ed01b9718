//! Where Jekyll puts a page (<https://jekyllrb.com/docs/permalinks/>).
//!
//! It must not know where it will be.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_yaml::{Mapping, Value};

use super::settings::Settings;
use super::{Part, front};
use crate::cli::front_text::text_of;
use crate::page::date::Stamp;

/// The date and the slug in the name of a post.
pub fn post_name(name: &str) -> Option<(Date, &str)> {
    let stem = name.rsplit_once('.')?.0;
    let mut parts = stem.splitn(4, '-');
    let [year, month, day, slug] = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (!slug.is_empty()).then_some((date, slug))
}

/// The address of a page; nothing for what Jekyll does not publish.
pub(super) fn address(path: &str, part: Part, values: &Mapping, settings: &Settings) -> Option<String> {
    let is_hidden = part == Part::Draft || values.get("published").and_then(Value::as_bool) == Some(false);
    if is_hidden || matches!(part, Part::Document(name) if !settings.is_written(name)) {
        return None;
    }
    let own = values.get("permalink").and_then(text_of);
    let template = own.map_or_else(|| template(path, part, settings), |own| style(&own).to_string());
    let words = Words { path: settings.without_collections_dir(path), part, values, settings };
    let filled = fill(&template, |word| words.said(word));
    Some(as_file(&filled))
}

/// The pattern that one of the named styles stands for.
pub fn style(name: &str) -> &str {
    match name {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        own => own,
    }
}

fn template(path: &str, part: Part, settings: &Settings) -> String {
    let named = settings.permalink();
    let end = match named {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        own if own.ends_with('/') => "/",
        own if own.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    match part {
        Part::Post => style(named).to_string(),
        Part::Document(name) => settings.template_of(name).unwrap_or_else(|| format!("/:collection/:path{end}")),
        _ if path.rsplit('/').next().is_some_and(|name| name.starts_with("index.")) => "/:path/".to_string(),
        _ => format!("/:path/:basename{end}"),
    }
}

/// The address of the file that is written for a path.
fn as_file(path: &str) -> String {
    let mut address = String::from("/");
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if !address.ends_with('/') {
            address.push('/');
        }
        address.push_str(part);
    }
    match path {
        _ if path.ends_with('/') && !address.ends_with('/') => address.push('/'),
        _ if !address.ends_with('/') && !address.ends_with(".html") => address.push_str(".html"),
        _ => {}
    }
    address
}

/// A pattern with its words filled in; one that nobody knows stays.
fn fill(template: &str, said: impl Fn(&str) -> Option<String>) -> String {
    let mut parts = template.split(':');
    let mut filled = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_').unwrap_or(part.len());
        match said(&part[..end]) {
            Some(text) => filled.push_str(&text),
            None => filled.push_str(&format!(":{}", &part[..end])),
        }
        filled.push_str(&part[end..]);
    }
    filled
}

struct Words<'a> {
    path: &'a str,
    part: Part<'a>,
    values: &'a Mapping,
    settings: &'a Settings,
}

impl Words<'_> {
    fn said(&self, word: &str) -> Option<String> {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", self.path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let own = post_name(name).filter(|_| self.part == Part::Post);
        let slug = || self.values.get("slug").and_then(text_of).unwrap_or_else(|| own.map_or(stem, |(_, slug)| slug).to_string());
        let dated = |form: &str| Some(self.when()?.strftime(form).to_string());
        match word {
            "output_ext" => Some(".html".to_string()),
            "basename" | "name" => Some(stem.to_string()),
            "path" => Some(match self.part {
                Part::Document(_) => self
                    .path
                    .split_once('/')
                    .map_or(stem, |(_, inside)| inside.rsplit_once('.').map_or(inside, |(stem, _)| stem))
                    .to_string(),
                _ => folder.to_string(),
            }),
            "collection" => match self.part {
                Part::Document(name) => Some(name.to_string()),
                _ => Some("posts".to_string()),
            },
            "categories" => {
                Some(front::categories(self.path, self.values).iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join("/"))
            }
            "slugified_categories" => Some(
                front::categories(self.path, self.values)
                    .iter()
                    .map(|name| slugified(&name.to_lowercase(), false))
                    .collect::<Vec<_>>()
                    .join("/"),
            ),
            "title" => Some(slugified(&slug(), true)),
            "slug" => Some(slugified(&slug().to_lowercase(), false)),
            "year" => dated("%Y"),
            "short_year" => dated("%y"),
            "month" => dated("%m"),
            "i_month" => dated("%-m"),
            "short_month" => dated("%b"),
            "long_month" => dated("%B"),
            "day" => dated("%d"),
            "i_day" => dated("%-d"),
            "y_day" => dated("%j"),
            "w_year" => dated("%G"),
            "week" => dated("%V"),
            "w_day" => dated("%u"),
            "short_day" => dated("%a"),
            "long_day" => dated("%A"),
            "hour" => dated("%H"),
            "minute" => dated("%M"),
            "second" => dated("%S"),
            _ => None,
        }
    }

    /// The date of the page in the zone of the site. A time without an offset is one of UTC.
    fn when(&self) -> Option<Zoned> {
        let zone = self.settings.zone.clone();
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        let Some(stamp) = self.values.get("date").and_then(text_of).and_then(|text| Stamp::parse(&text)) else {
            return post_name(name)?.0.to_zoned(zone).ok();
        };
        if stamp.offset.is_none() && stamp.iso().len() <= "2024-05-01".len() {
            return stamp.date().to_zoned(zone).ok();
        }
        Some(stamp.instant(&TimeZone::UTC).ok()?.to_zoned(zone))
    }
}

/// A text as a part of an address: with all signs that an address may have, or with letters and digits alone.
fn slugified(text: &str, is_pretty: bool) -> String {
    let stays = |letter: char| letter.is_alphanumeric() || is_pretty && "._~!$&'()+,;=@".contains(letter);
    let mut slug = String::new();
    for letter in text.chars() {
        if stays(letter) {
            slug.push(letter);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(path: &str, part: Part, settings: &str, front: &str) -> String {
        let settings = Settings::of(serde_yaml::from_str(settings).unwrap()).unwrap();
        let values: Mapping = serde_yaml::from_str(front).unwrap();
        address(path, part, &values, &settings).unwrap()
    }

    #[test]
    fn posts_have_the_addresses_of_the_style() {
        let post = "_posts/2024-05-01-My_Post.md";
        for (settings, front, address) in [
            ("{}", "{}", "/2024/05/01/My_Post.html"),
            ("{}", "{categories: Law Trade}", "/law/trade/2024/05/01/My_Post.html"),
            ("{}", "{category: Law Trade}", "/law trade/2024/05/01/My_Post.html"),
            ("{permalink: pretty}", "{slug: own Slug}", "/2024/05/01/own-Slug/"),
            ("{permalink: ordinal}", "{}", "/2024/122/My_Post.html"),
            ("{permalink: none}", "{}", "/My_Post.html"),
            ("{permalink: '/news/:slug'}", "{}", "/news/my-post.html"),
            ("{}", "{date: 2024-06-30 23:30:00 -0400}", "/2024/07/01/My_Post.html"),
            ("{timezone: Europe/Brussels}", "{date: 2024-06-30 23:30:00 +0000}", "/2024/07/01/My_Post.html"),
            ("{}", "{permalink: '/:title/'}", "/My_Post/"),
        ] {
            assert_eq!(address_of(post, Part::Post, settings, front), address, "{settings} {front}");
        }
        assert_eq!(address_of("science/_posts/2024-5-2-x.md", Part::Post, "{}", "{}"), "/science/2024/05/02/x.html");
    }

    #[test]
    fn pages_and_documents_have_addresses_that_end_as_those_of_posts() {
        for (path, settings, address) in [
            ("about.md", "{}", "/about.html"),
            ("about.md", "{permalink: pretty}", "/about/"),
            ("docs/index.md", "{}", "/docs/"),
            ("index.md", "{permalink: pretty}", "/"),
            ("docs/My-Page.md", "{permalink: '/:title/'}", "/docs/My-Page/"),
        ] {
            assert_eq!(address_of(path, Part::Page, settings, "{}"), address);
        }
        let collections = "{collections: {guides: {output: true}, rules: {output: true, permalink: '/r/:path/'}}}";
        assert_eq!(address_of("_guides/a/Some_guide.md", Part::Document("guides"), collections, "{}"), "/guides/a/Some_guide.html");
        assert_eq!(address_of("_rules/one.md", Part::Document("rules"), collections, "{}"), "/r/one/");
    }
}
