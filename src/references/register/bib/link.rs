//! Addresses and identifiers in `.bib`: what LaTeX had to escape is taken back.

/// The text of a field that is no prose: braces and backslashes of LaTeX are taken off, and so is white space.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let length = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (name, behind) = rest.split_at(length);
                let sign = match name {
                    "textasciitilde" | "sim" => "~",
                    "textunderscore" => "_",
                    "textpercent" => "%",
                    "textasciicircum" => "^",
                    "textbackslash" => "\\",
                    _ => "",
                };
                plain.push_str(sign);
                if !name.is_empty() {
                    rest = behind;
                } else if let Some(sign) = rest.chars().next() {
                    plain.push(sign);
                    rest = &rest[sign.len_utf8()..];
                }
            }
            '{' | '}' => {}
            letter if letter.is_whitespace() => {}
            letter => plain.push(letter),
        }
    }
    plain
}

/// The address in a `url` field; `None` if it gives no link.
pub fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let inside = written.strip_prefix("\\url").or_else(|| written.strip_prefix("\\href")).map(str::trim_start);
    // Of `\href{address}{text}` only the address.
    let written = inside.and_then(|inside| inside.strip_prefix('{')).map_or(written, |inside| first_group(inside));
    let url = unescape(written);
    let url = url.trim_start_matches('<').trim_end_matches('>');
    let lower = url.to_ascii_lowercase();
    let is_address = ["https://", "http://", "ftp://"].iter().any(|scheme| {
        lower.strip_prefix(scheme).is_some_and(|rest| rest.contains('.') || rest.contains(':') || rest.starts_with("localhost"))
    });
    if is_address {
        return Some(url.to_string());
    }
    (lower.starts_with("www.") && lower.len() > 8).then(|| format!("https://{url}"))
}

/// What stands before the brace that closes a group.
fn first_group(inside: &str) -> &str {
    let mut depth = 0_usize;
    let end = inside.bytes().position(|byte| match byte {
        b'{' => {
            depth += 1;
            false
        }
        b'}' if depth == 0 => true,
        b'}' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    &inside[..end.unwrap_or(inside.len())]
}

/// The identifier in a `doi` field, without what leads to it: `10.1000/x`. `None` if it is none.
pub fn doi(written: &str) -> Option<String> {
    let written = written.trim();
    let inside = written.strip_prefix("\\url").or_else(|| written.strip_prefix("\\href")).map(str::trim_start);
    let written = inside.and_then(|inside| inside.strip_prefix('{')).map_or(written, |inside| first_group(inside));
    let plain = unescape(written);
    let lower = plain.to_ascii_lowercase();
    let start = ["https://", "http://"].iter().find(|scheme| lower.starts_with(**scheme)).map_or(0, |scheme| scheme.len());
    let host =
        ["dx.doi.org/", "www.doi.org/", "doi.org/", "doi:", "urn:doi:", "doi"].iter().find(|host| lower[start..].starts_with(**host));
    let doi = plain[start + host.map_or(0, |host| host.len())..].trim_start_matches([':', '/']);
    (doi.starts_with("10.") && doi.contains('/')).then(|| doi.to_string())
}
