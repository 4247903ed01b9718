//! CSL-JSON (<https://github.com/citation-style-language/schema/blob/v1.0.2/schemas/input/csl-data.json>).

use serde_json::{Map, Value, json};

use crate::references::{Date, Day, Format, Inline, Item, Name, Standing};

/// Items as a list of CSL-JSON.
pub fn write_csl_json(items: &[&Item]) -> String {
    let list: Vec<Value> = items.iter().map(|item| entry(item)).collect();
    let mut text = serde_json::to_string_pretty(&list).expect("values of JSON can be written");
    text.push('\n');
    text
}

fn entry(item: &Item) -> Value {
    let mut entry = Map::new();
    entry.insert("id".into(), json!(item.key));
    entry.insert("type".into(), json!(item.kind));
    for (variable, pieces) in &item.texts {
        entry.insert(variable.to_string(), json!(text(pieces)));
    }
    for (variable, names) in &item.names {
        let mut list: Vec<Value> = names.names.iter().map(name).collect();
        list.extend(names.others.then(|| json!({ "literal": "others" })));
        entry.insert(variable.to_string(), json!(list));
    }
    for (variable, value) in &item.dates {
        entry.insert(variable.to_string(), date(value));
    }
    let standing = item.standing.map(|standing| if standing == Standing::Primary { "primary" } else { "secondary" });
    let keywords: Vec<&str> = standing.into_iter().chain(item.keywords.iter().map(|keyword| &**keyword)).collect();
    if !keywords.is_empty() {
        entry.insert("keyword".into(), json!(keywords.join(", ")));
    }
    let custom = custom(item);
    if !custom.is_empty() {
        entry.insert("custom".into(), Value::Object(custom));
    }
    Value::Object(entry)
}

/// What CSL has no variable for.
fn custom(item: &Item) -> Map<String, Value> {
    let mut custom: Map<String, Value> = item.other.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
    if let Some(archived) = &item.archived {
        custom.insert("archive-url".into(), json!(archived.url));
        if let Some(day) = archived.date.as_ref().and_then(crate::references::register::dates::write) {
            custom.insert("archive-date".into(), json!(day));
        }
    }
    custom
}

fn name(name: &Name) -> Value {
    let Name::Person { family, given, particle, dropping, suffix, comma_suffix } = name else {
        let Name::Body(body) = name else { return Value::Null };
        return json!({ "literal": body });
    };
    let parts =
        [("family", family), ("given", given), ("non-dropping-particle", particle), ("dropping-particle", dropping), ("suffix", suffix)];
    let written = parts.into_iter().filter(|(_, part)| !part.is_empty());
    let mut map: Map<String, Value> = written.map(|(name, part)| (name.to_string(), json!(part))).collect();
    if !suffix.is_empty() {
        map.insert("comma-suffix".into(), json!(comma_suffix));
    }
    Value::Object(map)
}

fn date(date: &Date) -> Value {
    let parts = |day: Day| {
        let rest = [day.month, day.day].into_iter().map_while(|part| part).map(i32::from);
        let year = if day.year > 0 { day.year } else { day.year - 1 };
        std::iter::once(year).chain(rest).collect::<Vec<i32>>()
    };
    let Some(from) = date.from else { return json!({ "literal": date.words.as_deref().unwrap_or_default() }) };
    let mut list = vec![parts(from)];
    list.extend(date.to.map(parts));
    if date.is_open {
        list.push(vec![0]);
    }
    let mut map = Map::new();
    map.insert("date-parts".into(), json!(list));
    if let Some(season) = date.season {
        map.insert("season".into(), json!(season));
    }
    if date.circa {
        map.insert("circa".into(), json!(true));
    }
    Value::Object(map)
}

/// Pieces with the tags that citation programs know.
fn text(pieces: &[Inline]) -> String {
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
