//! The flags of every command.
//!
//! They stand both before and after the subcommand; `Common::or` joins the two, because clap's own `global` forgets the earlier
//! values of a repeated flag. It must not know what any of them does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What every command takes, before or after its name.
// The texts are what people read as help, and brackets in them name variables, not items.
#[allow(rustdoc::broken_intra_doc_links)]
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Flags of every command")]
pub struct Common {
    /// The folder of the site [CHANCERY_ROOT]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// The settings, instead of site.toml [CHANCERY_CONFIG]
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Override a setting [CHANCERY_LINKS__INTERNAL=warn]
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting)]
    pub set: Vec<Setting>,
    /// auto, always or never [CHANCERY_COLOR, NO_COLOR]
    #[arg(long, alias = "colour", value_name = "WHEN", hide_possible_values = true)]
    pub color: Option<When>,
    /// Say nothing but errors [CHANCERY_QUIET]
    #[arg(short, long, overrides_with = "quiet")]
    pub quiet: bool,
    /// Say more [CHANCERY_VERBOSE]
    #[arg(short, long, overrides_with = "verbose")]
    pub verbose: bool,
}

impl Common {
    /// These flags, and those of `outer` where these do not say; repeated ones are joined, the outer first.
    pub fn or(self, outer: Common) -> Common {
        Common {
            root: self.root.or(outer.root),
            config: self.config.or(outer.config),
            set: outer.set.into_iter().chain(self.set).collect(),
            color: self.color.or(outer.color),
            quiet: self.quiet || outer.quiet,
            verbose: self.verbose || outer.verbose,
        }
    }
}

/// One `--set KEY=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The name with its tables: `links.internal`.
    pub key: String,
    /// What stands behind the `=`, letter by letter.
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

fn setting(text: &str) -> Result<Setting, String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok(Setting { key: key.trim().into(), value: value.into() }),
        _ => Err("write a key, `=` and a value, such as `links.internal=warn`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_cut_at_its_first_equals_sign() {
        assert_eq!(setting("a.b=c=d"), Ok(Setting { key: "a.b".into(), value: "c=d".into() }));
        assert!(setting("a.b").is_err() && setting("=c").is_err());
    }
}
