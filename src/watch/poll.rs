//! Looking again and again, where the system tells nothing.
//!
//! It must not know what a change means.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use super::scope::Scope;
use crate::sources::Stamps;

/// The time between two looks.
pub const PAUSE: Duration = Duration::from_millis(500);

/// What has changed is taken to have changed in so many more looks: some file systems count time in steps of two seconds, and a second edit
/// within one step leaves the same stamp.
const YOUTH: u32 = 4;

/// Looks that are held against each other, and what was seen last.
pub struct Poll {
    last: Stamps,
    /// What has changed not long ago, and in how many more looks it counts as changed.
    young: BTreeMap<PathBuf, u32>,
}

impl Poll {
    /// Takes a first look.
    pub fn new(scope: &Scope) -> Poll {
        Poll { last: stamps(scope), young: BTreeMap::new() }
    }

    /// What may have changed since the last look.
    pub fn look(&mut self, scope: &Scope) -> BTreeSet<PathBuf> {
        let stamps = stamps(scope);
        self.young.retain(|_, looks| {
            *looks -= 1;
            *looks > 0
        });
        self.young.extend(self.last.apart(&stamps).into_iter().map(|path| (path, YOUTH + 1)));
        self.last = stamps;
        self.young.keys().cloned().collect()
    }
}

fn stamps(scope: &Scope) -> Stamps {
    Stamps::load(&scope.root, scope.settings())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_change_is_told_and_told_again_while_the_clock_of_the_files_may_stand() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        fs::create_dir(root.join("content")).unwrap();
        let scope = Scope::new(root.clone(), None);
        let mut poll = Poll::new(&scope);
        assert_eq!(poll.look(&scope), BTreeSet::new());
        fs::write(root.join("content/x.md"), "x").unwrap();
        for look in 0..=YOUTH {
            assert_eq!(poll.look(&scope), BTreeSet::from([root.join("content/x.md")]), "look {look}");
        }
        assert_eq!(poll.look(&scope), BTreeSet::new());
    }
}
