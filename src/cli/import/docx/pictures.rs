//! Pictures, and boxes of text that stand beside paragraphs.
//!
//! It must not know where they stand.

use super::left_out::Left;
use super::model::{Block, Inline, Line, Picture};
use super::reader::Reader;
use super::xml::Node;
use crate::cli::error::Error;

/// What browsers show, by its first bytes.
const FORMATS: [(&[u8], &str); 4] = [(b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"RIFF", "webp")];

/// What Office writes below descriptions that it made.
const AUTOMATIC: [&str; 2] = ["automatically generated", "AI-generated"];

/// What a picture says of itself.
#[derive(Default)]
struct Said {
    words: String,
    is_decorative: bool,
}

impl Reader<'_> {
    /// A drawing of today's Word.
    pub(super) fn drawing(&mut self, node: &Node, line: &mut Line) -> Result<(), Error> {
        let about = node.find("wp:docPr");
        if about.is_some_and(|about| matches!(about.attribute("hidden"), Some("1" | "true"))) {
            self.left.add(Left::Hidden);
            return Ok(());
        }
        let words = about.and_then(|about| about.attribute("descr").or(about.attribute("title"))).unwrap_or_default();
        let is_decorative =
            about.and_then(|about| about.find("adec:decorative")).is_some_and(|found| matches!(found.attribute("val"), Some("1" | "true")));
        let mut said = Said { words: words.split_whitespace().collect::<Vec<_>>().join(" "), is_decorative };
        let (mut pictures, mut boxes) = (Vec::new(), Vec::new());
        collect(node, "a:blip", &mut pictures);
        collect(node, "w:txbxContent", &mut boxes);
        if node.find("a:srcRect").is_some_and(|cut| ["l", "t", "r", "b"].iter().any(|side| cut.attribute(side).is_some_and(|by| by != "0")))
        {
            self.left.at(Left::Cropped, &said.words);
        }
        for blip in &pictures {
            match (blip.attribute("r:embed"), blip.attribute("r:link")) {
                (Some(id), _) => self.picture(id, std::mem::take(&mut said), line)?,
                (None, Some(_)) => self.left.at(Left::Outside, &said.words),
                (None, None) => {}
            }
        }
        if pictures.is_empty() && boxes.is_empty() {
            self.left.at(Left::Charts, &said.words);
        }
        self.boxes_of(&boxes)
    }

    /// A drawing as Word made it before 2007.
    pub(super) fn old_drawing(&mut self, node: &Node, line: &mut Line) -> Result<(), Error> {
        let (mut pictures, mut boxes) = (Vec::new(), Vec::new());
        collect(node, "v:imagedata", &mut pictures);
        collect(node, "w:txbxContent", &mut boxes);
        let words = node.find("v:shape").and_then(|shape| shape.attribute("alt")).unwrap_or_default().to_string();
        for id in pictures.iter().filter_map(|picture| picture.attribute("r:id")) {
            self.picture(id, Said { words: words.clone(), is_decorative: false }, line)?;
        }
        if pictures.is_empty() && boxes.is_empty() && node.find("v:shape").is_some() {
            self.left.add(Left::Charts);
        }
        self.boxes_of(&boxes)
    }

    fn boxes_of(&mut self, boxes: &[&Node]) -> Result<(), Error> {
        for content in boxes {
            let blocks = self.apart(content)?;
            if !blocks.is_empty() {
                self.left.add(Left::Boxes);
            }
            self.boxes.extend(blocks.into_iter().map(|block| match block {
                Block::Paragraph(line) => Block::Quote(line),
                block => block,
            }));
        }
        Ok(())
    }

    /// A picture of the archive, which gets a name beside the page.
    fn picture(&mut self, id: &str, said: Said, line: &mut Line) -> Result<(), Error> {
        let Some(relation) = self.relations.get(id).cloned() else { return Ok(()) };
        if relation.is_outside {
            self.left.at(Left::Outside, &said.words);
            return Ok(());
        }
        let file = match self.file_names.get(&relation.target) {
            Some(file) => file.clone(),
            None => {
                let Some(bytes) = self.package.picture(&relation.target)? else { return Ok(()) };
                let Some((_, extension)) = FORMATS.iter().find(|(head, _)| bytes.starts_with(head)) else {
                    self.left.at(Left::Formats, &said.words);
                    return Ok(());
                };
                let file = format!("picture-{}.{extension}", self.files.len() + 1);
                self.files.push((file.clone(), bytes));
                self.file_names.insert(relation.target, file.clone());
                file
            }
        };
        if said.words.is_empty() && !said.is_decorative {
            self.left.at(Left::Wordless, &file);
        }
        if AUTOMATIC.iter().any(|words| said.words.contains(words)) {
            self.left.at(Left::Automatic, &file);
        }
        let words = if said.is_decorative { String::new() } else { said.words };
        line.words.push(Inline::Picture(Picture { file, words, is_decorative: said.is_decorative }));
        Ok(())
    }
}

/// All elements of a name, at any depth, but not those that only older programs read, and none within another.
fn collect<'n>(node: &'n Node, name: &str, to: &mut Vec<&'n Node>) {
    for child in &node.children {
        match &*child.name {
            "mc:Fallback" => {}
            found if found == name => to.push(child),
            // What stands in a box is read with the box.
            "w:txbxContent" => {}
            _ => collect(child, name, to),
        }
    }
}
