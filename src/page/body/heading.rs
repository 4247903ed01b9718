//! Ids of headings as GitHub makes them.
//!
//! It must not know what else a page holds, but for the ids that are taken.

use crate::fingerprint::Lookup;

/// The ids of one page, each given once.
#[derive(Debug, Default)]
pub struct Ids {
    /// Each id with how often it was asked for again.
    taken: Lookup<String, u32>,
}

impl Ids {
    /// The id for a heading of this text: its slug, with `-1`, `-2` … if that is taken (<https://github.com/Flet/github-slugger>).
    pub fn of_text(&mut self, text: &str) -> String {
        let slug = slug(text);
        let slug = if slug.is_empty() { "section".into() } else { slug };
        self.free(slug)
    }

    /// Takes an id that an author wrote. False if it was taken already.
    pub fn claim(&mut self, id: &str) -> bool {
        self.taken.insert(id.into(), 0).is_none()
    }

    /// The id itself, or with the first number that makes it free.
    pub fn free(&mut self, id: String) -> String {
        if is_notes(&id) {
            return self.free(format!("section-{id}"));
        }
        if !self.taken.contains_key(&id) {
            self.taken.insert(id.clone(), 0);
            return id;
        }
        let mut count = self.taken.get(&id).copied().unwrap_or(0);
        let numbered = loop {
            count += 1;
            let numbered = format!("{id}-{count}");
            if !self.taken.contains_key(&numbered) {
                break numbered;
            }
        };
        self.taken.insert(id, count);
        self.taken.insert(numbered.clone(), 0);
        numbered
    }
}

/// The ids of footnotes, `fn-1` and `fnref-1-2`, are no heading's.
fn is_notes(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
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
        assert_eq!(ids.of_text("What's new? Costs & funding -- 2.5 %"), "whats-new-costs--funding----25-");
        assert_eq!(ids.of_text("Übersicht: Größe, Ça_va 日本"), "übersicht-größe-ça_va-日本");
        assert_eq!(ids.of_text("Same"), "same");
        assert_eq!(ids.of_text("Same"), "same-1");
        assert_eq!(ids.of_text("Same 1"), "same-1-1");
        assert_eq!(ids.of_text("Same"), "same-2");
    }

    #[test]
    fn marks_that_belong_to_letters_stay() {
        assert_eq!(slug("e\u{301}tat हिन्दी"), "e\u{301}tat-हिन्दी");
    }

    #[test]
    fn no_heading_takes_the_id_of_a_note() {
        assert_eq!(Ids::default().of_text("fn 1"), "section-fn-1");
        assert_eq!(Ids::default().of_text("fn x"), "fn-x");
    }
}
