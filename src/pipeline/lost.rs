//! Addresses that were published and lead nowhere now, as the plan of all files shows it.
//!
//! It must not know where a manifest lies or how it is read. What is hidden on purpose is not lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, nearest};
use crate::gate::HiddenFiles;
use crate::page::facts::Facts;
use crate::page::route::KINDS;
use crate::url::{address_of, output_path, slugify};

/// To more lost addresses no page is sought that is only spelt alike: each is compared with all.
const SOUGHT: usize = 100;

/// An address that was published and leads nowhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub address: String,
    /// The page that it may have become.
    pub became: Option<Candidate>,
}

/// A page that may have lived at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The path of its source.
    pub path: String,
    /// Whether it is called as the address ends, and no other page is.
    pub is_sure: bool,
}

/// What was published and is none of `outputs` now. Of each address `published` has the paths in an output that answer to it, of which one is enough;
/// `public` are the pages of the site, `hidden` what nobody sees of it.
pub fn lost<'a, 'p>(
    published: impl IntoIterator<Item = &'p [String]>,
    outputs: impl IntoIterator<Item = &'a str>,
    public: &[Arc<Facts>],
    hidden: &HiddenFiles,
) -> Vec<Lost> {
    let published: BTreeSet<&[String]> = published.into_iter().collect();
    let outputs: BTreeSet<&str> = outputs.into_iter().collect();
    let is_there = |path: &String| outputs.contains(&**path) || is_continued(path) || hidden.contains(path);
    let lost: Vec<&str> =
        published.iter().filter(|paths| !paths.iter().any(is_there)).filter_map(|paths| paths.first()).map(String::as_str).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let before: BTreeSet<&str> = published.iter().flat_map(|paths| paths.iter()).map(String::as_str).collect();
    let moved = Moved::new(public.iter().map(|fact| &**fact).filter(|fact| !before.contains(&*output_path(fact.route()))));
    let is_sought = lost.len() <= SOUGHT;
    let became = |path: &str| moved.named(path).or_else(|| moved.like(path).filter(|_| is_sought));
    lost.into_iter().map(|path| Lost { address: address_of(path), became: became(path) }).collect()
}

impl Lost {
    /// What is said of it.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let address = &self.address;
        let problem = Diagnostic::error("lost-address", format!("the address `{address}` was published, and leads nowhere now"));
        let problem = problem.hint(match what(address) {
            What::Page => format!("give the page that took its place `aliases: [\"{address}\"]`"),
            What::Document => format!("put the file back, at `static{address}`"),
            What::NoAlias => {
                "no page can have it as an alias: write a rule for it into `static/_redirects`, or where your host has them".to_string()
            }
        });
        match &self.became {
            Some(page) => problem.hint(format!("did it become `{}`?", page.path)),
            None => problem,
        }
    }
}

/// What an address was one of.
#[derive(Debug, PartialEq, Eq)]
enum What {
    Page,
    /// A file with an extension of its own.
    Document,
    /// Made by rules of a server, or by a program.
    NoAlias,
}

fn what(address: &str) -> What {
    let name = address.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        _ if address.contains(['*', ':', '?', '"', '\\']) || address.split('/').any(|part| part == "..") => What::NoAlias,
        Some("php" | "asp" | "aspx" | "jsp" | "cgi") => What::NoAlias,
        Some("html" | "htm") | None => What::Page,
        Some(_) => What::Document,
    }
}

/// True for what only goes on with another page: the parts of a list after its first, and the rest of the links to a page. They come and go with the
/// number of what they show.
pub fn is_continued(path: &str) -> bool {
    let Some(folder) = path.strip_suffix("/index.html") else { return false };
    let mut parts = folder.rsplit('/');
    match parts.next() {
        Some("linked-from") => true,
        Some(number) => number.bytes().all(|digit| digit.is_ascii_digit()) && parts.next() == Some("page"),
        None => false,
    }
}

/// Pages at addresses that were not published: one of them may have moved there. By the last part of its address, and by its title; a name that several
/// pages have is that of the first.
struct Moved<'a>(BTreeMap<String, (&'a Facts, usize)>);

impl<'a> Moved<'a> {
    fn new(pages: impl Iterator<Item = &'a Facts>) -> Moved<'a> {
        let mut named: BTreeMap<String, (&Facts, usize)> = BTreeMap::new();
        for page in pages {
            for name in BTreeSet::from([last(page.route()).to_string(), slugify(&page.title)]) {
                named.entry(name).or_insert((page, 0)).1 += 1;
            }
        }
        Moved(named)
    }

    fn named(&self, path: &str) -> Option<Candidate> {
        if what(&address_of(path)) != What::Page {
            return None;
        }
        let (page, count) = self.0.get(last(&address_of(path)))?;
        // What stands below the address of a taxonomy was most likely its list.
        let is_of_list = KINDS.iter().any(|(_, _, folder)| path.split('/').next() == Some(*folder)) && !page.page.kind.is_term();
        Some(Candidate { path: page.path().to_string(), is_sure: *count == 1 && !is_of_list })
    }

    fn like(&self, path: &str) -> Option<Candidate> {
        let address = address_of(path);
        let name = last(&address);
        // Only what is about as long can be near: the comparison is slow.
        let is_as_long = |other: &&str| other.len().abs_diff(name.len()) <= name.len() / 3 + 1;
        let (page, _) = self.0.get(nearest(name, self.0.keys().map(String::as_str).filter(is_as_long))?)?;
        Some(Candidate { path: page.path().to_string(), is_sure: false })
    }
}

/// The last part of an address: `/a/b/` and `/a/b.html` end with `b`.
fn last(address: &str) -> &str {
    let bare = address.trim_end_matches('/').trim_end_matches(".html");
    bare.rsplit_once('/').map_or(bare, |(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Status;
    use crate::testing::{Sample, page, site};

    /// What is lost of these paths on a site whose files are its pages.
    fn messages(sample: &Sample, published: &[&str]) -> Vec<String> {
        let outputs: Vec<String> = sample.site.facts.iter().map(|fact| output_path(fact.route())).collect();
        let outputs = outputs.iter().map(String::as_str);
        let published: Vec<Vec<String>> =
            published.iter().filter(|path| path.ends_with(".html")).map(|path| vec![path.to_string()]).collect();
        let hidden = HiddenFiles::new(&sample.gate.hidden, &sample.gate.hidden_versions);
        let found = lost(published.iter().map(Vec::as_slice), outputs, &sample.site.facts, &hidden);
        found.iter().map(Lost::to_diagnostic).map(|problem| format!("{} | {}", problem.message, problem.hints.join(" | "))).collect()
    }

    #[test]
    fn a_page_that_is_nowhere_is_lost_and_a_file_is_not() {
        let sample = site([page("a.md")]);
        let expected = "the address `/briefings/x/` was published, and leads nowhere now \
                        | give the page that took its place `aliases: [\"/briefings/x/\"]`";
        assert_eq!(messages(&sample, &["a/index.html", "briefings/x/index.html", "x.css", "data.csv", "x/index.html.br"]), [expected]);
    }

    #[test]
    fn what_can_be_no_alias_is_told_what_it_can_be() {
        let advice = |address: &str| Lost { address: address.to_string(), became: None }.to_diagnostic().hints.concat();
        assert_eq!(advice("/2019/one.pdf"), "put the file back, at `static/2019/one.pdf`");
        for address in ["/x/three*/", "/a/two.php", "/x/three:y/"] {
            assert!(advice(address).contains("no page can have it as an alias"), "{address}");
        }
        assert!(advice("/a/one.html").contains("aliases"));
    }

    #[test]
    fn what_is_hidden_on_purpose_is_not_lost_nor_are_its_redirects_and_files() {
        let secret = page("a/index.md").aliases(&["/old/", "/old.html"]).status(Status::Draft);
        let published = ["a/index.html", "old/index.html", "old.html", "a/table.html", "a/child/index.html"];
        let found = messages(&site([secret]), &published);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`/a/child/`"), "{found:?}");
    }

    #[test]
    fn further_parts_of_lists_come_and_go() {
        let published =
            ["page/2/index.html", "a/page/10/index.html", "b/linked-from/index.html", "page/x/index.html", "pages/2/index.html"];
        assert_eq!(messages(&site([]), &published).len(), 2);
    }

    #[test]
    fn a_page_at_a_new_address_that_is_called_alike_is_named() {
        let sample = site([page("b/hague.md"), page("c/other.md").title("What we said"), page("c/old.md").title("Madrid")]);
        let became = |published: &[&str]| messages(&sample, published)[0].rsplit_once(" | ").map(|(_, hint)| hint.to_string());
        assert_eq!(became(&["a/hague/index.html"]).as_deref(), Some("did it become `content/b/hague.md`?"));
        assert_eq!(became(&["a/hauge.html"]).as_deref(), Some("did it become `content/b/hague.md`?"));
        assert_eq!(became(&["a/what-we-said/index.html"]).as_deref(), Some("did it become `content/c/other.md`?"));
        let found = messages(&sample, &["a/hague/index.html", "b/hague/index.html"]);
        assert!(!found[0].contains("did it become"), "a page that was there before has not moved: {found:?}");
    }
}
