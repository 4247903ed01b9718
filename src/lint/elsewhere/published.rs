//! What is found of pages against how they were published.

use super::super::Rule;
use super::found_elsewhere;

pub const CHANGE_TAKEN_BACK: Rule = found_elsewhere(
    "change-taken-back",
    "Readers were told that a page is withdrawn, or of an entry in its `changes`, and the page does not say so any more. Whoever read it thinks that it is
still so; whoever comes now is not told.

    changes: []     (a correction of 2026-03-09 was published)

Write it again. What was told in error is taken back by a new entry that says so. `[changes]` with `required = true` makes this an error.",
);

pub const NUMBER_CHANGED: Rule = found_elsewhere(
    "number-changed",
    "A page that was published with an `id` has another one now, or none. Readers cite the number, and feeds know the page by it.

    id: PB-2026-004     (it was published as PB-2026-003)

Write the old one again. If the page must have another, keep the old one as a name of it: `aliases: [PB-2026-003]`.",
);

pub const NUMBER_USED_AGAIN: Rule = found_elsewhere(
    "number-used-again",
    "A page has an `id` that another page had when it was published: who cites the number means that one, even if it is hidden or gone now.

    id: PB-2026-004     (the number of a page that was removed)

Give it the next free number; `chancery new` knows it. If it is the same page at another address, name the old one in its `aliases`.",
);

pub const SILENT_EDIT: Rule = found_elsewhere(
    "silent-edit",
    "The text of a briefing is another than when it was published, and `changes` has no new entry: readers who know the old text are not told. Every other
figure, month or negation counts, and what is more than three words. Corrected spelling, punctuation and links do not.

    Latvia spends 3.8 per cent.     (it was published as 3.7)

Add an entry to `changes` of the page that says what is other now, and why. `[changes]` with `required = true` makes this an error.",
);
