//! The words that rules look for, by language: lists of the house's own.
//!
//! It must not know what is said of them.

mod english;
mod french;
mod german;

use super::lexicon::{Lexicon, List};
use super::reading::Lang;
use crate::config::{Scale, Weights};

/// The lists of a language.
struct Lists {
    relative: &'static [&'static str],
    colloquial: &'static [&'static str],
    loaded: &'static [&'static str],
    likelihood: &'static [&'static str],
    confidence: &'static [&'static str],
}

/// The rules of which a site can choose the words.
const CHOSEN: [(&str, List); 3] = [("relative-date", List::Relative), ("colloquial-word", List::Colloquial), ("loaded-word", List::Loaded)];

/// The phrases of a language, with what a site adds and leaves alone.
pub fn lexicon(lang: Lang, weights: &Weights) -> Lexicon {
    let lists = match lang {
        Lang::English => &english::LISTS,
        Lang::French => &french::LISTS,
        Lang::German => &german::LISTS,
        Lang::Other => return Lexicon::default(),
    };
    let own = |list: List, words: &[&str]| words.iter().map(move |word| (list, word.to_string())).collect::<Vec<_>>();
    let mut phrases = own(List::Relative, lists.relative);
    phrases.extend(own(List::Colloquial, lists.colloquial));
    phrases.extend(own(List::Loaded, lists.loaded));
    phrases.extend(own(List::Likelihood, lists.likelihood));
    phrases.extend(own(List::Confidence, lists.confidence));
    if lang == Lang::English {
        let of_scales = Scale::ALL.iter().flat_map(|(_, scale)| scale.steps()).flat_map(|step| step.words);
        phrases.extend(of_scales.map(|word| (List::Likelihood, word.to_string())));
    }
    for (code, list) in CHOSEN {
        let allowed: Vec<String> = weights.words(code, "allow").iter().map(|word| word.to_lowercase()).collect();
        phrases.retain(|(of, word)| *of != list || !allowed.contains(word));
        phrases.extend(weights.words(code, "add").iter().map(|word| (list, word.to_lowercase())));
    }
    // `game changer` is written `game-changer`, too.
    let joined: Vec<(List, String)> = phrases
        .iter()
        .filter(|(list, word)| *list == List::Colloquial && word.split(' ').count() == 2)
        .map(|(list, word)| (*list, word.replace(' ', "-")))
        .collect();
    phrases.extend(joined);
    phrases.sort();
    phrases.dedup();
    Lexicon::new(phrases.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_small_letters_and_name_nothing_twice() {
        for lists in [&english::LISTS, &french::LISTS, &german::LISTS] {
            for list in [lists.relative, lists.colloquial, lists.loaded, lists.likelihood, lists.confidence] {
                let twice: Vec<_> = list.iter().filter(|word| list.iter().filter(|other| other == word).count() > 1).collect();
                assert!(twice.is_empty(), "{twice:?}");
                assert!(list.iter().all(|word| word.to_lowercase() == **word && word.trim() == *word));
            }
        }
    }
}
