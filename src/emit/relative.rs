//! Relative addresses, for a site that opens from a folder: every address of the site in a document is written as seen from it.
//!
//! It must not know what a document says. Addresses in documents are percent-encoded, and are compared as such.

use crate::page::route::encode;

/// What stands before an address of the site in a document.
const BEFORE: [&str; 3] = [" href=\"", " src=\"", " content=\"0; url="];

/// `html`, which stands at the plain `route`, with addresses below `base` made relative; folders get their `index.html`.
pub fn links(html: &str, route: &str, base: &str) -> String {
    let route = encode(route);
    let mut out = String::with_capacity(html.len() + 1024);
    let mut from = 0;
    for (start, _) in html.match_indices('/') {
        let is_address = start >= from && BEFORE.iter().any(|before| html[..start].ends_with(before));
        if !is_address {
            continue;
        }
        let end = start + html[start..].find('"').unwrap_or(html.len() - start);
        out.push_str(&html[from..start]);
        match html[start..end].strip_prefix(base) {
            Some(inner) if !html[start..end].starts_with("//") => out.push_str(&relative(inner, &route)),
            _ => out.push_str(&html[start..end]),
        }
        from = end;
    }
    out.push_str(&html[from..]);
    out
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
    fn only_addresses_of_the_site_change() {
        let html = "<a href=\"/p/x/\">a</a> <img src=\"/p/i.svg\"> <a href=\"https://example.org/\">b</a> <a href=\"/other/\">c</a> <a href=\"#d\">d</a>";
        assert_eq!(
            links(html, "/y/", "/p/"),
            "<a href=\"../x/index.html\">a</a> <img src=\"../i.svg\"> <a href=\"https://example.org/\">b</a> <a href=\"/other/\">c</a> <a href=\"#d\">d</a>"
        );
    }
}
