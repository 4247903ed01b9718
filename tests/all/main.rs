//! All integration tests, in one binary: linking is what costs.

mod layers;
mod warm;
