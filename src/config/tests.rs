//! What the settings file and the overrides mean, and what is said of their mistakes.

use super::*;

/// The settings of a text without problems.
fn good(text: &str) -> Config {
    let (config, problems) = read(&Arc::from("site.toml"), text, &[]);
    assert_eq!(problems, [], "{text}");
    config
}

/// The problems of a text, each as `severity code line:column message | hints`.
fn problems(text: &str, overrides: &[(&str, &str)]) -> Vec<String> {
    let (_, problems) = read(&Arc::from("site.toml"), text, &given(overrides));
    problems.iter().map(shown).collect()
}

fn given(overrides: &[(&str, &str)]) -> Vec<Override> {
    overrides
        .iter()
        .map(|(key, value)| Override { key: (*key).into(), value: (*value).into(), from: format!("--set {key}={value}") })
        .collect()
}

fn shown(problem: &Diagnostic) -> String {
    let place = problem.place.as_ref().map_or("-".into(), |place| format!("{}:{}", place.line, place.column));
    let hints: String = problem.hints.iter().map(|hint| format!(" | {hint}")).collect();
    format!("{:?} {} {place} {}{hints}", problem.severity, problem.code, problem.message)
}

#[test]
fn an_empty_file_gives_the_defaults() {
    assert_eq!(good(""), Config::default());
    assert_eq!(good("# only a comment\r\n"), Config::default());
    assert!(Config::default().extra.as_map().is_some_and(|map| map.is_empty()));
}

#[test]
fn the_demonstration_site_has_good_settings() {
    assert_eq!(good(include_str!("../../site.toml")).time_zone_name, "Europe/Brussels");
}

#[test]
fn every_setting_is_read() {
    let config = good(
        r#"
title = "T"
base_url = "https://example.org/briefings"
description = "D"
language = "en"
languages = ["fr", "ar"]
time_zone = "Europe/Brussels"
theme = "house"
output_dir = "/srv/www"
paginate_by = 10
licence = "CC-BY-4.0"
publisher = "P"
[links]
internal = "warn"
skip = ["/old/"]
[topics]
controlled = true
[markdown]
smart_punctuation = false
math = true
unsafe_html = false
keep_comments = true
error_on_missing_language = true
[feeds]
limit = 5
full_text = true
[search]
enabled = false
full_text = false
exclude = ["/legal/"]
[related]
limit = 0
[permalinks]
briefings = "/:year/:slug/"
[numbers]
pattern = "PB-{year}-{nnn}"
types = { study = "ST-{nn}" }
[changes]
required = true
[dates]
order = "dmy"
[citations]
style = "apa"
useprefix = true
[likelihood]
scale = "phia"
[lints]
same-source = "off"
single-source = "error"
[markings]
order = ["official", "restricted"]
[audit]
level = "warn"
allow = ["content/news.md"]
[publish.live]
target = "git"
[extra]
since = 2024-05-01
menu = [{ name = "a", weight = 1.5 }]
"#,
    );
    let mut lints = Lints::default();
    lints.set("same-source", Level::Off);
    lints.set("single-source", Level::Error);
    let expected = Config {
        title: "T".into(),
        base_url: address::base_url("https://example.org/briefings/".into()).expect("good"),
        description: "D".into(),
        language: "en".into(),
        languages: vec!["fr".into(), "ar".into()],
        time_zone: TimeZone::get("Europe/Brussels").expect("a zone"),
        time_zone_name: "Europe/Brussels".into(),
        theme: "house".into(),
        output_dir: "/srv/www".into(),
        paginate_by: 10,
        licence: Some("CC-BY-4.0".into()),
        publisher: Some("P".into()),
        links: Links { internal: Internal::Warn, skip: vec!["/old/".into()] },
        topics: Topics { controlled: true },
        markdown: Markdown {
            smart_punctuation: false,
            math: true,
            unsafe_html: false,
            keep_comments: true,
            error_on_missing_language: true,
        },
        feeds: Feeds { limit: 5, full_text: true },
        search: Search { enabled: false, full_text: false, exclude: vec!["/legal/".into()] },
        related: Related { limit: 0 },
        permalinks: config.permalinks.clone(),
        numbers: config.numbers.clone(),
        changes_required: true,
        date_order: Some(DateOrder::DayMonth),
        citations: Citations { style: "apa".into(), useprefix: true },
        likelihood: Some(Scale::Phia),
        lints,
        markings: config.markings.clone(),
        audit: Audit { level: Level::Warn, allow: vec!["content/news.md".into()] },
        theme_settings: tera::Value::from(tera::Map::new()),
        extra: config.extra.clone(),
    };
    assert_eq!(config, expected);
    assert_eq!(config.markings.names(), ["official", "restricted"]);
    let fits = |type_: &str, id: &str| config.numbers.of_type(type_).is_some_and(|pattern| pattern.fits(id));
    assert!(fits("briefing", "PB-2026-001") && fits("study", "ST-01") && !fits("study", "PB-2026-001"));
    assert_eq!(serde_json::to_string(&config.extra).expect("JSON"), r#"{"since":"2024-05-01","menu":[{"name":"a","weight":1.5}]}"#);
}

#[test]
fn a_theme_table_names_the_theme_and_holds_its_settings() {
    let config = good("[theme]\nname = \"house\"\naccent = \"red\"\n[theme.queries]\nlatest = { limit = 5 }\n");
    assert_eq!(config.theme, "house");
    let settings = serde_json::to_string(&config.theme_settings).expect("JSON");
    assert_eq!(settings, r#"{"accent":"red","queries":{"latest":{"limit":5}}}"#);
    assert_eq!(good("[theme.queries]\nlatest = {}\n").theme, "default");
}

#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_name() {
    let text = "titel = \"x\"\nwhatever = 1\n[links]\nintern = \"warn\"\n[feeds]\nsize = 3\n";
    let expected = [
        "Warning unknown-setting 1:1 there is no setting `titel` | did you mean `title`?",
        "Warning unknown-setting 2:1 there is no setting `whatever` | settings of your own go into `[extra]`",
        "Warning unknown-setting 4:1 there is no setting `links.intern` | did you mean `links.internal`?",
        "Warning unknown-setting 6:1 there is no setting `feeds.size` | `[feeds]` has `limit`, `full_text`",
    ];
    assert_eq!(problems(text, &[]), expected);
}

#[test]
fn a_name_of_another_tool_is_answered_with_the_one_here() {
    let text = "default_language = \"fr\"\n[link_checker]\ninternal_level = \"warn\"\n[markdown]\nhighlight_code = true\n";
    let expected = [
        "Warning unknown-setting 1:1 there is no setting `default_language` | here it is `language`",
        "Warning unknown-setting 2:2 there is no setting `link_checker` | here it is `[links]`, with `internal` and `skip`",
        "Warning unknown-setting 5:1 there is no setting `markdown.highlight_code` | code is always highlighted when its language is named",
    ];
    assert_eq!(problems(text, &[]), expected);
}

#[test]
fn tables_that_are_free_take_any_key() {
    assert_eq!(problems("[extra]\na = 1\n[theme.colours]\nb = 2\n[publish.live]\ntarget = \"git\"\n", &[]), [""; 0]);
}

#[test]
fn all_wrong_values_are_told_at_once_with_their_places() {
    let text = r#"title = 3
base_url = "example.org"
languages = ["fr", 7, "en", "FR"]
time_zone = "Europe/Brusels"
paginate_by = 0
output_dir = ""
theme = "../x"
links = "warn"
[topics]
controlled = "yes"
"#;
    let expected = [
        "Error bad-setting 1:9 `title` must be a text in quotes, not `3`",
        "Error bad-setting 2:12 `base_url` must be an address such as `https://example.org/briefings/`, not `\"example.org\"` | begin it with `https://`",
        "Error bad-setting 3:20 `languages` must be a list of texts such as `[\"fr\", \"ar\"]`, not `7`",
        "Error bad-setting 4:13 `time_zone` must be the name of a time zone such as `Europe/Brussels`, not `\"Europe/Brusels\"` | did you mean `Europe/Brussels`?",
        "Error bad-setting 5:15 `paginate_by` must be a whole number from 1, not `0`",
        "Error bad-setting 6:14 `output_dir` must be the name of a folder, not `\"\"`",
        "Error bad-setting 7:9 `theme.name` must be the name of a folder in `themes/`, or `\"default\"`, not `\"../x\"`",
        "Error bad-setting 8:9 `links` must be a table, not `\"warn\"`",
        "Error bad-setting 10:14 `topics.controlled` must be `true` or `false`, not `\"yes\"`",
    ];
    assert_eq!(problems(text, &[]), expected);
}

#[test]
fn a_language_that_is_named_twice_is_an_error_and_the_others_stay() {
    let (config, found) = read(&Arc::from("site.toml"), "languages = [\"fr\", \"en\", \"FR\", \"ar\"]", &[]);
    assert_eq!(config.languages, ["fr", "ar"]);
    let found: Vec<String> = found.iter().map(shown).collect();
    let expected = [
        "Error bad-setting 1:20 `languages` must be a list of further languages, not `\"en\"` | `en` is the `language` of the site already",
        "Error bad-setting 1:26 `languages` must be a list without repetitions, not `\"FR\"`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn bad_toml_is_an_error_with_its_place_and_hides_nothing_of_the_overrides() {
    let found = problems("title = \"a\nunknown = 1\n[links\nx = \n", &[("nothing", "1")]);
    assert!(found.iter().any(|problem| problem.starts_with("Error bad-toml 1:")), "{found:?}");
    assert!(found.iter().any(|problem| problem.starts_with("Error bad-toml 3:")), "{found:?}");
    assert_eq!(found.iter().filter(|problem| problem.contains("unknown-setting")).count(), 1, "{found:?}");
}

#[test]
fn a_key_that_is_there_twice_is_bad_toml() {
    assert_eq!(problems("title = \"a\"\ntitle = \"b\"\n", &[]), ["Error bad-toml 2:1 duplicate key"]);
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    assert_eq!(problems("\u{feff}title = 3", &[]), ["Error bad-setting 1:10 `title` must be a text in quotes, not `3`"]);
}

#[test]
fn overrides_are_toml_where_they_can_be_and_text_elsewhere() {
    let overrides = [
        ("title", "My briefings"),
        ("description", "2024"),
        ("paginate_by", "5"),
        ("languages", "[\"fr\"]"),
        ("links.internal", "warn"),
        ("extra.a.b", "[1, 2]"),
        ("paginate_by", "7"),
    ];
    let (config, problems) = read(&Arc::from("site.toml"), "title = \"x\"\n[extra]\nz = 1", &given(&overrides));
    assert_eq!(problems, []);
    assert_eq!((config.title.as_str(), config.description.as_str(), config.paginate_by), ("My briefings", "2024", 7));
    assert_eq!(config.languages, ["fr"]);
    assert_eq!(config.links.internal, Internal::Warn);
    assert_eq!(serde_json::to_string(&config.extra).expect("JSON"), r#"{"z":1,"a":{"b":[1,2]}}"#);
}

#[test]
fn mistakes_in_overrides_name_where_they_come_from() {
    let expected = [
        "Error bad-setting - `--set a..b=1`: `a..b` names no setting",
        "Error bad-setting - `--set paginate_by=many`: `paginate_by` must be a whole number from 1, not `\"many\"`",
        "Warning unknown-setting - `--set tilte=x`: there is no setting `tilte` | did you mean `title`?",
    ];
    assert_eq!(problems("", &[("a..b", "1"), ("tilte", "x"), ("paginate_by", "many")]), expected);
}

#[test]
fn an_override_chooses_the_theme_and_keeps_its_settings() {
    let chosen = |text: &str, overrides: &[(&str, &str)]| {
        let (config, problems) = read(&Arc::from("site.toml"), text, &given(overrides));
        assert_eq!(problems, []);
        (config.theme.clone(), serde_json::to_string(&config.theme_settings).expect("JSON"))
    };
    assert_eq!(chosen("[theme]\nname = \"a\"\nx = 1\n", &[("theme", "b")]), ("b".into(), r#"{"x":1}"#.into()));
    assert_eq!(chosen("theme = \"a\"\n", &[("theme.x", "1")]), ("a".into(), r#"{"x":1}"#.into()));
    assert_eq!(chosen("", &[("theme", "b")]), ("b".into(), "{}".into()));
}

#[test]
fn prints_tell_tables_apart_by_value_and_by_order() {
    let prints = |text: &str| good(text).print();
    assert_eq!(prints("[extra]\na = 1\nb = 2"), prints("extra = { a = 1, b = 2 }"));
    assert_ne!(prints("[extra]\na = 1\nb = 2"), prints("[extra]\nb = 2\na = 1"));
    assert_ne!(prints("[extra]\na = 1"), prints("[extra]\na = \"1\""));
    assert_eq!(good("").print(), Config::default().print());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reading_fail(text in "[a-z_.=\\[\\]{}\"' \n0-9/:#]{0,80}|\\PC{0,40}", key in "\\PC{0,12}", value in "\\PC{0,12}") {
        read(&Arc::from("site.toml"), &text, &given(&[(&key, &value), ("base_url", &text), ("time_zone", &value), ("language", &text)]));
    }
}
