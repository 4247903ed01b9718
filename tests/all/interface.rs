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
