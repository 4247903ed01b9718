//! Wikilinks that an editor has put backslashes before, where they would lead to a page.
//!
//! Other marks that are escaped by mistake are found where the text is read, under the same code.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::index::names::{Answer, Names};
use crate::lint::{LintContext, Rule};
use crate::page::body::LinkTarget;
use crate::page::body::typos::ESCAPED_HINT;
use crate::page::{Body, Facts};

const CODE: &str = "escaped-mark";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A mark stands behind a backslash, so it is shown as text, where it would mean something without it: a wikilink that finds a page, a box of a
known kind, a reference to a note that is there, an abbreviation. Editors that show text as it will look, and some formatters, write so what they
do not know.

    See \\[\\[hague\\|the summit]].
    > \\[!NOTE]
    \\*\\[NATO]: North Atlantic Treaty Organization

Take the backslashes out, or let that editor leave the file alone. What is meant as text goes into code: `[[hague]]` between backticks.",
    check: Some(check),
};

/// A page with more of them has one problem, and the place of each is looked for in its whole text.
const MOST: usize = 100;

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let pages = site.facts.iter().zip(&site.bodies).filter(|(_, body)| !body.escaped.is_empty());
    let mut pages = pages.peekable();
    if pages.peek().is_none() {
        return Vec::new();
    }
    let names = Names::new(&site.facts);
    let leads = |fact: &Facts, target: &LinkTarget| match target {
        LinkTarget::Destination { anchor, .. } | LinkTarget::Ref { anchor, .. } => {
            anchor.as_ref().is_some_and(|anchor| fact.anchors.binary_search(anchor).is_ok())
        }
        LinkTarget::Wiki { name, .. } => names.find(name, fact.lang()) != Answer::None,
    };
    let of_page = |(fact, body): (&Arc<Facts>, &Arc<Body>)| {
        let problems = body.escaped.iter().filter(|(target, _)| leads(fact, target)).map(|(target, span)| {
            let name = match target {
                LinkTarget::Wiki { name, .. } => name.to_string(),
                LinkTarget::Destination { anchor, .. } | LinkTarget::Ref { anchor, .. } => {
                    format!("#{}", anchor.as_deref().unwrap_or_default())
                }
            };
            let problem = Diagnostic::warning(CODE, format!("the link `[[{name}]]` is shown as text: its brackets are escaped"));
            let place = Place::range(fact.path(), &context.sources.text(fact.path()), span.start as usize..span.end as usize);
            problem.at(place).hint(ESCAPED_HINT)
        });
        problems.take(MOST).collect::<Vec<_>>()
    };
    pages.flat_map(of_page).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    #[test]
    fn a_wikilink_behind_backslashes_is_told_if_it_would_find_a_page() {
        let text =
            "---\ntitle: X\n---\nSee \\[\\[hague\\|words]], \\[\\[The Hague]] and \\[\\[nothing]].\n\n\\[\\[secret]] `\\[[hague]]`\n";
        let reports = reports_of_files(
            "",
            &[
                ("content/x.md", text),
                ("content/hague.md", "---\ntitle: The Hague\n---\n"),
                ("content/secret.md", "---\ntitle: S\ndraft: true\n---\n"),
            ],
            "escaped-mark",
        );
        let hint = "an editor has put backslashes before it: take them out, or put it in code if it is meant as text";
        assert_eq!(
            reports,
            [
                format!("escaped-mark content/x.md:4:5 the link `[[hague]]` is shown as text: its brackets are escaped | {hint}"),
                format!("escaped-mark content/x.md:4:25 the link `[[The Hague]]` is shown as text: its brackets are escaped | {hint}"),
            ]
        );
    }

    #[test]
    fn a_page_that_an_editor_has_escaped_as_a_whole_is_told_of_by_its_first_marks() {
        let text = format!("---\ntitle: X\n---\n{}\n", "\\[\\[hague]] ".repeat(10_000));
        let files = [("content/x.md", text.as_str()), ("content/hague.md", "---\ntitle: The Hague\n---\n")];
        assert_eq!(reports_of_files("", &files, "escaped-mark").len(), super::MOST);
    }
}
