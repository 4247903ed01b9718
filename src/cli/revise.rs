//! `chancery revise`: the text of a page is kept as a version, and what is changed is noted.
//!
//! Both are written or neither. It must not know how a version is shown.

mod history;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::Revise;
use super::called::{hidden, page, unknown};
use super::error::{Error, Status};
use super::front_text::{Added, FrontText};
use super::init::write_new;
use super::invocation::Invocation;
use super::list::state;
use super::locate::Found;
use super::memory::Memory;
use super::report::{self, Warnings, select};
use super::whole;
use crate::fingerprint::Fingerprint;
use crate::page::front::{self, Change, Front};
use crate::page::origin::Origin;
use crate::page::version::{self, VersionName};
use crate::pipeline::{self, BuildOptions, SearchIndex};

/// Keeps the text of a page, and notes a change in it.
///
/// # Errors
/// The call is wrong, there is no such page or no such text, or something could not be read or written.
pub fn run(invocation: &Invocation, args: &Revise) -> Result<Status, Error> {
    let note = args.note.split_whitespace().collect::<Vec<_>>().join(" ");
    if note.is_empty() {
        return Err(Error::usage("a change needs a note").hint("write what is changed, such as `--note \"New figures for 2026\"`"));
    }
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        let problems = select(&found.problems, Warnings::None);
        invocation.complain(&report::text::all(&problems, &invocation.renderer(&invocation.world.terminal.err), ""));
        return Ok(Status::Usage);
    }
    let clock = found.clock(invocation, None)?;
    let (memory, mut cache) = Memory::load(&found);
    let sources = found.scan(clock.now, &memory.known)?;
    let options = BuildOptions { overrides: found.overrides.clone(), search: SearchIndex::WhenAsked, ..BuildOptions::default() };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    let Some(facts) = page(&plan, &args.page) else {
        return Err(match hidden(&plan, &args.page) {
            Some(page) => Error::usage(format!(
                "`{}` is not public ({}), so readers have seen no text of it that could be kept",
                page.path,
                state(page.why)
            ))
            .hint("edit it as you like until it is published"),
            None => unknown(&args.page),
        });
    };
    let zone = &found.config.time_zone;
    let date = args.date.unwrap_or_else(|| zone.to_datetime(clock.now).date());
    let origin = &facts.page.origin;
    let file = found.root.join(&*origin.path);
    let now = fs::read_to_string(&file).map_err(|error| Error::io("read", &file, error))?;
    let revision = Revision { args, note, date, zone };
    let kept = match &args.from_git {
        None => Kept { text: now.clone(), committed: None },
        Some(asked) => revision.committed(invocation, &file, asked, &now)?,
    };
    let name = revision.name(&found.root, origin, &kept)?;
    let text = revision.noted(origin, &now)?;
    let version = version::path(origin, name);
    if !args.dry_run {
        write(&found.root, &version, kept.text.as_bytes(), &file, text.as_bytes())?;
    }
    let shown = |path: &str| found.shown.join(path).display().to_string();
    invocation.answer(&format!("{}\n{}\n", shown(&version), shown(&origin.path)));
    if args.dry_run {
        invocation.say(&format!(
            "note: nothing was written; the text of {} would be kept, and `{}` would say:\n{}",
            name.day,
            origin.path,
            new_lines(&now, &text)
        ));
    }
    let says = front::read(&origin.path, &text).updated.map(|updated| updated.date()).filter(|updated| *updated < date);
    if let Some(updated) = says.filter(|_| args.kind == super::args::Kind::Major) {
        invocation.say(&format!(
            "note: `updated` of `{}` says {updated}, which goes before its `changes`: change it, or take it out\n",
            origin.path
        ));
    }
    clock.tell(invocation);
    Ok(Status::Fine)
}

/// A text that is kept.
pub struct Kept {
    pub text: String,
    /// The day on which it was committed.
    pub committed: Option<Date>,
}

/// What is asked for.
struct Revision<'a> {
    args: &'a Revise,
    note: String,
    date: Date,
    zone: &'a TimeZone,
}

impl Revision<'_> {
    /// The text as Git has it, which must be another one than that of the file.
    fn committed(&self, invocation: &Invocation, file: &Path, asked: &str, now: &str) -> Result<Kept, Error> {
        let kept = history::text(invocation, file, asked, self.zone)?;
        if lines(&kept.text) == lines(now) {
            let which = if asked.is_empty() { "as it was last committed" } else { "as it was then" };
            return Err(Error::usage(format!("`{}` is {which}, so there is no other text to keep", file.display()))
                .hint("before you edit it, leave `--from-git` out; if you have committed the change already, name the revision before it: `--from-git HEAD~1`"));
        }
        Ok(kept)
    }

    /// What the version is called: by the day from which on it was the text, and a number where there is one of that day.
    fn name(&self, root: &Path, page: &Origin, kept: &Kept) -> Result<VersionName, Error> {
        let front = front::read(&page.path, &kept.text);
        if front.is_unparsed() {
            return Err(Error::usage(format!("the front matter of the text of `{}` that is to be kept cannot be read", page.path))
                .hint("`chancery check` says where; a text that was published can be read"));
        }
        let day = self.args.since.or_else(|| stands_since(&front, page, self.date)).or(kept.committed);
        let Some(day) = day else {
            return Err(Error::usage(format!("`{}` has no date, so nobody knows from which day on its text stood", page.path))
                .hint("say it with `--since 2025-06-25`, or give the page a `date`"));
        };
        if day > self.date {
            return Err(Error::usage(format!("the text that is to be kept is of {day}, which is after the change of {}", self.date))
                .hint("`--date` is the day of the change; `--since` the day from which on the text stood that is kept"));
        }
        let of_day = (1u32..).map(|number| VersionName { day, number });
        for name in of_day {
            let path = root.join(version::path(page, name));
            match fs::read_to_string(&path) {
                Ok(known) if lines(&known) == lines(&kept.text) => {
                    return Err(Error::usage(format!("this text is kept already, in `{}`", version::path(page, name)))
                        .hint("edit the page before it is revised again"));
                }
                Ok(_) => {}
                Err(_) if path.symlink_metadata().is_ok() => {}
                Err(_) => return Ok(name),
            }
        }
        Err(Error::fault("there are more versions of one day than numbers"))
    }

    /// The text of the page with the change noted.
    fn noted(&self, page: &Origin, text: &str) -> Result<String, Error> {
        let before = front::read(&page.path, text);
        let mut noted = FrontText::new(text);
        let fields = [
            ("date", Added::Plain(self.date.to_string())),
            ("kind", Added::Text(self.args.kind.change().name().into())),
            ("note", Added::Text(self.note.clone())),
        ];
        let is_newest_first =
            before.changes.first().zip(before.changes.last()).is_some_and(|(first, last)| first.date.date() > last.date.date());
        noted.add("changes", &fields, if is_newest_first { super::front_text::End::First } else { super::front_text::End::Last });
        let noted = noted.into_text();
        if !before.is_unparsed() && self.is_noted(&before, &front::read(&page.path, &noted), text, &noted) {
            return Ok(noted);
        }
        let problem = Error::usage(format!(
            "`changes` of `{}` is written in a way to which nothing can be added safely, so nothing was written",
            page.path
        ));
        Err(problem.hint(format!(
            "add `{{date: {}, kind: {}, note: {:?}}}` to it by hand, and make it a list, an entry a line",
            self.date,
            self.args.kind.change().name(),
            self.note
        )))
    }

    /// Whether a text says what it said, and the change besides.
    fn is_noted(&self, before: &Front, after: &Front, text: &str, noted: &str) -> bool {
        let said = |front: &Front| {
            let mut said = front.clone();
            said.changes.clear();
            (Fingerprint::of(&said), said.diagnostics.len())
        };
        let is_new =
            |change: &&Change| change.date.date() == self.date && change.kind == self.args.kind.change() && change.note == self.note;
        let count = |front: &Front| front.changes.iter().filter(is_new).count();
        let body = |text: &str, front: &Front| text.get(front.body_start..).map(|body| body.trim_start().to_string());
        said(before) == said(after)
            && after.changes.len() == before.changes.len() + 1
            && count(after) == count(before) + 1
            && before.changes.iter().all(|change| after.changes.contains(change))
            && body(text, before) == body(noted, after)
    }
}

/// The day from which on a text stood, as it says itself: that of its last change before the next one, else of its publication.
fn stands_since(front: &Front, page: &Origin, until: Date) -> Option<Date> {
    let said = [&front.date, &front.updated, &front.publish_at].into_iter().flatten().map(|stamp| stamp.date());
    let changes = front.changes.iter().map(|change| change.date.date());
    said.chain(changes).chain(page.date).filter(|day| *day <= until).max().or_else(|| front.date.map(|date| date.date()))
}

/// A text by its lines, whichever end they have.
fn lines(text: &str) -> Vec<&str> {
    text.trim_start_matches('\u{feff}').lines().collect()
}

/// The lines that are new.
fn new_lines(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.lines().collect();
    after.lines().filter(|line| !old.contains(line)).map(|line| format!("  {line}\n")).collect()
}

/// Writes both files, or neither.
fn write(root: &Path, version: &str, kept: &[u8], page: &Path, text: &[u8]) -> Result<(), Error> {
    let version = root.join(version);
    let is_new = |folder: &&Path| folder.symlink_metadata().is_err();
    let folders: Vec<Arc<Path>> = version.ancestors().skip(1).take_while(is_new).map(Arc::from).collect();
    write_new(&version, kept)?;
    whole::write(page, text).inspect_err(|_| {
        // A version without its change would be a text of which nobody knows why it is there.
        let _ = fs::remove_file(&version);
        folders.iter().for_each(|folder| drop(fs::remove_dir(folder)));
    })
}
