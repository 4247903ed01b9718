//! One cluster: its cites in order, each with what stands before and behind it, joined as the style joins them.
//!
//! It must not know how works are told apart, or which cites collapse.

use std::sync::Arc;

use citationberg::{FontStyle, FontVariant, FontWeight, Layout, StyleClass, TextDecoration, ToFormatting, VerticalAlign};

use super::super::forms::{Asked, Filling, Kept, Order, Piece, Position, Which, before_date, fill, names, push_text, without_names};
use super::super::{Authors, Cite, Cluster, Format, Inline, Narration, RenderedCluster, Spot, inline, tidy};
use super::{Page, Work, collapse, places};

/// What a cite shows: the whole of its form, or what is left of that.
pub enum Pieces {
    Whole(Arc<Kept>),
    Left(Vec<Piece>),
}

impl std::ops::Deref for Pieces {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        match self {
            Pieces::Whole(form) => &form.pieces,
            Pieces::Left(pieces) => pieces,
        }
    }
}

/// A cite ready to be joined.
pub struct Ready<'a> {
    pub cite: &'a Cite,
    pub work: &'a Work<'a>,
    /// Its place among the cites as they were written.
    pub written: usize,
    pub pieces: Pieces,
    /// What fills its holes.
    pub letter: &'a str,
    pub locator: String,
    /// What its names come to: equal names are grouped.
    pub names: String,
    /// What parts it from the cite before; the style's delimiter where there is none.
    pub delimiter: Option<String>,
    /// Whether it is left out, as a number within a range.
    pub is_within: bool,
}

impl<'a> Ready<'a> {
    /// A cite that stands alone.
    pub fn alone(cite: &'a Cite, work: &'a Work<'a>, pieces: Pieces, letter: &'a str, locator: &str) -> Ready<'a> {
        Ready { cite, work, written: 0, pieces, letter, locator: locator.into(), names: String::new(), delimiter: None, is_within: false }
    }
}

/// A cluster as it is shown. Sources of which a citation says nothing are named in `left_out`.
pub fn render(page: &Page, cluster: &Cluster, positions: &[Position], left_out: &mut Vec<Box<str>>) -> RenderedCluster {
    if cluster.narration == Narration::ListOnly {
        return RenderedCluster { locators: vec!["".into(); cluster.cites.len()], ..RenderedCluster::default() };
    }
    let mut ready = made(page, cluster, positions);
    let locators = locators(page, cluster);
    let first = ready.iter_mut().find(|ready| ready.written == 0).filter(|_| cluster.narration == Narration::Sentence);
    let names = match first {
        Some(first) if is_within_note(page, cluster) => {
            names_first(page, first);
            Vec::new()
        }
        Some(first) => sentence(page, first),
        None => Vec::new(),
    };
    ready.retain(|ready| {
        let is_blank = ready.pieces.is_empty() && ready.cite.is_bare();
        // A work of which names alone are cited is named in the sentence.
        if is_blank && names.is_empty() {
            left_out.push(ready.cite.key.clone());
        }
        !is_blank
    });
    let ready = collapse::collapsed(page, ready);
    RenderedCluster { names, text: joined(page, cluster, &ready), locators }
}

/// The cites in the order of the style, each as it is alone.
fn made<'a>(page: &'a Page, cluster: &'a Cluster, positions: &[Position]) -> Vec<Ready<'a>> {
    let format = page.style.csl().settings.page_range_format;
    let known = cluster.cites.iter().enumerate().filter_map(|(at, cite)| Some((at, cite, page.work(&cite.key)?)));
    let ready = known.map(|(written, cite, work)| {
        let place = cite.locator.as_ref().map(|locator| places::of(locator, format));
        let (place, locator) = place.unzip();
        let asked = Asked { place, ..work.asked(positions.get(written).copied().unwrap_or(Position::First)) };
        let form = page.named_form(work, asked);
        let shown = names(&form.pieces).map(plain).unwrap_or_default();
        let pieces = match cite.authors {
            Authors::Shown => Pieces::Whole(form),
            Authors::Suppressed => Pieces::Left(unnamed(page, &form.pieces)),
        };
        Ready { written, names: shown, ..Ready::alone(cite, work, pieces, &work.letter, &locator.unwrap_or_default()) }
    });
    let ready: Vec<Ready> = ready.collect();
    let places: Vec<usize> = (0..ready.len()).collect();
    let of = |at: usize| page.by_key[&*ready[at].cite.key];
    let sort = page.style.csl().citation.sort.as_ref();
    let is_movable = |at: usize| ready[at].cite.is_bare() && !(at == 0 && cluster.narration == Narration::Sentence);
    // What an author wrote before and behind a cite refers to those around it: such a cite stays where it is, and no other passes it.
    let runs = places.chunk_by(|one, other| is_movable(*one) && is_movable(*other));
    let order: Vec<usize> = runs.flat_map(|run| page.ordered(run.to_vec(), sort, Order::Cluster, of)).collect();
    let mut ready: Vec<Option<Ready>> = ready.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| ready[at].take()).collect()
}

/// Whether a cluster stands in a sentence of an author's note, and not in a note that the style makes.
pub fn is_within_note(page: &Page, cluster: &Cluster) -> bool {
    page.style.csl().settings.class == StyleClass::Note
        && match cluster.spot {
            Spot::Note(_) => true,
            Spot::WholeNote(_) => cluster.narration == Narration::Sentence,
            Spot::Text(_) => false,
        }
}

fn plain(pieces: &[Piece]) -> String {
    let mut filled = Vec::new();
    fill(pieces, &Filling::default(), &mut filled);
    inline::plain(&filled)
}

/// Takes the names out of a cite: they stand in the sentence. Notes and numbers stay whole.
fn sentence(page: &Page, ready: &mut Ready) -> Vec<Inline> {
    let asked = ready.work.asked(Position::Later);
    let is_note = page.style.csl().settings.class == StyleClass::Note;
    let form = page.named_form(ready.work, asked.clone());
    let mut names = match (names(&form.pieces), before_date(&form.pieces).filter(|_| !is_note)) {
        // A sign joins names in brackets; a sentence has a word for it (APA, 7th edition, 8.17).
        (Some(own), _) => filled(&in_words(own, &page.words.and)),
        (None, Some((title, _))) => filled(&title),
        (None, None) => filled(&page.form(ready.work, &Which::Author(asked)).pieces),
    };
    if !is_note {
        ready.pieces = Pieces::Left(unnamed(page, &ready.pieces));
    }
    trim_end(&mut names);
    match names.is_empty() {
        true => Vec::new(),
        false => vec![Inline::Source(ready.cite.key.clone(), names)],
    }
}

/// Names with a word in place of the sign that joins the last of them.
fn in_words(names: &[Piece], and: &str) -> Vec<Piece> {
    let one = |piece: &Piece| match piece {
        Piece::Text(text) if text.trim().trim_start_matches(',').trim() == "&" => Piece::Text(text.replace('&', and).into()),
        Piece::Names(inside) => Piece::Names(in_words(inside, and)),
        other => other.clone(),
    };
    names.iter().map(one).collect()
}

/// A cite without its names, or without the title that stands for them where nobody is named.
fn unnamed(page: &Page, pieces: &[Piece]) -> Vec<Piece> {
    let (rest, had_names) = without_names(pieces);
    let is_note = page.style.csl().settings.class == StyleClass::Note;
    let titled = || before_date(pieces).filter(|_| !had_names && !is_note);
    titled().map_or(rest, |(_, rest)| rest)
}

/// Puts the names of a cite at its beginning, where a sentence of a note has them: "as Reed, *Sand*, 5 says".
fn names_first(page: &Page, ready: &mut Ready) {
    let is_first = |pieces: &[Piece]| matches!(pieces.first(), Some(Piece::Names(_)));
    if ready.cite.authors == Authors::Suppressed || is_first(&ready.pieces) {
        return;
    }
    let own = match names(&ready.pieces) {
        Some(own) => own.to_vec(),
        None => page.form(ready.work, &Which::Author(ready.work.asked(Position::Later))).pieces.clone(),
    };
    let (mut rest, _) = without_names(&ready.pieces);
    if let Some(Piece::Text(last)) = rest.last_mut() {
        *last = last.trim_end_matches([' ', ',']).into();
    }
    if !own.is_empty() {
        ready.pieces = Pieces::Left([vec![Piece::Names(own), Piece::Text(", ".into())], rest].concat());
    }
}

fn filled(pieces: &[Piece]) -> Vec<Inline> {
    let mut filled = Vec::new();
    fill(pieces, &Filling::default(), &mut filled);
    filled
}

fn trim_end(pieces: &mut [Inline]) {
    if let Some(Inline::Text(text)) = pieces.last_mut() {
        *text = text.trim_end_matches([' ', ',']).into();
    }
}

/// The locators of the cites as they are shown elsewhere: a short label and the value.
fn locators(page: &Page, cluster: &Cluster) -> Vec<Box<str>> {
    let one = |cite: &Cite| -> Box<str> {
        let Some(locator) = &cite.locator else { return "".into() };
        let (place, value) = places::of(locator, page.style.csl().settings.page_range_format);
        page.labelled(&place, &value)
    };
    cluster.cites.iter().map(one).collect()
}

/// The cites one after the other, within what the style sets around all of them.
pub fn joined(page: &Page, cluster: &Cluster, ready: &[Ready]) -> Vec<Inline> {
    let layout = &page.style.csl().citation.layout;
    let is_note = page.style.csl().settings.class == StyleClass::Note;
    let mut inside: Vec<Inline> = Vec::new();
    for (at, ready) in ready.iter().filter(|ready| !ready.is_within).enumerate() {
        if at > 0 {
            let delimiter = ready.delimiter.as_deref().or(layout.delimiter.as_deref()).unwrap_or("; ");
            push(layout, joint(delimiter, &inside, ready.cite), &mut inside);
        }
        inside.extend(one(ready, is_note));
    }
    if inside.is_empty() {
        return inside;
    }
    let mut text = Vec::with_capacity(inside.len() + 2);
    let is_within_note = is_within_note(page, cluster);
    // Round brackets part it from the sentence around it, as they do in Pandoc.
    let is_unnamed = cluster.cites.first().is_some_and(|first| first.authors == Authors::Suppressed);
    let is_bracketed = is_within_note && (cluster.narration == Narration::Apart || is_unnamed);
    push_text(if is_bracketed { "(" } else { "" }, &mut text);
    push(layout, layout.prefix.as_deref().unwrap_or_default(), &mut text);
    text.append(&mut inside);
    match layout.suffix.as_deref().unwrap_or_default() {
        // Within a sentence of the author's no sentence ends.
        "." if is_within_note => {}
        "." if inline::plain(&text).ends_with(['.', '?', '!']) => {}
        suffix => push(layout, suffix, &mut text),
    }
    push_text(if is_bracketed { ")" } else { "" }, &mut text);
    // What a style writes small at the beginning of a note stays so, but for words such as `ibid.` and what an author wrote.
    let has_prefix = ready.first().is_some_and(|ready| !ready.cite.prefix.is_empty());
    if is_note && !is_within_note && (has_prefix || page.words.opens_with_term(&inline::plain(&text))) {
        tidy::capital(&mut text);
    }
    text
}

/// What parts two cites: a blank where the author's own words have punctuation there.
fn joint<'a>(delimiter: &'a str, before: &[Inline], cite: &Cite) -> &'a str {
    let is_mark = |letter: char| matches!(letter, ',' | ';' | '.' | ':');
    match (inline::plain(&cite.prefix).starts_with(is_mark), inline::plain(before).ends_with([',', ';'])) {
        (true, _) => "",
        (_, true) => " ",
        _ => delimiter,
    }
}

/// A cite with what its author wrote before and behind it, marked as its source's.
fn one(ready: &Ready, is_note: bool) -> Vec<Inline> {
    let filling =
        Filling { letter: ready.letter, locator: &ready.locator, first_note: ready.work.first_note, number: Some(ready.work.number) };
    let mut own = Vec::new();
    fill(&ready.pieces, &filling, &mut own);
    let mut all = Vec::new();
    if !ready.cite.prefix.is_empty() {
        if is_note && inline::plain(&ready.cite.prefix).trim_end().ends_with(['.', '!', '?']) {
            tidy::capital(&mut own);
        }
        all.extend(ready.cite.prefix.iter().cloned());
        if !own.is_empty() && !inline::plain(&ready.cite.prefix).ends_with(char::is_whitespace) {
            push_text(" ", &mut all);
        }
    }
    let is_empty = own.is_empty();
    if !is_empty {
        all.push(Inline::Source(ready.cite.key.clone(), own));
    }
    if !ready.cite.suffix.is_empty() {
        let suffix = inline::plain(&ready.cite.suffix);
        let touches = suffix.starts_with(|letter: char| letter.is_whitespace() || ",.;:!?)".contains(letter));
        if !touches && !all.is_empty() {
            push_text(" ", &mut all);
        }
        all.extend(ready.cite.suffix.iter().cloned());
    }
    all
}

/// Adds what a layout sets between or around cites, in its format.
fn push(layout: &Layout, text: &str, to: &mut Vec<Inline>) {
    let set = layout.to_formatting();
    let formats = [
        (set.vertical_align == Some(VerticalAlign::Sup), Format::Superscript),
        (set.vertical_align == Some(VerticalAlign::Sub), Format::Subscript),
        (set.font_variant == Some(FontVariant::SmallCaps), Format::SmallCaps),
        (set.font_weight == Some(FontWeight::Bold), Format::Bold),
        (set.text_decoration == Some(TextDecoration::Underline), Format::Underline),
        (set.font_style == Some(FontStyle::Italic), Format::Italic),
    ];
    let formats: Vec<Format> = formats.into_iter().filter_map(|(is_set, format)| is_set.then_some(format)).collect();
    match (text.is_empty(), formats.is_empty()) {
        (true, _) => {}
        (_, true) => push_text(text, to),
        _ => to.extend(formats.into_iter().fold(vec![Inline::text(text)], |inside, format| vec![Inline::Span(format, inside)])),
    }
}
