//! Fields of `.bib`, as variables of CSL. Reading and writing look into the same tables, so that what is written is read again.

use std::borrow::Cow;

use super::super::variables;
use super::kinds;

/// Where a field says something else than its table does.
#[derive(Clone, Copy)]
pub struct Shape<'s> {
    /// The type of CSL.
    pub kind: &'s str,
    /// Whether it is part of a series.
    pub has_series: bool,
}

/// Fields with one variable each, whatever the kind. The first of a variable is the one that is written.
const TEXTS: &[(&str, &str)] = &[
    ("title", "title"),
    ("shorttitle", "title-short"),
    ("journaltitle", "container-title"),
    ("booktitle", "container-title"),
    ("journal", "container-title"),
    ("shortjournal", "container-title-short"),
    ("series", "collection-title"),
    ("volume", "volume"),
    ("volumes", "number-of-volumes"),
    ("part", "part-number"),
    ("edition", "edition"),
    ("version", "version"),
    ("pages", "page"),
    ("eid", "page"),
    ("pagetotal", "number-of-pages"),
    ("numpages", "number-of-pages"),
    ("chapter", "chapter-number"),
    ("publisher", "publisher"),
    ("institution", "publisher"),
    ("school", "publisher"),
    ("university", "publisher"),
    ("organization", "publisher"),
    ("location", "publisher-place"),
    ("address", "publisher-place"),
    ("venue", "event-place"),
    ("eventtitle", "event-title"),
    ("origlocation", "original-publisher-place"),
    ("origpublisher", "original-publisher"),
    ("origtitle", "original-title"),
    ("type", "genre"),
    ("howpublished", "genre"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
    ("langid", "language"),
    ("language", "language"),
    ("hyphenation", "language"),
    ("abstract", "abstract"),
    ("note", "note"),
    ("annotation", "annote"),
    ("annote", "annote"),
    ("pubstate", "status"),
    ("library", "source"),
    ("callnumber", "call-number"),
    ("lccn", "call-number"),
];

const NAMES: &[(&str, &str)] = &[
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("bookauthor", "container-author"),
    ("origauthor", "original-author"),
];

const DATES: &[(&str, &str)] = &[
    ("date", "issued"),
    ("urldate", "accessed"),
    ("origdate", "original-date"),
    ("eventdate", "event-date"),
    ("lastchecked", "accessed"),
    ("lastaccessed", "accessed"),
];

/// Roles of biblatex's `editortype`, as variables of CSL.
pub const ROLES: &[(&str, &str)] = &[
    ("editor", "editor"),
    ("compiler", "compiler"),
    ("director", "director"),
    ("organizer", "organizer"),
    ("producer", "producer"),
    ("executiveproducer", "executive-producer"),
    ("narrator", "narrator"),
    ("host", "host"),
    ("illustrator", "illustrator"),
    ("composer", "composer"),
    ("performer", "performer"),
    ("curator", "curator"),
    ("collaborator", "contributor"),
    ("contributor", "contributor"),
];

/// What programs keep for themselves: it says nothing of the source, and may name a person's folders.
const HOUSEKEEPING: &[&str] = &[
    "__markedentry",
    "attachment",
    "attachments",
    "bdsk-url-1",
    "bdsk-url-2",
    "citeulike-article-id",
    "comment",
    "creationdate",
    "date-added",
    "date-modified",
    "file",
    "filename",
    "filepath",
    "files",
    "folder",
    "groups",
    "keywords-plus",
    "local-url",
    "mendeley-groups",
    "mendeley-tags",
    "modificationdate",
    "owner",
    "path",
    "pdf",
    "posted-at",
    "priority",
    "printed",
    "qualityassured",
    "ranking",
    "readstatus",
    "relevance",
    "review",
    "search",
    "timestamp",
    "username",
];

/// What names other entries of a register: of them a site may show none, or only to some.
const OF_OTHERS: &[&str] = &[
    "crossref",
    "entryset",
    "related",
    "relatedoptions",
    "relatedstring",
    "relatedtype",
    "relations",
    "see-also",
    "seealso",
    "xdata",
    "xref",
];

/// The variable of a field with text.
pub fn text(field: &str, shape: Shape) -> Option<&'static str> {
    let is_law = kinds::is_law(shape.kind);
    match field {
        "number" => Some(match shape.kind {
            "article-journal" | "article-magazine" | "article-newspaper" | "periodical" | "review" => "issue",
            "book" | "chapter" | "paper-conference" | "entry-encyclopedia" | "entry-dictionary" if shape.has_series => "collection-number",
            _ => "number",
        }),
        "issue" => Some("issue"),
        "institution" | "organization" if is_law => Some("authority"),
        "location" | "address" if matches!(shape.kind, "speech" | "event") => Some("event-place"),
        "howpublished" if shape.kind == "pamphlet" => Some("publisher"),
        _ => find(TEXTS, field).or_else(|| own(variables::TEXTS, field)),
    }
}

/// The variable of a field with names.
pub fn names(field: &str) -> Option<&'static str> {
    find(NAMES, field).or_else(|| own(variables::NAMES, field))
}

/// The variable of a field with a date.
pub fn date(field: &str) -> Option<&'static str> {
    find(DATES, field).or_else(|| own(variables::DATES, field))
}

/// Whether a field says nothing of the source: it is a program's, or names other entries.
pub fn is_housekeeping(field: &str) -> bool {
    let name = field.to_ascii_lowercase();
    let (tail, dashed) = (name.rsplit('.').next().unwrap_or(&name), name.replace('_', "-"));
    let is_listed = |name: &str| HOUSEKEEPING.contains(&name) || OF_OTHERS.contains(&name);
    [&name, tail, &dashed].into_iter().any(is_listed) || dashed.starts_with("bdsk-file-") || dashed.starts_with("bdsk-url-")
}

/// Whether a text names a file of somebody's machine: `/home/me/x.pdf`, `C:\\x.pdf`, `file:///x.pdf`, `~/x.pdf`, alone or in a list.
pub fn is_local(text: &str) -> bool {
    const ROOTS: [&str; 6] = ["/home/", "/users/", "/volumes/", "/mnt/", "~/", "\\\\"];
    let is_drive =
        |part: &str| matches!(part.as_bytes(), [letter, b':', b'\\' | b'/', next, ..] if letter.is_ascii_alphabetic() && *next != b'/');
    // JabRef escapes the colon of a drive.
    let lower = text.to_ascii_lowercase().replace("\\:", ":");
    let starts = std::iter::once(0).chain(lower.match_indices([' ', ',', ';', ':', '"', '\'', '(', '{', '=']).map(|(at, _)| at + 1));
    lower.contains("file:/") || starts.map(|at| &lower[at..]).any(|part| is_drive(part) || ROOTS.iter().any(|root| part.starts_with(root)))
}

fn find(table: &[(&str, &'static str)], field: &str) -> Option<&'static str> {
    table.iter().find(|(own, _)| *own == field).map(|(_, variable)| *variable)
}

/// A field that has the name of a variable is that variable; `csl-` before it says so where the name means something else in biblatex.
fn own(list: &'static [&'static str], field: &str) -> Option<&'static str> {
    let name = field.strip_prefix("csl-").unwrap_or(field);
    list.iter().find(|variable| variable.eq_ignore_ascii_case(name)).copied()
}

/// The field that a variable with text is written to.
pub fn for_text(variable: &str, shape: Shape) -> Cow<'static, str> {
    let is_article = matches!(shape.kind, "article-journal" | "article-magazine" | "article-newspaper" | "review" | "periodical");
    // Where BibTeX has another name than biblatex, both read that of BibTeX.
    let special = match variable {
        "publisher" if shape.kind == "report" || shape.kind == "thesis" => Some("institution"),
        "container-title" => Some(if is_article { "journal" } else { "booktitle" }),
        "publisher-place" => Some("address"),
        "authority" => Some("institution"),
        "event-place" => Some("venue"),
        "number" | "issue" | "collection-number" => Some("number"),
        _ => None,
    };
    let usual = TEXTS.iter().filter(|(_, own)| *own == variable).map(|(field, _)| *field);
    first(special.into_iter().chain(usual), variable, |field| text(field, shape))
}

/// The field that names are written to.
pub fn for_names(variable: &str) -> Cow<'static, str> {
    first(NAMES.iter().filter(|(_, own)| *own == variable).map(|(field, _)| *field), variable, names)
}

/// The field that a date is written to.
pub fn for_date(variable: &str) -> Cow<'static, str> {
    first(DATES.iter().filter(|(_, own)| *own == variable).map(|(field, _)| *field), variable, date)
}

/// The first field that is read as the variable; its own name, if there is none.
fn first(fields: impl Iterator<Item = &'static str>, variable: &str, read: impl Fn(&str) -> Option<&'static str>) -> Cow<'static, str> {
    let mut fields = fields.filter(|field| read(field) == Some(variable));
    if let Some(field) = fields.next() {
        return Cow::Borrowed(field);
    }
    let own = variable.to_ascii_lowercase();
    Cow::Owned(if read(&own) == Some(variable) { own } else { format!("csl-{own}") })
}

/// Which of two fields of one variable counts: the one that stands above in the table.
pub fn rank(field: &str) -> usize {
    TEXTS.iter().position(|(own, _)| *own == field).unwrap_or(TEXTS.len())
}
