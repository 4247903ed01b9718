//! Addresses by patterns, `[permalinks]`, in Hugo's words (<https://gohugo.io/configuration/permalinks/>).
//!
//! Owns the words, and what stands between them. It must not know what a page says for a word.

use super::Section;
use super::value::{self, Wrong};
use crate::diagnostic::nearest;

/// What pages name in their front matter; settings know no pages, so the names stand here too.
const TAXONOMIES: [&str; 4] = ["topics", "tags", "authors", "series"];

/// A word of a pattern, for which each page has a text of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    Year,
    Month,
    MonthName,
    Day,
    Title,
    Slug,
    Section,
    Sections,
    ContentBaseName,
}

impl Word {
    /// The words as they are written, without their colon.
    pub const NAMES: [(&'static str, Word); 9] = [
        ("year", Word::Year),
        ("month", Word::Month),
        ("monthname", Word::MonthName),
        ("day", Word::Day),
        ("title", Word::Title),
        ("slug", Word::Slug),
        ("section", Word::Section),
        ("sections", Word::Sections),
        ("contentbasename", Word::ContentBaseName),
    ];

    /// The word as it is written, without its colon.
    pub fn name(self) -> &'static str {
        Word::NAMES[self as usize].0
    }
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Text(Box<str>),
    Word(Word),
}

/// The address of pages, such as `/:year/:month/:slug/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// It has a word that nobody knows, or none at all, or is no path.
    fn new(text: &str) -> Result<Pattern, Wrong> {
        let expected = || Wrong::expected("a path with words such as `/:year/:month/:slug/`");
        let mut pieces = Vec::new();
        let mut parts = text.split(':');
        let mut push = |text: &str| pieces.extend((!text.is_empty()).then(|| Piece::Text(text.into())));
        push(parts.next().unwrap_or_default());
        for part in parts {
            let end = part.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(part.len());
            let (name, rest) = part.split_at(end);
            let names = Word::NAMES.iter().map(|(known, _)| *known);
            let Some((_, word)) = Word::NAMES.iter().find(|(known, _)| *known == name) else {
                let wrong = expected();
                return Err(match nearest(name, names.clone()) {
                    Some(near) => wrong.hint(format!("did you mean `:{near}`?")),
                    None => wrong.hint(format!("the words are {}", names.map(|name| format!("`:{name}`")).collect::<Vec<_>>().join(", "))),
                });
            };
            if rest.starts_with('[') {
                return Err(expected().hint(format!("parts of `:{name}` cannot be chosen: write the folders that are meant")));
            }
            pieces.push(Piece::Word(*word));
            pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.into())));
        }
        let tells = |piece: &Piece| matches!(piece, Piece::Word(Word::Title | Word::Slug | Word::ContentBaseName));
        if !pieces.iter().any(tells) {
            return Err(
                expected().hint("without `:slug`, `:title` or `:contentbasename` all pages of one day or folder would be at one address")
            );
        }
        let is_path = !text.contains("//") && !text.contains(['\\', '?', '#']) && !text.split('/').any(|part| matches!(part, "." | ".."));
        if is_path { Ok(Pattern { pieces }) } else { Err(expected()) }
    }

    /// The pattern, if it fits what it is for: most terms are nothing but a name, without a date and a folder.
    fn for_key(self, key: &str) -> Result<Pattern, Wrong> {
        let has_more =
            |piece: &Piece| matches!(piece, Piece::Word(word) if !matches!(word, Word::Title | Word::Slug | Word::ContentBaseName));
        if TAXONOMIES.contains(&key) && self.pieces.iter().any(has_more) {
            let wrong = Wrong::expected("a path with `:slug` as its only word");
            return Err(wrong.hint(format!("{key} are names, without a date or a folder: write `/{key}/:slug/`")));
        }
        Ok(self)
    }

    /// The path with each word filled in.
    ///
    /// # Errors
    /// The first word for which there is no text.
    pub fn fill(&self, mut text: impl FnMut(Word) -> Option<String>) -> Result<String, Word> {
        let mut path = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(own) => path.push_str(own),
                Piece::Word(word) => path.push_str(&text(*word).ok_or(*word)?),
            }
        }
        Ok(path)
    }

    /// The folder before the first word, in which the list of such pages lives: `categories/` of `/categories/:slug/`; empty if it begins with a word.
    pub fn folder(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => {
                let end = text.rfind('/').map_or(0, |end| end + 1);
                text[..end].trim_start_matches('/')
            }
            _ => "",
        }
    }
}

/// `[permalinks]`: patterns by section or kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Permalinks {
    /// Longer folders first.
    patterns: Vec<(Box<str>, Pattern)>,
}

impl Permalinks {
    /// The pattern of a section, the nearest one above a folder: that of `briefings/notes` holds for `briefings/notes/2024`, before that of `briefings`.
    pub fn of_section(&self, folder: &str) -> Option<&Pattern> {
        let is_below = |section: &str| folder.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.patterns.iter().find(|(section, _)| is_below(section)).map(|(_, pattern)| pattern)
    }

    /// The pattern of a kind or taxonomy by the name of its folder: `topics`.
    pub fn of_kind(&self, folder: &str) -> Option<&Pattern> {
        self.patterns.iter().find(|(known, _)| &**known == folder).map(|(_, pattern)| pattern)
    }

    /// What the patterns are for, in the order of the table but longer names first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().map(|(folder, _)| &**folder)
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Reads the table.
    pub(super) fn read(&mut self, table: &mut Section) {
        for entry in std::mem::take(&mut table.entries) {
            match value::text(&entry.node, None).and_then(|text| Pattern::new(&text)).and_then(|pattern| pattern.for_key(&entry.key)) {
                Ok(pattern) => self.patterns.push((entry.key.trim_matches('/').into(), pattern)),
                Err(wrong) => table.refuse(&entry.key, &entry.node, &wrong),
            }
        }
        self.patterns.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in_and_the_first_that_is_missing_is_named() {
        let pattern = Pattern::new("/:year/m-:month/:slug/").expect("a pattern");
        let text = |word: Word| Some(format!("<{}>", word.name()));
        assert_eq!(pattern.fill(text), Ok("/<year>/m-<month>/<slug>/".into()));
        assert_eq!(pattern.fill(|word| (word != Word::Month).then(String::new)), Err(Word::Month));
        assert_eq!(Pattern::new(":section/:title.html").expect("a pattern").fill(text), Ok("<section>/<title>.html".into()));
    }

    #[test]
    fn a_list_lives_before_the_first_word() {
        let folder = |text: &str| Pattern::new(text).expect("a pattern").folder().to_string();
        assert_eq!(
            (folder("/categories/:slug/"), folder("/a/b/c-:slug/"), folder("/:slug/")),
            ("categories/".into(), "a/b/".into(), String::new())
        );
    }

    #[test]
    fn what_is_no_pattern_is_answered_with_what_to_write() {
        let hints = |text: &str| Pattern::new(text).expect_err("no pattern").hints.join(" ");
        assert_eq!(hints("/:yaer/:slug/"), "did you mean `:year`?");
        assert!(hints("/:weather/:slug/").starts_with("the words are `:year`"));
        assert!(hints("/:sections[1:]/:slug/").contains("cannot be chosen"));
        assert!(hints("/:year/:month/").contains("at one address"));
        let of_term = |text: &str| Pattern::new(text).and_then(|pattern| pattern.for_key("tags"));
        assert!(of_term("/:year/:slug/").expect_err("no pattern").hints[0].contains("`/tags/:slug/`") && of_term("/t/:slug/").is_ok());
        for text in ["/../:slug/", "//:slug", "/:slug?x"] {
            assert!(Pattern::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_nearest_folder_holds() {
        let pattern = |text: &str| Pattern::new(text).expect("a pattern");
        let patterns = vec![("a/b".into(), pattern("/ab/:slug/")), ("a".into(), pattern("/x/:slug/"))];
        let permalinks = Permalinks { patterns };
        let folder = |folder: &str| permalinks.of_section(folder).map(|pattern| pattern.folder().to_string());
        assert_eq!(
            (folder("a/b/c").as_deref(), folder("a/bc").as_deref(), folder("a").as_deref(), folder("ab")),
            (Some("ab/"), Some("x/"), Some("x/"), None)
        );
    }
}
