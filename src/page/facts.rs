//! Facts: what other pages may know of a page.
pub struct Facts;
pub struct Moment;
pub enum State {}
