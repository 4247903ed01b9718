//! Raw HTML in Markdown: the attributes that name places and addresses.
//!
//! It must not know what is done with them. It reads just enough of HTML to find attributes: comments, scripts and styles have none.

use std::borrow::Cow;
use std::ops::Range;

/// One attribute with a value, of an opening tag.
#[derive(Debug, PartialEq)]
pub struct Attribute<'h> {
    pub tag: &'h str,
    pub name: &'h str,
    pub value: &'h str,
    /// Where the value stands.
    pub range: Range<usize>,
}

/// The attributes of all opening tags of a piece of HTML (<https://html.spec.whatwg.org/multipage/syntax.html#start-tags>), in the order of the text.
pub struct Attributes<'h> {
    html: &'h str,
    at: usize,
    tag: Option<&'h str>,
}

/// All attributes of `html`, which may be unfinished.
pub fn attributes(html: &str) -> Attributes<'_> {
    Attributes { html, at: 0, tag: None }
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        loop {
            match self.tag {
                None => self.open()?,
                Some(tag) => match self.attribute() {
                    Some((name, range)) => return Some(Attribute { tag, name, value: &self.html[range.clone()], range }),
                    None => self.close(tag),
                },
            }
        }
    }
}

impl<'h> Attributes<'h> {
    /// Goes behind the name of the next opening tag.
    fn open(&mut self) -> Option<()> {
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            let rest = &self.html[start..];
            let length = match rest.as_bytes().get(1) {
                Some(b'!') if rest.starts_with("<!--") => rest[4..].find("-->").map(|end| end + 7),
                Some(b'!') if rest.starts_with("<![CDATA[") => rest.find("]]>").map(|end| end + 3),
                Some(b'!' | b'?' | b'/') => rest.find('>').map(|end| end + 1),
                Some(letter) if letter.is_ascii_alphabetic() => {
                    let end = rest.find(|letter: char| letter.is_ascii_whitespace() || "/>".contains(letter)).unwrap_or(rest.len());
                    self.tag = Some(&rest[1..end]);
                    self.at = start + end;
                    return Some(());
                }
                _ => Some(1),
            };
            self.at = start + length?;
        }
    }

    /// The next attribute of the tag that is open: its name and where its value stands. Attributes without a value are passed over.
    fn attribute(&mut self) -> Option<(&'h str, Range<usize>)> {
        let bytes = self.html.as_bytes();
        let skip =
            |from: usize, wanted: fn(u8) -> bool| bytes[from..].iter().position(|byte| !wanted(*byte)).map_or(bytes.len(), |n| from + n);
        loop {
            let start = skip(self.at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            let end = skip(start, |byte| !byte.is_ascii_whitespace() && !b"=>/\"'<".contains(&byte));
            self.at = end;
            if end == start {
                // What is no name is passed over, so that the loop goes on; the end of the tag or of the text ends it.
                if end == bytes.len() || bytes[end] == b'>' || bytes[end] == b'<' {
                    return None;
                }
                self.at = end + 1;
                continue;
            }
            let equals = skip(end, |byte| byte.is_ascii_whitespace());
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            let value = skip(equals + 1, |byte| byte.is_ascii_whitespace());
            let range = match bytes.get(value) {
                Some(quote @ (b'"' | b'\'')) => {
                    let length = bytes[value + 1..].iter().position(|byte| byte == quote)?;
                    self.at = value + length + 2;
                    value + 1..value + 1 + length
                }
                _ => {
                    self.at = skip(value, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                    value..self.at
                }
            };
            return Some((&self.html[start..end], range));
        }
    }

    /// Ends the tag; what a script or a style holds is no HTML.
    fn close(&mut self, tag: &str) {
        self.tag = None;
        if tag.eq_ignore_ascii_case("script") || tag.eq_ignore_ascii_case("style") {
            let rest = &self.html[self.at..];
            let ends = |at: &usize| rest.get(at + 2..at + 2 + tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag));
            self.at += rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len());
        }
    }
}

/// True for a comment and nothing else.
pub fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.find("-->") == Some(html.len().wrapping_sub(3))
}

/// True for `<!-- more -->`, which ends the summary.
pub fn is_more(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| inner.trim().eq_ignore_ascii_case("more"))
}

/// The value of an attribute as it is meant: the references that an address may hold, replaced.
pub fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    Cow::Owned(value.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<(&str, &str, &str)> {
        attributes(html).map(|attribute| (attribute.tag, attribute.name, attribute.value)).collect()
    }

    #[test]
    fn attributes_are_found_with_any_quotes() {
        assert_eq!(
            found("<a id=\"x\" href='y.md' hidden>t</a><img src=z.png/>"),
            [("a", "id", "x"), ("a", "href", "y.md"), ("img", "src", "z.png/")]
        );
    }

    #[test]
    fn comments_and_scripts_have_none() {
        assert_eq!(found("<!-- <a id=x> --><script>'<a id=y>'</script><p id=z>"), [("p", "id", "z")]);
    }

    #[test]
    fn unfinished_tags_end_with_the_text() {
        for html in ["<a id=\"x", "<a id=", "<a =\"", "<", "<!--", "<a id='x'\"'", "<script>x", "<style"] {
            found(html);
        }
    }
}
