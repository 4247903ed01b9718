//! A table of `[lints]` for a folder or a type that no page has.

use std::collections::BTreeSet;

use crate::config::{Spot, place_of};
use crate::diagnostic::{Diagnostic, nearest};
use crate::lint::{LintContext, Rule};

const CODE: &str = "idle-lint-table";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A table of `[lints]` is for a folder below `content/` that is not there, or for a type that no page has, so it holds for no page.

    [lints.in.briefing]     (the folder is called `briefings`)
    long-sentence = \"off\"

Correct its name. A folder below another is written `[lints.in.\"briefings/notes\"]`.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (folders, types) = context.site.config.lints.folders_and_types();
    let (folders, types): (Vec<&str>, Vec<&str>) = (folders.collect(), types.collect());
    if folders.is_empty() && types.is_empty() {
        return Vec::new();
    }
    let public = context.site.facts.iter().map(|fact| &*fact.page.origin.folder);
    let of_pages: BTreeSet<&str> = public.chain(context.hidden.iter().map(|page| &*page.folder)).collect();
    let known: BTreeSet<&str> = of_pages.iter().flat_map(|folder| above(folder)).collect();
    let used: BTreeSet<&str> = context.site.facts.iter().map(|fact| fact.page.type_name()).filter(|name| !name.is_empty()).collect();
    let idle_folders = folders.into_iter().filter(|folder| !known.contains(folder));
    let of_folder = idle_folders.map(|folder| told(context, "in", folder, &format!("there is no folder `content/{folder}/`"), &known));
    // What types hidden pages have is nobody's concern, but theirs may be meant.
    let idle_types = types.into_iter().filter(|name| !used.contains(name) && context.hidden.is_empty());
    let of_type = idle_types.map(|name| told(context, "type", name, &format!("no page has the type `{name}`"), &used));
    of_folder.chain(of_type).collect()
}

fn told(context: &LintContext, table: &str, name: &str, why: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let (path, text) = &context.sources.settings;
    let problem = Diagnostic::warning(CODE, format!("`[lints.{table}.{name}]` holds for no page: {why}"));
    let problem = match place_of(path, text, &["lints", table, name], Spot::Key) {
        Some(place) => problem.at(place),
        None => problem,
    };
    match nearest(name, known.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem,
    }
}

/// A folder and all above it.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!folder.is_empty()).then_some(folder.len()));
    ends.map(|end| &folder[..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reports_of_files;

    #[test]
    fn a_folder_and_a_type_that_no_page_has_are_told_with_the_nearest() {
        let settings = "[lints.in.briefing]\nsame-source = \"off\"\n[lints.in.\"briefings/eu\"]\n[lints.type.studdy]\n[lints.type.study]\n";
        let files = [("content/briefings/eu/a.md", "---\ntitle: A\ndate: 2025-01-01\ntype: study\n---\n")];
        let expected = [
            "idle-lint-table site.toml:1:11 `[lints.in.briefing]` holds for no page: there is no folder `content/briefing/` | did you mean `briefings`?",
            "idle-lint-table site.toml:4:13 `[lints.type.studdy]` holds for no page: no page has the type `studdy` | did you mean `study`?",
        ];
        assert_eq!(reports_of_files(settings, &files, CODE), expected);
    }
}
