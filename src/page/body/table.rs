//! Tables, in a frame that can be scrolled.
//!
//! It must not know what cells hold.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::events::Events;
use super::gap::GAP;
use super::open::Row;
use super::passes::blocks::Block;
use super::renderer::Renderer;
use super::sentence::{LONGEST_SENTENCE, cut};
use crate::diagnostic::Diagnostic;
use crate::html::{attribute, escape};

/// A wider table is a mistake, and would take much room.
const WIDEST: usize = 500;

impl<'a> Renderer<'a> {
    /// Begins a table; one that is too wide is written at once, as text.
    pub fn table(&mut self, columns: Vec<Alignment>, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        self.out.fresh_line();
        if columns.len() > WIDEST {
            let message = format!("a table of {} columns is shown as text: {WIDEST} are allowed", columns.len());
            self.problem(Diagnostic::warning("wide-table", message), range.start..range.start + 1);
            self.out.push("<p>");
            escape(self.source.text[range].trim_end(), &mut self.out.html);
            self.out.push("</p>\n");
            return events.skip_element();
        }
        let name = self.table_name();
        self.out.push("<div class=\"table\" tabindex=\"0\" role=\"region\"");
        attribute("aria-label", &name, &mut self.out.html);
        let id = self.block_id(Block::Table, &range);
        self.out.push(&id);
        self.out.push(">\n<table>\n");
        self.open.table.columns = columns;
        self.open.table.row = Row::Head;
        self.open.depth += 1;
    }

    /// The heading above, with a number from the second table under it on: no two regions of a page have one name.
    fn table_name(&mut self) -> String {
        let heading = self.structure.heading();
        let count = self.structure.tables.entry(heading).or_default();
        *count += 1;
        let name = heading.map_or(self.words.table, |heading| &self.structure.headings[heading as usize].text);
        if *count == 1 { name.to_string() } else { format!("{name} ({count})") }
    }

    /// Ends the table.
    pub fn close_table(&mut self) {
        self.out.push(if self.open.table.row == Row::Later { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" });
    }

    /// Begins a row.
    pub fn open_row(&mut self, row: Row) {
        self.open.table.column = 0;
        self.open.table.before = (self.collected.prose.count(), self.collected.cites.len());
        self.out.push(match row {
            Row::Head => "<thead>\n<tr>",
            Row::First => "<tbody>\n<tr>",
            Row::Later => "<tr>",
        });
    }

    /// Ends the row.
    pub fn close_row(&mut self) {
        let (blocks, cites) = self.open.table.before;
        if self.collected.cites.len() > cites {
            // A cell alone says little of what is cited in it. One with words that are still to come is found by its sentence.
            let row = self.collected.prose.since(blocks);
            let cites = self.collected.cites[cites..].iter_mut().filter(|cite| !cite.sentence.contains(GAP));
            cites.for_each(|cite| cite.sentence = cut(&row, LONGEST_SENTENCE).into());
        }
        let is_head = self.open.table.row == Row::Head;
        self.out.push(if is_head { "</tr>\n</thead>\n" } else { "</tr>\n" });
        self.open.table.row = if is_head { Row::First } else { Row::Later };
    }

    /// Begins a cell.
    pub fn open_cell(&mut self) {
        self.out.push(match (self.open.table.row, self.open.table.columns.get(self.open.table.column)) {
            (Row::Head, Some(Alignment::Left)) => "<th scope=\"col\" class=\"left\">",
            (Row::Head, Some(Alignment::Center)) => "<th scope=\"col\" class=\"center\">",
            (Row::Head, Some(Alignment::Right)) => "<th scope=\"col\" class=\"right\">",
            (Row::Head, _) => "<th scope=\"col\">",
            (_, Some(Alignment::Left)) => "<td class=\"left\">",
            (_, Some(Alignment::Center)) => "<td class=\"center\">",
            (_, Some(Alignment::Right)) => "<td class=\"right\">",
            (_, _) => "<td>",
        });
        self.open.table.cell = self.out.html.len();
    }

    /// Ends the cell.
    pub fn close_cell(&mut self) {
        self.leaf();
        self.open.table.column += 1;
        let has_hole = self.out.holes.last().is_some_and(|hole| hole.at as usize >= self.open.table.cell);
        if self.open.table.row != Row::Head {
            self.out.push("</td>");
        } else if self.out.html.len() > self.open.table.cell || has_hole {
            self.out.push("</th>");
        } else {
            // A corner without words heads nothing.
            let start = self.out.html.rfind('<').unwrap_or(self.open.table.cell);
            self.out.html.truncate(start);
            self.out.push("<td></td>");
        }
    }
}
