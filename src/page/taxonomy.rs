//! Taxonomies: the vocabularies whose terms pages name in their front matter. One table, one row a taxonomy.
//!
//! Owns `Taxonomy`. It must not know terms.

use super::route::Kind;

/// A vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    Topics,
    Tags,
    Authors,
    Series,
}

/// What is particular to a taxonomy, in the order in which they are listed.
const TABLE: [(Taxonomy, &str, Kind); Taxonomy::COUNT] = [
    (Taxonomy::Topics, "topics", Kind::Topic),
    (Taxonomy::Tags, "tags", Kind::Tag),
    (Taxonomy::Authors, "authors", Kind::Author),
    (Taxonomy::Series, "series", Kind::Series),
];

impl Taxonomy {
    /// How many taxonomies there are.
    pub const COUNT: usize = 4;

    /// All taxonomies, in the order of their table.
    pub fn all() -> impl Iterator<Item = Taxonomy> {
        TABLE.iter().map(|(taxonomy, ..)| *taxonomy)
    }

    /// The key of front matter that names its terms, which is the folder of their pages and the last part of its address too: `topics`.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The kind of the pages that describe its terms.
    pub fn kind(self) -> Kind {
        TABLE[self as usize].2
    }

    /// The word for one of its terms: `topic`.
    pub fn singular(self) -> &'static str {
        self.kind().name()
    }

    /// The taxonomy of that name; `None` when there is none.
    pub fn named(name: &str) -> Option<Taxonomy> {
        Taxonomy::all().find(|taxonomy| taxonomy.name() == name)
    }

    /// The taxonomy whose terms pages of a kind describe; `None` when they describe no term.
    pub fn from_kind(kind: Kind) -> Option<Taxonomy> {
        Taxonomy::all().find(|taxonomy| taxonomy.kind() == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_taxonomy_stands_at_its_own_place_in_the_table() {
        assert!(Taxonomy::all().enumerate().all(|(at, taxonomy)| taxonomy as usize == at));
        assert_eq!(Taxonomy::all().map(Taxonomy::singular).collect::<Vec<_>>(), ["topic", "tag", "author", "series"]);
        assert!(Taxonomy::all().all(|taxonomy| taxonomy.name() == taxonomy.kind().folder()));
    }
}
