//! The letters of running text that mean something in HTML.
//!
//! It must not know which of them another pass makes something else of.

use super::{Spot, Taken, TextPass};
use crate::page::body::renderer::Renderer;

/// Looks at what means something in HTML.
pub const PASS: TextPass = TextPass { bytes: b"\0&<>\"'", look: write };

fn write(page: &mut Renderer, spot: &Spot) -> Taken {
    page.plain(&spot.text[spot.written..spot.at]);
    page.literal(&spot.text[spot.at..spot.at + 1]);
    Taken::Written(spot.at + 1)
}
