//! XML as feeds and sitemaps are written in it: elements, attributes and texts, each without the characters that no reader of XML takes.
//!
//! It must not know what is written.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::{ElementWriter, Writer};

/// Where XML is written to. All that gets there goes through the functions of this room. It comes in small pieces, and is handed on as a whole.
pub struct Xml<'w> {
    writer: Writer<&'w mut Vec<u8>>,
}

/// The attributes of an element, by name.
type Attributes<'a> = [(&'a str, &'a str)];

impl<'w> Xml<'w> {
    /// A document: its declaration, the element `root` with what `inside` writes, and the end of the line.
    pub fn document(
        out: &mut dyn Write,
        root: &str,
        attributes: &Attributes,
        inside: impl FnOnce(&mut Xml) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut text = Vec::with_capacity(1 << 14);
        let mut xml = Xml { writer: Writer::new(&mut text) };
        xml.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        xml.holder(root, attributes, inside)?;
        text.push(b'\n');
        out.write_all(&text)
    }

    /// An element with others in it.
    pub fn holder(&mut self, name: &str, attributes: &Attributes, inside: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
        // What writes the inside is this writer, lent for a while.
        let lent = |writer: &mut Writer<&mut Vec<u8>>| inside(&mut Xml { writer: Writer::new(&mut **writer.get_mut()) });
        self.element(name, attributes).write_inner_content(lent).map(drop)
    }

    /// An element with a text.
    pub fn text(&mut self, name: &str, attributes: &Attributes, text: &str) -> io::Result<()> {
        self.element(name, attributes).write_text_content(BytesText::new(&printable(text))).map(drop)
    }

    /// An element with attributes only.
    pub fn empty(&mut self, name: &str, attributes: &Attributes) -> io::Result<()> {
        self.element(name, attributes).write_empty().map(drop)
    }

    fn element<'a>(&'a mut self, name: &'a str, attributes: &Attributes) -> ElementWriter<'a, &'w mut Vec<u8>> {
        let element = self.writer.create_element(name);
        attributes.iter().fold(element, |element, (name, value)| element.with_attribute((*name, &*printable(value))))
    }
}

/// A text without the characters for which XML 1.0 has no place, not even escaped (<https://www.w3.org/TR/xml/#charsets>), and without the other
/// controls: they come with text that was copied from elsewhere.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_wrong = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || matches!(letter, '\u{FFFE}' | '\u{FFFF}');
    // Nearly no text has any of them; these bytes are in all that have: 0xC2 begins the controls beyond ASCII, 0xEF the last two letters.
    let may_be = |byte: &u8| (*byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7F | 0xC2 | 0xEF);
    // A block is looked at as a whole, which takes a fraction of the time of one letter after the other.
    let may_have = |block: &[u8]| block.iter().fold(false, |found, byte| found | may_be(byte));
    if text.as_bytes().chunks(64).any(may_have) && text.contains(is_wrong) { text.replace(is_wrong, "").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_no_reader_takes_are_left_out() {
        assert_eq!(printable("co\u{FFFE}operation\u{FFFF} \u{1}of\u{b}\u{7f} \u{85}states\u{0}"), "cooperation of states");
        assert!(matches!(printable("tab\tand\r\nline, é, \u{FFFD}, \u{A0}, 見"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_text_and_every_value_is_printable_and_escaped() {
        let mut written = Vec::new();
        Xml::document(&mut written, "a", &[("b", "1\u{FFFE}\"<")], |xml| {
            xml.text("c", &[("d", "\u{1}&")], "x\u{FFFF} < y")?;
            xml.empty("e", &[("f", "\u{b}g")])
        })
        .unwrap();
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?><a b=\"1&quot;&lt;\"><c d=\"&amp;\">x &lt; y</c><e f=\"g\"/></a>\n";
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }
}
