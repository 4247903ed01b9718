//! Statements that want a source and have none in their paragraph.
//!
//! What has a source in it, wants none besides: a citation, a note, an address elsewhere. An item of a list has that of the last item or of the paragraph
//! with a colon before the list, a paragraph that of the table right above it; a sentence that links to another page has that. A figure that another paragraph of the page has with a source has that, and a
//! question states nothing.
//! Tables, headings, terms that are defined, quotations set apart, notes, and the lines of the front matter are not looked at: tables say their source
//! below, and key points say what the text says. It must not know pages or registers.

mod figure;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use super::events::Held;
use figure::figures;

/// A statement without a source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    pub what: What,
    /// The byte range of it in the text that was looked at.
    pub span: Range<u32>,
    /// Those of one paragraph have one number.
    pub paragraph: u32,
}

/// What is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum What {
    Share,
    Money,
    Number,
    /// A year if there is one, a month and a day, from 1.
    Day(Option<i16>, u8, u8),
    Quotation,
}

/// One block of running text while it is read.
#[derive(Debug, Default)]
struct Block {
    plain: String,
    /// Where pieces of `plain` begin, in it and in the text.
    pieces: Vec<(usize, usize)>,
    has_source: bool,
    /// Links to other pages, by their place in `plain`.
    links: Vec<usize>,
}

/// The statements of a Markdown text that have no source; `cites` tells whether a piece of it cites a source that is known.
pub fn find(text: &str, events: Held, cites: &dyn Fn(&str) -> bool) -> Vec<Claim> {
    let mut reader = Reader {
        text,
        cites,
        claims: Vec::new(),
        block: Block::default(),
        blocks: 0,
        sourced: Vec::new(),
        skipped: 0,
        lists: 0,
        waiting: Vec::new(),
        is_covered: false,
        is_led: false,
        table: None,
        is_below_table: false,
    };
    for (event, range) in events {
        reader.event(event, range.clone());
    }
    reader.end_block();
    let Reader { claims, sourced, .. } = reader;
    if claims.is_empty() {
        return Vec::new();
    }
    let figures = |plain: &String| figures(plain).into_iter().map(|(range, _)| bare(&plain[range])).collect::<Vec<_>>();
    let sourced: BTreeSet<String> = sourced.iter().flat_map(figures).collect();
    let is_in_text = |claim: &Claim| claim.span.start < claim.span.end && claim.span.end as usize <= text.len();
    // What is cut by something else, such as a quotation by a table, may have no place.
    claims.into_iter().filter(|(claim, figure)| is_in_text(claim) && !sourced.contains(figure)).map(|(claim, _)| claim).collect()
}

/// A statement with its figure in one spelling.
type Stated = (Claim, String);

/// A figure in one spelling.
fn bare(figure: &str) -> String {
    figure.replace([' ', '\u{a0}', '\u{202f}', '\n'], "").replace("percent", "%").to_lowercase()
}

struct Reader<'a> {
    text: &'a str,
    cites: &'a dyn Fn(&str) -> bool,
    claims: Vec<Stated>,
    block: Block,
    /// How many blocks have been read.
    blocks: u32,
    /// The blocks with a source. What they state is looked for only where others state something without one.
    sourced: Vec<String>,
    /// How many elements are open that are not looked at.
    skipped: usize,
    /// How many lists are open.
    lists: usize,
    /// What the items of the open list state, until its last item is read.
    waiting: Vec<Stated>,
    /// Whether the last block has a source.
    is_covered: bool,
    /// Whether a paragraph with a source and a colon leads to the list that is open, or may follow.
    is_led: bool,
    /// Where the table begins that is open.
    table: Option<usize>,
    /// Whether a table with a source stands right above.
    is_below_table: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) => self.push(text, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.push(" … ", range),
            Event::SoftBreak | Event::HardBreak => self.push(" ", range),
            Event::FootnoteReference(_) => self.block.has_source = true,
            Event::InlineHtml(html) => self.block.has_source |= html.contains("http"),
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                if dest_url.contains("://") || dest_url.starts_with("//") || dest_url.starts_with("www.") {
                    self.block.has_source = true;
                } else {
                    self.block.links.push(self.block.plain.len());
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::List(_) => {
                self.end_block();
                self.lists += 1;
            }
            Tag::Table(_)
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::DefinitionListTitle => {
                self.end_block();
                self.is_led = false;
                self.is_below_table = false;
                self.table = matches!(tag, Tag::Table(_)).then_some(range.start);
                self.skipped += 1;
            }
            // A box of the author's is no quotation.
            Tag::BlockQuote(_) if !self.text[range].trim_start_matches(['>', ' ']).starts_with("[!") => {
                self.end_block();
                self.skipped += 1;
            }
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link
            | TagEnd::Image
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::List(_) => {
                self.end_block();
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 {
                    let waiting = std::mem::take(&mut self.waiting);
                    if !self.is_covered && !self.is_led {
                        self.claims.extend(waiting);
                    }
                    self.is_led = false;
                }
            }
            TagEnd::Table
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionListTitle => {
                self.block = Block::default();
                self.skipped = self.skipped.saturating_sub(1);
                if let Some(table) = self.table.take() {
                    let text = &self.text[table..range.end];
                    self.is_below_table = text.contains("[^") || text.contains("://") || (self.cites)(text);
                }
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ => self.end_block(),
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        self.block.pieces.push((self.block.plain.len(), range.start));
        self.block.plain.push_str(text);
    }

    /// Ends a block of running text: what it states without a source is kept.
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let plain = &*block.plain;
        if plain.trim().is_empty() || self.skipped > 0 {
            return;
        }
        let has_source = block.has_source || (self.cites)(plain) || plain.contains("://") || plain.contains("www.");
        let is_below_table = std::mem::take(&mut self.is_below_table);
        self.is_covered = has_source;
        if self.lists == 0 {
            self.is_led = has_source && plain.trim_end().ends_with(':');
        }
        if has_source {
            self.sourced.push(block.plain);
        } else if !is_below_table {
            let into = if self.lists > 0 { &mut self.waiting } else { &mut self.claims };
            into.extend(block.claims(self.blocks));
        }
        self.blocks += 1;
    }
}

impl Block {
    /// What the block states, but for what a page says that the same sentence links to, and what is asked.
    fn claims(&self, paragraph: u32) -> impl Iterator<Item = Stated> {
        let wants =
            |range: &Range<usize>| !self.links.iter().any(|link| self.is_one_sentence(range.start, *link)) && !self.is_asked(range.end);
        let found = figures(&self.plain).into_iter().filter(move |(range, _)| wants(range));
        found.map(move |(range, what)| {
            let span = self.in_text(range.start) as u32..self.in_text(range.end - 1) as u32 + 1;
            (Claim { what, span, paragraph }, bare(&self.plain[range]))
        })
    }

    /// Whether the sentence that goes on at a place is a question.
    fn is_asked(&self, at: usize) -> bool {
        let rest = &self.plain[at..];
        let end = rest.match_indices(['.', '!', '?']).find(|(at, _)| rest[at + 1..].chars().next().is_none_or(char::is_whitespace));
        end.is_some_and(|(_, sign)| sign == "?")
    }

    /// Whether no sentence ends between two places.
    fn is_one_sentence(&self, one: usize, other: usize) -> bool {
        let between = &self.plain[one.min(other)..one.max(other)];
        !between
            .match_indices(['.', '!', '?'])
            .any(|(at, _)| between[at + 1..].starts_with([' ', '\n']) && between[at + 2..].starts_with(char::is_uppercase))
    }

    /// The place in the text of a place in `plain`.
    fn in_text(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, place) = self.pieces[piece];
        place + (at - start)
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Options;

    use super::*;
    use crate::page::body::events::Events;

    fn found(text: &str, options: Options, cites: &dyn Fn(&str) -> bool) -> Vec<Claim> {
        find(text, Events::new(text, options).hold(), cites)
    }

    fn claims(text: &str) -> Vec<&str> {
        let found = found(text, Options::all(), &|text| text.contains("@known"));
        found.into_iter().map(|claim| &text[claim.span.start as usize..claim.span.end as usize]).collect()
    }

    #[test]
    fn a_paragraph_with_a_source_is_not_told() {
        assert_eq!(claims("It rose by *3 %*.\n\nIt fell by 4 %.[^1]\n\n[^1]: A note of 5 %.\n"), ["3 %"]);
        assert_eq!(claims("It rose by 3 % [@known, p. 4].\n\nIt fell by 4 % [@unknown].\n"), ["4 %"]);
        assert_eq!(
            claims("See <https://example.org/>: 3 %.\n\n[There](https://example.org/), 4 %.\n\nhttps://example.org: 5 %\n"),
            [""; 0]
        );
    }

    #[test]
    fn what_one_paragraph_states_belongs_together() {
        let found = found("It rose by 3 % to €40 bn.\n\nOn 4 May it fell.\n", Options::empty(), &|_| false);
        let what: Vec<_> = found.into_iter().map(|claim| (claim.what, claim.span, claim.paragraph)).collect();
        assert_eq!(what, [(What::Share, 11..14, 0), (What::Money, 18..26, 0), (What::Day(None, 5, 4), 32..37, 1)]);
    }

    #[test]
    fn a_figure_that_has_a_source_elsewhere_on_the_page_has_it_here() {
        assert_eq!(claims("It rose to 3.5 per cent.[^x]\n\nThose 3.5% are more than 2%.\n\n[^x]: There.\n"), ["2%"]);
    }

    #[test]
    fn what_a_table_cuts_has_a_place_or_none() {
        let text = "3.\"| a |\n|---|\n per cent\"";
        let spans = found(text, Options::all(), &|_| false).into_iter().map(|claim| claim.span);
        assert!(spans.into_iter().all(|span| span.start < span.end && span.end as usize <= text.len()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_places_lie_in_it(pieces in proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..40)) {
            let text = pieces.concat();
            for claim in found(&text, Options::all(), &|text| text.contains('@')) {
                proptest::prop_assert!(claim.span.start < claim.span.end && claim.span.end as usize <= text.len(), "{text:?}: {claim:?}");
            }
        }
    }

    /// What numbers stand between, in any order.
    const PIECES: [&str; 44] = [
        "3",
        "12",
        "100",
        "2014",
        "31",
        ".",
        ",",
        " ",
        "\u{a0}",
        "\u{202f}",
        "’",
        "–",
        "-",
        "/",
        "%",
        " % ",
        " per cent",
        "€",
        "US$",
        " million",
        " euros",
        " km",
        " March",
        " de ",
        "1er ",
        "“",
        "”",
        "«",
        "»",
        "\"",
        "&euro;",
        "&amp;",
        "\\",
        "*",
        "[^1]",
        "[x](y.md)",
        "@a",
        "\n\n",
        "\n",
        "- ",
        "> ",
        "| a |\n|---|\n",
        "é",
        "words of a quotation ",
    ];

    #[test]
    fn a_question_states_nothing_and_a_table_speaks_for_what_stands_below() {
        assert_eq!(claims("Is it 3 %? It is 4 %.\n"), ["4 %"]);
        let table = |cell: &str| format!("| a |\n|---|\n| {cell} |\n\nThat is 4 %.\n\nAnd 5 %.\n");
        assert_eq!(claims(&table("3[^x]")), ["5 %"]);
        assert_eq!(claims(&table("3")), ["4 %", "5 %"]);
        assert_eq!(claims("4 April 2023\n: Finland joins.[^x]\n"), [""; 0]);
    }

    #[test]
    fn a_sentence_that_links_to_another_page_has_its_source_there() {
        assert_eq!(claims("As [we said](x.md), it is 3 %. Elsewhere it is 4 %.\n"), ["4 %"]);
    }

    #[test]
    fn items_have_the_source_of_the_last_or_of_what_leads_to_them() {
        assert_eq!(claims("- 3 % here\n- 4 % there [@known]\n"), [""; 0]);
        assert_eq!(claims("Shares [@known]:\n\n- 3 % here\n- 4 % there\n"), [""; 0]);
        assert_eq!(claims("Shares:\n\n- 3 % here\n- 4 % there\n\nText.\n"), ["3 %", "4 %"]);
        assert_eq!(claims("- 3 % here [@known]\n- 4 % there\n"), ["4 %"]);
    }

    #[test]
    fn tables_headings_code_and_quotations_set_apart_are_not_looked_at() {
        assert_eq!(claims("# 3 %\n\n| a | b |\n|---|---|\n| 3 % | €5 |\n\n> 4 % they say\n\n```\n5 %\n```\n\n`6 %`\n"), [""; 0]);
        assert_eq!(claims("> [!NOTE]\n> It is 4 %.\n"), ["4 %"], "a box is the author's");
    }
}
