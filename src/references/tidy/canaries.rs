//! What the engine does wrong today. When one of these tests fails, it has learnt it: what is named beside it can go.

use citationberg::{Locale, LocaleFile, Style, json};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};

/// What the engine prints of an item in a list with this layout.
fn printed(layout: &str, item: &str) -> String {
    let style = format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><id>x</id><title>x</title><updated>2026-01-01T00:00:00Z</updated></info>\
         <citation><layout><text value=\"x\"/></layout></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    );
    let Ok(Style::Independent(style)) = Style::from_xml(&style) else { panic!("it is a style") };
    let locale = "<locale version=\"1.0\" xml:lang=\"en-US\"><style-options punctuation-in-quote=\"true\"/><terms><term name=\"open-quote\">“</term>\
        <term name=\"close-quote\">”</term><term name=\"season-01\">Spring</term></terms><date form=\"numeric\" delimiter=\"/\"><date-part name=\"month\" form=\"numeric\"/>\
        <date-part name=\"year\"/></date></locale>";
    let locales: Vec<Locale> = vec![LocaleFile::from_xml(locale).expect("it is a locale").into()];
    let item: json::Item = serde_json::from_str(item).expect("it is an item");
    let mut driver = BibliographyDriver::new();
    driver.citation(CitationRequest::new(vec![CitationItem::with_entry(&item)], &style, None, &locales, None));
    let list = driver.finish(BibliographyRequest::new(&style, None, &locales)).bibliography.expect("the style has a list");
    let mut text = String::new();
    list.items[0].content.write_buf(&mut text, BufWriteFormat::Plain).expect("a string takes all");
    text
}

const SEA: &str = r#"{"id": "a", "type": "book", "title": "Who Owns the Sea?", "publisher": "Mole v Pier 2018/44/HU", "note": "The End.", "number": "CP 1204",
    "editor": [{"family": "Reef", "given": "Jonas"}], "issued": {"date-parts": [[2020]], "season": "1"}}"#;

/// M27: `punctuation` in `finish`.
#[test]
fn a_full_stop_stands_behind_a_question_mark() {
    assert_eq!(printed("<group delimiter=\". \"><text variable=\"title\"/><text value=\"x\"/></group>", SEA), "Who Owns the Sea?. x");
}

/// M26: `punctuation` in `finish`.
#[test]
fn an_empty_part_leaves_a_comma_behind() {
    let layout = "<group prefix=\"(\" suffix=\")\"><text variable=\"publisher\" suffix=\",\"/><text variable=\"genre\"/></group>";
    assert_eq!(printed(layout, SEA), "(Mole v Pier 2018/44/HU,)");
}

/// `move_within` in `punctuation`.
#[test]
fn a_comma_stays_behind_a_quotation_of_another_group() {
    let layout = "<group><text variable=\"note\" quotes=\"true\"/></group><group prefix=\", \"><text variable=\"number\"/></group>";
    assert_eq!(printed(layout, &SEA.replace("The End.", "The End")), "“The End”, CP 1204");
}

/// M40: `keeps_case`.
#[test]
fn words_lose_capitals_in_titles() {
    assert_eq!(printed("<text variable=\"publisher\" text-case=\"title\"/>", SEA), "Mole V Pier 2018/44/hu");
}

/// M04: `seasons` in `finish`.
#[test]
fn a_season_is_printed_where_only_a_year_is_asked_for() {
    assert_eq!(printed("<date variable=\"issued\" form=\"numeric\" date-parts=\"year\"/>", SEA), "Spring/2020");
}

/// CSL: numbers with a blank in them are none. The engine is given conditions that are decided.
#[test]
fn a_number_of_two_words_is_taken_for_one() {
    let layout = "<choose><if is-numeric=\"number\"><text value=\"number\"/></if><else><text value=\"none\"/></else></choose>";
    assert_eq!(printed(layout, SEA), "number");
}

/// M34: names in a choice within a substitute have none of the options of what they stand for. The engine is given substitutes that are chosen.
#[test]
fn editors_in_place_of_authors_lose_their_form() {
    let layout = "<names variable=\"author\"><name name-as-sort-order=\"all\"/><substitute><choose><if type=\"book\"><names variable=\"editor\"/></if></choose></substitute></names>";
    assert_ne!(printed(layout, SEA), "Reef, Jonas");
}
