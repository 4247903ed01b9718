//! A site as of an earlier instant: whether it stood differently then, and which of its problems there are only because something was still to come.
//!
//! It must not know what kinds of problems there are: what is wrong then and not wrong now is no mistake, whatever it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::{BuildOptions, Cache, plan};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::gate::{Gate, Show};
use crate::sources::Sources;

/// The day and the time that pages are shown as of, in the zone of the site, where something has come or gone since. Where nothing has, the site of
/// then is the site of now.
pub fn shown(gate: &Gate, config: &Config, now: Timestamp, present: Option<Timestamp>) -> Option<DateTime> {
    let has_changed = gate.next_change.is_some_and(|due| present.is_some_and(|present| due <= present));
    has_changed.then(|| config.time_zone.to_datetime(now))
}

/// Leaves of the problems of a site as it stood those that it has now, too: what leads to a page that was still to come is no mistake.
///
/// What has expired since is looked at all the same, so that it is told what is wrong with it.
pub fn excuse(diagnostics: &mut Vec<Diagnostic>, sources: &Sources, cache: &mut Cache, options: &BuildOptions) {
    let Some(now) = options.present else { return };
    let mut of_now = sources.clone();
    of_now.now = now;
    let show = Show { expired: true, ..options.show.clone() };
    let problems = plan::problems(&of_now, cache.present(), &BuildOptions { present: None, show, ..options.clone() });
    let mut by_spot: BTreeMap<Spot, Vec<&Diagnostic>> = BTreeMap::new();
    for problem in &problems {
        by_spot.entry(spot(problem)).or_default().push(problem);
    }
    let of_now = |problem: &Diagnostic| {
        let here = by_spot.get(&spot(problem))?;
        let as_bad = || here.iter().filter(|other| other.severity == Severity::Error || problem.severity == Severity::Warning);
        // What leads to a page that was to come and has no such place even now is told as such.
        let same = as_bad().any(|other| other.code == problem.code);
        if same { Some(problem.clone()) } else { as_bad().next().map(|other| Diagnostic::clone(other)) }
    };
    *diagnostics = diagnostics.iter().filter_map(of_now).collect();
}

/// Where a problem is, or what it says if it is nowhere.
type Spot<'a> = (Option<&'a Place>, &'a str);

fn spot(problem: &Diagnostic) -> Spot<'_> {
    match &problem.place {
        Some(place) => (Some(place), ""),
        None => (None, &problem.message),
    }
}
