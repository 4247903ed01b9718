//! Lists: which paragraphs are items, of which list, with which number.
//!
//! It must not know what an item says.

use std::collections::BTreeMap;

use super::xml::Node;

/// Word has nine levels.
const LEVELS: usize = 9;

/// A paragraph as an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// From 0.
    pub level: usize,
    /// Of a numbered one.
    pub number: Option<u32>,
    /// The same for items of one list.
    pub list: u32,
    /// Whether readers of the document saw a letter, a Roman number or `1.2`, which Markdown has not.
    pub is_odd: bool,
}

#[derive(Debug, Default, Clone)]
struct Level {
    format: String,
    text: String,
    start: u32,
    style: Option<String>,
}

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub struct Numbering {
    /// By the ids of definitions.
    lists: BTreeMap<u32, Vec<Level>>,
    /// The definition of each list, and the number that its levels begin with if they say so.
    by_id: BTreeMap<u32, (u32, BTreeMap<usize, u32>)>,
    counted: BTreeMap<u32, [u32; LEVELS]>,
    /// Lists and levels.
    begun: Vec<(u32, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn new(root: &Node) -> Numbering {
        let number = |node: &Node, name: &str| node.attribute(name).and_then(|value| value.parse::<u32>().ok());
        let abstracts: Vec<&Node> = root.all("w:abstractNum").collect();
        let mut numbering = Numbering::default();
        for list in &abstracts {
            // A list may be that of a style, which stands in another definition.
            let style = list.child("w:numStyleLink").and_then(Node::val);
            let meant =
                style.and_then(|style| abstracts.iter().find(|other| other.child("w:styleLink").and_then(Node::val) == Some(style)));
            if let Some(id) = number(list, "w:abstractNumId") {
                numbering.lists.insert(id, levels(meant.unwrap_or(list)));
            }
        }
        for list in root.all("w:num") {
            let definition = list.child("w:abstractNumId").and_then(Node::val).and_then(|id| id.parse().ok());
            let starts = list.all("w:lvlOverride").filter_map(|level| {
                let start = level.child("w:startOverride")?.val()?.parse().ok()?;
                Some((number(level, "w:ilvl")? as usize, start))
            });
            if let (Some(id), Some(definition)) = (number(list, "w:numId"), definition) {
                numbering.by_id.insert(id, (definition, starts.collect()));
            }
        }
        numbering
    }

    /// The level that a list has for a style of paragraphs.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<usize> {
        let (definition, _) = self.by_id.get(&list)?;
        self.lists.get(definition)?.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts a paragraph of a list; `None` if nothing stands before it.
    pub fn count(&mut self, list: u32, level: usize) -> Option<Item> {
        let level = level.min(LEVELS - 1);
        let (definition, starts) = self.by_id.get(&list)?;
        let found = self.lists.get(definition).and_then(|levels| levels.get(level)).cloned().unwrap_or_default();
        if found.format == "none" {
            return None;
        }
        let counted = self.counted.entry(*definition).or_default();
        if !self.begun.contains(&(list, level)) {
            self.begun.push((list, level));
            if let Some(start) = starts.get(&level) {
                counted[level] = start.saturating_sub(1);
            }
        }
        if counted[level] == 0 && found.start > 0 {
            counted[level] = found.start - 1;
        }
        counted[level] = counted[level].saturating_add(1);
        counted[level + 1..].fill(0);
        let is_bullet = found.format == "bullet";
        let is_odd = !is_bullet && (found.format != "decimal" || found.text.matches('%').count() > 1);
        Some(Item { level, number: (!is_bullet).then_some(counted[level]), list, is_odd })
    }
}

fn levels(list: &Node) -> Vec<Level> {
    let mut levels = vec![Level::default(); LEVELS];
    for level in list.all("w:lvl") {
        let at = level.attribute("w:ilvl").and_then(|level| level.parse::<usize>().ok());
        let said = |name: &str| level.child(name).and_then(Node::val);
        if let Some(place) = at.and_then(|at| levels.get_mut(at)) {
            *place = Level {
                format: said("w:numFmt").unwrap_or("decimal").to_string(),
                text: said("w:lvlText").unwrap_or_default().to_string(),
                start: said("w:start").and_then(|start| start.parse().ok()).unwrap_or(1),
                style: said("w:pStyle").map(str::to_string),
            };
        }
    }
    levels
}
