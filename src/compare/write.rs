//! A comparison as HTML: the new text, with what went and what came in it.
//!
//! Owns `Labels`. It must not know how blocks were paired. Nothing here tells a change by colour alone: `ins` and `del` hold words for those who listen, and
//! the looks of the elements are those for readers who see.

use std::ops::Range;

use super::blocks::{Block, Shape};
use super::diff::Edit;
use super::inline::Text;
use super::{Comparison, Pair, Piece};
use crate::html::{attribute, escape, number};

/// What is said around changes, in a language.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// Before and behind what came, and what went; for those who listen.
    pub added: [&'a str; 2],
    pub removed: [&'a str; 2],
    /// At a block that stood elsewhere, and at the place where it stood.
    pub moved_here: &'a str,
    pub moved_away: &'a str,
    /// What a table is called that stands below no heading.
    pub table: &'a str,
    /// Above the notes.
    pub notes: &'a str,
}

impl Comparison {
    /// The whole as HTML. Its anchors are `change-1` and so on, and `moved-1` where a block stood that has been moved.
    pub fn html(&self, labels: &Labels) -> String {
        let mut writer =
            Writer { comparison: self, labels, html: String::new(), lists: Vec::new(), within: Within::Nothing, heading: None, next: 0 };
        for piece in &self.pieces {
            writer.piece(piece);
        }
        writer.leave(&Within::Nothing);
        writer.html
    }
}

/// What is open.
#[derive(Debug, Clone, PartialEq)]
enum Within {
    Nothing,
    Quote,
    List,
    Table,
    Notes,
}

struct Writer<'a> {
    comparison: &'a Comparison,
    labels: &'a Labels<'a>,
    html: String,
    /// The lists that are open, the innermost last: whether each is numbered. An item is open in each.
    lists: Vec<bool>,
    within: Within,
    /// The heading above, for the name of a table.
    heading: Option<String>,
    /// So many changes have been shown.
    next: usize,
}

impl<'a> Writer<'a> {
    fn piece(&mut self, piece: &Piece) {
        let comparison = self.comparison;
        let block = match piece {
            Piece::Removed { old } | Piece::MovedAway { old, .. } => &comparison.old[*old],
            Piece::Same { new } | Piece::Added { new } | Piece::Changed { new, .. } | Piece::MovedHere { new, .. } => &comparison.new[*new],
        };
        self.next += usize::from(piece.is_change());
        let mut attributes = String::new();
        if piece.is_change() {
            attribute("id", &format!("change-{}", self.next), &mut attributes);
        }
        let class = match piece {
            Piece::Same { .. } => "",
            Piece::Changed { .. } => "changed",
            Piece::Added { .. } => "added",
            Piece::Removed { .. } => "removed",
            Piece::MovedHere { .. } => "moved",
            Piece::MovedAway { .. } => "moved-away",
        };
        if !class.is_empty() {
            attribute("class", class, &mut attributes);
        }
        if let Piece::MovedAway { new, .. } = piece {
            let number = self.number_of(*new);
            attribute("id", &format!("moved-{number}"), &mut attributes);
        }
        self.begin(block, &attributes);
        self.inside(block, piece);
        self.end(block);
        if block.is_heading() && piece.shown().is_some() {
            self.heading = Some(block.plain());
        }
    }

    /// The number of the change by which a block of the new text came to its place.
    fn number_of(&self, new: usize) -> usize {
        let is_it = |piece: &&Piece| piece.shown() == Some(new);
        let upto = self.comparison.pieces.iter().take_while(|piece| !is_it(piece)).filter(|piece| piece.is_change()).count();
        upto + 1
    }

    /// Closes what a block does not stand in, opens what it stands in, and its own element.
    fn begin(&mut self, block: &Block, attributes: &str) {
        let within = match &block.shape {
            Shape::Quote => Within::Quote,
            Shape::Item { .. } => Within::List,
            Shape::Row { .. } => Within::Table,
            Shape::Note { .. } => Within::Notes,
            _ => Within::Nothing,
        };
        let starts_anew = matches!(block.shape, Shape::Row { is_first: true, .. });
        if within != self.within || starts_anew {
            self.leave(&within);
        }
        match &block.shape {
            Shape::Heading(level) => self.open(&format!("h{}", (*level).max(2)), attributes),
            Shape::Paragraph | Shape::Quote => self.open("p", attributes),
            Shape::Item { depth, number, goes_on } => self.item(*depth as usize, *number, *goes_on, attributes),
            Shape::Note { goes_on } => self.item(1, None, *goes_on, attributes),
            Shape::Row { .. } => self.open("tr", attributes),
            Shape::Code => self.html.extend(["<pre tabindex=\"0\"", attributes, "><code>"]),
            Shape::Caption => self.html.extend(["<div class=\"caption\"><p", attributes, ">"]),
            Shape::Term => self.html.extend(["<p", attributes, "><strong>"]),
            Shape::Definition => self.html.extend(["<div class=\"definition\"><p", attributes, ">"]),
        }
    }

    fn open(&mut self, tag: &str, attributes: &str) {
        self.html.extend(["<", tag, attributes, ">"]);
    }

    /// Opens an item, or goes on with the one that is open.
    fn item(&mut self, depth: usize, value: Option<u32>, goes_on: bool, attributes: &str) {
        if goes_on && self.lists.len() >= depth {
            self.close_lists(depth);
            return self.open("div", attributes);
        }
        let is_numbered = value.is_some() || self.within == Within::Notes;
        self.close_lists(depth);
        if self.lists.len() == depth {
            self.html.push_str("</li>\n");
            if self.lists.last() != Some(&is_numbered) {
                self.close_list();
            }
        }
        while self.lists.len() < depth {
            let is_innermost = self.lists.len() + 1 == depth;
            self.html.push_str(if is_numbered && is_innermost { "<ol>\n" } else { "<ul>\n" });
            self.lists.push(is_numbered && is_innermost);
            if !is_innermost {
                self.html.push_str("<li>");
            }
        }
        self.html.push_str("<li");
        if let Some(value) = value {
            attribute("value", &value.to_string(), &mut self.html);
        }
        self.html.push('>');
        self.open("div", attributes);
    }

    /// Closes the lists that are deeper, with the items that are open in them.
    fn close_lists(&mut self, depth: usize) {
        while self.lists.len() > depth {
            self.html.push_str("</li>\n");
            self.close_list();
        }
    }

    fn close_list(&mut self) {
        if let Some(is_numbered) = self.lists.pop() {
            self.html.push_str(if is_numbered { "</ol>\n" } else { "</ul>\n" });
        }
    }

    /// Closes what is open, and opens what comes.
    fn leave(&mut self, to: &Within) {
        self.close_lists(0);
        self.html.push_str(match self.within {
            Within::Quote => "</blockquote>\n",
            Within::Table => "</tbody>\n</table>\n</div>\n",
            Within::Notes => "</section>\n",
            Within::Nothing | Within::List => "",
        });
        match to {
            Within::Quote => self.html.push_str("<blockquote>\n"),
            Within::Table => {
                self.html.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\"");
                attribute("aria-label", self.heading.as_deref().unwrap_or(self.labels.table), &mut self.html);
                self.html.push_str(">\n<table>\n<tbody>\n");
            }
            Within::Notes => {
                self.html.push_str("<section class=\"footnotes\"");
                attribute("aria-label", self.labels.notes, &mut self.html);
                self.html.push_str(">\n");
            }
            Within::Nothing | Within::List => {}
        }
        self.within = to.clone();
    }

    fn inside(&mut self, block: &Block, piece: &Piece) {
        let comparison = self.comparison;
        let is_code = block.shape == Shape::Code;
        match piece {
            Piece::Same { .. } => self.each(block, |writer, text| text.write(&(0..text.words.len()), &mut writer.html)),
            Piece::Added { .. } => self.each(block, |writer, text| writer.mark("ins", text, &(0..text.words.len()), "")),
            Piece::Removed { .. } => self.each(block, |writer, text| writer.mark("del", text, &(0..text.words.len()), "")),
            Piece::MovedAway { new, .. } => {
                let to = self.number_of(*new);
                self.cell(block, true);
                self.link("change-", to, self.labels.moved_away);
                self.html.push_str(" <q>");
                escape(&beginning(&block.plain()), &mut self.html);
                self.html.push_str("</q>");
                self.cell_end(block, true);
            }
            Piece::Changed { old, new, pairs } => self.pairs(&comparison.old[*old], &comparison.new[*new], pairs, is_code),
            Piece::MovedHere { old, new, pairs } => {
                if !matches!(block.shape, Shape::Row { .. } | Shape::Code) {
                    self.link("moved-", self.next, self.labels.moved_here);
                    self.html.push(' ');
                }
                self.pairs(&comparison.old[*old], &comparison.new[*new], pairs, is_code);
            }
        }
    }

    fn link(&mut self, to: &str, at: usize, words: &str) {
        self.html.extend(["<a class=\"moved-mark\" href=\"#", to]);
        number(at, &mut self.html);
        self.html.push_str("\">");
        escape(words, &mut self.html);
        self.html.push_str("</a>");
    }

    /// Each text of a block, in its cell if it is a row.
    fn each(&mut self, block: &Block, write: impl Fn(&mut Self, &Text)) {
        for (at, text) in block.texts.iter().enumerate() {
            self.cell(block, is_heading(block, at));
            write(self, text);
            self.cell_end(block, is_heading(block, at));
        }
    }

    fn cell(&mut self, block: &Block, is_heading: bool) {
        if matches!(block.shape, Shape::Row { .. }) {
            self.html.push_str(if is_heading { "<th>" } else { "<td>" });
        }
    }

    fn cell_end(&mut self, block: &Block, is_heading: bool) {
        if matches!(block.shape, Shape::Row { .. }) {
            self.html.push_str(if is_heading { "</th>" } else { "</td>" });
        }
    }

    fn pairs(&mut self, old: &Block, new: &Block, pairs: &[Pair], is_code: bool) {
        let none = Text::default();
        for pair in pairs {
            let is_heading = pair.new.map_or_else(|| pair.old.is_some_and(|at| is_heading(old, at)), |at| is_heading(new, at));
            self.cell(new, is_heading);
            let of_old = pair.old.map_or(&none, |at| &old.texts[at]);
            let of_new = pair.new.map_or(&none, |at| &new.texts[at]);
            self.edits(of_old, of_new, &pair.edits, is_code);
            self.cell_end(new, is_heading);
        }
    }

    /// A text with what went and came in it. A blank on both sides of a change stands outside of it.
    fn edits(&mut self, old: &Text, new: &Text, edits: &[Edit], is_code: bool) {
        for (at, edit) in edits.iter().enumerate() {
            let is_first = at == 0;
            if edit.is_same {
                if !is_code && !is_first && new.has_gap(edit.new.start) && !self.html.ends_with(' ') {
                    self.html.push(' ');
                }
                new.write(&edit.new, &mut self.html);
                continue;
            }
            let gap = |text: &Text, range: &Range<usize>| !is_code && !range.is_empty() && range.start > 0 && text.has_gap(range.start);
            let (went, came) = (gap(old, &edit.old), gap(new, &edit.new));
            let only_one = edit.old.is_empty() || edit.new.is_empty();
            if (went && came || only_one && (went || came)) && !is_first {
                self.html.push(' ');
                self.change(old, new, edit, ["", ""]);
            } else {
                self.change(old, new, edit, [if went { " " } else { "" }, if came { " " } else { "" }]);
            }
        }
    }

    /// What went, then what came; `gaps` are the blanks before them.
    fn change(&mut self, old: &Text, new: &Text, edit: &Edit, gaps: [&str; 2]) {
        if !edit.old.is_empty() {
            self.mark("del", old, &edit.old, gaps[0]);
        }
        if !edit.new.is_empty() {
            self.mark("ins", new, &edit.new, gaps[1]);
        }
    }

    /// Words within `ins` or `del`, with what those who listen hear around them.
    fn mark(&mut self, tag: &str, text: &Text, words: &Range<usize>, gap: &str) {
        if words.is_empty() {
            return;
        }
        let [before, behind] = if tag == "ins" { self.labels.added } else { self.labels.removed };
        self.html.extend(["<", tag, "><span class=\"visually-hidden\"> "]);
        escape(before, &mut self.html);
        self.html.extend([" </span>", gap]);
        text.write(words, &mut self.html);
        self.html.extend(["<span class=\"visually-hidden\"> "]);
        escape(behind, &mut self.html);
        self.html.extend([" </span></", tag, ">"]);
    }

    fn end(&mut self, block: &Block) {
        match &block.shape {
            Shape::Heading(level) => self.html.extend(["</h", &(*level).max(2).to_string(), ">\n"]),
            Shape::Paragraph | Shape::Quote => self.html.push_str("</p>\n"),
            Shape::Item { .. } | Shape::Note { .. } => self.html.push_str("</div>"),
            Shape::Row { .. } => self.html.push_str("</tr>\n"),
            Shape::Code => self.html.push_str("</code></pre>\n"),
            Shape::Caption | Shape::Definition => self.html.push_str("</p></div>\n"),
            Shape::Term => self.html.push_str("</strong></p>\n"),
        }
    }
}

/// Whether a cell of a row is a heading.
fn is_heading(block: &Block, at: usize) -> bool {
    matches!(&block.shape, Shape::Row { headings, .. } if headings.get(at) == Some(&true))
}

/// The first words of a block.
fn beginning(plain: &str) -> String {
    const MOST: usize = 8;
    let words: Vec<&str> = plain.split_whitespace().take(MOST + 1).collect();
    if words.len() > MOST { format!("{} …", words[..MOST].join(" ")) } else { words.join(" ") }
}
