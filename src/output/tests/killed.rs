//! What a build leaves that is killed, before its commit or between any two steps of it, and how the next one completes it.

use proptest::prelude::*;

use super::*;

/// A build of `files` that is killed: before its commit, or after some steps of it.
fn killed(root: &Root, mode: Mode, files: &[(&str, &str)], steps: Option<usize>) -> Result<(), Error> {
    let folder = root.open(mode)?;
    render(&folder, files);
    kill(folder, steps)
}

fn kill(folder: Folder, steps: Option<usize>) -> Result<(), Error> {
    if let Some(steps) = steps {
        let (intent, _) = folder.plan()?;
        let paths = OutputPaths { output: &folder.output, records: &folder.records };
        let manifest = intent.manifest.text(paths.output);
        intent.save(&manifest, &paths)?;
        intent.steps(&manifest).take(steps).try_for_each(|step| intent.perform(step, &paths))?;
    }
    folder.staging.release();
    Ok(())
}

#[test]
fn a_first_build_that_is_killed_anywhere_is_completed_by_the_next() {
    let files = [("index.html", "home"), ("a/index.html", "a")];
    for steps in [None, Some(0), Some(1), Some(2), Some(3)] {
        let root = Root::new();
        killed(&root, Mode::Update, &files, steps).expect("killed");
        assert!(!root.output().exists() || root.files() == texts(&files), "the output is all there or not at all");
        let written = root.build(&files).expect("not taken for foreign");
        assert_eq!(written, if steps.is_none() { counts(2, 0, 0) } else { counts(0, 2, 0) });
        assert_eq!(root.files(), texts(&files));
        assert_eq!(root.leftovers(), [""; 0]);
    }
}

#[test]
fn staging_inside_the_output_is_no_content_of_it() {
    let root = Root::new();
    for steps in [None, Some(1), Some(3)] {
        root.build(&[("a", "a"), ("b", "b")]).expect("built");
        let mut folder = root.open(Mode::Update).expect("opened");
        let [_, inside] = staging::places(&fs::canonicalize(root.site().join(".chancery")).expect("there"), &folder.output);
        fs::rename(&folder.staging.folder, &inside).expect("moved");
        folder.staging.folder = inside;
        render(&folder, &[("a", "A"), ("c", "c")]);
        let Some(steps) = steps else {
            folder.commit().expect("built");
            continue;
        };
        kill(folder, Some(steps)).expect("killed");
        assert_eq!(root.build(&[("a", "A"), ("c", "c")]).expect("built"), counts(0, 2, 0));
        assert_eq!(root.files(), texts(&[("a", "A"), ("c", "c")]));
    }
}

/// Paths that get into each other's way as files and folders.
const PATHS: [&str; 9] = ["a", "a/b", "a/b/c", "a/d", "b", "b/c", "c", "d/e", "d/e/f"];

/// Files of one site: no file is a folder of another.
fn site(texts: &[Option<u8>], round: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (path, text) in PATHS.iter().zip(texts) {
        let is_free = files.keys().all(|known: &String| !path.starts_with(&format!("{known}/")));
        if let (Some(text), true) = (text, is_free) {
            // Some files are equal in all rounds, some have the length in common, some nothing.
            let text = if *text == 0 { format!("{path} stays") } else { format!("{path} {round} {}", "x".repeat(*text as usize)) };
            files.insert(path.to_string(), text);
        }
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_build_that_is_killed_anywhere_leaves_whole_files_and_the_next_completes_it(
        old in prop::collection::vec(prop::option::of(0u8..3), PATHS.len()),
        new in prop::collection::vec(prop::option::of(0u8..3), PATHS.len()),
        last in prop::collection::vec(prop::option::of(0u8..3), PATHS.len()),
        steps in prop::option::of(0usize..25),
        mode in prop::sample::select(vec![Mode::Update, Mode::Force, Mode::Clean]),
        foreign in prop::sample::select(vec!["z", "a/z", "d/z"]),
    ) {
        let (old, new, last) = (site(&old, "old"), site(&new, "new"), site(&last, "last"));
        fn list(files: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
        }
        let root = Root::new();
        root.build(&list(&old)).expect("built");
        let folder = foreign.split_once('/').map(|(folder, _)| folder);
        if ![&old, &new, &last].iter().any(|files| folder.is_some_and(|folder| files.contains_key(folder))) {
            root.put(foreign, "mine");
        }
        killed(&root, mode, &list(&new), steps).expect("killed");
        for (path, text) in root.files() {
            let is_whole = path.ends_with('/') || [&old, &new].iter().any(|files| files.get(&path) == Some(&text)) || path == foreign && text == "mine";
            prop_assert!(is_whole, "{path}: {text}");
        }
        let mine = root.files().get(foreign).cloned();
        root.build(&list(&last)).expect("built");
        let mut expected = last.clone();
        // Foreign files stay, unless `--clean` was asked for and has come that far, now or by the completion.
        let has_mine = root.files().contains_key(foreign);
        prop_assert!(has_mine == mine.is_some() || mode == Mode::Clean && steps.is_some());
        if has_mine {
            expected.insert(foreign.to_string(), "mine".into());
        }
        prop_assert_eq!(root.files(), expected);
        prop_assert_eq!(root.leftovers(), [""; 0]);
        let again = root.build(&list(&last)).expect("built");
        prop_assert_eq!(again, counts(0, last.len(), 0));
    }
}
