//! `check --write-aliases`: old addresses as aliases in the front matter of the pages that took their place.
//!
//! A file is written only if it says the same as before, read again, and the alias besides. It must not know how addresses are compared.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::cli::error::Error;
use crate::cli::terminal::count;
use crate::cli::whole;
use crate::fingerprint::Fingerprint;
use crate::page::front::{self, Front};
use crate::pipeline::lost::Lost;

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Each file with its new aliases.
    files: BTreeMap<String, Vec<String>>,
}

impl fmt::Display for Written {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, aliases) in &self.files {
            writeln!(to, "{path}: {}", aliases.join(", "))?;
        }
        let aliases: usize = self.files.values().map(Vec::len).sum();
        let aliases = if aliases == 1 { "1 alias".to_string() } else { format!("{aliases} aliases") };
        writeln!(to, "Wrote {aliases} into {}", count(self.files.len(), "file"))
    }
}

/// Gives the addresses that surely belonged to a page to that page, and takes them out of `lost`.
///
/// # Errors
/// A file cannot be read or written.
pub fn write(root: &Path, lost: &mut Vec<Lost>) -> Result<Written, Error> {
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Lost { address, became } in lost.iter() {
        if let Some(page) = became.as_ref().filter(|page| page.is_sure) {
            wanted.entry(page.path.clone()).or_default().push(address.clone());
        }
    }
    let mut written = Written::default();
    for (path, aliases) in wanted {
        let file = root.join(&path);
        let text = fs::read_to_string(&file).map_err(|error| Error::io("read", &file, error))?;
        if let Some(text) = with_aliases(&path, &text, &aliases) {
            whole::write(&file, text.as_bytes())?;
            lost.retain(|lost| !aliases.contains(&lost.address));
            written.files.insert(path, aliases);
        }
    }
    Ok(written)
}

/// The text of a page with more aliases; `None` if they cannot be added without changing what else it says.
fn with_aliases(path: &str, text: &str, aliases: &[String]) -> Option<String> {
    let path: Arc<str> = Arc::from(path);
    let before = front::read(&path, text);
    if before.is_unparsed() {
        return None;
    }
    let quoted: Vec<String> = aliases.iter().map(|alias| format!("{:?}", alias)).collect();
    let said = |front: &Front| {
        let mut said = front.clone();
        said.aliases.clear();
        // What is wrong with a page stands a line further down, and is wrong as before.
        (Fingerprint::of(&said), said.diagnostics.len(), said.topic_diagnostics.len())
    };
    let wanted: Vec<&String> = before.aliases.iter().chain(aliases).collect();
    let is_right = |new: &String| {
        let after = front::read(&path, new);
        let body = |text: &str, front: &Front| text.get(front.body_start..).map(|body| body.trim_start().to_string());
        let is_same_text = body(new, &after) == body(text, &before);
        is_same_text && after.aliases.iter().collect::<Vec<_>>() == wanted && said(&after) == said(&before)
    };
    candidates(&before, text, &quoted).into_iter().find(is_right)
}

/// Texts with the aliases, one of which may be right: in the list that is there, in a list of its own, in front matter of its own.
fn candidates(front: &Front, text: &str, quoted: &[String]) -> Vec<String> {
    let with = |at: usize, new: String| [&text[..at], &*new, &text[at..]].concat();
    let Some(span) = front.span("aliases") else {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let list = quoted.join(", ");
        let (yaml, toml) = (format!("aliases: [{list}]{end}"), format!("aliases = [{list}]{end}"));
        if let Some(filled) = filled(front, text, &list) {
            return vec![filled];
        }
        let opening = text.trim_start_matches('\u{feff}');
        let mark = text.len() - opening.len();
        let first = mark + opening.find('\n').map_or(opening.len(), |end| end + 1);
        return vec![with(first, yaml.clone()), with(first, toml), with(mark, format!("---{end}{yaml}---{end}{end}"))];
    };
    let entry = &text[span.clone()];
    let last_line = span.start + entry.rfind('\n').map_or(0, |end| end + 1);
    let dash = text[last_line..].find('-').map_or("", |dash| &text[last_line..last_line + dash]);
    let lines: String = quoted.iter().map(|alias| format!("\n{dash}- {alias}")).collect();
    let mut all = vec![with(span.end, lines)];
    if let Some(close) = entry.rfind(']') {
        let before = entry[..close].trim_end();
        let comma = if before.ends_with(['[', ',']) { "" } else { ", " };
        all.push(with(span.start + before.len(), format!("{comma}{}", quoted.join(", "))));
    }
    if let Some((key, value)) = entry.split_once([':', '=']) {
        let sign = &entry[key.len()..key.len() + 1];
        let gap = if sign == "=" { " = " } else { ": " };
        let list = format!("{}{gap}[{}, {}]", key.trim_end(), value.trim(), quoted.join(", "));
        all.push([&text[..span.start], &*list, &text[span.end..]].concat());
    }
    all
}

/// The text with a list in place of the empty one, or of the nothing, that stands behind a key for aliases.
fn filled(front: &Front, text: &str, list: &str) -> Option<String> {
    let head = text.get(..front.body_start)?;
    let is_key = |line: &&str| {
        ["aliases", "redirect_from"].iter().any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '='])))
    };
    let line = head.lines().find(is_key)?;
    let key = line.find([':', '='])?;
    let is_empty = matches!(line[key + 1..].trim(), "" | "[]" | "~" | "null" | "\"\"" | "''");
    is_empty.then(|| text.replacen(line, &format!("{} [{list}]", line[..=key].trim_end()), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> Option<String> {
        with_aliases("content/x.md", text, &["/old/".into(), "/b.html".into()])
    }

    #[test]
    fn aliases_join_those_that_are_there_however_they_are_written() {
        for (before, after) in [
            ("---\ntitle: A\n---\n\nText.\n", "---\naliases: [\"/old/\", \"/b.html\"]\ntitle: A\n---\n\nText.\n"),
            ("---\naliases: [/x/]\ntitle: A\n---\n", "---\naliases: [/x/, \"/old/\", \"/b.html\"]\ntitle: A\n---\n"),
            (
                "---\naliases:\n  - /x/\n  - y\ntitle: A\n---\n",
                "---\naliases:\n  - /x/\n  - y\n  - \"/old/\"\n  - \"/b.html\"\ntitle: A\n---\n",
            ),
            ("---\nredirect_from: /x/\n---\n", "---\nredirect_from: [/x/, \"/old/\", \"/b.html\"]\n---\n"),
            ("+++\ntitle = \"A\"\n[extra]\na = 1\n+++\n", "+++\naliases = [\"/old/\", \"/b.html\"]\ntitle = \"A\"\n[extra]\na = 1\n+++\n"),
            ("+++\naliases = [\"/x/\"]\n+++\n", "+++\naliases = [\"/x/\", \"/old/\", \"/b.html\"]\n+++\n"),
            ("---\naliases: []\ntitle: A\n---\n", "---\naliases: [\"/old/\", \"/b.html\"]\ntitle: A\n---\n"),
            ("---\ntitle: A\naliases:\n---\n", "---\ntitle: A\naliases: [\"/old/\", \"/b.html\"]\n---\n"),
            ("---\r\ntitle: A\r\n---\r\n", "---\r\naliases: [\"/old/\", \"/b.html\"]\r\ntitle: A\r\n---\r\n"),
            (
                "---\ntitle: A\nsumary: S\nrelease_date: 2019-01-01\n---\n",
                "---\naliases: [\"/old/\", \"/b.html\"]\ntitle: A\nsumary: S\nrelease_date: 2019-01-01\n---\n",
            ),
            ("# A\n\nText.\n", "---\naliases: [\"/old/\", \"/b.html\"]\n---\n\n# A\n\nText.\n"),
        ] {
            assert_eq!(added(before).as_deref(), Some(after));
        }
    }

    #[test]
    fn what_cannot_be_changed_without_harm_is_left_as_it_is() {
        assert_eq!(added("---\ntitle: [A\n---\n"), None);
        assert_eq!(added("---\na: &x [/x/]\naliases: *x\n---\n"), None);
    }
}
