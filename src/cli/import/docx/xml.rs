//! XML as a tree: names with the short prefixes that everybody knows, whatever a file calls them.
//!
//! It must not know what the names mean. It reads no document type, no entity of an author's own, and nothing that is nested without end.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// Word nests tables in tables, and each level is a dozen elements.
const DEEPEST: usize = 256;

/// The prefixes by the ends of their namespaces, of the transitional form (`…/2006/main`) and of the strict one (`…/main`).
const PREFIXES: [(&str, &str); 13] = [
    ("/wordprocessingml/2006/main", "w"),
    ("/ooxml/wordprocessingml/main", "w"),
    ("/officeDocument/2006/relationships", "r"),
    ("/ooxml/officeDocument/relationships", "r"),
    ("/drawingml/2006/wordprocessingDrawing", "wp"),
    ("/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("/drawingml/2006/main", "a"),
    ("/ooxml/drawingml/main", "a"),
    ("/markup-compatibility/2006", "mc"),
    ("/officeDocument/2006/math", "m"),
    ("/ooxml/officeDocument/math", "m"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("/drawing/2017/decorative", "adec"),
];

/// An element, or a piece of text, which has no name.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Node {
    /// With its prefix: `w:p`. One that is not known has `?` for it.
    pub name: Box<str>,
    attributes: Vec<(Box<str>, String)>,
    pub children: Vec<Node>,
    /// Of a piece of text.
    pub text: String,
}

impl Node {
    /// The value of an attribute: `w:val`; one without a prefix is called by its name alone.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.as_str())
    }

    /// `w:val`, which nearly all elements have.
    pub fn val(&self) -> Option<&str> {
        self.attribute("w:val")
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| *child.name == *name)
    }

    /// A child of children: `["w:pPr", "w:numPr"]`.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// All children of that name.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| *child.name == *name)
    }

    /// The first element of that name, at any depth.
    pub fn find(&self, name: &str) -> Option<&Node> {
        self.children.iter().find_map(|child| if *child.name == *name { Some(child) } else { child.find(name) })
    }

    /// What a switch such as `w:b` says: on, if it is there and does not say off.
    pub fn switch(&self, name: &str) -> Option<bool> {
        self.child(name).map(|child| !matches!(child.val(), Some("0" | "false" | "off" | "none")))
    }

    /// All text below.
    pub fn words(&self) -> String {
        let mut words = self.text.clone();
        self.children.iter().for_each(|child| words.push_str(&child.words()));
        words
    }
}

/// The root of a file.
///
/// # Errors
/// What is wrong with it, in words that go on after `it`.
pub fn read(bytes: &[u8]) -> Result<Node, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8".to_string())?;
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        let (place, event) = (reader.buffer_position(), reader.read_event());
        let broken = |what: String| format!("is broken at byte {place}: {what}");
        match event.map_err(|error| broken(error.to_string()))? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(format!("is nested deeper than {DEEPEST} levels"));
                }
                open.push(element(&reader, &start).map_err(broken)?);
            }
            Event::Empty(start) => {
                let node = element(&reader, &start).map_err(broken)?;
                last(&mut open).children.push(node);
            }
            Event::End(_) => {
                let node = open.pop().expect("the reader has matched the names of ends and beginnings");
                last(&mut open).children.push(node);
            }
            Event::Text(text) => push_text(&mut open, &text.decode().map_err(|error| broken(error.to_string()))?),
            Event::CData(text) => push_text(&mut open, &text.decode().map_err(|error| broken(error.to_string()))?),
            Event::GeneralRef(name) => {
                let letter = entity(&name.decode().map_err(|error| broken(error.to_string()))?).map_err(broken)?;
                push_text(&mut open, letter.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err("declares a document type, which Word never does and which may call for other files".into()),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    match open.as_mut_slice() {
        [document] => document.children.drain(..).find(|node| !node.name.is_empty()).ok_or_else(|| "is empty".into()),
        _ => Err("ends too early".into()),
    }
}

fn last(open: &mut [Node]) -> &mut Node {
    open.last_mut().expect("the document itself is never closed")
}

fn push_text(open: &mut [Node], text: &str) {
    let above = last(open);
    match above.children.last_mut() {
        Some(before) if before.name.is_empty() => before.text.push_str(text),
        _ => above.children.push(Node { text: text.to_string(), ..Node::default() }),
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Node, String> {
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let mut node = Node { name: name(&namespace, local.as_ref()).into(), ..Node::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        node.attributes.push((name(&namespace, local.as_ref()).into(), value.into_owned()));
    }
    Ok(node)
}

fn name(namespace: &ResolveResult<'_>, local: &[u8]) -> String {
    let local = String::from_utf8_lossy(local);
    match namespace {
        ResolveResult::Unbound => local.into_owned(),
        ResolveResult::Unknown(_) => format!("?:{local}"),
        ResolveResult::Bound(Namespace(uri)) => {
            let uri = String::from_utf8_lossy(uri);
            let known = PREFIXES.iter().find(|(end, _)| uri.ends_with(end));
            format!("{}:{local}", known.map_or("?", |(_, prefix)| prefix))
        }
    }
}

/// A letter by its number, or one of the five that XML has names for.
fn entity(name: &str) -> Result<char, String> {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16)).or_else(|| Some(name.strip_prefix('#')?.parse()));
    match (number, name) {
        (Some(Ok(number)), _) => char::from_u32(number).ok_or_else(|| format!("`&{name};` is no letter")),
        (None, "amp") => Ok('&'),
        (None, "lt") => Ok('<'),
        (None, "gt") => Ok('>'),
        (None, "quot") => Ok('"'),
        (None, "apos") => Ok('\''),
        _ => Err(format!("`&{name};` is not known")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_prefixes_that_everybody_knows() {
        let strict = "<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main' xmlns:o='urn:o'><x:p x:val='a &amp; b' n='1'>A &#233;<o:q/></x:p></x:document>";
        let root = read(strict.as_bytes()).unwrap();
        let paragraph = root.child("w:p").unwrap();
        assert_eq!(
            (&*root.name, paragraph.val(), paragraph.attribute("n"), &*paragraph.words()),
            ("w:document", Some("a & b"), Some("1"), "A é")
        );
        assert!(paragraph.child("?:q").is_some());
    }

    #[test]
    fn what_word_never_writes_is_refused() {
        for (text, said) in [
            ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "document type"),
            ("<a>&x;</a>", "`&x;` is not known"),
            ("<a><b></a>", "broken"),
            ("<a><b>", "ends too early"),
            ("", "is empty"),
            (&"<a>".repeat(1000), "nested deeper"),
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
