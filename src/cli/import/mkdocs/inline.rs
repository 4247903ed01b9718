//! Marks within lines that Python-Markdown's extensions know and Chancery does not.
//!
//! It must not know blocks.

use super::settings::Settings;

/// What became of the marks of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What has no counterpart and was left out.
    pub lost: Vec<String>,
    /// What stands there in another form.
    pub changed: Vec<String>,
}

/// A line of text, no code, with its marks as Chancery reads them.
pub fn carry(line: &str, settings: &Settings, told: &mut Told) -> String {
    let mut out = String::with_capacity(line.len());
    for (piece, is_code) in pieces(line) {
        match is_code {
            true => out.push_str(piece),
            false => words(piece, settings, told, &mut out),
        }
    }
    out
}

/// A line, divided into code between backticks and all else.
fn pieces(line: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(open) = line[at..].find('`').map(|open| at + open) {
        let ticks = line[open..].bytes().take_while(|byte| *byte == b'`').count();
        let inner = open + ticks;
        let mut from = inner;
        let close = loop {
            let Some(found) = line[from..].find('`').map(|found| from + found) else { break None };
            let run = line[found..].bytes().take_while(|byte| *byte == b'`').count();
            if run == ticks {
                break Some(found + run);
            }
            from = found + run;
        };
        let Some(close) = close else {
            at = inner;
            continue;
        };
        pieces.push((&line[start..open], false));
        pieces.push((&line[open..close], true));
        (start, at) = (close, close);
    }
    pieces.push((&line[start..], false));
    pieces
}

/// Marks with an opening, an end and what they are here. Of those with the same beginning the longer one stands first.
const MARKS: [(&str, &str, &str, &str); 6] = [
    ("pymdownx.keys", "++", "++", "kbd"),
    ("pymdownx.caret", "^^", "^^", "ins"),
    ("pymdownx.critic", "{++", "++}", "ins"),
    ("pymdownx.critic", "{--", "--}", "del"),
    ("pymdownx.critic", "{==", "==}", "mark"),
    ("pymdownx.caret", "^", "^", "sup"),
];

fn words(text: &str, settings: &Settings, told: &mut Told, out: &mut String) {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let taken = match letter {
            '{' if settings.has("pymdownx.critic") && rest.starts_with("{>>") => comment(rest, told),
            '{' if ends_with_element(&text[..at], out) => attributes(rest, told),
            '+' | '^' | '{' => mark(rest, settings, out),
            '~' if settings.has("pymdownx.tilde") && !rest.starts_with("~~") && !text[..at].ends_with('~') => subscript(rest, out),
            ':' => icon(rest, settings, told),
            _ => None,
        };
        match taken {
            Some(length) => at += length,
            None => {
                out.push(letter);
                at += letter.len_utf8();
            }
        }
    }
}

/// Attributes can only stand behind an element.
fn ends_with_element(before: &str, out: &str) -> bool {
    (if before.is_empty() { out } else { before }).ends_with([')', ']', '`', '*', '_', '>', '|'])
}

/// What lies between two signs, if it begins and ends with no blank.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(open)?;
    let inner = &inner[..inner.find(close)?];
    (!inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ')).then_some(inner)
}

fn mark(text: &str, settings: &Settings, out: &mut String) -> Option<usize> {
    let found = MARKS.iter().filter(|(extension, ..)| settings.has(extension)).find_map(|(_, open, close, tag)| {
        let inner = if open.starts_with('{') {
            text.strip_prefix(open).and_then(|inner| Some(&inner[..inner.find(close)?]))
        } else {
            between(text, open, close)
        };
        inner.map(|inner| (inner, open.len() + inner.len() + close.len(), *tag))
    });
    let (inner, length, tag) = found?;
    match tag {
        "kbd" if inner.contains(' ') => return None,
        "kbd" => {
            let keys: Vec<String> = inner.split('+').map(|key| format!("<kbd>{}</kbd>", key_name(key))).collect();
            out.push_str(&keys.join("+"));
        }
        // A text that somebody proposed to delete is no part of what is published.
        "del" => {}
        "ins" if text.starts_with('{') => out.push_str(inner),
        "sup" if inner.contains(' ') => return None,
        "mark" => out.push_str(&format!("=={inner}==")),
        tag => out.push_str(&format!("<{tag}>{inner}</{tag}>")),
    }
    Some(length)
}

/// `ctrl` as `Ctrl`; a name of one letter as the capital.
fn key_name(key: &str) -> String {
    let key = key.trim_matches('"');
    let mut letters = key.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn subscript(text: &str, out: &mut String) -> Option<usize> {
    let inner = between(text, "~", "~").filter(|inner| !inner.contains(' '))?;
    out.push_str(&format!("<sub>{inner}</sub>"));
    Some(inner.len() + 2)
}

fn comment(text: &str, told: &mut Told) -> Option<usize> {
    let end = text.find("<<}")? + "<<}".len();
    told.lost.push("a comment was left out".to_string());
    Some(end)
}

/// `{ .md-button target=_blank }` behind a link or a picture.
fn attributes(text: &str, told: &mut Told) -> Option<usize> {
    let end = text.find('}')?;
    let inner = text[1..end].trim().trim_start_matches(':').trim();
    let is_attribute = |word: &str| word.starts_with(['.', '#']) || word.split_once('=').is_some_and(|(key, _)| is_name(key));
    let is_list = !inner.is_empty() && in_quotes_joined(inner).iter().all(|word| is_attribute(word));
    is_list.then(|| {
        told.changed.push(format!("the attributes `{}` were left out", &text[..=end]));
        end + 1
    })
}

/// Words, where what stands between quotes is one.
fn in_quotes_joined(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let words = text.split(move |letter: char| {
        is_quoted ^= letter == '"';
        letter.is_whitespace() && !is_quoted
    });
    words.filter(|word| !word.is_empty()).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':'))
}

/// `:material-account:`, a picture that Material for MkDocs brings.
fn icon(text: &str, settings: &Settings, told: &mut Told) -> Option<usize> {
    let name = &text[1..1 + text[1..].find(':')?];
    let is_icon = ["material-", "fontawesome-", "octicons-", "simple-", "lucide-"].iter().any(|set| name.starts_with(set)) && is_name(name);
    (is_icon && settings.extensions.iter().any(|extension| extension.ends_with("emoji"))).then(|| {
        told.lost.push(format!("the icon `:{name}:` was left out"));
        name.len() + 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(extensions: &[&str]) -> Settings {
        let mut settings = Settings::default();
        settings.extensions.extend(extensions.iter().map(ToString::to_string));
        settings
    }

    #[test]
    fn marks_of_extensions_that_are_on_become_html() {
        let all = settings(&["pymdownx.keys", "pymdownx.caret", "pymdownx.tilde", "pymdownx.critic", "pymdownx.emoji"]);
        for (before, after) in [
            ("++ctrl+a++ and `++b++`", "<kbd>Ctrl</kbd>+<kbd>A</kbd> and `++b++`"),
            ("m^2^, ^^new^^, H~2~O, ~~old~~", "m<sup>2</sup>, <ins>new</ins>, H<sub>2</sub>O, ~~old~~"),
            ("a {++b++}{--c--} {==d==}{>>e<<}", "a b ==d=="),
            ("[x](y.md){ .button title=\"a b\" } {x}", "[x](y.md) {x}"),
            (":material-account: at 10:30: yes", " at 10:30: yes"),
            ("2 ^ 3, a ++ b, ~ 5", "2 ^ 3, a ++ b, ~ 5"),
        ] {
            assert_eq!(carry(before, &all, &mut Told::default()), after);
            if !before.contains(['[', ':']) && !before.contains("{>>") {
                let none = settings(&[]);
                assert_eq!(carry(before, &none, &mut Told::default()), before);
            }
        }
    }

    #[test]
    fn code_is_told_from_words() {
        assert_eq!(pieces("a `b` ``c ` d`` e ` f"), [("a ", false), ("`b`", true), (" ", false), ("``c ` d``", true), (" e ` f", false)]);
    }
}
