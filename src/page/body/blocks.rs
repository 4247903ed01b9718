//! Headings, quotations and alerts, code and raw HTML.
//!
//! It must not know running text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, TagEnd};

use super::attributes;
use super::call::shown_in_code;
use super::comments::outside;
use super::events::Events;
use super::gap::GAP;
use super::link::{self, Address};
use super::prose::Leaf;
use super::render::{HeadingStart, Writer};
use super::shortcode::Position;
use super::{Heading, HolePart};
use crate::diagnostic::Diagnostic;
use crate::highlight;
use crate::html::addresses::{Addressed, addresses};
use crate::html::attributes::{self as html, Attribute};
use crate::html::pieces::without_comments;
use crate::html::{attribute, escape};

type Attributes<'a> = [(CowStr<'a>, Option<CowStr<'a>>)];

impl<'a> Writer<'a> {
    pub fn open_heading(&mut self, id: Option<CowStr<'a>>, classes: &[CowStr<'a>], attributes: &Attributes<'a>, range: &Range<usize>) {
        self.leaf();
        self.out.fresh_line();
        let attributes = attributes::of_heading(classes, attributes, self.input.settings.unsafe_html);
        let id = id.filter(|id| !id.is_empty()).map(|id| self.heading_id(&id, range));
        self.heading_text = Some(String::new());
        let place = range.start..range.start + self.text[range.clone()].trim_end().len();
        self.heading_start = HeadingStart { html: self.out.html.len(), links: self.links.len(), attributes, id, place };
    }

    pub fn close_heading(&mut self, level: u8) {
        let text = self.heading_text.take().unwrap_or_default();
        let start = std::mem::take(&mut self.heading_start);
        let content = self.out.split_off(start.html);
        // What refers to a heading refers to a text that does not change with other pages.
        let plain: Box<str> = self.prose.text.trim().replace(GAP, "…").into();
        let id = start.id.unwrap_or_else(|| self.ids.of_text(&text, start.place.clone()));
        self.anchors.push(id.as_str().into());
        let is_own = self.depth == 0 && self.frames.is_empty();
        // A heading below other text is one of its parts, not the title, but for one of the first level.
        let leaves = is_own && std::mem::take(&mut self.expects_title) && (level == 1 || start.html == 0);
        if leaves {
            self.note_title();
            self.title = Some(plain.into());
            self.end_leaf(Leaf::Heading);
            let above = self.heading();
            self.links[start.links..].iter_mut().for_each(|link| link.heading = above);
            return;
        }
        if is_own {
            self.look_at_level(level, start.place);
        }
        let level = (level + self.lowered).min(6);
        let digit = char::from(b'0' + level);
        self.out.push("<h");
        self.out.html.push(digit);
        attribute("id", &id, &mut self.out.html);
        self.out.push(&start.attributes);
        self.out.push(">");
        self.out.append(content);
        self.out.push("</h");
        self.out.html.push(digit);
        self.out.push(">\n");
        self.headings.push(Heading { level, id: id.into(), text: plain });
        self.end_leaf(Leaf::Heading);
    }

    /// A quotation; or an alert if its first line is `[!KIND]`, with a title behind it if there is one.
    pub fn open_quote(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        self.out.fresh_line();
        let alert = alert(self.text, range.start);
        self.alerts.push(alert.is_some());
        let Some(Alert { kind, title, end }) = alert else {
            self.look_for_escaped_alert(range.start);
            return self.out.push("<blockquote>\n");
        };
        let place = self.offset(kind).unwrap_or(range.start);
        let (kind, place) = (kind.to_lowercase(), place..place + kind.len());
        self.look_at_kind(&kind, place);
        // GitHub's classes: reading views know them, and leave out what is called otherwise.
        self.out.push("<div");
        attribute("class", &format!("markdown-alert markdown-alert-{kind}"), &mut self.out.html);
        self.out.push(" role=\"note\"");
        attribute("data-kind", &kind, &mut self.out.html);
        attribute("aria-label", &self.words.kind(&kind), &mut self.out.html);
        self.out.push(">\n");
        self.first_line(title, end, events);
    }

    /// Writes what Markdown made of the first line of an alert from `title` on, and goes on with the rest of its paragraph.
    fn first_line(&mut self, title: Range<usize>, end: usize, events: &mut Events<'a>) {
        let Some((Event::Start(paragraph), range)) = events.next() else { return };
        let begin = self.out.html.len();
        if !title.is_empty() {
            self.out.push(TITLE);
        }
        let depth = self.depth;
        let is_whole = loop {
            let Some((event, place)) = events.next() else { break true };
            match event {
                Event::End(_) if self.depth == depth => break true,
                Event::SoftBreak | Event::HardBreak if self.depth == depth => break false,
                Event::Text(_) if place.start < title.start => {
                    let rest = title.start..place.end.max(title.start);
                    self.text(&self.text[rest.clone()], rest);
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
            self.depth += 1;
            self.start(paragraph, end.min(range.end)..range.end, events);
            self.depth -= 1;
        }
    }

    pub fn code_block(&mut self, kind: CodeBlockKind, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        let mut code = String::new();
        for (event, _) in events {
            match event {
                Event::Text(text) => code.push_str(&self.original_of(&text)),
                _ => break,
            }
        }
        let code = match shown_in_code(&code) {
            Cow::Borrowed(_) => code,
            Cow::Owned(shown) => shown,
        };
        self.out.fresh_line();
        // Code may be wider than the page, and who has no mouse must be able to scroll it.
        self.out.push("<pre tabindex=\"0\"><code");
        let language = match &kind {
            CodeBlockKind::Fenced(info) => highlight::language(info),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.out.push(">");
            escape(&code, &mut self.out.html);
        } else {
            attribute("class", &format!("language-{language}"), &mut self.out.html);
            attribute("data-lang", language, &mut self.out.html);
            self.out.push(">");
            if !highlight::highlight(language, &code, &mut self.out.html) {
                self.unknown_language(language, range);
            }
        }
        self.out.push("</code></pre>\n");
    }

    fn unknown_language(&mut self, language: &str, range: Range<usize>) {
        let message = format!("nobody knows how to colour `{language}`");
        let is_error = self.input.settings.error_on_missing_language;
        let problem = if is_error { Diagnostic::error } else { Diagnostic::warning }("unknown-language", message);
        let problem = match highlight::nearest_language(language) {
            Some(near) => problem.hint(format!("did you mean `{near}`? `text` stands for no language")),
            None => problem.hint("`text` stands for no language"),
        };
        let start = self.text[range.clone()].find(language).map_or(range.start, |at| range.start + at);
        self.problem(problem, start..start + language.len());
    }

    /// A block of HTML; or tags of shortcodes on lines of their own, which look like it to the parser.
    pub fn html_block(&mut self, range: Range<usize>, events: &mut Events<'a>) {
        self.leaf();
        let mut html = String::new();
        let mut places = Vec::new();
        for (event, place) in events {
            let (Event::Html(text) | Event::Text(text)) = event else { break };
            if text.len() != place.len() || self.fillings.is_empty() {
                places.push((html.len(), place.start));
                html.push_str(&text);
                continue;
            }
            for part in outside(self.fillings, place) {
                places.push((html.len(), part.start));
                html.push_str(&self.text[part]);
            }
        }
        if html.contains('\r') {
            html.retain(|letter| letter != '\r');
        }
        self.out.fresh_line();
        if self.call_in(&range).is_some() {
            self.html_with_calls(&html, &places, Position::Block);
        } else {
            self.raw(&html, &places, Position::Block);
        }
        self.end_html_leaf();
    }

    /// HTML with tags of shortcodes in it, whose places are told by `places`: byte in `html`, byte in the text.
    pub fn html_with_calls(&mut self, html: &str, places: &[(usize, usize)], position: Position) {
        let mut from = 0;
        let mut here = position;
        for (at, (begin, place)) in places.iter().enumerate() {
            let end = places.get(at + 1).map_or(html.len(), |(next, _)| *next);
            while let Some(call) = self.call_in(&(*place..place + (end - begin))) {
                let range = self.calls[call].range.clone();
                let (start, stop) = (begin + range.start - place, (begin + range.end - place).min(html.len()));
                if start < from || !html.is_char_boundary(start) || !html.is_char_boundary(stop) {
                    self.next_call = call + 1;
                    continue;
                }
                self.html_between(html, from, start, places, position);
                // Behind HTML on its line, it may well be in the middle of a tag.
                let before = html[from..start].trim_end_matches([' ', '\t']);
                let is_behind = !before.is_empty() && !before.ends_with('\n');
                here = if is_behind {
                    Position::Inline
                } else if before.is_empty() {
                    here
                } else {
                    position
                };
                self.call(call, here);
                from = stop;
            }
        }
        self.html_between(html, from, html.len(), places, position);
    }

    fn html_between(&mut self, html: &str, from: usize, to: usize, places: &[(usize, usize)], position: Position) {
        let piece = &html[from..to];
        // Lines that only held tags leave nothing behind.
        if !piece.trim().is_empty() {
            self.raw(piece, &[(0, place_of(places, from))], position);
        }
    }

    /// Raw HTML: places and addresses in it are noted and its words read, or it is shown as text if the settings want that. Comments go.
    pub fn raw(&mut self, html: &str, places: &[(usize, usize)], position: Position) {
        if html::is_more(html) {
            return self.prose.more();
        }
        let keeps = self.input.settings.keep_comments;
        if !keeps && html.trim_start().starts_with("<!--") && without_comments(html).trim().is_empty() {
            return;
        }
        if !self.input.settings.unsafe_html {
            return self.shown(&without_comments(html), position);
        }
        // What stands before the end of a tag that has begun is no text.
        let begin = if self.is_in_tag() { html.find('>').map_or(html.len(), |end| end + 1) } else { 0 };
        let (mut marks, mut links): (Vec<Mark>, Vec<(usize, u32)>) = (Vec::new(), Vec::new());
        for found in html::attributes(html) {
            let place = place_of(places, found.range.start);
            let place = place..place + found.range.len();
            self.look_at_attribute(html, &found, place.clone());
            let is_name = found.name.eq_ignore_ascii_case("name") && found.tag.eq_ignore_ascii_case("a");
            if found.name.eq_ignore_ascii_case("id") || is_name {
                marks.extend(self.raw_id(html, &found, place));
                continue;
            }
            for one in addresses(&found) {
                let link = self.addressed(html, &found, one, places, &mut marks);
                links.extend(link.map(|link| (found.start.saturating_sub(begin), link)));
            }
        }
        // The marks of a tag that may go as a whole enclose those of its other attributes, wherever its own stands.
        marks.sort_by_key(|mark| mark.at);
        let mut from = 0;
        for mark in marks {
            // Marks that cross would be a slip of ours, and no reason to end.
            self.push_raw(html.get(from..mark.at).unwrap_or_default());
            match mark.put {
                Put::Hole(link, part) => self.out.hole(link, part),
                Put::Text(text) => escape(&text, &mut self.out.html),
            }
            from = from.max(mark.at + mark.length);
        }
        self.push_raw(&html[from..]);
        self.read_html(&html[begin..], &links, position);
    }

    /// Notes one address of raw HTML; if it leads into the site, with the holes that take its place.
    fn addressed(
        &mut self,
        html: &str,
        found: &Attribute,
        one: Addressed,
        places: &[(usize, usize)],
        marks: &mut Vec<Mark>,
    ) -> Option<u32> {
        let Addressed { range, entry } = one;
        let written = html::unescape(&html[range.clone()]);
        let place = place_of(places, range.start);
        let place = place..place + range.len();
        match link::address(&written, self.input.own) {
            Address::Internal(target) => {
                let is_image = found.tag.eq_ignore_ascii_case("img") && found.name.eq_ignore_ascii_case("src");
                let alt = is_image.then(|| html::value_of(html, found.start, "alt").unwrap_or_default());
                let link = self.link(target, "", alt.as_deref(), place);
                let (part, extent) = match entry {
                    Some(entry) => (HolePart::BeginEntry, entry),
                    None => (HolePart::Begin, html::extent(html, found)),
                };
                let mark = |at: usize, length: usize, part: HolePart| Mark { at, length, put: Put::Hole(link, part) };
                marks.extend([
                    mark(extent.start, 0, part),
                    mark(range.start, range.len(), HolePart::Address),
                    mark(extent.end, 0, HolePart::End),
                ]);
                return Some(link);
            }
            Address::External => self.external(&written, place),
            Address::Script | Address::AsWritten => {}
        }
        None
    }

    /// HTML as the text that it is written in.
    fn shown(&mut self, html: &str, position: Position) {
        escape(html, &mut self.out.html);
        if position == Position::Block {
            self.read_html(html, &[], position);
        }
    }

    pub fn push_raw(&mut self, html: &str) {
        let Some((length, link)) = self.unclosed.take() else { return self.push_whole(html) };
        let end = (0..=length.min(html.len())).rev().find(|end| html.is_char_boundary(*end)).unwrap_or(0);
        self.push_whole(&html[..end]);
        self.out.hole(link, HolePart::End);
        self.push_whole(&html[end..]);
    }

    fn push_whole(&mut self, html: &str) {
        let html = if self.input.settings.keep_comments { Cow::Borrowed(html) } else { without_comments(html) };
        if memchr::memchr(0, html.as_bytes()).is_some() {
            self.out.push(&html.replace('\0', "\u{FFFD}"));
        } else {
            self.out.push(&html);
        }
    }
}

/// What stands in a piece of HTML instead of so many of its bytes.
pub struct Mark {
    pub at: usize,
    pub length: usize,
    pub put: Put,
}

pub enum Put {
    /// A hole of this link.
    Hole(u32, HolePart),
    Text(String),
}

/// The place in the text of the byte `at` of a piece of HTML that was put together from lines.
fn place_of(places: &[(usize, usize)], at: usize) -> usize {
    let line = places.partition_point(|(begin, _)| *begin <= at).checked_sub(1).and_then(|line| places.get(line));
    line.map_or(0, |(begin, place)| place + at - begin)
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
