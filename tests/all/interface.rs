//! The languages of the interface: what the theme says of its own accord, in the language of each document.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::place::Place;

/// The languages that the built-in theme brings.
const SHIPPED: [&str; 5] = ["ar", "de", "en", "es", "fr"];

fn theme(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default").join(folder)
}

/// The texts of a language by key; those of forms as `key.form`, those of dates as `dates.key`.
fn strings(lang: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(theme(&format!("i18n/{lang}.toml"))).expect("the language is there");
    let mut all = BTreeMap::new();
    for (key, value) in text.parse::<toml::Table>().expect("TOML") {
        match value {
            toml::Value::Table(table) => {
                all.extend(table.into_iter().map(|(form, value)| (format!("{key}.{form}"), value.to_string())));
            }
            value => {
                all.insert(key, value.as_str().expect("a text").to_string());
            }
        }
    }
    all
}

/// The keys of a language without their forms.
fn keys(lang: &str) -> BTreeSet<String> {
    strings(lang).keys().map(|key| key.split('.').next().unwrap_or(key).to_string()).collect()
}

/// Words in braces.
fn braces(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_language_says_what_english_says() {
    for lang in SHIPPED {
        assert_eq!(keys(lang), keys("en"), "{lang}");
    }
}

#[test]
fn every_language_fills_in_the_same_words() {
    let english = strings("en");
    for lang in SHIPPED {
        for (key, text) in strings(lang).iter().filter(|(key, _)| !key.contains('.')) {
            assert_eq!(braces(text), braces(&english[key]), "{lang}: {key}");
        }
    }
}

#[test]
fn every_count_has_the_forms_of_its_language() {
    let forms = |lang: &str| match lang {
        "ar" => vec!["few", "many", "one", "other", "two", "zero"],
        "es" | "fr" => vec!["many", "one", "other"],
        _ => vec!["one", "other"],
    };
    for lang in SHIPPED {
        let mut counts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for key in strings(lang).into_keys().filter(|key| !key.starts_with("dates.")) {
            if let Some((key, form)) = key.split_once('.') {
                counts.entry(key.into()).or_default().push(form.into());
            }
        }
        for (key, own) in counts {
            assert_eq!(own, forms(lang), "{lang}: {key}");
        }
    }
}

#[test]
fn every_string_that_a_template_of_the_theme_uses_is_there() {
    let known = keys("en");
    let mut unknown = Vec::new();
    for folder in ["templates", "shortcodes"] {
        for entry in fs::read_dir(theme(folder)).expect("the theme is there") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a template");
            for (at, _) in text.match_indices("t.") {
                let is_word = text[..at].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '"'));
                let key = text[at + 2..].split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
                let is_code = text[..at].rfind(['{', '}']).is_some_and(|brace| text.as_bytes()[brace] == b'{');
                if is_code && !is_word && !known.contains(key) {
                    unknown.push(format!("{}: t.{key}", path.display()));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// What a document of a site in three languages says.
const SAYING: &str = "{{ head.lang }} {{ head.dir }}|{{ t.latest }}|{{ page.date | date }}|{{ t.pages | plural(n=2) }}|{{ page.status | named(as='status') }}";

fn site() -> Place {
    let text = |date: &str, more: &str| format!("---\ntitle: A\ndate: {date}\n{more}---\n\nText.\n");
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\nlanguages = [\"fr-CA\", \"ar\", \"it\"]\n"),
        ("templates/briefing.html", SAYING),
    ]);
    place.write("content/a.md", text("2026-02-01", ""));
    place.write("content/b.md", text("2026-02-01", "lang: de-AT\n"));
    place.write("content/a.fr-CA.md", text("2026-02-01", ""));
    place.write("content/a.ar.md", text("2026-02-03", ""));
    place.write("content/a.it.md", text("2026-02-03", ""));
    place
}

#[test]
fn each_document_speaks_its_own_language() {
    let place = site();
    place.build().fine();
    let says = |path: &str| place.read(&format!("public/{path}/index.html"));
    assert_eq!(says("a"), "en ltr|Latest|1 February 2026|2 pages|Current");
    assert_eq!(says("fr-CA/a"), "fr-CA ltr|Dernières publications|1er février 2026|2 pages|À jour");
    assert_eq!(says("ar/a"), "ar rtl|الأحدث|3 فبراير 2026|صفحتان|سارية");
    assert_eq!(says("b"), "de-AT ltr|Neueste|1. Februar 2026|2 Seiten|Aktuell", "a page may be in another language than its site");
    assert_eq!(says("it/a"), "it ltr|Latest|3 February 2026|2 pages|Current", "a language without strings has those of the site");
}

#[test]
fn a_site_can_say_it_in_its_own_words_and_add_a_language() {
    let place = site();
    place.build().fine();
    place.write("templates/i18n/fr.toml", "latest = \"Nouveautés\"\n");
    place.write("templates/i18n/it.toml", "latest = \"Novità\"\n[dates]\nlong = \"%-d %B %Y\"\nmonths = [\"gennaio\", \"febbraio\", \"marzo\", \"aprile\", \"maggio\", \"giugno\", \"luglio\", \"agosto\", \"settembre\", \"ottobre\", \"novembre\", \"dicembre\"]\n");
    place.build().fine();
    let says = |path: &str| place.read(&format!("public/{path}/index.html"));
    assert_eq!(says("fr-CA/a"), "fr-CA ltr|Nouveautés|1er février 2026|2 pages|À jour");
    assert_eq!(says("it/a"), "it ltr|Novità|3 febbraio 2026|2 pages|Current");
    place.write("templates/i18n/it.toml", "latest = 1\n");
    place.build().ends_with(1).says(&["templates/i18n/it.toml", "bad-string", "`latest`"]);
}

#[test]
fn lists_that_every_site_has_are_called_in_their_language() {
    let place = site();
    place.write(
        "content/c.fr-CA.md",
        "---\ntitle: C\ndate: 2026-02-02\ntopics: [Paix]\nchanges: [{date: 2026-02-03, note: X}]\n---\n\nText.\n",
    );
    place.write("templates/topics.html", "{{ head.title }}: {% for item in lists %}{{ item.title }}, {% endfor %}");
    place.build().fine();
    assert_eq!(place.read("public/fr-CA/topics/index.html"), "Thèmes: Thèmes, Archives, Mises à jour, Rechercher, ");
}

#[test]
fn components_and_shortcodes_take_what_is_said_without_being_handed_it() {
    let place = site();
    place.write("templates/briefing.html", "{{ <hello /> }}{{ content }}");
    place.write("templates/hello.html", "{% component hello(@t) %}{{ t.sources }} {{ '2026-02-01' | date }} {% endcomponent hello %}");
    place.write("templates/shortcodes/when.html", "{% component when(@t) %}{{ t.data }} {{ '2026-02-01' | date }}{% endcomponent when %}");
    place.write("content/a.fr-CA.md", "---\ntitle: A\ndate: 2026-02-01\n---\n\n{{< when >}}\n");
    place.build().fine();
    assert_eq!(place.read("public/fr-CA/a/index.html").replace("\n", ""), "Sources 1er février 2026 Données 1er février 2026");
}

/// The last column of a row is what the theme says of its setting; a test of the manual's own would need to read TOML.
#[test]
fn the_manual_lists_the_settings_of_the_theme_as_the_theme_does() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md")).expect("the manual");
    let theme = fs::read_to_string(theme("theme.toml")).expect("the theme").parse::<toml::Table>().expect("TOML");
    let settings = theme["settings"].as_table().expect("settings");
    let text = |setting: &toml::Value, key: &str| setting.get(key).map(|value| value.to_string()).unwrap_or_default();
    let plain = |setting: &toml::Value, key: &str| setting.get(key).and_then(toml::Value::as_str).expect("a text").to_string();
    let row = |(name, setting): (&String, &toml::Value)| {
        format!("| `theme.{name}` | {} | `{}` | {} |", plain(setting, "type"), text(setting, "default"), plain(setting, "doc"))
    };
    let table: Vec<String> = settings.iter().map(row).collect();
    assert!(page.contains(&table.join("\n")), "docs/settings.md should have\n{}", table.join("\n"));
}

/// A site whose `[theme]` says this, with the style sheet and what a template that shows settings makes of it.
fn with_settings(settings: &str) -> Place {
    let place = site();
    place.write("site.toml", format!("title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n[theme]\n{settings}"));
    place.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place
}

fn colours(place: &Place) -> String {
    place.build().fine();
    let path = place.output().into_keys().find(|path| path.starts_with("assets/colours.")).expect("the style sheet of colours");
    place.read(&format!("public/{path}"))
}

#[test]
fn colours_of_the_settings_are_a_style_sheet_for_day_and_dark() {
    let light = |accent: &str| format!(":root{{--paper:#fbfaf6;--ink:#17191e;--accent:{accent}}}\n");
    let dark = |accent: &str| {
        format!("@media screen and (prefers-color-scheme:dark){{:root{{--paper:#1d1b18;--ink:#ebe6db;--accent:{accent}}}}}\n")
    };
    assert_eq!(colours(&with_settings("")), light("#1c4a38") + &dark("#8fcbac"));
    let own = colours(&with_settings("accent = \"#123\"\n"));
    assert!(own.starts_with(&light("#112233")) && !own.contains("#8fcbac"), "{own}");
    let both = colours(&with_settings("accent = \"#112233\"\ndark_accent = \"#aabbcc\"\n"));
    assert_eq!(both, light("#112233") + &dark("#aabbcc"));
}

#[test]
fn colours_that_cannot_be_read_are_told_with_the_ratio_and_the_nearest_that_can() {
    let place = with_settings("accent = \"#77aa88\"\n");
    let run = place.build().fine();
    run.says(&[
        "low-contrast",
        "site.toml:4:10",
        "`theme.accent` has a contrast of 2.",
        ":1 to `theme.paper`, and text needs 4.5:1",
        "the nearest colour that can be read is `#",
    ]);
}

#[test]
fn settings_that_the_theme_does_not_have_or_cannot_take_are_told_at_their_place() {
    with_settings("acent = \"#112233\"\n").build().fine().says(&["unknown-setting", "site.toml:4:1", "did you mean `theme.accent`?"]);
    let run =
        with_settings("accent = \"green\"\nlogo = \"lgo.svg\"\nlanguage = \"xx\"\ndate_format = \"%\"\nmenu = [{ url = \"/\" }]\n").build();
    run.ends_with(2).says(&[
        "`theme.accent` must be a colour such as `\"#1c4a38\"`, not `\"green\"`",
        "site.toml:5:8",
        "did you mean `logo.svg`?",
        "there are strings for `ar`, `de`, `en`, `es`, `fr`",
        "`theme.date_format` must be",
        "`theme.menu` must be a list such as",
    ]);
}

#[test]
fn a_theme_can_have_settings_of_its_own() {
    let place = with_settings("name = \"mine\"\ncolumns = \"two\"\n");
    place.write(
        "themes/mine/theme.toml",
        "[settings]\ncolumns = { type = \"number\", default = 3 }\nribbon = { type = \"colour\", default = \"#010203\" }\n",
    );
    place.write("templates/briefing.html", "{{ theme.columns }} {{ theme.ribbon }} {{ theme.accent }}");
    place.build().ends_with(2).says(&["`theme.columns` must be a number"]);
    place.write("site.toml", "title = \"Test\"\n[theme]\nname = \"mine\"\n");
    assert!(colours(&place).contains(";--ribbon:#010203}"));
    assert_eq!(place.read("public/a/index.html"), "3 #010203 #1c4a38");
    place
        .write("themes/mine/theme.toml", "[settings]\ncolumns = { type = \"nmber\" }\nribbon = { type = \"colour\", default = \"red\" }\n");
    place.build().ends_with(1).says(&[
        "bad-theme",
        "themes/mine/theme.toml",
        "`columns` must have a `type`",
        "the default of the setting `ribbon`",
    ]);
}

#[test]
fn settings_reach_templates_with_addresses_and_markdown_made_ready() {
    let menu = "menu = [{ title = \"Lists\", url = \"/search/\" }, { title = \"Out\", url = \"https://example.com/\" }, { title = \"Nur\", url = \"/a/\", lang = \"de\" }]\n";
    let place = with_settings(&format!(
        "logo = \"logo.svg\"\nfooter = \"A [b](/a/) <i>c</i>\"\ncontact = \"me@example.org\"\nlanguage = \"fr\"\ndate_format = \"%d/%m/%y\"\n{menu}"
    ));
    place.write(
        "templates/briefing.html",
        "{{ theme.logo }}|{{ theme.footer }}|{{ contact.url }}|{{ t.latest }} {{ page.date | date }}|{% for item in menu %}{{ item.title }} {{ item.url }} {% endfor %}",
    );
    place.build().fine();
    assert_eq!(
        place.read("public/a/index.html"),
        "/sub/logo.svg|<p>A <a href=\"/sub/a/\">b</a> &lt;i&gt;c&lt;/i&gt;</p>\n|mailto:me@example.org|Dernières publications 01/02/26|Lists /sub/search/ Out https://example.com/ "
    );
    place.write("site.toml", "title = \"Test\"\n[theme]\nmenu = [{ title = \"Lists\", url = \"/serach/\" }]\n");
    place.build().ends_with(1).says(&["broken-menu", "site.toml:3:8", "`/serach/`", "did you mean `/search/`?"]);
}

/// What a script does that looks for the card of a link: FNV-1a of the address, as the manual says it.
fn card(place: &Place, href: &str) -> serde_json::Value {
    let read = |name: &str| serde_json::from_str::<serde_json::Value>(&place.read(&format!("public/cards/{name}.json"))).expect("JSON");
    let blocks = read("blocks")["blocks"].as_u64().expect("a number");
    let path = href.split('#').next().unwrap_or_default();
    let hash = path.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    read(&(u64::from(hash) & (blocks - 1)).to_string())[path].clone()
}

#[test]
fn the_card_of_a_link_is_found_by_its_address_alone() {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/sub/\"\n"),
        ("templates/briefing.html", "{{ content }}"),
    ]);
    let mut links = String::new();
    for number in 0..150 {
        place.write(
            &format!("content/É{number}.md"),
            format!("---\ntitle: Page {number}\ndate: 2026-01-01\nslug: \"é {number}\"\n---\n\n## Part\n\nText {number}.\n"),
        );
        links.push_str(&format!("[a](É{number}.md#part)\n"));
    }
    place.write("content/old.md", "---\ntitle: Old\ndate: 2025-01-01\nlang: fr\n---\n\nAncien.\n");
    place.write("content/draft.md", "---\ntitle: Secret\ndraft: true\n---\n");
    place.write(
        "content/all.md",
        format!("---\ntitle: All\ndate: 2026-02-01\nupdated: 2026-02-02\nsupersedes: old\n---\n\n[old](old.md)\n{links}"),
    );
    place.build().fine();
    let hrefs =
        crate::html::attributes(&place.read("public/all/index.html"), "href").into_iter().map(|href| href.to_string()).collect::<Vec<_>>();
    assert_eq!(hrefs.len(), 151);
    for (number, href) in hrefs[1..].iter().enumerate() {
        assert_eq!(card(&place, href)["title"], format!("Page {number}"), "{href}");
    }
    let old = serde_json::json!({ "title": "Old", "summary": "Ancien.", "date": "2025-01-01", "updated": null, "type": "briefing", "status": "superseded", "lang": "fr" });
    assert_eq!(card(&place, &hrefs[0]), old);
    assert_eq!(card(&place, "/sub/all/")["updated"], "2026-02-02");
    assert!(place.output().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("Secret")));
}

/// What templates of these names make of a site with a topic, a series, people and an agreement.
fn library(templates: &[(&str, &str)]) -> Place {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\npublisher = \"Desk\"\nlicence = \"CC-BY-4.0\"\n"),
        ("content/topics/peace/_index.md", "---\ntitle: Peace\nsynonyms: [Calm]\nrelated: [Trade]\n---\n"),
        ("content/topics/peace/treaties.md", "---\ntitle: Treaties\n---\n"),
        ("content/topics/trade.md", "---\ntitle: Trade\n---\n"),
        ("content/people/ada.md", "---\ntitle: Ada Byron\noffices: [{office: Minister, of: Trade, from: 2024-05, to: 2025-01-31}]\n---\n"),
        ("content/people/bob.md", "---\ntitle: Bob Stone\n---\n"),
        ("content/agreements/pact.md", "---\ntitle: The Long Pact\n---\n\nAda Byron signed it.\n"),
        ("content/old.md", "---\ntitle: Old\ndate: 2025-01-01\ntopics: [Treaties]\n---\n\nText.\n"),
        (
            "content/new.md",
            "---\ntitle: New\nid: PB-1\ndate: 2026-01-01\nas_of: 2026-02-01\nsupersedes: old\ntopics: [Peace]\nseries: [Serial]\nauthors: [A. Author, B. Other]\nkey_points: [\"See [it](middle.md)\"]\nchanges: [{date: 2026-03-01, note: A slip, kind: correction}]\n---\n\nAda Byron met Bob Stone.\n",
        ),
        (
            "content/middle.md",
            "---\ntitle: Middle\ndate: 2025-06-01\ntopics: [Treaties]\nlicence: Ask us\n---\n\nBob Stone and Ada Byron.\n\nBob Stone.\n",
        ),
    ]);
    templates.iter().for_each(|(name, text)| place.write(&format!("templates/{name}"), text));
    place.build().fine();
    place
}

#[test]
fn the_front_page_can_show_the_newest_briefing_series_and_corrections() {
    let home = "{% if lead.card %}{{ lead.card.title }}{% endif %}|{{ lead.key_points | join(sep=';') }}|{% for author in lead.authors %}{{ author.name }},{% endfor %}|{% for one in recent_changes %}{{ one.date }} {{ one.kind }} {{ one.title }} {{ one.note }}{% endfor %}|{% for one in all_series %}{{ one.name }} {{ one.count }} {{ one.date }}{% endfor %}";
    let place = library(&[("home.html", home)]);
    let shown = place.read("public/index.html").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let points = "See <a href=\"/middle/\">it</a>";
    assert_eq!(shown, format!("New|{points}|A. Author,B. Other,|2026-03-01 correction New A slip|Serial 1 2026-01-01"));
    let empty = Place::new(&[("site.toml", "title = \"Test\"\n"), ("templates/home.html", home)]);
    empty.build().fine();
    assert_eq!(empty.read("public/index.html"), "||||");
}

#[test]
fn a_topic_can_show_its_history_its_people_and_what_is_out_of_date() {
    let topic = "{% for one in timeline %}{{ one.date }} {{ one.kind }} {{ one.title }}{% if one.note %}: {{ one.note }}{% endif %};{% endfor %}|{% for one in topic_people %}{{ one.title }} {{ one.count }}{% for held in one.offices %} {{ held.office }} {{ held.from | date }} {{ held.to | date }}{% endfor %};{% endfor %}|{% for card in superseded %}{{ card.title }} {{ card.status }}{% endfor %}";
    let place = library(&[("topic.html", topic)]);
    assert_eq!(
        place.read("public/topics/peace/index.html"),
        "2026-03-01 correction New: A slip;2026-01-01 published New;2025-06-01 published Middle;|Ada Byron 2 Minister May 2024 31 January 2025;Bob Stone 2;|Old superseded"
    );
    assert_eq!(place.read("public/topics/trade/index.html"), "||");
}

#[test]
fn the_index_of_topics_leads_from_other_names_and_to_related_topics() {
    let index = "{% for one in topics_index %}{{ one.name }}{% if one.see %}: {{ one.see.name }}{% else %} {{ one.count }}{% for other in one.related %} {{ other.name }}{% endfor %}{% endif %};{% endfor %}|{% for one in topics_tree %}{{ one.name }} {{ one.synonyms | join(sep=',') }};{% endfor %}";
    let place = library(&[("topics.html", index)]);
    assert_eq!(place.read("public/topics/index.html"), "Calm: Peace;Peace 2 Trade;Trade 0 Peace;Treaties 1;|Peace Calm;Trade ;");
}

#[test]
fn a_page_says_how_to_cite_it_and_under_which_licence_it_is() {
    let place = library(&[(
        "briefing.html",
        "{{ cite.text }}|{{ cite.authors | join(sep='+') }} {{ cite.number }} {{ cite.as_of }}|{{ licence.name }} {{ licence.url | default(value='') }}",
    )]);
    assert_eq!(
        place.read("public/new/index.html"),
        "A. Author, B. Other: New. PB-1. Desk, 1 January 2026. As of 1 February 2026. https://example.org/new/|A. Author+B. Other PB-1 2026-02-01|CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
    );
    assert_eq!(place.read("public/middle/index.html"), "Middle. Desk, 1 June 2025. https://example.org/middle/|  |Ask us ");
}

#[test]
fn a_person_has_the_agreements_that_name_them() {
    let place = library(&[("entity.html", "{% for card in agreements %}{{ card.title }}{% endfor %}")]);
    assert_eq!(
        (place.read("public/people/ada/index.html"), place.read("public/people/bob/index.html")),
        ("The Long Pact".into(), "".into())
    );
}
