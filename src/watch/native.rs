//! The events of the system: which folders it is asked about, and that it is asked again about new ones.
//!
//! It must not know what events mean.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::{Config, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Message;
use super::scope::{Depth, Scope};

/// A folder that vanishes while it is asked about is tried again so often, because the rest of its tree has not been reached.
const TRIES: usize = 10;

/// A watch of the system over a scope.
pub struct Native {
    system: RecommendedWatcher,
}

impl Native {
    /// Begins to send what happens in a scope.
    ///
    /// # Errors
    /// The system cannot tell, or not of so many folders.
    pub fn open(scope: &Scope, to: Sender<Message>) -> notify::Result<Native> {
        let tell = move |seen: notify::Result<notify::Event>| {
            let is_noise = |event: &notify::Event| matches!(event.kind, EventKind::Access(_)) && !is_end_of_writing(event);
            if !seen.as_ref().is_ok_and(is_noise) {
                // Nobody listens any more when the program ends.
                let _ = to.send(Message::Seen(seen));
            }
        };
        // Links are followed by the scope, which knows where they may lead.
        let system = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
        let mut native = Native { system };
        native.attend(scope)?;
        Ok(native)
    }

    /// Asks for all places of a scope; for those that are watched already, once more.
    ///
    /// # Errors
    /// As `open`.
    pub fn attend(&mut self, scope: &Scope) -> notify::Result<()> {
        scope.places().into_iter().try_for_each(|(place, depth)| self.watch(&place, depth))
    }

    /// Asks for folders that are new among `paths`: when this is done, what happens in them is told, and what happened before can be read.
    ///
    /// # Errors
    /// As `open`.
    pub fn attend_new(&mut self, paths: &BTreeSet<PathBuf>, scope: &Scope) -> notify::Result<()> {
        let is_new = |path: &&PathBuf| scope.is_deep(path) && path.is_dir() && !path.is_symlink();
        paths.iter().filter(is_new).try_for_each(|path| self.watch(path, Depth::All))
    }

    fn watch(&mut self, place: &Path, depth: Depth) -> notify::Result<()> {
        let mode = match depth {
            Depth::One => RecursiveMode::NonRecursive,
            Depth::All => RecursiveMode::Recursive,
        };
        for _ in 0..TRIES {
            match self.system.watch(place, mode) {
                Err(error) if is_vanished(&error) => {}
                done => return done,
            }
            if !place.is_dir() {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn is_end_of_writing(event: &notify::Event) -> bool {
    use notify::event::{AccessKind, AccessMode};
    event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write))
}

fn is_vanished(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory),
        _ => false,
    }
}
