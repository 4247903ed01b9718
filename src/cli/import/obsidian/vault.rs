//! A vault as a whole: which of its files are notes, which are not taken along, and what its settings say.
//!
//! It must not know what stands in a note.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::links::key;
use crate::cli::error::Error;
use crate::cli::import::new_site::{NewSite, Note};
use crate::cli::import::original::Original;
use crate::page::route::Kind;

/// Files that only Obsidian and its plugins read, by the ends of their names.
const FOREIGN: [(&str, &str); 4] = [
    (".excalidraw.md", "a drawing of Excalidraw"),
    (".canvas", "a canvas"),
    (".base", "a base"),
    (".excalidraw", "a drawing of Excalidraw"),
];

/// Where the settings of a vault say where templates lie (<https://help.obsidian.md/plugins/templates>,
/// <https://silentvoid13.github.io/Templater/settings.html>): file and key.
const TEMPLATES: [(&str, &str); 2] =
    [(".obsidian/templates.json", "folder"), (".obsidian/plugins/templater-obsidian/data.json", "templates_folder")];

/// What of a vault is taken along.
#[derive(Debug, Default)]
pub struct Vault {
    /// In the order of the alphabet.
    pub notes: Vec<String>,
    /// What else lies there.
    pub files: Vec<String>,
    /// The folder of daily notes, and how their names are written, in the signs of Moment.
    pub daily: Option<(String, String)>,
    /// Folders of templates, and how many lie there.
    templates: BTreeMap<String, usize>,
    /// What only Obsidian reads.
    foreign: Vec<(String, &'static str)>,
    /// Files that lie below a folder or have a name that is not read here.
    unread: Vec<String>,
    /// Whether a line of a note is a line on the page.
    keeps_lines: bool,
}

impl Vault {
    /// Sorts the files of a vault.
    ///
    /// # Errors
    /// A file of its settings cannot be read.
    pub fn read(original: &Original) -> Result<Vault, Error> {
        let daily = setting(original, ".obsidian/daily-notes.json")?;
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(|text| text.trim_matches('/').to_string());
        let mut folders: Vec<String> = Vec::new();
        for (file, name) in TEMPLATES {
            folders.extend(text(&setting(original, file)?, name));
        }
        let one = text(&daily, "template").map(|path| if path.ends_with(".md") { path } else { format!("{path}.md") });
        let format = text(&daily, "format").filter(|format| !format.is_empty()).unwrap_or_else(|| "YYYY-MM-DD".into());
        let app = setting(original, ".obsidian/app.json")?;
        let mut vault = Vault {
            daily: original.has(".obsidian/daily-notes.json").then(|| (text(&daily, "folder").unwrap_or_default(), format)),
            keeps_lines: original.has_folder(".obsidian") && app.get("strictLineBreaks").and_then(Value::as_bool) != Some(true),
            ..Vault::default()
        };
        for path in original.paths().filter(|path| path.split('/').all(|part| !part.starts_with('.'))) {
            let template =
                folders.iter().find(|folder| !folder.is_empty() && path.strip_prefix(*folder).is_some_and(|rest| rest.starts_with('/')));
            let is_template = template.is_some() || one.as_deref() == Some(path);
            if is_template {
                *vault.templates.entry(template.map_or(path, String::as_str).to_string()).or_default() += 1;
            } else if let Some((_, what)) = FOREIGN.iter().find(|(end, _)| path.ends_with(end)) {
                vault.foreign.push((path.to_string(), what));
            } else if path.split('/').any(|part| part.starts_with('_') && part != "_index.md") {
                vault.unread.push(path.to_string());
            } else if path.ends_with(".md") {
                vault.notes.push(path.to_string());
            } else {
                vault.files.push(path.to_string());
            }
        }
        Ok(vault)
    }

    /// Tells of what is not taken along.
    pub fn tell(&self, site: &mut NewSite) {
        for (folder, count) in &self.templates {
            let what = if *count == 1 { "1 template was".to_string() } else { format!("{count} templates were") };
            site.note(Note::lost(
                folder,
                format!("{what} left out: what Obsidian fills in is text here; `chancery new` has `archetypes/`"),
            ));
        }
        for (path, what) in &self.foreign {
            site.note(Note::lost(
                path,
                format!("{what} has no counterpart, so it was left out; export it as a picture if readers are to see it"),
            ));
        }
        for path in &self.unread {
            site.note(Note::lost(path, "names that begin with `_` are not read here, so it was left out; rename it and import again"));
        }
        let folders: BTreeSet<&str> = self.notes.iter().filter_map(|path| Some(path.split_once('/')?.0)).collect();
        for (folder, kind) in folders.into_iter().filter_map(|folder| Some((folder, of_kind(folder)?))) {
            site.note(Note::changed(folder, format!("the folder is called `{kind}`, as that of pages about {kind}")));
        }
        if self.keeps_lines {
            let message = "in Obsidian each line of a note is a line on the page; here lines are joined until an empty one comes; end a line with `\\` where it is to break";
            site.note(Note::changed(".obsidian/app.json", message));
        }
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for path in &self.notes {
            match names.get(&key(path)) {
                None => drop(names.insert(key(path), path)),
                Some(first) => {
                    let message = format!(
                        "`{first}` has the same name: `[[…]]` with the name alone is an error; write the path, as in `[[{}]]`",
                        stem(&place(path))
                    );
                    site.note(Note::changed(path, message));
                }
            }
        }
    }

    /// Whether a note lies in the folder of daily notes, and how the rest of its path is written.
    pub fn daily_name<'p>(&self, path: &'p str) -> Option<(&'p str, &str)> {
        let (folder, format) = self.daily.as_ref()?;
        let inside = if folder.is_empty() { path } else { path.strip_prefix(folder.as_str())?.strip_prefix('/')? };
        Some((stem(inside), format))
    }
}

/// Where a file of a vault lies below `content/`. A folder such as `Topics` is called as that of its kind here: its notes are the pages of topics.
pub fn place(path: &str) -> String {
    match path.split_once('/').and_then(|(folder, rest)| Some((of_kind(folder)?, rest))) {
        Some((folder, rest)) => format!("{folder}/{rest}"),
        None => path.to_string(),
    }
}

/// The folder of a kind that a folder is called nearly as.
fn of_kind(folder: &str) -> Option<String> {
    let small = folder.to_lowercase();
    (small != folder && Kind::from_folder(&small).is_some()).then_some(small)
}

/// A path without `.md`.
pub fn stem(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

/// A file of settings; nothing if it is not there.
fn setting(original: &Original, path: &str) -> Result<Value, Error> {
    if original.has(path) { original.settings(path) } else { Ok(Value::Null) }
}
