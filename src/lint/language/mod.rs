//! What is wrong with the language of a page, whatever it says: one file a rule, one table.
//!
//! A page's findings are a function of its file, its weights and the words that the site knows, and are remembered by them. `chancery check` asks all
//! rules, a build those that would keep the site from being written. It must not know what pages are to each other.

mod acronym;
mod acronym_twice;
mod click_here;
mod colloquial_word;
mod key_points;
mod leftover;
mod lexicon;
mod likelihood;
mod likelihood_and_confidence;
mod loaded_word;
mod long_sentence;
mod many_long_sentences;
mod mixed_scales;
mod off_scale;
mod personal_contact;
mod reading;
mod reading_grade;
mod relative_date;
mod said_twice;
mod sentences;
mod summary_repeats_title;
#[cfg(test)]
mod tests;
mod undefined_acronym;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::{LintContext, Rule, Scope};
use crate::config::{Level, Markdown, Scale, Weights};
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::index::PageId;
use crate::memo::{Memo, Verify, Want};
use crate::page::Facts;
use crate::page::body::running;
use crate::page::front::Status;
use crate::sources::Sources;

use lexicon::Lexicon;
use reading::{Lang, Reading};

/// A rule of language.
pub struct LanguageRule {
    /// What is said of it.
    pub rule: Rule,
    /// The languages that it knows; none, if it is about all.
    langs: &'static [Lang],
    look: fn(&Reading, &mut Vec<Finding>),
}

/// All of them, in the order of their codes.
const RULES: [&LanguageRule; 17] = [
    &acronym_twice::RULE,
    &click_here::RULE,
    &colloquial_word::RULE,
    &key_points::RULE,
    &leftover::RULE,
    &likelihood_and_confidence::RULE,
    &loaded_word::RULE,
    &long_sentence::RULE,
    &many_long_sentences::RULE,
    &mixed_scales::RULE,
    &off_scale::RULE,
    &personal_contact::RULE,
    &reading_grade::RULE,
    &relative_date::RULE,
    &said_twice::RULE,
    &summary_repeats_title::RULE,
    &undefined_acronym::RULE,
];

/// What `chancery explain` prints of each.
pub mod docs {
    use super::Rule;
    pub const ACRONYM_TWICE: Rule = super::acronym_twice::RULE.rule;
    pub const CLICK_HERE: Rule = super::click_here::RULE.rule;
    pub const COLLOQUIAL_WORD: Rule = super::colloquial_word::RULE.rule;
    pub const KEY_POINTS: Rule = super::key_points::RULE.rule;
    pub const LEFTOVER: Rule = super::leftover::RULE.rule;
    pub const LIKELIHOOD_AND_CONFIDENCE: Rule = super::likelihood_and_confidence::RULE.rule;
    pub const LOADED_WORD: Rule = super::loaded_word::RULE.rule;
    pub const LONG_SENTENCE: Rule = super::long_sentence::RULE.rule;
    pub const MANY_LONG_SENTENCES: Rule = super::many_long_sentences::RULE.rule;
    pub const MIXED_SCALES: Rule = super::mixed_scales::RULE.rule;
    pub const OFF_SCALE: Rule = super::off_scale::RULE.rule;
    pub const PERSONAL_CONTACT: Rule = super::personal_contact::RULE.rule;
    pub const READING_GRADE: Rule = super::reading_grade::RULE.rule;
    pub const RELATIVE_DATE: Rule = super::relative_date::RULE.rule;
    pub const SAID_TWICE: Rule = super::said_twice::RULE.rule;
    pub const SUMMARY_REPEATS_TITLE: Rule = super::summary_repeats_title::RULE.rule;
    pub const UNDEFINED_ACRONYM: Rule = super::undefined_acronym::RULE.rule;
}

/// Something that a rule found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    code: &'static str,
    message: String,
    hint: String,
    /// Its bytes in the file; none, if the whole page is meant.
    span: Option<Range<u32>>,
    also: Option<(Range<u32>, &'static str)>,
}

impl Finding {
    fn new(code: &'static str, message: impl Into<String>, hint: impl Into<String>, span: Option<Range<u32>>) -> Finding {
        Finding { code, message: message.into(), hint: hint.into(), span, also: None }
    }

    /// The finding as it is told. Readers of the settings find the reason there.
    fn told(&self, path: &Arc<str>, text: &str) -> Diagnostic {
        let place = |span: &Range<u32>| Place::range(path, text, span.start as usize..span.end as usize);
        let at = self.span.as_ref().map_or_else(|| Place::file(path), place);
        let problem = Diagnostic::warning(self.code, self.message.clone()).at(at).hint(self.hint.clone());
        match &self.also {
            Some((span, label)) => problem.also(place(span), *label),
            None => problem,
        }
    }
}

/// What the site says that every page may rest on.
struct OfSite {
    /// Acronyms that are explained for readers.
    known: BTreeSet<Box<str>>,
    scale: Option<Scale>,
    print: Fingerprint,
}

/// What was found on each page.
pub struct Memory(Memo<Vec<Finding>>);

impl Memory {
    /// A memory of nothing.
    pub fn new(verify: Verify) -> Memory {
        Memory(Memo::new("language", verify))
    }
}

/// All that a page is read with, and nothing besides: the key is made of the same.
struct Input<'a> {
    fact: &'a Facts,
    /// Of its own file.
    sources: &'a Sources,
    markdown: &'a Markdown,
    lang: Lang,
    weights: &'a Weights,
    lexicon: &'a Lexicon,
    wanted: &'a [&'a LanguageRule],
    of_site: &'a OfSite,
}

/// The problems of all pages.
pub fn find(context: &LintContext, memory: &mut Memory) -> Vec<Diagnostic> {
    let lints = &context.site.config.lints;
    let is_wanted = |rule: &&&LanguageRule| {
        let code = rule.rule.code;
        lints.is_anywhere(code, Level::Error) || context.scope == Scope::Check && lints.is_anywhere(code, Level::Warn)
    };
    let wanted: Vec<&LanguageRule> = RULES.iter().filter(is_wanted).copied().collect();
    if wanted.is_empty() {
        memory.0.forget();
        return Vec::new();
    }
    let of_site = OfSite::new(context);
    let pages: Vec<Page> = pages(context);
    let weights: BTreeMap<Fingerprint, Weights> =
        pages.iter().map(|page| (page.group, page.fact)).collect::<BTreeMap<_, _>>().into_iter().map(of_group(context)).collect();
    let kinds: BTreeSet<(Lang, Fingerprint)> = pages.iter().map(|page| (page.lang, page.group)).collect();
    let lexicons: BTreeMap<(Lang, Fingerprint), Lexicon> =
        kinds.into_iter().map(|(lang, group)| ((lang, group), words::lexicon(lang, &weights[&group]))).collect();
    let markdown = &context.site.config.markdown;
    let asked = Fingerprint::of(&wanted.iter().map(|rule| rule.rule.code).collect::<Vec<_>>());
    let mut wants: Vec<Want<Input>> = Vec::with_capacity(pages.len());
    for Page { fact, lang, group } in pages {
        let (weights, lexicon) = (&weights[&group], &lexicons[&(lang, group)]);
        let print = context.sources.get(fact.path()).map(|source| source.print).unwrap_or_default();
        // A cascade gives a page what its file does not say, and whether it cites something depends on the register.
        let of_page = (print, fact.page.print, &fact.title, cites(fact).collect::<Vec<_>>(), lang);
        let key = Fingerprint::of(&(of_page, markdown, weights.print, lexicon.print, of_site.print, asked));
        let input = Input { fact, sources: context.sources, markdown, lang, weights, lexicon, wanted: &wanted, of_site: &of_site };
        wants.push(Want { name: fact.path().clone(), key, input });
    }
    let found = memory.0.all(&wants, look);
    let told = wants.iter().zip(&found).filter(|(_, found)| !found.is_empty()).flat_map(|(want, found)| {
        let text = context.sources.text(&want.name);
        found.iter().map(|finding| finding.told(&want.name, &text)).collect::<Vec<_>>()
    });
    told.collect()
}

/// A page whose language is looked at.
struct Page<'a> {
    fact: &'a Facts,
    lang: Lang,
    group: Fingerprint,
}

/// Those that somebody would mend: what was taken back, replaced or laid aside stays as it was.
fn pages<'a>(context: &LintContext<'a>) -> Vec<Page<'a>> {
    let site = context.site;
    let all = site.facts.iter().enumerate().filter(|(page, _)| is_looked_at(context, *page as PageId));
    let page = |(page, fact): (usize, &'a Arc<Facts>)| Page {
        fact,
        lang: Lang::of(site.lang_of(page as PageId)),
        group: site.config.lints.group(fact.path(), fact.page.type_name()),
    };
    all.map(page).collect()
}

/// Whether the language of a page is looked at.
pub fn is_looked_at(context: &LintContext, page: PageId) -> bool {
    context.site.index.status[page as usize] == Status::Published
}

/// What holds for the pages of a group, by one of them.
fn of_group<'a>(context: &LintContext<'a>) -> impl Fn((Fingerprint, &Facts)) -> (Fingerprint, Weights) + use<'a> {
    let lints = &context.site.config.lints;
    move |(group, fact)| (group, lints.of_page(fact.path(), fact.page.type_name()))
}

/// What the rules that are asked find on one page.
fn look(input: &Input) -> Vec<Finding> {
    let text = input.sources.text(input.fact.path());
    let running = running(&text, input.fact.front(), input.markdown);
    let mut reading = Reading::new(input.lang, &input.fact.title, running, input.weights, input.lexicon);
    reading.known = Some(&input.of_site.known);
    reading.scale = input.of_site.scale;
    reading.cites = cites(input.fact).collect();
    let is_off = |rule: &LanguageRule| matches!(input.weights.level(rule.rule.code), None | Some(Level::Off));
    let rules = input.wanted.iter().filter(|rule| !is_off(rule) && (rule.langs.is_empty() || rule.langs.contains(&input.lang)));
    let mut found = Vec::new();
    rules.for_each(|rule| (rule.look)(&reading, &mut found));
    found
}

/// The keys of what a page cites.
fn cites(fact: &Facts) -> impl Iterator<Item = &str> {
    fact.cites.iter().map(|cite| &*cite.key)
}

impl OfSite {
    fn new(context: &LintContext) -> OfSite {
        let site = context.site;
        let entities = site.facts.iter().filter(|fact| fact.page.kind.is_entity());
        let names = entities.flat_map(|fact| std::iter::once(&*fact.title).chain(fact.front().names.iter().map(String::as_str)));
        let mut known: BTreeSet<Box<str>> = names.filter(|name| !name.contains(' ')).map(Box::from).collect();
        if let Some((_, glossary)) = site.data.get("glossary") {
            known.extend(acronym::of_glossary(glossary));
        }
        let scale = site.config.likelihood;
        let print = Fingerprint::of(&(&known, scale));
        OfSite { known, scale, print }
    }
}
