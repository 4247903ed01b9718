//! Names of styles: those of the archive, and those of the repository of CSL.
//!
//! It must not know what a style says.

use hayagriva::archive::ArchivedStyle;

use super::{StyleError, StyleFile, stem};

/// Names of files in the repository of CSL that the archive calls otherwise, with its name.
const OTHERWISE: &[(&str, &str)] = &[
    ("american-medical-association-11th-edition", "american-medical-association"),
    ("apa-7th-edition", "apa"),
    ("chicago-author-date-17th-edition", "chicago-author-date"),
    ("chicago-author-date-18th-edition", "chicago-author-date"),
    ("chicago-fullnote-bibliography", "chicago-notes"),
    ("chicago-fullnote-bibliography-17th-edition", "chicago-notes"),
    ("chicago-note-bibliography", "chicago-shortened-notes"),
    ("chicago-note-bibliography-17th-edition", "chicago-shortened-notes"),
    ("chicago-notes-bibliography", "chicago-notes"),
    ("chicago-notes-bibliography-17th-edition", "chicago-notes"),
    ("chicago-shortened-notes-bibliography", "chicago-shortened-notes"),
    ("chicago-shortened-notes-bibliography-17th-edition", "chicago-shortened-notes"),
    ("copernicus-publications", "copernicus"),
    ("deutsche-gesellschaft-fur-psychologie", "deutsche-gesellschaft-für-psychologie"),
    ("elsevier-with-titles-alphabetical", "elsevier-with-titles"),
    ("harvard", "harvard-cite-them-right"),
    ("harvard-cite-them-right-11th-edition", "harvard-cite-them-right"),
    ("iso690-author-date-en", "iso-690-author-date"),
    ("iso690-numeric-en", "iso-690-numeric"),
    ("mhra", "modern-humanities-research-association-notes"),
    ("mhra-notes", "modern-humanities-research-association-notes"),
    ("modern-humanities-research-association-notes-bibliography", "modern-humanities-research-association-notes"),
    ("modern-humanities-research-association-footnotes", "modern-humanities-research-association-notes"),
    ("modern-language-association-9th-edition", "modern-language-association"),
    ("turabian-fullnote-bibliography", "turabian-fullnote-8"),
    ("turabian-fullnote-bibliography-8th-edition", "turabian-fullnote-8"),
];

/// The style of the archive that has this name, there or in the repository of CSL.
pub fn archived(name: &str) -> Option<ArchivedStyle> {
    let lower = name.to_lowercase();
    let otherwise = OTHERWISE.iter().find(|(theirs, _)| *theirs == lower).map_or(&*lower, |(_, ours)| ours);
    ArchivedStyle::by_name(otherwise).or_else(|| ArchivedStyle::by_id(&format!("http://www.zotero.org/styles/{lower}")))
}

/// No style has this name.
pub fn unknown(name: &str, files: &[StyleFile]) -> StyleError {
    let archive = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
    let all = archive.chain(OTHERWISE.iter().map(|(theirs, _)| *theirs)).chain(files.iter().map(|file| stem(&file.path)));
    let parts: Vec<&str> = name.split('-').collect();
    let nearness = |other: &str| {
        let theirs: Vec<&str> = other.split('-').collect();
        let shared = parts.iter().filter(|part| part.len() > 2 && theirs.contains(part)).count();
        strsim::normalized_levenshtein(name, other) + shared as f64 / parts.len().max(theirs.len()) as f64
    };
    let mut near: Vec<(f64, &str)> = all.map(|other| (nearness(other), other)).filter(|(nearness, _)| *nearness > 0.6).collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    near.truncate(3);
    let mut hints: Vec<String> = Vec::new();
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|(_, other)| format!("`{other}`")).collect();
        hints.push(format!("did you mean {}?", near.join(" or ")));
    }
    hints.push(format!("a style that is not in the archive is put into the folder `styles/` as `{name}.csl`"));
    StyleError { message: format!("there is no style `{name}`"), hints, place: None }
}
