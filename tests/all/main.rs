//! All integration tests, in one binary: linking is what costs.

mod docs;
mod layers;
mod warm;
