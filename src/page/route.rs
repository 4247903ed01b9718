//! Slugs and addresses.
