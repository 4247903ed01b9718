//! What is known of each host while addresses are asked: when it may be asked again, what it refuses, whether it is to be left alone.
//!
//! It must not know how a request is made.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use reqwest::Url;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Manners;
use super::request::Reply;
use super::verdict::{Verdict, verdict};
use crate::ledger::Reason;

/// All hosts, by name. Whoever holds one may ask it; the others wait in the order in which they came.
#[derive(Debug, Default)]
pub struct Hosts {
    known: RefCell<BTreeMap<String, Rc<Mutex<Host>>>>,
}

impl Hosts {
    /// The host of an address, whatever its scheme and port.
    pub fn of(&self, url: &Url) -> Rc<Mutex<Host>> {
        let name = url.host_str().unwrap_or_default().to_string();
        self.known.borrow_mut().entry(name).or_default().clone()
    }
}

/// One host.
#[derive(Debug, Default)]
pub struct Host {
    /// Not to be asked before.
    rests_until: Option<Instant>,
    /// It has answered to GET where it refused HEAD.
    pub refuses_head: bool,
    /// By port: how often in a row it has not answered, or had no time.
    silences: BTreeMap<u16, u32>,
    /// By port: why it is asked no more in this run.
    left_alone: BTreeMap<u16, Reason>,
}

impl Host {
    /// Why what listens at the port of `url` is asked no more.
    pub fn left_alone(&self, url: &Url) -> Option<Reason> {
        self.left_alone.get(&port(url)).copied()
    }

    /// Waits until it may be asked.
    pub async fn rest(&self) {
        if let Some(until) = self.rests_until {
            tokio::time::sleep_until(until).await;
        }
    }

    /// Takes note of what came of a request, and of how long to wait for the next one. Three silences in a row, or a certificate that is not valid, and
    /// it is left alone: for every other address it would be the same.
    pub fn note(&mut self, url: &Url, reply: &Result<Reply, Reason>, manners: &Manners) {
        let mut rest = manners.rest;
        let reason = match reply {
            Ok(reply) if verdict(reply.status, reply.location.as_deref()) == Verdict::Later => Some(Reason::Status(reply.status)),
            Ok(_) => None,
            Err(reason) => Some(*reason),
        };
        let silences = self.silences.entry(port(url)).or_default();
        match reason {
            Some(reason) => {
                *silences += 1;
                let asks_for = reply.as_ref().ok().and_then(|reply| reply.retry_after).unwrap_or(Duration::ZERO);
                if *silences >= manners.attempts || reason == Reason::Certificate || asks_for > manners.patience {
                    self.left_alone.insert(port(url), reason);
                }
                rest = rest.max(asks_for);
            }
            None => *silences = 0,
        }
        self.rests_until = Some(Instant::now() + rest);
    }
}

fn port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or_default()
}
