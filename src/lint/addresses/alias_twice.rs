//! An alias that two pages claim.

use crate::addresses::Problem;
use crate::diagnostic::{Diagnostic, Place};
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};
use crate::page::route::{alias_address, is_address};

const CODE: &str = "alias-twice";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two pages claim one old address. It leads to the page with the later date; of equal ones to the first by path. (Of a page and its
translations, one lives in the language of that address: it leads there, and nothing is said.)

    a.md: aliases: [/old/]
    b.md: aliases: [/old/]

Take it out of the page that it should not lead to.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::Twice { alias, winner, loser } = problem else { return None };
        let path = |page: &PageId| context.site.page(*page).path();
        let message = format!("both `{}` and `{}` claim the alias `{alias}`", path(winner), path(loser));
        let problem = Diagnostic::warning(CODE, message).at(place_of(context, *loser, alias));
        Some(
            problem
                .also(place_of(context, *winner, alias), "leads here")
                .hint(format!("it leads to `{}`", context.site.page(*winner).route())),
        )
    };
    context.site.addresses.problems.iter().filter_map(of_problem).collect()
}

/// The alias as the page writes it.
fn place_of(context: &LintContext, page: PageId, address: &str) -> Place {
    let fact = context.site.page(page);
    let is_it = |alias: &&String| is_address(alias) && alias_address(alias, fact.route()) == address;
    let written = fact.front().aliases.iter().find(is_it).map_or(address, String::as_str);
    place::of_value(context, page, "aliases", written)
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_names_both_pages_and_where_the_alias_leads() {
        let sample = site([page("a.md").date("2025-01-01").aliases(&["./old"]), page("b.md").aliases(&["/old/"])]);
        let expected = "alias-twice content/b.md:2:11 both `content/a.md` and `content/b.md` claim the alias `/old/` | content/a.md: leads here | it leads to `/a/`";
        assert_eq!(sample.reports_of("alias-twice"), [expected]);
    }
}
