//! Warm equals cold: whatever is edited, a build with memory gives the same files as one without, and renders no more than it must.

use std::collections::BTreeMap;

use chancery::diagnostic::Diagnostic;
use chancery::emit::{self, Job};
use chancery::fingerprint::{Fingerprint, Short};
use chancery::memo::Verify;
use chancery::pipeline::{self, Cache, Order};
use chancery::sources::Sources;
use chancery::view::View;
use proptest::prelude::*;

/// A site that is built again and again, as in watch mode: files whose key is equal keep their old bytes.
struct Warm {
    cache: Cache,
    /// What the last process left of pages.
    left: Option<Vec<u8>>,
    files: BTreeMap<Box<str>, (Fingerprint, Vec<Short>, Vec<u8>)>,
}

impl Warm {
    fn new() -> Warm {
        Warm { cache: Cache::new(Verify::On), left: None, files: BTreeMap::new() }
    }

    /// Goes on in another process: only what outlives one is remembered.
    fn restart(&mut self) {
        self.left = self.cache.pages().or(self.left.take());
        let left = self.left.clone();
        self.cache = Cache::of_another(&[], move || left, Verify::On);
    }

    /// Builds, and gives the paths of the files that were rendered. With mistakes in the site the old files stay.
    fn build(&mut self, sources: &Sources) -> Result<Vec<String>, Vec<Diagnostic>> {
        let plan = pipeline::plan(sources, &mut self.cache, &Order::default());
        let view = View::of(&plan.site);
        let outputs = emit::plan(&view);
        let problems = plan.problems(&view, &outputs);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut rendered = Vec::new();
        let mut files = BTreeMap::new();
        for output in &outputs {
            let (wanted, prints) = emit::key_and_prints(&view, output);
            assert_eq!(wanted, emit::key(&view, output), "{} has one key", output.path);
            let before = self.files.remove(&output.path);
            if let Some((key, known, _)) = &before {
                assert_eq!(*key == wanted, *known == prints, "what changes the key of {} is told", output.path);
            }
            let kept = before.filter(|(key, ..)| *key == wanted);
            let file = kept.unwrap_or_else(|| {
                let mut bytes = Vec::new();
                emit::render(&Job { view: &view, sources, output }, &mut bytes).expect("the built-in theme has no mistakes");
                rendered.push(output.path.to_string());
                (wanted, prints, bytes)
            });
            files.insert(output.path.clone(), file);
        }
        self.files = files;
        Ok(rendered)
    }
}

fn cold(sources: &Sources) -> Result<BTreeMap<Box<str>, Vec<u8>>, Vec<Diagnostic>> {
    pipeline::render_all(sources, &mut Cache::default(), &Order::default())
}

fn now() -> jiff::Timestamp {
    "2026-11-24T12:00:00Z".parse().expect("an instant")
}

/// A page about defence that links to another one.
fn page(number: usize, title: &str, extra: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-0{}-0{}\ntopics: [Defence]\n{extra}---\n\n{body}\n\nSee [the next](p{}.md).\n",
        1 + number % 9,
        1 + number % 7,
        (number + 1) % PAGES
    )
}

const PAGES: usize = 6;
const SETTINGS: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n";

fn site() -> Sources {
    let mut sources = Sources::in_memory(now(), SETTINGS, &[]);
    for number in 0..PAGES {
        sources
            .set(&format!("content/briefings/p{number}.md"), &page(number, &format!("Page {number}"), "", "Some text about Ada Lovelace."));
    }
    sources.set("content/people/ada.md", "---\ntitle: Ada Lovelace\n---\n\nA person.\n");
    sources.set("content/topics/defence.md", "---\ntitle: Defence\nsynonyms: [defense]\n---\n\nWhat it is.\n");
    sources
}

/// One thing that somebody does to a site.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, String),
    Title(usize, String),
    /// A line of front matter for a page, such as a tag or a draft.
    Key(usize, &'static str),
    Remove(usize),
    Add(String),
    Settings(&'static str),
    Template(&'static str, Option<&'static str>),
    Data(&'static str),
    Break(usize),
    Restart,
}

const KEYS: [&str; 16] = [
    "",
    "tags: [a, b]\n",
    "tags: [B, c]\n",
    "draft: true\n",
    "publish_at: 2026-12-01T00:00:00Z\n",
    "expires: 2026-01-01\n",
    "topics: [Defense, Trade]\n",
    "slug: other\n",
    "aliases: [/old/]\n",
    "status: archived\n",
    "supersedes: p1\n",
    "series: One\nweight: 2\n",
    "authors: [Ada Lovelace, Desk]\n",
    "changes: [{date: 2026-05-01, note: Mended, kind: correction}]\n",
    "withdrawn: {date: 2026-05-01, reason: Wrong}\n",
    "id: PB-1\n",
];

fn edit() -> impl Strategy<Value = Edit> {
    let words = "[a-z]{1,8}( [a-z]{1,8}){0,4}";
    let settings = prop::sample::select(vec![
        SETTINGS,
        "title = \"Other\"\n",
        "base_url = \"https://example.org/p/\"\npaginate_by = 2\n[links]\ninternal = \"warn\"\n",
    ]);
    let template = prop::sample::select(vec![
        ("templates/home.html", Some("<p>{{ head.title }}</p>{% for card in list.items %}{{ card.title }}{% endfor %}")),
        ("templates/home.html", None),
        ("templates/briefing.html", Some("{% extends \"default/briefing.html\" %}")),
        ("templates/briefing.html", None),
        ("templates/topic.html", Some("<p>{{ data_notes.a }}</p>")),
        ("templates/topic.html", None),
        ("templates/shortcodes/hello.html", Some("{% component hello(name: string = \"x\") %}<b>{{ name }}</b>{% endcomponent hello %}")),
        ("templates/shortcodes/hello.html", Some("{% component hello(name: string = \"y\") %}<i>{{ name }}</i>{% endcomponent hello %}")),
    ]);
    prop_oneof![
        4 => (0..PAGES, words).prop_map(|(page, text)| Edit::Body(page, text)),
        1 => (0..PAGES).prop_map(|page| Edit::Body(page, "{{< hello name=\"z\" >}}".into())),
        1 => (0..PAGES).prop_map(|page| Edit::Body(page, "[[p2]] and [[Page 3]] and [gone](gone.md) and [data](data.csv)".into())),
        3 => (0..PAGES, words).prop_map(|(page, text)| Edit::Title(page, text)),
        6 => (0..PAGES, prop::sample::select(KEYS.to_vec())).prop_map(|(page, key)| Edit::Key(page, key)),
        2 => (0..PAGES).prop_map(Edit::Remove),
        1 => "[a-z]{1,6}".prop_map(Edit::Add),
        1 => settings.prop_map(Edit::Settings),
        1 => template.prop_map(|(path, text)| Edit::Template(path, text)),
        1 => prop::sample::select(vec!["a: 1\n", "a: 2\n", "a: [\n"]).prop_map(Edit::Data),
        1 => (0..PAGES).prop_map(Edit::Break),
        5 => Just(Edit::Restart),
    ]
}

fn apply(sources: &mut Sources, edit: &Edit) {
    let path = |page: &usize| format!("content/briefings/p{page}.md");
    match edit {
        Edit::Body(number, text) => sources.set(&path(number), &page(*number, &format!("Page {number}"), "", text)),
        Edit::Title(number, title) => sources.set(&path(number), &page(*number, title, "", "Text.")),
        Edit::Key(number, key) => sources.set(&path(number), &page(*number, &format!("Page {number}"), key, "Text.")),
        Edit::Remove(number) => sources.remove(&path(number)),
        Edit::Add(name) => {
            sources.set(&format!("content/notes/{name}/index.md"), "---\ntitle: New\ndate: 2026-02-02\ntags: [a]\n---\n\nNew text.\n")
        }
        Edit::Settings(text) => sources.settings.1 = (*text).into(),
        Edit::Template(path, Some(text)) => sources.set(path, text),
        Edit::Template(path, None) => sources.remove(path),
        Edit::Data(text) => sources.set("content/_data/notes.yaml", text),
        Edit::Break(number) => sources.set(&path(number), "---\ntitle: [\n---\n\nBroken.\n"),
        // Nothing is edited.
        Edit::Restart => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold_after_any_edits(edits in prop::collection::vec(edit(), 1..12)) {
        let mut sources = site();
        let mut warm = Warm::new();
        warm.build(&sources).expect("the first site is sound");
        for edit in &edits {
            apply(&mut sources, edit);
            if matches!(edit, Edit::Restart) {
                warm.restart();
            }
            match (warm.build(&sources), cold(&sources)) {
                (Ok(_), Ok(cold)) => {
                    let paths: Vec<_> = warm.files.keys().collect();
                    prop_assert_eq!(paths, cold.keys().collect::<Vec<_>>());
                    for (path, bytes) in &cold {
                        prop_assert!(warm.files[path].2 == *bytes, "{} is stale after {:?}", path, edit);
                    }
                }
                (Err(warm), Err(cold)) => prop_assert_eq!(warm, cold),
                (warm, cold) => prop_assert!(false, "warm {:?}, cold {:?}", warm.map(drop), cold.map(drop)),
            }
        }
    }
}

/// The files that one edit makes be rendered again.
fn rendered_after(edit: Edit) -> Vec<String> {
    let mut sources = site();
    let mut warm = Warm::new();
    warm.build(&sources).expect("the first site is sound");
    apply(&mut sources, &edit);
    warm.build(&sources).expect("the edited site is sound")
}

#[test]
fn nothing_is_rendered_when_nothing_changed() {
    let mut warm = Warm::new();
    warm.build(&site()).expect("a sound site");
    assert_eq!(warm.build(&site()).expect("a sound site"), Vec::<String>::new());
}

#[test]
fn another_process_renders_nothing_when_nothing_changed_and_has_nothing_new_to_keep() {
    let mut warm = Warm::new();
    warm.build(&site()).expect("a sound site");
    assert!(warm.cache.pages().is_some());
    warm.restart();
    assert_eq!(warm.build(&site()).expect("a sound site"), Vec::<String>::new());
    assert!(warm.cache.pages().is_none());
}

#[test]
fn a_body_edit_renders_its_page_and_what_quotes_it() {
    let mut sources = site();
    let mut warm = Warm::new();
    sources.set("content/briefings/p1.md", &page(1, "Page 1", "summary: Kept\n", "Old."));
    warm.build(&sources).expect("a sound site");
    sources.set("content/briefings/p1.md", &page(1, "Page 1", "summary: Kept\n", "New."));
    assert_eq!(warm.build(&sources).expect("a sound site"), ["briefings/p1/index.html"]);
}

#[test]
fn a_new_tag_renders_its_own_pages_and_those_of_tags() {
    let mut sources = site();
    let mut warm = Warm::new();
    sources.set("content/briefings/p1.md", &page(1, "Page 1", "tags: [a]\n", "Text."));
    warm.build(&sources).expect("a sound site");
    sources.set("content/briefings/p1.md", &page(1, "Page 1", "tags: [a, new]\n", "Text."));
    let rendered = warm.build(&sources).expect("a sound site");
    assert_eq!(rendered, ["briefings/p1/index.html", "sitemap.xml", "tags/index.html", "tags/new/index.html"]);
}

#[test]
fn a_new_title_renders_the_lists_and_pages_that_show_it() {
    let rendered = rendered_after(Edit::Title(2, "Another title".into()));
    for path in ["index.html", "briefings/p2/index.html", "topics/defence/index.html", "feed.xml", "archive/2026/index.html"] {
        assert!(rendered.iter().any(|other| other == path), "{path} is not rendered");
    }
    assert!(
        !rendered.iter().any(|path| path == "topics/index.html" || path == "people/index.html" || path == "archive/index.html"),
        "{rendered:?}"
    );
}

#[test]
fn a_page_before_all_others_renders_none_of_them() {
    // Its path is the first, so every other page gets another place: places are in no key.
    let mut sources = site();
    let mut warm = Warm::new();
    warm.build(&sources).expect("a sound site");
    sources.set("content/aaa.md", "---\ntitle: First\nkind: page\n---\n\nAlone.\n");
    let rendered = warm.build(&sources).expect("a sound site");
    assert_eq!(rendered, ["aaa/index.html", "cards/0.json", "sitemap.xml"]);
}

#[test]
fn a_page_that_gets_another_language_mentions_others_by_it() {
    let mut sources = site();
    let mut warm = Warm::new();
    sources.set("content/notes/x.de.md", "---\ntitle: X\ndate: 2026-02-02\n---\n\nAda Lovelace.\n");
    for languages in ["languages = [\"de\"]\n", "languages = [\"fr\"]\n"] {
        sources.settings.1 = format!("{languages}{SETTINGS}").into();
        warm.build(&sources).expect("a sound site");
        let cold = cold(&sources).expect("a sound site");
        assert!(cold.iter().all(|(path, bytes)| warm.files[path].2 == *bytes), "{languages}");
    }
}
