//! The register: all sources of a site by their keys, each with its place, and how files of any format become one.
//!
//! Owns `Register`, `FileRead`, and what is wrong of several files together. It must not know what a format looks like: each has a room of its own.

pub mod bib;
mod counted;
mod csl;
pub mod dates;
pub mod language;
mod latex;
pub mod pieces;
pub mod problems;
pub mod strings;
pub mod variables;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Item;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::{Fingerprint, Lookup};
pub use bib::names::Prefix;
use problems::Problems;

/// A file of a register.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterFile {
    /// From the root of the project. Its ending says the format: `.bib`, `.json`, `.yaml`, `.yml`.
    pub path: Arc<str>,
    pub text: Arc<str>,
    /// Where `von der` belongs in names of `.bib` that do not say so themselves.
    pub prefix: Prefix,
}

impl RegisterFile {
    /// A file in which `von der` is shown with the given name, as biblatex has it.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> RegisterFile {
        RegisterFile { path: path.into(), text: text.into(), prefix: Prefix::Dropped }
    }
}

/// What one file of a register says, alone.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRead {
    pub file: RegisterFile,
    /// Sources in the order of the file, each with the bytes of its entry. A key may stand there twice.
    pub items: Vec<(Arc<Item>, Range<usize>)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A register may have so many bytes.
const LARGEST: usize = 20 << 20;

/// Whether a file is one of sources: `.bib`, or one of `_data/` that has the form of CSL-JSON or CSL-YAML.
pub fn is_register(path: &str, text: &str) -> bool {
    match ending(path) {
        "bib" => true,
        "json" => csl::is_json(text),
        "yaml" | "yml" => csl::is_yaml(text),
        _ => false,
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Reads files of sources as one register, with what is wrong in them.
pub fn read(files: &[RegisterFile]) -> (Register, Vec<Diagnostic>) {
    let read: Vec<Arc<FileRead>> = files.iter().map(|file| Arc::new(read_file(file))).collect();
    let (register, mut diagnostics) = join(&read);
    diagnostics.splice(0..0, read.iter().flat_map(|read| read.diagnostics.iter().cloned()));
    (register, diagnostics)
}

/// Reads one file of sources.
pub fn read_file(file: &RegisterFile) -> FileRead {
    let mut problems = Problems::default();
    let text = &*file.text;
    let items = match ending(&file.path) {
        _ if text.len() > LARGEST => {
            let message = format!("the register has more than {} MB, and none of it is read", LARGEST >> 20);
            problems.add(0..0, Diagnostic::error("bad-source", message).hint("divide it, or export what is cited alone"));
            Vec::new()
        }
        "json" => csl::read_json(text, &mut problems),
        "yaml" | "yml" => csl::read_yaml(text, &mut problems),
        _ => bib::read(text, file.prefix, &mut problems),
    };
    let items = items.into_iter().map(|(item, range)| (Arc::new(item), range)).collect();
    FileRead { file: file.clone(), items, diagnostics: problems.placed(file) }
}

/// Makes one register of files that were read, and finds keys that stand in it twice: the first of them counts, in the order of the files. What is wrong
/// in one file alone is with that file.
pub fn join(files: &[Arc<FileRead>]) -> (Register, Vec<Diagnostic>) {
    let entries = files.iter().flat_map(|read| {
        read.items.iter().map(|(item, range)| Registered {
            item: item.clone(),
            print: Fingerprint::of(&**item),
            file: read.file.clone(),
            range: range.clone(),
        })
    });
    let mut entries: Vec<Registered> = entries.collect();
    // The sort is stable: of equal keys the first stays first.
    entries.sort_by(|one, other| one.item.key.cmp(&other.item.key));
    let mut pairs: Vec<(Registered, Registered)> = Vec::new();
    entries.dedup_by(|second, first| {
        let is_twice = second.item.key == first.item.key;
        if is_twice {
            pairs.push((first.clone(), second.clone()));
        }
        is_twice
    });
    pairs.extend(same_ids(&entries));
    (Register::new(entries), twice(&pairs))
}

/// Sources with an older key that another has too, each behind that other.
fn same_ids(entries: &[Registered]) -> Vec<(Registered, Registered)> {
    let mut first: BTreeMap<&str, &Registered> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (entry, id) in entries.iter().flat_map(|entry| entry.item.ids().map(move |id| (entry, id))) {
        let own = entries.binary_search_by(|other| (*other.item.key).cmp(id)).ok().map(|at| &entries[at]);
        let other = own.unwrap_or_else(|| *first.entry(id).or_insert(entry));
        if !std::ptr::eq(other, entry) {
            pairs.push((other.clone(), entry.clone()));
        }
    }
    pairs
}

/// One register of several: what two say in the same words is one source, and of two that differ the first counts and the key is told.
pub fn merge<'a>(mut registers: impl Iterator<Item = &'a Arc<Register>>) -> (Arc<Register>, Vec<Diagnostic>) {
    let Some(first) = registers.next() else { return Default::default() };
    let (mut added, mut pairs): (BTreeMap<&str, &Registered>, _) = (BTreeMap::new(), Vec::new());
    for entry in registers.flat_map(|register| register.entries()) {
        match first.get(&entry.item.key).or_else(|| added.get(&*entry.item.key).copied()) {
            Some(known) if known.print != entry.print => pairs.push((known.clone(), entry.clone())),
            Some(_) => {}
            None => drop(added.insert(&entry.item.key, entry)),
        }
    }
    let diagnostics = twice(&pairs);
    if added.is_empty() {
        return (first.clone(), diagnostics);
    }
    let all = first.entries().iter().chain(added.into_values()).cloned().collect();
    (Arc::new(Register::new(all)), diagnostics)
}

/// What is wrong with keys that stand in the register twice.
fn twice(pairs: &[(Registered, Registered)]) -> Vec<Diagnostic> {
    let all: Vec<&Registered> = pairs.iter().flat_map(|(first, second)| [first, second]).collect();
    let places = placed(&all);
    let told = pairs.iter().zip(places.chunks_exact(2)).map(|((first, second), places)| {
        Diagnostic::error("duplicate-source", format!("the key `{}` stands in the register twice", shared(first, second)))
            .at(places[1].clone())
            .also(places[0].clone(), "first here")
            .hint("give one of them another key, or remove it if both are the same source")
    });
    told.collect()
}

/// The key that two sources share.
fn shared<'r>(first: &'r Registered, second: &'r Registered) -> &'r str {
    let is_of_first = |id: &&str| **id == *first.item.key || first.item.ids().any(|own| own == *id);
    [&*second.item.key].into_iter().chain(second.item.ids()).find(is_of_first).unwrap_or(&first.item.key)
}

/// The places of entries, by one pass over each file.
fn placed(entries: &[&Registered]) -> Vec<Place> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| (entries[*at].file.path.clone(), entries[*at].range.start));
    let mut places: Vec<(usize, Place)> = Vec::with_capacity(entries.len());
    for of_file in order.chunk_by(|one, other| entries[*one].file.path == entries[*other].file.path) {
        let ranges = of_file.iter().map(|at| entries[*at].range.clone());
        places.extend(of_file.iter().copied().zip(problems::places(&entries[of_file[0]].file, ranges)));
    }
    places.sort_by_key(|(at, _)| *at);
    places.into_iter().map(|(_, place)| place).collect()
}

/// A source with its place in the register.
#[derive(Debug, Clone)]
pub struct Registered {
    pub item: Arc<Item>,
    /// The fingerprint of the item. Its place is not in it: it changes with every edit above.
    pub print: Fingerprint,
    /// The file in which it stands.
    pub file: RegisterFile,
    /// The bytes of its entry.
    pub range: Range<usize>,
}

/// Sources in the order of their keys.
#[derive(Debug, Clone, Default)]
pub struct Register {
    entries: Vec<Registered>,
    /// The places of keys in `entries`.
    places: Lookup<Box<str>, u32>,
    keys: Fingerprint,
}

impl Registered {
    /// The place of its entry.
    pub fn place(&self) -> Place {
        Place::range(&self.file.path, &self.file.text, self.range.clone())
    }
}

impl Register {
    /// A register of sources, whose keys are all different.
    pub fn new(mut entries: Vec<Registered>) -> Register {
        entries.sort_by(|one, other| one.item.key.cmp(&other.item.key));
        let keys: Vec<&str> = entries.iter().flat_map(|entry| [&*entry.item.key].into_iter().chain(entry.item.ids())).collect();
        let keys = Fingerprint::of(&keys);
        let own = (0..).zip(&entries).map(|(at, entry)| (entry.item.key.clone(), at));
        let mut places: Lookup<Box<str>, u32> = own.collect();
        for (at, id) in (0..).zip(&entries).flat_map(|(at, entry)| entry.item.ids().map(move |id| (at, id))) {
            places.entry(id.into()).or_insert(at);
        }
        Register { entries, places, keys }
    }

    /// The source with a key, or with an older one that its entry lists as `ids`.
    pub fn get(&self, key: &str) -> Option<&Registered> {
        self.position(key).map(|at| &self.entries[at])
    }

    /// Its place among all sources.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.places.get(key).map(|at| *at as usize)
    }

    /// All sources in the order of their keys.
    pub fn entries(&self) -> &[Registered] {
        &self.entries
    }

    /// Whether there is no source at all.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The fingerprint of what a text sees of the register that may cite these keys, where `*` stands for all: what the register says of each, and
    /// all keys if one is not there.
    pub fn print_of(&self, keys: &[&str]) -> Fingerprint {
        let found: Vec<Option<Fingerprint>> = keys.iter().map(|key| self.get(key).map(|entry| entry.print)).collect();
        let is_all = keys.contains(&"*");
        let all: Option<Vec<Fingerprint>> = is_all.then(|| self.entries.iter().map(|entry| entry.print).collect());
        Fingerprint::of(&(&found, found.contains(&None).then_some(self.keys), all))
    }

    /// The fingerprint of all that it says.
    pub fn print(&self) -> Fingerprint {
        Fingerprint::of(&self.entries.iter().map(|entry| entry.print).collect::<Vec<_>>())
    }

    /// The fingerprint of all keys: what a key that is not there depends on.
    pub fn keys_print(&self) -> Fingerprint {
        self.keys
    }
}

#[cfg(test)]
mod tests;
