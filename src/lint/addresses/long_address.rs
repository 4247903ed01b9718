//! An address with a part that no file system takes as a name.

use crate::diagnostic::{Diagnostic, Place};
use crate::index::{List, ListKind};
use crate::lint::addresses::claims::{By, Claim, claims};
use crate::lint::{LintContext, Rule, place};
use crate::page::route::{alias_address, is_address};

const CODE: &str = "long-address";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A part of an address is longer than 255 bytes, which is as long as the name of a file may be. Nothing could be written there.

    topics: [\"A whole paragraph that has slipped into the list of topics, and goes on …\"]

Give the page a shorter `slug`, `path` or alias, or the topic, tag, author or series a shorter name.",
    check: Some(check),
};

/// How many bytes the name of a file may have.
const LONGEST: usize = 255;

fn check(context: &LintContext) -> Vec<Diagnostic> {
    claims(context).iter().filter_map(|claim| too_long(context, claim)).collect()
}

fn too_long(context: &LintContext, claim: &Claim) -> Option<Diagnostic> {
    if claim.route.len() <= LONGEST {
        return None;
    }
    let part = claim.route.split('/').find(|part| part.len() > LONGEST)?;
    let start: String = part.chars().take(40).collect();
    let message = format!("the part `{start}…` of an address has {} bytes, and a file's name may have {LONGEST}", part.len());
    let problem = Diagnostic::error(CODE, message).hint("write a shorter `slug`, `path`, alias or name");
    Some(match place_of(context, claim) {
        Some(place) => problem.at(place),
        None => problem,
    })
}

fn place_of(context: &LintContext, claim: &Claim) -> Option<Place> {
    match claim.by {
        By::List(list) => place_of_term(context, list),
        By::Alias(page) => {
            let fact = context.site.page(page);
            let is_it = |alias: &&String| is_address(alias) && alias_address(alias, fact.route()) == claim.route;
            let written = fact.front().aliases.iter().find(is_it)?;
            Some(place::of_value(context, page, "aliases", written))
        }
        _ => claim.place(context),
    }
}

/// The first page that names the term of a list.
fn place_of_term(context: &LintContext, list: &List) -> Option<Place> {
    let ListKind::Term(taxonomy, term) = list.kind else { return None };
    let term = &context.site.index.terms.all[term as usize];
    let page = term.pages.iter().min()?;
    Some(place::of_value(context, *page, taxonomy.name(), &term.name))
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn slugs_aliases_and_terms_are_told_where_they_are_written() {
        let long = "a".repeat(256);
        let slug = |front: &mut crate::page::front::Front, slug: String| front.slug = Some(slug);
        let sample = site([
            page("a.md").title("A").with("slug", &long, slug),
            page("b.md").title("B").aliases(&["/old/", &format!("/b{long}/")]),
            page("c.md").title("C").topics(&[&long]),
            page("d.md").title("D").status(Status::Draft).with("slug", &format!("d{long}"), slug),
            page("e.md").title("E").with("slug", &long[1..], slug),
        ]);
        let reports = sample.reports_of("long-address");
        let places: Vec<&str> = reports.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(places, ["content/a.md:3:1", "content/b.md:3:18", "content/c.md:3:10", "content/d.md"]);
        assert!(reports[0].ends_with("has 256 bytes, and a file's name may have 255 | write a shorter `slug`, `path`, alias or name"));
    }
}
