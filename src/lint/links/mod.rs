//! What an author asks of links and files: do they lead where they say?
//!
//! One file a rule.

pub(super) mod ambiguous_link;
pub(super) mod blocked_load;
pub(super) mod broken;
pub(super) mod broken_anchor;
pub(super) mod broken_link;
pub(super) mod escaped_mark;
pub(super) mod hidden_link;
pub(super) mod image_is_page;
pub(super) mod link_outside;
pub mod marked;
pub(super) mod missing_image;
pub(super) mod references;
pub(super) mod unknown_reference;
pub(super) mod unused_file;
