//! Chancery: a static site generator for policy briefings.
//!
//! A site is a pure function of its sources. Five invariants hold, and each has a test:
//!
//! 1. One page sees another only through its `Facts` and `Mentions`.
//! 2. The context is the key: a file's key is exactly the fingerprints of what its template mentions, and of the template.
//! 3. Ids never outlive a build and never enter a key.
//! 4. What a site is made of is read in `sources`, and what is made of it written in `output`, nowhere else; `publish` speaks to places that are on disk
//!    too, and `cli` makes new sites and pages. `now` is an input.
//! 5. Hidden is absent: `index`, `view`, `site`, `search` and `emit` cannot name a page that is not public.

pub mod addresses;
pub mod cli;
pub mod compare;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod emit;
pub mod entities;
pub mod fingerprint;
pub mod gate;
pub mod highlight;
pub mod html;
pub mod index;
pub mod ledger;
pub mod links;
pub mod lint;
pub mod media;
pub mod memo;
pub mod output;
pub mod outside;
pub mod page;
pub mod pipeline;
pub mod publish;
pub mod references;
pub mod search;
pub mod serve;
pub mod site;
pub mod sources;
#[cfg(test)]
pub mod testing;
pub mod theme;
pub mod typography;
pub mod url;
pub mod view;
pub mod watch;
