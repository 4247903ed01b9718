//! A briefing as a work that others cite: who wrote it, who issued it, when, and in what state it is.
//!
//! It must not know styles, or the forms in which works are taken along.

use std::collections::BTreeMap;

use jiff::civil;

use super::View;
use crate::index::{PageId, Term};
use crate::page::front::{ChangeKind, Status};
use crate::page::{Facts, Taxonomy};
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

/// The names of those who wrote a page, in its order.
pub fn authors<'a>(view: &'a View, page: PageId) -> impl Iterator<Item = Name> + use<'a> {
    written_by(view, page).map(|(name, parted)| match parted {
        Some(Parted { particle, family, given, suffix }) => Name::Person {
            family: family.into(),
            given: given.into(),
            particle: particle.into(),
            dropping: "".into(),
            suffix: suffix.into(),
            comma_suffix: false,
        },
        None => Name::Body(name.into()),
    })
}

/// Those who wrote a page as it names them, in its order; of people with their names in parts.
pub fn written_by<'a>(view: &'a View, page: PageId) -> impl Iterator<Item = (&'a str, Option<Parted<'a>>)> + use<'a> {
    let is_person = |author: &Term| {
        let said = author.page.and_then(|page| view.site.page(page).front().type_.as_deref());
        said == Some("person") || !is_organisation(view, author) && !is_desk(&author.name)
    };
    let parted = move |author: &'a Term| if is_person(author) { Parted::new(&author.name) } else { None };
    view.site.index.terms.named_by(page, Taxonomy::Authors).map(move |author| (&*author.name, parted(author)))
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What has become of a page since it was published, in sentences: withdrawn, superseded, corrected.
pub fn states(site: &Site, strings: &Strings, page: PageId) -> Vec<String> {
    let fact = site.page(page);
    let mut said = Vec::new();
    match site.index.status[page as usize] {
        Status::Withdrawn => {
            let date = fact.front().withdrawn.as_ref().and_then(|withdrawn| withdrawn.date);
            let on = |date: String| strings.filled("withdrawn_on", &[("date", &strings.date(&date))]);
            said.push(date.map_or_else(|| strings.text("withdrawn").to_string(), |date| on(date.date().to_string())));
        }
        Status::Superseded => said.push(match site.index.newer[page as usize] {
            Some(newer) => strings.filled("superseded_by", &[("work", called(site.page(newer)))]),
            None => strings.text("superseded").to_string(),
        }),
        _ => {}
    }
    let corrected = fact.page.changes.iter().find(|change| change.kind == ChangeKind::Correction);
    said.extend(corrected.map(|change| strings.filled("corrected_on", &[("date", &strings.date(&change.date.date().to_string()))])));
    said
}

/// What a page is called where there is little room: its number, else its title.
pub fn called(fact: &Facts) -> &str {
    fact.front().id.as_deref().unwrap_or(&fact.title)
}

/// A briefing as an item, as registers have them.
pub fn item(view: &View, page: PageId) -> Item {
    let site = &*view.site;
    let strings = site.theme.strings(site.lang_of(page));
    let fact = site.page(page);
    let front = fact.front();
    let type_ = strings.text(&format!("type_{}", site.type_of(page).replace('-', "_"))).to_string();
    let genre = Some(type_).filter(|type_| !type_.starts_with("type_"));
    let summary = Some(site.summary(page)).filter(|summary| !summary.is_empty());
    let texts = [
        ("title", Some(fact.title.to_string())),
        ("number", front.id.clone()),
        ("genre", genre),
        ("publisher", publisher(site).map(str::to_string)),
        ("DOI", front.doi.clone()),
        // A site that does not know where it lives has no address to take along.
        ("URL", site.absolute(fact.route())),
        ("language", Some(site.lang_of(page).to_string())),
        ("abstract", summary.map(|summary| summary.into_owned())),
        ("note", Some(note(site, strings, page)).filter(|note| !note.is_empty())),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| Some((name.into(), vec![Inline::text(text?)]))).collect();
    let authors: Vec<Name> = authors(view, page).collect();
    let names = (!authors.is_empty()).then(|| ("author".into(), Names { names: authors, others: false }));
    let issued = fact.page.date.map(|moment| ("issued".into(), date(moment.date())));
    Item {
        key: key(fact),
        kind: "report".into(),
        texts,
        names: names.into_iter().collect(),
        dates: issued.into_iter().collect::<BTreeMap<_, _>>(),
        ..Item::default()
    }
}

/// When it was changed last, and what has become of it.
fn note(site: &Site, strings: &Strings, page: PageId) -> String {
    let fact = &site.page(page).page;
    let updated = fact.updated.map(|moment| moment.date()).filter(|updated| Some(*updated) != fact.date.map(|date| date.date()));
    let updated = updated.map(|updated| strings.filled("updated_on", &[("date", &strings.date(&updated.to_string()))]));
    let all = updated.into_iter().chain(states(site, strings, page));
    all.map(|text| sentence(&text)).collect::<Vec<_>>().join(" ")
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
fn key(fact: &Facts) -> Box<str> {
    let written = fact.front().id.as_deref().unwrap_or_else(|| {
        let route = fact.route().trim_end_matches('/');
        route.rsplit_once('/').map_or(route, |(_, last)| last)
    });
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let key: String = written.chars().filter(|letter| is_plain(*letter)).collect();
    if key.is_empty() { "briefing".into() } else { key.into() }
}

fn date(date: civil::Date) -> Date {
    let day = Day { year: date.year().into(), month: Some(date.month() as u8), day: Some(date.day() as u8) };
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
