//! Asking one address until something can be said of it: in turn at its host, again after a pause, on along its redirects.
//!
//! It must not know how requests are made, nor what else is asked.

use jiff::Timestamp;
use reqwest::Url;
use tokio::sync::Semaphore;

use super::host::Hosts;
use super::pause::growing;
use super::request::{How, Reply, Requests};
use super::verdict::{Verdict, is_refused, verdict};
use super::way::Way;
use super::{Error, Manners};
use crate::ledger::{Answer, Finding, Reason};

/// What all questions of one run share.
pub struct Asker<'m> {
    manners: &'m Manners,
    requests: Requests,
    hosts: Hosts,
    /// A permit a host that is being asked.
    at_once: Semaphore,
}

/// What came of one turn at a host.
enum Turn {
    Answered(Reply),
    Silent(Reason),
    /// It was not asked any more.
    LeftAlone(Reason),
}

/// What one place answers in the end.
enum Met {
    Something { status: u16 },
    Redirect { status: u16, to: String },
    Nothing(Finding, Reason),
}

impl<'m> Asker<'m> {
    /// Who has asked nobody yet.
    ///
    /// # Errors
    /// Nobody can be asked from here.
    pub fn new(manners: &'m Manners, clock: fn() -> Timestamp) -> Result<Asker<'m>, Error> {
        let requests = Requests::new(manners, clock)?;
        Ok(Asker { manners, requests, hosts: Hosts::default(), at_once: Semaphore::new(manners.hosts) })
    }

    /// What an address answers in the end.
    pub async fn ask(&self, address: &str) -> Answer {
        let nothing = |finding, reason| Answer { finding, reason, moved_to: None };
        let Ok(start) = Url::parse(address) else { return nothing(Finding::Unclear, Reason::Astray) };
        let mut way = Way::new(start);
        loop {
            match self.visit(way.end()).await {
                Met::Something { status } => return way.good(status),
                Met::Nothing(finding, reason) => return nothing(finding, reason),
                Met::Redirect { status, to } => {
                    if let Err(reason) = way.follow(status, &to) {
                        return nothing(Finding::Unclear, reason);
                    }
                }
            }
        }
    }

    /// Asks one place, again and again if it must be.
    async fn visit(&self, url: &Url) -> Met {
        let mut tried = 0;
        loop {
            let reason = match self.take_turn(url, tried).await {
                Turn::LeftAlone(reason) => return nothing(reason),
                Turn::Silent(reason) => reason,
                Turn::Answered(Reply { status, location, .. }) => match (verdict(status, location.as_deref()), location) {
                    (Verdict::Good, _) => return Met::Something { status },
                    (Verdict::Leads, Some(to)) => return Met::Redirect { status, to },
                    (Verdict::Gone, _) => return Met::Nothing(Finding::Gone, Reason::Status(status)),
                    (Verdict::Later, _) => Reason::Status(status),
                    (Verdict::Unclear | Verdict::Leads, _) => return nothing(Reason::Status(status)),
                },
            };
            tried += 1;
            if tried >= self.manners.attempts || reason == Reason::Certificate {
                return nothing(reason);
            }
            tokio::time::sleep(growing(self.manners.pause, tried)).await;
        }
    }

    /// Waits for the turn of an address at its host, and asks: first for the head of the answer; with another request where a host refuses that or
    /// answers it wrongly, and where it said nothing the time before.
    async fn take_turn(&self, url: &Url, tried: u32) -> Turn {
        let host = self.hosts.of(url);
        let mut host = host.lock().await;
        if let Some(reason) = host.left_alone(url) {
            return Turn::LeftAlone(reason);
        }
        host.rest().await;
        let _permit = self.at_once.acquire().await;
        let mut how = if tried == 0 && !host.refuses_head { How::Head } else { How::Get };
        let mut reply = self.requests.make(how, url).await;
        if how == How::Head && reply.as_ref().is_ok_and(|reply| is_refused(reply.status)) {
            how = How::Get;
            reply = self.requests.make(how, url).await;
        }
        host.refuses_head |= how == How::Get && reply.as_ref().is_ok_and(|reply| !is_refused(reply.status));
        host.note(url, &reply, self.manners);
        reply.map_or_else(Turn::Silent, Turn::Answered)
    }
}

/// What is thought of a place that says nothing of itself. A name that nobody has, and is said to be so three times by who looks names up, is gone;
/// whether there is a network at all is found out at the end.
fn nothing(reason: Reason) -> Met {
    Met::Nothing(if reason == Reason::NoHost { Finding::Gone } else { Finding::Unclear }, reason)
}
