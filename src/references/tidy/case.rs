//! Words whose case a style that writes English titles in capitals must leave alone.

/// Whether a word of an English title keeps its case: hayagriva's title case would make `2018/44/hu`, `Ipad`, `Plos` and `V` of `2018/44/HU`, `iPad`, `PLoS`
/// and `v`.
pub fn keeps_case(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let has_capital = bare.chars().any(char::is_uppercase);
    let has_inner_capital =
        bare.split('-').any(|part| part.chars().skip(1).any(char::is_uppercase) && part.chars().any(char::is_lowercase));
    let has_digit = bare.chars().any(|letter| letter.is_ascii_digit());
    let is_small = matches!(bare, "v" | "vs" | "van" | "von" | "der" | "den" | "de");
    has_inner_capital || (has_capital && (has_digit || bare.contains('/'))) || is_small
}

/// Whether a word is small in an English title unless it begins or ends it
/// (<https://docs.citationstyles.org/en/stable/specification.html#title-case-conversion>).
pub fn is_small_word(word: &str) -> bool {
    const SMALL: [&str; 25] = [
        "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of", "on", "onto", "or", "over", "so",
        "the", "till", "to", "up", "via", "with",
    ];
    SMALL.contains(&word.trim_end())
}
