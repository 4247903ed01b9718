//! Small sites made by hand, for the tests of gate, index and lint: no Markdown and no YAML is read, so that a test fails for one reason only.
//!
//! It must not know what is tested.

pub mod counters;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::gate::{self, Candidate, Gate, Show, cascade};
use crate::index::{Columns, Index, PageId};
use crate::lint::LintContext;
use crate::memo::Verify;
use crate::page::body::{Body, CiteMark, CiteSpot, Heading, Link, LinkTarget};
use crate::page::date::{Precision, Stamp};
use crate::page::facts::Facts;
use crate::page::front::{Change, ChangeKind, Front, Key, Status, Withdrawn};
use crate::page::origin::Origin;
use crate::references::register::{Register, RegisterFile, Registered};
use crate::references::{Inline, Item};
use crate::site::{self, Joined, RenderMode, Site};
use crate::sources::Sources;

/// When all samples are built.
pub const NOW: &str = "2026-03-01T12:00:00Z";

/// A page, with the text that its places stand in.
pub struct Page {
    path: Arc<str>,
    pub front: Front,
    body: Body,
    keys: String,
    text: String,
    links: Vec<Link>,
    cites: Vec<CiteMark>,
}

/// A page at a path below `content/`.
pub fn page(path: &str) -> Page {
    let path = Arc::from(format!("content/{path}"));
    Page {
        path,
        front: Front::default(),
        body: Body::default(),
        keys: String::new(),
        text: String::new(),
        links: Vec::new(),
        cites: Vec::new(),
    }
}

/// `2026-03-01`, or `2026-03-01T09:30`.
pub fn stamp(text: &str) -> Stamp {
    let civil: DateTime = text.parse().expect("a date");
    let precision = if text.contains('T') { Precision::Time } else { Precision::Day };
    Stamp { civil, offset: None, precision, is_scripted: false }
}

impl Page {
    pub fn title(mut self, title: &str) -> Page {
        self.front.title = Some(title.into());
        self.key("title", title)
    }

    pub fn date(mut self, date: &str) -> Page {
        self.front.date = Some(stamp(date));
        self.key("date", date)
    }

    pub fn topics(mut self, topics: &[&str]) -> Page {
        self.front.terms[0] = Some(topics.iter().map(ToString::to_string).collect());
        self.key("topics", &format!("[{}]", topics.join(", ")))
    }

    pub fn tags(mut self, tags: &[&str]) -> Page {
        self.front.terms[1] = Some(tags.iter().map(ToString::to_string).collect());
        self
    }

    pub fn series(mut self, series: &str, weight: Option<i64>) -> Page {
        self.front.terms[3] = Some(vec![series.into()]);
        self.front.weight = weight;
        self
    }

    pub fn id(mut self, id: &str) -> Page {
        self.front.id = Some(id.into());
        self.key("id", id)
    }

    pub fn status(mut self, status: Status) -> Page {
        self.front.status = Some(status);
        self.key("status", status.name())
    }

    pub fn aliases(mut self, aliases: &[&str]) -> Page {
        self.front.aliases = aliases.iter().map(ToString::to_string).collect();
        self.key("aliases", &format!("[{}]", aliases.join(", ")))
    }

    pub fn supersedes(mut self, older: &str) -> Page {
        self.front.supersedes.push(older.into());
        self.key("supersedes", older)
    }

    pub fn superseded_by(mut self, newer: &str) -> Page {
        self.front.superseded_by.push(newer.into());
        self.key("superseded_by", newer)
    }

    pub fn amends(mut self, older: &str) -> Page {
        self.front.amends.push(older.into());
        self.key("amends", older)
    }

    pub fn amended_by(mut self, newer: &str) -> Page {
        self.front.amended_by.push(newer.into());
        self.key("amended_by", newer)
    }

    pub fn withdrawn(mut self, reason: &str) -> Page {
        self.front.withdrawn = Some(Withdrawn { date: None, reason: reason.into() });
        self.front.status = Some(Status::Withdrawn);
        self.key("withdrawn", reason)
    }

    pub fn change(mut self, date: &str, kind: ChangeKind) -> Page {
        self.front.changes.push(Change { date: stamp(date), note: format!("changed on {date}"), kind });
        self
    }

    /// Any other key, with its line in the file.
    pub fn with(mut self, name: &'static str, value: &str, set: impl FnOnce(&mut Front, String)) -> Page {
        set(&mut self.front, value.into());
        self.key(name, value)
    }

    /// `[words](target)`.
    pub fn to(self, target: &str) -> Page {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let kind = LinkTarget::Destination { path: path.into(), anchor: anchor.map(Into::into), query: query.map(Into::into) };
        self.link(&format!("[words]({target})"), kind)
    }

    /// `![words](target)`.
    pub fn image(self, target: &str) -> Page {
        let target = LinkTarget::Destination { path: target.into(), anchor: None, query: None };
        let mut page = self.link("![words]()", target);
        if let Some(link) = page.links.last_mut() {
            link.alt = Some("words".into());
        }
        page
    }

    /// `[words]({{< ref "target" >}})`, in a language if one is said.
    pub fn ref_to(self, target: &str, lang: Option<&str>) -> Page {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
        let kind = LinkTarget::Ref { path: path.into(), anchor: anchor.map(Into::into), lang: lang.map(Into::into) };
        self.link(&format!("[words]({{{{< ref \"{target}\" >}}}})"), kind)
    }

    /// `[[name]]` or `[[name#part]]`.
    pub fn wiki(self, target: &str) -> Page {
        let (name, anchor) = target.split_once('#').map_or((target, None), |(name, anchor)| (name, Some(anchor)));
        let kind = LinkTarget::Wiki { name: name.into(), anchor: anchor.map(Into::into), has_words: false };
        self.link(&format!("[[{target}]]"), kind)
    }

    /// `[@key]`.
    pub fn cite(mut self, key: &str) -> Page {
        let start = self.text.len() as u32;
        self.text.push_str(&format!("@{key}\n"));
        let span = start..self.text.len() as u32 - 1;
        let sentence = format!("A sentence with {key}.").into();
        self.cites.push(CiteMark { key: key.into(), locator: "".into(), spot: CiteSpot::Text, heading: None, sentence, span });
        self
    }

    /// Headings of these ids, which are anchors too.
    pub fn headings(mut self, ids: &[&str]) -> Page {
        self.body.headings = ids.iter().map(|id| Heading { level: 2, id: (*id).into(), text: (*id).into() }).collect();
        let mut anchors: Vec<Box<str>> = ids.iter().map(|id| (*id).into()).collect();
        anchors.sort();
        self.body.anchors = anchors.into();
        self
    }

    /// A citation of a source at a spot that is no place of the text.
    pub fn cite_at(mut self, key: &str, spot: CiteSpot) -> Page {
        let mark = CiteMark { key: key.into(), locator: "".into(), spot, heading: None, sentence: "".into(), span: 0..0 };
        self.cites.push(mark);
        self
    }

    /// The words of the headings.
    pub fn heading_texts(mut self, texts: &[&str]) -> Page {
        let headings = self.body.headings.iter().zip(texts);
        self.body.headings = headings.map(|(heading, text)| Heading { text: (*text).into(), ..heading.clone() }).collect();
        self
    }

    fn link(mut self, written: &str, target: LinkTarget) -> Page {
        let start = self.text.len() as u32;
        self.text.push_str(written);
        self.text.push('\n');
        let span = start..start + written.len() as u32;
        self.links.push(Link { target, title: None, alt: None, span, heading: None, sentence: "".into() });
        self
    }

    fn key(mut self, name: &'static str, value: &str) -> Page {
        let start = OPENING.len() + self.keys.len();
        self.keys.push_str(&format!("{name}: {value}\n"));
        let (key, _) = Key::named(name).expect("a key");
        self.front.spans.push((key, start as u32..(OPENING.len() + self.keys.len() - 1) as u32));
        self
    }

    fn finish(mut self) -> (Arc<str>, Arc<Front>, Arc<Body>, String) {
        let head = format!("{OPENING}{}---\n", self.keys);
        self.front.body_start = head.len();
        for link in &mut self.links {
            link.span = link.span.start + head.len() as u32..link.span.end + head.len() as u32;
        }
        for cite in &mut self.cites {
            cite.span = cite.span.start + head.len() as u32..cite.span.end + head.len() as u32;
        }
        let cited: Vec<&str> = self.cites.iter().map(|cite| &*cite.key).collect();
        self.body.relations = crate::fingerprint::Fingerprint::of(&(self.body.relations, cited));
        self.body.links = self.links.into();
        self.body.cites = self.cites.into();
        (self.path, Arc::new(self.front), Arc::new(self.body), head + &self.text)
    }
}

const OPENING: &str = "---\n";

/// A built site with what is hidden in it.
pub struct Sample {
    pub site: Site,
    pub gate: Gate,
    pub sources: Sources,
}

/// A site of these pages, with the default settings but for those that are changed.
pub fn site_with(settings: impl FnOnce(&mut Config), pages: Vec<Page>, files: &[&str]) -> Sample {
    site_of(settings, pages, files, Register::default())
}

/// A site of these pages, with a register of sources that have these keys.
pub fn site_with_sources(keys: &[&str], pages: impl IntoIterator<Item = Page>) -> Sample {
    site_of(|_| {}, pages.into_iter().collect(), &[], register(keys))
}

/// A site of these pages, with this register.
pub fn site_with_register(register: &Register, pages: impl IntoIterator<Item = Page>) -> Sample {
    site_of(|_| {}, pages.into_iter().collect(), &[], register.clone())
}

/// A register of sources with these keys.
pub fn register(keys: &[&str]) -> Register {
    let file = RegisterFile::new("content/_data/sources.bib", keys.join("\n"));
    let entry = |key: &&str| {
        let texts = [("title".into(), vec![Inline::text(format!("Report {key}"))])].into();
        let item = Arc::new(Item { key: (*key).into(), kind: "report".into(), texts, ..Item::default() });
        let start = file.text.find(key).expect("it is in the file");
        Registered { print: crate::fingerprint::Fingerprint::of(&*item), item, file: file.clone(), range: start..start + key.len() }
    };
    Register::new(keys.iter().map(entry).collect())
}

fn site_of(settings: impl FnOnce(&mut Config), pages: Vec<Page>, files: &[&str], register: Register) -> Sample {
    let mut config = Config { title: "Site".into(), ..Config::default() };
    settings(&mut config);
    let mut pages: Vec<_> = pages.into_iter().map(Page::finish).collect();
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    let texts = pages.iter().map(|(path, _, _, text)| (&**path, text.as_str()));
    let all: Vec<(&str, &str)> = texts.chain(files.iter().map(|file| (*file, ""))).collect();
    let sources = Sources::in_memory(NOW.parse::<Timestamp>().expect("an instant"), "", &all);
    let fronts = pages.iter().map(|(path, front, _, _)| Candidate {
        origin: Arc::new(Origin::from_path(path, &config.languages).expect("a page")),
        print: sources.get(path).map(|source| source.print).unwrap_or_default(),
        front: front.clone(),
    });
    let candidates: Vec<Candidate> = cascade::apply(fronts.collect());
    let gate = gate::decide(&candidates, &config, &sources, &Show::default(), None, &mut gate::Memory::new(Verify::Off));
    let body = |path: &Arc<str>| pages[pages.binary_search_by(|other| other.0.cmp(path)).expect("a body")].2.clone();
    let bodies: Vec<Arc<Body>> = gate.public.iter().map(|page| body(&page.origin.path)).collect();
    let facts: Vec<Arc<Facts>> = gate.public.iter().zip(&bodies).map(|(page, body)| Arc::new(Facts::new(page.clone(), body))).collect();
    let statics: Vec<&str> = files.iter().filter_map(|file| file.strip_prefix("static/")).collect();
    let columns = Columns {
        config: &config,
        facts: &facts,
        versions: &[],
        marks: &[],
        register: &register,
        files: &gate::files(&sources, &config, &gate),
        statics: statics.iter().copied().collect(),
        theme_files: Vec::new(),
        hidden_names: &gate::hidden_names(&gate.hidden),
    };
    let joined = Joined::new(&columns, &mut site::Memory::new(Verify::Off));
    let columns = columns.print();
    let site = Site {
        config,
        facts,
        bodies,
        versions: Vec::new(),
        version_bodies: Vec::new(),
        marks: Vec::new(),
        index: joined.index,
        links: joined.links,
        addresses: joined.addresses,
        columns,
        theme: Arc::default(),
        data: Default::default(),
        register: Arc::new(register),
        ledger: Arc::default(),
        citing: None,
        files: Vec::new(),
        mode: RenderMode::default(),
    };
    Sample { site, gate, sources }
}

/// A site of these pages.
pub fn site(pages: impl IntoIterator<Item = Page>) -> Sample {
    site_with(|_| {}, pages.into_iter().collect(), &[])
}

impl Sample {
    pub fn index(&self) -> &Index {
        &self.site.index
    }

    /// The place of a page by its path below `content/`.
    pub fn id(&self, path: &str) -> PageId {
        let found = self.site.facts.iter().position(|fact| fact.path().strip_prefix("content/") == Some(path));
        found.expect("a public page") as PageId
    }

    /// Paths below `content/`.
    pub fn paths(&self, pages: impl IntoIterator<Item = PageId>) -> Vec<&str> {
        pages.into_iter().map(|page| self.site.page(page).path().strip_prefix("content/").expect("a page")).collect()
    }

    /// What a list at an address shows.
    pub fn list(&self, route: &str) -> Option<Vec<&str>> {
        let list = self.index().lists.iter().find(|list| &*list.route == route)?;
        Some(self.paths(list.pages.iter().copied()))
    }

    /// The problems that rules find, as `code path:line:column message`, with hints after `|`; but for what is told of most samples.
    pub fn reports(&self) -> Vec<String> {
        let is_usual = |problem: &&Diagnostic| matches!(problem.code, "no-base-url" | "missing-title");
        self.problems().iter().filter(|problem| !is_usual(problem)).map(describe).collect()
    }

    /// How many of the problems are errors.
    pub fn errors(&self) -> usize {
        self.problems().iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// The problems of one code.
    pub fn reports_of(&self, code: &str) -> Vec<String> {
        self.problems().iter().filter(|problem| problem.code == code).map(describe).collect()
    }

    fn problems(&self) -> Vec<Diagnostic> {
        let mut found = crate::lint::check(
            &LintContext { site: &self.site, hidden: &self.gate.hidden, sources: &self.sources, scope: crate::lint::Scope::Check },
            &mut crate::lint::Memory::new(Verify::Off),
        );
        found.sort_by(Diagnostic::order);
        found
    }
}

/// What is told under one code of a site of whole files, which is read from the first byte to the last.
pub fn reports_of_files(settings: &str, files: &[(&str, &str)], code: &str) -> Vec<String> {
    let sources = Sources::in_memory(NOW.parse::<Timestamp>().expect("an instant"), settings, files);
    let options = crate::pipeline::BuildOptions { scope: crate::lint::Scope::Check, ..Default::default() };
    let plan = crate::pipeline::plan(&sources, &mut crate::pipeline::Cache::default(), &options);
    plan.diagnostics.iter().filter(|problem| problem.code == code).map(describe).collect()
}

fn describe(problem: &Diagnostic) -> String {
    let place = match &problem.place {
        Some(place) if place.line > 0 => format!("{}:{}:{}", place.path, place.line, place.column),
        Some(place) => place.path.to_string(),
        None => "-".into(),
    };
    let also = problem.also.iter().map(|(place, label)| format!(" | {}: {label}", place.path));
    let hints = problem.hints.iter().map(|hint| format!(" | {hint}"));
    format!("{} {place} {}{}", problem.code, problem.message, also.chain(hints).collect::<String>())
}
