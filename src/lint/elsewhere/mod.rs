//! Codes that other rooms find: only what `chancery explain` says about them.
//!
//! It must not know how they are found.

pub mod body;
pub mod citing;
pub mod files;
pub mod front;
pub mod outside;
pub mod published;
pub mod register;
pub mod text;
pub mod theme;
pub mod versions;

use super::Rule;

/// A code that is found where the mistake is read.
const fn found_elsewhere(code: &'static str, doc: &'static str) -> Rule {
    Rule { code, doc, check: None }
}
