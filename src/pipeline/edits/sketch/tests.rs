//! What a sketch sees of an edit, and what it does not.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn sketch(lang: &str, blocks: &[&str]) -> Sketch {
    let mut text = Text::new(lang);
    blocks.iter().for_each(|block| text.push(block));
    text.end();
    Sketch::of(&text)
}

/// What is told of an edit of one paragraph in English.
fn edit(old: &str, new: &str) -> Option<Edit> {
    sketch("en", &[old]).edit(&sketch("en", &[new])).map(|(edit, _)| edit)
}

const TEXT: &str =
    "The council recieved 3.7 per cent of the budget in May 2026, which does not cover the accomodation of observers in Riga.";

#[test]
fn spelling_punctuation_and_a_link_of_a_few_words_are_not_told() {
    for (old, new) in [
        ("recieved", "received"),
        ("accomodation", "accommodation"),
        ("observers", "observers,"),
        ("Riga", "Rīga"),
        ("council", "Council"),
        ("per cent", "percent"),
        ("3.7 per cent", "3.7%"),
        ("does not", "doesn't"),
        ("Riga.", "Riga (see the annex)."),
        ("observers", "monitors"),
    ] {
        assert_eq!(edit(TEXT, &TEXT.replace(old, new)), None, "{old} → {new}");
    }
    assert_eq!(edit("It costs 3,700 euros.", "It costs 3\u{202f}700 euros."), None);
}

#[test]
fn a_figure_a_date_or_a_negation_is_always_told() {
    for (old, new) in [
        ("3.7", "3.8"),
        ("3.7", "37"),
        ("3.7", "-3.7"),
        ("per cent", "points"),
        ("May", "June"),
        ("2026", "2025"),
        ("does not cover", "covers"),
        ("in Riga", "in no way"),
        ("of the budget", "of two budgets"),
        ("the budget", "the million"),
        ("3.7 per cent", "€3.7"),
    ] {
        assert_eq!(edit(TEXT, &TEXT.replace(old, new)), Some(Edit::Hard), "{old} → {new}");
    }
    assert_eq!(edit("Latvia 3.7, Estonia 3.4", "Latvia 3.4, Estonia 3.7"), Some(Edit::Hard), "figures that changed places");
    for (lang, old, new) in [
        ("de", "Das gilt.", "Das gilt nicht."),
        ("fr", "Le 5 mars", "Le 5 mai"),
        ("ar", "هذا صحيح", "هذا غير صحيح"),
        ("zh", "他是总统", "他不是总统"),
    ] {
        assert_eq!(sketch(lang, &[old]).edit(&sketch(lang, &[new])).map(|(edit, _)| edit), Some(Edit::Hard), "{lang}");
    }
}

#[test]
fn another_sentence_is_told_with_the_piece_that_has_it() {
    let long = |words: &str| format!("{words} {}", "alike and always alike in every way, with so many words that it stands alone here.");
    let (one, two, three) = (long("First"), long("Second"), long("Third"));
    let new = long("Wholly different considerations about procurement govern");
    let before = sketch("en", &[&one, &two, &three]);
    assert_eq!(before.edit(&sketch("en", &[&one, &new, &three])), Some((Edit::Words(6), 1)));
    assert_eq!(before.edit(&sketch("en", &[&three, &one, &two])), None, "a paragraph that moved says what it said");
    assert!(matches!(before.edit(&sketch("en", &[&one, &three])), Some((Edit::Words(_), 1))));
    let figures = sketch("en", &[&one, &format!("{two} 5"), &three]);
    assert_eq!(
        figures.edit(&sketch("en", &[&format!("{one} hers"), &format!("{two} 6"), &three])),
        Some((Edit::Hard, 1)),
        "not at the spelling above it"
    );
}

#[test]
fn a_sketch_is_read_as_it_was_written_and_one_of_another_program_says_nothing() {
    let one = sketch("en", &[TEXT, "", "And more of it."]);
    let written = one.to_string();
    assert_eq!(Sketch::parse(&written), Some(one));
    assert!(written.len() < 200, "{}", written.len());
    assert_eq!(Sketch::parse(&sketch("en", &[]).to_string()), Some(sketch("en", &[])));
    for text in ["", "A", "!", &written[..written.len() - 2], &written.replacen('A', "B", 1)] {
        assert_eq!(Sketch::parse(text), None, "{text}");
    }
}

/// Words that are classes of their own, so that what is counted is what was edited.
fn vocabulary() -> Vec<String> {
    let mut found: BTreeMap<u64, String> = BTreeMap::new();
    let letters = "bcdfghjklmnpqrtvwx";
    for one in letters.chars() {
        for other in letters.chars().filter(|other| *other != one) {
            let word = format!("{one}a{other}");
            found.entry(print(&skeleton(&word)) % CLASSES as u64).or_insert(word);
        }
    }
    let not_hard = |word: &String| Hard::of("en").said(word, word, "").is_none();
    found.into_values().filter(not_hard).collect()
}

/// One edit of a text that is a list of words.
#[derive(Debug, Clone)]
enum Step {
    Put(prop::sample::Index, prop::sample::Index),
    Take(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    /// A vowel more or less.
    Spell(prop::sample::Index),
    Figure(prop::sample::Index, u16),
}

fn step() -> impl Strategy<Value = Step> {
    use prop::sample::Index;
    prop_oneof![
        4 => any::<(Index, Index)>().prop_map(|(at, word)| Step::Put(at, word)),
        4 => any::<Index>().prop_map(Step::Take),
        4 => any::<(Index, Index)>().prop_map(|(at, word)| Step::Swap(at, word)),
        4 => any::<Index>().prop_map(Step::Spell),
        1 => any::<(Index, u16)>().prop_map(|(at, figure)| Step::Figure(at, figure)),
    ]
}

fn carry_out(words: &mut Vec<String>, step: &Step, vocabulary: &[String]) {
    match step {
        Step::Put(at, word) => words.insert(at.index(words.len() + 1), word.get(vocabulary).clone()),
        Step::Figure(at, figure) => words.insert(at.index(words.len() + 1), figure.to_string()),
        _ if words.is_empty() => {}
        Step::Take(at) => drop(words.remove(at.index(words.len()))),
        Step::Swap(at, word) => {
            let at = at.index(words.len());
            words[at] = word.get(vocabulary).clone();
        }
        Step::Spell(at) => {
            let at = at.index(words.len());
            if !words[at].contains(char::is_numeric) {
                words[at].push('e');
            }
        }
    }
}

/// How many words are others, counted one by one.
fn really(old: &[String], new: &[String]) -> usize {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    new.iter().for_each(|word| *counts.entry(skeleton(word)).or_default() += 1);
    old.iter().for_each(|word| *counts.entry(skeleton(word)).or_default() -= 1);
    let more: i64 = counts.values().filter(|count| **count > 0).sum();
    let less: i64 = -counts.values().filter(|count| **count < 0).sum::<i64>();
    more.max(less) as usize
}

proptest! {
    #[test]
    fn any_edits_are_told_that_change_a_figure_or_more_words_than_are_free_and_no_others(
        start in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        steps in prop::collection::vec(step(), 0..8),
    ) {
        let vocabulary = vocabulary();
        let old: Vec<String> = start.iter().map(|word| word.get(&vocabulary).clone()).collect();
        let mut new = old.clone();
        steps.iter().for_each(|step| carry_out(&mut new, step, &vocabulary));
        let figures = |words: &[String]| words.iter().filter(|word| word.contains(char::is_numeric)).cloned().collect::<Vec<_>>();
        let in_blocks = |words: &[String]| words.chunks(7).map(|words| words.join(" ")).collect::<Vec<_>>();
        let sketched = |words: &[String]| sketch("en", &in_blocks(words).iter().map(String::as_str).collect::<Vec<_>>());
        let told = sketched(&old).edit(&sketched(&new));
        match told.map(|(edit, _)| edit) {
            Some(Edit::Hard) => prop_assert!(figures(&old) != figures(&new)),
            told => {
                prop_assert_eq!(figures(&old), figures(&new));
                let words = really(&old, &new);
                prop_assert_eq!(told, (words > FREE_WORDS).then_some(Edit::Words(words)));
            }
        }
    }
}
