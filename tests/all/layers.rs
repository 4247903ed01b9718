//! The layer table of the architecture, held against the imports.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The rooms, top floor first. A room imports only rooms on floors below it.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["watch", "serve"],
    &["publish"],
    &["pipeline"],
    &["emit"],
    &["lint"],
    &["view"],
    &["search"],
    &["site"],
    &["index"],
    &["register"],
    &["gate"],
    &["page"],
    &["theme"],
    &["config", "data"],
    &["sources", "output", "memo"],
    &["diagnostic", "fingerprint", "media"],
];

/// What may not be imported although it lies below: what is hidden stays out of everything that is shown.
const FORBIDDEN: &[(&str, &str)] = &[
    ("index", "gate"),
    ("search", "gate"),
    ("site", "gate"),
    ("view", "gate"),
    ("emit", "gate"),
    ("index", "memo"),
    ("emit", "output"),
    ("view", "output"),
    // Publishing works on an output and its manifest.
    ("publish", "pipeline"),
    ("publish", "emit"),
    ("publish", "lint"),
    ("publish", "view"),
    ("publish", "site"),
    ("publish", "index"),
    ("publish", "register"),
    ("publish", "gate"),
    ("publish", "page"),
    ("publish", "theme"),
    ("publish", "data"),
    ("publish", "sources"),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Every file of the program by its path below `src/`, without comments and tests.
fn files() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&source).sort_by_file_name().into_iter().map(|entry| entry.expect("the sources can be read"));
    let code = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs")).map(|entry| {
        let inside = entry.path().strip_prefix(&source).expect("a file below the sources").to_string_lossy().into_owned();
        let text = fs::read_to_string(entry.path()).expect("the sources can be read");
        // Tests within a file may use what they like.
        let code = text.split("#[cfg(test)]").next().expect("a beginning").lines().filter(|line| !line.trim_start().starts_with("//"));
        (inside, code.collect::<Vec<_>>().join("\n"))
    });
    code.filter(|(inside, _)| !inside.ends_with("tests.rs") && !inside.ends_with("sample.rs")).collect()
}

/// Every room that a room names, with the file that does it.
fn imports() -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for (inside, code) in files() {
        let room = inside.split(['/', '.']).next().expect("a name").to_string();
        for name in ["crate::", "chancery::"].iter().flat_map(|prefix| code.split(prefix).skip(1)) {
            for room_named in names(name) {
                found.entry((room.clone(), room_named)).or_insert_with(|| inside.clone());
            }
        }
    }
    found
}

/// The rooms in `gate::Hidden` or `{data, index, theme}`.
fn names(path: &str) -> Vec<String> {
    let word =
        |text: &str| text.trim().split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default().to_string();
    match path.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(',').map(word).collect(),
        None => vec![word(path)],
    }
}

#[test]
fn a_room_imports_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for ((from, to), file) in imports() {
        if from == to || from == "lib" {
            continue;
        }
        match (floor(&from), floor(&to)) {
            (Some(above), Some(below)) if above < below => {}
            (Some(_), Some(_)) => wrong.push(format!("{file}: `{from}` may not import `{to}`")),
            _ => wrong.push(format!("{file}: `{from}` or `{to}` is not in the layer table")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_shown_cannot_name_what_is_hidden() {
    let found = imports();
    for (from, to) in FORBIDDEN {
        assert!(!found.contains_key(&(from.to_string(), to.to_string())), "`{from}` imports `{to}`");
    }
}

/// The rooms that may touch the disk: the reader, the writer, the one whose places are on it too, and the terminal's own.
const ON_DISK: &[&str] = &["sources", "output", "publish", "cli", "main"];

#[test]
fn the_disk_is_read_in_sources_and_written_in_output() {
    let mut wrong = Vec::new();
    for (inside, code) in files() {
        let room = inside.split(['/', '.']).next().unwrap_or_default();
        let touches = ["std::fs", "std::process"].iter().any(|word| code.contains(word));
        let speaks = code.contains("TcpStream") || code.contains("TcpListener") || code.contains("UdpSocket");
        if touches && !ON_DISK.contains(&room) || speaks && room != "serve" {
            wrong.push(inside);
        }
    }
    assert!(wrong.is_empty(), "these files touch the disk, the net or processes: {wrong:?}");
}
