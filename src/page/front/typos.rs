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

/// Names under which others write the day of a review, in small letters and without signs between.
const REVIEWS: &str = "review reviewat reviewdate reviewdue reviewon nextreview nextreviewdate nextreviewon datereview reviewby";

/// Whether a day under this name is surely that of a review.
pub fn is_day_of_review(name: &str) -> bool {
    let bare = name.replace(['_', '-', ' '], "").to_ascii_lowercase();
    REVIEWS.split(' ').any(|known| known == bare)
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
    fn a_day_of_review_is_known_under_the_names_of_others() {
        let told = |line: &str| {
            let front = super::super::read(&std::sync::Arc::from("content/x.md"), &format!("---\ntitle: A\n{line}\n---\n"));
            front.diagnostics.iter().flat_map(|problem| problem.hints.clone()).collect::<Vec<_>>().join(" ")
        };
        for name in ["next_review", "review_date", "review", "Review-Date", "nextReviewDate"] {
            assert_eq!(told(&format!("{name}: 2026-12-01")), "did you mean `review_by`?", "{name}");
        }
        assert_eq!(told("review: by the desk"), "", "what is no day is a key of one's own");
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
