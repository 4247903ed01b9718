//! What is said and asked before a site is published.

use std::io::{self, IsTerminal, Write};

use crate::cli::args::Publish;
use crate::cli::invocation::Invocation;
use crate::cli::report;
use crate::cli::terminal::{clean, clean_line};
use crate::pipeline::lost::is_continued;
use crate::publish::report::Report;
use crate::publish::{Error, ErrorKind};
use crate::url::address_of;

/// Warns of addresses that were published and will lead nowhere.
///
/// # Errors
/// There are some, and `--strict` insists that there be none.
pub fn guard_addresses(invocation: &Invocation, args: &Publish, report: &Report) -> Result<(), Error> {
    const SHOWN: usize = 10;
    let lost: Vec<&String> = report.lost.iter().filter(|path| !is_continued(path)).collect();
    if lost.is_empty() {
        return Ok(());
    }
    let mut text = format!("{} that {} published will lead nowhere:", addresses(lost.len()), if lost.len() == 1 { "was" } else { "were" });
    lost.iter().take(SHOWN).for_each(|path| text.push_str(&format!("\n  {}", clean_line(&address_of(path)))));
    if lost.len() > SHOWN {
        text.push_str(&format!("\n  … and {} more", lost.len() - SHOWN));
    }
    let hint = "name it in the `aliases` of the page that took its place, and it will lead there";
    if args.making.strict {
        return Err(Error::new(ErrorKind::Site, format!("nothing was published: {text}")).hint(hint));
    }
    invocation.say(&report::text::warning(&text, hint, &invocation.renderer(&invocation.world.terminal.err)));
    Ok(())
}

fn addresses(number: usize) -> String {
    if number == 1 { "1 address".into() } else { format!("{number} addresses") }
}

/// Asks whoever sits at the terminal, unless the flag has said yes.
///
/// # Errors
/// Somebody said no, or nobody can be asked.
pub fn agree(invocation: &Invocation, args: &Publish, question: &str) -> Result<(), Error> {
    if args.yes {
        return Ok(());
    }
    if args.dry_run {
        invocation.say(&format!("note: it would be asked about: {}\n", clean(question)));
        return Ok(());
    }
    let (asked, answers) = (io::stderr(), io::stdin());
    if !asked.is_terminal() || !answers.is_terminal() {
        let message = format!("nothing was published, for nobody could be asked: {}", clean(question));
        return Err(Error::place(message).hint("`--yes` goes on without asking"));
    }
    let mut answer = String::new();
    let spoken = write!(&asked, "{}\nGo on? [y/N] ", clean(question)).and_then(|()| (&asked).flush());
    spoken.and_then(|()| answers.read_line(&mut answer)).map_err(|error| Error::place(format!("cannot ask: {error}")))?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Error::place("nothing was published, for you did not say yes")),
    }
}
