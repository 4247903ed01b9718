//! What is to be published: the files of an output, as its manifest has them, with the copies that lie beside them.
//!
//! Owns `Release`. It must not know where it goes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::GzBuilder;
use rayon::prelude::*;

use super::error::{Error, failed};
use super::headers::Headers;
use super::record::Record;
use crate::fingerprint::Fingerprint;
use crate::media;
use crate::output::{Manifest, OutputInfo};

/// The files to be published, in the order of their paths.
#[derive(Debug, Clone)]
pub struct Release {
    /// Where the files of the output are.
    folder: PathBuf,
    /// Sorted by path.
    pub files: Vec<File>,
    /// The rules of `_headers`.
    pub headers: Headers,
    /// What is recorded of the pages.
    pub record: Record,
    /// The path of the site's address, with slashes at both ends.
    base: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the top of the place, with forward slashes.
    pub path: Box<str>,
    /// In bytes; `None` for a copy that is made when it is sent.
    pub size: Option<u64>,
    /// The fingerprint of its bytes, or of what a copy is made of.
    pub print: Fingerprint,
    /// Where its bytes come from.
    pub origin: Origin,
}

/// Where the bytes of a file come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The file of the output at the same path.
    Output,
    /// A compressed copy of the file of the output with this fingerprint.
    Copy(Coding, Fingerprint),
    /// What a host wants to have besides.
    Added(Vec<u8>),
}

/// What is shorter gains nothing by compression.
const SHORTEST: u64 = 1024;
/// A change of how copies are made changes this, and so their fingerprints.
const COPIES: &str = "copies 1";

impl Release {
    /// The files of an output, and copies of its texts in these codings. `base` is the path of the site's address.
    pub fn from_output(info: &OutputInfo, base: &str, codings: &[Coding]) -> Release {
        Release::new(info.folder.clone(), &info.manifest, base, codings)
    }

    fn new(folder: PathBuf, manifest: &Manifest, base: &str, codings: &[Coding]) -> Release {
        let mut files = Vec::with_capacity(manifest.entries.len());
        for entry in &manifest.entries {
            files.push(File { path: entry.path.clone(), size: Some(entry.size), print: entry.print, origin: Origin::Output });
            if entry.size >= SHORTEST && media::is_text(&entry.path) {
                files.extend(codings.iter().map(|coding| copy(&entry.path, *coding, entry.print)));
            }
        }
        // A site may bring a copy of its own, which comes first then.
        files.sort_unstable_by(|one, other| (&one.path, one.coding()).cmp(&(&other.path, other.coding())));
        files.dedup_by(|later, first| later.path == first.path);
        let headers = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
        Release { folder, files, headers: Headers::parse(&headers), record: Record::default(), base: base.to_string() }
    }

    /// Adds a file that a host wants to have, unless the site brings it.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        if let Err(at) = self.files.binary_search_by(|file| (*file.path).cmp(path)) {
            let (size, print) = (Some(bytes.len() as u64), Fingerprint::of_bytes(&bytes));
            self.files.insert(at, File { path: path.into(), size, print, origin: Origin::Added(bytes) });
        }
    }

    /// The folder of the output.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file at a path; `None` when there is none.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|at| &self.files[at])
    }

    /// The bytes of a file, which are those that the build wrote.
    ///
    /// # Errors
    /// It cannot be read, or somebody has changed it.
    pub fn bytes(&self, file: &File) -> Result<Vec<u8>, Error> {
        match &file.origin {
            Origin::Added(bytes) => Ok(bytes.clone()),
            Origin::Output => self.read(&file.path, file.print),
            Origin::Copy(coding, print) => {
                let path = file.path.strip_suffix(suffix(*coding)).unwrap_or(&file.path);
                let bytes = self.read(path, *print)?;
                compress(&bytes, *coding).map_err(|error| Error::place(format!("cannot compress `{path}`: {error}")))
            }
        }
    }

    fn read(&self, path: &str, print: Fingerprint) -> Result<Vec<u8>, Error> {
        let place = self.folder.join(path);
        let bytes = fs::read(&place).map_err(failed("read", &place))?;
        if Fingerprint::of_bytes(&bytes) == print {
            return Ok(bytes);
        }
        let message = format!("`{}` is not as the build wrote it", place.display());
        Err(Error::place(message).hint("publish again without `--no-build`: the build writes it anew"))
    }

    /// The address of a path, from the root of its host.
    pub fn address(&self, path: &str) -> String {
        let path = path.strip_suffix("index.html").filter(|path| path.is_empty() || path.ends_with('/')).unwrap_or(path);
        format!("{}{path}", self.base)
    }

    /// The address of the file itself, by which rules for it are found.
    fn place(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// How long the file at a path may be kept: the value of `Cache-Control`.
    pub fn cache_control(&self, path: &str) -> &str {
        self.headers.cache_control(&self.place(path))
    }

    /// The same by other rules.
    pub fn cache_control_by<'h>(&self, headers: &'h Headers, path: &str) -> &'h str {
        headers.cache_control(&self.place(path))
    }

    /// Whether the name of the file at a path changes with its bytes, so that it may be kept for ever.
    pub fn is_fingerprinted(&self, path: &str) -> bool {
        self.headers.is_fingerprinted(&self.place(path))
    }

    /// Calls `each` with the bytes of every file of the output that is text, whatever it is called, from many threads.
    ///
    /// # Errors
    /// A file cannot be read, or somebody has changed it.
    pub fn each_text<T: Send>(&self, each: impl Fn(&File, &[u8]) -> Option<T> + Sync) -> Result<Vec<T>, Error> {
        let texts = self.files.par_iter().filter(|file| file.origin == Origin::Output && !media::is_binary(&file.path));
        // What has a zero among its first bytes is no text, as `grep` has it.
        let is_text = |bytes: &[u8]| !bytes.iter().take(4096).any(|byte| *byte == 0);
        let found = texts.map(|file| self.bytes(file).map(|bytes| if is_text(&bytes) { each(file, &bytes) } else { None }));
        Ok(found.collect::<Result<Vec<Option<T>>, Error>>()?.into_iter().flatten().collect())
    }

    /// The fingerprint of the whole: of paths and of what they hold.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.files.iter().map(|file| (&file.path, file.print)).collect::<Vec<_>>())
    }
}

impl File {
    /// How the bytes are compressed, if they are.
    pub fn coding(&self) -> Option<Coding> {
        match self.origin {
            Origin::Copy(coding, _) => Some(coding),
            _ => None,
        }
    }

    /// The media type of what is inside.
    pub fn media_type(&self) -> &'static str {
        media::type_of(self.coding().and_then(|coding| self.path.strip_suffix(suffix(coding))).unwrap_or(&self.path))
    }
}

fn copy(path: &str, coding: Coding, print: Fingerprint) -> File {
    let origin = Origin::Copy(coding, print);
    File { path: format!("{path}{}", suffix(coding)).into(), size: None, print: Fingerprint::of(&(COPIES, coding, print)), origin }
}

/// How a copy is compressed (<https://www.rfc-editor.org/rfc/rfc9110#name-content-codings>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
}

/// What servers look for beside a file (`gzip_static` and `brotli_static` of nginx, `precompressed` of Caddy).
pub fn suffix(coding: Coding) -> &'static str {
    match coding {
        Coding::Brotli => ".br",
        Coding::Gzip => ".gz",
    }
}

/// The same bytes for the same input, whenever and wherever: no name and no time goes in.
fn compress(bytes: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
    let mut small = Vec::with_capacity(bytes.len() / 3);
    match coding {
        Coding::Gzip => {
            let mut writer = GzBuilder::new().write(&mut small, flate2::Compression::best());
            writer.write_all(bytes)?;
            writer.finish()?;
        }
        Coding::Brotli => {
            // The best quality takes ten times as long for a few per cent.
            let params = brotli::enc::BrotliEncoderParams { quality: 9, size_hint: bytes.len(), ..Default::default() };
            brotli::BrotliCompress(&mut &*bytes, &mut small, &params)?;
        }
    }
    Ok(small)
}

#[cfg(test)]
pub mod tests {
    use std::io::Read;

    use super::*;
    use crate::output::Entry;

    /// A release of these texts in a folder.
    pub fn release(folder: &std::path::Path, texts: &[(&str, &str)], codings: &[Coding]) -> Release {
        let mut entries: Vec<Entry> = texts
            .iter()
            .map(|(path, text)| {
                let place = folder.join(path);
                fs::create_dir_all(place.parent().expect("a folder")).expect("made");
                fs::write(place, text).expect("written");
                let print = Fingerprint::of_bytes(text.as_bytes());
                Entry { path: (*path).into(), key: print, print, size: text.len() as u64, modified: 0 }
            })
            .collect();
        entries.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Release::new(folder.to_path_buf(), &Manifest { entries }, "/p/", codings)
    }

    #[test]
    fn copies_hold_the_same_bytes_and_only_long_texts_have_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let long = "policy ".repeat(1000);
        let release = release(
            folder.path(),
            &[("a.html", &long), ("short.html", "x"), ("b.png", &long), ("own.css", &long), ("own.css.gz", "mine")],
            &[Coding::Brotli, Coding::Gzip],
        );
        let paths: Vec<&str> = release.files.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["a.html", "a.html.br", "a.html.gz", "b.png", "own.css", "own.css.br", "own.css.gz", "short.html"]);
        let bytes = |path: &str| release.bytes(release.get(path).expect("a file")).expect("read");
        assert_eq!(bytes("own.css.gz"), b"mine");
        let mut text = String::new();
        flate2::read::GzDecoder::new(&*bytes("a.html.gz")).read_to_string(&mut text).expect("gzip");
        assert_eq!(text, long);
        let mut text = String::new();
        brotli::Decompressor::new(&*bytes("a.html.br"), 4096).read_to_string(&mut text).expect("brotli");
        assert_eq!(text, long);
        assert_eq!(release.get("a.html.br").map(File::media_type), Some("text/html; charset=utf-8"));
    }

    #[test]
    fn a_file_that_was_changed_after_the_build_is_not_sent() {
        let folder = tempfile::tempdir().expect("a folder");
        let release = release(folder.path(), &[("a.html", "one")], &[]);
        assert_eq!(release.bytes(&release.files[0]), Ok(b"one".to_vec()));
        fs::write(folder.path().join("a.html"), "two").expect("written");
        assert!(release.bytes(&release.files[0]).is_err());
    }

    #[test]
    fn what_a_host_wants_is_added_unless_the_site_brings_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut release = release(folder.path(), &[("CNAME", "mine"), ("index.html", "")], &[]);
        release.add(".nojekyll", Vec::new());
        release.add("CNAME", b"theirs".to_vec());
        let paths: Vec<&str> = release.files.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, [".nojekyll", "CNAME", "index.html"]);
        assert_eq!(release.bytes(&release.files[1]), Ok(b"mine".to_vec()));
        assert_eq!(release.address("a/index.html") + &release.address("index.html"), "/p/a//p/");
    }
}
