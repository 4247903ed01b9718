//! What a site is held against: addresses that readers know, wherever they are written down.
//!
//! Owns the forms in which they may be: a manifest of ours, a sitemap (<https://www.sitemaps.org/protocol.html>), a list with one a line, the output folder
//! of any generator. It must not know the site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use walkdir::WalkDir;

use crate::cli::error::Error;
use crate::config::BaseUrl;
use crate::publish::{Published, Record};
use crate::url::decode;

/// Addresses that were published, as paths in an output.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Against {
    /// For each address the paths at which a file would answer to it, the likeliest first.
    pub paths: Vec<Vec<String>>,
    /// Hosts that are not the site's own, of which the paths alone are compared.
    pub hosts: BTreeSet<String>,
    /// What a manifest of ours has recorded of the pages, unless it is that of a preview.
    pub record: Record,
}

/// So large may a file of addresses be.
const LARGEST: u64 = 200 << 20;

/// What only helps a page to look as it does, and is called otherwise by every generator; and sources, which are no output.
const HELPERS: [&str; 19] = [
    "md", "markdown", "css", "js", "mjs", "map", "json", "xml", "txt", "svg", "ico", "png", "jpg", "jpeg", "gif", "webp", "woff", "woff2",
    "ttf",
];

impl Against {
    /// Reads the addresses that a file or folder says; `shown` is its name as it was given.
    ///
    /// # Errors
    /// It cannot be read, or says none.
    pub fn read(path: &Path, shown: &Path, base: Option<&BaseUrl>) -> Result<Against, Error> {
        if path.is_dir() {
            return folder(path, shown);
        }
        let size = fs::metadata(path).map_err(|error| none(shown, error))?.len();
        if size > LARGEST {
            return Err(none(shown, format!("it has more than {} MB", LARGEST >> 20)));
        }
        let bytes = fs::read(path).map_err(|error| Error::io("read", shown, error))?;
        let text = std::str::from_utf8(&bytes).map_err(|error| none(shown, error.to_string()))?;
        match text.trim_start_matches('\u{feff}').trim_start() {
            text if text.starts_with('{') => Against::of_manifest(&bytes).map_err(|why| none(shown, why)),
            text if text.starts_with('<') => sitemap(text, shown, base),
            text => list(text, shown, base),
        }
    }

    fn of_manifest(bytes: &[u8]) -> Result<Against, String> {
        let published = Published::from_json(bytes)?;
        let there = published.files.iter().filter(|(path, known)| !known.is_leaving && path.ends_with(".html"));
        let paths = there.map(|(path, _)| vec![path.to_string()]).collect();
        let record = if published.is_preview { Record::default() } else { published.record };
        Ok(Against { paths, record, ..Against::default() })
    }

    /// Adds an address; true if it is one.
    fn add(&mut self, address: &str, base: Option<&BaseUrl>) -> bool {
        let address = address.split(['#', '?']).next().unwrap_or_default();
        let (host, path) = match address.split_once("://").or_else(|| Some(("http", address.strip_prefix("//")?))) {
            Some(("http" | "https", rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            Some(_) => return false,
            None if address.starts_with('/') => ("", address),
            None => return false,
        };
        let own = base.map_or("", |base| base.host.as_str());
        if !host.is_empty() && !host.eq_ignore_ascii_case(own) {
            self.hosts.insert(host.to_string());
        }
        let below = base.map_or("", |base| base.path.trim_end_matches('/'));
        let path = path.strip_prefix(below).filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(path);
        self.paths.push(candidates(&decode(path)));
        true
    }
}

/// The paths in an output that answer to a path of an address.
fn candidates(path: &str) -> Vec<String> {
    let path = path.trim_start_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    match (last.is_empty(), last.contains('.')) {
        (true, _) => vec![format!("{path}index.html")],
        (_, true) => vec![path.to_string(), format!("{path}/index.html")],
        _ => vec![format!("{path}/index.html"), format!("{path}.html"), path.to_string()],
    }
}

fn none(shown: &Path, why: impl std::fmt::Display) -> Error {
    Error::usage(format!("`{}` names no addresses that were published: {why}", shown.display())).hint(FORMS)
}

/// What is taken.
const FORMS: &str = "`--against` takes the `.chancery-manifest.json` that `chancery publish` leaves where it publishes, a sitemap, a list with one address \
    a line, or the output folder of a generator";

/// The addresses of a sitemap. One that only names others does not say which they are.
fn sitemap(text: &str, shown: &Path, base: Option<&BaseUrl>) -> Result<Against, Error> {
    let mut reader = Reader::from_str(text);
    let (mut against, mut is_location, mut location) = (Against::default(), false, String::new());
    loop {
        match reader.read_event() {
            Err(error) => {
                let line = 1 + text[..(reader.error_position() as usize).min(text.len())].bytes().filter(|byte| *byte == b'\n').count();
                return Err(none(shown, format!("line {line}: {error}")));
            }
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == b"sitemap" => {
                return Err(none(shown, "it is an index of sitemaps")
                    .hint("name each of the sitemaps in it, or one list with the addresses of all"));
            }
            Ok(Event::Start(tag)) => is_location = tag.local_name().as_ref() == b"loc",
            Ok(Event::Text(piece)) if is_location => location.push_str(&piece.decode().unwrap_or_default()),
            Ok(Event::CData(piece)) if is_location => location.push_str(&String::from_utf8_lossy(&piece)),
            Ok(Event::GeneralRef(name)) if is_location => {
                location.push_str(quick_xml::escape::resolve_predefined_entity(&name.decode().unwrap_or_default()).unwrap_or_default());
            }
            Ok(Event::End(_)) if is_location => {
                against.add(location.trim(), base);
                location.clear();
                is_location = false;
            }
            Ok(_) => {}
        }
    }
    if against.paths.is_empty() { Err(none(shown, "there is no address in it")) } else { Ok(against) }
}

/// The addresses of a list, one a line; blank lines and those that begin with `#` say nothing.
fn list(text: &str, shown: &Path, base: Option<&BaseUrl>) -> Result<Against, Error> {
    let mut against = Against::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') && !against.add(line, base) {
            let shown_line: String = line.chars().take(80).collect();
            let message = format!("line {} of `{}` is no address: `{shown_line}`", number + 1, shown.display());
            return Err(Error::usage(message).hint("an address begins with `https://` or `/`").hint(FORMS));
        }
    }
    if against.paths.is_empty() { Err(none(shown, "there is no address in it")) } else { Ok(against) }
}

/// The pages and documents of an output folder.
fn folder(path: &Path, shown: &Path) -> Result<Against, Error> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|error| none(shown, error))?;
        let Some(inside) = entry.path().strip_prefix(path).ok().and_then(Path::to_str).filter(|_| entry.file_type().is_file()) else {
            continue;
        };
        let inside = inside.replace('\\', "/");
        let name = inside.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if !ending.is_empty() && !HELPERS.contains(&&*ending) && !inside.split('/').any(|part| part.starts_with(['.', '_'])) {
            paths.push(vec![inside]);
        }
    }
    if paths.is_empty() { Err(none(shown, "there is no page in the folder")) } else { Ok(Against { paths, ..Against::default() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> BaseUrl {
        crate::config::address::base_url("https://new.example/sub/".into()).ok().flatten().expect("an address")
    }

    fn read(text: &str) -> Result<Against, Error> {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("x");
        fs::write(&path, text).expect("a file");
        Against::read(&path, Path::new("x"), Some(&base()))
    }

    fn first(text: &str) -> Vec<String> {
        read(text).expect("addresses").paths.into_iter().map(|paths| paths[0].clone()).collect()
    }

    #[test]
    fn a_list_has_an_address_a_line_and_a_sitemap_its_locations() {
        assert_eq!(
            first("# old\n\nhttps://new.example/sub/a/\n//new.example/sub/b.html\nhttps://old.example/c\n/b%C3%BC/?q#x\n"),
            ["a/index.html", "b.html", "c/index.html", "bü/index.html"]
        );
        assert_eq!(read("https://old.example/c\n").expect("an address").hosts, BTreeSet::from(["old.example".to_string()]));
        let sitemap = "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc> https://new.example/sub/a&amp;b/ </loc>\
                       <lastmod>2020</lastmod></url><url><loc><![CDATA[https://new.example/sub/]]></loc></url></urlset>";
        assert_eq!(first(sitemap), ["a&b/index.html", "index.html"]);
    }

    #[test]
    fn what_names_no_addresses_is_told_with_the_line() {
        let told = |text: &str| read(text).expect_err("no addresses").to_string();
        assert!(told("/a/\nsoon\n").contains("line 2 of `x` is no address: `soon`"), "{}", told("/a/\nsoon\n"));
        assert!(told("").contains("there is no address in it"));
        assert!(told("<urlset>\n<url><loc>x</url>").contains("line 2"), "{}", told("<urlset>\n<url><loc>x</url>"));
        assert!(told("<sitemapindex><sitemap><loc>https://x/</loc></sitemap></sitemapindex>").contains("an index of sitemaps"));
        assert!(told("{\"a\": 1}").contains("names no addresses"));
        assert!(told("ftp://x/\n").contains("line 1"));
    }

    #[test]
    fn of_a_folder_pages_and_documents_count() {
        let place = tempfile::tempdir().expect("a folder");
        for path in
            ["index.html", "a/index.html", "b.html", "files/r.pdf", "css/x.css", "a/pic.png", "feed.xml", ".well-known/x.html", "CNAME"]
        {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "x").expect("a file");
        }
        let found = Against::read(place.path(), Path::new("x"), None).expect("addresses");
        assert_eq!(found.paths.concat(), ["a/index.html", "b.html", "files/r.pdf", "index.html"]);
    }
}
