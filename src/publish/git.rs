//! A branch of a repository, as Pages of GitHub, GitLab and Codeberg serve it: one commit a publish, made and pushed by the program `git`.
//!
//! ```text
//! refs/heads/gh-pages       the site, and files of others, which stay as they are
//! refs/chancery/gh-pages    one commit with `.chancery-manifest.json`: which files of the branch are ours
//! ```
//!
//! Both change together or not at all. What lies on this machine is a copy that can be thrown away at any time.

mod cache;
mod failed;
mod import;
mod origin;
mod program;
mod settings;

use jiff::Timestamp;

use super::PublishOptions;
use super::error::{Error, failed};
use super::host::{Host, Work};
use super::local::lock_file;
use super::published::{MANIFEST, Published};
use super::release::Release;
use crate::output::Lock;
use cache::{Cache, Heads, There};
use import::{Changes, Commit, Halt, Start, import};
use program::Git;
use settings::{History, Settings};

pub use settings::KIND;

/// The mode of a file that is neither a program nor a link.
const PLAIN: &str = "100644";
/// Who commits where nobody has told `git` who they are.
const NOBODY: &str = "Chancery <chancery@localhost>";

struct Branch {
    site: Git,
    cache: Cache,
    branch: String,
    domain: Option<String>,
    history: History,
    now: Timestamp,
    there: There,
    _lock: Lock,
}

impl Branch {
    /// Nothing is fetched yet.
    ///
    /// # Errors
    /// There is no `git`, no repository is named, or another process publishes.
    fn open(options: &PublishOptions, settings: &Settings) -> Result<Branch, Error> {
        let site = Git::within(options.root.to_path_buf(), options.variables);
        site.check()?;
        let origin = origin::find(&site, options.root, settings.repository.as_deref())?;
        std::fs::create_dir_all(options.state).map_err(failed("make the folder", options.state))?;
        let lock = lock_file(&options.state.join("lock"))?;
        let cache = Cache::open(&site, options.state, origin, &settings.branch)?;
        Ok(Branch {
            site,
            cache,
            branch: settings.branch.clone(),
            domain: settings.domain.clone(),
            history: settings.history,
            now: options.now,
            there: There::default(),
            _lock: lock,
        })
    }

    /// Who commits, as `git` knows them, but not as it guesses.
    fn identity(&self) -> String {
        let known = self.site.line(&["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"]);
        let name = known.ok().and_then(|known| known.rfind('>').map(|end| known[..=end].to_string()));
        name.unwrap_or_else(|| NOBODY.into())
    }

    /// Refuses to replace what somebody else has put into the branch, unless that was asked about: where nothing is ours yet.
    fn guard_others(&self, work: &Work) -> Result<(), Error> {
        let is_ours = |path: &str| work.published.files.contains_key(path);
        let refuse = |path: &str| {
            let message = format!("`{path}` in the branch `{}` is in the way: Chancery has not published it", self.branch);
            Err(Error::place(message).hint("remove it from the branch if the site's own is right, or else from the site"))
        };
        let was_asked = !work.published.foreign.is_empty();
        for path in self.there.files.keys().filter(|path| !is_ours(path)) {
            if folders(path).any(|folder| work.release.get(folder).is_some()) {
                return refuse(path);
            }
            let Some(file) = work.release.get(path).filter(|_| !was_asked) else { continue };
            // A host that writes `CNAME` writes it without a line end.
            let (theirs, ours) = (self.read(path).unwrap_or_default(), work.release.bytes(file)?);
            if theirs.trim_ascii() != ours.trim_ascii() {
                return refuse(path);
            }
        }
        let of_release = work.release.files.iter().flat_map(|file| folders(&file.path));
        match of_release.into_iter().find(|folder| self.there.files.contains_key(*folder) && !is_ours(folder)) {
            Some(path) => refuse(path),
            None => Ok(()),
        }
    }

    /// Makes the commits of branch and manifest.
    fn commit(&self, work: &Work) -> Result<Heads, Error> {
        let (git, identity) = (&self.cache.git, self.identity());
        let (sent, deleted) = (work.plan.send.len(), work.plan.delete.len());
        let message = format!("Publish {}\n\n{}, {deleted} deleted\n", work.base_url, files(sent, "sent"));
        let head = self.there.heads.branch.as_deref();
        let tree = head.map(|id| git.line(&["rev-parse", "--verify", &format!("{id}^{{tree}}")])).transpose()?;
        let start = match (self.history, head, &tree) {
            (History::Keep, Some(head), _) => Start::Parent(head),
            (History::Squash, _, Some(tree)) => Start::Tree(tree),
            _ => Start::Nothing,
        };
        let commit = Commit { reference: "refs/new/branch", identity: &identity, at: self.now, message: &message, start };
        let mut branch = import(git, &commit, |changes| write(changes, work))?;
        let files = cache::files(git, &branch)?;
        let made = git.line(&["rev-parse", "--verify", &format!("{branch}^{{tree}}")])?;
        if let (Some(head), true) = (head, tree.as_ref() == Some(&made)) {
            branch = head.to_string();
        }
        let version = |path: &str| files.get(path).map(|entry| entry.id.clone());
        let published = work.after(version);
        let message = format!("Record what is published on `{}`\n", self.branch);
        let record = Commit { reference: "refs/new/manifest", message: &message, start: Start::Nothing, ..commit };
        let manifest = import(git, &record, |changes| changes.put(MANIFEST, &published.to_json()))?;
        Ok(Heads { branch: Some(branch), manifest: Some(manifest) })
    }

    fn push(&self, new: &Heads) -> Result<(), Error> {
        let Err(failed) = self.cache.push(&self.there.heads, new) else { return Ok(()) };
        // An answer that the network has swallowed looks like somebody else's push.
        if self.cache.heads().is_ok_and(|heads| heads == *new) {
            return Ok(());
        }
        let was_slow =
            ["(stale info)", "(fetch first)", "cannot lock ref", "failed to update ref", "incorrect old value", "already exists"];
        if failed.says(&was_slow) {
            let message =
                format!("somebody else has changed the branch `{}` or published there meanwhile; nothing was published", self.branch);
            return Err(Error::place(message).hint("publish again: it begins with what is there now"));
        }
        let rewrites = self.history == History::Squash && failed.says(&["non-fast-forward", "protected branch", "force"]);
        let error = Error::from(failed);
        Err(if rewrites {
            error.hint("the server may forbid what `history = \"squash\"` does: `\"keep\"` adds a commit instead")
        } else {
            error
        })
    }
}

impl Host for Branch {
    fn published(&mut self) -> Result<Published, Error> {
        self.there = self.cache.fetch()?;
        let Some(id) = &self.there.heads.manifest else {
            return Ok(Published { foreign: self.there.files.keys().cloned().collect(), ..Published::default() });
        };
        let reference = cache::manifest_of(&self.branch);
        let unread = |why: &str| {
            Error::place(format!("cannot read what is published, in `{reference}` of {}: {why}", self.cache.shown)).hint(format!(
                "another version of Chancery may; without the reference (`git push REPOSITORY :{reference}`) no file counts as ours"
            ))
        };
        let bytes = self.cache.git.run(&["cat-file", "blob", &format!("{id}:{MANIFEST}")]).map_err(|failed| unread(&failed.text))?;
        let mut published = Published::from_json(&bytes).map_err(|why| unread(&why))?;
        published.files.retain(|path, _| self.there.files.contains_key(&**path));
        for (path, known) in &mut published.files {
            let entry = &self.there.files[&**path];
            known.print = known.print.filter(|_| entry.mode == PLAIN && known.version.as_ref() == Some(&entry.id));
        }
        Ok(published)
    }

    /// What is published is always held against the branch.
    fn verified(&mut self, published: Published, _release: &Release) -> Result<Published, Error> {
        Ok(published)
    }

    /// Pages of GitHub would leave out names that begin with `_`, and wants the domain in a file.
    fn prepare(&self, release: &mut Release) -> Result<(), Error> {
        release.add(".nojekyll", Vec::new());
        let Some(domain) = &self.domain else { return Ok(()) };
        if let Some(file) = release.get("CNAME") {
            let bytes = release.bytes(file)?;
            let own = String::from_utf8_lossy(&bytes).trim().to_string();
            if own != *domain {
                return Err(Error::call(format!("the site has a file `CNAME` with `{own}`, but `domain` is `{domain}`"))
                    .hint("one is enough: remove the file, or `domain` from the settings"));
            }
        }
        release.add("CNAME", format!("{domain}\n").into_bytes());
        Ok(())
    }

    fn questions(&self) -> Vec<String> {
        let replaces = self.history == History::Squash && self.there.heads.branch.is_some() && self.there.heads.manifest.is_none();
        let question = || format!("`history = \"squash\"` replaces all commits of the branch `{}`, which are not by Chancery", self.branch);
        replaces.then(question).into_iter().collect()
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let entry = self.there.files.get(path)?;
        self.cache.git.run(&["cat-file", "blob", &entry.id]).ok()
    }

    fn carry_out(&mut self, work: &Work) -> Result<(), Error> {
        self.guard_others(work)?;
        let new = self.cache.within(|| self.commit(work))?;
        self.push(&new)?;
        self.cache.keep(&new);
        Ok(())
    }
}

/// Tells `git` what changes in the branch.
fn write(changes: &mut Changes, work: &Work) -> Result<(), Halt> {
    for deletion in &work.plan.delete {
        changes.delete(&deletion.path)?;
    }
    for sending in &work.plan.send {
        work.progress.check()?;
        let bytes = work.release.bytes(sending.file)?;
        changes.put(&sending.file.path, &bytes)?;
        (work.progress.progress)(1, bytes.len() as u64);
    }
    Ok(())
}

/// The folders that a path is in, the outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn files(number: usize, what: &str) -> String {
    format!("{number} {} {what}", if number == 1 { "file" } else { "files" })
}
