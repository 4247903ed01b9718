//! What earlier texts of pages can have wrong.

use super::super::Rule;
use super::found_elsewhere;

pub const BAD_VERSION: Rule = found_elsewhere(
    "bad-version",
    "A file in `content/_versions/` has no name of a version, so nobody sees it.

    _versions/briefings/x/june.md
    _versions/briefings/x/2025-06-25-1.md     (the first of a day has no number)

A version is called by the day from which on it was the text of its page: `2025-06-25.md`, the second of that day `2025-06-25-2.md`.",
);

pub const EARLY_VERSION: Rule = found_elsewhere(
    "early-version",
    "The day of a version has not come, or is later than that of the text which took its place.

    content/briefings/x.md                    (date: 2025-06-25, no `changes`)
    _versions/briefings/x/2026-02-01.md

A version is called by the day from which on it was the text. What was changed since is an entry of `changes`: `chancery revise` writes both.",
);

pub const LONE_VERSION: Rule = found_elsewhere(
    "lone-version",
    "There is no page of which this is an earlier text, so nobody sees it: a version does not outlive its page.

    content/briefings/x.md              (was renamed to y.md)
    _versions/briefings/x/2025-06-25.md

Move the folder along with its page, or delete it. A page that is hidden for now is there: its versions are hidden with it, and told to nobody.",
);

pub const SAME_VERSION: Rule = found_elsewhere(
    "same-version",
    "Two files are the same version of one page.

    _versions/briefings/x/2025-06-25.md
    _versions/briefings/x/2025-06-25.markdown

Call the later text of a day `2025-06-25-2.md`, or delete one of the files.",
);
