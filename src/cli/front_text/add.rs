//! An entry more in a list of maps, in the style in which the others are written.
//!
//! It must not know what the entry says. Who adds one reads the text again: a list that is written in no way that is known here stays as it is.

use std::ops::Range;

use super::{FrontText, indent_of, is_idle, toml_entry, toml_table, yaml_text};
use crate::page::front::Syntax;

/// A value of a new entry.
#[derive(Debug, Clone)]
pub enum Added {
    /// A day, which is written as it is.
    Plain(String),
    Text(String),
}

/// Where the entry is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    First,
    Last,
}

/// An entry as keys and values, ready to be written.
type Fields = Vec<(String, String)>;

impl FrontText {
    /// Adds an entry to the list that stands under a key of the top level.
    pub fn add(&mut self, key: &str, fields: &[(&str, Added)], at: End) {
        let Some((syntax, block)) = self.block() else {
            let mark = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let lines = lines_of(&fields_in(fields, Syntax::Yaml), "  - ", "\n");
            self.text.insert_str(mark, &format!("---\n{key}:\n{lines}---\n\n"));
            return;
        };
        let end = if self.text[..block.start].ends_with("\r\n") { "\r\n" } else { "\n" };
        let fields = fields_in(fields, syntax);
        let (place, new) = match syntax {
            Syntax::Yaml => yaml(&self.text, self.entry(&[key]), block, (key, &fields), (at, end)),
            Syntax::Toml => toml(&self.text, block, (key, &fields), (at, end)),
        };
        self.text.replace_range(place, &new);
    }
}

fn fields_in(fields: &[(&str, Added)], syntax: Syntax) -> Fields {
    let value = |value: &Added| match (value, syntax) {
        (Added::Plain(plain), _) => plain.clone(),
        (Added::Text(text), Syntax::Yaml) => yaml_text(text),
        (Added::Text(text), Syntax::Toml) => toml::Value::String(text.clone()).to_string(),
    };
    fields.iter().map(|(key, added)| (key.to_string(), value(added))).collect()
}

/// An entry in block style, behind a dash.
fn lines_of(fields: &Fields, dash: &str, end: &str) -> String {
    let blank = " ".repeat(dash.len());
    let line = |(at, (key, value)): (usize, &(String, String))| format!("{}{key}: {value}{end}", if at == 0 { dash } else { &blank });
    fields.iter().enumerate().map(line).collect()
}

/// An entry in braces.
fn map(fields: &Fields, sign: &str) -> String {
    let pairs: Vec<String> = fields.iter().map(|(key, value)| format!("{key}{sign}{value}")).collect();
    if sign == ": " { format!("{{{}}}", pairs.join(", ")) } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// What is put where.
type Edit = (Range<usize>, String);

fn yaml(text: &str, entry: Option<Range<usize>>, block: Range<usize>, (key, fields): (&str, &Fields), (at, end): (End, &str)) -> Edit {
    let anew = |place: Range<usize>| (place, format!("{key}:{end}{}", lines_of(fields, "  - ", end)));
    let Some(entry) = entry else { return anew(block.end..block.end) };
    if let Some(edit) = in_brackets(text, &entry, &map(fields, ": "), at) {
        return edit;
    }
    let items: Vec<(usize, &str)> = item_lines(text, &entry);
    let Some((first, line)) = items.first() else { return anew(entry) };
    let dash = &line[..line.len() - line.trim_start_matches([' ', '-']).len()];
    let is_map = line[dash.len()..].starts_with('{');
    let lines = if is_map { format!("{dash}{}{end}", map(fields, ": ")) } else { lines_of(fields, dash, end) };
    let place = if at == End::First { *first } else { entry.end };
    (place..place, lines)
}

/// The lines that begin an item of a list in block style.
fn item_lines<'t>(text: &'t str, entry: &Range<usize>) -> Vec<(usize, &'t str)> {
    let mut place = entry.start;
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (number, line) in text[entry.clone()].split_inclusive('\n').enumerate() {
        let is_item = number > 0 && !is_idle(line) && line.trim_start().starts_with("- ");
        if is_item && found.first().is_none_or(|(_, first)| indent_of(first) == indent_of(line)) {
            found.push((place, line));
        }
        place += line.len();
    }
    found
}

/// The edit of a list in brackets, on one line or more; `None` if the entry is none.
fn in_brackets(text: &str, entry: &Range<usize>, new: &str, at: End) -> Option<Edit> {
    let written = &text[entry.clone()];
    let value = written.find([':', '='])? + 1;
    let open =
        value + written[value..].find(|letter: char| !letter.is_whitespace()).filter(|open| written[value + open..].starts_with('['))?;
    let close = written.rfind(']').filter(|close| *close > open)?;
    let inside = &written[open + 1..close];
    let (start, stop) = (entry.start + open + 1, entry.start + close);
    if inside.trim().is_empty() {
        return Some((start..stop, new.to_string()));
    }
    let first = inside.len() - inside.trim_start().len();
    let last = inside.trim_end();
    let has_comma = last.ends_with(',');
    let last = last.trim_end_matches(',').trim_end().len();
    // A list with an entry a line gets another line.
    let lead = inside[..first].rfind('\n').map_or(String::new(), |line| inside[..first][line..].to_string());
    let lead = if lead.is_empty() { " ".to_string() } else { lead };
    Some(match at {
        End::First => (start + first..start + first, format!("{new},{lead}")),
        End::Last if has_comma => (start + last..start + last, format!(",{lead}{new}")),
        End::Last => (start + last..start + last, format!(",{lead}{new}")),
    })
}

fn toml(text: &str, block: Range<usize>, (key, fields): (&str, &Fields), (at, end): (End, &str)) -> Edit {
    let inside = &text[block.clone()];
    let pairs: String = fields.iter().map(|(key, value)| format!("{key} = {value}{end}")).collect();
    let table = format!("[[{key}]]{end}{pairs}");
    if let Some(tables) = toml_table(inside, &[key]) {
        let (start, stop) = (block.start + tables.start, block.start + tables.end);
        let is_apart = inside[tables.clone()].trim_end().contains(&format!("{end}{end}"));
        let gap = if is_apart || inside[..tables.end].ends_with(&format!("{end}{end}")) { end } else { "" };
        return match at {
            End::First => (start..start, format!("{table}{gap}")),
            End::Last => (stop..stop, format!("{gap}{table}")),
        };
    }
    let entry = toml_entry(inside, &[key]).map(|entry| block.start + entry.start..block.start + entry.end);
    let edit = entry.and_then(|entry| in_brackets(text, &entry, &map(fields, " = "), at));
    edit.unwrap_or((block.end..block.end, format!("{end}{table}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str, at: End) -> String {
        let mut front = FrontText::new(text);
        front.add("changes", &[("date", Added::Plain("2026-03-01".into())), ("note", Added::Text("New: \"x\"".into()))], at);
        front.into_text()
    }

    #[test]
    fn an_entry_is_added_in_the_style_of_the_others() {
        let new = "note: \"New: \\\"x\\\"\"";
        for (before, after) in [
            ("---\na: 1 # b\n---\nText\n", format!("---\na: 1 # b\nchanges:\n  - date: 2026-03-01\n    {new}\n---\nText\n")),
            ("---\nchanges:\na: 1\n---\n", format!("---\nchanges:\n  - date: 2026-03-01\n    {new}\na: 1\n---\n")),
            ("---\nchanges: []\na: 1\n---\n", format!("---\nchanges: [{{date: 2026-03-01, {new}}}]\na: 1\n---\n")),
            (
                "---\nchanges: [{date: 2025-01-01, note: a}] # b\n---\n",
                format!("---\nchanges: [{{date: 2025-01-01, note: a}}, {{date: 2026-03-01, {new}}}] # b\n---\n"),
            ),
            (
                "---\nchanges:\n- date: 2025-01-01\n  note: |\n    a\n\n    b\n\na: 1\n---\n",
                format!("---\nchanges:\n- date: 2025-01-01\n  note: |\n    a\n\n    b\n- date: 2026-03-01\n  {new}\n\na: 1\n---\n"),
            ),
            (
                "---\r\nchanges:\r\n  - {date: 2025-01-01, note: a}\r\n---\r\n",
                format!("---\r\nchanges:\r\n  - {{date: 2025-01-01, note: a}}\r\n  - {{date: 2026-03-01, {new}}}\r\n---\r\n"),
            ),
            ("Text\n", format!("---\nchanges:\n  - date: 2026-03-01\n    {new}\n---\n\nText\n")),
            (
                "---\nchanges: [\n  {date: 2025-01-01, note: a},\n]\n---\n",
                format!("---\nchanges: [\n  {{date: 2025-01-01, note: a}},\n  {{date: 2026-03-01, {new}}},\n]\n---\n"),
            ),
        ] {
            assert_eq!(added(before, End::Last), after);
        }
        let before = "---\nchanges:\n  - date: 2025-01-01\n    note: a\n---\n";
        assert_eq!(
            added(before, End::First),
            format!("---\nchanges:\n  - date: 2026-03-01\n    {new}\n  - date: 2025-01-01\n    note: a\n---\n")
        );
    }

    #[test]
    fn an_entry_is_added_to_tables_of_toml_too() {
        let new = "note = 'New: \"x\"'";
        for (before, after) in [
            ("+++\na = 1\n[extra]\nb = 2\n+++\n", format!("+++\na = 1\n[extra]\nb = 2\n\n[[changes]]\ndate = 2026-03-01\n{new}\n+++\n")),
            (
                "+++\n[[changes]]\ndate = 2025-01-01\nnote = 'a'\n[extra]\nb = 2\n+++\n",
                format!("+++\n[[changes]]\ndate = 2025-01-01\nnote = 'a'\n[[changes]]\ndate = 2026-03-01\n{new}\n[extra]\nb = 2\n+++\n"),
            ),
            (
                "+++\nchanges = [{ date = 2025-01-01, note = 'a' }]\n+++\n",
                format!("+++\nchanges = [{{ date = 2025-01-01, note = 'a' }}, {{ date = 2026-03-01, {new} }}]\n+++\n"),
            ),
        ] {
            assert_eq!(added(before, End::Last), after);
        }
    }
}
