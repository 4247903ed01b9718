//! Locales: words, dates and rules of a language, as the archive has them and a style changes them.
//!
//! Owns `Locales`. It must not know sources.

use std::sync::OnceLock;

use citationberg::{IndependentStyle, Locale, LocaleCode, LocaleOptions, Terms};

/// All locales of the archive, read when the first is wanted: reading them takes as long as a thousand citations.
#[derive(Debug, Default)]
pub struct Locales(OnceLock<Vec<Locale>>);

/// The locales of the archive by the language alone, where that is not its doubled code.
const REGIONS: &[(&str, &str)] = &[
    ("ar", "ar"),
    ("af", "af-ZA"),
    ("bal", "bal-PK"),
    ("brh", "brh-PK"),
    ("ca", "ca-AD"),
    ("cs", "cs-CZ"),
    ("cy", "cy-GB"),
    ("da", "da-DK"),
    ("el", "el-GR"),
    ("en", "en-US"),
    ("et", "et-EE"),
    ("eu", "eu"),
    ("fa", "fa-IR"),
    ("gl", "gl-ES"),
    ("he", "he-IL"),
    ("hi", "hi-IN"),
    ("hy", "hy-AM"),
    ("ja", "ja-JP"),
    ("km", "km-KH"),
    ("ko", "ko-KR"),
    ("la", "la"),
    ("lij", "lij-IT"),
    ("ms", "ms-MY"),
    ("nb", "nb-NO"),
    ("nn", "nn-NO"),
    ("no", "nb-NO"),
    ("pa", "pa-PK"),
    ("sl", "sl-SI"),
    ("sr", "sr-Cyrl-RS"),
    ("sv", "sv-SE"),
    ("tl", "tl-PH"),
    ("uk", "uk-UA"),
    ("vi", "vi-VN"),
    ("zh", "zh-CN"),
];
/// Those beside them.
const OTHERS: &[&str] = &["de-AT", "de-CH", "en-GB", "es-CL", "es-MX", "fr-CA", "pt-BR", "sr-Latn-RS", "zh-TW"];
/// Languages whose locale is `xx-XX`.
const DOUBLED: &[&str] =
    &["bg", "de", "es", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "mn", "nl", "pl", "pt", "ro", "ru", "sk", "th", "tr"];

/// The locale of the archive for a language tag (<https://www.rfc-editor.org/rfc/rfc5646>): itself, else that of its language, else American English.
pub fn fit(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let rest: Vec<&str> = parts.collect();
    let is_wanted = |code: &str| {
        let mut own = code.split('-');
        own.next() == Some(&*language)
            && own.clone().count() > 0
            && own.all(|part| rest.iter().any(|other| other.eq_ignore_ascii_case(part)))
    };
    let traditional = language == "zh" && rest.iter().any(|part| part.eq_ignore_ascii_case("hant") || part.eq_ignore_ascii_case("hk"));
    let british =
        language == "en" && rest.iter().any(|part| ["AU", "IE", "IN", "NZ", "ZA"].iter().any(|other| part.eq_ignore_ascii_case(other)));
    if let Some(exact) = OTHERS.iter().find(|code| is_wanted(code)) {
        return exact.to_string();
    }
    match language.as_str() {
        _ if traditional => "zh-TW".into(),
        _ if british => "en-GB".into(),
        _ if DOUBLED.contains(&&*language) => format!("{language}-{}", language.to_ascii_uppercase()),
        _ => REGIONS.iter().find(|(code, _)| *code == language).map_or("en-US", |(_, locale)| locale).to_string(),
    }
}

impl Locales {
    /// What a style says in a locale of `fit`, as one: what the style says itself comes first, then the archive's, then American English.
    pub fn of(&self, style: &IndependentStyle, locale: &str) -> Locale {
        let archive = self.0.get_or_init(hayagriva::archive::locales);
        let language = locale.split('-').next().unwrap_or_default();
        let is = |own: &Locale, code: Option<&str>| own.lang.as_ref().map(|lang| lang.0.as_str()) == code;
        let own = [Some(locale), Some(language), None].into_iter().filter_map(|code| style.locale.iter().find(|own| is(own, code)));
        let theirs = [Some(locale), Some("en-US")].into_iter().filter_map(|code| archive.iter().find(|own| is(own, code)));
        merge(own.chain(theirs), locale)
    }
}

/// One locale of several: the first that says something holds.
fn merge<'a>(all: impl Iterator<Item = &'a Locale>, code: &str) -> Locale {
    let mut merged = Locale { lang: Some(LocaleCode(code.into())), info: None, terms: None, date: Vec::new(), style_options: None };
    let mut terms: Vec<citationberg::LocalizedTerm> = Vec::new();
    let (mut in_quotes, mut day_one) = (None, None);
    for locale in all {
        let has_ordinals = terms.iter().any(|term| term.name.is_ordinal());
        let (from, known) = (locale.terms.iter().flat_map(|terms| &terms.terms), terms.len());
        for term in from {
            let is_known = |other: &citationberg::LocalizedTerm| other.name == term.name && other.form == term.form;
            if if term.name.is_ordinal() { !has_ordinals } else { !terms[..known].iter().any(is_known) } {
                terms.push(term.clone());
            }
        }
        merged.date.extend(locale.date.iter().filter(|date| date.form.is_some()).cloned());
        if let Some(options) = &locale.style_options {
            in_quotes = in_quotes.or(options.punctuation_in_quote);
            day_one = day_one.or(options.limit_day_ordinals_to_day_1);
        }
    }
    merged.terms = Some(Terms { terms });
    merged.style_options = Some(LocaleOptions { limit_day_ordinals_to_day_1: day_one, punctuation_in_quote: in_quotes });
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_the_locale_of_its_region_else_that_of_the_language() {
        let cases = [
            ("fr-CA", "fr-CA"),
            ("fr-BE", "fr-FR"),
            ("fr", "fr-FR"),
            ("en", "en-US"),
            ("en-GB", "en-GB"),
            ("en-AU", "en-GB"),
            ("de-CH-1996", "de-CH"),
            ("uk", "uk-UA"),
            ("ar", "ar"),
            ("ar-EG", "ar"),
            ("pt_br", "pt-BR"),
            ("zh-Hant-HK", "zh-TW"),
            ("xx", "en-US"),
        ];
        for (tag, locale) in cases {
            assert_eq!(fit(tag), locale, "{tag}");
        }
    }

    #[test]
    fn every_locale_of_the_archive_is_found_by_its_own_name() {
        for locale in hayagriva::archive::locales() {
            let code = locale.lang.expect("a locale has a language").0;
            assert_eq!(fit(&code), code);
        }
    }
}
