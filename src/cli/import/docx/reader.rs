//! The text of a document, block by block.
//!
//! What is not known here does not pass: an element without a row is counted as unknown, and its words stay out. It must not know Markdown.

use std::collections::BTreeMap;
use std::mem::take;

use super::fields::Fields;
use super::left_out::{Left, LeftOut};
use super::model::{Block, Inline, Line};
use super::numbering::{Item, Numbering};
use super::package::{Package, Relation};
use super::styles::{Role, Styles};
use super::xml::Node;
use crate::cli::error::Error;

/// A document while it is read.
pub struct Reader<'p> {
    pub(super) package: &'p mut Package,
    /// What ids mean in the file that is being read.
    pub(super) relations: BTreeMap<String, Relation>,
    pub styles: Styles,
    numbering: Numbering,
    pub(super) fields: Fields,
    pub left: LeftOut,
    /// The pictures, by the names that they have beside the page.
    pub files: Vec<(String, Vec<u8>)>,
    /// The names by the paths in the archive.
    pub(super) file_names: BTreeMap<String, String>,
    /// The texts of notes, by their labels, in the order in which they are named.
    pub notes: Vec<(String, Vec<Block>)>,
    pub(super) note_files: BTreeMap<&'static str, NoteFile>,
    /// What stood beside the paragraph that is being read.
    pub(super) boxes: Vec<Block>,
    /// The style of that paragraph.
    pub(super) style: Option<String>,
    /// The words of paragraphs whose ends were deleted.
    joined: Line,
    /// Bookmarks between paragraphs.
    names: Vec<String>,
}

/// The notes at the foot of pages, or at the end.
#[derive(Debug, Default)]
pub struct NoteFile {
    pub texts: BTreeMap<String, Node>,
    pub relations: BTreeMap<String, Relation>,
    /// By ids.
    pub labels: BTreeMap<String, String>,
}

impl<'p> Reader<'p> {
    /// Reads what stands beside the text: styles, lists, notes.
    ///
    /// # Errors
    /// A file of the document is broken.
    pub fn new(package: &'p mut Package) -> Result<Reader<'p>, Error> {
        let relations = package.main_relations()?;
        let mut left = LeftOut::default();
        let part = |kind: &str, package: &mut Package| -> Result<(Node, String), Error> {
            let Some(relation) = relations.values().find(|relation| relation.kind == kind) else { return Ok(Default::default()) };
            Ok((package.xml(&relation.target)?.unwrap_or_default(), relation.target.clone()))
        };
        let styles = Styles::new(&part("styles", package)?.0);
        let numbering = Numbering::new(&part("numbering", package)?.0);
        let mut note_files = BTreeMap::new();
        for (kind, name) in [("footnotes", "w:footnote"), ("endnotes", "w:endnote")] {
            let (root, path) = part(kind, package)?;
            let texts = root.all(name).filter_map(|note| Some((note.attribute("w:id")?.to_string(), note.clone()))).collect();
            let relations = if path.is_empty() { BTreeMap::new() } else { package.relations(&path)? };
            note_files.insert(kind, NoteFile { texts, relations, labels: BTreeMap::new() });
        }
        for relation in relations.values().filter(|relation| matches!(&*relation.kind, "header" | "footer")) {
            if package.xml(&relation.target)?.is_some_and(|root| !root.words().trim().is_empty()) {
                left.add(Left::HeadsAndFeet);
            }
        }
        Ok(Reader {
            package,
            relations,
            styles,
            numbering,
            fields: Fields::default(),
            left,
            files: Vec::new(),
            file_names: BTreeMap::new(),
            notes: Vec::new(),
            note_files,
            boxes: Vec::new(),
            style: None,
            joined: Line::default(),
            names: Vec::new(),
        })
    }

    /// The blocks of the whole text.
    ///
    /// # Errors
    /// A file of the document is broken.
    pub fn document(&mut self) -> Result<Vec<Block>, Error> {
        let root = self.package.main()?;
        let body = root.child("w:body").ok_or_else(|| Error::site("the document has no text; nothing was written"))?;
        let mut blocks = self.blocks(body)?;
        if !self.joined.is_empty() {
            blocks.push(Block::Paragraph(take(&mut self.joined)));
        }
        Ok(blocks)
    }

    /// The blocks within an element.
    ///
    /// # Errors
    /// A file of the document is broken.
    pub fn blocks(&mut self, node: &Node) -> Result<Vec<Block>, Error> {
        let mut blocks = Vec::new();
        for child in &node.children {
            match &*child.name {
                "w:p" => self.paragraph(child, &mut blocks)?,
                "w:tbl" => self.table(child, &mut blocks)?,
                "w:sdt" => {
                    if let Some(content) = self.control(child) {
                        blocks.extend(self.blocks(content)?);
                    }
                }
                "w:ins" | "w:moveTo" => {
                    self.left.add(Left::Insertions);
                    blocks.extend(self.blocks(child)?);
                }
                "w:customXml" | "w:smartTag" => blocks.extend(self.blocks(child)?),
                "mc:AlternateContent" => {
                    if let Some(choice) = child.child("mc:Choice") {
                        blocks.extend(self.blocks(choice)?);
                    }
                }
                "w:del" | "w:moveFrom" => self.left.add(Left::Deletions),
                "w:bookmarkStart" => self.names.extend(child.attribute("w:name").map(str::to_string)),
                "w:altChunk" | "w:subDoc" => self.left.add(Left::Objects),
                "m:oMathPara" | "m:oMath" => self.left.add(Left::Equations),
                _ => self.unknown(child, &["w:sectPr", "w:tblPr", "w:tcPr", "w:customXmlPr"]),
            }
        }
        Ok(blocks)
    }

    /// Counts an element without a row, unless it has no words or is known to hold none of the text.
    pub(super) fn unknown(&mut self, node: &Node, known: &[&str]) {
        if !known.contains(&&*node.name) && !node.name.is_empty() && !node.words().trim().is_empty() {
            self.left.add(Left::Unknown);
        }
    }

    /// What a control holds that somebody has filled in.
    pub(super) fn control<'n>(&mut self, node: &'n Node) -> Option<&'n Node> {
        let properties = node.child("w:sdtPr");
        if properties.is_some_and(|properties| properties.switch("w:showingPlcHdr") == Some(true)) {
            self.left.add(Left::Placeholders);
            return None;
        }
        let gallery = properties.and_then(|properties| properties.find("w:docPartGallery")).and_then(Node::val);
        if gallery == Some("Table of Contents") {
            self.left.add(Left::Contents);
            return None;
        }
        node.child("w:sdtContent")
    }

    pub(super) fn take_joined(&mut self) -> Line {
        take(&mut self.joined)
    }

    /// Puts back what was taken; returns what stands there now.
    pub(super) fn put_joined(&mut self, line: Line) -> Line {
        std::mem::replace(&mut self.joined, line)
    }

    fn paragraph(&mut self, node: &Node, to: &mut Vec<Block>) -> Result<(), Error> {
        let properties = node.child("w:pPr");
        let style = properties.and_then(|properties| properties.child("w:pStyle")).and_then(Node::val);
        let outer = std::mem::replace(&mut self.style, style.map(str::to_string));
        let mut line = Line { names: take(&mut self.names), words: Vec::new() };
        self.inlines(node, None, &mut line)?;
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        let is_end_deleted = mark.is_some_and(|mark| mark.child("w:del").or(mark.child("w:moveFrom")).is_some());
        self.joined.words.append(&mut line.words);
        self.joined.names.append(&mut line.names);
        if !is_end_deleted {
            let line = take(&mut self.joined);
            let block = self.block(properties, style, line);
            to.extend(block.into_iter().flatten());
        }
        to.append(&mut self.boxes);
        self.style = outer;
        Ok(())
    }

    /// What a paragraph is.
    fn block(&mut self, properties: Option<&Node>, style: Option<&str>, line: Line) -> Option<Vec<Block>> {
        let role = self.styles.role(style).or_else(|| {
            let level = properties?.child("w:outlineLvl")?.val()?.parse::<u8>().ok()?;
            (level < 9).then_some(Role::Heading(level + 1))
        });
        let item = self.item(properties, style, &line);
        if line.is_empty() {
            // Its names belong to what follows.
            self.names.extend(line.names);
            return None;
        }
        let block = match role {
            Some(Role::Title) => Block::Title(line),
            Some(Role::Subtitle) => Block::Subtitle(line),
            Some(Role::Date) => Block::Date(line),
            Some(Role::Author) => Block::Author(line),
            Some(Role::Heading(level)) => {
                if item.is_some() {
                    self.left.at(Left::Headings, &line.text());
                }
                Block::Heading(level, line)
            }
            Some(Role::Contents) => {
                self.left.add(Left::Contents);
                return None;
            }
            _ => return Some(self.plain(role, item, line)),
        };
        Some(vec![block])
    }

    fn plain(&mut self, role: Option<Role>, item: Option<Item>, line: Line) -> Vec<Block> {
        let is_picture = |inline: &Inline| matches!(inline, Inline::Picture(_));
        let is_space = |inline: &Inline| matches!(inline, Inline::Words { text, .. } if text.trim().is_empty()) || *inline == Inline::Break;
        if item.is_none() && line.words.iter().any(is_picture) && line.words.iter().all(|inline| is_picture(inline) || is_space(inline)) {
            let pictures = line.words.into_iter().filter_map(|inline| match inline {
                Inline::Picture(picture) => Some(Block::Figure(picture, None)),
                _ => None,
            });
            return pictures.collect();
        }
        vec![match (role, item) {
            (Some(Role::Quote), None) => Block::Quote(line),
            (Some(Role::Caption), _) => Block::Caption(line),
            (Some(Role::Code), _) => Block::Code(line),
            (_, Some(item)) => {
                if item.is_odd {
                    self.left.at(Left::Numbers, &line.text());
                }
                Block::Item(item, line)
            }
            _ => Block::Paragraph(line),
        }]
    }

    /// A paragraph as an item: by what stands at it, else by its style. An empty one is none.
    fn item(&mut self, properties: Option<&Node>, style: Option<&str>, line: &Line) -> Option<Item> {
        let own = properties.and_then(|properties| properties.child("w:numPr"));
        let of_style = self.styles.chain(style).find_map(|style| style.at(&["w:pPr", "w:numPr"]));
        let number = |node: Option<&Node>, name: &str| {
            node.and_then(|node| node.child(name)).and_then(Node::val).and_then(|value| value.parse::<u32>().ok())
        };
        let list = number(own, "w:numId").or(number(of_style, "w:numId")).filter(|list| *list != 0 && !line.is_empty())?;
        let level = number(own, "w:ilvl").or(number(of_style, "w:ilvl")).map(|level| level as usize);
        let level = level.or_else(|| self.numbering.level_of_style(list, style?)).unwrap_or(0);
        let depth = self.styles.depth(style);
        self.numbering.count(list, level).map(|item| Item { level: item.level.max(depth), ..item })
    }
}
