//! Counts of work on this thread: what a test compares, where a stopwatch would tell of the machine.
//!
//! Owns `Work`. The rooms that do the work add to it, in tests only.

use std::cell::Cell;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Bytes that went into fingerprints.
    pub hashed: u64,
    /// Parts that were made of the site, for a key or for a template.
    pub models: u64,
    /// Files that were rendered.
    pub renders: u64,
    /// Words that the audit read.
    pub words: u64,
    /// Words after which it had to look closer.
    pub looks: u64,
}

thread_local! {
    static WORK: Cell<Work> = const { Cell::new(Work { hashed: 0, models: 0, renders: 0, words: 0, looks: 0 }) };
}

/// Adds to the work of this thread.
pub fn count(add: impl FnOnce(&mut Work)) {
    let mut work = WORK.get();
    add(&mut work);
    WORK.set(work);
}

/// The work that `run` does on this thread.
pub fn work_of<T>(run: impl FnOnce() -> T) -> (T, Work) {
    let before = WORK.replace(Work::default());
    let value = run();
    (value, WORK.replace(before))
}

thread_local! {
    static LOOKED_AT: Cell<u64> = const { Cell::new(0) };
}

/// Adds bytes of a register that are looked at.
pub fn look_at(bytes: u64) {
    LOOKED_AT.set(LOOKED_AT.get() + bytes);
}

/// How many bytes of registers `run` looks at on this thread.
pub fn looked_at_by<T>(run: impl FnOnce() -> T) -> u64 {
    let before = LOOKED_AT.replace(0);
    drop(run());
    LOOKED_AT.replace(before)
}
