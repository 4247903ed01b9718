//! `.bib`: BibLaTeX with the names of BibTeX where both know them, so that old and new programs read it.

use std::borrow::Cow;
use std::ops::Range;

use super::USUAL;
use super::latex::{self, Capitals};
use super::record::{Record, Text};
use crate::references::register::bib::fields::{self, Shape};
use crate::references::register::bib::{before_colon, kinds, names};
use crate::references::register::{dates, language, strings};
use crate::references::{Date, Name, Names};

/// Works as a file of BibLaTeX. Each is read again as it was, but for braces around capitals.
pub fn write_bib<'r>(works: impl IntoIterator<Item: Into<Record<'r>>>) -> String {
    let mut out = String::with_capacity(USUAL);
    for work in works {
        if !out.is_empty() {
            out.push('\n');
        }
        Entry::new(&work.into()).write(&mut out);
    }
    out
}

/// An entry that grows field by field.
struct Entry<'w> {
    work: &'w Record<'w>,
    shape: Shape<'w>,
    /// Each name once.
    fields: Vec<Field>,
    /// The values of all fields, with the signs around them.
    values: String,
}

struct Field {
    name: Cow<'static, str>,
    /// Its place in the order of fields.
    rank: usize,
    value: Range<usize>,
}

impl<'w> Entry<'w> {
    fn new(work: &'w Record<'w>) -> Entry<'w> {
        let has_series = work.texts.iter().any(|(variable, _)| *variable == "collection-title");
        let shape = Shape { kind: work.kind, has_series };
        Entry { work, shape, fields: Vec::with_capacity(16), values: String::with_capacity(USUAL) }
    }

    fn write(mut self, out: &mut String) {
        self.names();
        self.texts();
        self.dates();
        self.rest();
        let kind = self.kind();
        self.fields.sort_by_key(|field| field.rank);
        out.push('@');
        out.push_str(kind);
        out.push('{');
        push_key(&self.work.key, out);
        out.push_str(",\n");
        for field in &self.fields {
            out.push_str("  ");
            out.push_str(&field.name);
            out.push_str(" = ");
            out.push_str(&self.values[field.value.clone()]);
            out.push_str(",\n");
        }
        out.push_str("}\n");
    }

    /// Adds a field, if it is not there and has a value.
    fn add(&mut self, name: impl Into<Cow<'static, str>>, write: impl FnOnce(&mut String)) {
        let (name, from) = (name.into(), self.values.len());
        if self.has(&name) {
            return;
        }
        self.values.push('{');
        write(&mut self.values);
        trim(from + 1, &mut self.values);
        if self.values.len() == from + 1 {
            return self.values.truncate(from);
        }
        self.values.push('}');
        self.push(name, from);
    }

    fn add_text(&mut self, name: impl Into<Cow<'static, str>>, text: &str) {
        self.add(name, |value| latex::push_text(text, value));
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Ends a field whose value begins at `from`.
    fn push(&mut self, name: Cow<'static, str>, from: usize) {
        let rank = ORDER.iter().position(|own| *own == name).unwrap_or(ORDER.len());
        self.fields.push(Field { name, rank, value: from..self.values.len() });
    }

    /// The kind of the entry. Where it alone would be read as another type, a field says it.
    fn kind(&mut self) -> &'w str {
        let work = self.work;
        let written = work.written_kind.filter(|written| kinds::of(written).is_some());
        let kind = written.or_else(|| kinds::written(work.kind)).unwrap_or("misc");
        let field = |name: &str| self.fields.iter().find(|field| field.name == name);
        let value = |name: &str| field(name).map(|field| self.values[field.value.clone()].trim_matches(['{', '}']).to_string());
        if kinds::read(kind, value).kind != Some(work.kind) {
            self.fields.retain(|field| field.name != "entrysubtype");
            let said = match work.kind {
                "article-newspaper" => "newspaper".to_string(),
                "article-magazine" => "magazine".to_string(),
                kind => kind.replace('_', "-"),
            };
            self.add("entrysubtype", |value| value.push_str(&said));
        }
        kind
    }

    fn names(&mut self) {
        let work = self.work;
        let (mut has_particle, mut has_dropping) = (false, false);
        for name in work.names.iter().flat_map(|(_, names)| &names.names) {
            if let Name::Person { particle, dropping, .. } = name {
                has_particle |= !particle.is_empty();
                has_dropping |= !dropping.is_empty();
            }
        }
        // One option for the entry is read by more programs than one at each name.
        let is_kept = has_particle && !has_dropping;
        if is_kept {
            self.add("options", |value| {
                value.push_str("useprefix=true");
                if let Some(others) = work.other("options") {
                    value.push_str(", ");
                    latex::push_text(others, value);
                }
            });
        }
        let prefix = if is_kept { names::Prefix::Kept } else { names::Prefix::Dropped };
        for (variable, names) in &work.names {
            self.add(fields::for_names(variable), |value| push_list(names, prefix, value));
        }
    }

    fn texts(&mut self) {
        let work = self.work;
        for (variable, text) in &work.texts {
            match *variable {
                "language" => match language::babel(&text.plain()) {
                    Some(babel) => self.add("langid", |value| value.push_str(babel)),
                    None => self.add_text("language", &text.plain()),
                },
                "URL" => self.add("url", |value| latex::push_address(&text.plain(), value)),
                "DOI" => self.add("doi", |value| latex::push_address(&text.plain(), value)),
                // Who reads the file makes it of the title.
                "title-short" if is_before_colon(work, text) => {}
                "genre" if self.is_string("type", &text.plain()) => {}
                "status" => match strings::key(&text.plain()).filter(|key| self.words(key) == Some(&*text.plain())) {
                    Some(key) => self.add("pubstate", |value| value.push_str(key)),
                    None => self.text(variable, text),
                },
                _ => self.text(variable, text),
            }
        }
    }

    fn text(&mut self, variable: &str, text: &Text) {
        let field = fields::for_text(variable, self.shape);
        let capitals = if matches!(&*field, "title" | "booktitle") { Capitals::Kept } else { Capitals::AsTheyAre };
        match &*field {
            "pages" => self.add(field, |value| {
                let mut pages = String::new();
                latex::push(text, capitals, &mut pages);
                // Two hyphens are the dash of ranges for all.
                value.push_str(&pages.replace('–', "--"));
            }),
            name if LISTS.contains(&name) => self.add(field, |value| {
                let from = value.len();
                latex::push(text, capitals, value);
                // `and` would make two of them.
                if value[from..].contains(" and ") {
                    value.insert(from, '{');
                    value.push('}');
                }
            }),
            _ => self.add(field, |value| latex::push(text, capitals, value)),
        }
    }

    /// Whether a field that was written as a word of biblatex still says the text.
    fn is_string(&self, field: &str, text: &str) -> bool {
        self.work.other(field).is_some_and(|key| self.words(key) == Some(text))
    }

    fn words(&self, key: &str) -> Option<&'static str> {
        strings::words(key, &self.work.text("language").unwrap_or_default())
    }

    fn dates(&mut self) {
        let work = self.work;
        for (variable, date) in &work.dates {
            match (*variable, &date.words) {
                ("issued", Some(words)) if dates::edtf(words).is_none() => self.add_text("year", words),
                ("issued", _) => {
                    self.add("date", |value| push_date(date, value));
                    self.classic(date);
                }
                (variable, _) => self.add(fields::for_date(variable), |value| push_date(date, value)),
            }
        }
    }

    /// `year` and `month` for programs that know no `date`.
    fn classic(&mut self, date: &Date) {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let Some(from) = date.from else { return };
        if from.year > 0 {
            self.add("year", |value| value.push_str(&from.year.to_string()));
        }
        let month = from.month.filter(|_| date.to.is_none() && !date.is_open && !date.circa);
        if let Some(month) = month.filter(|_| !self.has("month")) {
            let from = self.values.len();
            self.values.push_str(MONTHS[usize::from(month - 1) % 12]);
            self.push("month".into(), from);
        }
    }

    fn rest(&mut self) {
        let work = self.work;
        self.add("keywords", |value| {
            for (at, keyword) in work.keywords().enumerate() {
                latex::push_text(if at > 0 { ", " } else { "" }, value);
                latex::push_text(keyword, value);
            }
        });
        if let Some(archived) = work.archived {
            self.add("archive_url", |value| latex::push_address(&archived.url, value));
            self.add("archive_date", |value| archived.date.iter().for_each(|date| push_date(date, value)));
        }
        for (name, text) in &work.other {
            let is_of_names = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
            let name: String = name.to_lowercase().chars().map(|letter| if is_of_names(letter) { letter } else { '-' }).collect();
            self.add_text(name, text);
        }
    }
}

/// Whether a short title is what stands before the colon of the title.
fn is_before_colon(work: &Record, short: &Text) -> bool {
    let title = work.texts.iter().find(|(variable, _)| *variable == "title");
    match (title, short) {
        (Some((_, Text::Pieces(title))), Text::Pieces(short)) => before_colon(title).as_deref() == Some(*short),
        _ => false,
    }
}

/// Takes the blanks off both ends of what stands behind `from`.
fn trim(from: usize, text: &mut String) {
    text.truncate(from + text[from..].trim_end().len());
    let blanks = text[from..].len() - text[from..].trim_start().len();
    text.drain(from..from + blanks);
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

fn push_date(date: &Date, value: &mut String) {
    match dates::write(date) {
        Some(written) => value.push_str(&written),
        None => latex::push_text(date.words.as_deref().unwrap_or_default(), value),
    }
}

/// Adds a key without the signs that end one.
fn push_key(key: &str, out: &mut String) {
    let ends = |letter: char| letter.is_whitespace() || ",{}\"#%~\\()='".contains(letter);
    out.extend(key.chars().map(|letter| if ends(letter) { '-' } else { letter }));
}

fn push_list(names: &Names, prefix: names::Prefix, value: &mut String) {
    let others = names.others.then(|| "others".to_string());
    for (at, name) in names.names.iter().map(|name| self::name(name, prefix)).chain(others).enumerate() {
        value.push_str(if at > 0 { " and " } else { "" });
        value.push_str(&name);
    }
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
