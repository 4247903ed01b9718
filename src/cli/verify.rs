//! `--verify`: what a build or a preview came to, held against the same site made with nothing remembered.
//!
//! It must not know how either is made.

use std::path::Path;
use std::time::Instant;

use super::error::Error;
use super::invocation::Invocation;
use super::locate::Found;
use super::terminal::{clean_line, count};
use crate::output::{self, Difference};
use crate::pipeline::{BuildOptions, again};
use crate::serve::{self, Shown};
use crate::sources::{Known, Sources};

/// So many files are named.
const NAMED: usize = 10;

/// Holds an output that was just written against a build from nothing, and says by `answer` that they are equal. The sources are read anew, for what is known of them
/// could be wrong too.
///
/// # Errors
/// They are not, or it cannot be told.
pub fn output(
    invocation: &Invocation,
    found: &Found,
    sources: &Sources,
    options: &BuildOptions,
    output: &Path,
    answer: fn(&Invocation, &str),
) -> Result<(), Error> {
    let start = Instant::now();
    let scan = || found.scan(sources.now, &Known::default());
    let expected = again::prints(&scan()?.under(sources.settings.clone()), options);
    let differences = match &expected {
        Ok(expected) => output::differences(&found.state(), output, expected)?,
        Err(_) => Vec::new(),
    };
    let is_equal = differences.is_empty() && expected.is_ok();
    if !is_equal && !scan()?.looks_like(sources) {
        invocation.say("note: the sources changed while the output was verified, so this says nothing; the next build shows\n");
        return Ok(());
    }
    match expected {
        Ok(expected) => equal(invocation, expected.len(), &differences, start, answer),
        Err(problems) => {
            let messages: Vec<&str> = problems.iter().take(NAMED).map(|problem| problem.message.as_str()).collect();
            let message = format!("a build from nothing finds what this one did not: {}", messages.join("; "));
            Err(with_advice(Error::fault(message)))
        }
    }
}

/// Holds what is shown against the same made from nothing, and says that they are equal.
///
/// # Errors
/// They are not.
pub fn preview(invocation: &Invocation, shown: &Shown, options: &BuildOptions) -> Result<(), Error> {
    let start = Instant::now();
    let (count, differences) = serve::differences(shown, options);
    equal(invocation, count, &differences, start, |invocation, text| invocation.answer(text))
}

fn equal(
    invocation: &Invocation,
    files: usize,
    differences: &[(Box<str>, Difference)],
    start: Instant,
    answer: fn(&Invocation, &str),
) -> Result<(), Error> {
    if !differences.is_empty() {
        return Err(with_advice(Error::fault(message(differences))));
    }
    if !invocation.is_quiet() {
        let seconds = start.elapsed().as_secs_f64();
        answer(invocation, &format!("Verified {} in {seconds:.2} s: all are as a build from nothing makes them\n", count(files, "file")));
    }
    Ok(())
}

fn message(differences: &[(Box<str>, Difference)]) -> String {
    let (are, them) = if differences.len() == 1 { ("is", "it") } else { ("are", "them") };
    let mut message = format!("{} {are} not as a build from nothing makes {them}:", count(differences.len(), "file"));
    for (path, difference) in differences.iter().take(NAMED) {
        message.push_str(&format!("\n  {}: {}", clean_line(path), words(*difference)));
    }
    if differences.len() > NAMED {
        message.push_str(&format!("\n  … and {} more", differences.len() - NAMED));
    }
    message
}

fn words(difference: Difference) -> &'static str {
    match difference {
        Difference::Missing => "is missing",
        Difference::Extra => "is not of the site",
        Difference::Bytes => "has other bytes",
        Difference::Record => "is not as it is remembered",
    }
}

fn with_advice(error: Error) -> Error {
    error
        .hint("this is a mistake of the program, unless somebody changed a file and kept its size and time; please report it")
        .hint("`chancery build --force` makes everything again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_files_are_named_and_the_rest_counted() {
        let differences: Vec<(Box<str>, Difference)> = (0..12).map(|number| (format!("f{number:02}").into(), Difference::Bytes)).collect();
        let text = message(&differences);
        assert!(text.starts_with("12 files are not as a build from nothing makes them:\n  f00: has other bytes\n"), "{text}");
        assert!(text.ends_with("\n  f09: has other bytes\n  … and 2 more"), "{text}");
        assert_eq!(message(&differences[..1]), "1 file is not as a build from nothing makes it:\n  f00: has other bytes");
    }
}
