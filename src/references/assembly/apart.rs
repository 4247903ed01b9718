//! Telling works apart that would look alike: more names, given names, what the style has for it, letters behind years.
//!
//! In the order of the specification (<https://docs.citationstyles.org/en/stable/specification.html#disambiguation>). It must not know clusters.

use std::sync::Arc;

use citationberg::{DisambiguationRule, StyleClass};

use super::super::forms::{Asked, Filling, Given, Hole, Kept, Naming, Person, Position, Which, has_hole};
use super::super::{Item, Name, inline};
use super::{Page, Work};

/// Works that look alike, by their places.
type Groups = Vec<Vec<usize>>;

impl Page<'_> {
    /// Tells works apart as far as the style lets them be told apart; the pairs of keys that stay alike.
    pub fn tell_apart(&mut self) -> Vec<(Box<str>, Box<str>)> {
        let citation = &self.style.csl().citation;
        if citation.disambiguate_add_givenname && citation.givenname_disambiguation_rule != DisambiguationRule::ByCite {
            self.part_namesakes(citation.givenname_disambiguation_rule);
        }
        let mut groups = self.alike(&(0..self.works.len()).collect::<Vec<_>>());
        let by_cite = citation.disambiguate_add_givenname && citation.givenname_disambiguation_rule == DisambiguationRule::ByCite;
        if citation.disambiguate_add_names || by_cite {
            let adds = Adds { names: citation.disambiguate_add_names, given: by_cite };
            groups = self.regroup(groups, |page, group| page.add_names(group, &adds));
        }
        groups = self.regroup(groups, |page, group| page.choose(group));
        if citation.disambiguate_add_year_suffix {
            groups = self.regroup(groups, |page, group| page.add_letters(group));
        }
        let key = |at: usize| self.works[at].cited.item.key.clone();
        groups.iter().flat_map(|group| group.windows(2).map(|pair| (key(pair[0]), key(pair[1])))).collect()
    }

    /// What a cite of a work shows, alone.
    fn text(&self, at: usize) -> Text {
        let work = &self.works[at];
        let position = match self.style.csl().settings.class {
            StyleClass::InText => Position::First,
            StyleClass::Note => Position::Later,
        };
        let form = self.named_form(work, work.asked(position));
        let filling = Filling { letter: &work.letter, number: Some(work.number), first_note: Some(work.number as u32), locator: "" };
        // Most cites show the same on every page.
        let is_same = || work.letter.is_empty() && !has_hole(&form.pieces, &|hole| matches!(hole, Hole::FirstNote | Hole::Number));
        match form.plain.get_or_init(|| is_same().then(|| inline::plain(&form.fill(&filling)).into())) {
            Some(_) => Text::Kept(form),
            None => Text::Own(inline::plain(&form.fill(&filling))),
        }
    }

    /// Works of which cites show the same.
    fn alike(&self, works: &[usize]) -> Groups {
        let mut texts: Vec<(Text, usize)> = works.iter().map(|at| (self.text(*at), *at)).collect();
        // The sort is stable: works of one text stay in their order.
        texts.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        let alike = texts.chunk_by(|(one, _), (other, _)| one.as_str() == other.as_str());
        let alike = alike.filter(|group| group.len() > 1 && !group[0].0.as_str().is_empty());
        alike.map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
    }

    /// The groups that are left when something has been done about each.
    fn regroup(&mut self, groups: Groups, part: impl Fn(&mut Self, &[usize])) -> Groups {
        groups.iter().for_each(|group| part(self, group));
        groups.iter().flat_map(|group| self.alike(group)).collect()
    }

    /// Name by name, one more of them and then more of it, as long as that parts works of a group; each keeps what has parted it from another.
    fn add_names(&mut self, group: &[usize], adds: &Adds) {
        let most = group.iter().map(|at| main_names(&self.works[*at].cited.item).len()).max().unwrap_or_default();
        let mut groups: Groups = vec![group.to_vec()];
        for name in 0..most {
            let shown = if adds.names { name as u16 + 1 } else { 0 };
            if adds.names {
                self.try_each(&mut groups, |work| work.shown = shown);
            }
            for given in [Given::Initials, Given::Full] {
                if adds.given && !groups.is_empty() {
                    self.try_each(&mut groups, |work| {
                        work.shown = shown;
                        work.set_given(name, given);
                    });
                }
            }
        }
    }

    /// Changes all works of groups that are alike; a group that this does not part is left as it was last parted. Only what is alike still stays in `groups`.
    fn try_each(&mut self, groups: &mut Groups, change: impl Fn(&mut Work)) {
        let mut still = Groups::new();
        for group in groups.drain(..) {
            let before: Vec<(u16, Vec<Given>)> = group.iter().map(|at| (self.works[*at].shown, self.works[*at].given.clone())).collect();
            group.iter().for_each(|at| change(&mut self.works[*at]));
            let left = self.alike(&group);
            if left.len() == 1 && left[0].len() == group.len() {
                let restored = group.iter().zip(before);
                restored.for_each(|(at, (shown, given))| (self.works[*at].shown, self.works[*at].given) = (shown, given));
                still.push(group);
            } else {
                still.extend(left);
            }
        }
        *groups = still;
    }

    /// What the style says only of works that look alike.
    fn choose(&mut self, group: &[usize]) {
        group.iter().for_each(|at| self.works[*at].is_chosen = true);
        if self.alike(group).iter().any(|still| still.len() == group.len()) {
            group.iter().for_each(|at| self.works[*at].is_chosen = false);
        }
    }

    /// Letters in the order of the list.
    fn add_letters(&mut self, group: &[usize]) {
        let mut ordered = group.to_vec();
        ordered.sort_by_key(|at| self.works[*at].number);
        for (place, at) in ordered.into_iter().enumerate() {
            self.works[at].letter = letter(place);
        }
    }

    /// Given names wherever different people have one family name, alike or not.
    fn part_namesakes(&mut self, rule: DisambiguationRule) {
        let length = if rule.allows_multiple_names() { usize::MAX } else { 1 };
        let named = self.works.iter().flat_map(|work| work.people().iter().take(length)).flatten();
        let mut all: Vec<(&str, &str)> = named.map(|person| (&*person.family, &*person.given)).collect();
        all.sort_unstable();
        all.dedup();
        let shared: Vec<&[(&str, &str)]> = all.chunk_by(|(one, _), (other, _)| one == other).filter(|known| known.len() > 1).collect();
        if shared.is_empty() {
            return;
        }
        let given_of = |person: &Option<Person>| {
            let Some(Person { family, given }) = person else { return Given::AsStyle };
            let Some(known) = shared.iter().find(|known| *known[0].0 == **family) else { return Given::AsStyle };
            let own = initials(given);
            let shares = known.iter().filter(|(_, given)| initials(given) == own).count() > 1;
            if shares && rule.allows_full_first_names() { Given::Full } else { Given::Initials }
        };
        let given: Vec<Vec<Given>> = self.works.iter().map(|work| work.people().iter().take(length).map(given_of).collect()).collect();
        self.works.iter_mut().zip(given).for_each(|(work, given)| work.given = given);
    }

    /// The form of a cite, in which given names stand only with those names that need them.
    pub fn named_form(&self, work: &Work, asked: Asked) -> Arc<Kept> {
        let mut wanted: Vec<Given> = work.given.iter().copied().filter(|given| *given != Given::AsStyle).collect();
        if wanted.is_empty() {
            return self.form(work, &Which::Cite(asked));
        }
        wanted.sort();
        wanted.dedup();
        work.source.named(&asked, &work.given, || {
            let form = self.form(work, &Which::Cite(asked.clone())).form.clone();
            wanted.into_iter().fold(form, |form, given| {
                let naming = Naming { given, ..asked.naming };
                let long = self.form(work, &Which::Cite(Asked { naming, ..asked.clone() }));
                form.with_names_of(&long, |name| work.given.get(name) == Some(&given))
            })
        })
    }
}

/// What a cite shows: on every page, or on one.
enum Text {
    Kept(Arc<Kept>),
    Own(String),
}

impl Text {
    fn as_str(&self) -> &str {
        match self {
            Text::Kept(form) => form.plain.get().and_then(Option::as_deref).unwrap_or_default(),
            Text::Own(text) => text,
        }
    }
}

/// Whom a source is by, as far as namesakes are told apart.
fn people(item: &Item) -> Box<[Option<Person>]> {
    let person = |name: &Name| match name {
        Name::Person { family, given, particle, .. } => {
            Some(Person { family: format!("{particle} {family}").into(), given: given.clone() })
        }
        Name::Body(_) => None,
    };
    main_names(item).iter().map(person).collect()
}

impl Work<'_> {
    fn people(&self) -> &[Option<Person>] {
        self.source.people.get_or_init(|| people(&self.cited.item))
    }

    fn set_given(&mut self, name: usize, given: Given) {
        self.given.resize(self.given.len().max(name + 1), Given::AsStyle);
        self.given[name] = given;
    }
}

/// What a style adds to tell cites apart.
struct Adds {
    names: bool,
    given: bool,
}

/// The names that stand for a work where it is cited.
fn main_names(item: &Item) -> &[Name] {
    let names = ["author", "editor", "translator", "director"].map(|variable| item.names(variable));
    names.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

fn initials(given: &str) -> String {
    given.split([' ', '-', '.']).filter_map(|part| part.chars().next()).collect()
}

/// The letter of a place: `a` to `z`, then `aa`.
fn letter(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (place % 26) as u8));
        match (place / 26).checked_sub(1) {
            Some(rest) => place = rest,
            None => return letters.iter().rev().collect(),
        }
    }
}
