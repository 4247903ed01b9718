//! `chancery links`: its flags and their help.

use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::{Span, SpanRelativeTo, Unit};

use crate::cli::common::Common;

/// Ask whether links to elsewhere still lead somewhere, and remember it
#[derive(Debug, Args)]
#[command(after_help = "\
Every address outside the site that a public page links to is asked, one at a time of each host. What was
learned is kept in content/_data/links.lock; keep that file with the site. No other command asks anybody.

Exit status: 1 if an address is gone: its host says so (404, 410), or there is no such host. What only could not
be reached (no answer in time, 403, 429, 5xx, a certificate) is told and is no failure. 3 if no host answers.

Examples:
  chancery links
  chancery links --dry-run               what would be asked
  chancery links --max-age 12h           ask again what is older
  chancery links --all --format json")]
pub struct Links {
    /// Ask again what was asked longer ago; what could not be told is asked again after a day
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "7d")]
    pub max_age: Duration,
    /// Ask all, however long ago it was
    #[arg(long, conflicts_with = "max_age")]
    pub all: bool,
    /// Show what would be asked, and ask nobody
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Do not ask addresses that begin with this, besides those of links.skip; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub skip: Vec<String>,
    /// Wait no longer for one answer
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "20s")]
    pub timeout: Duration,
    /// Ask no longer in all; what is left is asked the next time
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "15m")]
    pub deadline: Duration,
    /// How to show what was found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LinksFormat,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinksFormat {
    Text,
    Json,
}

/// Reads `7d`, `12h`, `1h 30m`, `2 weeks`; a day has 24 hours.
pub fn duration(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<Span>().ok().and_then(|span| span.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).ok());
    let found = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    found.filter(|found| !found.is_zero()).ok_or_else(|| "write a number with its unit, such as `7d`, `12h`, `15m` or `20s`".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        let seconds = |text: &str| duration(text).map(|found| found.as_secs_f64());
        assert_eq!(
            ["7d", "12h", "1h 30m", "2 weeks", "1.5s", "500ms"].map(seconds),
            [604_800.0, 43_200.0, 5_400.0, 1_209_600.0, 1.5, 0.5].map(Ok)
        );
        for wrong in ["7", "soon", "-1d", "0s", "1 month", ""] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
