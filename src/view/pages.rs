//! x
use super::Part;
pub const PARTS: &[Part] = &[];
