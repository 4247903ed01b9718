//! A briefing as a work that others cite: who wrote it, who issued it, when, and in what state it is.
//!
//! It must not know styles, or the forms in which works are taken along.

use std::borrow::Cow;

use super::View;
use super::standing::{self, Standing};
use crate::fingerprint::Fingerprint;
use crate::index::{PageId, Term};
use crate::page::date::PartialDate;
use crate::page::{Facts, Taxonomy};
use crate::references::export::{Record, Text};
use crate::references::{Date, Day, Inline, Item, Name, Names};
use crate::site::Site;
use crate::theme::Strings;

/// Who issues what a site publishes: the `publisher` of the settings, else the site itself.
pub fn publisher(site: &Site) -> Option<&str> {
    site.config.publisher.as_deref().or(Some(&*site.config.title).filter(|title| !title.is_empty()))
}

/// Whether an author is a body: so says the `type` of its page, a page about an organisation of that name, or the name of the publisher.
pub fn is_organisation(view: &View, author: &Term) -> bool {
    let site = &*view.site;
    let said = author.page.and_then(|page| site.page(page).front().type_.as_deref());
    match said {
        Some("organisation" | "organization") => true,
        Some("person") => false,
        _ => publisher(site) == Some(&*author.name) || view.is_organisation(&author.name),
    }
}

/// Those who wrote a page as it names them, in its order; of people with their names in parts.
pub fn written_by<'a>(view: &'a View, page: PageId) -> impl Iterator<Item = (&'a str, Option<Parted<'a>>)> + use<'a> {
    let terms = &view.site.index.terms;
    let parted = move |author: u32, name: &'a str| if view.is_person(author) { Parted::new(name) } else { None };
    terms.of_page(page, Taxonomy::Authors).iter().map(move |author| {
        let name = &*terms.all[*author as usize].name;
        (name, parted(*author, name))
    })
}

/// Whether an author is a person: so says its page, or nothing says that it is a body.
pub fn is_person(view: &View, author: &Term) -> bool {
    let said = author.page.and_then(|page| view.site.page(page).front().type_.as_deref());
    said == Some("person") || !is_organisation(view, author) && !is_desk(&author.name)
}

/// Words by which a name without a page is known for that of a desk. A person who is called so has a page that says `type: person`.
const DESKS: [&str; 24] = [
    "desk",
    "team",
    "unit",
    "staff",
    "editors",
    "secretariat",
    "office",
    "committee",
    "institute",
    "group",
    "service",
    "department",
    "ministry",
    "commission",
    "council",
    "agency",
    "bureau",
    "centre",
    "redaktion",
    "referat",
    "rédaction",
    "équipe",
    "redacción",
    "equipo",
];

fn is_desk(name: &str) -> bool {
    let is = |word: &str, desk: &str| word.chars().flat_map(char::to_lowercase).eq(desk.chars());
    name.split_whitespace().any(|word| DESKS.iter().any(|desk| is(word, desk)))
}

/// What stands behind a family name and is none.
const SUFFIXES: [&str; 7] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

/// A person's name in its parts, as `Name::Person` has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Parted<'a> {
    pub particle: &'a str,
    pub family: &'a str,
    pub given: &'a str,
    pub suffix: &'a str,
}

impl<'a> Parted<'a> {
    /// Parts a name. `Berg, Anna van der` says its parts; else the last word is the family name, with the words in small letters before it. `None` for a name
    /// of one word, which cannot be parted.
    pub fn new(name: &'a str) -> Option<Parted<'a>> {
        if let Some((family, given)) = name.split_once(',').filter(|(_, given)| !SUFFIXES.contains(&given.trim())) {
            return Some(Parted { particle: "", family: family.trim(), given: given.trim(), suffix: "" });
        }
        let (mut rest, mut suffix) = (name.trim(), "");
        if let Some(at) = last_word(rest).filter(|at| SUFFIXES.contains(&&rest[*at..])) {
            suffix = &rest[at..];
            rest = rest[..at].trim_end_matches(|letter: char| letter.is_whitespace() || letter == ',');
        }
        let family = last_word(rest)?;
        let before = rest[..family].trim_end();
        let mut given = before.len();
        while let Some(at) = last_word(&before[..given]).filter(|at| before[*at..].starts_with(char::is_lowercase)) {
            given = before[..at].trim_end().len();
        }
        Some(Parted { particle: before[given..].trim_start(), family: &rest[family..], given: &before[..given], suffix })
    }
}

/// Where the last word of several begins.
fn last_word(text: &str) -> Option<usize> {
    text.char_indices().rev().find(|(_, letter)| letter.is_whitespace()).map(|(at, space)| at + space.len_utf8())
}

/// What a page is called where there is little room: its number, else its title.
pub fn called(fact: &Facts) -> &str {
    fact.front().id.as_deref().unwrap_or(&fact.title)
}

/// A briefing as a work: all that follows from it, in whatever form, follows from this and from the strings of its language.
#[derive(Debug, Hash)]
pub struct Work<'a> {
    pub title: &'a str,
    pub number: Option<&'a str>,
    pub publisher: Option<&'a str>,
    pub doi: Option<&'a str>,
    pub date: Option<PartialDate>,
    /// As the page names them; of people with their names in parts.
    pub authors: Vec<(&'a str, Option<Parted<'a>>)>,
    pub route: &'a str,
    type_: &'a str,
    lang: &'a str,
    /// Where the site lives: its host, if it knows, and its path.
    home: (Option<&'a str>, &'a str),
    standings: Vec<Standing<'a>>,
    /// Who may read it.
    marking: Option<&'a str>,
    /// The print of the strings.
    strings: Fingerprint,
}

impl<'a> Work<'a> {
    pub fn new(view: &'a View, page: PageId) -> Work<'a> {
        let site = &*view.site;
        let fact = site.page(page);
        let lang = site.lang_of(page);
        Work {
            title: &fact.title,
            number: fact.front().id.as_deref(),
            publisher: publisher(site),
            doi: fact.front().doi.as_deref(),
            date: fact.page.date.map(|moment| moment.partial()),
            authors: written_by(view, page).collect(),
            route: fact.route(),
            type_: site.type_of(page),
            lang,
            home: (site.config.base_url.as_ref().map(|base| &*base.origin), site.base_path()),
            standings: standing::of(site, page).into_iter().filter(|standing| standing.name != "overdue").collect(),
            marking: fact.page.marking.as_deref(),
            strings: site.theme.strings(lang).print,
        }
    }

    /// What has become of it since it was published, in words: withdrawn, superseded, amended, corrected, archived; and its marking.
    pub fn states(&self, strings: &Strings) -> Vec<String> {
        self.standings.iter().map(|standing| standing.text(strings)).chain(self.marking.map(str::to_string)).collect()
    }

    /// What it is written down as, but for its summary and what has become of it.
    pub fn record(&self, site: &Site, strings: &'a Strings) -> Record<'_> {
        let plain = |name: &'static str, text: Option<Cow<'a, str>>| text.map(|text| (name, Text::Plain(text)));
        // The order is that of letters. A site that does not know where it lives has no address to take along.
        let texts = [
            plain("DOI", self.doi.map(Cow::Borrowed)),
            plain("URL", site.absolute(self.route).map(Cow::Owned)),
            plain("genre", genre(strings, self.type_).map(Cow::Borrowed)),
            plain("language", Some(Cow::Borrowed(self.lang))),
            plain("number", self.number.map(Cow::Borrowed)),
            plain("publisher", self.publisher.map(Cow::Borrowed)),
            plain("title", Some(Cow::Borrowed(self.title))),
        ];
        let names: Vec<Name> =
            self.authors.iter().map(|(name, parted)| parted.map_or_else(|| Name::Body((*name).into()), name_of)).collect();
        Record {
            key: key(self.number, self.route),
            kind: "report",
            written_kind: None,
            texts: texts.into_iter().flatten().collect(),
            names: (!names.is_empty()).then_some(("author", Cow::Owned(Names { names, others: false }))).into_iter().collect(),
            dates: self.date.map(|date| ("issued", Cow::Owned(day(date)))).into_iter().collect(),
            standing: None,
            keywords: &[],
            archived: None,
            other: Vec::new(),
        }
    }

    /// The same as an item, as registers have them.
    pub fn item(&self, site: &Site, strings: &'a Strings) -> Item {
        let Record { key, kind, texts, names, dates, .. } = self.record(site, strings);
        Item {
            key: key.into(),
            kind: kind.into(),
            texts: texts.iter().map(|(name, text)| ((*name).into(), vec![Inline::text(&*text.plain())])).collect(),
            names: names.into_iter().map(|(name, names)| (name.into(), names.into_owned())).collect(),
            dates: dates.into_iter().map(|(name, date)| (name.into(), date.into_owned())).collect(),
            ..Item::default()
        }
    }
}

#[cfg(test)]
impl<'a> Work<'a> {
    /// A work of which nothing is known but its title.
    pub fn titled(title: &'a str) -> Work<'a> {
        let (authors, home) = (Vec::new(), (None, "/"));
        Work {
            title,
            number: None,
            publisher: None,
            doi: None,
            date: None,
            authors,
            route: "/",
            type_: "",
            lang: "en",
            home,
            standings: Vec::new(),
            marking: None,
            strings: Fingerprint::default(),
        }
    }
}

/// A briefing as readers take it along.
#[derive(Debug, Hash)]
pub struct Taken<'a> {
    work: Work<'a>,
    summary: Cow<'a, str>,
    /// The last significant change, if it is of another day than the work.
    updated: Option<PartialDate>,
}

impl<'a> Taken<'a> {
    pub fn new(view: &'a View, page: PageId) -> Taken<'a> {
        let (work, fact) = (Work::new(view, page), view.site.page(page));
        let updated = fact.page.updated.map(|moment| moment.partial()).filter(|updated| Some(*updated) != work.date);
        Taken { summary: view.site.summary(page), updated, work }
    }

    /// What it is written down as.
    pub fn record(&self, site: &Site, strings: &'a Strings) -> Record<'_> {
        let mut record = self.work.record(site, strings);
        let note = self.note(strings);
        let more = [("abstract", Cow::Borrowed(&*self.summary)), ("note", Cow::Owned(note))];
        for (name, text) in more.into_iter().filter(|(_, text)| !text.is_empty()) {
            let at = record.texts.partition_point(|(before, _)| *before < name);
            record.texts.insert(at, (name, Text::Plain(text)));
        }
        record
    }

    /// When it was changed last, and what has become of it.
    fn note(&self, strings: &Strings) -> String {
        let updated = self.updated.map(|date| {
            strings.filled(if date.day().is_some() { "updated_on" } else { "updated_in" }, &[("date", &strings.date(&date.to_string()))])
        });
        let all = updated.into_iter().chain(self.work.states(strings));
        all.map(|text| sentence(&text)).collect::<Vec<_>>().join(" ")
    }
}

/// What a type is called; nothing, if the language has no word for it.
fn genre<'a>(strings: &'a Strings, type_: &str) -> Option<&'a str> {
    let key = ["type_", &type_.replace('-', "_")].concat();
    strings.known(&key).filter(|genre| !genre.starts_with("type_"))
}

fn name_of(Parted { particle, family, given, suffix }: Parted) -> Name {
    Name::Person {
        family: family.into(),
        given: given.into(),
        particle: particle.into(),
        dropping: "".into(),
        suffix: suffix.into(),
        comma_suffix: false,
    }
}

/// A text with a capital at its head and a stop at its end.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut whole: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if !whole.ends_with(['.', '?', '!', '…', '؟']) {
        whole.push('.');
    }
    whole
}

/// The number of a page, else the end of its address, in letters that every register takes for a key.
fn key<'a>(number: Option<&'a str>, route: &'a str) -> Cow<'a, str> {
    let written = number.unwrap_or_else(|| {
        let route = route.trim_end_matches('/');
        route.rsplit_once('/').map_or(route, |(_, last)| last)
    });
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let key = match written.chars().all(is_plain) {
        true => Cow::Borrowed(written),
        false => Cow::Owned(written.chars().filter(|letter| is_plain(*letter)).collect()),
    };
    if key.is_empty() { Cow::Borrowed("briefing") } else { key }
}

fn day(date: PartialDate) -> Date {
    let day = Day { year: date.first.year().into(), month: date.month().map(|month| month as u8), day: date.day().map(|day| day as u8) };
    Date { from: Some(day), ..Date::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> String {
        match Parted::new(name) {
            Some(Parted { particle, family, given, suffix }) => [particle, family, given, suffix].join("|"),
            None => name.into(),
        }
    }

    #[test]
    fn names_of_people_are_parted_as_people_write_them() {
        assert_eq!(parts("Anna Maria van der Berg"), "van der|Berg|Anna Maria|");
        assert_eq!(parts("García López, María"), "|García López|María|");
        assert_eq!(parts("Tom Hill Jr."), "|Hill|Tom|Jr.");
        assert_eq!(parts("Tom Hill, Jr."), "|Hill|Tom|Jr.");
        assert_eq!(parts("Homer"), "Homer");
    }

    #[test]
    fn desks_are_known_by_their_words() {
        assert!(is_desk("Security Desk") && is_desk("Équipe Europe") && !is_desk("Anna Deskin"));
    }
}
