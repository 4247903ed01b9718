//! Flags that several commands have: how an output is made, where the site is meant to live, and what is shown as of when.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::page::date::{self, Stamp};

/// How an output is made.
#[derive(Debug, Args)]
pub struct Making {
    /// The output folder [default: output_dir of site.toml, public]
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Make every warning an error
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub place: Place,
    /// Write every file again, and into a folder that holds other files
    #[arg(long)]
    pub force: bool,
    /// Empty the output folder first
    #[arg(long)]
    pub clean: bool,
    /// Show how long each stage and each template took
    #[arg(long)]
    pub timings: bool,
    /// Say which files were written or removed, and why
    #[arg(long)]
    pub explain: bool,
    /// Make the site again from nothing and compare: a check of the program itself
    #[arg(long)]
    pub verify: bool,
}

/// Where a site is meant to live.
#[derive(Debug, Args)]
pub struct Place {
    /// Where the site will live, instead of base_url of site.toml
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Make links that work from a folder or a zip
    #[arg(long)]
    pub relative_urls: bool,
}

/// What is shown besides the public pages, and as of when.
#[derive(Debug, Args)]
#[command(next_help_heading = "Preview")]
pub struct Preview {
    /// Show drafts and pages in review
    #[arg(long)]
    pub drafts: bool,
    /// Show what is scheduled
    #[arg(long)]
    pub future: bool,
    /// Show what has expired
    #[arg(long)]
    pub expired: bool,
    /// Show pages with these markings of the site too, such as official,restricted
    #[arg(long, value_name = "MARKING,…", value_delimiter = ',')]
    pub markings: Vec<String>,
    /// As of a day or an instant, such as 2026-03-01 or 2026-03-01T09:30:00Z
    #[arg(long, value_name = "INSTANT", value_parser = asked)]
    pub now: Option<Asked>,
}

/// What `--now` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Instant(Timestamp),
    /// A day or a time in the zone of the site.
    Local(Stamp),
}

/// Reads a day or an instant, or says how one is written.
pub(super) fn asked(text: &str) -> Result<Asked, String> {
    let text = text.trim();
    let found = text.parse().map(Asked::Instant).ok().or_else(|| Stamp::parse(text).map(Asked::Local));
    found.ok_or_else(|| match date::meant(text) {
        Some(date) => format!("write `{date}`"),
        None => "write a day such as `2026-03-01`, or a date, a time and its offset, such as `2026-03-01T09:30:00Z`".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::date::Precision;

    #[test]
    fn a_day_and_an_instant_are_taken_and_other_forms_are_answered() {
        assert!(matches!(asked("2026-03-01"), Ok(Asked::Local(stamp)) if stamp.precision == Precision::Day));
        assert!(matches!(asked("2026-03-01T09:30:00+01:00"), Ok(Asked::Instant(_))));
        assert!(matches!(asked("2026-3-1"), Ok(Asked::Local(_))));
        assert!(asked("2026").is_err() && asked("04/01/2026").is_err());
        assert!(asked("soon").unwrap_err().contains("`2026-03-01T09:30:00Z`"));
    }
}
