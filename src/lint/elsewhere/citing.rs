//! What citations in texts can have wrong.

use super::super::Rule;
use super::found_elsewhere;

pub const ALIKE_CITATIONS: Rule = found_elsewhere(
    "alike-citations",
    "Two sources of a page look alike where they are cited, and no rule of the style can tell them apart.

    (Ministry 2024) … (Ministry 2024)     (two reports, of which the register says no more)

A reader cannot know which is meant. Say more of one of them in the register: a day, a subtitle, whom it is by; or choose a style that sets letters
behind years.",
);

pub const BAD_CITATION: Rule = found_elsewhere(
    "bad-citation",
    "Something stands in the brackets of a citation that cannot: a note, a picture, HTML, a shortcode, a struck word, a link into the site, another
citation, or more than 1,000 sources.

    [see [the budget](budget.md) @smith2024]     (put the link before the bracket)

Emphasis, code and links to elsewhere may stand there. If it is no citation, write `\\@`.",
);

pub const JOINED_SOURCES: Rule = found_elsewhere(
    "joined-sources",
    "Two sources are cited together, and no `;` parts them.

    [@smith2024, @doe2025]     [@smith2024 and @doe2025]     [@smith2024][@doe2025]
    [@smith2024; @doe2025]     (so it is right)

The hint shows the mended line. Pandoc would show brackets, or one source within the other.",
);

pub const LEFT_OUT_SOURCE: Rule = found_elsewhere(
    "left-out-source",
    "The style shows nothing of a source, in its list or where it is cited.

Some styles know no entry for some types. Give the source a type that fits (`report`, `webpage`) and a title, or choose another style.",
);

pub const NEARLY_SOURCE: Rule = found_elsewhere(
    "nearly-source",
    "A word with `@` is nearly the key of a source. Outside of brackets a word that is no key is text, so readers see it as it is written.

    @smtih2024 says so     (did you mean `@smith2024`?)

Correct the key, or write `\\@` if the word is a name elsewhere.",
);

pub const NO_REGISTER: Rule = found_elsewhere(
    "no-register",
    "A text has what looks like a citation, and the site has no register of sources, so it is shown as it is written.

    [@smith2024, p. 3]

Put a `.bib` file, or CSL-JSON as Zotero exports it, into `content/_data/`. If it is no citation, write `\\@`.",
);

pub const ODD_CITATION: Rule = found_elsewhere(
    "odd-citation",
    "A citation is not written to its end, and readers see its signs.

    [@smith2024, p. 3 and so on.        (the bracket is never closed)
    [^@smith2024]                       (neither a note nor a citation)
    [@smith2024; @ doe2025]             (a blank between `@` and the key)
    [@smith2024;]                       (nothing stands behind the `;`)

The hint says what to write.",
);

pub const RAW_CITATION: Rule = found_elsewhere(
    "raw-citation",
    "A citation stands where none is set, so readers see it as it is written: in a title, in a block of HTML, in the words or the title of a link, in
alternative text.

    title: What is spent [@smith2024]
    <td>2.1 % [@smith2024]</td>
    [the plan [@smith2024]](plan.md)     [@smith2024](https://example.org/)

Cite the source in the text beside it: behind the link, below the table of HTML, or in a table of Markdown. If it is no citation, write `\\@`.",
);

pub const SWAPPED_CITATION: Rule = found_elsewhere(
    "swapped-citation",
    "A link leads to the key of a source.

    It was agreed [paragraph 14](@council2025).

Some formatters (markdownlint, rumdl) take `(paragraph 14)[@council2025]` for a link with its brackets the wrong way round, and turn them. Write
`(paragraph 14) [@council2025]` or `[@council2025, para. 14]`.",
);

pub const UNKNOWN_SOURCE: Rule = found_elsewhere(
    "unknown-source",
    "A citation names a key that no register has.

    [@smtih2024, p. 3]

The hint has the nearest key. Keys are those of `content/_data/*.bib` and its kin, and of `sources.bib` beside the page. If it is no citation, write
`\\@`.",
);
