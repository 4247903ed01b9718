//! What is wrong in registers of sources.

use super::super::Rule;
use super::found_elsewhere;

pub const DUPLICATE_SOURCE: Rule = found_elsewhere(
    "duplicate-source",
    "Two entries of the register have one key, in two files or in one, so that a citation of it could mean either.

    @report{water-2025, title = {Water and cities}}
    @book{water-2025, title = {Water law}}

Give one of them another key, and cite that where it is meant. If both are the same source, remove one.",
);
