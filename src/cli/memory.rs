//! What a command remembers of an earlier one, so that it need not render again what has not changed.
//!
//! It must not know what is remembered, nor how it is kept.

use super::locate::Found;
use crate::memo::Verify;
use crate::output::cache;
use crate::pipeline::Cache;

/// What the last build of this site remembered.
pub fn load(found: &Found) -> Cache {
    cache::load(&found.state()).map_or_else(Cache::default, |bytes| Cache::from_bytes(&bytes, Verify::Off))
}

/// Leaves to the next command what is not yet kept.
pub fn save(found: &Found, memory: &Cache) {
    if memory.differs() {
        cache::save(&found.state(), &memory.to_bytes());
    }
}
