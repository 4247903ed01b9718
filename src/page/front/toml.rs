//! TOML text as a tree of the same nodes as YAML.
//!
//! What TOML knows to be text can mean nothing else; numbers, truths and dates keep the spelling of their author. It must not know any key.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Data, Node};
use super::problems::Problems;
use super::values::truth_of;
use crate::diagnostic::{Diagnostic, codes};
use crate::page::date;

/// Reads the TOML of a range of the file (<https://toml.io/en/v1.1.0>): its entries, or what could be understood of them. Errors become problems, one a line.
pub fn read<'a>(range: Range<usize>, problems: &mut Problems<'a>) -> Vec<(Node<'a>, Node<'a>)> {
    let text = problems.text();
    let (table, errors) = DeTable::parse_recoverable(&text[range.clone()]);
    let mut last = None;
    for error in errors {
        let span = error.span().map_or(range.clone(), |span| range.start + span.start..range.start + span.end);
        let line = text[..span.start].bytes().filter(|byte| *byte == b'\n').count();
        // What follows on the same line is most often a consequence of the first mistake.
        if last.replace(line) != Some(line) {
            let message = error.message().lines().next().unwrap_or("this is no TOML").to_string();
            problems.add(span.clone(), hinted(Diagnostic::error(codes::BAD_TOML, message), line_of(text, span.start)));
        }
    }
    Tree { text, start: range.start }.entries(table.into_inner())
}

/// What to do about a line that is no TOML.
fn hinted(problem: Diagnostic, line: &str) -> Diagnostic {
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    match (line.split_once(':'), line.split_once('=')) {
        (Some((key, value)), None) if is_key(key.trim()) => {
            let value = value.trim();
            problem.hint(format!("between lines of `+++` stands TOML: write `{} = \"{value}\"`, or fence YAML with `---`", key.trim()))
        }
        (_, Some((key, value)))
            if is_key(key.trim())
                && value.trim().starts_with(char::is_alphabetic)
                && ["quoted", "boolean"].iter().any(|word| problem.message.contains(word)) =>
        {
            let (key, value) = (key.trim(), value.trim());
            problem.hint(match truth_of(value) {
                Some(truth) => format!("write `{key} = {truth}`"),
                None => format!("put text in quotes: `{key} = \"{value}\"`"),
            })
        }
        (_, Some((key, value)))
            if is_key(key.trim())
                && let Some(date) = date::meant(value) =>
        {
            problem.hint(format!("write `{} = {date}`", key.trim()))
        }
        _ => problem,
    }
}

fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// What the nodes are made from.
struct Tree<'a> {
    /// The whole file.
    text: &'a str,
    /// The byte at which the TOML begins.
    start: usize,
}

impl<'a> Tree<'a> {
    fn entries(&self, table: DeTable<'a>) -> Vec<(Node<'a>, Node<'a>)> {
        let entry = |(key, value): (Spanned<Cow<'a, str>>, Spanned<DeValue<'a>>)| {
            let range = self.range(key.span());
            (Node { range, data: Data::Scalar(key.into_inner(), false) }, self.node(value))
        };
        table.into_iter().map(entry).collect()
    }

    fn node(&self, value: Spanned<DeValue<'a>>) -> Node<'a> {
        let range = self.range(value.span());
        let written = &self.text[range.clone()];
        let data = match value.into_inner() {
            DeValue::String(text) => Data::Scalar(text, false),
            DeValue::Integer(digits) => {
                let number = i64::from_str_radix(digits.as_str(), digits.radix());
                Data::Scalar(number.map_or(Cow::Borrowed(written), |number| number.to_string().into()), true)
            }
            DeValue::Float(_) if written.contains('_') => Data::Scalar(written.replace('_', "").into(), true),
            DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => Data::Scalar(Cow::Borrowed(written), true),
            DeValue::Array(items) => Data::List(items.into_iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Data::Map(self.entries(table)),
        };
        Node { range, data }
    }

    fn range(&self, span: Range<usize>) -> Range<usize> {
        self.start + span.start..self.start + span.end
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::page::front::{Front, read};

    fn front(text: &str) -> Front {
        read(&Arc::from("content/x.md"), text)
    }

    /// Line, column, code and hints of each problem.
    fn told(text: &str) -> Vec<String> {
        let front = front(text);
        let problem = |problem: &crate::diagnostic::Diagnostic| {
            let place = problem.place.as_ref().expect("a place");
            format!("{}:{} {} {} | {}", place.line, place.column, problem.code, problem.message, problem.hints.join(" | "))
        };
        front.diagnostics.iter().map(problem).collect()
    }

    #[test]
    fn toml_says_what_the_same_keys_of_yaml_say() {
        let toml = "+++\ntitle = \"A: b\"\ndate = 2025-06-25\npublishDate = 2025-07-01T09:30:00+02:00\ndraft = true\nweight = 1_0\n\
                    aliases = [\"/old/\"]\n[taxonomies]\ntags = [\"x\", \"y\"]\n[extra]\nprice = 1.50\nshow = true\nname = \"true\"\n\
                    [[changes]]\ndate = 2025-06-26\nnote = \"N\"\n+++\ntext";
        let yaml = "---\ntitle: \"A: b\"\ndate: 2025-06-25\npublishDate: 2025-07-01T09:30:00+02:00\ndraft: true\nweight: 10\n\
                    aliases: [/old/]\ntaxonomies:\n  tags: [x, y]\nextra:\n  price: 1.50\n  show: true\n  name: \"true\"\n\
                    changes:\n  - date: 2025-06-26\n    note: N\n---\ntext";
        let (toml, yaml) = (front(toml), front(yaml));
        assert!(toml.diagnostics.is_empty(), "{:?}", toml.diagnostics);
        let without_places = |front: Front| Front { spans: Vec::new(), body_start: 0, ..front };
        assert_eq!(without_places(toml), without_places(yaml));
    }

    #[test]
    fn a_mistake_has_its_place_and_the_page_is_not_public() {
        let told_of = |line: &str| told(&format!("+++\ntitle = \"A\"\n{line}\n+++\n"));
        let yaml = told_of("date: 2025-06-25");
        assert!(yaml.len() == 1 && yaml[0].starts_with("3:7 bad-toml") && yaml[0].contains("write `date = \"2025-06-25\"`"), "{yaml:?}");
        let bare = told_of("summary = Words of it");
        assert!(bare.len() == 1 && bare[0].starts_with("3:") && bare[0].contains("`summary = \"Words of it\"`"), "{bare:?}");
        assert!(told_of("title = \"B\"")[0].starts_with("3:1 bad-toml duplicate key"), "{:?}", told_of("title = \"B\""));
        let truth = told_of("draft = True");
        assert!(truth.len() == 1 && truth[0].ends_with("| write `draft = true`"), "{truth:?}");
        assert!(told_of("date = 2024-5-1")[0].contains("write `date = 2024-05-01`"), "{:?}", told_of("date = 2024-5-1"));
        assert!(!told_of("title = \"B\"")[0].contains("quotes"));
        assert!(front("+++\ndraft true\n+++\n").is_unparsed());
        assert!(
            told("+++\ntitle = \"A\"\n")[0]
                .starts_with("1:1 bad-toml the front matter that begins here is not closed | add a line of `+++`")
        );
    }

    #[test]
    fn slips_and_types_are_told_as_in_yaml_and_in_the_words_of_toml() {
        let told = told("+++\nsumary = \"S\"\ndate = \"25/06/2025\"\nembago = 2027-01-01\n[build]\nrender = \"never\"\n+++\n");
        assert!(told[0].starts_with("2:1 unknown-key there is no key `sumary` | did you mean `summary`?"), "{told:?}");
        assert!(told[1].starts_with("3:8 wrong-type") && told[1].contains("write `date = 2025-06-25`"), "{told:?}");
        assert!(told[2].starts_with("4:1 unknown-key") && told[3].starts_with("5:2 unknown-key"), "{told:?}");
        assert!(told[3].contains("did you mean `draft = true`?") && told[3].contains("belongs below `[extra]`"), "{told:?}");
        assert!(front("+++\n[build]\nrender = \"never\"\n+++\n").status_unknown);
    }

    #[test]
    fn a_key_that_slipped_below_a_table_hides_its_page_all_the_same() {
        for table in ["taxonomies", "params", "extra"] {
            let text = format!("+++\ntitle = \"A\"\n[{table}]\nx = [\"1\"]\ndraft = true\n+++\n");
            let told = told(&text);
            assert!(
                told[0].starts_with(&format!("5:1 unknown-key `draft` stands below `[{table}]`, so it hides nothing | move it above")),
                "{told:?}"
            );
            assert!(front(&text).status_unknown);
        }
        let fine = front("+++\n[extra]\ndraft = false\nstatus = \"review\"\n+++\n");
        assert!(!fine.status_unknown && fine.diagnostics.is_empty(), "{:?}", fine.diagnostics);
    }

    #[test]
    fn whatever_stands_between_the_signs_is_read_to_its_end() {
        for toml in ["a = [".repeat(60_000), "[a.".repeat(50_000), "a = {".repeat(50_000), "\u{0}".repeat(100), "é = 1\n".repeat(1_000)] {
            assert!(!front(&format!("+++\n{toml}\n+++\n")).diagnostics.is_empty());
        }
    }
}
