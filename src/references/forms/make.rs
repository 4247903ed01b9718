//! Making a form: a style reduced to a source, printed by the engine, as pieces.
//!
//! Owns `Prepared`. It must not know how forms are remembered.

use std::collections::BTreeMap;

use citationberg::taxonomy::{NameVariable, OtherTerm, StandardVariable, Term, Variable};
use citationberg::{
    IndependentStyle, InheritableNameOptions, LayoutRenderingElement, Locale, LocaleCode, Name, NameAnd, NameForm, Names, NamesChild,
    PurgeLevel, Substitute, TermForm, Text, TextTarget, ToAffixes,
};
use hayagriva::{CitationItem, CitationRequest};
use serde::{Deserialize, Serialize};

use super::facts::Known;
use super::form::{Filling, Form, Hole, Piece, has_hole, list_content};
use super::named::Counted;
use super::reduce::{Reducer, grouped};
use super::{Asked, Which, ranges, sorting, tree};
use crate::references::style::{Locales, Style};
use crate::references::tidy::{self, Marks};
use crate::references::{Inline, Item};

/// A style in a locale, ready to print.
pub struct Prepared {
    style: Style,
    locale: Locale,
    code: LocaleCode,
    /// The style without layouts and macros.
    shell: IndependentStyle,
    pub words: Words,
}

/// What a style and a locale say to readers whatever is cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What stands for the marks of the locale that the engine is given.
    marks: Marks,
    labels: Labels,
    /// Terms in small letters with which a note may begin: `ibid.`.
    terms: Vec<Box<str>>,
    /// What joins the last of several names, in a word.
    pub and: Box<str>,
}

/// Short labels of locators, by their names of CSL: of one place and of several.
type Labels = BTreeMap<Box<str>, (Box<str>, Box<str>)>;

impl Prepared {
    /// A style in a locale of `Style::locale`.
    pub fn new(style: &Style, locale: &str, locales: &Locales) -> Prepared {
        let csl = style.csl();
        let code = LocaleCode(locale.into());
        let own = locales.of(csl, locale);
        let words = Words { marks: Marks::of(&own), labels: labels(&own), terms: small_terms(&own), and: and(&own) };
        let locale = tidy::for_engine(&own);
        let mut info = csl.info.clone();
        info.purge(PurgeLevel::Full);
        let shell = IndependentStyle {
            info,
            default_locale: Some(code.clone()),
            version: csl.version.clone(),
            citation: citationberg::Citation::with_layout(citationberg::Layout::with_elements(Vec::new())),
            bibliography: None,
            settings: csl.settings.clone(),
            macros: Vec::new(),
            locale: Vec::new(),
        };
        Prepared { style: style.clone(), locale, code, shell, words }
    }

    /// The form of a source that is asked for.
    pub fn make(&self, item: &Item, which: &Which) -> Form {
        let item = tidy::given(item, &self.code.0);
        let form = self.of_start(&item, which);
        let form = match ranges::end(&item) {
            Some(end) if !matches!(which, Which::Sort(..)) => ranges::merge(form, &self.of_start(&end, which)),
            _ => form,
        };
        let form = if let Which::Sort(..) = which { form } else { Form::new(form.pieces) };
        match which {
            Which::Entry(asked) if !asked.has_letter && !form.is_blank() => {
                let content = self.words.finished(list_content(&form, &Filling::default()));
                Form { content: Some(content), ..form }
            }
            _ => form,
        }
    }

    /// The form of a source; of a range of dates only the start is in it.
    fn of_start(&self, item: &Item, which: &Which) -> Form {
        let known = Known::new(item, &self.code.0);
        match which {
            Which::Entry(asked) => self.entry(&known, asked),
            Which::Cite(asked) => self.cite(&known, asked),
            Which::Author(asked) => self.author(&known, asked),
            Which::Sort(order) => {
                let keys = sorting::keys(self.style.csl(), &known, *order);
                Form { pieces: keys.into_iter().map(|key| Piece::Text(key.into())).collect(), content: None }
            }
        }
    }

    fn entry(&self, known: &Known, asked: &Asked) -> Form {
        let csl = self.style.csl();
        let Some(list) = &csl.bibliography else { return Form::default() };
        let (children, _) = self.reduced(&list.layout.elements, &list.name_options, known, asked);
        let affixes = list.layout.to_affixes();
        // A group pulls its suffix into quotation marks, which a layout does not.
        let mut group = grouped(children.0, citationberg::Formatting::default());
        (group.prefix, group.suffix) = (affixes.prefix, affixes.suffix);
        let mut layout = list.layout.clone();
        layout.elements = vec![LayoutRenderingElement::Group(group)];
        self.printed(layout, children.1, &list.name_options, known, asked)
    }

    fn cite(&self, known: &Known, asked: &Asked) -> Form {
        let citation = &self.style.csl().citation;
        let (children, _) = self.reduced(&citation.layout.elements, &citation.name_options, known, asked);
        let mut layout = citation.layout.clone();
        layout.elements = children.0;
        self.printed(layout, children.1, &citation.name_options, known, asked)
    }

    /// Names as they stand in a sentence, where citations of the style have none.
    fn author(&self, known: &Known, asked: &Asked) -> Form {
        let options = &self.style.csl().citation.name_options;
        let mut name = Name::default();
        name.form = Some(NameForm::Short);
        let others = [NameVariable::Editor, NameVariable::Translator, NameVariable::Director];
        let mut substitutes: Vec<LayoutRenderingElement> =
            others.iter().map(|variable| LayoutRenderingElement::Names(Names::with_variables(vec![*variable]))).collect();
        let title = Variable::Standard(StandardVariable::Title);
        let title = TextTarget::Variable { var: title, form: citationberg::LongShortForm::Short };
        substitutes.push(LayoutRenderingElement::Text(Text { quotes: true, ..Text::with_target(title) }));
        let mut names = Names::with_variables(vec![NameVariable::Author]);
        names.children = vec![NamesChild::Name(name), NamesChild::Substitute(Substitute { children: substitutes })];
        names.and = Some(NameAnd::Text);
        names.et_al_min = options.et_al_min.or(Some(4));
        names.et_al_use_first = options.et_al_use_first.or(Some(1));
        let elements = [LayoutRenderingElement::Names(names)];
        let none = InheritableNameOptions::default();
        let (children, _) = self.reduced(&elements, &none, known, asked);
        self.printed(citationberg::Layout::with_elements(children.0), children.1, &none, known, asked)
    }

    #[allow(clippy::type_complexity)]
    fn reduced(
        &self,
        elements: &[LayoutRenderingElement],
        options: &InheritableNameOptions,
        known: &Known,
        asked: &Asked,
    ) -> ((Vec<LayoutRenderingElement>, Vec<citationberg::CslMacro>), super::reduce::Use) {
        let counted = Counted { inherited: self.shell.settings.options.apply(options), names: 0 };
        let mut reducer = Reducer::new(self.style.csl(), known, asked, counted);
        let (children, uses) = reducer.all(elements);
        ((children, reducer.macros), uses)
    }

    fn printed(
        &self,
        layout: citationberg::Layout,
        macros: Vec<citationberg::CslMacro>,
        options: &InheritableNameOptions,
        known: &Known,
        asked: &Asked,
    ) -> Form {
        if layout.elements.is_empty() {
            return Form::default();
        }
        let mut style = IndependentStyle { macros, ..self.shell.clone() };
        style.citation.layout = citationberg::Layout { prefix: None, suffix: None, delimiter: None, ..layout };
        style.citation.name_options = options.clone();
        let locales = std::slice::from_ref(&self.locale);
        let items = vec![CitationItem::with_entry(&known.json)];
        let printed = hayagriva::standalone_citation(CitationRequest::new(items, &style, Some(self.code.clone()), locales, None));
        let mut pieces = tree::pieces(&printed, &known.addresses);
        if asked.has_letter && !has_hole(&pieces, &|hole| hole == Hole::Letter) {
            put_letter(&mut pieces);
        }
        Form { pieces, content: None }
    }
}

impl Words {
    /// Whether text begins with a term of the locale in small letters.
    pub fn opens_with_term(&self, text: &str) -> bool {
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        text.starts_with(char::is_lowercase) && self.terms.iter().any(|term| text.strip_prefix(&**term).is_some_and(ends))
    }

    /// What was printed, as readers see it.
    pub fn finished(&self, pieces: Vec<Inline>) -> Vec<Inline> {
        tidy::finish(pieces, &self.marks)
    }

    /// The short label of a locator, such as `pp.`; empty where it has none.
    pub fn label(&self, locator: &str, is_plural: bool) -> &str {
        self.labels.get(locator).map_or("", |(one, several)| if is_plural { several } else { one })
    }
}

/// The word that joins names; the sign where a locale has none.
fn and(locale: &Locale) -> Box<str> {
    term_of(locale, Term::Other(OtherTerm::And), TermForm::Long, false).map_or("&".into(), Into::into)
}

/// Terms that are neither labels nor roles and begin with a small letter.
fn small_terms(locale: &Locale) -> Vec<Box<str>> {
    let own = locale.terms.iter().flat_map(|terms| &terms.terms).filter(|term| matches!(term.name, Term::Other(_)));
    let texts = own.filter_map(|term| term.single()).filter(|text| text.starts_with(char::is_lowercase));
    texts.map(Into::into).collect()
}

fn labels(locale: &Locale) -> Labels {
    let all = [
        "act",
        "appendix",
        "article-locator",
        "book",
        "canon",
        "chapter",
        "column",
        "elocation",
        "equation",
        "figure",
        "folio",
        "issue",
        "line",
        "note",
        "opus",
        "page",
        "paragraph",
        "part",
        "rule",
        "scene",
        "section",
        "sub-verbo",
        "supplement",
        "table",
        "timestamp",
        "title-locator",
        "verse",
        "volume",
    ];
    let label = |name: &str| {
        let term = Term::Locator(name.parse().ok()?);
        let short = |plural: bool| Box::<str>::from(term_of(locale, term, TermForm::Short, plural).unwrap_or_default());
        Some((Box::<str>::from(name), (short(false), short(true))))
    };
    all.into_iter().filter_map(label).collect()
}

/// A term of a locale; of a form that it does not have, the form that stands for it.
fn term_of(locale: &Locale, term: Term, form: TermForm, plural: bool) -> Option<String> {
    let mut form = Some(form);
    while let Some(own) = form {
        if let Some(found) = locale.term(term, own) {
            return if plural { found.multiple() } else { found.single() }.map(str::to_string);
        }
        form = own.fallback();
    }
    None
}

/// Puts the hole for a letter behind the year of the first date, where a style says nothing of it.
fn put_letter(pieces: &mut [Piece]) -> bool {
    pieces.iter_mut().any(|piece| match piece {
        Piece::Date(inside) => put_behind_year(inside),
        Piece::Span(_, inside) | Piece::Names(inside) => put_letter(inside),
        _ => false,
    })
}

fn put_behind_year(pieces: &mut Vec<Piece>) -> bool {
    for at in 0..pieces.len() {
        let (year, rest) = match &mut pieces[at] {
            Piece::Text(text) => {
                let Some(end) = end_of_year(text) else { continue };
                (text[..end].into(), text[end..].into())
            }
            Piece::Span(_, inside) => match put_behind_year(inside) {
                true => return true,
                false => continue,
            },
            _ => continue,
        };
        pieces.splice(at..=at, [Piece::Text(year), Piece::Hole(Hole::Letter), Piece::Text(rest)]);
        return true;
    }
    false
}

/// Where the first run of three or more digits ends.
fn end_of_year(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = 0;
    for at in 0..=bytes.len() {
        if at == bytes.len() || !bytes[at].is_ascii_digit() {
            if at - start >= 3 {
                return Some(at);
            }
            start = at + 1;
        }
    }
    None
}
