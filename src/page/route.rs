//! Addresses: where a page lives, and which file an address is.
//!
//! It must not know the base URL: routes begin at the site's own root, such as `/briefings/x/`.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::front::Front;
use super::origin::{Origin, Role};
use crate::fingerprint::Fingerprint;

/// What a page is about; decides which list it belongs to and which template shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A briefing, study, … : what the site publishes.
    Briefing,
    Page,
    Topic,
    Tag,
    Author,
    Series,
    Person,
    Organisation,
    Place,
    Agreement,
}

/// Kinds by name and by the folder that gives them; folders of kinds without one are empty.
pub const KINDS: [(Kind, &str, &str); 9] = [
    (Kind::Topic, "topic", "topics"),
    (Kind::Tag, "tag", "tags"),
    (Kind::Author, "author", "authors"),
    (Kind::Series, "series", "series"),
    (Kind::Person, "person", "people"),
    (Kind::Organisation, "organisation", "organisations"),
    (Kind::Place, "place", "places"),
    (Kind::Agreement, "agreement", "agreements"),
    (Kind::Page, "page", ""),
];

impl Kind {
    /// The kind of that name, as front matter writes it.
    pub fn named(name: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, _, _)| *kind)
    }

    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// The folder and list of this kind: `people`.
    pub fn folder(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, folder)| folder)
    }

    /// What pages name in their front matter: topics, tags, authors, series.
    pub fn is_term(self) -> bool {
        matches!(self, Kind::Topic | Kind::Tag | Kind::Author | Kind::Series)
    }

    /// Things with a name in the world, which texts mention.
    pub fn is_entity(self) -> bool {
        matches!(self, Kind::Person | Kind::Organisation | Kind::Place | Kind::Agreement)
    }

    /// What somebody wrote and dated, and is not about a term or a thing in the world.
    pub fn is_written(self) -> bool {
        matches!(self, Kind::Briefing | Kind::Page)
    }

    /// The kind that a folder right under `content/` gives its pages.
    pub fn of_folder(top: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, _, folder)| !folder.is_empty() && *folder == top).map(|(kind, _, _)| *kind)
    }
}

/// Lower case; ASCII letters, digits, `-`, `_`, `.` stay, spaces become `-`, the rest is transliterated or left out.
pub fn slugify(text: &str) -> String {
    let text = &*composed(text);
    let plain = if text.is_ascii() { text.to_string() } else { deunicode::deunicode(text) };
    let mut slug = String::with_capacity(plain.len());
    for letter in plain.chars() {
        match letter {
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            'a'..='z' | '0'..='9' | '_' | '.' => slug.push(letter),
            '-' | ' ' | '\t' | '\n' | '/' if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_matches(|letter| letter == '-').trim_start_matches('.').to_string();
    if slug.is_empty() { format!("{:.8}", Fingerprint::of_bytes(text.as_bytes()).to_string()) } else { slug }
}

/// The address of a page, composed: its own `path`, else the folders and its slug. `prefix` is `/` or `/fr/`.
pub fn route(origin: &Origin, front: &Front, kind: Kind, prefix: &str) -> String {
    let route = route_as_written(origin, front, kind, prefix);
    if route.is_ascii() { route } else { composed(&route).into_owned() }
}

fn route_as_written(origin: &Origin, front: &Front, kind: Kind, prefix: &str) -> String {
    if let Some(path) = &front.path {
        return absolute(path);
    }
    let slug = match &front.slug {
        Some(slug) => slug.trim_matches('/').to_string(),
        None => slugify(&origin.name),
    };
    if origin.role == Role::Section && origin.folder.is_empty() {
        return prefix.to_string();
    }
    // A term lives right under its vocabulary, however deep its page lies; the vocabulary's own page is a section.
    if kind.is_term() && (&*origin.folder != kind.folder() || origin.role == Role::Page) {
        return format!("{prefix}{}/{slug}/", kind.folder());
    }
    let mut route = prefix.to_string();
    for folder in origin.section().split('/').filter(|folder| !folder.is_empty()) {
        route.push_str(&slugify(folder));
        route.push('/');
    }
    route.push_str(&slug);
    route.push('/');
    route
}

/// A path that an author wrote, as an address: from the root, and with a slash at its end unless it names a file.
pub fn absolute(path: &str) -> String {
    let inner: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if inner.is_empty() {
        return "/".into();
    }
    let joined = inner.join("/");
    if is_file(&joined) { format!("/{joined}") } else { format!("/{joined}/") }
}

/// Whether an alias is an old address. One without a slash is another name of the page, as in Obsidian.
pub fn is_address(alias: &str) -> bool {
    alias.contains('/')
}

/// The address that an alias of the page at `route` is, as Hugo reads it: from the root with a slash in front, else beside the page. It may have been
/// copied from a browser, percent-encoded.
pub fn alias_address(alias: &str, route: &str) -> String {
    let alias = decode(alias);
    if alias.starts_with('/') {
        return composed(&absolute(&alias)).into_owned();
    }
    let folder = route.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in alias.split('/') {
        match part {
            "." => {}
            // Above the root there is nothing, so that one stays there.
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    composed(&absolute(&parts.join("/"))).into_owned()
}

/// Whether a file at an alias can lead to a page: the alias is a plain path on this site, and hosts take nothing in it for a pattern, a folder
/// above or a file that they keep to themselves.
pub fn can_redirect(alias: &str) -> bool {
    let mut beside = alias;
    while let Some(rest) = beside.strip_prefix("./").or_else(|| beside.strip_prefix("../")) {
        beside = rest;
    }
    // A question mark that is encoded is part of a name.
    is_plain(beside)
        && decode(beside)
            .split('/')
            .all(|part| !part.starts_with(['.', ':']) && !part.contains(['\\', '*']) && !part.contains(char::is_control))
}

fn is_plain(alias: &str) -> bool {
    let scheme = alias.split(['/', '.']).next().and_then(|first| first.split_once(':')).map_or("", |(scheme, _)| scheme);
    let is_elsewhere = alias.starts_with("//") || !scheme.is_empty();
    let is_pattern = alias.contains(['?', '#', '*', '\\']) || alias.chars().any(char::is_control);
    !is_elsewhere && !is_pattern && !alias.split('/').any(|part| part.starts_with(['.', ':']))
}

/// The extensions by which an address is taken for a file; a dot alone makes none (`/v1.2/`).
const FILES: [&str; 9] = ["html", "htm", "xml", "json", "txt", "php", "aspx", "asp", "pdf"];

fn is_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| FILES.contains(&extension.to_ascii_lowercase().as_str()))
}

/// The folder in which what belongs to a list or a page lies: feeds, further parts. `/a/` → `/a/`; a file (`/a.html`) has no room below it but
/// beside it: `/a/`.
pub fn folder_below(route: &str) -> Cow<'_, str> {
    if route.ends_with('/') {
        return route.into();
    }
    let stem = if is_file(route) { route.rsplit_once('.').map_or(route, |(stem, _)| stem) } else { route };
    format!("{stem}/").into()
}

/// The file in the output that an address is: `/a/` → `a/index.html`, `/a.html` → `a.html`.
pub fn output_path(route: &str) -> String {
    let inner = route.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_string() }
}

/// The address that a file in the output is: `a/index.html` → `/a/`, `a.html` → `/a.html`.
pub fn address_of(path: &str) -> String {
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    format!("/{}", folder.unwrap_or(path))
}

/// The folder of an address, in which what lies beside it is: `/a/b/` → `/a/b`, `/a/b.html` → `/a`.
pub fn folder_of(route: &str) -> &str {
    route.rsplit_once('/').map_or("/", |(folder, _)| folder)
}

/// `path` read from `folder`, with its dots resolved; `None` if it climbs over the top.
pub fn climb(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What may stand in the path of an address as it is, besides letters and digits (RFC 3986); and in a query, which is kept as it was written. An
/// apostrophe may, but HTML writes it with a `#`, by which those who look for the end of a path would be misled.
const PATH: Plain = plain(b"/-_.~!$&()*+,;=:@");
const QUERY: Plain = plain(b"/-_.~!$&'()*+,;=:@?%");

/// For each byte, whether it may stand as it is.
type Plain = [bool; 256];

const fn plain(marks: &[u8]) -> Plain {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < marks.len() {
        plain[marks[at] as usize] = true;
        at += 1;
    }
    plain
}

/// Percent-encodes what may not stand in the path of an address as it is (RFC 3986): a plain route becomes an address, `%` becomes `%25`.
pub fn encode(path: &str) -> Cow<'_, str> {
    escape(path, &PATH)
}

/// Percent-encodes what may not stand in a query, but for what its author encoded.
pub fn encode_query(query: &str) -> Cow<'_, str> {
    escape(query, &QUERY)
}

/// Percent-decoding (<https://www.rfc-editor.org/rfc/rfc3986#section-2.1>); what would not be UTF-8 stays as it is written.
pub fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Text with each letter and its marks as one sign where there is one (NFC): a Mac names files with the marks apart, and both look alike.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether a plain path begins with one of the settings, which may have been copied from a browser.
pub fn begins_with(path: &str, begin: &str) -> bool {
    path.starts_with(begin) || composed(path).starts_with(&*composed(&decode(begin)))
}

fn escape<'a>(text: &'a str, plain: &Plain) -> Cow<'a, str> {
    let is_plain = |byte: u8| plain[byte as usize];
    if text.bytes().all(is_plain) {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if is_plain(byte) {
            escaped.push(byte as char);
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped.into()
}

/// A spelling without what does not tell terms and names apart: case, spaces, hyphens, underscores, and how an accent or apostrophe is typed.
///
/// Case is folded by way of the capitals, so that `ß` is `SS` and both sigmas are one; marks are taken apart before that and after
/// (<https://www.unicode.org/versions/latest/core-spec/chapter-3/#G53253>).
pub fn normal(spelling: &str) -> String {
    if spelling.is_ascii() {
        let kept = spelling.bytes().filter(|letter| !letter.is_ascii_whitespace() && !matches!(letter, b'-' | b'_' | b'\x0b'));
        return kept.map(|letter| if letter == b'`' { '\'' } else { char::from(letter.to_ascii_lowercase()) }).collect();
    }
    let folded = spelling.nfd().flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    let mut normal = String::with_capacity(spelling.len());
    for letter in folded.nfd() {
        match letter {
            '-' | '_' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '`' | '\u{b4}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => normal.push('\''),
            // The dot of a Turkish capital I, which the small letter has anyway.
            '\u{307}' if normal.ends_with('i') => {}
            letter if letter.is_whitespace() => {}
            letter => normal.push(letter),
        }
    }
    normal
}

/// The fingerprint under which a name is looked up among the silences of the gate.
pub fn hidden_name(name: &str) -> Fingerprint {
    Fingerprint::of_bytes(normal(name.trim_matches('/')).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_ascii() {
        assert_eq!(slugify("Défense  spending: 2 %"), "defense-spending-2");
        assert_eq!(slugify("v1.2_Final"), "v1.2_final");
        assert_eq!(slugify("C#"), slugify("C++"));
        assert_eq!(slugify("北京"), "bei-jing");
        assert_eq!(slugify("???").len(), 8);
    }

    #[test]
    fn spellings_of_one_name_are_one_in_every_script() {
        let same = [
            ["Stra\u{df}e", "STRASSE"],
            ["STRA\u{1e9e}E", "strasse"],
            ["\u{3a3}\u{38a}\u{3a3}\u{3a5}\u{3a6}\u{39f}\u{3a3}", "\u{3c3}\u{3af}\u{3c3}\u{3c5}\u{3c6}\u{3bf}\u{3c2}"],
            ["T\u{fc}rkiye", "T\u{dc}RK\u{130}YE"],
            ["D\u{e9}fense", "De\u{301}fense"],
            ["Cyber-Defence", "cyber\u{2013}defence"],
            ["Cyber defence", "Cyber\u{a0}\u{2212}\u{2009}Defence"],
            ["People's Army", "people\u{2019}s army"],
            ["O`Brien", "o'brien"],
            ["Nord_Stream", "NORD STREAM"],
        ];
        for [one, other] in same {
            assert_eq!(normal(one), normal(other), "{one}, {other}");
        }
        for [one, other] in [["C#", "C++"], ["Se", "S\u{e9}"], ["it's", "its"]] {
            assert_ne!(normal(one), normal(other), "{one}, {other}");
        }
    }

    #[test]
    fn an_alias_is_a_plain_path_on_this_site() {
        for alias in
            ["/a/", "old/", "./old", "../../old", "/2019/x.html", "/v1.2/", "/\u{fc}ber uns/", "/b%C3%BCrger/", "/100%/", "/a%3Fb/"]
        {
            assert!(can_redirect(alias), "{alias}");
        }
        let bad = [
            "/a/*",
            "/:year/x",
            "/a/../b",
            "//host/x",
            "https://x.org/",
            "mailto:x",
            "/a\\b",
            "/.git/x",
            ".git",
            "/?p=1",
            "/a#b",
            "/a\nb",
            "/a%0Ab/",
            "/%2E%2E/x",
            "./.git/x",
        ];
        for alias in bad {
            assert!(!can_redirect(alias), "{alias}");
        }
    }

    #[test]
    fn an_alias_is_read_from_the_root_or_from_where_the_page_lies() {
        let cases = [
            ("/old/", "/old/"),
            ("old/", "/briefings/old/"),
            ("./old", "/briefings/old/"),
            ("../old", "/old/"),
            ("../../../old", "/old/"),
            ("2019/x.html", "/briefings/2019/x.html"),
            ("/b%C3%BCrger/", "/b\u{fc}rger/"),
            ("/bu\u{308}rger/", "/b\u{fc}rger/"),
            ("/100%/", "/100%/"),
        ];
        for (alias, address) in cases {
            assert_eq!(alias_address(alias, "/briefings/a/"), address, "{alias}");
        }
        assert_eq!(alias_address("./old", "/briefings/a.html"), "/briefings/old/");
        assert_eq!((alias_address("./old", "/"), alias_address("./old", "/fr/a/")), ("/old/".into(), "/fr/old/".into()));
    }

    #[test]
    fn what_belongs_to_a_page_that_is_a_file_lies_beside_it() {
        assert_eq!((folder_below("/a/"), folder_below("/a.html"), folder_below("/")), ("/a/".into(), "/a/".into(), "/".into()));
    }

    #[test]
    fn what_is_encoded_is_decoded_once_unless_it_is_no_text() {
        assert_eq!(
            (decode("/b%C3%BCr%20ger/"), decode("100%"), decode("%FF%zz%41")),
            ("/b\u{fc}r ger/".into(), "100%".into(), "%FF%zz%41".into())
        );
        assert_eq!(decode("%2541"), "%41");
    }

    #[test]
    fn a_path_names_a_file_only_by_a_known_extension() {
        assert_eq!(output_path(&absolute("/a.html")), "a.html");
        assert_eq!(output_path(&absolute("v1.2")), "v1.2/index.html");
        assert_eq!(absolute("../../etc"), "/etc/");
    }

    #[test]
    fn an_address_is_told_from_its_file() {
        for address in ["/", "/a/", "/a/b.html", "/a/myindex.html"] {
            assert_eq!(address_of(&output_path(address)), address);
        }
    }

    #[test]
    fn signs_of_names_that_mean_something_in_addresses_are_encoded() {
        assert_eq!(encode("/100%/a?b#c.csv"), "/100%25/a%3Fb%23c.csv");
        assert_eq!(encode("/it's \"ü\"/"), "/it%27s%20%22%C3%BC%22/");
        assert_eq!(encode_query("a=%20b c"), "a=%20b%20c");
    }
}
