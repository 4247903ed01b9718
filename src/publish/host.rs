//! What every kind of place can do. One file a kind; the table is in `mod.rs`.

use super::error::{Error, ErrorKind};
use super::plan::Plan;
use super::published::Published;
use super::release::Release;

/// A place where a site is published, held by this process. Dropped, it is let go.
pub trait Host {
    /// What was published here last.
    ///
    /// # Errors
    /// It cannot be told.
    fn published(&mut self) -> Result<Published, Error>;

    /// The same, held against what is really there: what has other bytes has no print, and what is gone is not in it. `release` is what will be there.
    ///
    /// # Errors
    /// It cannot be told.
    fn verified(&mut self, published: Published, release: &Release) -> Result<Published, Error>;

    /// What this kind of place wants to have besides the output; and whether it can take all that is in it.
    fn prepare(&self, _release: &mut Release) -> Result<(), Error> {
        Ok(())
    }

    /// Of paths at which nothing of ours is known to be, those at which something is: it will be replaced. Places that refuse to do so say none.
    ///
    /// # Errors
    /// It cannot be told.
    fn strangers(&mut self, _paths: &[&str]) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    /// What else somebody must agree to.
    fn questions(&self) -> Vec<String> {
        Vec::new()
    }

    /// What this kind of place does with what has left and only waits to be deleted, and with rules for single files.
    fn habits(&self) -> Habits {
        Habits::default()
    }

    /// The bytes of a published file; `None` when they are not easily had.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// Makes the place hold the release.
    ///
    /// # Errors
    /// It does not hold it yet; called again it will.
    fn carry_out(&mut self, work: &Work) -> Result<(), Error>;

    /// What was published before the last release, if the place keeps it.
    ///
    /// # Errors
    /// There is nothing, or the place keeps nothing.
    fn earlier(&mut self) -> Result<Earlier, Error> {
        Err(Error::call("this kind of target keeps no earlier releases")
            .hint("check out an earlier state of the sources, and publish that"))
    }

    /// Shows readers an earlier release.
    ///
    /// # Errors
    /// It is gone, or the place cannot be written.
    fn roll_back(&mut self, _earlier: &Earlier) -> Result<(), Error> {
        Ok(())
    }
}

/// Whether a run will write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It only says what would change.
    Read,
    /// It makes the place hold the release.
    Write,
}

/// How kinds of places differ in small things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Habits {
    /// A file is deleted at little cost, and not only along with others.
    pub tidies: bool,
    /// Each file carries how long it may be kept.
    pub has_lifetimes: bool,
}

/// What `carry_out` needs.
pub struct Work<'a> {
    /// What changes.
    pub plan: &'a Plan<'a>,
    /// What will be there.
    pub release: &'a Release,
    /// What is there.
    pub published: &'a Published,
    /// The address of the site.
    pub base_url: &'a str,
    /// Whether it is for previews.
    pub is_preview: bool,
    /// Told how far it is, and asked whether to go on.
    pub progress: &'a Progress<'a>,
}

impl Work<'_> {
    /// What will be published when all is done. `version` tells what the host calls a file that was sent.
    pub fn after(&self, version: impl Fn(&str) -> Option<String>) -> Published {
        let after = self.plan.after(self.release, self.published, version);
        Published { base_url: self.base_url.into(), is_preview: self.is_preview, ..after }
    }
}

/// Whoever waits for the end of it.
pub struct Progress<'a> {
    /// Told from many threads: how many files and bytes have been sent since it was told last.
    pub progress: &'a (dyn Fn(usize, u64) + Sync),
    /// Whether they do not want to wait any longer.
    pub has_left: &'a (dyn Fn() -> bool + Sync),
}

impl Progress<'_> {
    /// Looks whether somebody still waits.
    ///
    /// # Errors
    /// Nobody waits any more.
    pub fn check(&self) -> Result<(), Error> {
        if !(self.has_left)() {
            return Ok(());
        }
        let hint = "publish again: until then readers see the old site, or a part of the new one whose links hold";
        Err(Error::new(ErrorKind::Interrupted, "interrupted").hint(hint))
    }
}

/// A release that readers have seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its name at the place.
    pub name: String,
    /// What is in it.
    pub files: Published,
}
