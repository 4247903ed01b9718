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
                let is_code = text[..at].rfind(['{', '}']).is_some_and(|brace| text[..at].as_bytes()[brace] == b'{');
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
