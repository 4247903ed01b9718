//! Makes a commit of what changes, by `git fast-import` (<https://git-scm.com/docs/git-fast-import>): bytes go in as they are, through no
//! filter and no attribute.
//!
//! It must not know why something changes.

use std::io::{BufWriter, Write};
use std::process::{ChildStdin, Stdio};

use jiff::Timestamp;

use super::failed::Failed;
use super::program::Git;
use crate::publish::error::Error;

/// What a commit says and where it begins.
pub struct Commit<'a> {
    /// The name under which it is kept.
    pub reference: &'a str,
    /// `Name <address>`.
    pub identity: &'a str,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub message: &'a str,
    /// The files that it begins with.
    pub start: Start<'a>,
}

/// The files that are there before anything changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<'a> {
    Nothing,
    /// Those of a commit, which becomes the parent.
    Parent(&'a str),
    /// Those of a tree.
    Tree(&'a str),
}

/// The stream of changes.
pub struct Changes {
    stream: BufWriter<ChildStdin>,
}

/// What ends a stream early.
pub enum Halt {
    /// `git` listens no more, and says why.
    Deaf,
    Error(Error),
}

impl From<std::io::Error> for Halt {
    fn from(_: std::io::Error) -> Halt {
        Halt::Deaf
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Halt {
        Halt::Error(error)
    }
}

impl Changes {
    /// Deletes the file at a path.
    ///
    /// # Errors
    /// `git` listens no more.
    pub fn delete(&mut self, path: &str) -> Result<(), Halt> {
        Ok(writeln!(self.stream, "D {}", quoted(path))?)
    }

    /// Writes the file at a path.
    ///
    /// # Errors
    /// `git` listens no more.
    pub fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Halt> {
        writeln!(self.stream, "M 100644 inline {}", quoted(path))?;
        self.data(bytes)
    }

    fn begin(&mut self, commit: &Commit) -> Result<(), Halt> {
        writeln!(self.stream, "commit {}", commit.reference)?;
        writeln!(self.stream, "committer {} {} +0000", commit.identity, commit.at.as_second())?;
        self.data(commit.message.as_bytes())?;
        match commit.start {
            Start::Nothing => {}
            Start::Parent(id) => writeln!(self.stream, "from {id}")?,
            Start::Tree(id) => writeln!(self.stream, "M 040000 {id} \"\"")?,
        }
        Ok(())
    }

    fn data(&mut self, bytes: &[u8]) -> Result<(), Halt> {
        writeln!(self.stream, "data {}", bytes.len())?;
        self.stream.write_all(bytes)?;
        Ok(writeln!(self.stream)?)
    }
}

/// Makes a commit, and returns its id. `fill` tells what changes.
///
/// # Errors
/// `fill` failed, or `git` did.
pub fn import(git: &Git, commit: &Commit, fill: impl FnOnce(&mut Changes) -> Result<(), Halt>) -> Result<String, Error> {
    const ARGS: [&str; 5] = ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"];
    let started = git.command(&ARGS).stdin(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| Error::place(format!("cannot run `git fast-import`: {error}")))?;
    let stream = child.stdin.take().expect("the input was asked for");
    let mut changes = Changes { stream: BufWriter::with_capacity(1 << 16, stream) };
    let sent = changes.begin(commit).and_then(|()| fill(&mut changes));
    let sent = sent.and_then(|()| Ok(writeln!(changes.stream, "done").and_then(|()| changes.stream.flush())?));
    // Without `done` nothing is made of what went in.
    drop(changes);
    let output = child.wait_with_output().map_err(|error| Error::place(format!("cannot run `git fast-import`: {error}")))?;
    match sent {
        Err(Halt::Error(error)) => Err(error),
        Ok(()) if output.status.success() => Ok(git.line(&["rev-parse", "--verify", commit.reference])?),
        _ => Err(Failed::new(&ARGS, &output).into()),
    }
}

/// A path in the way that `git` reads whatever it holds.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
