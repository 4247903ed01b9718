//! What a publish changes, as text and as JSON, for a log or a pull request.

use std::fmt::Write;
use std::time::Instant;

use serde_json::{Value, json};

use crate::cli::invocation::Loudness;
use crate::cli::terminal::{clean_line, count};
use crate::publish::report::{Page, Report};
use crate::publish::{Access, Target};

/// So many pages of a kind are named, unless all are asked for.
const NAMED: usize = 20;

/// What will change: pages by their titles, the rest in numbers.
pub fn plan(target: &Target, base_url: &str, report: &Report, loudness: Loudness) -> String {
    let mut text = format!("Publishing to `{}`, for {}\n", target.name, clean_line(base_url));
    let is_verbose = loudness == Loudness::Verbose;
    let most = if is_verbose { usize::MAX } else { NAMED };
    let pages = &report.pages;
    for (sign, pages) in [('+', &pages.added), ('~', &pages.changed), ('-', &pages.removed)] {
        for Page { address, title } in pages.iter().take(most) {
            let line = format!("  {sign} {address}  {title}");
            let _ = writeln!(text, "{}", clean_line(line.trim_end()));
        }
        if pages.len() > most {
            let _ = writeln!(text, "  {sign} … and {} more", pages.len() - most);
        }
    }
    if is_verbose {
        report.gone.iter().for_each(|path| text.push_str(&format!("  - {}\n", clean_line(path))));
    }
    text
}

/// What was done, in one line.
pub fn last_line(report: &Report, access: Access, start: Instant) -> String {
    let Report { pages, lists, sent: (sent, bytes), deleted, unchanged, .. } = report;
    if *sent == 0 && *deleted == 0 {
        return format!("Nothing to publish: {}\n", as_they_should_be(*unchanged));
    }
    let changed = pages.added.len() + pages.changed.len() + pages.removed.len();
    let what = format!(
        "{} and {}; {} sent ({}), {deleted} deleted, {unchanged} unchanged",
        count(changed, "page"),
        count(*lists, "list"),
        count(*sent, "file"),
        size(*bytes)
    );
    match access {
        Access::Read => format!("Would publish {what}; nothing was changed\n"),
        Access::Write => format!("Published {what} in {:.2} s\n", start.elapsed().as_secs_f64()),
    }
}

fn as_they_should_be(files: usize) -> String {
    format!("{} {} be", count(files, "file"), if files == 1 { "is as it should" } else { "are as they should" })
}

/// `1.2 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// The same for programs, with a line end.
pub fn json(target: &Target, base_url: &str, report: &Report, access: Access) -> String {
    let pages = |pages: &[Page]| -> Vec<Value> {
        let page = |Page { address, title }: &Page| json!({ "address": address, "title": title });
        pages.iter().map(page).collect()
    };
    let value = json!({
        "target": target.name,
        "base_url": base_url,
        "dry_run": access == Access::Read,
        "pages": { "added": pages(&report.pages.added), "changed": pages(&report.pages.changed), "removed": pages(&report.pages.removed) },
        "lists": report.lists,
        "files": { "sent": report.sent.0, "bytes": report.sent.1, "deleted": report.deleted, "leaving": report.leaving, "unchanged": report.unchanged },
    });
    // Strings and numbers have no form that JSON lacks.
    let mut text = serde_json::to_string_pretty(&value).expect("plain data is JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Given;
    use crate::publish::report::Pages;

    fn target() -> Target {
        let text = "[publish.live]\ntarget = \"archive\"\npath = \"x.zip\"";
        let (mut targets, _) = crate::publish::targets(&Given { path: &"site.toml".into(), text, overrides: &[] });
        targets.remove(0)
    }

    fn report(added: usize) -> Report {
        let page = |number: usize| Page { address: format!("/p{number}/"), title: format!("Page\u{1b} {number}") };
        let removed = vec![Page { address: "/old/".into(), title: String::new() }];
        let pages = Pages { added: (0..added).map(page).collect(), changed: Vec::new(), removed };
        Report { pages, lists: 1, sent: (3, 1_234_567), deleted: 1, leaving: 0, unchanged: 9, lost: Vec::new(), gone: Vec::new() }
    }

    #[test]
    fn pages_are_named_and_the_rest_is_counted() {
        insta::assert_snapshot!(plan(&target(), "https://example.org/", &report(1), Loudness::Normal), @r"
        Publishing to `live`, for https://example.org/
          + /p0/  Page␛ 0
          - /old/
        ");
        assert!(plan(&target(), "", &report(22), Loudness::Normal).contains("  + … and 2 more\n"));
        assert!(!plan(&target(), "", &report(22), Loudness::Verbose).contains("more"));
        let line = last_line(&report(1), Access::Read, Instant::now());
        assert_eq!(line, "Would publish 2 pages and 1 list; 3 files sent (1.2 MB), 1 deleted, 9 unchanged; nothing was changed\n");
        let nothing = Report { unchanged: 1, ..Report::default() };
        assert_eq!(last_line(&nothing, Access::Write, Instant::now()), "Nothing to publish: 1 file is as it should be\n");
    }

    #[test]
    fn programs_get_the_same() {
        let value: Value = serde_json::from_str(&json(&target(), "https://example.org/", &report(1), Access::Read)).expect("JSON");
        assert_eq!(value["pages"]["added"][0]["address"], "/p0/");
        assert_eq!((&value["files"]["sent"], &value["dry_run"]), (&json!(3), &json!(true)));
    }
}
