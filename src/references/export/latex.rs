//! Text and pieces of text as LaTeX that BibTeX's readers take: letters of Unicode, and commands only for the signs that mean something there.

use super::record::Text;
use crate::references::{Format, Inline};

/// Writes text so that it is read as it is.
pub fn push_text(text: &str, out: &mut String) {
    let (mut from, mut before) = (0, b' ');
    for (at, byte) in text.bytes().enumerate() {
        let written = match byte {
            b'%' => "\\%",
            b'&' => "\\&",
            b'#' => "\\#",
            b'_' => "\\_",
            b'$' => "\\$",
            // Braces count for BibTeX even behind a backslash.
            b'{' => "\\textbraceleft{}",
            b'}' => "\\textbraceright{}",
            b'\\' => "\\textbackslash{}",
            b'~' => "\\textasciitilde{}",
            b'^' => "\\textasciicircum{}",
            b'`' => "\\textasciigrave{}",
            // Two of them would be one sign.
            b'-' if before == byte => "{}-",
            b'\'' if before == byte => "{}'",
            b'\n' | b'\r' | b'\t' => " ",
            _ => {
                before = byte;
                continue;
            }
        };
        out.push_str(&text[from..at]);
        out.push_str(written);
        (from, before) = (at + 1, byte);
    }
    out.push_str(&text[from..]);
}

/// Text so that it is read as it is.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_text(text, &mut out);
    out
}

/// What happens to capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Capitals {
    /// Braces keep them from styles that make small letters of them.
    Kept,
    AsTheyAre,
}

/// Writes the text of a variable with its markup.
pub fn push(text: &Text, capitals: Capitals, out: &mut String) {
    let mut is_first = true;
    let pieces = match text {
        Text::Plain(text) if capitals == Capitals::Kept => return push_words(text, &mut is_first, out),
        Text::Plain(text) => return push_text(text, out),
        Text::Pieces(pieces) => pieces,
    };
    for piece in *pieces {
        match piece {
            Inline::Text(text) if capitals == Capitals::Kept => push_words(text, &mut is_first, out),
            piece => {
                push_piece(piece, out);
                is_first = false;
            }
        }
    }
}

/// Writes text with braces around words whose capitals a style would take; the first letter of a title stays one anyway.
fn push_words(text: &str, is_first: &mut bool, out: &mut String) {
    for word in text.split_inclusive(' ') {
        // Signs at its end need no braces.
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let skipped = usize::from(*is_first);
        let has_capital = bare.chars().skip(skipped).any(char::is_uppercase);
        *is_first &= bare.is_empty();
        if has_capital {
            out.push('{');
            let from = out.len();
            push_text(bare, out);
            // A backslash behind a brace would make an accent of it.
            if out[from..].starts_with('\\') {
                out.insert_str(from, "{}");
            }
            out.push('}');
        } else {
            push_text(bare, out);
        }
        push_text(&word[bare.len()..], out);
    }
}

fn push_piece(piece: &Inline, out: &mut String) {
    match piece {
        Inline::Text(text) => push_text(text, out),
        Inline::Span(format, inside) => {
            let mut within = String::new();
            inside.iter().for_each(|piece| push_piece(piece, &mut within));
            // A group that begins with a command would keep no case.
            let head = if *format == Format::Verbatim && within.starts_with('\\') { "{}" } else { "" };
            out.push_str(&format!("{}{{{head}{within}}}", command(*format)));
        }
        Inline::Link(url, inside) => {
            out.push_str("\\href{");
            // Within text a percent sign begins a comment.
            let mut address = String::new();
            push_address(url, &mut address);
            out.push_str(&address.replace('%', "\\%").replace('#', "\\#"));
            out.push_str("}{");
            inside.iter().for_each(|piece| push_piece(piece, out));
            out.push('}');
        }
        Inline::Source(_, inside) => inside.iter().for_each(|piece| push_piece(piece, out)),
    }
}

fn command(format: Format) -> &'static str {
    match format {
        Format::Italic => "\\emph",
        Format::Upright => "\\textup",
        Format::Bold => "\\textbf",
        Format::SmallCaps => "\\textsc",
        Format::Superscript => "\\textsuperscript",
        Format::Subscript => "\\textsubscript",
        Format::Underline => "\\underline",
        Format::Quoted => "\\enquote",
        Format::Verbatim => "",
    }
}

/// Writes an address or identifier in a field of its own: as it stands, because biblatex and all that read it take it so; without what would end the field.
pub fn push_address(url: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in url.bytes().enumerate() {
        let written = match byte {
            b'{' => "%7B",
            b'}' => "%7D",
            b'\\' => "%5C",
            _ => continue,
        };
        out.push_str(&url[from..at]);
        out.push_str(written);
        from = at + 1;
    }
    out.push_str(&url[from..]);
}
