//! The commands that only look: `check`, `list` and `explain`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::groups::asked;
use super::links::duration;
use super::{Asked, Place, Preview};
use crate::cli::common::Common;
use crate::cli::list::Column;

/// Find mistakes: build without writing, show every warning
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery check
  chancery check --drafts             drafts too, before they are published
  chancery check --format github      annotations on a pull request
  chancery check --against .chancery-manifest.json
  chancery check --against old-sitemap.xml --write-aliases
  chancery check --baseline known.json    only what is new
  chancery explain broken-link        what a code means")]
pub struct Check {
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// What is published: its .chancery-manifest.json, a sitemap, a list with one address a line, or the output folder of any generator. Every
    /// address in it must still lead somewhere
    #[arg(long, value_name = "FILE | DIR", value_hint = clap::ValueHint::AnyPath)]
    pub against: Option<PathBuf>,
    /// Give each lost address as an alias to the page that is called as it ends, if there is one such page
    #[arg(long, requires = "against")]
    pub write_aliases: bool,
    /// Count a review that is overdue as an error
    #[arg(long)]
    pub reviews: bool,
    /// Show only warnings that are not in this file. Errors are always shown
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Take out of the baseline what nobody warns of any more
    #[arg(long, requires = "baseline")]
    pub prune_baseline: bool,
    /// Write all warnings of now into a file, for --baseline
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// Make every warning an error
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub preview: Preview,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
}

/// List pages (path, state, date, title, address), the sources of the register, or what is not used
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery list scheduled
  chancery list due --within 60d --owner \"Energy desk\"
  chancery list due --columns owner,due,title,path --sort owner --format markdown
  chancery list public --format csv > pages.csv
  chancery list sources --uncited")]
pub struct List {
    /// Which pages: by their state, `corrected`, `due` for review (the overdue among them) or `overdue`; `versions`, their earlier texts;
    /// `sources`, what the register has; or `unused`, what no public page uses
    #[arg(value_name = "WHICH", default_value = "all")]
    pub which: Which,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ListFormat,
    /// What is said of each page, and in which order
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub columns: Vec<Column>,
    /// By which column the pages are sorted [default: path; what is due, by its day]
    #[arg(long, value_name = "COLUMN")]
    pub sort: Option<Column>,
    /// Only pages of this owner
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Only pages of this author
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Only pages about this topic
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Only pages of this type, such as study
    #[arg(long = "type", value_name = "TYPE")]
    pub type_: Option<String>,
    /// Only pages with this marking
    #[arg(long, value_name = "MARKING")]
    pub marking: Option<String>,
    /// In a calendar or a table of Markdown, which others read: pages with these markings too, such as official,restricted
    #[arg(long, value_name = "MARKING,…", value_delimiter = ',')]
    pub markings: Vec<String>,
    /// With due: how long from now the last of them is due [default: 30d]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub within: Option<Duration>,
    /// Of sources, only those that no public page cites
    #[arg(long)]
    pub uncited: bool,
    /// As of a day or an instant, such as 2026-03-01 or 2026-03-01T09:30:00Z
    #[arg(long, value_name = "INSTANT", value_parser = asked)]
    pub now: Option<Asked>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Which {
    All,
    Public,
    Hidden,
    Drafts,
    Scheduled,
    Expired,
    Review,
    Due,
    Overdue,
    Corrected,
    Amended,
    Superseded,
    Withdrawn,
    Archived,
    Versions,
    Sources,
    Unused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Text,
    Json,
    Csv,
    /// A table for an issue or a mail; nothing, if no page is in the list
    Markdown,
    /// A calendar: reviews, publications and ends to come
    Ics,
}

/// Say what a code of a message means, what a file is made of and why, or what templates may use
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written. What was built with other flags is explained with the same flags.

Examples:
  chancery explain broken-link                    one code
  chancery explain codes                          every code
  chancery explain parts                          what templates may use
  chancery explain template briefing.html         a template of the built-in theme
  chancery explain public/topics/x/index.html     a file of the output
  chancery explain /topics/x/                     the same by its address
  chancery explain content/briefings/x.md         what is made of a source")]
pub struct Explain {
    /// A code such as broken-link; a file; or codes, parts, or template
    #[arg(value_name = "CODE | FILE | codes | parts | template")]
    pub what: String,
    /// With template: which file of the built-in theme is printed; without it, all are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// The output folder [default: output_dir of site.toml, public]
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub preview: Preview,
    #[command(flatten)]
    pub common: Common,
}
