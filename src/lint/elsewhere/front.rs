//! What front matter can have wrong.

use super::super::Rule;
use super::found_elsewhere;
use crate::diagnostic::codes;

pub const BAD_ALIAS: Rule = found_elsewhere(
    "bad-alias",
    "An alias is no old address that a file could answer: it has a host, a query, an anchor, a `*`, a placeholder, a backslash, or a part that
begins with a dot (but for `./` and `../` at its head).

    aliases: [\"https://example.org/old/\", \"/?p=12\", \"/old/*\", /.git/x]

Write the path alone: `aliases: [/old/]`. What asks with a query, or a whole folder at once, has to be redirected by the host of the site.",
);

pub const BAD_PATH: Rule = found_elsewhere(
    "bad-path",
    "A `path`, `permalink` or `url` is no address of a page on this site.

    permalink: /:year/:title/

Write the whole address from the root, without a host, `..` or placeholders: `path: /2026/budget/`.",
);

pub const BAD_LANG: Rule = found_elsewhere(
    "bad-lang",
    "The `lang` of a page is no code of a language, so that of the site is taken.

    lang: English     (its code is `en`)

Write the code, with that of a region or script if need be: `fr`, `pt-BR`, `zh-Hant`.",
);

pub const BAD_REVIEW_IN: Rule = found_elsewhere(
    "bad-review-in",
    "The `review_in` of a page is no span of time, so the page would never be due for a review.

    review_in: every spring

Write a number and a unit: `6 months`, `1 year`, `90 days`.",
);

pub const BAD_SLUG: Rule = found_elsewhere(
    "bad-slug",
    "A `slug` is no end of an address.

    slug: ../budget

A slug is what stands behind the address of the section: `budget`, or `2026/budget`. For a whole address write `path: /2026/budget/`.",
);

pub const BAD_YAML: Rule = found_elsewhere(
    codes::BAD_YAML,
    "The front matter is not YAML that can be read.

    title: Sanctions: who decides     (a colon and a space begin a new key)

Put quotes round a text with `: ` or ` #` in it, or that begins with one of `[ { * & ! | > % @` or a backtick; indent with spaces, never with tabs.",
);

pub const CASCADE_TARGET: Rule = found_elsewhere(
    "cascade-target",
    "A `cascade` is meant for some of the pages below only. Chancery gives it to all pages below a folder or to none, so it is left out. It is an error if
it would hide pages, for then they would be published.

    cascade:
      - _target: {path: /briefings/**}
        owner: Defence desk

Put the defaults in the `_index.md` of the folder that is meant.",
);

pub const COMMENT_IN_VALUE: Rule = found_elsewhere(
    "comment-in-value",
    "In YAML a space and `#` begin a comment, so what stands behind them is no part of the value.

    tags: #law               (no tag at all)
    title: Report #3         (is called \"Report\")

Leave the sign out, or put the value in quotes: `tags: [law]`, `title: \"Report #3\"`. A comment that is meant as one has a space behind `#`.",
);

pub const DUPLICATE_KEY: Rule = found_elsewhere(
    "duplicate-key",
    "A key is in the front matter twice. The last one holds.

    tags: [budget]
    tags: [defence]

Take one of them out, or join them: `tags: [budget, defence]`.

Two names of one key, such as `publish_at` and `embargo`, are an error if the name that does not hold hides more. The page is never public until
one of them is taken out.",
);

pub const FRONT_MATTER_NOT_READ: Rule = found_elsewhere(
    codes::FRONT_MATTER_NOT_READ,
    "A page begins with what looks like front matter and is not read as such. It would be shown as text, and what it says would not hold: a draft
would be published. The page is never public until this is mended.

    ----                              (four hyphens, or a dash, instead of three hyphens)
    status: draft
    ----

Front matter stands between two lines of `---`, at the very head of the file: no comment before it, no block of code around it, no JSON. If it
is meant as text, begin the page with a heading, or with front matter: `title: …`.",
);

pub const FRONT_MATTER_TOO_LARGE: Rule = found_elsewhere(
    codes::FRONT_MATTER_TOO_LARGE,
    "The front matter is larger than 256 KiB, or nested too deeply, and is not read.

Most often the line `---` that ends it is missing, or a register has been put into a page. Registers belong into `content/_data/`.",
);

pub const REVIEW_OVERDUE: Rule = found_elsewhere(
    "review-overdue",
    "The day by which a page was to be reviewed is over. `chancery check --reviews` says so; builds do not, for nobody is to be kept from publishing by it.

    last_reviewed_on: 2025-01-15
    review_in: 6 months

Look whether the page still holds, and write the day into `last_reviewed_on`; or say that it does not, with `status: archived`, `withdrawn` or a page that
supersedes it.",
);

pub const SCRIPTED_DATE: Rule = found_elsewhere(
    "scripted-date",
    "A date is written as JavaScript writes it: a day that a script, an editor or a CMS has made a time of.

    publish_at: 2025-06-25T00:00:00.000Z

It is shown as that day everywhere. Nobody knows whether midnight in UTC or in the site's time zone was meant, so the one that hides more holds: the
later one for `date` and `publish_at`, the earlier one for `expires`. Write the day alone, `2025-06-25`, or a time with its offset. It is told once, with
the number of such dates.",
);

pub const UNCLEAR_TIME: Rule = found_elsewhere(
    "unclear-time",
    "A local time does not exist in the site's time zone, or exists twice: clocks were changed in that hour.

    publish_at: 2026-03-29 02:30     (with time_zone = \"Europe/Berlin\")

Write the offset too: `2026-03-29T02:30:00+01:00`. Until then the page is not published, since nobody knows whether its time has come.",
);

pub const UPDATED_TO_COME: Rule = found_elsewhere(
    "updated-to-come",
    "A public page says that it was updated on a day that has not come.

    updated: 2072-06-25     (2027 was meant)

Readers, feeds and the sitemap would be told so too. Write the day of the change. A text that is to change on a day to come is a page of its own, with
`publish_at` and `supersedes`.",
);

pub const UNFILLED_PERMALINK: Rule = found_elsewhere(
    "unfilled-permalink",
    "The address of a page follows a pattern of `[permalinks]`, and the page says nothing for one of its words.

    [permalinks]
    briefings = \"/:year/:month/:slug/\"

A page in `content/briefings/` without a `date` has no year. Give it one, or a `path` of its own. A date such as `2025` has no month.",
);

pub const UNKNOWN_KEY: Rule = found_elsewhere(
    "unknown-key",
    "A key of front matter is not known, but one that is spelt nearly like it is.

    sumary: What was agreed

Correct the spelling. Keys that are meant for your own templates are kept under `extra`, and are told only when they are near to a known one;
inside `extra:` they never are.

A key that was meant to hide its page is an error, and the page is not public: a slip such as `staus: draft`, or a word of other tools such as
`hidden: true`, `state: draft`, `confidential: true`, `tlp: amber`, `embargoed: true`, or `release_date` with a day that is to come.
Write `draft: true`, `status`, `marking`, `publish_at` or `expires`.",
);

pub const UNKNOWN_KIND: Rule = found_elsewhere(
    "unknown-kind",
    "The `kind` of a page is none that is known, so its folder decides.

    kind: persn

Kinds are topic, tag, author, series, person, organisation, place, agreement and page. Briefings have none; what sort of briefing it is says
`type`.",
);

pub const UNQUOTED_NUMBER: Rule = found_elsewhere(
    "unquoted-number",
    "An `id` is a number that other programs write in another way: they take a nought at its head for an octal number or leave it out, and leave out one at
its end. Chancery keeps it as it is written, but an editor or a CMS that saves the page changes it.

    id: 0123     (may come back as 83, or as 123)

Put it in quotes: `id: \"0123\"`.",
);

pub const UNKNOWN_MARKING: Rule = found_elsewhere(
    "unknown-marking",
    "The `marking` of a page is none of the site, or the page has two that differ. Nobody knows who may read it, so it goes nowhere.

    marking: restrcted

The markings of a site stand in `site.toml`, the lowest first. Letters, spaces and hyphens make no difference.

    [markings]
    order = [\"official\", \"restricted\"]

A site without them knows none, but for words such as `unclassified` and `public`, which say that everybody may read the page.",
);

pub const UNKNOWN_STATUS: Rule = found_elsewhere(
    "unknown-status",
    "The `status` of a page is none that is known. Such a page is never published, so that a slip of the pen publishes nothing.

    status: draught

The states are draft, review, published, superseded, withdrawn and archived.",
);

pub const WRONG_TYPE: Rule = found_elsewhere(
    "wrong-type",
    "A key of front matter has a value that it cannot have.

    date: last Monday
    weight: heavy

Dates are written `2026-02-03` or `2026-02-03T09:30:00+01:00`; lists `[a, b]` or one item a line after `- `; yes and no are `true` and `false`.",
);
