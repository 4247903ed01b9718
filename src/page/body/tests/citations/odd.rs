//! Citations in odd places: what is set of them, what is told, and what is left behind.

use super::*;

/// The letters that stand for something while a text is read, of which readers must see none.
pub(super) fn is_private(letter: char) -> bool {
    matches!(letter as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

/// Code and hint of what is told.
fn codes(text: &str) -> Vec<(&'static str, String)> {
    citing().body(text).diagnostics.into_iter().map(|problem| (problem.code, problem.hints.join(" "))).collect()
}

#[test]
fn a_place_in_braces_keeps_the_letters_of_its_markup() {
    for (written, shown) in [
        ("p. \\<x", "p. &lt;x"),
        ("p. `x<y`", "p. x&lt;y"),
        ("*em* 3", "em 3"),
        ("A \\& B", "A &amp; B"),
        ("&lt;b&gt; &amp;", "&lt;b&gt; &amp;"),
        ("ii \\*x\\*", "ii *x*"),
        ("p. \u{F0010}3", "p. 3"),
    ] {
        for text in [format!("x [@alpha2024, {{{written}}}]"), format!("@alpha2024 [{{{written}}}] x")] {
            let body = citing().body(&text);
            let html = body.texts().html.html.to_string();
            assert!(html.contains(shown), "{text} {html}");
            assert!(!html.contains(is_private) && !body.cites.iter().any(|cite| cite.locator.contains(is_private)), "{text} {html}");
        }
    }
}

#[test]
fn messages_name_keys_as_they_are_written() {
    for text in ["[@{x5</script>}]", "[@{a\\_b5}]", "@{alpha\\_2024} x", "[@{a`5`}, @{b*c*}]"] {
        for problem in citing().body(text).diagnostics {
            let said = format!("{}{}", problem.message, problem.hints.join(" "));
            assert!(!said.contains(is_private), "{text} {said}");
        }
    }
    assert_eq!(citing().body("[@{x5</script>}]").diagnostics[0].message, "no source has the key `x5</script>`");
}

#[test]
fn a_note_right_before_a_citation_is_a_note() {
    let text = "Then [^1][@alpha2024] and *so*[^Two][-@beta2023].\n\n[^1]: One.\n\n[^two]: Two.\n";
    let html = html(text);
    assert!(html.starts_with("<p>Then <sup id=\"fnref-1\">") && html.contains("<em>so</em><sup id=\"fnref-2\">"), "{html}");
    assert!(!html.contains("[^") && html.contains("(<a href=\"#ref-alpha2024\""), "{html}");
    assert_eq!(told(text), [""; 0]);
    assert!(told("Then [^x][@alpha2024].")[0].contains("undefined-note"));
}

#[test]
fn what_is_written_where_no_citation_is_set_is_told_once_each() {
    for text in [
        "<table><tr><td>cell [@alpha2024]</td></tr></table>",
        "x [link [@alpha2024]](b.md)",
        "x [link [@alpha2024]](https://example.org/)",
        "x ![a picture [@alpha2024]](b.png)",
        "x [@alpha2024](https://example.org/)",
        "x [y](b.md \"[@alpha2024]\")",
        "The XYZ.\n\n*[XYZ]: a thing [@alpha2024]\n",
    ] {
        let told: Vec<&str> = codes(text).into_iter().map(|(code, _)| code).filter(|code| *code == "raw-citation").collect();
        assert_eq!(told, ["raw-citation"], "{text}");
        assert!(citing().body(text).diagnostics.iter().all(|problem| problem.severity != crate::diagnostic::Severity::Error), "{text}");
    }
    for text in [
        "<!-- [@alpha2024] -->",
        "<pre>\n[@alpha2024]\n</pre>",
        "<div>\n[@handle]\n</div>",
        "x [link \\[\\@alpha2024\\]](b.md)",
        "![\\@alpha2024](b.png)",
        "x [`[@alpha2024]`](b.md)",
    ] {
        assert!(!codes(text).iter().any(|(code, _)| *code == "raw-citation"), "{text}");
    }
}

#[test]
fn a_citation_in_a_title_is_told_where_it_stands() {
    let text = "---\ntitle: Wrong [@alpha2024]\n---\nText.\n";
    let site = citing();
    let front = Arc::new(front::read(&Arc::from("content/x.md"), text));
    let settings = Arc::new(BodySettings::new(site.settings.clone(), None, site.shortcodes.clone(), site.citing.clone()));
    let held = Text::held(text, Fingerprint::of_bytes(text.as_bytes()));
    let body = BodyInput { path: "content/x.md".into(), text: held, front, lang: "en".into(), register: site.register, settings }.render();
    let told: Vec<_> = body.diagnostics.iter().map(|problem| (problem.code, problem.place.as_ref().map(|place| place.line))).collect();
    assert_eq!(told, [("raw-citation", Some(2))]);
}

#[test]
fn citations_that_are_not_written_to_their_end_are_told_with_what_to_write() {
    for (text, hint) in [
        ("Unclosed [@alpha2024, p. 3 and text.", "write `[@alpha2024]`"),
        ("x [@alpha2024; @ after2024] y", "write the key right behind the `@`"),
        ("x [@alpha2024, p. 3 ; @ after2024] y", "write the key right behind the `@`"),
        ("x [^@alpha2024] y", "write `[@alpha2024]`"),
        ("x [@alpha2024;] y", "take the `;` away"),
        ("x [; @alpha2024] y", "take the `;` away"),
    ] {
        let told = codes(text);
        assert!(matches!(&told[..], [("odd-citation", said)] if said.contains(hint)), "{text} {told:?}");
    }
    assert_eq!(codes("x \\[@alpha2024 and (@alpha2024 and [@alpha2024, p. 3; see p. 4]"), []);
}

#[test]
fn arguments_of_shortcodes_cite_where_they_are_text() {
    let body =
        citing().body("{{< frame title=\"Cap [@alpha2024, p. 3]\" >}}\n\n{{< box title=\"As @beta2023 [2] says\" >}}\nx\n{{< /box >}}\n");
    let html = body.texts().html.html.to_string();
    assert!(html.contains("<figure>Cap <span class=\"citation\" id=\"cite-1\" data-cites=\"alpha2024\">(<a"), "{html}");
    assert!(html.contains("<div>As <span class=\"citation\" id=\"cite-2\" data-cites=\"beta2023\">"), "{html}");
    assert_eq!(body.cites.iter().map(|cite| (&*cite.sentence, cite.span.len())).collect::<Vec<_>>(), [("Cap", 10), ("As Beta says", 9)]);
    let prose = body.prose();
    let blocks: Vec<&str> = prose.iter().map(|(_, block)| block).collect();
    assert_eq!(blocks, ["Cap", "x", "As Beta says"]);
    assert_eq!(codes("{{< frame title=\"Cap [@alpha2025]\" >}}")[0].0, "unknown-source");
    assert!(codes("{{< frame title=\"Cap [@alpha2024, @beta2023]\" >}}")[0].1.contains("`[@alpha2024; @beta2023]`"));
    for text in ["{{< frame title=\"say \\@alpha2024\" >}}", "{{< frame title=\"@alpha2024\" >}}", "{{< frame title=\"a@b.org\" >}}"] {
        assert!(citing().body(text).cites.is_empty(), "{text}");
    }
}

#[test]
fn in_attributes_and_destinations_citations_of_arguments_leave_nothing() {
    let body = citing().body("{{< figure src=\"b.png\" alt=\"Cap [@alpha2024], so\" >}}\n\n[x]({{< ref \"b.md#[@alpha2024]\" >}})\n");
    assert_eq!(body.links[0].alt.as_deref(), Some("Cap, so"));
    assert_eq!((body.cites.len(), body.texts().html.html.contains(is_private)), (0, false));
    let linked = citing().body("[x {{< frame title=\"Cap [@alpha2024]\" >}}](https://example.org/)\n");
    assert!(linked.cites.is_empty() && linked.diagnostics.iter().any(|problem| problem.code == "raw-citation"));
}

#[test]
fn the_note_of_a_caption_stands_behind_its_punctuation() {
    let html = in_style("chicago-notes").html("{{< frame title=\"Cap [@alpha2024]. More\" >}}\n");
    assert!(html.starts_with("<figure>Cap.<sup id=\"fnref-1\">") && html.contains("</sup> More</figure>"), "{html}");
}

#[test]
fn plain_text_has_no_sign_twice_where_a_citation_stood() {
    assert_eq!(summary("One, [@alpha2024], two (@beta2023)."), "One, two.");
    assert_eq!(summary("then --- [@alpha2024] --- dash"), "then — dash");
    let html = in_style("chicago-notes").html("plan, (@alpha2024), more ~~struck [@beta2023]~~ and\nplan, [@alpha2024].\n");
    let shown = html.split("<section").next().unwrap_or_default().to_string();
    assert!(shown.contains("plan,<sup") && shown.contains("</sup> more <del>struck<sup") && shown.contains("plan.<sup"), "{shown}");
}

#[test]
fn an_abbreviated_name_ends_a_sentence_with_one_stop() {
    let names = |family: &str| Name::Person {
        family: family.into(),
        given: "A.".into(),
        particle: "".into(),
        dropping: "".into(),
        suffix: "".into(),
        comma_suffix: false,
    };
    let with_three = |style: &str| {
        let mut site = in_style(style);
        let with = |mut entry: Registered| {
            let mut item = (*entry.item).clone();
            let three = ["Alpha", "Beta", "Gamma", "Delta"].map(names).to_vec();
            item.names.insert("author".into(), Names { names: three, others: false });
            entry.print = Fingerprint::of(&item);
            entry.item = Arc::new(item);
            entry
        };
        site.register = Arc::new(Register::new(site.register.entries().iter().take(1).cloned().map(with).collect()));
        site.body("So says @alpha2024. More\n")
    };
    for style in ["apa", "chicago-notes"] {
        let body = with_three(style);
        assert_eq!(body.summary.as_ref().map(|summary| &*summary.text), Some("So says Alpha et al. More"));
        assert!(!body.texts().html.html.contains("al.</a>."), "{}", body.texts().html.html);
    }
}

#[test]
fn what_a_table_cites_is_read_with_its_row() {
    let body = citing().body("| Who | Where |\n|---|---|\n| \"It joins? NATO\" | [@alpha2024, tbl. 3] |\n| Later | x [@beta2023] |\n");
    let sentences: Vec<&str> = body.cites.iter().map(|cite| &*cite.sentence).collect();
    assert_eq!(sentences, ["“It joins? NATO”", "Later · x"]);
    let body = citing().body("| Who | Where |\n|---|---|\n| Later | [[x]] says so [@beta2023] |\n");
    assert_eq!(body.cites[0].sentence, body.links[0].sentence);
}
