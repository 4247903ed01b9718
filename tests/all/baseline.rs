//! `chancery check --baseline`: warnings that were there before are not told.

use crate::place::Place;

/// A site with two warnings of one kind.
fn site() -> Place {
    Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n"),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
        ("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-01\nsumary: S\n---\n\nText.\n"),
        ("content/briefings/b.md", "---\ntitle: B\ndate: 2026-01-01\nsumary: S\n---\n\nText.\n"),
    ])
}

#[test]
fn known_warnings_are_not_told_and_new_ones_are() {
    let place = site();
    place.run(&["check", "--strict"]).ends_with(1);
    let run = place.run(&["check", "--write-baseline", "known.json"]).fine();
    assert!(run.out.contains("nothing to mend") && run.out.ends_with("Wrote 2 warnings to known.json\n"), "{}", run.out);
    let run = place.run(&["check", "--baseline", "known.json", "--strict"]).fine();
    assert!(run.out.ends_with("nothing to mend\nKnown from known.json: 2 warnings\n"), "{}", run.out);
    // One more line above, and a new mistake.
    place.write("content/briefings/a.md", "---\n# more\ntitle: A\ndate: 2026-01-01\nsumary: S\n---\n\nText.\n");
    place.write("content/briefings/c.md", "---\ntitle: C\ndate: 2026-01-01\nsumary: S\n---\n\nText.\n");
    let run = place.run(&["check", "--baseline", "known.json"]).fine();
    assert!(
        run.out.contains("content/briefings/c.md:4:1") && run.out.contains("1 warning\nKnown from known.json: 2 warnings\n"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("content/briefings/a.md"), "{}", run.out);
    place.run(&["check", "--baseline", "known.json", "--strict"]).ends_with(1);
    for format in ["json", "sarif", "github"] {
        let run = place.run(&["check", "--baseline", "known.json", "--format", format]).fine();
        assert!(run.out.contains("c.md") && !run.out.contains("a.md") && !run.out.contains("Known"), "{format}: {}", run.out);
    }
}

#[test]
fn what_is_mended_is_counted_until_it_is_pruned() {
    let place = site();
    place.run(&["check", "--write-baseline", "known.json"]).fine();
    place.write("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-01\nsummary: S\n---\n\nText.\n");
    let run = place.run(&["check", "--baseline", "known.json"]).fine();
    assert!(
        run.out.ends_with("Known from known.json: 1 warning; 1 warning of it is gone (`--prune-baseline` takes out what is)\n"),
        "{}",
        run.out
    );
    let run = place.run(&["check", "--baseline", "known.json", "--prune-baseline"]).fine();
    assert!(run.out.ends_with("Known from known.json: 1 warning; took 1 warning out that is gone\n"), "{}", run.out);
    assert!(!place.read("known.json").contains("a.md") && place.read("known.json").contains("b.md"));
    let run = place.run(&["check", "--baseline", "known.json"]).fine();
    assert!(run.out.ends_with("Known from known.json: 1 warning\n"), "{}", run.out);
}

#[test]
fn errors_are_in_no_baseline() {
    let place = site();
    place.write("content/briefings/a.md", "---\ntitle: A\ndate: 2026-01-01\nsumary: S\n---\n\n[Gone](gone.md)\n");
    let run = place.run(&["check", "--write-baseline", "known.json"]).ends_with(1);
    assert!(run.out.contains("error[broken-link]") && run.out.ends_with("Wrote 2 warnings to known.json\n"), "{}", run.out);
    let run = place.run(&["check", "--baseline", "known.json"]).ends_with(1);
    assert!(run.out.contains("error[broken-link]"), "{}", run.out);
}

#[test]
fn a_baseline_that_is_none_is_told_and_nothing_is_checked() {
    let place = site();
    let run = place.run(&["check", "--baseline", "none.json"]).ends_with(2);
    run.says(&["`none.json` is no baseline", "chancery check --write-baseline none.json"]);
    place.run(&["check", "--prune-baseline"]).ends_with(2);
}
