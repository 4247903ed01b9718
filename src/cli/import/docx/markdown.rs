//! Blocks as Markdown.
//!
//! It must not know Word.

use std::collections::BTreeMap;

use super::left_out::{Left, LeftOut};
use super::model::{Align, Block, Cell, Inline, Line, Picture, Table, Target};
use super::numbering::Item;
use super::words::{self, Place};
use crate::cli::escape::{escape, guard};
use crate::url::slugify;

/// Writes a document.
pub struct Writer<'l> {
    /// The addresses of bookmarks, for those that links lead to.
    pub(super) names: BTreeMap<String, String>,
    pub(super) left: &'l mut LeftOut,
}

/// A list that is open: where its items' text begins.
struct Open {
    level: usize,
    indent: usize,
    list: u32,
    is_numbered: bool,
    delimiter: char,
}

impl Writer<'_> {
    /// The text of a page, with its notes at the end.
    pub fn page(&mut self, blocks: &[Block], notes: &[(String, Vec<Block>)]) -> String {
        self.names = names(blocks, notes);
        let mut text = self.blocks(blocks);
        for (label, blocks) in notes {
            let note = self.blocks(blocks);
            text.push_str(&format!("\n[^{label}]: {}\n", indented(note.trim_end(), 4)));
        }
        text
    }

    fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut text = String::new();
        let mut lists: Vec<Open> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &blocks[at]);
            if let Block::Item(item, line) = block {
                let goes_on = matches!(before, Some(Block::Item(..)));
                let written = self.item(*item, line, &mut lists, goes_on);
                text.push_str(if goes_on || text.is_empty() { "" } else { "\n" });
                text.push_str(&written);
                continue;
            }
            lists.clear();
            let between = match (before, block) {
                (None, _) => "",
                (Some(Block::Quote(_)), Block::Quote(_)) => ">\n",
                _ => "\n",
            };
            text.push_str(between);
            text.push_str(&self.block(block));
        }
        text
    }

    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading(level, line) => {
                let name = line.names.iter().find_map(|name| self.names.get(name)).map(|name| format!(" {{{name}}}"));
                format!("{} {}{}\n", "#".repeat(usize::from(*level)), words::write(self, line, Place::Heading), name.unwrap_or_default())
            }
            Block::Quote(line) => quoted(&self.paragraph(line)),
            Block::Code(line) => format!("```text\n{}\n```\n", line.text().replace("```", "` ` `")),
            Block::Table(table) => self.table(table),
            Block::Figure(picture, caption) => figure(picture, caption.as_ref()),
            Block::Item(_, line)
            | Block::Paragraph(line)
            | Block::Title(line)
            | Block::Subtitle(line)
            | Block::Date(line)
            | Block::Author(line)
            | Block::Caption(line) => self.paragraph(line),
        }
    }

    fn paragraph(&mut self, line: &Line) -> String {
        let name = line.names.iter().find_map(|name| self.names.get(name)).map(|name| format!(" {}", &name[1..]));
        format!("{}{}\n", guard(&words::write(self, line, Place::Text)), name.unwrap_or_default())
    }

    fn item(&mut self, item: Item, line: &Line, lists: &mut Vec<Open>, goes_on: bool) -> String {
        while lists.last().is_some_and(|open| open.level > item.level) {
            lists.pop();
        }
        let is_numbered = item.number.is_some();
        let same = lists.last().filter(|open| open.level == item.level);
        // Two lists that stand one behind the other would be one, but for their signs.
        let delimiter = match same {
            Some(Open { delimiter: '.', list, is_numbered: true, .. }) if *list != item.list => ')',
            Some(Open { delimiter, list, .. }) if *list == item.list => *delimiter,
            _ => '.',
        };
        let parts = goes_on && same.is_some_and(|open| open.is_numbered != is_numbered);
        if same.is_some() {
            lists.pop();
        }
        let marker = item.number.map_or("- ".to_string(), |number| format!("{number}{delimiter} "));
        let at = lists.last().map_or(0, |open| open.indent);
        let indent = at + marker.len();
        lists.push(Open { level: item.level, indent, list: item.list, is_numbered, delimiter });
        let text = self.paragraph(line);
        format!("{}{}{marker}{}\n", if parts { "\n" } else { "" }, " ".repeat(at), indented(text.trim_end(), indent))
    }

    fn table(&mut self, table: &Table) -> String {
        match is_simple(table) {
            true => self.bars(table),
            false => self.html(table),
        }
    }

    /// A table of GFM.
    fn bars(&mut self, table: &Table) -> String {
        let mut text = String::new();
        if let Some(caption) = &table.caption {
            // Markdown has no captions of tables; readers see the words above it.
            text.push_str(&format!("{}\n\n", guard(&words::write(self, caption, Place::Text))));
        }
        let names = table.caption.iter().chain(table.rows.iter().flatten().flat_map(|cell| &cell.blocks).filter_map(line_of));
        let name = names.flat_map(|line| &line.names).find_map(|name| self.names.get(name)).cloned();
        for (at, row) in table.rows.iter().enumerate() {
            let place = if at == 0 { Place::Head } else { Place::Cell };
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell, place)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
            if at == 0 {
                let lines = (0..row.len()).map(|column| match alignment(table, column) {
                    Align::Start => "---",
                    Align::Centre => ":-:",
                    Align::End => "--:",
                });
                text.push_str(&format!("| {} |\n", lines.collect::<Vec<_>>().join(" | ")));
            }
        }
        if let Some(name) = name {
            text.push_str(&format!("\n{}\n", &name[1..]));
        }
        text
    }

    fn cell(&mut self, cell: &Cell, place: Place) -> String {
        let lines: Vec<&Line> = cell.blocks.iter().filter_map(line_of).collect();
        lines.into_iter().map(|line| words::write(self, line, place)).collect::<Vec<_>>().join("<br>")
    }

    /// A table with joined cells, or with blocks in cells, whose texts are Markdown all the same.
    fn html(&mut self, table: &Table) -> String {
        let mut text = "<table>\n".to_string();
        if let Some(caption) = &table.caption {
            let caption = Cell { blocks: vec![Block::Paragraph(caption.clone())], ..Cell::default() };
            text.push_str(&format!("<caption>{}</caption>\n", self.inner(&caption)));
        }
        for (at, row) in table.rows.iter().enumerate() {
            match at {
                0 => text.push_str("<thead>\n"),
                at if at == table.head => text.push_str("</thead>\n<tbody>\n"),
                _ => {}
            }
            text.push_str("<tr>\n");
            for cell in row {
                let tag = if at < table.head { "th" } else { "td" };
                let span = |name: &str, number: usize| if number > 1 { format!(" {name}=\"{number}\"") } else { String::new() };
                let spans = span("colspan", cell.columns) + &span("rowspan", cell.rows);
                text.push_str(&format!("<{tag}{spans}>{}</{tag}>\n", self.inner(cell)));
            }
            text.push_str("</tr>\n");
        }
        text.push_str(if table.head < table.rows.len() { "</tbody>\n</table>\n" } else { "</thead>\n</table>\n" });
        text
    }

    /// Plain words stand in their tag; all else is Markdown between empty lines.
    fn inner(&mut self, cell: &Cell) -> String {
        if let [Block::Paragraph(line)] = cell.blocks.as_slice()
            && line.is_plain()
            && line.text().chars().all(|letter| letter.is_alphanumeric() || " .,:;()%€$£/+–—’‘“”-?!".contains(letter))
        {
            return line.text();
        }
        match self.blocks(&cell.blocks) {
            text if text.is_empty() => text,
            text => format!("\n\n{text}\n"),
        }
    }

    /// Where a link leads as Markdown writes it; `None`, counted, if it leads nowhere.
    pub(super) fn address(&mut self, target: &Target) -> Option<String> {
        let found = match target {
            Target::Name(name) => self.names.get(name).cloned(),
            Target::Address(address) => {
                let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel" | "ftp")).then(|| {
                    match address.contains([' ', '(', ')', '<', '>']) {
                        true => format!("<{}>", address.replace(' ', "%20").replace('<', "%3C").replace('>', "%3E")),
                        false => address.clone(),
                    }
                })
            }
        };
        if found.is_none() {
            self.left.add(Left::Links);
        }
        found
    }
}

/// The addresses of the bookmarks that links lead to: those of headings by the words, those of paragraphs and tables as names of blocks.
fn names(blocks: &[Block], notes: &[(String, Vec<Block>)]) -> BTreeMap<String, String> {
    let mut wanted = Vec::new();
    let all = || blocks.iter().chain(notes.iter().flat_map(|(_, blocks)| blocks));
    all().for_each(|block| {
        each_line(block, &mut |line| {
            wanted.extend(line.words.iter().filter_map(|inline| match inline {
                Inline::Words { link: Some(Target::Name(name)), .. } => Some(name.clone()),
                _ => None,
            }))
        })
    });
    let mut names = BTreeMap::new();
    let mut taken = Vec::new();
    for block in blocks {
        let is_heading = matches!(block, Block::Heading(..));
        let is_simple_or_text =
            !matches!(block, Block::Figure(..) | Block::Code(_)) && !matches!(block, Block::Table(table) if !is_simple(table));
        each_line(block, &mut |line| {
            let here: Vec<&String> = line.names.iter().filter(|name| wanted.contains(name) && is_simple_or_text).collect();
            let Some(first) = here.first() else { return };
            let mut id = slugify(if is_heading { line.text() } else { first.to_string() }.as_str())
                .replace(['.', '_'], "-")
                .trim_matches('-')
                .to_string();
            // A block that is named by digits alone is none.
            if id.is_empty() || !id.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
                id = format!("part-{id}");
            }
            while taken.contains(&id) {
                id.push_str("-b");
            }
            taken.push(id.clone());
            names.extend(here.into_iter().map(|name| (name.clone(), format!("#{}{id}", if is_heading { "" } else { "^" }))));
        });
    }
    names
}

fn each_line(block: &Block, with: &mut impl FnMut(&Line)) {
    match block {
        Block::Table(table) => {
            table.caption.iter().for_each(&mut *with);
            let cells = table.rows.iter().flatten().flat_map(|cell| &cell.blocks).collect::<Vec<_>>();
            cells.into_iter().for_each(|block| each_line_boxed(block, with));
        }
        Block::Figure(_, caption) => caption.iter().for_each(with),
        block => line_of(block).into_iter().for_each(with),
    }
}

/// The same for tables in tables, of which the compiler wants one type.
fn each_line_boxed(block: &Block, with: &mut dyn FnMut(&Line)) {
    each_line(block, &mut |line| with(line));
}

fn line_of(block: &Block) -> Option<&Line> {
    match block {
        Block::Table(_) | Block::Figure(..) => None,
        Block::Title(line)
        | Block::Subtitle(line)
        | Block::Date(line)
        | Block::Author(line)
        | Block::Heading(_, line)
        | Block::Paragraph(line)
        | Block::Item(_, line)
        | Block::Quote(line)
        | Block::Caption(line)
        | Block::Code(line) => Some(line),
    }
}

/// Whether a table of GFM can say it: no joined cells, rows of one length, nothing in cells but lines.
fn is_simple(table: &Table) -> bool {
    let width = table.rows.first().map_or(0, Vec::len);
    let is_line = |block: &Block| matches!(block, Block::Paragraph(_) | Block::Heading(..) | Block::Quote(_));
    let is_simple = |cell: &Cell| cell.columns == 1 && cell.rows == 1 && cell.blocks.iter().all(is_line);
    table.head == 1 && table.rows.iter().all(|row| row.len() == width && row.iter().all(is_simple))
}

/// As all cells of a column below its head stand.
fn alignment(table: &Table, column: usize) -> Align {
    let mut cells = table.rows.iter().skip(table.head).filter_map(|row| row.get(column)).filter(|cell| !cell.blocks.is_empty());
    let first = cells.next().map_or(Align::Start, |cell| cell.align);
    if cells.all(|cell| cell.align == first) { first } else { Align::Start }
}

fn figure(picture: &Picture, caption: Option<&Line>) -> String {
    let caption = caption.map(Line::text);
    match caption {
        // What ends a shortcode may not stand in one.
        Some(caption) if !caption.contains("}}") && !picture.words.contains("}}") => {
            let argument = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("{{{{< figure src=\"{}\" alt=\"{}\" caption=\"{}\" >}}}}\n", picture.file, argument(&picture.words), argument(&caption))
        }
        Some(caption) => format!("{}\n\n{}\n", picture_text(picture), guard(&escape(&caption))),
        None => picture_text(picture) + "\n",
    }
}

pub(super) fn picture_text(picture: &Picture) -> String {
    let decorative = if picture.is_decorative { "{.decorative}" } else { "" };
    format!("![{}]({}){decorative}", escape(&picture.words), picture.file)
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { ">\n".to_string() } else { format!("> {line}\n") }).collect()
}

/// The lines but the first moved to the right.
fn indented(text: &str, by: usize) -> String {
    let space = " ".repeat(by);
    let lines =
        text.lines().enumerate().map(|(at, line)| if at == 0 || line.is_empty() { line.to_string() } else { format!("{space}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}
