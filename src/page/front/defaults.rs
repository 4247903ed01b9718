//! Defaults: what a page takes from the `cascade` of the folders above it, and from the state of its section.
//!
//! It must not know which folders those are.

use std::array;
use std::collections::HashSet;

use tera::Value;

use super::said::Said;
use super::{Front, Release, Status, Terms};

impl Front {
    /// The front matter of a page below a section of that front matter, if what the section says of its state holds for readers too: of the two
    /// states the one that warns of itself most, with the reason for it; `None` when the page's own state stands.
    pub fn below(&self, section: &Front) -> Option<Front> {
        let above = section.status.filter(|status| matches!(status, Status::Superseded | Status::Withdrawn | Status::Archived))?;
        let own = self.status.unwrap_or_default();
        let status = own.more_hidden(above);
        let reason = if status == Status::Withdrawn { &section.withdrawn } else { &None };
        let withdrawn = Said::or(self.withdrawn.clone(), reason);
        (status != own).then(|| {
            let mut front = Front { status: Some(status), ..self.clone() };
            front.withdrawn = withdrawn;
            front
        })
    }
}

/// The terms of each vocabulary, or the default ones.
pub fn or_each(own: Terms, defaults: &Terms) -> Terms {
    let mut own = own.into_iter().zip(defaults).map(|(own, default)| own.or_else(|| default.clone()));
    array::from_fn(|_| own.next().flatten())
}

/// The dates of a page, or the default ones, whose places are those of another file.
pub fn or_elsewhere(own: Vec<Release>, defaults: &[Release]) -> Vec<Release> {
    if own.is_empty() { defaults.iter().map(|release| Release { span: 0..0, ..release.clone() }).collect() } else { own }
}

/// The keys of a page, and those of the default ones that it does not have.
pub fn join(mut own: Vec<(String, Value)>, defaults: &[(String, Value)]) -> Vec<(String, Value)> {
    let known: HashSet<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
    let missing: Vec<_> = defaults.iter().filter(|(name, _)| !known.contains(name.as_str())).cloned().collect();
    own.extend(missing);
    own
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Status, read};
    use super::*;

    /// A page with this front matter under a folder with that cascade.
    fn under(cascade: &str, yaml: &str) -> Front {
        let path = Arc::from("content/x.md");
        let defaults = read(&path, &format!("---\ncascade:\n{cascade}---\n")).cascade.clone().expect("a cascade");
        read(&path, &format!("---\n{yaml}---\n")).with_defaults(&defaults)
    }

    #[test]
    fn a_page_takes_what_it_does_not_say() {
        let page = under("  type: study\n  tags: [a, b]\n  authors: [Desk]\n", "tags: [c]\nauthors: []\n");
        assert_eq!(page.type_.as_deref(), Some("study"));
        assert_eq!(page.terms, [None, Some(vec!["c".into()]), Some(vec![]), None]);
    }

    #[test]
    fn extra_is_joined_key_by_key() {
        let page = under("  params: {a: 1, b: 2}\n  c: 3\n", "b: 4\n");
        assert_eq!(page.extra, [("b".into(), Value::from(4)), ("a".into(), Value::from(1)), ("c".into(), Value::from(3))]);
    }

    #[test]
    fn a_draft_above_hides_pages_that_do_not_say_otherwise() {
        assert_eq!(under("  draft: true\n", "title: A\n").status, Some(Status::Draft));
        assert_eq!(under("  draft: true\n", "draft: false\n").status, Some(Status::Published));
        assert_eq!(under("  draft: true\n", "status: archived\n").status, Some(Status::Archived));
    }

    #[test]
    fn what_hides_a_page_is_not_taken_beside_what_the_page_says() {
        assert!(under("  permalink: false\n", "title: A\n").hidden_by_permalink);
        assert!(!under("  permalink: false\n", "path: /a/\n").hidden_by_permalink);
        assert!(under("  status: secret\n", "title: A\n").status_unknown);
        assert!(!under("  status: secret\n", "status: published\n").status_unknown);
    }

    #[test]
    fn a_state_above_holds_unless_the_page_s_own_keeps_more_from_readers() {
        let path = Arc::from("content/x.md");
        let front = |yaml: &str| read(&path, &format!("---\n{yaml}---\n"));
        let below = |section: &str, own: &str| front(own).below(&front(section)).and_then(|front| front.status);
        assert_eq!(below("status: archived\n", "title: A\n"), Some(Status::Archived));
        assert_eq!(below("status: archived\n", "status: published\n"), Some(Status::Archived));
        assert_eq!(below("status: archived\n", "status: withdrawn\n"), None);
        assert_eq!(below("status: superseded\n", "status: archived\n"), Some(Status::Superseded));
        assert_eq!(below("status: draft\n", "title: A\n"), None, "what hides the section hides the page in another way");
        let withdrawn = front("title: A\n").below(&front("withdrawn: {reason: Wrong}\n")).and_then(|front| front.withdrawn.clone());
        assert_eq!(withdrawn.map(|withdrawn| withdrawn.reason).as_deref(), Some("Wrong"));
    }

    #[test]
    fn places_stay_those_of_the_page() {
        let page = under("  title: Default\n", "weight: 1\n");
        assert_eq!((page.spans.len(), page.span("weight")), (1, Some(4..13)));
    }
}
