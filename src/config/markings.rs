//! The protective markings of a site: `[markings]`, and how a word is found among them.
//!
//! It must not know pages, nor who may read what.

use super::section::{Given, Section};
use super::tree::Node;
use super::value::{self, Wrong};
use crate::diagnostic::nearest;

/// How a list of markings is written.
const EXAMPLE: &str = r#"["official", "restricted"]"#;

/// The markings of a site, the lowest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Markings {
    order: Vec<String>,
}

impl Markings {
    /// Reads the table; a list that cannot be taken is told, and is none.
    pub(super) fn read(&mut self, table: &mut Section) {
        table.read("order", &mut self.order, |node, _| order(node));
    }

    /// The markings of these settings. What is wrong with them is told by [`read`](super::read).
    pub fn of(given: &Given) -> Markings {
        let read = |mut table: Section, _: &mut Vec<_>| {
            let mut markings = Markings::default();
            markings.read(&mut table);
            markings
        };
        super::read_table(given, "markings", read).0
    }

    /// Whether the site has none.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// All of them, the lowest first.
    pub fn names(&self) -> &[String] {
        &self.order
    }

    /// The place of a marking, in whatever letters it is written; `None` if the site has no such marking.
    pub fn rank(&self, word: &str) -> Option<usize> {
        let word = folded(word);
        self.order.iter().position(|known| folded(known) == word)
    }

    /// What to say of a word that is none of them.
    pub fn hint(&self, word: &str) -> String {
        let names = || self.order.iter().map(String::as_str);
        match nearest(&folded(word), names()) {
            _ if self.is_empty() => {
                format!("the site has none: `[markings] order = {EXAMPLE}` in `site.toml` names them, the lowest first")
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}: `[markings]` in `site.toml` names them", listed(names())),
        }
    }

    /// Those that a setting names, as the site writes them.
    ///
    /// # Errors
    /// It is no list of markings of the site.
    pub fn some(&self, node: &Node) -> Result<Vec<String>, Wrong> {
        let words = value::texts(node, EXAMPLE)?;
        let known = |word: &String| self.rank(word).map(|rank| self.order[rank].clone());
        match words.iter().find(|word| self.rank(word).is_none()) {
            None => Ok(words.iter().filter_map(known).collect()),
            Some(word) => Err(Wrong::expected(format!("markings of the site, and there is no `{word}`")).hint(self.hint(word))),
        }
    }
}

/// Words in code marks, with commas between.
pub fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// A marking as it is compared: `OFFICIAL-SENSITIVE` is `official sensitive`.
pub fn folded(word: &str) -> String {
    let parts = word.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_')).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn order(node: &Node) -> Result<Vec<String>, Wrong> {
    let words: Vec<String> = value::texts(node, EXAMPLE)?.iter().map(|word| word.trim().to_string()).collect();
    let expected = |what: &str| Wrong::expected(format!("a list of {what}, the lowest first, such as `{EXAMPLE}`"));
    if words.is_empty() {
        return Err(expected("markings").hint("a site without markings has no `[markings]`"));
    }
    if words.iter().any(|word| folded(word).is_empty() || word.contains(',') || word.chars().any(char::is_control)) {
        return Err(expected("words without commas"));
    }
    let twice = words.iter().enumerate().find(|(at, word)| words[..*at].iter().any(|before| folded(before) == folded(word)));
    match twice {
        Some((_, word)) => {
            Err(expected("markings that differ").hint(format!("`{word}` is there twice; letters, spaces and hyphens make no difference")))
        }
        None => Ok(words),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The markings of these settings, and what is said of them.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let (config, problems) = crate::config::read(&Arc::from("site.toml"), text, &[]);
        (config.markings.order, problems.iter().map(|problem| format!("{} {}", problem.message, problem.hints.join(" "))).collect())
    }

    #[test]
    fn a_word_is_found_in_any_letters() {
        let markings = Markings { order: vec!["Official".into(), "OFFICIAL-SENSITIVE".into()] };
        assert_eq!((markings.rank("OFFICIAL"), markings.rank(" official  sensitive "), markings.rank("secret")), (Some(0), Some(1), None));
        assert_eq!(markings.hint("oficial"), "did you mean `Official`?");
        assert!(markings.hint("top secret").contains("`Official`, `OFFICIAL-SENSITIVE`"));
        assert!(Markings::default().hint("secret").contains("[markings] order"));
    }

    #[test]
    fn a_list_that_is_none_is_told_and_is_not_taken() {
        assert_eq!(read("[markings]\norder = [\"a\", \"b\"]"), (vec!["a".into(), "b".into()], vec![]));
        for (written, said) in [
            ("[]", "has no `[markings]`"),
            ("[\"a\", \"A\"]", "`A` is there twice"),
            ("[\"a\", \" \"]", "words without commas"),
            ("[\"a,b\"]", "words without commas"),
            ("\"official\"", "a list of texts"),
            ("[1]", "a list of texts"),
        ] {
            let (order, problems) = read(&format!("[markings]\norder = {written}"));
            assert!(order.is_empty() && problems.len() == 1 && problems[0].contains(said), "{written}: {problems:?}");
        }
        assert!(read("[markings]\nordre = [\"a\"]").1[0].contains("did you mean `markings.order`?"));
    }
}
