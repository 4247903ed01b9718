//! Raw HTML cut into text, tags and comments, as a browser would.
//!
//! It must not know what a tag means, but for those whose inside is no HTML.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::tag_end;

/// What HTML is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'h> {
    /// What stands between tags.
    Text(Range<usize>),
    /// An opening tag by its name.
    Open(&'h str, Range<usize>),
    /// A closing tag by its name.
    Close(&'h str, Range<usize>),
    /// A comment, with its marks.
    Comment(Range<usize>),
    /// The inside of a script or a style, and what is neither text nor tag.
    Other(Range<usize>),
}

/// The pieces of HTML, which may be unfinished.
pub struct Pieces<'h> {
    html: &'h str,
    at: usize,
    /// The name of the script or style that has begun.
    raw: Option<&'h str>,
}

/// The pieces of HTML, in their order.
pub fn pieces(html: &str) -> Pieces<'_> {
    Pieces { html, at: 0, raw: None }
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        let (start, html) = (self.at, self.html);
        let rest = html.get(start..).filter(|rest| !rest.is_empty())?;
        if let Some(tag) = self.raw.take() {
            let ends = |at: &usize| rest.get(at + 2..at + 2 + tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag));
            let length = rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len());
            self.at += length;
            return if length > 0 { Some(Piece::Other(start..self.at)) } else { self.next() };
        }
        let second = rest.as_bytes().get(1).filter(|_| rest.starts_with('<'));
        Some(match second {
            Some(b'!') if rest.starts_with("<!--") => {
                self.at += comment_end(rest).unwrap_or(rest.len());
                Piece::Comment(start..self.at)
            }
            Some(b'!' | b'?') => {
                self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                Piece::Other(start..self.at)
            }
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                Piece::Close(name(&rest[2..]), start..self.at)
            }
            Some(letter) if letter.is_ascii_alphabetic() => {
                let tag = name(&rest[1..]);
                self.raw = ["script", "style"].iter().any(|raw| tag.eq_ignore_ascii_case(raw)).then_some(tag);
                self.at = tag_end(html, start).unwrap_or(html.len());
                Piece::Open(tag, start..self.at)
            }
            // A sign that begins no tag is text.
            _ => {
                let sign = usize::from(rest.starts_with('<'));
                self.at += rest[sign..].find('<').map_or(rest.len(), |end| end + sign);
                Piece::Text(start..self.at)
            }
        })
    }
}

/// The name at the beginning of what stands behind `<` or `</`.
fn name(rest: &str) -> &str {
    &rest[..rest.find(|letter: char| letter.is_ascii_whitespace() || "/><".contains(letter)).unwrap_or(rest.len())]
}

/// How long the comment is that `html` begins with; `None` if it has no end.
pub fn comment_end(html: &str) -> Option<usize> {
    let inner = html.get(4..)?;
    match inner {
        _ if inner.starts_with('>') => Some(5),
        _ if inner.starts_with("->") => Some(6),
        _ => inner.find("-->").map(|end| end + 7),
    }
}

/// The comments of a piece of HTML that have an end.
pub fn comments(html: &str) -> impl Iterator<Item = Range<usize>> {
    pieces(html).filter_map(|piece| match piece {
        Piece::Comment(range) if comment_end(&html[range.clone()]).is_some() => Some(range),
        _ => None,
    })
}

/// HTML without its comments.
pub fn without_comments(html: &str) -> Cow<'_, str> {
    if !html.contains("<!--") {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for piece in pieces(html) {
        if let Piece::Comment(range) = piece {
            kept.push_str(&html[from..range.start]);
            from = range.end;
        }
    }
    kept.push_str(&html[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_cut_into_its_pieces() {
        let html = "a < b<BR/><!-- <i> --><p title=\"x > y\">c</P><script>'<b>'</script><!d>";
        let found: Vec<String> = pieces(html)
            .map(|piece| match piece {
                Piece::Text(range) => format!("text {}", &html[range]),
                Piece::Open(name, _) => format!("open {name}"),
                Piece::Close(name, _) => format!("close {name}"),
                Piece::Comment(range) => format!("comment {}", &html[range]),
                Piece::Other(range) => format!("other {}", &html[range]),
            })
            .collect();
        let wanted = [
            "text a ",
            "text < b",
            "open BR",
            "comment <!-- <i> -->",
            "open p",
            "text c",
            "close P",
            "open script",
            "other '<b>'",
            "close script",
            "other <!d>",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn comments_go_but_not_what_only_looks_like_one() {
        assert_eq!(without_comments("a<!-- b -->c<!---->d<!-->e"), "acde");
        assert_eq!(without_comments("<p title='<!-- x -->'><script>'<!-- y'</script>"), "<p title='<!-- x -->'><script>'<!-- y'</script>");
        assert_eq!(without_comments("a<!-- b"), "a");
    }

    #[test]
    fn unfinished_html_ends_with_the_text() {
        for html in ["<", "<a", "<a href=\"", "</", "</a", "<!", "<!--", "<script>", "<style", "é<", "<é", "<!-"] {
            assert!(pieces(html).count() < 3, "{html}");
        }
    }
}
