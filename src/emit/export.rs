//! Files to take along: briefings and sources in the forms that reference managers read.
//!
//! It must not know those forms: `references::export` writes them.

use std::hash::Hash;
use std::io::Write;

use rayon::prelude::*;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::addresses::{Exported, Maker};
use crate::fingerprint::{Fingerprint, Flat};
use crate::index::{List, ListKind, PageId};
use crate::references::export::{Record, Written};
use crate::site::Site;
use crate::theme::Strings;
use crate::view::{View, sources, work};

pub const EMITTER: Emitter = Emitter {
    name: "export",
    doc: "`cite.bib`, `cite.ris` and `cite.json` (CSL-JSON) beside briefings, the same of each source and of all of them",
    plan,
};

fn plan(view: &View, all: &mut Vec<Output>) {
    all.par_extend(view.site.addresses.par_written().filter_map(|address| match address.maker {
        Maker::Export { of, form } => Some(Output::new(address.file(), ExportFile { of, form })),
        _ => None,
    }));
}

/// One of the files to take along.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportFile {
    of: Exported,
    form: Written,
}

/// The sources that a list is of.
fn listed<'a>(site: &'a Site, list: &'a List) -> impl Iterator<Item = sources::Cited<'a>> {
    let one = match list.kind {
        ListKind::Source(at) => Some(sources::of_list(site, list, at)),
        _ => None,
    };
    let all = one.is_none().then(|| sources::listed(site, list.lang));
    one.flatten().into_iter().chain(all.into_iter().flatten())
}

fn strings(site: &Site, page: PageId) -> &Strings {
    site.theme.strings(site.lang_of(page))
}

impl Emit for ExportFile {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        let mut flat = Flat::default();
        self.form.hash(&mut flat);
        match self.of {
            Exported::Page(page) => work::Taken::new(view, page).hash(&mut flat),
            // What is kept for the owner of a register is in the print too, and changes nothing that is written.
            Exported::List(list) => {
                listed(&view.site, &view.site.index.lists[list as usize]).for_each(|cited| cited.entry.print.hash(&mut flat))
            }
        }
        flat.print()
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        let site = &*job.view.site;
        let text = match self.of {
            Exported::Page(page) => {
                let taken = work::Taken::new(job.view, page);
                self.form.write([taken.record(site, strings(site, page))])
            }
            Exported::List(list) => {
                self.form.write(listed(site, &site.index.lists[list as usize]).map(|cited| Record::for_readers(&cited.entry.item)))
            }
        };
        Ok(writer.write_all(text.as_bytes())?)
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        match self.of {
            Exported::Page(page) => Origin::from_page(&view.site, Some(page)),
            Exported::List(_) => Origin::default(),
        }
    }
}
