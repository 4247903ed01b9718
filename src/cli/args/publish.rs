//! `chancery publish`: its flags and their help.

use clap::{Args, ValueEnum};

use super::{Making, Preview};
use crate::cli::common::Common;

/// Bring the site to where people read it
#[derive(Debug, Args)]
#[command(after_help = "\
The site is built first. A target is a table in site.toml:

  [publish.production]
  target = \"s3\"             directory, git, s3, gcs, azure, rsync or archive
  bucket = \"briefings\"

Credentials come from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
and other AWS_... for s3; GOOGLE_... for gcs; AZURE_STORAGE_... for azure;
git and ssh know their own.

Examples:
  chancery publish                        the only target
  chancery publish production --dry-run   what would change
  chancery publish server --rollback      the release before, at once
  chancery publish next --drafts          a target that is for previews")]
pub struct Publish {
    /// The target, as in [publish.NAME]; not needed if there is only one
    pub name: Option<String>,
    /// Show what would change, and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Publish the output as the last build left it
    #[arg(long, conflicts_with_all = ["force", "clean", "verify", "timings", "explain", "strict", "now"])]
    pub no_build: bool,
    /// So many published files may be deleted [default: 256]
    #[arg(long, value_name = "N")]
    pub max_deletes: Option<usize>,
    /// Go on without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Look at what is really there, and mend it
    #[arg(long)]
    pub verify_remote: bool,
    /// Show readers the release before this one again
    #[arg(long, conflicts_with_all = ["no_build", "verify_remote", "max_deletes", "force", "clean", "verify"])]
    pub rollback: bool,
    /// How to say what changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
    #[command(flatten)]
    pub making: Making,
    #[command(flatten)]
    pub preview: Preview,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Text,
    Json,
}
