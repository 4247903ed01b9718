//! A link or reference from a public page to one that is not public.

use crate::diagnostic::Diagnostic;
use crate::gate::Hidden;
use crate::links::{Broken, Problem};
use crate::lint::links::broken;
use crate::lint::links::references;
use crate::lint::shadows::{Shadows, why};
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "hidden-link";

pub const RULE: Rule = Rule {
    code: CODE,
    doc:
        "A public page links to a page, or to a file of one, that is not public: a draft, one in review, one whose date has not come, or one
that has expired. Readers would find nothing there.

    See [our next estimate](2027-estimate.md).     (date: 2027-01-15)

Publish the page that is linked to, or take the link out until then. `chancery list hidden` shows what is hidden, and why.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let shadows = Shadows::new(context);
    let of_links = broken::broken(context).filter_map(|link| {
        let Broken::Missing { places, .. } = link.broken else { return None };
        let page = shadows.at(places).filter(|page| !page.is_mistaken())?;
        Some(with_reason(page, link.problem(context, CODE, format!("this link leads to `{}`, which is not public", page.path))))
    });
    let of_references = references::missing(context).filter(|reference| !references::waits(reference.key)).filter_map(|reference| {
        let page = shadows.named(reference.value).filter(|page| !page.is_mistaken())?;
        let message = format!("`{}` names `{}`, which is not public", reference.key, page.path);
        Some(with_reason(
            page,
            Diagnostic::error(CODE, message).at(place::of_value(context, reference.page, reference.key, reference.value)),
        ))
    });
    let of_images = context.site.links.problems.iter().filter_map(|problem| {
        let Problem::Image { page } = problem else { return None };
        let fact = context.site.page(*page);
        let image = fact.front().image.as_deref()?;
        let owner = shadows.of_image(fact, image).filter(|page| !page.is_mistaken())?;
        let message = format!("`image` is a file of `{}`, which is not public", owner.path);
        Some(with_reason(owner, Diagnostic::error(CODE, message).at(place::of_value(context, *page, "image", image))))
    });
    of_links.chain(of_references).chain(of_images).collect()
}

fn with_reason(page: &Hidden, problem: Diagnostic) -> Diagnostic {
    problem.hint(format!("that page {}", why(page)))
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site, site_with};

    #[test]
    fn it_says_which_page_is_hidden_and_why() {
        let linking = page("x.md").to("s.md").to("/s/").wiki("Secret plan").wiki("person:p").to("later.md").to("topics/t.md");
        let sample = site([
            linking,
            page("s.md").title("Secret plan").status(Status::Draft),
            page("people/p.md").status(Status::Review),
            page("later.md").date("2026-05-01T09:30"),
            page("topics/t.md").with("expires", "", |front, _| front.expires = Some(crate::testing::stamp("2026-01-01"))),
        ]);
        let expected = [
            "hidden-link content/x.md:3:1 this link leads to `content/s.md`, which is not public | that page is a draft",
            "hidden-link content/x.md:4:1 this link leads to `content/s.md`, which is not public | that page is a draft",
            "hidden-link content/x.md:5:1 this link leads to `content/s.md`, which is not public | that page is a draft",
            "hidden-link content/x.md:6:1 this link leads to `content/people/p.md`, which is not public | that page is in review",
            "hidden-link content/x.md:7:1 this link leads to `content/later.md`, which is not public | that page is scheduled for 2026-05-01 09:30",
            "hidden-link content/x.md:8:1 this link leads to `content/topics/t.md`, which is not public | that page has expired",
        ];
        assert_eq!(sample.reports(), expected);
    }

    #[test]
    fn files_of_a_hidden_bundle_are_hidden_too() {
        let linking = page("x.md").to("b/data.csv").to("/b/data.csv").to("b/other.csv");
        let pages = vec![linking, page("b/index.md").status(Status::Draft)];
        let sample = site_with(|_| {}, pages, &["content/b/data.csv"]);
        assert_eq!((sample.reports_of("hidden-link").len(), sample.reports_of("broken-link").len()), (2, 1));
    }

    #[test]
    fn an_image_of_a_hidden_bundle_is_hidden_too() {
        let showing = page("x.md").title("X").with("image", "b/cover.svg", |front, image| front.image = Some(image));
        let pages = vec![showing, page("b/index.md").status(Status::Draft)];
        let sample = site_with(|_| {}, pages, &["content/b/cover.svg"]);
        let expected = "hidden-link content/x.md:3:8 `image` is a file of `content/b/index.md`, which is not public | that page is a draft";
        assert_eq!(sample.reports(), [expected]);
    }

    #[test]
    fn a_topic_may_not_feature_a_hidden_page() {
        let topic = page("topics/t.md").with("featured", "[s]", |front, _| front.featured = vec!["s".into()]);
        let sample = site([topic, page("s.md").status(Status::Draft)]);
        assert_eq!(
            sample.reports(),
            ["hidden-link content/topics/t.md:2:12 `featured` names `content/s.md`, which is not public | that page is a draft"]
        );
    }
}
