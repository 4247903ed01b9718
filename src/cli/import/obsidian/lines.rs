//! Lines of a note that Obsidian or one of its plugins reads, and readers would see as they are written.
//!
//! They stay as they are, and are told. It must not know properties.

use std::collections::BTreeSet;

use crate::cli::import::body::Body;
use crate::cli::import::new_site::{NewSite, Note};

/// Blocks of code that are queries or drawings, by their language, and what they are.
const BLOCKS: [(&str, &str); 7] = [
    ("dataview", "a query of Dataview is shown as code"),
    ("dataviewjs", "a script of Dataview is shown as code"),
    ("tasks", "a query of Tasks is shown as code"),
    ("query", "a search is shown as code"),
    ("base", "a base is shown as code"),
    ("mermaid", "a diagram of Mermaid is shown as code; export it as a picture"),
    ("ad-", "a block of the Admonition plugin is shown as code; write it as a box: `> [!NOTE]`"),
];

/// What begins where in a line, and what is said of it.
const SIGNS: [(&str, &str); 6] = [
    ("<%", "a tag of Templater is text"),
    ("{{", "a tag of a template is text"),
    ("^[", "a note within its line is text; write `[^1]`, and `[^1]: …` below"),
    ("](obsidian://", "this link opens the program of its author, and nothing for readers"),
    ("](file:", "this link leads into the disk of its author, and shows readers a path of it"),
    ("$$", "formulas are text unless `markdown.math = true` stands in `site.toml`"),
];

/// Tells of such lines in the note at `path`.
pub fn tell(path: &str, body: &Body, site: &mut NewSite) {
    let mut is_formula = false;
    for (number, line) in (0..).zip(body.text.lines()) {
        let language = line.trim_start().trim_start_matches(['`', '~']).split_whitespace().next().unwrap_or_default();
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let is_it = |name: &str| language == name || name.ends_with('-') && language.starts_with(name);
        if let Some((_, what)) = BLOCKS.iter().find(|(name, _)| is_fence && is_it(name)) {
            site.note(Note::lost(path, *what).on(body.line(0) + number));
        }
    }
    let mut tags: BTreeSet<&str> = BTreeSet::new();
    let mut first_tag = None;
    for (at, line) in body.lines() {
        for (sign, what) in SIGNS {
            let Some(found) = line.find(sign).filter(|found| !body.is_code(at + found)) else { continue };
            if sign == "$$" && std::mem::replace(&mut is_formula, true) {
                continue;
            }
            site.note(Note::lost(path, what).on(body.line(at + found)));
        }
        if let Some(name) = field(line).filter(|name| !body.is_code(at + offset(line, name))) {
            site.note(Note::lost(path, format!("the field `{name}::` of Dataview is text; put it into the properties")).on(body.line(at)));
        }
        for tag in inline_tags(line).filter(|tag| !body.is_code(at + offset(line, tag))) {
            tags.insert(tag);
            first_tag.get_or_insert(body.line(at));
        }
    }
    for (at, _) in body.text.match_indices("`=").chain(body.text.match_indices("`$=")).filter(|(at, _)| body.is_code(*at)) {
        site.note(Note::lost(path, "a query of Dataview within a line is shown as code").on(body.line(at)));
    }
    if let Some(line) = first_tag {
        let tags = tags.into_iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
        site.note(
            Note::changed(path, format!("tags in the text are text: {tags}; put them into `tags` if the note is to be listed by them"))
                .on(line),
        );
    }
}

fn offset(line: &str, part: &str) -> usize {
    part.as_ptr() as usize - line.as_ptr() as usize
}

/// The name of a field: `due:: 2024-03-02` at the beginning of a line or of an item, or `[due:: …]` within one.
fn field(line: &str) -> Option<&str> {
    let (before, _) = line.split_once("::")?;
    let name = before.rsplit(['[', '(']).next().unwrap_or(before).trim_start_matches([' ', '-', '*', '+', '>']).trim();
    let is_name =
        !name.is_empty() && name.len() < 40 && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    is_name.then_some(name)
}

/// Tags as Obsidian reads them: letters, digits, `_`, `-` and `/`, with something else than digits in them
/// (<https://help.obsidian.md/tags#Tag%20format>).
fn inline_tags(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('#').filter_map(|(at, _)| {
        let is_apart = line[..at].chars().next_back().is_none_or(char::is_whitespace);
        let rest = &line[at + 1..];
        let is_sign = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '/');
        let end = rest.find(|letter| !is_sign(letter)).unwrap_or(rest.len());
        let name = &rest[..end];
        (is_apart && name.chars().any(|letter| !letter.is_ascii_digit())).then(|| &line[at..at + 1 + end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let mut site = NewSite::default();
        tell("a.md", &Body::new(text, 1), &mut site);
        site.notes().into_iter().map(|note| format!("{} {}", note.line, note.message)).collect()
    }

    #[test]
    fn what_only_obsidian_reads_is_told_by_its_line() {
        let text = "due:: 2024-03-02\n\nAs of <% tp.date.now() %> it is #open and #law/eu.\n\n```dataview\nLIST\n```\n\nBy `= this.file.name`.^[So.]\n\n- [x](obsidian://open?vault=v) [priority:: high]\n";
        assert_eq!(
            told(text),
            [
                "1 the field `due::` of Dataview is text; put it into the properties",
                "3 a tag of Templater is text",
                "3 tags in the text are text: `#law/eu`, `#open`; put them into `tags` if the note is to be listed by them",
                "5 a query of Dataview is shown as code",
                "9 a note within its line is text; write `[^1]`, and `[^1]: …` below",
                "9 a query of Dataview within a line is shown as code",
                "11 the field `priority::` of Dataview is text; put it into the properties",
                "11 this link opens the program of its author, and nothing for readers",
            ]
        );
    }

    #[test]
    fn plain_text_and_code_are_not_told() {
        assert_eq!(told("# Heading\n\n#1 of C# and a::b in `#code {{x}}`, at 12::30.\n\n    due:: x #y\n\n> [!note] x\n"), [""; 0]);
    }
}
