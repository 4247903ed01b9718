//! The text of a file, which is in memory, or read when somebody asks.
//!
//! Owns `Text`. It must not know which files there are, or what a text means.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::fingerprint::Fingerprint;

/// A text that was read, or that was read before and stands unchanged on disk. Clones share it.
#[derive(Clone)]
pub struct Text(Arc<Held>);

struct Held {
    text: Mutex<Option<Arc<String>>>,
    /// Where it stands, if it can be read again.
    place: Option<Place>,
    print: Fingerprint,
    /// True if the file was no longer what it had been when somebody asked.
    has_moved: AtomicBool,
}

/// The root, and the path below it.
type Place = (Arc<Path>, Arc<str>);

impl Text {
    /// A text that lies in memory only. `print` is that of its bytes.
    pub fn held(text: impl Into<String>, print: Fingerprint) -> Text {
        Text::new(Some(text.into()), None, print)
    }

    /// The text of the file at `path` below `root`, whose bytes have this `print`, as it was read.
    pub fn read(root: &Arc<Path>, path: &Arc<str>, text: String, print: Fingerprint) -> Text {
        Text::new(Some(text), Some((root.clone(), path.clone())), print)
    }

    /// The same, still to be read.
    pub fn unread(root: &Arc<Path>, path: &Arc<str>, print: Fingerprint) -> Text {
        Text::new(None, Some((root.clone(), path.clone())), print)
    }

    fn new(text: Option<String>, place: Option<Place>, print: Fingerprint) -> Text {
        Text(Arc::new(Held { text: Mutex::new(text.map(Arc::new)), place, print, has_moved: AtomicBool::new(false) }))
    }

    /// The text; empty if it has moved.
    pub fn get(&self) -> Arc<String> {
        let mut text = self.0.text.lock().unwrap_or_else(PoisonError::into_inner);
        text.get_or_insert_with(|| Arc::new(self.0.read().unwrap_or_default())).clone()
    }

    /// Lets go of the text, if it can be read again.
    pub fn release(&self) {
        if self.0.place.is_some() && !self.has_moved() {
            *self.0.text.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// The fingerprint of its bytes in the file.
    pub fn print(&self) -> Fingerprint {
        self.0.print
    }

    /// True if the file has changed since its print was taken, so that what was made of its text is of no use.
    pub fn has_moved(&self) -> bool {
        self.0.has_moved.load(Ordering::Relaxed)
    }

    /// Whether two texts are one in memory.
    pub fn is_same(&self, other: &Text) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Held {
    fn read(&self) -> Option<String> {
        let (root, path) = self.place.as_ref()?;
        let bytes = fs::read(root.join(&**path)).ok().filter(|bytes| Fingerprint::of_bytes(bytes) == self.print);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        self.has_moved.store(text.is_none(), Ordering::Relaxed);
        text
    }
}

/// Two texts are equal if their bytes are.
impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.0.print == other.0.print
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Text").field(&self.0.print).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_when_it_is_asked_for_unless_it_has_moved() {
        let folder = tempfile::tempdir().expect("a folder");
        let root: Arc<Path> = Arc::from(folder.path());
        let unread = |text: &str| Text::unread(&root, &Arc::from("x.md"), Fingerprint::of_bytes(text.as_bytes()));
        let (same, other, gone) = (unread("one"), unread("two"), unread("one"));
        fs::write(folder.path().join("x.md"), "one").expect("written");
        assert_eq!((&**same.get(), same.has_moved()), ("one", false));
        assert_eq!((&**other.get(), other.has_moved()), ("", true));
        fs::remove_file(folder.path().join("x.md")).expect("removed");
        assert_eq!((&**gone.get(), gone.has_moved()), ("", true));
        assert_eq!((&**same.get(), same.has_moved()), ("one", false), "it is read once");
        same.release();
        assert_eq!((&**same.get(), same.has_moved()), ("", true), "it was let go of");
    }

    #[test]
    fn a_text_that_cannot_be_read_again_is_not_let_go_of() {
        let text = Text::held("one", Fingerprint::default());
        text.release();
        assert_eq!(*text.get(), "one");
    }
}
