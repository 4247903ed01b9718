//! Eleventy's settings, a program in JavaScript: folders and files that are copied are read as they are written in it, the rest is told.
//!
//! It must not know pages.

use globset::Glob;

use super::super::new_site::{NewSite, Note};
use super::super::original::Original;
use crate::cli::error::Error;

/// The file of settings, if there is one.
pub fn file(original: &Original) -> Option<&'static str> {
    let names = [".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts"];
    names.into_iter().find(|name| original.has(name))
}

/// What adds something that has no counterpart.
const ADDED: [&str; 11] = [
    "addShortcode",
    "addPairedShortcode",
    "addAsyncShortcode",
    "addNunjucksShortcode",
    "addLiquidShortcode",
    "addFilter",
    "addAsyncFilter",
    "addCollection",
    "addTransform",
    "addPlugin",
    "addGlobalData",
];

/// Plugins whose work Chancery does.
const NATIVE: [&str; 5] = ["syntaxhighlight", "rss", "navigation", "feedPlugin", "HtmlBasePlugin"];

/// What can be read of the settings.
pub struct Config {
    file: Option<&'static str>,
    text: String,
    /// The folder of the texts, without slashes at its ends; empty if it is the root.
    pub input: String,
    output: String,
    includes: String,
    layouts: Option<String>,
    /// The folder of data, from the folder of the texts.
    pub data: String,
    /// The path that the site lives below.
    pub prefix: Option<String>,
    /// Files and folders that are copied: from, and to what.
    copies: Vec<(String, String)>,
    ignored: Vec<String>,
}

impl Config {
    /// Reads them; a folder without any has Eleventy's own.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(original: &Original) -> Result<Config, Error> {
        let file = file(original);
        let text = match file {
            Some(file) => {
                let place = original.file(file);
                std::fs::read_to_string(&place).map_err(|error| Error::io("read", &place, error))?
            }
            None => String::new(),
        };
        let ignored = [".eleventyignore", ".gitignore"].map(|name| original.text(name).unwrap_or_default()).join("\n");
        let ignored = ignored.lines().map(clean).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_string).collect();
        Ok(Config { file, ignored, ..Config::of(text) })
    }

    fn of(text: String) -> Config {
        let said = |key: &str| quoted_after(&text, key).map(|value| clean(&value).to_string());
        let input = said("input:").unwrap_or_default();
        let copies = copies(&text, &input);
        Config {
            file: None,
            output: said("output:").unwrap_or_else(|| "_site".to_string()),
            includes: said("includes:").unwrap_or_else(|| "_includes".to_string()),
            layouts: said("layouts:"),
            data: said("data:").unwrap_or_else(|| "_data".to_string()),
            prefix: said("pathPrefix:"),
            ignored: Vec::new(),
            input,
            copies,
            text,
        }
    }

    /// A path from the folder of the texts.
    pub fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.input.is_empty() { Some(path) } else { path.strip_prefix(&*self.input)?.strip_prefix('/') }
    }

    /// Whether a file is no page: an output, a template, data, what is ignored or copied.
    pub fn is_left_out(&self, path: &str) -> bool {
        let inside = self.inside(path).unwrap_or(path);
        let is_below = |path: &str, folder: &str| !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let inner = [Some(&self.includes), Some(&self.data), self.layouts.as_ref()];
        is_below(path, &self.output)
            || inner.into_iter().flatten().any(|folder| is_below(inside, clean(folder)))
            || path.split('/').any(|part| part.starts_with('.'))
            || self.ignored.iter().any(|line| path == line || is_below(path, line) || matches(line, path))
            || self.copied(path).is_some()
    }

    /// If a file is copied as it is: itself, and where to.
    pub fn copied<'p>(&self, path: &'p str) -> Option<(&'p str, String)> {
        self.copies.iter().find_map(|(from, to)| {
            let rest = if path == from { "" } else { path.strip_prefix(&**from).filter(|rest| rest.starts_with('/')).unwrap_or_default() };
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_in_folder = to.is_empty() || to.ends_with('/');
            let to = match () {
                () if path == from && is_in_folder => format!("{to}{name}"),
                () if path == from => to.clone(),
                () if !rest.is_empty() => format!("{}{rest}", to.trim_end_matches('/')),
                () if from.contains('*') && matches(from, path) => self.inside(path).unwrap_or(path).to_string(),
                () => return None,
            };
            Some((path, to.trim_start_matches('/').to_string()))
        })
    }

    /// Whether Markdown is filled in by Nunjucks.
    pub fn is_nunjucks(&self) -> bool {
        quoted_after(&self.text, "markdownTemplateEngine:").as_deref() == Some("njk")
    }

    /// Tells what the settings do that has no counterpart.
    pub fn carry(&self, original: &Original, site: &mut NewSite) {
        let Some(file) = self.file else { return };
        let message = "the settings are a program, which was not run: the names of folders and of files that are copied were read as they stand there";
        site.note(Note::changed(file, message));
        for (line, number) in self.text.lines().zip(1..) {
            let added = ADDED.iter().find(|name| line.contains(&format!(".{name}(")));
            if let Some(name) = added.filter(|_| !NATIVE.iter().any(|native| line.to_lowercase().contains(&native.to_lowercase()))) {
                let call = line.trim().chars().take(60).collect::<String>();
                let what = name.trim_start_matches("add");
                site.note(Note::lost(file, format!("`{call}`: the {} has no counterpart", what.to_lowercase())).on(number));
            }
        }
        for path in original.paths() {
            let inside = self.inside(path).unwrap_or(path);
            let folders = [Some(&self.includes), self.layouts.as_ref()];
            if folders.into_iter().flatten().any(|folder| inside.starts_with(&format!("{}/", clean(folder)))) {
                site.note(Note::lost(path, "the template was left out; templates are written in Tera here, see `chancery explain parts`"));
            }
        }
    }
}

/// A path without what only says that it is one.
fn clean(path: &str) -> &str {
    let path = path.trim();
    let path = path.strip_prefix("./").unwrap_or(path).trim_matches('/');
    if path == "." { "" } else { path }
}

fn matches(pattern: &str, path: &str) -> bool {
    Glob::new(pattern).is_ok_and(|glob| glob.compile_matcher().is_match(path))
}

/// The text in quotes behind a key of an object.
fn quoted_after(text: &str, key: &str) -> Option<String> {
    text.match_indices(key).find_map(|(at, _)| {
        let is_whole = !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.');
        quoted(text[at + key.len()..].trim_start()).filter(|_| is_whole).map(|(value, _)| value.to_string())
    })
}

/// The text in quotes that a text begins with, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    text[1..].split_once(quote).filter(|(value, _)| !value.contains('\n'))
}

/// What the calls of `addPassthroughCopy` name.
fn copies(text: &str, input: &str) -> Vec<(String, String)> {
    let below_input =
        |path: &str| path.strip_prefix(input).filter(|_| !input.is_empty()).unwrap_or(path).trim_start_matches('/').to_string();
    let mut copies = Vec::new();
    for (at, call) in text.match_indices("addPassthroughCopy(") {
        let mut rest = text[at + call.len()..].trim_start();
        if let Some((path, _)) = quoted(rest) {
            let path = clean(path);
            copies.push((path.to_string(), below_input(path)));
            continue;
        }
        let Some(object) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) else { continue };
        rest = object.0.trim_start();
        while let Some((from, behind)) = quoted(rest) {
            let Some((to, behind)) = behind.trim_start().strip_prefix(':').and_then(|behind| quoted(behind.trim_start())) else { break };
            let to = if to == "/" || to == "." { "" } else { to.trim_start_matches("./").trim_start_matches('/') };
            copies.push((clean(from).to_string(), to.to_string()));
            rest = behind.trim_start().trim_start_matches(',').trim_start();
        }
    }
    copies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_copies_are_read_as_they_are_written() {
        let config = Config::of(
            "module.exports = (c) => {\n  c.addPassthroughCopy(\"src/img\");\n  c.addPassthroughCopy({ 'src/static': '/', \"./up/a.txt\": \"b/a.txt\" });\n\
             return { dir: { input: './src/', output: \"dist\" }, markdownTemplateEngine: \"njk\", pathPrefix: \"/papers/\" };\n};"
                .to_string(),
        );
        assert_eq!(
            (&*config.input, &*config.output, config.prefix.as_deref(), config.is_nunjucks()),
            ("src", "dist", Some("papers"), true)
        );
        let copied = |path: &str| config.copied(path).map(|(_, to)| to);
        assert_eq!(copied("src/img/a/b.svg").as_deref(), Some("img/a/b.svg"));
        assert_eq!(copied("src/static/robots.txt").as_deref(), Some("robots.txt"));
        assert_eq!(copied("up/a.txt").as_deref(), Some("b/a.txt"));
        assert_eq!(copied("src/imgs/x.svg"), None);
        assert!(config.is_left_out("src/_includes/base.njk") && config.is_left_out("dist/index.html") && !config.is_left_out("src/x.md"));
    }
}
