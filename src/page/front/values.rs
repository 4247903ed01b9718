//! Values as the types that keys want, and what to say of those that are not.
//!
//! It must not know which key wants what.

use std::ops::Range;

use super::keys::Key;
use super::node::{Data, Node};
use super::read::Reader;
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::date::{self, Stamp};

impl Reader<'_, '_> {
    /// One text, without space around it; a number, date or `no` is the text that the author wrote.
    pub fn text(&mut self, name: &str, node: &Node) -> Option<String> {
        match &node.data {
            Data::Scalar(..) if node.is_blank() => None,
            Data::Scalar(text, _) => Some(text.trim().to_string()),
            Data::List(_) | Data::Map(_) => {
                self.problems.add(node.range.clone(), of_form(name, node, wrong(name, node, "text")));
                None
            }
        }
    }

    /// A list of texts, or a lone one. Null and blank items are left out; nothing at all is `None`, and so is a list with a wrong item.
    pub fn texts(&mut self, name: &str, node: &Node) -> Option<Vec<String>> {
        match &node.data {
            Data::Scalar(..) => Some(vec![self.text(name, node)?]),
            Data::List(items) => {
                let said = || items.iter().filter(|item| !item.is_void());
                let texts = said().filter_map(|item| self.text(name, item)).collect();
                said().all(|item| item.text().is_some()).then_some(texts)
            }
            Data::Map(_) => {
                self.problems.add(node.range.clone(), of_form(name, node, wrong(name, node, "text or a list of texts")));
                None
            }
        }
    }

    /// `true` or `false`, in the spellings of YAML 1.1 too, so that `draft: yes` hides a page as it does elsewhere.
    pub fn truth(&mut self, name: &str, node: &Node) -> Option<bool> {
        let truth = truth(node);
        if truth.is_none() && !node.is_blank() {
            self.wrong(name, node, "`true` or `false`");
        }
        truth
    }

    /// A whole number.
    pub fn integer(&mut self, name: &str, node: &Node) -> Option<i64> {
        let text = node.text().map(str::trim);
        let number = text.and_then(|text| text.strip_suffix(".0").unwrap_or(text).parse::<i64>().ok());
        if number.is_none() && !node.is_blank() {
            self.wrong(name, node, "a whole number");
        }
        number
    }

    /// A date or time. Hugo's zero date, in the year 1, is none.
    pub fn stamp(&mut self, name: &str, node: &Node) -> Option<Stamp> {
        let stamp = self.day(node);
        self.dated(name, node, stamp, "a day")
    }

    /// The same, of which no more than a month or a year may be known.
    pub fn partial_stamp(&mut self, name: &str, node: &Node) -> Option<Stamp> {
        let stamp = node.text().and_then(|text| Stamp::parse_partial(text, self.problems.order));
        self.dated(name, node, stamp, "a date")
    }

    /// A date or time, if the value is one; nothing is told.
    pub fn day(&self, node: &Node) -> Option<Stamp> {
        node.text().and_then(|text| Stamp::parse_in(text, self.problems.order))
    }

    /// A stamp, or what is wrong where there is none.
    fn dated(&mut self, name: &str, node: &Node, stamp: Option<Stamp>, wanted: &str) -> Option<Stamp> {
        if stamp.is_none() && !node.is_blank() {
            let problem = self.no_date(name, node, wanted);
            self.problems.add(node.range.clone(), problem);
        }
        stamp.filter(|stamp| stamp.civil.year() > 1)
    }

    /// What is said of a value that is no date.
    fn no_date(&self, name: &str, node: &Node, wanted: &str) -> Diagnostic {
        let text = node.text().unwrap_or_default();
        if let Some(day) = impossible_day(text) {
            return Diagnostic::error("wrong-type", format!("`{name}` has `{day}`, and there is no such day"));
        }
        let pair = |value: &str| self.problems.syntax.pair(name, value);
        let (time, zone) = time_of_day(text);
        let with_time = |day: jiff::civil::Date| format!("{day}{time}");
        let written = |day: jiff::civil::Date| match zone {
            Some(zone) => format!("write `{}`, with the offset that `{zone}` has on that day", pair(&with_time(day))),
            None => format!("write `{}`", pair(&with_time(day))),
        };
        match (date::readings(text), date::meant(text)) {
            (Some(date::Readings { day_month: Some(first), month_day: Some(second) }), _) if first != second => {
                let message = format!("`{name}` has `{}`, which may be {first} or {second}", text.trim());
                let hint = "or say for all dates of the site what stands first, day or month: `order = \"dmy\"` or `order = \"mdy\"` below `[dates]` in `site.toml`";
                let problem = Diagnostic::error("wrong-type", message).hint(format!(
                    "write `{}` or `{}`",
                    pair(&with_time(first)),
                    pair(&with_time(second))
                ));
                return problem.hint(hint);
            }
            (Some(read), _) if let Some(day) = read.day_month.or(read.month_day) => {
                return wrong(name, node, wanted).hint(written(day));
            }
            (_, Some(day)) => return wrong(name, node, wanted).hint(written(day)),
            _ => {}
        }
        let problem = wrong(name, node, wanted);
        let problem = match truth(node) {
            Some(true) => problem.hint(format!("write `{}`", self.problems.syntax.pair("publish_at", "DATE"))),
            _ => problem,
        };
        problem.hint("write `2025-06-25`, `2025-06-25 10:00` or `2025-06-25T10:00:00+02:00`")
    }

    /// A date that shows or hides the page: one that is none is noted.
    pub fn telling_stamp(&mut self, name: &str, node: &Node) -> Option<Stamp> {
        self.front.date_unclear |= self.day(node).is_none();
        self.stamp(name, node)
    }

    /// The same, of which no more than a month or a year may be known.
    pub fn telling_partial(&mut self, name: &str, node: &Node) -> Option<Stamp> {
        let count = self.problems.count();
        let stamp = self.partial_stamp(name, node);
        self.front.date_unclear |= self.problems.count() > count || node.is_blank();
        stamp
    }

    /// The word of a list that a text is, in capital or small letters.
    pub fn word<T: Copy>(node: &Node, words: &[(&str, T)]) -> Option<T> {
        let word = node.text()?.trim();
        words.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| *value)
    }

    /// The entries of a map whose keys are `known`, such as `{date, reason}`, by their place in `known`.
    pub fn parts<'n, 'y, const N: usize>(&mut self, name: &str, node: &'n Node<'y>, known: [&str; N]) -> Option<[Option<&'n Node<'y>>; N]> {
        let Data::Map(entries) = &node.data else {
            if !node.is_blank() {
                self.wrong(name, node, &format!("a map `{{{}}}`", known.join(", ")));
            }
            return None;
        };
        let mut parts = [None; N];
        for (key, value) in entries {
            let part = key.text().unwrap_or("");
            match known.iter().position(|known| known.eq_ignore_ascii_case(part)) {
                Some(at) => parts[at] = Some(value).filter(|value| !value.is_blank()),
                None => {
                    if let Some(near) = nearest(part, known) {
                        self.typo(part, near, key.range.clone());
                    }
                }
            }
        }
        Some(parts)
    }

    /// The maps of a list of maps; a lone map is a list of one.
    pub fn items<'n, 'y>(&mut self, name: &str, node: &'n Node<'y>) -> &'n [Node<'y>] {
        match &node.data {
            Data::List(items) => items,
            Data::Map(_) => std::slice::from_ref(node),
            Data::Scalar(..) => {
                self.wrong(name, node, "a list of maps");
                &[]
            }
        }
    }

    /// Tells of a key that is probably a slip of the pen.
    pub fn typo(&mut self, name: &str, near: &str, range: Range<usize>) {
        let problem = Diagnostic::warning("unknown-key", format!("there is no key `{name}`"));
        self.problems.add(range, problem.hint(format!("did you mean `{near}`?")));
    }

    /// Tells of a value that is not of the type that its key wants.
    pub fn wrong(&mut self, name: &str, node: &Node, wanted: &str) {
        self.problems.add(node.range.clone(), wrong(name, node, wanted));
    }
}

/// The problem of a key that is meant to keep its page from readers, and is none.
pub fn foreign_key(name: &str, meant: &str) -> Diagnostic {
    if let Some((key, _)) = Key::named(name) {
        let message = format!("`{name}` is another name of `{}`, which the page gives too, so it would hide nothing", key.name());
        return Diagnostic::error("duplicate-key", message)
            .hint(format!("keep one of them, under the name `{}`; until then the page is not public", key.name()));
    }
    let hint = "until it is corrected, the page is not public; a key of your own with another meaning belongs under `extra:`";
    let problem = Diagnostic::error("unknown-key", format!("there is no key `{name}`, so it would hide nothing"));
    problem.hint(format!("did you mean `{meant}`?")).hint(hint)
}

/// Says how the form of an editor must be set, if it has written this map where a text is meant.
fn of_form(name: &str, node: &Node, problem: Diagnostic) -> Diagnostic {
    let Data::Map(entries) = &node.data else { return problem };
    let is_field = |key: &Node| key.text().is_some_and(|key| key.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_'));
    if entries.is_empty() || !entries.iter().all(|(key, _)| is_field(key)) {
        return problem;
    }
    match entries.iter().find(|(key, _)| matches!(key.text(), Some("src" | "url" | "path" | "file"))).and_then(|(_, value)| value.text()) {
        Some(address) => problem.hint(format!("write the address alone: `{name}: {address}`")),
        None => problem.hint(format!("in your CMS, give `{name}` texts: a list with one field, and without a name for that field")),
    }
}

/// What a value says, if it is a word for true or false.
pub fn truth(node: &Node) -> Option<bool> {
    truth_of(node.text()?.trim())
}

/// What a word says, if it is one for true or false.
pub fn truth_of(word: &str) -> Option<bool> {
    let is_one = |words: [&str; 3]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    if is_one(["true", "yes", "on"]) { Some(true) } else { is_one(["false", "no", "off"]).then_some(false) }
}

/// The day at the beginning of a text, if it has the form of one and no calendar has it.
fn impossible_day(text: &str) -> Option<&str> {
    let day = text.trim().get(..10)?;
    let has_form = day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    (has_form && day.parse::<jiff::civil::Date>().is_err()).then_some(day)
}

fn wrong(name: &str, node: &Node, wanted: &str) -> Diagnostic {
    let found = match &node.data {
        Data::Scalar(text, _) if text.chars().nth(40).is_some() => format!("`{}…`", text.chars().take(40).collect::<String>()),
        Data::Scalar(text, _) => format!("`{text}`"),
        Data::List(_) => "a list".into(),
        Data::Map(_) => "a map".into(),
    };
    let problem = Diagnostic::error("wrong-type", format!("`{name}` has {found} where {wanted} is expected"));
    match &node.data {
        Data::Map(_) if wanted.contains("text") => {
            problem.hint("put text with a colon and a space in it, or with braces around it, in quotes")
        }
        _ => problem,
    }
}

/// What stands behind the `T` between a day and its time; any other word whole.
fn clock_of(word: &str) -> &str {
    word.split_once('T').filter(|_| word.starts_with(|letter: char| letter.is_ascii_digit())).map_or(word, |(_, clock)| clock)
}

/// The time in a text that is no date, with a blank before it, as it should be written; and the zone that stands behind it by its name, which is to be an
/// offset. Empty if there is none.
fn time_of_day(text: &str) -> (String, Option<&str>) {
    let is_clock = |word: &&str| word.contains(':') && word.starts_with(|letter: char| letter.is_ascii_digit());
    let words = || text.split_whitespace().map(clock_of);
    let Some(clock) = words().find(is_clock) else { return (String::new(), None) };
    let behind: Vec<&str> = words().skip_while(|word| *word != clock).skip(1).collect();
    match behind.as_slice() {
        [] => (format!(" {clock}"), None),
        [zone] if zone.starts_with(char::is_alphabetic) && !["am", "pm"].contains(&&*zone.to_lowercase()) => {
            (format!(" {clock} +01:00"), Some(zone))
        }
        rest => (format!(" {clock} {}", rest.join(" ")), None),
    }
}
