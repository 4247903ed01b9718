//! A first look at the Markdown of a page: its shortcodes, abbreviations and the tags of other tools, none of which are Markdown.
//!
//! What it finds is replaced by as many bytes that Markdown passes over, so that every place stays true. It must not know what shortcodes make.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::call::{self, Call, Kind, Malformed};
use super::comments::outside;
use crate::html::pieces::comments;

/// What is in a text besides Markdown.
#[derive(Debug, Default)]
pub struct Survey<'t> {
    /// The text as Markdown sees it; of the same length as the original.
    pub text: Cow<'t, str>,
    /// Shortcodes outside code, in the order of the text.
    pub calls: Vec<Call<'t>>,
    pub malformed: Vec<Malformed<'t>>,
    /// Name and meaning.
    pub abbreviations: Vec<(&'t str, &'t str)>,
    /// The tags of other tools outside code.
    pub foreign: Vec<Range<usize>>,
    /// How far the ends of foreign tags, `%}` and `}}`, have been looked for.
    searched: [usize; 2],
    /// True if the first heading is the title of the page, and so no part of the body.
    pub begins_with_title: bool,
    /// True if the body has headings of the first level.
    pub has_first_level: bool,
}

/// Which heading is the title of the page.
#[derive(Debug, Clone, Copy)]
pub enum Title<'a> {
    /// The first one.
    FirstHeading,
    /// None, but a text may begin with the title that front matter gives.
    Known(&'a str),
}

/// No comment is shorter than `%%x%%`.
const SHORTEST_FILLING: usize = 5;

/// How far the end of another tool's tag is looked for.
const LONGEST_FOREIGN: usize = 2_000;

/// Looks through the Markdown `text`. Most pages hold nothing of all this, and cost only a few searches.
pub fn survey<'t>(text: &'t str, title: Title, options: Options) -> Survey<'t> {
    let has_tags = memchr(b'{', text.as_bytes()).is_some() && (text.contains("{{") || text.contains("{%"));
    let has_abbreviations = text.contains("*[");
    let mut survey = Survey { text: Cow::Borrowed(text), begins_with_title: matches!(title, Title::FirstHeading), ..Survey::default() };
    if !has_tags && !has_abbreviations && !may_have_first_level(text) {
        return survey;
    }
    let code = survey.outline(text, title, options);
    let mut holes: Vec<(Range<usize>, Filling)> = Vec::new();
    if has_abbreviations {
        survey.find_abbreviations(text, &code, &mut holes);
    }
    if has_tags {
        survey.find_tags(text, &code);
        survey.pair();
        survey.place(text, &mut holes);
    }
    survey.text = fill(text, holes);
    survey
}

/// True if a line may be a heading of the first level, or the line of `=` below one. Most `#` and `=` stand in other headings and in code.
fn may_have_first_level(text: &str) -> bool {
    // Nothing can stand before a block but what opens a quotation, an item or a note, and of these only a note has a name.
    let is_plain = |before: &str| !before.contains(char::is_alphabetic);
    let is_heading = |line: &str| {
        let is_first = line.find('#').is_some_and(|at| line[at..].starts_with("# ") && is_plain(&line[..at]));
        is_first || line.contains("# ") && line.contains("[^")
    };
    let is_underline = |line: &str| {
        let before = line.trim_end().trim_end_matches('=');
        line.trim_end().len() > before.len() && (is_plain(before) || before.contains("[^"))
    };
    lines_with(text, b'#').any(is_heading) || lines_with(text, b'=').any(is_underline)
}

/// The lines that hold a letter, which is ASCII.
fn lines_with(text: &str, letter: u8) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = at + memchr(letter, text.get(at..)?.as_bytes())?;
        let start = text[at..found].rfind('\n').map_or(at, |end| at + end + 1);
        let end = text[found..].find('\n').map_or(text.len(), |end| found + end);
        at = end + 1;
        Some(&text[start..end])
    })
}

/// What stands where something was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// Nothing at all.
    Blank,
    /// A block of its own.
    Block,
    /// Part of a line.
    Inline,
}

impl Filling {
    /// HTML that a Markdown parser hands on: a processing instruction is a block, a tag with text beside it is not (<https://spec.commonmark.org/0.31.2/#html-blocks>).
    fn ends(self) -> [&'static str; 2] {
        match self {
            Filling::Blank => ["", ""],
            Filling::Block => ["<?", "?>"],
            Filling::Inline => ["<i", ">"],
        }
    }
}

fn fill(text: &str, mut holes: Vec<(Range<usize>, Filling)>) -> Cow<'_, str> {
    if holes.is_empty() {
        return Cow::Borrowed(text);
    }
    holes.sort_by_key(|(range, _)| range.start);
    let mut filled = String::with_capacity(text.len());
    for (range, filling) in holes {
        // A shortcode within the meaning of an abbreviation went away with it.
        if range.start < filled.len() {
            continue;
        }
        filled.push_str(&text[filled.len()..range.start]);
        let [open, close] = filling.ends();
        filled.push_str(open);
        filled.extend(std::iter::repeat_n(' ', range.len() - open.len() - close.len()));
        filled.push_str(close);
    }
    filled.push_str(&text[filled.len()..]);
    Cow::Owned(filled)
}

impl<'t> Survey<'t> {
    /// The places of code, comments and formulas; and what headings there are.
    fn outline(&mut self, text: &str, title: Title, options: Options) -> Vec<Range<usize>> {
        let mut code = Vec::new();
        let (mut depth, mut blocks, mut headings, mut first_levels) = (0, 0, 0, 0);
        let mut first: Option<String> = None;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code.push(range),
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                    if let Some(first) = &mut first {
                        first.push_str(text[range.clone()].trim_matches('`'));
                    }
                    code.push(range);
                }
                Event::InlineHtml(tag) if tag.starts_with("<!--") => code.push(range),
                Event::Start(Tag::HtmlBlock) => {
                    let start = range.start;
                    code.extend(comments(&text[range]).map(|comment| comment.start + start..comment.end + start));
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let is_title = headings == 0 && depth == 0 && level == HeadingLevel::H1 && blocks == 0;
                    if is_title && matches!(title, Title::Known(_)) {
                        first = Some(String::new());
                    }
                    let leaves = headings == 0 && depth == 0 && matches!(title, Title::FirstHeading);
                    headings += i32::from(depth == 0);
                    first_levels += i32::from(level == HeadingLevel::H1 && !leaves);
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let (Title::Known(title), Some(first)) = (title, first.take()) {
                        self.begins_with_title = first.trim().to_lowercase() == title.trim().to_lowercase();
                        first_levels -= i32::from(self.begins_with_title);
                    }
                }
                Event::Text(words) => {
                    if let Some(first) = &mut first {
                        first.push_str(&words);
                    }
                }
                Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition) => depth += 1,
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition) => {
                    depth -= 1
                }
                _ => {}
            }
            blocks += 1;
        }
        self.has_first_level = first_levels > 0;
        code
    }

    /// Lines such as `*[NATO]: North Atlantic Treaty Organization` (<https://michelf.ca/projects/php-markdown/extra/#abbr>).
    fn find_abbreviations(&mut self, text: &'t str, code: &[Range<usize>], holes: &mut Vec<(Range<usize>, Filling)>) {
        for (at, _) in text.match_indices("*[") {
            let line_start = at - text.as_bytes()[..at].iter().rev().take(3).take_while(|byte| **byte == b' ').count();
            if line_start > 0 && text.as_bytes()[line_start - 1] != b'\n' || within(code, at).is_some() {
                continue;
            }
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let Some((name, meaning)) = text[at + 2..end].split_once("]:") else { continue };
            let (name, meaning) = (name.trim(), meaning.trim());
            if !name.is_empty() && !meaning.is_empty() && !name.contains(']') {
                self.abbreviations.push((name, meaning));
                holes.push((line_start..end - usize::from(text[..end].ends_with('\r')), Filling::Blank));
            }
        }
    }

    /// Takes out of the values of arguments what stands in place of comments.
    pub fn forget(&mut self, fillings: &[Range<usize>]) {
        let arguments = self.calls.iter_mut().filter_map(|call| match &mut call.kind {
            Kind::Open { arguments, .. } => Some(arguments),
            _ => None,
        });
        for argument in arguments.flatten() {
            let parts: Vec<Range<usize>> = outside(fillings, argument.range.clone()).collect();
            if parts != [argument.range.clone()] {
                // A value may have been unescaped, so that its letters stand elsewhere: what is shown of a comment is told by its length.
                let filling = "%".repeat(SHORTEST_FILLING);
                let words = argument.value.split(&filling).map(|part| part.trim_start_matches('%'));
                argument.value = words.filter(|part| !part.is_empty()).collect::<Vec<_>>().concat().into();
            }
        }
    }

    fn find_tags(&mut self, text: &'t str, code: &[Range<usize>]) {
        let mut at = 0;
        while let Some(next) = memchr(b'{', &text.as_bytes()[at..]) {
            at += next;
            let is_tag = text[at..].starts_with("{{") || text[at..].starts_with("{%");
            if let Some(range) = within(code, at).filter(|_| is_tag) {
                at = range.end.max(at + 1);
                continue;
            }
            let length = if is_tag { self.tag(text, at) } else { None };
            at += length.unwrap_or(1);
        }
    }

    /// Keeps the tag at `at`, and returns its length.
    fn tag(&mut self, text: &'t str, at: usize) -> Option<usize> {
        let rest = &text[at..];
        if rest.starts_with("{{<") || rest.starts_with("{{%") {
            match call::read(text, at) {
                Ok(Some(call)) => {
                    let length = call.range.len();
                    self.calls.push(call);
                    return Some(length);
                }
                Ok(None) => {}
                Err(malformed) => {
                    self.malformed.push(malformed);
                    return Some(3);
                }
            }
        }
        let close = if rest.starts_with("{%") { "%}" } else { "}}" };
        // Where a search found nothing the next need not look again.
        let searched = &mut self.searched[usize::from(close == "}}")];
        let from = (at + 2).max(*searched);
        let to = from.max(text.len().min(at + LONGEST_FOREIGN));
        let found = text.as_bytes()[from..to].windows(2).position(|pair| pair == close.as_bytes());
        *searched = found.map_or(to, |found| from + found + 2);
        let end = from + found? + 2;
        self.foreign.push(at..end);
        Some(end - at)
    }

    /// Finds for each closing tag the one that it closes: the last of its name. Those that are never closed have no body.
    fn pair(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut told: HashSet<&str> = self.malformed.iter().map(|malformed| malformed.name).collect();
        let mut count: HashMap<&str, usize> = HashMap::new();
        for at in 0..self.calls.len() {
            match self.calls[at].kind {
                Kind::Open { name, is_closed: false, .. } => {
                    open.push(at);
                    *count.entry(name).or_default() += 1;
                }
                Kind::Open { name, is_closed: true, .. } => {
                    told.insert(name);
                }
                Kind::Close { name } if count.get(name).is_some_and(|open| *open > 0) => {
                    while let Some(opener) = open.pop() {
                        let Kind::Open { name: opened, .. } = self.calls[opener].kind else { continue };
                        *count.entry(opened).or_default() -= 1;
                        if opened == name {
                            self.calls[opener].partner = Some(at);
                            self.calls[at].partner = Some(opener);
                            break;
                        }
                    }
                }
                // What it would close has been told of, or closes itself: it belongs to nobody but itself.
                Kind::Close { name } if told.contains(name) => self.calls[at].partner = Some(at),
                _ => {}
            }
        }
    }

    /// A line with nothing but shortcodes is a block, all others are part of their paragraph.
    fn place(&self, text: &str, holes: &mut Vec<(Range<usize>, Filling)>) {
        let mut first = 0;
        while first < self.calls.len() {
            let mut last = first;
            let gap = |last: usize| self.calls.get(last + 1).map(|next| &text[self.calls[last].range.end..next.range.start]);
            let mut only_calls = true;
            while let Some(between) = gap(last).filter(|gap| !gap.contains('\n')) {
                only_calls &= between.trim().is_empty();
                last += 1;
            }
            let (start, end) = (self.calls[first].range.start, self.calls[last].range.end);
            let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
            let after = &text[end..text[end..].find('\n').map_or(text.len(), |at| end + at)];
            let filling = if only_calls && is_prefix(before) && after.trim().is_empty() { Filling::Block } else { Filling::Inline };
            holes.extend(self.calls[first..=last].iter().map(|call| (call.range.clone(), filling)));
            first = last + 1;
        }
    }
}

/// True if a block can begin behind `before` on its line: spaces, quotation marks, and the marks of lists, definitions and notes.
fn is_prefix(before: &str) -> bool {
    before.split_whitespace().all(|mark| {
        let is_note = mark.starts_with("[^") && mark.ends_with("]:");
        let number = mark.strip_suffix(['.', ')']);
        let is_number = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        is_note || is_number || mark.bytes().all(|byte| byte == b'>') || matches!(mark, "-" | "*" | "+" | ":")
    })
}

/// The range that holds the byte at `at`; ranges are sorted.
pub fn within(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = ranges[..ranges.partition_point(|range| range.start <= at)].last();
    before.filter(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Survey<'_> {
        survey(text, Title::Known("Known"), Options::empty())
    }

    #[test]
    fn shortcodes_leave_as_many_bytes_behind() {
        let found = look("{{< a\nb >}}\n\nx {{< c >}} y `{{< d >}}`\n");
        assert_eq!(found.text, "<?      ?>\n\nx <i      > y `{{< d >}}`\n".replacen("<?      ?>", "<?       ?>", 1));
        assert_eq!(found.calls.len(), 2);
    }

    #[test]
    fn closing_tags_find_their_openers() {
        let found = look("{{< a >}}{{< b >}}{{< a >}}{{< /a >}}{{< /a >}}{{< /c >}}");
        assert_eq!(found.calls.iter().map(|call| call.partner).collect::<Vec<_>>(), [Some(4), None, Some(3), Some(2), Some(0), None]);
    }

    #[test]
    fn tags_of_other_tools_count_outside_code_only() {
        assert_eq!(look("`{{ a }}` {{% b %}} {% c %}").foreign, [10..19, 20..27]);
        assert!(look("<!-- {{ a }} -->\n\n{{ unclosed").foreign.is_empty());
    }

    #[test]
    fn abbreviations_leave_the_text() {
        let found = look("a\n\n*[AB]: A & B\n*[C]:\n\n    *[D]: code\n");
        assert_eq!(found.abbreviations, [("AB", "A & B")]);
        assert!(!found.text.contains("AB") && found.text.contains("*[D]"));
    }

    #[test]
    fn the_title_at_the_head_of_a_text_is_found() {
        assert!(look("# known\n\n## b").begins_with_title);
        assert!(!look("x\n\n# known").begins_with_title);
        assert!(look("# other").has_first_level);
        assert!(!look("# known\n\n## x").has_first_level);
    }
}
