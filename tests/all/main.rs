//! All integration tests, in one binary: linking is what costs.

mod addresses;
mod against;
mod any_text;
mod audit;
mod bad_input;
mod checked;
mod citations;
mod citations_dialects;
mod citations_readers;
mod command;
mod docs;
mod explain;
mod foreign;
mod formatters;
mod hidden;
mod html;
mod interface;
mod layers;
mod library;
mod links;
#[cfg(feature = "outside")]
mod outside;
mod place;
mod policy;
mod publish;
mod readers;
mod recipes;
mod remembered;
mod rendered;
mod serve;
mod theme;
mod theme_settings;
mod verify;
mod warm;
mod watch;
mod written;
