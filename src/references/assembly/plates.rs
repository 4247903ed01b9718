//! Plates: citations and entries as HTML, made once for all pages but for what differs from page to page.
//!
//! A plate is made by the code that sets what has none, with letters in its holes that nobody writes: what is put right of punctuation treats them as it
//! treats the plain places and letters that come instead. It must not know what stands around a citation in its page.

use std::sync::Arc;

use super::super::forms::{Asked, Hole, Kept, Mark, Piece, Plate, Position, has_hole};
use super::super::inline::{parted, write_html};
use super::super::{Authors, Cite, Cluster, Narration, Pressed, Spot, inline};
use super::cluster::{Pieces, Ready, is_within_note, joined};
use super::{Page, Work, places};

/// Letters of a shorthand of the nineteenth century: they count as letters, and have no capitals.
const LETTER: &str = "\u{1BC00}";
const LOCATOR: &str = "\u{1BC01}";
/// Where what leads to an entry begins.
const OPEN: char = '\u{1BC02}';
const SIGNS: [char; 3] = ['\u{1BC00}', '\u{1BC01}', OPEN];
/// How it ends.
const END: &str = "</a>";

/// A cluster from its plate: of one source, apart from the sentence, with nothing written around it. Nearly all are. `None` of any other.
pub fn press(page: &Page, cluster: &Cluster, positions: &[Position]) -> Option<(Pressed, Box<str>)> {
    let [cite] = &*cluster.cites else { return None };
    let is_usual = cluster.narration == Narration::Apart && cite.is_bare() && cite.authors == Authors::Shown;
    if !is_usual || is_within_note(page, cluster) {
        return None;
    }
    let work = page.work(&cite.key)?;
    let format = page.style.csl().settings.page_range_format;
    let (place, value) = cite.locator.as_ref().map(|locator| places::of(locator, format)).unzip();
    let value = value.unwrap_or_default();
    if !value.is_empty() && !places::is_plain(&value) {
        return None;
    }
    let shown = place.as_ref().map_or_else(Box::default, |place| page.labelled(place, &value));
    let position = positions.first().copied().unwrap_or(Position::First);
    let form = page.named_form(work, Asked { place, ..work.asked(position) });
    let plate = form.plate.get_or_init(|| plate(page, work, &form).map(Arc::new)).clone()?;
    Some((Pressed { plate, letter: work.letter.as_str().into(), locator: value.into() }, shown))
}

/// The plate of a cite that stands alone; `None` if it has none.
fn plate(page: &Page, work: &Work, form: &Arc<Kept>) -> Option<Plate> {
    let layout = &page.style.csl().citation.layout;
    let affixes = [&layout.prefix, &layout.suffix].into_iter().flatten();
    let has_number = has_hole(&form.pieces, &|hole| matches!(hole, Hole::FirstNote | Hole::Number));
    if form.pieces.is_empty() || has_number || has_sign(&form.pieces) || affixes.into_iter().any(|text| text.contains(SIGNS)) {
        return None;
    }
    let key = &work.cited.item.key;
    let cite = Cite { key: key.clone(), prefix: Vec::new(), suffix: Vec::new(), locator: None, authors: Authors::Shown };
    let cluster = Cluster { cites: vec![cite], narration: Narration::Apart, spot: Spot::default() };
    let letter = if work.letter.is_empty() { "" } else { LETTER };
    let ready = Ready::alone(&cluster.cites[0], work, Pieces::Whole(form.clone()), letter, LOCATOR);
    let whole = page.words.finished(joined(page, &cluster, &[ready]));
    let pieces = parted(&whole);
    let plain = inline::plain(&pieces);
    // An address ends at a blank, and a place may have one.
    if plain.split(' ').any(|word| word.contains("://") && word.contains(SIGNS)) {
        return None;
    }
    let mut html = String::new();
    let open = |_: &str, html: &mut String| {
        html.push(OPEN);
        true
    };
    write_html(&pieces, &open, &mut html);
    Some(Plate { is_raised: inline::is_raised(&whole), ends_in_stop: plain.ends_with('.'), ..marked(&html) })
}

/// HTML without its signs, whose places are noted.
fn marked(signed: &str) -> Plate {
    let mut html = String::with_capacity(signed.len());
    let mut marks = Vec::new();
    let (mut rest, mut is_open) = (signed, false);
    loop {
        let sign = rest.find(SIGNS);
        let end = rest.find(END).filter(|end| is_open && sign.is_none_or(|sign| *end < sign));
        let Some(at) = end.or(sign) else { break };
        html.push_str(&rest[..at]);
        let (mark, length) = match rest[at..].chars().next() {
            _ if end.is_some() => (Mark::Close, END.len()),
            Some(OPEN) => (Mark::Open, OPEN.len_utf8()),
            _ if rest[at..].starts_with(LETTER) => (Mark::Letter, LETTER.len()),
            _ => (Mark::Locator, LOCATOR.len()),
        };
        is_open = if matches!(mark, Mark::Open | Mark::Close) { mark == Mark::Open } else { is_open };
        marks.push((html.len() as u32, mark));
        rest = &rest[at + length..];
    }
    html.push_str(rest);
    Plate { html: html.into(), marks: marks.into(), is_raised: false, ends_in_stop: false }
}

fn has_sign(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Text(text) => text.contains(SIGNS),
        Piece::Hole(_) => false,
        Piece::Link(url, inside) => url.contains(SIGNS) || has_sign(inside),
        Piece::Span(_, inside) | Piece::Names(inside) | Piece::Name(_, inside) | Piece::Date(inside) | Piece::Label(inside) => {
            has_sign(inside)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::{Forms, RenderedCluster, SetCluster, SetText, Style};
    use super::super::tests::{all_kinds, clusters, three};
    use super::super::{render, typeset};
    use super::*;

    fn source(key: &str, html: &mut String) -> bool {
        html.push_str(&format!("<a href=\"#{key}\">"));
        true
    }

    #[test]
    fn what_is_pressed_is_what_would_be_set_alone() {
        let cited: Vec<_> = all_kinds().into_iter().step_by(16).chain(three()).collect();
        let cites = |key: &str| {
            format!("[{key}]\n[{key}, p. 3-5]\n[{key}, p. 3-5]\n[{key}, recital 4]\n[{key}, chap. 1.2, 3 and 7]\n^99 [{key}]\n")
        };
        let text: String = cited.iter().map(|cited| cites(&cited.item.key)).collect();
        let clusters = clusters(&text);
        let mut pressed = 0;
        for archived in hayagriva::archive::ArchivedStyle::all() {
            let style = Style::find(archived.names()[0], &[]).expect("a style");
            let forms = Forms::default();
            let whole = render(&style, "en-GB", &forms, &cited, &clusters);
            let set = typeset(&style, "en-GB", &forms, &cited, &clusters);
            assert_eq!((&set.alike, &set.left_out), (&whole.alike, &whole.left_out));
            for (at, (set, RenderedCluster { text, locators, .. })) in set.clusters.iter().zip(&whole.clusters).enumerate() {
                let SetCluster { text: own, locators: places, .. } = set;
                let (mut html, mut expected) = (String::new(), String::new());
                own.write_html(&clusters[at].cites[0].key, &source, &mut html);
                write_html(&parted(text), &source, &mut expected);
                let ends = (own.is_raised(), own.ends_in_stop(), places);
                assert_eq!((html, ends), (expected, (inline::is_raised(text), inline::plain(text).ends_with('.'), locators)));
                pressed += usize::from(matches!(own, SetText::Pressed(_)));
            }
            let listed: Vec<_> = set.list.iter().map(|entry| (&entry.key, &entry.label, entry.html.to_string())).collect();
            let expected: Vec<_> = whole.list.iter().map(|entry| (&entry.key, &entry.label, inline::html(&entry.content))).collect();
            assert_eq!(listed, expected);
        }
        assert!(pressed > 1_000, "{pressed}");
    }
}
