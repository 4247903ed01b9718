//! The syntax of shortcodes: `{{< name key="value" positional >}}` and `{{< /name >}}`, as Hugo has it (<https://gohugo.io/content-management/shortcodes/>).
//!
//! It must not know which shortcodes there are.

use std::borrow::Cow;
use std::ops::Range;

/// One shortcode tag in a text.
#[derive(Debug, PartialEq)]
pub struct Call<'t> {
    pub range: Range<usize>,
    pub kind: Kind<'t>,
    /// The index of the tag that belongs to it, if it opens or closes a body.
    pub partner: Option<usize>,
}

/// What a tag does.
#[derive(Debug, PartialEq)]
pub enum Kind<'t> {
    /// `{{< name … >}}`, or `{{< name … />}}` which has no body.
    Open { name: &'t str, arguments: Vec<Argument<'t>>, is_closed: bool },
    /// `{{< /name >}}`.
    Close { name: &'t str },
    /// `{{</* … */>}}`: what is shown of it.
    Escaped { shown: String },
}

/// An argument, as it was written.
#[derive(Debug, PartialEq)]
pub struct Argument<'t> {
    /// Nothing for a positional one.
    pub name: Option<&'t str>,
    pub value: Cow<'t, str>,
    pub is_quoted: bool,
    pub range: Range<usize>,
}

/// What is wrong with a tag, where, and what to do.
#[derive(Debug, PartialEq)]
pub struct Malformed<'t> {
    pub name: &'t str,
    pub message: String,
    pub range: Range<usize>,
    pub hint: &'static str,
}

/// A tag is no longer than this, so that one without an end costs little.
const LONGEST: usize = 16 * 1024;

/// Reads the tag that begins at `at` with `{{<` or `{{%`. `None` if it is no shortcode but text.
pub fn read(text: &str, at: usize) -> Result<Option<Call<'_>>, Malformed<'_>> {
    let is_text = |kind: &Kind| matches!(kind, Kind::Open { name, .. } | Kind::Close { name } if !EITHER_WAY.contains(name));
    match read_any(text, at) {
        Ok(Some(call)) if text[at..].starts_with("{{%") && is_text(&call.kind) => Ok(None),
        Err(malformed) if text[at..].starts_with("{{%") && !EITHER_WAY.contains(&malformed.name) => Ok(None),
        read => read,
    }
}

/// Reads a tag as Hugo does, which knows all shortcodes in both forms.
///
/// # Errors
/// It has no end.
pub fn read_any(text: &str, at: usize) -> Result<Option<Call<'_>>, Malformed<'_>> {
    if let Some(escaped) = escaped(text, at) {
        return Ok(Some(escaped));
    }
    let is_angled = text[at..].starts_with("{{<");
    let close = if is_angled { [">}}", "/>}}"] } else { ["%}}", "/%}}"] };
    let mut reader = Reader { text, at: at + 3, end: text.floor_char_boundary(at + LONGEST), close };
    reader.space();
    let closes = reader.eat("/");
    reader.space();
    let name = reader.word(|letter| letter.is_alphanumeric() || "_-./".contains(letter));
    let name = name.strip_suffix('/').inspect(|_| reader.at -= 1).unwrap_or(name);
    if name.is_empty() {
        return Ok(None);
    }
    let mut arguments = Vec::new();
    let is_closed = loop {
        reader.space();
        if reader.eat(close[0]) {
            break false;
        }
        if reader.eat(close[1]) {
            break true;
        }
        match reader.argument() {
            Ok(Some(argument)) => arguments.push(argument),
            Ok(None) => {
                let message = format!("the shortcode `{name}` has no end: `{}` is missing", close[0]);
                let hint = if has_quoted_end(&text[at + 3..]) { QUOTED_END } else { ESCAPE };
                return Err(Malformed { name, message, range: at..reader.at.min(at + 3 + name.len() + 1), hint });
            }
            Err(from) => {
                let message = format!("a quotation mark in the shortcode `{name}` is never closed");
                return Err(Malformed { name, message, range: from..from + 1, hint: ESCAPE });
            }
        }
    };
    let kind = if closes { Kind::Close { name } } else { Kind::Open { name, arguments, is_closed } };
    Ok(Some(Call { range: at..reader.at, kind, partner: None }))
}

/// What makes an address, or takes code, makes the same in `{{% … %}}`, whose result Hugo reads as Markdown. All others of that form are text.
const EITHER_WAY: [&str; 3] = ["highlight", "ref", "relref"];

const ESCAPE: &str = "write `{{</* name */>}}` to show a shortcode instead of calling it";
const QUOTED_END: &str = "a formatter has made a quotation of the line `>}}`: put `>}}` behind the last value, on its line";

/// True if a line that is only `> }}` stands before the next tag: what formatters make of `>}}` on a line of its own.
fn has_quoted_end(text: &str) -> bool {
    let before = text.find("{{").map_or(text, |next| &text[..next]);
    before
        .lines()
        .take(MOST_LINES)
        .any(|line| line.trim().strip_prefix('>').is_some_and(|rest| rest.starts_with(' ') && rest.trim() == "}}"))
}

/// A call has fewer lines.
const MOST_LINES: usize = 100;

/// `{{</* … */>}}` and `{{%/* … */%}}`.
fn escaped(text: &str, at: usize) -> Option<Call<'_>> {
    let end = text.floor_char_boundary(at + LONGEST);
    for (open, close, [begin, finish]) in [("{{</*", "*/>}}", ["{{<", ">}}"]), ("{{%/*", "*/%}}", ["{{%", "%}}"])] {
        let Some(rest) = text[at..end].strip_prefix(open) else { continue };
        let rest = &rest[..rest.find("{{").unwrap_or(rest.len())];
        let length = rest.find(close)?;
        let shown = format!("{begin}{}{finish}", &rest[..length]);
        let range = at..at + open.len() + length + close.len();
        return Some(Call { range, kind: Kind::Escaped { shown }, partner: None });
    }
    None
}

/// Code with its escaped shortcodes as they are shown; all others are text in code.
pub fn shown_in_code(code: &str) -> Cow<'_, str> {
    if !code.contains("{{</*") && !code.contains("{{%/*") {
        return Cow::Borrowed(code);
    }
    let mut shown = String::with_capacity(code.len());
    let mut from = 0;
    for (at, _) in code.match_indices("{{") {
        if let Some(Call { range, kind: Kind::Escaped { shown: plain }, .. }) = escaped(code, at).filter(|_| at >= from) {
            shown.push_str(&code[from..at]);
            shown.push_str(&plain);
            from = range.end;
        }
    }
    shown.push_str(&code[from..]);
    Cow::Owned(shown)
}

/// The names of the shortcodes that a text calls, sorted, found without parsing it: what the body's key needs to cover (too many rather than too few).
pub fn shortcode_names<'t>(text: &'t str) -> Vec<&'t str> {
    // Most texts have no brace at all.
    if !memchr::memchr(b'{', text.as_bytes()).is_some_and(|first| ["{{<", "{{%"].iter().any(|open| text[first..].contains(open))) {
        return Vec::new();
    }
    let name_of = |rest: &'t str| -> &'t str {
        let rest = rest.trim_start();
        &rest[..rest.find(|letter: char| !letter.is_alphanumeric() && !"_-.".contains(letter)).unwrap_or(rest.len())]
    };
    let mut names: Vec<&str> = text.split("{{<").skip(1).map(name_of).filter(|name| !name.is_empty()).collect();
    names.extend(text.split("{{%").skip(1).map(name_of).filter(|name| EITHER_WAY.contains(name)));
    names.sort_unstable();
    names.dedup();
    names
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    /// What ends the tag, and what ends one that closes itself.
    close: [&'static str; 2],
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at.min(self.end)..self.end]
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let word = &rest[..rest.find(|letter| !belongs(letter)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Spaces and line ends; a call in a quotation goes on behind the `>` of its lines.
    fn space(&mut self) {
        loop {
            let space = self.word(char::is_whitespace);
            if !space.contains('\n') || self.rest().starts_with(self.close[0]) || !self.eat(">") {
                return;
            }
        }
    }

    /// The next argument; `None` at the end of what can be read. The error is the place of a quotation mark that is never closed.
    fn argument(&mut self) -> Result<Option<Argument<'t>>, usize> {
        let start = self.at;
        let name = self.word(|letter| letter.is_alphanumeric() || "_-".contains(letter));
        let name = if !name.is_empty() && self.eat("=") { Some(name) } else { None };
        if name.is_none() {
            self.at = start;
        }
        let value_start = self.at;
        let rest = self.rest();
        let (value, is_quoted) = match rest.chars().next() {
            Some(quote @ ('"' | '\'' | '`')) => (self.quoted(quote).ok_or(value_start)?, true),
            _ => {
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let length = rest[..length].find(self.close[1]).or_else(|| rest[..length].find(self.close[0])).unwrap_or(length);
                let word = &rest[..length];
                if word.is_empty() || word.contains("{{") {
                    return Ok(None);
                }
                self.at += length;
                (Cow::Borrowed(word), false)
            }
        };
        Ok(Some(Argument { name, value, is_quoted, range: start..self.at }))
    }

    /// A value in quotation marks, with `\"` for the mark itself; between backquotes everything is as it is written.
    fn quoted(&mut self, quote: char) -> Option<Cow<'t, str>> {
        let rest = &self.rest()[1..];
        let mut escapes = false;
        let mut letters = rest.char_indices();
        while let Some((at, letter)) = letters.next() {
            if letter == '\\' && quote != '`' {
                escapes = true;
                letters.next();
            } else if letter == quote {
                self.at += at + 2;
                let value = &rest[..at];
                let plain = || value.replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\");
                return Some(if escapes { Cow::Owned(plain()) } else { Cow::Borrowed(value) });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Vec<(Option<&str>, String, bool)> {
        let Ok(Some(Call { kind: Kind::Open { arguments, .. }, .. })) = read(text, 0) else { panic!("no call: {text}") };
        arguments.into_iter().map(|argument| (argument.name, argument.value.into_owned(), argument.is_quoted)).collect()
    }

    #[test]
    fn arguments_are_named_or_positional_and_may_take_several_lines() {
        let text = "{{< figure\n  src=\"a \\\"b\\\".svg\"\n  `raw \\`\n width=5 bare >}}";
        let wanted = [(Some("src"), "a \"b\".svg", true), (None, "raw \\", true), (Some("width"), "5", false), (None, "bare", false)];
        assert_eq!(arguments(text), wanted.map(|(name, value, is_quoted)| (name, value.to_string(), is_quoted)));
    }

    #[test]
    fn a_tag_may_close_itself_or_another() {
        assert!(matches!(read("{{< x />}}", 0), Ok(Some(Call { kind: Kind::Open { name: "x", is_closed: true, .. }, .. }))));
        assert!(matches!(read("{{</x>}}", 0), Ok(Some(Call { kind: Kind::Close { name: "x" }, .. }))));
    }

    #[test]
    fn a_tag_without_an_end_is_told() {
        assert!(read("{{< x a=\"b >}}", 0).is_err());
        assert!(read("{{< x a {{< y >}}", 0).is_err());
        assert_eq!(read("{{< \" >}}", 0), Ok(None));
    }

    #[test]
    fn an_end_that_a_formatter_made_a_quotation_of_is_told_as_such() {
        let hint = |text: &str| read(text, 0).expect_err("a tag without an end").hint;
        assert_eq!(hint("{{< note\nkind=\"tip\"\n\n> }}\n\nText\n\n{{< /note >}}\n"), QUOTED_END);
        assert_eq!(hint("{{< note\n\nText\n\n{{< /note\n\n> }}"), ESCAPE);
    }

    #[test]
    fn what_makes_an_address_may_stand_between_signs_of_percent() {
        assert_eq!(shortcode_names("{{% ref `a b` %}} {{% other %}}"), ["ref"]);
        assert!(matches!(read("{{% relref x.md %}}", 0), Ok(Some(Call { kind: Kind::Open { name: "relref", .. }, .. }))));
        assert_eq!(read("{{% other %}}", 0), Ok(None));
    }

    #[test]
    fn names_are_found_in_any_text() {
        assert_eq!(shortcode_names("{{< b >}}x{{</b>}} `{{<a x>}}` {{< b >}}"), ["a", "b"]);
    }

    #[test]
    fn escaped_tags_are_shown_plain() {
        assert_eq!(shown_in_code("a {{</* x */>}} {{%/* y */%}} {{< z >}}"), "a {{< x >}} {{% y %}} {{< z >}}");
    }
}
