//! The locale that the engine is given, and what it says before that.
//!
//! Quotation marks and seasons of that locale are characters by which `finish` knows them again; it has the locale's own from here.

use citationberg::taxonomy::{OtherTerm, Term};
use citationberg::{
    DelimiterBehavior, EtAlTerm, FontStyle, IndependentStyle, LayoutRenderingElement, Locale, LocaleFile, LocaleOptions, Names, NamesChild,
    TermForm, TextTarget,
};

use super::super::{Format, Inline};
use super::marks::{BeforeEtAl, Inside, Marks};

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
    /// What a locale says, with how a style sets names that are not given.
    pub fn of(locale: &Locale, style: &IndependentStyle) -> Marks {
        let own = |term: OtherTerm, other: &str| -> Box<str> { long(locale, Term::Other(term)).unwrap_or(other).into() };
        let american = Marks::default();
        let is_within = locale.style_options.as_ref().and_then(|options| options.punctuation_in_quote).unwrap_or(false);
        Marks {
            outer: (own(OtherTerm::OpenQuote, &american.outer.0), own(OtherTerm::CloseQuote, &american.outer.1)),
            inner: (own(OtherTerm::OpenInnerQuote, &american.inner.0), own(OtherTerm::CloseInnerQuote, &american.inner.1)),
            inside: if is_within { Inside::Within } else { Inside::After },
            seasons: std::array::from_fn(|at| own(SEASONS[at], &american.seasons[at])),
            et_al: et_al(locale, style),
            before_et_al: before_et_al(style),
        }
    }
}

fn long(locale: &Locale, term: Term) -> Option<&str> {
    locale.term(term, TermForm::Long)?.single()
}

/// The style's words for names that are not given, as its first `et-al` element sets them.
fn et_al(locale: &Locale, style: &IndependentStyle) -> Vec<Inline> {
    let element = names(style)
        .find_map(|names| names.children.iter().find_map(|child| if let NamesChild::EtAl(own) = child { Some(*own) } else { None }));
    let term = match element.unwrap_or_default().term {
        EtAlTerm::EtAl => OtherTerm::EtAl,
        EtAlTerm::AndOthers => OtherTerm::AndOthers,
    };
    let words = vec![Inline::text(long(locale, Term::Other(term)).unwrap_or("et al."))];
    match element.unwrap_or_default().formatting.font_style {
        Some(FontStyle::Italic) => vec![Inline::Span(Format::Italic, words)],
        _ => words,
    }
}

fn before_et_al(style: &IndependentStyle) -> BeforeEtAl {
    let first = names(style).next().map(|names| {
        let inherited = style.settings.options.apply(&names.options());
        names.name().map(|name| name.options(&inherited).delimiter_precedes_et_al).or(inherited.delimiter_precedes_et_al)
    });
    match first.flatten().unwrap_or_default() {
        DelimiterBehavior::Contextual => BeforeEtAl::Contextual,
        DelimiterBehavior::AfterInvertedName => BeforeEtAl::AfterInverted,
        DelimiterBehavior::Always => BeforeEtAl::Always,
        DelimiterBehavior::Never => BeforeEtAl::Never,
    }
}

/// All names of a style, those of its list first.
fn names(style: &IndependentStyle) -> impl Iterator<Item = &Names> {
    let list = style.bibliography.iter().flat_map(|list| &list.layout.elements);
    let mut found = Vec::new();
    list.chain(&style.citation.layout.elements).for_each(|element| collect(element, style, &mut Vec::new(), &mut found));
    found.into_iter()
}

fn collect<'a>(element: &'a LayoutRenderingElement, style: &'a IndependentStyle, open: &mut Vec<&'a str>, found: &mut Vec<&'a Names>) {
    match element {
        LayoutRenderingElement::Names(names) => found.push(names),
        LayoutRenderingElement::Group(group) => group.children.iter().for_each(|child| collect(child, style, open, found)),
        LayoutRenderingElement::Choose(choose) => {
            let branches = choose.branches().flat_map(|branch| &branch.children);
            let otherwise = choose.otherwise.iter().flat_map(|branch| &branch.children);
            branches.chain(otherwise).for_each(|child| collect(child, style, open, found));
        }
        LayoutRenderingElement::Text(text) => {
            let TextTarget::Macro { name } = &text.target else { return };
            // Names of one macro are enough of a kind: each is looked through once.
            if open.contains(&&**name) {
                return;
            }
            open.push(name);
            let called = style.macros.iter().filter(|own| own.name == *name).flat_map(|own| &own.children);
            called.for_each(|child| collect(child, style, open, found));
        }
        LayoutRenderingElement::Date(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::inline::plain;
    use super::*;

    fn style(name: &str) -> IndependentStyle {
        match hayagriva::archive::ArchivedStyle::by_name(name).expect("the archive has it").get() {
            citationberg::Style::Independent(style) => style,
            citationberg::Style::Dependent(_) => panic!("{name} is dependent"),
        }
    }

    fn locale(code: &str) -> Locale {
        hayagriva::archive::locales()
            .into_iter()
            .find(|locale| locale.lang.as_ref().is_some_and(|lang| lang.0 == code))
            .expect("the archive has it")
    }

    #[test]
    fn a_locale_says_its_marks_and_the_engine_gets_others() {
        let french = locale("fr-FR");
        let marks = Marks::of(&french, &style("ieee"));
        assert_eq!((&*marks.outer.0, &*marks.inner.1, marks.inside), ("«\u{a0}", "”", Inside::After));
        assert_eq!(&*marks.seasons[0], "printemps");
        assert_eq!(marks.et_al, [Inline::Span(Format::Italic, vec![Inline::text("et al.")])]);
        let given = for_engine(&french);
        assert_eq!(long(&given, Term::Other(OtherTerm::CloseQuote)), Some("›"));
        assert_eq!(given.style_options.expect("it has options").punctuation_in_quote, Some(false));
        assert_eq!(Marks::of(&locale("en-US"), &style("apa")).inside, Inside::Within);
    }

    #[test]
    fn every_style_says_how_names_that_are_not_given_are_told() {
        assert_eq!(plain(&Marks::of(&locale("en-GB"), &style("apa")).et_al), "et al.");
        assert_eq!(
            Marks::of(&locale("en-GB"), &style("modern-humanities-research-association-notes")).before_et_al,
            BeforeEtAl::AfterInverted
        );
    }
}
