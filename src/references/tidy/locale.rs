//! The locale that the engine is given, and what it says before that.
//!
//! Quotation marks and seasons of that locale are characters by which `finish` knows them again; it has the locale's own from here.

use citationberg::taxonomy::{OtherTerm, Term};
use citationberg::{Locale, LocaleFile, LocaleOptions, TermForm};

use super::marks::{Inside, Marks};

/// Terms that the engine is given in place of the locale's. Of quotation marks it takes only some for such when it changes the case of titles.
const TERMS: &str = "<locale version=\"1.0\" xml:lang=\"en-US\"><terms>\
<term name=\"open-quote\">‹</term><term name=\"close-quote\">›</term><term name=\"open-inner-quote\">«</term><term name=\"close-inner-quote\">»</term>\
<term name=\"season-01\">\u{E0E1}</term><term name=\"season-02\">\u{E0E2}</term><term name=\"season-03\">\u{E0E3}</term><term name=\"season-04\">\u{E0E4}</term>\
</terms></locale>";
const SEASONS: [OtherTerm; 4] = [OtherTerm::Season01, OtherTerm::Season02, OtherTerm::Season03, OtherTerm::Season04];

/// The locale that the engine is given: with marks in place of quotation marks and seasons, and without the rule that moves punctuation, which it does not
/// keep across the parts of a citation.
pub fn for_engine(locale: &Locale) -> Locale {
    let mut given = locale.clone();
    let marks = LocaleFile::from_xml(TERMS).expect("it is a locale").terms.expect("it has terms").terms;
    let terms = given.terms.get_or_insert_with(|| citationberg::Terms { terms: Vec::new() });
    terms.terms.retain(|term| !marks.iter().any(|mark| mark.name == term.name));
    terms.terms.extend(marks);
    given
        .style_options
        .get_or_insert(LocaleOptions { limit_day_ordinals_to_day_1: None, punctuation_in_quote: None })
        .punctuation_in_quote = Some(false);
    given
}

impl Marks {
    /// What a locale says.
    pub fn of(locale: &Locale) -> Marks {
        let own = |term: OtherTerm, other: &str| -> Box<str> { long(locale, Term::Other(term)).unwrap_or(other).into() };
        let american = Marks::default();
        let is_within = locale.style_options.as_ref().and_then(|options| options.punctuation_in_quote).unwrap_or(false);
        Marks {
            outer: (own(OtherTerm::OpenQuote, &american.outer.0), own(OtherTerm::CloseQuote, &american.outer.1)),
            inner: (own(OtherTerm::OpenInnerQuote, &american.inner.0), own(OtherTerm::CloseInnerQuote, &american.inner.1)),
            inside: if is_within { Inside::Within } else { Inside::After },
            seasons: std::array::from_fn(|at| own(SEASONS[at], &american.seasons[at])),
        }
    }
}

fn long(locale: &Locale, term: Term) -> Option<&str> {
    locale.term(term, TermForm::Long)?.single()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(code: &str) -> Locale {
        hayagriva::archive::locales()
            .into_iter()
            .find(|locale| locale.lang.as_ref().is_some_and(|lang| lang.0 == code))
            .expect("the archive has it")
    }

    #[test]
    fn a_locale_says_its_marks_and_the_engine_gets_others() {
        let french = locale("fr-FR");
        let marks = Marks::of(&french);
        assert_eq!((&*marks.outer.0, &*marks.inner.1, marks.inside), ("«\u{a0}", "”", Inside::After));
        assert_eq!(&*marks.seasons[0], "printemps");
        let given = for_engine(&french);
        assert_eq!(long(&given, Term::Other(OtherTerm::CloseQuote)), Some("›"));
        assert_eq!(given.style_options.expect("it has options").punctuation_in_quote, Some(false));
        assert_eq!(Marks::of(&locale("en-US")).inside, Inside::Within);
    }
}
