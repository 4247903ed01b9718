//! Formatters of Markdown, run over sources as they come: what they leave is the same site.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place::{Place, difference, project};

/// The constructs of `docs/markdown.md` that a formatter may misread, in the form that `docs/writing-with.md` asks for.
const EVERY: &str = r#"---
title: Every construct
date: 2026-01-05
key_points:
  - Found by [[briefings/hague-summit-2025]].
---

It is so.[^why] See [[briefings/hague-summit-2025|The Hague]] and [here](#costs).

## Costs {#costs .wide}

* one
* two

| Country | Share |
|:--|--:|
| [[briefings/hague-summit-2025\|The Hague]] | 4.5% |

Threshold
: What must be reached before anything happens.

> [!NOTE]
>
> Figures are provisional.

> [!EVIDENCE] Of our own
>
> The *two* series are made in different ways.

{{< figure src="costs.svg"
alt="Costs"
caption="Costs, 2025" >}}

{{< note kind="tip" >}}

- first
- second

{{< /note >}}

GDP fell.

*[GDP]: gross domestic product

[^why]: The declaration.
"#;

/// The demonstration site with that page, written in a hurry: too much space between parts, blanks at the ends of lines, no line end at the end.
fn in_a_hurry() -> Place {
    let place = Place::copy_of("");
    place.write("content/briefings/every/index.md", EVERY);
    place.write("content/briefings/every/costs.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>"#);
    for path in pages(&place) {
        let text = fs::read_to_string(&path).expect("a page");
        fs::write(&path, text.replace("\n\n## ", "\n\n\n\n## ").replace("\n\n[^", " \n\n\n[^").trim_end()).expect("a page");
    }
    place
}

fn pages(place: &Place) -> Vec<std::path::PathBuf> {
    let entries = walkdir::WalkDir::new(place.path("content")).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// Runs a formatter in the folder of a site, and expects it to change pages, but nothing of what is built of them.
fn leaves_the_site_as_it_was(program: &Path, args: &[&str]) {
    let place = in_a_hurry();
    place.build().fine();
    let (before, texts) = (place.output(), pages(&place).iter().map(fs::read).collect::<Result<Vec<_>, _>>().expect("pages"));
    let output = Command::new(program)
        .current_dir(place.root())
        .args(args)
        .output()
        .unwrap_or_else(|error| panic!("`tests/run` installs `{}`: {error}", program.display()));
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
    let now = pages(&place).iter().map(fs::read).collect::<Result<Vec<_>, _>>().expect("pages");
    let changed = texts.iter().zip(&now).filter(|(one, other)| one != other).count();
    assert!(changed > texts.len() / 2, "{changed} of {} pages were formatted", texts.len());
    place.build().fine();
    assert_eq!(difference(&before, &place.output()), None);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn dprint_leaves_the_site_as_it_was() {
    let script = project("tests/web/dprint.mjs");
    leaves_the_site_as_it_was(Path::new("node"), &[script.to_str().expect("the project's folder has a plain name"), "content"]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn rumdl_leaves_the_site_as_it_was() {
    leaves_the_site_as_it_was(&project("target/python/bin/rumdl"), &["fmt", "--no-config", "--no-cache", "content"]);
}
