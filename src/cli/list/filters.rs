//! Whose pages a list shows, and what about: the filters, and what is said of one that fits no page at all.
//!
//! It must not know which list is asked for.

use super::rows::Row;
use crate::cli::args::List;
use crate::cli::error::Error;
use crate::config::markings::{Markings, folded};
use crate::diagnostic::nearest;
use crate::url::slugify;

/// So many names are told where none is near.
const TOLD: usize = 8;

/// One filter: the flag, what was asked for, and what each page says.
struct Filter<'a> {
    flag: &'static str,
    /// What a page is said to have.
    noun: &'static str,
    asked: &'a str,
    of: fn(&Row<'a>) -> Vec<&'a str>,
}

/// The filters that are asked for.
fn filters<'a>(args: &'a List) -> impl Iterator<Item = Filter<'a>> {
    type Of<'a> = fn(&Row<'a>) -> Vec<&'a str>;
    let all: [(&str, &str, &Option<String>, Of<'a>); 4] = [
        ("--owner", "owner", &args.owner, |row| vec![row.owner]),
        ("--author", "author", &args.author, |row| row.authors.iter().map(String::as_str).collect()),
        ("--topic", "topic", &args.topic, |row| row.topics.iter().map(String::as_str).collect()),
        ("--type", "type", &args.type_, |row| vec![row.type_]),
    ];
    all.into_iter().filter_map(|(flag, noun, asked, of)| Some(Filter { flag, noun, asked: asked.as_deref()?, of }))
}

/// Whether a page is of the owner, author, topic, type and marking that are asked for.
pub fn passes<'a>(row: &Row<'a>, args: &'a List) -> bool {
    let is_marked = args.marking.as_ref().is_none_or(|asked| folded(row.marking) == folded(asked));
    is_marked && filters(args).all(|filter| (filter.of)(row).iter().any(|said| slugify(said) == slugify(filter.asked)))
}

/// Refuses what no page of the site has: a list of nothing would say that nothing is due.
///
/// # Errors
/// An owner, author, topic, type or marking that is asked for is none of the site.
pub fn refuse_unknown<'a>(rows: &[Row<'a>], args: &'a List, markings: &Markings) -> Result<(), Error> {
    if let Some(asked) = args.marking.iter().chain(&args.markings).find(|asked| markings.rank(asked).is_none()) {
        return Err(Error::usage(format!("there is no marking `{asked}`")).hint(markings.hint(asked)));
    }
    for Filter { flag, noun, asked, of } in filters(args) {
        let mut known: Vec<&str> = rows.iter().flat_map(of).filter(|said| !said.is_empty()).collect();
        if known.iter().any(|said| slugify(said) == slugify(asked)) {
            continue;
        }
        known.sort_unstable();
        known.dedup();
        let hint = match (nearest(asked, known.iter().copied()), known.as_slice()) {
            (Some(near), _) => format!("did you mean `{flag} \"{near}\"`?"),
            (None, []) => format!("no page of the site says its {noun}"),
            (None, known) => {
                let told = known.iter().take(TOLD).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let more = known.len().saturating_sub(TOLD);
                format!("pages have {told}{}", if more > 0 { format!(", and {more} more") } else { String::new() })
            }
        };
        return Err(Error::usage(format!("no page has the {noun} `{asked}`")).hint(hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};

    /// What is said of a list with these flags on a site of two pages.
    fn refused(flags: &[&str]) -> Option<String> {
        let cli = Cli::parse_from(["chancery", "list"].iter().chain(flags));
        let Some(Command::List(args)) = cli.command else { panic!("not a list") };
        let topics = ["Gas".to_string()];
        let rows = [Row { owner: "Energy desk", type_: "study", topics: &topics, ..Row::default() }, Row::default()];
        let told = refuse_unknown(&rows, &args, &Markings::default()).err()?;
        Some(format!("{} {}", told.message, told.hints.join(" ")))
    }

    #[test]
    fn what_no_page_has_is_told_with_the_nearest() {
        assert_eq!(refused(&["--owner", "energy DESK", "--topic", "gas"]), None);
        assert_eq!(
            refused(&["--owner", "Enrgy desk"]).as_deref(),
            Some("no page has the owner `Enrgy desk` did you mean `--owner \"Energy desk\"`?")
        );
        assert_eq!(refused(&["--owner", "nobody"]).as_deref(), Some("no page has the owner `nobody` pages have `Energy desk`"));
        assert_eq!(refused(&["--author", "Ann"]).as_deref(), Some("no page has the author `Ann` no page of the site says its author"));
        assert!(refused(&["--marking", "secret"]).is_some_and(|said| said.contains("[markings] order")));
    }
}
