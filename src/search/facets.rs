//! Facets: what a search can be narrowed to, and the table of all pages.
//!
//! It must not know words.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::entry::order;
use super::numbers::write;
use super::pieces::Line;
use crate::index::PageId;
use crate::page::front::{Status, TAXONOMIES};
use crate::site::Site;

/// So many values of a filter are offered; all can be asked for.
const OFFERED: usize = 200;
/// The filters that are offered, in this order.
const FILTERS: [&str; 5] = ["topic", "author", "type", "year", "status"];
/// Older pages count as so old.
const OLDEST: i16 = 24;
/// What has no date counts as so many years old.
const UNDATED: i16 = 2;

/// The value of a filter: its name, and the numbers of its pages.
#[derive(Default)]
struct Values(BTreeMap<(&'static str, String), (String, Vec<u32>)>);

/// The lines of all filters, in order, and the values that are offered.
pub fn filters(site: &Site, pages: &[(PageId, u32)]) -> (Vec<Line>, Value) {
    let mut values = Values::default();
    for (page, number) in pages {
        values.add_page(site, *page, *number);
    }
    let offered: Map<String, Value> = FILTERS.iter().map(|filter| ((*filter).to_string(), values.offered(filter))).collect();
    let mut lines: Vec<Line> = values.0.into_iter().map(|((filter, value), (_, numbers))| line(filter, &value, numbers)).collect();
    lines.sort_unstable_by(|one, other| order(&one.key, &other.key));
    (lines, Value::Object(offered))
}

impl Values {
    fn add_page(&mut self, site: &Site, page: PageId, number: u32) {
        for (taxonomy, terms) in site.index.terms.of_page[page as usize].iter().enumerate() {
            for term in terms {
                let term = &site.index.terms.all[*term as usize];
                let slug = term.route.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                self.add(singular(TAXONOMIES[taxonomy]), slug, &term.name, number);
            }
        }
        let type_ = site.type_of(page);
        if !type_.is_empty() {
            self.add("type", type_, type_, number);
        }
        if let Some(date) = site.fact(page).page.date {
            let year = date.date().year().to_string();
            self.add("year", &year, &year, number);
        }
        let status = site.index.status[page as usize].name();
        self.add("status", status, status, number);
    }

    fn add(&mut self, filter: &'static str, value: &str, name: &str, number: u32) {
        let value: String = value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let (_, numbers) = self.0.entry((filter, value)).or_insert_with(|| (name.to_string(), Vec::new()));
        numbers.push(number);
    }

    /// Values with their names and numbers of pages: the most frequent first, or the newest year.
    fn offered(&self, filter: &str) -> Value {
        let own = self.0.iter().filter(|((name, _), _)| *name == filter);
        let mut own: Vec<(&str, &str, usize)> = own.map(|((_, value), (name, numbers))| (&**value, &**name, numbers.len())).collect();
        match filter {
            "year" => own.reverse(),
            _ => own.sort_by_key(|(.., count)| std::cmp::Reverse(*count)),
        }
        own.truncate(OFFERED);
        json!(own)
    }
}

/// `topic` for `topics`; a series is one and many.
fn singular(taxonomy: &'static str) -> &'static str {
    if taxonomy == "series" { taxonomy } else { taxonomy.strip_suffix('s').unwrap_or(taxonomy) }
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
    let year = |page: PageId| site.fact(page).page.date.map(|date| date.date().year());
    let newest = pages.iter().filter_map(|(page, _)| year(*page)).max().unwrap_or_default();
    let mut table = vec![b'0'; length];
    for (page, number) in pages {
        let age = year(*page).map_or(UNDATED, |year| newest - year).clamp(0, OLDEST) as u8;
        let state = match site.index.status[*page as usize] {
            Status::Superseded | Status::Withdrawn => 2,
            Status::Archived => 1,
            _ => 0,
        };
        table[*number as usize] = b'0' + 1 + 3 * age + state;
    }
    table
}
