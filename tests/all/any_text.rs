//! Any text at all: pages made of the pieces of pages, whole and broken, are read without a panic and the same twice.

use chancery::gate::Show;
use chancery::memo::Verify;
use chancery::pipeline::{self, BuildOptions, Cache};
use chancery::sources::Sources;
use proptest::prelude::*;

use crate::place::NOW;

/// Pieces of which people make pages, whole and broken.
const PIECES: [&str; 81] = [
    "a",
    "Ünï ",
    "北",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "# ",
    "## x\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "```",
    "~~~ x\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "|",
    "|---|",
    "\n|a|b|\n|-|-|\n",
    "[^1]",
    "[^1]: ",
    "*[NATO]: ",
    "NATO",
    ": ",
    "<!-- more -->",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<a href=\"",
    "<img src=x",
    "\">",
    "<script>",
    "{{< note >}}",
    "{{< /note >}}",
    "{{<",
    ">}}",
    "{{",
    "}}",
    "{%",
    "{: .a #b}",
    "{:toc}",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "](",
    "{{ site.baseurl }}",
    "{{ \"/é\" | relative_url }}",
    "{% link _é.md %}",
    "%}",
    "{#id .c}",
    "{: .x}",
    "](b.md)",
    "](/content/../x)",
    "![",
    "https://x.org/a_b?c=d&e",
    "&amp;",
    "&#0;",
    "\\",
    "\"",
    "\u{0}",
    "==",
    " ^b\n",
    "\n\n^c\n\n",
    "![[b.png|1x2]]",
    "![[b",
    "> [!faq]- ",
    "- [/] ",
];

/// Lines of front matter, whole and broken.
const LINES: [&str; 34] = [
    "title: X\n",
    "title: \"X\n",
    "title:\n",
    "date: 2026-01-01\n",
    "date: 0000-00-00\n",
    "date: 9999-12-31T23:59:60Z\n",
    "date: -1\n",
    "tags: [a, b]\n",
    "tags: [a, [b]]\n",
    "topics: {a: b}\n",
    "authors: X\n",
    "slug: ..\n",
    "slug: a/b\n",
    "path: /\n",
    "path: /feed.xml\n",
    "aliases: [/, /a, a]\n",
    "draft: maybe\n",
    "status: withdrawn\n",
    "withdrawn: x\n",
    "supersedes: x\n",
    "supersedes: y\n",
    "changes: [{date: x}]\n",
    "template: x.html\n",
    "kind: topic\n",
    "kind: person\n",
    "broader: X\n",
    "cascade: {draft: true}\n",
    "lang: \"x y\"\n",
    "image: ../../x\n",
    "extra: &a [*a]\n",
    "? [a]\n: b\n",
    "weight: 99999999999999999999\n",
    "author: [[X]]\n",
    "image: \"[[]]\"\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_program_panic(
        pages in prop::collection::vec((prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..5), prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..40)), 3),
    ) {
        let mut sources = Sources::in_memory(NOW.parse().expect("an instant"), "base_url = \"https://example.org/\"\n[links]\ninternal = \"warn\"\n", &[]);
        for (path, (lines, pieces)) in ["content/briefings/x.md", "content/topics/y.md", "content/b/_index.md"].iter().zip(&pages) {
            sources.set(path, &format!("---\n{}---\n{}", lines.concat(), pieces.concat()));
        }
        let options = BuildOptions { show: Show { drafts: true, future: true, expired: true, ..Show::default() }, ..BuildOptions::default() };
        let mut cache = Cache::new(Verify::On);
        let first = pipeline::render_all(&sources, &mut cache, &options);
        prop_assert!(first == pipeline::render_all(&sources, &mut cache, &options));
    }
}
