//! Liquid, as far as it can be read without a site: addresses, `raw` and `comment` (<https://jekyllrb.com/docs/liquid/>).
//!
//! It must not know where addresses lead.

use std::ops::Range;

use super::{Reader, is_tag};
use crate::theme::filters::ref_marker;

/// No tag, and no address, is longer.
const LONGEST: usize = 500;

/// What a tag in an address stands for.
#[derive(Debug, PartialEq)]
enum Piece {
    /// The address of the site, or its path: all addresses begin there.
    Base,
    /// A path from there.
    Path(String),
}

impl Reader<'_, '_> {
    /// Reads `{% raw %}`, if it begins at `at` and has an end: what stands in it.
    pub(super) fn raw(&mut self, at: usize) -> Option<Range<usize>> {
        let (open, close) = self.pair(at, "raw", "endraw")?;
        let body = open.end..close.start;
        self.hide(open);
        self.hide(close.clone());
        self.found.raw.push(body.clone());
        Some(body.start..close.end)
    }

    /// Takes a comment away: where it ends.
    pub(super) fn comment(&mut self, at: usize) -> Option<usize> {
        let (open, close) = self.pair(at, "comment", "endcomment")?;
        self.hide(open.start..close.end);
        Some(close.end)
    }

    /// A tag of that name that begins at `at`, and the next one that ends it.
    fn pair(&mut self, at: usize, name: &'static str, end: &str) -> Option<(Range<usize>, Range<usize>)> {
        let (open, said) = tag(self.text, at)?;
        if said != name || self.endless.contains(&name) {
            return None;
        }
        let closers = self.text[open.end..].match_indices("{%").map(|(next, _)| open.end + next);
        let close = closers.filter_map(|next| tag(self.text, next)).find(|(_, said)| *said == end);
        if close.is_none() {
            self.endless.push(name);
        }
        Some((open, close?.0))
    }

    /// Writes the address that tags at `at` begin, in the manner of Markdown: where it ends.
    pub(super) fn address(&mut self, at: usize) -> Option<usize> {
        if !is_address(self.text, at) {
            return None;
        }
        let (mut end, mut path) = (at, None);
        while path.is_none() && is_tag(&self.text[end..]) {
            let (length, piece) = piece(&self.text[end..])?;
            end += length;
            if let Piece::Path(read) = piece {
                path = Some(read);
            }
        }
        let rest = address_behind(&self.text[end..]);
        if rest.contains("{{") || rest.contains("{%") {
            return None;
        }
        let path = path.unwrap_or_else(|| if rest.starts_with('/') { String::new() } else { "/".to_string() });
        // Blanks before an address are none of it, in Markdown and in HTML.
        let blanks = (end - at).checked_sub(path.len())?;
        self.changes.push((at..end, format!("{}{path}", " ".repeat(blanks))));
        Some(end)
    }
}

/// `{% name %}` at `at`, perhaps with the marks that take blanks away: its range, and what it says.
fn tag(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let (said, end) = inside(text.get(at..)?, "{%", "%}")?;
    Some((at..at + end, said))
}

/// What stands between two marks at the beginning of a text, and where it ends.
fn inside<'t>(text: &'t str, open: &str, close: &str) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(open)?;
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    let end = inner.find(close)?;
    let said = inner[..end].trim_start_matches('-').trim_end_matches('-').trim();
    Some((said, open.len() + end + close.len()))
}

/// Whether an address begins at `at`: of a link or a picture, of a definition of one, or in an attribute of a tag.
fn is_address(text: &str, at: usize) -> bool {
    let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST))..at];
    let bare = before.strip_suffix('<').unwrap_or(before);
    if bare.ends_with("](") {
        return true;
    }
    if before.ends_with("=\"") || before.ends_with("='") {
        let open = before.rfind('<').filter(|open| before[open + 1..].starts_with(|letter: char| letter.is_ascii_alphabetic()));
        return open.is_some_and(|open| before.rfind('>').is_none_or(|close| close < open));
    }
    let line = bare.rsplit('\n').next().unwrap_or(bare).trim_start_matches([' ', '>']);
    line.starts_with('[') && !line.starts_with("[^") && line.trim_end().ends_with("]:")
}

/// What belongs to an address behind its tags.
fn address_behind(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let end = text.find(|letter: char| letter.is_whitespace() && letter != ' ' || matches!(letter, ')' | '"' | '\'' | '>'));
    let rest = &text[..end.unwrap_or(text.len())];
    // A blank ends it, but for those in a tag.
    match (rest.find(' '), rest.find("{{").or_else(|| rest.find("{%"))) {
        (Some(blank), tag) if tag.is_none_or(|tag| blank < tag) => &rest[..blank],
        _ => rest,
    }
}

/// The tag at the beginning of a text, if it can be read: its length, and what it stands for.
fn piece(text: &str) -> Option<(usize, Piece)> {
    if let Some((said, length)) = inside(text, "{%", "%}") {
        let (name, path) = said.split_once(char::is_whitespace)?;
        let path = path.trim().trim_matches(['"', '\'']);
        if path.is_empty() || path.contains(['{', '}']) {
            return None;
        }
        let written = match name {
            "link" => linked(path),
            // Posts are found by the names of their files, wherever they lie.
            "post_url" => ref_marker(&encoded(path.rsplit('/').next().unwrap_or(path)), ""),
            _ => return None,
        };
        return Some((length, Piece::Path(written)));
    }
    let (said, length) = inside(text, "{{", "}}")?;
    expression(said).map(|piece| (length, piece))
}

/// The file that `link` names, from the root of the site: a page by its file, anything else by its address.
fn linked(path: &str) -> String {
    // Folders of posts and of collections begin with an underscore there, and have none here.
    let path: Vec<&str> = path.trim_start_matches('/').split('/').map(|part| part.trim_start_matches('_')).collect();
    let path = encoded(&path.join("/"));
    let page = ["md", "markdown", "html"].iter().find_map(|ending| path.strip_suffix(ending)?.strip_suffix('.'));
    match page {
        Some(page) => ref_marker(&format!("/{page}"), ""),
        None => format!("/{path}"),
    }
}

/// An address without blanks, which Markdown would end it at.
fn encoded(path: &str) -> String {
    path.replace(' ', "%20")
}

/// What an expression with filters stands for: `"/x/" | relative_url`.
fn expression(said: &str) -> Option<Piece> {
    let mut parts = pieces(said);
    let value = parts.next()?;
    let mut path = match literal(value) {
        Some(text) => text.to_string(),
        None if is_base(value) => String::new(),
        None => return None,
    };
    let mut is_from_root = is_base(value);
    for filter in parts {
        let (name, argument) = filter.split_once(':').map_or((filter, ""), |(name, argument)| (name.trim(), argument.trim()));
        match name {
            "relative_url" | "absolute_url" | "url" => is_from_root = true,
            "prepend" if is_base(argument) => is_from_root = true,
            "prepend" => path.insert_str(0, literal(argument)?),
            "append" => path.push_str(literal(argument)?),
            "escape" | "xml_escape" | "uri_escape" | "strip" => {}
            _ => return None,
        }
    }
    if path.is_empty() && is_base(value) {
        return Some(Piece::Base);
    }
    let is_whole = path.contains("://") || path.starts_with('/') || !is_from_root;
    Some(Piece::Path(encoded(&if is_whole { path } else { format!("/{path}") })))
}

/// The address of the site, or the path in it.
fn is_base(value: &str) -> bool {
    matches!(value, "site.baseurl" | "site.url" | "site.github.url")
}

/// The parts of an expression between its bars, which may stand in quotes too.
fn pieces(said: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    let parts = said.split(move |letter: char| {
        match quote {
            Some(open) if open == letter => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
        letter == '|' && quote.is_none()
    });
    // In a table a bar stands behind a backslash.
    parts.map(|part| part.trim().trim_end_matches('\\').trim_end())
}

fn literal(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = value[1..].strip_suffix(quote)?;
    (!inner.contains([quote, '\n', '{', '}', '<', '>'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_addresses_from_the_root_of_the_site() {
        let path = |path: &str| Some(Piece::Path(path.to_string()));
        for (said, piece) in [
            ("site.baseurl", Some(Piece::Base)),
            ("\"/x/\" | relative_url", path("/x/")),
            ("'x/' | absolute_url", path("/x/")),
            ("\"/x y\" | prepend: site.baseurl | prepend: site.url", path("/x%20y")),
            ("site.baseurl | append: '/x/'", path("/x/")),
            ("\"a|b\"|relative_url", path("/a|b")),
            ("\"/x/\" \\| relative_url", path("/x/")),
            ("'https://example.org/' | absolute_url", path("https://example.org/")),
            ("page.url | relative_url", None),
            ("'/x' | replace: 'x', 'y'", None),
        ] {
            assert_eq!(expression(said), piece, "{said}");
        }
    }

    #[test]
    fn files_are_named_from_the_root_of_the_site() {
        assert_eq!(linked("_posts/2024-05-01-x.md"), ref_marker("/posts/2024-05-01-x", ""));
        assert_eq!(linked("/about.markdown"), ref_marker("/about", ""));
        assert_eq!(linked("assets/a b.pdf"), "/assets/a%20b.pdf");
    }
}
