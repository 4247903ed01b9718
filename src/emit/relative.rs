//! Relative addresses, for a site that opens from a folder: every address of the site in a document is written as seen from it.
//!
//! It must not know what a document says. Addresses in documents are percent-encoded, and are compared as such.

use std::ops::Range;

use crate::html::addresses::addresses;
use crate::html::attributes::{Attribute, attributes};
use crate::url::encode;

/// `html`, which stands at the plain `route`, with addresses below `base` made relative; folders get their `index.html`.
pub fn links(html: &str, route: &str, base: &str) -> String {
    let route = encode(route);
    let mut out = String::with_capacity(html.len() + 1024);
    let mut from = 0;
    for found in attributes(html) {
        let places = addresses(&found).into_iter().map(|one| one.range).chain(refreshed(&found));
        for place in places {
            let address = &html[place.clone()];
            let Some(inner) = address.strip_prefix(base).filter(|_| !address.starts_with("//")) else { continue };
            out.push_str(&html[from..place.start]);
            out.push_str(&relative(inner, &route));
            from = place.end;
        }
    }
    out.push_str(&html[from..]);
    out
}

/// The address in `<meta http-equiv="refresh" content="0; url=/a/">`.
fn refreshed(found: &Attribute) -> Option<Range<usize>> {
    if !found.tag.eq_ignore_ascii_case("meta") || !found.name.eq_ignore_ascii_case("content") {
        return None;
    }
    let (delay, rest) = found.value.split_once(';')?;
    let address = rest.trim_start().get(..4).filter(|word| word.eq_ignore_ascii_case("url=")).map(|_| &rest.trim_start()[4..])?;
    let is_delay = delay.trim().bytes().all(|digit| digit.is_ascii_digit());
    is_delay.then(|| found.range.end - address.len()..found.range.end)
}

/// The way from the file at the encoded `route` to `to`, which is below the site's root.
fn relative(to: &str, route: &str) -> String {
    let cut = to.find(['?', '#']).unwrap_or(to.len());
    let (path, tail) = to.split_at(cut);
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() };
    let here: Vec<&str> = route.trim_start_matches('/').split('/').collect();
    let there: Vec<&str> = file.split('/').collect();
    let folders = here.len() - 1;
    let shared = here[..folders].iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folders - shared);
    // A colon in its first part would make an address one of another scheme.
    let here = if up.is_empty() && there[shared].contains(':') { "./" } else { "" };
    format!("{up}{here}{}{tail}", there[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_seen_from_the_file() {
        assert_eq!(relative("briefings/x/", "/briefings/y/"), "../x/index.html");
        assert_eq!(relative("", "/briefings/y/"), "../../index.html");
        assert_eq!(relative("a.css?v=1", "/"), "a.css?v=1");
        assert_eq!(relative("briefings/y/#part", "/briefings/y/"), "index.html#part");
        assert_eq!(relative("c:d/", "/"), "./c:d/index.html");
    }

    #[test]
    fn names_that_are_encoded_in_addresses_are_the_same_folder() {
        assert_eq!(links("<a href=\"/a%20b%3Fc%23/x/\">", "/a b?c#/", "/"), "<a href=\"x/index.html\">");
    }

    #[test]
    fn an_address_is_found_however_its_attribute_is_written() {
        let cases = [
            ("<a href='/b/'>", "<a href='../b/index.html'>"),
            ("<a href=/b/>", "<a href=../b/index.html>"),
            ("<A\n class=x HREF = \"/b/\">", "<A\n class=x HREF = \"../b/index.html\">"),
            ("<img src=/a.svg srcset='/a.svg, /b.svg 2x'>", "<img src=../a.svg srcset='../a.svg, ../b.svg 2x'>"),
            ("<video poster=/a.png></video>", "<video poster=../a.png></video>"),
            ("<meta http-equiv=refresh content='0;URL=/b/'>", "<meta http-equiv=refresh content='0;URL=../b/index.html'>"),
        ];
        for (written, expected) in cases {
            assert_eq!(links(written, "/x/", "/"), expected);
        }
    }

    #[test]
    fn what_only_looks_like_an_address_stays() {
        for html in
            ["<script>' href=\"/b/\"'</script>", "<!-- <a href=\"/b/\"> -->", "<p title=' href=\"/b/\"'>", "<a href=//b/>", "<p data=/b/>"]
        {
            assert_eq!(links(html, "/x/", "/"), html);
        }
    }

    #[test]
    fn only_addresses_of_the_site_change() {
        let html = "<a href=\"/p/x/\">a</a> <img src=\"/p/i.svg\"> <a href=\"https://example.org/\">b</a> <a href=\"/other/\">c</a> <a href=\"#d\">d</a>";
        assert_eq!(
            links(html, "/y/", "/p/"),
            "<a href=\"../x/index.html\">a</a> <img src=\"../i.svg\"> <a href=\"https://example.org/\">b</a> <a href=\"/other/\">c</a> <a href=\"#d\">d</a>"
        );
    }
}
