//! The registers of sources: that of the site, and those of bundles, which add to it for their pages.
//!
//! It must not know formats, nor what is cited.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Cache;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::memo::Want;
use crate::page::PageMeta;
use crate::page::origin::Role;
use crate::references::register::{self, FileRead, RegisterFile};
use crate::references::{Citing, Register, Style, StyleError, StyleFile};
use crate::sources::{Content, Source, Sources};

/// What pages may cite.
pub struct Registers {
    pub site: Arc<Register>,
    /// That of the site and those of all bundles: each source has one page, whoever cites it.
    pub all: Arc<Register>,
    /// By the folder of a bundle with a register of its own: that and the site's.
    bundles: BTreeMap<Box<str>, Arc<Register>>,
    /// Nothing, if there is nothing to cite, or no such style.
    pub citing: Option<Citing>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The file in the folder of a bundle that is its register.
const OF_BUNDLE: &str = "sources.bib";

impl Registers {
    /// The register of a page.
    pub fn of(&self, page: &PageMeta) -> &Arc<Register> {
        self.bundles.get(&page.origin.folder).filter(|_| page.origin.role == Role::Bundle).unwrap_or(&self.site)
    }
}

/// Reads all registers that public pages may cite.
pub fn read(sources: &Sources, cache: &mut Cache, config: &Config, pages: &[Arc<PageMeta>]) -> Registers {
    let of_site: Vec<&Source> = sources.below("content/_data/").iter().filter(|source| is_register(source)).collect();
    let own = |page: &Arc<PageMeta>| {
        let folder = Some(&page.origin.folder).filter(|_| page.origin.role == Role::Bundle)?;
        Some((folder.clone(), sources.get(&format!("content/{folder}/{OF_BUNDLE}"))?))
    };
    let of_bundles: BTreeMap<Box<str>, &Source> = pages.iter().filter_map(own).collect();
    let all: Vec<Want<RegisterFile>> = of_site.iter().chain(of_bundles.values()).filter_map(|source| want(source)).collect();
    let read = cache.registers.all(&all, register::read_file);
    let (of_site, of_bundles_read) = read.split_at(of_site.len().min(read.len()));
    let (site, problems) = register::join(of_site);
    let mut diagnostics: Vec<Diagnostic> = read.iter().flat_map(|read| read.diagnostics.iter().cloned()).chain(problems).collect();
    let site = Arc::new(site);
    let mut bundles = BTreeMap::new();
    for (folder, own) in of_bundles.into_keys().zip(of_bundles_read) {
        let files: Vec<Arc<FileRead>> = of_site.iter().chain([own]).cloned().collect();
        let (joined, problems) = register::join(&files);
        // What is wrong with the site's has been told.
        diagnostics.extend(problems.into_iter().filter(|problem| !diagnostics.contains(problem)).collect::<Vec<_>>());
        bundles.insert(folder, Arc::new(joined));
    }
    let is_needed = !site.is_empty() || !bundles.is_empty();
    let citing =
        is_needed.then(|| citing(sources, cache, config)).and_then(|found| found.map_err(|problem| diagnostics.push(*problem)).ok());
    let (all, problems) = register::merge([&site].into_iter().chain(bundles.values()));
    diagnostics.extend(problems);
    Registers { site, all, bundles, citing, diagnostics }
}

/// The style of the site, with the forms that are known.
fn citing(sources: &Sources, cache: &mut Cache, config: &Config) -> Result<Citing, Box<Diagnostic>> {
    let file = |source: &Source| match &source.content {
        Content::Text(text) => Some(StyleFile { path: source.path.clone(), text: Arc::from(text.get().as_str()), print: source.print }),
        Content::File => None,
    };
    let files: Vec<StyleFile> = sources.below("styles/").iter().filter_map(file).collect();
    let style = Style::find(&config.citations.style, &files).map_err(|error| Box::new(told(error, sources, &files)))?;
    Ok(Citing { style, forms: cache.forms() })
}

/// What keeps a style from being used: in its file, else in the settings that name it.
fn told(error: StyleError, sources: &Sources, files: &[StyleFile]) -> Diagnostic {
    let mut problem = Diagnostic::error("bad-style", error.message);
    problem.hints = error.hints;
    let in_file = |(path, at): (Arc<str>, usize)| {
        let text = &files.iter().find(|file| file.path == path)?.text;
        Some(Place::range(&path, text, at..at + 1))
    };
    let (path, settings) = &sources.settings;
    let in_settings = || {
        let table = settings.find("[citations]")?;
        let key = table + settings[table..].find("style")?;
        let end = settings[key..].find('\n').map_or(settings.len(), |end| key + end);
        Some(Place::range(path, settings, key..end))
    };
    match error.place.and_then(in_file).or_else(in_settings) {
        Some(place) => problem.at(place),
        None => problem,
    }
}

/// Whether a file of `_data/` is a register of sources.
pub fn is_register(source: &Source) -> bool {
    let Content::Text(text) = &source.content else { return false };
    register::is_register(&source.path, &text.get())
}

fn want(source: &Source) -> Option<Want<RegisterFile>> {
    let Content::Text(text) = &source.content else { return None };
    let input = RegisterFile { path: source.path.clone(), text: Arc::from(text.get().as_str()) };
    Some(Want { name: source.path.clone(), key: source.print, input })
}
