//! How much may be deleted, and what must be asked before.
//!
//! Pure. It must not know who asks.

use super::plan::Plan;
use super::published::Published;
use super::trouble::Trouble;

/// So many files may be deleted unless `--max-deletes` says otherwise.
pub const MAX_DELETES: usize = 256;
/// From so many published files up, a share of them that is deleted is asked about.
const MANY: usize = 50;
/// In per cent.
const SHARE: usize = 20;

/// What somebody must agree to, as questions. `max_deletes` is what was asked for.
///
/// # Errors
/// More would be deleted than may be.
pub fn questions(plan: &Plan, published: &Published, max_deletes: Option<usize>) -> Result<Vec<String>, Trouble> {
    let (deleted, there) = (plan.deletions().count(), plan.there);
    let limit = max_deletes.unwrap_or(MAX_DELETES);
    if deleted > limit {
        let message = format!("{deleted} of {there} published files would be deleted, and at most {limit} may be; nothing was published");
        let hint = format!("if that is what you want, say `--max-deletes {deleted}`; `--dry-run` shows them");
        return Err(Trouble::place(message).hint(hint));
    }
    let mut questions = Vec::new();
    if there >= MANY && deleted * 100 > SHARE * there {
        questions.push(format!("{deleted} of {there} published files will be deleted"));
    }
    if !published.foreign.is_empty() {
        questions.push(foreign(&published.foreign));
    }
    Ok(questions)
}

fn foreign(found: &[String]) -> String {
    let files = if found.len() == 1 { "1 file".to_string() } else { format!("{} files", found.len()) };
    let mut text = format!("there {} {files} that Chancery has not published:", if found.len() == 1 { "is" } else { "are" });
    found.iter().take(10).for_each(|path| text.push_str(&format!("\n  {path}")));
    if found.len() > 10 {
        text.push_str(&format!("\n  … and {} more", found.len() - 10));
    }
    text.push_str("\nthose that the site has too will be replaced, the others stay");
    text
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Deletion, Phase};
    use super::*;

    fn plan(deleted: usize, there: usize) -> Plan<'static> {
        let deletion = |number: usize| Deletion { phase: Phase::Gone, path: format!("{number}").into(), is_minor: false };
        Plan { delete: (0..deleted).map(deletion).collect(), there, ..Plan::default() }
    }

    fn asked(deleted: usize, there: usize, max_deletes: Option<usize>) -> Option<usize> {
        questions(&plan(deleted, there), &Published::default(), max_deletes).ok().map(|questions| questions.len())
    }

    #[test]
    fn a_fifth_of_many_files_is_asked_about() {
        assert_eq!(asked(10, 50, None), Some(0));
        assert_eq!(asked(11, 50, None), Some(1));
        assert_eq!(asked(49, 49, None), Some(0));
    }

    #[test]
    fn only_the_flag_lifts_the_limit() {
        assert_eq!(asked(256, 100_000, None), Some(0));
        assert_eq!(asked(257, 100_000, None), None);
        assert_eq!(asked(257, 100_000, Some(257)), Some(0));
        assert_eq!(asked(3, 10, Some(2)), None);
    }

    #[test]
    fn what_was_there_before_is_shown() {
        let published = Published { foreign: (0..12).map(|number| format!("f{number}")).collect(), ..Published::default() };
        let asked = questions(&plan(0, 0), &published, None).expect("a question");
        assert!(asked[0].starts_with("there are 12 files") && asked[0].contains("… and 2 more"), "{asked:?}");
    }
}
