//! What an author meant to fill in or take out.

use std::ops::Range;

use super::reading::{Read, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "leftover";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "A text has something that its author meant to fill in or take out: `TK`, `TODO`, `XXX`, `[cite]`, `???`, \"lorem ipsum\".

    Spending rose by TK per cent [cite].

Fill it in, or take it out. Headings, tables, notes and the front matter are looked at too, code is not.",
        check: None,
    },
    langs: &[],
    look,
};

/// In brackets, in small letters; what follows a word and a blank is free.
const IN_BRACKETS: [&str; 12] =
    ["cite", "cite needed", "citation needed", "citation", "source", "source?", "ref", "ref?", "tbc", "tbd", "placeholder", "?"];
const OPENING: [&str; 4] = ["insert ", "add ", "to be ", "check "];

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    for read in &reading.passages {
        let text = &read.passage.text;
        let mut tell = |range: Range<usize>| {
            if !read.is_quoted(&range) {
                let message = format!("`{}` was left over from writing", &text[range.clone()]);
                found.push(Finding::new(CODE, message, "fill it in, or take it out", Some(read.passage.in_file(range))));
            }
        };
        for at in 0..read.words.len() {
            if is_mark(read, at) {
                tell(read.range(&(at..at + 1)));
            }
        }
        let lorem =
            read.words.windows(2).enumerate().filter(|(at, _)| read.lower_word(*at) == "lorem" && read.lower_word(at + 1) == "ipsum");
        lorem.for_each(|(at, _)| tell(read.range(&(at..at + 2))));
        // One sign in brackets at the head of an item is a task of Obsidian: `- [?] Does it hold?`.
        for (start, _) in text.match_indices('[') {
            if let Some(end) = text[start..].find(']').map(|end| start + end)
                && is_placeholder(&read.lower[start + 1..end])
                && !text[end + 1..].starts_with(['(', '[', ':'])
                && !(start == 0 && end == 2)
            {
                tell(start..end + 1);
            }
        }
        text.match_indices("???").filter(|(at, _)| !text[..*at].ends_with('?')).for_each(|(at, sign)| tell(at..at + sign.len()));
    }
}

/// A word that stands for what is to come. `TK 1234` is a flight, and `XXX` may count what is thirtieth.
fn is_mark(read: &Read, at: usize) -> bool {
    let word = read.word(at);
    let next = || read.words.get(at + 1).map(|_| read.word(at + 1)).unwrap_or_default();
    match word {
        "TK" => !next().starts_with(|letter: char| letter.is_ascii_digit()),
        "TKTK" | "TODO" | "FIXME" => true,
        _ => word.len() >= 3 && word.bytes().all(|byte| byte == b'X') && !is_numeral_there(read, at),
    }
}

/// Whether `XXX` is a number there: behind a name, such as `John XXX`, or `Chapter XXX`.
fn is_numeral_there(read: &Read, at: usize) -> bool {
    read.word(at) == "XXX" && at > 0 && read.word(at - 1).starts_with(char::is_uppercase)
}

fn is_placeholder(inside: &str) -> bool {
    let inside = inside.trim();
    IN_BRACKETS.contains(&inside) || OPENING.iter().any(|opening| inside.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::found;

    #[test]
    fn what_was_left_over_is_told_wherever_it_stands() {
        let text = "# Part TK\n\nIt rose by XXX per cent [cite] [citation needed]???\n\n| TODO |\n|---|\n| [insert table] |\n\nLorem ipsum.[^1]\n\n[^1]: TKTK.\n";
        let expected = ["TK", "XXX", "[cite]", "[citation needed]", "???", "TODO", "[insert table]", "Lorem ipsum", "TKTK"];
        let mut told = found("leftover", "en", text);
        told.sort();
        let mut expected = expected.map(String::from).to_vec();
        expected.sort();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_looks_like_it_and_is_none_is_not_told() {
        let text =
            "Flight TK 1944. Pope John XXX and `TODO`, [source](x.md), [sic], *TK*, Really?? Methodological todo.\n\n```\nTODO\n```\n";
        assert_eq!(found("leftover", "en", text), [""; 0]);
        assert_eq!(found("leftover", "ja", "TODO です"), ["TODO"]);
    }
}
