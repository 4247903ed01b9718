//! `--explain`: which files were written or removed, and why, in a line each or grouped by equal reasons.
//!
//! It must not know how reasons are found.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::invocation::Invocation;
use super::list::state;
use super::terminal::{clean_line, count};
use crate::emit::why::{Changed, Reason};
use crate::gate::Hidden;
use crate::pipeline::reasons::Reasons;
use crate::url::output_path;

/// So many files have a line each; more are grouped.
const LINES: usize = 20;
/// So many groups are shown.
const GROUPS: usize = 20;
/// So many files of a group are named.
const EXAMPLES: usize = 3;

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Groups, where there are many files.
    Grouped,
    /// Every file.
    All,
}

impl Detail {
    /// As many files as the run is loud.
    pub fn new(invocation: &Invocation) -> Detail {
        if invocation.is_verbose() { Detail::All } else { Detail::Grouped }
    }
}

/// What happened to each file, ready to print; empty, if nothing did.
pub fn lines(reasons: &Reasons, hidden: &[Hidden], detail: Detail) -> String {
    let written = reasons.written.iter().map(|(path, why)| (&**path, describe(why)));
    let routes: BTreeMap<String, &Hidden> = match reasons.removed.is_empty() {
        true => BTreeMap::new(),
        false => hidden.iter().map(|page| (output_path(&page.route), page)).collect(),
    };
    let gone = |path: &str, why: &Reason| match (why, routes.get(path)) {
        (Reason::Gone, Some(page)) => format!("removed; its source {} is hidden now ({})", page.path, state(page.why)),
        (Reason::Gone, None) => describe(why),
        _ => "removed; the folder was to be emptied".to_string(),
    };
    let removed = reasons.removed.iter().map(|(path, why)| (&**path, gone(path, why)));
    let files: Vec<(&str, String)> = written.chain(removed).collect();
    let mut text = match files.len() <= LINES || detail == Detail::All {
        true => files.iter().map(|(path, why)| line(path, why)).collect(),
        false => grouped(&files),
    };
    if reasons.same > 0 {
        text.push_str(&format!("{} made again and came out as before\n", count_were(reasons.same)));
    }
    text
}

fn count_were(files: usize) -> String {
    format!("{} {}", count(files, "file"), if files == 1 { "was" } else { "were" })
}

fn line(path: &str, why: &str) -> String {
    format!("{}: {}\n", clean_line(path), clean_line(why))
}

/// Files by reason, the most frequent first.
fn grouped(files: &[(&str, String)]) -> String {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, why) in files {
        by_reason.entry(why).or_default().push(path);
    }
    let mut groups: Vec<(&str, Vec<&str>)> = by_reason.into_iter().collect();
    groups.sort_by_key(|(_, paths)| Reverse(paths.len()));
    let mut text: String = groups.iter().take(GROUPS).map(|(why, paths)| group(why, paths)).collect();
    if let Some(rest) = groups.get(GROUPS..).filter(|rest| !rest.is_empty()) {
        let number = rest.iter().map(|(_, paths)| paths.len()).sum();
        text.push_str(&format!("… and {} for other reasons; `-v` shows all\n", count(number, "file")));
    }
    text
}

fn group(why: &str, paths: &[&str]) -> String {
    if paths.len() <= EXAMPLES {
        return paths.iter().map(|path| line(path, why)).collect();
    }
    let examples: Vec<String> = paths.iter().take(EXAMPLES).map(|path| clean_line(path)).collect();
    format!("{}: {}; such as {}\n", count(paths.len(), "file"), clean_line(why), examples.join(", "))
}

/// A reason in words.
pub fn describe(why: &Reason) -> String {
    match why {
        Reason::New => "new".into(),
        Reason::Changed(changed) => pieces(changed),
        Reason::Deleted => "was deleted by hand".into(),
        Reason::Edited => "was changed by hand".into(),
        Reason::Forced => "all files were to be made again".into(),
        Reason::Program => "another build of the program made it".into(),
        Reason::Unknown => "what has changed is not known".into(),
        Reason::Gone => "removed; no longer part of the site".into(),
    }
}

fn pieces(changed: &Changed) -> String {
    let Changed { makers, templates, strings, mode, parts, content } = changed;
    let many = |name: &str, of: &[String]| match of {
        [] => None,
        [one] => Some(format!("{name} {one} changed")),
        all => Some(format!("{name}s {} changed", all.join(", "))),
    };
    let describe = [
        makers.as_ref().map(|[was, is]| format!("made by {is} instead of {was}")),
        many("template", templates),
        strings.then(|| "the words of the language changed".to_string()),
        mode.then(|| "the flags changed: a preview, another day with `--now`, or relative addresses".to_string()),
        many("part", parts),
        content.then(|| "its content changed".to_string()),
    ];
    describe.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(written: &[(&str, Reason)], removed: &[&str]) -> Reasons {
        let written = written.iter().map(|(path, why)| (Box::from(*path), why.clone())).collect();
        Reasons { written, removed: removed.iter().map(|path| (Box::from(*path), Reason::Gone)).collect(), same: 0 }
    }

    #[test]
    fn a_few_files_have_a_line_each() {
        let parts = Changed { parts: vec!["content".into(), "page".into()], ..Changed::default() };
        let template = Changed { templates: vec!["base.html".into()], parts: vec!["head".into()], ..Changed::default() };
        let files = [("a", Reason::New), ("b", Reason::Changed(parts)), ("c", Reason::Changed(template))];
        let found = Reasons { same: 1, ..reasons(&files, &["d"]) };
        insta::assert_snapshot!(lines(&found, &[], Detail::Grouped), @r"
        a: new
        b: parts content, page changed
        c: template base.html changed; part head changed
        d: removed; no longer part of the site
        1 file was made again and came out as before
        ");
    }

    #[test]
    fn many_files_are_grouped_by_equal_reasons_and_shown_in_full_when_asked() {
        let paths: Vec<String> = (0..100).map(|number| format!("p{number:03}")).collect();
        let template = Reason::Changed(Changed { templates: vec!["page.html".into()], ..Changed::default() });
        let mut files: Vec<(&str, Reason)> = paths.iter().map(|path| (path.as_str(), template.clone())).collect();
        files.push(("x", Reason::Deleted));
        let found = reasons(&files, &[]);
        insta::assert_snapshot!(lines(&found, &[], Detail::Grouped), @r"
        100 files: template page.html changed; such as p000, p001, p002
        x: was deleted by hand
        ");
        assert_eq!(lines(&found, &[], Detail::All).lines().count(), 101);
    }

    #[test]
    fn reasons_without_end_are_cut() {
        let paths: Vec<String> = (0..100).map(|number| format!("p{number:03}")).collect();
        let why = |part: &String| Reason::Changed(Changed { parts: vec![part.clone()], ..Changed::default() });
        let files: Vec<(&str, Reason)> = paths.iter().map(|path| (path.as_str(), why(path))).collect();
        let text = lines(&reasons(&files, &[]), &[], Detail::Grouped);
        assert_eq!(text.lines().count(), 21);
        assert!(text.ends_with("… and 80 files for other reasons; `-v` shows all\n"), "{text}");
    }
}
