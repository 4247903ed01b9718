//! A bare repository of ours beside the site: what was fetched, and what is made of it before it is pushed.
//!
//! Whatever is wrong with it, it is thrown away and made anew.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::failed::Failed;
use super::origin::Origin;
use super::program::Git;
use crate::publish::error::{Error, failed};

/// A bare repository of ours, between the site and the place.
pub struct Cache {
    /// Runs `git` in it.
    pub git: Git,
    /// The repository that it is a copy of, for messages.
    pub shown: String,
    folder: PathBuf,
    /// There while something is made: what a killed process leaves is not trusted.
    mark: PathBuf,
    site: Git,
    branch: String,
}

/// The commits of branch and manifest, where there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    /// The commit that the branch is at; `None` when there is no such branch.
    pub branch: Option<String>,
    /// The commit that holds the manifest; `None` when there is none.
    pub manifest: Option<String>,
}

/// What the repository has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct There {
    /// The commits that it is at.
    pub heads: Heads,
    /// The files of the branch, by path.
    pub files: Files,
}

/// The files of a commit, by path.
pub type Files = BTreeMap<String, Entry>;

/// A file in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As `git ls-tree` writes it.
    pub mode: String,
    /// The name that `git` gives its bytes.
    pub id: String,
}

/// What holds for every call, whoever's settings say otherwise: paths are what they are on every machine, and nothing goes on behind our back.
const SETTINGS: [(&str, &str); 3] = [("core.ignorecase", "false"), ("gc.autodetach", "false"), ("maintenance.autodetach", "false")];

/// The reference of the manifest of a branch.
pub fn manifest_of(branch: &str) -> String {
    format!("refs/chancery/{branch}")
}

fn head_of(branch: &str) -> String {
    format!("refs/heads/{branch}")
}

impl Cache {
    /// `site` is `git` as the site calls it, `state` a folder of ours.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(site: &Git, state: &std::path::Path, origin: Origin, branch: &str) -> Result<Cache, Error> {
        let folder = state.join("repository");
        let own = SETTINGS.map(|(key, value)| (key.to_string(), value.to_string()));
        let settings = [own.to_vec(), origin.settings].concat();
        let git = site.with_repository(folder.clone(), &settings);
        let mark = state.join("unfinished");
        let mut cache = Cache { git, shown: origin.shown, folder, mark, site: site.clone(), branch: branch.into() };
        if cache.mark.exists() || cache.git.run(&["rev-parse", "--is-bare-repository"]).is_err() {
            cache.renew("sha1")?;
        }
        cache.git = cache.git.without_questions();
        Ok(cache)
    }

    /// Throws away what is there. `format` is that of ids.
    fn renew(&self, format: &str) -> Result<(), Error> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed("remove", &self.folder)(error)),
            _ => {}
        }
        fs::create_dir_all(&self.folder).map_err(failed("make the folder", &self.folder))?;
        let folder = self.folder.to_string_lossy();
        self.site.run(&["init", "--quiet", "--bare", "--template=", &format!("--object-format={format}"), &folder])?;
        self.unmark()
    }

    /// Calls `make`, and marks what is here as not to be trusted until it has succeeded.
    ///
    /// # Errors
    /// `make` fails, or the mark cannot be made or removed.
    pub fn within<T>(&self, make: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        fs::write(&self.mark, "").map_err(failed("write", &self.mark))?;
        let made = make()?;
        self.unmark()?;
        Ok(made)
    }

    fn unmark(&self) -> Result<(), Error> {
        match fs::remove_file(&self.mark) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("remove", &self.mark)(error)),
            _ => Ok(()),
        }
    }

    /// The commits that the other repository has now.
    ///
    /// # Errors
    /// It cannot be asked.
    pub fn heads(&self) -> Result<Heads, Failed> {
        let (branch, manifest) = (head_of(&self.branch), manifest_of(&self.branch));
        let said = self.git.patiently(&["ls-remote", "place", &branch, &manifest])?;
        let said = String::from_utf8_lossy(&said);
        // Its patterns match the ends of names.
        let find = |name: &str| said.lines().filter_map(|line| line.split_once('\t')).find(|(_, other)| *other == name);
        let id = |name: &str| find(name).map(|(id, _)| id.to_string());
        Ok(Heads { branch: id(&branch), manifest: id(&manifest) })
    }

    /// Brings what the other repository has here.
    ///
    /// # Errors
    /// It cannot be reached or read.
    pub fn fetch(&self) -> Result<There, Error> {
        let heads = self.heads()?;
        match self.ensure(&heads) {
            Err(failed) if failed.is_of_network() => Err(failed.into()),
            Err(_) => {
                let is_long = [&heads.branch, &heads.manifest].into_iter().flatten().any(|id| id.len() == 64);
                self.renew(if is_long { "sha256" } else { "sha1" })?;
                Ok(self.ensure(&heads)?)
            }
            Ok(there) => Ok(there),
        }
    }

    /// Makes sure that these commits are here, with all that they are made of, and reads which files the branch has.
    fn ensure(&self, heads: &Heads) -> Result<There, Failed> {
        let mut heads = heads.clone();
        if !self.has(&heads) {
            let (branch, manifest) = (head_of(&self.branch), manifest_of(&self.branch));
            let wanted = [(&mut heads.branch, branch, "refs/place/branch"), (&mut heads.manifest, manifest, "refs/place/manifest")];
            let wanted = wanted.into_iter().filter(|(id, ..)| id.is_some()).collect::<Vec<_>>();
            let specs: Vec<String> = wanted.iter().map(|(_, from, to)| format!("+{from}:{to}")).collect();
            let mut args = vec!["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "place"];
            args.extend(specs.iter().map(String::as_str));
            self.git.patiently(&args)?;
            // Somebody may have pushed since it was asked.
            for (id, _, to) in wanted {
                *id = Some(self.git.line(&["rev-parse", "--verify", to])?);
            }
        }
        let files = heads.branch.as_ref().map(|id| files(&self.git, id)).transpose()?.unwrap_or_default();
        Ok(There { heads, files })
    }

    fn has(&self, heads: &Heads) -> bool {
        let ids: Vec<&str> = [&heads.branch, &heads.manifest].into_iter().flatten().map(String::as_str).collect();
        ids.is_empty() || self.git.run(&[&["rev-list", "--objects", "--quiet"], &ids[..]].concat()).is_ok()
    }

    /// Moves both references of the other repository from `old` to `new`, or none.
    ///
    /// # Errors
    /// They are not at `old` any more, or it cannot be done.
    pub fn push(&self, old: &Heads, new: &Heads) -> Result<(), Failed> {
        let pairs = [(head_of(&self.branch), &old.branch, &new.branch), (manifest_of(&self.branch), &old.manifest, &new.manifest)];
        let lease = |(name, old, _): &(String, &Option<String>, _)| format!("--force-with-lease={name}:{}", old.as_deref().unwrap_or(""));
        let leases: Vec<String> = pairs.iter().map(lease).collect();
        let specs: Vec<String> = pairs.iter().filter_map(|(name, _, new)| Some(format!("{}:{name}", new.as_deref()?))).collect();
        let mut args = vec!["push", "--porcelain", "--atomic", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"];
        args.extend(leases.iter().map(String::as_str));
        args.push("place");
        args.extend(specs.iter().map(String::as_str));
        self.git.patiently(&args).map(drop)
    }

    /// Keeps what was pushed, so that it need not be fetched. If that fails, it will be.
    pub fn keep(&self, heads: &Heads) {
        let pairs = [("refs/place/branch", &heads.branch), ("refs/place/manifest", &heads.manifest)];
        for (name, id) in pairs {
            let _ = id.as_ref().map(|id| self.git.run(&["update-ref", name, id]));
        }
    }
}

/// The files of a commit.
///
/// # Errors
/// It is not there, or not whole.
pub fn files(git: &Git, commit: &str) -> Result<Files, Failed> {
    let listed = git.run(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
    let lines = listed.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    // `100644 blob ID<tab>PATH`
    let entry = |line: &str| {
        let (about, path) = line.split_once('\t')?;
        let mut words = about.split(' ');
        let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
        Some((path.to_string(), Entry { mode: mode.into(), id: id.into() }))
    };
    Ok(lines.filter_map(|line| entry(&line)).collect())
}
