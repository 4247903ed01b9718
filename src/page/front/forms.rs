//! Keys whose texts have a form: numbers of pages, languages, spans of time.
//!
//! They must not know what the numbers of other pages are.

use super::kinds::{Kind, kinds};
use super::node::{Data, Node};
use super::read::Reader;
use crate::diagnostic::Diagnostic;

kinds! {
    /// A number that is never used again.
    Number -> Option<String>, "text", signs = true: |reader, name, node| reader.number(name, node);
    /// The code of a language.
    Language -> Option<String>, "language": |reader, name, node| reader.language(name, node);
    /// A span of time.
    Span -> Option<String>, "span of time": |reader, name, node| reader.span_of_time(name, node);
}

impl Reader<'_, '_> {
    /// The text of a number, which is kept as it is written here; tells of one that other readers of YAML take for something else.
    fn number(&mut self, name: &str, value: &Node) -> Option<String> {
        if let Data::Scalar(text, true) = &value.data
            && is_rewritten(text)
        {
            let message = format!("other programs read `{name}: {text}` as a number, and write another one");
            let problem = Diagnostic::warning("unquoted-number", message);
            let pair = self.problems.syntax.pair(name, &format!("\"{text}\""));
            self.problems.add(value.range.clone(), problem.hint(format!("put it in quotes: `{pair}`")));
        }
        self.text(name, value)
    }

    /// How long the page holds: what cannot be read would never be due.
    fn span_of_time(&mut self, name: &str, value: &Node) -> Option<String> {
        let span = self.text(name, value)?;
        if span.parse::<jiff::Span>().is_ok() {
            return Some(span);
        }
        let message = format!("`{}` is no span of time, so no review is ever due", span.escape_debug());
        let problem = Diagnostic::warning("bad-review-in", message);
        self.problems.add(value.range.clone(), problem.hint("write `6 months`, `1 year` or `90 days`"));
        None
    }

    fn language(&mut self, name: &str, value: &Node) -> Option<String> {
        let code = self.text(name, value)?;
        if is_language(&code) {
            return Some(code);
        }
        let message = format!("`{}` is no code of a language, so that of the site is taken", code.escape_debug());
        let near = code.replace('_', "-");
        let hint = if is_language(&near) { format!("write `{near}`") } else { "write a code such as `fr` or `pt-BR`".into() };
        self.problems.add(value.range.clone(), Diagnostic::warning("bad-lang", message).hint(hint));
        None
    }
}

/// Whether plain YAML is a number that no program writes as it stands: `0123`, `1.10`, `1_000`, `1e3`
/// (<https://yaml.org/type/int.html>, <https://yaml.org/type/float.html>).
fn is_rewritten(text: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = text.len() > 1 && text.starts_with('0') && is_number(text);
    let is_cut = text.split_once('.').is_some_and(|(whole, part)| is_number(whole) && is_number(part) && part.ends_with('0'));
    let is_grouped = text.contains('_') && text.split('_').all(is_number);
    let is_power = text.split_once(['e', 'E']).is_some_and(|(whole, power)| is_number(whole) && is_number(power));
    is_padded || is_cut || is_grouped || is_power
}

/// Whether a text has the form of a language tag: a code of two or three letters, and parts of at most eight letters and digits
/// (<https://www.rfc-editor.org/rfc/rfc5646#section-2.1>).
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let is_code = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|letter| letter.is_ascii_alphabetic());
    parts.next().is_some_and(is_code)
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|letter| letter.is_ascii_alphanumeric()))
}
