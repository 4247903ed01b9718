//! Headings, quotations and alerts, code and raw HTML.
//!
//! It must not know running text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event};

use super::addressed::{Addressed, addresses};
use super::call::shown_in_code;
use super::events::Events;
use super::gap::GAP;
use super::highlight;
use super::html::{self, Attribute};
use super::link::{self, Address};
use super::out::{attribute, escape};
use super::prose::Leaf;
use super::render::{HeadingStart, Writer};
use super::shortcode::Position;
use super::{Heading, HolePart};
use crate::diagnostic::Diagnostic;

type Attributes<'a> = [(CowStr<'a>, Option<CowStr<'a>>)];

impl<'a> Writer<'a> {
    pub fn open_heading(&mut self, id: Option<CowStr<'a>>, classes: &[CowStr<'a>], attributes: &Attributes<'a>, range: &Range<usize>) {
        self.leaf();
        self.out.fresh_line();
        let mut written = String::new();
        if !classes.is_empty() {
            attribute("class", &classes.join(" "), &mut written);
        }
        for (name, value) in attributes.iter().filter(|_| self.input.settings.unsafe_html) {
            if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                attribute(name, value.as_deref().unwrap_or(""), &mut written);
            }
        }
        let id = id.map(|id| id.to_string()).filter(|id| !id.is_empty());
        let id = id.map(|id| if self.ids.claim(&id) { id } else { self.id_again(id, range) });
        self.heading_text = Some(String::new());
        let place = range.start..range.start + self.text[range.clone()].trim_end().len();
        self.heading_start = HeadingStart { html: self.out.html.len(), links: self.links.len(), attributes: written, id, place };
    }

    fn id_again(&mut self, id: String, range: &Range<usize>) -> String {
        let problem = Diagnostic::warning("duplicate-id", format!("the id `{id}` is taken by an earlier place of this page"));
        self.problem(problem, range.start..range.start + self.text[range.clone()].trim_end().len());
        self.ids.free(id)
    }

    pub fn close_heading(&mut self, level: u8) {
        let text = self.heading_text.take().unwrap_or_default();
        let start = std::mem::take(&mut self.heading_start);
        let content = self.out.split_off(start.html);
        // What refers to a heading refers to a text that does not change with other pages.
        let plain: Box<str> = self.prose.text.trim().replace(GAP, "…").into();
        let id = start.id.unwrap_or_else(|| self.ids.of_text(&text));
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
        self.out.push("<div class=\"alert\" role=\"note\"");
        attribute("data-kind", &kind, &mut self.out.html);
        attribute("aria-label", &self.words.kind(&kind), &mut self.out.html);
        self.out.push(">\n");
        self.first_line(title, end, events);
    }

    /// Writes what Markdown made of the first line of an alert from `title` on, and goes on with the rest of its paragraph.
    fn first_line(&mut self, title: Range<usize>, end: usize, events: &mut Events<'a>) {
        let Some((Event::Start(paragraph), range)) = events.next() else { return };
        if !title.is_empty() {
            self.out.push("<p class=\"alert-title\">");
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
            places.push((html.len(), place.start));
            html.push_str(&text);
        }
        if html.contains('\r') {
            html.retain(|letter| letter != '\r');
        }
        self.out.fresh_line();
        if self.call_in(&range).is_some() {
            self.html_with_calls(&html, &places, Position::Block);
        } else {
            self.raw(&html, &places);
        }
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
                self.html_between(html, from, start, places);
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
        self.html_between(html, from, html.len(), places);
    }

    fn html_between(&mut self, html: &str, from: usize, to: usize, places: &[(usize, usize)]) {
        let piece = &html[from..to];
        // Lines that only held tags leave nothing behind.
        if !piece.trim().is_empty() {
            self.raw(piece, &[(0, place_of(places, from))]);
        }
    }

    /// Raw HTML: places and addresses in it are noted, or it is shown as text if the settings want that.
    pub fn raw(&mut self, html: &str, places: &[(usize, usize)]) {
        if html::is_more(html) {
            return self.prose.more();
        }
        if !self.input.settings.unsafe_html {
            if !html::is_comment(html) {
                escape(html, &mut self.out.html);
            }
            return;
        }
        let mut marks: Vec<Mark> = Vec::new();
        for found in html::attributes(html) {
            let place = place_of(places, found.range.start);
            self.look_at_attribute(html, &found, place..place + found.range.len());
            let is_name = found.name.eq_ignore_ascii_case("name") && found.tag.eq_ignore_ascii_case("a");
            if found.name.eq_ignore_ascii_case("id") || is_name {
                let id = html::unescape(found.value);
                self.ids.claim(&id);
                self.anchors.push(id.as_ref().into());
                continue;
            }
            for one in addresses(&found) {
                self.addressed(html, &found, one, places, &mut marks);
            }
        }
        // The marks of a tag that may go as a whole enclose those of its other attributes, wherever its own stands.
        marks.sort_by_key(|mark| mark.at);
        let mut from = 0;
        for mark in marks {
            self.push_raw(&html[from..mark.at]);
            self.out.hole(mark.link, mark.part);
            from = mark.at + mark.length;
        }
        self.push_raw(&html[from..]);
    }

    /// Notes one address of raw HTML; if it leads into the site, with the holes that take its place.
    fn addressed(&mut self, html: &str, found: &Attribute, one: Addressed, places: &[(usize, usize)], marks: &mut Vec<Mark>) {
        let Addressed { range, entry } = one;
        let written = html::unescape(&html[range.clone()]);
        let place = place_of(places, range.start);
        let place = place..place + range.len();
        match link::address(&written, self.input.own) {
            Address::Internal(target) => {
                let is_image = found.tag.eq_ignore_ascii_case("img") && found.name.eq_ignore_ascii_case("src");
                let alt = is_image.then(|| html::value_of(html, found.start, "alt").unwrap_or_default());
                let link = self.link(target, "", alt.as_deref(), place);
                self.prose.link(link, self.prose.text.len());
                let (part, extent) = match entry {
                    Some(entry) => (HolePart::BeginEntry, entry),
                    None => (HolePart::Begin, html::extent(html, found)),
                };
                let mark = |at: usize, length: usize, part: HolePart| Mark { at, length, link, part };
                marks.extend([
                    mark(extent.start, 0, part),
                    mark(range.start, range.len(), HolePart::Address),
                    mark(extent.end, 0, HolePart::End),
                ]);
            }
            Address::External => self.external(&written, place),
            Address::Script | Address::AsWritten => {}
        }
    }

    fn push_raw(&mut self, html: &str) {
        let Some((length, link)) = self.unclosed.take() else { return self.push_whole(html) };
        let end = (0..=length.min(html.len())).rev().find(|end| html.is_char_boundary(*end)).unwrap_or(0);
        self.push_whole(&html[..end]);
        self.out.hole(link, HolePart::End);
        self.push_whole(&html[end..]);
    }

    fn push_whole(&mut self, html: &str) {
        if memchr::memchr(0, html.as_bytes()).is_some() {
            self.out.push(&html.replace('\0', "\u{FFFD}"));
        } else {
            self.out.push(html);
        }
    }
}

/// A hole in a piece of HTML, for so many of its bytes.
struct Mark {
    at: usize,
    length: usize,
    link: u32,
    part: HolePart,
}

/// The place in the text of the byte `at` of a piece of HTML that was put together from lines.
fn place_of(places: &[(usize, usize)], at: usize) -> usize {
    let line = places.partition_point(|(begin, _)| *begin <= at).checked_sub(1).and_then(|line| places.get(line));
    line.map_or(0, |(begin, place)| place + at - begin)
}

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
