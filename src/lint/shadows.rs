//! What hidden pages answer to: so that "hidden" can be told from "missing".
//!
//! Owns `Shadows`. It must not know public pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::LintContext;
use crate::fingerprint::Fingerprint;
use crate::gate::hidden::folders_above;
use crate::gate::versions::HiddenVersion;
use crate::gate::{Hidden, Why, hidden_folders};
use crate::index::names::{bare, of_kind};
use crate::page::body::destination::names_file;
use crate::page::facts::{Facts, Moment};
use crate::page::route::hidden_name;
use crate::sources::Sources;
use crate::url::{absolute, climb, composed};

/// Look-ups among hidden pages.
pub struct Shadows<'a> {
    sources: &'a Sources,
    /// By composed path.
    paths: HashMap<Cow<'a, str>, &'a Hidden>,
    /// Addresses, and those that lead there.
    routes: HashMap<&'a str, &'a Hidden>,
    names: HashMap<Fingerprint, Vec<&'a Hidden>>,
    folders: BTreeMap<&'a str, &'a Hidden>,
}

impl<'a> Shadows<'a> {
    /// The hidden pages of a site, by what could be meant for them.
    pub fn new(context: &LintContext<'a>) -> Shadows<'a> {
        let mut names: HashMap<Fingerprint, Vec<&Hidden>> = HashMap::new();
        for page in context.hidden {
            for name in page.answers() {
                names.entry(hidden_name(name)).or_default().push(page);
            }
        }
        let aliases = context.hidden.iter().flat_map(|page| page.aliases.iter().map(move |alias| (alias.as_str(), page)));
        let routes = context.hidden.iter().map(|page| (&*page.route, page));
        Shadows {
            sources: context.sources,
            paths: context.hidden.iter().map(|page| (composed(&page.path), page)).collect(),
            routes: aliases.chain(routes).collect(),
            names,
            folders: hidden_folders(context.hidden),
        }
    }

    /// The hidden page that lives at one of these places or owns the file there, or else answers to it as to a name.
    pub fn at(&self, places: &[String]) -> Option<&'a Hidden> {
        places.iter().find_map(|place| {
            if place.starts_with("content/") {
                self.paths.get(&composed(place)).copied().or_else(|| self.owner(place))
            } else if place.starts_with('/') {
                self.at_address(place)
            } else {
                self.named(place).or_else(|| self.owner_of_name(place))
            }
        })
    }

    /// The hidden page that a wikilink or a reference would mean.
    pub fn named(&self, name: &str) -> Option<&'a Hidden> {
        let (kind, name) = of_kind(name).map_or((None, name), |(kind, rest)| (Some(kind), rest));
        let pages = self.names.get(&hidden_name(bare(name)))?;
        pages.iter().find(|page| kind.is_none_or(|kind| page.kind == kind)).copied()
    }

    /// The hidden page that owns the file that a page names as its `image`.
    pub fn of_image(&self, fact: &Facts, image: &str) -> Option<&'a Hidden> {
        let folder = fact.path().rsplit_once('/').map_or("content", |(folder, _)| folder);
        let inside = image.trim_start_matches("@/").trim_start_matches('/');
        let places = climb(folder, image).into_iter().chain([format!("content/{inside}"), format!("/{inside}")]);
        self.at(&places.filter(|place| place.starts_with("content/") || place.starts_with('/')).collect::<Vec<String>>())
    }

    fn at_address(&self, address: &str) -> Option<&'a Hidden> {
        let page = composed(&absolute(address.strip_suffix("index.html").unwrap_or(address))).into_owned();
        if let Some(found) = self.routes.get(page.as_str()) {
            return Some(found);
        }
        // The longest address of a hidden page that this one lies below.
        let mut folders = address.rmatch_indices('/').map(|(at, _)| address.split_at(at + 1));
        folders.find_map(|(folder, file)| {
            let page = *self.routes.get(folder)?;
            self.sources.get(&format!("content/{}/{file}", page.folder)).map(|_| page)
        })
    }

    /// The hidden page that owns a file of this name.
    fn owner_of_name(&self, name: &str) -> Option<&'a Hidden> {
        let is_it = |path: &str| path.strip_suffix(name).is_some_and(|folder| folder.ends_with('/'));
        if !names_file(name) {
            return None;
        }
        self.sources.below("content/").iter().filter(|source| is_it(&source.path)).find_map(|source| self.owner(&source.path))
    }

    /// The hidden page that a file beside pages belongs to.
    fn owner(&self, path: &str) -> Option<&'a Hidden> {
        let is_it = |source: &crate::sources::Source| composed(&source.path) == composed(path);
        let is_there = self.sources.get(path).is_some() || !path.is_ascii() && self.sources.below("content/").iter().any(is_it);
        if !is_there {
            return None;
        }
        folders_above(path).find_map(|folder| self.folders.get(folder).copied())
    }
}

/// Why a page is hidden, as the end of a sentence that begins with it.
pub fn why(page: &Hidden) -> String {
    match &page.section {
        Some(section) => format!("is in a section that {} (`{}`)", of_state(page), section.path),
        None => of_state(page),
    }
}

/// Why an earlier text is hidden, likewise.
pub fn why_version(version: &HiddenVersion) -> String {
    state(version.why, version.marking.as_deref(), None)
}

/// The words for the state of a page, or of the section that hides it.
fn of_state(page: &Hidden) -> String {
    state(page.why, page.marking.as_deref(), page.opens())
}

fn state(why: Why, marking: Option<&str>, opens: Option<Moment>) -> String {
    match why {
        Why::Draft => "is a draft".into(),
        Why::Review => "is in review".into(),
        Why::Unknown => "has an unknown state".into(),
        Why::Unpublished => "has `permalink: false`".into(),
        Why::Marked => format!("is marked `{}`", marking.unwrap_or_default()),
        Why::Scheduled => opens.map_or_else(|| "is scheduled".into(), |date| format!("is scheduled for {}", when(date))),
        Why::Expired => "has expired".into(),
        Why::Unclear => "has a date that names no instant".into(),
    }
}

/// `2026-05-01`, and the time if it is not midnight.
fn when(moment: Moment) -> String {
    let midnight = moment.civil.time() == jiff::civil::Time::midnight();
    moment.civil.strftime(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" }).to_string()
}
