//! What readers see of a Markdown text, without a parser: the rest is made of spaces, so that every word keeps its place.
//!
//! It must not know who may see the text.

use crate::output::audit::words::BREAK;

/// The text with spaces for keys and short values of its front matter, for destinations of links, names of
/// pages, marks of notes and lists and attributes of headings,
/// and with a break where a block begins.
pub fn visible(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let body = front_end(text);
    let (mut at, mut is_after_blank) = (0, false);
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        let start = at + line.len() - words.len();
        if at < body {
            let keep = kept_of_front(line);
            blank(&mut bytes, at, at + keep);
        } else {
            let marker = words.bytes().take_while(u8::is_ascii_digit).count();
            let is_numbered = marker > 0 && words[marker..].starts_with(['.', ')']);
            if is_numbered {
                blank(&mut bytes, start, start + marker);
            }
            let is_row = words.starts_with('|');
            for (cell, _) in words.match_indices('|').filter(|_| is_row) {
                bytes[start + cell] = BREAK;
            }
            if at > 0 && (is_after_blank || is_numbered || words.starts_with(['#', '-', '*', '+', '>', '|', '='])) {
                bytes[at - 1] = BREAK;
            }
        }
        is_after_blank = words.is_empty();
        at += line.len();
    }
    let rest = &text[body..];
    for (start, _) in rest.match_indices("[[") {
        let end = rest[start..].find(['|', ']', '\n']).map_or(rest.len(), |length| start + length);
        blank(&mut bytes, body + start, body + end);
    }
    for (open, close) in [("](", ')'), ("[^", ']'), ("{#", '}'), ("{.", '}')] {
        for (start, _) in rest.match_indices(open) {
            let end = rest[start..].find([close, '\n']).map_or(rest.len(), |length| start + length);
            blank(&mut bytes, body + start, body + end);
        }
    }
    String::from_utf8(bytes).expect("whole characters became spaces")
}

/// Where front matter ends; 0 if there is none.
fn front_end(text: &str) -> usize {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| start.starts_with(fence)) else { return 0 };
    let mut at = text.len() - start.len();
    for (number, line) in start.split_inclusive('\n').enumerate() {
        at += line.len();
        if number > 0 && line.trim_end() == fence {
            return at;
        }
    }
    0
}

/// How many bytes of a line of front matter are no text: its key, or all of it if what it says is short.
fn kept_of_front(line: &str) -> usize {
    let key = line.find([':', '=']).filter(|at| line[..*at].bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_\"'.".contains(&byte)));
    let value = key.map_or(0, |at| at + 1);
    let said = line[value..].trim_start();
    let is_sentence = said.split_whitespace().nth(3).is_some() && !said.starts_with(['[', '{']);
    if is_sentence { value } else { line.trim_end_matches('\n').len() }
}

fn blank(bytes: &mut [u8], start: usize, end: usize) {
    bytes[start..end].fill(b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        visible(text).replace('\u{1}', " / ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn destinations_and_marks_are_not_seen() {
        let text = "## The plan {#plan .x}\n\nSee [the *other* plan](../x/plan-b.md \"title\")[^1], it says.\n";
        assert_eq!(words(text), "## The plan } / See [the *other* plan ) ], it says.");
        assert_eq!(visible(text).len(), text.len());
        assert_eq!(words("a](b"), "a");
        assert_eq!(words("see [[the-plan|words]] and [[the-other#part]]"), "see |words]] and ]]");
    }

    #[test]
    fn blocks_are_parted() {
        let text = "A line\nand one.\n\nText\n1. one\n12) two\n- three\n\n| a | b |\n|---|---|\n";
        assert_eq!(words(text), "A line and one. / Text / . one / ) two / - three / / a / b / / / --- / --- /");
    }

    #[test]
    fn of_front_matter_sentences_are_seen() {
        let text = "---\ntitle: The plan for two ports\ndate: 2026-01-05\ntags: [a b, c d, e f, g h]\nsummary: >-\n  What will be done\n  there\n---\nText: x\n";
        assert_eq!(words(text), "The plan for two ports What will be done Text: x");
        assert_eq!(words("+++\ntitle = \"The plan for two ports\"\n+++\nx"), "\"The plan for two ports\" x");
        assert_eq!(words("--- no front matter"), "--- no front matter");
    }
}
