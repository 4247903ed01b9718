//! A page's `image` that is no file of the site.

use crate::diagnostic::Diagnostic;
use crate::links::Problem;
use crate::lint::shadows::Shadows;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "missing-image";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The `image` of a page is no file of the site, so that cards and other sites that show the page have none.

    image: covers/hague.png

It is looked for beside the page, then below `content/` and `static/`. Correct the path, add the file, or write a whole address with
`https://`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let shadows = Shadows::new(context);
    let of_problem = |problem: &Problem| {
        let Problem::Image { page } = problem else { return None };
        let fact = context.site.page(*page);
        let image = fact.front().image.as_deref()?;
        // A file of a hidden page is there, and told as one that is hidden.
        if shadows.of_image(fact, image).is_some() {
            return None;
        }
        let message = format!("there is no file `{image}` beside this page, in `content/` or in `static/`");
        Some(Diagnostic::warning(CODE, message).at(place::of_value(context, *page, "image", image)))
    };
    context.site.links.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_is_a_warning_at_the_key() {
        let sample = site([page("a.md").title("A").with("image", "x.png", |front, image| front.image = Some(image))]);
        let expected = "missing-image content/a.md:3:8 there is no file `x.png` beside this page, in `content/` or in `static/`";
        assert_eq!((sample.reports(), sample.errors()), (vec![expected.to_string()], 0));
    }
}
