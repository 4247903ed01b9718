//! One spelling of a term that two pages claim.

use crate::diagnostic::{Diagnostic, Place};
use crate::index::{PageId, Problem};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "spelling-clash";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Two pages about topics (or tags, authors, series) both answer to one spelling, so nobody can say which is meant by it.

    topics/defence.md:  synonyms: [NATO]
    topics/nato.md:     title: NATO

Take the name out of one of them, or say more in one of the titles.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::SpellingClash { taxonomy, spelling, pages: [first, second] } = problem else { return None };
        let message = format!("two {} answer to `{spelling}`", taxonomy.name());
        let problem = Diagnostic::error(CODE, message).at(place_of(context, *second, spelling));
        Some(problem.also(place_of(context, *first, spelling), "claimed here first").hint("take the name out of one of them"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

/// The first key that says the spelling.
fn place_of(context: &LintContext, page: PageId, spelling: &str) -> Place {
    let front = context.site.page(page).front();
    let says = |names: &[String]| names.iter().any(|name| name == spelling);
    let keys = [("names", says(&front.names)), ("synonyms", says(&front.synonyms)), ("aliases", says(&front.aliases))];
    let key = keys.iter().find(|(_, is_said)| *is_said).map_or("title", |(key, _)| key);
    place::of_value(context, page, key, spelling)
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_where_the_second_page_claims_it() {
        let other = page("topics/b.md").title("Beta").with("synonyms", "[Alpha]", |front, _| front.synonyms = vec!["Alpha".into()]);
        let sample = site([page("topics/a.md").title("Alpha"), other]);
        let expected = "spelling-clash content/topics/b.md:3:12 two topics answer to `Alpha` \
                        | content/topics/a.md: claimed here first | take the name out of one of them";
        assert_eq!(sample.reports(), [expected]);
    }
}
