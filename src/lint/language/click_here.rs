//! Links whose words say nothing.

use super::reading::{Lang, Reading};
use super::{Finding, LanguageRule};
use crate::lint::Rule;

const CODE: &str = "click-here";

pub const RULE: LanguageRule = LanguageRule {
    rule: Rule {
        code: CODE,
        doc: "The words of a link say nothing of where it leads: \"click here\", \"here\", \"this link\", \"read more\". Who goes from link to link, by ear or by
eye, hears only these.

    The report is [here](report.md).

Link the words that name it: `The [report](report.md) is out.` See https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-link-only.",
        check: None,
    },
    langs: &[Lang::English, Lang::French, Lang::German],
    look,
};

const WORDS: [(Lang, &[&str]); 3] = [
    (
        Lang::English,
        &[
            "here",
            "click here",
            "click",
            "this link",
            "link",
            "this page",
            "read more",
            "more",
            "learn more",
            "find out more",
            "see here",
            "this",
            "website",
            "source here",
            "available here",
        ],
    ),
    (
        Lang::French,
        &[
            "ici",
            "cliquez ici",
            "cliquer ici",
            "ce lien",
            "lien",
            "cette page",
            "lire la suite",
            "en savoir plus",
            "plus",
            "suite",
            "par ici",
        ],
    ),
    (
        Lang::German,
        &[
            "hier",
            "hier klicken",
            "klicken sie hier",
            "dieser link",
            "diesem link",
            "link",
            "diese seite",
            "weiterlesen",
            "mehr",
            "mehr erfahren",
            "mehr dazu",
        ],
    ),
];

fn look(reading: &Reading, found: &mut Vec<Finding>) {
    let Some((_, known)) = WORDS.iter().find(|(lang, _)| *lang == reading.lang) else { return };
    for read in &reading.passages {
        for (range, _) in &read.passage.links {
            let range = range.start as usize..range.end as usize;
            let is_sign = |letter: char| !letter.is_alphanumeric();
            let words = read.lower.get(range.clone()).unwrap_or("").trim_matches(is_sign);
            if known.contains(&words) {
                let message = format!("`{}` does not say where the link leads", read.passage.text[range.clone()].trim());
                found.push(Finding::new(CODE, message, "link the words that name what is there", Some(read.passage.in_file(range))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::language::tests::found;

    #[test]
    fn a_link_that_names_nothing_is_told() {
        let text = "See [here](a.md), [Click here!](b.md), [the report](c.md), [more on this](d.md).\n\n- [Read more…](e.md)\n";
        assert_eq!(found("click-here", "en", text), ["here", "Click here!", "Read more…"]);
        assert_eq!(found("click-here", "fr", "Voir [ici](a.md)."), ["ici"]);
        assert_eq!(found("click-here", "nl", "Zie [here](a.md)."), [""; 0]);
    }
}
