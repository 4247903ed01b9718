//! What Zola keeps (<https://www.getzola.org/documentation/getting-started/directory-structure/>).
//!
//! Owns where its pages and files go, its front matter and its settings; texts have a file of their own. It must not know how a site is written.

mod text;

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::Dialect;
use super::new_site::{NewSite, Note};
use super::original::Original;
use super::shortcodes::Calls;
use crate::cli::error::Error;
use crate::cli::front_text::FrontText;
use crate::url::slugify;

/// Zola.
pub const DIALECT: Dialect = Dialect { name: "zola", is: |original| file(original).is_some(), import };

/// The taxonomies that there are here.
const OURS: [&str; 4] = ["topics", "tags", "authors", "series"];

/// Settings that have a counterpart, or are of no consequence for a text or an address.
const KNOWN: [&str; 21] = [
    "base_url",
    "title",
    "description",
    "default_language",
    "languages",
    "taxonomies",
    "markdown",
    "extra",
    "author",
    "feed_limit",
    "theme",
    "generate_feed",
    "generate_feeds",
    "feed_filename",
    "feed_filenames",
    "build_search_index",
    "output_dir",
    "minify_html",
    "link_checker",
    "slugify",
    "search",
];

/// Where the settings are.
fn file(original: &Original) -> Option<&'static str> {
    if original.has("zola.toml") {
        return Some("zola.toml");
    }
    // Hugo calls it `baseURL`.
    original.text("config.toml").is_ok_and(|text| text.contains("base_url")).then_some("config.toml")
}

/// What a site says in its settings.
struct Settings {
    said: Mapping,
    text: String,
    file: &'static str,
    /// The codes of all languages but the default one.
    languages: Vec<String>,
    taxonomies: Vec<String>,
}

impl Settings {
    fn read(original: &Original) -> Result<Settings, Error> {
        let file = file(original).unwrap_or("config.toml");
        let said = match original.settings(file)? {
            Value::Mapping(said) => said,
            _ => Mapping::new(),
        };
        let language = said.get("default_language").and_then(Value::as_str).unwrap_or("en").to_string();
        let codes = said.get("languages").and_then(Value::as_mapping).into_iter().flatten().filter_map(|(code, _)| code.as_str());
        let languages = codes.filter(|code| *code != language).map(str::to_string).collect();
        let listed = said.get("taxonomies").and_then(Value::as_sequence).into_iter().flatten();
        let taxonomies = listed.filter_map(|one| one.get("name").and_then(Value::as_str).or(one.as_str())).map(str::to_string).collect();
        let text = original.text(file).unwrap_or_default();
        Ok(Settings { said, text, file, languages, taxonomies })
    }

    fn has_categories(&self) -> bool {
        self.taxonomies.iter().any(|name| name == "categories") && !self.taxonomies.iter().any(|name| name == "topics")
    }

    /// The line that begins with a name, or with a table of it.
    fn line(&self, name: &str) -> usize {
        let is_line = |line: &str| line.trim_start().trim_start_matches('[').strip_prefix(name).is_some_and(|rest| !rest.starts_with('_'));
        self.text.lines().position(is_line).map_or(0, |line| line + 1)
    }

    fn lost(&self, name: &str, message: impl Into<String>) -> Note {
        Note::lost(self.file, message).on(self.line(name))
    }

    fn carry(&self, site: &mut NewSite) {
        let pairs = [
            ("title", "title"),
            ("base_url", "base_url"),
            ("description", "description"),
            ("default_language", "language"),
            ("author", "publisher"),
        ];
        for (from, to) in pairs {
            if let Some(text) = self.said.get(from).and_then(Value::as_str).filter(|text| !text.is_empty()) {
                site.set(to, text);
            }
        }
        if !self.languages.is_empty() {
            site.set("languages", self.languages.iter().map(|code| toml::Value::from(code.as_str())).collect::<Vec<_>>());
            site.note(self.lost(
                "languages",
                "what is said of single languages, such as titles, was left out: it goes into the files `_index.CODE.md`",
            ));
        }
        if let Some(limit) = self.said.get("feed_limit").and_then(Value::as_i64) {
            site.set("feeds.limit", limit);
        }
        // Zola leaves quotes and dashes as they are, unless it is told otherwise.
        let markdown = self.said.get("markdown").and_then(Value::as_mapping);
        let is_smart = markdown.and_then(|markdown| markdown.get("smart_punctuation")).and_then(Value::as_bool).unwrap_or(false);
        site.set("markdown.smart_punctuation", is_smart);
        for (key, _) in markdown.into_iter().flatten() {
            let key = key.as_str().unwrap_or_default();
            if !["smart_punctuation", "highlight_code", "highlight_theme", "highlighting", "bottom_footnotes"].contains(&key) {
                site.note(self.lost(key, format!("`markdown.{key}` was left out: it has no counterpart here")));
            }
        }
        if self.has_categories() {
            site.set_in("permalinks", "topics", "/categories/:slug/");
        }
        for name in self.taxonomies.iter().filter(|name| !(OURS.contains(&name.as_str()) || *name == "categories" && self.has_categories()))
        {
            let message =
                format!("the taxonomy `{name}` has no counterpart: pages keep it in `extra`, and its lists at `/{name}/` are gone");
            site.note(self.lost("taxonomies", message));
        }
        for (key, value) in self.said.get("extra").and_then(Value::as_mapping).into_iter().flatten() {
            if let (Some(key), Ok(value)) = (key.as_str(), toml::Value::try_from(value)) {
                site.set_in("extra", key, value);
            }
        }
        for name in self.said.keys().filter_map(Value::as_str).filter(|name| !KNOWN.contains(name)) {
            site.note(self.lost(name, format!("the setting `{name}` was left out: it has no counterpart here")));
        }
    }
}

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let settings = Settings::read(original)?;
    settings.carry(site);
    let mut calls = Calls::default();
    // By folder, to tell which files some page there names.
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for from in original.below("content").filter(|path| path.ends_with(".md")) {
        match original.text(from) {
            Ok(text) => {
                texts.entry(folder(from)).or_default().push_str(&text);
                let (text, address) = page(from, text, &settings, site, &mut calls);
                site.add_page(place(from, &settings), text, address, from);
            }
            Err(note) => site.note(note),
        }
    }
    for from in original.below("content").filter(|path| !path.ends_with(".md")) {
        let is_owned = std::iter::successors(Some(folder(from)), |folder| folder.rsplit_once('/').map(|(above, _)| above))
            .any(|folder| original.has(&format!("{folder}/index.md")));
        let name = from.rsplit('/').next().unwrap_or(from);
        let is_named = texts.get(folder(from)).is_some_and(|text| text.contains(name));
        // Zola publishes what lies beside the page of a section, whether or not something names it.
        let to = if is_owned || is_named { from.to_string() } else { format!("static/{}", &from["content/".len()..]) };
        site.copy(to, original.file(from), from);
    }
    for from in original.below("static") {
        site.copy(from, original.file(from), from);
    }
    let said = [
        ("templates", "the template was left out: those of Zola do not fit, although both are of Tera (`docs/themes.md`)"),
        ("sass", "left out: styles are written in CSS here; what Sass makes of it goes into `static/`"),
        ("syntaxes", "left out: languages of code are those that are built in"),
    ];
    for (folder, message) in said {
        original.below(folder).for_each(|from| site.note(Note::lost(from, message)));
    }
    if let Some(theme) = settings.said.get("theme").and_then(Value::as_str) {
        site.note(settings.lost("theme", format!("the theme `{theme}` was left out: themes of Zola do not fit")));
    }
    calls.write_stubs(site);
    Ok(())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where a page lies here: pages of categories are those of topics.
fn place(from: &str, settings: &Settings) -> String {
    match from.strip_prefix("content/categories/").filter(|_| settings.has_categories()) {
        Some(inside) => format!("content/topics/{inside}"),
        None => from.to_string(),
    }
}

/// A page as it is here, and its address there.
fn page(from: &str, text: String, settings: &Settings, site: &mut NewSite, calls: &mut Calls) -> (String, Option<String>) {
    let before = FrontText::new(text);
    let (mut front, values) = (before.clone(), before.values());
    let is_section = stem(from, settings).1.rsplit('/').next() == Some("_index");
    let address = address(from, &values, settings);
    let mut notes = Vec::new();
    let mut take = |front: &mut FrontText, key: &str, message: String| {
        if values.contains_key(key) {
            notes.push(Note::lost(from, message).on(before.line(&[key])));
            front.remove(&[key]);
        }
    };
    let said = |key: &str| values.get(key).and_then(Value::as_str).unwrap_or_default();
    for key in ["template", "page_template"] {
        take(&mut front, key, format!("`{key}` was left out: there is no `{}` here", said(key)));
    }
    take(
        &mut front,
        "redirect_to",
        format!("the section led to `{}`; here it is a list: write its address into the `aliases` of that page", said("redirect_to")),
    );
    take(&mut front, "paginate_by", "`paginate_by` was left out: it is one setting for the whole site".into());
    for key in ["transparent", "sort_by"] {
        take(&mut front, key, format!("`{key}` was left out: lists are by date, and have all that is below their folder"));
    }
    if values.get("render").and_then(Value::as_bool) == Some(false) {
        if is_section {
            take(&mut front, "render", "`render = false` was left out: the list of this section is public here".into());
        } else {
            take(
                &mut front,
                "render",
                "Zola publishes it nowhere, by `render`; it is a draft here: take `draft` away to publish it".into(),
            );
            front.set("draft", &true.into());
        }
    }
    rename_categories(&mut front, &values, settings);
    aliases(&mut front, &values);
    let (body, _) = front.body();
    let line = before.body().1;
    if let Some(made) = text::carry(body, line, from, &mut notes, calls) {
        front.set_body(&made);
    }
    notes.into_iter().for_each(|note| site.note(note));
    (front.into_text(), address)
}

fn rename_categories(front: &mut FrontText, values: &Mapping, settings: &Settings) {
    let said = values.get("taxonomies").and_then(Value::as_mapping);
    if settings.has_categories() && said.is_some_and(|said| said.contains_key("categories") && !said.contains_key("topics")) {
        front.rename(&["taxonomies", "categories"], "topics");
    }
}

/// Zola's are from the root; without a slash they would be names here.
fn aliases(front: &mut FrontText, values: &Mapping) {
    let written: Vec<&str> = values.get("aliases").and_then(Value::as_sequence).into_iter().flatten().filter_map(Value::as_str).collect();
    if written.iter().any(|alias| !alias.starts_with('/')) {
        let with_slash = written.iter().map(|alias| Value::from(format!("/{}", alias.trim_start_matches('/'))));
        front.set("aliases", &Value::Sequence(with_slash.collect()));
    }
}

/// The language of a file, and its path in `content/` without extension and language.
fn stem<'p>(from: &'p str, settings: &Settings) -> (Option<&'p str>, &'p str) {
    let stem = from.trim_start_matches("content/").trim_end_matches(".md");
    match stem.rsplit_once('.').filter(|(_, code)| settings.languages.iter().any(|known| known == code)) {
        Some((stem, code)) => (Some(code), stem),
        None => (None, stem),
    }
}

/// Where Zola publishes a page (<https://www.getzola.org/documentation/content/page/>).
fn address(from: &str, values: &Mapping, settings: &Settings) -> Option<String> {
    let (lang, stem) = stem(from, settings);
    let text = |key: &str| values.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let prefix = lang.map_or(String::new(), |code| format!("/{code}"));
    if let Some(path) = text("path") {
        return Some(format!("{prefix}/{}/", path.trim_matches('/')));
    }
    let mut parts: Vec<&str> = stem.split('/').collect();
    let name = parts.pop()?;
    let own = match name {
        "_index" => None,
        "index" => Some(parts.pop()?),
        name => Some(name),
    };
    let slugs = settings.said.get("slugify").and_then(|said| said.get("paths")).and_then(Value::as_str).unwrap_or("on");
    // Of the other two ways, `safe` and `off`, the first takes away what no file may be called; nothing else changes.
    let slug = |part: &str| if slugs == "on" { slug(part) } else { part.to_string() };
    let own = own.map(|own| text("slug").map_or_else(|| slug(without_date(own)), slug));
    let parts: Vec<String> = parts.into_iter().map(slug).chain(own).collect();
    Some(if parts.is_empty() { format!("{prefix}/") } else { format!("{prefix}/{}/", parts.join("/")) })
}

/// `2024-05-01-x` and `2024-05-01_x` without their date.
fn without_date(name: &str) -> &str {
    let is_date = name.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok());
    name.get(10..).filter(|_| is_date).and_then(|rest| rest.strip_prefix(['-', '_'])).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// A text as Zola writes it into an address: letters and digits of ASCII, with one hyphen for all between them.
fn slug(text: &str) -> String {
    let plain = slugify(text);
    let words: Vec<&str> = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
