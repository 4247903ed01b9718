//! x
use super::Part;
pub const PARTS: &[Part] = &[];
use super::Model;
use crate::site::Site;
pub fn menu_of(_site: &Site, _lang: u8) -> Model<'_> {
    Model::None
}
