//! What is put into HTML: text, the values of attributes, addresses.
//!
//! It must not know where it is put.

/// Adds text, or the value of an attribute, with the letters escaped that mean something in HTML. NUL is no text and becomes U+FFFD, as in CommonMark.
pub fn escape(text: &str, html: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{FFFD}",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(escaped);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

/// Adds an address as the value of an attribute: letters that no address may hold are percent-encoded, what is encoded already stays.
pub fn escape_address(address: &str, html: &mut String) {
    let mut from = 0;
    for (at, byte) in address.bytes().enumerate() {
        let plain = !matches!(byte, 0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'`' | b'{' | b'}' | b'^' | b'|' | b'&' | 0x7F);
        if plain {
            continue;
        }
        html.push_str(&address[from..at]);
        from = at + 1;
        if byte == b'&' {
            html.push_str("&amp;");
        } else {
            html.push('%');
            html.push(char::from(b"0123456789ABCDEF"[byte as usize >> 4]));
            html.push(char::from(b"0123456789ABCDEF"[byte as usize & 15]));
        }
    }
    html.push_str(&address[from..]);
}

/// Adds a number in digits, which the machinery of formats takes ten times as long for.
pub fn number(number: usize, html: &mut String) {
    if number >= 10 {
        self::number(number / 10, html);
    }
    html.push(char::from(b'0' + (number % 10) as u8));
}

/// Adds ` name="value"`.
pub fn attribute(name: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape(value, html);
    html.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_what_is_encoded_and_encode_the_rest() {
        let mut html = String::new();
        escape_address("/a%20b c?x=1&y=\"é", &mut html);
        assert_eq!(html, "/a%20b%20c?x=1&amp;y=%22é");
    }

    #[test]
    fn numbers_are_written_in_digits() {
        let mut html = String::new();
        [0, 7, 10, 4096].into_iter().for_each(|one| number(one, &mut html));
        assert_eq!(html, "07104096");
    }
}
