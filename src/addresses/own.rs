//! The files that the program makes for every site at an address that is always the same. One table, one row a file.
//!
//! It must not know what is in them.

/// A file at an address of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Own {
    /// The list of all addresses for search engines.
    Sitemap,
    /// What programs may read.
    Robots,
    /// The page for addresses where nothing is.
    NotFound,
    /// Headers, for hosts that read them.
    Headers,
    /// Old addresses, for hosts that read them.
    Redirects,
}

/// Each with its name below the root, and whether anybody links to it: the others are for hosts alone.
const TABLE: [(Own, &str, Audience); 5] = [
    (Own::Sitemap, "sitemap.xml", Audience::All),
    (Own::Robots, "robots.txt", Audience::All),
    (Own::NotFound, "404.html", Audience::All),
    (Own::Headers, "_headers", Audience::Hosts),
    (Own::Redirects, "_redirects", Audience::Hosts),
];

#[derive(PartialEq, Eq)]
enum Audience {
    All,
    Hosts,
}

impl Own {
    /// Every file, in the order of the table.
    pub fn all() -> impl Iterator<Item = Own> {
        TABLE.iter().map(|(own, ..)| *own)
    }

    /// The name of the file, below the root of the output.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// Whether anybody links to it.
    pub fn is_linkable(self) -> bool {
        TABLE[self as usize].2 == Audience::All
    }

    /// True for what a page or file of the site's own takes the place of. A second sitemap is a mistake.
    pub fn is_replaceable(self) -> bool {
        self != Own::Sitemap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_stands_at_its_own_place_in_the_table() {
        assert!(Own::all().enumerate().all(|(at, own)| own as usize == at));
    }
}
