//! What every kind of place can do. One file a kind; the table is in `mod.rs`.

use super::plan::Plan;
use super::published::Published;
use super::release::Release;
use super::trouble::{Cause, Trouble};

/// A place where a site is published, held by this process. Dropped, it is let go.
pub trait Host {
    /// What was published here last.
    ///
    /// # Errors
    /// It cannot be told.
    fn published(&mut self) -> Result<Published, Trouble>;

    /// The same, held against what is really there: what has other bytes has no print, and what is gone is not in it. `release` is what will be there.
    ///
    /// # Errors
    /// It cannot be told.
    fn verified(&mut self, published: Published, release: &Release) -> Result<Published, Trouble>;

    /// What this kind of place wants to have besides the output.
    fn prepare(&self, _release: &mut Release) -> Result<(), Trouble> {
        Ok(())
    }

    /// The bytes of a published file; nothing if they are not easily had.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// Makes the place hold the release.
    ///
    /// # Errors
    /// It does not hold it yet; called again it will.
    fn carry_out(&mut self, work: &Work) -> Result<(), Trouble>;

    /// What was published before the last release, if the place keeps it.
    ///
    /// # Errors
    /// There is nothing, or the place keeps nothing.
    fn earlier(&mut self) -> Result<Earlier, Trouble> {
        Err(Trouble::call("this kind of target keeps no earlier releases")
            .hint("check out an earlier state of the sources, and publish that"))
    }

    /// Shows readers an earlier release.
    ///
    /// # Errors
    /// It is gone, or the place cannot be written.
    fn roll_back(&mut self, _earlier: &Earlier) -> Result<(), Trouble> {
        Ok(())
    }
}

/// What `carry_out` needs.
pub struct Work<'a> {
    pub plan: &'a Plan<'a>,
    pub release: &'a Release,
    pub published: &'a Published,
    /// The address of the site.
    pub base_url: &'a str,
    pub onlooker: &'a Onlooker<'a>,
}

/// Whoever waits for the end of it.
pub struct Onlooker<'a> {
    /// Told from many threads: how many files and bytes have been sent since it was told last.
    pub progress: &'a (dyn Fn(usize, u64) + Sync),
    /// Whether they do not want to wait any longer.
    pub has_left: &'a (dyn Fn() -> bool + Sync),
}

impl Onlooker<'_> {
    /// # Errors
    /// Nobody waits any more.
    pub fn check(&self) -> Result<(), Trouble> {
        if !(self.has_left)() {
            return Ok(());
        }
        let hint = "publish again: until then readers see the old site, or a part of the new one whose links hold";
        Err(Trouble { cause: Cause::Interrupted, message: "interrupted".into(), hints: vec![hint.into()] })
    }
}

/// A release that readers have seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub name: String,
    pub files: Published,
}
