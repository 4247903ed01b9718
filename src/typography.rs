//! Quotation marks, apostrophes, dashes and ellipses as a language prints them.
//!
//! It must not know Markdown: it sees a straight mark and the letters beside it.

/// The quotation marks of a language: outer and inner, opening and closing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotes {
    double: [&'static str; 2],
    single: [&'static str; 2],
    /// Whether articles lose their vowel before a word: `l’« urgence »`.
    elides: bool,
}

const fn quotes(double: [&'static str; 2], single: [&'static str; 2]) -> Quotes {
    Quotes { double, single, elides: false }
}

/// The language of a tag, without script and region: `fr` of `fr-CA`.
pub fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

/// The marks that a language is printed with (<https://cldr.unicode.org/translation/characters>, `quotationStart` and the rest); French ones keep a narrow space inside.
pub fn quotes_of(lang: &str) -> Quotes {
    if lang.eq_ignore_ascii_case("de-CH") || lang.eq_ignore_ascii_case("de-LI") {
        return quotes(["«", "»"], ["‹", "›"]);
    }
    let own = match primary(lang) {
        "fr" => quotes(["«\u{202F}", "\u{202F}»"], ["“", "”"]),
        "de" | "cs" | "sk" | "sl" | "bg" | "et" | "lt" | "is" | "ka" | "sr" | "mk" => quotes(["„", "“"], ["‚", "‘"]),
        "es" | "it" | "ca" | "gl" | "eu" | "el" | "sq" => quotes(["«", "»"], ["“", "”"]),
        "pt" if !lang.eq_ignore_ascii_case("pt-BR") => quotes(["«", "»"], ["“", "”"]),
        "da" | "no" | "nb" | "nn" => quotes(["«", "»"], ["‘", "’"]),
        "ru" | "uk" | "be" => quotes(["«", "»"], ["„", "“"]),
        "pl" | "ro" | "hu" => quotes(["„", "”"], ["«", "»"]),
        "hr" | "bs" => quotes(["„", "”"], ["‘", "’"]),
        "sv" | "fi" => quotes(["”", "”"], ["’", "’"]),
        "ja" => quotes(["「", "」"], ["『", "』"]),
        _ => quotes(["“", "”"], ["‘", "’"]),
    };
    Quotes { elides: ELIDING.contains(&primary(lang)), ..own }
}

/// Languages in which an apostrophe ends an article or a preposition.
const ELIDING: [&str; 8] = ["br", "ca", "co", "fr", "fur", "it", "oc", "sc"];

impl Quotes {
    /// What a straight double mark becomes between two letters; `None` is the edge of the block.
    pub fn double(&self, before: Option<char>, after: Option<char>) -> &'static str {
        let is_elided = self.elides && before == Some('’') && after.is_some_and(char::is_alphanumeric);
        match (self.opens_after(before) || is_elided, ends_before(after) || closes_between(before, after)) {
            (true, false) => self.double[0],
            (true, true) if before.is_some_and(|letter| !may_end(letter)) => "\"",
            _ => self.double[1],
        }
    }

    /// What a straight single mark becomes. `open` says whether a single quotation is open in the block, and is kept up to date.
    pub fn single(&self, before: Option<char>, after: Option<char>, open: &mut bool) -> &'static str {
        let closes = *open && closes_between(before, after);
        if !closes && self.opens_after(before) && after.is_some_and(|letter| !letter.is_numeric() && !letter.is_whitespace()) {
            *open = true;
            return self.single[0];
        }
        let within_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        if !within_word && std::mem::take(open) { self.single[1] } else { "’" }
    }

    /// A quotation opens at the edge of a block, after a space, a dash, a bracket or another opening mark.
    fn opens_after(&self, before: Option<char>) -> bool {
        let is_mark = |letter| [self.double, self.single].iter().any(|[open, close]| open != close && open.ends_with(letter));
        before.is_none_or(|letter| letter.is_whitespace() || "([{<-–—/\"".contains(letter) || is_mark(letter))
    }
}

/// No quotation opens before a space or an edge.
fn ends_before(after: Option<char>) -> bool {
    after.is_none_or(char::is_whitespace)
}

/// A quotation may end with a dash, and with the slash of a path.
fn may_end(letter: char) -> bool {
    "-–—/".contains(letter)
}

/// True behind a dash or slash and before what stands behind a quotation.
fn closes_between(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(may_end) && after.is_some_and(|letter| ".,;:?!)".contains(letter))
}

/// What a run of hyphens becomes, if it is a dash.
pub fn dash(hyphens: usize) -> Option<&'static str> {
    match hyphens {
        2 => Some("–"),
        3 => Some("—"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lang: &str, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut open = false;
        let mut done = String::new();
        for (at, letter) in letters.iter().enumerate() {
            let (before, after) = (done.chars().next_back(), letters.get(at + 1).copied());
            match letter {
                '"' => done.push_str(quotes_of(lang).double(before, after)),
                '\'' => done.push_str(quotes_of(lang).single(before, after, &mut open)),
                _ => done.push(*letter),
            }
        }
        done
    }

    #[test]
    fn each_language_has_its_own_marks() {
        assert_eq!(set("en-GB", "\"Don't,\" he said"), "“Don’t,” he said");
        assert_eq!(set("fr", "dit \"oui\"."), "dit «\u{202F}oui\u{202F}».");
        assert_eq!(set("de", "sagte \"ja, 'gut'\"."), "sagte „ja, ‚gut‘“.");
        assert_eq!(set("de-CH", "\"ja\""), "«ja»");
        assert_eq!(set("pt-BR", "\"sim\""), "“sim”");
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        assert_eq!(set("de", "im Sommer '68, Hans' Haus"), "im Sommer ’68, Hans’ Haus");
        assert_eq!(set("fr", "l'« état »"), "l’« état »");
    }

    #[test]
    fn an_elided_article_stands_before_an_opening_mark() {
        assert_eq!(set("fr", "Une l'\"urgence\" et qu'\"il\" dit."), "Une l’«\u{202F}urgence\u{202F}» et qu’«\u{202F}il\u{202F}» dit.");
        assert_eq!(set("it-CH", "dell'\"Europa\""), "dell’«Europa»");
        assert_eq!(set("ca", "l'\"avui\", \"un poc'\"."), "l’«avui», «un poc’».");
        assert_eq!(set("en", "\"the boys'\""), "“the boys’”");
    }

    #[test]
    fn a_dash_may_stand_before_a_closing_mark() {
        assert_eq!(set("en", "\"—\" \"I was—\" he said - \"no\""), "“—” “I was—” he said - “no”");
        assert_eq!(set("en", "a \" b"), "a \" b");
        assert_eq!(set("en", "A \"a—\". \"—\", (\"—\") 'b—', —\"c\""), "A “a—”. “—”, (“—”) ‘b—’, —“c”");
        assert_eq!(set("en", "see \"/plan/\" from \"/plan/\"."), "see “/plan/” from “/plan/”.");
    }
}
