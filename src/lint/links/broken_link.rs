//! A link to a page, file or address that is not there.

use crate::diagnostic::Diagnostic;
use crate::links::Broken;
use crate::lint::addresses::address_slips::remedy;
use crate::lint::links::broken;
use crate::lint::mistaken::Mistaken;
use crate::lint::shadows::Shadows;
use crate::lint::spelling::{did_you_mean, like};
use crate::lint::{LintContext, Rule};
use crate::page::body::LinkTarget;
use crate::page::body::destination::names_file;

const CODE: &str = "broken-link";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A link leads to a page, file or address that is not in the site.

    See [the plan](plans/2026.md) and [[The Hague]].

A path is read from the file that the link stands in, `@/` and `/` from `content/` or from the site's root; a wikilink by id, title or
slug. Correct the link, or add what is missing. Addresses that another program serves are left alone with `links.skip = [\"/app/\"]`; with
`links.internal = \"warn\"` broken links are warnings, and the words stay without a link.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let mut broken = broken::broken(context).peekable();
    if broken.peek().is_none() {
        return Vec::new();
    }
    let (shadows, mistaken) = (Shadows::new(context), Mistaken::new(context));
    let mut found = Vec::new();
    for link in broken {
        let Broken::Missing { places, candidates } = link.broken else { continue };
        if shadows.at(places).is_some() || mistaken.may_be_at(places) {
            continue;
        }
        let wanted = places.first().map_or("", String::as_str);
        let message = match link.link.target {
            LinkTarget::Wiki { ref name, .. } if link.link.alt.is_some() || names_file(name) => format!("no file is called `{wanted}`"),
            LinkTarget::Wiki { .. } => format!("no page answers to `{wanted}`"),
            LinkTarget::Destination { .. } => format!("there is nothing at `{wanted}`"),
            LinkTarget::Ref { .. } => format!("there is no page at `{wanted}`, and none of that name"),
        };
        let problem = link.problem(context, CODE, message);
        let candidates: Vec<String> = candidates.iter().map(|path| like(context, link.fact, &link.link.target, path)).collect();
        let hint = remedy(context, link.fact, link.link, places).or_else(|| did_you_mean(&candidates));
        found.push(match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::{page, site, site_with};

    #[test]
    fn it_is_told_at_its_place_with_the_nearest_in_the_authors_way_of_writing() {
        let linking = page("notes/x.md").title("X").to("hagu.md").to("@/hagu.md").to("/hagu/").wiki("hagu").to("zzz.csv");
        let sample = site([linking, page("briefings/hague.md")]);
        let expected = [
            "broken-link content/notes/x.md:4:1 there is nothing at `content/notes/hagu.md` | did you mean `../briefings/hague.md`?",
            "broken-link content/notes/x.md:5:1 there is nothing at `content/hagu.md` | did you mean `@/briefings/hague.md`?",
            "broken-link content/notes/x.md:6:1 there is nothing at `/hagu/` | did you mean `/briefings/hague/`?",
            "broken-link content/notes/x.md:7:1 no page answers to `hagu` | did you mean `[[briefings/hague]]`?",
            "broken-link content/notes/x.md:8:1 there is nothing at `content/notes/zzz.csv`",
        ];
        assert_eq!(sample.reports_of("broken-link"), expected);
    }

    #[test]
    fn files_are_near_to_files() {
        let linking = page("a/x.md").title("X").to("tabel.csv").to("/img/mpa.svg");
        let sample = site_with(|_| {}, vec![linking], &["content/b/table.csv", "static/img/map.svg"]);
        let expected = [
            "broken-link content/a/x.md:4:1 there is nothing at `content/a/tabel.csv` | did you mean `../b/table.csv`?",
            "broken-link content/a/x.md:5:1 there is nothing at `/img/mpa.svg` | did you mean `/img/map.svg`?",
        ];
        assert_eq!(sample.reports_of("broken-link"), expected);
    }

    #[test]
    fn it_is_a_warning_where_the_settings_say_so() {
        let warn = |config: &mut crate::config::Config| config.links.internal = crate::config::Internal::Warn;
        let sample = site_with(warn, vec![page("x.md").to("y.md")], &[]);
        assert_eq!(sample.errors(), 0);
        assert_eq!(sample.reports_of("broken-link").len(), 1);
    }
}
