//! Where the time of a build goes: whole sites of generated briefings in memory, cold, warm and after one edit.
//!
//! `cargo bench` prints times of this machine; compare them with each other, not with those of another machine. The comparison with Hugo is made
//! by a script of its own, on whole processes.

use std::fmt::Write;

use chancery::pipeline::{self, BuildOptions, Cache};
use chancery::sources::Sources;
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// A briefing of some 600 words with headings, a table, links to three others, notes and terms.
fn briefing(number: usize, count: usize) -> String {
    let mut text = format!(
        "---\ntitle: \"Briefing {number} on subject {}\"\ndate: 20{:02}-{:02}-{:02}\nsummary: \"What is known of subject {number}.\"\nauthors: [Desk {}]\ntopics: [Topic {}, Topic {}]\ntags: [tag {}, tag {}, tag {}]\n---\n\n",
        number % 97,
        10 + number % 15,
        1 + number % 12,
        1 + number % 28,
        number % 50,
        number % 40,
        (number / 7) % 40,
        number % 400,
        (number / 3) % 400,
        (number / 11) % 400
    );
    for part in 0..6 {
        let other = (number * 31 + part * 17 + 1) % count;
        let _ = write!(
            text,
            "## Part {part} of the matter\n\nThe committee *reviewed* the figures of {}, and **noted** a shortfall of {}.{}% in the north[^1]. It asked for a timetable, as set out in [briefing {other}](b{other}.md). {}\n\n",
            2000 + part,
            number % 90,
            part,
            "Local authorities reported uneven uptake between districts, although the sample left out the islands. ".repeat(5)
        );
    }
    text.push_str("| Area | 2023 | 2024 |\n|---|--:|--:|\n| North | 1.2 | 1.4 |\n| South | 2.2 | 2.4 |\n\n[^1]: Annual report, page 12.\n");
    text
}

fn site(count: usize) -> Sources {
    let pages: Vec<(String, String)> =
        (0..count).map(|number| (format!("content/briefings/b{number}.md"), briefing(number, count))).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let now = "2026-11-24T00:00:00Z".parse().expect("an instant");
    Sources::in_memory(now, "title = \"Bench\"\nbase_url = \"https://example.org/\"\n", &files)
}

/// So many pages a growth is measured with: divan prints the pages a second beside each time.
const GROWTH: &[usize] = &[1_000, 3_000, 10_000, 30_000];

/// Everything but the disk, with an empty memory. What a page costs should stay the same from the first row to the last.
#[divan::bench(args = GROWTH, sample_count = 3)]
fn render_all_cold(bencher: Bencher, count: usize) {
    let sources = site(count);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| pipeline::render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a sound site"));
}

/// Front matter, bodies and the index, with an empty memory.
#[divan::bench(args = GROWTH, sample_count = 3)]
fn plan_cold(bencher: Bencher, count: usize) {
    let sources = site(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()));
}

/// The same with everything remembered but one edited page.
#[divan::bench(args = GROWTH, sample_count = 10)]
fn plan_after_one_edit(bencher: Bencher, count: usize) {
    let mut sources = site(count);
    let mut cache = Cache::default();
    pipeline::plan(&sources, &mut cache, &BuildOptions::default());
    let mut edit = 0;
    bencher.bench_local(|| {
        edit += 1;
        sources.set("content/briefings/b7.md", &format!("{}\nEdit {edit}.\n", briefing(7, count)));
        pipeline::plan(&sources, &mut cache, &BuildOptions::default())
    });
}
