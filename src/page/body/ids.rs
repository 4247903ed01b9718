//! Ids of headings as GitHub makes them.
//!
//! It must not know what else a page holds, but for the ids that are taken.

use std::ops::Range;

use crate::fingerprint::Lookup;
use crate::url::composed;

/// Ids in the frame of pages as the default theme has it: they begin with a capital, as no heading's does unless its author writes so.
const FRAME: [&str; 4] = ["Cite", "Hint", "Main", "Question"];

/// The ids of one page, each given once.
#[derive(Debug, Default)]
pub struct Ids {
    taken: Lookup<String, Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    /// How often it was asked for again.
    again: u32,
    /// Where in the text it was given.
    place: Range<usize>,
}

/// Who has an id already.
#[derive(Debug, PartialEq)]
pub enum Holder {
    /// The frame around every page.
    Frame,
    /// An earlier place of the text.
    Place(Range<usize>),
}

impl Ids {
    /// The id for a heading of this text at `place`: its slug, with `-1`, `-2` … if that is taken (<https://github.com/Flet/github-slugger>).
    pub fn of_text(&mut self, text: &str, place: Range<usize>) -> String {
        let slug = slug(&composed(text.trim_end()));
        let slug = if slug.is_empty() { "section".into() } else { slug };
        self.free(slug, place)
    }

    /// Takes an id that an author wrote, unless somebody has it.
    pub fn claim(&mut self, id: &str, place: Range<usize>) -> Result<(), Holder> {
        if FRAME.contains(&id) {
            return Err(Holder::Frame);
        }
        if let Some(taken) = self.taken.get(id) {
            return Err(Holder::Place(taken.place.clone()));
        }
        self.taken.insert(id.into(), Taken { again: 0, place });
        Ok(())
    }

    /// Takes the id of an entry of the list of sources.
    pub fn keep(&mut self, id: String) {
        self.taken.entry(id).or_default();
    }

    /// The id itself, or with the first number that makes it free.
    pub fn free(&mut self, id: String, place: Range<usize>) -> String {
        if is_notes(&id) {
            return self.free(format!("section-{id}"), place);
        }
        if !FRAME.contains(&&*id) && !self.taken.contains_key(&id) {
            self.taken.insert(id.clone(), Taken { again: 0, place });
            return id;
        }
        let mut count = self.taken.get(&id).map_or(0, |taken| taken.again);
        let numbered = loop {
            count += 1;
            let numbered = format!("{id}-{count}");
            if !self.taken.contains_key(&numbered) {
                break numbered;
            }
        };
        self.taken.entry(id).or_default().again = count;
        self.taken.insert(numbered.clone(), Taken { again: 0, place });
        numbered
    }
}

/// The ids of footnotes, `fn-1` and `fnref-1-2`, and those of citations, `cite-1`, are no heading's.
pub fn is_notes(id: &str) -> bool {
    let number = ["fn-", "fnref-", "cite-"].iter().find_map(|begin| id.strip_prefix(begin));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

/// Small letters, marks, digits, `_` and `-` stay, a space becomes `-`, all else goes.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            letter if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            // Of what may continue a name, only these two dots are punctuation.
            '\u{B7}' | '\u{387}' => {}
            letter if unicode_ident::is_xid_continue(letter) => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_github() {
        let mut ids = Ids::default();
        let mut of_text = |text: &str| ids.of_text(text, 0..0);
        assert_eq!(of_text("What's new? Costs & funding -- 2.5 %"), "whats-new-costs--funding----25-");
        assert_eq!(of_text("Übersicht: Größe, Ça_va 日本"), "übersicht-größe-ça_va-日本");
        assert_eq!(of_text("Same"), "same");
        assert_eq!(of_text("Same"), "same-1");
        assert_eq!(of_text("Same 1"), "same-1-1");
        assert_eq!(of_text("Same"), "same-2");
    }

    #[test]
    fn marks_that_belong_to_letters_stay_and_are_written_in_one_way() {
        assert_eq!(Ids::default().of_text("e\u{301}tat हिन्दी", 0..0), "état-हिन्दी");
    }

    #[test]
    fn no_heading_takes_the_id_of_a_note() {
        assert_eq!(Ids::default().of_text("fn 1", 0..0), "section-fn-1");
        assert_eq!(Ids::default().of_text("fn x", 0..0), "fn-x");
    }

    #[test]
    fn the_frame_of_the_default_theme_has_these_ids() {
        let templates = [
            include_str!("../../../themes/default/templates/base.html"),
            include_str!("../../../themes/default/templates/briefing.html"),
            include_str!("../../../themes/default/templates/search.html"),
        ];
        let ids = |template: &'static str| template.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut found: Vec<&str> = templates.into_iter().flat_map(ids).collect();
        found.sort_unstable();
        assert_eq!(found, FRAME);
    }
}
