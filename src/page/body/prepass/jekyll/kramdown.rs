//! kramdown's attributes and options (<https://kramdown.gettalong.org/syntax.html#attribute-list-definitions>): a heading keeps its id, all else is left
//! out.
//!
//! It must not know Liquid.

use std::ops::Range;

use super::super::tags::is_prefix;
use super::Reader;

/// No list of attributes is longer.
const LONGEST: usize = 500;

/// Behind these signs ends what a line can give attributes to: links, emphasis, code, tags.
const CLOSERS: [char; 6] = [')', ']', '*', '_', '`', '>'];

impl Reader<'_, '_> {
    /// Takes away what begins with `{:` at `at`: where it ends. `None` if it is text.
    pub(super) fn attributes(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let end = at + rest[..rest.floor_char_boundary(LONGEST)].find(['}', '\n']).filter(|end| rest[*end..].starts_with('}'))? + 1;
        let said = &self.text[at + 2..end - 1];
        if let Some(option) = said.strip_prefix([':', '/']) {
            return self.option(option, at..end);
        }
        let near = self.text.floor_char_boundary(at.saturating_sub(LONGEST));
        // What stands far behind the beginning of its line does not begin it.
        let line = self.text[near..at].rfind('\n').map(|end| near + end + 1).or_else(|| (near == 0).then_some(0));
        let before = &self.text[line.unwrap_or(near)..at];
        let begins = line.is_some() && is_prefix(before);
        let is_alone = begins && self.text[end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        if !is_list(said) || !begins && !before.ends_with(CLOSERS) {
            return None;
        }
        let above = line.and_then(|line| line.checked_sub(1)).map(|end| self.text[..end].rfind('\n').map_or(0, |end| end + 1)..end);
        match above.filter(|_| is_alone) {
            Some(above) if self.is_placeholder(&above, said) => {
                let start = above.end - self.text[above.clone()].trim_start_matches([' ', '>']).len();
                self.left_out(start..end);
            }
            Some(above) if self.names_heading(&above, said, end) => {
                if said.split_whitespace().count() > 1 {
                    self.found.attributes.push(at..end);
                }
            }
            _ => self.left_out(at..end),
        }
        Some(end)
    }

    /// `{::options … /}`, `{::comment}`: an option, or the beginning or end of what has one.
    fn option(&mut self, said: &str, range: Range<usize>) -> Option<usize> {
        let is_name = said.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let is_comment = said.starts_with("comment") && self.text[range.start..].starts_with("{::") && !said.ends_with('/');
        if is_comment && !self.endless.contains(&"{:/") {
            let rest = &self.text[range.end..];
            let Some(close) = rest.find("{:/").and_then(|open| Some(open + rest[open..].find('}')? + 1)) else {
                self.endless.push("{:/");
                return None;
            };
            self.hide(range.start..range.end + close);
            return Some(range.end + close);
        }
        // `{:/}` is the shortest.
        if !is_name && range.len() != "{:/}".len() {
            return None;
        }
        let end = range.end;
        self.left_out(range);
        Some(end)
    }

    fn left_out(&mut self, range: Range<usize>) {
        self.found.attributes.push(range.clone());
        if range.len() > "%%%%".len() {
            self.hide(range);
        } else {
            self.changes.push((range.clone(), " ".repeat(range.len())));
        }
    }

    /// Whether the line above is the item whose place a table of contents takes: `* TOC`.
    fn is_placeholder(&self, above: &Range<usize>, said: &str) -> bool {
        let line = self.text[above.clone()].trim_start_matches([' ', '>']);
        let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_item = line.starts_with(['*', '-', '+']) || number.len() < line.len() && number.starts_with('.');
        is_item && said.split_whitespace().any(|word| word == "toc")
    }

    /// Gives the heading on the line above its id, in the manner that Markdown has. False if it is no heading, or gets none.
    fn names_heading(&mut self, above: &Range<usize>, said: &str, end: usize) -> bool {
        let line = self.text[above.clone()].trim_end();
        let is_heading = line.trim_start_matches('#').starts_with(' ') && line.starts_with('#') && !line.ends_with('}');
        let Some(id) = said.split_whitespace().find_map(|word| word.strip_prefix('#')).filter(|id| is_heading && !id.is_empty()) else {
            return false;
        };
        let range = above.start + line.len()..end;
        let written = format!("{:>width$}", format!("{{#{id}}}"), width = range.len());
        // Signs beyond ASCII are fewer than their bytes.
        let blanks = range.len() - format!("{{#{id}}}").len();
        let written = format!("{}{}", " ".repeat(blanks), written.trim_start());
        self.changes.push((range, written));
        true
    }
}

/// Whether a text is a list of attributes: `.class`, `#id`, `key="value"`, or names of such lists.
fn is_list(said: &str) -> bool {
    let mut quote: Option<char> = None;
    let outside: String = said
        .chars()
        .filter(|letter| {
            let was_open = quote.is_some();
            match quote {
                Some(open) if open == *letter => quote = None,
                None if matches!(letter, '"' | '\'') => quote = Some(*letter),
                _ => {}
            }
            !was_open && quote.is_none()
        })
        .collect();
    let is_name =
        |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':'));
    let is_word = |word: &str| match word.split_once('=') {
        Some((key, _)) => is_name(key),
        None => is_name(word.trim_start_matches(['.', '#'])),
    };
    quote.is_none() && outside.split_whitespace().next().is_some() && outside.split_whitespace().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::super::read;

    /// The text with its comments as `%`, and what was left out.
    fn left_out(text: &str) -> (String, Vec<&str>) {
        let found = read(text, pulldown_cmark::Options::empty());
        let shown = found.text.replace('x', "");
        (shown, found.attributes.iter().map(|range| &text[range.clone()]).collect())
    }

    #[test]
    fn attributes_leave_the_text() {
        assert_eq!(left_out("Said.\n{: .lead}\n"), ("Said.\n%%%%\n".to_string(), vec!["{: .lead}"]));
        assert_eq!(left_out("[a](b){:target=\"_blank\"}.").0, "[a](b)%%%%.");
        assert_eq!(left_out("- {:.a} b").0, "- %%%% b");
        assert_eq!(left_out("* TOC\n{:toc}\n\nSaid").0, "%%\n%%\n\nSaid");
        assert_eq!(left_out("{::options parse_block_html=\"true\" /}").0, "%%%%");
        assert_eq!(left_out("{::nomarkdown}a{:/}").0, "%%%%a    ");
    }

    #[test]
    fn a_heading_keeps_its_id() {
        assert_eq!(left_out("## A é\n{: #b}\nc"), ("## A é   {#b}\nc".to_string(), vec![]));
        assert_eq!(left_out("## A\n{: .no_toc #b}\n").0.replace(' ', ""), "##A{#b}\n");
        assert_eq!(left_out("## A\n{: .no_toc #b}\n").1, ["{: .no_toc #b}"]);
        assert_eq!(left_out("## A\n{: .b}\n").0, "## A\n%%%%\n");
    }

    #[test]
    fn what_is_no_list_of_attributes_is_text() {
        for text in ["{:?}", "a {: .b}", "{: a, b}", "{: .b", "{: \"b}"] {
            assert_eq!(left_out(text), (text.to_string(), vec![]), "{text}");
        }
    }
}
