//! Telling works apart that would look alike: more names, given names, what the style has for it, letters behind years.
//!
//! In the order of the specification (<https://docs.citationstyles.org/en/stable/specification.html#disambiguation>). It must not know clusters.

use std::collections::BTreeMap;
use std::sync::Arc;

use citationberg::{DisambiguationRule, StyleClass};

use super::super::forms::{Asked, Filling, Form, Given, Naming, Position, Which};
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
    fn text(&self, at: usize) -> String {
        let work = &self.works[at];
        let position = match self.style.csl().settings.class {
            StyleClass::InText => Position::First,
            StyleClass::Note => Position::Later,
        };
        let form = self.named_form(work, work.asked(position));
        let filling = Filling { letter: &work.letter, number: Some(work.number), first_note: Some(work.number as u32), locator: "" };
        inline::plain(&form.fill(&filling))
    }

    /// Works of which cites show the same.
    fn alike(&self, works: &[usize]) -> Groups {
        let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        works.iter().for_each(|at| by_text.entry(self.text(*at)).or_default().push(*at));
        by_text.into_iter().filter(|(text, group)| group.len() > 1 && !text.is_empty()).map(|(_, group)| group).collect()
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
        let only_first = !rule.allows_multiple_names();
        let mut people: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for work in &self.works {
            let names = main_names(&work.cited.item);
            for name in names.iter().take(if only_first { 1 } else { names.len() }) {
                if let Name::Person { family, given, particle, .. } = name {
                    let family = format!("{particle} {family}");
                    let whole = (initials(given), given.to_string());
                    let known = people.entry(family).or_default();
                    if !known.contains(&whole) {
                        known.push(whole);
                    }
                }
            }
        }
        let given_of = |name: &Name| {
            let Name::Person { family, given, particle, .. } = name else { return Given::AsStyle };
            let Some(known) = people.get(&format!("{particle} {family}")).filter(|known| known.len() > 1) else { return Given::AsStyle };
            let own = initials(given);
            let shares = known.iter().filter(|(initials, _)| *initials == own).count() > 1;
            if shares && rule.allows_full_first_names() { Given::Full } else { Given::Initials }
        };
        for work in &mut self.works {
            let names = main_names(&work.cited.item);
            work.given = names.iter().take(if only_first { 1 } else { names.len() }).map(given_of).collect();
        }
    }

    /// The form of a cite, in which given names stand only with those names that need them.
    pub fn named_form(&self, work: &Work, asked: Asked) -> Arc<Form> {
        let form = self.form(work, &Which::Cite(asked.clone()));
        let mut wanted: Vec<Given> = work.given.iter().copied().filter(|given| *given != Given::AsStyle).collect();
        wanted.sort();
        wanted.dedup();
        wanted.into_iter().fold(form, |form, given| {
            let naming = Naming { given, ..asked.naming };
            let long = self.form(work, &Which::Cite(Asked { naming, ..asked.clone() }));
            Arc::new(form.with_names_of(&long, |name| work.given.get(name) == Some(&given)))
        })
    }
}

impl Work<'_> {
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
