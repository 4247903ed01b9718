//! Which form of a word goes with a number: the categories of Unicode CLDR for whole numbers, in the languages of the built-in theme
//! (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>).
//!
//! It must not know words.

/// The names of all categories, as they are written in files of strings.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The category of `number` in a language such as `fr` or `fr-CA`. Languages that nobody has written down here are taken to have a form for one and
/// a form for all other numbers, as English has.
pub fn category(lang: &str, number: i64) -> &'static str {
    let n = number.unsigned_abs();
    let is_millions = n != 0 && n.is_multiple_of(1_000_000);
    match (primary(lang), n) {
        ("ar", _) => arabic(n),
        ("fr", 0 | 1) => "one",
        ("fr" | "es", _) if is_millions => "many",
        (_, 1) => "one",
        _ => "other",
    }
}

fn arabic(n: u64) -> &'static str {
    match (n, n % 100) {
        (0, _) => "zero",
        (1, _) => "one",
        (2, _) => "two",
        (_, 3..=10) => "few",
        (_, 11..=99) => "many",
        _ => "other",
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
        numbers.iter().map(|number| category(lang, *number)).collect()
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
}
