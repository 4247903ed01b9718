//! Telling works apart that would look alike: more names, given names, what the style has for it, letters behind years.
//!
//! In the order of the specification (<https://docs.citationstyles.org/en/stable/specification.html#disambiguation>). It must not know clusters.

use std::collections::BTreeMap;

use citationberg::{DisambiguationRule, StyleClass};

use super::super::forms::{Asked, Filling, Given, Position, Which};
use super::super::{Item, Name, inline};
use super::Page;

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
        if citation.disambiguate_add_names {
            groups = self.regroup(groups, |page, group| page.add_names(group));
        }
        if citation.disambiguate_add_givenname && citation.givenname_disambiguation_rule == DisambiguationRule::ByCite {
            groups = self.regroup(groups, |page, group| page.add_given(group));
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

    /// So many names of each as it takes to part it from the most others; as the style has them where that parts none.
    fn add_names(&mut self, group: &[usize]) {
        let most = group.iter().map(|at| main_names(&self.works[*at].cited.item).len()).max().unwrap_or_default();
        let mut left = group.to_vec();
        for shown in 1..=most as u16 {
            left.iter().for_each(|at| self.works[*at].naming.shown = shown);
            let groups = self.alike(&left);
            let still: Vec<usize> = groups.into_iter().flatten().collect();
            if still.is_empty() {
                return;
            }
            left = still;
        }
        // Names that part nothing are not added, unless they are what parts these from others of the group.
        let before: Vec<u16> = left.iter().map(|at| self.works[*at].naming.shown).collect();
        left.iter().for_each(|at| self.works[*at].naming.shown = 0);
        if self.alike(group).iter().flatten().count() > left.len() {
            left.iter().zip(before).for_each(|(at, shown)| self.works[*at].naming.shown = shown);
        }
    }

    /// Initials, else whole given names, where that parts works of a group.
    fn add_given(&mut self, group: &[usize]) {
        for given in [Given::Initials, Given::Full] {
            group.iter().for_each(|at| self.works[*at].naming.given = given);
            let still: Vec<usize> = self.alike(group).into_iter().flatten().collect();
            if still.len() < group.len() {
                still.iter().for_each(|at| self.works[*at].naming.given = Given::AsStyle);
                return;
            }
        }
        group.iter().for_each(|at| self.works[*at].naming.given = Given::AsStyle);
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
        let is_first_alone = !rule.allows_multiple_names();
        let mut people: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for work in &self.works {
            let names = main_names(&work.cited.item);
            for name in names.iter().take(if is_first_alone { 1 } else { names.len() }) {
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
            let wanted = names.iter().take(if is_first_alone { 1 } else { names.len() }).map(given_of).max();
            work.naming.given = wanted.unwrap_or_default();
            work.is_first_alone = is_first_alone;
        }
    }

    /// The form of a cite, in which given names stand only with those names that need them.
    pub fn named_form(&self, work: &super::Work, asked: Asked) -> std::sync::Arc<super::super::forms::Form> {
        let form = self.form(work, &Which::Cite(asked.clone()));
        if !(work.has_given() && work.is_first_alone) {
            return form;
        }
        let mut short = asked;
        short.naming.given = Given::AsStyle;
        let short = self.form(work, &Which::Cite(short));
        std::sync::Arc::new(short.with_first_name_of(&form))
    }
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
