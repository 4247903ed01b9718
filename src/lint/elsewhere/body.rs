//! What the text of a page can have wrong.

use super::super::Rule;
use super::told;

pub const BAD_SHORTCODE: Rule = told(
    "bad-shortcode",
    "A shortcode is called in a way that cannot be read, or its template failed.

    {{< figure src=\"a.svg\" >}}

Look at the place and the hint: quotes must be closed, shortcodes cannot stand within each other without end, and the template in
`shortcodes/` may expect something that this page does not have.",
);

pub const BAD_SHORTCODE_ARGUMENT: Rule = told(
    "bad-shortcode-argument",
    "A shortcode is given an argument that it does not know, or lacks one that it needs, or the argument has the wrong type.

    {{< figure scr=\"a.svg\" >}}     (`src` is missing)

The file of the shortcode begins with the arguments that it takes.",
);

pub const DUPLICATE_ID: Rule = told(
    "duplicate-id",
    "A heading is given an id that the page has already, so that links to it would lead to the first place. It gets another one.

    ## Sources {#sources}     (twice on a page)

Give one of them an id of its own.",
);

pub const FOREIGN_TAG: Rule = told(
    "foreign-tag",
    "A page has tags of another tool. They are shown as text, because Chancery evaluates none of them; this is said once a file.

    {% include nav.html %}
    {{ site.baseurl }}
    {{% notice %}}

Write `{{< name >}}` if there is such a shortcode, or take them out. In code they are text, and nothing is said.",
);

pub const UNCLOSED_SHORTCODE: Rule = told(
    "unclosed-shortcode",
    "A shortcode with a body is opened and never closed, or closed and never opened, or the two stand in different blocks.

    {{< note >}} The figures are provisional. {{< /note >}}

Close it with its name after a slash, in the paragraph, list item or quotation in which it is opened.",
);

pub const UNDEFINED_NOTE: Rule = told(
    "undefined-note",
    "The text refers to a footnote that is not there, so the mark is shown as it is written.

    The guideline dates from 2014.[^wales]     (and no line begins with `[^wales]:`)

Add the note, `[^wales]: Wales summit declaration, paragraph 14.`, or correct its name.",
);

pub const UNKNOWN_LANGUAGE: Rule = told(
    "unknown-language",
    "A block of code names a language that is not known, so it is shown without colours.

    ```pyhton

Correct the name, or write `text`. With `markdown.error_on_missing_language = true` this is an error.",
);

pub const UNKNOWN_SHORTCODE: Rule = told(
    "unknown-shortcode",
    "A page calls a shortcode that is neither in the site nor in the theme.

    {{< fgure src=\"a.svg\" >}}

Correct the name, or add `templates/shortcodes/NAME.html`. To show a call as text, put it in code.",
);

pub const UNUSED_NOTE: Rule = told(
    "unused-note",
    "A footnote is defined and nothing in the text refers to it, so it is not shown.

    [^wales]: Wales summit declaration, paragraph 14.

Put its mark, `[^wales]`, where it belongs, or take the note out.",
);

pub const WIDE_TABLE: Rule = told(
    "wide-table",
    "A table has so many columns that it is shown as the text it is written in: a few letters too much would make a page of megabytes.

Turn it round, so that columns are rows; divide it; or link to it as a file beside the page.",
);
