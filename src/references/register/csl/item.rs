//! An entry of CSL as an item.

use super::super::bib::{fields, link};
use super::super::pieces::without_verbatim;
use super::super::problems::Problems;
use super::super::{dates, language, variables};
use super::extra;
use super::markup::{self, Markup};
use super::node::{Data, Node};
use super::{names, when, wrong};
use crate::diagnostic::{Diagnostic, nearest};
use crate::references::{Archived, Inline, Item, Name, Standing};

/// The item of an entry; `None`, and told, if it has no key.
pub fn item(entry: &Node, markup: Markup, problems: &mut Problems) -> Option<Item> {
    let own = [entry.get("citation-key"), entry.get("id")].into_iter().flatten().map(Node::flat).find(|key| !key.is_empty());
    let Some(key) = own else {
        wrong(problems, entry.range.clone(), "an entry has no `id`", "give it one: `\"id\": \"water-2025\"`");
        return None;
    };
    let mut making = Making { item: Item { key: key.as_str().into(), ..Item::default() }, key, markup, problems };
    making.set_kind(entry);
    for (name, value) in entry.pairs().iter().filter(|(_, value)| !matches!(value.data, Data::Null)) {
        making.pair(name, value);
    }
    making.note(entry.text_of("note"));
    making.place();
    Some(making.item)
}

/// The type of CSL that a word names, in any of the spellings that programs write.
pub fn kind(written: &str) -> Option<&'static str> {
    variables::named(variables::KINDS, written).or(match written.trim() {
        "legal-case" => Some("legal_case"),
        "misc" => Some("document"),
        _ => None,
    })
}

struct Making<'p> {
    item: Item,
    key: String,
    markup: Markup,
    problems: &'p mut Problems,
}

impl Making<'_> {
    fn set_kind(&mut self, entry: &Node) {
        let written = entry.text_of("type");
        let known = kind(written);
        if known.is_none() {
            let range = entry.get("type").map_or(entry.range.clone(), |node| node.range.clone());
            let message = if written.is_empty() {
                format!("`{}` has no `type`", self.key)
            } else {
                format!("nobody knows the kind `{written}` of `{}`", self.key)
            };
            let mut problem = Diagnostic::warning("unknown-source-kind", message);
            if let Some(near) = nearest(written, variables::KINDS.iter().copied()).filter(|_| !written.is_empty()) {
                problem = problem.hint(format!("did you mean `{near}`?"));
            }
            self.problems.add(range, problem.hint("`document` is for what fits no other kind"));
            self.item.written_kind = (!written.is_empty()).then(|| written.into());
        }
        self.item.kind = known.unwrap_or("document").into();
    }

    fn pair(&mut self, name: &str, value: &Node) {
        match name {
            "id" | "type" | "citation-key" | "note" => {}
            "keyword" | "categories" | "tags" => self.keywords(&value.flat()),
            "custom" => value.pairs().iter().for_each(|(name, value)| self.other(name, value)),
            "archive_url" | "archiveurl" | "archive-url" | "archive_date" | "archivedate" | "archive-date" => self.other(name, value),
            "shortTitle" => self.text("title-short", value),
            "journalAbbreviation" => self.text("container-title-short", value),
            _ => self.variable(name, value),
        }
    }

    fn variable(&mut self, name: &str, value: &Node) {
        if let Some(variable) = variables::named(variables::TEXTS, name) {
            self.text(variable, value);
        } else if let Some(variable) = variables::named(variables::NAMES, name) {
            let names = names::read(value, variable, &self.key, self.problems);
            if !names.names.is_empty() {
                self.item.names.insert(variable.into(), names);
            }
        } else if let Some(variable) = variables::named(variables::DATES, name) {
            if let Some(date) = when::read(value, variable, &self.key, self.problems) {
                self.item.dates.insert(variable.into(), date);
            }
        } else {
            self.other(name, value);
        }
    }

    fn text(&mut self, variable: &'static str, value: &Node) {
        let written = value.flat();
        let pieces = match variable {
            "URL" => match link::address(&written.replace('\\', "%5C")) {
                Some(url) => plain(url),
                None => return self.no_link("URL", value, "an address begins with `https://`"),
            },
            "DOI" => match link::doi(&written) {
                Some(doi) => plain(doi),
                None => {
                    self.no_link("DOI", value, "a DOI looks like `10.1000/182`");
                    return self.other("doi", value);
                }
            },
            "language" => plain(language::code(&written).unwrap_or(written)),
            "ISBN" | "ISSN" | "PMID" | "PMCID" | "page" | "call-number" => plain(written),
            _ => markup::read(&written, self.markup),
        };
        let keeps_case = variable.contains("title") || variable == "event";
        let pieces = if keeps_case { pieces } else { without_verbatim(pieces) };
        if !pieces.is_empty() {
            self.item.texts.insert(variable.into(), pieces);
        }
    }

    /// Tells a link that is none: it goes nowhere.
    fn no_link(&mut self, name: &str, value: &Node, hint: &str) {
        let written = value.flat();
        if written.is_empty() {
            return;
        }
        let message = format!("`{name}` of `{}` gives no link: `{written}`", self.key);
        self.problems.add(value.range.clone(), Diagnostic::warning("no-link", message).hint(hint));
    }

    fn keywords(&mut self, written: &str) {
        for keyword in written.split([',', ';']).map(str::trim).filter(|keyword| !keyword.is_empty()) {
            match keyword.to_lowercase().as_str() {
                "primary" => self.item.standing = Some(Standing::Primary),
                "secondary" => self.item.standing = Some(Standing::Secondary),
                _ if self.item.keywords.iter().any(|own| **own == *keyword) => {}
                _ => self.item.keywords.push(keyword.into()),
            }
        }
    }

    /// What no variable stands for: an archived copy, or a field that is kept.
    fn other(&mut self, name: &str, value: &Node) {
        let written = value.flat();
        match name.replace(['_', ' '], "-").to_ascii_lowercase().as_str() {
            _ if written.is_empty() || fields::is_housekeeping(name) || fields::is_local(&written) => {}
            "archive-url" | "archiveurl" => {
                if let Some(url) = link::address(&written) {
                    let date = self.item.archived.take().and_then(|archived| archived.date);
                    self.item.archived = Some(Archived { url: url.into(), date });
                } else {
                    self.no_link(name, value, "an address begins with `https://`");
                }
            }
            "archive-date" | "archivedate" => {
                let date = when::read(value, name, &self.key, self.problems);
                let archived = self.item.archived.get_or_insert_with(|| Archived { url: "".into(), date: None });
                archived.date = date;
            }
            _ => drop(self.item.other.insert(name.into(), written.into())),
        }
    }

    /// Zotero writes the place of a publisher as that of an event too, whether there was one or not.
    fn place(&mut self) {
        let is_event = matches!(&*self.item.kind, "speech" | "event" | "performance");
        if !is_event && self.item.texts.get("event-place") == self.item.texts.get("publisher-place") {
            self.item.texts.remove("event-place");
        }
    }

    /// The note, without the lines that say a variable: a date or the kind wins over what the entry says, all others only fill gaps.
    fn note(&mut self, note: &str) {
        let mut left: Vec<&str> = Vec::new();
        for (line, said) in extra::lines(note) {
            if !said.is_some_and(|said| self.said(&said)) {
                left.push(line);
            }
        }
        let pieces = markup::read(&left.join("\n"), self.markup);
        if !pieces.is_empty() {
            self.item.texts.insert("note".into(), without_verbatim(pieces));
        }
        // A date of a copy that has no address says nothing.
        self.item.archived = self.item.archived.take().filter(|archived| !archived.url.is_empty());
    }

    /// Takes up what a line of the note says; `false` if it is part of the note.
    fn said(&mut self, said: &extra::Said) -> bool {
        let value = Node { range: 0..0, data: Data::Text(said.value.to_string()) };
        let folded = said.name.to_ascii_lowercase().replace([' ', '_'], "-");
        if matches!(&*folded, "archive-url" | "archiveurl" | "archive-date" | "archivedate") || said.is_tex {
            self.other(said.name, &value);
        } else if folded == "type" {
            let Some(kind) = kind(said.value) else { return false };
            self.item.kind = kind.into();
        } else if folded == "citation-key" {
            self.item.key = said.value.into();
        } else if let Some(variable) = variables::named(variables::DATES, said.name) {
            let Some(date) = dates::edtf(said.value).or_else(|| dates::free(said.value)) else { return false };
            self.item.dates.insert(variable.into(), date);
        } else if let Some(variable) = variables::named(variables::TEXTS, said.name).filter(|variable| *variable != "note") {
            if !self.item.texts.contains_key(variable) {
                self.text(variable, &value);
            }
        } else if let Some(variable) = variables::named(variables::NAMES, said.name) {
            let name = match said.value.split_once("||") {
                Some((family, given)) => Name::Person {
                    family: family.trim().into(),
                    given: given.trim().into(),
                    particle: "".into(),
                    dropping: "".into(),
                    suffix: "".into(),
                    comma_suffix: false,
                },
                None => Name::Body(said.value.into()),
            };
            self.item.names.entry(variable.into()).or_default().names.push(name);
        } else {
            return fields::is_housekeeping(said.name) && fields::is_local(said.value);
        }
        true
    }
}

fn plain(text: impl Into<Box<str>>) -> Vec<Inline> {
    vec![Inline::text(text)]
}
