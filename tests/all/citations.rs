//! Citations of a register of all kinds of sources, in six styles, against what Pandoc's citeproc makes of the same items by the same styles.
//!
//! `tests/citations/expected` has Pandoc's answers (`expected.py` beside it makes them), `differences.txt` every place where ours are others, with the rule
//! that says why. Spaces and the kinds of quotation marks are folded; italics and other markup are compared.

use std::collections::BTreeMap;

use chancery::references::{
    Authors, Cite, Cited, Cluster, Format, Forms, Inline, Narration, RegisterFile, Rendered, Spot, Style, register, render,
};

const BIB: &str = include_str!("../citations/register.bib");
const JSON: &str = include_str!("../citations/register.json");
const DIFFERENCES: &str = include_str!("../citations/differences.txt");
/// Styles with Pandoc's answers.
const STYLES: [(&str, &str); 6] = [
    ("apa", include_str!("../citations/expected/apa.txt")),
    ("chicago-author-date", include_str!("../citations/expected/chicago-author-date.txt")),
    ("chicago-notes", include_str!("../citations/expected/chicago-notes.txt")),
    ("harvard-cite-them-right", include_str!("../citations/expected/harvard-cite-them-right.txt")),
    ("ieee", include_str!("../citations/expected/ieee.txt")),
    ("mhra-notes", include_str!("../citations/expected/mhra-notes.txt")),
];

/// One source in one style.
#[derive(Default)]
struct Answer {
    cite: String,
    /// Its entry; empty if the style leaves it out of its list.
    entry: String,
}

#[test]
fn the_register_of_all_kinds_is_cited_as_pandoc_cites_it() {
    compare("bib", &cited("register.bib", BIB));
}

#[test]
fn the_same_register_in_csl_json_is_cited_alike() {
    compare("json", &cited("_data/register.json", JSON));
}

/// What the register has, in its order.
fn cited(path: &str, text: &str) -> Vec<Cited> {
    let file = RegisterFile::new(path, text);
    let (register, diagnostics) = register::read(&[file]);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let mut entries: Vec<_> = register.entries().iter().collect();
    entries.sort_by_key(|entry| entry.range.start);
    entries.into_iter().map(|entry| Cited { item: entry.item.clone(), print: entry.print }).collect()
}

fn compare(route: &str, cited: &[Cited]) {
    let listed = Differences::read(route);
    let (mut count, mut equal, mut explained) = (0, 0, 0);
    let mut wrong = String::new();
    for (style, expected) in STYLES {
        let ours = ours(style, cited);
        let (theirs, order) = theirs(expected);
        assert_eq!(theirs.len(), cited.len(), "{style}");
        for key in order {
            let (our, their) = (&ours[key], &theirs[key]);
            for (what, our, their) in [("cite", &our.cite, &their.cite), ("list", &our.entry, &their.entry)] {
                count += 1;
                if folded(our) == folded(their) {
                    equal += 1;
                } else if listed.explains(style, key, what) {
                    explained += 1;
                } else {
                    wrong.push_str(&format!("{style} {key} {what}\n  Pandoc {their}\n  ours   {our}\n"));
                }
            }
        }
    }
    let share = f64::from(equal + explained) * 100.0 / f64::from(count);
    println!("{route}: {equal} of {count} citations and entries equal Pandoc's, {explained} differ by a rule, {share:.1} %\n{wrong}");
    assert!(share >= 97.0, "{share:.1} % equal or explained\n{wrong}");
    listed.all_needed();
}

/// What we make of sources, each cited alone, in order.
fn ours(style: &str, cited: &[Cited]) -> BTreeMap<Box<str>, Answer> {
    let rendered = rendered(style, cited);
    let cites = cited.iter().zip(&rendered.clusters).map(|(cited, cluster)| (cited.item.key.clone(), marked(&cluster.text)));
    let mut answers: BTreeMap<Box<str>, Answer> = cites.map(|(key, cite)| (key, Answer { cite, ..Answer::default() })).collect();
    for entry in &rendered.list {
        let answer = answers.get_mut(&entry.key).expect("only what is cited is in the list");
        answer.entry = format!("{} {}", marked(&entry.label), marked(&entry.content));
    }
    answers
}

fn rendered(style: &str, cited: &[Cited]) -> Rendered {
    let style = Style::find(style, &[]).unwrap_or_else(|error| panic!("{style}: {}", error.message));
    let clusters: Vec<Cluster> = cited.iter().map(|cited| alone(&cited.item.key)).collect();
    let locale = style.locale(None);
    render(&style, &locale, &Forms::default(), cited, &clusters)
}

/// `[@key]`.
fn alone(key: &str) -> Cluster {
    let cite = Cite { key: key.into(), prefix: Vec::new(), suffix: Vec::new(), locator: None, authors: Authors::Shown };
    Cluster { cites: vec![cite], narration: Narration::Apart, spot: Spot::default() }
}

/// Pandoc's answers, and their keys in the order of the list.
fn theirs(expected: &str) -> (BTreeMap<&str, Answer>, Vec<&str>) {
    let mut order: Vec<&str> = Vec::new();
    let mut answers: BTreeMap<&str, Answer> = BTreeMap::new();
    for line in expected.lines().filter(|line| !line.trim().is_empty()) {
        match (line.trim_start().split_once(": ").or_else(|| line.trim_start().split_once(':')), line.starts_with(' ')) {
            (Some((what, text)), true) => {
                let answer = answers.entry(*order.last().expect("a key")).or_default();
                *(if what == "cite" { &mut answer.cite } else { &mut answer.entry }) = text.to_string();
            }
            _ => order.push(line),
        }
    }
    (answers, order)
}

/// Pieces as text with marks of markup, as `expected.py` writes them.
fn marked(pieces: &[Inline]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Inline::Text(own) => text.push_str(own),
            Inline::Link(_, inside) | Inline::Source(_, inside) => text.push_str(&marked(inside)),
            Inline::Span(format, inside) => {
                let mark = match format {
                    Format::Italic | Format::Upright => "_",
                    Format::Bold => "**",
                    Format::Superscript => "^",
                    Format::Subscript => "~",
                    Format::SmallCaps => "%",
                    Format::Underline => "__",
                    Format::Quoted => "“",
                    Format::Verbatim => "",
                };
                text.push_str(&format!("{mark}{}{mark}", marked(inside)));
            }
        }
    }
    text
}

/// Without what is not compared: how many spaces there are, and which quotation marks. Italics that end and begin again are one.
fn folded(text: &str) -> String {
    let quotes: String = text.chars().map(|letter| if "“”‘’\"«»„‚‹›".contains(letter) { '\'' } else { letter }).collect();
    quotes.split_whitespace().collect::<Vec<_>>().join(" ").replace("__", "").replace("_ _", " ")
}

/// Where ours are others than Pandoc's: lines `ROUTE STYLE KEY WHAT` below a line `# why`. `*` stands for all.
struct Differences {
    lines: Vec<([&'static str; 4], std::cell::Cell<bool>)>,
    route: String,
}

impl Differences {
    fn read(route: &str) -> Differences {
        let lines = DIFFERENCES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let columns =
            lines.map(|line| line.split_whitespace().collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("four columns: {line}")));
        Differences { lines: columns.map(|columns| (columns, false.into())).collect(), route: route.to_string() }
    }

    fn explains(&self, style: &str, key: &str, what: &str) -> bool {
        let asked = [&*self.route, style, key, what];
        let mut is_explained = false;
        for (columns, is_needed) in &self.lines {
            if columns.iter().zip(asked).all(|(column, asked)| *column == "*" || *column == asked) {
                is_needed.set(true);
                is_explained = true;
            }
        }
        is_explained
    }

    /// Fails if a line explains nothing.
    fn all_needed(&self) {
        let of_route = |columns: &[&str; 4]| columns[0] == "*" || columns[0] == self.route;
        let idle: Vec<_> = self
            .lines
            .iter()
            .filter(|(columns, is_needed)| of_route(columns) && !is_needed.get())
            .map(|(columns, _)| columns.join(" "))
            .collect();
        assert!(idle.is_empty(), "differences.txt has lines that explain nothing: {idle:#?}");
    }
}
