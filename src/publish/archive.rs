//! An archive: the whole site in one file, `.zip` or `.tar.gz`, to be handed on or unpacked by somebody else.
//!
//! The same release makes the same bytes, whenever and wherever. An archive is known as ours by its comment, and what is in it is read from
//! itself: there is no manifest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::PublishOptions;
use super::error::{Error, failed};
use super::host::{Access, Host, Work};
use super::local::lock_file;
use super::published::{Known, Published};
use super::release::Release;
use super::target::{Kind, Place, Setting};
use crate::fingerprint::Fingerprint;
use crate::output::Lock;

/// The comment by which an archive is known as ours.
const COMMENT: &str = "Chancery";
/// The time of every file, 1980-01-01: a `.zip` knows no earlier one. In seconds since 1970.
const TIME: u64 = 315_532_800;

const PATH: Setting = Setting {
    name: "path",
    example: "site.zip",
    default: "",
    doc: "The file, `.zip` or `.tar.gz`: a path of the machine, or from the root of the site.",
};

/// The row of this kind.
pub const KIND: Kind = Kind {
    word: "archive",
    section: "An archive",
    settings: &[PATH],
    read: |reader| {
        let path = reader.path(&PATH)?;
        let lower = path.to_ascii_lowercase();
        if [".zip", ".tar.gz", ".tgz"].iter().any(|ending| lower.ends_with(ending)) {
            return Some(Box::new(Settings { path }));
        }
        reader.refuse(&PATH, &format!("the path of a `.zip` or `.tar.gz`, not `{path:?}`"), None);
        None
    },
};

/// What the settings say of an archive.
#[derive(Debug)]
struct Settings {
    /// Relative to the root of the site.
    path: String,
}

impl Place for Settings {
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Ok(Box::new(Archive::open(options.root.join(&self.path), options.state, options.access)?))
    }

    fn local_path(&self) -> Option<&str> {
        Some(&self.path)
    }
}

struct Archive {
    path: PathBuf,
    format: Format,
    _lock: Lock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Zip,
    Tar,
}

impl Archive {
    /// `path` is absolute. `state` is a folder of ours.
    ///
    /// # Errors
    /// Something that is not ours lies there, or another process publishes.
    fn open(path: PathBuf, state: &Path, access: Access) -> Result<Archive, Error> {
        let is_zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        let format = if is_zip { Format::Zip } else { Format::Tar };
        fs::create_dir_all(state).map_err(failed("make the folder", state))?;
        let lock = lock_file(&state.join("lock"))?;
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed("read", &path)(error)),
            Ok(data) if data.is_file() && is_ours(&path, format).map_err(failed("read", &path))? => {}
            Ok(_) => {
                let message = format!("`{}` is in the way: Chancery has not written it", path.display());
                return Err(Error::place(message).hint("remove it, or choose another path for the archive"));
            }
        }
        let archive = Archive { path, format, _lock: lock };
        if access == Access::Write {
            archive.remove_leftover()?;
        }
        Ok(archive)
    }

    /// Where the archive is written before it takes its place.
    fn unfinished(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.chancery-new"))
    }

    /// What a killed process began.
    fn remove_leftover(&self) -> Result<(), Error> {
        let unfinished = self.unfinished();
        match fs::remove_file(&unfinished) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Err(failed("remove", &unfinished)(error))
            }
            _ => Ok(()),
        }
    }

    /// Calls `each` with the path and the bytes of every file in the archive.
    fn each(&self, mut each: impl FnMut(&str, Vec<u8>)) -> io::Result<()> {
        let file = BufReader::new(File::open(&self.path)?);
        match self.format {
            Format::Zip => {
                let mut archive = ZipArchive::new(file)?;
                for number in 0..archive.len() {
                    let mut entry = archive.by_index(number)?;
                    let bytes = all(&mut entry)?;
                    each(entry.name(), bytes);
                }
            }
            Format::Tar => {
                for entry in tar::Archive::new(GzDecoder::new(file)).entries()? {
                    let mut entry = entry?;
                    let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                    each(&path, all(&mut entry)?);
                }
            }
        }
        Ok(())
    }

    /// Writes the whole archive.
    fn fill(&self, place: &Path, work: &Work) -> Result<(), Error> {
        let wrong = |error: io::Error| failed("write", place)(error);
        let mut writer = Writer::new(BufWriter::new(File::create(place).map_err(wrong)?), self.format);
        for file in &work.release.files {
            work.progress.check()?;
            let bytes = work.release.bytes(file)?;
            writer.put(&file.path, &bytes).map_err(wrong)?;
            if is_sent(work, &file.path) {
                (work.progress.progress)(1, bytes.len() as u64);
            }
        }
        let file = writer.finish().and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error)).map_err(wrong)?;
        file.sync_all().map_err(wrong)
    }
}

impl Host for Archive {
    fn published(&mut self) -> Result<Published, Error> {
        let mut files = BTreeMap::new();
        let read = self.each(|path, bytes| {
            let known = Known { size: Some(bytes.len() as u64), print: Some(Fingerprint::of_bytes(&bytes)), ..Known::default() };
            files.insert(path.into(), known);
        });
        // A damaged archive of ours is written anew, and so is one that is not there.
        let files = if read.is_ok() { files } else { BTreeMap::new() };
        Ok(Published { files, ..Published::default() })
    }

    fn verified(&mut self, published: Published, _release: &Release) -> Result<Published, Error> {
        Ok(published)
    }

    /// To find one file in a `.tar.gz` all before it must be unpacked: that is too much for a title.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if self.format == Format::Tar {
            return None;
        }
        let mut archive = ZipArchive::new(BufReader::new(File::open(&self.path).ok()?)).ok()?;
        all(&mut archive.by_name(path).ok()?).ok()
    }

    fn carry_out(&mut self, work: &Work) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
        let unfinished = self.unfinished();
        let filled = self.fill(&unfinished, work);
        let written = filled.and_then(|()| fs::rename(&unfinished, &self.path).map_err(failed("write", &self.path)));
        if written.is_err() {
            // What cannot be removed now goes with the next publish.
            let _ = fs::remove_file(&unfinished);
        }
        written
    }
}

/// An archive that is being written.
enum Writer<W: Write + Seek> {
    Zip(Box<ZipWriter<W>>),
    Tar(Box<tar::Builder<flate2::write::GzEncoder<W>>>),
}

impl<W: Write + Seek> Writer<W> {
    fn new(inner: W, format: Format) -> Writer<W> {
        match format {
            Format::Zip => Writer::Zip(Box::new(ZipWriter::new(inner))),
            Format::Tar => {
                // 255 is "unknown", for the bytes must not tell where they were made (<https://www.rfc-editor.org/rfc/rfc1952#page-7>).
                let gzip = GzBuilder::new().comment(COMMENT).mtime(0).operating_system(255).write(inner, Compression::default());
                Writer::Tar(Box::new(tar::Builder::new(gzip)))
            }
        }
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Writer::Zip(writer) => {
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(DateTime::DEFAULT)
                    .unix_permissions(0o644)
                    .system(System::Unix)
                    .large_file(bytes.len() > u32::MAX as usize);
                writer.start_file(path, options)?;
                writer.write_all(bytes)
            }
            Writer::Tar(writer) => {
                let mut header = tar::Header::new_gnu();
                header.set_entry_type(tar::EntryType::Regular);
                header.set_size(bytes.len() as u64);
                header.set_mode(0o644);
                header.set_uid(0);
                header.set_gid(0);
                header.set_mtime(TIME);
                writer.append_data(&mut header, path, bytes)
            }
        }
    }

    fn finish(self) -> io::Result<W> {
        match self {
            Writer::Zip(mut writer) => {
                writer.set_comment(COMMENT)?;
                Ok(writer.finish()?)
            }
            Writer::Tar(writer) => writer.into_inner()?.finish(),
        }
    }
}

/// Whether a file carries the comment: at its very end in a `.zip` (4.3.16 of <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>),
/// after the first ten bytes in a `.gz` (2.3 of <https://www.rfc-editor.org/rfc/rfc1952>).
fn is_ours(path: &Path, format: Format) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut found = [0; 22 + COMMENT.len()];
    if file.metadata()?.len() < found.len() as u64 {
        return Ok(false);
    }
    if format == Format::Zip {
        file.seek(SeekFrom::End(-(found.len() as i64)))?;
    }
    file.read_exact(&mut found)?;
    Ok(match format {
        Format::Zip => {
            let length = (COMMENT.len() as u16).to_le_bytes();
            found.starts_with(b"PK\x05\x06") && found[20..22] == length && found.ends_with(COMMENT.as_bytes())
        }
        Format::Tar => {
            const HAS_COMMENT: u8 = 16;
            let after = &found[10..];
            found[..4] == [0x1f, 0x8b, 8, HAS_COMMENT] && after.starts_with(COMMENT.as_bytes()) && after[COMMENT.len()] == 0
        }
    })
}

fn is_sent(work: &Work, path: &str) -> bool {
    work.published.files.get(path).is_none_or(|known| Some(known.print) != work.release.get(path).map(|file| Some(file.print)))
}

fn all(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(bytes)
}
