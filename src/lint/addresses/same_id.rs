//! A number that two pages carry, hidden ones included: numbers are never used again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "same-id";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two pages carry one `id`. A number belongs to one page for good, drafts and expired pages included: readers cite it.

    id: PB-2026-004     (in two files that are not translations of each other)

Give the newer page the next free number.",
    check: Some(check),
};

/// A page with a number.
struct Numbered<'a> {
    id: &'a str,
    path: &'a Arc<str>,
    /// What a page shares with its translations.
    family: (&'a str, &'a str),
    lang: u8,
    /// Nothing, if it is hidden.
    public: Option<PageId>,
}

impl Numbered<'_> {
    fn place(&self, context: &LintContext) -> Place {
        self.public.map_or_else(|| Place::file(self.path), |page| place::of_key(context, page, "id"))
    }
}

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let mut pages = numbered(context);
    pages.sort_by(|a, b| a.path.cmp(b.path));
    let mut first: HashMap<String, &Numbered> = HashMap::new();
    let mut found = Vec::new();
    for page in &pages {
        // Nobody who cites a number minds its capital letters.
        let known = *first.entry(page.id.to_lowercase()).or_insert(page);
        if known.path == page.path {
            continue;
        }
        // A translation carries the number of its original.
        if known.family != page.family || known.lang == page.lang {
            let message = format!("`{}` carries the id `{}` already", known.path, known.id);
            let problem = Diagnostic::error(CODE, message).at(page.place(context)).also(known.place(context), "used here first");
            found.push(problem.hint("give it another number"));
        }
    }
    found
}

fn numbered<'a>(context: &LintContext<'a>) -> Vec<Numbered<'a>> {
    let public = context.site.facts.iter().enumerate().filter_map(|(page, fact)| {
        let (origin, id) = (&fact.page.origin, fact.front().id.as_deref()?);
        let family = (&*origin.folder, &*origin.name);
        Some(Numbered { id, path: fact.path(), family, lang: origin.lang, public: Some(page as PageId) })
    });
    let hidden = context.hidden.iter().filter_map(|page| {
        let (family, id) = ((&*page.folder, &*page.name), page.id.as_deref()?);
        Some(Numbered { id, path: &page.path, family, lang: page.lang, public: None })
    });
    public.chain(hidden).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site, site_with};

    #[test]
    fn a_number_is_never_used_again_not_even_of_a_draft() {
        let sample = site([page("a.md").id("PB-1").status(Status::Draft), page("b.md").id("PB-1"), page("c.md").id("PB-2")]);
        let expected = "same-id content/b.md:2:1 `content/a.md` carries the id `PB-1` already | content/a.md: used here first | give it another number";
        assert_eq!(sample.reports_of("same-id"), [expected]);
    }

    #[test]
    fn numbers_that_differ_only_by_case_are_one() {
        let sample = site([page("a.md").id("PB-1"), page("b.md").id("pb-1")]);
        let expected = "same-id content/b.md:2:1 `content/a.md` carries the id `PB-1` already | content/a.md: used here first | give it another number";
        assert_eq!(sample.reports_of("same-id"), [expected]);
    }

    #[test]
    fn a_translation_carries_the_number_of_its_original() {
        let pages = vec![page("a.md").id("PB-1"), page("a.fr.md").id("PB-1"), page("b.fr.md").id("PB-1")];
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &[]);
        assert_eq!(sample.reports_of("same-id").len(), 1);
    }
}
