//! The keys of front matter: their names and synonyms, and which is meant when a name is unknown.
//!
//! Owns the table of keys. It must not know what a key's value may be.

use crate::diagnostic::nearest;
use crate::page::Taxonomy;

/// What a key says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Title,
    Summary,
    Date,
    Updated,
    Slug,
    Path,
    Aliases,
    Topics,
    Tags,
    Authors,
    Series,
    Taxonomies,
    Id,
    Type,
    Points,
    Recommendations,
    Status,
    Draft,
    /// `published: true|false`, which is no date.
    Published,
    PublishAt,
    Expires,
    Supersedes,
    SupersededBy,
    Withdrawn,
    Changes,
    LastReviewedOn,
    ReviewIn,
    Owner,
    AsOf,
    Kind,
    Synonyms,
    Broader,
    Related,
    Featured,
    Names,
    SameAs,
    Offices,
    Weight,
    Toc,
    Lang,
    Image,
    Licence,
    Doi,
    Noindex,
    Template,
    Layout,
    Cascade,
    Extra,
    Params,
}

/// Each key with its name and the other names that are accepted, in the order of their rank: the first that a page has holds.
pub const KEYS: [(Key, &str, &[&str]); 49] = [
    (Key::Title, "title", &[]),
    (Key::Summary, "summary", &["description", "abstract", "deck", "excerpt"]),
    (Key::Date, "date", &["published", "pubDate"]),
    (Key::Updated, "updated", &["lastmod", "last_modified_at", "modified"]),
    (Key::Slug, "slug", &[]),
    (Key::Path, "path", &["permalink", "url"]),
    (Key::Aliases, "aliases", &["redirect_from"]),
    (Key::Topics, "topics", &[]),
    (Key::Tags, "tags", &[]),
    (Key::Authors, "authors", &["author"]),
    (Key::Series, "series", &[]),
    (Key::Taxonomies, "taxonomies", &[]),
    (Key::Id, "id", &["number"]),
    (Key::Type, "type", &[]),
    (Key::Points, "key_points", &[]),
    (Key::Recommendations, "recommendations", &[]),
    (Key::Status, "status", &[]),
    (Key::Draft, "draft", &[]),
    (Key::Published, "published", &[]),
    (Key::PublishAt, "publish_at", &["embargo", "publishDate"]),
    (Key::Expires, "expires", &["expiryDate", "expirydate"]),
    (Key::Supersedes, "supersedes", &[]),
    (Key::SupersededBy, "superseded_by", &[]),
    (Key::Withdrawn, "withdrawn", &[]),
    (Key::Changes, "changes", &[]),
    (Key::LastReviewedOn, "last_reviewed_on", &[]),
    (Key::ReviewIn, "review_in", &[]),
    (Key::Owner, "owner", &["owner_slack"]),
    (Key::AsOf, "as_of", &[]),
    (Key::Kind, "kind", &[]),
    (Key::Synonyms, "synonyms", &[]),
    (Key::Broader, "broader", &[]),
    (Key::Related, "related", &[]),
    (Key::Featured, "featured", &[]),
    (Key::Names, "names", &[]),
    (Key::SameAs, "same_as", &[]),
    (Key::Offices, "offices", &[]),
    (Key::Weight, "weight", &["order"]),
    (Key::Toc, "toc", &[]),
    (Key::Lang, "lang", &[]),
    (Key::Image, "image", &[]),
    (Key::Licence, "licence", &[]),
    (Key::Doi, "doi", &[]),
    (Key::Noindex, "noindex", &[]),
    (Key::Template, "template", &[]),
    (Key::Layout, "layout", &[]),
    (Key::Cascade, "cascade", &[]),
    (Key::Extra, "extra", &[]),
    (Key::Params, "params", &[]),
];

/// Keys of other tools that look like a slip of the pen and are none.
const FOREIGN: [&str; 5] = ["created", "data", "images", "math", "menus"];

impl Key {
    /// The key of a name in capital or small letters, and the rank of the name among the key's names.
    pub fn named(name: &str) -> Option<(Key, usize)> {
        KEYS.iter().find_map(|(key, own, others)| {
            let is_it = |known: &str| known.eq_ignore_ascii_case(name);
            let rank = if is_it(own) { 0 } else { 1 + others.iter().position(|other| is_it(other))? };
            Some((*key, rank))
        })
    }

    /// A known name as the table of the manual spells it.
    pub fn spelling(name: &str) -> Option<&'static str> {
        let names = KEYS.iter().flat_map(|(_, own, others)| std::iter::once(own).chain(others.iter()));
        names.copied().find(|known| known.eq_ignore_ascii_case(name))
    }

    /// The name by which the table of the manual calls it.
    pub fn name(self) -> &'static str {
        KEYS[self as usize].1
    }

    /// The taxonomy whose terms the key names; `None` when it names none.
    pub fn taxonomy(self) -> Option<Taxonomy> {
        Taxonomy::named(self.name())
    }
}

/// The known key that an unknown name was probably meant to be.
pub fn meant(name: &str) -> Option<&'static str> {
    if FOREIGN.contains(&name) || name.len() > 30 {
        return None;
    }
    let letters = letters(name);
    // The distance of words is slow to compute, and no less than half the number of letters that only one of them has.
    let allowed = 2 * (name.chars().count() / 3).max(1) as u32;
    let names = KEYS.iter().flat_map(|(_, own, others)| std::iter::once(own).chain(others.iter()));
    nearest(name, names.copied().filter(|known| differing(&letters, &self::letters(known)) <= allowed))
}

/// How often each letter is in a word; what is no letter counts together.
fn letters(word: &str) -> [u8; 27] {
    let mut counts = [0; 27];
    for letter in word.chars() {
        let at = match letter.to_ascii_lowercase() {
            letter @ 'a'..='z' => letter as usize - 'a' as usize,
            _ => 26,
        };
        counts[at] += 1;
    }
    counts
}

fn differing(one: &[u8; 27], other: &[u8; 27]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(*other))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_keys() {
        for (key, name, _) in KEYS {
            assert_eq!(key.name(), name);
        }
    }

    #[test]
    fn names_have_ranks() {
        assert_eq!(Key::named("summary"), Some((Key::Summary, 0)));
        assert_eq!(Key::named("excerpt"), Some((Key::Summary, 4)));
        assert_eq!(Key::named("published"), Some((Key::Date, 1)));
        assert_eq!(Key::named("LastMod"), Some((Key::Updated, 1)));
        assert_eq!(Key::named("STATUS"), Some((Key::Status, 0)));
        assert_eq!(Key::named("titel"), None);
    }

    #[test]
    fn only_what_is_near_a_key_is_taken_for_it() {
        assert_eq!(meant("sumary"), Some("summary"));
        assert_eq!(meant("Title"), Some("title"));
        assert_eq!(meant("license"), Some("licence"));
        assert_eq!(meant("tag"), Some("tags"));
        for foreign in ["math", "menu", "categories", "sitemap", "linkTitle", "sort_by", "hero", "nav_order", "translationKey", "résumé"]
        {
            assert_eq!(meant(foreign), None, "{foreign}");
        }
    }
}
