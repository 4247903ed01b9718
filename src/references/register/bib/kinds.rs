//! Kinds of entries in `.bib`, as types of CSL.
//!
//! Entry types of biblatex 3.19 (manual, section 2.1), and those that programs write besides.

use super::super::variables;

/// Kinds with the type of each. The first of a type is the one that is written.
const KINDS: &[(&str, &str)] = &[
    ("article", "article-journal"),
    ("suppperiodical", "article-journal"),
    ("review", "review"),
    ("periodical", "periodical"),
    ("book", "book"),
    ("mvbook", "book"),
    ("collection", "book"),
    ("mvcollection", "book"),
    ("reference", "book"),
    ("mvreference", "book"),
    ("proceedings", "book"),
    ("mvproceedings", "book"),
    ("manual", "book"),
    ("commentary", "book"),
    ("ebook", "book"),
    ("incollection", "chapter"),
    ("inbook", "chapter"),
    ("bookinbook", "chapter"),
    ("suppbook", "chapter"),
    ("suppcollection", "chapter"),
    ("inreference", "entry-encyclopedia"),
    ("encyclopedia", "entry-encyclopedia"),
    ("dictionary", "entry-dictionary"),
    ("inproceedings", "paper-conference"),
    ("conference", "paper-conference"),
    ("booklet", "pamphlet"),
    ("pamphlet", "pamphlet"),
    ("misc", "document"),
    ("document", "document"),
    ("customa", "document"),
    ("customb", "document"),
    ("customc", "document"),
    ("customd", "document"),
    ("custome", "document"),
    ("customf", "document"),
    ("online", "webpage"),
    ("electronic", "webpage"),
    ("www", "webpage"),
    ("webpage", "webpage"),
    ("website", "webpage"),
    ("blog", "post-weblog"),
    ("post", "post"),
    ("patent", "patent"),
    ("report", "report"),
    ("techreport", "report"),
    ("government", "report"),
    ("thesis", "thesis"),
    ("phdthesis", "thesis"),
    ("mastersthesis", "thesis"),
    ("mathesis", "thesis"),
    ("bachelorsthesis", "thesis"),
    ("bathesis", "thesis"),
    ("unpublished", "manuscript"),
    ("letter", "personal_communication"),
    ("dataset", "dataset"),
    ("software", "software"),
    ("movie", "motion_picture"),
    ("video", "motion_picture"),
    ("audio", "song"),
    ("music", "song"),
    ("podcast", "broadcast"),
    ("broadcast", "broadcast"),
    ("artwork", "graphic"),
    ("image", "graphic"),
    ("figure", "figure"),
    ("map", "map"),
    ("performance", "performance"),
    ("legislation", "legislation"),
    ("statute", "legislation"),
    ("act", "legislation"),
    ("bill", "bill"),
    ("hearing", "hearing"),
    ("legadminmaterial", "regulation"),
    ("regulation", "regulation"),
    ("jurisdiction", "legal_case"),
    ("case", "legal_case"),
    ("legal", "treaty"),
    ("treaty", "treaty"),
    ("standard", "standard"),
    ("speech", "speech"),
    ("talk", "speech"),
    ("presentation", "speech"),
    ("interview", "interview"),
    ("newspaper", "article-newspaper"),
    ("magazine", "article-magazine"),
    ("archive", "collection"),
];

/// What programs write as `entrysubtype` or as `type` of `@misc`, each with its type of CSL.
const SUBTYPES: &[(&str, &str)] = &[
    ("newspaper", "article-newspaper"),
    ("newspaper article", "article-newspaper"),
    ("newspaperarticle", "article-newspaper"),
    ("magazine", "article-magazine"),
    ("magazine article", "article-magazine"),
    ("magazinearticle", "article-magazine"),
    ("web page", "webpage"),
    ("webpage", "webpage"),
    ("website", "webpage"),
    ("web site", "webpage"),
    ("blog", "post-weblog"),
    ("blog post", "post-weblog"),
    ("statute", "legislation"),
    ("legislation", "legislation"),
    ("legal rule or regulation", "regulation"),
    ("case", "legal_case"),
    ("dataset", "dataset"),
    ("standard", "standard"),
    ("hearing", "hearing"),
    ("bill", "bill"),
    ("treaty", "treaty"),
    ("map", "map"),
    ("preprint", "article"),
    ("computer program", "software"),
    ("conference paper", "paper-conference"),
    ("government document", "report"),
];

/// Kinds of entries that are no sources: they lend fields to others, or name several.
pub const NO_SOURCES: [&str; 2] = ["xdata", "set"];

/// The type of CSL of an entry, in lower case; `None` if nobody knows its kind.
pub fn of(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(own, _)| *own == kind).map(|(_, csl)| *csl)
}

/// Kinds that programs write besides those of biblatex: others may not know them.
const OWN: [&str; 22] = [
    "act",
    "archive",
    "bill",
    "blog",
    "broadcast",
    "case",
    "dictionary",
    "document",
    "ebook",
    "encyclopedia",
    "figure",
    "government",
    "hearing",
    "interview",
    "magazine",
    "map",
    "newspaper",
    "pamphlet",
    "podcast",
    "post",
    "presentation",
    "regulation",
];

/// The kind of biblatex that is written for a type of CSL, if one says it or comes near.
pub fn written(csl: &str) -> Option<&'static str> {
    Some(match csl {
        "article-newspaper" | "article-magazine" | "article" => "article",
        "entry-dictionary" | "entry" => "inreference",
        "post" | "post-weblog" => "online",
        "bill" | "hearing" => "legislation",
        "speech" => "unpublished",
        _ => KINDS.iter().find(|(kind, own)| *own == csl && !OWN.contains(kind))?.0,
    })
}

/// What the kind of an entry says, together with the fields that decide too.
pub struct Said {
    /// None, if nobody knows the kind.
    pub kind: Option<&'static str>,
    /// The field that decided, which says nothing else then.
    pub decided: Option<&'static str>,
}

/// The type of CSL of an entry of a kind, in small letters, whose fields `field` gives.
pub fn read(kind: &str, field: impl Fn(&str) -> Option<String>) -> Said {
    let known = of(kind);
    let by = |name: &'static str| field(name).and_then(|value| subtype(&value)).map(|kind| Said { kind: Some(kind), decided: Some(name) });
    if let Some(said) = by("entrysubtype") {
        return said;
    }
    if known == Some("document")
        && let Some(said) = by("type")
    {
        return said;
    }
    let is_in_journal = || ["journaltitle", "journal", "shortjournal"].iter().any(|name| field(name).is_some());
    let known = match kind {
        "unpublished" if field("eventtitle").is_some() => Some("speech"),
        // What was looked at on a day and has no publisher: so programs that know no `@online` write pages of the web.
        "misc" if ["url", "urldate"].iter().all(|name| field(name).is_some()) && !PUBLISHED.iter().any(|name| field(name).is_some()) => {
            Some("webpage")
        }
        // A preprint.
        "article" if field("eprint").is_some() && !is_in_journal() => Some("article"),
        _ => known,
    };
    Said { kind: known, decided: None }
}

/// Fields of what is more than a page of the web.
const PUBLISHED: [&str; 6] = ["publisher", "institution", "organization", "howpublished", "eprint", "number"];

/// What EndNote writes as `type` of every entry, and what says no more than the kind of the entry does.
const ENDNOTE: [&str; 9] = [
    "journal article",
    "book",
    "book section",
    "thesis",
    "conference proceedings",
    "conference paper",
    "edited book",
    "electronic article",
    "generic",
];

/// Whether the `type` of an entry is EndNote's word for its kind. Its keys are `RN` and a number.
pub fn is_endnote(key: &str, written: &str) -> bool {
    let is_key = key.strip_prefix("RN").is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    is_key && ENDNOTE.contains(&&*written.trim().to_lowercase())
}

/// The type that `entrysubtype` says, or the `type` of `@misc`.
fn subtype(written: &str) -> Option<&'static str> {
    let bare = written.replace('\\', "");
    let lower = bare.trim().to_lowercase();
    let named = SUBTYPES.iter().find(|(own, _)| *own == lower).map(|(_, csl)| *csl);
    named.or_else(|| variables::named(variables::KINDS, &lower))
}

/// All kinds, for those who mistype one.
pub fn all() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(kind, _)| *kind)
}

/// Whether it is law or the word of a court, whose institution is an authority and no publisher.
pub fn is_law(csl: &str) -> bool {
    matches!(csl, "legislation" | "regulation" | "legal_case" | "bill" | "hearing" | "treaty")
}
