//! The public test suite of CSL (<https://github.com/citation-style-language/test-suite>), run over our citations.
//!
//! `cargo bench --bench csl-suite -- FOLDER [NAMES]` reads the fixtures of FOLDER (`processor-tests/humans` of the suite, which is not part of this
//! repository), prints how many pass by kind, and what the failed ones whose names contain NAMES should have said.
//! `cargo bench --bench csl-suite -- --styles FOLDER` writes the styles of `tests/citations` there as files that Pandoc can read.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chancery::references::{
    Authors, Cite, Cited, Cluster, Format, Forms, Inline, Locator, Narration, RegisterFile, Rendered, Spot, Style, StyleFile, register,
    render,
};
use serde_json::{Value, json};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--styles", folder] => write_styles(Path::new(folder)),
        [folder] => run(Path::new(folder), None),
        [folder, names] => run(Path::new(folder), Some(names)),
        _ => eprintln!("csl-suite: nothing was run: it wants the folder of the suite's fixtures"),
    }
}

/// Runs all fixtures, and prints those whose names contain `shown` if they fail.
fn run(folder: &Path, shown: Option<&str>) {
    let (fixtures, unread) = fixtures(folder);
    let mut kinds: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut passed = 0;
    std::panic::set_hook(Box::new(|_| {}));
    for fixture in &fixtures {
        let answer = std::panic::catch_unwind(|| fixture.answer()).unwrap_or_else(|_| Err("it panicked".to_string()));
        let is_right = answer.as_ref().is_ok_and(|answer| fold(answer) == fold(&fixture.wanted));
        let kind = kinds.entry(fixture.name.split('_').next().unwrap_or_default().to_string()).or_default();
        kind[usize::from(!is_right)] += 1;
        passed += usize::from(is_right);
        if !is_right && shown.is_some_and(|shown| fixture.name.contains(shown)) {
            let answer = answer.unwrap_or_else(|why| format!("nothing: {why}"));
            println!(
                "{}\n  wanted {}\n  got    {}",
                fixture.name,
                fixture.wanted.replace('\n', "\n         "),
                answer.replace('\n', "\n         ")
            );
        }
    }
    for (kind, [passed, failed]) in kinds {
        println!("{kind:<16} {passed:>3} of {:>3}", passed + failed);
    }
    unread.iter().for_each(|(name, why)| println!("not read: {name}: {why}"));
    println!("{passed} of {} pass", fixtures.len() + unread.len());
}

/// One fixture.
struct Fixture {
    name: String,
    style: String,
    /// CSL-JSON.
    items: Vec<Value>,
    clusters: Vec<Given>,
    mode: Mode,
    wanted: String,
}

/// What an answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Citations,
    List,
}

/// Sources that are cited together, as the suite writes them: `id`, `locator`, `label`, `prefix`, `suffix`, `suppress-author`.
struct Given(Vec<Value>);

/// All fixtures of a folder in the order of their names, and those that cannot be read.
fn fixtures(folder: &Path) -> (Vec<Fixture>, Vec<(String, String)>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder of fixtures").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let (mut fixtures, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        match parse(&name, &std::fs::read_to_string(&path).expect("a fixture").replace("\r\n", "\n")) {
            Ok(fixture) => fixtures.push(fixture),
            Err(why) => unread.push((name, why)),
        }
    }
    (fixtures, unread)
}

fn parse(name: &str, text: &str) -> Result<Fixture, String> {
    let sections = sections(text);
    let get = |section: &str| sections.get(section).map(|text| text.trim()).ok_or(format!("no section {section}"));
    let list = |text: &str| serde_json::from_str::<Vec<Value>>(text).map_err(|error| error.to_string());
    let items = list(get("INPUT")?)?;
    let clusters = match (get("CITATIONS"), get("CITATION-ITEMS"), get("BIBENTRIES")) {
        (Ok(calls), ..) => of_calls(&list(calls)?)?,
        (_, Ok(given), _) => list(given)?.iter().map(|cites| Given(array(cites).to_vec())).collect(),
        (.., entries) => {
            let ids = match entries {
                Ok(entries) => list(entries)?.last().map(|ids| array(ids).to_vec()).unwrap_or_default(),
                Err(_) => items.iter().map(|item| item["id"].clone()).collect(),
            };
            vec![Given(ids.into_iter().map(|id| json!({ "id": id })).collect())]
        }
    };
    let result = get("RESULT")?;
    let (mode, wanted) = match get("MODE")? {
        "citation" if sections.contains_key("CITATIONS") => {
            (Mode::Citations, result.lines().map(without_number).collect::<Vec<_>>().join("\n"))
        }
        "citation" => (Mode::Citations, result.to_string()),
        "bibliography" => (Mode::List, entries(result)),
        other => return Err(format!("mode {other}")),
    };
    Ok(Fixture { name: name.to_string(), style: get("CSL")?.to_string(), items, clusters, mode, wanted })
}

/// `>>===== NAME =====>>` to `<<===== NAME =====<<`.
fn sections(text: &str) -> HashMap<&str, &str> {
    let mut sections = HashMap::new();
    let mut rest = text;
    while let Some(at) = rest.find(">>=") {
        rest = &rest[at..];
        let name = |line: &str| line.trim_matches(['=', ' ', '<', '>', '\t']).to_string();
        let head = rest.lines().next().unwrap_or_default();
        let ends = rest.match_indices("<<=").find(|(at, _)| name(rest[*at..].lines().next().unwrap_or_default()) == name(head));
        let Some((end, _)) = ends else { break };
        sections.insert(head.trim_matches(['=', ' ', '>', '\t']), &rest[head.len()..end]);
        rest = &rest[end + 3..];
    }
    sections
}

/// `>>[3] (Doe 2000)` without its number.
fn without_number(line: &str) -> &str {
    line.split_once("] ").map_or("", |(_, text)| text)
}

/// The entries of a list in HTML, one a line.
fn entries(html: &str) -> String {
    let inside = html.trim().trim_start_matches("<div class=\"csl-bib-body\">").trim_end();
    let inside = inside.strip_suffix("</div>").unwrap_or(inside);
    let entries = inside.split("<div class=\"csl-entry\">").skip(1).map(|entry| {
        let entry = entry.trim_end();
        entry.strip_suffix("</div>").unwrap_or(entry).lines().map(str::trim_start).collect::<String>().trim().to_string()
    });
    entries.collect::<Vec<_>>().join("\n")
}

/// The clusters of a document as the last of several calls leaves them.
fn of_calls(calls: &[Value]) -> Result<Vec<Given>, String> {
    let by_id: HashMap<&str, &Value> = calls.iter().map(|call| (call[0]["citationID"].as_str().unwrap_or_default(), &call[0])).collect();
    let last = calls.last().ok_or("no citations")?;
    let id = |pair: &Value| pair[0].as_str().unwrap_or_default().to_string();
    let own = last[0]["citationID"].as_str().unwrap_or_default().to_string();
    let order = array(&last[1]).iter().map(id).chain([own]).chain(array(&last[2]).iter().map(id));
    let cluster =
        |id: String| by_id.get(&*id).map(|cluster| Given(array(&cluster["citationItems"]).to_vec())).ok_or(format!("no citation {id}"));
    order.map(cluster).collect()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Fixture {
    /// What our citations say, in the suite's HTML.
    fn answer(&self) -> Result<String, String> {
        let file = StyleFile {
            path: "styles/fixture.csl".into(),
            text: Arc::from(&*self.style),
            print: chancery::fingerprint::Fingerprint::of(&self.style),
        };
        let style = Style::find("fixture", &[file]).map_err(|error| error.message)?;
        let mut pieces = Pieces::default();
        let clusters: Vec<Cluster> = self.clusters.iter().map(|given| given.cluster(&mut pieces)).collect();
        let (cited, said) = read(&self.items, &pieces);
        let clusters: Vec<Cluster> = clusters.into_iter().map(|cluster| with_pieces(cluster, &said)).collect();
        let rendered = render(&style, &style.locale(None), &Forms::default(), &cited, &clusters);
        Ok(match self.mode {
            Mode::Citations => rendered
                .clusters
                .iter()
                .map(|cluster| html(&[&cluster.names[..], &cluster.text[..]].concat()))
                .collect::<Vec<_>>()
                .join("\n"),
            Mode::List => list(&rendered, self.style.contains("second-field-align")),
        })
    }
}

/// Prefixes and suffixes, which have markup as titles have: they are read as titles are.
#[derive(Default)]
struct Pieces(Vec<String>);

impl Pieces {
    /// The key under which a text stands.
    fn key(&mut self, text: Option<&Value>) -> Vec<Inline> {
        match text.and_then(Value::as_str).filter(|text| !text.is_empty()) {
            Some(text) => {
                self.0.push(text.to_string());
                vec![Inline::text(format!("piece-{}", self.0.len() - 1))]
            }
            None => Vec::new(),
        }
    }
}

impl Given {
    fn cluster(&self, pieces: &mut Pieces) -> Cluster {
        let cites = self.0.iter().map(|cite| {
            let is_set = |key: &str| cite.get(key).is_some_and(|value| value.as_bool().unwrap_or(value.as_u64() == Some(1)));
            let label = cite["label"].as_str().unwrap_or("page");
            let value = cite.get("locator").map(string).filter(|value| !value.is_empty());
            Cite {
                key: string(&cite["id"]).into(),
                prefix: pieces.key(cite.get("prefix")),
                suffix: pieces.key(cite.get("suffix")),
                locator: value.map(|value| Locator { label: label.into(), written: "".into(), value: value.into() }),
                authors: if is_set("suppress-author") { Authors::Suppressed } else { Authors::Shown },
            }
        });
        Cluster { cites: cites.collect(), narration: Narration::Apart, spot: Spot::default() }
    }
}

fn string(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// Prefixes and suffixes by their keys.
type Said = HashMap<String, Vec<Inline>>;

/// The items of a fixture, and its prefixes and suffixes by their keys.
fn read(items: &[Value], pieces: &Pieces) -> (Vec<Cited>, Said) {
    let fakes = pieces.0.iter().enumerate().map(|(at, text)| json!({ "id": format!("piece-{at}"), "type": "book", "title": text }));
    let all: Vec<Value> = items.iter().cloned().chain(fakes).collect();
    let file = RegisterFile::new("fixture.json", serde_json::to_string_pretty(&all).expect("it was JSON"));
    let (register, _) = register::read(&[file]);
    let (mut cited, mut said) = (Vec::new(), HashMap::new());
    for entry in register.entries() {
        match entry.item.key.starts_with("piece-") {
            true => drop(said.insert(entry.item.key.to_string(), entry.item.texts.get("title").cloned().unwrap_or_default())),
            false => cited.push(Cited { item: entry.item.clone(), print: entry.print }),
        }
    }
    (cited, said)
}

fn with_pieces(mut cluster: Cluster, said: &Said) -> Cluster {
    let get = |pieces: &[Inline]| match pieces {
        [Inline::Text(key)] => said.get(&**key).cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    for cite in &mut cluster.cites {
        cite.prefix = get(&cite.prefix);
        cite.suffix = get(&cite.suffix);
    }
    cluster
}

/// The entries of a list; their labels stand apart only where the style aligns them.
fn list(rendered: &Rendered, is_aligned: bool) -> String {
    let entries = rendered.list.iter().map(|entry| {
        let (label, content) = (html(&entry.label), html(&entry.content));
        match (label.is_empty(), is_aligned) {
            (true, _) => content,
            (false, true) => format!("<div class=\"csl-left-margin\">{label}</div><div class=\"csl-right-inline\">{content}</div>"),
            (false, false) if content.starts_with(char::is_alphanumeric) => format!("{label} {content}"),
            (false, false) => label + &content,
        }
    });
    entries.collect::<Vec<_>>().join("\n")
}

/// Pieces as the suite writes them.
fn html(pieces: &[Inline]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Inline::Text(own) => text.push_str(own),
            Inline::Link(_, inside) | Inline::Source(_, inside) => text.push_str(&html(inside)),
            Inline::Span(format, inside) => {
                let (open, close) = match format {
                    Format::Italic => ("<i>", "</i>"),
                    Format::Upright => ("<span style=\"font-style:normal;\">", "</span>"),
                    Format::Bold => ("<b>", "</b>"),
                    Format::Superscript => ("<sup>", "</sup>"),
                    Format::Subscript => ("<sub>", "</sub>"),
                    Format::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
                    Format::Underline => ("<span style=\"text-decoration:underline;\">", "</span>"),
                    Format::Quoted => ("“", "”"),
                    Format::Verbatim => ("", ""),
                };
                text.push_str(&format!("{open}{}{close}", html(inside)));
            }
        }
    }
    text
}

/// HTML with what can be written in several ways written in one: characters by their numbers, apostrophes, elements that end and begin again, and where a
/// label ends.
fn fold(html: &str) -> String {
    let mut html = html.to_string();
    let same = [
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("'", "’"),
        ("</i><i>", ""),
        ("</b><b>", ""),
        ("</sup><sup>", ""),
        ("</sub><sub>", ""),
        ("</span><span style=\"font-variant:small-caps;\">", ""),
        (" </div>", "</div>"),
        ("csl-right-inline\"> ", "csl-right-inline\">"),
    ];
    same.iter().for_each(|(written, folded)| html = html.replace(written, folded));
    html.trim().to_string()
}

/// The styles of `tests/citations` as XML, from the archive.
fn write_styles(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder for styles");
    let styles = [
        ("apa", "apa"),
        ("chicago-author-date", "chicago-author-date"),
        ("chicago-notes", "chicago-notes"),
        ("harvard-cite-them-right", "harvard-cite-them-right"),
        ("ieee", "ieee"),
        ("mhra-notes", "modern-humanities-research-association-notes"),
    ];
    for (name, archived) in styles {
        let style = hayagriva::archive::ArchivedStyle::by_name(archived).expect("the archive has it").get();
        // `to_xml` leaves out the name space, and writes one term otherwise than it reads it.
        let xml = style
            .to_xml()
            .expect("it was read")
            .replacen("<style ", "<style xmlns=\"http://purl.org/net/xbiblio/csl\" ", 1)
            .replace("\"et al\"", "\"et-al\"");
        std::fs::write(folder.join(name).with_extension("csl"), xml).expect("a style");
    }
}
