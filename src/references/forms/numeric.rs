//! What CSL counts as a number (<https://docs.citationstyles.org/en/stable/specification.html#choose>).

/// Whether text is numbers alone: each with a prefix or suffix that touches it (`L2d`, `2nd`), parted by a comma, a hyphen or `&`.
pub fn is_numeric(text: &str) -> bool {
    let mut parts = text.split([',', '-', '–', '&']);
    let is_number = |part: &str| {
        let part = part.trim();
        let digits = part.trim_start_matches(|letter: char| letter.is_alphabetic());
        let rest = digits.trim_start_matches(|letter: char| letter.is_ascii_digit());
        digits.len() > rest.len() && rest.chars().all(char::is_alphabetic)
    };
    !text.trim().is_empty() && parts.all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_touch_what_belongs_to_them() {
        for numeric in ["2", "2nd", "L2d", "2, 3", "2 & 3", "12-14", "12–14"] {
            assert!(is_numeric(numeric), "{numeric}");
        }
        for word in ["", "CP 1204", "L 30", "xii", "second", "2018/44", "c. 12", "2 and 3"] {
            assert!(!is_numeric(word), "{word}");
        }
    }
}
