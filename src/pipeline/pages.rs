//! The stages that look at one page at a time: front matter, bodies, facts, mentions. Each is a memo.
//!
//! It must not know what pages are to each other.

use std::sync::Arc;

use rayon::prelude::*;

use super::registers::Registers;
use super::{Cache, Keep};
use crate::config::Config;
use crate::entities::{EntityNames, Mentions};
use crate::fingerprint::Fingerprint;
use crate::gate::Candidate;
use crate::memo::Want;
use crate::page::body::{BodyInput, BodySettings};
use crate::page::{Body, Facts, Front, PageMeta, front, origin::Origin};
use crate::sources::{Content, Source, Sources, Text};
use crate::theme;

/// Pages with their front matter, in the order of paths.
pub fn fronts(sources: &Sources, cache: &mut Cache, config: &Config) -> Vec<Candidate> {
    let languages = &config.languages;
    // Most sites have no date whose order the settings say.
    let order = config.date_order;
    let key = |print: Fingerprint| if order.is_some() { Fingerprint::of(&(print, order)) } else { print };
    let pages = sources.below("content/").iter().filter(|source| Origin::is_of_page(&source.path)).filter_map(|source| {
        let Content::Text(text) = &source.content else { return None };
        Some(Want { name: source.path.clone(), key: key(source.print), input: (&source.path, text) })
    });
    let wants: Vec<Want<(&Arc<str>, &Text)>> = pages.collect();
    let of_languages = Fingerprint::of(&languages[..]);
    let paths: Vec<Want<&Arc<str>>> =
        wants.iter().map(|want| Want { name: want.name.clone(), key: of_languages, input: want.input.0 }).collect();
    let origins = cache.origins.all(&paths, |path| Origin::from_path(path, languages).expect("the path of a page"));
    let fronts = cache.fronts.all_or_persisted(
        &wants,
        |_, bytes| Front::from_bytes(bytes),
        |(path, text)| front::read_in_order(path, &text.get(), order),
    );
    let candidate = |((want, origin), front): ((&Want<_>, _), _)| Candidate { origin, print: want.key, front };
    wants.iter().zip(origins).zip(fronts).map(candidate).collect()
}

/// The bodies of public pages, and the keys under which they are remembered.
pub fn bodies(
    sources: &Sources,
    cache: &mut Cache,
    config: &Config,
    theme: &theme::Theme,
    registers: &Registers,
    pages: &[Arc<PageMeta>],
) -> (Vec<Fingerprint>, Vec<Arc<Body>>) {
    let own = config.base_url.as_ref().map(|base| Arc::from(base.url.as_str()));
    let settings = Arc::new(BodySettings::new(config.markdown.clone(), own, theme.shortcodes.clone(), registers.citing.clone()));
    let want = |page: &Arc<PageMeta>| {
        let text = match sources.get(&page.origin.path) {
            Some(Source { content: Content::Text(text), .. }) => text.clone(),
            _ => Text::held("", Fingerprint::default()),
        };
        let (path, lang) = (page.origin.path.clone(), lang(config, page).into());
        let input =
            BodyInput { path, text, front: page.front.clone(), lang, register: registers.of(page).clone(), settings: settings.clone() };
        Want { name: input.path.clone(), key: input.key(), input }
    };
    let wants: Vec<Want<BodyInput>> = pages.par_iter().map(want).collect();
    let keep = cache.keep;
    let render = |input: &BodyInput| {
        let body = input.render();
        if keep == Keep::Nothing {
            input.text.release();
        }
        body
    };
    let bodies = cache.bodies.all_or_persisted(&wants, |input, bytes| Body::recall(bytes, input.clone()), render);
    (wants.iter().map(|want| want.key).collect(), bodies)
}

/// What is known of public pages by the rest of the site.
pub fn facts(cache: &mut Cache, pages: &[Arc<PageMeta>], keys: &[Fingerprint], bodies: &[Arc<Body>]) -> Vec<Facts> {
    let want = |((page, key), body)| {
        let page: &Arc<PageMeta> = page;
        Want { name: page.origin.path.clone(), key: Fingerprint::of(&(page.print, key)), input: (page, body) }
    };
    let wants: Vec<Want<(&Arc<PageMeta>, &Arc<Body>)>> = pages.par_iter().zip(keys).zip(bodies).map(want).collect();
    let facts = cache.facts.all(&wants, |(page, body)| Facts::new((*page).clone(), body));
    facts.par_iter().map(|fact| Facts::clone(fact)).collect()
}

/// The language of a page's text: its own `lang`, else that of its file.
fn lang<'a>(config: &'a Config, page: &'a PageMeta) -> &'a str {
    page.front.lang.as_deref().unwrap_or_else(|| config.language_code(page.origin.lang))
}

/// Where bodies name what has a page.
pub fn marks<'a>(cache: &mut Cache, facts: &'a [Facts], bodies: &'a [Arc<Body>]) -> Vec<Arc<Mentions>> {
    let register = EntityNames::from_pages(facts);
    let want = |pair: (&'a Facts, &'a Arc<Body>)| Want {
        name: pair.0.path().clone(),
        key: Fingerprint::of(&(pair.1.prose_print, register.print, pair.0.lang())),
        input: pair,
    };
    let wants: Vec<Want<(&Facts, &Arc<Body>)>> = facts.par_iter().zip(bodies).map(want).collect();
    cache.marks.all_or_persisted(&wants, |_, bytes| Mentions::recall(bytes), |(fact, body)| register.scan(fact.path(), fact.lang(), body))
}
