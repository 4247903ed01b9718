//! How `[lints]` is read, with its tables for folders and types.
//!
//! It must not know what a rule looks at.

use std::sync::Arc;

use super::choice::{CHOICES, Choice, Chosen, Unsaid};
use super::{LINTS, Level, Lints, Set};
use crate::config::Section;
use crate::config::tree::{Node, Value};
use crate::config::value::{self, Wrong};
use crate::diagnostic::Diagnostic;

const LEVELS: [(&str, Level); 3] = [("off", Level::Off), ("warn", Level::Warn), ("error", Level::Error)];

impl Lints {
    /// Reads the table.
    pub(in crate::config) fn read(&mut self, mut table: Section, found: &mut Vec<Diagnostic>) {
        let named = |(name, mut section): (String, Section), found: &mut Vec<Diagnostic>| {
            let set = Set::read(&mut section, found);
            section.finish(found);
            (name, set)
        };
        let below = |name: String| name.trim_matches('/').trim_start_matches("content/").to_string();
        self.folders = table.tables("in").into_iter().map(|(name, section)| named((below(name), section), found)).collect();
        // What is said of a folder stands behind what is said of those above it.
        self.folders.sort_by_key(|(name, _)| name.matches('/').count());
        self.types = table.tables("type").into_iter().map(|table| named(table, found)).collect();
        self.site = Set::read(&mut table, found).unless_default();
        table.finish(found);
    }
}

impl Set {
    fn read(table: &mut Section, found: &mut Vec<Diagnostic>) -> Set {
        let mut set = Set::default();
        for (at, (code, _)) in LINTS.iter().enumerate() {
            let asked: Vec<(usize, &Choice)> = CHOICES.iter().enumerate().filter(|(_, choice)| choice.code == *code).collect();
            match table.take(code) {
                None => {}
                Some(Node { value: Value::Table(entries), .. }) if !asked.is_empty() => {
                    let mut inside = table.inside(code, entries);
                    inside.read("level", &mut set.levels[at], |node, _| level(node).map(Some));
                    asked.iter().for_each(|(at, choice)| set.choose(*at, choice, &mut inside));
                    inside.finish(found);
                }
                Some(node) => match level(&node) {
                    Ok(level) => set.levels[at] = Some(level),
                    Err(wrong) => table.refuse(code, &node, &with_choices(wrong, &asked)),
                },
            }
        }
        set
    }

    /// Without what holds all the same.
    fn unless_default(mut self) -> Set {
        self.levels.iter_mut().zip(LINTS).for_each(|(level, (_, default))| *level = level.filter(|level| *level != default));
        self.chosen.retain(|(at, chosen)| *chosen != CHOICES[*at].default.chosen());
        self
    }

    fn choose(&mut self, at: usize, choice: &Choice, table: &mut Section) {
        let mut chosen = None;
        table.read(choice.name, &mut chosen, |node, _| match choice.default {
            Unsaid::Number(_, least) => value::whole(node, least).map(|number| Some(Chosen::Number(number))),
            Unsaid::Words => {
                let words = value::texts(node, r#"["a word"]"#)?;
                Ok(Some(Chosen::Words(
                    words.iter().map(|word| Arc::from(word.trim())).filter(|word: &Arc<str>| !word.is_empty()).collect(),
                )))
            }
        });
        self.chosen.extend(chosen.map(|chosen| (at, chosen)));
    }
}

fn with_choices(wrong: Wrong, asked: &[(usize, &Choice)]) -> Wrong {
    let Some((_, first)) = asked.first() else { return wrong };
    let example = match first.default {
        Unsaid::Number(number, _) => number.to_string(),
        Unsaid::Words => r#"["a word"]"#.into(),
    };
    wrong.hint(format!("what it asks for besides goes into a table: `{} = {{ level = \"warn\", {} = {example} }}`", first.code, first.name))
}

/// How much something weighs, in the words of the settings.
pub fn level(node: &Node) -> Result<Level, Wrong> {
    let known = |text: &String| LEVELS.iter().find(|(word, _)| word == text).map(|(_, level)| *level);
    match &node.value {
        Value::Text(text) => known(text),
        _ => None,
    }
    .ok_or_else(|| Wrong::expected("`\"off\"`, `\"warn\"` or `\"error\"`"))
}
