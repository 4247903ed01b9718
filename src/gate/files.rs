//! Files beside pages: which of them nobody may see, and which wait until somebody who may be seen uses them.
//!
//! It must not know where a file is published, nor which links of public pages lead to it.

use std::borrow::Borrow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::Gate;
use super::hidden::folders_above;
use crate::config::Config;
use crate::html::attributes as html;
use crate::page::origin::{Beside, Role};
use crate::sources::{Content, Sources};
use crate::url::decode;

/// The files that may be published. One that a hidden page owns is not among them; a bundle or a section is public as soon as it is so in one
/// language, but a file whose name has a language is that translation's.
pub fn files(sources: &Sources, config: &Config, gate: &Gate) -> Vec<Beside> {
    let files = sources.below("content/").iter().filter(|source| matches!(source.content, Content::File));
    let owners = Owners::new(gate);
    let uses = OnceCell::new();
    let hidden = || Uses::from_texts(gate.hidden.iter().map(|page| sources.text(&page.path)));
    let beside = |path: &Arc<str>| {
        let owner = owners.owner(path, language(path, config))?;
        let waits = owner.is_some() && !gate.hidden.is_empty() && uses.get_or_init(hidden).name(path);
        Some(Beside { path: path.clone(), owner: owner.map(Box::from), waits })
    };
    files.filter_map(|file| beside(&file.path)).collect()
}

/// The language of the site that a file's name has: 1 is the first besides the default one, as in `chart.fr.svg`.
fn language(path: &str, config: &Config) -> Option<u8> {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    let (_, code) = name.rsplit_once('.')?.0.rsplit_once('.')?;
    (0..=config.languages.len() as u8).find(|lang| config.language_code(*lang) == code)
}

/// In which languages the folders of bundles and sections are public.
struct Owners<'a> {
    bundles: HashMap<&'a str, Languages>,
    sections: HashMap<&'a str, Languages>,
}

#[derive(Default)]
struct Languages {
    public: Vec<u8>,
    hidden: Vec<u8>,
}

impl Languages {
    /// Whether a file of this language, or of none, is hidden with a page here.
    fn hide(&self, language: Option<u8>) -> bool {
        let is_own = language.filter(|lang| self.public.contains(lang) || self.hidden.contains(lang));
        is_own.map_or(self.public.is_empty(), |lang| !self.public.contains(&lang))
    }
}

impl Languages {
    /// Whether a file below a section is hidden with it: the index of the default language holds for files of no language, and for those of a
    /// language without an index of its own.
    fn hide_below(&self, language: Option<u8>) -> bool {
        let is_hidden = |lang: &u8| self.hidden.contains(lang) && !self.public.contains(lang);
        match language {
            Some(lang) if self.public.contains(&lang) => false,
            Some(lang) => is_hidden(&lang) || is_hidden(&0),
            None => is_hidden(&0) && self.public.is_empty(),
        }
    }
}

impl<'a> Owners<'a> {
    fn new(gate: &'a Gate) -> Owners<'a> {
        let mut owners = Owners { bundles: HashMap::new(), sections: HashMap::new() };
        for page in &gate.public {
            owners.languages(page.origin.role, &page.origin.folder, |languages| languages.public.push(page.origin.lang));
        }
        for page in &gate.hidden {
            owners.languages(page.role, &page.folder, |languages| languages.hidden.push(page.lang));
        }
        owners
    }

    fn languages(&mut self, role: Role, folder: &'a str, note: impl Fn(&mut Languages)) {
        match role {
            Role::Page => {}
            Role::Bundle => note(self.bundles.entry(folder).or_default()),
            Role::Section => note(self.sections.entry(folder).or_default()),
        }
    }

    /// The folder of the bundle that owns a file, the nearest one at or above it; nothing at all, if the file is hidden.
    fn owner(&self, path: &str, language: Option<u8>) -> Option<Option<&'a str>> {
        let is_hidden = |folder: &str| self.sections.get(folder).is_some_and(|section| section.hide_below(language));
        if folders_above(path).chain([""]).any(is_hidden) {
            return None;
        }
        match folders_above(path).find_map(|folder| self.bundles.get_key_value(folder)) {
            Some((_, bundle)) if bundle.hide(language) => None,
            Some((folder, _)) => Some(Some(folder)),
            None => Some(None),
        }
    }
}

/// What texts may use, by the names of files in them. They are read without a parser: a name too many keeps a file back that nobody links to,
/// a missing one would publish it.
pub struct Uses {
    /// The texts as they are and as they are meant, in small and composed letters.
    text: String,
    /// The words of the text, so that few names are looked for in the whole of it.
    words: HashSet<Box<str>>,
}

impl Uses {
    /// What these texts may use.
    pub fn from_texts(texts: impl Iterator<Item = impl Borrow<String>>) -> Uses {
        let mut text = String::new();
        for written in texts {
            let written = written.borrow();
            text.push_str(&folded(written));
            text.push('\n');
            if written.contains(['\\', '&', '%']) {
                text.push_str(&folded(&decode(&html::unescape(&written.replace('\\', "")))));
                text.push('\n');
            }
        }
        let words = words(&text).map(Box::from).collect();
        Uses { text, words }
    }

    /// Whether the texts may use the file at a path.
    pub fn name(&self, path: &str) -> bool {
        let name = folded(path.rsplit_once('/').map_or(path, |(_, name)| name));
        words(&name).all(|word| self.words.contains(word)) && self.text.contains(&*name)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A text in small and composed letters.
fn folded(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().collect::<String>().to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Status;
    use crate::testing::{Page, page, site_with};

    #[test]
    fn the_nearest_bundle_above_a_file_owns_it() {
        let pages = || vec![page("a/index.md"), page("a/b/index.md").status(Status::Draft), page("c.md")];
        let paths = ["content/a/x.csv", "content/a/b/y.csv", "content/a/b/deep/z.csv", "content/c.csv"];
        let sample = site_with(|_| {}, pages(), &paths);
        let files = files(&sample.sources, &sample.site.config, &sample.gate);
        let reports: Vec<(&str, Option<&str>)> = files.iter().map(|file| (&*file.path, file.owner.as_deref())).collect();
        assert_eq!(reports, [("content/a/x.csv", Some("a")), ("content/c.csv", None)]);
    }

    #[test]
    fn a_bundle_that_is_public_in_one_language_publishes_its_files() {
        let pages = vec![page("a/index.md").status(Status::Draft), page("a/index.fr.md")];
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &["content/a/x.csv"]);
        assert_eq!(files(&sample.sources, &sample.site.config, &sample.gate).len(), 1);
    }

    /// The files of a site with French pages that may be published, and with a `?` those that wait.
    fn published(pages: Vec<Page>, paths: &[&str]) -> Vec<String> {
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, paths);
        let describe = |file: &Beside| format!("{}{}", file.path.trim_start_matches("content/"), if file.waits { "?" } else { "" });
        files(&sample.sources, &sample.site.config, &sample.gate).iter().map(describe).collect()
    }

    #[test]
    fn a_file_whose_name_has_a_language_is_hidden_with_that_translation() {
        let pages = || vec![page("a/index.md"), page("a/index.fr.md").status(Status::Draft)];
        let paths = ["content/a/chart.fr.svg", "content/a/chart.svg", "content/a/data.xx.csv"];
        assert_eq!(published(pages(), &paths), ["a/chart.svg", "a/data.xx.csv"]);
        let french = vec![page("a/index.md").status(Status::Draft), page("a/index.fr.md")];
        assert_eq!(published(french, &["content/a/chart.en.svg", "content/a/chart.fr.svg"]), ["a/chart.fr.svg"]);
        let alone = vec![page("a/index.md")];
        assert_eq!(published(alone, &["content/a/chart.fr.svg"]), ["a/chart.fr.svg"], "there is no such translation");
    }

    #[test]
    fn a_file_of_a_public_bundle_that_a_hidden_page_uses_waits_for_a_public_one() {
        let draft = page("a/index.fr.md").to("My%20plan.svg").to("data/b.csv").status(Status::Draft);
        let pages = vec![page("a/index.md"), draft];
        let paths = ["content/a/My plan.svg", "content/a/c.csv", "content/a/data/b.csv"];
        assert_eq!(published(pages, &paths), ["a/My plan.svg?", "a/c.csv", "a/data/b.csv?"]);
    }

    #[test]
    fn the_files_of_a_hidden_section_are_hidden() {
        let pages = || vec![page("a/_index.md").status(Status::Draft), page("a/b/index.md"), page("c.md")];
        let paths = ["content/a/x.csv", "content/a/b/y.csv", "content/z.csv"];
        assert_eq!(published(pages(), &paths), ["z.csv"]);
        let pages = pages().into_iter().chain([page("a/_index.fr.md")]).collect();
        assert_eq!(published(pages, &paths[..1]), ["a/x.csv"], "the section is public in one language");
    }

    #[test]
    fn a_hidden_index_of_a_translation_hides_the_files_of_that_translation_alone() {
        let pages = vec![page("a/_index.fr.md").status(Status::Draft), page("a/x.md")];
        assert_eq!(published(pages, &["content/a/x.csv", "content/a/x.en.csv", "content/a/x.fr.csv"]), ["a/x.csv", "a/x.en.csv"]);
    }

    #[test]
    fn names_are_found_however_a_text_writes_them() {
        let uses = |text: &str, name: &str| Uses::from_texts([text.to_string()].into_iter()).name(name);
        for (text, name) in [
            ("![](<chart (1).svg>)", "a/chart (1).svg"),
            ("![](chart%20(1).svg)", "a/chart (1).svg"),
            ("[p](<Plan [v2].pdf>)", "a/Plan [v2].pdf"),
            (r"![[a\_b.svg]]", "a/a_b.svg"),
            ("<img src=\"a&amp;b.svg\">", "a/a&b.svg"),
            ("[d](numbers)", "a/numbers"),
            ("[d](R%C3%89SUM%C3%89.pdf)", "a/re\u{301}sume\u{301}.pdf"),
        ] {
            assert!(uses(text, name), "{text}");
        }
        assert!(!uses("[d](chart.svg)", "a/chart (1).svg") && !uses("[d](flowchart.svg)", "a/chart.svg"));
    }
}
