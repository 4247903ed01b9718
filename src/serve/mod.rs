//! The preview: a site in memory, shown while it is written.
//!
//! Owns `Session`, which turns changed sources into what is shown, and the server. It must not know what depends on what, and it adds its script to
//! responses only: the bytes of the site stay those of a build.

mod answer;
mod events;
mod http;
mod problem;
mod range;
mod session;
mod shown;
mod verify;
mod why;

pub use http::{Reload, Tell, bind, start};
pub use session::Session;
pub use shown::{Answer, Shown};
pub use verify::differences;
pub use why::reasons;
