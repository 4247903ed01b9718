//! The prepass: what is not Markdown in the text of a page is found before a parser sees it.
//!
//! Comments, shortcodes, abbreviations and the tags of other tools are replaced by as many bytes that Markdown passes over, so that every place stays
//! true. It must not know what shortcodes make.

pub mod comments;
mod fill;
pub mod highlights;
pub mod jekyll;
mod outline;
pub mod tags;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;
use pulldown_cmark::Options;

use super::shortcode::call::{Call, Kind, Malformed};
use super::source::{Source, TextOrigin};

use fill::{Filling, fill};
use outline::may_have_first_level;

/// What is in a text besides Markdown.
#[derive(Debug, Default)]
pub struct Prepass<'t> {
    /// The text as Markdown sees it; of the same length as the original.
    pub text: Cow<'t, str>,
    /// Shortcodes outside code, in the order of the text.
    pub calls: Vec<Call<'t>>,
    pub malformed: Vec<Malformed<'t>>,
    /// Name and meaning.
    pub abbreviations: Vec<(&'t str, Cow<'t, str>)>,
    /// The tags of other tools outside code.
    pub foreign: Vec<Range<usize>>,
    /// How far the ends of foreign tags, `%}` and `}}`, have been looked for.
    searched: [usize; 2],
    /// True if the first heading is the title of the page, and so no part of the body.
    pub begins_with_title: bool,
    /// True if the body has headings of the first level.
    pub has_first_level: bool,
}

/// Which heading is the title of the page.
#[derive(Debug, Clone, Copy)]
pub enum Title<'a> {
    /// The first one.
    FirstHeading,
    /// None, but a text may begin with the title that front matter gives.
    Known(&'a str),
}

/// Looks through the Markdown `text`, in which comments have left `fillings`. Most pages hold nothing of all this, and cost only a few searches.
pub fn look<'t>(text: &'t str, fillings: &'t [Range<usize>], title: Title, options: Options) -> Prepass<'t> {
    let has_tags = memchr(b'{', text.as_bytes()).is_some() && (text.contains("{{") || text.contains("{%"));
    let has_abbreviations = text.contains("*[");
    let mut found = Prepass { text: Cow::Borrowed(text), begins_with_title: matches!(title, Title::FirstHeading), ..Prepass::default() };
    if !has_tags && !has_abbreviations && !may_have_first_level(text) {
        return found;
    }
    let code = found.outline(text, title, options);
    let mut holes: Vec<(Range<usize>, Filling)> = Vec::new();
    if has_abbreviations {
        found.find_abbreviations(text, &code, &mut holes);
    }
    if has_tags {
        found.find_tags(text, &code);
        found.pair();
        found.place(text, &mut holes);
    }
    found.forget(&Source { text, original: text, origin: TextOrigin::Body(0), fillings });
    found.text = fill(text, holes);
    found
}

/// What a text has for other tools.
#[derive(Debug, Default)]
pub struct Unread {
    /// Tags, which are shown as text.
    pub tags: Vec<Range<usize>>,
    /// Attributes of kramdown, which are left out.
    pub attributes: Vec<Range<usize>>,
}

/// What in a text is for other tools, outside of code.
pub fn unread(text: &str) -> Unread {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST;
    let jekyll = jekyll::read(text, options);
    let mut tags = look(&jekyll.text, &[], Title::Known(""), options).foreign;
    tags.retain(|tag| within(&jekyll.raw, tag.start).is_none());
    Unread { tags, attributes: jekyll.attributes }
}

impl<'t> Prepass<'t> {
    /// Lines such as `*[NATO]: North Atlantic Treaty Organization` (<https://michelf.ca/projects/php-markdown/extra/#abbr>).
    fn find_abbreviations(&mut self, text: &'t str, code: &[Range<usize>], holes: &mut Vec<(Range<usize>, Filling)>) {
        for (at, _) in text.match_indices("*[") {
            let line_start = at - text.as_bytes()[..at].iter().rev().take(3).take_while(|byte| **byte == b' ').count();
            if line_start > 0 && text.as_bytes()[line_start - 1] != b'\n' || within(code, at).is_some() {
                continue;
            }
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let Some((name, meaning)) = text[at + 2..end].split_once("]:") else { continue };
            let (name, meaning) = (name.trim(), meaning.trim());
            if !name.is_empty() && !meaning.is_empty() && !name.contains(']') {
                self.abbreviations.push((name, Cow::Borrowed(meaning)));
                holes.push((line_start..end - usize::from(text[..end].ends_with('\r')), Filling::Blank));
            }
        }
    }

    /// Takes out of meanings and of the values of arguments what stands in place of comments.
    fn forget(&mut self, source: &Source<'t>) {
        for (_, meaning) in &mut self.abbreviations {
            if let Cow::Borrowed(written) = *meaning
                && let Some(start) = source.offset(written)
            {
                *meaning = source.spoken(written, &(start..start + written.len()));
            }
        }
        let arguments = self.calls.iter_mut().filter_map(|call| match &mut call.kind {
            Kind::Open { arguments, .. } => Some(arguments),
            _ => None,
        });
        for argument in arguments.flatten() {
            if let Some(kept) = source.uncommented(&argument.value, &argument.range) {
                argument.value = kept.into();
            }
        }
    }
}

/// The range that holds the byte at `at`; ranges are sorted.
pub fn within(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = ranges[..ranges.partition_point(|range| range.start <= at)].last();
    before.filter(|range| at < range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The prepass of a text whose page is called Known.
    fn found(text: &str) -> Prepass<'_> {
        look(text, &[], Title::Known("Known"), Options::empty())
    }

    #[test]
    fn shortcodes_leave_as_many_bytes_behind() {
        let found = found("{{< a\nb >}}\n\nx {{< c >}} y `{{< d >}}`\n");
        assert_eq!(found.text, "<?      ?>\n\nx <i      > y `{{< d >}}`\n".replacen("<?      ?>", "<?       ?>", 1));
        assert_eq!(found.calls.len(), 2);
    }

    #[test]
    fn closing_tags_find_their_openers() {
        let found = found("{{< a >}}{{< b >}}{{< a >}}{{< /a >}}{{< /a >}}{{< /c >}}");
        assert_eq!(found.calls.iter().map(|call| call.partner).collect::<Vec<_>>(), [Some(4), None, Some(3), Some(2), Some(0), None]);
    }

    #[test]
    fn tags_of_other_tools_count_outside_code_only() {
        assert_eq!(found("`{{ a }}` {{% b %}} {% c %}").foreign, [10..19, 20..27]);
        assert!(found("<!-- {{ a }} -->\n\n{{ unclosed").foreign.is_empty());
    }

    #[test]
    fn abbreviations_leave_the_text() {
        let found = found("a\n\n*[AB]: A & B\n*[C]:\n\n    *[D]: code\n");
        assert_eq!(found.abbreviations, [("AB", "A & B".into())]);
        assert!(!found.text.contains("AB") && found.text.contains("*[D]"));
    }

    #[test]
    fn the_title_at_the_head_of_a_text_is_found() {
        assert!(found("# known\n\n## b").begins_with_title);
        assert!(!found("x\n\n# known").begins_with_title);
        assert!(found("# other").has_first_level);
        assert!(!found("# known\n\n## x").has_first_level);
    }
}
