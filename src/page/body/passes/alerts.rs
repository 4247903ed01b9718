//! Boxes: quotations whose first line is `[!KIND]`, with a title behind it if there is one, as GitHub and Obsidian write them.
//!
//! It must not know which kinds a theme knows.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::html::attribute;
use crate::page::body::events::Events;
use crate::page::body::renderer::Renderer;

/// Writes the beginning of a box, if the quotation at `range` is one.
pub fn open<'a>(page: &mut Renderer<'a>, range: &Range<usize>, events: &mut Events<'a>) -> Option<&'static str> {
    let Some(Alert { kind, title, end }) = alert(page.source.text, range.start) else {
        page.look_for_escaped_alert(range.start);
        return None;
    };
    let place = page.source.offset(kind).unwrap_or(range.start);
    let (kind, place) = (kind.to_lowercase(), place..place + kind.len());
    page.look_at_kind(&kind, place);
    // GitHub's classes: reading views know them, and leave out what is called otherwise.
    page.out.push("<div");
    attribute("class", &format!("markdown-alert markdown-alert-{kind}"), &mut page.out.html);
    page.out.push(" role=\"note\"");
    attribute("data-kind", &kind, &mut page.out.html);
    attribute("aria-label", &page.words.kind(&kind), &mut page.out.html);
    page.out.push(">\n");
    page.first_line(title, end, events);
    Some("</div>\n")
}

impl<'a> Renderer<'a> {
    /// Writes what Markdown made of the first line of an alert from `title` on, and goes on with the rest of its paragraph.
    fn first_line(&mut self, title: Range<usize>, end: usize, events: &mut Events<'a>) {
        let Some((Event::Start(paragraph), range)) = events.next() else { return };
        let begin = self.out.html.len();
        if !title.is_empty() {
            self.out.push(TITLE);
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
            self.out.push("</p>\n");
        }
        // A formatter has joined the first line and the text: a box that has nothing but one line is no title.
        if is_whole && !title.is_empty() && matches!(events.peek(), Some((Event::End(TagEnd::BlockQuote(_)), _))) {
            let text = self.out.split_off(begin + TITLE.len());
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

/// Begins the title of an alert.
const TITLE: &str = "<p class=\"markdown-alert-title\">";

/// The first line of an alert.
struct Alert<'t> {
    kind: &'t str,
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
    let title = rest.strip_prefix(['-', '+']).unwrap_or(rest);
    if !title.is_empty() && !title.starts_with(' ') {
        return None;
    }
    let end = start + line.len();
    Some(Alert { kind, title: end - title.trim_start().len()..end, end })
}
