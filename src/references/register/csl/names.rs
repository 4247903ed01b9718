//! Names of CSL-JSON: maps with a part each, or whole in `literal`.

use super::super::bib::names::{has_comma, is_suffix};
use super::super::problems::Problems;
use super::node::{Data, Node};
use crate::diagnostic::Diagnostic;
use crate::references::{Name, Names};

/// Reads the names of a variable; those that say nothing are left out.
pub fn read(node: &Node, variable: &str, key: &str, problems: &mut Problems) -> Names {
    let mut names = Names::default();
    let single = std::slice::from_ref(node);
    for one in if matches!(node.data, Data::List(_)) { node.list() } else { single } {
        let name = match &one.data {
            Data::Map(_) => of_parts(one),
            Data::Text(text) => of_text(text, one, variable, key, problems),
            _ => None,
        };
        match name {
            Some(Name::Body(body)) if body.eq_ignore_ascii_case("others") => names.others = true,
            name => names.names.extend(name),
        }
    }
    names
}

fn of_parts(node: &Node) -> Option<Name> {
    let part = |key: &str| node.get(key).map(Node::flat).unwrap_or_default();
    let body = [part("literal"), part("name")].into_iter().find(|name| !name.is_empty());
    let (family, given, suffix) = (part("family"), part("given"), part("suffix"));
    let (particle, dropping) = (part("non-dropping-particle"), part("dropping-particle"));
    if let Some(body) = body.filter(|_| family.is_empty()) {
        return Some(Name::Body(body.into()));
    }
    let alone = [&given, &suffix, &particle, &dropping].iter().all(|part| part.is_empty());
    match (family.is_empty(), alone) {
        (true, true) => None,
        // A name that has no parts.
        (false, true) => Some(Name::Body(family.into())),
        _ => Some(Name::Person {
            comma_suffix: node.get("comma-suffix").map_or(has_comma(&suffix), Node::is_true),
            family: family.into(),
            given: given.into(),
            particle: particle.into(),
            dropping: dropping.into(),
            suffix: suffix.into(),
        }),
    }
}

/// A name that was written as one text: `Family, Given`. More commas leave open what is what.
fn of_text(text: &str, node: &Node, variable: &str, key: &str, problems: &mut Problems) -> Option<Name> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let person = |family: &str, given: &str, suffix: &str| {
        Some(Name::Person {
            family: family.into(),
            given: given.into(),
            particle: "".into(),
            dropping: "".into(),
            suffix: suffix.into(),
            comma_suffix: has_comma(suffix),
        })
    };
    match parts.as_slice() {
        [] => None,
        [body] => Some(Name::Body((*body).into())),
        [family, given] => person(family, given, ""),
        [family, second, third, ..] => {
            let message = format!("a name of `{variable}` in `{key}` has several commas, which leave open what is what");
            let problem = Diagnostic::warning("unread-field", message)
                .hint("write its parts: `family`, `given` and `suffix`, or `literal` for a body");
            problems.add(node.range.clone(), problem);
            match (is_suffix(second), is_suffix(third)) {
                (true, _) => person(family, third, second),
                (false, true) => person(family, second, third),
                _ => Some(Name::Body(text.trim().into())),
            }
        }
    }
}
