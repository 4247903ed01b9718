//! Which attributes of HTML hold addresses, and where these stand in their values.
//!
//! It must not know where an address leads. The table is that of HTML (<https://html.spec.whatwg.org/multipage/indices.html#attributes-3>), with what it
//! calls obsolete and SVG's links. Left out are identifiers (`itemid`, `itemtype`) and `ping`, which nobody follows.

use std::ops::Range;

use super::attributes::Attribute;

/// Attributes that hold one address, and the tags on which they do; on all, if there are none.
const ONE: [(&str, &[&str]); 10] = [
    ("href", &[]),
    ("src", &[]),
    ("xlink:href", &[]),
    ("background", &[]),
    ("poster", &["video"]),
    ("data", &["object"]),
    ("cite", &["blockquote", "q", "ins", "del"]),
    ("action", &["form"]),
    ("formaction", &["button", "input"]),
    ("longdesc", &["img", "iframe", "frame"]),
];

/// Attributes that hold a list of pictures, each with its width or density.
const LISTS: [(&str, &[&str]); 2] = [("srcset", &["img", "source"]), ("imagesrcset", &["link"])];

/// One address in the value of an attribute: where it stands in the document, and where what goes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// Where the address stands.
    pub range: Range<usize>,
    /// Of an entry of a list, with the comma behind it; `None` if the address is all that the attribute holds.
    pub entry: Option<Range<usize>>,
}

/// The addresses that an attribute holds.
pub fn addresses(found: &Attribute) -> Vec<Addressed> {
    if is_in(&ONE, found) {
        return vec![Addressed { range: found.range.clone(), entry: None }];
    }
    if !is_in(&LISTS, found) {
        return Vec::new();
    }
    let mut all = candidates(found.value);
    if let [only] = &mut all[..] {
        only.entry = None;
    }
    let shift = |range: Range<usize>| range.start + found.range.start..range.end + found.range.start;
    all.into_iter().map(|one| Addressed { range: shift(one.range), entry: one.entry.map(shift) }).collect()
}

fn is_in(table: &[(&str, &[&str])], found: &Attribute) -> bool {
    let tags = table.iter().find(|(name, _)| name.eq_ignore_ascii_case(found.name)).map(|(_, tags)| *tags);
    tags.is_some_and(|tags| tags.is_empty() || tags.iter().any(|tag| tag.eq_ignore_ascii_case(found.tag)))
}

/// The entries of a `srcset` (<https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute>).
fn candidates(value: &str) -> Vec<Addressed> {
    let mut all: Vec<Addressed> = Vec::new();
    let is_between = |letter: char| letter.is_ascii_whitespace() || letter == ',';
    let mut at = 0;
    loop {
        let start = value.len() - value[at..].trim_start_matches(is_between).len();
        if let Some(Addressed { entry: Some(entry), .. }) = all.last_mut() {
            entry.end = start;
        }
        if start == value.len() {
            return all;
        }
        let end = value[start..].find(|letter: char| letter.is_ascii_whitespace()).map_or(value.len(), |length| start + length);
        let address = value[start..end].trim_end_matches(',');
        // A comma right behind the address ends the entry; else it ends at the next one that stands in no brackets.
        at = if address.len() < end - start { end } else { descriptors(value, end) };
        all.push(Addressed { range: start..start + address.len(), entry: Some(start..at) });
    }
}

fn descriptors(value: &str, from: usize) -> usize {
    let mut depth = 0usize;
    let ends = |(_, byte): &(usize, u8)| {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b',' && depth == 0
    };
    value.bytes().enumerate().skip(from).find(ends).map_or(value.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::super::attributes::attributes;
    use super::*;

    fn found(html: &str) -> Vec<&str> {
        attributes(html).flat_map(|attribute| addresses(&attribute)).map(|one| &html[one.range]).collect()
    }

    #[test]
    fn every_attribute_that_holds_an_address_is_known_on_the_tags_where_it_does() {
        let html = "<a href=1></a><img SRC=2 longdesc=3><use xlink:href='4'></use><td background=5><video poster = \"6\"></video><object data=7></object>\
                    <blockquote cite=8></blockquote><q cite=9></q><form action=10><button formaction=11></button></form>";
        assert_eq!(found(html), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
        assert_eq!(found("<p data=1 cite=2 poster=3 action=4 srcset=5 data-src=6 itemid=7><a ping=8>"), [""; 0]);
    }

    #[test]
    fn a_list_of_pictures_holds_an_address_an_entry() {
        assert_eq!(found("<img srcset='a.svg'>"), ["a.svg"]);
        assert_eq!(found("<img srcset='a.svg, b.svg 2x,c,d.svg 3x, , e.svg 100w'>"), ["a.svg", "b.svg", "c,d.svg", "e.svg"]);
        assert_eq!(found("<source srcset=' data:image/png;base64,x 1x, b.svg f(1,2) 2x '>"), ["data:image/png;base64,x", "b.svg"]);
        assert_eq!(found("<link imagesrcset=\"a.png 1x,\n b.png 2x\"><img srcset='  '>"), ["a.png", "b.png"]);
    }

    #[test]
    fn an_entry_goes_with_its_comma() {
        let html = "<img srcset='a.svg, b.svg 2x, c.svg 3x'>";
        let all: Vec<_> =
            attributes(html).flat_map(|attribute| addresses(&attribute)).map(|one| &html[one.entry.expect("an entry")]).collect();
        assert_eq!(all, ["a.svg, ", "b.svg 2x, ", "c.svg 3x"]);
    }
}
