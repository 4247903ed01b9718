//! `chancery completions` and `chancery man`: what other programs need to know of the command line.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Cli, Completions};
use super::error::{Error, Status};
use super::invocation::Invocation;

/// Prints completions for a shell.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn completions(invocation: &Invocation, args: &Completions) -> Result<Status, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "chancery", &mut script);
    invocation.answer(&String::from_utf8_lossy(&script));
    Ok(Status::Fine)
}

/// Prints the manual page.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn man(invocation: &Invocation) -> Result<Status, Error> {
    let page = page().map_err(|error| Error::trouble(format!("cannot make the page: {error}")))?;
    invocation.answer(&String::from_utf8_lossy(&page));
    Ok(Status::Fine)
}

/// What the definition of the flags does not say.
const LAST_SECTIONS: &str = r".SH ENVIRONMENT
.TP
\fBCHANCERY_ROOT\fR, \fBCHANCERY_CONFIG\fR, \fBCHANCERY_COLOR\fR, \fBCHANCERY_QUIET\fR, \fBCHANCERY_VERBOSE\fR
Stand for the flags of the same names; a flag goes before its variable.
.TP
\fBCHANCERY_A__B\fR
Overrides the setting \fIa.b\fR. What \fB\-\-set\fR says goes before it.
.TP
\fBSOURCE_DATE_EPOCH\fR
Builds as of this number of seconds since 1970, unless \fB\-\-now\fR says otherwise.
.TP
\fBNO_COLOR\fR, \fBCLICOLOR_FORCE\fR, \fBCLICOLOR\fR
Colours never, always, or not even on a terminal (0).
.SH FILES
.TP
\fIsite.toml\fR
The settings. The nearest folder upward that has one is the site.
.TP
\fIcontent/\fR, \fIstatic/\fR, \fItemplates/\fR, \fIthemes/\fR, \fIarchetypes/\fR
What the site is made from.
.TP
\fIpublic/\fR, \fI.chancery/\fR
The output, and what is remembered of it.
.SH EXIT STATUS
.TP
\fB0\fR
All is fine.
.TP
\fB1\fR
The content or a template has errors, and nothing was written.
.TP
\fB2\fR
The call or the settings are wrong.
.TP
\fB3\fR
Reading, writing or the network failed.
.TP
\fB4\fR
The program made a mistake: \fB\-\-verify\fR found a difference.
.TP
\fB130\fR
The run was broken off with Ctrl\-C.
";

/// One page for the program and all its subcommands.
fn page() -> io::Result<Vec<u8>> {
    let mut program = Cli::command();
    program.build();
    let common: Vec<_> = program.get_arguments().map(|arg| arg.get_id().clone()).collect();
    let mut page = Vec::new();
    let man = Man::new(program.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        // The flags of every command have been described once.
        let brief = command.clone().mut_args(|arg| if common.contains(arg.get_id()) { arg.hide(true) } else { arg });
        page.extend(subcommand(&brief)?);
    }
    page.extend(LAST_SECTIONS.as_bytes());
    Ok(page)
}

/// One subcommand as a subsection: what it is for, how it is called, its own flags.
fn subcommand(command: &clap::Command) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    writeln!(text, ".SS \"chancery {}\"", command.get_name())?;
    writeln!(text, "{}.\n.PP", command.get_about().map(ToString::to_string).unwrap_or_default())?;
    let man = Man::new(command.clone());
    let mut inner = Vec::new();
    man.render_synopsis_section(&mut inner)?;
    man.render_options_section(&mut inner)?;
    for line in String::from_utf8_lossy(&inner).lines().filter(|line| !line.starts_with(".SH ")) {
        writeln!(text, "{line}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn the_manual_knows_every_subcommand_and_flag() {
        let text = String::from_utf8(page().unwrap()).unwrap();
        assert!(text.contains(".TH chancery") && text.contains(".SH COMMANDS") && text.contains(".SH EXIT STATUS"));
        for command in Cli::command().get_subcommands() {
            assert!(text.contains(&format!(".SS \"chancery {}\"", command.get_name())), "{}", command.get_name());
            for flag in command.get_arguments().filter_map(|arg| arg.get_long()) {
                assert!(text.contains(&format!("\\-\\-{}", flag.replace('-', "\\-"))), "{flag}");
            }
        }
    }

    #[test]
    fn every_shell_completes_every_subcommand() {
        for shell in clap_complete::Shell::value_variants() {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "chancery", &mut script);
            let script = String::from_utf8(script).unwrap();
            for word in ["init", "completions", "relative-urls", "scheduled"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }
}
