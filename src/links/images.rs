//! The pictures that pages name as theirs.
//!
//! It must not know the links of their texts.

use std::sync::Arc;

use super::Problem;
use crate::addresses::Targets;
use crate::index::{Columns, PageId};
use crate::page::Facts;
use crate::page::body::LinkTarget;
use crate::page::body::destination::{Address, address};
use crate::page::front::linked;
use crate::url::{climb, encode};

/// By page: the address of its `image`, percent-encoded, or as it is written if it lies elsewhere. One that is nowhere is a problem.
pub fn images(columns: &Columns, targets: &Targets, problems: &mut Vec<Problem>) -> Vec<Option<Arc<str>>> {
    let own = columns.config.base_url.as_ref().map(|base| &*base.url);
    let of_page = |(page, fact): (usize, &Arc<Facts>)| {
        let written = fact.front().image.as_deref()?;
        let found = match address(written, own) {
            // Who reads `og:image` has no page whose scheme could stand for the missing one.
            Address::External if written.starts_with("//") => return Some(format!("https:{written}").into()),
            Address::External => return Some(Arc::from(written)),
            Address::Script => return None,
            Address::Internal(LinkTarget::Destination { path, .. }) => {
                // What looks encoded, or like a query, may be part of a name.
                image(fact, written, targets).or_else(|| image(fact, &path, targets))
            }
            Address::Internal(LinkTarget::Wiki { .. } | LinkTarget::Ref { .. }) | Address::AsWritten => None,
        };
        if found.is_none() {
            problems.push(Problem::Image { page: page as PageId });
        }
        found.map(|route| Arc::from(encode(&route)))
    };
    columns.facts.iter().enumerate().map(of_page).collect()
}

/// An image is written like a link: from the page's file, or from the root of `content/` or of the site, with or without a slash.
fn image(fact: &Facts, written: &str, targets: &Targets) -> Option<Arc<str>> {
    if let Some(name) = linked(written) {
        // By its name, as in Obsidian, if only one file has it.
        let [(_, route)] = targets.named(name).try_into().ok()?;
        return Some(route);
    }
    let folder = fact.path().rsplit_once('/').map_or("content", |(folder, _)| folder);
    let inside = written.trim_start_matches("@/").trim_start_matches('/');
    let beside = climb(folder, written).and_then(|path| targets.file(&path).cloned());
    beside.or_else(|| targets.file(&format!("content/{inside}")).cloned()).or_else(|| targets.published(&format!("/{inside}")))
}

#[cfg(test)]
mod tests {
    use crate::links::Problem;
    use crate::testing::{Page, Sample, page, site_with};

    fn published(sample: &Sample) -> Vec<(&str, &str)> {
        sample
            .site
            .addresses
            .written()
            .filter(|address| address.source().is_some_and(|path| path.starts_with("content/")))
            .filter_map(|address| Some((&**address.source()?, &*address.route)))
            .collect()
    }

    fn site(pages: Vec<Page>, files: &[&str]) -> Sample {
        site_with(|_| {}, pages, files)
    }

    #[test]
    fn the_files_of_a_bundle_lie_below_its_address() {
        let bundle = page("a/2025-01-01-b/index.md").with("path", "/moved/", |front, path| front.path = Some(path));
        let sample = site(vec![bundle], &["content/a/2025-01-01-b/My Images/x.svg"]);
        assert_eq!(published(&sample), [("content/a/2025-01-01-b/My Images/x.svg", "/moved/My Images/x.svg")]);
    }

    #[test]
    fn a_loose_file_is_published_only_if_a_page_or_a_section_uses_it() {
        let mut with_image = page("Some Notes/x.md").to("used.csv#row");
        with_image.front.image = Some("cover.svg".into());
        let pages = vec![with_image, page("_index.md").to("logo.svg")];
        let files = ["content/Some Notes/used.csv", "content/Some Notes/cover.svg", "content/Some Notes/unused.csv", "content/logo.svg"];
        let sample = site(pages, &files);
        let routes: Vec<&str> = published(&sample).iter().map(|(_, route)| *route).collect();
        assert_eq!(routes, ["/some-notes/cover.svg", "/some-notes/used.csv", "/logo.svg"]);
        assert_eq!(sample.site.links.problems, [Problem::UnusedFile { path: "content/Some Notes/unused.csv".into() }]);
    }

    #[test]
    fn an_image_is_looked_for_beside_the_page_in_content_and_in_static() {
        let image = |written: &str| {
            let mut own = page("b/x.md");
            own.front.image = Some(written.into());
            let sample = site(vec![own], &["content/b/beside.svg", "content/b/b\u{e9} side.svg", "content/root.svg", "static/img/s.svg"]);
            let missing = sample.site.links.problems.contains(&Problem::Image { page: 0 });
            (sample.site.links.images[0].as_deref().map(str::to_string), missing)
        };
        let found = |route: &str| (Some(route.to_string()), false);
        assert_eq!(image("beside.svg"), found("/b/beside.svg"));
        assert_eq!(image("../root.svg"), found("/root.svg"));
        assert_eq!(image("@/root.svg"), found("/root.svg"));
        assert_eq!(image("/img/s.svg"), found("/img/s.svg"));
        assert_eq!(image("img/s.svg"), found("/img/s.svg"));
        assert_eq!(image("b%C3%A9%20side.svg"), found("/b/b%C3%A9%20side.svg"));
        assert_eq!(image("https://example.org/x.svg"), found("https://example.org/x.svg"), "as it is");
        assert_eq!(image("//cdn.example.net/x%20y.png"), found("https://cdn.example.net/x%20y.png"), "a whole address");
        assert_eq!(image("data:image/png;base64,x"), (None, false));
        assert_eq!(image("nowhere.svg"), (None, true));
    }
}
