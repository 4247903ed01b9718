//! The command that gives a page to other programs: `export`.
//!
//! It must not know how it is done.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Asked;
use super::groups::asked;
use crate::cli::common::Common;

/// Make a document of Word or plain Markdown of one page
#[derive(Debug, Args)]
#[command(after_help = "\
Pandoc makes the file; it has to be installed. Nothing is published, so a page that is hidden is exported too, with
a note that says so.

Examples:
  chancery export docx content/briefings/hague.md
  chancery export docx /briefings/hague/ -o draft.docx --force
  chancery export md PB-2026-004")]
pub struct Export {
    /// What to make
    pub format: ExportFormat,
    /// The page: its file, its address or its id
    pub page: String,
    /// Where to [default: in this folder, named after the page]
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// As of a day or an instant, such as 2026-03-01 or 2026-03-01T09:30:00Z
    #[arg(long, value_name = "INSTANT", value_parser = asked)]
    pub now: Option<Asked>,
    #[command(flatten)]
    pub common: Common,
}

/// What a page becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A document of Word
    Docx,
    /// Markdown as GitHub reads it
    Md,
}

impl ExportFormat {
    /// The end of its files' names.
    pub fn extension(self) -> &'static str {
        match self {
            ExportFormat::Docx => "docx",
            ExportFormat::Md => "md",
        }
    }
}
