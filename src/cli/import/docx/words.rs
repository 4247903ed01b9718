//! Words of a line as Markdown: marks, links, notes, pictures.
//!
//! It must not know what the line is.

use super::markdown::{Writer, picture_text};
use super::model::{Inline, Line, Target};
use super::styles::Marks;
use crate::cli::escape::escape;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Text,
    /// Bold already.
    Heading,
    Cell,
    /// A cell that is bold already.
    Head,
}

/// Writes a line, without spaces at its ends.
pub fn write(writer: &mut Writer<'_>, line: &Line, place: Place) -> String {
    let line = joined(line, place);
    let mut out = String::new();
    let mut at = 0;
    while at < line.len() {
        match &line[at] {
            Inline::Words { link: Some(target), .. } => {
                let end = line[at..].iter().position(|inline| link_of(inline) != Some(target)).map_or(line.len(), |more| at + more);
                link(writer, target, &line[at..end], line.get(end), &mut out);
                at = end;
                continue;
            }
            Inline::Words { text, marks, link: None } => marked(text, *marks, line.get(at + 1), &mut out),
            Inline::Break => {
                out.truncate(out.trim_end_matches(' ').len());
                match place {
                    Place::Text => out.push_str("\\\n"),
                    Place::Heading => out.push(' '),
                    Place::Cell | Place::Head => out.push_str("<br>"),
                }
            }
            Inline::Note(label) => out.push_str(&format!("[^{label}]")),
            Inline::Picture(picture) => out.push_str(&picture_text(picture)),
        }
        at += 1;
    }
    single_spaces(&out)
}

fn link_of(inline: &Inline) -> Option<&Target> {
    if let Inline::Words { link, .. } = inline { link.as_ref() } else { None }
}

/// The line without breaks at its ends, its neighbours of one look as one.
fn joined(line: &Line, place: Place) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in &line.words {
        let mut inline = inline.clone();
        if let Inline::Words { marks, text, .. } = &mut inline {
            marks.bold &= !matches!(place, Place::Heading | Place::Head);
            // Spaces have no look.
            if text.trim().is_empty() {
                *marks = match out.last() {
                    Some(Inline::Words { marks, .. }) => *marks,
                    _ => Marks::default(),
                };
            }
        }
        match (out.last_mut(), &inline) {
            (Some(Inline::Words { text, marks, link }), Inline::Words { text: more, marks: its_marks, link: its_link })
                if marks == its_marks && link == its_link =>
            {
                text.push_str(more);
            }
            _ => out.push(inline),
        }
    }
    let is_space = |inline: &Inline| matches!(inline, Inline::Words { text, .. } if text.trim().is_empty()) || *inline == Inline::Break;
    while out.last().is_some_and(is_space) {
        out.pop();
    }
    let begin = out.iter().position(|inline| !is_space(inline)).unwrap_or(0);
    out.split_off(begin)
}

fn link(writer: &mut Writer<'_>, target: &Target, inner: &[Inline], next: Option<&Inline>, out: &mut String) {
    let address = writer.address(target);
    let Some(address) = address else {
        for (at, inline) in inner.iter().enumerate() {
            if let Inline::Words { text, marks, .. } = inline {
                marked(text, *marks, inner.get(at + 1).or(next), out);
            }
        }
        return;
    };
    let mut words = String::new();
    for (at, inline) in inner.iter().enumerate() {
        if let Inline::Words { text, marks, .. } = inline {
            marked(text, *marks, inner.get(at + 1), &mut words);
        }
    }
    // Spaces at the ends belong to the text around.
    let core = words.trim();
    let (before, after) = (words.starts_with(' '), words.ends_with(' ') && !core.is_empty());
    out.push_str(if before { " " } else { "" });
    if !core.is_empty() {
        out.push_str(&format!("[{core}]({address})"));
    }
    out.push_str(if after { " " } else { "" });
}

/// Words with what they look like. `next` decides whether stars would be marks.
fn marked(text: &str, marks: Marks, next: Option<&Inline>, out: &mut String) {
    let core = text.trim_matches(' ');
    if core.is_empty() || marks == Marks::default() {
        out.push_str(&escape(text));
        return;
    }
    let (before, after) = (&text[..text.len() - text.trim_start_matches(' ').len()], &text[text.trim_end_matches(' ').len()..]);
    out.push_str(before);
    let mut inner = escape(core);
    for (is_on, tag) in [(marks.above, "sup"), (marks.below, "sub")] {
        if is_on {
            inner = format!("<{tag}>{inner}</{tag}>");
        }
    }
    let next = if after.is_empty() { next.map(first) } else { Some(' ') };
    let can = can_stand(out.chars().last(), &inner, next);
    for (is_on, sign, tag) in [(marks.italic, "*", "em"), (marks.bold, "**", "strong"), (marks.strike, "~~", "s")] {
        match (is_on, can) {
            (false, _) => {}
            (true, true) => inner = format!("{sign}{inner}{sign}"),
            (true, false) => inner = format!("<{tag}>{inner}</{tag}>"),
        }
    }
    out.push_str(&inner);
    out.push_str(after);
}

/// The first letter that an inline writes.
fn first(inline: &Inline) -> char {
    match inline {
        Inline::Words { marks, link: None, text } if *marks == Marks::default() || text.starts_with(' ') => {
            text.chars().next().unwrap_or(' ')
        }
        // Another mark, right behind this one, would be read together with it.
        Inline::Words { link: None, .. } => 'a',
        Inline::Break => ' ',
        Inline::Words { .. } | Inline::Note(_) | Inline::Picture(_) => '[',
    }
}

/// Whether stars around these words are read as marks, by the rules of CommonMark, and by no neighbour.
fn can_stand(before: Option<char>, inner: &str, after: Option<char>) -> bool {
    let is_open = |outside: Option<char>| outside.is_none_or(|letter| letter.is_whitespace() || is_sign(letter));
    let is_clear = |outside: Option<char>| !matches!(outside, Some('*' | '~'));
    let begins = inner.chars().next().is_some_and(|letter| !is_sign(letter)) || is_open(before);
    let ends = inner.chars().last().is_some_and(|letter| !is_sign(letter)) || is_open(after);
    begins && ends && is_clear(before) && is_clear(after)
}

fn is_sign(letter: char) -> bool {
    !letter.is_alphanumeric() && !letter.is_whitespace()
}

fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if !(letter == ' ' && out.ends_with(' ')) {
            out.push(letter);
        }
    }
    out.trim_matches(' ').to_string()
}
