//! What sources are sorted by, as a style says it.
//!
//! A key is text that is compared by the rules of a language: what a macro would print, names by their family, dates by their digits
//! (<https://docs.citationstyles.org/en/stable/specification.html#sorting>). It must not know how texts are compared.

use citationberg::taxonomy::{NumberOrPageVariable, NumberVariable, Variable};
use citationberg::{
    Date, DatePartName, DateParts, DemoteNonDroppingParticle, IndependentStyle, LayoutRenderingElement, NameForm, Names, SortKey,
    TextTarget,
};

use super::super::{self as references, Date as Own, Name};
use super::facts::{Known, particles};
use super::marks;
use super::named::Counted;
use super::reduce::Reducer;
use super::{Asked, Order};

/// Stands before what has no value: such entries are last in either direction.
pub const MISSING: &str = "\u{10FFFF}";

/// What a source is sorted by, key by key.
pub fn keys(style: &IndependentStyle, known: &Known, order: Order) -> Vec<String> {
    let sort = match order {
        Order::List => style.bibliography.as_ref().and_then(|list| list.sort.as_ref()),
        Order::Cluster => style.citation.sort.as_ref(),
    };
    sort.iter().flat_map(|sort| &sort.keys).map(|own| key(style, known, own)).collect()
}

fn key(style: &IndependentStyle, known: &Known, key: &SortKey) -> String {
    match key {
        SortKey::Variable { variable, .. } => of_variable(style, known, *variable),
        SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } => {
            let mut inherited = style.settings.options.clone();
            inherited.et_al_min = names_min.or(inherited.et_al_min);
            inherited.et_al_use_first = names_use_first.or(inherited.et_al_use_first);
            inherited.et_al_use_last = names_use_last.or(inherited.et_al_use_last);
            let asked = Asked::list();
            let Some(called) = style.macros.iter().find(|own| own.name == *name) else { return MISSING.into() };
            let mut reducer = Reducer::new(style, known, &asked, Counted { inherited, names: 0 });
            let (left, _) = reducer.all(&called.children);
            let mut text = String::new();
            let macros = reducer.macros;
            left.iter().for_each(|element| add(element, style, known, &macros, &mut text));
            if text.trim().is_empty() { MISSING.into() } else { folded(&text) }
        }
    }
}

/// Text as it is compared: without quotation marks and markup.
fn folded(text: &str) -> String {
    let plain = marks::plain(text).to_lowercase();
    plain
        .chars()
        .filter(|letter| !matches!(letter, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '[' | ']' | '(' | ')'))
        .collect::<String>()
        .trim()
        .into()
}

fn of_variable(style: &IndependentStyle, known: &Known, variable: Variable) -> String {
    let text = match variable {
        Variable::Date(date) => known.date(date).map(|date| digits(date, true, true)),
        Variable::Name(name) => known.names(name).map(|names| joined(&names.names, style)),
        Variable::Number(NumberVariable::CitationNumber) => Some(String::new()),
        variable => known.text(variable).map(|text| padded(&folded(&text))),
    };
    text.filter(|text| !text.is_empty() || variable == Variable::Number(NumberVariable::CitationNumber)).unwrap_or_else(|| MISSING.into())
}

fn add(element: &LayoutRenderingElement, style: &IndependentStyle, known: &Known, macros: &[citationberg::CslMacro], text: &mut String) {
    match element {
        LayoutRenderingElement::Text(own) => match &own.target {
            TextTarget::Variable { var, .. } => text.push_str(&known.text(*var).unwrap_or_default()),
            TextTarget::Macro { name } => {
                let called = macros.iter().find(|own| own.name == *name);
                called.iter().flat_map(|own| &own.children).for_each(|child| add(child, style, known, macros, text));
            }
            TextTarget::Value { val } => text.push_str(val),
            TextTarget::Term { .. } => text.push(' '),
        },
        LayoutRenderingElement::Number(number) => {
            let variable = match number.variable {
                NumberOrPageVariable::Number(own) => Variable::Number(own),
                NumberOrPageVariable::Page(own) => Variable::Page(own),
            };
            text.push_str(&padded(&known.text(variable).unwrap_or_default()));
        }
        LayoutRenderingElement::Date(date) => text.push_str(&of_date(date, known)),
        LayoutRenderingElement::Names(names) => text.push_str(&of_names(names, style, known)),
        LayoutRenderingElement::Group(group) => {
            for child in &group.children {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
                add(child, style, known, macros, text);
            }
        }
        LayoutRenderingElement::Label(_) | LayoutRenderingElement::Choose(_) => {}
    }
}

fn of_names(names: &Names, style: &IndependentStyle, known: &Known) -> String {
    let options = names.name();
    if options.is_some_and(|name| name.form == Some(NameForm::Count)) {
        let count: usize = names.variable.iter().filter_map(|variable| known.names(*variable)).map(|names| names.names.len()).sum();
        return format!("{count:06}");
    }
    let inherited = style.settings.options.apply(&names.options());
    let shown =
        options.map(|name| name.options(&inherited)).and_then(|options| options.et_al_use_first).map_or(usize::MAX, |first| first as usize);
    let all = names.variable.iter().filter_map(|variable| known.names(*variable));
    let texts: Vec<String> = all.map(|names| joined(&names.names[..names.names.len().min(shown.max(1))], style)).collect();
    texts.join("  ")
}

/// Names by their family, each after two blanks, which come before any letter: a name alone is before those that begin with it.
fn joined(names: &[Name], style: &IndependentStyle) -> String {
    let is_demoted = style.settings.demote_non_dropping_particle != DemoteNonDroppingParticle::Never;
    let texts: Vec<String> = names.iter().map(|name| one(name, is_demoted)).collect();
    folded(&texts.join("  "))
}

fn one(name: &Name, is_demoted: bool) -> String {
    match name {
        Name::Body(body) => {
            let articles = ["The ", "the ", "A ", "a ", "An ", "an "];
            articles.iter().find_map(|article| body.strip_prefix(article)).unwrap_or(body).into()
        }
        Name::Person { family, given, particle, dropping, suffix, .. } => {
            let (particle, family) = particles(particle, family);
            let parts: Vec<&str> = match is_demoted {
                true => vec![&family, given, dropping, &particle, suffix],
                false => vec![&particle, &family, given, dropping, suffix],
            };
            let filled: Vec<&str> = parts.into_iter().map(|part: &str| part.trim()).filter(|part| !part.is_empty()).collect();
            filled.join(" ")
        }
    }
}

/// The parts of a date that a style prints, as digits.
fn of_date(date: &Date, known: &Known) -> String {
    let Some(own) = date.variable.and_then(|variable| known.date(variable)) else { return String::new() };
    let has = |name: DatePartName| date.date_part.iter().any(|part| part.name == name);
    match (date.form.is_some(), date.parts.unwrap_or_default()) {
        (true, DateParts::Year) => digits(own, false, false),
        (true, DateParts::YearMonth) => digits(own, true, false),
        (true, DateParts::YearMonthDay) => digits(own, true, true),
        (false, _) => digits(own, has(DatePartName::Month), has(DatePartName::Day)),
    }
}

/// The beginning of a date, and behind it the end of a range, which comes after what has none.
fn digits(date: &Own, month: bool, day: bool) -> String {
    let one = |own: references::Day| {
        let season = date.season.map(|season| season * 3);
        let month = if month { own.month.or(season).unwrap_or_default() } else { 0 };
        let day = if day { own.day.unwrap_or_default() } else { 0 };
        format!("{:06}{month:02}{day:02}", i64::from(own.year) + 100_000)
    };
    match (date.from, date.to) {
        (Some(from), Some(to)) => format!("{} {}", one(from), one(to)),
        (Some(from), None) => one(from),
        (None, _) => String::new(),
    }
}

/// Text with its numbers so long that they are in order as text.
fn padded(text: &str) -> String {
    let mut padded = String::new();
    let mut number = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        if !number.is_empty() {
            padded.push_str(&format!("{:0>9}", std::mem::take(&mut number)));
        }
        padded.extend((letter != '\0').then_some(letter));
    }
    padded
}
