//! Gives the program a fingerprint of its own sources, so that an output made by another build of it is never taken for current.

use std::hash::{Hash, Hasher};
use std::path::Path;

fn main() {
    // SipHash with fixed keys: the same sources give the same number on every machine.
    #[allow(deprecated)]
    let mut hasher = std::hash::SipHasher::new();
    for folder in ["src", "themes/default"] {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hasher);
    }
    add(Path::new("Cargo.lock"), &mut hasher);
    // Not `CHANCERY_…`: `cargo run` hands it on to the program, which would take it for a setting.
    println!("cargo::rustc-env=FINGERPRINT_OF_PROGRAM={:016x}", hasher.finish());
}

fn add(path: &Path, hasher: &mut impl Hasher) {
    if path.is_dir() {
        let mut inside: Vec<_> = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        inside.sort();
        inside.iter().for_each(|path| add(path, hasher));
    } else if let Ok(bytes) = std::fs::read(path) {
        (path.to_string_lossy().replace('\\', "/"), bytes).hash(hasher);
    }
}
