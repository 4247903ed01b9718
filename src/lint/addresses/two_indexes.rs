//! `index.md` and `_index.md` in one folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::lint::{LintContext, Rule};
use crate::page::origin::Role;

const CODE: &str = "two-indexes";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A folder has both an `index.md` and an `_index.md`, which would be at one address.

    briefings/index.md and briefings/_index.md

`_index.md` makes the folder a section, which lists its pages. `index.md` makes it one page with its own files beside it; in `content/` itself
it is the home page, as `_index.md` is. Keep one of them.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let public = context.site.facts.iter().map(|fact| {
        let origin = &fact.page.origin;
        (origin.role, origin.lang, &*origin.folder, &origin.path)
    });
    let hidden = context.hidden.iter().map(|page| (page.role, page.lang, &*page.folder, &page.path));
    let mut folders: BTreeMap<(&str, u8), Vec<&Arc<str>>> = BTreeMap::new();
    for (_, lang, folder, path) in public.chain(hidden).filter(|(role, ..)| *role != Role::Page) {
        folders.entry((folder, lang)).or_default().push(path);
    }
    let to_diagnostic = |paths: Vec<&Arc<str>>| {
        let (first, second) = (paths.iter().min()?, paths.iter().max()?);
        let message = format!("`{first}` and `{second}` cannot both be the page of this folder");
        Some(Diagnostic::error(CODE, message).at(Place::file(second)).also(Place::file(first), "the other one").hint("keep one of them"))
    };
    folders.into_values().filter(|paths| paths.len() > 1).filter_map(to_diagnostic).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn a_folder_and_the_home_page_have_one_index() {
        let sample =
            site([page("index.md"), page("_index.md"), page("a/index.md").status(Status::Draft), page("a/_index.md"), page("b/index.md")]);
        let expected = |first: &str, second: &str| {
            format!(
                "two-indexes content/{second} `content/{first}` and `content/{second}` cannot both be the page of this folder \
                 | content/{first}: the other one | keep one of them"
            )
        };
        assert_eq!(sample.reports(), [expected("a/_index.md", "a/index.md"), expected("_index.md", "index.md")]);
    }
}
