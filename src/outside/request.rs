//! One request, and what came of it: the only file that knows how requests are made.
//!
//! Redirects are not followed here, and no body is read.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue, LOCATION, RANGE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};

use super::pause::retry_after;
use super::{Error, Manners};
use crate::ledger::Reason;

/// What a browser would take: some hosts refuse who takes anything.
const TAKES: HeaderValue = HeaderValue::from_static("text/html,application/xhtml+xml,application/pdf,*/*;q=0.8");
/// The first byte is enough to know that something is there.
const FIRST_BYTE: HeaderValue = HeaderValue::from_static("bytes=0-0");

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Where it leads to.
    pub location: Option<String>,
    /// When to come again.
    pub retry_after: Option<Duration>,
}

/// What makes requests.
pub struct Requests {
    client: Client,
    clock: fn() -> Timestamp,
}

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// For the head of the answer alone.
    Head,
    /// For its first byte.
    Get,
}

impl Requests {
    /// Certificates are verified as the system does, proxies are those that the environment names.
    ///
    /// # Errors
    /// The system has no certificates to trust, or cannot be spoken with.
    pub fn new(manners: &Manners, clock: fn() -> Timestamp) -> Result<Requests, Error> {
        // Another part of the process may have chosen the same before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let headers = HeaderMap::from_iter([(ACCEPT, TAKES)]);
        let builder = Client::builder().redirect(Policy::none()).user_agent(&manners.agent).default_headers(headers);
        let client = builder.timeout(manners.timeout).build();
        Ok(Requests { client: client.map_err(|error| Error::Speechless(innermost(&error)))?, clock })
    }

    /// Makes one request.
    ///
    /// # Errors
    /// No answer came, and why.
    pub async fn make(&self, how: How, url: &Url) -> Result<Reply, Reason> {
        let request = match how {
            How::Head => self.client.request(Method::HEAD, url.clone()),
            How::Get => self.client.request(Method::GET, url.clone()).header(RANGE, FIRST_BYTE),
        };
        let answer = request.send().await.map_err(|error| reason(&error))?;
        let text = |name: HeaderName| answer.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let pause = text(RETRY_AFTER).and_then(|text| retry_after(&text, (self.clock)()));
        Ok(Reply { status: answer.status().as_u16(), location: text(LOCATION), retry_after: pause })
    }
}

/// Why no answer came.
fn reason(error: &reqwest::Error) -> Reason {
    if error.is_timeout() {
        Reason::Slow
    } else if error.is_dns() {
        if names_no_host(&innermost(error)) { Reason::NoHost } else { Reason::Unreachable }
    } else if let Some(error) = causes(error).find_map(secured) {
        // What speaks no TLS, or none that we know, has no certificate to judge.
        if matches!(error, rustls::Error::InvalidCertificate(_)) { Reason::Certificate } else { Reason::NoAnswer }
    } else if error.is_connect() || causes(error).any(|cause| cause.is::<io::Error>()) {
        Reason::Unreachable
    } else {
        Reason::NoAnswer
    }
}

/// What systems say of a name that nobody has, in the words of glibc, musl, macOS and Windows; when they could not find out they say something else. The
/// standard library hands on the words alone.
fn names_no_host(words: &str) -> bool {
    ["Name or service not known", "Name does not resolve", "nodename nor servname provided", "No such host is known"]
        .iter()
        .any(|known| words.contains(known))
}

/// An error and what caused it, one after the other.
fn causes<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| cause(*error))
}

/// An error of the system that holds another one names as its cause that one's, and so would pass it over.
fn cause<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => Some(held),
        None => error.source(),
    }
}

fn secured<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    error.downcast_ref()
}

/// What the last cause says.
fn innermost(error: &reqwest::Error) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_has_is_told_from_one_that_could_not_be_looked_up() {
        assert!(names_no_host("failed to lookup address information: Name or service not known"));
        assert!(!names_no_host("failed to lookup address information: Temporary failure in name resolution"));
        assert!(!names_no_host("failed to lookup address information: No address associated with hostname"));
    }
}
