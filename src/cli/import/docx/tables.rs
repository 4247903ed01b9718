//! Tables: cells with what each covers.
//!
//! It must not know how a table is written.

use super::left_out::Left;
use super::model::{Align, Block, Cell, Table};
use super::reader::Reader;
use super::xml::Node;
use crate::cli::error::Error;

/// A row is never wider; what says so was made to fill memories.
const WIDEST: usize = 1000;

impl Reader<'_> {
    /// Reads a table.
    ///
    /// # Errors
    /// A file of the document is broken.
    pub(super) fn table(&mut self, node: &Node, to: &mut Vec<Block>) -> Result<(), Error> {
        let mut table = Table::default();
        // Of each column the row and the place in it of the cell that stands there.
        let mut above: Vec<Option<(usize, usize)>> = Vec::new();
        let mut heads = 0;
        for row in pieces(node, "w:tr") {
            let properties = row.child("w:trPr");
            let has = |name: &str| properties.is_some_and(|properties| properties.switch(name) == Some(true));
            if has("w:del") || has("w:hidden") {
                self.left.add(if has("w:del") { Left::Deletions } else { Left::Hidden });
                continue;
            }
            if has("w:ins") {
                self.left.add(Left::Insertions);
            }
            if has("w:tblHeader") && heads == table.rows.len() {
                heads += 1;
            }
            let mut column = number(properties, "w:gridBefore").unwrap_or(0);
            let mut cells = Vec::new();
            for node in pieces(row, "w:tc") {
                let properties = node.child("w:tcPr");
                if properties.is_some_and(|properties| properties.child("w:cellDel").is_some()) {
                    self.left.add(Left::Deletions);
                    continue;
                }
                let columns = number(properties, "w:gridSpan").unwrap_or(1).clamp(1, WIDEST);
                let end = (column + columns).min(WIDEST);
                above.resize(above.len().max(end), None);
                let merge = properties.and_then(|properties| properties.child("w:vMerge"));
                let goes_on = merge.is_some_and(|merge| merge.val() != Some("restart"));
                match above.get(column).copied().flatten().filter(|_| goes_on) {
                    Some((row, place)) => grow(&mut table.rows, row, place),
                    None => {
                        let place = (table.rows.len(), cells.len());
                        above[column.min(end)..end].fill(Some(place));
                        cells.push(Cell { columns, rows: 1, align: align(node), blocks: self.blocks(node)? });
                    }
                }
                column = end;
            }
            table.rows.push(cells);
        }
        table.head = head(&table, heads);
        match table.rows.as_mut_slice() {
            [] => {}
            [row] if row.len() == 1 => {
                self.left.add(Left::OneCell);
                let blocks = std::mem::take(&mut row[0].blocks).into_iter();
                to.extend(blocks.map(|block| if let Block::Paragraph(line) = block { Block::Quote(line) } else { block }));
            }
            _ => to.push(Block::Table(table)),
        }
        Ok(())
    }
}

/// The cell above covers one row more, unless that row is the one being made, which a broken table may say.
fn grow(rows: &mut [Vec<Cell>], row: usize, place: usize) {
    if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(place)) {
        cell.rows += 1;
    }
}

/// How many rows are the head: those that repeat on each page, else the first, with all that its cells cover.
fn head(table: &Table, said: usize) -> usize {
    let mut head = said.max(1);
    let mut at = 0;
    while at < head && at < table.rows.len() {
        let covered = table.rows[at].iter().map(|cell| at + cell.rows).max().unwrap_or(0);
        head = head.max(covered);
        at += 1;
    }
    if head < table.rows.len() { head } else { 1.min(table.rows.len()) }
}

/// Rows or cells, also those that stand in controls.
fn pieces<'n>(node: &'n Node, name: &str) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for child in &node.children {
        match &*child.name {
            is if is == name => found.push(child),
            "w:sdt" => found.extend(child.child("w:sdtContent").into_iter().flat_map(|content| pieces(content, name))),
            "w:customXml" | "w:ins" => found.extend(pieces(child, name)),
            _ => {}
        }
    }
    found
}

fn number(properties: Option<&Node>, name: &str) -> Option<usize> {
    properties?.child(name)?.val()?.parse().ok()
}

fn align(cell: &Node) -> Align {
    match cell.at(&["w:p", "w:pPr", "w:jc"]).and_then(Node::val) {
        Some("right" | "end") => Align::End,
        Some("center") => Align::Centre,
        _ => Align::Start,
    }
}
