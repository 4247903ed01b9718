//! Raw HTML in Markdown: the attributes that name places and addresses.
//!
//! It must not know what is done with them. It reads just enough of HTML to find attributes: comments, scripts and styles have none.

use std::borrow::Cow;
use std::ops::Range;

/// One attribute with a value, of an opening tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute<'h> {
    /// The name of the element, as it is written.
    pub tag: &'h str,
    /// Its own name, as it is written.
    pub name: &'h str,
    /// What stands between the quotes, as it is written.
    pub value: &'h str,
    /// Where the value stands.
    pub range: Range<usize>,
    /// Where the attribute stands, with the blanks before it.
    pub whole: Range<usize>,
    /// Where the tag begins.
    pub start: usize,
}

/// The tags that are nothing without an attribute.
const EMPTY_WITHOUT: [(&str, &str); 6] =
    [("img", "src"), ("source", "src"), ("source", "srcset"), ("track", "src"), ("embed", "src"), ("link", "href")];

/// What can be left out of the tag of `found` in `html` if its address leads nowhere: the attribute; or the whole tag if it is nothing without.
pub fn extent(html: &str, found: &Attribute) -> Range<usize> {
    let is_it = |(tag, name): &(&str, &str)| found.tag.eq_ignore_ascii_case(tag) && found.name.eq_ignore_ascii_case(name);
    let end = EMPTY_WITHOUT.iter().any(is_it).then(|| tag_end(html, found.start)).flatten();
    end.map_or(found.whole.clone(), |end| found.start..end)
}

/// The end of a longer tag is not looked for.
pub const LONGEST_TAG: usize = 4096;

/// Where the tag that begins at `start` ends; `None` if it does not. A `>` within a quoted value ends none. It is told by the reader of attributes, so
/// that no attribute goes on behind the end of its tag.
pub fn tag_end(html: &str, start: usize) -> Option<usize> {
    let mut reader = attributes(html.get(start..html.floor_char_boundary(start + LONGEST_TAG))?);
    reader.open()?;
    if reader.tag.is_none_or(|(_, begin)| begin > 0) {
        return None;
    }
    loop {
        while reader.attribute().is_some() {}
        match reader.html.as_bytes().get(reader.at)? {
            b'>' => return Some(start + reader.at + 1),
            // A browser takes it for a letter of a name.
            b'<' => reader.at += 1,
            _ => return None,
        }
    }
}

/// Whether the tag that begins at `start` has the attribute `name`, with a value or without; or may still get it, because its end is not there.
pub fn has_attribute(html: &str, start: usize, name: &str) -> bool {
    let Some(end) = tag_end(html, start) else { return true };
    let tag = &html[start..end];
    let mut names = String::new();
    let mut from = 0;
    for found in attributes(tag) {
        if found.name.eq_ignore_ascii_case(name) {
            return true;
        }
        names.push_str(&tag[from..found.whole.start]);
        from = found.whole.end;
    }
    names.push_str(&tag[from..]);
    names.split(|letter: char| letter.is_ascii_whitespace() || "/>".contains(letter)).any(|word| word.eq_ignore_ascii_case(name))
}

/// The value of the attribute `name` of the tag that begins at `start`, as it is meant.
pub fn value_of<'h>(html: &'h str, start: usize, name: &str) -> Option<Cow<'h, str>> {
    let of_tag = attributes(&html[start..]).take_while(|attribute| attribute.start == 0);
    of_tag.into_iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name)).map(|attribute| unescape(attribute.value))
}

/// The attributes of all opening tags of a piece of HTML (<https://html.spec.whatwg.org/multipage/syntax.html#start-tags>), in the order of the text.
pub struct Attributes<'h> {
    html: &'h str,
    at: usize,
    /// The tag that is open, and where it begins.
    tag: Option<(&'h str, usize)>,
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
                Some((tag, start)) => match self.attribute() {
                    Some((name, range)) => return Some(self.found(tag, start, name, range)),
                    None => self.close(tag),
                },
            }
        }
    }
}

impl<'h> Attributes<'h> {
    fn found(&self, tag: &'h str, start: usize, name: Range<usize>, range: Range<usize>) -> Attribute<'h> {
        let html = self.html;
        let from = html[..name.start].trim_ascii_end().len();
        Attribute { tag, name: &html[name], value: &html[range.clone()], range, whole: from..self.at, start }
    }

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
                    self.tag = Some((&rest[1..end], start));
                    self.at = start + end;
                    return Some(());
                }
                _ => Some(1),
            };
            self.at = start + length?;
        }
    }

    /// The next attribute of the tag that is open: where its name and its value stand. Attributes without a value are passed over.
    fn attribute(&mut self) -> Option<(Range<usize>, Range<usize>)> {
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
            return Some((start..end, range));
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
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let found =
            rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';').and_then(|end| Some((reference(&rest[1..end])?, end + 1)));
        let (letter, length) = found.unwrap_or(('&', 1));
        plain.push(letter);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `&#x10FFFF;`, with some zeros.
const LONGEST_REFERENCE: usize = 16;

/// The letter that a reference stands for, by what is between its `&` and its `;`.
fn reference(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let names = [("quot", '"'), ("apos", '\''), ("lt", '<'), ("gt", '>'), ("amp", '&'), ("sol", '/'), ("colon", ':'), ("num", '#')];
        return names.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|letter| *letter != '\0')
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
    fn a_tag_goes_with_its_address_if_it_is_nothing_without() {
        let extents = |html: &'static str| attributes(html).map(|found| &html[extent(html, &found)]).collect::<Vec<_>>();
        assert_eq!(extents("x <a class=y  href='z.md'>t</a>"), [" class=y", "  href='z.md'"]);
        assert_eq!(extents("x <img src=\"z.png\" alt=\"a > b\"> y")[0], "<img src=\"z.png\" alt=\"a > b\">");
        assert_eq!(extents("<img src=z.png")[0], " src=z.png");
        assert_eq!(value_of("x<img src=a alt='b &amp; c'><img title=d>", 1, "alt").as_deref(), Some("b & c"));
        assert_eq!(value_of("x<img src=a><img alt=d>", 1, "alt"), None);
    }

    #[test]
    fn a_quote_within_an_unquoted_value_is_part_of_it() {
        let html = "<img src=;\" href=\">}\">x";
        assert_eq!(found(html), [("img", "src", ";\""), ("img", "href", ">}")]);
        assert_eq!(tag_end(html, 0), Some(html.len() - 1));
        assert_eq!(tag_end("<a b=c\"d>e\">", 0), Some(9));
        assert_eq!(tag_end("<a 'b>c'>", 0), Some(6));
        assert_eq!(tag_end("<a b='>", 0), None);
    }

    #[test]
    fn references_of_an_address_are_replaced() {
        assert_eq!(unescape("https:&#47;&#x2F;x/?a&b=1&amp;lt;&#0;"), "https://x/?a&b=1&lt;&#0;");
        assert_eq!(unescape("/pl&#97;n/&colon;&num;&é;&"), "/plan/:#&é;&");
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
