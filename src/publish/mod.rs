//! Publishing: a place where people read is made to hold an output.
//!
//! Owns the targets, one file each, the manifest of what is published, the order of what happens, and what must be asked before. It works on an
//! output and its manifest, and must not know content: what is hidden is told to it as names to look for.

mod archive;
mod directory;
mod error;
mod git;
mod guard;
mod headers;
mod host;
mod local;
mod lock;
mod plan;
mod published;
mod record;
mod release;
pub mod report;
mod rsync;
mod steps;
mod store;
mod target;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use jiff::Timestamp;

use headers::Headers;
use host::{Host, Work};
use plan::Plan;
use report::Report;

pub use error::{Error, ErrorKind};
pub use guard::MAX_DELETES;
pub use host::{Access, Progress};
pub use published::{MANIFEST, Published};
pub use record::{Record, Recorded, note_numbers, used_numbers};
pub use release::{Coding, Release};
pub use target::{BASE_URL, KINDS, Kind, MARKINGS, PREVIEWS, Setting, TARGET, Target, targets};

/// What is published where, and how.
pub struct PublishOptions<'a> {
    /// Where to.
    pub target: &'a Target,
    /// The folder of the site: paths of targets are relative to it.
    pub root: &'a Path,
    /// A folder of ours for what this target needs between two runs.
    pub state: &'a Path,
    /// The address of the site.
    pub base_url: &'a str,
    /// When the release is made.
    pub now: Timestamp,
    /// Tells the instant that it is.
    pub clock: fn() -> Timestamp,
    /// The environment: credentials come from there.
    pub variables: &'a BTreeMap<OsString, OsString>,
    /// Whether the path of a file that left the site belongs to a page that is hidden now.
    pub is_hidden: &'a dyn Fn(&str) -> bool,
    /// How many files may be deleted without asking; `None` for [`MAX_DELETES`].
    pub max_deletes: Option<usize>,
    /// Whether the run will write, or only say what would change.
    pub access: Access,
    /// Look at what is there, and not only at the manifest.
    pub is_verified: bool,
}

/// Who is told of a publish, and asked.
pub struct Callbacks<'a> {
    /// Told what is published, says what is to be recorded of the pages, and may say no.
    pub record: &'a mut dyn FnMut(&Published, &Release) -> Result<Record, Error>,
    /// Told what will change before anything does, and may say no.
    pub plan: &'a mut dyn FnMut(&Report) -> Result<(), Error>,
    /// Asked whether to go on.
    pub ask: &'a mut dyn FnMut(&str) -> Result<(), Error>,
    /// Told when it begins to change what is there.
    pub begin: &'a dyn Fn(),
    /// Told how far it is, and asked whether to go on.
    pub progress: Progress<'a>,
}

/// Makes the target hold the release, and returns what changed, or would have in a dry run.
///
/// # Errors
/// Readers see what they saw before, or a part of the new, whose links hold; called again it ends right.
pub fn publish(options: &PublishOptions, mut release: Release, callbacks: Callbacks) -> Result<Report, Error> {
    let mut host = options.target.place.open(options)?;
    host.prepare(&mut release)?;
    let mut published = host.published()?;
    if options.is_verified {
        published = host.verified(published, &release)?;
    }
    if host.habits().has_lifetimes {
        renew(&mut published, &release, &*host);
    }
    release.record = (callbacks.record)(&published, &release)?;
    let plan = Plan::new(&published, &release, options.is_hidden);
    let plan = if host.habits().tidies { plan } else { plan.patient() };
    let report = Report::new(&plan, &release, &*host);
    (callbacks.plan)(&report)?;
    if plan.is_empty() {
        return Ok(report);
    }
    for question in questions(&mut *host, &plan, &published, options)? {
        (callbacks.ask)(&question)?;
    }
    if options.access == Access::Read {
        return Ok(report);
    }
    (callbacks.begin)();
    let (base_url, is_preview, progress) = (options.base_url, options.target.previews, &callbacks.progress);
    let done = host.carry_out(&Work { plan: &plan, release: &release, published: &published, base_url, is_preview, progress });
    // A program that was interrupted along with this one fails in its own words.
    done.map_err(|error| progress.check().err().unwrap_or(error))?;
    Ok(report)
}

fn questions(host: &mut dyn Host, plan: &Plan, published: &Published, options: &PublishOptions) -> Result<Vec<String>, Error> {
    let mut questions = guard::questions(plan, published, options)?;
    questions.extend(host.questions());
    // Where nothing is known to be ours, all that is there has been asked about.
    if !published.is_empty() {
        let new: Vec<&str> = plan.send.iter().filter(|sending| sending.is_new).map(|sending| &*sending.file.path).collect();
        questions.extend(guard::strangers(&host.strangers(&new)?));
    }
    Ok(questions)
}

/// A file that may be kept for another time than before is sent again, with the same bytes.
fn renew(published: &mut Published, release: &Release, host: &dyn Host) {
    const RULES: &str = "_headers";
    let is_same = |path: &str| published.files.get(path).map(|known| known.print) == release.get(path).map(|file| Some(file.print));
    if published.is_empty() || is_same(RULES) {
        return;
    }
    let rules = host.read(RULES).map(|bytes| Headers::parse(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    let was = |path: &str| release.cache_control_by(&rules, path) == release.cache_control(path);
    let changed = published.files.iter_mut().filter(|(path, _)| !was(path));
    changed.for_each(|(_, known)| known.print = None);
}

/// Shows readers the release before the one that they see, and returns its name.
///
/// # Errors
/// The target keeps none, or somebody said no.
pub fn roll_back(options: &PublishOptions, ask: &mut dyn FnMut(&str) -> Result<(), Error>) -> Result<String, Error> {
    let mut host = options.target.place.open(options)?;
    let earlier = host.earlier()?;
    let hidden: Vec<&str> = earlier.files.files.keys().map(|path| &**path).filter(|path| (options.is_hidden)(path)).collect();
    if !hidden.is_empty() {
        let shown: Vec<&str> = hidden.iter().take(10).copied().collect();
        ask(&format!("that release shows what is hidden now:\n  {}", shown.join("\n  ")))?;
    }
    if options.access == Access::Write {
        host.roll_back(&earlier)?;
    }
    Ok(earlier.name)
}
