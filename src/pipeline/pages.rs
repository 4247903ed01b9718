//! The stages that look at one page at a time: front matter, bodies, facts, mentions. Each is a memo.
//!
//! It must not know what pages are to each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::registers::Registers;
use super::{Cache, Keep};
use crate::config::Config;
use crate::entities::{EntityNames, Mentions};
use crate::fingerprint::Fingerprint;
use crate::gate::versions::VersionCandidate;
use crate::gate::{Candidate, Gate};
use crate::memo::Want;
use crate::page::body::{BodySettings, BodySource};
use crate::page::version::{self, VersionPath};
use crate::page::{Body, Facts, Front, PageMeta, front, origin::Origin};
use crate::sources::{Content, Source, Sources, Text};
use crate::theme;

/// Pages, and earlier texts of pages, with their front matter, in the order of paths.
pub fn fronts(sources: &Sources, cache: &mut Cache, config: &Config) -> (Vec<Candidate>, Vec<VersionCandidate>) {
    let languages = &config.languages;
    // Most sites have no date whose order the settings say.
    let order = config.date_order;
    let key = |print: Fingerprint| if order.is_some() { Fingerprint::of(&(print, order)) } else { print };
    let pages = sources.below("content/").iter().filter(|source| is_read(&source.path)).filter_map(|source| {
        let Content::Text(text) = &source.content else { return None };
        Some(Want { name: source.path.clone(), key: key(source.print), input: (&source.path, text) })
    });
    let wants: Vec<Want<(&Arc<str>, &Text)>> = pages.collect();
    let of_languages = Fingerprint::of(&languages[..]);
    let is_page = |want: &&Want<(&Arc<str>, &Text)>| !want.name.starts_with(version::FOLDER);
    let paths: Vec<Want<&Arc<str>>> =
        wants.iter().filter(is_page).map(|want| Want { name: want.name.clone(), key: of_languages, input: want.input.0 }).collect();
    let origins = cache.origins.all(&paths, |path| Origin::from_path(path, languages).expect("the path of a page"));
    let fronts = cache.fronts.all_or_persisted(
        &wants,
        |_, bytes| Front::from_bytes(bytes),
        |(path, text)| front::read_in_order(path, &text.get(), order),
    );
    let mut origins = origins.into_iter();
    let (mut pages, mut versions) = (Vec::with_capacity(paths.len()), Vec::new());
    for (want, front) in wants.iter().zip(fronts) {
        match VersionPath::new(&want.name, languages) {
            Some(path) => versions.push(VersionCandidate { file: want.name.clone(), path, print: want.key, front }),
            None => pages.extend(origins.next().map(|origin| Candidate { origin, print: want.key, front })),
        }
    }
    (pages, versions)
}

/// Whether the front matter of a file is read: that of pages, and of what they were.
fn is_read(path: &str) -> bool {
    Origin::is_of_page(path) || path.starts_with(version::FOLDER)
}

/// The bodies of public pages, then those of their earlier texts, and the keys under which they are remembered.
pub fn bodies<'a>(
    sources: &'a Sources,
    cache: &mut Cache,
    config: &Config,
    theme: &theme::Theme,
    registers: &Registers,
    gate: &'a Gate,
) -> (Vec<Fingerprint>, Vec<Arc<Body>>) {
    let own = config.base_url.as_ref().map(|base| Arc::from(base.url.as_str()));
    let settings = BodySettings::new(config.markdown.clone(), own, theme.shortcodes.clone(), registers.citing.clone());
    let settings = Arc::new(settings.with_likelihood(config.likelihood));
    let (pages, none) = (&gate.public[..], Text::held("", Fingerprint::default()));
    let mut texts = texts(sources, pages);
    let langs: Vec<Arc<str>> = (0..=config.languages.len() as u8).map(|lang| Arc::from(config.language_code(lang))).collect();
    let own_langs = own_langs(pages);
    texts.extend(gate.versions.iter().map(|version| text_of(sources.get(&version.meta.origin.path)?)));
    // An earlier text speaks the language of its page.
    let of_versions = gate.versions.iter().map(|version| (&version.meta, &pages[version.page]));
    let all: Vec<(&Arc<PageMeta>, &Arc<PageMeta>)> = pages.iter().map(|page| (page, page)).chain(of_versions).collect();
    let want = |((page, of), text): (&(&'a Arc<PageMeta>, &'a Arc<PageMeta>), &Option<&'a Text>)| {
        let lang = of.front.lang.as_deref().and_then(|own| own_langs.get(own)).unwrap_or(&langs[page.origin.lang as usize]);
        let (path, text, front) = (&page.origin.path, text.unwrap_or(&none), &page.front);
        let input = BodySource { path, text, front, lang, register: registers.of(page), settings: &settings };
        Want { name: path.clone(), key: input.key(), input }
    };
    let wants: Vec<Want<BodySource>> = all.par_iter().zip(&texts).map(want).collect();
    let keep = cache.keep;
    let render = |source: &BodySource| {
        let body = source.to_input().render();
        if keep == Keep::Nothing {
            source.text.release();
        }
        body
    };
    let bodies = cache.bodies.all_or_persisted(&wants, |source, bytes| Body::recall(bytes, source.to_input()), render);
    (wants.iter().map(|want| want.key).collect(), bodies)
}

/// The text of each page. Sources and pages are in the order of their paths, so one pass finds all.
fn texts<'a>(sources: &'a Sources, pages: &[Arc<PageMeta>]) -> Vec<Option<&'a Text>> {
    let mut rest = sources.below("content/").iter().peekable();
    let mut text = |page: &Arc<PageMeta>| {
        let path = &page.origin.path;
        let is_it = |source: &&&Source| Arc::ptr_eq(&source.path, path) || source.path == *path;
        while rest.next_if(|source| !is_it(&source) && source.path < *path).is_some() {}
        text_of(rest.next_if(|source| is_it(&source))?)
    };
    pages.iter().map(&mut text).collect()
}

fn text_of(source: &Source) -> Option<&Text> {
    match &source.content {
        Content::Text(text) => Some(text),
        Content::File => None,
    }
}

/// The languages that pages say they are in, each once.
fn own_langs(pages: &[Arc<PageMeta>]) -> BTreeMap<&str, Arc<str>> {
    pages.iter().filter_map(|page| page.front.lang.as_deref()).map(|lang| (lang, Arc::from(lang))).collect()
}

/// What is known of public pages by the rest of the site, then what is known of their earlier texts.
pub fn facts(cache: &mut Cache, gate: &Gate, keys: &[Fingerprint], bodies: &[Arc<Body>]) -> Vec<Arc<Facts>> {
    let want = |((page, key), body)| {
        let page: &Arc<PageMeta> = page;
        Want { name: page.origin.path.clone(), key: Fingerprint::of(&(page.print, key)), input: (page, body) }
    };
    let all: Vec<&Arc<PageMeta>> = gate.public.iter().chain(gate.versions.iter().map(|version| &version.meta)).collect();
    let wants: Vec<Want<(&Arc<PageMeta>, &Arc<Body>)>> = all.into_par_iter().zip(keys).zip(bodies).map(want).collect();
    cache.facts.all(&wants, |(page, body)| Facts::new((*page).clone(), body))
}

/// Where bodies name what has a page.
pub fn marks<'a>(cache: &mut Cache, facts: &'a [Arc<Facts>], bodies: &'a [Arc<Body>]) -> Vec<Arc<Mentions>> {
    let register = EntityNames::from_pages(facts);
    let want = |pair: (&'a Arc<Facts>, &'a Arc<Body>)| Want {
        name: pair.0.path().clone(),
        key: Fingerprint::of(&(pair.1.prose_print, register.print, pair.0.lang())),
        input: pair,
    };
    let wants: Vec<Want<(&Arc<Facts>, &Arc<Body>)>> = facts.par_iter().zip(bodies).map(want).collect();
    cache.marks.all_or_persisted(&wants, |_, bytes| Mentions::recall(bytes), |(fact, body)| register.scan(fact.path(), fact.lang(), body))
}
