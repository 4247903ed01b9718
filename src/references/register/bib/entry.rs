//! An entry as an item.

mod links;
pub mod titles;

use std::collections::BTreeSet;

use super::super::pieces::{Builder, without_verbatim};
use super::super::problems::Problems;
use super::super::{language, latex, strings};
use super::fields::{self, Shape};
use super::names::{self, Prefix};
use super::values::Value;
use super::{Entry, kinds, when};
use crate::diagnostic::{Diagnostic, nearest};
use crate::references::{Inline, Item, Standing};
use titles::ends_sentence;

/// What is made of an entry.
struct Making<'e, 't, 'p> {
    entry: &'e Entry<'t>,
    item: Item,
    /// Fields that are read.
    done: BTreeSet<&'e str>,
    /// Of names that do not say what theirs is.
    prefix: Prefix,
    problems: &'p mut Problems,
}

/// The item that an entry says.
pub fn item(entry: &Entry, prefix: Prefix, problems: &mut Problems) -> Item {
    let item = Item { key: entry.key.into(), ..Item::default() };
    let mut making = Making { entry, item, done: BTreeSet::new(), prefix, problems };
    making.kind();
    making.language();
    making.titles();
    making.names();
    making.dates();
    making.links();
    making.words();
    making.standing();
    making.rest();
    making.item
}

impl<'e, 't> Making<'e, 't, '_> {
    fn field(&mut self, name: &'e str) -> Option<&'e Value<'t>> {
        let value = self.entry.fields.get(name)?;
        self.done.insert(name);
        Some(value)
    }

    /// The first of some fields that is there.
    fn first(&mut self, names: &[&'e str]) -> Option<&'e Value<'t>> {
        names.iter().find_map(|name| self.field(name))
    }

    fn plain(&mut self, name: &'e str) -> Option<String> {
        self.field(name).map(|value| latex::plain(&value.text)).filter(|text| !text.is_empty())
    }

    /// A value as pieces; commands that nobody knows are told.
    fn pieces(&mut self, value: &Value) -> Vec<Inline> {
        let read = latex::read(&value.text);
        for range in read.unknown {
            let command = &value.text[range.clone()];
            let message = format!("nobody knows the command `{command}` in `{}`: what follows it is kept", self.entry.key);
            let problem = Diagnostic::warning("unknown-latex", message).hint("write the letter or sign itself, or remove the command");
            self.problems.add(value.place(range), problem);
        }
        if read.is_too_deep {
            let message = format!("braces in `{}` are nested so deeply that markup within them is lost", self.entry.key);
            self.problems.add(value.range.clone(), Diagnostic::warning("unknown-latex", message).hint("remove braces"));
        }
        read.pieces
    }

    fn shape(&self) -> Shape<'static> {
        let kind = super::super::variables::KINDS.iter().find(|kind| **kind == &*self.item.kind).copied().unwrap_or_default();
        Shape { kind, has_series: self.entry.fields.contains_key("series") }
    }

    fn kind(&mut self) {
        let written = &*self.entry.kind;
        let said = kinds::read(written, |name| self.entry.fields.get(name).map(|value| value.text.to_string()));
        self.done.extend(said.decided);
        if self.entry.fields.get("type").is_some_and(|value| kinds::is_endnote(self.entry.key, &value.text)) {
            self.done.insert("type");
        }
        if said.kind.is_none() {
            let mut problem =
                Diagnostic::warning("unknown-source-kind", format!("nobody knows the kind `@{written}` of `{}`", self.entry.key));
            if let Some(near) = nearest(written, kinds::all()) {
                problem = problem.hint(format!("did you mean `@{near}`?"));
            }
            self.problems.add(self.entry.kind_range.clone(), problem.hint("`@misc` is for what fits no other kind"));
        }
        let kind = said.kind.unwrap_or("document");
        self.item.kind = kind.into();
        let is_usual = kinds::written(kind) == Some(written);
        self.item.written_kind = (!is_usual && kinds::of(written) == Some(kind) || kinds::of(written).is_none()).then(|| written.into());
    }

    fn language(&mut self) {
        let written = ["langid", "hyphenation", "language"].into_iter().find_map(|name| {
            let value = self.entry.fields.get(name)?;
            let code = language::code(&latex::plain(&value.text))?;
            Some((name, code))
        });
        if let Some((name, code)) = written {
            self.done.insert(name);
            // The same said twice.
            let is_same = |value: &Value| language::code(&latex::plain(&value.text)).as_deref() == Some(&*code);
            if self.entry.fields.get("language").is_some_and(is_same) {
                self.done.insert("language");
            }
            self.set("language", vec![Inline::text(code)]);
        }
    }

    fn set(&mut self, variable: &str, pieces: Vec<Inline>) {
        if !pieces.is_empty() {
            self.item.texts.entry(variable.into()).or_insert(pieces);
        }
    }

    fn names(&mut self) {
        let options = self.plain("options").unwrap_or_default();
        let (mut prefix, mut others) = (self.prefix, Vec::new());
        for option in options.split(',').map(str::trim).filter(|option| !option.is_empty()) {
            match option.split_once('=').map_or((option, "true"), |(name, value)| (name.trim(), value.trim())) {
                ("useprefix", value) => prefix = if value == "true" { Prefix::Kept } else { Prefix::Dropped },
                _ => others.push(option),
            }
        }
        if !others.is_empty() {
            self.item.other.insert("options".into(), others.join(", ").into());
        }
        let entry = self.entry;
        for (name, value) in &entry.fields {
            let variable = match name.as_str() {
                "editor" | "editora" | "editorb" | "editorc" => self.role(name),
                _ => fields::names(name),
            };
            let Some(variable) = variable.filter(|variable| !self.item.names.contains_key(*variable)) else { continue };
            self.tell_names(value);
            let names = names::read(&value.text, prefix);
            if !names.names.is_empty() {
                self.done.insert(name);
                self.item.names.insert(variable.into(), names);
            }
        }
    }

    /// Tells bodies that stand without braces, and several names that are written as one.
    fn tell_names(&mut self, value: &Value) {
        for range in names::split_list(&value.text) {
            let written = &value.text[range.clone()];
            let body = written.trim();
            let start = range.start + written.len() - written.trim_start().len();
            if names::is_several(body) {
                let message = format!("`{body}` in `{}` is read as one name", self.entry.key);
                let problem = Diagnostic::warning("unparted-names", message);
                let problem = problem.hint("between two names stands `and`, and `and others` behind the last; a body stands in braces");
                self.problems.add(value.place(start..start + body.len()), problem);
                continue;
            }
            if !names::looks_like_body(body) {
                continue;
            }
            let message = format!("`{body}` in `{}` is taken for a body, and other programs make a person of it", self.entry.key);
            let problem =
                Diagnostic::warning("unbraced-body", message).hint(format!("write `{{{body}}}`, or `Family, Given` if it is a person"));
            self.problems.add(value.place(start..start + body.len()), problem);
        }
    }

    /// The variable of editors, by what they did.
    fn role(&mut self, field: &str) -> Option<&'static str> {
        let name = match field {
            "editor" => "editortype",
            "editora" => "editoratype",
            "editorb" => "editorbtype",
            _ => "editorctype",
        };
        let Some(written) = self.entry.fields.get(name) else {
            return Some(if field == "editor" { "editor" } else { "contributor" });
        };
        let role = fields::ROLES.iter().find(|(role, _)| *role == written.text.trim()).map(|(_, variable)| *variable);
        match role {
            Some(variable) => {
                self.done.insert(name);
                Some(variable)
            }
            None => (field == "editor").then_some("editor"),
        }
    }

    fn dates(&mut self) {
        self.done.extend(["date", "year", "month", "day"]);
        if let Some(date) = when::issued(self.entry, self.problems) {
            if let Some(words) = date.words.as_deref().filter(|words| strings::key(words).is_some()) {
                self.set("status", vec![Inline::text(words)]);
            }
            self.item.dates.insert("issued".into(), date);
        }
        let entry = self.entry;
        for (name, value) in entry.fields.iter().filter(|(name, _)| name.as_str() != "date") {
            let Some(variable) = fields::date(name).filter(|variable| !self.item.dates.contains_key(*variable)) else { continue };
            if let Some(date) = when::field(entry, name, value, self.problems) {
                self.done.insert(name);
                self.item.dates.insert(variable.into(), date);
            }
        }
    }

    /// Words of biblatex: kinds of theses and reports, states of publication.
    fn words(&mut self) {
        let language = self.item.text("language").unwrap_or_default();
        if !self.done.contains("type")
            && let Some(value) = self.entry.fields.get("type")
            && let Some(words) = strings::words(&value.text, &language)
        {
            self.item.other.insert("type".into(), value.text.trim().to_lowercase().into());
            self.done.insert("type");
            self.set("genre", vec![Inline::text(words)]);
        } else if &*self.item.kind == "thesis"
            && !self.entry.fields.contains_key("type")
            && let Some(words) = strings::words(&self.entry.kind, &language)
        {
            self.set("genre", vec![Inline::text(words)]);
        }
        if let Some(value) = self.entry.fields.get("pubstate")
            && let Some(words) = strings::words(&value.text, &language)
        {
            self.done.insert("pubstate");
            self.item.texts.insert("status".into(), vec![Inline::text(words)]);
        }
        if let Some(value) = self.field("addendum") {
            let addendum = self.pieces(value);
            let note = self.field("note").map(|value| self.pieces(value)).unwrap_or_default();
            let mut both = Builder::default();
            both.text(if note.is_empty() || ends_sentence(&note) { "" } else { "." });
            let mut whole = Builder::default();
            whole.pieces(note.clone());
            whole.pieces(both.finish());
            whole.text(if note.is_empty() { "" } else { " " });
            whole.pieces(addendum);
            self.set("note", whole.finish());
        }
    }

    fn standing(&mut self) {
        let Some(value) = self.field("keywords") else { return };
        // EndNote writes each in a line of its own.
        let keywords = value.text.split([',', ';', '\n']).map(latex::plain).filter(|keyword| !keyword.is_empty());
        for keyword in keywords {
            match keyword.to_lowercase().as_str() {
                "primary" => self.item.standing = Some(Standing::Primary),
                "secondary" => self.item.standing = Some(Standing::Secondary),
                _ if self.item.keywords.iter().any(|own| **own == *keyword) => {}
                _ => self.item.keywords.push(keyword.into()),
            }
        }
    }

    /// All other fields, by the table; in its order, so that of two for one variable the better counts.
    fn rest(&mut self) {
        self.done.extend(["crossref", "xdata", "xref"]);
        let entry = self.entry;
        let shape = self.shape();
        let mut left: Vec<(usize, &'e String, &'e Value<'t>)> = Vec::new();
        for (name, value) in entry.fields.iter().filter(|(name, _)| !self.done.contains(name.as_str())) {
            if !fields::is_housekeeping(name) {
                left.push((fields::rank(name), name, value));
            }
        }
        left.sort_by_key(|(rank, name, _)| (*rank, *name));
        for (_, name, value) in left {
            match fields::text(name, shape).filter(|variable| !self.item.texts.contains_key(*variable)) {
                Some(variable) => {
                    let pieces = self.pieces(value);
                    let keeps_case = variable.contains("title") || variable == "event";
                    self.set(variable, if keeps_case { pieces } else { without_verbatim(pieces) });
                }
                None => self.keep(name, value),
            }
        }
    }

    fn keep(&mut self, name: &str, value: &Value) {
        let text = latex::plain(&value.text);
        if !text.is_empty() && !fields::is_local(&text) && !fields::is_local(&value.text) {
            self.item.other.entry(name.into()).or_insert(text.into());
        }
    }
}
