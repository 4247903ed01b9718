//! What the settings say of a branch.

use super::Branch;
use crate::config::value::{self, Wrong};
use crate::config::{Section, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::publish::PublishOptions;
use crate::publish::error::Error;
use crate::publish::host::Host;
use crate::publish::target::{Kind, Place, Setting};

const REPOSITORY: Setting = Setting {
    name: "repository",
    example: "",
    default: "",
    doc: "The address or path of the repository; without it, the `origin` of the site's own.",
};
const BRANCH: Setting = Setting { name: "branch", example: "", default: "\"gh-pages\"", doc: "The branch." };
const DOMAIN: Setting = Setting { name: "domain", example: "", default: "", doc: "A domain of your own, for the file `CNAME`." };
const HISTORY: Setting =
    Setting { name: "history", example: "", default: "\"keep\"", doc: "`\"squash\"` keeps one commit and replaces it." };

/// The row of this kind.
pub const KIND: Kind = Kind {
    word: "git",
    section: "A branch of a Git repository",
    settings: &[REPOSITORY, BRANCH, DOMAIN, HISTORY],
    read: |reader| {
        let section = &mut reader.section;
        let repository = repository(section);
        let mut settings = Settings { repository, branch: "gh-pages".into(), domain: None, history: History::Keep };
        section.read(BRANCH.name, &mut settings.branch, |node, raw| branch_name(value::text(node, raw)?));
        section.read(DOMAIN.name, &mut settings.domain, |node, raw| domain_name(value::optional(node, raw)?));
        section.read(HISTORY.name, &mut settings.history, |node, _| match &node.value {
            Value::Text(text) if text == "keep" => Ok(History::Keep),
            Value::Text(text) if text == "squash" => Ok(History::Squash),
            _ => Err(Wrong::expected("`\"keep\"` or `\"squash\"`")),
        });
        Some(Box::new(settings))
    },
};

/// What the settings say of a branch.
#[derive(Debug)]
pub struct Settings {
    /// Without one it is the site's own `origin`.
    pub repository: Option<String>,
    /// The branch that is published.
    pub branch: String,
    /// The domain that is written into `CNAME`; `None` for none.
    pub domain: Option<String>,
    /// What becomes of earlier commits.
    pub history: History,
}

/// What becomes of the earlier commits of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    Keep,
    /// There is one commit, and it is replaced.
    Squash,
}

impl Place for Settings {
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Ok(Box::new(Branch::open(options, self)?))
    }
}

/// The address of a repository, which may name who asks, but not with a password.
fn repository(section: &mut Section) -> Option<String> {
    let node = section.take(REPOSITORY.name)?;
    // A password may hold slashes, and a token may stand behind the path.
    let has_password = |text: &str| {
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        rest.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) || rest.contains('?')
    };
    match &node.value {
        Value::Text(text) if has_password(text) => {
            let problem = Diagnostic::error(codes::BAD_SETTING, "the address of a repository must not hold a password or a token");
            section.report_unseen(problem.hint("`git` asks for it, or has it from a credential helper"), &node.origin);
            None
        }
        Value::Text(text) if !text.trim().is_empty() && !text.starts_with('-') => Some(text.clone()),
        _ => {
            section.refuse(REPOSITORY.name, &node, &Wrong::expected("the address or path of a repository"));
            None
        }
    }
}

/// By `git help check-ref-format`, but for what nobody writes.
fn branch_name(text: String) -> Result<String, Wrong> {
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock");
    let is_letter = |letter: char| !letter.is_control() && !r" ~^:?*[\".contains(letter);
    let is_name = text.split('/').all(is_part) && text.chars().all(is_letter);
    let is_name = is_name && !text.starts_with('-') && !text.ends_with('.') && !text.contains("..") && !text.contains("@{") && text != "@";
    if is_name { Ok(text) } else { Err(Wrong::expected("the name of a branch such as `gh-pages`")) }
}

fn domain_name(text: Option<String>) -> Result<Option<String>, Wrong> {
    let is_name = |text: &String| text.contains('.') && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    match text {
        Some(text) if !is_name(&text) => Err(Wrong::expected("a domain such as `briefings.example.org`")),
        text => Ok(text),
    }
}
