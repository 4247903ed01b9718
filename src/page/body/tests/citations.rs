//! Citations in whole texts: where they stand, what they leave behind, what is told of them.

use std::sync::LazyLock;

use super::*;
use crate::references::register::{RegisterFile, Registered};
use crate::references::{Citing, Date, Day, Forms, Inline, Item, Name, Names, Style, StyleFile};

mod odd;

/// A source of a person.
fn item(key: &str, family: &str, year: i32) -> Item {
    let nothing = || "".into();
    let (family, given) = (family.into(), "A.".into());
    let person = Name::Person { family, given, particle: nothing(), dropping: nothing(), suffix: nothing(), comma_suffix: false };
    let day = Day { year, month: None, day: None };
    Item {
        key: key.into(),
        kind: "report".into(),
        names: [("author".into(), Names { names: vec![person], others: false })].into(),
        texts: [("title".into(), vec![Inline::text(format!("Title of {key}"))])].into(),
        dates: [("issued".into(), Date { from: Some(day), ..Date::default() })].into(),
        ..Item::default()
    }
}

/// A site with a register, in an author–date style.
fn citing() -> Site {
    in_style("apa")
}

/// Forms are made once for all tests.
static FORMS: LazyLock<Arc<Forms>> = LazyLock::new(Arc::default);

fn in_style(style: &str) -> Site {
    let style = Style::find(style, &[]).expect("a style of the archive");
    let citing = Some(Citing { style, forms: FORMS.clone() });
    let file = RegisterFile::new("content/_data/sources.bib", "");
    let entry = |item: Item| Registered { print: Fingerprint::of(&item), item: Arc::new(item), file: file.clone(), range: 0..0 };
    let items = [item("alpha2024", "Alpha", 2024), item("beta2023", "Beta", 2023), item("odd key", "Odd", 2020)];
    Site { register: Arc::new(Register::new(items.into_iter().map(entry).collect())), citing, ..site() }
}

fn html(text: &str) -> String {
    citing().html(text)
}

/// The HTML without the tags around citations.
fn short(text: &str) -> String {
    let html = html(text);
    let mut shown = String::new();
    let mut rest = html.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').expect("the end of a tag");
        let is_kept = !["span", "/span", "a href=\"#ref", "/a", "p", "/p"].iter().any(|begin| tag.starts_with(begin));
        shown.push_str(before);
        if is_kept {
            shown.push_str(&format!("<{tag}>"));
        }
        rest = after;
    }
    format!("{shown}{rest}").trim().to_string()
}

/// Line, code, message and hints of what is told.
fn told(text: &str) -> Vec<String> {
    let line = |problem: Diagnostic| {
        let place = problem.place.expect("a place");
        format!("{}:{}+{} {} {} | {}", place.line, place.column, place.width, problem.code, problem.message, problem.hints.join(" | "))
    };
    citing().body(text).diagnostics.into_iter().map(line).collect()
}

fn summary(text: &str) -> String {
    citing().body(text).summary.map(|summary| summary.text.to_string()).unwrap_or_default()
}

#[test]
fn a_citation_is_a_span_with_its_keys_whose_sources_lead_to_the_list() {
    let body = citing().body("Spending rose [see @alpha2024, pp. 3-5; @beta2023].\n");
    assert_eq!(
        &*body.texts().html.html,
        "<p>Spending rose <span class=\"citation\" id=\"cite-1\" data-cites=\"alpha2024 beta2023\">(see <a href=\"#ref-alpha2024\" class=\"biblioref\">Alpha, 2024, pp. 3–5</a>; <a href=\"#ref-beta2023\" class=\"biblioref\">Beta, 2023</a>)</span>.</p>\n"
    );
    let texts = body.texts();
    assert_eq!(texts.sources.iter().map(|source| &*source.key).collect::<Vec<_>>(), ["alpha2024", "beta2023"]);
    assert!(
        texts.sources[0].html().ends_with(" <a href=\"#cite-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩\u{FE0E}</a>")
    );
    assert!(body.anchors.iter().any(|anchor| &**anchor == "ref-alpha2024"));
}

#[test]
fn names_stand_in_the_sentence_and_in_its_plain_text() {
    assert_eq!(short("@alpha2024 [p. 3] says so."), "Alpha (2024, p. 3) says so.");
    assert!(html("@alpha2024 says so.").starts_with("<p><span") && html("[@alpha2024]").ends_with("</span></p>\n"));
    assert_eq!(summary("@alpha2024 [p. 3] says so."), "Alpha says so.");
}

#[test]
fn in_plain_text_a_citation_leaves_no_bracket_and_no_blank_behind() {
    assert_eq!(summary("They spent more [@alpha2024]."), "They spent more.");
    assert_eq!(
        summary("They spent [@alpha2024, p. 3] more (@beta2023), and more\n[@beta2023]. [@alpha2024] So."),
        "They spent more, and more. So."
    );
    assert_eq!(summary("Said [it](x.md) [@alpha2024] [and](y.md) [-@beta2023]"), "Said it and");
}

#[test]
fn the_marks_of_a_page_have_their_sentences_headings_and_places() {
    let text = "Before. They spent more [@alpha2024, p. 3]. After.\n\n## Part [@beta2023]\n\nX.[^n]\n\n[^n]: So says @alpha2024.\n";
    let body = citing().body(text);
    let marks: Vec<_> = body.cites.iter().map(|mark| (&*mark.key, &*mark.sentence, mark.heading, mark.spot)).collect();
    assert_eq!(
        marks,
        [
            ("alpha2024", "They spent more.", None, CiteSpot::Text),
            ("beta2023", "Part", Some(0), CiteSpot::Text),
            ("alpha2024", "So says Alpha.", Some(0), CiteSpot::Note)
        ]
    );
    let spans: Vec<&str> = body.cites.iter().map(|mark| &text[mark.span.start as usize..mark.span.end as usize]).collect();
    assert_eq!(spans, ["@alpha2024", "@beta2023", "@alpha2024"]);
    assert_eq!((&*body.headings[0].text, &*body.headings[0].id), ("Part", "part"));
}

#[test]
fn citations_stand_wherever_text_stands() {
    let cited = "(Alpha, 2024)";
    for text in [
        "| a |\n|---|\n| b [@alpha2024] |\n",
        "- x [@alpha2024]\n",
        "> x [@alpha2024]\n",
        "> [!NOTE]\n> x [@alpha2024]\n",
        "a\n: b [@alpha2024]\n",
        "{{< box >}}\nx [@alpha2024]\n{{< /box >}}\n",
        "x {{< box >}}y [@alpha2024]{{< /box >}}\n",
        "~~x [@alpha2024]~~\n",
        "*x [@alpha2024] y*\n",
        "x[^n]\n\n[^n]: y [@alpha2024]\n",
        "# A\n\n## B [@alpha2024]\n",
        "x\n[@alpha2024]\n",
        "(@alpha2024) and so on\n",
        "x %%not [this%% [@alpha2024]\n",
        "x [@alpha2024<!-- ] -->]\n",
    ] {
        assert!(short(text).contains(cited), "{text} {}", short(text));
        assert_eq!(told(text), [""; 0], "{text}");
    }
    assert_eq!(
        short("[*see* `x` \"q\" -- [the] &amp; \\[ @alpha2024, *p*. 3]"),
        "(<em>see</em> x “q” – [the] &amp; [Alpha, 2024, <em>p</em>. 3)"
    );
}

#[test]
fn what_is_no_citation_stays_as_it_is() {
    for text in [
        "`[@alpha2024]` \\@alpha2024 x@alpha2024.org",
        "```\n[@alpha2024]\n```",
        "    [@alpha2024]",
        "<https://example.org/@alpha2024> https://example.org/@alpha2024 [x](y.md \"@alpha2024\")",
        "<span title=\"@alpha2024\">x</span> [[x@alpha2024]] ![@alpha2024](x.png)",
        "<div>\n[@alpha2024]\n</div>",
        "@handle and @other",
        "[@alpha2024](x.md)",
        "[@alpha2024]: x.md\n\nx",
        "[@alpha2024]\n\n[@alpha2024]: x.md",
    ] {
        assert_eq!(html(text), site().html(text), "{text}");
        let is_other = |told: &String| !told.contains("link") && !told.contains("raw-citation");
        assert_eq!(told(text).into_iter().filter(is_other).collect::<Vec<_>>(), [""; 0], "{text}");
    }
}

#[test]
fn a_key_that_no_source_has_is_told_with_the_nearest() {
    assert_eq!(told("x [@alpha2025; @beta2023]"), ["1:4+10 unknown-source no source has the key `alpha2025` | did you mean `@alpha2024`?"]);
    assert_eq!(short("x [@alpha2025; @beta2023] [@zzz]"), "x (Beta, 2023) [@zzz]");
    assert_eq!(
        told("@alpha2025 and @handle"),
        [
            "1:1+10 nearly-source `@alpha2025` is shown as it is written: no source has that key | did you mean `@alpha2024`? Write `\\@alpha2025` if this is no citation"
        ]
    );
}

/// M43: where Pandoc loses a source or prints brackets, the line is told as it should be.
#[test]
fn sources_without_a_semicolon_are_errors_with_the_mended_line() {
    assert_eq!(
        told("x [@alpha2024, @beta2023]"),
        ["1:3+23 joined-sources between two sources there must be a `;` | write `[@alpha2024; @beta2023]`"]
    );
    assert_eq!(
        told("[*see* @alpha2024 and @beta2023]"),
        ["1:1+32 joined-sources between two sources there must be a `;` | write `[*see* @alpha2024; @beta2023]`"]
    );
    for (text, mended) in [
        ("[@alpha2024, see also @beta2023]", "[@alpha2024; see also @beta2023]"),
        ("[@alpha2024, p. 3, cf. @beta2023]", "[@alpha2024, p. 3; cf. @beta2023]"),
        ("[@alpha2024, p. 3, and @beta2023]", "[@alpha2024, p. 3; @beta2023]"),
        ("[@alpha2024 / @beta2023]", "[@alpha2024; @beta2023]"),
        ("[@alpha2024؛ @beta2023]", "[@alpha2024; @beta2023]"),
    ] {
        assert!(told(text)[0].ends_with(&format!("write `{mended}`")), "{text}: {:?}", told(text));
    }
    assert_eq!(told("[@alpha2024][@beta2023]").len(), 1);
    assert_eq!(short("[@alpha2024, @beta2023]"), "(Alpha, 2024; Beta, 2023)");
}

/// What markdownlint and rumdl make of `(paragraph 14)[@alpha2024]`.
#[test]
fn a_citation_that_a_formatter_made_a_link_of_is_told() {
    let text = "Agreed [paragraph 14](@alpha2024).";
    assert_eq!(told(text).len(), 1);
    assert!(
        told(text)[0].contains("swapped-citation") && told(text)[0].contains("write `(paragraph 14) [@alpha2024]`"),
        "{:?}",
        told(text)
    );
    assert_eq!(short(text), "Agreed paragraph 14.");
}

#[test]
fn what_cannot_stand_in_a_citation_is_an_error() {
    for text in [
        "[see ![x](y.png) @alpha2024]",
        "[@alpha2024[^n]]\n\n[^n]: x",
        "[[[x]] @alpha2024]",
        "[<b>see</b> @alpha2024]",
        "[{{< badge 1 >}} @alpha2024]",
    ] {
        assert!(told(text).iter().any(|told| told.contains("bad-citation")), "{text} {:?}", told(text));
    }
}

#[test]
fn without_a_register_all_is_text_with_one_warning_where_a_citation_was_meant() {
    let text = "@alpha2024 [@handle] [@alpha2024]\n\n[@beta2023, p. 3]\n";
    let body = site().body(text);
    assert_eq!(&*body.texts().html.html, "<p>@alpha2024 [@handle] [@alpha2024]</p>\n<p>[@beta2023, p. 3]</p>\n");
    assert_eq!(problems(text), [("no-register", 1, 22)]);
}

#[test]
fn lines_of_front_matter_cite_after_the_text() {
    let text = "---\nkey_points:\n  - More [@beta2023].\n---\nText [@alpha2024].\n";
    let body = citing().body_with(text, text.find("Text").unwrap(), &["More [@beta2023].".into()]);
    assert!(show(&body.texts().key_points[0]).starts_with("More <span class=\"citation\" id=\"cite-2\" data-cites=\"beta2023\">"));
    assert_eq!(body.cites.iter().map(|mark| mark.spot).collect::<Vec<_>>(), [CiteSpot::Text, CiteSpot::KeyPoint(0)]);
    assert_eq!(body.cites[1].sentence, "More.".into());
    assert_eq!(&text[body.cites[1].span.start as usize..body.cites[1].span.end as usize], "@beta2023");
}

#[test]
fn what_is_not_shown_is_not_cited() {
    let body = citing().body("x[^a]\n\n[^a]: y\n\n[^a]: z [@alpha2024]\n\n[^b]: z [@beta2023]\n");
    assert_eq!((body.cites.len(), body.texts().sources.len()), (0, 0));
    let body = Site { title: None, ..citing() }.body("# Title [@alpha2024]\n\nx\n");
    assert_eq!((body.title.as_deref(), body.cites.len()), (Some("Title"), 0));
}

proptest::proptest! {
    #[test]
    fn any_text_with_citations_is_rendered(text in "([\\[\\]();,*_`~^:|>#<& \n-]|@alpha2024|@beta2023|@\\{odd key\\}|@|a|\\. |p\\. 3|\\[\\^n\\]|\\[\\^n\\]: |\\{\\{< box >\\}\\}|\\{\\{< frame title='x, \\[@alpha2024\\], @beta2023\\.' >\\}\\}|\\{\\{< figure src=x\\.png alt='\\[@alpha2024\\]' >\\}\\}|\\{\\{< /box >\\}\\}|%%|\"|\\\\){0,40}") {
        let body = citing().body(&text);
        let texts = body.texts();
        for hole in &texts.html.holes {
            proptest::prop_assert!(texts.html.html.is_char_boundary(hole.at as usize) && (hole.link as usize) < body.links.len());
            proptest::prop_assert!(!matches!(hole.part, HolePart::Citation | HolePart::Names));
        }
        proptest::prop_assert_eq!(texts.html.html.matches("<span class=\"citation\"").count(), texts.html.html.matches("</span>").count());
        proptest::prop_assert!(!texts.html.html.contains(odd::is_private), "{}", texts.html.html);
        for mark in body.cites.iter() {
            proptest::prop_assert!(text[mark.span.start as usize..mark.span.end as usize].contains(&*mark.key));
            proptest::prop_assert!(texts.sources.iter().any(|source| source.key == mark.key));
        }
        let prose = body.prose();
        for (_, block) in prose.iter() {
            proptest::prop_assert!(!block.contains("  ") || text.contains(['`', '{']) || text.contains("  "), "{:?}", block);
        }
    }
}

#[test]
fn a_summary_that_an_author_wrote_has_no_brackets_and_what_it_cites_is_in_the_list() {
    let text = "---\nsummary: \"@alpha2024 says: more is spent [@beta2023, p. 3].\"\n---\nText.\n";
    let site = citing();
    let front = Arc::new(front::read(&Arc::from("content/x.md"), text));
    let settings = Arc::new(BodySettings::new(site.settings.clone(), None, site.shortcodes.clone(), site.citing.clone()));
    let held = Text::held(text, Fingerprint::of_bytes(text.as_bytes()));
    let body = BodyInput { path: "content/x.md".into(), text: held, front, lang: "en".into(), register: site.register, settings }.render();
    assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("Alpha says: more is spent."));
    let marks: Vec<_> =
        body.cites.iter().map(|mark| (&*mark.key, mark.spot, &text[mark.span.start as usize..mark.span.end as usize])).collect();
    assert_eq!(marks, [("alpha2024", CiteSpot::ListOnly, "@alpha2024"), ("beta2023", CiteSpot::ListOnly, "@beta2023")]);
}

#[test]
fn no_heading_takes_the_id_of_a_source_or_a_citation() {
    let body = citing().body("## Cite 1\n\n## Ref alpha2024\n\n[@alpha2024]\n\n<i id=\"ref-alpha2024\">x</i>\n");
    assert_eq!(body.headings.iter().map(|heading| &*heading.id).collect::<Vec<_>>(), ["section-cite-1", "ref-alpha2024-1"]);
    assert_eq!(body.diagnostics[0].message, "the id `ref-alpha2024` is that of a source in the list below the text");
}

#[test]
fn works_that_look_alike_and_works_that_a_style_leaves_out_are_told_where_they_are_cited() {
    let csl = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>x</title><id>x</id></info>\
        <citation><layout prefix=\"(\" suffix=\")\" delimiter=\"; \"><text variable=\"publisher\"/></layout></citation></style>";
    let file = StyleFile { path: "styles/x.csl".into(), text: csl.into(), print: Fingerprint::of(csl) };
    let site = |publishers: [&str; 2]| {
        let mut site = citing();
        let style = Style::find("x", std::slice::from_ref(&file)).expect("a style");
        site.citing = Some(Citing { style, forms: FORMS.clone() });
        let with = |mut entry: Registered| {
            let mut item = (*entry.item).clone();
            let publisher = if &*item.key == "alpha2024" { publishers[0] } else { publishers[1] };
            item.texts.insert("publisher".into(), vec![Inline::text(publisher)]);
            entry.print = Fingerprint::of(&item);
            entry.item = Arc::new(item);
            entry
        };
        site.register = Arc::new(Register::new(site.register.entries().iter().cloned().map(with).collect()));
        site
    };
    let told = |publishers: [&str; 2]| -> Vec<String> {
        let line = |problem: Diagnostic| format!("{} {}", problem.place.map_or(0, |place| place.column), problem.message);
        site(publishers).body("[@alpha2024] and [@beta2023]").diagnostics.into_iter().map(line).collect()
    };
    assert_eq!(told(["A", "B"]), [""; 0]);
    assert_eq!(
        told(["A", "A"]),
        ["2 `alpha2024` and `beta2023` look alike where they are cited: no rule of the style `x` can tell them apart"]
    );
    assert_eq!(told(["A", ""]), ["19 the style `x` shows nothing of `beta2023`"]);
}

mod notes {
    use super::*;

    fn noted(text: &str) -> String {
        in_style("chicago-notes").html(text).replace("<span class=\"citation\" ", "<span ")
    }

    #[test]
    fn a_citation_makes_a_note_numbered_with_the_authors_own() {
        let html = noted(
            "One [@alpha2024]. Two.[^n] @beta2023 says so [@alpha2024, p. 3], and more [@beta2023].\n\n[^n]: See [@beta2023, 5] too.\n",
        );
        assert!(html.starts_with("<p>One.<sup id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup> Two.<sup id=\"fnref-2\">"), "{html}");
        assert!(html.contains("</sup> <a href=\"#ref-beta2023\" class=\"biblioref\">Beta</a><sup id=\"fnref-3\">"), "{html}");
        assert!(html.contains("says so,<sup id=\"fnref-4\">") && html.contains("and more.<sup id=\"fnref-5\">"), "{html}");
        assert!(html.contains("<li id=\"fn-2\">\n<p>See <span id=\"cite-2\" data-cites=\"beta2023\">"), "{html}");
        assert_eq!(html.matches("<li id=").count(), 5, "{html}");
    }

    /// What the note `n` of a text says.
    fn own(note: &str) -> String {
        let body = in_style("chicago-notes").body(&format!("Text.[^n]\n\n[^n]: {note}\n"));
        let html = show(&body.texts().html);
        let start = html.find("<li id=\"fn-1\">").expect("a note");
        let mut shown = String::new();
        for piece in html[start..].split('<').skip(1) {
            shown.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        }
        shown.split('↩').next().unwrap_or_default().trim().to_string()
    }

    /// As Pandoc 3.9 has it.
    #[test]
    fn a_note_of_the_authors_cites_in_brackets_or_is_a_citation_with_one_full_stop() {
        for (note, shown) in [
            ("In a note, too [see @alpha2024, p. 2].", "In a note, too (see A. Alpha, Title of Alpha2024 (2024), 2)."),
            ("And @alpha2024 [p. 5] says.", "And A. Alpha, Title of Alpha2024 (2024), 5 says."),
            ("[@alpha2024, p. 3]", "A. Alpha, Title of Alpha2024 (2024), 3."),
            ("[@alpha2024, p. 3].", "A. Alpha, Title of Alpha2024 (2024), 3."),
            ("[@alpha2024]. More.", "(A. Alpha, Title of Alpha2024 (2024)). More."),
            ("*[@alpha2024]*", "(A. Alpha, Title of Alpha2024 (2024))"),
            ("[@alpha2024]\n\n    [@beta2023]", "(A. Alpha, Title of Alpha2024 (2024))\n(A. Beta, Title of Beta2023 (2023))"),
        ] {
            assert_eq!(own(note), shown, "{note}");
        }
    }

    #[test]
    fn in_french_the_number_stands_before_punctuation() {
        let site = Site { lang: "fr", ..in_style("chicago-notes") };
        assert!(site.html("Un [@alpha2024]. Deux").starts_with("<p>Un<sup id=\"fnref-1\">"));
    }

    #[test]
    fn plain_text_has_no_number() {
        let body = in_style("chicago-notes").body("They spent more [@alpha2024], and @beta2023 too.\n");
        assert_eq!(body.summary.map(|summary| summary.text.to_string()).as_deref(), Some("They spent more, and Beta too."));
    }

    #[test]
    fn a_line_of_front_matter_has_its_note_behind_those_of_the_text() {
        let text = "---\nkey_points:\n  - More [@beta2023].\n---\nText [@alpha2024].\n";
        let body = in_style("chicago-notes").body_with(text, text.find("Text").unwrap(), &["More [@beta2023].".into()]);
        assert!(show(&body.texts().key_points[0]).starts_with("More.<sup id=\"fnref-2\">"), "{:?}", body.texts().key_points);
        assert!(
            body.texts().html.html.contains("<li id=\"fn-2\">\n<p><span class=\"citation\" data-cites=\"beta2023\">"),
            "{}",
            body.texts().html.html
        );
    }
}
