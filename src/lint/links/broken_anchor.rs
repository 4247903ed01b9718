//! A link to a place in a page that the page does not have.

use crate::diagnostic::{Diagnostic, nearest};
use crate::links::Broken;
use crate::lint::links::broken;
use crate::lint::{LintContext, Rule};

const CODE: &str = "broken-anchor";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A link names a place in a page (the part after `#`), and the page has no such heading, footnote or `id`.

    See [our conclusion](hague.md#conclusion).     (the heading is `## Conclusions`)

The id of a heading is its text in lower case with `-` for spaces; `## Conclusions {#conclusion}` gives it another. Correct the part after
`#`, or give the heading the id that is linked to, so that links from elsewhere hold too.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_link = |link: broken::BrokenLink| {
        let Broken::Anchor { page, anchor, candidates } = link.broken else { return None };
        // What stands below front matter that has no end is not read.
        if context.site.page(*page).front().is_unparsed() {
            return None;
        }
        let problem = link.problem(context, CODE, format!("`{}` has no place called `#{anchor}`", context.site.page(*page).path()));
        let candidates: Vec<String> = candidates.iter().map(|id| format!("#{id}")).collect();
        Some(match candidates.as_slice() {
            [] => problem.hint("it has no headings"),
            [only] if nearest(&format!("#{anchor}"), [only.as_str()]).is_none() => problem.hint(format!("its only place is `{only}`")),
            [near] => problem.hint(format!("did you mean `{near}`?")),
            many => problem.hint(format!("its places are `{}`", many.join("`, `"))),
        })
    };
    broken::broken(context).filter_map(of_link).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_with_the_nearest_place_or_those_there_are() {
        let sample = site([
            page("x.md").to("y.md#conclusion").wiki("y#zzz").to("#a").to("z.md#q"),
            page("y.md").headings(&["conclusions", "summary"]),
            page("z.md").headings(&["part"]),
        ]);
        let expected = [
            "broken-anchor content/x.md:3:1 `content/y.md` has no place called `#conclusion` | did you mean `#conclusions`?",
            "broken-anchor content/x.md:4:1 `content/y.md` has no place called `#zzz` | its places are `#conclusions`, `#summary`",
            "broken-anchor content/x.md:5:1 `content/x.md` has no place called `#a` | it has no headings",
            "broken-anchor content/x.md:6:1 `content/z.md` has no place called `#q` | its only place is `#part`",
        ];
        assert_eq!(sample.reports_of("broken-anchor"), expected);
    }
}
