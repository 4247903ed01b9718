//! `chancery explain`: what a code of a message means, what templates may use, and what a file of the site is made of.
//!
//! Owns codes and parts; templates have a file of their own. A word with a dot or a slash in it, or at which there is a file, is no code but a file.

mod file;
mod named;
mod source;
pub mod template;

use super::args::Explain;
use super::error::{Error, Status};
use super::invocation::Invocation;
use crate::diagnostic::nearest;
use crate::lint::{RULES, Rule};
use crate::view::PARTS;

/// Explains what is asked for: a code, a file, or a table of either.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Explain) -> Result<Status, Error> {
    if let Some(name) = args.name.as_deref().filter(|_| args.what != "template") {
        return Err(Error::usage(format!("`{name}` is one word too many: only `template` takes a name")));
    }
    if is_file(invocation, &args.what) {
        return file::run(invocation, args);
    }
    let text = match args.what.as_str() {
        "parts" => PARTS.iter().flat_map(|parts| parts.iter()).map(|part| entry(part.name, part.doc)).collect(),
        "codes" => RULES.iter().map(|rule| entry(rule.code, rule.doc)).collect(),
        "template" => template::explain(args.name.as_deref())?,
        code => explain(RULES, code)?,
    };
    invocation.answer(&text);
    Ok(Status::Fine)
}

/// True for what can only be meant for a file or an address. No code has a dot, a slash or a capital letter, or begins with `_`.
fn is_file(invocation: &Invocation, what: &str) -> bool {
    what.contains(['.', '/']) || what.starts_with('_') || invocation.world.folder.join(what).is_file()
}

fn explain(rules: &[Rule], code: &str) -> Result<String, Error> {
    if let Some(rule) = rules.iter().find(|rule| rule.code == code) {
        return Ok(format!("{}\n\n{}\n", rule.code, rule.doc.trim()));
    }
    let error = Error::usage(format!("there is no code `{code}`"));
    let error = match nearest(code, rules.iter().map(|rule| rule.code)) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    };
    Err(error.hint("`chancery explain codes` shows all of them").hint("to ask for a file, write its path, such as `public/index.html`"))
}

/// A name with its text set in below.
fn entry(name: &str, doc: &str) -> String {
    let lines: String = doc.trim().lines().map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") }).collect();
    format!("{name}\n{lines}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: [Rule; 2] = [
        Rule { code: "broken-link", doc: "A link leads nowhere.\n\nMend it.", check: None },
        Rule { code: "no-title", doc: "A page has no title.", check: None },
    ];

    #[test]
    fn a_code_is_explained() {
        assert_eq!(explain(&TWO, "no-title").unwrap(), "no-title\n\nA page has no title.\n");
    }

    #[test]
    fn an_unknown_code_is_answered_with_the_nearest() {
        let error = explain(&TWO, "borken-link").unwrap_err();
        assert_eq!((error.status, error.hints[0].as_str()), (Status::Usage, "did you mean `broken-link`?"));
    }

    #[test]
    fn an_entry_is_set_in() {
        assert_eq!(entry("a", "One.\n\nTwo.\n"), "a\n    One.\n\n    Two.\n\n");
    }
}
