//! Waiting for changes: what the file system tells becomes one batch of changed paths, and so do the clock and Ctrl-C.
//!
//! Owns `Watcher`. It must not know what depends on what, nor what is done about a change.

mod native;
mod poll;
mod scope;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};

use crate::sources::{Changed, Link};
use native::Native;
use poll::Poll;
use scope::Scope;

/// A batch is over when it has been quiet for so long,
const QUIET: Duration = Duration::from_millis(10);
/// for so long if all of it is one file, and the last that was heard is that it is whole,
const QUIET_OF_ONE: Duration = Duration::from_millis(1);
/// or after so long in any case.
const LONGEST_BATCH: Duration = Duration::from_millis(100);

/// Why somebody who waited is woken.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    Changed(Changed),
    /// The instant has come until which to wait.
    Due,
    Interrupted,
}

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The system tells of them.
    Native,
    /// By looking again and again, for file systems that tell nothing.
    Poll,
}

/// What arrives while nobody waits is kept, and is one batch.
enum Message {
    Seen(notify::Result<notify::Event>),
    Interrupted,
}

/// Watches the sources of a site. Make it before they are read, or what happens in between is lost.
pub struct Watcher {
    scope: Scope,
    backend: Backend,
    inbox: Receiver<Message>,
    /// Kept, so that the inbox stays open.
    sender: Sender<Message>,
    /// What is known to have changed before anybody waits.
    pending: Option<Changed>,
    trouble: Option<String>,
}

enum Backend {
    Native(Native),
    Poll(Poll),
}

/// Wakes a watcher from another thread.
#[derive(Clone)]
pub struct Interrupter(Sender<Message>);

impl Interrupter {
    /// Ends the wait that is, or the next one.
    pub fn interrupt(&self) {
        // Without a watcher nobody waits.
        let _ = self.0.send(Message::Interrupted);
    }
}

impl Watcher {
    /// Watches the site under `root` and its settings file (`asked`, else `site.toml`). If the system cannot tell of changes there, it polls.
    ///
    /// # Errors
    /// The root is not there.
    pub fn new(root: &Path, asked: Option<&Path>, mode: Mode) -> io::Result<Watcher> {
        let scope = Scope::new(root.canonicalize()?, asked);
        let (sender, inbox) = channel();
        let native = (mode == Mode::Native).then(|| Native::open(&scope, sender.clone()));
        let (backend, trouble) = match native {
            Some(Ok(native)) => (Backend::Native(native), None),
            Some(Err(error)) => (Backend::Poll(Poll::new(&scope)), Some(error.to_string())),
            None => (Backend::Poll(Poll::new(&scope)), None),
        };
        Ok(Watcher { scope, backend, inbox, sender, pending: None, trouble })
    }

    /// Something that ends a wait.
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.sender.clone())
    }

    /// Why it polls although it was to be told of changes; said once.
    pub fn trouble(&mut self) -> Option<String> {
        self.trouble.take()
    }

    /// What is written to `output` is no change.
    pub fn ignore(&mut self, output: &Path) {
        self.scope.output = Some(output.to_path_buf());
    }

    /// Watches what links lead to, too. Call it whenever the sources have been read.
    pub fn follow(&mut self, links: &[Link]) {
        if self.scope.follow(links) {
            self.renew();
            // What happened there before it was watched is not known.
            self.pending = Some(Changed::Everything);
        }
    }

    /// Watches all places again. Call it before sources are read that could not be read: the folders may be others by now.
    pub fn renew(&mut self) {
        if let Backend::Native(native) = &mut self.backend {
            let done = native.attend(&self.scope);
            self.poll_after(done);
        }
    }

    /// Waits for a change, until `deadline`, or for an interrupter. Changes since the last call are one batch.
    pub fn wait(&mut self, deadline: Option<Instant>) -> Event {
        if let Some(changed) = self.pending.take() {
            return Event::Changed(changed);
        }
        match self.backend {
            Backend::Native(_) => self.wait_for_events(deadline),
            Backend::Poll(_) => self.wait_for_looks(deadline),
        }
    }

    fn wait_for_events(&mut self, deadline: Option<Instant>) -> Event {
        let mut batch = Batch::default();
        loop {
            let end = batch.end().or(deadline);
            let message = self.receive(end);
            if let Some(Message::Interrupted) = message {
                return Event::Interrupted;
            }
            if let Some(Message::Seen(seen)) = message {
                batch.add(seen, &self.scope);
            }
            // Even if more is there: somebody who writes without a pause must not keep us from ever building.
            if end.is_some_and(|end| end <= Instant::now()) {
                return if batch.is_empty() { Event::Due } else { Event::Changed(self.settle(batch)) };
            }
        }
    }

    /// Sees to it that new folders are watched before anybody reads them.
    fn settle(&mut self, batch: Batch) -> Changed {
        if let Backend::Native(native) = &mut self.backend {
            // Another folder may have taken the place of the root.
            let is_on_the_way = |path: &PathBuf| *path == self.scope.root || self.scope.is_on_the_way(path);
            let done = match batch.trouble {
                Some(trouble) => Err(trouble),
                None if batch.is_lost || batch.paths.iter().any(is_on_the_way) => native.attend(&self.scope),
                None => native.attend_new(&batch.paths, &self.scope),
            };
            self.poll_after(done);
        }
        match self.backend {
            Backend::Native(_) if !batch.is_lost => Changed::Paths(batch.paths),
            _ => Changed::Everything,
        }
    }

    fn poll_after(&mut self, done: notify::Result<()>) {
        if let Err(error) = done {
            self.trouble = Some(error.to_string());
            self.backend = Backend::Poll(Poll::new(&self.scope));
        }
    }

    fn wait_for_looks(&mut self, deadline: Option<Instant>) -> Event {
        loop {
            let next = Instant::now() + poll::PAUSE;
            let end = deadline.map_or(next, |deadline| deadline.min(next));
            // What events of before are left tells nothing that looking does not.
            while let Some(message) = self.receive(Some(end)) {
                if let Message::Interrupted = message {
                    return Event::Interrupted;
                }
            }
            let Backend::Poll(poll) = &mut self.backend else { return Event::Due };
            let changed = poll.look(&self.scope);
            if !changed.is_empty() {
                return Event::Changed(Changed::Paths(changed));
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return Event::Due;
            }
        }
    }

    /// The next message; nothing if none comes before the end.
    fn receive(&self, end: Option<Instant>) -> Option<Message> {
        let Some(end) = end else { return self.inbox.recv().ok() };
        self.inbox.recv_timeout(end.saturating_duration_since(Instant::now())).ok()
    }
}

/// Changes that are dealt with at once.
#[derive(Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    /// Events were lost.
    is_lost: bool,
    /// Why no more events will come from some places.
    trouble: Option<notify::Error>,
    /// When the first and the last change came.
    span: Option<(Instant, Instant)>,
    /// Of the last change: whether the file is as somebody wanted it, so that nothing more is to come.
    is_whole: bool,
}

impl Batch {
    fn add(&mut self, seen: notify::Result<notify::Event>, scope: &Scope) {
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

    fn is_empty(&self) -> bool {
        self.span.is_none()
    }

    /// When the batch is over, if nothing more is heard. Where many files change, more are to come soon: somebody checks out a branch.
    fn end(&self) -> Option<Instant> {
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
