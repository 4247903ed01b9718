//! What is wrong with YAML, in words that say what to write instead.

use granit_parser::ErrorKind;

use super::yaml::DEEPEST;
use crate::diagnostic::{Diagnostic, codes};

/// The problem that stands for an error of the parser.
pub fn explain(kind: &ErrorKind) -> Diagnostic {
    if *kind == ErrorKind::RecursionLimitExceeded {
        return too_deep();
    }
    let (message, hint) = words(kind);
    let problem = Diagnostic::error(codes::BAD_YAML, message);
    if hint.is_empty() { problem } else { problem.hint(hint) }
}

/// True for errors about a tab.
pub fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind::*;
    matches!(kind, TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabInPlainScalar | TabAtBlockScalarStart)
}

/// The problem of lists in lists in lists.
pub fn too_deep() -> Diagnostic {
    Diagnostic::error(codes::BAD_YAML, format!("lists and maps are nested more than {DEEPEST} deep"))
}

fn words(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind::*;
    match kind {
        MappingValueNotAllowed | InvalidColonPlacement => (
            "a value begins at this colon, where none can be".into(),
            "put text with a colon and a space in it in quotes, as in `title: \"Sanctions: who decides\"`; begin each key at the same column, and close each `[`",
        ),
        UnexpectedCharacter { character } if !is_printed(*character) => (
            format!("the character U+{:04X} stands here, which cannot be seen and has no place in YAML", u32::from(*character)),
            "take it out; it comes with text that was copied from a PDF",
        ),
        UnexpectedCharacter { character } => (format!("plain text cannot begin with `{character}`"), "put the text in quotes"),
        UnknownAnchor | MissingAnchorOrAliasName => (
            "`*` and `&` mark aliases and anchors, and there is none of this name".into(),
            "put text that begins with `*` or `&` in quotes",
        ),
        kind if is_tab(kind) => ("a tab stands where only spaces may".into(), "indent with spaces"),
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => (
            "this quote is not closed".into(),
            "write `\"` at the end of the text, or take out the one that it begins with; within `'…'` an apostrophe is `''`, within `\"…\"` a quote is `\\\"`",
        ),
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => (
            "text goes on after the closing quote".into(),
            "within `'…'` write `''` for an apostrophe, within `\"…\"` write `\\\"` for a quote",
        ),
        UnknownQuotedScalarEscape | InvalidQuotedScalarHexEscape | InvalidUnicodeEscape => {
            ("within double quotes `\\` begins an escape, and this is none".into(), "write `\\\\` for a backslash, or use single quotes")
        }
        UnclosedFlowCollection { open } => {
            (format!("this `{open}` is not closed"), "close it, as in `[a, b]`, or put text that begins with `[` or `{` in quotes")
        }
        ExpectedFlowSequenceSeparator | ExpectedFlowMappingSeparator => (
            "the list that began with `[`, or the map that began with `{`, cannot go on like this".into(),
            "close it, as in `[a, b]`, with commas between; put text that begins with `[` or `{` in quotes",
        ),
        MismatchedFlowCollectionEnd { open, close } => (format!("`{open}` is closed by `{close}`"), ""),
        BlockSequenceEntryNotAllowed | BlockEntryInFlowCollection => {
            ("a list item cannot begin here".into(), "begin each item on a line of its own, or write `[a, b]`")
        }
        SimpleKeyExpected | InvalidSimpleKey | ExpectedBlockMappingKey => (
            "a key and a value are expected here".into(),
            "write `key: value`, with a space after the colon; put text with brackets or quotes in it in quotes",
        ),
        InvalidIndentation | InvalidBlockScalarIndent | ExpectedDocumentStart | ExpectedBlockSequenceEntry => (
            "the indentation of this line fits none above it".into(),
            "begin the keys of a map, and the items of a list, at the same column",
        ),
        other => (other.to_string(), ""),
    }
}

/// Whether a character leaves a trace on the screen.
fn is_printed(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{200b}'..='\u{200f}')
}
