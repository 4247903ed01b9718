//! Text and pieces of text as LaTeX that BibTeX's readers take: letters of Unicode, and commands only for the signs that mean something there.

use crate::references::{Format, Inline};

/// Writes text so that it is read as it is.
pub fn push_text(text: &str, out: &mut String) {
    let mut before = ' ';
    for letter in text.chars() {
        match letter {
            '%' | '&' | '#' | '_' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            // Braces count for BibTeX even behind a backslash.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            // Two of them would be one sign.
            '-' | '\'' if before == letter => {
                out.push_str("{}");
                out.push(letter);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            letter => out.push(letter),
        }
        before = letter;
    }
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

/// Writes pieces with their markup.
pub fn pieces(pieces: &[Inline], capitals: Capitals) -> String {
    let mut out = String::new();
    let mut is_first = true;
    for piece in pieces {
        match piece {
            Inline::Text(text) if capitals == Capitals::Kept => push_words(text, &mut is_first, &mut out),
            piece => {
                push_piece(piece, &mut out);
                is_first = false;
            }
        }
    }
    out
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
            let mut within = String::new();
            push_text(bare, &mut within);
            // A backslash behind a brace would make an accent of it.
            let head = if within.starts_with('\\') { "{}" } else { "" };
            out.push_str(&format!("{{{head}{within}}}"));
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
            out.push_str(&address(url).replace('%', "\\%").replace('#', "\\#"));
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

/// An address or identifier in a field of its own: as it stands, because biblatex and all that read it take it so; without what would end the field.
pub fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
