//! Patterns of addresses that no page follows.

use std::collections::BTreeSet;

use crate::config::{Spot, place_of};
use crate::diagnostic::{Diagnostic, nearest};
use crate::lint::{LintContext, Rule};
use crate::page::route::KINDS;

const CODE: &str = "idle-permalink";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A pattern in `[permalinks]` is for a folder below `content/` that is not there, and for no kind of pages, so no page follows it.

    [permalinks]
    briefing = \"/:year/:slug/\"     (the folder is called `briefings`)

Correct its name. What stands before the `=` is a folder such as `briefings` or `\"briefings/notes\"`, or one of `topics`, `tags`, `authors`, `series`, `people`,
`organisations`, `places` and `agreements`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let permalinks = &context.site.config.permalinks;
    if permalinks.is_empty() {
        return Vec::new();
    }
    let public = context.site.facts.iter().map(|fact| &*fact.page.origin.folder);
    let pages: BTreeSet<&str> = public.chain(context.hidden.iter().map(|page| &*page.folder)).collect();
    let folders: BTreeSet<&str> = pages.iter().flat_map(|folder| above(folder)).collect();
    let kinds = || KINDS.iter().map(|(_, _, folder)| *folder).filter(|folder| !folder.is_empty());
    let is_idle = |folder: &&str| !folders.contains(folder) && !kinds().any(|kind| kind == *folder);
    permalinks
        .folders()
        .filter(is_idle)
        .map(|folder| {
            let message = format!("no page follows the pattern of `{folder}`: there is no folder `content/{folder}/`");
            let (path, text) = &context.sources.settings;
            let problem = Diagnostic::warning(CODE, message);
            let problem = match place_of(path, text, &["permalinks", folder], Spot::Key) {
                Some(place) => problem.at(place),
                None => problem,
            };
            match nearest(folder, folders.iter().copied().chain(kinds())) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("write the name of a folder, or of a kind of pages such as `topics`"),
            }
        })
        .collect()
}

/// A folder and all above it.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
    ends.map(|end| &folder[..end])
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    #[test]
    fn a_pattern_of_no_folder_is_told_with_the_nearest() {
        let files =
            [("content/briefings/notes/deep/a.md", "---\ntitle: A\n---\n"), ("content/drafts/b.md", "---\ntitle: B\nstatus: draft\n---\n")];
        let settings = "title = \"T\"\n[permalinks]\nbriefing = \"/x/:slug/\"\n\"briefings/notes\" = \"/n/:slug/\"\ndrafts = \"/d/:slug/\"\ntopics = \"/t/:slug/\"\n\"*\" = \"/y/:slug/\"\n";
        let told = reports_of_files(settings, &files, "idle-permalink");
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told.iter().any(|told| told.starts_with("idle-permalink site.toml:3:1") && told.contains("did you mean `briefings`?")),
            "{told:?}"
        );
        assert!(told.iter().any(|told| told.starts_with("idle-permalink site.toml:7:1")), "{told:?}");
    }
}
