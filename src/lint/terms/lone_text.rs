//! Several tags, topics or authors written as one text.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::index::PageId;
use crate::lint::{LintContext, Rule, place};
use crate::page::Taxonomy;

const CODE: &str = "lone-text";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "A key that takes a list has one text in which there seem to be several names, so it stands for one tag, topic or author of that long name.

    tags: law, trade
    authors: Ann Lee and Bob Roe

Write a list: `tags: [law, trade]`. If the whole is one name, a list of one says so: `authors: [Law and Trade Desk]`. Nothing is said where a page
has that name, or where another page has it in a list.",
    check: Some(check),
};

/// The taxonomies whose keys are lists on most sites.
const LISTS: [Taxonomy; 3] = [Taxonomy::Topics, Taxonomy::Tags, Taxonomy::Authors];

/// A text that seems to be several.
struct Lone<'a> {
    page: PageId,
    taxonomy: Taxonomy,
    term: u32,
    text: &'a str,
    parts: Vec<&'a str>,
}

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let (site, terms) = (context.site, &context.site.index.terms);
    let mut found = Vec::new();
    for (page, fact) in site.facts.iter().enumerate() {
        for taxonomy in LISTS.into_iter().filter(|taxonomy| *taxonomy != Taxonomy::Topics || !site.config.topics.controlled) {
            let Some([text]) = fact.front().terms[taxonomy as usize].as_deref() else { continue };
            let Some(parts) = parts(text) else { continue };
            let term = terms.find(taxonomy, fact.lang(), text).filter(|term| terms.all[*term as usize].page.is_none());
            let Some(term) = term.filter(|_| is_lone(context, page as PageId, taxonomy)) else { continue };
            let is_known = |part: &&str| terms.find(taxonomy, fact.lang(), part).is_some_and(|term| terms.all[term as usize].has_page());
            if parts.iter().all(is_known) || seem_several(text, &parts, taxonomy) {
                found.push(Lone { page: page as PageId, taxonomy, term, text, parts });
            }
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let mut alone: BTreeMap<u32, usize> = BTreeMap::new();
    found.iter().for_each(|lone| *alone.entry(lone.term).or_default() += 1);
    let mut uses: BTreeMap<u32, usize> = BTreeMap::new();
    let all = terms.all_named().iter().filter(|term| alone.contains_key(term));
    all.for_each(|term| *uses.entry(*term).or_default() += 1);
    // One page that says so in a list makes it a name.
    found.iter().filter(|lone| uses.get(&lone.term) == alone.get(&lone.term)).map(|lone| to_diagnostic(context, lone)).collect()
}

fn to_diagnostic(context: &LintContext, lone: &Lone) -> Diagnostic {
    let (key, one, text) = (lone.taxonomy.name(), lone.taxonomy.singular(), lone.text);
    let problem = Diagnostic::warning(CODE, format!("`{key}` has one text, so `{text}` is one {one}"));
    let whole = if text.contains(',') { format!("[\"{text}\"]") } else { format!("[{text}]") };
    let hint = format!("write a list: `[{}]`; if it is one name, `{whole}`", lone.parts.join(", "));
    problem.at(place::of_value(context, lone.page, key, text)).hint(hint)
}

/// The list that an author seems to mean by a lone text under a key, as it would be written.
pub fn as_list(context: &LintContext, page: PageId, taxonomy: Taxonomy, text: &str) -> Option<String> {
    let parts = parts(text).filter(|_| text.contains([',', ';']) && is_lone(context, page, taxonomy))?;
    Some(format!("[{}]", parts.join(", ")))
}

/// Whether the file itself has one text under the key, and no list.
fn is_lone(context: &LintContext, page: PageId, taxonomy: Taxonomy) -> bool {
    let fact = context.site.page(page);
    let Some(span) = fact.front().span(taxonomy.name()) else { return false };
    let text = context.sources.text(fact.path());
    let written = text.get(span.clone()).and_then(|entry| entry.split_once(':'));
    written.is_some_and(|(_, value)| !value.trim_start().starts_with(['[', '-', '{']))
}

/// The names that a text seems to hold, if there are several.
fn parts(text: &str) -> Option<Vec<&str>> {
    let joins = [" and ", " & ", " und ", " et "];
    // Hardly any has one of these, and nearly all pages have a few texts.
    let is_join = |word: &str| matches!(word, "and" | "&" | "und" | "et");
    if !text.bytes().any(|byte| matches!(byte, b',' | b';')) && !text.split(' ').any(is_join) {
        return None;
    }
    let mut parts: Vec<&str> = text.split([',', ';']).collect();
    let last = parts.pop()?;
    let join = joins.iter().find(|join| last.contains(**join));
    match join {
        Some(join) => parts.extend(last.split(join)),
        None => parts.push(last),
    }
    let parts: Vec<&str> = parts.into_iter().map(|part| part.trim().trim_start_matches("and ").trim_start_matches("& ")).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// Whether a text is several names although none of them is known. Names of desks and offices have an "and" too, and people a comma.
fn seem_several(text: &str, parts: &[&str], taxonomy: Taxonomy) -> bool {
    let has_mark = text.contains([',', ';']);
    if taxonomy != Taxonomy::Authors {
        return has_mark;
    }
    let words = |part: &&str| part.split_whitespace().count();
    let is_name = |part: &&str| words(part) <= 4 && part.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let like_people = parts.iter().all(|part| is_name(part) && words(part) == words(&parts[0]));
    if !has_mark || parts.len() > 2 {
        return like_people;
    }
    // `Byron, Ada` is one person.
    text.contains(';') || parts.iter().all(|part| is_name(part) && words(part) >= 2)
}

#[cfg(test)]
mod tests {
    use crate::testing::reports_of_files;

    fn reports(files: &[(&str, &str)]) -> Vec<String> {
        reports_of_files("", files, "lone-text")
    }

    #[test]
    fn several_names_in_one_text_are_told_with_the_list_to_write() {
        let page = "---\ntitle: X\ntags: law, trade\ntopics: Trade; Good\nauthors: Ann and Bob\n---\n";
        let other = "---\ntitle: Y\nauthors: \"Ada Byron, Karl Meier und Eva Roth\"\ntags: science and law\n---\n";
        let single = "---\ntitle: Z\ntags: [science, law]\n---\n";
        assert_eq!(
            reports(&[("content/x.md", page), ("content/y.md", other), ("content/z.md", single)]),
            [
                "lone-text content/x.md:3:7 `tags` has one text, so `law, trade` is one tag | write a list: `[law, trade]`; if it is one name, `[\"law, trade\"]`",
                "lone-text content/x.md:4:9 `topics` has one text, so `Trade; Good` is one topic | write a list: `[Trade, Good]`; if it is one name, `[Trade; Good]`",
                "lone-text content/x.md:5:10 `authors` has one text, so `Ann and Bob` is one author | write a list: `[Ann, Bob]`; if it is one name, `[Ann and Bob]`",
                "lone-text content/y.md:3:11 `authors` has one text, so `Ada Byron, Karl Meier und Eva Roth` is one author | write a list: `[Ada Byron, Karl Meier, Eva Roth]`; if it is one name, `[\"Ada Byron, Karl Meier und Eva Roth\"]`",
                "lone-text content/y.md:4:7 `tags` has one text, so `science and law` is one tag | write a list: `[science, law]`; if it is one name, `[science and law]`",
            ]
        );
    }

    #[test]
    fn names_with_a_page_in_a_list_or_of_one_desk_or_person_are_not_told() {
        let files = [
            ("content/a.md", "---\ntitle: A\nauthors: Law and Institutions Desk\ntags: law and order\n---\n"),
            ("content/b.md", "---\ntitle: B\nauthors: Byron, Ada\ntags: Paris, Texas\n---\n"),
            ("content/c.md", "---\ntitle: C\nauthors: Trade and Industry\ntags: [\"Paris, Texas\"]\n---\n"),
            (
                "content/d.md",
                "---\ntitle: D\nauthors: Ministry of Foreign Affairs, Latvia\ntags: [law, trade]\nseries: Law, Order and Trade\n---\n",
            ),
            ("content/e.md", "---\ntitle: E\nauthors:\n  - Ann and Bob\ntags:\n  - \"a, b\"\n---\n"),
            ("content/authors/t.md", "---\ntitle: Trade and Industry\n---\n"),
        ];
        assert_eq!(reports(&files), [""; 0]);
    }
}
