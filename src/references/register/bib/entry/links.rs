//! Where an entry leads: its address, its DOI, its copies.

use super::super::super::latex;
use super::super::values::Value;
use super::super::{link, when};
use super::Making;
use crate::diagnostic::Diagnostic;
use crate::references::{Archived, Inline};

impl<'e> Making<'e, '_, '_> {
    pub fn links(&mut self) {
        self.archive();
        if let Some(value) = self.field("doi") {
            match link::doi(&value.text) {
                Some(doi) => self.set("DOI", vec![Inline::text(doi)]),
                None => {
                    self.no_link("doi", value, "a DOI looks like `10.1000/182`");
                    self.keep("doi", value);
                }
            }
        }
        if let Some(value) = self.field("url") {
            match link::address(&value.text) {
                Some(url) => self.set("URL", vec![Inline::text(url)]),
                None => self.no_link("url", value, "an address begins with `https://`"),
            }
        }
        if let Some(url) = self.entry.fields.get("howpublished").and_then(|value| link::address(&value.text)) {
            self.done.insert("howpublished");
            self.set("URL", vec![Inline::text(url)]);
        }
        self.eprint();
    }

    /// Tells a link that is none: it goes nowhere.
    fn no_link(&mut self, name: &str, value: &Value, hint: &str) {
        let written = latex::plain(&value.text);
        let message = format!("`{name}` of `{}` gives no link: `{written}`", self.entry.key);
        self.problems.add(value.range.clone(), Diagnostic::warning("no-link", message).hint(hint));
    }

    /// A copy in an archive of the web.
    fn archive(&mut self) {
        let Some(value) = self.first(&["archive_url", "archiveurl", "archive-url"]) else { return };
        let Some(url) = link::address(&value.text) else {
            return self.no_link("archive_url", value, "an address begins with `https://`");
        };
        let names = ["archive_date", "archivedate", "archive-date"];
        let named = names.into_iter().find_map(|name| self.field(name).map(|value| (name, value)));
        let date = named.and_then(|(name, value)| when::field(self.entry, name, value, self.problems));
        self.item.archived = Some(Archived { url: url.into(), date });
    }

    /// A paper in an archive of papers: its address, unless there is one.
    fn eprint(&mut self) {
        let Some(id) = self.entry.fields.get("eprint").map(|value| link::unescape(&value.text)) else { return };
        let archive = ["eprinttype", "archiveprefix"].into_iter().find_map(|name| self.entry.fields.get(name));
        let archive = archive.map(|value| value.text.trim().to_lowercase()).unwrap_or_default();
        let bare = id.strip_prefix("arXiv:").or_else(|| id.strip_prefix("arxiv:")).unwrap_or(&id);
        let url = match archive.as_str() {
            "arxiv" => format!("https://arxiv.org/abs/{bare}"),
            "jstor" => format!("https://www.jstor.org/stable/{bare}"),
            "hdl" => format!("https://hdl.handle.net/{bare}"),
            "pubmed" | "pmid" => return self.set("PMID", vec![Inline::text(bare)]),
            _ => return,
        };
        self.set("URL", vec![Inline::text(url)]);
    }
}
