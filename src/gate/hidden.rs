//! What may be known of pages that are not public: enough to tell "hidden" from "missing", and to find today what will collide tomorrow.
//!
//! Owns `Hidden`. It must not know why a page is hidden, nor its body but for the heading that is its title.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::bounds::Section;
use super::versions::HiddenVersion;
use super::visibility::Inputs;
use super::{Why, past};
use crate::fingerprint::Fingerprint;
use crate::page::facts::{Moment, PageMeta};
use crate::page::front::Terms;
use crate::page::origin::Role;
use crate::page::route::{Kind, alias_address, hidden_name, is_address};
use crate::page::version;
use crate::url::output_path;

/// What is known of a page that is not public.
#[derive(Debug, Clone, Hash)]
pub struct Hidden {
    /// The path of its file, relative to the root.
    pub path: Arc<str>,
    /// Where it would be.
    pub route: Arc<str>,
    /// The number of its language.
    pub lang: u8,
    /// Whether it is a page, a bundle or a section.
    pub role: Role,
    /// What it is about.
    pub kind: Kind,
    /// The folder of its file, below `content/`.
    pub folder: Box<str>,
    /// Its number; `None` when it has none.
    pub id: Option<String>,
    /// Its `title`, else its first heading, else empty.
    pub title: String,
    /// Of its file or folder, without date and language.
    pub name: Box<str>,
    /// `names` and `synonyms`, and of `aliases` what has no slash.
    pub names: Vec<String>,
    /// The old addresses among its `aliases`, and where its number would lead to it.
    pub aliases: Vec<String>,
    /// Its date; `None` when it has none.
    pub date: Option<Moment>,
    /// Its marking, as the site writes it; `None` when it has none.
    pub marking: Option<Arc<str>>,
    /// Who keeps it up to date; `None` when it does not say.
    pub owner: Option<String>,
    /// Its `type`, else that of a briefing, else empty.
    pub type_: String,
    /// Its topics, tags, authors and series.
    pub terms: Terms,
    /// Why it is hidden.
    pub why: Why,
    /// The section that hides it, if it is none of its own doing.
    pub section: Option<Above>,
    /// When it becomes public by itself.
    pub due: Option<Timestamp>,
    /// Public by the clock: it is hidden only because the site is shown as it stood before.
    pub is_later: bool,
    /// The pages whose place it takes, as it names them.
    pub supersedes: Vec<String>,
}

/// A section that hides what is below it.
#[derive(Debug, Clone, Hash)]
pub struct Above {
    /// Of its `_index.md`.
    pub path: Arc<str>,
    /// From when on it does not.
    pub date: Option<Moment>,
}

impl Hidden {
    /// What is known of a page that is hidden for a reason, by a section or by itself, until an instant.
    pub(super) fn new(page: &PageMeta, why: Why, section: Option<&Section>, due: Option<Timestamp>, inputs: Inputs) -> Hidden {
        let front = &page.front;
        let (addresses, names): (Vec<&String>, Vec<&String>) = front.aliases.iter().partition(|alias| is_address(alias));
        let numbers = front.id.iter().chain(names.iter().copied()).filter_map(|id| page.address_of_number(id, inputs.config));
        let numbers: Vec<String> = numbers.collect();
        let heading = || first_heading(inputs.sources.text(&page.origin.path).get(front.body_start..).unwrap_or(""));
        Hidden {
            path: page.origin.path.clone(),
            lang: page.origin.lang,
            role: page.origin.role,
            kind: page.kind,
            folder: page.origin.folder.clone(),
            id: front.id.clone(),
            title: front.title.clone().or_else(heading).unwrap_or_default(),
            name: page.origin.name.clone(),
            names: front.names.iter().chain(&front.synonyms).chain(names).cloned().collect(),
            aliases: addresses.into_iter().map(|alias| alias_address(alias, &page.route)).chain(numbers).collect(),
            date: page.date,
            marking: page.marking.clone(),
            owner: front.owner.clone(),
            type_: page.type_name().to_string(),
            terms: front.terms.clone(),
            route: page.route.clone(),
            why,
            section: section.map(|section| Above { path: section.path.clone(), date: section.bounds.opens }),
            due,
            is_later: past::is_later(why, due, inputs.present),
            supersedes: front.supersedes.clone(),
        }
    }

    /// The date that hides it: its own, or that of its section.
    pub fn opens(&self) -> Option<Moment> {
        self.section.as_ref().map_or(self.date, |section| section.date)
    }

    /// Whether an error of its own front matter hides it: nobody can tell whether it is public.
    pub fn is_mistaken(&self) -> bool {
        matches!(self.why, Why::Unknown | Why::Unclear)
    }

    /// Everything to which a wikilink or a reference to this page could be spelt.
    pub fn answers(&self) -> impl Iterator<Item = &str> {
        let inside = self.path.strip_prefix("content/").unwrap_or(&self.path);
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let slug = self.route.trim_end_matches('/').rsplit('/').next().unwrap_or("");
        let folder = if self.role == Role::Page { "" } else { &*self.folder };
        let own = [self.id.as_deref().unwrap_or(""), &self.title, &self.name, slug, stem, folder, &self.route];
        own.into_iter().chain(self.names.iter().chain(&self.aliases).map(String::as_str)).filter(|name| !name.trim_matches('/').is_empty())
    }
}

/// The files that the output would have of pages and earlier texts that are hidden, if they were not.
pub struct HiddenFiles<'a> {
    /// Pages and redirects to them, earlier texts and what became of them.
    files: BTreeSet<String>,
    /// The addresses of pages with files of their own, and of sections.
    folders: BTreeSet<&'a str>,
}

impl HiddenFiles<'_> {
    /// The files of these.
    pub fn new<'a>(hidden: &'a [Hidden], versions: &[HiddenVersion]) -> HiddenFiles<'a> {
        let routes = hidden.iter().flat_map(|page| std::iter::once(&*page.route).chain(page.aliases.iter().map(String::as_str)));
        let bundles = hidden.iter().filter(|page| page.role != Role::Page && &*page.route != "/");
        let of_versions = versions.iter().flat_map(|version| [version.route.to_string(), version::changes(&version.route)]);
        let files = routes.map(output_path).chain(of_versions.map(|route| output_path(&route))).collect();
        HiddenFiles { files, folders: bundles.map(|page| page.route.trim_start_matches('/')).collect() }
    }

    /// Whether a file of an output belonged to one of them.
    pub fn contains(&self, path: &str) -> bool {
        // What lies beside a page is no page.
        let is_beside = || !path.ends_with("/index.html") && path.match_indices('/').any(|(at, _)| self.folders.contains(&path[..=at]));
        self.files.contains(path) || is_beside()
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
pub fn hidden_names(hidden: &[Hidden]) -> HashSet<Fingerprint> {
    hidden.iter().flat_map(|page| page.answers().map(hidden_name)).collect()
}

/// The folders of hidden bundles and sections: their files are hidden with them.
pub fn hidden_folders(hidden: &[Hidden]) -> BTreeMap<&str, &Hidden> {
    hidden.iter().filter(|page| page.role != Role::Page).map(|page| (&*page.folder, page)).collect()
}

/// The folders of `content/` that a file lies in, the nearest first, without `content/` itself.
pub fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    std::iter::successors(inside.rsplit_once('/').map(|(folder, _)| folder), |folder| folder.rsplit_once('/').map(|(above, _)| above))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn wikilinks_keep_silent_about_every_name_of_a_hidden_page() {
        let secret = page("briefings/2024-05-01-plan-b.md").title("Retreat").id("PB-7").status(Status::Draft);
        let secret = secret.with("names", "[Operation X]", |front, _| front.names = vec!["Operation X".into()]);
        let sample = site([secret.aliases(&["Sunset plan", "/old/plan/"])]);
        let hidden_names = hidden_names(&sample.gate.hidden);
        for name in [
            "sunset-plan",
            "/old/plan/",
            "retreat",
            "PB-7",
            "plan-b",
            "Plan B",
            "operation x",
            "briefings/plan-b",
            "/briefings/plan-b/",
            "briefings/2024-05-01-plan-b",
        ] {
            assert!(hidden_names.contains(&hidden_name(name)), "{name}");
        }
        assert!(!hidden_names.contains(&hidden_name("briefings")));
    }

    #[test]
    fn a_hidden_page_without_a_title_answers_to_its_first_heading() {
        assert_eq!(first_heading("Words.\n\n## *Secret* plan {#x}\n# Other").as_deref(), Some("Secret plan"));
        assert_eq!(first_heading("Secret plan\n===\n").as_deref(), Some("Secret plan"));
        assert_eq!(first_heading("#no heading\n\n---\nwords"), None);
    }
}
