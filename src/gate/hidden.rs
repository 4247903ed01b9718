//! What may be known of pages that are not public: enough to tell "hidden" from "missing", and to find today what will collide tomorrow.
//!
//! Owns `Hidden`. It must not know why a page is hidden, nor its body but for the heading that is its title.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Gate, Why};
use crate::fingerprint::Fingerprint;
use crate::page::facts::{Admitted, Moment};
use crate::page::origin::Role;
use crate::page::route::{Kind, silence};
use crate::sources::{Content, Sources};

/// What is known of a page that is not public.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub path: Arc<str>,
    pub route: Arc<str>,
    pub lang: u8,
    pub role: Role,
    pub kind: Kind,
    pub folder: Box<str>,
    pub id: Option<String>,
    /// Its `title`, else its first heading, else empty.
    pub title: String,
    /// Of its file or folder, without date and language.
    pub name: Box<str>,
    /// `names` and `synonyms`.
    pub names: Vec<String>,
    pub date: Option<Moment>,
    pub why: Why,
    /// When it becomes public by itself.
    pub due: Option<Timestamp>,
}

impl Hidden {
    pub(super) fn of(page: Admitted, why: Why, due: Option<Timestamp>, sources: &Sources) -> Hidden {
        let front = &page.front;
        let body = || sources.text(&page.origin.path).get(front.body_start..).unwrap_or("");
        Hidden {
            path: page.origin.path.clone(),
            lang: page.origin.lang,
            role: page.origin.role,
            kind: page.kind,
            folder: page.origin.folder.clone(),
            id: front.id.clone(),
            title: front.title.clone().or_else(|| first_heading(body())).unwrap_or_default(),
            name: page.origin.name.clone(),
            names: front.names.iter().chain(&front.synonyms).cloned().collect(),
            date: page.date,
            route: page.route,
            why,
            due,
        }
    }

    /// Everything to which a wikilink or a reference to this page could be spelt.
    pub fn answers(&self) -> impl Iterator<Item = &str> {
        let inside = self.path.strip_prefix("content/").unwrap_or(&self.path);
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let slug = self.route.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let folder = if self.role == Role::Page { "" } else { &*self.folder };
        let own = [self.id.as_deref().unwrap_or(""), &self.title, &self.name, slug, stem, folder, &self.route];
        own.into_iter().chain(self.names.iter().map(String::as_str)).filter(|name| !name.trim_matches('/').is_empty())
    }
}

/// The first heading of a Markdown text, without its marks. It is read without a parser: too much silence about a name does no harm.
fn first_heading(text: &str) -> Option<String> {
    let mut above = "";
    for line in text.lines().map(str::trim) {
        let is_underline = !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'));
        let words = line.trim_start_matches('#');
        if words.len() < line.len() && words.starts_with([' ', '\t']) {
            return Some(without_marks(words));
        }
        if is_underline && !above.is_empty() {
            return Some(without_marks(above));
        }
        above = line;
    }
    None
}

fn without_marks(heading: &str) -> String {
    let words = heading.split_once(" {").map_or(heading, |(words, _)| words);
    words.trim_end_matches('#').replace(['*', '`'], "").trim().to_string()
}

/// Fingerprints of the names to which hidden pages answer in wikilinks, so that a link to one can keep silent about it
/// without the index knowing what is hidden.
pub fn silences(hidden: &[Hidden]) -> HashSet<Fingerprint> {
    hidden.iter().flat_map(|page| page.answers().map(silence)).collect()
}

/// Bundles' folders of hidden pages: their files are hidden with them.
pub fn hidden_folders(hidden: &[Hidden]) -> BTreeMap<&str, &Hidden> {
    hidden.iter().filter(|page| page.role == Role::Bundle).map(|page| (&*page.folder, page)).collect()
}

/// The files beside pages that no hidden page owns, each with the folder of the bundle that owns it: the nearest one at or above it.
/// A bundle is public as soon as it is so in one language.
pub fn files(sources: &Sources, gate: &Gate) -> Vec<(Arc<str>, Option<Box<str>>)> {
    let mut bundles: HashMap<&str, bool> = hidden_folders(&gate.hidden).into_keys().map(|folder| (folder, false)).collect();
    let public = gate.public.iter().filter(|page| page.origin.role == Role::Bundle);
    bundles.extend(public.map(|page| (&*page.origin.folder, true)));
    let files = sources.below("content/").iter().filter(|source| matches!(source.content, Content::File));
    files
        .filter_map(|file| match folders_above(&file.path).find_map(|folder| bundles.get_key_value(folder)) {
            Some((_, false)) => None,
            Some((folder, true)) => Some((file.path.clone(), Some(Box::from(*folder)))),
            None => Some((file.path.clone(), None)),
        })
        .collect()
}

/// The folders of `content/` that a file lies in, the nearest first, without `content/` itself.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    std::iter::successors(inside.rsplit_once('/').map(|(folder, _)| folder), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}
