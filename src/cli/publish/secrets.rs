//! What would give away the pages that are hidden now.
//!
//! It must not know what is done about it.

use crate::gate::Hidden;
use crate::publish::audit::Trace;

/// A shorter number could be any word.
const SHORTEST_ID: usize = 6;

/// Addresses of the pages and of redirects to them, their numbers, and the paths of their sources.
pub fn traces(hidden: &[Hidden]) -> Vec<Trace> {
    let mut traces = Vec::new();
    for page in hidden {
        let routes = std::iter::once(&*page.route).chain(page.aliases.iter().map(String::as_str));
        let inside = routes.map(|route| route.trim_matches('/')).filter(|inside| !inside.is_empty());
        traces.extend(inside.map(|inside| Trace::Address(inside.to_string())));
        traces.push(Trace::Word(page.path.to_string()));
        let is_number = |id: &&String| id.len() >= SHORTEST_ID && id.bytes().any(|byte| byte.is_ascii_digit());
        traces.extend(page.id.as_ref().filter(is_number).map(|id| Trace::Word(id.clone())));
    }
    traces.sort();
    traces.dedup();
    traces
}
