//! How much may be deleted, and what must be asked before.
//!
//! Pure. It must not know who asks.

use super::PublishOptions;
use super::error::Error;
use super::plan::Plan;
use super::published::Published;

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
pub fn questions(plan: &Plan, published: &Published, options: &PublishOptions) -> Result<Vec<String>, Error> {
    let mut questions = numbers(plan, options.max_deletes)?;
    questions.extend(another(published, options.base_url, options.target.previews));
    if !published.foreign.is_empty() {
        questions.push(foreign(&published.foreign, options.is_hidden));
    }
    Ok(questions)
}

fn numbers(plan: &Plan, max_deletes: Option<usize>) -> Result<Vec<String>, Error> {
    let (deleted, there) = (plan.deletions().count(), plan.there);
    let limit = max_deletes.unwrap_or(MAX_DELETES);
    if deleted > limit {
        let message = format!("{deleted} of {there} published files would be deleted, and at most {limit} may be; nothing was published");
        let hint = format!("if that is what you want, say `--max-deletes {deleted}`; `--dry-run -v` names them");
        return Err(Error::place(message).hint(hint));
    }
    let is_much = there >= MANY && deleted * 100 > SHARE * there;
    Ok(is_much.then(|| format!("{deleted} of {there} published files will be deleted")).into_iter().collect())
}

/// What is there is perhaps another site, or not for the same readers.
fn another(published: &Published, base_url: &str, is_preview: bool) -> Option<String> {
    if published.is_empty() {
        return None;
    }
    if is_preview && !published.is_preview && !published.base_url.is_empty() {
        return Some("what is published there is no preview, and its readers will see one".into());
    }
    let is_other = !published.base_url.is_empty() && published.base_url != base_url;
    is_other.then(|| format!("what is published there is `{}`, and will be replaced by `{base_url}`", published.base_url))
}

/// What lies where a new file of the site will go.
pub fn strangers(found: &[String]) -> Option<String> {
    let first = found.first()?;
    let files = if found.len() == 1 { format!("`{first}`") } else { format!("`{first}` and {} others", found.len() - 1) };
    Some(format!("Chancery has not published {files}, and the site's own will replace what is there"))
}

fn foreign(found: &[String], is_hidden: &dyn Fn(&str) -> bool) -> String {
    let files = if found.len() == 1 { "1 file".to_string() } else { format!("{} files", found.len()) };
    let mut text = format!("there {} {files} that Chancery has not published:", if found.len() == 1 { "is" } else { "are" });
    found.iter().take(10).for_each(|path| text.push_str(&format!("\n  {path}")));
    if found.len() > 10 {
        text.push_str(&format!("\n  … and {} more", found.len() - 10));
    }
    text.push_str("\nthose that the site has too will be replaced, the others stay");
    let hidden: Vec<&String> = found.iter().filter(|path| is_hidden(path)).collect();
    if let Some(first) = hidden.first() {
        text.push_str(&format!("\n{} of them are of pages that are hidden now, such as `{first}`: delete them yourself", hidden.len()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Deletion, Phase, Weight};
    use super::*;

    fn plan(deleted: usize, there: usize) -> Plan<'static> {
        let deletion = |number: usize| Deletion { phase: Phase::Gone, path: format!("{number}").into(), weight: Weight::Counts };
        Plan { delete: (0..deleted).map(deletion).collect(), there, ..Plan::default() }
    }

    fn asked(deleted: usize, there: usize, max_deletes: Option<usize>) -> Option<usize> {
        numbers(&plan(deleted, there), max_deletes).ok().map(|questions| questions.len())
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
        let found: Vec<String> = (0..12).map(|number| format!("f{number}")).collect();
        let asked = foreign(&found, &|path| path == "f3");
        assert!(asked.starts_with("there are 12 files") && asked.contains("… and 2 more"), "{asked}");
        assert!(asked.contains("1 of them are of pages that are hidden now, such as `f3`"), "{asked}");
    }

    #[test]
    fn another_site_or_a_preview_is_asked_about() {
        let files = [("index.html".into(), Default::default())].into();
        let published = Published { base_url: "https://a.example.org/".into(), files, ..Published::default() };
        assert_eq!(another(&published, "https://a.example.org/", false), None);
        assert!(another(&published, "https://b.example.org/", false).is_some_and(|asked| asked.contains("`https://a.example.org/`")));
        assert!(another(&published, "https://a.example.org/", true).is_some_and(|asked| asked.contains("no preview")));
        assert_eq!(another(&Published::default(), "https://b.example.org/", true), None);
    }
}
