//! What is put right, row by row of the table of faults.

use super::super::inline::plain;
use super::super::{Format, Inline};
use super::*;

fn british() -> Marks {
    Marks { outer: ("‘".into(), "’".into()), inner: ("“".into(), "”".into()), inside: Inside::After, ..Marks::default() }
}

/// Text with `<` and `>` for quotation marks.
fn pieces(text: &str) -> Vec<Inline> {
    vec![Inline::text(text.replace('<', &OPEN.to_string()).replace('>', &CLOSE.to_string()))]
}

fn tidied(text: &str, marks: &Marks) -> String {
    plain(&finish(pieces(text), marks))
}

/// M26: the engine prints a comma before a closing bracket or a full stop, a space before a colon, and a full stop behind one.
#[test]
fn punctuation_is_printed_once() {
    let cases = [
        ("Office of Ferries. (2012,). Policy.", "Office of Ferries. (2012). Policy."),
        ("Survey of the Isles,.", "Survey of the Isles."),
        ("<Timetable Policy.>. https", "“Timetable Policy.” https"),
        ("Hydrography 9 : 15–31.", "Hydrography 9: 15–31."),
        ("Roe (eds..), 2001", "Roe (eds.), 2001"),
        ("vol. 2;  (New York)", "vol. 2; (New York)"),
        ("Ito et al. ()", "Ito et al."),
        (", I Test", "I Test"),
        ("Wait... what. . .", "Wait... what..."),
    ];
    for (printed, right) in cases {
        assert_eq!(tidied(printed, &Marks::default()), right);
    }
}

/// M27: a title that ends in a question mark has no full stop behind it. A comma stays, as in the public CSL test suite.
#[test]
fn a_question_mark_ends_a_title() {
    assert_eq!(tidied("Who Owns a Sandbank?. Journal", &Marks::default()), "Who Owns a Sandbank? Journal");
    assert_eq!(tidied("<Who Owns a Sandbank?>. Journal", &Marks::default()), "“Who Owns a Sandbank?” Journal");
    assert_eq!(tidied("<Who Owns a Sandbank?>. Journal", &british()), "‘Who Owns a Sandbank?’ Journal");
    assert_eq!(tidied("<Who Owns a Sandbank?>, Journal", &Marks::default()), "“Who Owns a Sandbank?,” Journal");
}

#[test]
fn a_comma_behind_a_quotation_stands_where_the_language_has_it() {
    assert_eq!(tidied("<What the Sea Owes Us>, 18 April", &Marks::default()), "“What the Sea Owes Us,” 18 April");
    assert_eq!(tidied("<What the Sea Owes Us>, 18 April", &british()), "‘What the Sea Owes Us’, 18 April");
    assert_eq!(tidied("<The <Sea>>. 18 April", &Marks::default()), "“The ‘Sea.’” 18 April");
    assert_eq!(tidied("<colon:>. period", &Marks::default()), "“colon:”. period");
}

#[test]
fn quotations_within_quotations_have_the_other_marks() {
    assert_eq!(tidied("<The “Free Port” as Threat>", &Marks::default()), "“The ‘Free Port’ as Threat”");
    assert_eq!(tidied("<The \"Free Port\" as Pilot's Threat>", &british()), "‘The “Free Port” as Pilot’s Threat’");
    assert_eq!(tidied("The “Free Port” as Threat", &british()), "The ‘Free Port’ as Threat");
    assert_eq!(tidied("Home> Policy", &Marks::default()), "Home” Policy");
    let title = vec![
        Inline::Span(Format::Italic, vec![Inline::text("On "), Inline::Span(Format::Quoted, vec![Inline::text("Ports")])]),
        Inline::text(". 2020"),
    ];
    assert_eq!(
        finish(title, &Marks::default()),
        [
            Inline::Span(Format::Italic, vec![Inline::text("On "), Inline::text("“"), Inline::text("Ports"), Inline::text(".”")]),
            Inline::text(" 2020")
        ]
    );
}

#[test]
fn straight_marks_become_curly_ones() {
    let marks = Marks::default();
    for (written, right) in [
        ("Life's 'Little' Surprises", "Life’s “Little” Surprises"),
        ("'quote', Hello", "“quote,” Hello"),
        ("The Pilots' Guild and the dogs' bowl", "The Pilots’ Guild and the dogs’ bowl"),
        ("'Tis the Season", "'Tis the Season"),
        ("\"It's 'so'\"", "“It’s ‘so’”"),
    ] {
        assert_eq!(tidied(written, &marks), right);
    }
}

#[test]
fn commas_and_blanks_stand_outside_italics() {
    let printed = vec![Inline::Span(Format::Italic, vec![Inline::text("in, ")]), Inline::text("Roe")];
    assert_eq!(
        finish(printed, &Marks::default()),
        [Inline::Span(Format::Italic, vec![Inline::text("in")]), Inline::text(", "), Inline::text("Roe")]
    );
}

#[test]
fn what_is_tidy_stays() {
    for text in ["Rill, S. (2024a). Mud. “A ‘B’ c.” https://x.example/?a=..b", "Whose? Ours! e.g., so: thus; etc."] {
        assert_eq!(plain(&finish(vec![Inline::text(text)], &Marks::default())), text);
    }
}

#[test]
fn addresses_are_left_alone() {
    let link = Inline::Link("https://x.example/a..b,.".into(), vec![Inline::text("https://x.example/a..b,.")]);
    assert_eq!(finish(vec![link.clone(), Inline::text(".")], &Marks::default()), [link, Inline::text(".")]);
}

/// M28: a note begins with a capital, a particle of a name apart.
#[test]
fn a_note_begins_with_a_capital() {
    for (text, right) in [
        ("ibid., 4", "Ibid., 4"),
        ("“see above”", "“See above”"),
        ("van der Sluis, Polders", "van der Sluis, Polders"),
        ("2 apples", "2 apples"),
    ] {
        let mut note = vec![Inline::text(text)];
        capital(&mut note);
        assert_eq!(plain(&note), right);
    }
}

/// M04: a season is printed where a style asks for a month, not before a year.
#[test]
fn a_season_is_no_part_of_a_year() {
    let spring = SEASONS[0];
    assert_eq!(
        tidied(&format!("Holm, B. ({spring}/2020). A Toll. 31 ({spring}): 9"), &Marks::default()),
        "Holm, B. (2020). A Toll. 31 (Spring): 9"
    );
    assert_eq!(tidied(&format!("({spring} 2020)"), &Marks::default()), "(Spring 2020)");
}

/// M02: a range is printed as one.
#[test]
fn ranges_of_dates_share_what_they_have_in_common() {
    let cases = [
        ("(Bureau of Gauges, 2019)", "(Bureau of Gauges, 2021)", "(Bureau of Gauges, 2019–2021)"),
        ("x (3 August 2003).", "x (23 October 2003).", "x (3 August–23 October 2003)."),
        ("(10 August 2003)", "(23 August 2003)", "(10–23 August 2003)"),
        ("(August 10, 2003)", "(August 23, 2003)", "(August 10–23, 2003)"),
        ("(August 2003)", "(October 2003)", "(August–October 2003)"),
        ("x (3 August 1987).", "x (23 August 2003).", "x (3 August 1987–23 August 2003)."),
        ("y. August 3, 1987.", "y. August 23, 2003.", "y. August 3, 1987–August 23, 2003."),
        ("(1987)", "(9999)", "(1987–)"),
    ];
    for (start, end, right) in cases {
        assert_eq!(range(start, end, "9999"), right);
    }
}

/// M40: what a style that writes titles in capitals would spoil.
#[test]
fn words_with_capitals_of_their_own_keep_them() {
    for word in ["v", "v.", "2018/44/HU", "CO2", "iPad", "PLoS", "self-eID", "(mRNA)"] {
        assert!(keeps_case(word), "{word}");
    }
    for word in ["the", "Sea", "NATO", "Well-Being", "2025", "and/or"] {
        assert!(!keeps_case(word), "{word}");
    }
}
