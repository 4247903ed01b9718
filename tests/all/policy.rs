//! The policy that ships with a site, `default-src 'self'`: nothing in a page is a style, a script or a file from elsewhere.

use crate::html::attributes;
use crate::place::Place;

/// What Markdown can ask for that other tools write styles for.
const RICH: &str = "---
title: Rich
date: 2026-01-01
---

| a | b | c |
|:--|:-:|--:|
| 1 | 2 | 3 |

```rust
fn main() { println!(\"x\"); }
```

- [x] done
- [ ] to do

> [!WARNING]
> Care.

A note.[^1] $x^2$

Term
: Meaning

[^1]: Here.

{{< figure src=\"/p.svg\" alt=\"A\" caption=\"B\" >}}
";

/// The names of the attributes of all tags.
fn names(html: &str) -> Vec<&str> {
    let tags = html.split('<').skip(1).filter(|tag| tag.starts_with(|first: char| first.is_ascii_alphabetic()));
    let inside = tags.map(|tag| tag.split('>').next().unwrap_or_default());
    let outside = inside.flat_map(|tag| tag.split('"').step_by(2));
    outside.flat_map(|piece| piece.split_whitespace()).filter_map(|word| word.split('=').next()).collect()
}

#[test]
fn no_page_of_the_demonstration_has_a_style_a_script_or_a_file_from_elsewhere() {
    let place = Place::copy_of("");
    place.write("content/rich.md", RICH);
    place.write("static/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place.run(&["build", "--now", crate::place::NOW, "--set", "markdown.math=true"]).fine();
    let rich = place.read("public/rich/index.html");
    assert!(rich.contains("<td class=\"center\">2</td>") && rich.contains("<span class=\"hl-"), "{rich}");
    let pages: Vec<(String, String)> = place
        .output()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("text")))
        .collect();
    assert!(pages.len() > 50, "{}", pages.len());
    for (path, html) in &pages {
        let wrong = names(html).into_iter().find(|name| *name == "style" || name.starts_with("on"));
        assert_eq!(wrong, None, "{path} has an attribute that the policy forbids");
        assert!(!html.contains("<style"), "{path} has a style of its own");
        let scripts: Vec<&str> = html.split("<script").skip(1).map(|tag| tag.split('>').next().unwrap_or_default()).collect();
        assert!(scripts.iter().all(|tag| tag.contains(" src=\"/") || tag.contains("type=\"application/ld+json\"")), "{path}: {scripts:?}");
        let files = attributes(html, "src");
        assert!(files.iter().all(|src| src.starts_with('/') && !src.starts_with("//")), "{path}: {files:?}");
        assert!(attributes(html, "href").iter().all(|href| !href.starts_with("javascript:")), "{path}");
    }
}

#[test]
fn style_sheets_and_scripts_of_the_theme_ask_nobody_else() {
    let place = Place::new(&[("site.toml", "title = \"Test\"\n"), ("content/a.md", "Text.")]);
    place.build().fine();
    for (path, bytes) in place.output().into_iter().filter(|(path, _)| path.ends_with(".css") || path.ends_with(".js")) {
        let text = String::from_utf8(bytes).expect("text");
        let wrong = ["@import", "url(http", "url(\"http", "url(//", "url(data:", "url(\"data:", "eval("];
        assert_eq!(wrong.into_iter().find(|word| text.contains(word)), None, "{path}");
    }
}

#[test]
fn the_policy_is_in_the_headers() {
    let place = Place::new(&[("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n"), ("content/a.md", "Text.")]);
    place.build().fine();
    let headers = place.read("public/_headers");
    assert!(headers.starts_with("/sub/*\n  Content-Security-Policy: default-src 'self';") && !headers.contains("unsafe"), "{headers}");
}
