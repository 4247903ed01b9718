//! Chancery: a static site generator for policy briefings.
pub mod config;
pub mod diagnostic;
pub mod fingerprint;
pub mod memo;
pub mod output;
pub mod page;
pub mod theme;
