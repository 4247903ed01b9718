//! The known key that an unknown name was probably meant to be.
//!
//! It must not know what any key says.

use super::keys::KEYS;
use crate::diagnostic::nearest;

/// Keys of other tools that look like a slip of the pen and are none.
const FOREIGN: [&str; 13] =
    ["banking", "created", "data", "hints", "images", "links", "lists", "making", "marketing", "math", "menus", "parking", "ranking"];

/// The known name that is nearest to an unknown one; `None` when none is near.
pub fn meant(name: &str) -> Option<&'static str> {
    if FOREIGN.contains(&name) || name.len() > 30 {
        return None;
    }
    let letters = letters(name);
    // The distance of words is slow to compute, and no less than half the number of letters that only one of them has.
    let allowed = 2 * (name.chars().count() / 3).max(1) as u32;
    let names = KEYS.iter().flat_map(|row| row.names.iter().copied());
    nearest(name, names.filter(|known| differing(&letters, &self::letters(known)) <= allowed))
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
