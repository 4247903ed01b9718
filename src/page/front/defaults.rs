//! Defaults: what a page takes from the `cascade` of the folders above it.
//!
//! It must not know which folders those are.

use std::collections::HashSet;

use tera::Value;

use super::{Front, Release, Status};

impl Front {
    /// This front matter with `defaults` for every key that it does not say (terms and lists are replaced, not joined; `extra` is joined key by key).
    ///
    /// Its places and problems stay its own: those of the defaults belong to the file that gives them.
    pub fn with_defaults(self, defaults: &Front) -> Front {
        let mut given = self.terms.into_iter().zip(&defaults.terms).map(|(own, other)| own.or_else(|| other.clone()));
        Front {
            // What hides a page is taken with the key that says it, and not without.
            status_unknown: self.status_unknown || self.status.is_none() && defaults.status_unknown,
            embargo_unclear: self.embargo_unclear || self.publish_at.is_none() && defaults.embargo_unclear,
            // Their places are those of another file.
            releases: or_list(
                self.releases,
                &defaults.releases.iter().map(|release| Release { span: 0..0, ..release.clone() }).collect::<Vec<_>>(),
            ),
            date_unclear: self.date_unclear || self.date.is_none() && defaults.date_unclear,
            hidden_by_permalink: self.hidden_by_permalink || self.path.is_none() && defaults.hidden_by_permalink,
            terms: std::array::from_fn(|_| given.next().flatten()),
            title: or(self.title, &defaults.title),
            summary: or(self.summary, &defaults.summary),
            date: self.date.or(defaults.date),
            updated: self.updated.or(defaults.updated),
            slug: or(self.slug, &defaults.slug),
            path: or(self.path, &defaults.path),
            aliases: or_list(self.aliases, &defaults.aliases),
            id: or(self.id, &defaults.id),
            type_: or(self.type_, &defaults.type_),
            key_points: or_list(self.key_points, &defaults.key_points),
            recommendations: or_list(self.recommendations, &defaults.recommendations),
            status: self.status.or(defaults.status),
            publish_at: self.publish_at.or(defaults.publish_at),
            expires: self.expires.or(defaults.expires),
            supersedes: or_list(self.supersedes, &defaults.supersedes),
            superseded_by: or_list(self.superseded_by, &defaults.superseded_by),
            withdrawn: or(self.withdrawn, &defaults.withdrawn),
            changes: or_list(self.changes, &defaults.changes),
            last_reviewed_on: self.last_reviewed_on.or(defaults.last_reviewed_on),
            review_in: or(self.review_in, &defaults.review_in),
            owner: or(self.owner, &defaults.owner),
            as_of: self.as_of.or(defaults.as_of),
            kind: or(self.kind, &defaults.kind),
            synonyms: or_list(self.synonyms, &defaults.synonyms),
            broader: or_list(self.broader, &defaults.broader),
            related: or_list(self.related, &defaults.related),
            featured: or_list(self.featured, &defaults.featured),
            names: or_list(self.names, &defaults.names),
            same_as: or_list(self.same_as, &defaults.same_as),
            offices: or_list(self.offices, &defaults.offices),
            weight: self.weight.or(defaults.weight),
            toc: self.toc.or(defaults.toc),
            lang: or(self.lang, &defaults.lang),
            image: or(self.image, &defaults.image),
            licence: or(self.licence, &defaults.licence),
            doi: or(self.doi, &defaults.doi),
            noindex: self.noindex.or(defaults.noindex),
            template: or(self.template, &defaults.template),
            layout: or(self.layout, &defaults.layout),
            cascade: or(self.cascade, &defaults.cascade),
            extra: join(self.extra, &defaults.extra),
            shortcodes: self.shortcodes,
            body_start: self.body_start,
            spans: self.spans,
            diagnostics: self.diagnostics,
            topic_diagnostics: self.topic_diagnostics,
            print: Default::default(),
        }
    }

    /// This front matter below a section of that front matter, if what the section says of its state holds for readers too: of the two states
    /// the one that warns of itself most, with the reason for it.
    pub fn below(&self, section: &Front) -> Option<Front> {
        let above = section.status.filter(|status| matches!(status, Status::Superseded | Status::Withdrawn | Status::Archived))?;
        let own = self.status.unwrap_or(Status::Published);
        let status = own.more_hidden(above);
        let withdrawn = if status == Status::Withdrawn { or(self.withdrawn.clone(), &section.withdrawn) } else { self.withdrawn.clone() };
        (status != own).then(|| Front { status: Some(status), withdrawn, ..self.clone() })
    }
}

fn or<T: Clone>(own: Option<T>, default: &Option<T>) -> Option<T> {
    own.or_else(|| default.clone())
}

fn or_list<T: Clone>(own: Vec<T>, default: &[T]) -> Vec<T> {
    if own.is_empty() { default.to_vec() } else { own }
}

fn join(mut own: Vec<(String, Value)>, defaults: &[(String, Value)]) -> Vec<(String, Value)> {
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
        let defaults = read(&path, &format!("---\ncascade:\n{cascade}---\n")).cascade.expect("a cascade");
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
        let withdrawn = front("title: A\n").below(&front("withdrawn: {reason: Wrong}\n")).and_then(|front| front.withdrawn);
        assert_eq!(withdrawn.map(|withdrawn| withdrawn.reason).as_deref(), Some("Wrong"));
    }

    #[test]
    fn places_stay_those_of_the_page() {
        let page = under("  title: Default\n", "weight: 1\n");
        assert_eq!(page.spans, [("weight", 4..13)]);
    }
}
