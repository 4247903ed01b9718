//! What a publish changes for readers: pages by their titles, and how much is sent.
//!
//! It reads the pages themselves, for it knows nothing else of them. It must not know how it is shown.

use rayon::prelude::*;

use super::host::Host;
use super::plan::{Deletion, Phase, Plan, Weight};
use super::release::Release;

/// One page, as a reader knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// From the root of the host.
    pub address: String,
    /// Empty if it is not known.
    pub title: String,
}

/// Pages with a text of their own, in the order of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those that were not there.
    pub added: Vec<Page>,
    /// Those that were there with other bytes.
    pub changed: Vec<Page>,
    /// Those that are there no more.
    pub removed: Vec<Page>,
}

/// What changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What changes for readers.
    pub pages: Pages,
    /// Lists, redirects and the like that are added, changed or removed.
    pub lists: usize,
    /// Files and bytes that are sent. Compressed copies count with no bytes.
    pub sent: (usize, u64),
    /// How many files are deleted.
    pub deleted: usize,
    /// Fingerprinted files that stay for one more publish.
    pub leaving: usize,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// The files of pages and lists that were published and are not any more, though they are not hidden.
    pub lost: Vec<String>,
    /// Other files that were published and are not any more.
    pub gone: Vec<String>,
}

/// Of so many removed pages the titles are asked for.
const ASKED: usize = 200;

impl Report {
    /// What a plan changes. A file that cannot be read here is told of when it is sent.
    pub fn new(plan: &Plan, release: &Release, host: &dyn Host) -> Report {
        let is_page = |path: &str| path.ends_with(".html");
        let sent: Vec<(bool, Option<Page>)> = plan
            .send
            .par_iter()
            .filter(|sending| sending.phase == Phase::Pages && sending.file.coding().is_none())
            .map(|sending| {
                let html = release.bytes(sending.file).unwrap_or_default();
                (sending.is_new, page(release, &sending.file.path, &html))
            })
            .collect();
        let mut report = Report::default();
        for (is_new, page) in sent {
            match page {
                Some(page) if is_new => report.pages.added.push(page),
                Some(page) => report.pages.changed.push(page),
                None => report.lists += 1,
            }
        }
        for (number, deletion) in plan.delete.iter().filter(|deletion| is_page(&deletion.path)).enumerate() {
            let html = if number < ASKED { host.read(&deletion.path) } else { None };
            match html {
                Some(html) => match page(release, &deletion.path, &html) {
                    Some(page) => report.pages.removed.push(page),
                    None => report.lists += 1,
                },
                None => report.pages.removed.push(Page { address: release.address(&deletion.path), title: String::new() }),
            }
        }
        for pages in [&mut report.pages.added, &mut report.pages.changed, &mut report.pages.removed] {
            pages.sort_by(|one, other| one.address.cmp(&other.address));
        }
        let others = plan.deletions().filter(|deletion| !is_page(&deletion.path));
        report.gone = others.map(|deletion| deletion.path.to_string()).collect();
        let bytes = plan.send.iter().filter_map(|sending| sending.file.size).sum();
        report.sent = (plan.send.len(), bytes);
        report.deleted = plan.delete.len();
        report.leaving = plan.leaving.len();
        report.unchanged = plan.unchanged;
        let is_lost = |deletion: &&Deletion| deletion.phase == Phase::Gone && deletion.weight == Weight::Counts && is_page(&deletion.path);
        report.lost = plan.delete.iter().filter(is_lost).map(|deletion| deletion.path.to_string()).collect();
        report
    }
}

/// A page with a text of its own; lists and redirects have none.
fn page(release: &Release, path: &str, html: &[u8]) -> Option<Page> {
    let html = String::from_utf8_lossy(html);
    html.contains("itemprop=\"articleBody\"").then(|| Page { address: release.address(path), title: title(&html) })
}

/// The title that the page gives to others (<https://ogp.me/>), else that of its tab.
fn title(html: &str) -> String {
    let between = |start: &str, end: &str| html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map(|(title, _)| title);
    let title = between("property=\"og:title\" content=\"", "\"").or_else(|| between("<title>", "</title>")).unwrap_or_default();
    quick_xml::escape::unescape(title).map_or_else(|_| title.to_string(), |title| title.into_owned()).trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_read_as_its_author_wrote_it() {
        assert_eq!(title("<title>Tab – Site</title><meta property=\"og:title\" content=\"A &amp; &#x27;B&#x27;\">"), "A & 'B'");
        assert_eq!(title("<title>Tab &nbsp; x</title>"), "Tab &nbsp; x");
        assert_eq!(title(""), "");
    }
}
