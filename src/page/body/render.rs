//! How the body of a page is rendered: its text, then the Markdown lines of its front matter.
//!
//! It must not know what any part of Markdown becomes.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Options;

use super::buffer::HtmlBuffer;
use super::claims::{self, Claim};
use super::collected::Collected;
use super::events::{Events, Held};
use super::input::BodyInput;
use super::lazy::BodyTexts;
use super::passes::abbreviations::Terms;
use super::passes::citations;
use super::prepass::comments::{self, Uncommented};
use super::prepass::{self, Prepass, Title, highlights, jekyll, within};
use super::prose::Lead;
use super::renderer::Renderer;
use super::source::{Source, TextOrigin};
use super::{Body, CiteSpot, LazyBody, Link};
use crate::config::Markdown;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;

/// Renders the body of one page. Pure: the same input gives the same value.
pub fn render(input: &BodyInput) -> Body {
    let (front, markdown) = (input.front(), &input.settings.markdown);
    let whole = input.text.get();
    let start = front.text_start.min(whole.len());
    let text = whole.get(start..).unwrap_or("");
    let text = &*fenced(input, text);
    let jekyll = jekyll::read(text, options(markdown));
    let text = &*jekyll.text;
    let read = comments::find(text, options(markdown), markdown);
    let title = front.title.map_or(Title::FirstHeading, Title::Known);
    let mut found = prepass::look(&read.text, &read.fillings, title, options(markdown));
    found.foreign.retain(|tag| within(&jekyll.raw, tag.start).is_none());
    let terms = Terms::new(&found.abbreviations);
    let source = Source { text: &found.text, original: &read.text, origin: TextOrigin::Body(start), fillings: &read.fillings };

    let mut events = Events::new(source.text, options(markdown));
    let claims = if input.is_looked_at() { claims_of(&source, input, events.hold()) } else { Box::default() };
    let lead = (!front.has_summary).then(Lead::default);
    let mut page = Renderer::new(input, source, &terms, Collected::with_capacity(text.len(), lead));
    page.calls.tags = &found.calls;
    page.foreign = &found.foreign;
    page.open.expects_title = found.begins_with_title;
    page.open.lowered = u8::from(found.has_first_level);
    page.report(&found);
    page.report_attributes(&jekyll.attributes);
    citations::tell_raw_title(&mut page);
    page.report_loose(&read.loose);
    page.run(events);
    page.end_frames_below(0);
    page.finish_text();
    let summary = page.collected.prose.summary().or_else(|| citations::summary(&mut page));
    let of_text = page.collected.prose.count();
    let mut lines = |lines: &[String], spot: fn(u32) -> CiteSpot| -> Vec<HtmlBuffer> {
        lines.iter().zip(0..).map(|(line, number)| page.line(line, spot(number))).collect()
    };
    let (key_points, recommendations) =
        (lines(front.key_points, CiteSpot::KeyPoint), lines(front.recommendations, CiteSpot::Recommendation));
    let texts = page.take_page(key_points, recommendations);

    let Renderer { collected, structure, .. } = page;
    let mut anchors = structure.anchors;
    anchors.sort_unstable();
    anchors.dedup();
    // A picture may not show what a link may lead to.
    let targets: Vec<_> = collected.links.iter().map(|link| (&link.target, link.alt.is_some())).collect();
    let cited: Vec<&str> = collected.cites.iter().map(|cite| &*cite.key).collect();
    let relations = Fingerprint::of(&(&structure.headings, &anchors, targets, cited));
    let words = collected.prose.words;
    let prose = collected.prose.into_blocks(of_text);
    Body {
        title: structure.title.filter(|_| front.title.is_none()),
        summary,
        print: print(&texts, &collected.links),
        relations,
        prose_print: Fingerprint::of(&prose),
        words,
        has_html: !texts.html.html.is_empty(),
        headings: structure.headings.into(),
        anchors: anchors.into(),
        links: collected.links.into(),
        cites: collected.cites.into(),
        claims,
        external: collected.external.into(),
        loads: collected.loads.into(),
        escaped: collected.typos.escaped.into(),
        meant: collected.typos.meant.into(),
        diagnostics: collected.diagnostics,
        texts: LazyBody::new(texts, &prose, input.clone()),
    }
}

/// The text with what Hugo's shortcode takes for code as fences, unless the theme has one of that name.
fn fenced<'t>(input: &BodyInput, text: &'t str) -> Cow<'t, str> {
    let is_called = input.front().shortcodes.iter().any(|name| &**name == highlights::NAME);
    let is_own = || input.settings.shortcodes.prints.contains_key(highlights::NAME);
    if is_called && !is_own() { highlights::as_fences(text, options(&input.settings.markdown)) } else { Cow::Borrowed(text) }
}

/// What the text states without a source.
fn claims_of(source: &Source, input: &BodyInput, events: Held) -> Box<[Claim]> {
    let found = claims::find(source.text, events, &|text| input.cites(text));
    let in_file = |claim: Claim| Claim { span: source.span(claim.span.start as usize..claim.span.end as usize), ..claim };
    found.into_iter().map(in_file).collect()
}

/// What is read besides CommonMark. Alerts, bare addresses, abbreviations and punctuation are looked after by passes, not by the parser.
pub fn options(settings: &Markdown) -> Options {
    let mut options = line_options(settings);
    options.insert(Options::ENABLE_TABLES);
    options.insert(Options::ENABLE_FOOTNOTES);
    options.insert(Options::ENABLE_TASKLISTS);
    options.insert(Options::ENABLE_HEADING_ATTRIBUTES);
    options.insert(Options::ENABLE_DEFINITION_LIST);
    options
}

/// What is read in one line.
pub fn line_options(settings: &Markdown) -> Options {
    let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_MATH, settings.math);
    options
}

/// A line of front matter behind a bracket, so that no line is a list, a heading or another block.
fn as_line(line: &str) -> String {
    format!("({}", line.trim().replace(['\n', '\r'], " "))
}

fn print(texts: &BodyTexts, links: &[Link]) -> Fingerprint {
    let links: Vec<_> = links.iter().map(|link| (&link.target, &link.title, &link.alt)).collect();
    let BodyTexts { html, key_points, recommendations, sources } = texts;
    Fingerprint::of(&(html, key_points, recommendations, links, sources))
}

impl<'a> Renderer<'a> {
    /// Tells of what the prepass found to be wrong.
    fn report(&mut self, found: &Prepass<'a>) {
        for malformed in &found.malformed {
            let problem = Diagnostic::error("bad-shortcode-argument", malformed.message.clone()).hint(malformed.hint);
            self.problem(problem, malformed.range.clone());
        }
        for (_, meaning) in found.abbreviations.iter().filter(|(_, meaning)| meaning.contains('@')) {
            let start = self.source.original.find(&**meaning);
            citations::tell_raw(self, meaning, start.map_or(0..0, |start| start..start + meaning.len()), "an abbreviation");
        }
        self.report_foreign(&found.foreign);
    }

    /// Tells of comments without an end.
    fn report_loose(&mut self, loose: &[Range<usize>]) {
        for range in loose {
            let mark = &self.source.original[range.clone()];
            let end = if mark == "%%" { "%%" } else { "-->" };
            let problem = Diagnostic::warning("unclosed-comment", format!("a comment begins with `{mark}` and has no end"));
            self.problem(problem.hint(format!("write `{end}` where it ends, or `\\{mark}` to show the sign")), range.clone());
        }
    }

    /// The page with its notes, its lines and its list of sources, when all of it has been read.
    fn take_page(&mut self, mut key_points: Vec<HtmlBuffer>, mut recommendations: Vec<HtmlBuffer>) -> BodyTexts {
        let notes = std::mem::take(&mut self.structure.notes);
        self.structure.anchors.extend(notes.anchors().map(Box::from));
        let order = citations::Order::new(&self.collected.clusters, &notes);
        let mut out = std::mem::take(&mut self.out);
        notes.write(self.words, &mut out);
        let mut parts: Vec<&mut HtmlBuffer> = std::iter::once(&mut out).chain(&mut key_points).chain(&mut recommendations).collect();
        let sources = citations::fill(self, &order, &mut parts);
        self.structure.anchors.extend(sources.iter().map(|source| citations::entry_id(&source.key).into()));
        let fragments = |lines: Vec<HtmlBuffer>| lines.into_iter().map(HtmlBuffer::into_fragment).collect();
        BodyTexts { html: out.into_fragment(), key_points: fragments(key_points), recommendations: fragments(recommendations), sources }
    }

    /// One Markdown line of the front matter, with what is collected of it added to what is collected of the page.
    fn line(&mut self, written: &str, spot: CiteSpot) -> HtmlBuffer {
        let markdown = self.markdown();
        let line = as_line(written);
        let Uncommented { text, fillings, loose } = comments::find(&line, line_options(markdown), markdown);
        let text_of_file = self.input.text.get();
        let front = text_of_file.get(..self.input.front().text_start);
        let place = front.and_then(|front| front.find(&line[1..])).filter(|_| line.len() > 1);
        let source = Source { text: &text, original: &text, origin: TextOrigin::Line(place), fillings: &fillings };
        let mut renderer = Renderer::new(self.input, source, self.terms, std::mem::take(&mut self.collected));
        renderer.citations.spot = spot;
        // What a line cites in a note is a note of the page.
        renderer.structure.notes = std::mem::take(&mut self.structure.notes);
        renderer.report_loose(&loose);
        renderer.run(Events::new(source.text, line_options(markdown)));
        self.collected = renderer.collected;
        self.structure.notes = renderer.structure.notes;
        renderer.out
    }
}
