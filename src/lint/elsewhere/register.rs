//! What is wrong in registers of sources.

use super::super::Rule;
use super::found_elsewhere;

pub const BAD_SOURCE: Rule = found_elsewhere(
    "bad-source",
    "An entry of the register cannot be read to its end: a brace, a comma or a quotation mark is missing, it has no key, or it names a `@string` that is
not there. All other entries of the file are read.

    @report{water-2025,
      title = {Water and cities}
      date = {2025-06-25}
    }

Here a comma is missing behind the title. What is wrong often stands a line above the place that is named.",
);

pub const NO_LINK: Rule = found_elsewhere(
    "no-link",
    "A `url` or `doi` of the register gives no link, so that readers could not follow it. It is kept as it is written and leads nowhere.

    url = {see the office's web site}
    doi = {Water and cities, 2025}

An address begins with `https://`, a DOI looks like `10.1000/182`.",
);

pub const UNBRACED_BODY: Rule = found_elsewhere(
    "unbraced-body",
    "An author or editor of the register is surely a body, and stands there without braces: BibTeX and what is made for it would take its last word for the
name of a family. Here it is a body.

    author = {Bureau of Wells}

Put braces around it: `author = {{Bureau of Wells}}`. A person of such a name is written `Court, Ann`.",
);

pub const UNCLEAR_DATE: Rule = found_elsewhere(
    "unclear-date",
    "A date of the register is none that BibLaTeX or CSL knows. If it is sure what is meant it is read, and the message says as what; else the source has
no date.

    date = {25 June 2025}

Write `2025-06-25`, `2025-06`, `2025`, a range such as `2024-05/2025`, `1998~` for *about 1998*, or `2025-21` for spring; what has no date yet says so:
`pubstate = {forthcoming}`.",
);

pub const UNKNOWN_LATEX: Rule = found_elsewhere(
    "unknown-latex",
    "A field of the register has a command of LaTeX that nobody knows here. What stands behind it in braces is kept, the command is not.

    title = {Water \\mycommand{and} cities}

Write the letter or sign itself, remove the command, or use one of those that `docs/registers.md` names.",
);

pub const UNKNOWN_SOURCE_KIND: Rule = found_elsewhere(
    "unknown-source-kind",
    "An entry of the register is of a kind that nobody knows, so that styles print it as a document like any other.

    @reprot{water-2025, title = {Water and cities}}

Mend the spelling, or use `@misc` for what fits no other kind.",
);

pub const UNREAD_FIELD: Rule = found_elsewhere(
    "unread-field",
    "Something that an entry of the register says is not read: a field that stands in it twice, or what it takes from an entry that is not in the file.

    @book{water-2025, title = {Water}, title = {Water and cities}}

Remove one of the two, or write the fields out.",
);

pub const DUPLICATE_SOURCE: Rule = found_elsewhere(
    "duplicate-source",
    "Two entries of the register have one key, in two files or in one, so that a citation of it could mean either.

    @report{water-2025, title = {Water and cities}}
    @book{water-2025, title = {Water law}}

Give one of them another key, and cite that where it is meant. If both are the same source, remove one.",
);

pub const BAD_STYLE: Rule = found_elsewhere(
    "bad-style",
    "The style in which sources are to be cited is not there, or its file cannot be used.

    [citations]
    style = \"chicago-nots\"     (it is called chicago-notes)

Name a style of the archive, or put the file of one into `styles/`. A file that depends on another style needs that one beside it.",
);

pub const EMPTY_REGISTER: Rule = found_elsewhere(
    "empty-register",
    "A file of sources holds none: it is empty, or nothing in it begins as an entry does.

    hello world     (in content/_data/sources.bib)

Export it again, or remove it. As long as it is there, a key that no source has is an error.",
);

pub const IDLE_REGISTER: Rule = found_elsewhere(
    "idle-register",
    "A `sources.bib` lies in a folder of `content/` without an `index.md`, so it belongs to no page.

    content/briefings/sources.bib

Move it into `content/_data/`, where every page can cite it, or into the folder of the bundle that it is for.",
);

pub const UNPARTED_NAMES: Rule = found_elsewhere(
    "unparted-names",
    "Several authors or editors of a source stand where BibTeX reads one name, because something else than `and` stands between them.

    author = {Hill, Ann; Roe, Bob}

Write `author = {Hill, Ann and Roe, Bob}`, and `and others` for those who are not named. A body with such signs in its name stands in braces:
`author = {{Wells & Dunes}}`.",
);
