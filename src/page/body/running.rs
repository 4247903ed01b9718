//! The running text of a page as it was written, passage by passage, each word with its place in the file: for those who look at language.
//!
//! What is no language of the author's is taken out or marked: code, formulas, citations, pictures, HTML. It must not know what is looked for.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::events::Events;
use super::prepass::comments::{self, outside};
use super::prepass::{self, Title, highlights, jekyll};
use super::render::{line_options, options};
use super::source::{Source, TextOrigin};
use crate::config::Markdown;
use crate::page::front::{Front, Key};

/// What stands for something that is a word to readers, and is not looked at: code, a formula, the name of another page.
pub const OPAQUE: char = '\u{FFFC}';

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Paragraph,
    Item,
    Heading,
    Cell,
    Note,
    /// A quotation set apart.
    Quotation,
    /// Lines of the front matter.
    Title,
    Summary,
    KeyPoint,
    Recommendation,
}

/// One block of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Passage {
    pub sort: Sort,
    pub text: String,
    /// Where its pieces begin in `text`, and where they stand in the file.
    pieces: Vec<(u32, Range<u32>)>,
    /// What is a name or somebody else's word: emphasis, struck out, HTML that says so.
    pub apart: Vec<Range<u32>>,
    /// Links, with where they lead.
    pub links: Vec<(Range<u32>, Box<str>)>,
}

/// The text of a page.
#[derive(Debug, Default)]
pub struct Running {
    pub passages: Vec<Passage>,
    /// What the page explains as abbreviations.
    pub abbreviations: Vec<Box<str>>,
}

impl Passage {
    fn new(sort: Sort) -> Passage {
        Passage { sort, text: String::new(), pieces: Vec::new(), apart: Vec::new(), links: Vec::new() }
    }

    /// The place in the file of a range of the text.
    pub fn in_file(&self, range: Range<usize>) -> Range<u32> {
        let piece = |at: usize| {
            let next = self.pieces.partition_point(|(start, _)| *start as usize <= at);
            let (start, place) = &self.pieces[next.saturating_sub(1)];
            let end = self.pieces.get(next).map_or(self.text.len(), |(end, _)| *end as usize);
            let is_as_written = end - *start as usize == place.len();
            (at as u32 - start, place.clone(), is_as_written)
        };
        if self.pieces.is_empty() {
            return 0..0;
        }
        let start = match piece(range.start) {
            (offset, place, true) => place.start + offset,
            (_, place, false) => place.start,
        };
        let end = match piece(range.end.max(range.start + 1) - 1) {
            (offset, place, true) => place.start + offset + 1,
            (_, place, false) => place.end,
        };
        start..end.max(start)
    }

    /// Whether a range lies in what is apart.
    pub fn is_apart(&self, range: &Range<usize>) -> bool {
        self.apart.iter().any(|apart| (apart.start as usize) < range.end && range.start < apart.end as usize)
    }
}

/// The running text of a file with this front matter.
pub fn running(text: &str, front: &Front, markdown: &Markdown) -> Running {
    let start = front.body_start.min(text.len());
    let head = text.get(..start).unwrap_or("");
    let mut running = Running::default();
    lines(head, front, &mut running.passages);
    let body = text.get(start..).unwrap_or("");
    let is_highlighted = front.shortcodes.iter().any(|name| &**name == highlights::NAME);
    let fenced = if is_highlighted { highlights::as_fences(body, options(markdown)) } else { body.into() };
    let jekyll = jekyll::read(&fenced, options(markdown));
    let read = comments::find(&jekyll.text, options(markdown), markdown);
    let found = prepass::look(&read.text, &read.fillings, Title::Known(front.title.as_deref().unwrap_or("")), options(markdown));
    running.abbreviations = found.abbreviations.iter().map(|(name, _)| (*name).into()).collect();
    let source = Source { text: &found.text, original: &read.text, origin: TextOrigin::Body(start), fillings: &read.fillings };
    let mut reader = Reader::new(source, Sort::Paragraph);
    Events::new(source.text, options(markdown)).for_each(|(event, range)| reader.event(event, range));
    reader.finish(&mut running.passages);
    running
}

/// The lines of the front matter that are written in sentences.
fn lines(head: &str, front: &Front, passages: &mut Vec<Passage>) {
    let title = front.title.iter().map(|line| (Sort::Title, Key::Title, line));
    let summary = front.summary.iter().map(|line| (Sort::Summary, Key::Summary, line));
    let key_points = front.key_points.iter().map(|line| (Sort::KeyPoint, Key::KeyPoints, line));
    let recommendations = front.recommendations.iter().map(|line| (Sort::Recommendation, Key::Recommendations, line));
    for (sort, key, line) in title.chain(summary).chain(key_points).chain(recommendations) {
        // What comes from a folder above is told of there, if at all.
        let Some((_, entry)) = front.spans.iter().find(|(known, _)| *known == key) else { continue };
        let line = line.trim();
        let within = head.get(entry.start as usize..entry.end as usize).unwrap_or("");
        let origin = within.find(line).filter(|_| !line.is_empty()).map(|at| entry.start as usize + at);
        let markdown = Markdown::default();
        let source = Source { text: line, original: line, origin: TextOrigin::Body(origin.unwrap_or(0)), fillings: &[] };
        let mut reader = Reader::new(source, sort);
        Events::new(line, line_options(&markdown)).for_each(|(event, range)| reader.event(event, range));
        let mut found = Vec::new();
        reader.finish(&mut found);
        for mut passage in found {
            passage.sort = sort;
            if origin.is_none() {
                passage.pieces = vec![(0, entry.clone())];
            }
            passages.push(passage);
        }
    }
}

struct Reader<'a> {
    source: Source<'a>,
    sort: Sort,
    passage: Passage,
    passages: Vec<Passage>,
    /// What is open and says what a passage is, the innermost last.
    within: Vec<Sort>,
    /// How many elements are open that are not read.
    unread: usize,
    /// Where what is apart begins, the innermost last; and links.
    apart: Vec<u32>,
    links: Vec<(u32, Box<str>)>,
    /// The tag of HTML that is open and apart.
    tag: Option<(String, u32)>,
}

/// Elements of HTML in a line whose words are no running text of the author's.
const APART: [&str; 10] = ["code", "kbd", "samp", "var", "q", "cite", "del", "s", "script", "style"];

impl<'a> Reader<'a> {
    fn new(source: Source<'a>, sort: Sort) -> Reader<'a> {
        Reader {
            source,
            sort,
            passage: Passage::new(sort),
            passages: Vec::new(),
            within: Vec::new(),
            unread: 0,
            apart: Vec::new(),
            links: Vec::new(),
            tag: None,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            _ if self.unread > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.opaque(range),
            Event::SoftBreak | Event::HardBreak => self.push(" ", range),
            Event::InlineHtml(html) => self.html(&html, range),
            Event::FootnoteReference(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: &Range<usize>) {
        if self.unread > 0 {
            self.unread += 1;
            return;
        }
        match tag {
            Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. } => {
                self.opaque(range.clone());
                self.unread += 1;
            }
            Tag::Link { dest_url, .. } => self.links.push((self.here(), dest_url.as_ref().into())),
            Tag::Emphasis | Tag::Strikethrough => self.apart.push(self.here()),
            Tag::Strong | Tag::Superscript | Tag::Subscript => {}
            Tag::Image { .. } => self.unread += 1,
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.end_passage();
                self.unread += 1;
            }
            block => {
                self.end_passage();
                self.within.extend(sort(&block, self.source.text.get(range.clone()).unwrap_or("")));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if self.unread > 0 {
            self.unread -= 1;
            return;
        }
        match tag {
            TagEnd::Link => {
                let here = self.here();
                self.passage.links.extend(self.links.pop().map(|(start, to)| (start..here, to)));
            }
            TagEnd::Emphasis | TagEnd::Strikethrough => {
                let here = self.here();
                self.passage.apart.extend(self.apart.pop().map(|start| start..here));
            }
            TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::BlockQuote(_)
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => {
                self.end_passage();
                self.within.pop();
            }
            _ => self.end_passage(),
        }
    }

    fn here(&self) -> u32 {
        self.passage.text.len() as u32
    }

    /// Adds text without the comments in it.
    fn text(&mut self, text: &str, range: Range<usize>) {
        if text.len() != range.len() || self.source.fillings.is_empty() {
            return self.push(text, range);
        }
        for part in outside(self.source.fillings, range.clone()) {
            self.push(&text[part.start - range.start..part.end - range.start], part);
        }
    }

    fn opaque(&mut self, range: Range<usize>) {
        self.push(OPAQUE.encode_utf8(&mut [0; 4]), range);
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        let here = self.here();
        self.passage.pieces.push((here, self.source.span(range)));
        self.passage.text.push_str(text);
    }

    /// Passes over a tag within a line, with what it says of the words that follow.
    fn html(&mut self, html: &str, range: Range<usize>) {
        let name: String = html.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        match &self.tag {
            Some((open, start)) if html.starts_with("</") && *open == name => {
                self.passage.apart.push(*start..self.passage.text.len() as u32);
                self.tag = None;
            }
            None if !html.starts_with("</") && APART.contains(&name.as_str()) => self.tag = Some((name, self.here())),
            _ if name == "br" => self.push(" ", range),
            _ => {}
        }
    }

    fn end_passage(&mut self) {
        // What stands in a quotation or a note is that, whatever it is besides.
        let is_within = |sort: &Sort| self.within.contains(sort);
        let outer = [Sort::Quotation, Sort::Note].into_iter().find(is_within);
        let sort = outer.or(self.within.last().copied()).unwrap_or(self.sort);
        let mut passage = std::mem::replace(&mut self.passage, Passage::new(self.sort));
        // What is open goes on in the next one.
        let here = passage.text.len() as u32;
        passage.apart.extend(self.apart.iter_mut().map(|start| std::mem::take(start)..here));
        passage.apart.extend(self.tag.take().map(|(_, start)| start..here));
        if !passage.text.trim().is_empty() {
            passage.sort = sort;
            passage.text = without_marks(passage.text);
            self.passages.push(passage);
        }
    }

    fn finish(mut self, passages: &mut Vec<Passage>) {
        self.end_passage();
        passages.append(&mut self.passages);
    }
}

/// What the passages in a block are, if it says so.
fn sort(block: &Tag, text: &str) -> Option<Sort> {
    match block {
        Tag::Heading { .. } | Tag::DefinitionListTitle => Some(Sort::Heading),
        Tag::TableCell => Some(Sort::Cell),
        Tag::Item | Tag::DefinitionListDefinition => Some(Sort::Item),
        Tag::FootnoteDefinition(_) => Some(Sort::Note),
        // A box of the author's is no quotation.
        Tag::BlockQuote(_) if text.trim_start_matches(['>', ' ']).starts_with("[!") => Some(Sort::Paragraph),
        Tag::BlockQuote(_) => Some(Sort::Quotation),
        _ => None,
    }
}

/// The text with blanks for citations in brackets, attributes, marks of boxes and names of blocks, so that every place stays true.
fn without_marks(text: String) -> String {
    if !text.contains(['@', '{', '^']) && !text.starts_with("[!") {
        return text;
    }
    let mut bytes = text.clone().into_bytes();
    let mut blank = |range: Range<usize>| bytes[range].fill(b' ');
    if let Some(end) = text.find(']').filter(|_| text.starts_with("[!")) {
        blank(0..end + 1);
    }
    for (start, _) in text.match_indices('[') {
        let rest = &text[start + 1..];
        let end = rest.find([']', '[']).filter(|end| rest[*end..].starts_with(']'));
        if let Some(end) = end.filter(|end| is_citation(&rest[..*end])) {
            blank(start..start + end + 2);
        }
    }
    for (start, _) in text.match_indices('{').filter(|(at, _)| text[at + 1..].starts_with(['.', '#', ':'])) {
        if let Some(end) = text[start..].find('}') {
            blank(start..start + end + 1);
        }
    }
    let is_block = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if let Some((before, name)) = text.trim_end().rsplit_once(" ^").filter(|(_, name)| is_block(name)) {
        blank(before.len()..before.len() + 2 + name.len());
    }
    String::from_utf8(bytes).unwrap_or(text)
}

/// Whether what stands in brackets cites something.
fn is_citation(inside: &str) -> bool {
    let is_key = |at: usize| {
        let before = inside[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric())
            && inside[at + 1..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '{')
    };
    inside.match_indices('@').any(|(at, _)| is_key(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Sort, String)> {
        let front = crate::page::front::read(&std::sync::Arc::from("content/x.md"), text);
        let running = running(text, &front, &Markdown::default());
        for passage in &running.passages {
            for (at, letter) in passage.text.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
                let range = passage.in_file(at..at + letter.len_utf8());
                assert!(range.end as usize <= text.len() && text.is_char_boundary(range.start as usize), "{text:?} {range:?}");
            }
        }
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        running.passages.iter().map(|passage| (passage.sort, tidy(&passage.text))).collect()
    }

    #[test]
    fn passages_are_what_they_are_and_code_and_citations_are_no_words() {
        use Sort::*;
        let text = "---\ntitle: T\nkey_points: [One *point*]\n---\n# T\n\nA `b` [see @c, p. 3] d.[^1] [[e]] %%no%%\n\n- item\n  - [in](x.md)\n\n> quoted\n\n\
                    > [!NOTE]\n> boxed\n\n| a |\n|---|\n| c |\n\n```\nno\n```\n\n<div>no</div>\n\n[likely]{.assess} it is ^id\n\n[^1]: A note.\n";
        let expected = [
            (Title, "T"),
            (KeyPoint, "One point"),
            (Heading, "T"),
            (Paragraph, "A \u{FFFC} d. \u{FFFC}"),
            (Item, "item"),
            (Item, "in"),
            (Quotation, "quoted"),
            (Paragraph, "boxed"),
            (Cell, "a"),
            (Cell, "c"),
            (Paragraph, "[likely] it is"),
            (Note, "A note."),
        ];
        assert_eq!(read(text), expected.map(|(sort, text)| (sort, text.to_string())));
    }

    #[test]
    fn places_are_those_of_the_words() {
        let text = "---\ntitle: T\n---\n\nA &amp; *b* [c](d.md) é recently.\n";
        let front = crate::page::front::read(&std::sync::Arc::from("content/x.md"), text);
        let running = running(text, &front, &Markdown::default());
        let passage = &running.passages[1];
        let place = |word: &str| {
            let at = passage.text.find(word).expect(word);
            let range = passage.in_file(at..at + word.len());
            &text[range.start as usize..range.end as usize]
        };
        assert_eq!(["A", "&", "b", "c", "é recently"].map(place), ["A", "&amp;", "b", "c", "é recently"]);
        let at = passage.text.find('b').expect("b");
        assert!(passage.is_apart(&(at..at + 1)) && passage.links.len() == 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_places_lie_in_it(text in "(\\PC|\n|[-*>`\\[\\]{}@^%&;<|]){0,80}") {
            read(&text);
            read(&format!("---\ntitle: \"{}\"\n---\n{text}", text.replace(['"', '\\', '\n'], "")));
        }
    }
}
