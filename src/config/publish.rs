//! The tables `[publish.NAME]`: where a site is published.
//!
//! Owns `Target` and what is said of a wrong one. It must not know how anything is sent, and it holds no credentials: those come from the
//! environment, or from what `git` and `ssh` know.

use super::BaseUrl;
use super::section::{Scene, Section};
use super::tree::{Entry, Node, Value};
use super::value::{self, Wrong};
use crate::diagnostic::{Diagnostic, codes};

/// A place where the site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Letters, digits, `-` and `_`.
    pub name: String,
    /// The address that the site has there, if it is another than `base_url` of the site.
    pub base_url: Option<BaseUrl>,
    /// It is for previews: all that is published there carries a banner and is not to be found by search engines.
    pub previews: bool,
    /// Copies that lie beside each text, for servers that send them as they are.
    pub precompressed: Vec<Coding>,
    pub kind: Kind,
}

/// What kind of place it is, with what it needs to be found. Names are those of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A folder of this machine. `path` is relative to the root of the site.
    Directory { path: String, keep: usize },
    /// A branch; without a `repository` one of the site's own `origin`.
    Git { repository: Option<String>, branch: String, domain: Option<String>, history: History },
    /// Objects in a bucket.
    Store(Store),
    /// A folder of another machine, `user@host:path`.
    Rsync { destination: String },
    /// A `.zip` or `.tar.gz`. `path` is relative to the root of the site.
    Archive { path: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    pub service: Service,
    /// The bucket, or the container of Azure.
    pub bucket: String,
    /// Where in the bucket the site begins: empty, or without slashes at its ends.
    pub prefix: String,
    pub region: Option<String>,
    pub endpoint: Option<String>,
    /// Of Azure.
    pub account: Option<String>,
    /// Whether `endpoint` may be `http://`, which it may at any rate on this machine.
    pub allow_http: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    S3,
    Gcs,
    Azure,
}

/// What becomes of the earlier commits of a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    Keep,
    /// There is one commit, and it is replaced.
    Squash,
}

/// How a copy is compressed (<https://www.rfc-editor.org/rfc/rfc9110#name-content-codings>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coding {
    Brotli,
    Gzip,
}

/// The words after `target =`.
const KINDS: [&str; 7] = ["directory", "git", "s3", "gcs", "azure", "rsync", "archive"];

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

/// The tables `[publish.NAME]`, in the order of the file.
pub fn targets(mut section: Section, scene: &Scene, found: &mut Vec<Diagnostic>) -> Vec<Target> {
    let mut targets = Vec::new();
    for entry in std::mem::take(&mut section.entries) {
        let is_name = !entry.key.is_empty() && entry.key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
        match &entry.node.value {
            Value::Table(_) if !is_name => {
                let message = format!("`{}` cannot be the name of a target: write it with letters, digits, `-` and `_`", entry.key);
                section.report(Diagnostic::error(codes::BAD_SETTING, message), &entry.origin);
            }
            Value::Table(entries) => targets.extend(target(&entry, entries.clone(), scene, found)),
            _ => section.refuse(&entry.key, &entry.node, &Wrong::expected("a table: targets have names, as in `[publish.live]`")),
        }
    }
    section.finish(found);
    targets
}

/// One table; nothing if it does not say enough, which has been told then.
fn target(table: &Entry, entries: Vec<Entry>, scene: &Scene, found: &mut Vec<Diagnostic>) -> Option<Target> {
    let name = table.key.clone();
    let mut section = Section::new(&format!("publish.{name}"), entries, scene);
    refuse_secrets(&mut section);
    let mut target =
        Target { name, base_url: None, previews: false, precompressed: Vec::new(), kind: Kind::Archive { path: String::new() } };
    section.made("base_url", &mut target.base_url, value::base_url);
    section.truth("previews", &mut target.previews);
    let mut word = None;
    section.read("target", &mut word, |node, raw| kind_word(node, raw).map(Some));
    let mut reading = Reading { section, table };
    let kind = match word.as_deref() {
        Some("directory") => directory(&mut reading),
        Some("git") => git(&mut reading),
        Some("s3") => store(&mut reading, Service::S3),
        Some("gcs") => store(&mut reading, Service::Gcs),
        Some("azure") => store(&mut reading, Service::Azure),
        Some("rsync") => reading.needed("destination", "web@host.example.org:/srv/www/site").map(|destination| Kind::Rsync { destination }),
        Some(_) => archive(&mut reading),
        None => {
            if !reading.section.has_problems() {
                reading.missing("target", "directory");
            }
            // What else it says cannot be judged.
            reading.section.entries.clear();
            None
        }
    };
    if matches!(word.as_deref(), Some("directory" | "rsync" | "s3" | "gcs" | "azure")) {
        reading.section.read("precompressed", &mut target.precompressed, |node, _| codings(node));
    }
    reading.section.finish(found);
    target.kind = kind?;
    Some(target)
}

/// Reads what a kind of target needs, and tells what is missing.
struct Reading<'a> {
    section: Section<'a>,
    table: &'a Entry,
}

impl Reading<'_> {
    fn missing(&mut self, key: &str, example: &str) {
        let problem = Diagnostic::error(codes::BAD_SETTING, format!("`[publish.{}]` needs `{key}`", self.table.key));
        self.section.report(problem.hint(format!("as in `{key} = \"{example}\"`")), &self.table.origin);
    }

    /// A text that must be there and not be empty.
    fn needed(&mut self, key: &'static str, example: &str) -> Option<String> {
        let text = self.optional(key);
        if text.is_none() {
            self.missing(key, example);
        }
        text
    }

    /// The path of a folder or file of this machine.
    fn path(&mut self, example: &str) -> Option<String> {
        let path = self.needed("path", example)?;
        if !path.starts_with('~') {
            return Some(path);
        }
        let message =
            format!("`publish.{}.path` must be a path from the root of the site, or of the machine, not `{path}`", self.table.key);
        let problem = Diagnostic::error(codes::BAD_SETTING, message).hint("write it out: `~` is a word of the shell");
        self.section.report(problem, &self.table.origin);
        None
    }

    fn optional(&mut self, key: &'static str) -> Option<String> {
        let mut text = None;
        self.section.read(key, &mut text, value::optional);
        text
    }
}

fn kind_word(node: &Node, raw: Option<&str>) -> Result<String, Wrong> {
    let text = value::text(node, raw)?;
    let shown = KINDS.map(|kind| format!("`{kind}`")).join(", ");
    if KINDS.contains(&text.as_str()) { Ok(text) } else { Err(Wrong::expected(format!("one of {shown}"))) }
}

fn directory(reading: &mut Reading) -> Option<Kind> {
    let path = reading.path("/srv/www/site");
    let mut keep = 5;
    reading.section.read("keep", &mut keep, |node, _| value::whole(node, 1));
    Some(Kind::Directory { path: path?, keep })
}

fn git(reading: &mut Reading) -> Option<Kind> {
    let repository = repository(&mut reading.section);
    let mut branch = "gh-pages".to_string();
    reading.section.read("branch", &mut branch, |node, raw| branch_name(value::text(node, raw)?));
    let mut domain = None;
    reading.section.read("domain", &mut domain, |node, raw| domain_name(value::optional(node, raw)?));
    let mut history = History::Keep;
    reading.section.read("history", &mut history, |node, _| match &node.value {
        Value::Text(text) if text == "keep" => Ok(History::Keep),
        Value::Text(text) if text == "squash" => Ok(History::Squash),
        _ => Err(Wrong::expected("`\"keep\"` or `\"squash\"`")),
    });
    Some(Kind::Git { repository, branch, domain, history })
}

fn store(reading: &mut Reading, service: Service) -> Option<Kind> {
    let key = if service == Service::Azure { "container" } else { "bucket" };
    let bucket = reading.needed(key, if service == Service::Azure { "$web" } else { "briefings" });
    let bucket = bucket.filter(|name| {
        let is_name = !name.contains(['/', ':', ' ']);
        if !is_name {
            let message = format!("`publish.{}.{key}` must be a name alone, without address or path, not `{name}`", reading.table.key);
            reading.section.report(Diagnostic::error(codes::BAD_SETTING, message), &reading.table.origin);
        }
        is_name
    });
    let mut prefix = String::new();
    reading.section.read("prefix", &mut prefix, |node, raw| path_in_bucket(&value::text(node, raw)?));
    let (mut region, mut account) = (None, None);
    match service {
        Service::S3 => region = reading.optional("region"),
        Service::Azure => account = reading.optional("account"),
        Service::Gcs => {}
    }
    let mut allow_http = false;
    reading.section.truth("allow_http", &mut allow_http);
    let mut endpoint = None;
    reading.section.read("endpoint", &mut endpoint, |node, raw| address(value::optional(node, raw)?, allow_http));
    Some(Kind::Store(Store { service, bucket: bucket?, prefix, region, endpoint, account, allow_http }))
}

fn archive(reading: &mut Reading) -> Option<Kind> {
    let path = reading.path("site.zip")?;
    let lower = path.to_ascii_lowercase();
    if [".zip", ".tar.gz", ".tgz"].iter().any(|ending| lower.ends_with(ending)) {
        return Some(Kind::Archive { path });
    }
    let message = format!("`publish.{}.path` must be the path of a `.zip` or `.tar.gz`, not `{path:?}`", reading.table.key);
    reading.section.report(Diagnostic::error(codes::BAD_SETTING, message), &reading.table.origin);
    None
}

fn codings(node: &Node) -> Result<Vec<Coding>, Wrong> {
    let expected = || Wrong::expected("a list of `\"br\"` and `\"gz\"`");
    let names = value::texts(node, r#"["br", "gz"]"#)?;
    let mut codings = names
        .iter()
        .map(|name| match name.as_str() {
            "br" => Ok(Coding::Brotli),
            "gz" => Ok(Coding::Gzip),
            _ => Err(expected()),
        })
        .collect::<Result<Vec<Coding>, Wrong>>()?;
    codings.sort_unstable();
    codings.dedup();
    Ok(codings)
}

fn refuse_secrets(section: &mut Section) {
    let secrets: Vec<Entry> = section.entries.extract_if(.., |entry| SECRETS.contains(&entry.key.as_str())).collect();
    for secret in secrets {
        let problem = Diagnostic::error(codes::BAD_SETTING, format!("`{}` does not belong into the settings", secret.key));
        let hint = "credentials come from the environment: `chancery help publish` names the variables";
        section.report_unseen(problem.hint(hint), &secret.origin);
    }
}

/// The address of a repository, which may name who asks, but not with a password.
fn repository(section: &mut Section) -> Option<String> {
    let node = section.take("repository")?;
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
            section.refuse("repository", &node, &Wrong::expected("the address or path of a repository"));
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

fn path_in_bucket(text: &str) -> Result<String, Wrong> {
    let path = text.trim_matches('/');
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(char::is_control);
    if path.is_empty() || path.split('/').all(is_part) { Ok(path.into()) } else { Err(Wrong::expected("a path such as `sites/briefings`")) }
}

fn address(text: Option<String>, allow_http: bool) -> Result<Option<String>, Wrong> {
    let Some(text) = text else { return Ok(None) };
    let address = value::base_url(text)?;
    match &address {
        Some(address) if address.origin.starts_with("http://") && !allow_http && !is_loopback(&address.host) => {
            Err(Wrong::expected("an address that begins with `https://`").hint("`allow_http = true` sends all in the open, keys too"))
        }
        _ => Ok(address.map(|address| address.url.trim_end_matches('/').to_string())),
    }
}

fn is_loopback(host: &str) -> bool {
    let number = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || number.is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config;

    fn read(text: &str) -> (Vec<Target>, Vec<String>) {
        let (config, problems) = config::read(&Arc::from("site.toml"), text, &[]);
        let shown = |problem: &Diagnostic| {
            let line = problem.place.as_ref().map_or(0, |place| place.line);
            let hints: String = problem.hints.iter().map(|hint| format!(" | {hint}")).collect();
            format!("{line} {}{hints}", problem.message)
        };
        (config.publish, problems.iter().map(shown).collect())
    }

    fn kind(text: &str) -> Kind {
        let (targets, problems) = read(&format!("[publish.live]\n{text}"));
        assert_eq!(problems, [""; 0], "{text}");
        targets.into_iter().next().expect("a target").kind
    }

    fn problems(text: &str) -> Vec<String> {
        read(&format!("[publish.live]\n{text}")).1
    }

    #[test]
    fn every_kind_of_target_is_read_with_its_defaults() {
        assert_eq!(kind("target = \"directory\"\npath = \"/srv\""), Kind::Directory { path: "/srv".into(), keep: 5 });
        let git = Kind::Git { repository: None, branch: "gh-pages".into(), domain: None, history: History::Keep };
        assert_eq!(kind("target = \"git\""), git);
        let store = |service| Store {
            service,
            bucket: "b".into(),
            prefix: String::new(),
            region: None,
            endpoint: None,
            account: None,
            allow_http: false,
        };
        assert_eq!(kind("target = \"s3\"\nbucket = \"b\""), Kind::Store(store(Service::S3)));
        assert_eq!(kind("target = \"gcs\"\nbucket = \"b\""), Kind::Store(store(Service::Gcs)));
        assert_eq!(kind("target = \"azure\"\ncontainer = \"b\""), Kind::Store(store(Service::Azure)));
        let prefixed = Store { prefix: "a/b".into(), endpoint: Some("http://127.0.0.1:9000".into()), ..store(Service::S3) };
        assert_eq!(
            kind("target = \"s3\"\nbucket = \"b\"\nprefix = \"/a/b/\"\nendpoint = \"http://127.0.0.1:9000/\""),
            Kind::Store(prefixed)
        );
        assert_eq!(kind("target = \"rsync\"\ndestination = \"h:/x\""), Kind::Rsync { destination: "h:/x".into() });
        assert_eq!(kind("target = \"archive\"\npath = \"x.tar.gz\""), Kind::Archive { path: "x.tar.gz".into() });
    }

    #[test]
    fn what_all_targets_have_is_read() {
        let text = "base_url = \"https://next.example.org\"\npreviews = true\ntarget = \"directory\"\npath = \"x\"\nprecompressed = [\"gz\", \"br\"]";
        let (targets, problems) = read(&format!("[publish.next]\n{text}"));
        assert_eq!(problems, [""; 0]);
        let target = &targets[0];
        assert_eq!((target.name.as_str(), target.previews), ("next", true));
        assert_eq!(target.base_url.as_ref().map(|base| base.url.as_str()), Some("https://next.example.org/"));
        assert_eq!(target.precompressed, [Coding::Brotli, Coding::Gzip]);
    }

    #[test]
    fn what_is_missing_or_wrong_is_told_where_it_stands() {
        assert_eq!(problems("path = \"x\""), ["1 `[publish.live]` needs `target` | as in `target = \"directory\"`"]);
        assert_eq!(problems("target = \"s3\""), ["1 `[publish.live]` needs `bucket` | as in `bucket = \"briefings\"`"]);
        let ftp = "2 `publish.live.target` must be one of `directory`, `git`, `s3`, `gcs`, `azure`, `rsync`, `archive`, not `\"ftp\"`";
        assert_eq!(problems("target = \"ftp\"\nhost = \"x\""), [ftp]);
        let near = "4 there is no setting `publish.live.regoin` | did you mean `publish.live.region`?";
        assert_eq!(problems("target = \"s3\"\nbucket = \"b\"\nregoin = \"x\""), [near]);
        let open = "4 `publish.live.endpoint` must be an address that begins with `https://`, not `\"http://s3.example.org\"` | `allow_http = true` sends all in the open, keys too";
        assert_eq!(problems("target = \"s3\"\nbucket = \"b\"\nendpoint = \"http://s3.example.org\""), [open]);
        assert_eq!(problems("target = \"archive\"\npath = \"x.rar\"").len(), 1);
        assert_eq!(problems("target = \"git\"\nbranch = \"a..b\"").len(), 1);
        assert_eq!(read("[publish.\"../x\"]\ntarget = \"git\"\n").1.len(), 1);
    }

    #[test]
    fn secrets_are_refused_and_not_shown() {
        let text = "target = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"hunter2\"";
        let (config, problems) = config::read(&Arc::from("site.toml"), &format!("[publish.live]\n{text}"), &[]);
        assert!(config.publish.len() == 1 && problems.len() == 1 && !format!("{problems:?}").contains("hunter2"), "{problems:?}");
        let told = problems_of_repository("https://me:hunter2@example.org/x.git");
        assert!(told.len() == 1 && !told[0].contains("hunter2"), "{told:?}");
    }

    fn problems_of_repository(address: &str) -> Vec<String> {
        let text = format!("[publish.live]\ntarget = \"git\"\nrepository = \"{address}\"");
        let (_, problems) = config::read(&Arc::from("site.toml"), &text, &[]);
        problems.iter().map(|problem| format!("{problem:?}")).collect()
    }
}
