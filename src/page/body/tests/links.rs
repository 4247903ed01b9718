//! Links, pictures and addresses.

use super::*;

#[test]
fn links_into_the_site_are_holes_and_others_are_written() {
    let text = "A [*b*](../c.md#d \"e\"). ![f](g.png) [H](https://i.org/?j&k) [l](mailto:m@n.org)\n";
    assert_eq!(
        html(text),
        "<p>A {Open 0}<em>b</em>{Close 0}. {Image 1} <a href=\"https://i.org/?j&amp;k\">H</a> <a href=\"mailto:m@n.org\">l</a></p>\n"
    );
    let body = site().body(text);
    assert_eq!(&text[body.links[0].span.start as usize..body.links[0].span.end as usize], "[*b*](../c.md#d \"e\")");
    assert_eq!((body.links[0].title.as_deref(), &*body.links[0].sentence), (Some("e"), "A b."));
    assert_eq!(body.links[1].alt.as_deref(), Some("f"));
    assert_eq!(&*body.external[0].0, "https://i.org/?j&k");
}

#[test]
fn links_with_the_whole_address_of_the_site_are_links_into_it() {
    let body = site().body("<https://own.org/sub/a/> https://own.org/sub/b/. [c](https://own.org/sub#d) [e](https://own.org/subway/)\n");
    assert_eq!(
        show(&body.texts().html),
        "<p>{Open 0}https://own.org/sub/a/{Close 0} {Open 1}https://own.org/sub/b/{Close 1}. {Open 2}c{Close 2} <a href=\"https://own.org/subway/\">e</a></p>\n"
    );
    assert_eq!(body.links[1].target, LinkTarget::Destination { path: "/b/".into(), anchor: None, query: None });
    assert_eq!(body.links[2].target, LinkTarget::Destination { path: "/".into(), anchor: Some("d".into()), query: None });
    assert_eq!(body.external.len(), 1);
}

#[test]
fn wikilinks_have_words_or_a_hole_for_them() {
    let body = site().body("[[person:x#y]] [[z|*w*]] `[[code]]`\n\n| a |\n|---|\n| [[t\\|u]] |\n");
    assert!(body.texts().html.html.contains("<code>[[code]]</code>"));
    assert!(show(&body.texts().html).starts_with("<p>{Open 0}{Words 0}{Close 0} {Open 1}<em>w</em>{Close 1}"));
    assert_eq!(body.links[0].target, LinkTarget::Wiki { name: "person:x".into(), anchor: Some("y".into()), has_words: false });
    assert_eq!(body.links[2].target, LinkTarget::Wiki { name: "t".into(), anchor: None, has_words: true });
}

#[test]
fn brackets_within_the_brackets_of_a_link_are_its_words() {
    let body = site().body("A.[[1]](#_ftn1) B [[c]](d.md), [[e]](https://f.org/(g)).[[h]] (i) [[j]](k l)\n\n<a id=\"_ftn1\"></a>\n");
    assert!(show(&body.texts().html).starts_with(
        "<p>A.{Open 0}[1]{Close 0} B {Open 1}[c]{Close 1}, <a href=\"https://f.org/(g)\">[e]</a>.{Open 2}{Words 2}{Close 2} (i) {Open 3}{Words 3}{Close 3}(k l)</p>"
    ));
    assert_eq!(&*body.links[1].sentence, "A.[1] B [c], [e].\u{FFFC} (i) \u{FFFC}(k l)");
}

#[test]
fn a_wikilink_without_words_lends_its_name_to_no_plain_text() {
    let body = site().body("See [[secret]] and [b](b.md).");
    let summary = body.summary.as_ref().unwrap();
    assert_eq!((&*summary.text, &*body.links[1].sentence), ("See \u{FFFC} and b.", "See \u{FFFC} and b."));
    assert_eq!(summary.filled(|link| (link == 0).then_some("A title")), "See A title and b.");
    assert_eq!(body.prose().iter().map(|(_, text)| text).collect::<Vec<_>>(), ["See and b."]);
}

#[test]
fn bare_addresses_are_links_but_not_within_links_or_code() {
    assert_eq!(
        html("https://a.org/b_c_d?e=1&f. `www.x.org` [www.y.org](z.md)"),
        "<p><a href=\"https://a.org/b_c_d?e=1&amp;f\">https://a.org/b_c_d?e=1&amp;f</a>. <code>www.x.org</code> {Open 0}www.y.org{Close 0}</p>\n"
    );
}

#[test]
fn raw_html_names_places_and_addresses() {
    let body = site().body("<a id=\"x\" href=\"y.md?a=1&amp;b\">z</a>\n\n<div id='d'><img src=e.png></div>\n");
    assert_eq!(
        show(&body.texts().html),
        "<p><a id=\"x\"{Begin 0} href=\"{Address 0}\"{End 0}>z</a></p>\n<div id='d'>{Begin 1}<img src={Address 1}>{End 1}</div>\n"
    );
    assert_eq!(body.anchors.iter().map(|anchor| &**anchor).collect::<Vec<_>>(), ["d", "x"]);
}

#[test]
fn wikilinks_that_name_nothing_are_text_and_empty_words_are_none() {
    assert_eq!(html("[[ ]] [[|a]] [[#]]"), "<p>[[ ]] [[|a]] [[#]]</p>\n");
    assert_eq!(html("[[a|]] [[b| ]]"), "<p>{Open 0}{Words 0}{Close 0} {Open 1}{Words 1}{Close 1}</p>\n");
}

#[test]
fn links_change_the_print_and_their_sentences_do_not() {
    let print = |text: &str| site().body(text).print;
    assert_ne!(print("[a](b.md)"), print("[a](c.md)"));
    assert_ne!(print("[a](b.md)"), print("[a](b.md \"t\")"));
    assert_eq!(print("[a](b.md)"), print("\n\n[a](b.md)"));
}
