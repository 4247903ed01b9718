//! Addresses by the patterns of `[permalinks]`: which pattern a page follows, and what it says for the words of one.
//!
//! It must not know how a pattern is written.

use super::Kind;
use crate::config::permalinks::{Pattern, Permalinks, Word};
use crate::page::date::{self, PartialDate};
use crate::page::front::Front;
use crate::page::origin::{Origin, Role};
use crate::url::slugify;

/// The pattern by which a page has its address. A section is where its folder is, unless it is a term of a vocabulary.
pub fn of_page<'p>(origin: &Origin, front: &Front, kind: Kind, permalinks: &'p Permalinks) -> Option<&'p Pattern> {
    if permalinks.is_empty() || front.path.is_some() {
        return None;
    }
    let is_own_list = &*origin.folder == kind.folder() && origin.role != Role::Page;
    let folder = kind.folder();
    let of_kind = || permalinks.of_kind(folder).filter(|_| !folder.is_empty() && !is_own_list);
    match (kind.is_term() || kind.is_entity(), origin.role) {
        (true, _) if kind.is_term() || origin.role != Role::Section => of_kind(),
        (_, Role::Section) => None,
        _ => permalinks.of_section(origin.section()),
    }
}

/// What a page says for a word of a pattern; `None` if it says nothing.
pub fn said(word: Word, origin: &Origin, front: &Front) -> Option<String> {
    let date = front.date.map(|stamp| stamp.partial()).or(origin.date.map(PartialDate::from));
    let title = || front.title.as_deref().filter(|title| !title.trim().is_empty()).map(slugify);
    let folders = || origin.section().split('/').filter(|folder| !folder.is_empty());
    match word {
        Word::Year => Some(format!("{:04}", date?.first.year())),
        Word::Month => Some(format!("{:02}", date?.month()?)),
        Word::MonthName => Some(date::MONTHS[usize::from(date?.month()?.unsigned_abs()) - 1].to_string()),
        Word::Day => Some(format!("{:02}", date?.day()?)),
        Word::Title => title(),
        Word::Slug => {
            front.slug.as_ref().map(|slug| slug.trim_matches('/').to_string()).or_else(title).or_else(|| Some(slugify(&origin.name)))
        }
        Word::Section => folders().next().map(slugify),
        Word::Sections => Some(folders().map(slugify).collect::<Vec<_>>().join("/")).filter(|path| !path.is_empty()),
        Word::ContentBaseName => Some(slugify(&origin.name)),
    }
}
