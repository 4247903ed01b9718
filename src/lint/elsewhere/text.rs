//! What of a text readers would not see, or twice.

use super::super::Rule;
use super::found_elsewhere;

pub const BLOCK_IN_LINE: Rule = found_elsewhere(
    "block-in-line",
    "A shortcode that makes a block, such as a figure or a box, is called within a heading, a link or emphasis, where no block can stand.
Browsers end the line there.

    ## Costs {{< figure src=\"a.svg\" >}}

Call it on a line of its own, with an empty line before and behind.",
);

pub const DUPLICATE_NOTE: Rule = found_elsewhere(
    "duplicate-note",
    "Two notes have one label, so that the text of the second is shown nowhere. Small and capital letters make no difference in labels.

    [^3]: First source.
    [^3]: Second source.

Give one of them a label of its own, and its mark in the text too.",
);

pub const EXTRA_CELLS: Rule = found_elsewhere(
    "extra-cells",
    "A row of a table has more cells than the table has columns, and what stands in them is not shown; or a bar divides a wikilink.

    | Country | Share          |
    |---------|----------------|
    | Latvia  | [[riga|3.7]]   |

A bar ends a cell wherever it stands: write `[[riga\\|3.7]]`. Otherwise give the head of the table another cell.",
);

pub const UNCLOSED_COMMENT: Rule = found_elsewhere(
    "unclosed-comment",
    "A comment begins and has no end. `%%` is shown as text then, and of `<!--` as much as a browser would take for the comment is lost.

    The vote was close. %%ask the minister

Write `%%`, or `-->`, where the comment ends; or `\\%%` if the sign itself is meant.",
);

pub const UNKNOWN_LIKELIHOOD: Rule = found_elsewhere(
    "unknown-likelihood",
    "Words are marked as a judgement of likelihood, and readers can't be shown what they stand for: the site has chosen no scale, or the scale has other words.

    It is [quite likely]{.assess} that talks resume.     (PHIA has `likely` and `highly likely`)

Take the words of the scale that `[likelihood] scale` names, or choose one there: `\"phia\"`, `\"icd203\"` or `\"ipcc\"`.",
);
