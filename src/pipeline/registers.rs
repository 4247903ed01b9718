//! The registers of sources: that of the site, and those of bundles, which add to it for their pages.
//!
//! It must not know formats, nor what is cited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Cache;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::gate::Gate;
use crate::memo::Want;
use crate::page::PageMeta;
use crate::page::origin::Role;
use crate::references::register::{self, FileRead, Prefix, RegisterFile};
use crate::references::{Citing, Register, Style, StyleError, StyleFile};
use crate::sources::{Content, Source, Sources, stem};

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

/// Reads all registers that public pages may cite. Those of hidden bundles are held against them: what will meet when its page is published is told now.
pub fn read(sources: &Sources, cache: &mut Cache, config: &Config, gate: &Gate) -> Registers {
    let of_site: Vec<&Source> = sources.below("content/_data/").iter().filter(|source| is_register(source)).collect();
    let own = |page: &Arc<PageMeta>| {
        let folder = Some(&page.origin.folder).filter(|_| page.origin.role == Role::Bundle)?;
        Some((folder.clone(), sources.get(&format!("content/{folder}/{OF_BUNDLE}"))?))
    };
    let of_bundles: BTreeMap<Box<str>, &Source> = gate.public.iter().filter_map(own).collect();
    let of_hidden = gate.hidden.iter().filter(|page| page.role == Role::Bundle && !of_bundles.contains_key(&page.folder));
    let of_hidden: BTreeSet<String> = of_hidden.map(|page| format!("content/{}/{OF_BUNDLE}", page.folder)).collect();
    let of_hidden = of_hidden.iter().filter_map(|path| sources.get(path));
    let prefix = if config.citations.useprefix { Prefix::Kept } else { Prefix::Dropped };
    let all: Vec<Want<RegisterFile>> =
        of_site.iter().chain(of_bundles.values()).copied().chain(of_hidden).filter_map(|source| want(source, prefix)).collect();
    let mut read = cache.registers.all(&all, register::read_file);
    let hidden = read.split_off((of_site.len() + of_bundles.len()).min(read.len()));
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
    diagnostics.extend(read.iter().filter(|read| read.items.is_empty() && read.diagnostics.is_empty()).map(|read| empty(&read.file.path)));
    diagnostics.extend(sources.below("content/").iter().filter(|source| is_idle(source, sources)).map(|source| idle(&source.path)));
    // With a file of sources, even an empty one, what looks like a citation is one.
    let is_needed = !read.is_empty();
    let citing =
        is_needed.then(|| citing(sources, cache, config)).and_then(|found| found.map_err(|problem| diagnostics.push(*problem)).ok());
    let (all, problems) = register::merge([&site].into_iter().chain(bundles.values()));
    diagnostics.extend(problems);
    diagnostics.extend(hidden.iter().flat_map(|read| will_meet(&all, of_site, read)));
    Registers { site, all, bundles, citing, diagnostics }
}

/// Keys of the register of a hidden bundle that the site has as well, or that others use for another source.
fn will_meet(all: &Arc<Register>, of_site: &[Arc<FileRead>], own: &Arc<FileRead>) -> Vec<Diagnostic> {
    let site: Vec<Diagnostic> = register::join(of_site).1;
    let files: Vec<Arc<FileRead>> = of_site.iter().chain([own]).cloned().collect();
    let (joined, mut problems) = register::join(&files);
    problems.retain(|problem| !site.contains(problem));
    let (_, others) = register::merge([all, &Arc::new(joined)].into_iter());
    problems.extend(others.into_iter().filter(|other| !problems.contains(other)).collect::<Vec<_>>());
    problems
}

fn empty(path: &Arc<str>) -> Diagnostic {
    let problem = Diagnostic::warning("empty-register", format!("no source stands in `{path}`")).at(Place::file(path));
    problem.hint("an entry begins with its kind and key, as in `@report{key,`; remove the file if it is to hold none")
}

/// Whether a file has the name of a bundle's register and lies in the folder of none.
fn is_idle(source: &Source, sources: &Sources) -> bool {
    let Some(folder) = source.path.strip_suffix(OF_BUNDLE).filter(|folder| folder.ends_with('/') && *folder != "content/_data/") else {
        return false;
    };
    let is_index = |path: &str| path[folder.len()..].starts_with("index.") && stem(path).is_some();
    !folder.starts_with("content/_data/") && !sources.below(folder).iter().any(|file| is_index(&file.path))
}

fn idle(path: &Arc<str>) -> Diagnostic {
    let problem = Diagnostic::warning("idle-register", format!("`{path}` lies beside no `index.md`, so no page can cite what it holds"));
    problem.at(Place::file(path)).hint("move it into `content/_data/`, or beside the `index.md` of the page that it is for")
}

/// The style of the site, with the forms that are known.
fn citing(sources: &Sources, cache: &mut Cache, config: &Config) -> Result<Citing, Box<Diagnostic>> {
    let file = |source: &Source| match &source.content {
        Content::Text(text) => Some(StyleFile { path: source.path.clone(), text: Arc::from(text.get().as_str()), print: source.print }),
        Content::File => None,
    };
    let files: Vec<StyleFile> = sources.below("styles/").iter().filter_map(file).collect();
    let style =
        Style::find(&config.citations.style, &files).map_err(|error| Box::new(told(error, &config.citations.style, sources, &files)))?;
    Ok(Citing { style, forms: cache.forms() })
}

/// What keeps a style from being used: in its file, else in the settings that name it.
fn told(error: StyleError, style: &str, sources: &Sources, files: &[StyleFile]) -> Diagnostic {
    let mut problem = Diagnostic::error("bad-style", error.message);
    problem.hints = error.hints;
    let in_file = |(path, at): (Arc<str>, usize)| {
        let text = &files.iter().find(|file| file.path == path)?.text;
        Some(Place::range(&path, text, at..at + 1))
    };
    let (path, settings) = &sources.settings;
    // What a flag says stands in no file.
    let in_settings = || {
        let table = settings.find("[citations]")?;
        let key = table + settings[table..].find("style")?;
        let end = settings[key..].find('\n').map_or(settings.len(), |end| key + end);
        settings[key..end].contains(style).then(|| Place::range(path, settings, key..end))
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

fn want(source: &Source, prefix: Prefix) -> Option<Want<RegisterFile>> {
    let Content::Text(text) = &source.content else { return None };
    let input = RegisterFile { path: source.path.clone(), text: Arc::from(text.get().as_str()), prefix };
    Some(Want { name: source.path.clone(), key: Fingerprint::of(&(source.print, prefix)), input })
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    #[test]
    fn a_register_that_holds_nothing_or_that_no_page_reads_is_told_and_its_keys_are_no_text() {
        let page = "---\ntitle: A\n---\n\nSo [@a2024, p. 3].\n";
        let files = [("content/a.md", page), ("content/_data/s.bib", "hello\n"), ("content/x/sources.bib", "@book{a2024, title = {T}}\n")];
        let told = |code: &str| reports_of_files("", &files, code);
        assert_eq!(told("empty-register").len(), 1);
        assert_eq!(told("unknown-source").len(), 1, "a register is there, though it is empty");
        assert_eq!(told("idle-register").len(), 1);
        let bundle = [("content/x/index.md", page), ("content/x/sources.bib", "@book{a2024, title = {T}}\n")];
        assert_eq!(reports_of_files("", &bundle, "idle-register").len(), 0);
        assert_eq!(reports_of_files("", &bundle, "unknown-source").len(), 0);
    }

    #[test]
    fn a_key_of_a_hidden_bundle_that_will_meet_another_is_told_before_its_page_is_published() {
        let hidden = "---\ntitle: B\nstatus: draft\n---\n";
        let public = "---\ntitle: B\n---\n";
        let of_bundle = |page: &'static str, source: &'static str| {
            let site = ("content/_data/s.bib", "@book{a2024, title = {T}}\n");
            let other = [("content/y/index.md", public), ("content/y/sources.bib", "@book{y2024, title = {Y}}\n")];
            let files =
                [[site, ("content/x/index.md", page)], [("content/x/sources.bib", source), other[0]], [other[1], ("content/z.md", public)]];
            reports_of_files("", &files.concat(), "duplicate-source")
        };
        for (source, count) in [("@book{a2024, title = {T}}", 1), ("@book{y2024, title = {X}}", 1), ("@book{y2024, title = {Y}}", 0)] {
            let (now, then) = (of_bundle(hidden, source), of_bundle(public, source));
            assert_eq!((now.len(), then.len()), (count, count), "{source}: {now:?} {then:?}");
        }
    }

    #[test]
    fn a_style_that_is_not_there_is_told_where_it_is_named() {
        let files = [("content/a.md", "---\ntitle: A\n---\n\nSo [@a2024].\n"), ("content/_data/s.bib", "@book{a2024, title = {T}}\n")];
        let told = reports_of_files("title = \"A\"\n[citations]\nstyle = \"chicago-nots\"\n", &files, "bad-style");
        assert!(told.len() == 1 && told[0].starts_with("bad-style site.toml:3:1") && told[0].contains("chicago-notes"), "{told:?}");
    }
}
