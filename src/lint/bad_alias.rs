//! An alias at which no file can stand.

use super::{Rule, Scene, place};
use crate::diagnostic::Diagnostic;
use crate::index::Problem;
use crate::page::front::bad_alias;

const CODE: &str = "bad-alias";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "An alias is no old address that a file could answer: it has a host, a query, an anchor, a `*`, a placeholder, a backslash, or a part that
begins with a dot.

    aliases: [\"https://example.org/old/\", \"/?p=12\", \"/old/*\", /.git/x]

Write the path alone: `aliases: [/old/]`. What asks with a query, or a whole folder at once, has to be redirected by the host of the site.",
    check: Some(check),
};

/// Those that begin with a slash are told where front matter is read; whether another one is an address depends on what the page is about.
fn check(scene: &Scene) -> Vec<Diagnostic> {
    let of_problem = |problem: &Problem| {
        let Problem::BadAlias { page, alias } = problem else { return None };
        Some(bad_alias(alias).at(place::of_value(scene, *page, "aliases", alias)))
    };
    scene.site.index.problems.iter().filter_map(of_problem).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::sample::{page, site};

    #[test]
    fn it_is_a_warning_at_the_alias() {
        let sample = site([page("a.md").aliases(&["old", "../x"])]);
        let expected = "bad-alias content/a.md:2:16 no file can stand at `../x`, so it will not redirect \
                        | write the path that led to this page on this site, such as `/old/place/`";
        assert_eq!((sample.told(), sample.errors()), (vec![expected.to_string()], 0));
    }
}
