//! The layer table of the architecture, held against the imports.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The rooms, top floor first, each with the rooms that it imports: all of them lie below it. A new arrow is a change of this table and of
/// the architecture, with its reason in `docs/decisions.md`.
const ROOMS: &[(&str, &str)] = &[
    ("main", "cli"),
    (
        "cli",
        "config diagnostic emit fingerprint gate html ledger lint memo output outside page pipeline publish references serve sources theme url view watch",
    ),
    ("serve", "diagnostic emit fingerprint index lint media output pipeline search site sources view"),
    (
        "pipeline",
        "config data diagnostic emit entities fingerprint gate index ledger lint memo output page publish references search site sources theme url view",
    ),
    ("emit", "addresses diagnostic fingerprint html index page references search site sources theme url view"),
    ("lint", "addresses config diagnostic fingerprint gate index ledger links memo page references site sources url"),
    ("view", "addresses compare fingerprint html index links page references search site theme url"),
    ("search", "fingerprint index page site"),
    ("site", "addresses config entities fingerprint index ledger links memo page references theme url"),
    ("links", "addresses diagnostic fingerprint index memo page sources url"),
    ("addresses", "config fingerprint index page references url"),
    ("index", "config diagnostic entities fingerprint memo page references sources url"),
    ("entities", "fingerprint page url"),
    ("gate", "config diagnostic fingerprint html memo output page sources url"),
    ("page", "config diagnostic fingerprint highlight html media references sources theme typography url"),
    ("theme", "config diagnostic fingerprint sources"),
    ("publish", "config diagnostic fingerprint media output"),
    ("watch", "sources"),
    ("outside", "ledger"),
    ("config", "diagnostic fingerprint"),
    ("data", "diagnostic fingerprint sources"),
    ("ledger", "diagnostic"),
    ("references", "diagnostic fingerprint html"),
    ("highlight", "diagnostic html"),
    ("compare", "html"),
    ("html", ""),
    ("typography", ""),
    ("url", "fingerprint"),
    ("sources", "diagnostic fingerprint"),
    ("output", "fingerprint media"),
    ("memo", "fingerprint"),
    ("diagnostic", ""),
    ("fingerprint", ""),
    ("media", ""),
];

/// What may never be imported, whatever the table says: what is hidden stays out of everything that is shown, templates see no disk, and
/// publishing works on an output and its manifest.
const FORBIDDEN: &[(&str, &str)] = &[
    ("index", "gate"),
    ("addresses", "gate"),
    ("links", "gate"),
    ("search", "gate"),
    ("site", "gate"),
    ("view", "gate output"),
    ("emit", "gate output"),
    ("publish", "pipeline emit lint view site index entities gate page theme data sources"),
];

/// The rooms of one line of a table.
fn rooms(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
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
    code.filter(|(inside, _)| !inside.ends_with("tests.rs") && !inside.starts_with("testing") && inside != "pipeline/counts.rs").collect()
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
fn a_room_imports_what_the_table_says_and_nothing_else() {
    let mut found = imports();
    found.retain(|(from, to), _| from != to && from != "lib");
    let mut wrong = Vec::new();
    for ((from, to), file) in &found {
        match ROOMS.iter().find(|(room, _)| room == from) {
            Some((_, allowed)) if rooms(allowed).any(|room| room == to) => {}
            Some(_) => wrong.push(format!("{file}: `{from}` may not import `{to}`")),
            None => wrong.push(format!("{file}: `{from}` is not in the table")),
        }
    }
    for (from, allowed) in ROOMS {
        let unused = rooms(allowed).filter(|to| !found.contains_key(&(from.to_string(), to.to_string())));
        wrong.extend(unused.map(|to| format!("`{from}` does not import `{to}`: the table says more than there is")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_arrow_of_the_table_leads_down() {
    for (at, (from, allowed)) in ROOMS.iter().enumerate() {
        for to in rooms(allowed) {
            assert!(ROOMS[at + 1..].iter().any(|(room, _)| *room == to), "`{to}` is not below `{from}`");
        }
    }
}

#[test]
fn what_is_shown_cannot_name_what_is_hidden() {
    for (from, forbidden) in FORBIDDEN {
        let (_, allowed) = ROOMS.iter().find(|(room, _)| room == from).expect("a room");
        assert!(
            !rooms(forbidden).any(|to| rooms(allowed).any(|room| room == to)),
            "`{from}` may not be allowed to import any of `{forbidden}`"
        );
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
        let asks = code.contains("reqwest") && room != "outside" || code.contains("object_store") && room != "publish";
        if touches && !ON_DISK.contains(&room) || speaks && room != "serve" || asks {
            wrong.push(inside);
        }
    }
    assert!(wrong.is_empty(), "these files touch the disk, the net or processes: {wrong:?}");
}
