//! Files to take along: briefings and sources in the forms that reference managers read.
//!
//! It must not know those forms: `references::export` writes them.

use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Emit, Emitter, Error, Job, Origin, Output};
use crate::addresses::{Exported, Maker};
use crate::fingerprint::Fingerprint;
use crate::index::ListKind;
use crate::references::Item;
use crate::references::export::Written;
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

impl ExportFile {
    /// What it holds.
    fn items(&self, view: &View) -> Vec<Arc<Item>> {
        let list = match self.of {
            Exported::Page(page) => return vec![Arc::new(work::item(view, page))],
            Exported::List(list) => &view.site.index.lists[list as usize],
        };
        let item = |cited: sources::Cited| Arc::new(cited.entry.item.for_readers());
        match list.kind {
            ListKind::Source(at) => sources::of_list(&view.site, list, at).map(item).into_iter().collect(),
            _ => sources::listed(&view.site, list.lang).map(item).collect(),
        }
    }
}

impl Emit for ExportFile {
    fn emitter(&self) -> &'static Emitter {
        &EMITTER
    }

    fn key(&self, view: &View) -> Fingerprint {
        Fingerprint::of(&(self.form, self.items(view)))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        let items = self.items(job.view);
        let items: Vec<&Item> = items.iter().map(|item| &**item).collect();
        Ok(writer.write_all(self.form.write(&items).as_bytes())?)
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        match self.of {
            Exported::Page(page) => Origin::from_page(&view.site, Some(page)),
            Exported::List(_) => Origin::default(),
        }
    }
}
