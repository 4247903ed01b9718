//! The command line: subcommands and flags, with their help.
//!
//! Owns what may be typed. It must not know what any of it does.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::common::Common;
use crate::page::date::{self, Stamp};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold());

/// Turn a folder of policy briefings into a website.
#[derive(Debug, Parser)]
#[command(
    name = "chancery",
    version,
    styles = STYLES,
    after_help = "\
Begin with:
  chancery init my-site        a small site to start from
  chancery build               build the site that you stand in
  chancery help build          more about a command

Exit status: 0 fine; 1 the site has errors and nothing was written;
2 the call or site.toml is wrong; 3 reading, writing or the network failed;
4 --verify found a mistake of the program."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Init(Init),
    New(New),
    Build(Build),
    #[command(visible_alias = "preview")]
    Serve(Serve),
    Check(Check),
    List(List),
    #[command(visible_alias = "deploy")]
    Publish(Publish),
    Explain(Explain),
    Completions(Completions),
    Man(Man),
}

/// Make a small site to start from
#[derive(Debug, Args)]
#[command(
    after_help = "No file is written over.\n\nExamples:\n  chancery init             in this folder\n  chancery init my-site     in a new one"
)]
pub struct Init {
    /// Where [default: this folder]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

/// Begin a page: write a draft and print its path
#[derive(Debug, Args)]
#[command(after_help = "\
The draft starts from archetypes/TYPE.md, else from archetypes/default.md.

Examples:
  chancery new \"What the treaty says\"
  chancery new \"Trade in services\" --in topics
  chancery new \"Ten years on\" --type study")]
pub struct New {
    /// The title of the page; its file is named after it
    pub title: String,
    /// The folder below content/
    #[arg(long = "in", value_name = "FOLDER", default_value = "briefings")]
    pub folder: String,
    /// The type of the page, such as study or factsheet [default: briefing]
    #[arg(long = "type", value_name = "TYPE")]
    pub type_: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

/// Build the site
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written if the site has errors. Files that have not changed are left alone.

Examples:
  chancery build
  chancery build --watch
  chancery build --drafts -o /tmp/preview
  chancery build --strict -u https://example.org/briefings/
  chancery build --now 2026-03-01T09:30:00Z")]
pub struct Build {
    #[command(flatten)]
    pub making: Making,
    /// Go on until Ctrl-C, and build again whenever something changes
    #[arg(long)]
    pub watch: bool,
    /// Look for changes twice a second, where the system does not tell of them
    #[arg(long, requires = "watch")]
    pub poll: bool,
    #[command(flatten)]
    pub preview: Preview,
    #[command(flatten)]
    pub common: Common,
}

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

/// Show the site in a browser while it is written
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written: pages are made in memory when somebody asks for them, and reload when they change.

Examples:
  chancery serve --open
  chancery serve --drafts
  chancery serve --port 8080 --interface 0.0.0.0")]
pub struct Serve {
    /// The port [default: 1111, or the next one that is free]
    #[arg(short, long)]
    pub port: Option<u16>,
    /// The address of this machine to serve at
    #[arg(short, long, default_value = "127.0.0.1")]
    pub interface: std::net::IpAddr,
    /// Open a browser
    #[arg(long)]
    pub open: bool,
    /// Leave it to the reader to reload pages
    #[arg(long)]
    pub no_reload: bool,
    /// Show warnings as errors
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub place: Place,
    /// Show how long each stage took, after each change
    #[arg(long)]
    pub timings: bool,
    /// Say which files have changed and why, after each change
    #[arg(long)]
    pub explain: bool,
    /// Make the site again from nothing after each change and compare: a check of the program itself
    #[arg(long)]
    pub verify: bool,
    /// Look for changes twice a second, where the system does not tell of them
    #[arg(long)]
    pub poll: bool,
    #[command(flatten)]
    pub preview: Preview,
    #[command(flatten)]
    pub common: Common,
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

/// Find mistakes: build without writing, show every warning
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery check
  chancery check --drafts             drafts too, before they are published
  chancery check --format github      annotations on a pull request
  chancery check --against .chancery-manifest.json
  chancery explain broken-link        what a code means")]
pub struct Check {
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// The manifest of what is published, .chancery-manifest.json there: every address in it must still lead somewhere
    #[arg(long, value_name = "MANIFEST", value_hint = clap::ValueHint::FilePath)]
    pub against: Option<PathBuf>,
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

/// List pages: path, state, date, title, address
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery list scheduled
  chancery list public --format csv > pages.csv")]
pub struct List {
    /// Which pages
    #[arg(value_name = "WHICH", default_value = "all")]
    pub which: Which,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ListFormat,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Text,
    Json,
    Csv,
}

/// Say what a code of a message means, what a file is made of and why, or what templates may use
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing is written. What was built with other flags is explained with the same flags.

Examples:
  chancery explain broken-link                    one code
  chancery explain codes                          every code
  chancery explain parts                          what templates may use
  chancery explain public/topics/x/index.html     a file of the output
  chancery explain /topics/x/                     the same by its address
  chancery explain content/briefings/x.md         what is made of a source")]
pub struct Explain {
    /// A code such as broken-link; a file; or codes, or parts
    #[arg(value_name = "CODE | FILE | codes | parts")]
    pub what: String,
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

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery completions bash > ~/.local/share/bash-completion/completions/chancery
  chancery completions fish > ~/.config/fish/completions/chancery.fish")]
pub struct Completions {
    /// Which shell
    pub shell: clap_complete::Shell,
    #[command(flatten)]
    pub common: Common,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  chancery man | man -l -")]
pub struct Man {
    #[command(flatten)]
    pub common: Common,
}

fn asked(text: &str) -> Result<Asked, String> {
    let text = text.trim();
    let found = text.parse().map(Asked::Instant).ok().or_else(|| Stamp::parse(text).map(Asked::Local));
    found.ok_or_else(|| match date::meant(text) {
        Some(date) => format!("write `{date}`"),
        None => "write a day such as `2026-03-01`, or a date, a time and its offset, such as `2026-03-01T09:30:00Z`".into(),
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_before_and_after_the_subcommand_are_joined() {
        let cli = Cli::parse_from(["chancery", "--set", "a=1", "-v", "--root", "x", "list", "--set", "b=2", "-v", "--root", "y"]);
        let Some(Command::List(list)) = cli.command else { panic!("not a list") };
        let common = list.common.or(cli.common);
        let keys: Vec<&str> = common.set.iter().map(|set| set.key.as_str()).collect();
        assert_eq!((keys, common.verbose, common.root), (vec!["a", "b"], true, Some(PathBuf::from("y"))));
    }

    #[test]
    fn a_day_and_an_instant_are_taken_and_other_forms_are_answered() {
        assert!(matches!(asked("2026-03-01"), Ok(Asked::Local(stamp)) if stamp.day_only));
        assert!(matches!(asked("2026-03-01T09:30:00+01:00"), Ok(Asked::Instant(_))));
        assert_eq!(asked("2026-3-1").unwrap_err(), "write `2026-03-01`");
        assert!(asked("soon").unwrap_err().contains("`2026-03-01T09:30:00Z`"));
    }
}
