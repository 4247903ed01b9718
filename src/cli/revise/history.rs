//! The text of a file as Git has it: last committed, at a revision, or at the end of a day; under the name that it had then.
//!
//! It must not know what the text says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Kept;
use crate::cli::error::Error;
use crate::cli::invocation::Invocation;

/// A commit that changed the file, and what that was called there.
struct Commit {
    id: String,
    at: Timestamp,
    path: String,
}

/// `git` in the folder of a file.
struct Git {
    folder: PathBuf,
    variables: Vec<(OsString, OsString)>,
}

impl Git {
    /// What it writes; `None` if it fails.
    fn run(&self, args: &[&str]) -> Result<Option<Vec<u8>>, Error> {
        let mut command = Command::new("git");
        command.args(args).current_dir(&self.folder).env_clear().envs(self.variables.iter().cloned());
        let output = command.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::usage("`git` is not installed, or not where `PATH` says")
                .hint("install it, or run `chancery revise` before you edit the page, without `--from-git`"),
            _ => Error::io("run", Path::new("git"), error),
        })?;
        Ok(output.status.success().then_some(output.stdout))
    }

    fn line(&self, args: &[&str]) -> Result<Option<String>, Error> {
        Ok(self.run(args)?.map(|bytes| String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_string()))
    }
}

/// The text of `file` that is asked for: of the last commit, if `asked` is empty.
///
/// # Errors
/// Git is not there, or has no such text.
pub fn text(invocation: &Invocation, file: &Path, asked: &str, zone: &TimeZone) -> Result<Kept, Error> {
    let folder = file.parent().unwrap_or(Path::new(".")).to_path_buf();
    let of_other_repositories = |name: &OsString| {
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY"]
            .iter()
            .any(|known| name == known)
    };
    let variables = invocation
        .world
        .variables
        .iter()
        .filter(|(name, _)| !of_other_repositories(name))
        .map(|(name, value)| (name.clone(), value.clone()));
    let git = Git { folder, variables: variables.collect() };
    let Some(prefix) = git.line(&["rev-parse", "--show-prefix"])? else {
        return Err(Error::usage(format!("`{}` lies in no repository of Git", file.display()))
            .hint("run `chancery revise` before you edit the page, without `--from-git`"));
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let path = format!("{prefix}{name}");
    let commits = commits(&git, &name)?;
    let is_shallow = || git.line(&["rev-parse", "--is-shallow-repository"]).map(|said| said.as_deref() == Some("true"));
    let Some(last) = commits.first() else {
        return Err(Error::usage(format!("`{path}` has never been committed, so Git has no other text of it"))
            .hint("run `chancery revise` before you edit the page, without `--from-git`"));
    };
    let day: Option<Date> = asked.parse().ok();
    let (revision, committed) = match day {
        _ if asked.is_empty() => ("HEAD".to_string(), last),
        Some(day) => {
            let end = day.tomorrow().ok().and_then(|next| next.to_zoned(zone.clone()).ok()).map_or(Timestamp::MAX, |end| end.timestamp());
            match commits.iter().find(|commit| commit.at < end) {
                Some(commit) => (commit.id.clone(), commit),
                None if is_shallow()? => return Err(shallow(&format!("it does not go back to {day}"))),
                None => {
                    let first = commits.last().unwrap_or(last).at.to_zoned(zone.clone()).date();
                    return Err(Error::usage(format!("`{path}` was first committed on {first}, so Git has no text of {day}"))
                        .hint("name a later day, or a revision"));
                }
            }
        }
        None => {
            let Some(id) = git.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{asked}^{{commit}}")])? else {
                return Err(if is_shallow()? {
                    shallow(&format!("`{asked}` is not in it"))
                } else {
                    Error::usage(format!("Git has no revision `{asked}`"))
                        .hint("was the history rewritten? `git reflog` shows what it was; a day is written `2026-03-01`")
                });
            };
            let known = &commits;
            let is_in = |commit: &&Commit| git.run(&["merge-base", "--is-ancestor", &commit.id, &id]).is_ok_and(|done| done.is_some());
            match known.iter().find(is_in) {
                Some(commit) => (id, commit),
                None => {
                    return Err(Error::usage(format!("`{path}` is not in the revision `{asked}`"))
                        .hint(format!("`git log --follow -- {name}` shows in which it is")));
                }
            }
        }
    };
    let object = format!("{revision}:{}", committed.path);
    let Some(bytes) = git.run(&["cat-file", "blob", &object])? else {
        return Err(Error::usage(format!("Git cannot show `{object}`"))
            .hint("was the file deleted there, or only staged? `git log --follow` shows where it has a text"));
    };
    let text = String::from_utf8(bytes).map_err(|_| Error::usage(format!("`{object}` is not UTF-8")).hint("name a later revision"))?;
    Ok(Kept { text, committed: Some(committed.at.to_zoned(zone.clone()).date()) })
}

fn shallow(what: &str) -> Error {
    Error::usage(format!("the history is cut off (a shallow clone), and {what}")).hint("fetch all of it: `git fetch --unshallow`")
}

/// The commits that changed a file, the newest first, across renames.
fn commits(git: &Git, name: &str) -> Result<Vec<Commit>, Error> {
    let args = ["-c", "core.quotePath=false", "log", "--follow", "--name-only", "-z", "--format=%x01%H%x02%cI%x02", "HEAD", "--", name];
    let Some(bytes) = git.run(&args)? else { return Ok(Vec::new()) };
    let text = String::from_utf8_lossy(&bytes);
    let commit = |entry: &str| {
        let mut parts = entry.split('\u{2}');
        let (id, at, path) = (parts.next()?, parts.next()?, parts.next()?);
        let path = path.trim_matches(['\0', '\n']).to_string();
        Some(Commit { id: id.to_string(), at: at.parse().ok()?, path })
    };
    Ok(text.split('\u{1}').filter_map(commit).filter(|commit| !commit.path.is_empty()).collect())
}
