//! A file that is named by a date that is none.

use crate::diagnostic::{Diagnostic, Place};
use crate::lint::{LintContext, Rule};
use crate::page::Facts;
use crate::page::date;
use crate::page::origin::Role;

const CODE: &str = "impossible-date";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The name of a file, or of a folder with an `index.md`, begins like a date that is none. The page has no date then, so it is in no feed and not
on the home page, and the numbers stay in its address.

    content/briefings/2024-13-45-budget.md
    content/briefings/2024-5-1-budget.md     (written 2024-05-01-budget.md)

Give the year four digits, month and day two each; or give the page a `date`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    context.site.facts.iter().filter_map(|fact| problem(fact)).collect()
}

fn problem(fact: &Facts) -> Option<Diagnostic> {
    let origin = &fact.page.origin;
    if fact.page.date.is_some() || origin.role == Role::Section {
        return None;
    }
    let (written, rest) = dated(&origin.name)?;
    let (message, day) = match date::meant(written) {
        Some(_) if written.len() == "2024-05-01".len() => return None,
        Some(day) => (format!("`{written}` in its name is not read as a date, so this page has none"), day.to_string()),
        None => (format!("there is no day `{written}`, so this page has no date"), "2024-05-01".to_string()),
    };
    let ending = if origin.role == Role::Page { ".md" } else { "/" };
    let problem = Diagnostic::warning(CODE, message).at(Place::file(&origin.path));
    Some(problem.hint(format!("write a name such as `{day}{rest}{ending}`, or give the page a `date`")))
}

/// `2024-5-1` and `-x` of `2024-5-1-x`.
fn dated(name: &str) -> Option<(&str, &str)> {
    let end = name.match_indices(|letter: char| !letter.is_ascii_digit()).map(|(at, _)| at).chain([name.len()]).nth(2)?;
    let (written, rest) = name.split_at(end);
    let mut parts = written.split('-');
    let is_long = |part: Option<&str>, from: usize, to: usize| part.is_some_and(|part| (from..=to).contains(&part.len()));
    let is_date = is_long(parts.next(), 4, 4) && is_long(parts.next(), 1, 2) && is_long(parts.next(), 1, 2) && parts.next().is_none();
    (is_date && (rest.is_empty() || rest.starts_with(['-', '_']))).then_some((written, rest))
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn a_name_that_begins_with_an_impossible_date_is_told() {
        let sample = site([page("b/2024-13-45-y.md"), page("b/2024-5-1-z.md"), page("b/2024-02-30_x/index.md")]);
        let expected = [
            "impossible-date content/b/2024-02-30_x/index.md there is no day `2024-02-30`, so this page has no date \
             | write a name such as `2024-05-01_x/`, or give the page a `date`",
            "impossible-date content/b/2024-13-45-y.md there is no day `2024-13-45`, so this page has no date \
             | write a name such as `2024-05-01-y.md`, or give the page a `date`",
            "impossible-date content/b/2024-5-1-z.md `2024-5-1` in its name is not read as a date, so this page has none \
             | write a name such as `2024-05-01-z.md`, or give the page a `date`",
        ];
        assert_eq!(sample.reports_of("impossible-date"), expected);
    }

    #[test]
    fn other_numbers_in_names_are_none() {
        let pages = ["b/2024-05-01-x.md", "b/2024-05-01.md", "b/2024-budget.md", "b/12-13-45-x.md", "b/2024-130-1-x.md", "b/2024-5-1st.md"];
        let dated = page("b/2024-13-46-x.md").date("2024-01-01");
        let sample = site(pages.map(page).into_iter().chain([dated]));
        assert_eq!(sample.reports_of("impossible-date"), [""; 0]);
    }
}
