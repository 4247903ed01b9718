//! What templates and themes can have wrong.

use super::super::Rule;
use super::found_elsewhere;

pub const BAD_QUERY: Rule = found_elsewhere(
    "bad-query",
    "A named query, in `theme.toml` or in `[theme.queries]`, asks for something that queries do not have.

    latest = { topic = \"defence\", limit = 5 }

A query has `topic`, `tag`, `author`, `series`, `type` and `section`, which are texts, and `limit`, which is a number.",
);

pub const BAD_SHORTCODE_FILE: Rule = found_elsewhere(
    "bad-shortcode-file",
    "A file in `shortcodes/` does not define the shortcode that it is called after.

    {% component figure(src: string) %} … {% endcomponent figure %}     (in shortcodes/figure.html)

Define one component with the name of the file.",
);

pub const BAD_SNIPPET: Rule = found_elsewhere(
    "bad-snippet",
    "A component whose name begins with `card.`, `term.` or `frame.` takes values that are not the same wherever it is shown, so that it cannot be
rendered once.

    {% component card.item(card: map, small: bool, @t) %}     (`small` may differ from place to place)

`card.…` takes `card`, `term.…` takes `term`, and `frame.…` nothing. All of them can have `@t`, and `frame.…` any part that is the same for all documents
in a language. Another name makes an ordinary component of it.",
);

pub const BAD_STRING: Rule = found_elsewhere(
    "bad-string",
    "A file of strings of the interface, `i18n/LANG.toml` of a theme or `templates/i18n/LANG.toml` of the site, says something that is no string.

    pages = { one = \"{n} page\" }     (the form `other` is missing)

A string is a text in quotes, or a table of its forms by number: `zero`, `one`, `two`, `few`, `many` and `other`. The table `[dates]` has `long`,
`month` and `first`, which are texts, and `months`, `months_short` (twelve names), `days` and `days_short` (seven, from Monday on).",
);

pub const BAD_TEMPLATE: Rule = found_elsewhere(
    "bad-template",
    "A template cannot be read, or failed while a page was rendered with it.

    {% if page.date %} … {% endfor %}

The place shows where. `chancery explain parts` lists every value that templates get; what may be missing needs `| default(value=…)` or `if`.",
);

pub const BAD_THEME: Rule = found_elsewhere(
    "bad-theme",
    "The `theme.toml` of a theme declares a setting that makes no sense.

    [settings]
    accent = { type = \"color\", default = \"#1c4a38\", doc = \"The one deep colour.\" }     (it is called colour)

A setting has a `type`, a `default` that is of this type, and a line of `doc` for people.",
);

pub const LOW_CONTRAST: Rule = found_elsewhere(
    "low-contrast",
    "Two colours of the settings are too near to each other: text in one of them can hardly be read on the other, and by many people not at all.

    [theme]
    accent = \"#9acd32\"     (on a white ground)

WCAG 2.2 asks for a contrast of 4.5:1. Take the colour that the message names: it has the same hue. See
https://www.w3.org/TR/WCAG22/#contrast-minimum.",
);

pub const UNKNOWN_PART: Rule = found_elsewhere(
    "unknown-part",
    "A template uses a name that no template is given.

    {{ pages }}

`chancery explain parts` lists every value that templates get. A list that a theme wants is a query in `theme.toml`, a register is
`data_NAME`.",
);

pub const UNKNOWN_THEME: Rule = found_elsewhere(
    "unknown-theme",
    "The settings name a theme that is not in `themes/`.

    theme = \"chancelery\"

Correct the name, or put the theme into `themes/NAME/`. The built-in one is called `default`.",
);
