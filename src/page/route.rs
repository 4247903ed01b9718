//! Where a page lives, and by what names it is known.
//!
//! Routes begin at the site's own root, such as `/briefings/x/`. It must not know other pages.

mod pattern;

use unicode_normalization::UnicodeNormalization;

use super::front::Front;
use super::origin::{Origin, Role};
use crate::config::permalinks::{Pattern, Permalinks, Word};
use crate::fingerprint::Fingerprint;
use crate::url::{absolute, composed, decode, slugify};

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

    /// The name as it is written in front matter and in links.
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

    /// The kind that a page has by where it lies, if it does not say another. `people/_index.md` is about no person.
    pub fn from_origin(origin: &Origin) -> Kind {
        let is_own_list = origin.role != Role::Page && Kind::from_folder(&origin.folder).is_some();
        if is_own_list { Kind::Page } else { Kind::from_folder(origin.top()).unwrap_or(Kind::Briefing) }
    }

    /// The kind that a folder right under `content/` gives its pages.
    pub fn from_folder(top: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, _, folder)| !folder.is_empty() && *folder == top).map(|(kind, _, _)| *kind)
    }
}

/// The address of a page, composed: its own `path`, else by the pattern of its section or kind, else the folders and its slug. `prefix` is `/` or `/fr/`.
///
/// A page of which a pattern wants what it does not say has the address that it would have without, and the word is told.
pub fn route(origin: &Origin, front: &Front, kind: Kind, prefix: &str, permalinks: &Permalinks) -> (String, Option<Word>) {
    let by_pattern = pattern::of_page(origin, front, kind, permalinks).map(|found| found.fill(|word| pattern::said(word, origin, front)));
    let own_list =
        Kind::from_folder(&origin.folder).filter(|_| origin.role == Role::Section && front.path.is_none() && !permalinks.is_empty());
    let (route, missing) = match by_pattern {
        _ if let Some(kind) = own_list => (format!("{prefix}{}", of_list(kind, permalinks)), None),
        Some(Ok(path)) => (absolute(&format!("{prefix}{path}")), None),
        Some(Err(missing)) => (route_as_written(origin, front, kind, prefix), Some(missing)),
        None => (route_as_written(origin, front, kind, prefix), None),
    };
    (if route.is_ascii() { route } else { composed(&route).into_owned() }, missing)
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

/// The address of a term that no page is about, composed.
pub fn of_term(kind: Kind, name: &str, prefix: &str, permalinks: &Permalinks) -> String {
    let slug = slugify(name);
    let only_slug = |word: Word| matches!(word, Word::Slug | Word::Title | Word::ContentBaseName).then(|| slug.clone());
    match permalinks.of_kind(kind.folder()).map(|pattern| pattern.fill(only_slug)) {
        Some(Ok(path)) => absolute(&format!("{prefix}{path}")),
        _ => format!("{prefix}{}/{slug}/", kind.folder()),
    }
}

/// The folder in which the list of a kind or taxonomy lives: `topics/`, or where the pattern of its pages begins.
pub fn of_list(kind: Kind, permalinks: &Permalinks) -> String {
    let own = permalinks.of_kind(kind.folder()).map(Pattern::folder).filter(|folder| !folder.is_empty());
    own.map_or_else(|| format!("{}/", kind.folder()), str::to_string)
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

/// The fingerprint under which a name is looked up among the hidden names of the gate.
pub fn hidden_name(name: &str) -> Fingerprint {
    Fingerprint::of_bytes(normal(name.trim_matches('/')).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
