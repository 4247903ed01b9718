//! All integration tests, in one binary: linking is what costs.

mod bad_input;
mod foreign;
mod hidden;
mod html;
mod layers;
mod place;
mod warm;
mod written;
