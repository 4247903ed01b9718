//! Key points that are too many or too long.

use super::reading::{Read, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;
use crate::page::body::Sort;

const CODE: &str = "key-points";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "Key points are what a reader takes away from a page, and more than six of them, or one of more than 45 words, are not taken away.

    key_points: [first, second, third, fourth, fifth, sixth, seventh]

Leave out what is not key, and say one thing in each. `key-points = { level = \"warn\", most = 5, words = 30 }` in `[lints]` sets other numbers.",
        check: None,
    },
    langs: &[],
    look,
};

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let (most, longest) = (reading.weights.number(CODE, "most"), reading.weights.number(CODE, "words"));
    let points: Vec<&Read> = reading.passages.iter().filter(|read| read.passage.sort == Sort::KeyPoint && !read.words.is_empty()).collect();
    let place = |read: &Read| read.place(&(0..read.words.len()));
    if points.len() > most {
        let message = format!("there are {} key points, more than {most}", points.len());
        found.push(Finding::new(CODE, message, "leave out what is not key", Some(place(points[most]))));
    }
    for point in points.iter().filter(|point| point.words.len() > longest) {
        let message = format!("this key point has {} words, more than {longest}", point.words.len());
        found.push(Finding::new(CODE, message, "say one thing in it", Some(place(point))));
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::{found, found_in};

    use crate::lint::language::tests::{front_found, page};

    #[test]
    fn too_many_key_points_and_a_long_one_are_told() {
        let points = |count: usize| format!("key_points:\n{}", "- One point\n".repeat(count));
        assert_eq!(front_found("key-points", &page(&points(6), "")), [""; 0]);
        assert_eq!(front_found("key-points", &page(&points(7), "")), ["there are 7 key points, more than 6"]);
        let long = format!("key_points:\n- {}\n", "word ".repeat(46));
        assert_eq!(front_found("key-points", &page(&long, "")), ["this key point has 46 words, more than 45"]);
        assert_eq!(found("key-points", "en", "Text."), found_in("", "key-points", "en", "Text."));
    }
}
