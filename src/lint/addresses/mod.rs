//! What an author asks of addresses, numbers and menus: does each have one owner?
//!
//! One file a rule.

pub(super) mod address_slips;
pub(super) mod alias_taken;
pub(super) mod alias_twice;
pub(super) mod broken_menu;
pub(super) mod case_clash;
pub(super) mod claims;
pub(super) mod idle_permalink;
pub(super) mod long_address;
pub(super) mod no_base_url;
pub(super) mod number_taken;
pub(super) mod odd_number;
pub(super) mod same_address;
pub(super) mod same_id;
pub(super) mod two_indexes;
