//! Ids of headings: where Python-Markdown gives another than GitHub, the heading says it, so that no link into a page is lost.
//!
//! It must not know settings.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::page::body::Ids;

/// Writes ids to the headings of a text that would have another one here. The first heading of the first level is the title, if `has_title` does not
/// say that there is one already.
pub fn keep_ids(text: &str, title: Title) -> String {
    let mut theirs = PythonIds::default();
    let mut ours = Ids::default();
    let mut is_title = title == Title::FirstHeading;
    let mut fence = Fence::default();
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let heading = (!fence.take(line)).then(|| heading(line)).flatten();
        match heading {
            Some((level, words)) if !words.is_empty() => {
                let id = theirs.id(&words);
                let leaves = std::mem::take(&mut is_title) && level == 1;
                let own = if leaves { id.clone() } else { ours.of_text(&words, 0..0) };
                match own == id {
                    true => out.push_str(line),
                    false => out.push_str(&with_id(line, &id)),
                }
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// What the title of a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    InFrontMatter,
    FirstHeading,
}

/// Whether lines stand in a fence of code.
#[derive(Debug, Default)]
pub struct Fence {
    open: Option<(char, usize)>,
}

impl Fence {
    /// Takes the next line; whether it is one of code, or opens or closes some.
    pub fn take(&mut self, line: &str) -> bool {
        let line = line.trim();
        let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| line.chars().take_while(|letter| *letter == sign).count());
        match (self.open, sign) {
            (Some((open, least)), Some(sign)) if sign == open && length >= least && line.len() == length => self.open = None,
            (Some(_), _) => {}
            (None, Some(sign)) if length >= 3 && !line[length..].contains('`') => self.open = Some((sign, length)),
            _ => return false,
        }
        true
    }
}

/// The level and the words of a heading whose text is plain enough to tell its id, and that has no id of its own.
fn heading(line: &str) -> Option<(usize, String)> {
    let level = line.chars().take_while(|letter| *letter == '#').count();
    let words = line[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level))?.trim().trim_end_matches('#').trim_end();
    let words: String = words.chars().filter(|letter| !matches!(letter, '`' | '*')).collect();
    (!words.contains(['[', '<', '!', '&', '{', '\\'])).then_some((level, words))
}

fn with_id(line: &str, id: &str) -> String {
    let words = line.trim_end();
    format!("{} {{#{id}}}{}", words.trim_end_matches('#').trim_end(), &line[words.len()..])
}

/// The ids of one page as Python-Markdown gives them.
#[derive(Default)]
struct PythonIds {
    taken: HashMap<String, usize>,
}

impl PythonIds {
    fn id(&mut self, words: &str) -> String {
        let slug = python_slug(words);
        let again = self.taken.entry(slug.clone()).or_default();
        *again += 1;
        match *again {
            1 if !slug.is_empty() => slug,
            1 => "_1".to_string(),
            again => format!("{slug}_{}", again - 1),
        }
    }
}

/// The slug of a text as the extension `toc` makes it: only letters of ASCII stay (<https://python-markdown.github.io/extensions/toc/>).
pub fn python_slug(text: &str) -> String {
    let plain: String = text.nfkd().filter(char::is_ascii).collect();
    let kept: String =
        plain.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-') || letter.is_whitespace()).collect();
    let mut slug = String::new();
    for letter in kept.trim().chars() {
        let letter = if letter.is_whitespace() { '-' } else { letter.to_ascii_lowercase() };
        if letter != '-' || !slug.ends_with('-') {
            slug.push(letter);
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_the_id_that_they_would_not_have_here() {
        for (before, after) in [
            ("## Énergie à quai\n", "## Énergie à quai {#energie-a-quai}\n"),
            ("## Plain words\n## Plain words ##\n", "## Plain words\n## Plain words {#plain-words_1}\n"),
            ("# Title\n\n## Title\n", "# Title\n\n## Title {#title_1}\n"),
            ("## With an id {#x}\n## A [link](x.md)\n", "## With an id {#x}\n## A [link](x.md)\n"),
            ("```\n## à\n```\n", "```\n## à\n```\n"),
        ] {
            assert_eq!(keep_ids(before, Title::FirstHeading), after);
        }
    }
}
