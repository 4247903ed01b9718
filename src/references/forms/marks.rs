//! Markup through the engine: characters of private use stand for it where the engine knows plain text only, and become pieces again afterwards.
//!
//! Owns which character means what. It must not know styles. Characters of those ranges that an author wrote are left out.

use super::super::{Format, Inline, tidy};
use super::form::{Hole, Piece};

/// In the order of their characters.
const FORMATS: [Format; 8] = [
    Format::Italic,
    Format::Upright,
    Format::Bold,
    Format::SmallCaps,
    Format::Superscript,
    Format::Subscript,
    Format::Underline,
    Format::Quoted,
];
const OPEN: u32 = 0xE010;
const CLOSE: u32 = 0xE020;
/// The beginning of a link; the number of its address follows.
const LINK: char = '\u{E030}';
const END_OF_LINK: char = '\u{E031}';
const HOLES: [(char, Hole); 4] =
    [('\u{E000}', Hole::Letter), ('\u{E001}', Hole::Locator), ('\u{E002}', Hole::FirstNote), ('\u{E003}', Hole::Number)];
/// Stands between initials that touch, `M.E.`: a blank to the engine, and nothing to readers.
pub const BETWEEN_INITIALS: char = '\u{205F}';
/// Numbers of addresses begin here.
const ADDRESSES: u32 = 0xE100;
const MOST_ADDRESSES: usize = 0x700;
/// Characters that no rule about the case of letters may touch are moved here.
const KEPT: u32 = 0xF0000;
/// Quotation marks of the locale that the engine is given.
const QUOTES: [char; 4] = ['‹', '›', '«', '»'];

/// The addresses of a source's links, by their numbers.
#[derive(Debug, Default)]
pub struct Addresses(Vec<Box<str>>);

/// The character that stands for a hole.
pub fn hole(hole: Hole) -> char {
    HOLES.iter().find(|(_, own)| *own == hole).map_or(' ', |(mark, _)| *mark)
}

/// Whether styles may write titles in capitals: in English only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Changes,
    Stays,
}

/// Text with marks in place of its markup.
pub fn mark(pieces: &[Inline], case: Case, addresses: &mut Addresses, marked: &mut String) {
    for piece in pieces {
        match piece {
            Inline::Text(text) => push_text(text, case, marked),
            Inline::Span(Format::Verbatim, inside) => keep(&super::super::inline::plain(inside), marked),
            Inline::Span(Format::Quoted, inside) => {
                marked.push('‹');
                mark(inside, case, addresses, marked);
                marked.push('›');
            }
            // What is raised, lowered or in small capitals keeps its case, as citeproc-js has it.
            Inline::Span(format @ (Format::Superscript | Format::Subscript | Format::SmallCaps), inside) if case == Case::Changes => {
                let at = FORMATS.iter().position(|own| own == format).unwrap_or_default() as u32;
                marked.extend(char::from_u32(OPEN + at));
                keep(&super::super::inline::plain(inside), marked);
                marked.extend(char::from_u32(CLOSE + at));
            }
            Inline::Span(format, inside) => {
                let at = FORMATS.iter().position(|own| own == format).unwrap_or_default() as u32;
                marked.extend(char::from_u32(OPEN + at));
                mark(inside, case, addresses, marked);
                marked.extend(char::from_u32(CLOSE + at));
            }
            Inline::Link(url, inside) if addresses.0.len() < MOST_ADDRESSES => {
                marked.push(LINK);
                marked.extend(char::from_u32(ADDRESSES + addresses.0.len() as u32));
                addresses.0.push(url.clone());
                mark(inside, case, addresses, marked);
                marked.push(END_OF_LINK);
            }
            Inline::Link(_, inside) | Inline::Source(_, inside) => mark(inside, case, addresses, marked),
        }
    }
}

/// Adds text in which the words stay that the engine would spoil.
fn push_text(text: &str, case: Case, marked: &mut String) {
    for word in text.split_inclusive(' ') {
        // Markup counts as a letter for the engine: what touches it is half a word.
        let touches =
            (marked.ends_with(is_private) || !word.ends_with(' ')) && word.contains(char::is_uppercase) && text.len() != word.len();
        let touches = touches || marked.ends_with(is_private) && word.contains(char::is_uppercase);
        // The engine takes what follows a comma for the beginning of a sentence.
        let follows_comma = marked.ends_with(", ") || marked.ends_with("; ");
        match case == Case::Changes && (touches || tidy::keeps_case(word) || follows_comma && tidy::is_small_word(word)) {
            true => keep(word, marked),
            false => marked.extend(word.chars().filter(|letter| !is_private(*letter)).map(guarded)),
        }
    }
}

/// A quotation mark that a text has written and the engine is given for another.
fn guarded(letter: char) -> char {
    if QUOTES.contains(&letter) { char::from_u32(KEPT + letter as u32).unwrap_or(letter) } else { letter }
}

/// Adds text whose letters stay as they are, whatever a style does to the case of titles.
pub fn keep(text: &str, marked: &mut String) {
    let moved = |letter: char| if letter.is_alphabetic() { char::from_u32(KEPT + letter as u32).unwrap_or(letter) } else { letter };
    marked.extend(
        text.chars().filter(|letter| !is_private(*letter)).map(|letter| if (letter as u32) < 0x10000 { moved(letter) } else { letter }),
    );
}

/// What `tidy` knows the meaning of.
fn is_tidy(letter: char) -> bool {
    matches!(letter, tidy::OPEN | tidy::CLOSE) || tidy::SEASONS.contains(&letter)
}

fn is_private(letter: char) -> bool {
    matches!(letter as u32, 0xE000..=0xF8FF | 0xF0000..=0xFFFFF)
}

/// Text of the engine as it is to be read: without marks.
pub fn plain(text: &str) -> String {
    let mut skip = false;
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            LINK => skip = true,
            _ if std::mem::take(&mut skip) => {}
            _ => plain.extend(moved_back(letter).filter(|letter| !is_private(*letter))),
        }
    }
    plain
}

fn moved_back(letter: char) -> Option<char> {
    match letter as u32 {
        own @ KEPT..=0xFFFFF => char::from_u32(own - KEPT),
        _ if letter == BETWEEN_INITIALS => None,
        _ => Some(match letter {
            '‹' | '«' => tidy::OPEN,
            '›' | '»' => tidy::CLOSE,
            letter => letter,
        }),
    }
}

/// What stands open while text becomes pieces.
enum Open {
    Format(Format),
    Link(Box<str>),
}

/// The pieces of text with marks. `is_italic` says whether the style sets the whole of it in italics: italics of its own are upright then.
pub fn unmark(text: &str, addresses: &Addresses, is_italic: bool, pieces: &mut Vec<Piece>) {
    let mut levels: Vec<(Open, Vec<Piece>)> = Vec::new();
    let mut letters = text.chars();
    let mut run = String::new();
    let mut top: Vec<Piece> = Vec::new();
    while let Some(letter) = letters.next() {
        let Some(meant) = meaning(letter, &mut letters, addresses) else {
            run.extend(moved_back(letter).filter(|letter| !is_private(*letter) || is_tidy(*letter)));
            continue;
        };
        let current = levels.last_mut().map_or(&mut top, |(_, inside)| inside);
        flush(&mut run, current);
        match meant {
            Meant::Hole(hole) => current.push(Piece::Hole(hole)),
            Meant::Open(open) => levels.push((open, Vec::new())),
            Meant::Close => close(&mut levels, &mut top, is_italic),
        }
    }
    flush(&mut run, levels.last_mut().map_or(&mut top, |(_, inside)| inside));
    while !levels.is_empty() {
        close(&mut levels, &mut top, is_italic);
    }
    pieces.append(&mut top);
}

enum Meant {
    Hole(Hole),
    Open(Open),
    Close,
}

fn meaning(letter: char, letters: &mut std::str::Chars, addresses: &Addresses) -> Option<Meant> {
    let format = |from: u32| FORMATS.get((letter as u32).checked_sub(from)? as usize).copied();
    if let Some((_, hole)) = HOLES.iter().find(|(mark, _)| *mark == letter) {
        return Some(Meant::Hole(*hole));
    }
    if letter == LINK {
        let at = letters.next().and_then(|at| (at as u32).checked_sub(ADDRESSES)).unwrap_or(u32::MAX) as usize;
        return Some(Meant::Open(Open::Link(addresses.0.get(at).cloned().unwrap_or_default())));
    }
    match (format(OPEN), format(CLOSE)) {
        (Some(format), _) => Some(Meant::Open(Open::Format(format))),
        (None, Some(_)) => Some(Meant::Close),
        _ => (letter == END_OF_LINK).then_some(Meant::Close),
    }
}

fn flush(run: &mut String, pieces: &mut Vec<Piece>) {
    if !run.is_empty() {
        pieces.push(Piece::Text(std::mem::take(run).into()));
    }
}

fn close(levels: &mut Vec<(Open, Vec<Piece>)>, top: &mut Vec<Piece>, is_italic: bool) {
    let Some((open, inside)) = levels.pop() else { return };
    let piece = match open {
        Open::Format(Format::Italic) if is_italic => Piece::Span(Format::Upright, inside),
        Open::Format(format) => Piece::Span(format, inside),
        Open::Link(url) => Piece::Link(url, inside),
    };
    levels.last_mut().map_or(top, |(_, inside)| inside).push(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_comes_back_as_it_went() {
        let pieces = [
            Inline::text("The "),
            Inline::Span(Format::Italic, vec![Inline::text("Anna "), Inline::Span(Format::Subscript, vec![Inline::text("2")])]),
            Inline::Link("https://example.org/".into(), vec![Inline::text("here")]),
            Inline::Span(Format::Verbatim, vec![Inline::text("eID éß 4")]),
        ];
        let (mut addresses, mut marked, mut back) = (Addresses::default(), String::new(), Vec::new());
        mark(&pieces, Case::Stays, &mut addresses, &mut marked);
        unmark(&marked, &addresses, false, &mut back);
        let form = super::super::form::Form { pieces: back, content: None };
        let mut filled = form.fill(&Default::default());
        assert_eq!(filled.pop(), Some(Inline::text("eID éß 4")));
        assert_eq!(filled, pieces[..3]);
        assert_eq!(plain(&marked), "The Anna 2hereeID éß 4");
    }

    #[test]
    fn marks_that_an_author_wrote_or_that_were_cut_do_no_harm() {
        let (mut addresses, mut marked, mut back) = (Addresses::default(), String::new(), Vec::new());
        mark(&[Inline::text("a\u{E010}b\u{E030}")], Case::Stays, &mut addresses, &mut marked);
        assert_eq!(marked, "ab");
        unmark("x\u{E020}y\u{E012}z\u{E030}", &addresses, false, &mut back);
        assert_eq!(back.len(), 3);
    }
}
