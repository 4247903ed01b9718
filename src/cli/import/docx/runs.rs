//! What stands within a paragraph: words, links, notes, and what is left out of them.
//!
//! It must not know what a paragraph is.

use std::mem::take;

use super::fields::{Effect, effect};
use super::left_out::Left;
use super::model::{Block, Inline, Line, Target};
use super::reader::Reader;
use super::xml::Node;
use crate::cli::error::Error;

/// What may stand in a paragraph without being any of its text.
const SILENT: [&str; 3] = ["w:pPr", "w:rPr", "w:sdtPr"];

/// Letters of Wingdings and Symbol that texts use as signs.
const SIGNS: [(&str, char); 9] =
    [("E0", '→'), ("DF", '←'), ("F0", '⇒'), ("FC", '✓'), ("FB", '✗'), ("B7", '•'), ("A7", '▪'), ("6F", '□'), ("A8", '□')];

impl Reader<'_> {
    /// Reads the words within an element into a line.
    ///
    /// # Errors
    /// A file of the document is broken.
    pub(super) fn inlines(&mut self, node: &Node, link: Option<&Target>, line: &mut Line) -> Result<(), Error> {
        for child in &node.children {
            match &*child.name {
                "w:r" => self.run(child, link, line)?,
                "w:hyperlink" => {
                    let target = self.target(child);
                    self.inlines(child, target.as_ref().or(link), line)?;
                }
                "w:ins" | "w:moveTo" => {
                    self.left.add(Left::Insertions);
                    self.inlines(child, link, line)?;
                }
                "w:del" | "w:moveFrom" => self.left.add(Left::Deletions),
                "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => self.inlines(child, link, line)?,
                "w:sdt" => {
                    if let Some(content) = self.control(child) {
                        self.inlines(content, link, line)?;
                    }
                }
                "mc:AlternateContent" => {
                    if let Some(choice) = child.child("mc:Choice") {
                        self.inlines(choice, link, line)?;
                    }
                }
                "w:fldSimple" => self.simple_field(child, link, line)?,
                "w:bookmarkStart" => line.names.extend(child.attribute("w:name").map(str::to_string)),
                "m:oMath" | "m:oMathPara" => self.left.at(Left::Equations, &line.text()),
                "w:subDoc" => self.left.add(Left::Objects),
                _ => self.unknown(child, &SILENT),
            }
        }
        Ok(())
    }

    fn simple_field(&mut self, node: &Node, link: Option<&Target>, line: &mut Line) -> Result<(), Error> {
        let (effect, left) = effect(node.attribute("w:instr").unwrap_or_default());
        left.into_iter().for_each(|left| self.left.add(left));
        match effect {
            Effect::Out => Ok(()),
            Effect::Shown => self.inlines(node, link, line),
            Effect::Link(target) => self.inlines(node, Some(&target), line),
        }
    }

    /// Where a link leads, if it leads anywhere that readers can go.
    fn target(&mut self, node: &Node) -> Option<Target> {
        let relation = node.attribute("r:id").and_then(|id| self.relations.get(id));
        match (relation, node.attribute("w:anchor")) {
            (Some(relation), None) => Some(Target::Address(relation.target.clone())),
            (Some(relation), Some(name)) => Some(Target::Address(format!("{}#{name}", relation.target))),
            (None, Some(name)) => Some(Target::Name(name.to_string())),
            (None, None) => None,
        }
    }

    fn run(&mut self, node: &Node, link: Option<&Target>, line: &mut Line) -> Result<(), Error> {
        let properties = node.child("w:rPr");
        let is_hidden = self.styles.is_hidden(properties, self.style.as_deref());
        if is_hidden && node.child("w:t").or(node.child("w:drawing")).is_some() && self.fields.is_shown() {
            self.left.add(Left::Hidden);
        }
        // A run that is deleted without standing in a deletion.
        let is_deleted = properties.is_some_and(|properties| properties.child("w:del").is_some());
        for child in &node.children {
            match &*child.name {
                "w:fldChar" => {
                    let left = self.fields.mark(child.attribute("w:fldCharType"));
                    left.into_iter().for_each(|left| self.left.add(left));
                }
                "w:instrText" => self.fields.push_code(&child.words()),
                _ if is_hidden || is_deleted || !self.fields.is_shown() => {}
                _ => self.piece(child, properties, link, line)?,
            }
        }
        Ok(())
    }

    /// One piece of a run that is shown.
    fn piece(&mut self, node: &Node, properties: Option<&Node>, link: Option<&Target>, line: &mut Line) -> Result<(), Error> {
        match &*node.name {
            "w:t" => self.words(node.words(), properties, link, line),
            "w:tab" | "w:ptab" => self.words(" ".into(), properties, link, line),
            "w:noBreakHyphen" => self.words("\u{2011}".into(), properties, link, line),
            "w:sym" => {
                let sign = node.attribute("w:char").map(|code| code.to_uppercase());
                let sign = sign.and_then(|code| SIGNS.iter().find(|(end, _)| code.ends_with(end)).map(|(_, sign)| *sign));
                match sign {
                    Some(sign) => self.words(sign.into(), properties, link, line),
                    None => self.left.at(Left::Signs, &line.text()),
                }
            }
            "w:br" if matches!(node.attribute("w:type"), Some("page" | "column")) => {}
            "w:br" | "w:cr" => line.words.push(Inline::Break),
            "w:footnoteReference" => self.note("footnotes", node, line)?,
            "w:endnoteReference" => self.note("endnotes", node, line)?,
            "w:commentReference" => self.left.add(Left::Comments),
            "w:drawing" => self.drawing(node, line)?,
            "w:pict" => self.old_drawing(node, line)?,
            "w:object" => self.left.at(Left::Objects, &line.text()),
            "mc:AlternateContent" => {
                // The other branch says the same again for older programs.
                for child in node.child("mc:Choice").into_iter().flat_map(|choice| &choice.children) {
                    self.piece(child, properties, link, line)?;
                }
            }
            "w:ruby" => {
                for run in node.child("w:rubyBase").into_iter().flat_map(|base| base.all("w:r")) {
                    self.run(run, link, line)?;
                }
            }
            "w:delText" | "w:delInstrText" => self.left.add(Left::Deletions),
            _ => self.unknown(node, &SILENT),
        }
        Ok(())
    }

    fn words(&mut self, text: String, properties: Option<&Node>, link: Option<&Target>, line: &mut Line) {
        let text = text.replace(['\n', '\r', '\t'], " ");
        let (marks, link) = (self.styles.marks(properties), link.or(self.fields.link()).cloned());
        match line.words.last_mut() {
            Some(Inline::Words { text: before, marks: its_marks, link: its_link }) if *its_marks == marks && *its_link == link => {
                before.push_str(&text)
            }
            _ => line.words.push(Inline::Words { text, marks, link }),
        }
    }

    /// A note, with its text the first time that it is named.
    fn note(&mut self, kind: &'static str, node: &Node, line: &mut Line) -> Result<(), Error> {
        let Some(id) = node.attribute("w:id") else { return Ok(()) };
        let Some(file) = self.note_files.get_mut(kind) else { return Ok(()) };
        if let Some(label) = file.labels.get(id) {
            line.words.push(Inline::Note(label.clone()));
            return Ok(());
        }
        let Some(text) = file.texts.remove(id) else { return Ok(()) };
        let label = format!("{}{}", if kind == "endnotes" { "e" } else { "" }, file.labels.len() + 1);
        file.labels.insert(id.to_string(), label.clone());
        line.words.push(Inline::Note(label.clone()));
        let outer = std::mem::replace(&mut self.relations, file.relations.clone());
        let at = self.notes.len();
        self.notes.push((label, Vec::new()));
        let blocks = self.apart(&text);
        self.relations = outer;
        self.notes[at].1 = blocks?;
        Ok(())
    }

    /// The blocks of something that stands apart from the text around it: a note, a box.
    pub(super) fn apart(&mut self, node: &Node) -> Result<Vec<Block>, Error> {
        let outer = (take(&mut self.fields), take(&mut self.boxes), self.style.take(), self.take_joined());
        let blocks = self.blocks(node);
        self.fields = outer.0;
        self.boxes = outer.1;
        self.style = outer.2;
        let unended = self.put_joined(outer.3);
        let mut blocks = blocks?;
        if !unended.is_empty() {
            blocks.push(Block::Paragraph(unended));
        }
        Ok(blocks)
    }
}
