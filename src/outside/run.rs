//! All questions of one run: until each has its answer, the time is up, or whoever asks has left.
//!
//! It must not know what an answer means.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::{Instant, timeout};

use super::asker::Asker;
use super::{Error, Heard, Manners, Questions};
use crate::ledger::{Answer, Reason};

/// How often it is looked whether to go on.
const TICK: Duration = Duration::from_millis(50);

/// Asks all addresses.
///
/// # Errors
/// No host answered at all, or nobody can be asked from here.
pub fn ask(questions: &Questions, manners: &Manners) -> Result<Heard, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Speechless(error.to_string()))?;
    let heard = runtime.block_on(listen(questions, manners));
    // A name that is still looked up is waited for by nobody.
    runtime.shutdown_background();
    heard
}

async fn listen(questions: &Questions<'_>, manners: &Manners) -> Result<Heard, Error> {
    let asker = &Asker::new(manners, questions.clock)?;
    let end = Instant::now() + manners.deadline;
    let asked = questions.addresses.iter().enumerate();
    let mut running: FuturesUnordered<_> = asked.map(|(place, address)| async move { (place, asker.ask(address).await) }).collect();
    let mut answers = vec![None; questions.addresses.len()];
    let mut done = 0;
    while Instant::now() < end && !(questions.has_left)() {
        match timeout(TICK, running.next()).await {
            Ok(Some((place, answer))) => {
                answers[place] = Some(answer);
                done += 1;
                (questions.progress)(done);
            }
            Ok(None) => break,
            Err(_) => {}
        }
    }
    // Without a network every name is one that no host has.
    let mut is_there = answers.iter().flatten().any(shows_a_network);
    if let Some(witness) = questions.witness.filter(|_| !is_there && done > 0 && !(questions.has_left)()) {
        is_there = shows_a_network(&asker.ask(witness).await);
    }
    match is_there {
        true => Ok(Heard { answers }),
        // Who left early has learned nothing, and knows why.
        false if done < answers.len() && (questions.has_left)() => Ok(Heard { answers: vec![None; answers.len()] }),
        false => Err(Error::Nobody),
    }
}

/// Whether an answer can only have come from another host.
fn shows_a_network(answer: &Answer) -> bool {
    !matches!(answer.reason, Reason::NoHost | Reason::Slow | Reason::Unreachable)
}
