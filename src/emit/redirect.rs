//! Redirects: a small page at every old address, and the same list for hosts that read `_redirects`.
//!
//! It must not know where aliases come from.

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Emit, Emitter, Error, Job, Origin, Output, template};
use crate::addresses::{Maker, Own};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::site::Site;
use crate::view::{Doc, View, What};

pub const EMITTER: Emitter = Emitter { name: "redirect", doc: "a page at every old address, and `_redirects`", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = &*view.site;
    all.par_extend(site.addresses.par_written().filter_map(|address| match (&address.maker, address.page) {
        (Maker::Redirect, Some(page)) => Some(template::output(doc(site, &address.route, page))),
        (Maker::Own(Own::Redirects), _) => Some(Output::new(address.file(), Redirects)),
        _ => None,
    }));
}

/// `_redirects`, which hosts read, one redirect a line (<https://docs.netlify.com/routing/redirects/>).
#[derive(Debug, Clone, PartialEq)]
pub struct Redirects;

impl Emit for Redirects {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        Fingerprint::of(&lines(view))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        Ok(writer.write_all(lines(job.view).as_bytes())?)
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        Origin::showing(view.site.addresses.redirects().map(|(_, page)| page))
    }
}

fn doc(site: &Site, from: &Arc<str>, page: PageId) -> Doc {
    let fact = site.page(page);
    Doc {
        template: Arc::from("redirect.html"),
        route: from.clone(),
        lang: fact.lang(),
        title: fact.title.clone(),
        page: None,
        list: None,
        number: 1,
        pages: 1,
        what: What::Redirect { page, to: fact.route().clone() },
    }
}

fn lines(view: &View) -> String {
    let site = &*view.site;
    let addresses = site.addresses.redirects().map(|(from, page)| (site.href(from), site.href(site.page(page).route())));
    addresses.map(|(from, to)| format!("{from} {to} 301\n")).filter(|line| can_be_said(line)).collect()
}

/// Hosts leave longer lines out (<https://developers.cloudflare.com/pages/configuration/redirects/>).
const LONGEST: usize = 2000;

/// False for a line whose old address hosts take for a pattern, so that it would lead away from other pages: Netlify fills in what stands behind a
/// colon at the beginning of a part, Cloudflare behind any colon before a letter. The small page at the old address leads on all the same.
fn can_be_said(line: &str) -> bool {
    let from = line.split(' ').next().unwrap_or_default();
    let is_filled_in = |(at, _): (usize, &str)| {
        let is_part = from[..at].ends_with('/');
        is_part || from[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic())
    };
    line.len() <= LONGEST && !from.contains('*') && !from.match_indices(':').any(is_filled_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_that_hosts_take_for_a_pattern_is_not_in_the_list() {
        for from in ["/a:b/", "/:x/", "/a/:1/", "/a*b/", "/*"] {
            assert!(!can_be_said(&format!("{from} /new/ 301\n")), "{from}");
        }
        for from in ["/a/", "/10:30/", "/a:/", "/a%20b/", "/%C3%BC/", "/a;b=c,d&e/", "/2019/x.html"] {
            assert!(can_be_said(&format!("{from} /to:new/ 301\n")), "{from}");
        }
        assert!(!can_be_said(&format!("/{}/ /new/ 301\n", "x".repeat(LONGEST))));
    }
}
