//! Topics that are broader than each other in a circle.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::{LintContext, Rule, place};

const CODE: &str = "topic-loop";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "Topics are broader than each other in a circle, so the hierarchy has no top.

    topics/a.md: broader: [b]
    topics/b.md: broader: [a]

Take out the `broader` that leads from a wide topic to a narrow one. A folder implies it too: `topics/a/b.md` is narrower than `topics/a`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::TopicLoop { names, page } = problem else { return None };
        let round: Vec<String> = names.iter().chain(names.first()).map(|name| format!("`{name}`")).collect();
        let message = format!("topics are broader than each other: {}", round.join(" → "));
        Some(Diagnostic::error(CODE, message).at(place::of_key(context, *page, "broader")).hint("take out one `broader`"))
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site};

    #[test]
    fn it_shows_the_way_round() {
        let topic = |name: &str, broader: &str| {
            let key = |front: &mut crate::page::Front, broader: String| front.broader = vec![broader];
            page(&format!("topics/{name}.md")).with("broader", broader, key)
        };
        let sample = site([topic("a", "b"), topic("b", "a")]);
        let expected = "topic-loop content/topics/b.md:2:1 topics are broader than each other: `A` → `B` → `A` | take out one `broader`";
        assert_eq!(sample.reports(), [expected]);
    }
}
