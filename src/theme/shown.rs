//! How much of a value templates show: one that says `page.title` and nothing else of a page can show no other field of it.
//!
//! Read off the texts of templates, as which of them call which is: where a name might be handed on, or written as it is, all of it counts as shown.
//! Owns `Shown`. It must not know which values there are.

use std::collections::BTreeSet;

use super::calls::Reach;
use super::layers::TemplateFile;
use crate::fingerprint::Lookup;

/// How much of a value a template can show, with all that it calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Shown {
    #[default]
    Whole,
    /// Of a map these fields.
    Fields(Names),
    /// Of each map in a list these fields.
    Items(Names),
}

/// Names of fields, as marks by which most others are told from them: one too many is shown, never one too few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Names(u128);

impl Names {
    /// All there are.
    pub const ALL: Names = Names(u128::MAX);

    /// False for a name that is none of them. Of a name in the program the mark is known when that is built.
    #[inline(always)]
    pub fn may_have(self, name: &str) -> bool {
        self.0 & mark(name) != 0
    }
}

#[inline(always)]
const fn mark(name: &str) -> u128 {
    let bytes = name.as_bytes();
    match bytes {
        [] => 1,
        [first, ..] => 1 << ((*first as usize * 5 + bytes[bytes.len() - 1] as usize * 11 + bytes.len()) % 128),
    }
}

impl<'a> FromIterator<&'a str> for Names {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Names {
        Names(names.into_iter().fold(0, |marks, name| marks | mark(name)))
    }
}

/// What the text of a template does with each name that is written in it.
#[derive(Default)]
pub struct Uses<'a> {
    by_name: Lookup<&'a str, Use<'a>>,
    /// True if it can show whatever there is, or take it by no name of its own.
    is_dump: bool,
}

/// That of all templates, by their places.
pub struct AllUses<'a>(Vec<Uses<'a>>);

impl<'a> AllUses<'a> {
    /// Reads what the texts of all of them do with the values that have these names.
    pub fn read(files: &'a [TemplateFile], names: &BTreeSet<&'a str>) -> AllUses<'a> {
        // Shortcodes are called by the texts of pages alone, whatever their names are.
        let text = |file: &'a TemplateFile| if file.name.starts_with("shortcodes/") { "" } else { &*file.text };
        AllUses::of_texts(&files.iter().map(text).collect::<Vec<_>>(), names)
    }

    fn of_texts(texts: &[&'a str], names: &BTreeSet<&'a str>) -> AllUses<'a> {
        // A component may take the item of a loop under its name.
        let items = texts.iter().flat_map(|text| text.match_indices("for ").map(|(at, word)| word_at(&text[at + word.len()..])));
        let known: Lookup<&str, ()> = names.iter().copied().chain(items).map(|name| (name, ())).collect();
        AllUses(texts.iter().map(|text| Uses::read(text, &known)).collect())
    }

    /// Those of a template and of all that it calls.
    pub fn reached(&self, reach: &Reach) -> Vec<&Uses<'a>> {
        reach.files.iter().map(|at| &self.0[*at]).collect()
    }
}

/// What is done with one name.
#[derive(Default)]
struct Use<'a> {
    /// `page` of `page.title` has the field `title`.
    fields: BTreeSet<&'a str>,
    /// `toc` of `for heading in toc` is gone through as `heading`.
    items: BTreeSet<&'a str>,
    /// Whether there is any, or how many there are, is asked.
    is_counted: bool,
    is_whole: bool,
}

/// One place where a name is written.
enum Place<'a> {
    /// It names no value here: a field, an element of HTML, a text in quotes, the name of an argument or of a loop.
    Other,
    Field(&'a str),
    /// The list of a loop, whose items are called so.
    Loop(&'a str),
    Count,
    Whole,
}

impl<'a> Uses<'a> {
    /// Reads what the text of a template does with the names that are `known`.
    fn read(text: &'a str, known: &Lookup<&'a str, ()>) -> Uses<'a> {
        let mut uses = Uses { by_name: Lookup::default(), is_dump: text.contains("__tera_context") || text.contains("...") };
        let mut from = 0;
        while let Some(start) = text[from..].find(is_letter).map(|at| from + at) {
            if let Some(end) = end_of_comment(&text[from..start], &text[start..]) {
                from = start + end;
                continue;
            }
            let name = word_at(&text[start..]);
            let end = start + name.len();
            from = end;
            // Nearly all words are HTML.
            if !known.contains_key(name) {
                continue;
            }
            match Place::read(&text[..start], &text[end..]) {
                Place::Other => {}
                Place::Field(field) => drop(uses.of(name).fields.insert(field)),
                Place::Loop(item) => drop(uses.of(name).items.insert(item)),
                Place::Count => uses.of(name).is_counted = true,
                Place::Whole => uses.of(name).is_whole = true,
            }
        }
        uses
    }

    fn of(&mut self, name: &'a str) -> &mut Use<'a> {
        self.by_name.entry(name).or_default()
    }
}

impl<'a> Place<'a> {
    /// What a name between `before` and `after` is there.
    fn read(before: &'a str, after: &'a str) -> Place<'a> {
        if is_no_value(before, after) {
            return Place::Other;
        }
        if let Some(rest) = after.strip_prefix('.').filter(|rest| rest.starts_with(is_letter)) {
            return Place::Field(word_at(rest));
        }
        let is_end = after.trim_start().trim_start_matches('-').starts_with("%}");
        let item = before.trim_end().strip_suffix(" in").map(str::trim_end).filter(|_| is_end).and_then(|before| {
            let item = before.rsplit(|letter| !is_letter(letter)).next()?;
            is_for(&before[..before.len() - item.len()]).then_some(item)
        });
        match item {
            Some(item) => Place::Loop(item),
            None if is_counted(before, after) => Place::Count,
            None => Place::Whole,
        }
    }
}

/// Where a comment ends that begins in `before`. One with a quote in it is read like everything else: what looks like its beginning might stand in
/// a text, and code behind that.
fn end_of_comment(before: &str, inside: &str) -> Option<usize> {
    before.rfind("{#")?;
    let end = inside.find("#}")?;
    (!inside[..end].contains(['"', '\'', '`'])).then_some(end)
}

/// True for a list that is but asked whether there is anything in it, or how much.
fn is_counted(before: &str, after: &str) -> bool {
    let after = after.trim_start();
    if after.strip_prefix('|').is_some_and(|filter| word_at(filter.trim_start()) == "length") {
        return true;
    }
    let tag = before.rsplit("{%").next().unwrap_or_default();
    let condition = tag.trim_start_matches('-').trim_start();
    let is_condition = ["if ", "elif "].into_iter().any(|word| condition.starts_with(word)) && !tag.contains("%}");
    // What begins a tag might stand in a text.
    let is_code = tag.matches(['"', '\'', '`']).count().is_multiple_of(2);
    let is_operand = ["if ", "and ", "or ", "not "].into_iter().any(|word| before.ends_with(word));
    let ends = after.trim_start_matches('-').starts_with("%}") || ["and ", "or "].into_iter().any(|word| after.starts_with(word));
    is_condition && is_code && is_operand && ends
}

/// True for a word that names no value where it stands, or none but what is known by the same name where it is used: a component that is called as
/// `<contents toc />` has an argument called `toc`.
fn is_no_value(before: &str, after: &str) -> bool {
    let is_field = before.ends_with('.') && !before.ends_with("..");
    let is_quoted = ['"', '\'', '`'].into_iter().any(|quote| before.ends_with(quote) && after.starts_with(quote));
    // The name of an argument, as in `<x page={other} />`, or of what is set.
    let is_given = after.starts_with('=') && !after.starts_with("==");
    let is_item = is_for(before) && after.trim_start().starts_with("in ");
    let is_argument = before.ends_with(['(', ' ']) && after.strip_prefix(": ").is_some_and(|rest| TYPES.contains(&word_at(rest)));
    let is_handed_on = before.ends_with(' ')
        && after.starts_with([' ', '/', '>'])
        && before.rsplit(|letter| !is_letter(letter) && !matches!(letter, '.' | ' ')).next().is_some_and(|call| {
            let is_call = before[..before.len() - call.len()].ends_with('<');
            is_call && call.starts_with(is_letter)
        });
    is_field || is_quoted || is_given || is_item || is_argument || is_handed_on || before.ends_with(['<', '@']) || before.ends_with("</")
}

/// True if a loop begins here: what comes next is the name of its items.
fn is_for(before: &str) -> bool {
    before.trim_end().strip_suffix("for").is_some_and(|rest| !rest.ends_with(is_letter))
}

/// What the arguments of a component can be declared to be.
const TYPES: [&str; 8] = ["string", "bool", "integer", "float", "number", "array", "map", "bytes"];

/// What names are made of.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The name at the beginning of a text.
fn word_at(text: &str) -> &str {
    &text[..text.find(|letter| !is_letter(letter)).unwrap_or(text.len())]
}

impl Shown {
    /// How much of the value `name` is shown by templates that do this.
    pub fn new<'a>(name: &str, uses: &[&Uses<'a>]) -> Shown {
        let Some(all) = joined(name, uses) else { return Shown::Whole };
        if all.items.is_empty() {
            return if all.is_counted { Shown::Whole } else { Shown::Fields(all.fields.into_iter().collect()) };
        }
        let items: Option<Vec<Use>> = all.items.iter().map(|item| joined(item, uses)).collect();
        match items {
            Some(items) if all.fields.is_empty() && items.iter().all(|item| item.items.is_empty() && !item.is_counted) => {
                Shown::Items(items.into_iter().flat_map(|item| item.fields).collect())
            }
            _ => Shown::Whole,
        }
    }
}

/// All that is done with a name; `None` if the whole of it might be shown.
fn joined<'a>(name: &str, uses: &[&Uses<'a>]) -> Option<Use<'a>> {
    let mut all = Use::default();
    for uses in uses {
        let known = uses.by_name.get(name);
        if uses.is_dump || known.is_some_and(|known| known.is_whole) {
            return None;
        }
        if let Some(known) = known {
            all.fields.extend(&known.fields);
            all.items.extend(&known.items);
            all.is_counted |= known.is_counted;
        }
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What templates with these texts show of `page`.
    fn shown(texts: &[&str]) -> String {
        let AllUses(uses) = AllUses::of_texts(texts, &BTreeSet::from(["page"]));
        let known = |names: Names| {
            ["a", "b", "date", "extra", "title"].into_iter().filter(|name| names.may_have(name)).collect::<Vec<_>>().join(" ")
        };
        match Shown::new("page", &uses.iter().collect::<Vec<_>>()) {
            Shown::Whole => "all".into(),
            Shown::Fields(fields) => known(fields),
            Shown::Items(fields) => format!("each {}", known(fields)),
        }
    }

    #[test]
    fn fields_that_are_named_are_shown() {
        assert_eq!(shown(&["{{ page.title }}{% if page.date %}{{page.date|day}}", "{{ page.extra.x }}"]), "date extra title");
        assert_eq!(shown(&["<page></page> class=\"page\" {{ 'page' }} x.page{% component x(page: map, @page) %}{{ page.a }}"]), "a");
    }

    #[test]
    fn a_value_that_is_handed_on_or_written_is_shown_whole() {
        for text in [
            "{{ page }}",
            "{{page}}",
            "{{ <x {page} /> }}",
            "{{ <x a={page} /> }}",
            "{{ <x {...page} /> }}",
            "{% component x(...rest) %}{{ rest.page }}{% endcomponent x %}{{ <x page /> }}",
            "{{ <x page=page /> }}",
            "{% if a ~page==b %}",
            "{% set a = page %}",
            "{{ page[\"title\"] }}",
            "{{ page?.title }}",
            "{{ page | length }}",
            "{% for a, b in page %}",
            "{% for a in page | reverse %}",
            "{{ [a for a in page] }}",
            "{% if a in page %}",
            "{{ {\"a\": page} }}",
            "{{ a ~ page}}",
            "{{ __tera_context }}",
            "on this page, as",
            "{{ \"{#\" ~ page ~ \"#}\" }}",
            "{% if page %}",
        ] {
            assert_eq!(shown(&["{{ page.title }}", text]), "all", "{text}");
        }
    }

    #[test]
    fn comments_show_nothing() {
        assert_eq!(shown(&["{#- Of a page. -#}{{ page.title }}{# page #}"]), "title");
    }

    #[test]
    fn a_list_can_be_counted() {
        let each = |text: &str| shown(&[text, "{% for item in page %}{{ item.a }}{% endfor %}"]);
        assert_eq!(each("{% if page %}{%- if x == \"y\" and page | length > 2 -%}{% elif not page or x -%}{{ page | length }}"), "each a");
        for text in
            ["{% set x = y or page %}", "{{ x or page }}", "{% if page == x %}", "{% set x = \"{% if \" or page %}", "{{ page | lengthy }}"]
        {
            assert_eq!(each(text), "all", "{text}");
        }
    }

    #[test]
    fn an_argument_of_the_same_name_shows_what_the_component_names() {
        let component = "{% component x.y(page: map, a: string = \"\") %}{{ page.date }}{% endcomponent x.y %}";
        assert_eq!(shown(&["{{ page.title }}{{ <x.y page /> }}{{ <x.y a page/> }}{{ <x.y page={other} /> }}", component]), "date title");
        assert_eq!(shown(&["{% for item in page %}{{ <x item /> }}{% endfor %}", "{% component x(item: map) %}{{ item.a }}"]), "each a");
    }

    #[test]
    fn of_the_items_of_a_loop_the_fields_are_shown_that_are_named() {
        assert_eq!(shown(&["{% for item in page %}{{ item.a }}{% endfor %}", "{%- for other in page -%}{{ other.b }}"]), "each a b");
        assert_eq!(shown(&["{% for item in page %}{{ item }}{% endfor %}"]), "all");
        assert_eq!(shown(&["{% for item in page %}{{ item.a }}{{ <x a={item} /> }}{% endfor %}"]), "all");
        assert_eq!(shown(&["{% for item in page %}{% for a in item %}"]), "all");
        assert_eq!(shown(&["{% for item in page %}{{ item.a }}{% endfor %}{{ page.b }}"]), "all");
    }
}
