//! Tags of other tools: one message a file, with each kind of them and the places of all, so that they can be mended at once.
//!
//! It must not know what they would do there.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::renderer::Renderer;
use super::super::sentence::cut;
use crate::diagnostic::Diagnostic;

/// So many kinds are shown with their lines, besides the first.
const MOST_KINDS: usize = 5;
/// So many lines are named.
const MOST_LINES: usize = 100;

impl Renderer<'_> {
    /// Tells of the tags at these places.
    pub fn report_foreign(&mut self, tags: &[Range<usize>]) {
        let Some((first, others)) = tags.split_first() else { return };
        let original = self.source.original;
        let mut kinds = BTreeSet::from([kind(&original[first.clone()])]);
        let (shown, rest): (Vec<_>, Vec<_>) =
            others.iter().cloned().partition(|tag| kinds.len() <= MOST_KINDS && kinds.insert(kind(&original[tag.clone()])));
        let message = format!("`{}` is shown as text: it is nothing to this tool", cut(&original[first.clone()], 60));
        let mut problem = Diagnostic::warning("foreign-tag", message);
        if let Some(cause) = tags.iter().find_map(|tag| cause(&original[tag.clone()])) {
            problem = problem.hint(cause);
        }
        problem = problem.hint("shortcodes are called as `{{< name >}}`; other tags are never evaluated");
        if !rest.is_empty() {
            problem = problem.hint(self.lines(&rest));
        }
        for tag in shown {
            let label = format!("so is `{}`", cut(&original[tag.clone()], 60));
            problem = problem.also(self.place(tag), label);
        }
        self.problem(problem, first.clone());
    }

    /// Tells of the attributes of kramdown at these places, which were left out.
    pub fn report_attributes(&mut self, lists: &[Range<usize>]) {
        let Some((first, rest)) = lists.split_first() else { return };
        let written = cut(&self.input.text.get()[self.source.in_file(first.clone())], 60).replace('\n', " ");
        let message = format!("`{written}` tells kramdown how to show something, and is left out");
        let mut problem = Diagnostic::warning("kramdown-attributes", message);
        if !rest.is_empty() {
            problem = problem.hint(self.lines(rest));
        }
        self.problem(
            problem.hint("of a heading the id is kept; what else is to have a class is written in HTML"),
            self.source.first_line(first),
        );
    }

    /// "and 4 more tags in this file: lines 3, 7 and 9".
    fn lines(&self, tags: &[Range<usize>]) -> String {
        let mut lines: Vec<usize> = Vec::new();
        let (mut line, mut from) = (1, 0);
        for tag in tags {
            let at = self.source.in_file(tag.clone()).start;
            line += self.input.text.get()[from..at].matches('\n').count();
            from = at;
            lines.push(line);
        }
        lines.dedup();
        let more = if lines.len() > MOST_LINES { " …" } else { "" };
        let named: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
        let (tag, place) = (if tags.len() == 1 { "tag" } else { "tags" }, if named.len() == 1 { "line" } else { "lines" });
        format!("and {} more {tag} in this file: {place} {}{more}", tags.len(), named.join(", "))
    }
}

/// What tags of one kind have in common: their marks and their first word.
fn kind(tag: &str) -> &str {
    let inner = tag[2..].trim_start_matches(|letter: char| letter.is_whitespace() || "-%<\\/&;".contains(letter));
    let start = tag.len() - inner.len();
    let length = inner.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | '.')).unwrap_or(inner.len());
    // `{{ "/x/" | relative_url }}` is of the kind of what begins with a quotation mark.
    &tag[..start + length.max(inner.chars().next().map_or(0, char::len_utf8))]
}

/// Which program has bent a shortcode into what is none.
fn cause(tag: &str) -> Option<&'static str> {
    if tag.starts_with("{{&lt;") || tag.starts_with("{{&#60;") {
        Some("an editor has written `&lt;` for `<` and `&gt;` for `>`: write the signs themselves")
    } else if tag.starts_with("{{\\<") {
        Some("an editor has put a backslash before `<`: take it out")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{body, reports};

    #[test]
    fn each_kind_of_foreign_tag_is_shown_and_the_others_are_counted() {
        let text = "{% include a.html %} and {{ site.baseurl }}/x\n\n{% include b.html %}\n{{ site.baseurl }}/y\n\n{{ page.title }}\n\n{% include c.html %}\n";
        let problems = body(text).diagnostics;
        let also: Vec<String> = problems[0].also.iter().map(|(place, label)| format!("{}:{} {label}", place.line, place.column)).collect();
        assert_eq!(also, ["1:26 so is `{{ site.baseurl }}`", "6:1 so is `{{ page.title }}`"]);
        assert_eq!(
            reports(text),
            [
                "1:1+20 foreign-tag `{% include a.html %}` is shown as text: it is nothing to this tool | shortcodes are called as `{{< name >}}`; other tags are never evaluated | and 3 more tags in this file: lines 3, 4, 8"
            ]
        );
    }

    #[test]
    fn what_an_editor_has_made_of_a_shortcode_is_said() {
        let cause = |text: &str| body(text).diagnostics[0].hints[0].clone();
        assert_eq!(cause("{{&lt; note &gt;}}\n"), "an editor has written `&lt;` for `<` and `&gt;` for `>`: write the signs themselves");
        assert_eq!(cause("{{\\< figure >}}\n"), "an editor has put a backslash before `<`: take it out");
    }
}
