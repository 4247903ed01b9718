//! The text of a file that is read when somebody asks for it.
//!
//! Owns `Text`. It must not know which files there are, or what a text means.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::fingerprint::Fingerprint;

/// A text that was read, or that was read before and stands unchanged on disk. Clones share it.
#[derive(Clone)]
pub struct Text(Arc<Held>);

struct Held {
    text: OnceLock<Box<str>>,
    /// Where it stands, if it is still to be read: the root, and the path below it.
    place: Option<(Arc<Path>, Arc<str>)>,
    print: Fingerprint,
    /// True if the file was no longer what it had been when somebody asked.
    has_moved: AtomicBool,
}

impl Text {
    /// A text that is there. `print` is that of its bytes in the file.
    pub fn read(text: impl Into<Box<str>>, print: Fingerprint) -> Text {
        Text(Arc::new(Held { text: OnceLock::from(text.into()), place: None, print, has_moved: AtomicBool::new(false) }))
    }

    /// The text of the file at `path` below `root`, whose bytes have this `print`.
    pub fn unread(root: &Arc<Path>, path: &Arc<str>, print: Fingerprint) -> Text {
        let place = Some((root.clone(), path.clone()));
        Text(Arc::new(Held { text: OnceLock::new(), place, print, has_moved: AtomicBool::new(false) }))
    }

    /// The text; empty if it has moved.
    pub fn get(&self) -> &str {
        self.0.text.get_or_init(|| self.0.read().unwrap_or_default())
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
    fn read(&self) -> Option<Box<str>> {
        let (root, path) = self.place.as_ref()?;
        let bytes = fs::read(root.join(&**path)).ok().filter(|bytes| Fingerprint::of_bytes(bytes) == self.print);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        self.has_moved.store(text.is_none(), Ordering::Relaxed);
        text.map(String::into_boxed_str)
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
        assert_eq!((same.get(), same.has_moved()), ("one", false));
        assert_eq!((other.get(), other.has_moved()), ("", true));
        fs::remove_file(folder.path().join("x.md")).expect("removed");
        assert_eq!((gone.get(), gone.has_moved()), ("", true));
        assert_eq!((same.get(), same.has_moved()), ("one", false), "it is read once");
    }
}
