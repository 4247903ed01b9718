//! A topic's `broader` or `related` that is no topic.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::shadows::Shadows;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "unknown-broader";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The page of a topic says `broader` or `related`, and there is no topic of that name.

    broader: [Defense]     (the topic is called Defence)

Correct the name: the slug, title or a synonym of a topic's page, or a topic that pages name.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let shadows = Shadows::new(context);
    let of_problem = |problem: &Problem| {
        let Problem::UnknownBroader { page, key, spelling, nearest } = problem else { return None };
        // As with a hidden page that supersedes, the relation takes effect when the other topic is public.
        if shadows.named(spelling).is_some_and(|hidden| hidden.kind.is_term()) {
            return None;
        }
        let message = format!("`{key}` names `{spelling}`, which is no other topic");
        let problem = Diagnostic::error(CODE, message).at(place::of_value(context, *page, key, spelling));
        Some(match nearest {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem,
        })
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, site};

    #[test]
    fn it_is_told_with_the_nearest_topic_unless_a_hidden_one_is_meant() {
        let broader = |front: &mut crate::page::Front, _| front.broader = vec!["Defense".into(), "Secret".into()];
        let topic = page("topics/a.md").with("broader", "[Defense, Secret]", broader);
        let sample = site([topic, page("topics/d.md").title("Defence"), page("topics/s.md").title("Secret").status(Status::Draft)]);
        assert_eq!(
            sample.reports(),
            ["unknown-broader content/topics/a.md:2:11 `broader` names `Defense`, which is no other topic | did you mean `Defence`?"]
        );
    }
}
