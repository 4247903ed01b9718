//! Redirects: a small page at every old address, and the same list for hosts that read `_redirects`.
//!
//! It must not know where aliases come from.

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Emitter, Failure, Item, Job, Origin, Output, template};
use crate::fingerprint::Fingerprint;
use crate::view::{Doc, View, What};

pub const EMITTER: Emitter = Emitter { name: "redirect", doc: "a page at every old address, and `_redirects`", plan, key, render, origin };

/// Hosts read this file, one redirect a line (<https://docs.netlify.com/routing/redirects/>).
const LIST: &str = "_redirects";

fn plan(view: &View, all: &mut Vec<Output>) {
    let site = view.site;
    all.par_extend(site.index.redirects.par_iter().map(|(from, page)| {
        let fact = site.fact(*page);
        let doc = Doc {
            template: Arc::from("redirect.html"),
            route: from.clone(),
            lang: fact.lang(),
            title: fact.title.clone(),
            page: None,
            list: None,
            number: 1,
            pages: 1,
            what: What::Redirect(fact.route().clone()),
        };
        template::output(doc)
    }));
    if !site.index.redirects.is_empty() && !site.brings(LIST) {
        all.push(Output::new(LIST, Item::File(Arc::from(LIST))));
    }
}

fn key<'a>(view: &'a View<'a>, output: &'a Output) -> Fingerprint {
    match &output.item {
        Item::Doc(_) => template::key(view, output),
        _ => Fingerprint::of(&lines(view)),
    }
}

fn render(job: &Job, writer: &mut dyn Write) -> Result<(), Failure> {
    match &job.output.item {
        Item::Doc(_) => template::render(job, writer),
        _ => Ok(writer.write_all(lines(job.view).as_bytes())?),
    }
}

/// An old address is made from the page that says it had it.
fn origin<'a>(view: &View<'a>, output: &'a Output) -> Origin<'a> {
    let redirects = &view.site.index.redirects;
    match &output.item {
        Item::Doc(doc) => {
            let found = redirects.iter().find(|(from, _)| *from == doc.route);
            Origin::of_page(view.site, found.map(|(_, page)| *page))
        }
        _ => Origin::showing(redirects.iter().map(|(_, page)| *page)),
    }
}

fn lines(view: &View) -> String {
    let site = view.site;
    let line = |(from, page): &(Arc<str>, u32)| format!("{} {} 301\n", site.href(from), site.href(site.fact(*page).route()));
    site.index.redirects.iter().map(line).collect()
}
