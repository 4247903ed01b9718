//! The manifest: what a build wrote into one output folder, under which keys.
//!
//! A text: a line that says what it is, one with the folder, one a file in the order of paths, and one that seals them. A manifest that is
//! damaged, of another version or of another folder counts as none.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use crate::fingerprint::Fingerprint;

/// One file of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the output, with forward slashes.
    pub path: Box<str>,
    /// The fingerprint of all that the file depends on.
    pub key: Fingerprint,
    /// The fingerprint of its bytes.
    pub print: Fingerprint,
    /// In bytes.
    pub size: u64,
    /// When it was last modified, in nanoseconds since 1970.
    pub modified: i128,
}

/// The files of one output, in the order of their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Sorted by path, each path once.
    pub entries: Vec<Entry>,
}

/// What stands in the first line; the number changes with the format.
const TITLE: &str = "chancery manifest 1";

impl Manifest {
    /// The manifest of the last build into `output`; `None` when there is none, or it is damaged. `state` is `.chancery/` of the root.
    pub fn load(state: &Path, output: &Path) -> Option<Manifest> {
        Manifest::read(&Records::new(state, output).manifest, output)
    }

    /// Reads the file at `path`, which must be about `output`.
    pub(super) fn read(path: &Path, output: &Path) -> Option<Manifest> {
        Manifest::from_text(&fs::read_to_string(path).ok()?, output)
    }

    /// The manifest that `text` is, which must be about `output`.
    pub(super) fn from_text(text: &str, output: &Path) -> Option<Manifest> {
        let (folder, manifest) = parse(text)?;
        (folder == output.to_string_lossy()).then_some(manifest)
    }

    /// The manifest that `text` is, whatever folder it is about; `None` when it is none.
    pub fn parse(text: &str) -> Option<Manifest> {
        parse(text).map(|(_, manifest)| manifest)
    }

    /// The text of the manifest for the folder `output`.
    pub(super) fn text(&self, output: &Path) -> String {
        self.text_after(output, None)
    }

    /// The same, where most entries may stand in the text of an earlier manifest: their lines are copied.
    pub(super) fn text_after(&self, output: &Path, before: Option<&KnownManifest>) -> String {
        let mut text = String::with_capacity(100 + self.entries.len() * 140);
        let _ = writeln!(text, "{TITLE}\noutput {}", escape(&output.to_string_lossy()));
        let mut known = before.into_iter().flat_map(KnownManifest::lines).peekable();
        for entry in &self.entries {
            while known.next_if(|(_, other)| other.path < entry.path).is_some() {}
            if let Some((line, _)) = known.next_if(|(_, other)| *other == entry) {
                text.push_str(line);
                continue;
            }
            let Entry { path, key, print, size, modified } = entry;
            // Most times are numbers of 64 bits, which are written in a fifth of the time.
            let _ = match i64::try_from(*modified) {
                Ok(modified) => writeln!(text, "{key} {print} {size} {modified} {}", escape(path)),
                Err(_) => writeln!(text, "{key} {print} {size} {modified} {}", escape(path)),
            };
        }
        seal(&mut text);
        text
    }

    /// The place of a path among the entries; `None` when it is not among them.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok()
    }

    /// The first file in a folder, which is named with a slash at its end; `None` when it has none.
    pub fn first_below(&self, folder: &str) -> Option<&Entry> {
        let at = self.entries.partition_point(|entry| *entry.path < *folder);
        self.entries.get(at).filter(|entry| entry.path.starts_with(folder))
    }
}

/// A manifest with its text, for a process that builds into one folder again and again.
#[derive(Debug)]
pub(super) struct KnownManifest {
    pub text: String,
    pub manifest: Manifest,
}

impl KnownManifest {
    /// The line of each entry, with its line feed.
    fn lines(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.text.split_inclusive('\n').skip(2).zip(&self.manifest.entries)
    }
}

/// What is remembered of an output from build to build in one process. It saves time alone: the manifest on disk is what holds.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Option<KnownManifest>>);

impl Memory {
    /// The manifest that the file at `path` is, about `output`.
    pub(super) fn read(&self, path: &Path, output: &Path) -> Option<KnownManifest> {
        let text = fs::read_to_string(path).ok()?;
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).take().filter(|known| known.text == text);
        known.or_else(|| Some(KnownManifest { manifest: Manifest::from_text(&text, output)?, text }))
    }

    /// Remembers a manifest that has been written.
    pub(super) fn keep(&self, known: KnownManifest) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}

/// The fingerprint of files by their paths and keys, in the order of paths.
pub fn print<'a>(files: impl Iterator<Item = (&'a str, Fingerprint)>) -> Fingerprint {
    Fingerprint::of(&files.collect::<Vec<_>>())
}

fn parse(text: &str) -> Option<(String, Manifest)> {
    let mut lines = unseal(text)?.lines();
    if lines.next()? != TITLE {
        return None;
    }
    let output = unescape(lines.next()?.strip_prefix("output ")?);
    let entries: Vec<Entry> = lines.map(entry).collect::<Option<_>>()?;
    let is_sorted = entries.is_sorted_by(|one, next| one.path < next.path);
    is_sorted.then_some((output, Manifest { entries }))
}

fn entry(line: &str) -> Option<Entry> {
    let mut parts = line.splitn(5, ' ');
    let key = Fingerprint::parse(parts.next()?)?;
    let print = Fingerprint::parse(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    let modified = parts.next()?;
    let modified = modified.parse::<i64>().map_or_else(|_| modified.parse().ok(), |modified| Some(i128::from(modified)))?;
    let path = unescape(parts.next()?);
    is_path(&path).then(|| Entry { path: path.into(), key, print, size, modified })
}

/// True for a path that stays below the folder it is joined to, and that the file system can take.
pub fn is_path(path: &str) -> bool {
    let is_name = |name: &str| !matches!(name, "" | "." | "..") && name.len() <= 255;
    !path.contains('\0') && path.split('/').all(is_name)
}

/// Adds a last line by which damage is seen.
pub(super) fn seal(text: &mut String) {
    let print = Fingerprint::of_bytes(text.as_bytes());
    let _ = writeln!(text, "end {print}");
}

/// What was sealed, if it is whole.
pub(super) fn unseal(text: &str) -> Option<&str> {
    let end = text.strip_suffix('\n')?.rfind('\n')? + 1;
    let print = Fingerprint::parse(text[end..].strip_prefix("end ")?.trim_end())?;
    (Fingerprint::of_bytes(&text.as_bytes()[..end]) == print).then_some(&text[..end])
}

/// Paths stand last in their line, so only the end of a line must be written in another way.
pub(super) fn escape(path: &str) -> std::borrow::Cow<'_, str> {
    if memchr::memchr3(b'\\', b'\n', b'\r', path.as_bytes()).is_some() {
        path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").into()
    } else {
        path.into()
    }
}

/// The path that `escape` wrote.
pub(super) fn unescape(path: &str) -> String {
    if memchr::memchr(b'\\', path.as_bytes()).is_none() {
        return path.into();
    }
    let mut plain = String::with_capacity(path.len());
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                other => plain.extend(other),
            },
            letter => plain.push(letter),
        }
    }
    plain
}

/// The size and the time of last change that a manifest records.
pub(super) fn size_and_time(data: &fs::Metadata) -> (u64, i128) {
    let nanoseconds = |time: Duration| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX);
    let modified = data.modified().map(|time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    });
    // Every system that a site is built on knows the time.
    (data.len(), modified.unwrap_or_default())
}

/// Where the records of one output are: named by the fingerprint of its absolute path.
#[derive(Debug, Clone)]
pub(super) struct Records {
    /// What the last build wrote.
    pub manifest: PathBuf,
    /// The commit that is under way.
    pub intent: PathBuf,
    /// Which process writes.
    pub lock: PathBuf,
    /// Why files were made.
    pub note: PathBuf,
    /// How the output was made.
    pub made: PathBuf,
    /// What it was looked through for.
    pub audit: PathBuf,
}

impl Records {
    /// The records of `output`, which is a real path; `state` is `.chancery/` of the root.
    pub fn new(state: &Path, output: &Path) -> Records {
        let name = Fingerprint::of_bytes(output.as_os_str().as_encoded_bytes()).to_string();
        let file = |kind: &str| state.join("outputs").join(format!("{name}.{kind}"));
        let [manifest, intent, lock, note, made, audit] = ["manifest", "intent", "lock", "note", "made", "audit"].map(file);
        Records { manifest, intent, lock, note, made, audit }
    }
}

/// Replaces the file at `path` at once: whoever reads it finds the old text or the new one.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text)?;
    fs::rename(&new, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let entry =
            |path: &str, modified| Entry { path: path.into(), key: Fingerprint(u128::MAX), print: Fingerprint(7), size: 12, modified };
        Manifest { entries: vec![entry("a b.html", -1), entry("x\\y\nz\r", 0), entry("é/index.html", 1_700_000_000_123_456_789)] }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = sample();
        assert_eq!(Manifest::parse(&manifest.text(Path::new("/srv/a\nb"))), Some(manifest));
        assert_eq!(Manifest::parse(&Manifest::default().text(Path::new("/"))), Some(Manifest::default()));
    }

    #[test]
    fn any_damage_makes_it_none() {
        let text = sample().text(Path::new("/srv"));
        for at in 0..text.len() {
            assert_eq!(text.get(..at).and_then(Manifest::parse), None, "cut at {at}");
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(std::str::from_utf8(&bytes).ok().and_then(Manifest::parse), None, "changed at {at}");
        }
    }

    #[test]
    fn a_sealed_text_of_another_version_or_with_a_path_that_leaves_the_output_is_none() {
        let sealed = |text: &str| {
            let mut text = text.to_string();
            seal(&mut text);
            Manifest::parse(&text)
        };
        let zero = Fingerprint(0);
        assert!(sealed(&format!("{TITLE}\noutput /srv\n{zero} {zero} 1 1 a\n")).is_some());
        assert!(sealed(&format!("{TITLE}\noutput /srv\n{zero} {zero} 1 1 ../a\n")).is_none());
        assert!(sealed(&format!("{TITLE}\noutput /srv\n{zero} {zero} 1 1 /a\n")).is_none());
        assert!(sealed("chancery manifest 2\noutput /srv\n").is_none());
    }

    #[test]
    fn a_manifest_of_another_folder_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest");
        replace(&path, &Manifest::default().text(Path::new("/srv/one"))).expect("written");
        assert_eq!(Manifest::read(&path, Path::new("/srv/one")), Some(Manifest::default()));
        assert_eq!(Manifest::read(&path, Path::new("/srv/two")), None);
    }
}
