//! The registers of `_data/` as values for templates: one part `data_NAME` a file.
//!
//! It must not know what a register means. Reading never fails; a file that cannot be read is a diagnostic.

use std::collections::BTreeMap;

use tera::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::sources::{Content, Source, Sources};

/// By the name of the file without its ending: the print of its text, and what it says.
pub type Data = BTreeMap<String, (Fingerprint, Value)>;

const FOLDER: &str = "content/_data/";

/// All registers but those of sources, which `is_of_sources` tells. `facts.yaml` and `facts.toml` beside each other are an error: both would be `data_facts`.
pub fn read(sources: &Sources, is_of_sources: impl Fn(&Source) -> bool) -> (Data, Vec<Diagnostic>) {
    let mut data = Data::new();
    let mut diagnostics = Vec::new();
    for source in sources.below(FOLDER).iter().filter(|source| !is_of_sources(source)) {
        let Content::Text(text) = &source.content else { continue };
        let Some((name, value)) = parse(source, &text.get()) else { continue };
        match value {
            Err(problem) => diagnostics.push(*problem),
            Ok(value) => {
                if data.insert(name.clone(), (source.print, value)).is_some() {
                    let problem = Diagnostic::error("same-data", format!("two files of `_data/` are called `{name}`"));
                    diagnostics.push(problem.at(Place::file(&source.path)).hint("rename one of them"));
                }
            }
        }
    }
    (data, diagnostics)
}

/// The name and value of one file; `None` for what is no register, such as `sources.bib`.
fn parse(source: &Source, text: &str) -> Option<(String, Result<Value, Box<Diagnostic>>)> {
    let (stem, ending) = source.path.strip_prefix(FOLDER)?.rsplit_once('.')?;
    let wrong = |message: String, place: Place| Box::new(Diagnostic::error("bad-data", message).at(place));
    let value = match ending {
        "yaml" | "yml" => serde_yaml::from_str::<serde_yaml::Value>(text).map(|value| Value::from_serializable(&value)).map_err(|error| {
            let place = error.location().map(|at| Place::line(&source.path, text, at.line() as u32, at.column() as u32, 1));
            wrong(error.to_string(), place.unwrap_or_else(|| Place::file(&source.path)))
        }),
        "json" => serde_json::from_str::<serde_json::Value>(text)
            .map(|value| Value::from_serializable(&value))
            .map_err(|error| wrong(error.to_string(), Place::line(&source.path, text, error.line() as u32, error.column() as u32, 1))),
        "toml" => text.parse::<toml::Table>().map(|value| Value::from_serializable(&value)).map_err(|error| {
            let place = error.span().map(|span| Place::range(&source.path, text, span));
            wrong(error.message().to_string(), place.unwrap_or_else(|| Place::file(&source.path)))
        }),
        _ => return None,
    };
    Some((stem.replace(['/', '-', '.'], "_"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_are_called_by_their_file_and_mistakes_have_a_place() {
        let files =
            [("content/_data/key-facts.yaml", "a: 1\n"), ("content/_data/b.json", "{\n  \"x\": }\n"), ("content/_data/s.bib", "@book{}")];
        let (data, problems) = read(&Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &files), |_| false);
        assert_eq!(data.keys().collect::<Vec<_>>(), ["key_facts"]);
        assert_eq!(problems[0].place.as_ref().map(|place| place.line), Some(2));
    }
}
