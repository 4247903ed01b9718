//! All integration tests, in one binary: linking is what costs.

mod any_text;
mod bad_input;
mod checked;
mod command;
mod docs;
mod foreign;
mod hidden;
mod html;
mod interface;
mod layers;
mod library;
mod links;
mod place;
mod policy;
mod remembered;
mod serve;
mod theme;
mod theme_settings;
mod warm;
mod watch;
mod written;
