//! RIS, as reference managers read it: one tag a line, two spaces before its dash, `ER` last, nothing before the first.
//!
//! <https://en.wikipedia.org/wiki/RIS_(file_format)>; what readers do with it decides.

use std::borrow::Cow;
use std::fmt::Write;

use super::USUAL;
use super::record::Record;
use crate::references::{Date, Name};

/// Types of CSL with those of RIS.
const KINDS: &[(&str, &str)] = &[
    ("article", "UNPB"),
    ("article-journal", "JOUR"),
    ("article-magazine", "MGZN"),
    ("article-newspaper", "NEWS"),
    ("bill", "BILL"),
    ("book", "BOOK"),
    ("broadcast", "SOUND"),
    ("chapter", "CHAP"),
    ("dataset", "DATA"),
    ("entry", "DICT"),
    ("entry-dictionary", "DICT"),
    ("entry-encyclopedia", "ENCYC"),
    ("figure", "FIGURE"),
    ("graphic", "ART"),
    ("hearing", "HEAR"),
    ("legal_case", "CASE"),
    ("legislation", "STAT"),
    ("manuscript", "UNPB"),
    ("map", "MAP"),
    ("motion_picture", "VIDEO"),
    ("musical_score", "MUSIC"),
    ("pamphlet", "PAMP"),
    ("paper-conference", "CPAPER"),
    ("patent", "PAT"),
    ("periodical", "SER"),
    ("personal_communication", "PCOMM"),
    ("post", "BLOG"),
    ("post-weblog", "BLOG"),
    ("regulation", "LEGAL"),
    ("report", "RPRT"),
    ("review", "JOUR"),
    ("review-book", "JOUR"),
    ("software", "COMP"),
    ("song", "SOUND"),
    ("speech", "SLIDE"),
    ("standard", "STAND"),
    ("thesis", "THES"),
    ("treaty", "LEGAL"),
    ("webpage", "ELEC"),
];

/// Variables with their tags.
const TEXTS: &[(&str, &str)] = &[
    ("title", "TI"),
    ("title-short", "ST"),
    ("container-title", "T2"),
    ("container-title-short", "J2"),
    ("collection-title", "T3"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("edition", "ET"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("genre", "M3"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("language", "LA"),
    ("abstract", "AB"),
    ("note", "N1"),
    ("call-number", "CN"),
    ("source", "DB"),
];

/// Names with their tags. Authors have no second tag, because readers would take them for more authors.
const NAMES: &[(&str, &str)] = &[("author", "AU"), ("editor", "ED"), ("collection-editor", "A3"), ("translator", "A4")];

/// Works as a file of RIS.
pub fn write_ris<'r>(works: impl IntoIterator<Item: Into<Record<'r>>>) -> String {
    let mut lines = Lines(String::with_capacity(USUAL));
    works.into_iter().for_each(|work| lines.work(&work.into()));
    lines.0
}

/// The lines of a file, one a tag.
struct Lines(String);

impl Lines {
    /// One tag with its value in one line; nothing, if there is no value.
    fn tag(&mut self, tag: &str, value: &str) {
        self.line(tag, |out| push_line(value, out));
    }

    /// The same with a value that is written.
    fn line(&mut self, tag: &str, write: impl FnOnce(&mut String)) {
        let Lines(out) = self;
        let from = out.len();
        out.push_str(tag);
        out.push_str("  - ");
        let begun = out.len();
        write(out);
        match out.len() == begun {
            true => out.truncate(from),
            false => out.push('\n'),
        }
    }

    fn work(&mut self, work: &Record) {
        let kind = KINDS.iter().find(|(csl, _)| *csl == work.kind).map_or("GEN", |(_, ris)| *ris);
        self.tag("TY", kind);
        self.tag("ID", &work.key);
        for (variable, tag) in NAMES {
            work.names(variable).iter().for_each(|person| self.tag(tag, &name(person)));
        }
        for (variable, tag) in TEXTS {
            work.text(variable).iter().for_each(|text| self.tag(tag, text));
        }
        self.numbers(work);
        if let Some(date) = work.date("issued") {
            // A text takes all that is written.
            self.line("PY", |out| date.from.iter().for_each(|day| write!(out, "{}", day.year).unwrap_or_default()));
            self.line("DA", |out| push_day(date, out));
        }
        if let Some(accessed) = work.date("accessed") {
            self.line("Y2", |out| push_day(accessed, out));
        }
        work.keywords().for_each(|keyword| self.tag("KW", keyword));
        self.tag("L2", work.archived.map_or("", |archived| &archived.url));
        self.0.push_str("ER  - \n\n");
    }

    /// Numbers: of a report in `SN` and `M1` both, because readers look in either; pages as first and last.
    fn numbers(&mut self, work: &Record) {
        let number = work.text("number").or_else(|| work.text("collection-number")).unwrap_or_default();
        let standard = work.text("ISBN").or_else(|| work.text("ISSN"));
        self.tag("SN", standard.as_deref().unwrap_or(&number));
        self.tag("M1", &number);
        let pages = work.text("page").unwrap_or_default();
        match pages.split_once(['–', '-']) {
            Some((first, last)) if !last.contains([',', '–', '-']) && !first.contains(',') => {
                self.tag("SP", first);
                self.tag("EP", last);
            }
            _ => self.tag("SP", &pages),
        }
        self.tag("SE", &work.text("section").or_else(|| work.text("chapter-number")).unwrap_or_default());
    }
}

/// Adds text in one line, in which blanks in a row are one space.
fn push_line(text: &str, out: &mut String) {
    let mut before = b' ';
    let is_line = |byte: u8| {
        let is_second = byte == b' ' && before == b' ';
        before = byte;
        (byte.is_ascii_graphic() || byte == b' ') && !is_second
    };
    if !text.ends_with(' ') && text.bytes().all(is_line) {
        return out.push_str(text);
    }
    for (at, word) in text.split_whitespace().enumerate() {
        out.push_str(if at > 0 { " " } else { "" });
        out.push_str(word);
    }
}

/// `Family, Given, Suffix`; a body as it is.
fn name(name: &Name) -> Cow<'_, str> {
    match name {
        Name::Body(body) => Cow::Borrowed(body),
        Name::Person { family, given, particle, dropping, suffix, .. } => {
            let join = |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            let parts = [join([particle, family]), join([given, dropping]), suffix.to_string()];
            Cow::Owned(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Adds `2025/06/25/`, as the format has it; words in one line.
fn push_day(date: &Date, out: &mut String) {
    let Some(from) = date.from else { return push_line(date.words.as_deref().unwrap_or_default(), out) };
    let _ = write!(out, "{}/", from.year);
    for part in [from.month, from.day] {
        let _ = part.map(|part| write!(out, "{part:02}"));
        out.push('/');
    }
}
