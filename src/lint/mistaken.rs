//! Pages with an error in their own front matter. What they answer to may stand in what could not be read, so whoever names them is told
//! nothing: the error is told at the page itself.
//!
//! It must not know what is wrong with them.

use super::LintContext;
use crate::diagnostic::Severity;
use crate::page::Facts;

/// So much of a hidden page is looked at: its front matter may not have been found.
const HEAD: usize = 8 * 1024;
/// Shorter names stand in any text, unless they are numbers such as `R-9`.
const SHORTEST: usize = 3;

/// The front matters of such pages.
pub struct Mistaken {
    heads: Vec<String>,
}

impl Mistaken {
    /// The pages of a site whose front matter has errors.
    pub fn new(context: &LintContext) -> Mistaken {
        let public = context.site.facts.iter().filter(|fact| is_mistaken(fact));
        let of_public = public.map(|fact| bare(context.sources.text(fact.path()).get(..fact.front().body_start).unwrap_or("")));
        let hidden = context.hidden.iter().filter(|page| page.is_mistaken());
        let of_hidden = hidden.map(|page| {
            let text = context.sources.text(&page.path);
            bare(&text[..text.floor_char_boundary(HEAD.min(text.len()))])
        });
        Mistaken { heads: of_public.chain(of_hidden).collect() }
    }

    /// Whether one of the pages may answer to a name.
    pub fn may_answer(&self, name: &str) -> bool {
        if self.heads.is_empty() {
            return false;
        }
        let name = bare(name);
        let is_number = name.len() > 1 && name.contains(|letter: char| letter.is_ascii_digit());
        (name.len() >= SHORTEST || is_number) && self.heads.iter().any(|head| head.contains(&name))
    }

    /// Whether one of the pages may live at one of the places where a link leads, or answer to it as to a name.
    pub fn may_be_at(&self, places: &[String]) -> bool {
        !self.heads.is_empty() && places.iter().filter(|place| !place.starts_with("content")).any(|place| self.may_answer(last_part(place)))
    }
}

/// Whether what a page says of itself has an error.
pub fn is_mistaken(fact: &Facts) -> bool {
    fact.front().diagnostics.iter().any(|problem| problem.severity == Severity::Error)
}

/// The last part of an address: it is what a slug gives.
fn last_part(place: &str) -> &str {
    if place.starts_with('/') { place.trim_end_matches('/').rsplit('/').next().unwrap_or(place) } else { place }
}

/// A text as names are compared: its letters and digits.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
