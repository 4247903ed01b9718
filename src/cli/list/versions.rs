//! What `chancery list versions` says: the earlier texts of pages, with what their pages say of owner, type and terms.
//!
//! It must not know which of them are asked for.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::rows::{Row, hidden, public, state};
use crate::gate::versions::HiddenVersion;
use crate::page::Moment;
use crate::page::date::Stamp;
use crate::pipeline::Plan;

/// The versions of public pages and of hidden ones.
pub fn rows<'p>(plan: &'p Plan) -> Vec<Row<'p>> {
    let pages: Vec<Row<'p>> = public(plan).collect();
    let public_rows = plan.site.versions.iter().map(|version| {
        let facts = &version.facts;
        let row = pages[version.page as usize].clone();
        Row {
            path: facts.path(),
            state: "public",
            is_hidden: false,
            date: moment(version.name.day),
            title: &facts.title,
            marking: facts.page.marking.as_deref().unwrap_or_default(),
            address: facts.route(),
            ..row
        }
    });
    let of_hidden = |version: &'p HiddenVersion| {
        let public = plan.site.facts.iter().position(|fact| *fact.path() == version.page).map(|page| pages[page].clone());
        let page =
            public.or_else(|| plan.hidden.iter().find(|page| page.path == version.page).map(|page| hidden(page, plan))).unwrap_or_default();
        Row {
            title: if version.title.is_empty() { page.title } else { &version.title },
            marking: version.marking.as_deref().unwrap_or_default(),
            path: &version.path,
            state: state(version.why),
            is_hidden: true,
            date: moment(version.name.day),
            address: &version.route,
            ..page
        }
    };
    public_rows.chain(plan.hidden_versions.iter().map(of_hidden)).collect()
}

/// A day as a date of a page.
fn moment(day: Date) -> Option<Moment> {
    Moment::from_stamp(&Stamp::day(day), &TimeZone::UTC).ok()
}
