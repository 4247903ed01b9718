//! Snippets: components that are rendered once for all files that show the same. Their names say for what: `card.item` is rendered once a card, and
//! templates write what came of it as `{{ card.item }}`.
//!
//! Owns `Snippet`. It must not know what a card holds, or which parts there are.

use tera::Tera;

use super::calls::Reach;
use super::layers::{self, TemplateFile};
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;

/// What a snippet is rendered once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Once {
    /// A page as lists show it.
    Card,
    /// A topic, tag, author or series of a page.
    Term,
    /// A source as pages list it.
    Source,
    /// A page as those of its sources show it.
    Citing,
    /// All documents in a language.
    Frame,
}

/// A component that is rendered once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Snippet {
    /// For how many documents it is the same.
    pub once: Once,
    /// The component: `card.item`.
    pub name: String,
    /// The names of the values that it takes as `@name`.
    pub implicit: Vec<String>,
    /// Of its file and of all that this calls.
    print: Fingerprint,
}

/// All snippets of a theme.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snippets {
    all: Vec<Snippet>,
    /// Of all of them.
    pub print: Fingerprint,
}

impl Once {
    /// Of a component's name, and the argument that it must have.
    fn read(name: &str) -> Option<(Once, Option<&'static str>)> {
        match name.split_once('.')?.0 {
            "card" => Some((Once::Card, Some("card"))),
            "term" => Some((Once::Term, Some("term"))),
            "source" => Some((Once::Source, Some("source"))),
            "citing" => Some((Once::Citing, Some("citing"))),
            "frame" => Some((Once::Frame, None)),
            _ => None,
        }
    }
}

impl Snippet {
    /// The name under which templates see what came of it: `item` of `card.item`.
    pub fn field(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(_, field)| field)
    }
}

impl Snippets {
    /// The snippets that `files` define, in the order of files. What cannot be rendered once, because it takes other values, is told.
    pub(super) fn read(tera: &Tera, files: &[TemplateFile], reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) -> Snippets {
        let mut all = Vec::new();
        for (file, reach) in files.iter().zip(reaches).filter(|(file, _)| !file.name.starts_with("shortcodes/")) {
            for name in layers::components(&file.text) {
                let Some((once, argument)) = Once::read(name) else { continue };
                let Some(info) = tera.get_component_definition(name) else { continue };
                let (implicit, own): (Vec<_>, Vec<_>) = info.args().iter().partition(|arg| arg.is_implicit());
                let implicit: Vec<String> = implicit.iter().map(|arg| arg.name().to_string()).collect();
                let takes = own.iter().all(|arg| Some(arg.name()) == argument) && own.len() == usize::from(argument.is_some());
                if !takes || once != Once::Frame && implicit.iter().any(|name| name != "t") {
                    diagnostics.push(problem(name, argument).at(Place::file(&file.path)));
                    continue;
                }
                all.push(Snippet { once, name: name.to_string(), implicit, print: reach.print });
            }
        }
        Snippets { print: Fingerprint::of(&all), all }
    }

    /// Those that are rendered once for something.
    pub fn once(&self, once: Once) -> impl Iterator<Item = &Snippet> {
        self.all.iter().filter(move |snippet| snippet.once == once)
    }
}

fn problem(name: &str, argument: Option<&str>) -> Diagnostic {
    let (what, hint) = match argument {
        Some(argument) => (format!("a {argument}"), format!("begin with `{{% component {name}({argument}: map, @t) %}}`")),
        None => ("all documents in a language".into(), format!("begin with `{{% component {name}(@site, @t) %}}`")),
    };
    Diagnostic::error("bad-snippet", format!("`{name}` is rendered once for {what} and can take nothing else")).hint(hint)
}
