//! A style reduced to what it says of one source: conditions decided, empty groups taken out, substitutes chosen, holes put in.
//!
//! What is left has no choices, and the engine only has to print it. That takes a tenth of the time, and what is empty is decided by the specification
//! (<https://docs.citationstyles.org/en/stable/specification.html>) and not by the engine. It must not know how anything is printed.

use citationberg::taxonomy::{Kind, Locator, NameVariable, NumberOrPageVariable, NumberVariable, StandardVariable, Term, Variable};
use citationberg::{
    Choose, ChooseBranch, CslMacro, Date, DatePartName, Display, Group, IndependentStyle, Label, LabelPluralize, LayoutRenderingElement,
    LongShortForm, Names, Number, TestPosition, Text, TextTarget, ToFormatting,
};

use super::super::tidy;
use super::facts::Known;
use super::form::Hole;
use super::named::{self, Counted};
use super::numeric::is_numeric;
use super::{Asked, Position, marks};

/// What stands in a substitute, with names in it that inherit from those they stand for; also within a choice, where the engine forgets it.
fn inherited(names: &Names, child: &LayoutRenderingElement) -> LayoutRenderingElement {
    let all = |children: &[LayoutRenderingElement]| children.iter().map(|child| inherited(names, child)).collect();
    match child {
        LayoutRenderingElement::Names(own) => LayoutRenderingElement::Names(names.from_names_substitute(own)),
        LayoutRenderingElement::Group(group) => LayoutRenderingElement::Group(Group { children: all(&group.children), ..group.clone() }),
        LayoutRenderingElement::Choose(choose) => {
            let mut choose = choose.clone();
            for branch in std::iter::once(&mut choose.if_).chain(&mut choose.else_if) {
                branch.children = all(&branch.children);
            }
            if let Some(branch) = &mut choose.otherwise {
                branch.children = all(&branch.children);
            }
            LayoutRenderingElement::Choose(choose)
        }
        other => other.clone(),
    }
}

/// Marks the group that stands where names would: no style sets a group of a citation so.
pub const IN_PLACE_OF_NAMES: Display = Display::Indent;

/// What a part of a style uses of a source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Use {
    /// Whether it asks for a variable.
    asks: bool,
    /// Whether one of them says something.
    is_filled: bool,
    /// Whether anything is printed.
    pub prints: bool,
}

impl Use {
    const EMPTY: Use = Use { asks: true, is_filled: false, prints: false };
    const FILLED: Use = Use { asks: true, is_filled: true, prints: true };
    const FIXED: Use = Use { asks: false, is_filled: false, prints: true };
    const NOTHING: Use = Use { asks: false, is_filled: false, prints: false };

    fn and(self, other: Use) -> Use {
        Use { asks: self.asks || other.asks, is_filled: self.is_filled || other.is_filled, prints: self.prints || other.prints }
    }
}

/// Reduces the parts of one layout, in order.
pub struct Reducer<'a> {
    style: &'a IndependentStyle,
    known: &'a Known<'a>,
    asked: &'a Asked,
    counted: Counted,
    /// What was printed in place of names: it is not printed again.
    substituted: Vec<Variable>,
    /// What has been printed.
    printed: Vec<Variable>,
    /// Macros that are left as such, by their new names.
    pub macros: Vec<CslMacro>,
}

impl<'a> Reducer<'a> {
    pub fn new(style: &'a IndependentStyle, known: &'a Known<'a>, asked: &'a Asked, counted: Counted) -> Reducer<'a> {
        Reducer { style, known, asked, counted, substituted: Vec::new(), printed: Vec::new(), macros: Vec::new() }
    }

    /// What is left of elements.
    pub fn all(&mut self, elements: &[LayoutRenderingElement]) -> (Vec<LayoutRenderingElement>, Use) {
        let mut left = Vec::new();
        let uses = self.into(elements, &mut left);
        (left, uses)
    }

    fn into(&mut self, elements: &[LayoutRenderingElement], left: &mut Vec<LayoutRenderingElement>) -> Use {
        elements.iter().fold(Use::default(), |uses, element| uses.and(self.one(element, left)))
    }

    fn one(&mut self, element: &LayoutRenderingElement, left: &mut Vec<LayoutRenderingElement>) -> Use {
        match element {
            LayoutRenderingElement::Text(text) => self.text(text, left),
            LayoutRenderingElement::Number(number) => self.number(number, left),
            LayoutRenderingElement::Label(label) => self.label(label, left),
            LayoutRenderingElement::Date(date) => self.date(date, left),
            LayoutRenderingElement::Names(names) => self.names(names, left),
            LayoutRenderingElement::Choose(choose) => self.choose(choose, left),
            LayoutRenderingElement::Group(group) => self.group(group, left),
        }
    }

    /// Notes that a variable is printed.
    fn filled(&mut self, variable: Variable) -> Use {
        self.printed.push(variable);
        Use::FILLED
    }

    fn text(&mut self, text: &Text, left: &mut Vec<LayoutRenderingElement>) -> Use {
        match &text.target {
            TextTarget::Variable { var, form } => self.variable(text, *var, *form, left),
            TextTarget::Macro { name } => self.called(text, name, left),
            TextTarget::Term { term: Term::Kind(Kind::Legislation), .. } if tidy::is_act_elsewhere(self.known.item) => Use::NOTHING,
            TextTarget::Term { .. } => {
                left.push(LayoutRenderingElement::Text(text.clone()));
                Use::FIXED
            }
            TextTarget::Value { val } if val.is_empty() => Use::NOTHING,
            TextTarget::Value { .. } => {
                left.push(LayoutRenderingElement::Text(text.clone()));
                Use::FIXED
            }
        }
    }

    fn variable(&mut self, text: &Text, variable: Variable, form: LongShortForm, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let set = |target: TextTarget| LayoutRenderingElement::Text(Text { target, ..text.clone() });
        if self.substituted.contains(&variable) {
            return Use::EMPTY;
        }
        match variable {
            Variable::Standard(StandardVariable::YearSuffix) if !self.asked.has_letter => Use::NOTHING,
            Variable::Standard(StandardVariable::YearSuffix) => {
                left.push(set(value(marks::hole(Hole::Letter))));
                Use::FILLED
            }
            Variable::Standard(standard) if self.known.has_text(standard) || self.short(standard, form).is_some() => {
                let own = self.short(standard, form).unwrap_or(standard);
                left.push(set(TextTarget::Variable { var: Variable::Standard(own), form }));
                self.filled(variable)
            }
            Variable::Number(number) => match self.numbered(number) {
                Some(Numbered::Hole(hole)) => {
                    left.push(set(value(marks::hole(hole))));
                    self.filled(variable)
                }
                Some(Numbered::Word(word)) => {
                    left.push(set(TextTarget::Value { val: word }));
                    self.filled(variable)
                }
                Some(Numbered::Number) => {
                    left.push(LayoutRenderingElement::Text(text.clone()));
                    self.filled(variable)
                }
                None => Use::EMPTY,
            },
            Variable::Page(_) if self.known.has_page() => {
                left.push(LayoutRenderingElement::Text(text.clone()));
                self.filled(variable)
            }
            _ => Use::EMPTY,
        }
    }

    /// The variable with the short form of another, if the source has one and it is asked for.
    fn short(&self, variable: StandardVariable, form: LongShortForm) -> Option<StandardVariable> {
        let short = match variable {
            StandardVariable::Title => StandardVariable::TitleShort,
            StandardVariable::ContainerTitle => StandardVariable::ContainerTitleShort,
            _ => return None,
        };
        (form == LongShortForm::Short && self.known.has_text(short)).then_some(short)
    }

    /// What is printed of a number variable, if anything is.
    fn numbered(&self, variable: NumberVariable) -> Option<Numbered> {
        match variable {
            NumberVariable::Locator => self.asked.place.as_ref().map(|_| Numbered::Hole(Hole::Locator)),
            NumberVariable::FirstReferenceNoteNumber => (self.asked.position > Position::First).then_some(Numbered::Hole(Hole::FirstNote)),
            NumberVariable::CitationNumber => Some(Numbered::Number),
            _ if !self.known.has_number(variable) => None,
            _ => match self.known.json.0.get(&variable.to_string()) {
                Some(citationberg::json::Value::String(text)) if !is_numeric(text) => Some(Numbered::Word(text.clone())),
                _ => Some(Numbered::Number),
            },
        }
    }

    /// A macro counts as a group: it stays one where nothing else is said of it.
    fn called(&mut self, text: &Text, name: &str, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let Some(called) = self.style.macros.iter().find(|own| own.name == name) else { return Use::NOTHING };
        let (children, uses) = self.all(&called.children);
        if !uses.prints || uses.asks && !uses.is_filled {
            return Use { prints: false, ..uses };
        }
        if text.quotes || text.strip_periods || text.text_case.is_some() {
            let name = self.macros.len().to_string();
            self.macros.push(CslMacro { name: name.clone(), children });
            left.push(LayoutRenderingElement::Text(Text { target: TextTarget::Macro { name }, ..text.clone() }));
        } else {
            let group = Group {
                prefix: text.affixes.prefix.clone(),
                suffix: text.affixes.suffix.clone(),
                display: text.display,
                ..grouped(children, text.formatting)
            };
            left.push(LayoutRenderingElement::Group(group));
        }
        Use { asks: uses.asks, is_filled: uses.asks, prints: true }
    }

    fn number(&mut self, number: &Number, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let variable = Variable::from(number.variable);
        if self.substituted.contains(&variable) {
            return Use::EMPTY;
        }
        let numbered = match number.variable {
            NumberOrPageVariable::Page(_) => self.known.has_page().then_some(Numbered::Number),
            NumberOrPageVariable::Number(own) => self.numbered(own),
        };
        let target = match numbered {
            None => return Use::EMPTY,
            Some(Numbered::Number) => {
                left.push(LayoutRenderingElement::Number(number.clone()));
                return self.filled(variable);
            }
            Some(Numbered::Hole(hole)) => value(marks::hole(hole)),
            Some(Numbered::Word(val)) => TextTarget::Value { val },
        };
        left.push(LayoutRenderingElement::Text(Text {
            formatting: number.formatting,
            affixes: number.affixes.clone(),
            display: number.display,
            text_case: number.text_case,
            ..Text::with_target(target)
        }));
        self.filled(variable)
    }

    fn label(&mut self, label: &Label, left: &mut Vec<LayoutRenderingElement>) -> Use {
        if label.variable != NumberOrPageVariable::Number(NumberVariable::Locator) {
            let has = match label.variable {
                NumberOrPageVariable::Page(_) => self.known.has_page(),
                NumberOrPageVariable::Number(number) => self.known.has_number(number) || number == NumberVariable::CitationNumber,
            };
            let is_public_law =
                label.variable != NumberOrPageVariable::Number(NumberVariable::Number) || !tidy::is_act_elsewhere(self.known.item);
            if !has || !is_public_law || self.substituted.contains(&Variable::from(label.variable)) {
                return Use::NOTHING;
            }
            left.push(LayoutRenderingElement::Label(label.clone()));
            return Use::FIXED;
        }
        let Some((term, plural)) = self.asked.place.as_ref().and_then(|place| Some((place.locator()?, place.is_plural))) else {
            return Use::NOTHING;
        };
        let own = &label.label;
        let plural = match own.plural {
            LabelPluralize::Contextual => plural,
            LabelPluralize::Always => true,
            LabelPluralize::Never => false,
        };
        left.push(LayoutRenderingElement::Text(Text {
            formatting: own.formatting,
            affixes: own.affixes.clone(),
            text_case: own.text_case,
            strip_periods: own.strip_periods,
            ..Text::with_target(TextTarget::Term { term: Term::Locator(term), form: own.form, plural })
        }));
        Use::FIXED
    }

    fn date(&mut self, date: &Date, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let Some(variable) = date.variable.filter(|variable| !self.substituted.contains(&Variable::Date(*variable))) else {
            return Use::EMPTY;
        };
        let Some(known) = self.known.date(variable) else { return Use::EMPTY };
        let Some(from) = known.from.filter(|_| self.known.json.0.contains_key(&variable.to_string())) else {
            let words = known.words.as_deref().unwrap_or_default();
            left.push(LayoutRenderingElement::Text(Text {
                formatting: date.formatting,
                affixes: date.affixes.clone(),
                display: date.display,
                ..Text::with_target(TextTarget::Value { val: words.into() })
            }));
            return self.filled(Variable::Date(variable));
        };
        let has = |part: &citationberg::DatePart| match part.name {
            DatePartName::Year => true,
            DatePartName::Month => from.month.is_some() || known.season.is_some(),
            DatePartName::Day => from.day.is_some(),
        };
        if date.form.is_none() && !date.date_part.iter().any(has) {
            return Use::EMPTY;
        }
        left.push(LayoutRenderingElement::Date(date.clone()));
        self.filled(Variable::Date(variable))
    }

    fn names(&mut self, names: &Names, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let has = |variable: &NameVariable| self.known.has_names(*variable) && !self.substituted.contains(&Variable::Name(*variable));
        let there: Vec<NameVariable> = names.variable.iter().copied().filter(has).collect();
        if there.is_empty() {
            return self.substitute(names, left);
        }
        let set = named::set(names, &there, self.known, self.asked, &mut self.counted);
        left.push(LayoutRenderingElement::Names(set));
        self.printed.extend(there.iter().map(|variable| Variable::Name(*variable)));
        Use::FILLED
    }

    /// What stands in place of names: the first that says something, which is not said again afterwards.
    fn substitute(&mut self, names: &Names, left: &mut Vec<LayoutRenderingElement>) -> Use {
        for child in names.substitute().iter().flat_map(|substitute| &substitute.children) {
            let own = inherited(names, child);
            let from = self.printed.len();
            let mut children = Vec::new();
            let uses = self.one(&own, &mut children);
            if uses.prints {
                self.substituted.extend_from_slice(&self.printed[from..]);
                let group = Group { display: Some(IN_PLACE_OF_NAMES), ..grouped(children, names.to_formatting()) };
                left.push(LayoutRenderingElement::Group(group));
                return Use::FILLED;
            }
        }
        Use::EMPTY
    }

    fn group(&mut self, group: &Group, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let (children, uses) = self.all(&group.children);
        if !uses.prints || uses.asks && !uses.is_filled {
            return Use { prints: false, ..uses };
        }
        left.push(LayoutRenderingElement::Group(Group { children, ..group.clone() }));
        Use { is_filled: true, ..uses }
    }

    fn choose(&mut self, choose: &Choose, left: &mut Vec<LayoutRenderingElement>) -> Use {
        let taken = choose.branches().find(|branch| self.holds(branch)).map(|branch| &branch.children);
        match taken.or(choose.otherwise.as_ref().map(|branch| &branch.children)) {
            Some(children) => self.into(children, left),
            None => Use::NOTHING,
        }
    }

    fn holds(&self, branch: &ChooseBranch) -> bool {
        let known = self.known;
        let mut tests: Vec<bool> = Vec::new();
        tests.extend(branch.disambiguate.map(|wanted| wanted == self.asked.is_chosen));
        tests.extend(branch.is_numeric.iter().flatten().map(|variable| self.is_numeric(*variable)));
        tests.extend(branch.is_uncertain_date.iter().flatten().map(|variable| known.date(*variable).is_some_and(|date| date.circa)));
        let locator = self.asked.place.as_ref().map(|place| place.locator().unwrap_or(Locator::Custom));
        tests.extend(branch.locator.iter().flatten().map(|wanted| locator == Some(*wanted)));
        tests.extend(branch.position.iter().flatten().map(|wanted| self.asked.position.is(*wanted)));
        tests.extend(branch.type_.iter().flatten().map(|wanted| known.kind == Some(*wanted)));
        tests.extend(branch.variable.iter().flatten().map(|variable| self.has(*variable)));
        branch.match_.test(tests.into_iter())
    }

    /// Whether a variable says something, printed already or not.
    fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Standard(StandardVariable::YearSuffix) => self.asked.has_letter,
            Variable::Standard(standard) => self.known.has_text(standard),
            Variable::Number(number) => self.numbered(number).is_some(),
            Variable::Page(_) => self.known.has_page(),
            Variable::Date(date) => self.known.date(date).is_some(),
            Variable::Name(name) => self.known.has_names(name),
        }
    }

    fn is_numeric(&self, variable: Variable) -> bool {
        match variable {
            Variable::Number(NumberVariable::Locator) => self.asked.place.as_ref().is_some_and(|place| place.is_numeric),
            Variable::Number(NumberVariable::CitationNumber) => true,
            _ => self.known.text(variable).is_some_and(|text| is_numeric(&text)),
        }
    }
}

/// How a number variable is printed.
enum Numbered {
    /// As a number, in the form that the style wants.
    Number,
    /// It is none, and printed as it stands.
    Word(String),
    Hole(Hole),
}

fn value(mark: char) -> TextTarget {
    TextTarget::Value { val: mark.to_string() }
}

/// A group of children without anything between them.
pub fn grouped(children: Vec<LayoutRenderingElement>, formatting: citationberg::Formatting) -> Group {
    Group {
        children,
        font_style: formatting.font_style,
        font_variant: formatting.font_variant,
        font_weight: formatting.font_weight,
        text_decoration: formatting.text_decoration,
        vertical_align: formatting.vertical_align,
        prefix: None,
        suffix: None,
        delimiter: None,
        display: None,
    }
}

impl Position {
    /// Whether a test of positions holds: an "ibid." is a later one too.
    fn is(self, wanted: TestPosition) -> bool {
        match wanted {
            TestPosition::First => self == Position::First,
            TestPosition::Subsequent => self > Position::First,
            TestPosition::NearNote => self >= Position::Near,
            TestPosition::Ibid => self >= Position::Ibid,
            TestPosition::IbidWithLocator => self == Position::IbidElsewhere,
        }
    }
}
