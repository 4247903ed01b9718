//! Judgements of likelihood, with the range that the scale of the site gives them.

use super::*;
use crate::config::Scale;

fn rendered(scale: Option<Scale>, lang: &str, text: &str) -> (String, Vec<String>) {
    let site = Site { lang: lang.to_string().leak(), ..site() };
    let body = site.body_on_scale(text, scale);
    let told = body.diagnostics.iter().map(|problem| format!("{} | {}", problem.message, problem.hints.join(" | "))).collect();
    (show(&body.texts().html), told)
}

#[test]
fn readers_are_shown_the_range_of_the_scale() {
    let html = |scale, lang, text| {
        let (html, told) = rendered(Some(scale), lang, text);
        assert_eq!(told, [""; 0]);
        html
    };
    let text = "It is [likely]{.assess} so. `[likely]{.assess}` \\[likely]{.assess}\n";
    let plain = "so. <code>[likely]{.assess}</code> [likely]{.assess}</p>\n";
    assert_eq!(html(Scale::Phia, "en", text), format!("<p>It is <span class=\"assess\" title=\"55–75% (PHIA)\">likely</span> {plain}"));
    assert_eq!(html(Scale::Ipcc, "en", text), format!("<p>It is <span class=\"assess\" title=\"66–100% (IPCC)\">likely</span> {plain}"));
    assert!(html(Scale::Icd203, "de", text).contains("title=\"55–80\u{202F}% (ICD 203)\""));
    assert_eq!(
        html(Scale::Phia, "en", "[Highly likely]{.assess}\n"),
        "<p><span class=\"assess\" title=\"80–90% (PHIA)\">Highly likely</span></p>\n"
    );
}

#[test]
fn words_off_the_scale_are_told_and_shown_without_a_range() {
    let (html, told) = rendered(Some(Scale::Phia), "en", "[higly likely]{.assess}\n");
    assert_eq!(html, "<p><span class=\"assess\">higly likely</span></p>\n");
    assert_eq!(told, ["`higly likely` is not in the words of PHIA | did you mean `highly likely`?"]);
    let (_, told) = rendered(None, "en", "[likely]{.assess}\n");
    assert!(told.len() == 1 && told[0].starts_with("`likely` has no range: the site has chosen no scale | "), "{told:?}");
}
