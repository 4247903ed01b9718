//! The kinds of lists: one table, one row a kind.
//!
//! Owns `ListKind` and `Row`. It must not know which lists a site has.

use crate::page::Taxonomy;
use crate::page::front::ChangeKind;
use crate::page::route::Kind;

/// What a list is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Home,
    /// A folder of `content/`.
    Section(Box<str>),
    /// A term, by its place in `Terms::all`.
    Term(Taxonomy, u32),
    /// All terms of a taxonomy.
    Taxonomy(Taxonomy),
    /// All pages of a kind.
    Entities(Kind),
    Archive,
    Year(i16),
    Updates,
    /// The corrections among the updates.
    Corrections,
    /// All sources that pages cite.
    Sources,
    /// The pages that cite a source, by its place in `Citations::sources`.
    Source(u32),
    Search,
}

/// What is particular to a kind of list.
#[derive(Debug)]
pub struct Row {
    /// The key of its title among the strings of a language; `None` for what is called after what it lists.
    pub title: Option<&'static str>,
    /// The template that shows it, unless its page names another.
    pub template: &'static str,
    pub holds: Holds,
    pub feeds: Feeds,
    /// Its place in the menu that a site without a menu of its own has; `None` when it is not there.
    pub menu: Option<u8>,
    /// Its place among the lists that every site has, on its index of lists; `None` when it is not there.
    pub place: Option<u8>,
    pub sitemap: Sitemap,
}

/// What the parts of a list are cut from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Pages, so many a part.
    Pages,
    /// Pages, all at once, as in a book's index.
    AllPages,
    /// The changes of pages, so many a part.
    Changes(Which),
    /// Other lists, or nothing.
    NoPages,
}

/// Which changes a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Corrections,
}

impl Which {
    /// Whether a change of this kind is among them.
    pub fn takes(self, kind: ChangeKind) -> bool {
        self == Which::All || kind == ChangeKind::Correction
    }
}

/// Which lists have feeds, on a site that knows where it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feeds {
    Always,
    WithDatedPages,
    /// Feeds of the changes that it holds, and not of their pages. Such a list is never empty.
    OfChanges,
    Never,
}

/// Whether search engines are told of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sitemap {
    In,
    Out,
}

const ROW: Row = Row { title: None, template: "", holds: Holds::Pages, feeds: Feeds::Never, menu: None, place: None, sitemap: Sitemap::In };

#[rustfmt::skip]
mod rows {
    use super::{Feeds, Holds, ROW, Row, Sitemap, Which};

    pub const HOME: Row = Row { template: "home.html", feeds: Feeds::Always, ..ROW };
    pub const SECTION: Row = Row { template: "section.html", feeds: Feeds::WithDatedPages, menu: Some(0), ..ROW };
    pub const TOPIC: Row = Row { template: "topic.html", feeds: Feeds::WithDatedPages, ..ROW };
    pub const TAG: Row = Row { template: "tag.html", ..ROW };
    pub const AUTHOR: Row = Row { template: "author.html", feeds: Feeds::WithDatedPages, ..ROW };
    pub const ONE_SERIES: Row = Row { template: "series.html", feeds: Feeds::WithDatedPages, ..ROW };
    pub const TOPICS: Row = Row { title: Some("topics"), template: "topics.html", holds: Holds::NoPages, menu: Some(1), place: Some(0), ..ROW };
    pub const TAGS: Row = Row { title: Some("tags"), template: "tags.html", holds: Holds::NoPages, menu: Some(2), place: Some(1), ..ROW };
    pub const AUTHORS: Row = Row { title: Some("authors"), template: "authors.html", holds: Holds::NoPages, place: Some(2), ..ROW };
    pub const SERIES: Row = Row { title: Some("series"), template: "series_index.html", holds: Holds::NoPages, place: Some(3), ..ROW };
    pub const PEOPLE: Row = Row { title: Some("people"), menu: Some(3), ..ENTITIES };
    pub const ORGANISATIONS: Row = Row { title: Some("organisations"), ..ENTITIES };
    pub const PLACES: Row = Row { title: Some("places"), ..ENTITIES };
    pub const AGREEMENTS: Row = Row { title: Some("agreements"), ..ENTITIES };
    pub const ENTITIES: Row = Row { template: "people.html", holds: Holds::AllPages, place: Some(4), ..ROW };
    pub const SOURCES: Row = Row { title: Some("sources"), template: "sources.html", holds: Holds::NoPages, menu: Some(4), place: Some(10), ..ROW };
    pub const SOURCE: Row = Row { template: "source.html", ..ROW };
    pub const ARCHIVE: Row = Row { title: Some("archive"), template: "archive.html", holds: Holds::NoPages, place: Some(11), ..ROW };
    pub const YEAR: Row = Row { template: "archive_year.html", ..ROW };
    pub const UPDATES: Row = Row { title: Some("updates"), template: "updates.html", holds: Holds::Changes(Which::All), feeds: Feeds::OfChanges, menu: Some(5), place: Some(12), ..ROW };
    pub const CORRECTIONS: Row = Row { title: Some("corrections"), template: "updates.html", holds: Holds::Changes(Which::Corrections), feeds: Feeds::OfChanges, place: Some(13), ..ROW };
    pub const SEARCH: Row = Row { title: Some("search"), template: "search.html", holds: Holds::NoPages, menu: Some(6), place: Some(14), sitemap: Sitemap::Out, ..ROW };
}

impl ListKind {
    /// The row of this kind.
    pub fn row(&self) -> &'static Row {
        match self {
            ListKind::Home => &rows::HOME,
            ListKind::Section(_) => &rows::SECTION,
            ListKind::Term(Taxonomy::Topics, _) => &rows::TOPIC,
            ListKind::Term(Taxonomy::Tags, _) => &rows::TAG,
            ListKind::Term(Taxonomy::Authors, _) => &rows::AUTHOR,
            ListKind::Term(Taxonomy::Series, _) => &rows::ONE_SERIES,
            ListKind::Taxonomy(Taxonomy::Topics) => &rows::TOPICS,
            ListKind::Taxonomy(Taxonomy::Tags) => &rows::TAGS,
            ListKind::Taxonomy(Taxonomy::Authors) => &rows::AUTHORS,
            ListKind::Taxonomy(Taxonomy::Series) => &rows::SERIES,
            ListKind::Entities(Kind::Person) => &rows::PEOPLE,
            ListKind::Entities(Kind::Organisation) => &rows::ORGANISATIONS,
            ListKind::Entities(Kind::Place) => &rows::PLACES,
            ListKind::Entities(Kind::Agreement) => &rows::AGREEMENTS,
            ListKind::Entities(_) => &rows::ENTITIES,
            ListKind::Archive => &rows::ARCHIVE,
            ListKind::Year(_) => &rows::YEAR,
            ListKind::Sources => &rows::SOURCES,
            ListKind::Source(_) => &rows::SOURCE,
            ListKind::Updates => &rows::UPDATES,
            ListKind::Corrections => &rows::CORRECTIONS,
            ListKind::Search => &rows::SEARCH,
        }
    }

    /// The taxonomy of a list of its terms or of one of them; `None` for other lists.
    pub fn taxonomy(&self) -> Option<Taxonomy> {
        match self {
            ListKind::Term(taxonomy, _) | ListKind::Taxonomy(taxonomy) => Some(*taxonomy),
            _ => None,
        }
    }
}
