//! A `.docx` as an archive: its files, with what each refers to.
//!
//! It must not know what stands in them. It holds no more in memory than a document of people has.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{self, Node};
use crate::cli::error::Error;

/// The longest text of a briefing is a hundredth of that; what is larger was made to fill memories.
const LARGEST_TEXT: u64 = 32 << 20;
/// A picture.
const LARGEST_PICTURE: u64 = 64 << 20;
/// All pictures together.
const ALL_PICTURES: u64 = 512 << 20;
/// How many files an archive may have.
const MOST_FILES: usize = 10_000;

/// What programs write at the head of the formats that are taken for a `.docx`.
const OTHERS: [(&[u8], &str); 4] = [
    (
        b"\xd0\xcf\x11\xe0",
        "it has a password, or is a `.doc` of the old Word: open it in Word, take the password off, and save it as `.docx`",
    ),
    (b"{\\rtf", "it is in Rich Text Format: open it in Word and save it as `.docx`"),
    (b"%PDF", "it is a PDF: ask for the document that it was made from"),
    (b"<", "it is a web page or XML: open it in Word and save it as `.docx`"),
];

/// What a file of the archive refers to, by its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The last word of its type: `image`, `hyperlink`, `footnotes`.
    pub kind: String,
    /// An address, or the path of a file of the archive.
    pub target: String,
    pub is_outside: bool,
}

/// An open document.
pub struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    name: String,
    /// The path of the text.
    main: String,
    /// How much the pictures may still take.
    left: u64,
}

impl Package {
    /// Opens a document; `name` is how it is called in messages.
    ///
    /// # Errors
    /// It is none.
    pub fn open(bytes: Vec<u8>, name: &str) -> Result<Package, Error> {
        let why = OTHERS.iter().find(|(head, _)| bytes.starts_with(head)).map_or("save it as `.docx` again", |(_, why)| *why);
        let none =
            |detail: String| Error::site(format!("`{name}` cannot be read as a document of Word{detail}; nothing was written")).hint(why);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| none(String::new()))?;
        if archive.len() > MOST_FILES {
            return Err(none(format!(": it has {} files, and {MOST_FILES} are the most that are read", archive.len())));
        }
        let mut package = Package { archive, name: name.to_string(), main: String::new(), left: ALL_PICTURES };
        let top = package.relations("")?;
        let main = top.into_values().find(|relation| relation.kind == "officeDocument").map(|relation| relation.target);
        package.main = main.unwrap_or_else(|| "word/document.xml".into());
        if package.archive.index_for_name(&package.main).is_none() {
            return Err(none(": it is an archive without a text, perhaps of another program".into()));
        }
        Ok(package)
    }

    /// The text itself.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn main(&mut self) -> Result<Node, Error> {
        let path = self.main.clone();
        Ok(self.xml(&path)?.unwrap_or_default())
    }

    /// What the text refers to, by id.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn main_relations(&mut self) -> Result<BTreeMap<String, Relation>, Error> {
        let path = self.main.clone();
        self.relations(&path)
    }

    /// What a file refers to, by id.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn relations(&mut self, path: &str) -> Result<BTreeMap<String, Relation>, Error> {
        let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
        let rels = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(root) = self.xml(&rels)? else { return Ok(BTreeMap::new()) };
        let entries = root.children.iter().filter_map(|entry| {
            let (id, kind, target) = (entry.attribute("Id")?, entry.attribute("Type")?, entry.attribute("Target")?);
            let is_outside = entry.attribute("TargetMode") == Some("External");
            let target = if is_outside { target.to_string() } else { within(folder, target) };
            let kind = kind.rsplit('/').next().unwrap_or(kind).to_string();
            Some((id.to_string(), Relation { kind, target, is_outside }))
        });
        Ok(entries.collect())
    }

    /// A file of XML; `None` if it is not there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn xml(&mut self, path: &str) -> Result<Option<Node>, Error> {
        let Some(bytes) = self.bytes(path, LARGEST_TEXT)? else { return Ok(None) };
        let broken = |what| {
            Error::site(format!("`{}` is broken: `{path}` in it {what}; nothing was written", self.name))
                .hint("open it in Word and save it again")
        };
        xml::read(&bytes).map(Some).map_err(broken)
    }

    /// A picture; `None` if it is not there.
    ///
    /// # Errors
    /// It cannot be read, or is larger than pictures are.
    pub fn picture(&mut self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let bytes = self.bytes(path, LARGEST_PICTURE.min(self.left))?;
        self.left -= bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        Ok(bytes)
    }

    /// Reads a file as long as it is no longer than it may be, whatever the archive says of its length.
    fn bytes(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some(index) = self.archive.index_for_name(path) else { return Ok(None) };
        let (name, trouble) =
            (&self.name, |what: String| Error::site(format!("`{}` cannot be read: `{path}` in it {what}; nothing was written", self.name)));
        let mut bytes = Vec::new();
        let file = self
            .archive
            .by_index(index)
            .map_err(|error| Error::site(format!("`{name}` cannot be read: `{path}` in it: {error}; nothing was written")))?;
        let read = file.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| trouble(format!("is damaged ({error})")).hint("open it in Word and save it again"))?;
        if bytes.len() as u64 > most {
            return Err(trouble(format!("is larger than {} MiB when it is unpacked", most >> 20))
                .hint("no document of people is; make the pictures smaller, if there are large ones"));
        }
        Ok(Some(bytes))
    }
}

/// A path that is written in a file of a folder, from the root of the archive.
fn within(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
