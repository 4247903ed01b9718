//! Warm equals cold: whatever is edited, a build with memory gives the same files as one without, and renders no more than it must.

pub mod builders;
mod site;
mod words;

use chancery::memo::Verify;
use chancery::pipeline::BuildOptions;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use builders::{Builder, Disk, Preview, Warm};
use site::{Edit, Site, edit};

/// So many scripts are tried, which are always the same ones for a `seed`. `PROPTEST_CASES` tries more, and `PROPTEST_RNG_SEED` others.
fn config(scripts: u32, seed: u64) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = scripts;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(seed);
    }
    config
}

/// Plays a script, and compares with a clean build after each edit. An author who is told of a mistake `mends` it before the next edit, or does not.
fn run_script(builder: &mut dyn Builder, script: &[(Edit, bool)]) -> Result<(), TestCaseError> {
    let mut site = Site::new();
    let mut sources = site.sources();
    let mut past = vec![site.clone()];
    let mut good = site.clone();
    builder.build(&sources, &site.order()).expect("the first site is sound");
    let mut is_sound = true;
    for (edit, mends) in script {
        if !is_sound && *mends {
            site = good.clone();
        }
        site.apply(edit, &past);
        past.push(site.clone());
        site.write(&mut sources);
        if matches!(edit, Edit::Restart) {
            builder.restart();
        }
        let mut cold = Warm::new(Verify::Off);
        let expected = cold.build(&sources, &site.order());
        let done = builder.build(&sources, &site.order());
        is_sound = expected.is_ok();
        if let Err(errors) = &expected {
            prop_assert!(builder.refused(&done, errors), "{:?} and not {:?} after {:?}", done, errors, edit);
            continue;
        }
        good = site.clone();
        if let Some(difference) = builder.difference(&cold) {
            return Err(TestCaseError::fail(format!("{difference} after {edit:?}")));
        }
        prop_assert_eq!(done, expected, "after {:?}", edit);
    }
    Ok(())
}

fn script() -> impl Strategy<Value = Vec<(Edit, bool)>> {
    prop::collection::vec((edit(), prop::bool::weighted(0.8)), 1..9)
}

proptest! {
    #![proptest_config(config(600, 3))]

    #[test]
    fn warm_equals_cold_after_any_edits(script in script()) {
        run_script(&mut Warm::new(Verify::On), &script)?;
    }
}

// The same for other scripts, so that two processors share the work.
proptest! {
    #![proptest_config(config(600, 4))]

    #[test]
    fn warm_equals_cold_after_any_other_edits(script in script()) {
        run_script(&mut Warm::new(Verify::On), &script)?;
    }
}

proptest! {
    #![proptest_config(config(400, 3))]

    #[test]
    fn an_output_equals_a_clean_one_after_any_edits(script in script()) {
        run_script(&mut Disk::new(Verify::Off), &script)?;
    }

    #[test]
    fn a_preview_equals_a_clean_build_after_any_edits(script in script()) {
        run_script(&mut Preview::default(), &script)?;
    }
}

#[test]
fn nothing_is_rendered_when_nothing_changed() {
    let sources = Site::new().sources();
    let mut warm = Warm::new(Verify::On);
    for is_first in [true, false] {
        warm.build(&sources, &BuildOptions::default()).expect("a sound site");
        assert_eq!(warm.rendered.is_empty(), !is_first);
    }
}

#[test]
fn another_process_renders_nothing_when_nothing_changed_and_has_nothing_new_to_keep() {
    let sources = Site::new().sources();
    let mut warm = Warm::new(Verify::On);
    warm.build(&sources, &BuildOptions::default()).expect("a sound site");
    assert!(warm.has_news());
    warm.restart();
    warm.build(&sources, &BuildOptions::default()).expect("a sound site");
    assert_eq!(warm.rendered, Vec::<String>::new());
    assert!(!warm.has_news());
}

#[test]
fn feeds_follow_texts_that_no_index_and_no_list_rests_on() {
    let mut sources = Site::new().sources();
    sources.settings.1 = format!("{}[feeds]\nfull_text = true\n[search]\nenabled = false\n", sources.settings.1).into();
    let mut disk = Disk::new(Verify::On);
    for text in ["First.\n\nSecond.", "Once more.\n\nSecond.", "Once more.\n\nAt the end."] {
        sources.set("content/notes/x.md", &format!("---\ntitle: X\ndate: 2026-02-02\n---\n\n{text}\n"));
        disk.build(&sources, &BuildOptions::default()).expect("a sound site");
        let mut cold = Warm::new(Verify::Off);
        cold.build(&sources, &BuildOptions::default()).expect("a sound site");
        assert_eq!(disk.difference(&cold), None, "{text}");
    }
}

#[test]
fn titles_of_lists_follow_the_words_of_the_theme() {
    let mut sources = Site::new().sources();
    let mut disk = Disk::new(Verify::On);
    for word in ["Themes", "Subjects"] {
        sources.set("templates/i18n/en.toml", &format!("topics = \"{word}\"\nnot_found = \"No {word}\"\n"));
        disk.build(&sources, &BuildOptions::default()).expect("a sound site");
        let mut cold = Warm::new(Verify::Off);
        cold.build(&sources, &BuildOptions::default()).expect("a sound site");
        assert_eq!(disk.difference(&cold), None, "{word}");
    }
}

#[test]
fn a_page_that_gets_another_language_mentions_others_by_it() {
    let mut sources = Site::new().sources();
    let mut warm = Warm::new(Verify::On);
    sources.set("content/notes/x.de.md", "---\ntitle: X\ndate: 2026-02-02\n---\n\nAda Lovelace.\n");
    let settings = sources.settings.1.clone();
    for languages in ["languages = [\"de\"]\n", "languages = [\"fr\"]\n"] {
        sources.settings.1 = format!("{languages}{settings}").into();
        warm.build(&sources, &BuildOptions::default()).expect("a sound site");
        let mut cold = Warm::new(Verify::Off);
        cold.build(&sources, &BuildOptions::default()).expect("a sound site");
        assert_eq!(warm.difference(&cold), None, "{languages}");
    }
}

#[test]
fn comparisons_follow_the_words_of_the_theme_above_key_points() {
    let mut sources = Site::new().sources();
    sources.set("content/b/x.md", "---\ntitle: X\ndate: 2026-02-02\nkey_points: [One now, Two]\nrecommendations: [Do it]\n---\n\nText.\n");
    sources.set("content/_versions/b/x/2025-01-01.md", "---\ntitle: X\nkey_points: [One, Two]\n---\n\nText.\n");
    for verify in [Verify::Off, Verify::On] {
        let mut warm = Warm::new(verify);
        for words in ["key_points = \"Chief points\"", "key_points = \"Main points\"", "recommendations = \"To do\""] {
            sources.set("templates/i18n/en.toml", words);
            warm.build(&sources, &BuildOptions::default()).expect("a sound site");
            let mut cold = Warm::new(Verify::Off);
            cold.build(&sources, &BuildOptions::default()).expect("a sound site");
            assert_eq!(warm.difference(&cold), None, "{words}");
        }
    }
}

#[test]
fn what_language_is_refused_follows_the_register_and_the_settings_of_markdown() {
    let mut sources = Site::new().sources();
    sources.set(
        "content/notes/x.md",
        "---\ntitle: X\ndate: 2026-02-02\n---\n\nThe PSC met [@psc2025]. It is $x TK y$ here. The PSC said so.\n",
    );
    let settings = sources.settings.1.clone();
    let entry = "@report{psc2025, author = {{Ministry}}, title = {Plan}, year = {2025}}\n";
    let mut warm = Warm::new(Verify::On);
    let mut refused = Vec::new();
    for (register, math) in [("", true), (entry, true), (entry, false), (entry, true), ("", false)] {
        sources.set("content/_data/sources.bib", register);
        let lints = "[lints]\nundefined-acronym = \"error\"\nleftover = \"error\"\nunknown-source = \"warn\"\n";
        sources.settings.1 = format!("{settings}[markdown]\nmath = {math}\n{lints}").into();
        let cold = Warm::new(Verify::Off).build(&sources, &BuildOptions::default());
        let done = warm.build(&sources, &BuildOptions::default());
        assert_eq!(done, cold, "{register} {math}");
        refused.push(done.is_err());
    }
    assert_eq!(refused, [true, false, true, false, true]);
}
