//! Code in colours, as classes that a stylesheet gives light and dark.
//!
//! It must not know pages. The classes are: `hl-c` comment, `hl-k` keyword, `hl-s` string, `hl-n` number or other constant, `hl-f` function,
//! `hl-t` type, `hl-v` variable, `hl-o` operator, `hl-m` tag or heading of markup, `hl-a` attribute, `hl-i` inserted, `hl-d` deleted,
//! `hl-e` what the language does not allow. Punctuation has none.

mod lines;

use std::cell::RefCell;
use std::sync::OnceLock;

use syntect::parsing::{Scope, SyntaxReference, SyntaxSet};

use crate::html::escape;

use lines::{Grammar, Lines};

/// Which class a scope has: the first line that fits. Scopes are those of <https://www.sublimetext.com/docs/scope_naming.html>. A dash is no colour.
const CLASSES: &[(&str, char)] = &[
    ("comment", 'c'),
    ("punctuation.definition.comment", 'c'),
    ("punctuation.definition.string", 's'),
    ("punctuation.section.interpolation", '-'),
    ("punctuation.section.embedded", '-'),
    ("meta.interpolation", '-'),
    ("constant.character.escape", 'n'),
    ("string", 's'),
    ("constant", 'n'),
    ("keyword.operator.word", 'k'),
    ("keyword.operator.logical.python", 'k'),
    ("keyword.operator", 'o'),
    ("keyword", 'k'),
    ("storage.type.function", 'k'),
    ("storage", 'k'),
    ("entity.name.function", 'f'),
    ("support.function", 'f'),
    ("variable.function", 'f'),
    ("entity.name.tag", 'm'),
    ("entity.name.section", 'm'),
    ("markup.heading", 'm'),
    ("entity.other.attribute-name", 'a'),
    ("entity.name", 't'),
    ("entity.other.inherited-class", 't'),
    ("support.type.property-name", 'a'),
    ("meta.property-name", 'a'),
    ("support", 't'),
    ("variable.language", 'k'),
    ("variable", 'v'),
    ("markup.inserted", 'i'),
    ("markup.deleted", 'd'),
    ("invalid", 'e'),
];

/// Names of languages that have no colours.
const PLAIN: [&str; 7] = ["text", "txt", "plain", "plaintext", "none", "output", "nohighlight"];
/// Code beyond these sizes is shown without colours: lines of generated code can take the grammars minutes.
const LONGEST_LINE: usize = 2_000;
const LONGEST_CODE: usize = 256 * 1024;

struct Grammars {
    set: SyntaxSet,
    classes: Vec<(Scope, char)>,
}

/// Grammars are a constant of the program, read when the first code is met.
fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| Grammars {
        set: two_face::syntax::extra_newlines(),
        classes: CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect(),
    })
}

/// The language of a fence, without the annotations of other tools: `rust` of `rust,linenos` and of `rust {hl_lines=[1]}`.
pub fn language(info: &str) -> &str {
    info.trim_start().split(|letter: char| letter.is_whitespace() || ",{".contains(letter)).next().unwrap_or("")
}

/// The name nearest to an unknown language.
pub fn nearest_language(language: &str) -> Option<&'static str> {
    let names = grammars().set.syntaxes().iter().flat_map(|syntax| &syntax.file_extensions).map(String::as_str);
    crate::diagnostic::nearest(language, names)
}

/// Adds `code` with its colours. False if nobody knows the language; then it is added without.
pub fn highlight(language: &str, code: &str, html: &mut String) -> bool {
    let is_plain = PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(language));
    let syntax = if is_plain { None } else { grammars().set.find_syntax_by_token(language) };
    match syntax {
        Some(syntax) if code.len() <= LONGEST_CODE && code.lines().all(|line| line.len() <= LONGEST_LINE) => colour(syntax, code, html),
        _ => escape(code, html),
    }
    is_plain || syntax.is_some()
}

thread_local! {
    /// What this thread has read. It changes no value: a line that is remembered is the line that would be read.
    static LINES: RefCell<Lines> = RefCell::default();
}

fn colour(syntax: &SyntaxReference, code: &str, html: &mut String) {
    let grammar = Grammar { set: &grammars().set, class };
    let mut spans = Spans { html, open: '-' };
    LINES.with_borrow_mut(|lines| lines.read(syntax, code, &grammar, |piece, class| spans.push(piece, class)));
    spans.close();
}

fn class(scope: Scope) -> Option<char> {
    grammars().classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
}

/// Spans of classes, each as long as its class lasts.
struct Spans<'h> {
    html: &'h mut String,
    open: char,
}

impl Spans<'_> {
    fn push(&mut self, text: &str, class: char) {
        if class != self.open && !text.is_empty() {
            self.close();
            // Blanks have no colour.
            if class != '-' && !text.trim().is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push(class);
                self.html.push_str("\">");
                self.open = class;
            }
        }
        escape(text, self.html);
    }

    fn close(&mut self) {
        if std::mem::replace(&mut self.open, '-') != '-' {
            self.html.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(language: &str, code: &str) -> String {
        let mut html = String::new();
        highlight(language, code, &mut html);
        html
    }

    #[test]
    fn code_has_a_few_classes() {
        insta::assert_snapshot!(show("python", "return \"a\" + 1  # b"), @r#"<span class="hl-k">return</span> <span class="hl-s">&quot;a&quot;</span> <span class="hl-o">+</span> <span class="hl-n">1</span>  <span class="hl-c"># b</span>"#);
        insta::assert_snapshot!(show("diff", "-old\n+new"), @r#"
        <span class="hl-d">-old
        </span><span class="hl-i">+new</span>
        "#);
    }

    #[test]
    fn unknown_languages_are_told_and_escaped() {
        let mut html = String::new();
        assert!(!highlight("no-such", "<x>", &mut html));
        assert_eq!(html, "&lt;x&gt;");
        assert!(highlight("text", "", &mut html));
    }

    #[test]
    fn a_fence_may_carry_annotations() {
        assert_eq!(language("rust,linenos"), "rust");
        assert_eq!(language("go {linenos=table}"), "go");
        assert_eq!(language(" {.x}"), "");
    }
}
