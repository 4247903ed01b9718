//! The command that takes over what other tools and programs wrote: `import`.
//!
//! It must not know how it is done.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::common::Common;
use crate::cli::import::dialect_names;

/// Take over a site of another tool, a vault, or a document
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing of the original is changed, and no file that is there is written over. What could not be carried over is in import-report.md, by file
and line.

Examples:
  chancery import ../old-site --into my-site
  chancery import ../vault --into my-site --from obsidian --dry-run
  chancery import report.docx        a draft, in the site that you stand in")]
pub struct Import {
    /// The folder of the other tool, or one file
    #[arg(value_name = "DIR | FILE", value_hint = clap::ValueHint::AnyPath)]
    pub original: PathBuf,
    /// What wrote it [default: as its files say]
    #[arg(long, value_name = "TOOL", value_parser = PossibleValuesParser::new(dialect_names()))]
    pub from: Option<String>,
    /// The root of the site; it is made if it is not there [default: the site that you stand in]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub into: Option<PathBuf>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub common: Common,
}
