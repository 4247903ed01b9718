//! Changes that are dealt with at once: when they begin, and when all of them have come.
//!
//! It must not know who waits for them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};

use super::scope::Scope;

/// A batch is over when it has been quiet for so long,
const QUIET: Duration = Duration::from_millis(10);
/// for so long if all of it is one file, and the last that was heard is that it is whole,
const QUIET_OF_ONE: Duration = Duration::from_millis(1);
/// or after so long in any case.
const LONGEST_BATCH: Duration = Duration::from_millis(100);

/// Changes that are dealt with at once.
#[derive(Default)]
pub struct Batch {
    /// What has changed.
    pub paths: BTreeSet<PathBuf>,
    /// Events were lost.
    pub is_lost: bool,
    /// Why no more events will come from some places.
    pub trouble: Option<notify::Error>,
    /// When the first and the last change came.
    span: Option<(Instant, Instant)>,
    /// Of the last change: whether the file is as somebody wanted it, so that nothing more is to come.
    is_whole: bool,
}

impl Batch {
    /// Takes up what the system says.
    pub fn add(&mut self, seen: notify::Result<notify::Event>, scope: &Scope) {
        match seen {
            Ok(event) if event.need_rescan() => self.is_lost = true,
            Ok(event) => {
                let mut paths = scope.paths(&event).peekable();
                if paths.peek().is_none() {
                    return;
                }
                self.paths.extend(paths.cloned());
                self.is_whole = is_whole(&event, scope);
            }
            Err(error) => {
                self.is_lost = true;
                self.trouble = Some(error);
            }
        }
        let now = Instant::now();
        self.span = Some((self.span.map_or(now, |(first, _)| first), now));
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.span.is_none()
    }

    /// When the batch is over, if nothing more is heard; `None` when it is empty. Where many files change, more are to come soon: somebody checks out a branch.
    pub fn end(&self) -> Option<Instant> {
        let quiet = if self.is_whole && self.paths.len() == 1 { QUIET_OF_ONE } else { QUIET };
        self.span.map(|(first, last)| (last + quiet).min(first + LONGEST_BATCH))
    }
}

/// True for the end of writing, and for a file that has taken its place: a save is over then. What is only gone may be about to come back, for some
/// editors move the old file away before they write the new one.
fn is_whole(event: &notify::Event, scope: &Scope) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both)) => event.paths.last().is_some_and(|path| scope.holds(path)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange};

    use super::*;

    /// How long it must be quiet after these events for a batch of them to be over.
    fn quiet(events: &[(EventKind, &[&str])]) -> Duration {
        let scope = Scope::new("/site".into(), None);
        let mut batch = Batch::default();
        for (kind, paths) in events {
            let event = paths.iter().fold(notify::Event::new(*kind), |event, path| event.add_path(path.into()));
            batch.add(Ok(event), &scope);
        }
        batch.end().expect("a change") - batch.span.expect("a change").1
    }

    const NEW: EventKind = EventKind::Create(CreateKind::File);
    const DATA: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const MOVED_AWAY: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const MOVED_HERE: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const MOVED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    #[test]
    fn one_file_that_is_whole_is_hardly_waited_for() {
        let page = "/site/content/x.md";
        assert_eq!(quiet(&[(DATA, &[page]), (CLOSED, &[page])]), QUIET_OF_ONE);
        assert_eq!(quiet(&[(NEW, &[page]), (DATA, &[page]), (CLOSED, &[page])]), QUIET_OF_ONE);
        // Another file takes its place.
        let other = "/site/content/.x.md.swp";
        assert_eq!(quiet(&[(DATA, &[other]), (CLOSED, &[other]), (MOVED_HERE, &[page]), (MOVED, &[other, page])]), QUIET_OF_ONE);
    }

    #[test]
    fn what_is_being_written_or_moved_away_or_many_is_waited_for() {
        let page = "/site/content/x.md";
        assert_eq!(quiet(&[(DATA, &[page])]), QUIET);
        assert_eq!(quiet(&[(CLOSED, &[page]), (DATA, &[page])]), QUIET);
        assert_eq!(quiet(&[(MOVED_AWAY, &[page]), (MOVED, &[page, "/site/content/x.md~"])]), QUIET);
        assert_eq!(quiet(&[(CLOSED, &[page]), (CLOSED, &["/site/content/y.md"])]), QUIET);
    }
}
