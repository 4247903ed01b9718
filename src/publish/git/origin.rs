//! Where the repository is that is published to, and what the site's own settings say of how it is reached.

use std::path::Path;

use super::failed::without_passwords;
use super::program::Git;
use crate::publish::error::Error;

/// A repository somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// For messages, without passwords.
    pub shown: String,
    /// How it is reached, as settings of `git`: of a remote that is called `place`.
    pub settings: Vec<(String, String)>,
}

/// The repository of the settings, or else the one that the site's own sources come from. `git` is that of the site.
///
/// # Errors
/// None is named, and the site has none.
pub fn find(git: &Git, root: &Path, repository: Option<&str>) -> Result<Origin, Error> {
    // What is in the folder's own settings is there for that repository: a login of the runner, or another address of it.
    let local = git.run(&["config", "--local", "--includes", "--list", "-z"]).map_or_else(|_| Vec::new(), |list| settings(&list));
    let value = |name: &str| local.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let own = value("remote.origin.url");
    let (url, push_url) = match repository {
        Some(named) if !is_address(named) || own.as_deref().is_none_or(|own| bare(own) != bare(named)) => {
            let url = if is_address(named) { named.to_string() } else { root.join(named).to_string_lossy().into_owned() };
            return Ok(Origin { shown: shown(&url), settings: vec![("remote.place.url".into(), url)] });
        }
        Some(named) => (named.to_string(), None),
        None => (own.map_or_else(|| asked(git), Ok)?, value("remote.origin.pushurl")),
    };
    let top = || git.line(&["rev-parse", "--show-toplevel"]).unwrap_or_default();
    let absolute = |url: String| if is_address(&url) { url } else { Path::new(&top()).join(url).to_string_lossy().into_owned() };
    let shown = shown(&url);
    let mut settings: Vec<(String, String)> = local.into_iter().filter(|(key, _)| is_of_transport(key)).collect();
    settings.push(("remote.place.url".into(), absolute(url)));
    settings.extend(push_url.map(|url| ("remote.place.pushurl".into(), absolute(url))));
    Ok(Origin { shown, settings })
}

/// The address of `origin` where it is not in the file where it usually is.
fn asked(git: &Git) -> Result<String, Error> {
    git.line(&["remote", "get-url", "origin"]).map_err(|failed| {
        Error::call(format!("the settings name no `repository`, and the site has no remote `origin`: {}", failed.text))
            .hint("as in `repository = \"git@example.org:briefings.git\"`")
    })
}

/// The settings in what `git config --list -z` wrote.
fn settings(list: &[u8]) -> Vec<(String, String)> {
    let entries = list.split(|byte| *byte == 0).filter(|entry| !entry.is_empty());
    entries
        .map(|entry| {
            let entry = String::from_utf8_lossy(entry);
            // A key alone is a truth.
            let (key, value) = entry.split_once('\n').unwrap_or((&entry, "true"));
            (key.to_string(), value.to_string())
        })
        .collect()
}

/// Whether a setting says how another repository is reached.
fn is_of_transport(key: &str) -> bool {
    ["http.", "url.", "credential."].iter().any(|start| key.starts_with(start)) || key == "core.sshcommand"
}

/// True for `scheme://…` and `host:path`, false for a path (<https://git-scm.com/docs/git-clone#_git_urls>).
fn is_address(text: &str) -> bool {
    text.contains("://") || text.split('/').next().is_some_and(|first| first.contains(':'))
}

/// An address without what people leave out at its end.
fn bare(address: &str) -> &str {
    let address = address.trim_end_matches('/');
    address.strip_suffix(".git").unwrap_or(address)
}

fn shown(address: &str) -> String {
    format!("`{}`", without_passwords(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_path() {
        let found = ["https://example.org/x.git", "git@example.org:x.git", "host:x", "../x.git", "/srv/a:b.git", "x"].map(is_address);
        assert_eq!(found, [true, true, true, false, false, false]);
        assert_eq!(bare("https://example.org/x.git/"), bare("https://example.org/x"));
    }

    #[test]
    fn settings_are_read_with_values_of_several_lines_and_with_none() {
        let found = settings(b"http.x.extraheader\nA: b\0http.sslverify\0url.a.insteadof\nb\nc\0http.y.extraheader\n\0");
        let pairs: Vec<(&str, &str)> = found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(
            pairs,
            [("http.x.extraheader", "A: b"), ("http.sslverify", "true"), ("url.a.insteadof", "b\nc"), ("http.y.extraheader", "")]
        );
        assert!(is_of_transport("core.sshcommand") && !is_of_transport("core.bare") && !is_of_transport("remote.origin.url"));
    }
}
