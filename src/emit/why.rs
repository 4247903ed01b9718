//! Why a file differs from what it was: what its key is made of, piece by piece, and which of the pieces have changed.
//!
//! Owns `Recipe` and `Reason`. It must not know how prints are kept. They are compared for messages only: keys say what is made.

use serde::{Deserialize, Serialize};

use super::Output;
use crate::fingerprint::Short;
use crate::view::{Doc, View};

/// What goes into a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipe<'a> {
    /// The template, else the emitter.
    pub maker: &'a str,
    /// The parts that the template mentions; nothing for a file without a template.
    #[serde(borrow)]
    pub parts: Option<Vec<&'a str>>,
}

/// A file's recipe and a short print of each piece: of a document the template, what is the same for the whole site, and the parts; of any
/// other file all that it says.
pub struct Pieces<'a> {
    pub recipe: &'a Recipe<'a>,
    pub prints: &'a [Short],
}

/// Why a file was written, made again or removed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// No earlier build made it.
    New,
    /// What goes into it has changed.
    Changed(Changed),
    /// Somebody deleted it from the output.
    Deleted,
    /// Somebody changed it in the output.
    Edited,
    /// Everything was to be made again.
    Forced,
    /// Another build of the program made it.
    Program,
    /// What went into it the last time is not known any more.
    Unknown,
    /// The site does not have it any more.
    Gone,
}

/// What has changed of what goes into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Changed {
    /// Another template or emitter makes it: which did, and which does.
    pub makers: Option<[String; 2]>,
    /// Templates with another text.
    pub templates: Vec<String>,
    /// The words of the language, which filters speak.
    pub strings: bool,
    /// Flags that change every document: those of a preview, and of relative addresses.
    pub mode: bool,
    pub parts: Vec<String>,
    /// What a file without a template says, or is copied from.
    pub content: bool,
}

/// How many pieces of a document stand before its parts.
pub const BEFORE_PARTS: usize = 3;

/// What goes into a file.
pub fn recipe<'a>(view: &'a View, output: &'a Output) -> Recipe<'a> {
    let site = &*view.site;
    let names = |doc: &'a Doc| site.theme.templates.get(&*doc.template).map(|template| template.names().collect()).unwrap_or_default();
    let parts = output.doc().map(names);
    Recipe { maker: output.maker(), parts }
}

impl Reason {
    /// Why a file with these pieces is made again. `templates` tells which of the templates that one calls have another text.
    pub fn new(was: &Pieces, is: &Pieces, templates: impl FnOnce(&str) -> Vec<String>) -> Reason {
        let [old, new] = [was.recipe, is.recipe];
        let mut changed = Changed::default();
        if old.maker != new.maker || old.parts.is_some() != new.parts.is_some() {
            changed.makers = Some([old.maker.to_string(), new.maker.to_string()]);
        }
        match (&old.parts, &new.parts) {
            (Some(before), Some(after)) => {
                let differs = |at: usize| was.prints.get(at) != is.prints.get(at);
                if differs(0) && changed.makers.is_none() {
                    changed.templates = templates(new.maker);
                }
                changed.strings = differs(1);
                changed.mode = differs(2);
                let print = |prints: &[Short], at: usize| prints.get(BEFORE_PARTS + at).copied();
                let has_changed = |(at, part): (usize, &&str)| {
                    let known = before.iter().position(|other| other == part)?;
                    (print(was.prints, known) != print(is.prints, at)).then(|| part.to_string())
                };
                changed.parts = after.iter().enumerate().filter_map(has_changed).collect();
                changed.parts.sort_unstable();
            }
            _ => changed.content = changed.makers.is_none() && was.prints != is.prints,
        }
        if changed == Changed::default() { Reason::Unknown } else { Reason::Changed(changed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(was: (&str, &[&str], &[u8]), is: (&str, &[&str], &[u8])) -> Reason {
        let old = Recipe { maker: was.0, parts: Some(was.1.to_vec()) };
        let new = Recipe { maker: is.0, parts: Some(is.1.to_vec()) };
        let [before, now] = [was.2, is.2].map(|prints| prints.iter().map(|print| [*print; 4]).collect::<Vec<Short>>());
        let [was, is] = [Pieces { recipe: &old, prints: &before }, Pieces { recipe: &new, prints: &now }];
        Reason::new(&was, &is, |name| vec![format!("base of {name}")])
    }

    fn changed(changed: Changed) -> Reason {
        Reason::Changed(changed)
    }

    #[test]
    fn parts_are_compared_by_name() {
        let is = why(("a.html", &["head", "page"], &[1, 2, 2, 3, 4]), ("a.html", &["content", "head", "page"], &[9, 2, 2, 8, 3, 5]));
        assert_eq!(is, changed(Changed { templates: vec!["base of a.html".into()], parts: vec!["page".into()], ..Changed::default() }));
    }

    #[test]
    fn another_template_is_told_and_not_that_its_text_differs() {
        let is = why(("a.html", &["head"], &[1, 2, 2, 3]), ("b.html", &["head"], &[4, 2, 2, 3]));
        assert_eq!(is, changed(Changed { makers: Some(["a.html".into(), "b.html".into()]), ..Changed::default() }));
    }

    #[test]
    fn flags_and_words_are_told_and_what_shows_no_change_is_not_known() {
        let before: (&str, &[&str], &[u8]) = ("a.html", &["head"], &[1, 2, 2, 3]);
        assert_eq!(why(before, ("a.html", &["head"], &[1, 2, 9, 3])), changed(Changed { mode: true, ..Changed::default() }));
        assert_eq!(why(before, ("a.html", &["head"], &[1, 9, 2, 3])), changed(Changed { strings: true, ..Changed::default() }));
        assert_eq!(why(before, before), Reason::Unknown);
    }
}
