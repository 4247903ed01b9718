//! CSL-JSON (<https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json>). Names are in the order of letters.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::USUAL;
use super::record::{Record, Text};
use crate::references::register::dates;
use crate::references::{Date, Day, Format, Inline, Name, Names};

/// Works as a list of CSL-JSON.
pub fn write_csl_json<'r>(works: impl IntoIterator<Item: Into<Record<'r>>>) -> String {
    let mut json = Vec::with_capacity(USUAL);
    let entries = works.into_iter().map(|work| Entry(work.into()));
    serde_json::Serializer::pretty(&mut json).collect_seq(entries).expect("texts, numbers and maps with names can be written");
    json.push(b'\n');
    String::from_utf8(json).expect("JSON is text")
}

struct Entry<'r>(Record<'r>);

/// What a field says.
enum Field<'e> {
    Plain(&'e str),
    Text(&'e Text<'e>),
    Names(&'e Names),
    Date(&'e Date),
    Keywords(String),
    /// What CSL has no variable for.
    Custom(Vec<(&'e str, Cow<'e, str>)>),
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Entry(work) = self;
        let mut fields = vec![("id", Field::Plain(&work.key)), ("type", Field::Plain(work.kind))];
        fields.extend(work.texts.iter().map(|(variable, text)| (*variable, Field::Text(text))));
        fields.extend(work.names.iter().map(|(variable, names)| (*variable, Field::Names(names))));
        fields.extend(work.dates.iter().map(|(variable, date)| (*variable, Field::Date(date))));
        let keywords: Vec<&str> = work.keywords().collect();
        fields.extend((!keywords.is_empty()).then(|| ("keyword", Field::Keywords(keywords.join(", ")))));
        let custom = custom(work);
        fields.extend((!custom.is_empty()).then_some(("custom", Field::Custom(custom))));
        in_order(&mut fields);
        map(&fields, to)
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Plain(text) => to.serialize_str(text),
            Field::Text(Text::Plain(text)) => to.serialize_str(text),
            Field::Text(Text::Pieces([Inline::Text(text)])) => to.serialize_str(text),
            Field::Text(Text::Pieces(pieces)) => to.serialize_str(&tagged(pieces)),
            Field::Names(names) => names_of(names, to),
            Field::Date(date) => date_of(date, to),
            Field::Keywords(keywords) => to.serialize_str(keywords),
            Field::Custom(fields) => map(fields, to),
        }
    }
}

/// Puts fields in the order of their names; of two of one name the later counts.
fn in_order<T>(fields: &mut Vec<(&str, T)>) {
    fields.sort_by_key(|(name, _)| *name);
    fields.dedup_by(|later, earlier| {
        let is_same = later.0 == earlier.0;
        if is_same {
            std::mem::swap(later, earlier);
        }
        is_same
    });
}

fn map<S: Serializer>(fields: &[(&str, impl Serialize)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(fields.len()))?;
    fields.iter().try_for_each(|(name, field)| map.serialize_entry(name, field))?;
    map.end()
}

fn custom<'r>(work: &'r Record) -> Vec<(&'r str, Cow<'r, str>)> {
    let mut custom: Vec<(&str, Cow<str>)> = work.other.iter().map(|(name, value)| (*name, Cow::Borrowed(*value))).collect();
    if let Some(archived) = work.archived {
        custom.push(("archive-url", Cow::Borrowed(&*archived.url)));
        custom.extend(archived.date.as_ref().and_then(dates::write).map(|day| ("archive-date", Cow::Owned(day))));
    }
    in_order(&mut custom);
    custom
}

/// A name as a map of its parts.
enum Part<'n> {
    Text(&'n str),
    Flag(bool),
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Part::Text(text) => to.serialize_str(text),
            Part::Flag(flag) => to.serialize_bool(*flag),
        }
    }
}

struct NameEntry<'n>(Option<&'n Name>);

impl Serialize for NameEntry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (family, given, particle, dropping, suffix, comma_suffix) = match self.0 {
            None => return map(&[("literal", "others")], to),
            Some(Name::Body(body)) => return map(&[("literal", body)], to),
            Some(Name::Person { family, given, particle, dropping, suffix, comma_suffix }) => {
                (family, given, particle, dropping, suffix, *comma_suffix)
            }
        };
        let mut parts = Vec::with_capacity(6);
        let mut add = |name: &'static str, part| {
            if !matches!(part, Part::Text("")) {
                parts.push((name, part));
            }
        };
        if !suffix.is_empty() {
            add("comma-suffix", Part::Flag(comma_suffix));
        }
        add("dropping-particle", Part::Text(dropping));
        add("family", Part::Text(family));
        add("given", Part::Text(given));
        add("non-dropping-particle", Part::Text(particle));
        add("suffix", Part::Text(suffix));
        map(&parts, to)
    }
}

/// Names in their order; that there are more of them is one more.
fn names_of<S: Serializer>(names: &Names, to: S) -> Result<S::Ok, S::Error> {
    let others = names.others.then_some(NameEntry(None));
    let mut list = to.serialize_seq(Some(names.names.len() + usize::from(names.others)))?;
    let own = names.names.iter().map(|name| NameEntry(Some(name)));
    own.chain(others).try_for_each(|name| list.serialize_element(&name))?;
    list.end()
}

fn date_of<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    let Some(from) = date.from else { return map(&[("literal", date.words.as_deref().unwrap_or_default())], to) };
    let mut days = vec![parts(from)];
    days.extend(date.to.map(parts));
    if date.is_open {
        days.push(vec![0]);
    }
    let count = 1 + usize::from(date.circa) + usize::from(date.season.is_some());
    let mut map = to.serialize_map(Some(count))?;
    if date.circa {
        map.serialize_entry("circa", &true)?;
    }
    map.serialize_entry("date-parts", &days)?;
    if let Some(season) = date.season {
        map.serialize_entry("season", &season)?;
    }
    map.end()
}

/// Year, month and day, as far as they are known; there is no year 0.
fn parts(day: Day) -> Vec<i32> {
    let year = if day.year > 0 { day.year } else { day.year - 1 };
    let rest = [day.month, day.day].into_iter().map_while(|part| part).map(i32::from);
    std::iter::once(year).chain(rest).collect()
}

/// Pieces with the tags that citation programs know.
fn tagged(pieces: &[Inline]) -> String {
    let mut out = String::new();
    push(pieces, &mut out);
    out
}

fn push(pieces: &[Inline], out: &mut String) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => out.push_str(text),
            Inline::Span(format, inside) => {
                let (open, close) = tags(*format);
                out.push_str(open);
                push(inside, out);
                out.push_str(close);
            }
            Inline::Link(_, inside) | Inline::Source(_, inside) => push(inside, out),
        }
    }
}

fn tags(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Italic => ("<i>", "</i>"),
        Format::Upright => ("<span style=\"font-style:normal;\">", "</span>"),
        Format::Bold => ("<b>", "</b>"),
        Format::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Format::Superscript => ("<sup>", "</sup>"),
        Format::Subscript => ("<sub>", "</sub>"),
        Format::Underline => ("<span style=\"text-decoration:underline;\">", "</span>"),
        Format::Quoted => ("“", "”"),
        Format::Verbatim => ("<span class=\"nocase\">", "</span>"),
    }
}
