//! `.bib`: BibLaTeX with the names of BibTeX where both know them, so that old and new programs read it.

use std::collections::BTreeSet;

use super::latex::{self, Capitals};
use crate::references::register::bib::fields::{self, Shape};
use crate::references::register::bib::{before_colon, kinds, names};
use crate::references::register::{dates, language, strings};
use crate::references::{Date, Item, Name, Names, Standing};

/// Items as a file of BibLaTeX. Each is read again as it was, but for braces around capitals.
pub fn write_bib(items: &[&Item]) -> String {
    let mut out = String::new();
    for item in items {
        if !out.is_empty() {
            out.push('\n');
        }
        Entry { item, fields: Vec::new(), used: BTreeSet::new(), shape: shape(item) }.write(&mut out);
    }
    out
}

fn shape(item: &Item) -> Shape<'_> {
    Shape { kind: &item.kind, has_series: item.texts.contains_key("collection-title") }
}

/// An entry that grows field by field.
struct Entry<'i> {
    item: &'i Item,
    /// Names and values, with the signs around them.
    fields: Vec<(String, String)>,
    used: BTreeSet<String>,
    shape: Shape<'i>,
}

impl Entry<'_> {
    fn write(mut self, out: &mut String) {
        self.names();
        self.texts();
        self.dates();
        self.rest();
        let kind = self.kind();
        self.fields.sort_by_key(|(name, _)| ORDER.iter().position(|own| own == name).unwrap_or(ORDER.len()));
        out.push_str(&format!("@{kind}{{{},\n", key(&self.item.key)));
        for (name, value) in &self.fields {
            out.push_str(&format!("  {name} = {value},\n"));
        }
        out.push_str("}\n");
    }

    fn add(&mut self, name: impl Into<String>, value: &str) {
        self.bare(name.into(), format!("{{{}}}", value.trim()));
    }

    fn bare(&mut self, name: String, value: String) {
        if value != "{}" && self.used.insert(name.clone()) {
            self.fields.push((name, value));
        }
    }

    /// The kind of the entry. Where it alone would be read as another type, a field says it.
    fn kind(&mut self) -> String {
        let item = self.item;
        let written = item.written_kind.as_deref().filter(|written| kinds::of(written).is_some());
        let kind = written.or_else(|| kinds::written(&item.kind)).unwrap_or("misc").to_string();
        let fields = &self.fields;
        let value = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim_matches(['{', '}']).to_string());
        if kinds::read(&kind, value).kind != Some(&*item.kind) {
            self.used.remove("entrysubtype");
            self.fields.retain(|(name, _)| name != "entrysubtype");
            let said = match &*item.kind {
                "article-newspaper" => "newspaper".to_string(),
                "article-magazine" => "magazine".to_string(),
                kind => kind.replace('_', "-"),
            };
            self.add("entrysubtype", &said);
        }
        kind
    }

    fn names(&mut self) {
        let item = self.item;
        let persons = item.names.values().flat_map(|names| &names.names);
        let mut kept = Vec::new();
        for name in persons {
            if let Name::Person { particle, dropping, .. } = name {
                kept.extend((!particle.is_empty()).then_some(true));
                kept.extend((!dropping.is_empty()).then_some(false));
            }
        }
        // One option for the entry is read by more programs than one at each name.
        let is_kept = !kept.is_empty() && kept.iter().all(|kept| *kept);
        if is_kept {
            let others = item.other.get("options").map_or(String::new(), |others| format!(", {}", latex::text(others)));
            self.add("options", &format!("useprefix=true{others}"));
        }
        for (variable, names) in &item.names {
            let list = list(names, if is_kept { names::Prefix::Kept } else { names::Prefix::Dropped });
            self.add(fields::for_names(variable), &list);
        }
    }

    fn texts(&mut self) {
        let item = self.item;
        for (variable, pieces) in &item.texts {
            let plain = crate::references::inline::plain(pieces);
            match &**variable {
                "language" => match language::babel(&plain) {
                    Some(babel) => self.add("langid", babel),
                    None => self.add("language", &latex::text(&plain)),
                },
                "URL" => self.add("url", &latex::address(&plain)),
                "DOI" => self.add("doi", &latex::address(&plain)),
                // Who reads the file makes it of the title.
                "title-short" if item.texts.get("title").and_then(|title| before_colon(title)).as_ref() == Some(pieces) => {}
                "genre" if self.is_string("type", &plain) => {}
                "status" if strings::key(&plain).is_some_and(|key| self.words(key) == Some(&*plain)) => {
                    self.add("pubstate", strings::key(&plain).unwrap_or_default());
                }
                _ => {
                    let field = fields::for_text(variable, self.shape);
                    let is_title = matches!(&*field, "title" | "booktitle");
                    let value = latex::pieces(pieces, if is_title { Capitals::Kept } else { Capitals::AsTheyAre });
                    let value = match &*field {
                        // Two hyphens are the dash of ranges for all.
                        "pages" => value.replace('–', "--"),
                        // `and` would make two of them.
                        name if LISTS.contains(&name) && value.contains(" and ") => format!("{{{value}}}"),
                        _ => value,
                    };
                    self.add(field, &value);
                }
            }
        }
    }

    /// Whether a field that was written as a word of biblatex still says the text.
    fn is_string(&self, field: &str, text: &str) -> bool {
        self.item.other.get(field).is_some_and(|key| self.words(key) == Some(text))
    }

    fn words(&self, key: &str) -> Option<&'static str> {
        strings::words(key, &self.item.text("language").unwrap_or_default())
    }

    fn dates(&mut self) {
        let item = self.item;
        for (variable, date) in &item.dates {
            let written = written_date(date);
            match (&**variable, &date.words) {
                ("issued", Some(words)) if dates::edtf(words).is_none() => self.add("year", &latex::text(words)),
                ("issued", _) => {
                    self.add("date", &written);
                    self.classic(date);
                }
                _ => self.add(fields::for_date(variable), &written),
            }
        }
    }

    /// `year` and `month` for programs that know no `date`.
    fn classic(&mut self, date: &Date) {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let Some(from) = date.from else { return };
        if from.year > 0 {
            self.add("year", &from.year.to_string());
        }
        if let Some(month) = from.month.filter(|_| date.to.is_none() && !date.is_open && !date.circa) {
            self.bare("month".into(), MONTHS[usize::from(month - 1) % 12].into());
        }
    }

    fn rest(&mut self) {
        let item = self.item;
        let standing = item.standing.map(|standing| match standing {
            Standing::Primary => "primary",
            Standing::Secondary => "secondary",
        });
        let keywords: Vec<&str> = standing.into_iter().chain(item.keywords.iter().map(|keyword| &**keyword)).collect();
        self.add("keywords", &latex::text(&keywords.join(", ")));
        if let Some(archived) = &item.archived {
            self.add("archive_url", &latex::address(&archived.url));
            self.add("archive_date", &archived.date.as_ref().map(written_date).unwrap_or_default());
        }
        for (name, value) in &item.other {
            let name: String = name
                .to_lowercase()
                .chars()
                .map(|letter| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' })
                .collect();
            self.add(name, &latex::text(value));
        }
    }
}

/// Fields that are lists for biblatex.
const LISTS: [&str; 7] = ["address", "institution", "organization", "origlocation", "origpublisher", "publisher", "venue"];

/// The order in which people look for fields; all others follow by name of variable.
const ORDER: [&str; 26] = [
    "entrysubtype",
    "options",
    "author",
    "editor",
    "translator",
    "title",
    "shorttitle",
    "booktitle",
    "journal",
    "series",
    "type",
    "edition",
    "volume",
    "number",
    "institution",
    "publisher",
    "address",
    "date",
    "year",
    "month",
    "pages",
    "doi",
    "url",
    "urldate",
    "archive_url",
    "archive_date",
];

fn written_date(date: &Date) -> String {
    dates::write(date).or_else(|| date.words.as_deref().map(latex::text)).unwrap_or_default()
}

/// A key without the signs that end one.
fn key(key: &str) -> String {
    key.chars().map(|letter| if letter.is_whitespace() || ",{}\"#%~\\()='".contains(letter) { '-' } else { letter }).collect()
}

fn list(names: &Names, prefix: names::Prefix) -> String {
    let mut written: Vec<String> = names.names.iter().map(|name| self::name(name, prefix)).collect();
    written.extend(names.others.then(|| "others".to_string()));
    written.join(" and ")
}

fn name(name: &Name, prefix: names::Prefix) -> String {
    let (family, given, particle, dropping, suffix, comma_suffix) = match name {
        Name::Body(body) => return format!("{{{}}}", latex::text(body)),
        Name::Person { family, given, particle, dropping, suffix, comma_suffix } => {
            (family, given, particle, dropping, suffix, *comma_suffix)
        }
    };
    let is_kept = prefix == names::Prefix::Kept;
    let von = if is_kept { particle } else { dropping };
    let is_plain = !family.is_empty()
        && !given.is_empty()
        && (if is_kept { dropping } else { particle }).is_empty()
        && comma_suffix == names::has_comma(suffix)
        && von.split(' ').all(|word| word.is_empty() || word.chars().next().is_some_and(char::is_lowercase));
    if !is_plain {
        return extended(name);
    }
    let von = if von.is_empty() { String::new() } else { format!("{} ", latex::text(von)) };
    let suffix = if suffix.is_empty() { String::new() } else { format!(", {}", part(suffix)) };
    format!("{von}{}{suffix}, {}", part(family), part(given))
}

/// A part of a name, in braces where it would be taken apart.
fn part(text: &str) -> String {
    let escaped = latex::text(text);
    let is_small = |word: &str| word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_lowercase);
    let is_apart = text.contains([',', '=']) || text.split(' ').any(|word| word.eq_ignore_ascii_case("and") || is_small(word));
    if is_apart { format!("{{{escaped}}}") } else { escaped }
}

/// A name with its parts by name, as biblatex takes it: what no other form says.
fn extended(name: &Name) -> String {
    let Name::Person { family, given, particle, dropping, suffix, comma_suffix } = name else { return String::new() };
    let mut parts = Vec::new();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            parts.push(format!("{name}={{{}}}", latex::text(value)));
        }
    };
    add("family", family);
    add("given", given);
    let is_kept = !particle.is_empty();
    add("prefix", if is_kept { particle } else { dropping });
    add("suffix", suffix);
    if is_kept || !dropping.is_empty() {
        add("useprefix", if is_kept { "true" } else { "false" });
    }
    if is_kept {
        add("dropping", dropping);
    }
    if *comma_suffix != names::has_comma(suffix) {
        add("commasuffix", if *comma_suffix { "true" } else { "false" });
    }
    parts.join(", ")
}
