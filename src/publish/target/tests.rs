//! What the tables of targets say, what is said of wrong ones, and the manual held against the kinds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;

fn all(text: &str) -> (Vec<Target>, Vec<Diagnostic>) {
    targets(&Given { path: &Arc::from("site.toml"), text, overrides: &[] })
}

fn read(text: &str) -> (Vec<Target>, Vec<String>) {
    let (targets, problems) = all(text);
    let shown = |problem: &Diagnostic| {
        let line = problem.place.as_ref().map_or(0, |place| place.line);
        let hints: String = problem.hints.iter().map(|hint| format!(" | {hint}")).collect();
        format!("{line} {}{hints}", problem.message)
    };
    (targets, problems.iter().map(shown).collect())
}

/// What a target is told by its settings.
fn place(text: &str) -> String {
    let (targets, problems) = read(&format!("[publish.live]\n{text}"));
    assert_eq!(problems, [""; 0], "{text}");
    format!("{:?}", targets[0].place)
}

fn problems(text: &str) -> Vec<String> {
    read(&format!("[publish.live]\n{text}")).1
}

#[test]
fn every_kind_of_target_is_read_with_its_defaults() {
    assert_eq!(place("target = \"directory\"\npath = \"/srv\""), "Settings { path: \"/srv\", keep: 5 }");
    let git = "Settings { repository: None, branch: \"gh-pages\", domain: None, history: Keep }";
    assert_eq!(place("target = \"git\""), git);
    let store = |service: &str, prefix: &str, endpoint: &str| {
        format!(
            "Settings {{ service: {service}, bucket: \"b\", prefix: {prefix:?}, region: None, endpoint: {endpoint}, account: None, allow_http: false }}"
        )
    };
    assert_eq!(place("target = \"s3\"\nbucket = \"b\""), store("S3", "", "None"));
    assert_eq!(place("target = \"gcs\"\nbucket = \"b\""), store("Gcs", "", "None"));
    assert_eq!(place("target = \"azure\"\ncontainer = \"b\""), store("Azure", "", "None"));
    let elsewhere = "target = \"s3\"\nbucket = \"b\"\nprefix = \"/a/b/\"\nendpoint = \"http://127.0.0.1:9000/\"";
    assert_eq!(place(elsewhere), store("S3", "a/b", "Some(\"http://127.0.0.1:9000\")"));
    assert_eq!(place("target = \"rsync\"\ndestination = \"h:/x\""), "Settings { destination: \"h:/x\" }");
    assert_eq!(place("target = \"archive\"\npath = \"x.tar.gz\""), "Settings { path: \"x.tar.gz\" }");
}

#[test]
fn what_all_targets_have_is_read() {
    let text =
        "base_url = \"https://next.example.org\"\npreviews = true\ntarget = \"directory\"\npath = \"x\"\nprecompressed = [\"gz\", \"br\"]";
    let (targets, problems) = read(&format!("[publish.next]\n{text}"));
    assert_eq!(problems, [""; 0]);
    let target = &targets[0];
    assert_eq!((target.name.as_str(), target.previews), ("next", true));
    assert_eq!(target.base_url.as_ref().map(|base| base.url.as_str()), Some("https://next.example.org/"));
    assert_eq!(target.precompressed, [Coding::Brotli, Coding::Gzip]);
}

#[test]
fn what_is_missing_or_wrong_is_told_where_it_stands() {
    assert_eq!(problems("path = \"x\""), ["1 `[publish.live]` needs `target` | as in `target = \"directory\"`"]);
    assert_eq!(problems("target = \"s3\""), ["1 `[publish.live]` needs `bucket` | as in `bucket = \"briefings\"`"]);
    let ftp = "2 `publish.live.target` must be one of `directory`, `git`, `s3`, `gcs`, `azure`, `rsync`, `archive`, not `\"ftp\"`";
    assert_eq!(problems("target = \"ftp\"\nhost = \"x\""), [ftp]);
    let near = "4 there is no setting `publish.live.regoin` | did you mean `publish.live.region`?";
    assert_eq!(problems("target = \"s3\"\nbucket = \"b\"\nregoin = \"x\""), [near]);
    let open = "4 `publish.live.endpoint` must be an address that begins with `https://`, not `\"http://s3.example.org\"` | `allow_http = true` sends all in the open, keys too";
    assert_eq!(problems("target = \"s3\"\nbucket = \"b\"\nendpoint = \"http://s3.example.org\""), [open]);
    assert_eq!(problems("target = \"archive\"\npath = \"x.rar\"").len(), 1);
    assert_eq!(problems("target = \"git\"\nbranch = \"a..b\"").len(), 1);
    assert_eq!(read("[publish.\"../x\"]\ntarget = \"git\"\n").1.len(), 1);
    let bare = "2 `publish.kind` must be a table: targets have names, as in `[publish.live]`, not `\"git\"`";
    assert_eq!(read("[publish]\nkind = \"git\"\n").1, [bare]);
}

#[test]
fn secrets_are_refused_and_not_shown() {
    let text = "target = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"hunter2\"";
    let (targets, problems) = all(&format!("[publish.live]\n{text}"));
    assert!(targets.len() == 1 && problems.len() == 1 && !format!("{problems:?}").contains("hunter2"), "{problems:?}");
    let reports = problems_of_repository("https://me:hunter2@example.org/x.git");
    assert!(reports.len() == 1 && !reports[0].contains("hunter2"), "{reports:?}");
}

fn problems_of_repository(address: &str) -> Vec<String> {
    let text = format!("[publish.live]\ntarget = \"git\"\nrepository = \"{address}\"");
    let (_, problems) = all(&text);
    problems.iter().map(|problem| format!("{problem:?}")).collect()
}

/// The tables of the manual, by the heading below which they stand. Kinds of one section share a table, which says what is of which.
fn tables() -> BTreeMap<&'static str, String> {
    let mut sections: BTreeMap<&str, Vec<&Kind>> = BTreeMap::new();
    KINDS.iter().for_each(|kind| sections.entry(kind.section).or_default().push(kind));
    let cell = |text: &str| if text.is_empty() { String::new() } else { format!("{text} ") };
    let row = |setting: &Setting, of: &str| {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        format!("| `{}` | {}{}| {} |\n", setting.name, of, cell(&default), setting.doc)
    };
    let table = |kinds: Vec<&Kind>| {
        let [kind] = kinds[..] else { return shared(&kinds, &row) };
        let head = "| Setting | Default | Meaning |\n|---|---|---|\n";
        head.to_string() + &kind.settings.iter().map(|setting| row(setting, "")).collect::<String>()
    };
    sections.into_iter().map(|(section, kinds)| (section, table(kinds))).collect()
}

fn shared(kinds: &[&Kind], row: &dyn Fn(&Setting, &str) -> String) -> String {
    let mut rows = String::from("| Setting | Of | Default | Meaning |\n|---|---|---|---|\n");
    let mut known: Vec<&str> = Vec::new();
    for setting in kinds.iter().flat_map(|kind| kind.settings) {
        if known.contains(&setting.name) {
            continue;
        }
        known.push(setting.name);
        let of: Vec<String> = kinds.iter().filter(|kind| kind.settings.contains(setting)).map(|kind| format!("`{}`", kind.word)).collect();
        let of = if of.len() == kinds.len() { "all".into() } else { of.join(", ") };
        rows.push_str(&row(setting, &format!("{of} | ")));
    }
    rows
}

#[test]
fn the_manual_says_of_targets_what_their_kinds_say() {
    let page = include_str!("../../../docs/publishing.md");
    for (section, table) in tables() {
        let (_, below) = page.split_once(&format!("\n### {section}\n")).unwrap_or_else(|| panic!("docs/publishing.md lacks `{section}`"));
        let below = below.split("\n### ").next().unwrap_or_default();
        assert!(below.contains(&table), "below `{section}`, docs/publishing.md should have\n{table}");
    }
    for setting in [TARGET, BASE_URL, PREVIEWS, MARKINGS] {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}` ", setting.default) };
        let row = format!("| `{}` | {default}| {} |\n", setting.name, setting.doc);
        assert!(page.contains(&row), "docs/publishing.md should have\n{row}");
    }
}
