//! Front matter that stands where none is read: behind a comment, between other marks than `---`, in JSON, or without its first line.
//!
//! As text it would be published, `status: draft` and all. It must not be taken for it that is none: ordinary text may begin with
//! `Note: …`. It must not know what a key means, but whether it hides its page.

use std::ops::Range;

use super::block::{Syntax, is_blank_mark, lines};
use super::hiding::{hides, meant_to_hide};
use super::keys::{KEYS, Key};
use super::node::Node;
use crate::diagnostic::{Diagnostic, codes};

/// Keys with which front matter begins. Others, such as `type` or `names`, may as well begin a text.
const TELLING: [&str; 12] =
    ["title", "date", "status", "draft", "published", "publish_at", "embargo", "expires", "layout", "tags", "publishDate", "expiryDate"];

/// So many lines are looked at.
const LINES: usize = 60;

/// What looks like front matter at the head of a text that has none: its place and its problem.
pub fn find(text: &str, from: usize) -> Option<(Range<usize>, Diagnostic)> {
    let mut at = from + blank(&text[from..]);
    let mut comment = None;
    while let Some(inside) = text[at..].strip_prefix("<!--") {
        comment = comment.or(Some(at..at + "<!--".len()));
        at += "<!--".len() + inside.find("-->")? + "-->".len();
        at += blank(&text[at..]);
    }
    let rest = &text[at..];
    if is_json(rest) {
        return Some((at..at + 1, json()));
    }
    let first = lines(text, at).next()?;
    let line = text[first.clone()].trim();
    let below = &text[first.end..];
    let place = at..at + line.len();
    let Some(mark) = Mark::from_line(line) else {
        let run = Run::new(rest, false);
        return looks_like(&run).then(|| (place, missing(run.syntax)));
    };
    // A block of code may hold the fences too.
    let fence = lines(text, first.end).next().filter(|fence| matches!(mark, Mark::Code) && Mark::is_dashes(text[fence.clone()].trim()));
    let below = fence.map_or(below, |fence| &text[fence.end..]);
    let run = Run::new(below, true);
    match (mark, comment) {
        (Mark::Code, _) if is_json(below.trim_start()) => Some((place, json())),
        (Mark::Code, _) => (run.hides() || run.is_telling(false)).then(|| (place, code(run.syntax))),
        (Mark::Dashes, Some(comment)) if line == "---" => run.is_known().then(|| (comment, behind_comment())),
        (Mark::Dashes, _) => run.is_known().then(|| (place, between(line, run.syntax))),
    }
}

/// How many bytes of blank space, and of signs that nobody sees, a text begins with.
fn blank(text: &str) -> usize {
    text.find(|letter: char| !is_blank_mark(letter)).unwrap_or(text.len())
}

/// A line that can stand above front matter by mistake.
enum Mark {
    Dashes,
    Code,
}

impl Mark {
    fn is_dashes(line: &str) -> bool {
        matches!(Mark::from_line(line), Some(Mark::Dashes))
    }

    fn from_line(line: &str) -> Option<Mark> {
        let is_dash = |letter: char| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '+');
        let rest = line.trim_start_matches(is_dash);
        let dashes = line[..line.len() - rest.len()].chars().count();
        if dashes > 0 && rest.is_empty() || dashes > 1 {
            return Some(Mark::Dashes);
        }
        let info = line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"))?.trim_matches(['`', '~', ' ', '{', '}', '.']);
        let word = info.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
        matches!(word.as_str(), "" | "yaml" | "yml" | "toml" | "json" | "frontmatter" | "front-matter").then_some(Mark::Code)
    }
}

/// Lines of `key: value`, or of `key = value`, that follow each other.
struct Run<'t> {
    entries: Vec<(&'t str, &'t str)>,
    /// That of the first of them.
    syntax: Syntax,
    /// A line of dashes ends it.
    is_closed: bool,
}

impl<'t> Run<'t> {
    /// The entries at the head of a text. Below a mark blank lines may stand among them, and tables of TOML.
    fn new(text: &'t str, is_marked: bool) -> Run<'t> {
        let mut run = Run { entries: Vec::new(), syntax: Syntax::Yaml, is_closed: false };
        for line in text.lines().take(LINES) {
            let is_table = run.syntax == Syntax::Toml && line.starts_with('[');
            let is_indented = is_table || line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
            if line.trim().is_empty() && is_marked || is_indented && !run.entries.is_empty() {
                continue;
            }
            match entry(line) {
                Some((syntax, name, value)) => {
                    run.syntax = if run.entries.is_empty() { syntax } else { run.syntax };
                    run.entries.push((name, value));
                }
                None => {
                    run.is_closed = matches!(Mark::from_line(line.trim()), Some(Mark::Dashes)) || line.trim() == "...";
                    break;
                }
            }
        }
        run
    }

    fn is_known(&self) -> bool {
        self.hides() || self.entries.iter().any(|(name, _)| Key::named(name).is_some())
    }

    fn hides(&self) -> bool {
        self.entries.iter().any(|(name, value)| hides(name, value) || meant_to_hide(name, &Node::plain(value)).is_some())
    }

    /// Whether one of the keys begins front matter, if need be in just that spelling.
    fn is_telling(&self, exactly: bool) -> bool {
        let is_one = |name: &str| TELLING.iter().any(|known| *known == name || !exactly && known.eq_ignore_ascii_case(name));
        self.entries.iter().any(|(name, _)| is_one(name))
    }
}

/// Without a mark above them, lines must be keys beyond doubt: `Date: 3 May` alone may be text.
fn looks_like(run: &Run) -> bool {
    let known = run.entries.iter().filter(|(name, _)| Key::named(name).is_some()).count();
    run.hides() || run.is_telling(true) || run.is_telling(false) && (run.is_closed || known > 1)
}

/// `key: value`, or `key = value` in TOML.
fn entry(line: &str) -> Option<(Syntax, &str, &str)> {
    let end = line.find([':', '='])?;
    let is_toml = line[end..].starts_with('=');
    let name = line[..end].trim().trim_matches(['"', '\'']);
    let value = &line[end + 1..];
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
    let syntax = if is_toml { Syntax::Toml } else { Syntax::Yaml };
    (is_name && (is_toml || is_apart)).then(|| (syntax, name, value.trim().trim_matches(['"', '\''])))
}

/// Whether a text begins with a map in JSON that has a key of ours.
fn is_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{').map(str::trim_start).filter(|inside| inside.starts_with('"')) else { return false };
    let mut names = KEYS.iter().flat_map(|row| row.names.iter().copied());
    let head: String = inside.lines().take(LINES).flat_map(|line| [line, " "]).collect::<String>().to_ascii_lowercase();
    let is_key = |name: &str| {
        let quoted = format!("\"{}\"", name.to_ascii_lowercase());
        head.match_indices(&quoted).any(|(at, _)| head[at + quoted.len()..].trim_start().starts_with(':'))
    };
    names.any(is_key)
}

fn problem(message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(codes::FRONT_MATTER_NOT_READ, message).hint(hint).hint("until it is read, the page is not public")
}

fn json() -> Diagnostic {
    problem(
        "front matter in JSON is not read".into(),
        "write it as YAML between lines of `---`: `{ \"draft\": true }` becomes `draft: true`",
    )
}

fn missing(syntax: Syntax) -> Diagnostic {
    let fence = syntax.fence();
    let hint = format!("put `{fence}` alone on a line above the first key and below the last; if it is text, begin with a heading");
    problem(format!("this looks like front matter, and no line of `{fence}` stands above it"), &hint)
}

fn code(syntax: Syntax) -> Diagnostic {
    let hint = format!("write `{}` instead of the lines around it; if it is text, begin with a heading", syntax.fence());
    problem("front matter in a block of code is not read".into(), &hint)
}

fn behind_comment() -> Diagnostic {
    problem("front matter behind a comment is not read".into(), "move the comment below the second `---`")
}

fn between(line: &str, syntax: Syntax) -> Diagnostic {
    let mark: String = line.chars().take(20).collect();
    let signs = if syntax == Syntax::Toml { "plus signs" } else { "hyphens" };
    let hint = format!("write three {signs}, `{}`, alone on a line above the first key and below the last", syntax.fence());
    problem(format!("front matter that begins with `{mark}` is not read"), &hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that is meant and what is wrong, or nothing.
    fn found(text: &str) -> Option<(&str, String)> {
        find(text, 0).map(|(range, problem)| (&text[range], problem.message))
    }

    #[test]
    fn front_matter_in_another_form_is_found_with_its_place() {
        let cases = [
            ("<!-- by hand -->\n---\nstatus: draft\n---\n", "<!--"),
            ("----\ntitle: A\n----\n", "----"),
            ("--\nstatus: draft\n--\n", "--"),
            ("\u{2014}\nstatus: draft\n\u{2014}\n", "\u{2014}"),
            ("--- # head\n\ntitle: A\n---\n", "--- # head"),
            ("++++\ndraft = true\n++++\n", "++++"),
            ("title = \"x\"\ndraft = true\n+++\nText.\n", "title = \"x\""),
            ("draft = true\n\nText.\n", "draft = true"),
            ("```toml\n+++\ndraft=true\n+++\n```\n", "```toml"),
            ("```yaml\n---\ntitle: c\ndraft: true\n---\n```\n", "```yaml"),
            ("```yaml\nstatus: draft\n```\n", "```yaml"),
            ("status: draft\n---\n\nText.\n", "status: draft"),
            ("Title: A\nDate: 3 May\n\nText.\n", "Title: A"),
            ("titel: A\ntags:\n  - x\ndate: 2026-01-01\nText.\n", "titel: A"),
            ("hidden: true\n\nText.\n", "hidden: true"),
            ("{ \"draft\": true }\n\nText.\n", "{"),
            ("\u{200b}{\n  \"x\": 1,\n  \"Status\" : \"draft\"\n}\n", "{"),
        ];
        for (text, place) in cases {
            assert_eq!(found(text).map(|(place, _)| place), Some(place), "{text:?}");
        }
    }

    #[test]
    fn toml_is_answered_with_its_own_signs() {
        for text in ["draft = true\n", "++++\ndraft = true\n++++\n", "```toml\ndraft = true\n```\n"] {
            let (_, problem) = find(text, 0).expect("a problem");
            assert!(problem.hints[0].contains("`+++`"), "{text:?}: {:?}", problem.hints);
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        let cases = [
            "",
            "<!-- open",
            "Note: this is text.\n",
            "Date: 3 May 2024\n\nText.\n",
            "Summary: what we think\n---\nText.\n",
            "To: the Board\nFrom: the Desk\nDate: 3 May\n\nText.\n",
            "Status: the talks go on.\n",
            "Draft: a text that is not finished.\n",
            "E = mc2 is known.\n",
            "x = \"y\"\n",
            "<!-- note -->\n\n# Title\n",
            "<!-- note -->\n---\n\nText: more.\n",
            "----\n\nText.\n",
            "- status: draft\n- date: x\n",
            "```rust\nlet draft = true;\n```\n",
            "```\nsome: code\n```\n",
            "{{< note >}} \"title\": x {{< /note >}}\n",
            "{ \"name\": 1 }\n",
            "{% include \"x\" %}\n",
            "Term\n: status of the thing\n",
            "https://example.org/draft: true\n",
        ];
        for text in cases {
            assert_eq!(found(text), None, "{text:?}");
        }
    }
}
