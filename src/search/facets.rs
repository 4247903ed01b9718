//! Facets: what a search can be narrowed to, and the table of all pages.
//!
//! It must not know words.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::numbers::write;
use super::pieces::Edit;
use crate::fingerprint::{Fingerprint, Lookup};
use crate::index::PageId;
use crate::page::{Status, Taxonomy};
use crate::site::Site;

/// So many values of a filter are offered; all can be asked for.
const OFFERED: usize = 200;
/// The filters that are offered, in this order.
const FILTERS: [&str; 5] = ["topic", "author", "type", "year", "status"];
/// Older pages count as so old.
const OLDEST: i16 = 24;
/// What has no date counts as so many years old.
const UNDATED: i16 = 2;

/// The pages of a value.
struct Pages {
    numbers: Vec<u32>,
    /// So many of them are found without being asked for by their status.
    shown: usize,
}

/// The values of a filter as the pages have them, in the order in which they were found.
struct Found<V> {
    places: Lookup<V, usize>,
    all: Vec<(V, Pages)>,
}

/// The values of all filters, by filter and value, each as people read it.
type Values = BTreeMap<(&'static str, String), (String, Pages)>;

/// What is said of pages beside their words, by the fingerprint of all that it is made of: what pages are to each other, and the settings.
#[derive(Default)]
pub struct Facets {
    pub key: Fingerprint,
    /// The lines of all filters, with their keys.
    pub filters: Vec<(String, Vec<u8>)>,
    /// The values that are offered.
    pub offered: Arc<[u8]>,
    pub table: Arc<[u8]>,
}

impl Facets {
    /// What is said of these pages of a site, each with its number.
    pub fn new(site: &Site, pages: &[(PageId, u32)]) -> Facets {
        let (filters, offered) = filters(site, pages);
        Facets { key: site.columns, filters, offered: offered.to_string().into_bytes().into(), table: table(site, pages).into() }
    }

    /// The lines of filters that are others than these.
    pub fn edits<'a>(&'a self, before: &'a [(String, Vec<u8>)]) -> Vec<Edit<'a>> {
        let mut gone: BTreeMap<&str, &[u8]> = before.iter().map(|(key, text)| (&**key, &**text)).collect();
        let is_other = |(key, text): &&(String, Vec<u8>)| gone.remove(&**key) != Some(&**text);
        let mut edits: Vec<Edit> = self.filters.iter().filter(is_other).map(|(key, text)| Edit { key, text: Some(text) }).collect();
        edits.extend(gone.into_keys().map(|key| Edit { key, text: None }));
        edits
    }
}

/// The lines of all filters with their keys, and the values that are offered.
fn filters(site: &Site, pages: &[(PageId, u32)]) -> (Vec<(String, Vec<u8>)>, Value) {
    let mut terms = Found::default();
    let (mut types, mut years, mut statuses) = (Found::default(), Found::default(), Found::default());
    for (page, number) in pages {
        let status = site.index.status[*page as usize];
        let is_shown = state(status) != OLD;
        let named = Taxonomy::all().flat_map(|taxonomy| site.index.terms.of_page(*page, taxonomy));
        named.for_each(|term| terms.add(*term, *number, is_shown));
        let type_ = Some(site.type_of(*page)).filter(|type_| !type_.is_empty());
        type_.into_iter().for_each(|type_| types.add(type_, *number, is_shown));
        site.page(*page).page.date.iter().for_each(|date| years.add(date.date().year(), *number, is_shown));
        statuses.add(status.name(), *number, true);
    }
    let mut values = Values::new();
    for (term, pages) in terms.all {
        let term = &site.index.terms.all[term as usize];
        let slug = term.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        add(&mut values, term.taxonomy.singular(), [slug, &term.name], pages);
    }
    types.all.into_iter().for_each(|(type_, pages)| add(&mut values, "type", [type_, type_], pages));
    years.all.into_iter().for_each(|(year, pages)| add(&mut values, "year", [&year.to_string(), &year.to_string()], pages));
    statuses.all.into_iter().for_each(|(status, pages)| add(&mut values, "status", [status, status], pages));
    let offered: Map<String, Value> = FILTERS.iter().map(|filter| ((*filter).to_string(), offered(&values, filter))).collect();
    let lines = values.into_iter().map(|((filter, value), (_, pages))| line(filter, &value, pages.numbers)).collect();
    (lines, Value::Object(offered))
}

impl<V> Default for Found<V> {
    fn default() -> Found<V> {
        Found { places: Lookup::default(), all: Vec::new() }
    }
}

impl<V: Copy + Eq + Hash> Found<V> {
    fn add(&mut self, value: V, number: u32, is_shown: bool) {
        let all = &mut self.all;
        let place = *self.places.entry(value).or_insert_with(|| {
            all.push((value, Pages { numbers: Vec::new(), shown: 0 }));
            all.len() - 1
        });
        let pages = &mut all[place].1;
        pages.numbers.push(number);
        pages.shown += usize::from(is_shown);
    }
}

/// Adds the pages of a value. Of values that are asked for in the same way, the first gives the name.
fn add(values: &mut Values, filter: &'static str, [value, name]: [&str; 2], pages: Pages) {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let none = || (name.to_string(), Pages { numbers: Vec::new(), shown: 0 });
    let (_, all) = values.entry((filter, value)).or_insert_with(none);
    all.numbers.extend(pages.numbers);
    all.shown += pages.shown;
}

/// Values with their names and numbers of pages: the most frequent first, or the newest year.
fn offered(values: &Values, filter: &str) -> Value {
    let own = values.iter().filter(|((name, _), (_, pages))| *name == filter && pages.shown > 0);
    let mut own: Vec<(&str, &str, usize)> = own.map(|((_, value), (name, pages))| (&**value, &**name, pages.shown)).collect();
    match filter {
        "year" => own.reverse(),
        _ => own.sort_by_key(|(.., count)| std::cmp::Reverse(*count)),
    }
    own.truncate(OFFERED);
    json!(own)
}

/// The state of pages that are found only when their status is asked for.
const OLD: u8 = 2;

/// A page's state in the table.
fn state(status: Status) -> u8 {
    match status {
        Status::Superseded | Status::Withdrawn => OLD,
        Status::Archived => 1,
        _ => 0,
    }
}

/// The key and the line of a filter.
fn line(filter: &str, value: &str, mut numbers: Vec<u32>) -> (String, Vec<u8>) {
    numbers.sort_unstable();
    numbers.dedup();
    let key = format!("{filter}:{value}");
    let mut text = format!("{key}\t\t{}\t=", numbers.len()).into_bytes();
    let mut before = 0;
    for number in numbers {
        write(number - before, &mut text);
        before = number;
    }
    text.push(b'\n');
    (key, text)
}

/// A letter for each page by number: its age and state.
fn table(site: &Site, pages: &[(PageId, u32)]) -> Vec<u8> {
    let length = pages.iter().map(|(_, number)| *number as usize + 1).max().unwrap_or_default();
    let year = |page: PageId| site.page(page).page.date.map(|date| date.date().year());
    let newest = pages.iter().filter_map(|(page, _)| year(*page)).max().unwrap_or_default();
    let mut table = vec![b'0'; length];
    for (page, number) in pages {
        let age = year(*page).map_or(UNDATED, |year| newest - year).clamp(0, OLDEST) as u8;
        let state = state(site.index.status[*page as usize]);
        table[*number as usize] = b'0' + 1 + 3 * age + state;
    }
    table
}
