//! What pages load from elsewhere, and the policy in the built-in `_headers` keeps browsers from loading.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::lint::{LintContext, Rule};
use crate::page::body::typos::{Load, LoadKind};

const CODE: &str = "blocked-load";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page shows a picture, a frame or the like from another host, or from an address that begins with `data:`. The `_headers` that Chancery writes
have a policy, `default-src 'self'`, and hosts that read them (Netlify, Cloudflare Pages) tell browsers to load nothing from elsewhere: readers
see nothing there. This is said once a host.

    ![Map](https://cdn.example.net/map.png)
    <iframe src=\"https://www.example.net/embed/x\"></iframe>

Best put the file into the site: then readers tell nobody else what they read. Or bring a `_headers` of your own in `static/`, which takes the place
of the built-in one, and name the host in its `Content-Security-Policy`: `default-src 'self'; img-src 'self' https://cdn.example.net`.",
    check: Some(check),
};

/// What is loaded from one host.
struct Host<'a> {
    first: (PageId, &'a Load),
    count: usize,
    pages: BTreeSet<PageId>,
    kinds: BTreeSet<LoadKind>,
}

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let loads = site.bodies.iter().enumerate().flat_map(|(page, body)| body.loads.iter().map(move |load| (page as PageId, load)));
    let mut loads = loads.peekable();
    // Headers of one's own say what their author wants.
    if loads.peek().is_none() || site.brings("_headers") {
        return Vec::new();
    }
    let mut hosts: BTreeMap<&str, Host> = BTreeMap::new();
    for (page, load) in loads {
        let new = || Host { first: (page, load), count: 0, pages: BTreeSet::new(), kinds: BTreeSet::new() };
        let known = hosts.entry(source(&load.address)).or_insert_with(new);
        known.count += 1;
        known.pages.insert(page);
        known.kinds.insert(load.kind);
    }
    hosts.into_iter().map(|(name, host)| to_diagnostic(context, name, &host)).collect()
}

/// What a policy calls the place of an address: its host, or `data:`.
fn source(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("//") else { return "data:" };
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn to_diagnostic(context: &LintContext, name: &str, host: &Host) -> Diagnostic {
    let (page, load) = host.first;
    let fact = context.site.page(page);
    let more = match (host.count, host.pages.len()) {
        (1, _) => String::new(),
        (count, 1) => format!(" ({count} times on this page)"),
        (count, pages) => format!(" ({count} times on {pages} pages)"),
    };
    let message = format!("the policy in `_headers` blocks what this loads from `{name}`{more}");
    let directives: Vec<String> = host.kinds.iter().map(|kind| format!("{} 'self' {name}", directive(*kind))).collect();
    let hint = format!(
        "put the file into the site; or bring a `_headers` of your own in `static/` with `Content-Security-Policy: default-src 'self'; {}`",
        directives.join("; ")
    );
    let place = Place::range(fact.path(), &context.sources.text(fact.path()), load.span.start as usize..load.span.end as usize);
    Diagnostic::warning(CODE, message).at(place).hint(hint)
}

/// What a policy says of a kind of load (<https://www.w3.org/TR/CSP3/#csp-directives>).
fn directive(kind: LoadKind) -> &'static str {
    match kind {
        LoadKind::Picture => "img-src",
        LoadKind::Frame => "frame-src",
        LoadKind::Script => "script-src",
        LoadKind::Style => "style-src",
        LoadKind::Media => "media-src",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    const PAGE: &str = "---\ntitle: X\n---\n![a](https://cdn.example.net/a.png) ![b](https://cdn.example.net/b.png)\n\n\
                        <iframe src=\"https://www.example.com/embed/x\"></iframe>\n\n![d](data:image/png;base64,xx) [link](https://other.example/)\n";

    #[test]
    fn what_the_policy_blocks_is_told_once_a_host() {
        let files = [("content/x.md", PAGE), ("content/y.md", "---\ntitle: Y\n---\n<img src=\"//cdn.example.net/c.png\" alt=\"\">\n")];
        let hint = |directive: &str| {
            format!(
                "put the file into the site; or bring a `_headers` of your own in `static/` with `Content-Security-Policy: default-src 'self'; {directive}`"
            )
        };
        assert_eq!(
            reports_of_files("", &files, "blocked-load"),
            [
                format!(
                    "blocked-load content/x.md:4:1 the policy in `_headers` blocks what this loads from `cdn.example.net` (3 times on 2 pages) | {}",
                    hint("img-src 'self' cdn.example.net")
                ),
                format!(
                    "blocked-load content/x.md:6:14 the policy in `_headers` blocks what this loads from `www.example.com` | {}",
                    hint("frame-src 'self' www.example.com")
                ),
                format!(
                    "blocked-load content/x.md:8:1 the policy in `_headers` blocks what this loads from `data:` | {}",
                    hint("img-src 'self' data:")
                ),
            ]
        );
    }

    #[test]
    fn who_brings_headers_of_ones_own_is_not_told() {
        let files = [("content/x.md", PAGE), ("static/_headers", "/*\n  X-Frame-Options: DENY\n")];
        assert_eq!(reports_of_files("", &files, "blocked-load"), [""; 0]);
    }
}
