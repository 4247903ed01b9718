//! Themes: layers of templates, parts, queries and shortcodes as authors of themes use them.

use crate::place::{Place, Run};

fn site() -> Place {
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\ntheme = \"mine\"\n"),
        ("themes/mine/theme.toml", "name = \"mine\"\n"),
    ]);
    for number in 0..5 {
        let topics = if number % 2 == 0 { "[Trade]" } else { "[Peace]" };
        place.write(
            &format!("content/briefings/p{number}.md"),
            format!("---\ntitle: Page {number}\ndate: 2026-01-0{}\ntopics: {topics}\n---\n\nText.\n", number + 1),
        );
    }
    place
}

fn page(place: &Place, path: &str) -> String {
    place.build().fine();
    place.read(&format!("public/{path}"))
}

#[test]
fn a_site_goes_before_its_theme_and_the_theme_before_the_built_in_one_file_by_file() {
    let place = site();
    place.write("themes/mine/templates/briefing.html", "theme {{ page.title }}");
    place.write("themes/mine/templates/home.html", "theme {{ head.title }}");
    place.write("templates/home.html", "site {{ head.title }}");
    assert_eq!(page(&place, "index.html"), "site Test");
    assert_eq!(page(&place, "briefings/p1/index.html"), "theme Page 1");
    assert!(page(&place, "briefings/index.html").contains("</html>"), "the built-in one shows what nobody else does");
}

#[test]
fn a_template_can_extend_the_one_that_it_replaces() {
    let place = site();
    place.write(
        "themes/mine/templates/base.html",
        "{% extends \"default/base.html\" %}\n{% block head_extra %}<meta name=\"from\" content=\"theme\">{% endblock %}\n",
    );
    place.write(
        "templates/base.html",
        "{% extends \"theme/base.html\" %}\n{% block head_extra %}{{ super() }}<meta name=\"from\" content=\"site\">{% endblock %}\n",
    );
    let html = page(&place, "briefings/p1/index.html");
    assert!(html.contains("content=\"theme\"><meta name=\"from\" content=\"site\">") && html.contains("<h1"), "{html}");
}

#[test]
fn static_files_of_the_theme_are_published_and_those_of_the_site_go_before_them() {
    let place = site();
    place.write("themes/mine/static/site.css", "body { color: green }");
    place.write("themes/mine/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    place.write("static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"own\"/>");
    let html = page(&place, "index.html");
    let css = crate::html::attributes(&html, "href")
        .into_iter()
        .find(|href| href.contains("/site.") && href.ends_with(".css"))
        .expect("a stylesheet");
    assert_eq!(place.read(&format!("public{css}")), "body { color: green }");
    assert!(place.read("public/favicon.svg").contains("own"));
    assert!(place.output().keys().any(|path| path.contains("logo")));
}

#[test]
fn a_stylesheet_that_changes_gets_another_name_and_the_old_one_goes() {
    let place = site();
    let styles = || place.output().into_keys().filter(|path| path.starts_with("assets/site.")).collect::<Vec<_>>();
    place.write("themes/mine/static/site.css", "a { color: green }");
    place.build().fine();
    let before = styles();
    place.write("themes/mine/static/site.css", "a { color: red }");
    place.build().fine();
    assert_eq!((before.len(), styles().len()), (1, 1));
    assert_ne!(before, styles());
}

#[test]
fn a_query_of_the_theme_or_the_settings_is_a_part() {
    let place = site();
    place.write("themes/mine/theme.toml", "name = \"mine\"\n[queries]\nlatest = { limit = 2 }\n");
    place.write("site.toml", "title = \"Test\"\n[theme]\nname = \"mine\"\n[theme.queries]\npeace = { topic = \"peace\", limit = 5 }\n");
    place.write(
        "templates/home.html",
        "{% for card in latest %}{{ card.title }};{% endfor %}|{% for card in peace %}{{ card.title }};{% endfor %}",
    );
    assert_eq!(page(&place, "index.html"), "Page 4;Page 3;|Page 3;Page 1;");
}

#[test]
fn the_figure_of_the_built_in_theme_takes_the_arguments_of_hugo() {
    let call = "{{< figure src=\"/a.svg\" alt=\"A\" title=\"T\" caption=\"C\" attr=\"By B\" attrlink=\"https://example.com/\" link=\"/posts/\" target=\"_blank\" rel=\"noopener\" class=\"wide\" width=600 height=\"400px\" loading=\"eager\" >}}";
    let place = Place::new(&[
        ("site.toml", "title = \"Test\"\n"),
        ("static/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/posts/x.md", &format!("---\ntitle: X\n---\n\n{call}\n\n{{{{< figure \"/a.svg\" >}}}}\n")),
    ]);
    place.build().fine();
    let html = place.read("public/posts/x/index.html");
    let figure = "<figure class=\"wide\">\n<a href=\"/posts/\" target=\"_blank\" rel=\"noopener\"><img src=\"/a.svg\" alt=\"A\" width=\"600\" height=\"400\" loading=\"eager\"></a>\n<figcaption><strong>T</strong> C <a href=\"https://example.com/\">By B</a></figcaption>\n</figure>";
    assert!(html.contains(figure), "{html}");
    assert!(html.contains("<figure>\n<img src=\"/a.svg\" alt=\"\" loading=\"lazy\">\n</figure>"), "{html}");
}

#[test]
fn data_and_settings_of_the_author_are_parts() {
    let place = site();
    place.write("content/_data/offices.yaml", "- city: Brussels\n- city: Ottawa\n");
    place.write("site.toml", "title = \"Test\"\n[extra]\nmotto = \"Read\"\n[theme]\nname = \"mine\"\n[theme.colours]\nink = \"navy\"\n");
    place.write(
        "templates/home.html",
        "{% for office in data_offices %}{{ office.city }} {% endfor %}{{ extra.motto }} {{ theme.colours.ink }}",
    );
    assert_eq!(page(&place, "index.html"), "Brussels Ottawa Read navy");
}

#[test]
fn templates_get_exactly_what_they_mention() {
    let place = site();
    place.write("templates/home.html", "{{ head.title | upper }}\n{{ __tera_context }}");
    let html = page(&place, "index.html");
    let context = html.strip_prefix("TEST\n").expect("the title").replace("&quot;", "\"");
    assert!(context.contains("\"head\""), "{context}");
    for part in ["site", "page", "list", "lists", "assets", "extra"] {
        assert!(!context.contains(&format!("\"{part}\"")), "{part} is in {context}");
    }
}

#[test]
fn an_unknown_part_is_told_with_the_nearest_one() {
    let place = site();
    place.write("templates/home.html", "<p>\n{{ haed.title }}</p>");
    place.build().ends_with(1).says(&["templates/home.html:2:4", "{{ haed.title }}</p>", "`head`"]);
}

#[test]
fn an_unknown_template_of_a_page_is_an_error_and_an_unknown_layout_one_note() {
    let place = site();
    place.write("content/a.md", "---\ntitle: A\ntemplate: briefign.html\n---\n\nText.\n");
    place.build().ends_with(1).says(&["content/a.md:3:11", "briefing"]);
    place.write("content/a.md", "---\ntitle: A\nlayout: post\n---\n\nText.\n");
    place.write("content/b.md", "---\ntitle: B\nlayout: post\n---\n\nText.\n");
    let run = place.build().fine();
    assert_eq!(run.err.matches("layout").count().min(1), run.err.matches("content/a.md").count(), "{}", run.err);
    assert!(!run.err.contains("content/b.md"), "{}", run.err);
}

#[test]
fn a_page_can_choose_a_template() {
    let place = site();
    place.write("templates/special.html", "special {{ page.title }}");
    place.write("content/a.md", "---\ntitle: A\ntemplate: special.html\n---\n\nText.\n");
    place.write("content/b.md", "---\ntitle: B\nlayout: special\n---\n\nText.\n");
    assert_eq!(page(&place, "a/index.html"), "special A");
    assert_eq!(page(&place, "b/index.html"), "special B");
}

#[test]
fn a_missing_theme_is_told_with_those_that_are_there() {
    let place = site();
    place.write("site.toml", "theme = \"mien\"\n");
    let run: Run = place.build();
    assert!(matches!(run.code, Some(1 | 2)), "{run:?}");
    run.says(&["site.toml", "`mine`"]);
}

#[test]
fn a_shortcode_of_the_site_goes_before_that_of_the_theme() {
    let place = site();
    place.write(
        "themes/mine/shortcodes/hello.html",
        "{% component hello(name: string = \"you\") %}<b>theme {{ name }}</b>{% endcomponent hello %}",
    );
    place.write("content/a.md", "---\ntitle: A\n---\n\n{{< hello name=\"Ada\" >}} and {{< hello >}}\n");
    assert!(page(&place, "a/index.html").contains("<b>theme Ada</b> and <b>theme you</b>"));
    place.write(
        "templates/shortcodes/hello.html",
        "{% component hello(name: string = \"you\") %}<i>site {{ name }}</i>{% endcomponent hello %}",
    );
    assert!(page(&place, "a/index.html").contains("<i>site Ada</i> and <i>site you</i>"));
}

#[test]
fn an_unknown_shortcode_and_a_wrong_argument_are_told_with_the_nearest() {
    let place = site();
    place.write("content/a.md", "---\ntitle: A\n---\n\n{{< nte >}}x{{< /nte >}}\n\n{{< figure scr=\"a.svg\" >}}\n");
    place.build().ends_with(1).says(&["content/a.md:5:", "`note`", "content/a.md:7:", "src"]);
}

#[test]
fn what_authors_write_is_escaped_in_templates() {
    let place = site();
    place.write("content/a.md", "---\ntitle: \"<script>alert(1)</script> & \\\"quotes\\\"\"\ntags: [\"<b>\"]\nsummary: \"<img src=x onerror=y>\"\nauthors: [\"A & <B>\"]\ndate: 2026-01-01\ntype: study\n---\n\nText.\n");
    place.build().fine();
    // In JSON the title is text, and no HTML.
    for (path, bytes) in place.output().into_iter().filter(|(path, _)| !path.ends_with(".json")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}");
    }
}

#[test]
fn a_home_page_without_a_text_of_its_own_is_built() {
    let place = Place::new(&[("content/briefings/a.md", "---\ntitle: One\ndate: 2026-01-01\n---\n\nText.\n")]);
    place.build().fine();
    assert!(place.read("public/index.html").contains("One"));
    let bare = Place::new(&[("content/about.md", "---\ntitle: About\n---\n")]);
    bare.build().fine();
}

#[test]
fn a_summary_that_is_the_beginning_of_the_text_is_not_shown_above_it() {
    let place = Place::new(&[
        ("content/briefings/a.md", "---\ntitle: One\ndate: 2026-01-01\nsummary: What was written.\n---\n\nThe first lines.\n"),
        ("content/briefings/b.md", "---\ntitle: Two\ndate: 2026-01-01\n---\n\nThe first lines.\n"),
    ]);
    place.build().fine();
    let body = |name: &str| place.read(&format!("public/briefings/{name}/index.html")).split_once("<body").expect("a body").1.to_string();
    assert!(body("a").contains("What was written."));
    assert_eq!(body("b").matches("The first lines.").count(), 1);
    assert!(place.read("public/index.html").contains("The first lines."), "a list shows it");
}

#[test]
fn further_parts_of_a_list_have_a_template_of_their_own_if_it_lies_beside_that_of_the_first() {
    let settings = ("site.toml", "title = \"Test\"\npaginate_by = 1\n");
    let pages = ["a", "b"].map(|name| (format!("content/briefings/{name}.md"), format!("---\ntitle: {name}\ndate: 2026-01-01\n---\n")));
    let home = |templates: &[(&str, &str)]| {
        let place = Place::new(&[&[settings], templates].concat());
        pages.iter().for_each(|(path, text)| place.write(path, text));
        place.build().fine();
        [place.read("public/index.html"), place.read("public/page/2/index.html")]
    };
    assert_eq!(home(&[("templates/home.html", "first"), ("templates/home_part.html", "further")]), ["first", "further"]);
    assert_eq!(home(&[("templates/home.html", "both")]), ["both", "both"], "the built-in one belongs to another");
    assert!(home(&[])[1].contains("Earlier"));
    // A site that has all it needs itself is not kept from it by a part of the built-in theme that calls what it lacks.
    let own = [("templates/components.html", ""), ("templates/home.html", "both")];
    let rest = ["briefing", "page", "entity", "section", "topic", "tag", "author", "series", "topics", "tags", "authors", "series_index"];
    let more = ["people", "archive", "archive_year", "updates", "linked_from", "search", "redirect", "404", "base"];
    let plain: Vec<(String, &str)> = rest.iter().chain(&more).map(|name| (format!("templates/{name}.html"), "x")).collect();
    let all: Vec<(&str, &str)> = own.into_iter().chain(plain.iter().map(|(path, text)| (path.as_str(), *text))).collect();
    assert_eq!(home(&all), ["both", "both"]);
}
