//! Parts about the sources that pages cite: of one, of all, of a topic.
//!
//! It must not know how a register is read or what a style makes of a source. What no public page cites has no part here: all begins with `Index::citations`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hash;

use tera::{Map, Value};

use super::connections::sentence_of_cite;
use super::lists::{is_first, neighbours};
use super::reference::{date_of, html, year_of};
use super::{Make, Model, Part, Place, Scope, terms};
use crate::addresses::exported;
use crate::fingerprint::Flat;
use crate::index::citations::Source;
use crate::index::{List, ListKind, PageId};
use crate::page::body::{CiteSpot, Heading};
use crate::page::date::PartialDate;
use crate::references::export::Written;
use crate::references::inline::plain;
use crate::references::{Inline, Item, Name, Registered, Standing};
use crate::site::Site;
use crate::url::encode;

pub const PARTS: &[Part] = &[
    Part {
        name: "source",
        doc: "of the page of a source: `key`, `title`, `kind` (its group: `reports`, `law`, …), `type` (of CSL), `reference` (in the style of the site, as HTML), `url`, `doi`, `publisher`, `date`, `standing` (`primary`, `secondary` or empty), `note` (HTML), `count` (of pages that cite it)",
        make: Make::Document(source),
    },
    Part {
        name: "source_archive",
        doc: "of the page of a source: an archived copy: `url`, `date` (both empty if there is none), `original` (the address that it is a copy of)",
        make: Make::Document(archive),
    },
    Part {
        name: "source_check",
        doc: "of the page of a source: what its address answered when `chancery links` asked last: `date`, `finding` (`good`, `gone`, `unclear`); empty if nobody asked",
        make: Make::Document(check),
    },
    Part {
        name: "source_files",
        doc: "of the page of a source, and of all sources: addresses of what can be taken along: `bib`, `ris`, `json`",
        make: Make::Document(files),
    },
    Part {
        name: "cited_by",
        doc: "of the page of a source: the pages that cite it, newest first: `items` (`title`, `url`, `date`, `marking` and what components called `citing.…` make of them, `more` (how many places are not shown), `places`: `url`, `heading`, `sentence`, `locator`), `count`, `number`, `pages`, `previous`, `next`",
        make: Make::Document(cited_by),
    },
    Part {
        name: "sources_by_kind",
        doc: "all sources that pages cite, by kind: `name`, `items`: `title`, `url`, `publisher`, `year`, `standing`, `count`",
        make: Make::Language(by_kind),
    },
    Part { name: "sources_by_year", doc: "the same by year, the newest first", make: Make::Language(by_year) },
    Part { name: "sources_by_publisher", doc: "the same by publisher", make: Make::Language(by_publisher) },
    Part {
        name: "key_sources",
        doc: "of a topic: the 8 sources that most of its newest 200 pages cite, if two or more do: as the items of `sources_by_kind`",
        make: Make::Document(key_sources),
    },
];

/// So many places of one page are shown that cite a source.
const SHOWN_PLACES: usize = 5;
const KEY_SOURCES: usize = 8;
/// So many pages of a topic are looked at.
const LOOKED_AT: usize = 200;

/// A source that pages cite, with what the register says of it.
#[derive(Clone, Copy)]
pub struct Cited<'a> {
    pub list: &'a List,
    pub source: &'a Source,
    pub entry: &'a Registered,
}

/// The source whose page a document shows.
pub fn shown<'a>(scope: &Scope<'a>) -> Option<Cited<'a>> {
    let site = scope.site;
    let list = &site.index.lists[scope.doc.list()? as usize];
    match list.kind {
        ListKind::Source(at) => of_list(site, list, at),
        _ => None,
    }
}

/// A source by its place in `Citations::sources`, and the list of who cites it.
pub fn of_list<'a>(site: &'a Site, list: &'a List, at: u32) -> Option<Cited<'a>> {
    let source = &site.index.citations.sources[at as usize];
    Some(Cited { list, source, entry: site.register.get(&source.key)? })
}

/// What a source is called: its title, else its key.
pub fn title(site: &Site, at: u32) -> Cow<'_, str> {
    let source = &site.index.citations.sources[at as usize];
    let title = site.register.get(&source.key).and_then(|entry| entry.item.texts.get("title"));
    let title = match title.map_or(&[][..], |title| title) {
        [Inline::Text(title)] => Cow::Borrowed(&**title),
        pieces => Cow::Owned(plain(pieces)),
    };
    if title.is_empty() { Cow::Borrowed(&*source.key) } else { title }
}

/// Kinds of sources as readers tell them apart, each with the key of its name and the types of CSL that are of it.
const KINDS: [(&str, &[&str]); 13] = [
    ("reports", &["report", "document", "pamphlet"]),
    ("law", &["legislation", "bill", "regulation"]),
    ("treaties", &["treaty"]),
    ("cases", &["legal_case", "hearing"]),
    ("standards", &["standard", "patent"]),
    ("data", &["dataset", "figure", "graphic", "map", "software"]),
    ("books", &["book", "chapter", "classic", "collection", "entry", "entry-dictionary", "entry-encyclopedia", "periodical"]),
    ("articles", &["article", "article-journal", "paper-conference", "review", "review-book"]),
    ("news", &["article-magazine", "article-newspaper", "broadcast"]),
    ("speeches", &["speech", "interview", "event", "personal_communication"]),
    ("web", &["webpage", "post", "post-weblog"]),
    ("theses", &["thesis", "manuscript"]),
    ("recordings", &["motion_picture", "song", "performance"]),
];

fn kind_of(item: &Item) -> &'static str {
    KINDS.iter().find(|(_, types)| types.contains(&&*item.kind)).map_or("others", |(key, _)| key)
}

/// What a source is to what cites it, in a word; empty if the register does not say.
pub fn standing(item: &Item) -> &'static str {
    match item.standing {
        Some(Standing::Primary) => "primary",
        Some(Standing::Secondary) => "secondary",
        None => "",
    }
}

/// Its address, if that is one of the web; else that of its DOI.
pub fn url_of(item: &Item) -> Option<String> {
    let url = item.text("URL").filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    url.or_else(|| Some(format!("https://doi.org/{}", item.text("DOI")?)))
}

/// Who issued it: its publisher, what it stands in, else the first body among its authors.
fn publisher_of(item: &Item) -> Option<String> {
    let body = || {
        item.names("author").iter().find_map(|name| match name {
            Name::Body(name) => Some(name.to_string()),
            Name::Person { .. } => None,
        })
    };
    let said = item.text("publisher").or_else(|| item.text("container-title")).or_else(body);
    said.filter(|publisher| !publisher.is_empty())
}

fn source<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(Cited { list, source, entry }) = shown(scope) else { return Model::Map(Vec::new()) };
    let item = &*entry.item;
    let note = item.texts.get("note").map(|note| Model::Html(html(note).into()));
    Model::Map(vec![
        ("key", Model::text(&*source.key)),
        ("title", Model::text(&*list.title)),
        ("kind", Model::text(kind_of(item))),
        ("type", Model::text(&*item.kind)),
        ("reference", super::reference::model(scope, entry)),
        ("url", Model::some(url_of(item))),
        ("doi", Model::some(item.text("DOI"))),
        ("publisher", Model::some(publisher_of(item))),
        ("date", Model::some(item.issued().and_then(date_of))),
        ("standing", Model::text(standing(item))),
        ("note", note.unwrap_or(Model::None)),
        ("count", Model::Number(list.pages.len() as i64)),
    ])
}

fn archive<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(Cited { entry, .. }) = shown(scope) else { return Model::Map(Vec::new()) };
    let (url, date) = archived_of(scope.site, &entry.item).unzip();
    Model::Map(vec![("url", Model::some(url)), ("date", Model::some(date.flatten())), ("original", Model::some(url_of(&entry.item)))])
}

/// The address of an archived copy of a source, by the register or else by the ledger, and its day.
pub fn archived_of(site: &Site, item: &Item) -> Option<(String, Option<String>)> {
    let kept = || site.ledger.get(url_of(item)?.as_str())?.archive.as_deref();
    let (url, date) = match &item.archived {
        Some(archived) => (&*archived.url, archived.date.as_ref().and_then(date_of)),
        None => (kept()?, None),
    };
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web.then(|| (url.to_string(), date.or_else(|| date_of_copy(url))))
}

/// The day of a copy that its address tells, as those of web archives do: `/web/20240131120000/https://…` (RFC 7089, appendix A).
fn date_of_copy(url: &str) -> Option<String> {
    let stamp = url.split('/').find(|part| part.len() == 14 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let day = format!("{}-{}-{}", &stamp[..4], &stamp[4..6], &stamp[6..8]);
    day.parse::<jiff::civil::Date>().is_ok().then_some(day)
}

fn check<'a>(scope: &Scope<'a>) -> Model<'a> {
    let url = shown(scope).and_then(|cited| url_of(&cited.entry.item));
    let Some(entry) = url.and_then(|url| scope.site.ledger.get(&url)) else { return Model::Map(Vec::new()) };
    let day = entry.checked.to_zoned(scope.site.config.time_zone.clone()).date();
    Model::Map(vec![("date", Model::Date(day.into())), ("finding", Model::text(entry.answer.finding.word()))])
}

fn files<'a>(scope: &Scope<'a>) -> Model<'a> {
    let site = scope.site;
    let list = scope.doc.list().map(|list| &site.index.lists[list as usize]);
    let Some((list, stem)) = list.and_then(|list| Some((list, list.export_stem()?))) else { return Model::Map(Vec::new()) };
    Model::Map(Written::ALL.map(|form| (form.ending(), Model::address(site, exported(&list.route, stem, form)))).into())
}

fn cited_by<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(Cited { list, source, .. }) = shown(scope) else { return Model::Map(Vec::new()) };
    let (site, doc) = (scope.site, scope.doc);
    let size = site.config.paginate_by;
    let pages = move || list.pages.iter().copied().skip((doc.number.max(1) - 1) * size).take(size);
    let part: Vec<Citing> = pages().map(|page| Citing::new(site, page, &source.key)).collect();
    let mut print = Flat::default();
    (site.base_path(), &list.route, list.pages.len(), doc.number, doc.pages, &part).hash(&mut print);
    let scope = *scope;
    Model::later(print.print(), move || {
        let items = pages().zip(&part).map(|(page, citing)| citing.value(&scope.place, page)).collect::<Vec<Value>>();
        let beside = Model::Map(neighbours(&scope, |number| list.part(number).to_string())).value();
        let mut fields = beside.as_map().cloned().unwrap_or_default();
        fields.insert("items".into(), Value::from(items));
        fields.insert("count".into(), Value::from(list.pages.len() as i64));
        Value::from(fields)
    })
}

/// A page as those of its sources show it.
pub fn citing(site: &Site, page: PageId) -> Model<'_> {
    let fact = site.page(page);
    Model::Map(vec![
        ("title", Model::text(&*fact.title)),
        ("url", Model::address(site, &**fact.route())),
        ("date", Model::date(fact.page.date.map(|date| date.date()))),
        ("marking", Model::some(fact.page.marking.as_deref())),
    ])
}

/// A page that cites a source, with the places where it does.
#[derive(Hash)]
struct Citing<'a> {
    title: &'a str,
    route: &'a str,
    date: Option<PartialDate>,
    marking: Option<&'a str>,
    places: Vec<CitePlace<'a>>,
    /// How many places are not shown.
    more: usize,
}

/// A place where a page cites a source.
#[derive(Hash)]
struct CitePlace<'a> {
    heading: Option<&'a Heading>,
    sentence: Cow<'a, str>,
    locator: &'a str,
}

impl<'a> Citing<'a> {
    fn new(site: &'a Site, page: PageId, key: &str) -> Citing<'a> {
        let fact = site.page(page);
        let all = fact.cites.iter().filter(|cite| *cite.key == *key && cite.spot != CiteSpot::ListOnly);
        let count = all.clone().count();
        let places = all.take(SHOWN_PLACES).map(|cite| CitePlace {
            heading: cite.heading.and_then(|heading| fact.headings.get(heading as usize)),
            sentence: sentence_of_cite(site, page, cite),
            locator: &cite.locator,
        });
        Citing {
            title: &fact.title,
            route: fact.route(),
            date: fact.page.date.map(|date| date.partial()),
            marking: fact.page.marking.as_deref(),
            places: places.collect(),
            more: count.saturating_sub(SHOWN_PLACES),
        }
    }

    /// `page` is this one.
    fn value(&self, place: &Place, page: PageId) -> Value {
        let href = place.site().href(self.route);
        let places: Vec<Value> = self.places.iter().map(|place| place.value(&href)).collect();
        let shared = place.citing(page);
        let mut fields = Map::with_capacity(6);
        fields.extend(shared.as_map().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
        fields.insert("more".into(), Value::from(self.more as i64));
        fields.insert("places".into(), Value::from(places));
        Value::from(fields)
    }
}

impl CitePlace<'_> {
    /// On the page with an address.
    fn value(&self, href: &str) -> Value {
        let url = self.heading.map(|heading| [href, "#", &encode(&heading.id)].concat());
        let mut fields = Map::with_capacity(4);
        fields.insert("url".into(), Value::from(url.as_deref().unwrap_or(href)));
        fields.insert("heading".into(), self.heading.map_or(Value::none(), |heading| Value::from(&*heading.text)));
        fields.insert("sentence".into(), Value::normal_string(&self.sentence));
        fields.insert("locator".into(), Value::normal_string(self.locator));
        Value::from(fields)
    }
}

/// The sources of a language that are listed.
pub fn listed(site: &Site, lang: u8) -> impl Iterator<Item = Cited<'_>> {
    let lists = site.index.lists.iter().filter(move |list| list.lang == lang && list.is_found());
    lists.filter_map(|list| match list.kind {
        ListKind::Source(at) => of_list(site, list, at),
        _ => None,
    })
}

fn entry<'a>(site: &'a Site, cited: &Cited<'a>) -> Model<'a> {
    let item = &*cited.entry.item;
    Model::Map(vec![
        ("title", Model::text(&*cited.list.title)),
        ("url", Model::address(site, &*cited.list.route)),
        ("publisher", Model::some(publisher_of(item))),
        ("year", Model::some(item.issued().and_then(year_of))),
        ("standing", Model::text(standing(item))),
        ("count", Model::Number(cited.list.pages.len() as i64)),
    ])
}

/// Sources in groups, in the order of what the groups are sorted by, and in each by title.
fn grouped<'a, K: Ord>(place: &Place<'a>, key: impl Fn(&Item) -> K, name: impl Fn(&K) -> Cow<'a, str>) -> Model<'a> {
    let site = place.site();
    let mut groups: BTreeMap<K, Vec<Cited<'a>>> = BTreeMap::new();
    listed(site, place.lang).for_each(|cited| groups.entry(key(&cited.entry.item)).or_default().push(cited));
    Model::list(groups.into_iter().map(|(key, mut sources)| {
        sources.sort_by_cached_key(|cited| (cited.list.title.to_lowercase(), cited.source.key.clone()));
        Model::Map(vec![("name", Model::Text(name(&key))), ("items", Model::list(sources.iter().map(|cited| entry(site, cited))))])
    }))
}

fn by_kind<'a>(place: &Place<'a>) -> Model<'a> {
    let strings = place.strings();
    let rank = |item: &Item| KINDS.iter().position(|(_, types)| types.contains(&&*item.kind)).unwrap_or(KINDS.len());
    let name = |rank: &usize| ["sources_", KINDS.get(*rank).map_or("others", |(key, _)| key)].concat();
    grouped(place, rank, |rank| strings.text(&name(rank)).to_string().into())
}

fn by_year<'a>(place: &Place<'a>) -> Model<'a> {
    let strings = place.strings();
    let year = |item: &Item| std::cmp::Reverse(item.issued().and_then(|date| date.from).map(|day| day.year));
    grouped(place, year, |year| year.0.map_or_else(|| strings.text("no_date").into(), |year| year.to_string().into()))
}

fn by_publisher<'a>(place: &Place<'a>) -> Model<'a> {
    let strings = place.strings();
    let publisher = |item: &Item| {
        let publisher = publisher_of(item);
        (publisher.is_none(), publisher.as_deref().map(str::to_lowercase), publisher)
    };
    grouped(place, publisher, |(.., name)| name.clone().map_or_else(|| strings.text("no_publisher").into(), Cow::Owned))
}

fn key_sources<'a>(scope: &Scope<'a>) -> Model<'a> {
    let Some(term) = terms::shown(scope).filter(|_| is_first(scope) && !scope.site.index.citations.sources.is_empty()) else {
        return Model::List(Vec::new());
    };
    let site = scope.site;
    let mut counts: BTreeMap<u32, i64> = BTreeMap::new();
    for page in term.pages.iter().take(LOOKED_AT) {
        site.index.citations.of_page(*page).iter().for_each(|source| *counts.entry(*source).or_default() += 1);
    }
    let mut most: Vec<(u32, i64)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    most.sort_by_key(|(source, count)| (std::cmp::Reverse(*count), *source));
    let cited = |(at, count): (u32, i64)| {
        let list = scope.view.list(term.lang, &ListKind::Source(at))?;
        let mut model = entry(site, &of_list(site, list, at)?);
        if let Model::Map(fields) = &mut model {
            fields.retain(|(name, _)| *name != "count");
            fields.push(("count", Model::Number(count)));
        }
        Some(model)
    };
    Model::list(most.into_iter().take(KEY_SOURCES).filter_map(cited))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_copy_tells_its_day() {
        assert_eq!(date_of_copy("https://web.example.org/web/20240131120000/https://e.org/"), Some("2024-01-31".into()));
        assert_eq!(date_of_copy("https://web.example.org/web/20241331120000/https://e.org/"), None);
        assert_eq!(date_of_copy("https://web.example.org/x1"), None);
    }
}
