//! A page's `template` that the theme does not have.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, nearest};
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};
use crate::site::Site;

const CODE: &str = "unknown-template";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page names a `template` that is neither in `templates/` nor in the theme; or the theme lacks one that every site needs.

    template: breifing.html

Correct the name, or add the file to `templates/`. The ending `.html` may be left out.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let mut cascaded = BTreeSet::new();
    let mut found = Vec::new();
    if site.theme.is_broken() {
        return found;
    }
    for (page, fact) in site.facts.iter().enumerate() {
        let Some(template) = fact.front().template.as_deref().filter(|template| !is_template(site, template)) else { continue };
        // What a section gives to all its pages is told once.
        let is_own = fact.front().span("template").is_some();
        if !is_own && !cascaded.insert(template) {
            continue;
        }
        let problem = Diagnostic::error(CODE, format!("there is no template `{template}`"));
        let problem = problem.at(place::of_value(context, page as PageId, "template", template));
        found.push(match nearest(template, site.theme.templates.keys().map(String::as_str)) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("templates are files in `templates/` or in the theme"),
        });
    }
    found
}

/// True for the name of a template of the theme, with or without `.html`.
pub fn is_template(site: &Site, name: &str) -> bool {
    site.theme.template_called(name).is_some()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_at_the_value_and_once_if_a_cascade_gives_it() {
        let own = page("a.md").with("template", "nothing.html", |front, template| front.template = Some(template));
        let given = |path: &str| {
            let mut page = page(path);
            page.front.template = Some("none".into());
            page
        };
        let sample = site([own, given("b.md"), given("c.md")]);
        let hint = "templates are files in `templates/` or in the theme";
        let expected = [
            format!("unknown-template content/a.md:2:11 there is no template `nothing.html` | {hint}"),
            format!("unknown-template content/b.md there is no template `none` | {hint}"),
        ];
        assert_eq!(sample.reports(), expected);
    }
}
