//! A page as people name it on the command line: by its file, its folder, its address, its number or the end of its address.
//!
//! It must not know what becomes of it.

use super::error::Error;
use crate::gate::Hidden;
use crate::page::facts::Facts;
use crate::pipeline::Plan;

/// The public page that is asked for.
pub fn page<'p>(plan: &'p Plan, asked: &str) -> Option<&'p Facts> {
    let all = || plan.site.facts.iter().map(|facts| &**facts);
    let is_it = |facts: &&Facts| is_called(asked, facts.path(), facts.route(), facts.front().id.as_deref());
    all().find(is_it).or_else(|| {
        let mut ending = all().filter(|facts| ends(asked, facts.route()));
        ending.next().filter(|_| ending.next().is_none())
    })
}

/// The hidden page that is asked for.
pub fn hidden<'p>(plan: &'p Plan, asked: &str) -> Option<&'p Hidden> {
    let is_it = |page: &&Hidden| is_called(asked, &page.path, &page.route, page.id.as_deref());
    plan.hidden.iter().find(is_it).or_else(|| {
        let mut ending = plan.hidden.iter().filter(|page| ends(asked, &page.route));
        ending.next().filter(|_| ending.next().is_none())
    })
}

/// Nothing answers.
pub fn unknown(asked: &str) -> Error {
    Error::usage(format!("no page answers to `{asked}`"))
        .hint("name its file, its address or its id: `content/briefings/x.md`, `/briefings/x/`, `PB-2026-001`; `chancery list` shows all")
}

fn is_called(asked: &str, path: &str, route: &str, id: Option<&str>) -> bool {
    let plain = asked.trim_start_matches("./").trim_end_matches('/');
    let below = path.strip_prefix("content/").unwrap_or(path);
    let folder = below.strip_suffix("/index.md").or_else(|| below.strip_suffix("/_index.md"));
    let is_file =
        [Some(path), Some(below), folder].contains(&Some(plain.strip_prefix("content/").filter(|_| folder.is_some()).unwrap_or(plain)));
    is_file || plain == path || route.trim_end_matches('/') == asked.trim_end_matches('/') || id == Some(asked)
}

/// Whether the last part of an address is what is asked for.
fn ends(asked: &str, route: &str) -> bool {
    !asked.is_empty() && route.trim_end_matches('/').rsplit('/').next() == Some(asked)
}
