//! A topic that a controlled vocabulary does not have.

use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::lint::mistaken::Mistaken;
use crate::lint::shadows::Shadows;
use crate::lint::terms::lone_text::as_list;
use crate::lint::{LintContext, Rule, place};
use crate::page::Taxonomy;
use crate::page::route::Kind;

const CODE: &str = "unknown-topic";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A page names a topic that has no page of its own, and the settings say that topics are controlled:

    [topics]
    controlled = true

Correct the spelling, add it to the `synonyms` of the topic that is meant, or make a page for it in `content/topics/`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (shadows, mistaken) = (Shadows::new(context), Mistaken::new(context));
    // A hidden topic is known all the same; it only lends no text yet.
    let is_hidden = |spelling: &str| shadows.named(spelling).is_some_and(|page| page.kind == Kind::Topic);
    let of_problem = |problem: &Problem| {
        let Problem::UnknownTopic { page, spelling, nearest } = problem else { return None };
        if is_hidden(spelling) || mistaken.may_answer(spelling) {
            return None;
        }
        let problem =
            Diagnostic::error(CODE, format!("there is no topic `{spelling}`")).at(place::of_value(context, *page, "topics", spelling));
        if let Some(list) = as_list(context, *page, Taxonomy::Topics, spelling) {
            return Some(problem.hint(format!("write a list: `{list}`")));
        }
        Some(match nearest {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("topics are the pages in `content/topics/`"),
        })
    };
    context.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::front::Status;
    use crate::testing::{page, reports_of_files, site_with};

    #[test]
    fn several_topics_in_one_text_are_told_with_the_list_to_write() {
        let files =
            [("content/x.md", "---\ntitle: X\ntopics: Trade, Good\n---\n"), ("content/topics/trade.md", "---\ntitle: Trade\n---\n")];
        let expected = "unknown-topic content/x.md:3:9 there is no topic `Trade, Good` | write a list: `[Trade, Good]`";
        assert_eq!(reports_of_files("[topics]\ncontrolled = true\n", &files, "unknown-topic"), [expected]);
        assert_eq!(reports_of_files("[topics]\ncontrolled = true\n", &files, "lone-text"), [""; 0]);
    }

    #[test]
    fn it_is_told_with_the_nearest_topic() {
        let pages = vec![
            page("topics/d.md").title("Defence"),
            page("topics/s.md").title("Secret").status(Status::Draft),
            page("a.md").topics(&["Defense", "secret", "Zzz"]),
        ];
        let sample = site_with(|config| config.topics.controlled = true, pages, &[]);
        let expected = [
            "unknown-topic content/a.md:2:10 there is no topic `Defense` | did you mean `Defence`?",
            "unknown-topic content/a.md:2:27 there is no topic `Zzz` | topics are the pages in `content/topics/`",
        ];
        assert_eq!(sample.reports(), expected);
    }
}
