//! A number that does not look as the numbers of the site do.

use crate::config::numbers::Parts;
use crate::diagnostic::Diagnostic;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "odd-number";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The `id` of a page does not fit the pattern that `[numbers]` has for pages of its type. Its address leads nowhere then, and `chancery new` does
not count it.

    [numbers]
    pattern = \"PB-{year}-{nnn}\"

    id: PB-26-4     (it would be PB-2026-004)

Write it as the pattern has it, or take the next free one, which the message names. A number that was published stays as it is.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let numbers = &site.config.numbers;
    let used = || {
        let public = site.facts.iter().filter_map(|fact| fact.front().id.as_deref());
        public.chain(context.hidden.iter().filter_map(|page| page.id.as_deref()))
    };
    let odd = |(page, fact): (usize, &std::sync::Arc<crate::page::Facts>)| {
        let (id, pattern) = (fact.front().id.as_deref()?, numbers.of_type(fact.page.type_name())?);
        if pattern.fits(id) {
            return None;
        }
        let problem = Diagnostic::warning(CODE, format!("the number `{id}` does not look as `[numbers]` has it"));
        let meant = pattern.read(id).map(|parts: Parts| pattern.write(parts)).filter(|meant| !used().any(|other| other == meant));
        let year = fact.page.date.map(|date| date.date().year());
        let hint = match (meant, year) {
            (Some(meant), _) => Some(format!("write `{meant}`")),
            (None, Some(year)) => Some(format!("the next free one is `{}`", pattern.next(used(), year))),
            (None, None) => None,
        };
        let problem = problem.at(place::of_key(context, page as u32, "id"));
        Some(match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        })
    };
    site.facts.iter().enumerate().filter_map(odd).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site, site_with};

    #[test]
    fn it_names_what_was_meant_or_the_next_free_number() {
        let numbered = |path: &str, id: &str| page(path).date("2026-02-03").id(id);
        let pages =
            || vec![numbered("a.md", "PB-2026-007"), numbered("b.md", "pb-2026-2"), numbered("c.md", "Pb-2026-7"), numbered("d.md", "X")];
        let settings = "[numbers]\npattern = \"PB-{year}-{nnn}\"\n";
        let sample = site_with(|config| config.numbers = crate::config::read(&"site.toml".into(), settings, &[]).0.numbers, pages(), &[]);
        let told = |file: &str, id: &str, hint: &str| {
            format!("odd-number content/{file}.md:3:1 the number `{id}` does not look as `[numbers]` has it | {hint}")
        };
        let expected = [
            told("b", "pb-2026-2", "write `PB-2026-002`"),
            told("c", "Pb-2026-7", "the next free one is `PB-2026-008`"),
            told("d", "X", "the next free one is `PB-2026-008`"),
        ];
        assert_eq!(sample.reports_of("odd-number"), expected);
        assert_eq!(site(pages()).reports_of("odd-number"), [""; 0], "without a pattern numbers look as they like");
    }
}
