//! Cells of a row that a table has no column for, and bars that divide what is meant as one.
//!
//! GFM leaves such cells out in silence (<https://github.github.com/gfm/#example-204>). It must not know what cells hold.

use std::ops::Range;

use super::renderer::Renderer;
use super::sentence::cut;
use crate::diagnostic::Diagnostic;

impl Renderer<'_> {
    /// Tells of words in the row at `row` that are not shown.
    pub fn look_for_extra_cells(&mut self, row: &Range<usize>) {
        let end = row.start + self.source.text[row.clone()].find('\n').unwrap_or(row.len());
        let line = row.start..end;
        let (columns, text) = (self.open.table.columns.len(), self.source.text);
        let has_link = || memchr::memmem::find(text[line.clone()].as_bytes(), b"[[").is_some();
        if most_cells(&text[line.clone()]) <= columns && !has_link() {
            return;
        }
        let cells = cells(text, line);
        let extra = cells.get(columns..).and_then(|extra| {
            let first = extra.iter().find(|cell| !cell.is_empty())?;
            Some(first.start..extra.last()?.end)
        });
        let divided = divided_link(text, &cells);
        let bar = "write `\\|` in tables: a bar ends the cell, also within `[[ … ]]`";
        let (problem, place) = match (extra, divided) {
            (Some(extra), divided) => {
                let message =
                    format!("the table has {columns} columns and this row more: `{}` is not shown", cut(&text[extra.clone()], 60));
                let hint =
                    if divided.is_some() { bar } else { "give the head another cell, or write `\\|` where a bar belongs to the text" };
                (Diagnostic::warning("extra-cells", message).hint(hint), extra)
            }
            (None, Some(link)) => {
                let message = format!("a bar divides `{}`", cut(&text[link.clone()], 60));
                (Diagnostic::warning("extra-cells", message).hint(bar), link)
            }
            (None, None) => return,
        };
        self.problem(problem, place);
    }
}

/// How many cells a row has at most: some of its bars may be escaped.
fn most_cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    memchr::memchr_iter(b'|', row.as_bytes()).count() + 1
}

/// The cells of a row, without the spaces around their text.
fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let trimmed = |range: Range<usize>| {
        let cell = &text[range.clone()];
        let start = range.start + (cell.len() - cell.trim_start().len());
        start..start + cell.trim().len()
    };
    let row = trimmed(row);
    let bars = text[row.clone()].match_indices('|').map(|(at, _)| row.start + at).filter(|at| !text[..*at].ends_with('\\'));
    let mut cells = Vec::new();
    let mut from = row.start;
    for bar in bars {
        // The first bar may stand before the first cell.
        if bar > row.start {
            cells.push(trimmed(from..bar));
        }
        from = bar + 1;
    }
    // The last one may stand behind the last cell.
    if from < row.end {
        cells.push(trimmed(from..row.end));
    }
    cells
}

/// A wikilink that begins in one cell and ends in the next.
fn divided_link(text: &str, cells: &[Range<usize>]) -> Option<Range<usize>> {
    cells.windows(2).find_map(|pair| {
        let open = text[pair[0].clone()].rfind("[[").filter(|open| !text[pair[0].clone()][*open..].contains("]]"))?;
        let close = text[pair[1].clone()].find("]]").filter(|close| !text[pair[1].clone()][..*close].contains("[["))?;
        Some(pair[0].start + open..pair[1].start + close + 2)
    })
}
