//! What people write into a site at random. Much of it meets: links to pages that come and go, names that are persons' or not, terms in several spellings.

/// A page: its path, its front matter and the pieces of its text.
type Start = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// The pages of the site to begin with.
pub const PAGES: &[Start] = &[
    ("content/_index.md", &[("title", "Home")], &["What is here."]),
    ("content/about.md", &[("title", "About")], &["Who we are."]),
    ("content/briefings/p0.md", &[("title", "Page 0"), ("date", "2026-01-01"), ("topics", "[Defence]")], &[FRAGMENTS[0]]),
    ("content/briefings/p1.md", &[("title", "Page 1"), ("date", "2026-01-02"), ("tags", "[a, b]")], &["See [it](p2.md#part)."]),
    ("content/briefings/p2.md", &[("title", "Page 2"), ("date", "2025-05-03"), ("id", "PB-2")], &["## Part\n\nAda Lovelace spoke."]),
    ("content/briefings/p3.md", &[("title", "Page 3"), ("date", "2026-01-02"), ("series", "One")], &["See [[p2]] and [[Page 1]]."]),
    (
        "content/briefings/bundle/index.md",
        &[("title", "Bundle"), ("date", "2026-02-02"), ("key_points", "[One *now*, Two]")],
        &["[data](data.csv)"],
    ),
    ("content/notes/p4.md", &[("title", "Page 4"), ("date", "2024-07-01"), ("topics", "[Trade]"), ("tags", "[a]")], &["Old."]),
    ("content/people/ada.md", &[("title", "Ada Lovelace")], &["A person."]),
    ("content/topics/defence.md", &[("title", "Defence"), ("synonyms", "[defense]")], &["What it is."]),
    ("content/topics/trade.md", &[("title", "Trade"), ("broader", "[Defence]")], &[]),
    ("content/authors/desk.md", &[("title", "Desk")], &["The desk."]),
];

/// Pieces of texts.
pub const FRAGMENTS: &[&str] = &[
    "Plain words about trade.",
    "Other words, and more of them than there were.",
    "Ada Lovelace met Grace Hopper. Lovelace spoke of Trade.",
    "See [one](p1.md) and [its part](p2.md#part).",
    "See [from the top](@/briefings/p2.md#part) and [an address](/briefings/p3/).",
    "See [[p2]], [[Page 3]], [[Other|with words]] and [[PB-2#part]].",
    "See [[person:ada]], [[topic:trade]], [[tag:a]] and [[New]].",
    "## Part\n\nText below it.",
    "# A heading that may be the title",
    "{{< hello name=\"z\" >}}",
    "{{< note title=\"Mind\" >}}A *note* with [a link](p1.md).{{< /note >}}",
    "{{< figure src=\"photo.png\" alt=\"A photo\" >}}",
    "{{< shout >}}",
    "Named: [a]({{< ref \"p1\" >}}), [b]({{% relref \"gone.md\" %}}#part).",
    "\n{{< highlight sql >}}\n# select *all* %% from %%\n{{< /highlight >}}\n",
    "[data](data.csv) and ![photo](photo.png) and [a file](/x.txt)",
    "![photo of a bundle](@/briefings/bundle/photo.png)",
    "```rust\nfn main() {}\n```\n\n```nolang\nx\n```",
    "A first summary of [[p1]].\n\n<!-- more -->\n\nThe rest.",
    "*[NATO]: North Atlantic Treaty Organization\n\nNATO acts.",
    "A footnote.[^1]\n\n[^1]: It links to [one](p1.md).",
    "\"Quoted\" -- it's text. $x^2$ <b>raw</b>",
    "> [!NOTE]\n> An alert.",
    "{% include nav.html %}",
    "Of Jekyll: [a]({{ site.baseurl }}/briefings/p1/), [b]({% link _briefings/p2.md %}), [c]({% post_url p3 %}).\n{: .lead}",
    "Spent more [@plan2025, p. 3; see @doe2024] and @doe2024 [12] says so.[^2]\n\n[^2]: In a note [@plan2025].",
    "Who says [@plan2025]?",
    "The PLAN was met [@plan2025], and DOE said so. It costs $x TK y$ now.",
    "Its goal is ==marked *here*==. ^goal",
    "It is [likely]{.assess} that it holds. It rose recently.",
    "See [[#^goal]], [[p1#^goal]], ![[photo.png|A photo|200]] and [[data.csv]].",
    "> [!FAQ]- Folded\n> It is. ^in-box\n\n- [/] begun ^item",
];

pub const TITLES: &[&str] = &["Page 1", "Page 3", "Other", "Ada Lovelace", "Trade", "\"Of [brackets] & <signs>\"", "NATO", "1984", "\"\""];

/// Keys of front matter and their values.
pub const KEYS: &[(&str, &[&str])] = &[
    ("date", &["2026-01-01", "2025-03-03", "2026-12-05", "2026-11-24 13:00", "2025-09", "2024", "04/01/2026"]),
    ("updated", &["2026-11-25", "2026-05-05"]),
    ("tags", &["[a, b]", "[B, c]", "[new]", "a", "[Ada Lovelace]"]),
    ("topics", &["[Defence]", "[Defense, Trade]", "[Unheard of]", "[Money]"]),
    ("authors", &["[Ada Lovelace, Desk]", "\"[[authors/desk]]\"", "Desk", "[Somebody]"]),
    ("series", &["One", "[One, Two]"]),
    ("weight", &["1", "2"]),
    ("draft", &["true", "false"]),
    ("status", &["archived", "review", "withdrawn", "superseded"]),
    ("marking", &["official", "Restricted", "official", "unheard of"]),
    ("publish_at", &["2026-12-01T00:00:00Z", "2026-11-24T13:00:00+02:00"]),
    ("expires", &["2026-11-25", "2026-12-15", "2026-01-01"]),
    ("slug", &["other", "p2", "A b"]),
    ("path", &["/guidance/x/", "/old.html", "/briefings/p3/"]),
    ("aliases", &["[/old/, /older/]", "[/briefings/p1/]", "[/old/, military]"]),
    ("id", &["PB-1", "PB-2"]),
    ("supersedes", &["p1", "PB-1", "[p2, p3]"]),
    ("amends", &["p2", "PB-1", "[p1, p4]"]),
    ("superseded_by", &["p2", "PB-1"]),
    ("withdrawn", &["{date: 2026-05-01, reason: Wrong}"]),
    (
        "changes",
        &[
            "[{date: 2026-05-01, note: Mended, kind: correction}]",
            "[{date: 2026-11-25, note: More, kind: major}, {date: 2026-01-09, note: x}]",
        ],
    ),
    ("summary", &["Said at once.", "\"With [[p2]] in it.\"", "\"More is spent [@plan2025].\""]),
    ("key_points", &["[One of *them*, two]", "[\"More [@doe2024].\"]"]),
    ("nocite", &["\"@*\"", "\"@doe2024\""]),
    ("recommendations", &["[\"Do [this](p1.md)\"]"]),
    ("type", &["study", "briefing"]),
    ("kind", &["page", "person", "topic", "place"]),
    ("template", &["study", "briefing"]),
    ("layout", &["study", "nowhere"]),
    ("lang", &["fr", "ar"]),
    ("image", &["photo.png", "/x.txt", "https://example.org/a.png"]),
    ("toc", &["false"]),
    ("noindex", &["true"]),
    ("licence", &["CC0-1.0"]),
    ("owner", &["Desk"]),
    ("review_in", &["6 months", "1 day"]),
    ("review_by", &["2026-02-01", "2072"]),
    ("last_reviewed_on", &["2026-02-02"]),
    ("as_of", &["2026-03-01"]),
    ("extra", &["{place: Hague}", "{place: Madrid}"]),
    ("names", &["[Lovelace, Hopper]", "[Trade]"]),
    ("same_as", &["[https://www.wikidata.org/wiki/Q7259]"]),
    ("offices", &["[{office: Analyst, of: Engine, from: 1842, to: 1843}]"]),
    ("synonyms", &["[defense, Unheard of]", "[money]"]),
    ("broader", &["[Trade]", "[Money, Defence]"]),
    ("related", &["[Trade]"]),
    ("featured", &["[p1, PB-2]"]),
    (
        "cascade",
        &[
            "{tags: [c]}",
            "{draft: true}",
            "{authors: [Desk], topics: [Trade]}",
            "{template: study}",
            "{marking: restricted}",
            "{extra: {place: Paris}, lang: fr}",
        ],
    ),
];

/// Where pages are put. Some are beside others, some take their place, some are no pages.
pub const PLACES: &[&str] = &[
    "content/aaa.md",
    "content/briefings/p1.md",
    "content/briefings/p2.de.md",
    "content/briefings/2026-05-01-dated.md",
    "content/notes/2026-03-04.md",
    "content/briefings/_index.md",
    "content/briefings/bundle/other.md",
    "content/briefings/p5/index.md",
    "content/notes/p2.md",
    "content/notes/_index.md",
    "content/notes/p6.fr.md",
    "content/deep/er/and/x.md",
    "content/people/grace.md",
    "content/organisations/un.md",
    "content/topics/money.md",
    "content/topics/defence/_index.md",
    "content/topics/defence/nato.md",
    "content/tags/a.md",
    "content/authors/ada.md",
    "content/series/one.md",
    "content/_index.de.md",
    "content/404.md",
    "content/_drafts/x.md",
];

/// Folders that move, also out of the site.
pub const FOLDERS: &[&str] = &[
    "content/briefings/",
    "content/notes/",
    "content/papers/",
    "content/topics/",
    "content/people/",
    "content/notes/in/",
    "content/_old/",
    "elsewhere/",
];

/// Files that are no pages, and what may be in them.
pub const FILES: &[(&str, &[&str])] = &[
    ("content/briefings/bundle/data.csv", &["a,b\n", "c,d\n"]),
    ("content/briefings/bundle/photo.png", &["png", "other png"]),
    ("content/notes/photo.png", &["png", "third png"]),
    (
        "content/_versions/briefings/bundle/2026-01-05.md",
        &[
            "---\ntitle: Bundle then\n---\n\n[data](data.csv) of [[p2]].\n\nIt has gone up.\n",
            "---\ntitle: Bundle then\ndate: 2026-01-05\nkey_points: [One]\n---\n\nOther words [@plan2025], and [part](#part).\n\n## Part\n",
        ],
    ),
    (
        "content/_versions/briefings/bundle/2026-02-01.md",
        &[
            "---\ntitle: Bundle\nexpires: 2026-11-25\nkey_points: [One]\n---\n\nIt has gone up.\n\n[data](data.csv) of [[Page 3]].\n",
            "---\nstatus: draft\n---\n\nNever.\n",
        ],
    ),
    ("content/_versions/briefings/p1/2026-01-02.md", &["---\ntitle: Page 1\n---\n\nSee ![photo](@/briefings/bundle/photo.png).\n"]),
    ("content/_versions/briefings/p1/2026-01-02-2.md", &["---\ntitle: Page 1\nlang: fr\n---\n\n{{< hello >}} and [gone](gone.md).\n"]),
    ("content/_versions/briefings/p2/2026-11-24.md", &["---\ntitle: Page 2\n---\n\nAda Lovelace spoke.\n", "---\ntitle: [\n---\n"]),
    ("content/_versions/gone/first.md", &["Nobody knows it.\n"]),
    ("content/_data/notes.yaml", &["a: 1\n", "a: 2\n", "b: [1, 2]\n", "a: [\n"]),
    (
        "content/_data/sources.bib",
        &[
            "@report{plan2025, author = {{Ministry}}, title = {Plan}, year = {2025}, keywords = {primary}}\n@article{doe2024, author = {Doe, Ann}, title = {On Spending}, date = {2024}}\n",
            "@report{plan2025, author = {{Ministry}}, title = {Plan}, year = {2026}, keywords = {primary}}\n@article{doe2024, author = {Doe, Ann}, title = {On Spending}, date = {2024}}\n",
            "@report{plan2025, author = {{Ministry}}, title = {Plan}, year = {2025}, keywords = {secondary}}\n@article{doe2024, author = {Doe, Ann}, title = {On *More*}, date = {2024}}\n",
            "@report{plan2025, author = {{Office}}, title = {Plan}, year = {2025}, keywords = {primary}}\n",
            "@report{plan2025, author = {{Ministry}}, title = {Plan}, year = {2025}, keywords = {primary}}\n@article{doe2024, author = {Doe, Ann}, title = {On Spending}, date = {2024}}\n@book{third, title = {Third}, author={Doe, Ann}, date={2024}}\n",
        ],
    ),
    ("static/x.txt", &["x", "y"]),
    ("static/robots.txt", &["User-agent: *\n"]),
    ("static/_headers", &["/*\n"]),
    ("static/favicon.svg", &["<svg/>"]),
    ("static/briefings/p1/index.html", &["in the way"]),
    (
        "templates/home.html",
        &["<p>{{ head.title }}</p>{% for card in list.items %}{{ card.title }}{% endfor %}", "{% extends \"theme/home.html\" %}"],
    ),
    (
        "templates/briefing.html",
        &[
            "{% extends \"default/briefing.html\" %}",
            "<h1>{{ page.title }}</h1>{{ content }}{{ page.extra.place }}",
            "{% if %}",
            "{{ nosuch }}",
            "{% extends \"theme/briefing.html\" %}{% block head_extra %}{{ data_notes.a }}{% endblock head_extra %}",
        ],
    ),
    (
        "templates/topic.html",
        &[
            "<p>{{ data_notes.a }}</p>{% for card in latest %}{{ card.title }}{% endfor %}",
            "{% for topic in narrower %}{{ topic.name }}{% endfor %}",
        ],
    ),
    (
        "templates/study.html",
        &["{% extends \"base.html\" %}{% block main %}{{ content }}{{ page.title }}{% endblock main %}", "{{ toc | length }}"],
    ),
    (
        "templates/base.html",
        &[
            "{% extends \"theme/base.html\" %}{% block head_extra %}<meta name=\"x\" content=\"{{ extra.contact | default(value=\"\") }}\">{% endblock head_extra %}",
        ],
    ),
    (
        "templates/shortcodes/hello.html",
        &[
            "{% component hello(name: string = \"x\", @page) %}<b>{{ name }} {{ page.title }}</b>{% endcomponent hello %}",
            "{% component hello(name: string = \"y\", @lang) %}<i>{{ name }} {{ lang }}</i>{% endcomponent hello %}",
        ],
    ),
    (
        "templates/shortcodes/shout.html",
        &[
            "{% component shout() %}{{ <hello name={\"s\"} @page={page} /> }}{% endcomponent shout %}",
            "{% component shout() %}LOUD{% endcomponent shout %}",
        ],
    ),
    ("templates/i18n/en.toml", &["key_points = \"Chief points\"\n", "recommendations = \"To do\"\ntopics = \"Subjects\"\n"]),
    ("themes/own/theme.toml", &["[queries]\nlatest = { tag = \"a\", limit = 2 }\n", "[queries]\nlatest = { section = \"notes\" }\n"]),
    ("themes/own/templates/tag.html", &["<p>{{ head.title }}</p>"]),
    ("themes/own/templates/briefing.html", &["{% extends \"default/briefing.html\" %}{% block head_extra %}own{% endblock head_extra %}"]),
    ("themes/own/shortcodes/note.html", &["{% component note(title: string = \"\") %}<aside>{{ body }}</aside>{% endcomponent note %}"]),
    ("themes/own/static/site.css", &["a{}", "b{}"]),
    ("themes/own/static/more.js", &["1", "2"]),
];

/// Tables and keys of the settings, and values that they may have.
pub const SETTINGS: &[((&str, &str), &[&str])] = &[
    (("", "title"), &["\"Test\"", "\"Other\""]),
    (("", "base_url"), &["\"https://example.org/\"", "\"https://example.org/p/\"", "\"http://other.example/\""]),
    (("", "description"), &["\"Said of it\""]),
    (("", "language"), &["\"en\"", "\"fr\"", "\"ar\""]),
    (("", "languages"), &["[\"de\"]", "[\"de\", \"fr\"]", "[\"fr\"]"]),
    (("", "time_zone"), &["\"UTC\"", "\"Europe/Brussels\"", "\"Pacific/Auckland\""]),
    (("", "paginate_by"), &["1", "2", "20"]),
    (("", "publisher"), &["\"Desk\""]),
    (("", "licence"), &["\"CC-BY-4.0\""]),
    (("links", "internal"), &["\"warn\"", "\"warn\"", "\"error\""]),
    (("links", "skip"), &["[\"gone\"]"]),
    (("topics", "controlled"), &["true", "false"]),
    (("markdown", "smart_punctuation"), &["false"]),
    (("markdown", "math"), &["true"]),
    (("markdown", "unsafe_html"), &["false"]),
    (("feeds", "full_text"), &["true"]),
    (("feeds", "limit"), &["1"]),
    (("related", "limit"), &["0", "1"]),
    (("search", "enabled"), &["false"]),
    (("citations", "style"), &["\"ieee\"", "\"apa\"", "\"chicago-notes\"", "\"unheard-of\""]),
    (("citations", "useprefix"), &["true"]),
    (("markings", "order"), &["[\"official\", \"restricted\"]", "[\"Restricted\", \"Official\"]"]),
    (("likelihood", "scale"), &["\"phia\"", "\"ipcc\""]),
    (("lints", "relative-date"), &["\"error\"", "{ level = \"error\", allow = [\"recently\"] }", "\"off\""]),
    (("lints", "undefined-acronym"), &["\"error\""]),
    (("lints", "leftover"), &["\"error\""]),
    (("lints", "in"), &["{ briefings = { relative-date = \"error\" } }"]),
    (("numbers", "pattern"), &["\"PB-{n}\"", "\"{nn}\""]),
    (("dates", "order"), &["\"dmy\"", "\"mdy\""]),
    (("permalinks", "topics"), &["\"/categories/:slug/\"", "\"/t-:slug/\""]),
    (("permalinks", "tags"), &["\"/:slug.html\""]),
    (("permalinks", "briefings"), &["\"/:year/:slug/\"", "\"/:sections/:month/:title/\""]),
    (("theme", "name"), &["\"own\"", "\"default\""]),
    (("theme", "queries"), &["{ latest = { topic = \"Trade\" } }", "{ latest = { author = \"Desk\", limit = 1 } }"]),
    (("extra", "contact"), &["\"desk@example.org\"", "\"other@example.org\""]),
    (("extra", "colour"), &["\"blue\""]),
];

/// What cannot be read.
pub const BROKEN: &[&str] = &[
    "---\ntitle: [\n---\n\nBroken.\n",
    "---\ntitle: A\nweight: heavy\n---\n",
    "---\ntitle: A\n---\n\n{{< gone >}}\n",
    "---\ntitle: A\nstaus: draft\n---\n",
    "---\ntitle: A\n---\n\n{{< note >}}never closed\n",
    "no front matter",
    "",
];

pub const INSTANTS: &[&str] = &[
    "2026-11-24T12:00:00Z",
    "2026-11-24T11:00:00Z",
    "2026-11-24T13:30:00Z",
    "2026-12-01T00:00:00Z",
    "2026-12-20T00:00:00Z",
    "2027-08-01T00:00:00Z",
];
