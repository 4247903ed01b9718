//! What may be meant by links that lead nowhere.
//!
//! Owns `Advice`. It must not know why they do.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::nearest;
use crate::index::Columns;
use crate::index::names::Names;
use crate::page::body::destination::names_file;
use crate::page::body::{Link, LinkTarget};

/// For how many different misspellings candidates are looked for: each is a pass over all names, and nobody reads more.
const ADVISED: usize = 500;

/// The candidates for links that lead nowhere.
pub struct Advice<'a> {
    columns: &'a Columns<'a>,
    names: &'a Names<'a>,
    known: HashMap<&'a str, Vec<Arc<str>>>,
}

impl<'a> Advice<'a> {
    /// Advice on the links of a site.
    pub fn new(columns: &'a Columns<'a>, names: &'a Names<'a>) -> Advice<'a> {
        Advice { columns, names, known: HashMap::new() }
    }

    /// The paths of what may be meant, best first.
    pub fn on(&mut self, link: &'a Link) -> Vec<Arc<str>> {
        let (LinkTarget::Destination { path: wanted, .. } | LinkTarget::Wiki { name: wanted, .. } | LinkTarget::Ref { path: wanted, .. }) =
            &link.target;
        if let Some(known) = self.known.get(&**wanted) {
            return known.clone();
        }
        if self.known.len() >= ADVISED {
            return Vec::new();
        }
        let is_page = match link.target {
            LinkTarget::Wiki { .. } => link.alt.is_none() && !names_file(wanted),
            LinkTarget::Ref { .. } => true,
            LinkTarget::Destination { .. } => !wanted.trim_end_matches(".md").contains('.'),
        };
        let found = if is_page { self.names.nearest(wanted) } else { self.file(wanted).into_iter().collect() };
        self.known.entry(wanted).or_insert(found).clone()
    }

    /// The file whose name is spelt nearest, as its path from the root of the project.
    fn file(&self, wanted: &str) -> Option<Arc<str>> {
        let files = || self.columns.files.iter().map(|file| &*file.path);
        let statics = || self.columns.statics.iter().copied();
        let near = nearest(name_of(wanted), files().chain(statics()).map(name_of))?;
        let beside = files().find(|path| name_of(path) == near).map(Arc::from);
        beside.or_else(|| statics().find(|path| name_of(path) == near).map(|name| Arc::from(format!("static/{name}"))))
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
