//! All integration tests, in one binary: linking is what costs.

mod against;
mod any_text;
mod bad_input;
mod checked;
mod command;
mod docs;
mod explain;
mod foreign;
mod hidden;
mod html;
mod interface;
mod layers;
mod library;
mod links;
mod place;
mod policy;
mod publish;
mod remembered;
mod rendered;
mod serve;
mod theme;
mod theme_settings;
mod verify;
mod warm;
mod watch;
mod written;
