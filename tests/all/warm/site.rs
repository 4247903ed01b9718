//! A site that somebody edits at random: what it is made of, and all that people do to one.

use std::collections::BTreeMap;

use chancery::config::Override;
use chancery::gate::{Clearance, Show};
use chancery::pipeline::{BuildOptions, Warnings};
use chancery::sources::Sources;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::words::{BROKEN, FILES, FOLDERS, FRAGMENTS, INSTANTS, KEYS, PAGES, PLACES, SETTINGS, TITLES};

/// A site as its authors see it, from which its sources follow.
#[derive(Debug, Clone)]
pub struct Site {
    files: BTreeMap<String, File>,
    settings: BTreeMap<(&'static str, &'static str), &'static str>,
    now: &'static str,
    flags: Flags,
}

#[derive(Debug, Clone)]
enum File {
    Page(Page),
    Plain(&'static str),
}

#[derive(Debug, Clone, Default)]
struct Page {
    keys: BTreeMap<&'static str, &'static str>,
    body: Vec<&'static str>,
}

/// With which flags the program is called.
#[derive(Debug, Clone, Copy)]
pub enum Flags {
    None,
    Drafts,
    FutureAndExpired,
    Cleared,
    Relative,
    Strict,
    Overrides,
    /// As `serve` calls it: links that lead nowhere are marked.
    Marks,
    /// The clock says 2027, and `now` is asked for.
    AsItStood,
}

/// One thing that somebody does to a site.
#[derive(Debug, Clone)]
pub enum Edit {
    Body(Index, Vec<&'static str>),
    /// A key of front matter gets a value, or goes.
    Key(Index, &'static str, Option<&'static str>),
    Add(&'static str, Vec<&'static str>),
    Remove(Index),
    Rename(Index, &'static str),
    MoveFolder(&'static str, &'static str),
    /// Of a file that is no page: a template, data, a style sheet, a picture.
    File(&'static str, Option<&'static str>),
    Setting((&'static str, &'static str), Option<&'static str>),
    /// A page is saved while it cannot be read.
    Break(Index, &'static str),
    /// Time goes by.
    Now(&'static str),
    Flags(Flags),
    /// The site is again what it was before so many edits.
    Undo(usize),
    /// Another process goes on.
    Restart,
}

/// A value of a table, or none.
fn value(values: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.7, select(values))
}

fn body() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(select(FRAGMENTS), 0..4)
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let page = any::<Index>;
    let flags = [
        Flags::None,
        Flags::Drafts,
        Flags::FutureAndExpired,
        Flags::Cleared,
        Flags::Relative,
        Flags::Strict,
        Flags::Overrides,
        Flags::Marks,
        Flags::AsItStood,
    ];
    prop_oneof![
        6 => (page(), body()).prop_map(|(page, body)| Edit::Body(page, body)),
        3 => (page(), select(TITLES)).prop_map(|(page, title)| Edit::Key(page, "title", Some(title))),
        10 => (page(), select(KEYS)).prop_flat_map(|(page, (key, values))| value(values).prop_map(move |value| Edit::Key(page, key, value))),
        2 => (select(PLACES), body()).prop_map(|(path, body)| Edit::Add(path, body)),
        2 => page().prop_map(Edit::Remove),
        2 => (page(), select(PLACES)).prop_map(|(page, path)| Edit::Rename(page, path)),
        2 => (select(FOLDERS), select(FOLDERS)).prop_map(|(from, to)| Edit::MoveFolder(from, to)),
        6 => select(FILES).prop_flat_map(|(path, texts)| value(texts).prop_map(move |text| Edit::File(path, text))),
        4 => select(SETTINGS).prop_flat_map(|(name, values)| value(values).prop_map(move |value| Edit::Setting(name, value))),
        1 => (page(), select(BROKEN)).prop_map(|(page, text)| Edit::Break(page, text)),
        1 => select(INSTANTS).prop_map(Edit::Now),
        1 => select(flags.to_vec()).prop_map(Edit::Flags),
        1 => (1..4usize).prop_map(Edit::Undo),
        3 => Just(Edit::Restart),
    ]
}

impl Site {
    pub fn new() -> Site {
        let mut site = Site { files: BTreeMap::new(), settings: BTreeMap::new(), now: INSTANTS[0], flags: Flags::None };
        site.settings.insert(("", "title"), "\"Test\"");
        site.settings.insert(("", "base_url"), "\"https://example.org/\"");
        site.settings.insert(("links", "internal"), "\"warn\"");
        site.settings.insert(("markings", "order"), "[\"official\", \"restricted\"]");
        for (path, keys, body) in PAGES {
            site.files.insert((*path).into(), File::Page(Page { keys: keys.iter().copied().collect(), body: body.to_vec() }));
        }
        for (path, texts) in FILES.iter().filter(|(path, _)| path.contains("bundle") || path.contains("hello") || path.contains("_data")) {
            site.files.insert((*path).into(), File::Plain(texts[0]));
        }
        site
    }

    /// Does an edit; `past` are the sites of before.
    pub fn apply(&mut self, edit: &Edit, past: &[Site]) {
        match edit {
            Edit::Body(at, body) => self.page(at).body.clone_from(body),
            Edit::Key(at, key, Some(value)) => drop(self.page(at).keys.insert(key, value)),
            Edit::Key(at, key, None) => drop(self.page(at).keys.remove(key)),
            Edit::Add(path, body) => {
                let keys = [("title", "New"), ("date", "2026-03-03"), ("tags", "[a, new]")].into();
                self.files.insert((*path).into(), File::Page(Page { keys, body: body.clone() }));
            }
            Edit::Remove(at) => drop(self.take(at)),
            Edit::Rename(at, to) => {
                if let Some((_, file)) = self.take(at) {
                    self.files.insert((*to).into(), file);
                }
            }
            Edit::MoveFolder(from, to) => self.move_folder(from, to),
            Edit::File(path, Some(text)) => drop(self.files.insert((*path).into(), File::Plain(text))),
            Edit::File(path, None) => drop(self.files.remove(*path)),
            Edit::Setting(name, Some(value)) => drop(self.settings.insert(*name, value)),
            Edit::Setting(name, None) => drop(self.settings.remove(name)),
            Edit::Break(at, text) => {
                let path = self.path(at);
                self.files.insert(path, File::Plain(text));
            }
            Edit::Now(now) => self.now = now,
            Edit::Flags(flags) => self.flags = *flags,
            Edit::Undo(steps) => self.clone_from(past.iter().rev().nth(*steps).unwrap_or(&Site::new())),
            Edit::Restart => {}
        }
    }

    fn move_folder(&mut self, from: &str, to: &str) {
        let all = std::mem::take(&mut self.files);
        let moved = |path: String| path.strip_prefix(from).map(|inside| [to, inside].concat()).unwrap_or(path);
        self.files = all.into_iter().map(|(path, file)| (moved(path), file)).collect();
    }

    fn take(&mut self, at: &Index) -> Option<(String, File)> {
        self.files.remove_entry(&self.path(at))
    }

    /// The path of a page; of one to be made, if there is none.
    fn path(&self, at: &Index) -> String {
        let pages: Vec<&String> = self.files.iter().filter(|(_, file)| matches!(file, File::Page(_))).map(|(path, _)| path).collect();
        if pages.is_empty() { "content/first.md".into() } else { pages[at.index(pages.len())].clone() }
    }

    fn page(&mut self, at: &Index) -> &mut Page {
        let path = self.path(at);
        match self.files.entry(path).or_insert_with(|| File::Page(Page::default())) {
            File::Page(page) => page,
            File::Plain(_) => unreachable!("only pages are looked for"),
        }
    }

    /// Makes sources what this site says.
    pub fn write(&self, sources: &mut Sources) {
        sources.now = self.now.parse().expect("an instant");
        sources.settings.1 = self.settings_file().into();
        let gone: Vec<_> = sources.files.iter().map(|file| file.path.clone()).filter(|path| !self.files.contains_key(&**path)).collect();
        gone.iter().for_each(|path| sources.remove(path));
        for (path, file) in &self.files {
            match file {
                File::Page(page) => sources.set(path, &page.text()),
                File::Plain(text) => sources.set(path, text),
            }
        }
    }

    pub fn sources(&self) -> Sources {
        let mut sources = Sources::in_memory(INSTANTS[0].parse().expect("an instant"), "", &[]);
        self.write(&mut sources);
        sources
    }

    fn settings_file(&self) -> String {
        let mut text = String::new();
        let mut last = "";
        for ((table, key), value) in &self.settings {
            if *table != last {
                text.push_str(&format!("[{table}]\n"));
                last = table;
            }
            text.push_str(&format!("{key} = {value}\n"));
        }
        text
    }

    pub fn order(&self) -> BuildOptions {
        let show = |drafts, others| Show { drafts, future: others, expired: others, ..Show::default() };
        match self.flags {
            Flags::None => BuildOptions::default(),
            Flags::Drafts => BuildOptions { show: show(true, false), ..BuildOptions::default() },
            Flags::FutureAndExpired => BuildOptions { show: show(false, true), ..BuildOptions::default() },
            Flags::Cleared => {
                let clearance = Clearance::Only(vec!["Official".into()]);
                BuildOptions { show: Show { clearance, ..Show::default() }, ..BuildOptions::default() }
            }
            Flags::Relative => BuildOptions { relative_urls: true, ..BuildOptions::default() },
            Flags::Marks => BuildOptions { mark_broken_links: true, ..BuildOptions::default() },
            Flags::AsItStood => BuildOptions { present: "2027-01-01T00:00:00Z".parse().ok(), ..BuildOptions::default() },
            Flags::Strict => BuildOptions { warnings: Warnings::Deny, ..BuildOptions::default() },
            Flags::Overrides => {
                let set = |key: &str, value: &str| Override { key: key.into(), value: value.into(), from: format!("--set {key}={value}") };
                BuildOptions { overrides: vec![set("paginate_by", "1"), set("title", "Set")], ..BuildOptions::default() }
            }
        }
    }
}

impl Page {
    fn text(&self) -> String {
        let keys: String = self.keys.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("---\n{keys}---\n\n{}\n", self.body.join("\n\n"))
    }
}
