//! The ledger of links: what each address outside the site answered when it was last asked, as `content/_data/links.lock` keeps it.
//!
//! Owns `Ledger`, its lines and the form in which addresses stand in it. It is written by `chancery links`, and read by builds, which ask nobody. It
//! must not know how an address is asked, pages, or files on disk.

mod address;
mod lines;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

pub use address::address;

/// Where the ledger lies, from the root of the site.
pub const PATH: &str = "content/_data/links.lock";

/// What is known of addresses, each in the form that `address` gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    entries: BTreeMap<Box<str>, Entry>,
}

/// What is known of one address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// What it answered last.
    pub answer: Answer,
    /// When that was, to the second.
    pub checked: Timestamp,
    /// When it answered so for the first time, without another finding in between.
    pub since: Timestamp,
    /// When it was good last.
    pub last_good: Option<Timestamp>,
    /// A copy in an archive, if one is known.
    pub archive: Option<Box<str>>,
}

/// What came of asking an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    pub finding: Finding,
    pub reason: Reason,
    /// Where it has moved for good, as its host says.
    pub moved_to: Option<Box<str>>,
}

/// What is thought of an address. *Gone* is said only of what nobody will find again by waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// It leads to something.
    Good,
    /// Its host says that nothing is there, or there is no such host.
    Gone,
    /// Nobody can tell: who asked may have been refused, or the host be down for a while.
    Unclear,
}

/// Why a finding is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The status of the last answer (<https://www.rfc-editor.org/rfc/rfc9110#section-15>).
    Status(u16),
    /// No host has the name.
    NoHost,
    /// There was no answer in time.
    Slow,
    /// No connection to the host came about, or it broke off.
    Unreachable,
    /// The certificate of the host is not valid.
    Certificate,
    /// Redirects lead back to where they began.
    Circle,
    /// Redirects go on and on.
    TooManyRedirects,
    /// It leads to what is no page of the web, or into a network of its own.
    Astray,
    /// What came is no answer of a web server.
    NoAnswer,
}

/// Each word of a finding.
const FINDINGS: [(&str, Finding); 3] = [("good", Finding::Good), ("gone", Finding::Gone), ("unclear", Finding::Unclear)];

/// Each word of a reason but the statuses, with what it says to people.
const REASONS: [(&str, Reason, &str); 8] = [
    ("no-host", Reason::NoHost, "there is no host of that name"),
    ("slow", Reason::Slow, "there was no answer in time"),
    ("unreachable", Reason::Unreachable, "its host cannot be reached"),
    ("certificate", Reason::Certificate, "the certificate of its host is not valid"),
    ("circle", Reason::Circle, "it leads back to itself"),
    ("redirects", Reason::TooManyRedirects, "it leads on and on"),
    ("astray", Reason::Astray, "it leads to something that is no public page"),
    ("no-answer", Reason::NoAnswer, "what answers is no web server"),
];

impl Ledger {
    /// What is known of an address, as a page or a register has it: a place within it does not count.
    pub fn get(&self, written: &str) -> Option<&Entry> {
        self.entries.get(&*address(written)?)
    }

    /// All entries, in the order of their addresses.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(address, entry)| (&**address, entry))
    }

    /// Keeps what an address, in the form that `address` gives it, answered at an instant.
    pub fn learn(&mut self, address: &str, answer: Answer, at: Timestamp) {
        let at = to_the_second(at);
        let old = self.entries.remove(address);
        let last_good = if answer.finding == Finding::Good { Some(at) } else { old.as_ref().and_then(|old| old.last_good) };
        let since = old.as_ref().filter(|old| old.answer.finding == answer.finding).map_or(at, |old| old.since);
        let archive = old.and_then(|old| old.archive);
        self.entries.insert(address.into(), Entry { answer, checked: at, since, last_good, archive });
    }

    /// Keeps a copy in an archive of an address that the ledger has.
    pub fn archived(&mut self, address: &str, archive: &str) {
        if let Some(entry) = self.entries.get_mut(address) {
            entry.archive = Some(archive.into());
        }
    }

    /// Drops the addresses that are not wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&str) -> bool) {
        self.entries.retain(|address, _| is_wanted(address));
    }
}

/// Fractions of seconds are nobody's, and would be digits to compare.
fn to_the_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

impl Finding {
    /// Its word in the ledger.
    pub fn word(self) -> &'static str {
        FINDINGS.iter().find(|(_, finding)| *finding == self).map_or("", |(word, _)| word)
    }
}

impl FromStr for Finding {
    type Err = ();

    fn from_str(word: &str) -> Result<Finding, ()> {
        FINDINGS.iter().find(|(known, _)| *known == word).map(|(_, finding)| *finding).ok_or(())
    }
}

impl Reason {
    /// What it says to people, as the end of a sentence: `its host answers 404 (not found)`.
    pub fn words(self) -> String {
        match self {
            Reason::Status(status) => match name(status) {
                Some(name) => format!("its host answers {status} ({name})"),
                None => format!("its host answers {status}"),
            },
            reason => REASONS.iter().find(|(_, known, _)| *known == reason).map_or("", |(_, _, words)| words).into(),
        }
    }
}

/// What statuses mean that links often get, in the words of RFC 9110.
fn name(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "bad request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        408 => "request timeout",
        410 => "gone",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return None,
    })
}

/// Its word in the ledger.
impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Reason::Status(status) => write!(out, "{status}"),
            reason => out.write_str(REASONS.iter().find(|(_, known, _)| known == reason).map_or("", |(word, _, _)| word)),
        }
    }
}

impl FromStr for Reason {
    type Err = ();

    fn from_str(word: &str) -> Result<Reason, ()> {
        let known = REASONS.iter().find(|(known, _, _)| *known == word).map(|(_, reason, _)| *reason);
        let status = || word.parse().ok().filter(|status| (100..1000).contains(status)).map(Reason::Status);
        known.or_else(status).ok_or(())
    }
}

#[cfg(test)]
mod tests;
