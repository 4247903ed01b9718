//! A raw text, as it comes out of a mail or an old program: a first line that is its title, bare lines that are headings, paragraphs, lists.
//!
//! What looks like a mark of Markdown is none here. It must not know where the page lies.

use super::Dialect;
use super::new_page::{NewPage, add};
use super::new_site::{NewSite, Note};
use super::original::Original;
use crate::cli::error::Error;
use crate::cli::escape::{escape, guard};
use crate::page::date::Stamp;

/// A longer line is a sentence, not a title or a heading.
const LONGEST_HEADING: usize = 90;
/// Nobody breaks lines by hand at more: each line is a paragraph then.
const WIDEST: usize = 130;

pub const DIALECT: Dialect = Dialect {
    name: "text",
    is: |original| original.file.as_deref().is_some_and(|name| [".txt", ".text"].iter().any(|end| name.to_lowercase().ends_with(end))),
    import,
};

fn import(original: &Original, site: &mut NewSite) -> Result<(), Error> {
    let Some(name) = original.file.as_deref() else {
        return Err(Error::usage("raw texts are imported one by one").hint("name one: `chancery import speech.txt`"));
    };
    let text = original.text(name).map_err(|note| {
        Error::site(format!("`{name}` cannot be read: {}", note.message.replace(", so it was left out", ""))).hint("nothing was written")
    })?;
    if text.contains('\0') {
        return Err(Error::site(format!("`{name}` is no text; nothing was written"))
            .hint("name its kind with `--from`, or save it as text in UTF-8"));
    }
    if let Some(line) = text.lines().position(|line| line.trim().contains('\t')) {
        let message = "words are set in columns with tabs, which stand as one line here: make a table of them";
        site.note(Note::changed(name, message).on(line + 1));
    }
    let page = page(&text);
    add(site, name, page, Vec::new())
}

/// What a text says, as a page.
fn page(text: &str) -> NewPage {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks = blocks(&text);
    let mut page = NewPage::default();
    if blocks.first().is_some_and(|block| is_title(block)) {
        page.title = Some(words(&blocks.remove(0).remove(0)));
    }
    // Below a title stand its date and its authors, if they do.
    while page.title.is_some() && blocks.first().is_some_and(|block| block.len() == 1) {
        let line = words(&blocks[0][0]);
        if page.date.is_none() && Stamp::parse(&line).is_some() {
            page.date = Some(line);
        } else if let Some(authors) = authors(&line).filter(|_| page.authors.is_empty()) {
            page.authors = authors;
        } else {
            break;
        }
        blocks.remove(0);
    }
    page.text = markdown(&blocks);
    page
}

/// Groups of lines between empty ones. Of a text whose lines nobody broke each is one, and so is a title with what stands right below it.
fn blocks(text: &str) -> Vec<Vec<String>> {
    let is_wide = text.lines().any(|line| line.chars().count() > WIDEST);
    let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines() {
        // A title, a byline and a date stand above the text, each in a line of its own.
        let head = blocks.iter().filter(|block| !block.is_empty()).count();
        let stands_alone = |line: &str| head <= 3 && is_alone(line);
        let is_head = stands_alone(line) || blocks.last().is_some_and(|block| block.len() == 1 && stands_alone(&block[0]));
        match (line.trim().is_empty(), blocks.last_mut()) {
            (true, _) => blocks.push(Vec::new()),
            (false, Some(block))
                if block.is_empty() || (!is_wide && !is_head) || (is_wide && marker(line).is_some() && marker(&block[0]).is_some()) =>
            {
                block.push(line.to_string());
            }
            (false, _) => blocks.push(vec![line.to_string()]),
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// A date or a byline, which stands alone wherever it stands.
fn is_alone(line: &str) -> bool {
    Stamp::parse(&words(line)).is_some() || authors(&words(line)).is_some()
}

fn is_title(block: &[String]) -> bool {
    block.len() == 1
        && words(&block[0]).chars().count() <= LONGEST_HEADING * 2
        && marker(&block[0]).is_none()
        && !block[0].trim_end().ends_with('.')
}

/// `By A, B and C`: the names, if it is surely that.
fn authors(line: &str) -> Option<Vec<String>> {
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?;
    let names: Vec<String> = names.split(", ").flat_map(|part| part.split(" and ")).map(|name| name.trim().to_string()).collect();
    // Every word of a name begins with a capital, but for those such as `von`.
    let is_name = |name: &String| {
        let count = name.split(' ').count();
        (1..=5).contains(&count)
            && name.split(' ').all(|word| word.len() <= 3 || word.starts_with(char::is_uppercase))
            && name.starts_with(char::is_uppercase)
    };
    (!line.ends_with('.') && names.iter().all(is_name)).then_some(names)
}

/// The sign at the head of an item of a list, as Markdown has it, and what stands behind it.
fn marker(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    let behind = |rest: &'_ str| rest.starts_with([' ', '\t']);
    if let Some(rest) = ["•", "·", "▪", "◦", "–", "-", "*"].iter().find_map(|sign| line.strip_prefix(sign)).filter(|rest| behind(rest))
    {
        return Some(("- ".into(), rest.trim()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')']).filter(|rest| (1..=2).contains(&digits) && behind(rest))?;
    Some((format!("{}. ", &line[..digits]), rest.trim()))
}

fn is_heading(block: &[String], next: Option<&Vec<String>>) -> bool {
    let [line] = block else { return false };
    let line = line.trim();
    let begins = line.chars().next().is_some_and(|letter| !letter.is_lowercase() && letter.is_alphanumeric());
    let is_number = marker(line).is_some_and(|(sign, _)| sign != "- ");
    next.is_some_and(|next| !is_number || marker(&next[0]).is_none())
        && begins
        && line.chars().count() <= LONGEST_HEADING
        && !line.ends_with(['.', ',', ';', ':', '!', '…'])
        && !line.contains('\t')
}

fn markdown(blocks: &[Vec<String>]) -> String {
    let mut out = String::new();
    let mut was_list = false;
    for (at, block) in blocks.iter().enumerate() {
        let is_heading = is_heading(block, blocks.get(at + 1));
        let is_list = !is_heading && marker(&block[0]).is_some();
        let goes_on = was_list && is_list;
        if !out.is_empty() && !goes_on {
            out.push('\n');
        }
        was_list = is_list;
        match block.as_slice() {
            _ if is_list => out.push_str(&list(block)),
            [line] if is_heading => out.push_str(&format!("## {}\n", escape(&words(line)))),
            [line, under] if under.trim().len() > 2 && under.trim().chars().all(|sign| matches!(sign, '=' | '-')) => {
                out.push_str(&format!("## {}\n", escape(&words(line))));
            }
            lines => out.push_str(&format!("{}\n", guard(&escape(&words(&lines.join(" ")))))),
        }
    }
    out
}

/// Items; a line without a sign goes on with the one before.
fn list(block: &[String]) -> String {
    let mut items: Vec<(usize, String, String)> = Vec::new();
    for line in block {
        match (marker(line), items.last_mut()) {
            (Some((sign, rest)), _) => items.push((line.len() - line.trim_start().len(), sign, rest.to_string())),
            (None, Some((_, _, text))) => *text = format!("{text} {}", line.trim()),
            (None, None) => {}
        }
    }
    let first = items.iter().map(|(indent, ..)| *indent).min().unwrap_or(0);
    let item = |(indent, sign, text): &(usize, String, String)| {
        // One step is as good as another: three spaces are enough for the text of a numbered item.
        let space = if *indent > first { "    " } else { "" };
        format!("{space}{sign}{}\n", guard(&escape(&words(text))))
    };
    items.iter().map(item).collect()
}

fn words(line: &str) -> String {
    line.split([' ', '\t', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_text_becomes_a_page() {
        let page = page(
            "\u{feff}Who pays for the cables\r\nBy Energy Desk and Maritime Desk\n5 January 2026\n\nThe “cables” lie in nobody's waters,\nand [nobody] insures *all* of them.\n\nWhat is known\n\n• Five were cut\n  in a year.\n– Two were mended.\n\n1. First step\n2. Second step\n\n# is no mark\n\nThe end",
        );
        assert_eq!((page.title.as_deref(), page.date.as_deref()), (Some("Who pays for the cables"), Some("5 January 2026")));
        assert_eq!(page.authors, ["Energy Desk", "Maritime Desk"]);
        insta::assert_snapshot!(page.text, @r"
        The “cables” lie in nobody's waters, and \[nobody\] insures \*all\* of them.

        ## What is known

        - Five were cut in a year.
        - Two were mended.
        1. First step
        2. Second step

        \# is no mark

        The end
        ");
    }

    #[test]
    fn a_byline_is_one_only_where_it_is_sure() {
        assert_eq!(authors("By the end of the year"), None);
        assert_eq!(authors("By Anna von Berg"), Some(vec!["Anna von Berg".to_string()]));
    }

    #[test]
    fn each_line_of_a_text_that_nobody_broke_is_a_paragraph() {
        let long = "A sentence that goes on. ".repeat(10);
        let page = page(&format!("Title\n{long}\nWhat follows\n{long}\n"));
        assert_eq!((page.title.as_deref(), page.text.lines().filter(|line| line.starts_with("A sentence")).count()), (Some("Title"), 2));
        assert!(page.text.contains("\n## What follows\n"), "{}", page.text);
    }
}
