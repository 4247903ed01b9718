//! `{{< highlight go >}} … {{< /highlight >}}`: Hugo's other way to write a block of code, put into the one that Markdown has.
//!
//! What stands between its tags is code for every look at a text, so this is done before all others. The text keeps its length, and the language its
//! place. It must not know what code becomes.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::tags::is_prefix;
use super::within;
use crate::page::body::shortcode::call::{self, Call, Kind};

/// The name of the shortcode.
pub const NAME: &str = "highlight";

/// A fence is no longer than this: so much room the shortest tag has before its language.
const LONGEST_FENCE: usize = 10;

/// The text with its blocks of code as fences, if a text that calls the shortcode has some that Markdown can hold. All others stay calls.
pub fn as_fences(text: &str, options: Options) -> Cow<'_, str> {
    let mut fenced = Cow::Borrowed(text);
    let mut at = 0;
    // What was code before may be none behind a new fence, so the text is read again.
    while let Some(tags) = next(&fenced, at, options) {
        at = tags.close.end;
        if let Some(changes) = tags.block(&fenced).or_else(|| tags.span(&fenced)) {
            let text = fenced.to_mut();
            for (range, written) in changes {
                text.replace_range(range, &written);
            }
        }
    }
    fenced
}

/// A pair of tags with code between them.
struct Tags<'t> {
    open: Range<usize>,
    close: Range<usize>,
    /// The language that is named, and where it stands.
    language: (&'t str, usize),
}

/// What stands in the place of a range.
type Change = (Range<usize>, String);

/// The first pair behind `from` that stands in no other code.
fn next(text: &str, from: usize, options: Options) -> Option<Tags<'_>> {
    let is_tag = |at: &usize| text[*at..].starts_with("{{<") || text[*at..].starts_with("{{%");
    let tags = |from: usize| text[from..].match_indices("{{").map(move |(at, _)| from + at).filter(is_tag);
    let read = |at: usize| call::read(text, at).ok().flatten();
    let is_open = |call: &Call| matches!(call.kind, Kind::Open { name: NAME, is_closed: false, .. });
    tags(from).any(|at| read(at).is_some_and(|call| is_open(&call))).then_some(())?;
    let code = code(text, options);
    let open = tags(from).filter(|at| within(&code, *at).is_none()).filter_map(read).find(is_open)?;
    let close = tags(open.range.end).filter_map(read).find(|call| matches!(call.kind, Kind::Close { name: NAME }))?;
    let Kind::Open { arguments, .. } = &open.kind else { return None };
    let first = arguments.first().filter(|argument| argument.name.is_none());
    let language = first.map_or(("", open.range.end), |argument| {
        let written = text[argument.range.clone()].trim_matches(['"', '\'', '`']);
        (written, argument.range.start + usize::from(argument.is_quoted))
    });
    Some(Tags { open: open.range, close: close.range, language })
}

/// The places of code in a text.
pub fn code(text: &str, options: Options) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, options).into_offset_iter();
    events.filter_map(|(event, range)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)).then_some(range)).collect()
}

impl Tags<'_> {
    /// The tags as the two lines of a fence, if they stand on lines of their own and the code stays in the block that it is in.
    fn block(&self, text: &str) -> Option<[Change; 2]> {
        let body = &text[self.open.end..self.close.start];
        let (first, lines) = body.split_once('\n')?;
        let prefix = &text[text[..self.open.start].rfind('\n').map_or(0, |end| end + 1)..self.open.start];
        let rest = text[self.close.end..].lines().next().unwrap_or("");
        let last = lines.rsplit('\n').next().unwrap_or(lines);
        let is_inside = |line: &str| line.trim().is_empty() || is_below(line, prefix);
        let fits = first.trim().is_empty() && is_prefix(prefix) && rest.trim().is_empty() && last.trim_matches([' ', '>']).is_empty();
        if !fits || !lines.lines().all(is_inside) || !is_below(last, prefix) || last.len() > prefix.len() + 3 {
            return None;
        }
        let fence = "`".repeat(longest_run(lines).max(2) + 1);
        let (language, place) = self.language;
        if fence.len() > LONGEST_FENCE || language.contains(['`', ' ', '{']) {
            return None;
        }
        let mut begin = format!("{fence:<width$}{language}", width = place - self.open.start);
        begin.extend(std::iter::repeat_n(' ', self.open.len() - begin.len()));
        Some([(self.open.clone(), begin), (self.close.clone(), format!("{fence:<width$}", width = self.close.len()))])
    }

    /// The tags as the ends of code within a line.
    fn span(&self, text: &str) -> Option<[Change; 2]> {
        let body = &text[self.open.end..self.close.start];
        let ends = "`".repeat(self.close.len());
        let is_first = is_prefix(&text[text[..self.open.start].rfind('\n').map_or(0, |end| end + 1)..self.open.start]);
        let indent = self.open.len().checked_sub(ends.len())?;
        // Behind four spaces at its beginning, a line would be code itself.
        if body.contains('\n') || body.trim().is_empty() || longest_run(body) >= ends.len() || is_first && indent > 3 {
            return None;
        }
        Some([(self.open.clone(), format!("{ends:>width$}", width = self.open.len())), (self.close.clone(), ends)])
    }
}

/// Whether a line belongs to what `prefix` begins: as many signs of quotations stand before it, or as many spaces.
fn is_below(line: &str, prefix: &str) -> bool {
    if prefix.contains('>') {
        return line.bytes().take_while(|byte| matches!(byte, b' ' | b'>')).filter(|byte| *byte == b'>').count()
            >= prefix.matches('>').count();
    }
    line.len() - line.trim_start_matches(' ').len() >= prefix.len()
}

/// The length of the longest run of backquotes.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenced(text: &str) -> String {
        let fenced = as_fences(text, Options::ENABLE_TABLES);
        assert_eq!(fenced.len(), text.len());
        fenced.into_owned()
    }

    #[test]
    fn tags_on_lines_of_their_own_become_a_fence_that_no_code_can_end() {
        assert_eq!(fenced("{{< highlight go >}}\n# a\n{{< /highlight >}}\n"), "```           go    \n# a\n```               \n");
        assert_eq!(fenced("{{< highlight go >}}\n```\n{{< /highlight >}}\n"), "````          go    \n```\n````              \n");
        assert_eq!(fenced("{{% highlight \"go\" \"linenos=1\" %}}\n{{% /highlight %}}").trim_end().replace("  ", ""), "```go \n```");
    }

    #[test]
    fn tags_in_a_line_become_the_ends_of_a_span() {
        assert_eq!(fenced("a {{< highlight go >}}b{{< /highlight >}}.").replace("````````````````", "`").replace("``", ""), "a   `b`.");
    }

    #[test]
    fn what_stands_in_code_stays_and_so_does_what_would_leave_its_block() {
        for text in [
            "```\n{{< highlight go >}}\na\n{{< /highlight >}}\n```\n",
            "- {{< highlight go >}}\na\n{{< /highlight >}}\n",
            "{{< highlight go >}}\na\n",
            "{{</* highlight go */>}}\na\n{{</* /highlight */>}}\n",
        ] {
            assert_eq!(fenced(text), text);
        }
        assert!(fenced("- {{< highlight go >}}\n  a\n  {{< /highlight >}}\n").contains("  ```"));
        assert!(fenced("> {{< highlight go >}}\n> a\n> {{< /highlight >}}\n").contains("> ```"));
    }
}
