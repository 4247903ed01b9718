//! Pandoc's syntax, and where we differ on purpose.

use super::*;

/// Every cluster of a text: how it stands, then for each source prefix, key, locator and suffix.
fn show(text: &str) -> Vec<String> {
    read(text, "en", |key| key.len() < 4).clusters.iter().map(|found| shown(text, found)).collect()
}

fn shown(text: &str, found: &Found) -> String {
    let part = |part: &Part| {
        let hyphen = if part.authors == Authors::Suppressed { "-" } else { "" };
        let locator = part.locator.as_ref().map(|locator| format!(" <{}:{}>", locator.label, locator.value)).unwrap_or_default();
        let around = |range: &Range<usize>| if range.is_empty() { String::new() } else { format!("“{}”", &text[range.clone()]) };
        format!("{}{hyphen}{}{locator}{}", around(&part.prefix), part.key, around(&part.suffix))
    };
    let parts: Vec<String> = found.parts.iter().map(part).collect();
    format!("{:?} {} = {}", found.narration, &text[found.range.clone()], parts.join(" + "))
}

/// What is told of a text: where, and how it would be right.
fn slips(text: &str) -> Vec<String> {
    let slip = |(range, slip): &(Range<usize>, Slip)| match slip {
        Slip::Joined(pieces) => {
            let piece = |piece: &Piece| match piece {
                Piece::Kept(range) => text[range.clone()].to_string(),
                Piece::New(text) => text.to_string(),
            };
            format!("{} → {}", &text[range.clone()], pieces.iter().map(piece).collect::<String>())
        }
        other => format!("{} {other:?}", &text[range.clone()]),
    };
    read(text, "en", |_| true).slips.iter().map(slip).collect()
}

#[test]
fn brackets_hold_sources_with_prefixes_locators_and_suffixes() {
    assert_eq!(
        show("Blah [see @doe, pp. 33-35 and more; also @b, chap. 1]."),
        ["Apart [see @doe, pp. 33-35 and more; also @b, chap. 1] = “see”doe <page:33-35>“and more” + “also”b <chapter:1>"]
    );
    assert_eq!(show("[@a; @b; -@c, p. 4]"), ["Apart [@a; @b; -@c, p. 4] = a + b + -c <page:4>"]);
    assert_eq!(show("[@{odd key}, p. 3]"), ["Apart [@{odd key}, p. 3] = odd key <page:3>"]);
    assert_eq!(show("[@a{ii, A}, with a suffix]"), ["Apart [@a{ii, A}, with a suffix] = a <page:ii, A>“, with a suffix”"]);
    assert_eq!(show("[see\n@a,\np. 3]"), ["Apart [see\n@a,\np. 3] = “see”a <page:3>"]);
}

#[test]
fn names_in_the_sentence_take_the_brackets_behind_them() {
    assert_eq!(show("@a says."), ["Sentence @a = a"]);
    assert_eq!(show("@a [p. 33] says"), ["Sentence @a [p. 33] = a <page:33>"]);
    assert_eq!(
        show("@a [p. 33, see below; also @b; @c] says"),
        ["Sentence @a [p. 33, see below; also @b; @c] = a <page:33>“, see below” + “also”b + c"]
    );
    assert_eq!(show("@a [@b] says"), ["Sentence @a [@b] = a + b"]);
    assert_eq!(show("@a\n[33]"), ["Sentence @a\n[33] = a <page:33>"]);
    assert_eq!(show("@a [x](y), @b [x][y], @c [ ]"), ["Sentence @a = a", "Sentence @b = b", "Sentence @c = c"]);
    assert_eq!(show("Smith says [-@a]; -@b says; x-@c."), ["Apart [-@a] = -a", "Apart -@b = -b", "Sentence @c = c"]);
}

#[test]
fn brackets_may_hold_others_and_what_has_no_key_belongs_to_its_neighbour() {
    assert_eq!(
        show("[see [the] @a, p. 3 [my italics]]"),
        ["Apart [see [the] @a, p. 3 [my italics]] = “see [the]”a <page:3>“[my italics]”"]
    );
    assert_eq!(show("[see below; @a; and elsewhere]"), ["Apart [see below; @a; and elsewhere] = “see below;”a“; and elsewhere”"]);
    assert_eq!(show("[x [@a] y]"), ["Apart [@a] = a"]);
    assert_eq!(show("[ @a ] [@b"), ["Apart [ @a ] = a", "Sentence @b = b"]);
}

#[test]
fn words_that_are_no_keys_are_text_but_in_brackets_every_key_counts() {
    let reading = read("@handle and [@handle]", "en", |_| false);
    assert_eq!((reading.clusters.len(), reading.unknown.first()), (1, Some(&(0..7))));
    assert_eq!(show("@handle [p. 3] x@a.org"), [""; 0]);
}

/// M43: Pandoc 3.9 reads `(@a)` at the head of a line as the item `(1)` of a list, and the source is gone; elsewhere it shows "(A (2024))".
#[test]
fn a_citation_in_round_brackets_is_one_wherever_it_stands() {
    assert_eq!(show("(@a) and so on (@b [p. 3])"), ["Apart (@a) = a", "Apart (@b [p. 3]) = b <page:3>"]);
    assert_eq!(show("(see @a)"), ["Sentence @a = a"]);
}

/// M43: of `[@a, @b]` and `[@a and @b]` Pandoc 3.9 shows "B (2024)": the second source stands in the sentence, the first is in the list alone. Of
/// `[@a][@b]` it shows "[A (2024)](B, 2024)". We say how it is written.
#[test]
fn sources_without_a_semicolon_between_them_are_told_and_none_is_dropped() {
    assert_eq!(slips("[@a, @b]"), ["[@a, @b] → [@a; @b]"]);
    assert_eq!(slips("[see @a, p. 3, and @b, p. 4; @c]"), ["[see @a, p. 3, and @b, p. 4; @c] → [see @a, p. 3; @b, p. 4; @c]"]);
    assert_eq!(slips("[@a and @b & @c]"), ["[@a and @b & @c] → [@a; @b; @c]"]);
    assert_eq!(slips("[@a as cited in @b]"), ["[@a as cited in @b] → [@a; as cited in @b]"]);
    assert_eq!(slips("[@a][see @b][@c]"), ["[@a][see @b][@c] → [@a; see @b; @c]"]);
    assert_eq!(show("[@a, @b]"), ["Apart [@a, @b] = a + b"]);
    assert_eq!(show("[@a][@b]"), ["Apart [@a] = a", "Apart [@b] = b"]);
    assert_eq!(slips("[@a] [@b], [@a; @b]"), [""; 0]);
}

#[test]
fn what_cannot_stand_in_a_citation_is_told() {
    assert_eq!(slips("[see @a\u{F0013}]"), ["[see @a\u{F0013}] Foreign"]);
    assert_eq!(slips("[see [@a] and @b]"), ["[see [@a] and @b] Nested"]);
    assert_eq!(slips("[x\u{F0013}] [^@a]"), [""; 0]);
    let many = format!("[{}]", "@a;".repeat(10_000));
    assert_eq!(read(&many, "en", |_| true).slips, [(0..many.len(), Slip::TooMany)]);
}

/// Brackets pair within the same emphasis; a key in emphasis counts.
#[test]
fn emphasis_may_stand_in_a_citation_but_does_not_cross_its_brackets() {
    assert_eq!(
        show("[\u{F0010}see\u{F0011} @a; \u{F0010}b; c\u{F0011}]"),
        ["Apart [\u{F0010}see\u{F0011} @a; \u{F0010}b; c\u{F0011}] = “\u{F0010}see\u{F0011}”a“; \u{F0010}b; c\u{F0011}”"]
    );
    assert_eq!(show("\u{F0010}[@a\u{F0011} x]"), ["Sentence @a = a"]);
    assert_eq!(show("[\u{F0010}@a] x\u{F0011}"), ["Sentence @a = a"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_every_key_is_cited_or_told(text in "([@\\[\\];,(){}^ \n-]|\u{F0010}|\u{F0011}|\u{F0012}|\u{F0013}|a1|p\\. 3|and|é){0,40}") {
        let reading = read(&text, "en", |key| key != "é");
        let mut end = 0;
        for found in &reading.clusters {
            proptest::prop_assert!(found.range.start >= end && !found.parts.is_empty());
            proptest::prop_assert!(text.is_char_boundary(found.range.start) && text.is_char_boundary(found.range.end));
            end = found.range.end;
            for part in &found.parts {
                for range in [&part.mark, &part.prefix, &part.suffix] {
                    proptest::prop_assert!(found.range.start <= range.start && range.end <= found.range.end);
                    proptest::prop_assert!(text.get(range.clone()).is_some());
                }
            }
        }
        // In the order of the text each key is in a cluster, or is known to be none.
        let mut seen: Vec<usize> = reading.clusters.iter().flat_map(|found| found.parts.iter().map(|part| part.mark.end)).collect();
        seen.extend(reading.unknown.iter().map(|range| range.end));
        let mut next = 0;
        for at in text.match_indices('@').map(|(at, _)| at) {
            if at < next { continue }
            if let Some(mark) = key::mark(&text, at) {
                next = mark.range.end;
                proptest::prop_assert!(seen.contains(&mark.range.end), "{:?}", mark.key);
            }
        }
    }
}
