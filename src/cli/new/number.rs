//! The number of a new page: the next one that was never used.
//!
//! It must not know how a number looks; the settings say it.

use std::fs;
use std::path::Path;

use crate::cli::error::Error;
use crate::cli::invocation::Invocation;
use crate::cli::locate::{Clock, Found};
use crate::cli::memory::Memory;
use crate::page::route::Kind;
use crate::pipeline::{self, BuildOptions, SearchIndex};
use crate::publish::{MANIFEST, Published, Record, used_numbers};

/// The next number for a page of a type in a folder; `None` if the site gives such pages none. `against` is a manifest whose numbers were used.
///
/// # Errors
/// The site or a manifest cannot be read.
pub fn next(
    invocation: &Invocation,
    found: &Found,
    clock: &Clock,
    (type_, folder): (&str, &Path),
    against: Option<&Path>,
) -> Result<Option<String>, Error> {
    let top = folder.components().next().map(|part| part.as_os_str().to_string_lossy());
    let is_written = top.and_then(|top| Kind::from_folder(&top)).is_none();
    let Some(pattern) = found.config.numbers.of_type(type_).filter(|_| is_written) else { return Ok(None) };
    let (memory, mut cache) = Memory::load(found);
    let sources = found.scan(clock.now, &memory.known)?;
    let options = BuildOptions { overrides: found.overrides.clone(), search: SearchIndex::WhenAsked, ..BuildOptions::default() };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    if !plan.errors().is_empty() {
        invocation.say("note: the site has errors, so a number in a file that cannot be read may be in use; `chancery check` shows them\n");
    }
    let mut used: Vec<String> = plan.site.facts.iter().filter_map(|fact| fact.front().id.clone()).collect();
    used.extend(plan.hidden.iter().filter_map(|page| page.id.clone()));
    used.extend(used_numbers(&found.state()));
    let year = found.config.time_zone.to_datetime(clock.now).date().year();
    for record in records(invocation, found, against)? {
        used.extend(record.pages.values().filter_map(|page| page.id.as_deref().map(str::to_string)));
        let next = pattern.next(used.iter().map(String::as_str), year);
        let from = pattern.read(&next).map_or(1, |parts| parts.count);
        used.extend(pattern.highest(year, from, |id| record.had(id)));
    }
    Ok(Some(pattern.next(used.iter().map(String::as_str), year)))
}

/// What is recorded at the places of this machine, and in the manifest that was named.
fn records(invocation: &Invocation, found: &Found, against: Option<&Path>) -> Result<Vec<Record>, Error> {
    let places = found.targets.iter().filter_map(|target| Some(found.root.join(target.local_path()?).join(MANIFEST)));
    let there = places.filter_map(|path| fs::read(path).ok());
    let mut records: Vec<Record> = there.filter_map(|bytes| Published::from_json(&bytes).ok()).map(|published| published.record).collect();
    if let Some(path) = against {
        let bytes = fs::read(invocation.world.folder.join(path)).map_err(|error| Error::io("read", path, error))?;
        let published = Published::from_json(&bytes).map_err(|why| {
            Error::usage(format!("`{}` is no manifest of a publish: {why}", path.display()))
                .hint("`--against` takes the `.chancery-manifest.json` that `chancery publish` leaves where it publishes")
        })?;
        records.push(published.record);
    }
    Ok(records)
}
