//! Zola's shortcodes (<https://www.getzola.org/documentation/content/shortcodes/>), as they are called here.
//!
//! It must not know front matter.

use crate::cli::import::body::Body;
use crate::cli::import::new_site::Note;
use crate::cli::import::shortcodes::{Calls, takes};

/// The text with its shortcodes as they are called here; nothing if it has none.
pub fn carry(text: &str, line: usize, from: &str, notes: &mut Vec<Note>, calls: &mut Calls) -> Option<String> {
    if !text.contains("{{") && !text.contains("{%") {
        return None;
    }
    let body = Body::new(text, line);
    let mut made = String::with_capacity(text.len());
    let (mut copied, mut at) = (0, 0);
    let mut open: Vec<String> = Vec::new();
    while let Some(found) = text[at..].find('{').map(|found| at + found) {
        at = found + 1;
        let rest = &text[found..];
        if body.is_code(found) {
            continue;
        }
        let Some(tag) = tag(rest) else {
            if rest.starts_with("{{") || rest.starts_with("{%") {
                notes.push(Note::lost(from, "this tag is no call of a shortcode: readers see it as it is written").on(body.line(found)));
                at += 1;
            }
            continue;
        };
        let written = match tag.kind {
            Kind::End => match open.pop() {
                Some(name) => format!("{{{{< /{name} >}}}}"),
                None => continue,
            },
            Kind::Escaped(inner) if rest.starts_with("{%") => format!("{{%{inner}%}}"),
            Kind::Escaped(inner) => format!("{{{{{inner}}}}}"),
            Kind::Call { name, arguments, has_body } => {
                if has_body {
                    open.push(name.to_string());
                }
                if !takes(name, arguments.iter().map(|(name, _)| *name)) {
                    calls.count(name, 0, from);
                    let message = format!(
                        "`{}`: the shortcode is to be written anew in `templates/shortcodes/{name}.html`; until then the text in it is shown, and nothing else",
                        &rest[..tag.length]
                    );
                    notes.push(Note::lost(from, message).on(body.line(found)));
                }
                let arguments: String = arguments.iter().map(|(name, value)| format!(" {name}={}", quoted(value))).collect();
                format!("{{{{< {name}{arguments} >}}}}")
            }
        };
        made.push_str(&text[copied..found]);
        made.push_str(&written);
        copied = found + tag.length;
        at = copied;
    }
    made.push_str(&text[copied..]);
    Some(made)
}

/// A value between quotation marks.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A tag of Zola, and how long it is.
struct Tag<'t> {
    kind: Kind<'t>,
    length: usize,
}

enum Kind<'t> {
    /// `{{ name(a="b") }}` or `{% name(a="b") %}`.
    Call { name: &'t str, arguments: Vec<(&'t str, String)>, has_body: bool },
    /// `{% end %}`.
    End,
    /// `{{/* name() */}}`, which is shown.
    Escaped(&'t str),
}

fn tag(text: &str) -> Option<Tag<'_>> {
    let has_body = text.starts_with("{%");
    if !has_body && !text.starts_with("{{") || text[2..].starts_with(['<', '%']) {
        return None;
    }
    let close = if has_body { "%}" } else { "}}" };
    if let Some(inner) = text[2..].strip_prefix("/*") {
        let end = inner.find("*/")?;
        let kind = Kind::Escaped(&inner[..end]);
        return inner[end + 2..].starts_with(close).then_some(Tag { kind, length: 4 + end + 2 + close.len() });
    }
    let mut rest = text[2..].trim_start();
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    rest = rest[end..].trim_start();
    let length = |rest: &str| text.len() - rest.len() + close.len();
    if has_body && name == "end" && rest.starts_with(close) {
        return Some(Tag { kind: Kind::End, length: length(rest) });
    }
    rest = rest.strip_prefix('(')?.trim_start();
    let mut arguments = Vec::new();
    while !rest.starts_with(')') {
        let (name, behind) = rest.split_once('=')?;
        let (value, behind) = value(behind.trim_start())?;
        arguments.push((name.trim(), value));
        rest = behind.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    rest = rest[1..].trim_start();
    (!name.is_empty() && rest.starts_with(close)).then(|| Tag { kind: Kind::Call { name, arguments, has_body }, length: length(rest) })
}

/// A value, and what stands behind it: a text, a number, a truth, or a list, which is taken as it is written.
fn value(text: &str) -> Option<(String, &str)> {
    let first = text.chars().next()?;
    if let '"' | '\'' | '`' = first {
        let mut is_escaped = false;
        let end = text[1..].char_indices().find(|(_, letter)| {
            let ends = *letter == first && !is_escaped;
            is_escaped = *letter == '\\' && !is_escaped && first != '`';
            ends
        })?;
        let inner = &text[1..=end.0];
        return Some((inner.replace("\\\"", "\"").replace("\\'", "'"), &text[end.0 + 2..]));
    }
    let end = if first == '[' { text.find(']')? + 1 } else { text.find([',', ')'])? };
    Some((text[..end].trim().to_string(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_get_the_form_that_they_have_here_and_code_stays() {
        for (before, after) in [
            ("{{ youtube(id=\"a\", autoplay=true) }}", "{{< youtube id=\"a\" autoplay=\"true\" >}}"),
            ("{% quote(author='A \"b\"') %}\nx *y*\n{% end %}", "{{< quote author=\"A \\\"b\\\"\" >}}\nx *y*\n{{< /quote >}}"),
            ("{%a()%}{{b(c=[1, 2])}}{%end%}", "{{< a >}}{{< b c=\"[1, 2]\" >}}{{< /a >}}"),
            ("`{{ a() }}` {{/* a() */}} {% end %}", "`{{ a() }}` {{ a() }} {% end %}"),
            ("{{ a }} {{< b >}} {a} {", "{{ a }} {{< b >}} {a} {"),
        ] {
            let made = carry(before, 1, "x.md", &mut Vec::new(), &mut Calls::default());
            assert_eq!(made.as_deref(), Some(after));
        }
        assert_eq!(carry("Text.", 1, "x.md", &mut Vec::new(), &mut Calls::default()), None);
    }
}
