//! What is written down beside an output of how it was made: the label of the order, and until when the same would come out.
//!
//! It must not know what a label says.

use jiff::Timestamp;

use super::BuildOptions;
use crate::fingerprint::Fingerprint;
use crate::gate::Clearance;
use crate::sources::Sources;

/// What `words` wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildInfo {
    /// What whoever asked for the build calls it.
    pub label: String,
    /// From this instant on, another site comes out by itself.
    pub next_change: Option<Timestamp>,
    /// Of the sources, the settings and the flags.
    pub print: Fingerprint,
    /// The markings of the pages that it may show.
    pub markings: Vec<String>,
}

/// The fingerprint of what goes into a site, by whichever build of the program and as of whenever.
pub fn print(sources: &Sources, options: &BuildOptions) -> Fingerprint {
    let BuildOptions { overrides, show, relative_urls, is_preview, .. } = options;
    // Where a site is published changes nothing in it.
    let ours = overrides.iter().filter(|given| !given.key.starts_with("publish."));
    let overrides: Vec<(&str, &str)> = ours.map(|given| (given.key.as_str(), given.value.as_str())).collect();
    Fingerprint::of(&(sources.print(), overrides, show, relative_urls, is_preview))
}

pub(super) fn words(options: &BuildOptions, sources: &Sources, next_change: Option<Timestamp>) -> String {
    let next_change = next_change.map_or_else(|| "never".to_string(), |at| at.to_string());
    let markings = match &options.show.clearance {
        Clearance::Only(words) => words.join(","),
        Clearance::All => "*".to_string(),
    };
    format!("{}\n{next_change}\n{}\n{markings}\n", options.label, print(sources, options))
}

impl BuildInfo {
    /// Reads the words; nothing if they are none.
    pub fn parse(words: &str) -> Option<BuildInfo> {
        let mut lines = words.lines();
        let label = lines.next()?.to_string();
        let next_change = match lines.next()? {
            "never" => None,
            at => Some(at.parse().ok()?),
        };
        let print = Fingerprint::parse(lines.next()?)?;
        let markings = lines.next().unwrap_or_default().split(',').filter(|word| !word.is_empty()).map(str::to_string).collect();
        Some(BuildInfo { label, next_change, print, markings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read() {
        let print = Fingerprint(7);
        let read = |next: &str| BuildInfo::parse(&format!("public https://example.org/\n{next}\n{print}\n"));
        let label = "public https://example.org/".to_string();
        let at = "2026-03-01T09:30:00Z";
        assert_eq!(read(at), Some(BuildInfo { label: label.clone(), next_change: at.parse().ok(), print, markings: vec![] }));
        let marked = BuildInfo::parse(&format!("public https://example.org/\nnever\n{print}\nofficial,restricted\n"));
        assert_eq!(marked.map(|made| made.markings), Some(vec!["official".into(), "restricted".into()]));
        assert_eq!(read("never"), Some(BuildInfo { label, next_change: None, print, markings: vec![] }));
        assert_eq!(read("soon"), None);
        assert_eq!(BuildInfo::parse("x\nnever\n"), None);
    }
}
