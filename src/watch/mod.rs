//! Waiting for changes: what the file system tells becomes one batch of changed paths, and so do the clock and Ctrl-C.
//!
//! Owns `Watcher`. It must not know what depends on what, nor what is done about a change.

mod batch;
mod native;
mod poll;
mod scope;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use crate::sources::{Changed, Link};
use batch::Batch;
use native::Native;
use poll::Poll;
use scope::Scope;

/// Why somebody who waited is woken.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// Something has changed.
    Changed(Changed),
    /// The instant has come until which to wait.
    Due,
    /// Somebody has called [`Interrupter::interrupt`].
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

    /// The next message; `None` when none comes before the end.
    fn receive(&self, end: Option<Instant>) -> Option<Message> {
        let Some(end) = end else { return self.inbox.recv().ok() };
        self.inbox.recv_timeout(end.saturating_duration_since(Instant::now())).ok()
    }
}
