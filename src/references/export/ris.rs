//! RIS, as reference managers read it: one tag a line, two spaces before its dash, `ER` last, nothing before the first.
//!
//! <https://en.wikipedia.org/wiki/RIS_(file_format)>; what readers do with it decides.

use crate::references::{Date, Item, Name, Standing};

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

/// Items as a file of RIS.
pub fn write_ris(items: &[&Item]) -> String {
    let mut out = String::new();
    for item in items {
        Record { out: &mut out }.item(item);
    }
    out
}

struct Record<'o> {
    out: &'o mut String,
}

impl Record<'_> {
    /// One tag with its value in one line.
    fn tag(&mut self, tag: &str, value: &str) {
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            self.out.push_str(&format!("{tag}  - {line}\n"));
        }
    }

    fn item(&mut self, item: &Item) {
        let kind = KINDS.iter().find(|(csl, _)| *csl == &*item.kind).map_or("GEN", |(_, ris)| *ris);
        self.tag("TY", kind);
        self.tag("ID", &item.key);
        for (variable, tag) in NAMES {
            item.names(variable).iter().for_each(|person| self.tag(tag, &name(person)));
        }
        for (variable, tag) in TEXTS {
            self.tag(tag, &item.text(variable).unwrap_or_default());
        }
        self.numbers(item);
        if let Some(date) = item.issued() {
            self.tag("PY", &date.from.map_or(String::new(), |day| day.year.to_string()));
            self.tag("DA", &day(date));
        }
        if let Some(accessed) = item.dates.get("accessed") {
            self.tag("Y2", &day(accessed));
        }
        let standing = item.standing.map(|standing| if standing == Standing::Primary { "primary" } else { "secondary" });
        standing.into_iter().chain(item.keywords.iter().map(|keyword| &**keyword)).for_each(|keyword| self.tag("KW", keyword));
        self.tag("L2", item.archived.as_ref().map_or("", |archived| &archived.url));
        self.out.push_str("ER  - \n\n");
    }

    /// Numbers: of a report in `SN` and `M1` both, because readers look in either; pages as first and last.
    fn numbers(&mut self, item: &Item) {
        let number = item.text("number").or_else(|| item.text("collection-number")).unwrap_or_default();
        let standard = item.text("ISBN").or_else(|| item.text("ISSN"));
        self.tag("SN", standard.as_deref().unwrap_or(&number));
        self.tag("M1", &number);
        let pages = item.text("page").unwrap_or_default();
        match pages.split_once(['–', '-']) {
            Some((first, last)) if !last.contains([',', '–', '-']) && !first.contains(',') => {
                self.tag("SP", first);
                self.tag("EP", last);
            }
            _ => self.tag("SP", &pages),
        }
        self.tag("SE", &item.text("section").or_else(|| item.text("chapter-number")).unwrap_or_default());
    }
}

/// `Family, Given, Suffix`; a body as it is.
fn name(name: &Name) -> String {
    match name {
        Name::Body(body) => body.to_string(),
        Name::Person { family, given, particle, dropping, suffix, .. } => {
            let join = |parts: [&str; 2]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            let parts = [join([particle, family]), join([given, dropping]), suffix.to_string()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
    }
}

/// `2025/06/25/`, as the format has it.
fn day(date: &Date) -> String {
    let Some(from) = date.from else { return date.words.as_deref().unwrap_or_default().to_string() };
    let part = |part: Option<u8>| part.map_or(String::new(), |part| format!("{part:02}"));
    format!("{}/{}/{}/", from.year, part(from.month), part(from.day))
}
