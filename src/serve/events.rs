//! What a page in the browser is told: reload, swap a file, show these problems.
//!
//! It must not know how the page does it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::{Event, KeepAlive, Sse};
use serde_json::json;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::http::failure;
use super::problem::Problem;
use super::shown::Shown;

/// No more problems than somebody reads are told to a page.
const MOST: usize = 50;

/// The events for a page whose file is at `path` below the output: one at once, and one after every change. Each is an object with `key` (the page
/// reloads if it differs from the one it was shown with), `swaps` (pairs of old and new address), `files` (the print of all that is swapped),
/// `problems` (the first of them) and `count` (of all).
pub fn stream(shown: watch::Receiver<Arc<Shown>>, path: String) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut is_first = true;
    let events = WatchStream::new(shown).map(move |shown| {
        let swaps = if std::mem::take(&mut is_first) { &[][..] } else { &shown.swaps };
        let failure = failure(&shown, &path);
        let problems = in_order(failure.iter().chain(&shown.problems), shown.source(&path));
        let message = json!({
            "key": shown.key(&path).to_string(),
            "files": shown.files.to_string(),
            "swaps": swaps,
            "problems": &problems[..problems.len().min(MOST)],
            "count": problems.len(),
        });
        Ok(Event::default().data(message.to_string()))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// What holds a file back comes first, then what is wrong in the file `own`, then the rest.
fn in_order<'p>(problems: impl Iterator<Item = &'p Problem>, own: Option<&Arc<str>>) -> Vec<&'p Problem> {
    let mut all: Vec<&Problem> = problems.collect();
    all.sort_by_key(|problem| (!problem.hard, own.is_none() || problem.path.as_ref() != own));
    all
}
