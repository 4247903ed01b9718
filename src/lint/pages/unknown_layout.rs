//! Layouts of other tools, which the theme does not have.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::index::PageId;
use crate::lint::pages::unknown_template::is_template;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "unknown-layout";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Pages name a `layout` that the theme has no template for. Pages brought from another tool often do; it is ignored, and this is said once a
site.

    layout: post

Remove the line, or write a template of that name: `templates/post.html`. With `template:` in place of `layout:` an unknown name is an error.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let site = context.site;
    let mut first: BTreeMap<&str, PageId> = BTreeMap::new();
    for (page, fact) in site.facts.iter().enumerate() {
        if let Some(layout) = fact.front().layout.as_deref().filter(|layout| !is_template(site, layout)) {
            first.entry(layout).or_insert(page as PageId);
        }
    }
    let Some(page) = first.values().min() else { return Vec::new() };
    let names: Vec<String> = first.keys().map(|name| format!("`{name}`")).collect();
    let (layout, is) = if names.len() == 1 { ("layout", "is") } else { ("layouts", "are") };
    let message = format!("the theme has no template for the {layout} {}, which {is} ignored", names.join(", "));
    vec![Diagnostic::warning(CODE, message).at(place::of_key(context, *page, "layout")).hint("remove `layout`, or add such a template")]
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_once_a_site() {
        let with = |path: &str, layout: &str| page(path).with("layout", layout, |front, layout| front.layout = Some(layout));
        let sample = site([with("a.md", "post"), with("b.md", "default"), with("c.md", "post")]);
        let message = "the theme has no template for the layouts `default`, `post`, which are ignored";
        assert_eq!(sample.reports(), [format!("unknown-layout content/a.md:2:1 {message} | remove `layout`, or add such a template")]);
        assert_eq!(sample.errors(), 0);
    }
}
