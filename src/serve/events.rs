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
use super::shown::Shown;
use crate::fingerprint::Fingerprint;

/// The events for a page whose file is at `path` below the output: one at once, and one after every change. Each is an object with `key` (the page
/// reloads if it differs from the one it was shown with), `swaps` (pairs of old and new address) and `problems`.
pub fn stream(shown: watch::Receiver<Arc<Shown>>, path: String) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut is_first = true;
    let events = WatchStream::new(shown).map(move |shown| {
        let swaps = if std::mem::take(&mut is_first) { &[][..] } else { &shown.swaps };
        let key = shown.key(&path).unwrap_or(Fingerprint::default()).to_string();
        let problems: Vec<_> = failure(&shown, &path).into_iter().chain(shown.problems.iter().cloned()).collect();
        let told = json!({ "key": key, "swaps": swaps, "problems": problems });
        Ok(Event::default().data(told.to_string()))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
