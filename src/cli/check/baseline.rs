//! The warnings that a site had when somebody wrote them down, so that only new ones are told.
//!
//! Owns the file. A warning is known by its page, its code and the words that it stands on, and not by its line, so it stays the same when others come above
//! it. Errors are in no baseline: nobody gets used to them. It must not know what a warning means.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cli::error::Error;
use crate::diagnostic::{Diagnostic, Severity};

/// What stands in the file, one warning a line, so that two branches that add some can be merged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// The file that it is in; empty when it is in none.
    path: String,
    code: String,
    /// The words that it stands on, or its message where it stands on none.
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    baseline: u32,
    warnings: Vec<Known>,
}

/// The form of the file.
const FORM: u32 = 1;
/// So many bytes a baseline may have.
const LARGEST: u64 = 100 << 20;

/// Warnings that are known, and how many of each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Known, usize>,
}

/// What a baseline hid, and what it has that is no more.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// How many warnings are not shown.
    pub hidden: usize,
    /// What of the baseline nobody warns of now.
    pub gone: usize,
}

impl Baseline {
    /// Reads a baseline; `shown` is its name as it was given.
    ///
    /// # Errors
    /// It cannot be read, or is none.
    pub fn read(path: &Path, shown: &Path) -> Result<Baseline, Error> {
        let none = |why: String| {
            Error::usage(format!("`{}` is no baseline: {why}", shown.display()))
                .hint(format!("`chancery check --write-baseline {}` writes one", shown.display()))
        };
        let size = fs::metadata(path).map_err(|error| none(error.to_string()))?.len();
        if size > LARGEST {
            return Err(none(format!("it has more than {} MB", LARGEST >> 20)));
        }
        let text = fs::read_to_string(path).map_err(|error| none(error.to_string()))?;
        let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| none(error.to_string()))?;
        if file.baseline != FORM {
            return Err(none(format!("it is of another version of the program (form {}, not {FORM})", file.baseline)));
        }
        let mut known = BTreeMap::new();
        file.warnings.into_iter().for_each(|warning| *known.entry(warning).or_default() += 1);
        Ok(Baseline { known })
    }

    /// The warnings of a run.
    pub fn of(problems: &[Diagnostic]) -> Baseline {
        let mut known = BTreeMap::new();
        problems.iter().filter_map(known_as).for_each(|warning| *known.entry(warning).or_default() += 1);
        Baseline { known }
    }

    /// Takes what is known out of the problems of a run, which are in the order of a report.
    pub fn hide(&self, problems: &mut Vec<Diagnostic>) -> Held {
        let mut left = self.known.clone();
        let all = problems.len();
        problems.retain(|problem| {
            let known = known_as(problem).and_then(|warning| left.get_mut(&warning)).filter(|count| **count > 0);
            known.map(|count| *count -= 1).is_none()
        });
        Held { hidden: all - problems.len(), gone: left.values().sum() }
    }

    /// What of it a run still warns of.
    pub fn pruned(&self, problems: &[Diagnostic]) -> Baseline {
        let now = Baseline::of(problems).known;
        let both = self.known.iter().filter_map(|(warning, count)| Some((warning.clone(), *count.min(now.get(warning)?))));
        Baseline { known: both.collect() }
    }

    /// How many warnings there are.
    pub fn count(&self) -> usize {
        self.known.values().sum()
    }

    /// Writes the file in place of what is there.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &Path, shown: &Path) -> Result<(), Error> {
        let lines = self.known.iter().flat_map(|(warning, count)| std::iter::repeat_n(warning, *count));
        let mut text = format!("{{\n\"baseline\": {FORM},\n\"warnings\": [");
        for (at, warning) in lines.enumerate() {
            let line = serde_json::to_string(warning).expect("texts are JSON");
            let _ = write!(text, "{}\n{line}", if at == 0 { "" } else { "," });
        }
        text.push_str("\n]\n}\n");
        fs::write(path, text).map_err(|error| Error::io("write", shown, error))
    }
}

/// How a warning is known again; nothing for an error.
fn known_as(problem: &Diagnostic) -> Option<Known> {
    if problem.severity == Severity::Error {
        return None;
    }
    let place = problem.place.as_ref();
    let words = place.and_then(|place| {
        let from = place.column_in_text()? as usize;
        Some(place.text.chars().skip(from).take(place.width as usize).collect::<String>())
    });
    let words = words.filter(|words| !words.trim().is_empty()).unwrap_or_else(|| problem.message.clone());
    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Known { path: place.map_or_else(String::new, |place| place.path.to_string()), code: problem.code.into(), text })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Place;

    fn at(text: &str, word: &str, nth: usize) -> Diagnostic {
        let (start, _) = text.match_indices(word).nth(nth).expect("the word");
        Diagnostic::warning("relative-date", "m").at(Place::range(&Arc::from("content/x.md"), text, start..start + word.len()))
    }

    #[test]
    fn a_warning_that_moved_is_known_and_a_second_of_its_kind_is_new() {
        let baseline = Baseline::of(&[at("It is recently so.", "recently", 0)]);
        let moved = "New.\n\nNow it is recently so, and recently.";
        let mut problems = vec![at(moved, "recently", 0), at(moved, "recently", 1)];
        assert_eq!(baseline.hide(&mut problems), Held { hidden: 1, gone: 0 });
        assert_eq!(problems, [at(moved, "recently", 1)]);
    }

    #[test]
    fn what_is_gone_is_counted_and_pruned_and_nothing_new_comes_in() {
        let text = "recently this year";
        let baseline = Baseline::of(&[at(text, "recently", 0), at(text, "this year", 0)]);
        let mut now = vec![at(text, "this year", 0), at("last month", "last month", 0)];
        let pruned = baseline.pruned(&now);
        assert_eq!((pruned.count(), baseline.hide(&mut now)), (1, Held { hidden: 1, gone: 1 }));
        assert_eq!(pruned, Baseline::of(&[at(text, "this year", 0)]));
    }

    #[test]
    fn an_error_is_never_hidden() {
        let warning = at("recently", "recently", 0);
        let error = Diagnostic { severity: Severity::Error, ..warning.clone() };
        assert_eq!(Baseline::of(std::slice::from_ref(&error)).count(), 0);
        let mut problems = vec![error];
        assert_eq!(Baseline::of(&[warning]).hide(&mut problems), Held { hidden: 0, gone: 1 });
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn what_is_written_is_read_and_what_is_no_baseline_is_told() {
        let place = tempfile::TempDir::new().expect("a folder");
        let path = place.path().join("b.json");
        let baseline = Baseline::of(&[at("a \"b\" é", "\"b\" é", 0), Diagnostic::warning("no-base-url", "feeds are not written")]);
        baseline.write(&path, &path).expect("written");
        assert_eq!(Baseline::read(&path, &path).expect("read"), baseline);
        for text in ["", "[]", "{\"baseline\": 2, \"warnings\": []}", "{\"baseline\": 1, \"warnings\": [{}]}"] {
            fs::write(&path, text).expect("written");
            assert!(Baseline::read(&path, Path::new("b.json")).expect_err(text).message.starts_with("`b.json` is no baseline: "), "{text}");
        }
    }
}
