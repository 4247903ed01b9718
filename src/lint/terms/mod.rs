//! What an author asks of topics, tags and their spellings.
//!
//! One file a rule.

pub(super) mod lone_text;
pub(super) mod spelling_clash;
pub(super) mod term_clash;
pub(super) mod topic_loop;
pub(super) mod unknown_broader;
pub(super) mod unknown_topic;
