//! As much of HTML as tests need to follow its links.

/// The values of an attribute, in the order of the text. Good enough for HTML that is known to be valid.
pub fn attributes(html: &str, name: &str) -> Vec<String> {
    let mut values = Vec::new();
    for tag in html.split('<').skip(1).filter(|tag| tag.starts_with(|first: char| first.is_ascii_alphabetic())) {
        let start = format!("{name}=\"");
        for (at, _) in tag.match_indices(&start) {
            let is_whole = tag[..at].ends_with(|before: char| before.is_whitespace());
            let value = tag[at + start.len()..].split('"').next().unwrap_or_default();
            if is_whole {
                values.push(plain(value));
            }
        }
    }
    values
}

/// Without the entities that stand for signs of HTML.
pub fn plain(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// What `%41` stands for.
pub fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()))
            .flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("text")
}
