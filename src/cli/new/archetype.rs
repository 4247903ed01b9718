//! Archetypes: what a new page starts from, and how its placeholders are filled.
//!
//! It must not know where the page will lie.

use crate::page::front::Syntax;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::cli::error::Error;
use crate::cli::init;
use crate::page::front::Key;
use crate::page::route::Kind;

/// What a page starts from where the site has no archetype.
const BUILT_IN: &str = "---\ntitle: {{ title }}\ndate: {{ date }}\nstatus: draft\ntype: {{ type }}\nsummary:\ntopics: []\n---\n\n";

/// What the placeholders of an archetype stand for.
pub struct Values<'a> {
    /// As it was typed, with single spaces.
    pub title: &'a str,
    /// `2026-11-24`.
    pub date: &'a str,
    /// The name of the file, without extension.
    pub slug: &'a str,
    /// The type, else that of a page that says none.
    pub type_: &'a str,
    /// The number; `None` where the site gives none.
    pub id: Option<&'a str>,
}

/// The text of the archetype: the site's of the type or kind; else, of a kind that is no briefing, the built-in one, for dates and tags mean nothing
/// there; else the site's default, else the built-in one.
///
/// # Errors
/// `type_` is no word, or a file is there and cannot be read.
pub fn find(root: &Path, type_: Option<&str>, folder: &Path) -> Result<String, Error> {
    let top = folder.components().next().map(|part| part.as_os_str().to_string_lossy());
    let kind = top.and_then(|top| Kind::from_folder(&top));
    let name = type_.or(kind.map(Kind::name)).unwrap_or(Key::Type.default_word());
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        return Err(Error::usage(format!("`{name}` is no type")).hint("`--type` takes one word, such as `study`"));
    }
    let own = |name: &str| {
        let path = root.join("archetypes").join(format!("{name}.md"));
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &path, error)),
        }
    };
    if let Some(text) = own(name)? {
        return Ok(text);
    }
    if let Some(text) = kind.and_then(init::archetype) {
        return Ok(text.into());
    }
    Ok(own("default")?.unwrap_or_else(|| BUILT_IN.into()))
}

/// The archetype with its placeholders replaced. In front matter the title is written as YAML wants it, below as it is.
pub fn fill(archetype: &str, values: &Values) -> String {
    let text = archetype.strip_prefix('\u{feff}').unwrap_or(archetype);
    let head = head_end(text).unwrap_or(0);
    let in_head = if text.starts_with(Syntax::Toml.fence()) { in_toml } else { in_yaml };
    let mut page: String = text[..head].split_inclusive('\n').map(|line| fill_line(line, values, in_head)).collect();
    page.extend(text[head..].split_inclusive('\n').map(|line| fill_line(line, values, |title, _, _| title.to_string())));
    page
}

/// Where the front matter ends, behind its last `---` or `+++`; `None` when there is none.
fn head_end(text: &str) -> Option<usize> {
    let mut at = 0;
    let fence = text.lines().next().unwrap_or_default().trim_end();
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_rule = line.trim_end() == fence && [Syntax::Yaml, Syntax::Toml].iter().any(|syntax| syntax.fence() == fence);
        if number == 0 && !is_rule {
            return None;
        }
        at += line.len();
        if number > 0 && is_rule {
            return Some(at);
        }
    }
    None
}

/// One line with its placeholders replaced; `title` writes the title between what stands before and behind it.
fn fill_line(line: &str, values: &Values, title: fn(&str, &str, &str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}").map(|end| end + 2) else { break };
        let (before, behind) = (&rest[..start], &rest[start + length..]);
        filled.push_str(before);
        match rest[start + 2..start + length - 2].trim() {
            "title" => {
                let text = title(values.title, &filled, behind);
                filled.push_str(&text);
            }
            "date" => filled.push_str(values.date),
            "slug" => filled.push_str(values.slug),
            "type" => filled.push_str(values.type_),
            "id" => filled.push_str(values.id.unwrap_or_default()),
            _ => filled.push_str(&rest[start..start + length]),
        }
        rest = behind;
    }
    filled + rest
}

/// The title as YAML 1.2 (<https://yaml.org/spec/1.2.2/#73-flow-scalar-styles>) has it at this place: a value of its own, or inside quotes.
fn in_yaml(title: &str, before: &str, behind: &str) -> String {
    let quote = before.chars().find(|letter| matches!(letter, '"' | '\''));
    match quote {
        Some('"') => title.replace('\\', "\\\\").replace('"', "\\\""),
        Some(_) => title.replace('\'', "''"),
        None if behind.trim().is_empty() => {
            serde_yaml::to_string(title).map_or_else(|_| title.to_string(), |value| value.trim_end().to_string())
        }
        None => title.to_string(),
    }
}

/// The title as TOML (<https://toml.io/en/v1.0.0#string>) has it at this place: a value of its own, or inside quotes.
fn in_toml(title: &str, before: &str, _behind: &str) -> String {
    let escaped = || title.replace('\\', "\\\\").replace('"', "\\\"");
    match before.chars().find(|letter| matches!(letter, '"' | '\'')) {
        Some('"') => escaped(),
        Some(_) => title.replace('\'', "’"),
        None => format!("\"{}\"", escaped()),
    }
}

/// `page` with a number, unless its archetype says where that stands.
pub fn with_number(page: String, id: &str) -> String {
    let Some(end) = head_end(&page) else { return format!("---\nid: {id}\n---\n\n{page}") };
    let is_toml = page.starts_with(Syntax::Toml.fence());
    let names = |line: &str| {
        ["id", "number"].iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '='])))
    };
    if page[..end].lines().any(names) {
        return page;
    }
    let first = page.find('\n').map_or(0, |at| at + 1);
    // A number of digits alone would be read as one, and its first zeros lost.
    let value = if is_toml || id.bytes().all(|sign| sign.is_ascii_digit() || sign == b'.') { format!("\"{id}\"") } else { id.to_string() };
    format!("{}id{} {value}\n{}", &page[..first], if is_toml { " =" } else { ":" }, &page[first..])
}

/// `page` with a mark of a draft, if its archetype sets none: what is new is not published before somebody says so.
pub fn as_draft(page: String) -> String {
    let Some(end) = head_end(&page) else { return format!("---\nstatus: draft\n---\n\n{page}") };
    let syntax = if page.starts_with(Syntax::Toml.fence()) { Syntax::Toml } else { Syntax::Yaml };
    let says = |line: &str| {
        ["draft", "status", "published"]
            .iter()
            .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '='])))
    };
    if page[..end].lines().any(says) {
        return page;
    }
    let first = page.find('\n').map_or(0, |at| at + 1);
    format!("{}{}\n{}", &page[..first], if syntax == Syntax::Toml { "draft = true" } else { "status: draft" }, &page[first..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archetype_in_toml_stays_toml_and_becomes_a_draft() {
        let page = fill(
            "+++\ntitle = \"{{ title }}\"\ndate = {{ date }}\n+++\n\n# {{ title }}\n",
            &Values { title: "He said \"hi\" \\ o'clock", date: "2026-11-24", slug: "x", type_: "study", id: None },
        );
        let page = as_draft(page);
        let front = crate::page::front::read(&std::sync::Arc::from("content/x.md"), &page);
        assert_eq!((front.title.as_deref(), front.diagnostics.len()), (Some("He said \"hi\" \\ o'clock"), 0), "{page}");
        assert!(page.starts_with("+++\ndraft = true\n") && front.status == Some(crate::page::front::Status::Draft), "{page}");
        assert_eq!(as_draft("+++\ndraft = true\n+++\n".into()), "+++\ndraft = true\n+++\n");
    }

    fn title_of(archetype: &str, title: &str) -> String {
        let page = fill(archetype, &Values { title, date: "2026-11-24", slug: "x", type_: "study", id: None });
        let yaml = page.trim_start_matches("---\n").split("---\n").next().unwrap();
        let value: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
        value["title"].as_str().unwrap().to_string()
    }

    #[test]
    fn any_title_comes_back_from_the_yaml_of_any_archetype() {
        for title in
            ["Plain words", "Who: what", "\"Quoted\" it's # 5 \\ x", "2026", "yes", "- a", "null", "[x] {y}", "é & <b>", "@x", "%", "'s"]
        {
            for archetype in ["---\ntitle: {{ title }}\n---\n", "---\ntitle: \"{{ title }}\"\n---\n", "---\ntitle: '{{title}}'\n---\n"] {
                assert_eq!(title_of(archetype, title), title, "{archetype}");
            }
        }
    }

    #[test]
    fn placeholders_are_replaced_and_other_braces_stay() {
        let values = Values { title: "A: b", date: "2026-11-24", slug: "a-b", type_: "study", id: None };
        let page = fill("---\ntitle: {{ title }}\ndate: {{date}}\n---\n# {{ title }}\n{{ slug }} {{ type }} {{ .Params.x }} {{", &values);
        assert_eq!(page, "---\ntitle: 'A: b'\ndate: 2026-11-24\n---\n# A: b\na-b study {{ .Params.x }} {{");
    }

    #[test]
    fn what_is_new_is_a_draft() {
        assert_eq!(as_draft("text\n".into()), "---\nstatus: draft\n---\n\ntext\n");
        assert_eq!(as_draft("---\ntitle: x\n---\n".into()), "---\nstatus: draft\ntitle: x\n---\n");
        assert_eq!(as_draft("---\ndraft: true\n---\n".into()), "---\ndraft: true\n---\n");
    }
}
