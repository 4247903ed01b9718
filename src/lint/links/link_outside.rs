//! A relative link that climbs out of `content/`.

use crate::diagnostic::Diagnostic;
use crate::links::Broken;
use crate::lint::links::broken;
use crate::lint::{LintContext, Rule};
use crate::page::body::LinkTarget;
use crate::url::climb;

const CODE: &str = "link-outside";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A relative link leaves `content/`, where all pages and their files are.

    ![map](../../../shared/map.svg)

Copy the file beside the page. A file in `static/` is linked to as it is published: `static/map.svg` is `/map.svg`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_link = |link: broken::BrokenLink| {
        let (Broken::Outside, LinkTarget::Destination { path, .. }) = (link.broken, &link.link.target) else { return None };
        let problem = link.problem(context, CODE, "this link climbs out of `content/`".into());
        let folder = link.fact.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let published = climb(folder, path).filter(|file| context.sources.get(file).is_some());
        Some(match published.as_deref().and_then(|file| file.strip_prefix("static/")) {
            Some(name) => problem.hint(format!("files of `static/` are at the root of the site: `/{name}`")),
            None => problem.hint("copy what it leads to into `content/` or `static/`"),
        })
    };
    broken::broken(context).filter_map(of_link).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site_with};

    #[test]
    fn a_file_of_static_is_told_by_its_address() {
        let linking = page("a/x.md").to("../../../etc/passwd").to("../../static/img/m.svg");
        let sample = site_with(|_| {}, vec![linking], &["static/img/m.svg"]);
        let expected = [
            "link-outside content/a/x.md:3:1 this link climbs out of `content/` | copy what it leads to into `content/` or `static/`",
            "link-outside content/a/x.md:4:1 this link climbs out of `content/` | files of `static/` are at the root of the site: `/img/m.svg`",
        ];
        assert_eq!(sample.reports(), expected);
    }
}
