//! Files that hosts and crawlers read: `robots.txt` and `_headers`.
//!
//! It must not know pages.

use std::io::Write;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::addresses::{Maker, Own};
use crate::fingerprint::Fingerprint;
use crate::index::ListKind;
use crate::site::Site;
use crate::view::View;

pub const EMITTER: Emitter = Emitter { name: "host", doc: "`robots.txt` and `_headers`", plan };

fn plan(view: &View, all: &mut Vec<Output>) {
    all.extend(view.site.addresses.written().filter_map(|address| match address.maker {
        Maker::Own(own @ (Own::Robots | Own::Headers)) => Some(Output::new(own.name(), HostFile(own))),
        _ => None,
    }));
}

/// One of the files for hosts and crawlers.
#[derive(Debug, Clone, PartialEq)]
pub struct HostFile(Own);

impl HostFile {
    fn text(&self, site: &Site) -> String {
        if self.0 == Own::Robots { robots(site) } else { headers(site) }
    }
}

impl Emit for HostFile {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        Fingerprint::of(&self.text(&view.site))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        Ok(writer.write_all(self.text(&job.view.site).as_bytes())?)
    }

    /// They follow from the settings alone.
    fn origin<'a>(&'a self, _: &'a View) -> Origin<'a> {
        Origin::default()
    }
}

/// RFC 9309. A preview wants no visits, nor does a site as it stood.
fn robots(site: &Site) -> String {
    if site.mode.preview || site.mode.as_it_stood.is_some() {
        return "User-agent: *\nDisallow: /\n".into();
    }
    let sitemap = site.absolute("/sitemap.xml").map_or_else(String::new, |address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nDisallow:\n{sitemap}")
}

/// Rules by path (<https://docs.netlify.com/routing/headers/>): the policy that the default theme keeps to, and names that change with their content may be kept for ever.
fn headers(site: &Site) -> String {
    let base = site.base_path();
    let searches = site.index.lists.iter().filter(|list| list.kind == ListKind::Search);
    let searches =
        searches.map(|list| format!("\n{}index/*\n  Cache-Control: public, max-age=31536000, immutable\n", site.href(&list.route)));
    let searches: Vec<String> = searches.collect();
    format!(
        "{base}*\n  Content-Security-Policy: default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n\n{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n{}",
        searches.concat()
    )
}
