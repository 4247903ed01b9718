//! `chancery revise`.

use clap::{Args, ValueEnum};

use crate::cli::common::Common;
use crate::page::front::ChangeKind;

/// Keep the text of a page as a version, and note what is changed
#[derive(Debug, Args)]
#[command(after_help = "\
Run it before you edit the page: the file as it stands is kept in content/_versions/. Who has edited it already takes the text from Git.

Examples:
  chancery revise briefings/x.md --kind major --note \"New figures for 2026\"
  chancery revise PB-2026-004 --kind correction --note \"The sum is in euros\" --from-git
  chancery revise /briefings/x/ --kind minor --note \"Shorter\" --from-git 2026-03-01 --dry-run")]
pub struct Revise {
    /// The page: its file, its address, its id, or the last part of its address
    pub page: String,
    /// What sort of change it is: a major one moves the date of the page
    #[arg(long, value_name = "KIND")]
    pub kind: Kind,
    /// What is changed, in a sentence for readers
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// The day of the change [default: today]
    #[arg(long, value_name = "DAY")]
    pub date: Option<jiff::civil::Date>,
    /// From which day on the text that is kept was the text of the page [default: its date, or its last change]
    #[arg(long, value_name = "DAY")]
    pub since: Option<jiff::civil::Date>,
    /// Keep the text as it was last committed, or as it was at a revision or at the end of a day
    #[arg(long, value_name = "REV | DAY", num_args = 0..=1, default_missing_value = "")]
    pub from_git: Option<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Major,
    Minor,
    Correction,
}

impl Kind {
    /// As front matter has it.
    pub fn change(self) -> ChangeKind {
        match self {
            Kind::Major => ChangeKind::Major,
            Kind::Minor => ChangeKind::Minor,
            Kind::Correction => ChangeKind::Correction,
        }
    }
}
