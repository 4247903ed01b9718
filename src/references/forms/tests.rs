//! Forms of single sources.

use super::super::assembly::tests::{clusters, item, shown};
use super::super::{Style, render};
use super::*;

#[test]
fn forms_of_another_process_are_used_and_only_new_ones_are_made() {
    let cited =
        [item("reed report\nauthor=Reed, Anna\ntitle=Sand\nissued=2024"), item("holm report\nauthor=Holm, Bo\ntitle=Salt\nissued=2025")];
    let style = Style::find("apa", &[]).expect("a style");
    let first = Forms::default();
    let whole = render(&style, "en-US", &first, &cited, &clusters("[reed; holm, p. 3]"));
    assert!(first.has_news());
    let second = Forms::verifying().recall(first.to_bytes());
    assert_eq!(render(&style, "en-US", &second, &cited, &clusters("[reed; holm, p. 3]")), whole);
    assert!(!second.has_news());
    render(&style, "en-US", &second, &cited, &clusters("[holm, chap. 3]"));
    assert!(second.has_news());
    assert_eq!(second.new_ones(), 1);
    let third = Forms::default().recall(second.to_bytes());
    for text in ["[reed; holm, p. 3]", "[holm, chap. 3]"] {
        render(&style, "en-US", &third, &cited, &clusters(text));
    }
    assert!(!third.has_news());
    assert_eq!(
        render(&style, "en-US", &Forms::default().recall(b"nothing of the sort".to_vec()), &cited, &clusters("[reed; holm, p. 3]")),
        whole
    );
    assert!(shown(&whole).starts_with("(Holm, 2025, p. 3; Reed, 2024)"));
}

#[test]
#[should_panic(expected = "memo `forms`: ")]
fn verification_tells_of_a_key_that_does_not_cover_its_source() {
    let style = Style::find("apa", &[]).expect("a style");
    let [one, mut other] = ["Sand", "Salt"].map(|title| item(&format!("reed report\ntitle={title}\nissued=2024")));
    let forms = Forms::verifying();
    render(&style, "en-US", &forms, std::slice::from_ref(&one), &clusters("[reed]"));
    other.print = one.print;
    render(&style, "en-US", &forms, &[other], &clusters("[reed]"));
}
