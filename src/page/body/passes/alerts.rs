//! Boxes: quotations whose first line is `[!KIND]`, with a title behind it if there is one, as GitHub and Obsidian write them. `[!KIND]-` is one that
//! is folded, `[!KIND]+` one that can be (<https://help.obsidian.md/callouts#Foldable%20callouts>).
//!
//! It must not know which kinds a theme knows.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::blocks::Block;
use crate::html::attribute;
use crate::page::body::events::Events;
use crate::page::body::language;
use crate::page::body::renderer::Renderer;

/// Writes the beginning of a box, if the quotation at `range` is one.
pub fn open<'a>(page: &mut Renderer<'a>, range: &Range<usize>, events: &mut Events<'a>) -> Option<&'static str> {
    let Some(Alert { kind, fold, title, end }) = alert(page.source.text, range.start) else {
        page.look_for_escaped_alert(range.start);
        return None;
    };
    let place = page.source.offset(kind).unwrap_or(range.start);
    let (kind, place) = (kind.to_lowercase(), place..place + kind.len());
    page.look_at_kind(&kind, place);
    let id = page.block_id(Block::Quote, range);
    page.out.push(match fold {
        Fold::Never => "<div",
        Fold::Closed => "<details",
        Fold::Open => "<details open",
    });
    page.out.push(&id);
    // GitHub's classes: reading views know them, and leave out what is called otherwise.
    attribute("class", &format!("markdown-alert markdown-alert-{kind}"), &mut page.out.html);
    if fold == Fold::Never {
        page.out.push(" role=\"note\"");
    }
    attribute("data-kind", &kind, &mut page.out.html);
    if let Some(look) = language::look(&kind) {
        attribute("data-look", look, &mut page.out.html);
    }
    let name = page.words.kind(&kind);
    attribute("aria-label", &name, &mut page.out.html);
    page.out.push(">\n");
    if fold == Fold::Never {
        page.first_line(title, end, ["<p class=\"markdown-alert-title\">", "</p>\n"], events);
        return Some("</div>\n");
    }
    // What is folded is opened by its title, and one without by the name of its kind, which is no text of the author's.
    if title.is_empty() {
        page.out.push("<summary class=\"markdown-alert-title\"");
        attribute("aria-label", &name, &mut page.out.html);
        page.out.push("></summary>\n");
    }
    page.first_line(title, end, ["<summary class=\"markdown-alert-title\">", "</summary>\n"], events);
    Some("</details>\n")
}

impl<'a> Renderer<'a> {
    /// Writes what Markdown made of the first line of an alert from `title` on, and goes on with the rest of its paragraph.
    fn first_line(&mut self, title: Range<usize>, end: usize, [open, close]: [&str; 2], events: &mut Events<'a>) {
        let Some((Event::Start(paragraph), range)) = events.next() else { return };
        let (begin, frames) = (self.out.html.len(), self.calls.frames.len());
        if !title.is_empty() {
            self.out.push(open);
        }
        let depth = self.open.depth;
        let is_whole = loop {
            let Some((event, place)) = events.next() else { break true };
            match event {
                Event::End(_) if self.open.depth == depth => break true,
                Event::SoftBreak | Event::HardBreak if self.open.depth == depth => break false,
                Event::Text(_) if place.start < title.start => {
                    let rest = title.start..place.end.max(title.start);
                    self.text(&self.source.text[rest.clone()], rest);
                }
                event if place.start >= title.start => self.event(event, place, events),
                _ => {}
            }
        };
        self.leaf();
        if !title.is_empty() {
            self.out.push(close);
        }
        // A formatter has joined the first line and the text: a box that has nothing but one line is no title. What can be folded has text below. A
        // shortcode that began in the line has what was written since.
        let may_be_joined = is_whole && !title.is_empty() && self.calls.frames.len() == frames;
        if may_be_joined && open.starts_with("<p") && matches!(events.peek(), Some((Event::End(TagEnd::BlockQuote(_)), _))) {
            let text = self.out.split_off(begin + open.len());
            self.out.html.truncate(begin);
            self.out.push("<p>");
            self.out.append(text);
        }
        if !is_whole {
            self.open.depth += 1;
            self.start(paragraph, end.min(range.end)..range.end, events);
            self.open.depth -= 1;
        }
    }
}

/// Whether readers can fold a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fold {
    Never,
    /// It is folded until they open it.
    Closed,
    Open,
}

/// The first line of an alert.
struct Alert<'t> {
    kind: &'t str,
    fold: Fold,
    title: Range<usize>,
    /// Where the line ends.
    end: usize,
}

/// The alert that the quotation at `start` is, as GitHub and Obsidian write it: `> [!NOTE]`, `> [!NOTE]- Title`.
fn alert(text: &str, start: usize) -> Option<Alert<'_>> {
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let line = text[start..end].trim_end();
    let rest = line.trim_start().strip_prefix('>')?.trim_start_matches(' ').strip_prefix("[!")?;
    let (kind, rest) = rest.split_once(']')?;
    if kind.is_empty() || !kind.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_') {
        return None;
    }
    let (fold, title) = match rest.as_bytes().first() {
        Some(b'-') => (Fold::Closed, &rest[1..]),
        Some(b'+') => (Fold::Open, &rest[1..]),
        _ => (Fold::Never, rest),
    };
    if !title.is_empty() && !title.starts_with(' ') {
        return None;
    }
    let end = start + line.len();
    Some(Alert { kind, fold, title: end - title.trim_start().len()..end, end })
}
