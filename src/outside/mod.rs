//! Asking the world outside whether addresses still lead somewhere: the one room that speaks to hosts that are not the site's own.
//!
//! Owns manners (`Manners`) and what an answer means. Each host is asked one thing at a time, several hosts at once; a host that says when to come again
//! is asked again then; one that does not answer is soon left alone. It must not know pages, registers or where answers are kept, and no build calls it.

#[cfg(feature = "outside")]
mod asker;
#[cfg(feature = "outside")]
mod host;
#[cfg(feature = "outside")]
mod pause;
#[cfg(feature = "outside")]
mod request;
#[cfg(feature = "outside")]
mod run;
#[cfg(feature = "outside")]
mod verdict;
#[cfg(feature = "outside")]
mod way;

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

use crate::ledger::Answer;

#[cfg(feature = "outside")]
pub use run::ask;

/// How politely it is asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// Who asks, for the logs of hosts: with the address of the site, so that they know whom to write to.
    pub agent: String,
    /// No request takes longer.
    pub timeout: Duration,
    /// Nor do all of them together.
    pub deadline: Duration,
    /// So many hosts are asked at once.
    pub hosts: usize,
    /// So often a host is tried that does not answer.
    pub attempts: u32,
    /// Between the first two of them; each pause is four times as long as the one before.
    pub pause: Duration,
    /// Between two requests to one host.
    pub rest: Duration,
    /// Nobody waits longer for a host that says when to come again.
    pub patience: Duration,
}

impl Manners {
    /// What most hosts are content with.
    pub fn new(agent: String, timeout: Duration, deadline: Duration) -> Manners {
        Manners {
            agent,
            timeout,
            deadline,
            hosts: 8,
            attempts: 3,
            pause: Duration::from_secs(1),
            rest: Duration::from_millis(200),
            patience: Duration::from_secs(120),
        }
    }
}

/// What is asked, and by whom it is followed.
pub struct Questions<'a> {
    /// Addresses in the form of the ledger, each once.
    pub addresses: &'a [String],
    /// One that was good not long ago: it is asked if none of the others answers, to tell a host that is gone from a network that is.
    pub witness: Option<&'a str>,
    /// Tells the instant that it is now, to understand hosts that name the instant to come again.
    pub clock: fn() -> Timestamp,
    /// Told how many have answered.
    pub progress: &'a dyn Fn(usize),
    /// Whether whoever asks has had enough.
    pub has_left: &'a dyn Fn() -> bool,
}

/// What was heard.
#[derive(Debug, Default)]
pub struct Heard {
    /// By place in the addresses; nothing of those whose turn did not come before the time was up, or before whoever asked had left.
    pub answers: Vec<Option<Answer>>,
}

/// Why nothing was heard at all.
#[derive(Debug)]
pub enum Error {
    /// The program was built without what speaks to hosts.
    NotBuiltIn,
    /// It cannot begin to speak.
    Speechless(String),
    /// No host answered, not even with a refusal: there is no network, or it leads nowhere.
    Nobody,
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::NotBuiltIn => out.write_str("this program was built without the feature `outside`, and cannot ask addresses"),
            Error::Speechless(why) => write!(out, "cannot begin to speak with the network: {why}"),
            Error::Nobody => out.write_str("no host answers, so nothing was learned of any address"),
        }
    }
}

impl std::error::Error for Error {}

/// Asks nobody.
///
/// # Errors
/// Always: the program has nothing to ask with.
#[cfg(not(feature = "outside"))]
pub fn ask(_questions: &Questions, _manners: &Manners) -> Result<Heard, Error> {
    Err(Error::NotBuiltIn)
}
