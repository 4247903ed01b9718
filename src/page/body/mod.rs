//! The body of a page: its Markdown as HTML with holes for links, its headings, links and prose.
//!
//! Owns the types of a rendered body. It must not know where links lead: that is filled in when the page's file is rendered.
//!
//! A body is made in two steps: `survey` finds what is not Markdown (shortcodes, abbreviations), and `render` goes through what a CommonMark parser
//! makes of the rest. Nothing in a body is text that its author did not write, but numbers of notes and ways back from them.

mod argument;
mod attributes;
mod autolink;
mod blocks;
mod call;
mod cells;
pub mod comments;
mod events;
pub mod gap;
mod heading;
mod inline;
mod language;
pub mod link;
mod links;
mod notes;
mod out;
mod prose;
mod render;
mod shortcode;
pub mod slips;
mod spoken;
mod survey;
mod table;
#[cfg(test)]
mod tests;
mod texts;

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use pulldown_cmark::Options;
use serde::{Deserialize, Serialize};

use crate::config::Markdown;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::theme::Shortcodes;

pub use call::shortcode_names;
pub use gap::Summary;
pub use texts::{BodyInput, BodySettings, Texts};

use comments::Uncommented;
use render::{Ground, Writer};
use slips::Load;
use survey::Title;
use texts::Made;

/// All that a body depends on, besides the prints of the shortcodes it names.
pub struct Input<'a> {
    pub path: &'a Arc<str>,
    /// The whole text of the file, and where its Markdown begins.
    pub text: &'a str,
    pub start: usize,
    /// The title in the front matter: a heading at the beginning that repeats it leaves the body. Without one the first heading is the title and leaves the body.
    pub title: Option<&'a str>,
    /// The Markdown lines of the front matter.
    pub key_points: &'a [String],
    pub recommendations: &'a [String],
    /// The language of the page, such as `en` or `fr-CA`.
    pub lang: &'a str,
    pub settings: &'a Markdown,
    /// The address of the site, with a slash at its end: links that begin with it are links into the site.
    pub own: Option<&'a str>,
    pub shortcodes: &'a Shortcodes,
    /// This page's front matter, which shortcodes see as `page`.
    pub page: &'a tera::Value,
}

/// What the Markdown of one page says: what is small and needed by everybody as fields, its long texts behind methods.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// The first heading as plain text, if it was wanted as title.
    pub title: Option<String>,
    /// The text before `<!-- more -->`, else the first paragraph, as plain text of at most 300 characters (cut at a word, with `…`).
    pub summary: Option<Summary>,
    pub headings: Arc<[Heading]>,
    /// All places a link can lead to: heading ids, footnotes, ids in raw HTML. Sorted.
    pub anchors: Arc<[Box<str>]>,
    /// Links to pages and files of the site, and to anchors of this page; in the order of the text. Holes name them by index.
    pub links: Arc<[Link]>,
    /// Links to elsewhere (http, https), in the order of the text.
    pub external: Vec<(Box<str>, Range<u32>)>,
    /// What the page loads from elsewhere, in the order of the text.
    pub loads: Vec<Load>,
    /// Wikilinks that are text because of backslashes.
    pub escaped: Vec<(LinkTarget, Range<u32>)>,
    /// Addresses in what looks like a link and is none. Each has been told of, so they outlive no process.
    #[serde(skip)]
    pub meant: Vec<Box<str>>,
    pub words: u32,
    /// Whether there is anything in `html`.
    pub has_html: bool,
    /// The names of abbreviations defined in the page and what they stand for.
    pub abbreviations: Vec<(Box<str>, Box<str>)>,
    /// The fingerprint of all fragments, their holes and links' targets.
    pub print: Fingerprint,
    /// The fingerprint of what other pages may rest on: headings, anchors and the targets of links, but not their places and sentences.
    pub relations: Fingerprint,
    /// The fingerprint of `prose`.
    pub prose_print: Fingerprint,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    texts: Texts,
}

/// HTML with holes, sorted by place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    pub html: Box<str>,
    pub holes: Box<[Hole]>,
}

/// A place in a fragment that is filled when the address of a link is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hole {
    /// Byte offset in the fragment's `html`.
    pub at: u32,
    /// Index in `Body::links`.
    pub link: u32,
    pub part: HolePart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HolePart {
    /// `<a href="…">` (with the link's title, if it has one), or nothing if the link is broken.
    Open,
    /// `</a>`, or nothing.
    Close,
    /// The words of a wikilink without words: the title of the page it leads to.
    Words,
    /// A whole `<img>`, or its alternative text if it is broken.
    Image,
    /// The address alone, inside an attribute (raw HTML, shortcodes).
    Address,
    /// What stands from here to the `End` of the same link goes if the link is broken: an attribute, or a tag that is nothing without it. Of an
    /// image its alternative text stays.
    Begin,
    /// The same, but it goes without a trace: an entry of a list within an attribute.
    BeginEntry,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Heading {
    pub level: u8,
    pub id: Box<str>,
    /// Plain text.
    pub text: Box<str>,
}

/// One link of the text to somewhere in the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    pub target: LinkTarget,
    /// `title` of a Markdown link or image.
    pub title: Option<Box<str>>,
    /// The alternative text, when this is an image.
    pub alt: Option<Box<str>>,
    /// The byte range of the link in the file.
    pub span: Range<u32>,
    /// Index of the heading above it.
    pub heading: Option<u32>,
    /// The plain text of the sentence around it, with gaps; at most 300 characters.
    pub sentence: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkTarget {
    /// The destination as written, percent-decoded: `other.md`, `../x/index.md`, `/briefings/x/`, `@/briefings/x.md`, `data.csv`, or empty for this page; and the part after `#`.
    Destination { path: Box<str>, anchor: Option<Box<str>>, query: Option<Box<str>> },
    /// `[[name]]`, `[[name#part|words]]`.
    Wiki { name: Box<str>, anchor: Option<Box<str>>, has_words: bool },
}

/// Leaf blocks of text, one behind the other: a page has many, and each would be a piece of memory of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Blocks {
    text: Box<str>,
    /// For each block the heading above it, and where it ends.
    ends: Box<[(Option<u32>, u32)]>,
    /// So many of them, the first ones, are of the text itself; the others are the lines of the front matter.
    of_text: u32,
}

impl Blocks {
    /// The place of the first block that is a line of the front matter: a key point or a recommendation.
    pub fn first_line(&self) -> usize {
        self.of_text as usize
    }

    /// The index of the heading above each block, and its text.
    pub fn iter(&self) -> impl Iterator<Item = (Option<u32>, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |(heading, end)| {
            let from = std::mem::replace(&mut start, *end as usize);
            (*heading, &self.text[from..*end as usize])
        })
    }
}

/// Renders the body of one page. Pure: the same input gives the same value.
pub fn render(input: &Input) -> Body {
    let start = input.start.min(input.text.len());
    let text = input.text.get(start..).unwrap_or("");
    let title = input.title.map_or(Title::FirstHeading, Title::Known);
    let read = comments::find(text, options(input.settings), input.settings);
    let mut survey = survey::survey(&read.text, title, options(input.settings));
    survey.forget(&read.fillings);
    let lines: Vec<String> = input.key_points.iter().chain(input.recommendations).map(|line| as_line(line)).collect();
    let lines: Vec<(&str, Uncommented)> =
        lines.iter().map(|line| (&**line, comments::find(line, line_options(input.settings), input.settings))).collect();
    let names = survey.abbreviations.iter().map(|(name, _)| name);
    let abbreviations = (!survey.abbreviations.is_empty())
        .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).ok())
        .flatten();

    let mut writer = Writer::new(input, &survey.text, &read.text, Ground::Body(start));
    writer.fillings = &read.fillings;
    writer.calls = &survey.calls;
    writer.abbreviations = abbreviations.as_ref();
    writer.meanings = &survey.abbreviations;
    writer.expects_title = survey.begins_with_title;
    writer.lowered = u8::from(survey.has_first_level);
    writer.report(&survey);
    writer.report_loose(&read.loose);
    writer.run(options(input.settings));
    let summary = writer.prose.summary();
    let html = writer.take_page();
    let of_text = writer.prose.count();
    let mut fragments: Vec<Fragment> = lines.iter().map(|(line, read)| writer.line(line, read)).collect();
    let recommendations = fragments.split_off(input.key_points.len());
    let print = print(&html, &fragments, &recommendations, &writer.links);
    let mut anchors = writer.anchors;
    anchors.sort_unstable();
    anchors.dedup();
    let targets: Vec<_> = writer.links.iter().map(|link| &link.target).collect();
    let relations = Fingerprint::of(&(&writer.headings, &anchors, targets));
    let prose = writer.prose.blocks(of_text);
    Body {
        title: writer.title.filter(|_| input.title.is_none()),
        summary,
        headings: writer.headings.into(),
        anchors: anchors.into(),
        links: writer.links.into(),
        external: writer.external,
        loads: writer.loads,
        escaped: writer.slips.escaped,
        meant: writer.slips.meant,
        prose_print: Fingerprint::of(&prose),
        words: writer.prose.words,
        has_html: !html.html.is_empty(),
        abbreviations: survey.abbreviations.iter().map(|(name, meaning)| ((*name).into(), (*meaning).into())).collect(),
        print,
        relations,
        diagnostics: writer.diagnostics,
        texts: Texts::made(Made { html, key_points: fragments, recommendations, prose }),
    }
}

/// What is read besides CommonMark. Alerts, bare addresses, abbreviations and punctuation are looked after here, not by the parser.
fn options(settings: &Markdown) -> Options {
    let mut options = line_options(settings);
    options.insert(Options::ENABLE_TABLES);
    options.insert(Options::ENABLE_FOOTNOTES);
    options.insert(Options::ENABLE_TASKLISTS);
    options.insert(Options::ENABLE_HEADING_ATTRIBUTES);
    options.insert(Options::ENABLE_DEFINITION_LIST);
    options
}

/// What is read in one line.
fn line_options(settings: &Markdown) -> Options {
    let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_MATH, settings.math);
    options
}

/// A line of front matter behind a bracket, so that no line is a list, a heading or another block.
fn as_line(line: &str) -> String {
    format!("({}", line.trim().replace(['\n', '\r'], " "))
}

fn print(html: &Fragment, key_points: &[Fragment], recommendations: &[Fragment], links: &[Link]) -> Fingerprint {
    let links: Vec<_> = links.iter().map(|link| (&link.target, &link.title, &link.alt)).collect();
    Fingerprint::of(&(html, key_points, recommendations, links))
}

impl<'a> Writer<'a> {
    /// Tells of what the survey found to be wrong.
    fn report(&mut self, survey: &survey::Survey<'a>) {
        for malformed in &survey.malformed {
            self.problem(
                Diagnostic::error("bad-shortcode-argument", malformed.message.clone()).hint(malformed.hint),
                malformed.range.clone(),
            );
        }
        self.report_foreign(&survey.foreign);
    }

    /// Tells of comments without an end.
    fn report_loose(&mut self, loose: &[Range<usize>]) {
        for range in loose {
            let mark = &self.original[range.clone()];
            let end = if mark == "%%" { "%%" } else { "-->" };
            let problem = Diagnostic::warning("unclosed-comment", format!("a comment begins with `{mark}` and has no end"));
            self.problem(problem.hint(format!("write `{end}` where it ends, or `\\{mark}` to show the sign")), range.clone());
        }
    }

    /// Tells of a note that has a text already: what stands in this one is not shown.
    fn is_defined_again(&mut self, label: &str, range: &Range<usize>) -> bool {
        let Some((first, place)) = self.notes.defined(label) else { return false };
        let message = match first == label {
            true => format!("the note `{label}` has a text already, so this one is not shown"),
            false => format!("`{label}` and `{first}` are one note, which has a text already, so this one is not shown"),
        };
        let problem = Diagnostic::warning("duplicate-note", message).hint("give one of them a label of its own");
        let first_line = |range: &Range<usize>| range.start..range.start + self.text[range.clone()].find('\n').unwrap_or(range.len());
        let place = Place::range(self.input.path, self.input.text, self.in_file(first_line(&place)));
        let here = first_line(range);
        self.problem(problem.also(place, "this is the text that is shown"), here);
        true
    }

    /// The page with its notes, when all of it has been read.
    fn take_page(&mut self) -> Fragment {
        self.end_frames_below(0);
        self.tell_escaped_notes();
        let notes = std::mem::take(&mut self.notes);
        for (label, range) in notes.unused().filter(|(label, _)| !self.slips.has_escaped_note(label)).collect::<Vec<_>>() {
            let first = range.start..range.start + self.text[range.clone()].find('\n').unwrap_or(range.len());
            self.problem(Diagnostic::warning("unused-note", format!("nothing refers to the note `{label}`, so it is not shown")), first);
        }
        self.anchors.extend(notes.anchors().map(Box::from));
        let mut out = std::mem::take(&mut self.out);
        notes.write(self.words, &mut out);
        out.into_fragment()
    }

    /// One Markdown line of the front matter, in the words and with the abbreviations of the page.
    fn line(&mut self, line: &str, read: &'a Uncommented) -> Fragment {
        let written = &line[1..];
        let place = self.input.text.get(..self.input.start).and_then(|front| front.find(written));
        let ground = Ground::Line(place.filter(|_| !written.is_empty()));
        let mut writer = Writer::new(self.input, &read.text, &read.text, ground);
        writer.fillings = &read.fillings;
        (writer.abbreviations, writer.meanings) = (self.abbreviations, self.meanings);
        writer.links = std::mem::take(&mut self.links);
        writer.external = std::mem::take(&mut self.external);
        writer.diagnostics = std::mem::take(&mut self.diagnostics);
        writer.loads = std::mem::take(&mut self.loads);
        writer.slips = std::mem::take(&mut self.slips);
        std::mem::swap(&mut writer.prose, &mut self.prose);
        writer.report_loose(&read.loose);
        writer.run(line_options(self.input.settings));
        self.links = writer.links;
        self.external = writer.external;
        self.diagnostics = writer.diagnostics;
        self.loads = writer.loads;
        self.slips = writer.slips;
        self.prose = writer.prose;
        writer.out.into_fragment()
    }
}
