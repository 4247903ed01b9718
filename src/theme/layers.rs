//! The files of a theme by layer: which text a name stands for.
//!
//! It must not know what the templates say, but for the names of the components they define.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::languages::{Author, StringsFile};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};
use crate::sources::{Content, Sources};

/// The default theme, inside the binary.
static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A template under the name by which others call it.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateFile {
    /// `base.html`, `theme/base.html`, `default/base.html` or `shortcodes/figure.html`.
    pub name: String,
    /// Relative to the root; of the built-in theme `themes/default/…`.
    pub path: Arc<str>,
    /// What is in it.
    pub text: Arc<str>,
}

/// A file that is published.
pub struct StaticFile {
    /// Below `static/`.
    pub name: String,
    /// As that of a template.
    pub path: Arc<str>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A theme's files, the upper layers over the lower ones.
pub struct Layers {
    /// The templates of all layers, each under every name that it has.
    pub templates: Vec<TemplateFile>,
    /// Files of `static/` of the theme.
    pub statics: Vec<StaticFile>,
    /// Files of strings, those of lower layers first.
    pub strings: Vec<StringsFile>,
    /// Path and text of `theme.toml`.
    pub settings: (Arc<str>, Arc<str>),
    /// Those of the built-in theme.
    pub built_in_settings: (Arc<str>, Arc<str>),
    /// What is wrong with the files.
    pub diagnostics: Vec<Diagnostic>,
}

type Files = BTreeMap<String, (Arc<str>, Vec<u8>)>;

/// Reads the layers for the theme called `name`.
pub fn stack(sources: &Sources, name: &str) -> Layers {
    let mut diagnostics = Vec::new();
    let built_in = built_in();
    let theme = folder(sources, &format!("themes/{name}/"), &mut diagnostics);
    let site = folder(sources, "templates/", &mut diagnostics);
    if theme.is_empty() && name != "default" {
        diagnostics.push(missing(sources, name));
    }
    // A name is what the uppermost layer says; the lower ones are called by `theme/…` and `default/…`.
    let mut top: BTreeMap<String, (Arc<str>, Arc<str>)> = BTreeMap::new();
    let mut lower: BTreeMap<String, (Arc<str>, Arc<str>)> = BTreeMap::new();
    for (prefix, files) in [("default/", &built_in), ("theme/", &theme), ("", &site)] {
        for (file, (path, bytes)) in files {
            let Some(template) = template_name(file, prefix.is_empty()) else { continue };
            let text: Arc<str> = Arc::from(String::from_utf8_lossy(bytes));
            if !prefix.is_empty() {
                lower.insert(format!("{prefix}{template}"), (path.clone(), text.clone()));
                // What the theme does not have it takes from the built-in one; what it has comes later and holds.
                if prefix == "default/" {
                    lower.insert(format!("theme/{template}"), (path.clone(), text.clone()));
                }
            }
            top.insert(template, (path.clone(), text));
        }
    }
    leave_lone_parts(&mut top);
    leave_frameless(&mut top);
    if !has_versions(sources) {
        let is_idle = |name: &str, path: &str| {
            OF_VERSIONS.contains(&name) && path.starts_with("themes/default/") && !theme.contains_key(&format!("templates/{name}"))
        };
        top.retain(|name, (path, _)| !is_idle(name, path));
    }
    // Only the lower templates that are called: a component may be defined once.
    let calls = |text: &&Arc<str>| text.contains("default/") || text.contains("theme/");
    let callers: Vec<&Arc<str>> = top.values().chain(lower.values()).map(|(_, text)| text).filter(calls).collect();
    let called: BTreeSet<String> = lower.keys().filter(|name| callers.iter().any(|text| text.contains(name.as_str()))).cloned().collect();
    let templates = top
        .into_iter()
        .chain(lower.into_iter().filter(|(name, _)| called.contains(name)))
        .map(|(name, (path, text))| TemplateFile { name, path, text })
        .collect();
    let mut statics = BTreeMap::new();
    for files in [&built_in, &theme] {
        for (file, (path, bytes)) in files {
            if let Some(name) = file.strip_prefix("static/") {
                statics.insert(name, StaticFile { name: name.to_string(), path: path.clone(), bytes: bytes.clone() });
            }
        }
    }
    let built_in_settings = theme_toml(&built_in).unwrap_or_else(|| (Arc::from("theme.toml"), Arc::from("")));
    let settings = theme_toml(&theme).unwrap_or_else(|| built_in_settings.clone());
    let authors = [(&built_in, Author::Program), (&theme, Author::Site), (&site, Author::Site)];
    let strings = authors.into_iter().flat_map(|(files, author)| strings(files, author)).collect();
    Layers { templates, statics: statics.into_values().collect(), strings, settings, built_in_settings, diagnostics }
}

/// The template for the further parts of a list, by that for the first: `home_part.html` for `home.html`.
pub fn part_of(template: &str) -> String {
    format!("{}_part.html", template.trim_end_matches(".html"))
}

/// Leaves out `home_part.html` if a higher layer has a `home.html`, to which it does not belong.
fn leave_lone_parts(top: &mut BTreeMap<String, (Arc<str>, Arc<str>)>) {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_string());
    let folders: BTreeMap<String, String> = top.iter().map(|(name, (path, _))| (part_of(name), folder(path))).collect();
    top.retain(|name, (path, _)| folders.get(name).is_none_or(|first| *first == folder(path)));
}

/// The built-in templates of earlier texts, which a site without any need not have.
const OF_VERSIONS: [&str; 2] = ["comparison.html", "version.html"];

/// Whether a site keeps earlier texts of its pages.
pub fn has_versions(sources: &Sources) -> bool {
    !sources.below("content/_versions/").is_empty()
}

/// Templates that came into the built-in theme when others had frames of their own already.
const LATER: [&str; 4] = ["comparison.html", "source.html", "sources.html", "version.html"];

/// Leaves those out if the `base.html` of a higher layer has no place for them: a site that cites nothing needs none.
fn leave_frameless(top: &mut BTreeMap<String, (Arc<str>, Arc<str>)>) {
    let Some((base, text)) = top.get("base.html").cloned() else { return };
    if text.contains("block main") || text.contains("extends") {
        return;
    }
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_string());
    top.retain(|name, (path, _)| !LATER.contains(&name.as_str()) || folder(path) == folder(&base));
}

/// Path and text of a theme's `theme.toml`.
fn theme_toml(files: &Files) -> Option<(Arc<str>, Arc<str>)> {
    files.get("theme.toml").map(|(path, bytes)| (path.clone(), Arc::from(String::from_utf8_lossy(bytes))))
}

/// The files `i18n/LANG.toml` of a layer.
fn strings(files: &Files, author: Author) -> impl Iterator<Item = StringsFile> {
    files.iter().filter_map(move |(file, (path, bytes))| {
        let lang = file.strip_prefix("i18n/")?.strip_suffix(".toml")?.to_string();
        Some(StringsFile { lang, path: path.clone(), text: Arc::from(String::from_utf8_lossy(bytes)), author })
    })
}

/// `templates/base.html` of a theme and `base.html` of the site are `base.html`; shortcodes keep their folder.
fn template_name(file: &str, is_site: bool) -> Option<String> {
    let is_template = file.ends_with(".html") || file.ends_with(".xml") || file.ends_with(".txt");
    if !is_template {
        return None;
    }
    if is_site || file.starts_with("shortcodes/") {
        return Some(file.to_string());
    }
    file.strip_prefix("templates/").map(str::to_string)
}

/// The files of the default theme by their paths in it, such as `templates/briefing.html`, in the order of the paths.
pub fn built_in_files() -> impl Iterator<Item = (String, Vec<u8>)> {
    built_in().into_iter().map(|(name, (_, bytes))| (name, bytes))
}

fn built_in() -> Files {
    fn collect(dir: &Dir, files: &mut Files) {
        for file in dir.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            files.insert(name.clone(), (Arc::from(format!("themes/default/{name}")), file.contents().to_vec()));
        }
        for dir in dir.dirs() {
            collect(dir, files);
        }
    }
    let mut files = Files::new();
    collect(&BUILT_IN, &mut files);
    files
}

fn folder(sources: &Sources, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let mut files = Files::new();
    for source in sources.below(folder) {
        let bytes = match &source.content {
            Content::Text(text) => text.get().as_bytes().to_vec(),
            Content::File => {
                let mut bytes = Vec::new();
                if let Err(error) = sources.copy(&source.path, &mut bytes) {
                    diagnostics.push(
                        Diagnostic::error(codes::UNREADABLE, format!("cannot read this file: {error}")).at(Place::file(&source.path)),
                    );
                }
                bytes
            }
        };
        files.insert(source.path[folder.len()..].to_string(), (source.path.clone(), bytes));
    }
    files
}

fn missing(sources: &Sources, name: &str) -> Diagnostic {
    let mut themes: Vec<&str> = sources.below("themes/").iter().filter_map(|source| source.path.split('/').nth(1)).collect();
    themes.push("default");
    themes.dedup();
    let problem =
        Diagnostic::error("unknown-theme", format!("there is no theme `{name}` in `themes/`")).at(Place::file(&sources.settings.0));
    match nearest(name, themes.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint(format!("themes here: {}", themes.join(", "))),
    }
}

/// The names of the components that a template defines.
pub fn components(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("component ").filter_map(|(at, word)| {
        let before = text[..at].trim_end_matches(['-', ' ']);
        let name = text[at + word.len()..].split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '.')).next()?;
        (before.ends_with("{%") && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path of the text that a name stands for, on a site with these templates and the theme `mine`.
    fn path_of(name: &str, files: &[(&str, &str)]) -> Option<String> {
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", files);
        let layers = stack(&sources, "mine");
        layers.templates.iter().find(|template| template.name == name).map(|template| template.path.to_string())
    }

    #[test]
    fn a_name_is_what_the_uppermost_layer_says() {
        let files = [("templates/tag.html", ""), ("themes/mine/templates/tag.html", ""), ("themes/mine/templates/home.html", "")];
        assert_eq!(path_of("tag.html", &files).as_deref(), Some("templates/tag.html"));
        assert_eq!(path_of("home.html", &files).as_deref(), Some("themes/mine/templates/home.html"));
        assert_eq!(path_of("page.html", &files).as_deref(), Some("themes/default/templates/page.html"));
    }

    #[test]
    fn the_theme_has_what_it_takes_from_the_built_in_one() {
        let calls = "{% extends \"theme/home.html\" %}{% extends \"theme/tag.html\" %}{% extends \"default/home.html\" %}";
        let files = [("templates/x.html", calls), ("themes/mine/templates/home.html", "")];
        assert_eq!(path_of("theme/home.html", &files).as_deref(), Some("themes/mine/templates/home.html"));
        assert_eq!(path_of("theme/tag.html", &files).as_deref(), Some("themes/default/templates/tag.html"));
        assert_eq!(path_of("default/home.html", &files).as_deref(), Some("themes/default/templates/home.html"));
        assert_eq!(path_of("default/tag.html", &files), None);
    }
}
