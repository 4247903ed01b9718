//! A page whose title is only its file's name.

use crate::diagnostic::{Diagnostic, Place};
use crate::lint::{LintContext, Rule};
use crate::page::origin::Role;

const CODE: &str = "missing-title";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page has neither a `title` in its front matter nor a heading, so it is called after its file.

    content/handbook/office hours.md     (is called \"Office hours\")

Write `title:`, or begin the text with a heading: `# Office hours`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let pages = site.facts.iter().zip(&site.bodies);
    // The title may stand in what could not be read, and that is told.
    let untitled = pages.filter(|(fact, body)| fact.front().title.is_none() && body.title.is_none() && !fact.front().is_unparsed());
    // The home page is called as the site is.
    let counted = untitled.filter(|(fact, _)| !(fact.page.origin.role == Role::Section && fact.page.origin.folder.is_empty()));
    // A daily note is called after its day.
    let counted = counted.filter(|(fact, _)| fact.page.origin.date.is_none_or(|date| *fact.page.origin.name != *date.to_string()));
    counted
        .map(|(fact, _)| {
            let message = format!("this page has no title and is called `{}` after its file", fact.title);
            Diagnostic::warning(CODE, message).at(Place::file(fact.path())).hint("write `title:` in its front matter")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn a_page_that_is_called_after_its_file_is_told_and_the_home_page_is_not() {
        let sample = site([page("office hours.md"), page("b.md").title("B"), page("_index.md")]);
        let expected = "missing-title content/office hours.md this page has no title and is called `Office hours` after its file \
                        | write `title:` in its front matter";
        assert_eq!(sample.reports_of("missing-title"), [expected]);
    }

    #[test]
    fn a_title_may_stand_in_front_matter_that_cannot_be_read() {
        let mut unread = page("a.md");
        unread.front.diagnostics.push(crate::diagnostic::Diagnostic::error("bad-yaml", "front matter is not closed"));
        assert_eq!(site([unread]).reports_of("missing-title"), [""; 0]);
    }
}
