//! What is a date, which instant it is, and what is no date.

use super::*;

fn read(text: &str) -> String {
    Stamp::parse(text).map_or("none".into(), |stamp| stamp.iso())
}

fn at(text: &str, zone: &str) -> Result<String, Unclear> {
    let zone = TimeZone::get(zone).expect("a zone of the database");
    Stamp::parse(text).expect("a stamp").instant(&zone).map(|instant| instant.to_string())
}

#[test]
fn the_forms_of_other_tools_are_read() {
    assert_eq!(read("2025-06-25"), "2025-06-25");
    assert_eq!(read("2015-03-19 1:00:13 -0400"), "2015-03-19T01:00:13-04:00");
    assert_eq!(read("2024-05-01 10:00"), "2024-05-01T10:00:00");
    assert_eq!(read("2024-05-01T10:00:00"), "2024-05-01T10:00:00");
    assert_eq!(read(" 2024-05-01t10:00z "), "2024-05-01T10:00:00Z");
    assert_eq!(read("2024-05-01 10:00:00 UTC"), "2024-05-01T10:00:00Z");
    assert_eq!(read("2024-05-01 10:00:00 +05"), "2024-05-01T10:00:00+05:00");
    assert_eq!(read("2024-05-01T10:00:00-09:30"), "2024-05-01T10:00:00-09:30");
    assert_eq!(read("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z");
}

#[test]
fn what_is_no_date_is_not_guessed() {
    let wrong = [
        "",
        "soon",
        "2024",
        "2024-05",
        "May 2024",
        "May 1, 24",
        "1 Mai 2024",
        "1 May 2024x",
        "31 June 2024",
        "5-1-2024",
        "2024-13-01",
        "2024-02-30",
        "2024-05-01T",
        "2024-05-01 10",
        "2024-05-01 24:00",
        "2024-05-01 10:00:61",
        "2024-05-01 10:00 CET",
        "2024-05-01 10:00 +25:00",
        "2024-05-01Z",
        "05/01/2024",
        "2024-05-01 10:00:00.",
        "2024-05-01 10:0",
        "2024-05-0é",
        "+024-05-01",
        "2024-05-01 10:00:00:00",
        "2024-05-01x",
    ];
    for text in wrong {
        assert_eq!(Stamp::parse(text), None, "{text}");
    }
}

#[test]
fn fractions_of_seconds_are_kept() {
    assert_eq!(at("2025-02-17T09:30:00.250+01:00", "UTC").as_deref(), Ok("2025-02-17T08:30:00.25Z"));
    assert_eq!(at("2025-02-17T09:30:00.1234567899Z", "UTC").as_deref(), Ok("2025-02-17T09:30:00.123456789Z"));
}

#[test]
fn a_local_time_is_one_of_the_zone_and_an_offset_holds_against_it() {
    assert_eq!(at("2025-06-25", "Europe/Brussels").as_deref(), Ok("2025-06-24T22:00:00Z"));
    assert_eq!(at("2025-06-25T00:00:00Z", "Europe/Brussels").as_deref(), Ok("2025-06-25T00:00:00Z"));
}

#[test]
fn skipped_and_repeated_local_times_are_no_instants() {
    assert_eq!(at("2025-03-30 02:30", "Europe/Brussels"), Err(Unclear::Skipped));
    assert_eq!(at("2025-10-26 02:30", "Europe/Brussels"), Err(Unclear::Repeated));
    assert_eq!(at("2025-10-26 02:30 +0100", "Europe/Brussels").as_deref(), Ok("2025-10-26T01:30:00Z"));
}

#[test]
fn a_day_begins_at_its_first_instant_even_where_midnight_is_skipped_or_comes_twice() {
    assert_eq!(at("2026-04-24", "Africa/Cairo").as_deref(), Ok("2026-04-23T22:00:00Z"));
    assert_eq!(at("2026-03-29", "Asia/Beirut").as_deref(), Ok("2026-03-28T22:00:00Z"));
    assert_eq!(at("2018-11-04", "America/Sao_Paulo").as_deref(), Ok("2018-11-04T03:00:00Z"));
    assert_eq!(at("2025-11-02", "America/Havana").as_deref(), Ok("2025-11-02T04:00:00Z"));
    assert_eq!(at("2011-12-30", "Pacific/Apia").as_deref(), Ok("2011-12-30T10:00:00Z"), "a day that never was");
    // Toronto's clocks went from 23:30 to 00:30 in 1919.
    assert_eq!(at("1919-03-31", "America/Toronto").as_deref(), Ok("1919-03-31T04:30:00Z"));
    assert_eq!(at("2026-04-24 00:00", "Africa/Cairo"), Err(Unclear::Skipped), "a time that was written is none");
    assert_eq!(at("2025-11-02 00:30", "America/Havana"), Err(Unclear::Repeated));
}

#[test]
fn what_a_script_made_of_a_day_is_that_day() {
    let stamp = Stamp::parse("2025-06-25T00:00:00.000Z").expect("a stamp");
    assert_eq!((stamp.iso().as_str(), stamp.is_scripted), ("2025-06-25", true));
    assert_eq!(at("2025-06-25T00:00:00.000Z", "America/New_York").as_deref(), Ok("2025-06-25T04:00:00Z"));
    assert_eq!(stamp.scripted_instant().map(|at| at.to_string()).as_deref(), Some("2025-06-25T00:00:00Z"));
    for written in ["2025-06-25T00:00:00Z", "2025-06-25T00:00:00.001Z", "2025-06-25T09:00:00.000Z", "2025-06-25"] {
        assert!(!Stamp::parse(written).expect("a stamp").is_scripted, "{written}");
    }
}

#[test]
fn a_date_in_other_signs_is_offered_as_it_should_be_written() {
    let meant = |text: &str| meant(text).map(|date| date.to_string());
    assert_eq!(meant("2026-1-5").as_deref(), Some("2026-01-05"));
    assert_eq!(meant("2026/01/05 10:00").as_deref(), Some("2026-01-05"));
    for text in ["2026-13-5", "5-1-2026", "2026-1", "soon", "2026-1-5-7"] {
        assert_eq!(meant(text), None, "{text}");
    }
}

#[test]
fn a_text_with_one_year_is_not_later_than_its_end() {
    let latest = |text: &str| latest(text).map(|date| date.to_string());
    assert_eq!(latest("12 March 2019").as_deref(), Some("2019-12-31"));
    assert_eq!((latest("soon"), latest("2019 or 2030"), latest("in 20190")), (None, None, None));
}

#[test]
fn the_end_of_time_is_an_instant() {
    assert!(at("9999-12-31", "UTC").is_ok());
    assert!(at("0000-01-01T00:00:00+23:59", "UTC").is_ok());
}

#[test]
fn archives_write_dates_with_words_one_digit_and_short_offsets() {
    assert_eq!(read("2025-6-5"), "2025-06-05");
    assert_eq!(read("2025-6-5T10:00:00Z"), "2025-06-05T10:00:00Z");
    assert_eq!(read("2015-03-19 18:00:00 -4"), "2015-03-19T18:00:00-04:00");
    for text in ["March 23, 2018", "23 March 2018", "Mar 23 2018", "23rd mar. 2018", "MARCH 23rd, 2018"] {
        assert_eq!(read(text), "2018-03-23", "{text}");
    }
    assert_eq!(
        (read("29 Dec 2022").as_str(), read("3 Sept 2021").as_str(), read("May 1, 2024 10:00").as_str()),
        ("2022-12-29", "2021-09-03", "2024-05-01T10:00:00")
    );
}

#[test]
fn numbers_with_the_year_last_have_an_order_where_the_settings_say_it() {
    let read = |text: &str, order| Stamp::parse_in(text, order).map_or("none".into(), |stamp| stamp.iso());
    let (dmy, mdy) = (Some(DateOrder::DayMonth), Some(DateOrder::MonthDay));
    assert_eq!(
        (read("04/01/2019", dmy).as_str(), read("04/01/2019", mdy).as_str(), read("04/01/2019", None).as_str()),
        ("2019-01-04", "2019-04-01", "none")
    );
    assert_eq!((read("4.1.2019 10:00", dmy).as_str(), read("25/06/2019", mdy).as_str()), ("2019-01-04T10:00:00", "none"));
    let readings = readings("25/06/2019").expect("one of them");
    assert_eq!((readings.day_month.map(|day| day.to_string()).as_deref(), readings.month_day), (Some("2019-06-25"), None));
}

#[test]
fn months_and_years_are_shown_as_written_and_lie_at_their_first_day() {
    let partial = |text: &str| {
        Stamp::parse_partial(text, None).map(|stamp| (stamp.iso(), stamp.date().to_string(), stamp.partial().last().to_string()))
    };
    let made = |shown: &str, first: &str, last: &str| Some((shown.to_string(), first.to_string(), last.to_string()));
    assert_eq!(partial("2021-09"), made("2021-09", "2021-09-01", "2021-09-30"));
    assert_eq!(partial("Sept 2021"), made("2021-09", "2021-09-01", "2021-09-30"));
    assert_eq!(partial("2021"), made("2021", "2021-01-01", "2021-12-31"));
    assert_eq!(partial("2021-09-05"), made("2021-09-05", "2021-09-05", "2021-09-05"));
    for text in ["2021-13", "21-09", "202", "2021-", "2021-9-", "20211"] {
        assert_eq!(partial(text), None, "{text}");
    }
}
