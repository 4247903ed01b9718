//! Settings of themes: what `[theme]` in `site.toml` says, what comes of it, and what is told of mistakes in it.

use std::fs;
use std::path::Path;

use crate::place::Place;

/// The last column of a row is what the theme says of its setting; a test of the manual's own would need to read TOML.
#[test]
fn the_manual_lists_the_settings_of_the_theme_as_the_theme_does() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md")).expect("the manual");
    let theme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/theme.toml"))
        .expect("the theme")
        .parse::<toml::Table>()
        .expect("TOML");
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
    let place = Place::new(&[("content/a.md", "---\ntitle: A\ndate: 2026-02-01\n---\n\nText.\n")]);
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
    place.build().ends_with(1).says(&["broken-menu", "site.toml:3:35", "`/serach/`", "did you mean `/search/`?"]);
}
