//! What settings, registers and files can have wrong, those that are published among them.

use super::super::Rule;
use super::found_elsewhere;

pub const BAD_DATA: Rule = found_elsewhere(
    "bad-data",
    "A register in `content/_data/` cannot be read.

    facts.yaml, facts.json, facts.toml

The place shows where the file stops being YAML, JSON or TOML.",
);

pub const BAD_FILE_NAME: Rule = found_elsewhere(
    "bad-file-name",
    "The name of a file is not UTF-8 text, so it can have no address.

Rename it with plain letters. Old archives, unpacked on another system, are where such names come from.",
);

pub const BAD_LEDGER: Rule = found_elsewhere(
    "bad-ledger",
    "A line of `content/_data/links.lock`, in which `chancery links` keeps what addresses answered, cannot be read. It is passed over.

    <<<<<<< HEAD     (left there by Git, where two branches have asked)

Take away what is no line of an address, or run `chancery links`: it writes the file anew and asks again what the line said.",
);

pub const LEAK: Rule = found_elsewhere(
    "leak",
    "A file of the output would give away a page that is not public: its address, that of one of its files, its number, its title of four words or more,
eight words of its text in a row that no public page has, the name or a copy of one of its files, the path of its source, or its name in a wikilink
that an editor has made text of.

    <a href=\"/briefings/budget-2027/\">soon</a>     (in a file of `static/`, a template, a text)

Nothing is written. The place is the line of the source where it is found.

    [audit]
    allow = [\"PB-2027-003\", \"static/archive/\"]

Take it out there until that page is public. If it is no secret, name it in `site.toml` so, as the message has it, or name the file.",
);

pub const BAD_SETTING: Rule = found_elsewhere(
    "bad-setting",
    "A setting has a value that it cannot have.

    time_zone = \"Berlin\"     (it is called Europe/Berlin)
    paginate_by = \"twenty\"

Correct it in `site.toml`, or on the command line or in the environment if it is given there.",
);

pub const BAD_TOML: Rule = found_elsewhere(
    "bad-toml",
    "A settings file, or front matter between lines of `+++`, is not TOML that can be read.

    title = My site     (texts need quotes: title = \"My site\")

The place shows where. Tables such as `[links]` come after the keys that stand alone.",
);

pub const OTHER_HOST: Rule = found_elsewhere(
    "other-host",
    "`chancery check --against` was given addresses of another host than that of `base_url`. Their paths alone are compared with those of the site.

    https://old.example.org/briefings/x/     (with base_url = \"https://example.org/\")

That is right for a site that moves to another host; the old one must then lead to the new one.",
);

pub const LOST_ADDRESS: Rule = found_elsewhere(
    "lost-address",
    "`chancery check --against` compares the site with what was published. A page, list or redirect was there, and its address leads
nowhere now: links from elsewhere, bookmarks and citations would break.

    aliases: [/briefings/old-name/]     (in the front matter of the page that took its place)

With the alias the old address leads to the new page. The address of a page that is hidden now, such as a draft or an expired one, is not reported.
If an address shall be gone, publish without it: the next manifest does not have it.",
);

pub const NOT_UTF8: Rule = found_elsewhere(
    "not-utf8",
    "A text file is not UTF-8, most often because an old editor saved it as Latin-1 or UTF-16.

Open it and save it as UTF-8; or convert it with `iconv -f latin1 -t utf-8`.",
);

pub const OUTSIDE_ROOT: Rule = found_elsewhere(
    "outside-root",
    "A symbolic link in the site leads out of it, or nowhere. It is not followed: what is published must be in the site's own folder.

Copy what it points to into the site, or remove the link.",
);

pub const SAME_DATA: Rule = found_elsewhere(
    "same-data",
    "Two registers in `content/_data/` have one name but for their ending, and templates could not tell them apart.

    _data/facts.yaml and _data/facts.json     (both are `data_facts`)

Rename one of them.",
);

pub const SAME_OUTPUT: Rule = found_elsewhere(
    "same-output",
    "Two files of the output would have one path, or one would need a folder where the other is a file.

    a page at /briefings/page/2/     (the second page of the list /briefings/)

Rename one of them, or give it another `slug` or `path`.",
);

pub const SYMLINK_LOOP: Rule = found_elsewhere(
    "symlink-loop",
    "A symbolic link leads back to a folder above it, so that the site would contain itself without end. It is not followed.

    content/briefings/all -> ../../content

Remove the link, or let it lead to a single file.",
);

pub const TOO_LARGE: Rule = found_elsewhere(
    "too-large",
    "A text file is too large to be read as a page, a register or a template.

    content/briefings/minutes.md     (300 MiB)

Divide it; or publish it as it is, under another ending, beside a page.",
);

pub const UNKNOWN_SETTING: Rule = found_elsewhere(
    "unknown-setting",
    "A key of `site.toml` is not known, so nothing comes of it.

    pagiante_by = 10

Correct the spelling. Values for your own templates belong under `[extra]`.",
);

pub const UNREAD_MARKDOWN: Rule = found_elsewhere(
    "unread-markdown",
    "A file in `content/` looks like a page and is none by its name: it is a dialect of Markdown, or something stands behind `.md`. It is neither
read nor copied beside a page, for its front matter may say that it is a draft.

    content/briefings/hague.mdx, content/briefings/hague.md.txt

`_Index.md` is not read either. It is an error, for its section would not be hidden by it: write `_index.md`.

Rename it to `.md` if it is a page. Move it out of `content/` if it is none; to publish it as it is, put it into `static/`.",
);

pub const UNREADABLE: Rule = found_elsewhere(
    "unreadable",
    "A file or folder of the site could not be read.

Check its permissions, and whether it is still there.",
);
