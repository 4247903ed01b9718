//! Facets: what a search can be narrowed to, and the table of all pages.
//!
//! It must not know words.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::numbers::write;
use super::pieces::Line;
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

/// Filters with their values.
#[derive(Default)]
struct Values(BTreeMap<(String, String), Pages>);

/// The pages of a value.
struct Pages {
    /// The value as people read it.
    name: String,
    numbers: Vec<u32>,
    /// So many of them are found without being asked for by their status.
    shown: usize,
}

/// The lines of all filters, and the values that are offered.
pub fn filters(site: &Site, pages: &[(PageId, u32)]) -> (Vec<Line>, Value) {
    let mut values = Values::default();
    for (page, number) in pages {
        values.add_page(site, *page, *number);
    }
    let offered: Map<String, Value> = FILTERS.iter().map(|filter| ((*filter).to_string(), values.offered(filter))).collect();
    let lines = values.0.into_iter().map(|((filter, value), of)| line(&filter, &value, of.numbers)).collect();
    (lines, Value::Object(offered))
}

impl Values {
    fn add_page(&mut self, site: &Site, page: PageId, number: u32) {
        let status = site.index.status[page as usize];
        let is_shown = state(status) != OLD;
        for taxonomy in Taxonomy::all() {
            for term in site.index.terms.named_by(page, taxonomy) {
                let slug = term.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                self.add([taxonomy.singular(), slug, &term.name], number, is_shown);
            }
        }
        let type_ = site.type_of(page);
        if !type_.is_empty() {
            self.add(["type", type_, type_], number, is_shown);
        }
        if let Some(date) = site.page(page).page.date {
            let year = date.date().year().to_string();
            self.add(["year", &year, &year], number, is_shown);
        }
        self.add(["status", status.name(), status.name()], number, true);
    }

    fn add(&mut self, [filter, value, name]: [&str; 3], number: u32, is_shown: bool) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let new = || Pages { name: name.to_string(), numbers: Vec::new(), shown: 0 };
        let pages = self.0.entry((filter.to_string(), value)).or_insert_with(new);
        pages.numbers.push(number);
        pages.shown += usize::from(is_shown);
    }

    /// Values with their names and numbers of pages: the most frequent first, or the newest year.
    fn offered(&self, filter: &str) -> Value {
        let own = self.0.iter().filter(|((name, _), pages)| name == filter && pages.shown > 0);
        let mut own: Vec<(&str, &str, usize)> = own.map(|((_, value), pages)| (&**value, &*pages.name, pages.shown)).collect();
        match filter {
            "year" => own.reverse(),
            _ => own.sort_by_key(|(.., count)| std::cmp::Reverse(*count)),
        }
        own.truncate(OFFERED);
        json!(own)
    }
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

fn line(filter: &str, value: &str, mut numbers: Vec<u32>) -> Line {
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
    Line { key: key.into(), text }
}

/// A letter for each page by number: its age and state.
pub fn table(site: &Site, pages: &[(PageId, u32)]) -> Vec<u8> {
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
