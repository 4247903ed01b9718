//! Which form of a word goes with a number: the categories of Unicode CLDR for whole numbers
//! (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>).
//!
//! It must not know words.

use std::sync::Arc;

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The names of all categories, as they are written in files of strings.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The rules of one language.
#[derive(Debug, Clone)]
pub struct Plurals {
    /// `None` where CLDR has no form but one, or does not know the language.
    rules: Option<Arc<PluralRules>>,
}

impl Plurals {
    /// The rules of a language such as `fr` or `fr-CA`. Where CLDR has one form only, and where it does not know the language, there are a form for
    /// one and a form for all other numbers, as in English: a file of strings needs only the latter.
    pub fn new(lang: &str) -> Plurals {
        let locale = Locale::try_from_str(&lang.replace('_', "-")).unwrap_or(Locale::UNKNOWN);
        let rules = PluralRules::try_new_cardinal((&locale).into()).ok().filter(|rules| rules.categories().count() > 1);
        Plurals { rules: rules.map(Arc::new) }
    }

    /// The category of a number.
    pub fn category(&self, number: i64) -> &'static str {
        let number = number.unsigned_abs();
        match self.rules.as_ref().map(|rules| rules.category_for(number)) {
            None if number == 1 => "one",
            None => "other",
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) => "other",
        }
    }
}

/// They follow from the language.
impl PartialEq for Plurals {
    fn eq(&self, _: &Plurals) -> bool {
        true
    }
}

/// The language of a code without script and region: `fr` of `fr-CA`.
pub fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The categories of some numbers in a language.
    fn categories(lang: &str, numbers: &[i64]) -> Vec<&'static str> {
        numbers.iter().map(|number| Plurals::new(lang).category(*number)).collect()
    }

    #[test]
    fn arabic_has_six_forms() {
        let numbers = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200];
        let expected = ["zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many", "other"];
        assert_eq!(categories("ar-EG", &numbers), expected);
    }

    #[test]
    fn in_french_nothing_is_singular_and_millions_have_a_form_of_their_own() {
        assert_eq!(categories("fr", &[0, 1, 2, 1_000_000, 1_000_001]), ["one", "one", "other", "many", "other"]);
        assert_eq!(categories("es", &[0, 1, 2, 1_000_000]), ["other", "one", "other", "many"]);
    }

    #[test]
    fn other_languages_have_a_form_for_one_and_a_form_for_the_rest() {
        assert_eq!(categories("en", &[0, 1, 2, 1_000_000]), ["other", "one", "other", "other"]);
        assert_eq!(categories("de-AT", &[1, 21]), ["one", "other"]);
        assert_eq!(categories("sv", &[1, 2]), ["one", "other"]);
    }

    #[test]
    fn the_forms_of_every_language_are_those_of_cldr() {
        assert_eq!(categories("pl", &[1, 2, 5, 22]), ["one", "few", "many", "few"]);
        assert_eq!(categories("cy", &[0, 1, 2, 3, 6, 7]), ["zero", "one", "two", "few", "many", "other"]);
        assert_eq!(categories("zh", &[1, 2]), ["one", "other"], "a form for one is used where it is written");
        assert_eq!(categories("x-none", &[1, 2]), ["one", "other"]);
        assert_eq!(categories("fr_CA", &[0, 2]), ["one", "other"]);
    }
}
