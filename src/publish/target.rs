//! The tables `[publish.NAME]`: what all targets have, and what kinds of them there are.
//!
//! Owns the table of kinds; each has a file of its own, with its settings. It must not know how anything is sent, and it holds no credentials: those
//! come from the environment, or from what `git` and `ssh` know.

use std::fmt::Debug;

use super::error::Error;
use super::host::Host;
use super::release::Coding;
use super::{PublishOptions, archive, directory, git, rsync, store};
use crate::config::address;
use crate::config::markings::Markings;
use crate::config::value::{self, Wrong};
use crate::config::{self, BaseUrl, Entry, Given, Node, Section, Value};
use crate::diagnostic::{Diagnostic, codes};

/// The kinds of targets, in the order of the manual.
pub static KINDS: [Kind; 7] = [directory::KIND, git::KIND, store::S3, store::GCS, store::AZURE, rsync::KIND, archive::KIND];

/// A kind of target.
pub struct Kind {
    /// The word after `target =`.
    pub word: &'static str,
    /// The heading of the manual below which it stands.
    pub section: &'static str,
    /// Its settings, besides those that all targets have.
    pub settings: &'static [Setting],
    /// Reads them; `None` when they do not say enough, which has been told then.
    pub read: fn(&mut Reader) -> Option<Box<dyn Place>>,
}

/// A setting of a target.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in the table of the target.
    pub name: &'static str,
    /// A value, for whoever has forgotten it; empty when nobody has to say it.
    pub example: &'static str,
    /// What holds without it, as it would be written; empty when nothing does.
    pub default: &'static str,
    /// What the manual says of it.
    pub doc: &'static str,
}

/// The settings of all kinds.
pub const TARGET: Setting =
    Setting { name: "target", example: "directory", default: "", doc: "`directory`, `git`, `s3`, `gcs`, `azure`, `rsync` or `archive`." };
/// The setting of the address at the target.
pub const BASE_URL: Setting = Setting {
    name: "base_url",
    example: "",
    default: "",
    doc: "Where the site lives there, if not at the `base_url` of the site. A target with an address of its own is built for it into a folder below `.chancery/`, never into `public/`.",
};
/// The setting of targets that are for previews.
pub const PREVIEWS: Setting = Setting { name: "previews", example: "", default: "false", doc: "The target is [for previews](#previews)." };

/// The setting of the markings that may be read at the target.
pub const MARKINGS: Setting = Setting {
    name: "markings",
    example: "",
    default: "[]",
    doc: "The [markings](markings.md) of the pages that go there, besides pages without one. A target with markings is built into a folder of its own, below `.chancery/`.",
};

/// The setting of kinds that put each file where a server finds it.
pub const PRECOMPRESSED: Setting = Setting {
    name: "precompressed",
    example: "",
    default: "[]",
    doc: "[Copies](#compressed-copies) that lie beside each text: `\"br\"`, `\"gz\"`.",
};

/// What a target of some kind is told by its settings.
pub trait Place: Debug {
    /// Opens the place.
    ///
    /// # Errors
    /// It cannot be reached or is not ours, or another process publishes there.
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error>;

    /// The path of a folder or file of this machine, from the root of the site; `None` when the place is no such path.
    fn local_path(&self) -> Option<&str> {
        None
    }
}

/// A place where the site is published.
#[derive(Debug)]
pub struct Target {
    /// Letters, digits, `-` and `_`.
    pub name: String,
    /// The address that the site has there, if it is another than `base_url` of the site.
    pub base_url: Option<BaseUrl>,
    /// It is for previews: all that is published there carries a banner and is not to be found by search engines.
    pub previews: bool,
    /// The markings of the pages that go there besides those without one, as the site writes them.
    pub markings: Vec<String>,
    /// Copies that lie beside each text, for servers that send them as they are.
    pub precompressed: Vec<Coding>,
    /// Opened when somebody publishes.
    pub(super) place: Box<dyn Place>,
}

impl Target {
    /// The path of a folder or file of this machine that the target is, from the root of the site; `None` when it is none.
    pub fn local_path(&self) -> Option<&str> {
        self.place.local_path()
    }
}

/// The targets of a site, in the order of the file, and what is wrong with their tables.
pub fn targets(given: &Given) -> (Vec<Target>, Vec<Diagnostic>) {
    config::read_table(given, "publish", |mut section, found| {
        let mut targets = Vec::new();
        let markings = Markings::of(given);
        for entry in std::mem::take(&mut section.entries) {
            let is_name = !entry.key.is_empty() && entry.key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
            match &entry.node.value {
                Value::Table(_) if !is_name => {
                    let message = format!("`{}` cannot be the name of a target: write it with letters, digits, `-` and `_`", entry.key);
                    section.report(Diagnostic::error(codes::BAD_SETTING, message), &entry.origin);
                }
                Value::Table(entries) => targets.extend(target(&entry, entries.clone(), given, &markings, found)),
                _ => section.refuse(&entry.key, &entry.node, &Wrong::expected("a table: targets have names, as in `[publish.live]`")),
            }
        }
        section.finish(found);
        targets
    })
}

/// One table; `None` when it does not say enough, which has been told then.
fn target(table: &Entry, entries: Vec<Entry>, given: &Given, known: &Markings, found: &mut Vec<Diagnostic>) -> Option<Target> {
    let mut section = Section::new(&format!("publish.{}", table.key), entries, given);
    refuse_secrets(&mut section);
    let mut base_url = None;
    section.made(BASE_URL.name, &mut base_url, address::base_url);
    let mut previews = false;
    section.truth(PREVIEWS.name, &mut previews);
    let mut markings = Vec::new();
    section.read(MARKINGS.name, &mut markings, |node, _| known.some(node));
    let mut kind = None;
    section.read(TARGET.name, &mut kind, |node, raw| find_kind(node, raw).map(Some));
    let mut reader = Reader { section, table };
    let (mut place, mut precompressed) = (None, Vec::new());
    match kind {
        Some(kind) => {
            place = (kind.read)(&mut reader);
            if kind.settings.contains(&PRECOMPRESSED) {
                reader.section.read(PRECOMPRESSED.name, &mut precompressed, |node, _| codings(node));
            }
        }
        None => {
            if !reader.section.has_problems() {
                reader.missing(&TARGET);
            }
            // What else it says cannot be judged.
            reader.section.entries.clear();
        }
    }
    reader.section.finish(found);
    Some(Target { name: table.key.clone(), base_url, previews, markings, precompressed, place: place? })
}

fn find_kind(node: &Node, raw: Option<&str>) -> Result<&'static Kind, Wrong> {
    let text = value::text(node, raw)?;
    let words = || KINDS.iter().map(|kind| format!("`{}`", kind.word)).collect::<Vec<_>>().join(", ");
    KINDS.iter().find(|kind| kind.word == text).ok_or_else(|| Wrong::expected(format!("one of {}", words())))
}

/// Reads what a kind of target needs, and tells what is missing.
pub struct Reader<'a> {
    /// The table; what is not read of it is told as unknown.
    pub section: Section<'a>,
    table: &'a Entry,
}

impl Reader<'_> {
    fn missing(&mut self, setting: &Setting) {
        let problem = Diagnostic::error(codes::BAD_SETTING, format!("`[publish.{}]` needs `{}`", self.table.key, setting.name));
        self.section.report(problem.hint(format!("as in `{} = \"{}\"`", setting.name, setting.example)), &self.table.origin);
    }

    /// Tells what a setting must be, and what it is instead.
    pub fn refuse(&mut self, setting: &Setting, must_be: &str, hint: Option<&str>) {
        let message = format!("`publish.{}.{}` must be {must_be}", self.table.key, setting.name);
        let mut problem = Diagnostic::error(codes::BAD_SETTING, message);
        problem.hints.extend(hint.map(str::to_string));
        self.section.report(problem, &self.table.origin);
    }

    /// A text that must be there and not be empty; `None` when it is not, which has been told then.
    pub fn needed(&mut self, setting: &'static Setting) -> Option<String> {
        let text = self.optional(setting);
        if text.is_none() {
            self.missing(setting);
        }
        text
    }

    /// A text; `None` when it is not there, or empty.
    pub fn optional(&mut self, setting: &'static Setting) -> Option<String> {
        let mut text = None;
        self.section.read(setting.name, &mut text, value::optional);
        text
    }

    /// The path of a folder or file of this machine; `None` when it is not there, or none, which has been told then.
    pub fn path(&mut self, setting: &'static Setting) -> Option<String> {
        let path = self.needed(setting)?;
        if !path.starts_with('~') {
            return Some(path);
        }
        let must_be = format!("a path from the root of the site, or of the machine, not `{path}`");
        self.refuse(setting, &must_be, Some("write it out: `~` is a word of the shell"));
        None
    }
}

fn codings(node: &Node) -> Result<Vec<Coding>, Wrong> {
    let expected = || Wrong::expected("a list of `\"br\"` and `\"gz\"`");
    let coding = |name: &String| match name.as_str() {
        "br" => Ok(Coding::Brotli),
        "gz" => Ok(Coding::Gzip),
        _ => Err(expected()),
    };
    let mut codings = value::texts(node, r#"["br", "gz"]"#)?.iter().map(coding).collect::<Result<Vec<Coding>, Wrong>>()?;
    codings.sort_unstable();
    codings.dedup();
    Ok(codings)
}

/// What somebody may put here who has seen it elsewhere; none of it may stand in a file that is shared.
const SECRETS: [&str; 13] = [
    "access_key_id",
    "secret_access_key",
    "session_token",
    "access_key",
    "secret_key",
    "account_key",
    "sas_token",
    "service_account_key",
    "client_secret",
    "password",
    "token",
    "secret",
    "credentials",
];

fn refuse_secrets(section: &mut Section) {
    let secrets: Vec<Entry> = section.entries.extract_if(.., |entry| SECRETS.contains(&entry.key.as_str())).collect();
    for secret in secrets {
        let problem = Diagnostic::error(codes::BAD_SETTING, format!("`{}` does not belong into the settings", secret.key));
        let hint = "credentials come from the environment: `chancery help publish` names the variables";
        section.report_unseen(problem.hint(hint), &secret.origin);
    }
}

#[cfg(test)]
mod tests;
