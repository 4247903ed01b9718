//! An image whose destination is a page.

use crate::diagnostic::Diagnostic;
use crate::links::Broken;
use crate::lint::links::broken;
use crate::lint::{LintContext, Rule};
use crate::page::body::LinkTarget;

const CODE: &str = "image-is-page";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "An image is a page or a list of the site, which no browser can show as a picture.

    ![The Hague](hague.md)

Take the `!` away if it is meant as a link, or name the file of the picture. With `links.internal = \"warn\"` this is a warning, and the
alternative text stays.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_link = |link: broken::BrokenLink| {
        if *link.broken != Broken::Page {
            return None;
        }
        let message = match &link.link.target {
            LinkTarget::Destination { path, .. } | LinkTarget::Ref { path, .. } if !path.is_empty() => {
                format!("`{path}` is a page and no image")
            }
            _ => "this image names no file".into(),
        };
        Some(link.problem(context, CODE, message).hint("a link to a page has no `!`; an image needs the file of a picture"))
    };
    broken::broken(context).filter_map(of_link).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site_with};

    #[test]
    fn pages_lists_and_nothing_are_no_images() {
        let linking = page("x.md").title("X").image("b/y.md").image("/b/").image("").image("b/z.svg");
        let sample = site_with(|_| {}, vec![linking, page("b/y.md")], &["content/b/z.svg"]);
        let hint = "a link to a page has no `!`; an image needs the file of a picture";
        let expected = [
            format!("image-is-page content/x.md:4:1 `b/y.md` is a page and no image | {hint}"),
            format!("image-is-page content/x.md:5:1 `/b/` is a page and no image | {hint}"),
            format!("image-is-page content/x.md:6:1 this image names no file | {hint}"),
        ];
        assert_eq!(sample.reports(), expected);
    }
}
