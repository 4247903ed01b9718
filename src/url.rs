//! Addresses as texts: how they are encoded, which spellings are one address, and which file an address is.
//!
//! Routes begin at the site's own root, such as `/briefings/x/`. It must not know the base URL, pages, or who lives where.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::fingerprint::Fingerprint;

/// What may not stand in the path of an address as it is (<https://www.rfc-editor.org/rfc/rfc3986#section-3.3>). An apostrophe may, but HTML writes
/// it with a `#`, by which those who look for the end of a path would be misled.
const PATH: &AsciiSet = &without(b"/-_.~!$&()*+,;=:@");

/// The same for a query, which is kept as it was written.
const QUERY: &AsciiSet = &without(b"/-_.~!$&'()*+,;=:@?%");

/// All but letters, digits and these marks.
const fn without(marks: &[u8]) -> AsciiSet {
    let mut set = NON_ALPHANUMERIC.remove(marks[0]);
    let mut at = 1;
    while at < marks.len() {
        set = set.remove(marks[at]);
        at += 1;
    }
    set
}

/// The address of a plain route: what may not stand in a path as it is, is percent-encoded, `%` as `%25`.
pub fn encode(path: &str) -> Cow<'_, str> {
    // Nearly all routes are made of these, and are addresses already.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
    if path.bytes().all(is_plain) { Cow::Borrowed(path) } else { utf8_percent_encode(path, PATH).into() }
}

/// A query with all percent-encoded that may not stand in one, but for what its author encoded.
pub fn encode_query(query: &str) -> Cow<'_, str> {
    utf8_percent_encode(query, QUERY).into()
}

/// The plain text of an address that is percent-encoded; one that would not be UTF-8 stays as it is written.
pub fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Text with each letter and its marks as one sign where there is one (NFC): a Mac names files with the marks apart, and both look alike.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether a plain path begins with one of the settings, which may have been copied from a browser.
pub fn begins_with(path: &str, begin: &str) -> bool {
    path.starts_with(begin) || composed(path).starts_with(&*composed(&decode(begin)))
}

/// A text as the part of an address: lower case; ASCII letters, digits, `-`, `_`, `.` stay, spaces become `-`, the rest is transliterated or left out.
pub fn slugify(text: &str) -> String {
    if is_slug(text) {
        return text.to_string();
    }
    let text = &*composed(text);
    let plain = if text.is_ascii() { text.to_string() } else { deunicode::deunicode(text) };
    let mut slug = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' | '_' | '.' => slug.push(letter),
            '-' | ' ' | '\t' | '\n' | '/' if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_matches(|letter| letter == '-').trim_start_matches('.').to_string();
    if slug.is_empty() { format!("{:.8}", Fingerprint::of_bytes(text.as_bytes()).to_string()) } else { slug }
}

/// Whether a text is the part of an address already, as most names of files are.
fn is_slug(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-');
    text.bytes().all(is_plain) && !text.is_empty() && !text.starts_with(['-', '.']) && !text.ends_with('-') && !text.contains("--")
}

/// The address of a path that an author wrote: from the root, and with a slash at its end unless it names a file.
pub fn absolute(path: &str) -> String {
    let inner: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if inner.is_empty() {
        return "/".into();
    }
    let joined = inner.join("/");
    if is_file(&joined) { format!("/{joined}") } else { format!("/{joined}/") }
}

/// The extensions by which an address is taken for a file; a dot alone makes none (`/v1.2/`).
const FILES: [&str; 9] = ["html", "htm", "xml", "json", "txt", "php", "aspx", "asp", "pdf"];

fn is_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| FILES.contains(&extension.to_ascii_lowercase().as_str()))
}

/// The folder in which what belongs to a list or a page lies: feeds, further parts. `/a/` → `/a/`; a file (`/a.html`) has no room below it but
/// beside it: `/a/`.
pub fn folder_below(route: &str) -> Cow<'_, str> {
    if route.ends_with('/') {
        return route.into();
    }
    let stem = if is_file(route) { route.rsplit_once('.').map_or(route, |(stem, _)| stem) } else { route };
    format!("{stem}/").into()
}

/// The file in the output that an address is: `/a/` → `a/index.html`, `/a.html` → `a.html`.
pub fn output_path(route: &str) -> String {
    let inner = route.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_string() }
}

/// The address that a file in the output is: `a/index.html` → `/a/`, `a.html` → `/a.html`.
pub fn address_of(path: &str) -> String {
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("/{}", folder.unwrap_or(path))
}

/// The folder of an address, in which what lies beside it is: `/a/b/` → `/a/b`, `/a/b.html` → `/a`.
pub fn folder_of(route: &str) -> &str {
    route.rsplit_once('/').map_or("/", |(folder, _)| folder)
}

/// The path that `path` is, read from `folder`, with its dots resolved; `None` when it climbs over the top.
pub fn climb(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_ascii() {
        assert_eq!(slugify("Défense  spending: 2 %"), "defense-spending-2");
        assert_eq!(slugify("v1.2_Final"), "v1.2_final");
        assert_eq!(slugify("C#"), slugify("C++"));
        assert_eq!(slugify("北京"), "bei-jing");
        assert_eq!(slugify("???").len(), 8);
    }

    #[test]
    fn what_belongs_to_a_page_that_is_a_file_lies_beside_it() {
        assert_eq!((folder_below("/a/"), folder_below("/a.html"), folder_below("/")), ("/a/".into(), "/a/".into(), "/".into()));
    }

    #[test]
    fn what_is_encoded_is_decoded_once_unless_it_is_no_text() {
        assert_eq!(
            (decode("/b%C3%BCr%20ger/"), decode("100%"), decode("%FF%zz%41")),
            ("/b\u{fc}r ger/".into(), "100%".into(), "%FF%zz%41".into())
        );
        assert_eq!(decode("%2541"), "%41");
    }

    #[test]
    fn a_path_names_a_file_only_by_a_known_extension() {
        assert_eq!(output_path(&absolute("/a.html")), "a.html");
        assert_eq!(output_path(&absolute("v1.2")), "v1.2/index.html");
        assert_eq!(absolute("../../etc"), "/etc/");
    }

    #[test]
    fn an_address_is_told_from_its_file() {
        for address in ["/", "/a/", "/a/b.html", "/a/myindex.html"] {
            assert_eq!(address_of(&output_path(address)), address);
        }
    }

    #[test]
    fn signs_of_names_that_mean_something_in_addresses_are_encoded() {
        assert_eq!(encode("/100%/a?b#c.csv"), "/100%25/a%3Fb%23c.csv");
        assert_eq!(encode("/it's \"ü\"/"), "/it%27s%20%22%C3%BC%22/");
        assert_eq!(encode_query("a=%20b c"), "a=%20b%20c");
    }
}
