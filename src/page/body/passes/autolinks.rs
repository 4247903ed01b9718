//! Bare addresses in running text, as GitHub links them (<https://github.github.com/gfm/#autolinks-extension->).
//!
//! It must not know where they lead.

use std::ops::Range;

use super::{Spot, Taken, TextPass};
use crate::html::escape_address;
use crate::page::body::destination::{self, Address};
use crate::page::body::renderer::Renderer;

/// Looks at what no address lacks.
pub const PASS: TextPass = TextPass { bytes: b":@.", look: write };

/// An address in a text.
#[derive(Debug, PartialEq)]
struct Found {
    range: Range<usize>,
    /// What goes before it to make a whole address: nothing, `http://` or `mailto:`.
    prefix: &'static str,
}

/// Writes the address around the byte at `spot`, and the text before it.
fn write(page: &mut Renderer, spot: &Spot) -> Taken {
    if page.open.in_link > 0 {
        return Taken::Nothing;
    }
    let Spot { text, start, written, at } = *spot;
    let Some(Found { range, prefix }) = around(text, at, written) else { return Taken::Nothing };
    page.plain(&text[written..range.start]);
    let words = &text[range.clone()];
    let address = format!("{prefix}{words}");
    let place = start + range.start..start + range.end;
    if let Address::Internal(target) = destination::address(&address, page.own_address()) {
        let end = page.open_hole(target, "", place);
        page.literal(words);
        page.close_with(end);
        return Taken::Written(range.end);
    }
    page.out.push("<a href=\"");
    escape_address(&address, &mut page.out.html);
    page.out.push("\">");
    page.literal(words);
    page.out.push("</a>");
    if address.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http")) {
        page.external(&address, place);
    }
    Taken::Written(range.end)
}

/// The address of which the byte at `at` is the `:` of `https://`, the `.` of `www.` or the `@`. Nothing before `from` may belong to it.
fn around(text: &str, at: usize, from: usize) -> Option<Found> {
    match text.as_bytes()[at] {
        b':' => with_scheme(text, at, from),
        b'@' => mail(text, at, from),
        _ => www(text, at.checked_sub(WWW.len()).filter(|start| *start >= from)?),
    }
}

/// What an address may begin with instead of a scheme, before its first dot.
const WWW: &str = "www";

fn with_scheme(text: &str, colon: usize, from: usize) -> Option<Found> {
    let rest = text[colon..].strip_prefix("://")?;
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        let start = colon.checked_sub(scheme.len()).filter(|start| *start >= from);
        start.and_then(|start| text.get(start..colon)).is_some_and(|before| before.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    if text[..start].ends_with(|letter: char| letter.is_alphanumeric()) {
        return None;
    }
    let length = length(rest)?;
    Some(Found { range: start..colon + 3 + length, prefix: "" })
}

/// `www.` begins at `at`, if its letters stand there.
fn www(text: &str, at: usize) -> Option<Found> {
    if !text.get(at..at + WWW.len())?.eq_ignore_ascii_case(WWW) {
        return None;
    }
    let begins = text[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || "*_~(".contains(before));
    if !begins {
        return None;
    }
    Some(Found { range: at..at + length(&text[at..])?, prefix: "http://" })
}

fn mail(text: &str, at: usize, from: usize) -> Option<Found> {
    let bytes = text.as_bytes();
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._+-".contains(byte);
    let start = bytes[from..at].iter().rposition(|byte| !is_local(byte)).map_or(from, |before| from + before + 1);
    let host = &bytes[at + 1..];
    let mut end = host.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"._-".contains(byte)).unwrap_or(host.len());
    while end > 0 && host[end - 1] == b'.' {
        end -= 1;
    }
    let valid = start < at && host[..end].contains(&b'.') && end > 0 && !b"-_".contains(&host[end - 1]) && host[0] != b'.';
    valid.then_some(Found { range: start..at + 1 + end, prefix: "mailto:" })
}

/// How long the address is that begins with its host, without the punctuation behind it.
fn length(text: &str) -> Option<usize> {
    let host = text.find(|letter: char| !letter.is_alphanumeric() && !"-_.".contains(letter)).unwrap_or(text.len());
    let mut labels = text[..host].trim_end_matches('.').rsplit('.');
    let (last, before) = (labels.next()?, labels.next()?);
    if last.is_empty() || before.is_empty() || last.contains('_') || before.contains('_') {
        return None;
    }
    let mut end = text.find(|letter: char| letter.is_whitespace() || letter == '<').unwrap_or(text.len());
    let (mut opened, mut closed) = (0, 0);
    for byte in text[..end].bytes() {
        opened += usize::from(byte == b'(');
        closed += usize::from(byte == b')');
    }
    while let Some(last) = text[..end].chars().next_back() {
        let is_loose = match last {
            ')' if closed > opened => {
                closed -= 1;
                true
            }
            last => "?!.,:*_~'\";”’»“".contains(last),
        };
        if !is_loose {
            break;
        }
        end -= last.len_utf8();
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        (0..text.len())
            .filter(|at| PASS.bytes.contains(&text.as_bytes()[*at]))
            .find_map(|at| around(text, at, 0))
            .map(|found| &text[found.range])
    }

    #[test]
    fn addresses_end_before_punctuation() {
        assert_eq!(first("see https://example.org/a_b?x=(1)."), Some("https://example.org/a_b?x=(1)"));
        assert_eq!(first("(see www.example.org/x)"), Some("www.example.org/x"));
        assert_eq!(first("ask a.b+c@example.org."), Some("a.b+c@example.org"));
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        for text in ["xhttp://example.org", "http://localhost", "a@b", "@b.org", "awww.example.org", "https://", "http://a_b.c_d/"] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
