//! What pages of Jekyll have besides Markdown: addresses that Liquid fills in, its tags `raw` and `comment`, and kramdown's attributes.
//!
//! Addresses are put where they stand, in the way that Markdown writes them; what only says how something is shown becomes a comment, which no reader
//! sees. This is done before all other looks at a text, which keeps its length, so that every place stays true. It must not know where addresses lead.

mod kramdown;
mod liquid;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::Options;

use super::highlights::code;
use super::within;

/// A text as Markdown has it.
#[derive(Debug)]
pub struct Jekyll<'t> {
    /// Of the same length as the original.
    pub text: Cow<'t, str>,
    /// Attributes and options of kramdown that were left out.
    pub attributes: Vec<Range<usize>>,
    /// What stands between `{% raw %}` and `{% endraw %}`, which is text.
    pub raw: Vec<Range<usize>>,
}

/// What stands in the place of a range, in as many bytes.
type Change = (Range<usize>, String);

/// Looks through a Markdown text. Only one with such tags is parsed for it.
pub fn read(text: &str, options: Options) -> Jekyll<'_> {
    let mut found = Jekyll { text: Cow::Borrowed(text), attributes: Vec::new(), raw: Vec::new() };
    if !memchr_iter(b'{', text.as_bytes()).any(|at| is_tag(&text[at..])) {
        return found;
    }
    let code = code(text, options);
    let mut reader = Reader { text, code: &code, changes: Vec::new(), endless: Vec::new(), found: &mut found };
    reader.run();
    let mut changes = reader.changes;
    changes.sort_by_key(|(range, _)| range.start);
    for (range, written) in changes {
        debug_assert_eq!(range.len(), written.len(), "a text keeps its length");
        found.text.to_mut().replace_range(range, &written);
    }
    found
}

/// Whether a tag of Liquid or kramdown begins here, and no shortcode.
fn is_tag(text: &str) -> bool {
    match text.as_bytes() {
        [b'{', b'{', third, ..] => !matches!(third, b'<' | b'%' | b'{'),
        [b'{', b'%' | b':', ..] => true,
        _ => false,
    }
}

/// A reader of one text.
struct Reader<'r, 't> {
    text: &'t str,
    code: &'r [Range<usize>],
    changes: Vec<Change>,
    /// Tags whose end was looked for in vain: none behind the first has one.
    endless: Vec<&'static str>,
    found: &'r mut Jekyll<'t>,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        // Within `raw` Liquid reads nothing.
        let mut raw_end = 0;
        while let Some(next) = memchr::memchr(b'{', self.text.get(at..).unwrap_or_default().as_bytes()) {
            at += next;
            let rest = &self.text[at..];
            if !is_tag(rest) || self.text[..at].ends_with('\\') {
                at += 1;
            } else if let Some(code) = within(self.code, at) {
                at = code.end;
            } else if rest.starts_with("{:") {
                at = self.attributes(at).unwrap_or(at + 1);
            } else if at < raw_end {
                at += 2;
            } else if let Some(body) = self.raw(at) {
                (at, raw_end) = (body.start, body.end);
            } else {
                at = self.comment(at).or_else(|| self.address(at)).unwrap_or(at + 2);
            }
        }
    }

    /// Puts a comment in the place of a range, which no reader sees.
    fn hide(&mut self, range: Range<usize>) {
        let inner = self.text[range.start + 2..range.end - 2].chars();
        let kept = inner.map(|letter| if matches!(letter, '\n' | '\r') { letter.to_string() } else { "x".repeat(letter.len_utf8()) });
        let written = format!("%%{}%%", kept.collect::<String>());
        self.changes.push((range, written));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> String {
        let read = read(text, Options::ENABLE_TABLES);
        assert_eq!(read.text.len(), text.len());
        read.text.into_owned()
    }

    #[test]
    fn what_stands_in_code_and_what_is_no_tag_stays() {
        for text in [
            "`{{ site.baseurl }}/x`",
            "```\n[a]({{ site.baseurl }}/x)\n{: .b}\n```\n",
            "{{< ref \"x\" >}} {{% ref \"y\" %}}",
            "{:?} {:} a{: .b}",
            "\\{% raw %}",
            "{% raw %} without end",
            "{{ site.title }} {% include x.html %}",
            "[a]({{ page.previous.url }})",
            "[a]({{ site.baseurl }}{{ page.url }})",
            "title=\"{{ site.baseurl }}/x\"",
        ] {
            assert_eq!(read_text(text), text);
        }
    }

    #[test]
    fn comments_of_liquid_and_of_kramdown_become_comments() {
        assert_eq!(read_text("a {% comment %}é\nb{% endcomment %} c").replace('x', ""), "a %%\n%% c");
        assert_eq!(read_text("{::comment}\nb\n{:/comment}").replace('x', ""), "%%\n\n%%");
    }

    #[test]
    fn many_tags_without_an_end_are_text() {
        // To look for the end of each anew would take minutes.
        for tag in ["{% raw %}", "{% comment %}", "{::comment}", "{:a}", "({{ site.baseurl }}", "](", "{{ \"", "{% link "] {
            let text = tag.repeat(100_000);
            assert_eq!(read(&text, Options::empty()).text.len(), text.len());
        }
    }

    #[test]
    fn raw_text_is_no_tag() {
        let text = "a {% raw %}{{ b }}{% endraw %} {{ c }}";
        let found = read(text, Options::empty());
        assert_eq!(found.text, "a %%xxxxx%%{{ b }}%%xxxxxxxx%% {{ c }}");
        assert_eq!(found.raw.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), ["{{ b }}"]);
    }
}
