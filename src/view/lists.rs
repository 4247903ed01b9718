//! x
use super::{Model, Part, Scope};
use crate::theme::Query;
pub const PARTS: &[Part] = &[];
pub fn query<'a>(_scope: &Scope<'a>, _query: &Query) -> Model<'a> {
    Model::None
}
