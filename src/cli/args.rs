//! The command line: subcommands and flags, with their help.
//!
//! Owns what may be typed. It must not know what any of it does. What stands here as the documentation of an item is what people read as help.

mod export;
mod groups;
mod import;
mod links;
mod looking;
mod publish;
mod revise;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};

use super::common::Common;

pub use export::{Export, ExportFormat};
pub use groups::{Asked, Making, Place, Preview};
pub use import::Import;
pub use links::{Links, LinksFormat};
pub use looking::{Check, CheckFormat, Explain, List, ListFormat, Which};
pub use publish::{Publish, ReportFormat};
pub use revise::{Kind, Revise};

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
    Import(Import),
    Build(Build),
    #[command(visible_alias = "preview")]
    Serve(Serve),
    Check(Check),
    List(List),
    Revise(Revise),
    Links(Links),
    #[command(visible_alias = "deploy")]
    Publish(Publish),
    Export(Export),
    Explain(Explain),
    Completions(Completions),
    Man(Man),
}

/// Make a small site to start from
#[derive(Debug, Args)]
#[command(
    after_help = "No file is written over.\n\nExamples:\n  chancery init             in this folder\n  chancery init my-site     in a new one\n  chancery init --from-theme    in a site: a copy of the built-in theme to change"
)]
pub struct Init {
    /// Where [default: this folder]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
    /// Copy the built-in theme into themes/default/ as well, to change it there; in a site that is there already, nothing else is written
    #[arg(long)]
    pub from_theme: bool,
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
    /// Numbers in this manifest of a publish count as used
    #[arg(long, value_name = "MANIFEST")]
    pub against: Option<PathBuf>,
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
}
