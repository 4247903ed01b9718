//! What the text of a page can have wrong.

use super::super::Rule;
use super::found_elsewhere;

pub const BAD_SHORTCODE: Rule = found_elsewhere(
    "bad-shortcode",
    "A shortcode is called in a way that cannot be read, or its template failed.

    {{< figure src=\"a.svg\" >}}

Look at the place and the hint: quotes must be closed, shortcodes cannot stand within each other without end, and the template in
`shortcodes/` may expect something that this page does not have.",
);

pub const BAD_SHORTCODE_ARGUMENT: Rule = found_elsewhere(
    "bad-shortcode-argument",
    "A shortcode is given an argument that it does not know, or lacks one that it needs, or the argument has the wrong type.

    {{< figure scr=\"a.svg\" >}}     (`src` is missing)

The file of the shortcode begins with the arguments that it takes.",
);

pub const DUPLICATE_ID: Rule = found_elsewhere(
    "duplicate-id",
    "A heading or a tag is given an id that the page has already: by an earlier place, by a note (`fn-1`), or in the frame around every page
(`Main`, `Cite`). A heading gets another one, from a tag it is left out: links to it lead to the first place.

    ## Sources {#sources}
    <div id=\"sources\">

Give one of them an id of its own.",
);

pub const EMBEDDED_PAGE: Rule = found_elsewhere(
    "embedded-page",
    "A page embeds another one, as Obsidian does. Here a page holds nothing but its own text, so what is shown is a link to the other one.

    ![[Terms of reference]]
    ![[Terms of reference#Scope]]

Put what is to be read into the text, or write the link without `!`. Pictures are shown, and files are led to, and nothing is said.",
);

pub const FOREIGN_TAG: Rule = found_elsewhere(
    "foreign-tag",
    "A page has tags of another tool. They are shown as text, because Chancery evaluates none of them. This is said once
a file, with each kind of tag and the lines of all others.

    {% include nav.html %}
    {{ site.baseurl }}
    {{% notice %}}

Write `{{< name >}}` if there is such a shortcode, or take them out. In code they are text, and nothing is said.",
);

pub const HEADING_LEVEL: Rule = found_elsewhere(
    "heading-level",
    "A heading leaves out a level on the way down, or is of the first level, which is the title's. Who listens to a page goes from heading to heading,
and looks for what was left out.

    ## What was agreed
    #### By whom            (`###` is left out)

    # The Hague             (the title)
    # What was agreed       (a second one: write `##`)

Write as many `#` as the level has. A text whose headings all begin with one `#` is lowered as a whole, and nothing is said; nor of headings in
quotations, lists and boxes.",
);

pub const KRAMDOWN_ATTRIBUTES: Rule = found_elsewhere(
    "kramdown-attributes",
    "A page has attributes or options as kramdown reads them, Jekyll's Markdown. A heading keeps the id that is given to it; all others are left out,
so that nobody reads them as text. This is said once a file, with the lines of all.

    The text of a lead.
    {: .lead}

    [a form](form.md){:target=\"_blank\"}

    * TOC
    {:toc}

Take them out, or write in HTML what has to have a class. In code they are text, and nothing is said.",
);

pub const MISSING_ALT: Rule = found_elsewhere(
    "missing-alt",
    "A picture has no alternative text: who cannot see it does not learn what it shows.

    ![](spending.png)

Say between the brackets what it shows: `![Spending of the allies, 2014 to 2025](spending.png)`. A picture that only decorates says so:
`![](line.png){.decorative}`, or in HTML `<img src=\"line.png\" alt=\"\">`.",
);

pub const UNCLOSED_SHORTCODE: Rule = found_elsewhere(
    "unclosed-shortcode",
    "A shortcode that has a text is opened and never closed, or closed and never opened, or the two stand in different blocks.

    {{< note >}} The figures are provisional. {{< /note >}}

Close it with its name after a slash, in the paragraph, list item or quotation in which it is opened. An end in the last item of a list
that stands within the shortcode is taken for one behind the list, because formatters indent it.",
);

pub const UNDEFINED_NOTE: Rule = found_elsewhere(
    "undefined-note",
    "The text refers to a footnote that is not there, so the mark is shown as it is written.

    The guideline dates from 2014.[^wales]     (and no line begins with `[^wales]:`)

Add the note, `[^wales]: Wales summit declaration, paragraph 14.`, or correct its name.",
);

pub const UNKNOWN_ALERT: Rule = found_elsewhere(
    "unknown-alert",
    "A box is of a kind that is spelt nearly like a known one. It is shown as a kind of your own, under the name that is written.

    > [!WRANING]
    > The figures are provisional.

The known kinds are NOTE, TIP, IMPORTANT, WARNING and CAUTION. Correct the spelling; a kind of your own gets a name that is further from them.",
);

pub const UNKNOWN_LANGUAGE: Rule = found_elsewhere(
    "unknown-language",
    "A block of code names a language that is not known, so it is shown without colours.

    ```pyhton

Correct the name, or write `text`. With `markdown.error_on_missing_language = true` this is an error.",
);

pub const UNKNOWN_SHORTCODE: Rule = found_elsewhere(
    "unknown-shortcode",
    "A page calls a shortcode that is neither in the site nor in the theme.

    {{< fgure src=\"a.svg\" >}}

Correct the name, or add `templates/shortcodes/NAME.html`. To show a call as text, put it in code.",
);

pub const UNREAD_HEADING: Rule = found_elsewhere(
    "unread-heading",
    "A line begins with the marks of a heading and has no space behind them, so it is shown as text.

    ##What was agreed

Write `## What was agreed`. Of one mark nothing is said, for `#law` is a tag in the notes of many. To show the marks, write `\\##`.",
);

pub const UNREAD_LINK: Rule = found_elsewhere(
    "unread-link",
    "What looks like a link or a picture is shown as text, because its address cannot be read: there is a space in it, its bracket is not closed, or a
space stands between the brackets. Or a shortcode that writes an address stands outside of a link.

    ![Spending](my chart.png)
    [The plan] (plan.md)
    [The plan](plan.md
    See {{< ref \"plan.md\" >}}.

Write `![Spending](<my chart.png>)` or `my%20chart.png`, and both brackets without a space between. In code, or behind a backslash, nothing is said.",
);

pub const UNREAD_MARKUP: Rule = found_elsewhere(
    "unread-markup",
    "Marks of another dialect of Markdown, Pandoc's above all, are shown as text.

    A note^[in the text].               [^1], and below: `[^1]: In the text.`
    [TOC]                               take it out: a page with three headings has its contents
    [words]{.underline}                 <u>words</u>
    ![A chart](a.png){width=\"5in\"}     ![A chart](a.png)
    +---+---+                           | A | B |, and below it |---|---|

`pandoc -t gfm` writes a whole text as it is read here; `chancery import` makes a page of a document of Word. Put the marks in code if they are
meant as text.",
);

pub const UNREAD_TABLE: Rule = found_elsewhere(
    "unread-table",
    "Lines between bars are shown as text: they are no table without a line of hyphens as their second line, with as many cells as the first.

    | Country | Share |
    | Latvia  | 3.7   |

Write `|---|---|` below the first line, and leave a line empty above it.",
);

pub const UNUSED_NOTE: Rule = found_elsewhere(
    "unused-note",
    "A footnote is defined and nothing in the text refers to it, so it is not shown.

    [^wales]: Wales summit declaration, paragraph 14.

Put its mark, `[^wales]`, where it belongs, or take the note out.",
);

pub const WIDE_TABLE: Rule = found_elsewhere(
    "wide-table",
    "A table has so many columns that it is shown as the text it is written in: a few letters too much would make a page of megabytes.

Turn it round, so that columns are rows; divide it; or link to it as a file beside the page.",
);
