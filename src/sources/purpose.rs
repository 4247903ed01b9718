//! What each file of a site is for, by its path alone.
//!
//! It must not know which files there are.

use super::FOLDERS;

/// What the program does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It reads the text.
    Text,
    /// It copies the file when that is published.
    Copy,
    /// It says that it does not read the file: that looks like a page, and copied as it is it could publish a draft.
    Tell,
    /// It does not look at it.
    Nothing,
}

/// Extensions of registers in `content/_data/`.
const DATA: [&str; 6] = ["yaml", "yml", "json", "toml", "csv", "bib"];
/// What the program itself keeps among the registers: the ledger of links.
const LEDGER: &str = "links.lock";
/// The folder of the earlier texts of a section's page, called after its file.
const INDEX: &str = "_index";
/// The register of a bundle, which its page cites.
const BUNDLE_REGISTER: &str = "sources.bib";
/// Extensions of templates.
const TEMPLATES: [&str; 3] = ["html", "xml", "txt"];
/// The extensions of pages, in capital or small letters.
const MARKDOWN: [&str; 2] = ["md", "markdown"];
/// Extensions that other tools read as Markdown, with front matter.
const DIALECTS: [&str; 12] = ["mdx", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "mdtxt", "mdtext", "mmd", "qmd", "rmd", "rmarkdown"];
/// What is made from a page and named after it, `x.md.pdf`, and holds no front matter any more.
const MADE: [&str; 6] = ["pdf", "docx", "odt", "epub", "html", "zip"];
/// What editors and programs that merge texts put behind the name of a file.
const COPIES: [&str; 8] = ["bak", "orig", "rej", "swp", "swo", "swx", "tmp", "crswap"];
/// What a theme is made of: folders, and a file.
const THEME: [&str; 4] = ["templates", "shortcodes", "static", "i18n"];

/// The path of a page without its extension; `None` if the extension is that of no page.
pub fn stem(path: &str) -> Option<&str> {
    let (stem, _) = path.rsplit_once('.')?;
    has_extension(path, &MARKDOWN).then_some(stem)
}

/// What a file is for, by its path from the root alone.
pub fn purpose(path: &str) -> Purpose {
    let (folder, inside) = path.split_once('/').unwrap_or((path, ""));
    if inside.split('/').any(is_litter) {
        return Purpose::Nothing;
    }
    let text_if = |is_text: bool| if is_text { Purpose::Text } else { Purpose::Nothing };
    match folder {
        "static" => Purpose::Copy,
        "styles" => text_if(has_extension(path, &["csl"])),
        "templates" => text_if(has_extension(path, &TEMPLATES) || is_strings(inside)),
        "themes" => match inside.split_once('/').map_or("", |(_, inside)| inside).split_once('/') {
            Some(("static", _)) => Purpose::Copy,
            Some(("templates" | "shortcodes", _)) => text_if(has_extension(path, &TEMPLATES)),
            Some(("i18n", _)) => text_if(inside.split_once('/').is_some_and(|(_, inside)| is_strings(inside))),
            None => text_if(inside.ends_with("/theme.toml")),
            Some(_) => Purpose::Nothing,
        },
        "content" => match inside.split_once('/') {
            Some(("_data", LEDGER)) => Purpose::Text,
            Some(("_data", inside)) => text_if(has_extension(path, &DATA) && !inside.split('/').any(is_withheld)),
            Some(("_versions", inside)) => {
                text_if(stem(inside).is_some() && !inside.split('/').any(|part| is_withheld(part) && part != INDEX))
            }
            _ => of_content(inside),
        },
        _ => Purpose::Nothing,
    }
}

/// Whether a path in `templates/` or in a theme is that of strings of the interface: `i18n/fr.toml`.
fn is_strings(inside: &str) -> bool {
    inside.strip_prefix("i18n/").is_some_and(|name| name.ends_with(".toml") && !name.contains('/'))
}

/// In `content/`, what begins with a dot or an underscore is no page and no file of one; but `_index.md` is.
fn of_content(inside: &str) -> Purpose {
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let is_markdown = stem(name).is_some();
    let is_index = name.starts_with("_index.") && is_markdown;
    let is_meant = !is_index && is_markdown && name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("_index."));
    if is_meant && !folders.split('/').any(is_withheld) {
        Purpose::Tell
    } else if folders.split('/').any(is_withheld) || is_withheld(name) && !is_index {
        Purpose::Nothing
    } else if is_markdown || name == BUNDLE_REGISTER {
        Purpose::Text
    } else if is_nearly_markdown(name) {
        Purpose::Tell
    } else {
        Purpose::Copy
    }
}

/// Whether a name is that of a dialect of Markdown, or of a page with something behind it, such as `x.md.txt` or `x.md.save`.
fn is_nearly_markdown(name: &str) -> bool {
    let is_page_within = || name.match_indices('.').any(|(at, _)| stem(&name[..at]).is_some());
    has_extension(name, &DIALECTS) || is_page_within() && !has_extension(name, &MADE)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn is_withheld(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

/// What editors, systems and version control leave lying about.
fn is_litter(name: &str) -> bool {
    ["~", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end))
        || name.starts_with(".#")
        || name.starts_with("~$")
        || has_extension(name, &COPIES)
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
        || matches!(name, ".DS_Store" | ".git" | "Thumbs.db")
}

/// Whether a scan can see anything at a path from the root, be it a file or a folder.
pub fn is_seen(path: &str) -> bool {
    is_reached(path) && (is_entered(path) || purpose(path) != Purpose::Nothing)
}

/// Whether a scan comes as far as the folder of a path.
pub fn is_reached(path: &str) -> bool {
    let is_ours = FOLDERS.contains(&path.split('/').next().unwrap_or_default());
    is_ours && path.match_indices('/').all(|(at, _)| is_entered(&path[..at]))
}

/// Whether anything in a folder can have a purpose, by its path from the root.
pub fn is_entered(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let depth = path.matches('/').count();
    if depth == 0 {
        return true;
    }
    if is_litter(name) {
        return false;
    }
    match path.split('/').next() {
        Some("content") if path == "content/_versions" || path.starts_with("content/_versions/") => {
            !is_withheld(name) || depth == 1 || name == INDEX
        }
        Some("content") => !is_withheld(name) || path == "content/_data",
        Some("themes") => depth != 2 || THEME.contains(&name),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_for_is_told_by_its_path() {
        let cases = [
            ("content/x.md", Purpose::Text),
            ("content/a b/é.markdown", Purpose::Text),
            ("content/_index.md", Purpose::Text),
            ("content/a/_index.fr.md", Purpose::Text),
            ("content/x.png", Purpose::Copy),
            ("content/noextension", Purpose::Copy),
            ("content/_x.md", Purpose::Nothing),
            ("content/.x.md", Purpose::Nothing),
            ("content/_drafts/x.md", Purpose::Nothing),
            ("content/_versions/b/x/2025-06-25.md", Purpose::Text),
            ("content/_versions/_index/2025-06-25.fr.md", Purpose::Text),
            ("content/_versions/b/x/chart.png", Purpose::Nothing),
            ("content/_versions/b/_x/2025-06-25.md", Purpose::Nothing),
            ("content/b/_versions/2025-06-25.md", Purpose::Nothing),
            ("content/.obsidian/x.json", Purpose::Nothing),
            ("content/_index.png", Purpose::Nothing),
            ("content/x.md~", Purpose::Nothing),
            ("content/x.MD", Purpose::Text),
            ("content/x.Markdown", Purpose::Text),
            ("content/_INDEX.md", Purpose::Tell),
            ("content/a/_Index.fr.md", Purpose::Tell),
            ("content/_x/_Index.md", Purpose::Nothing),
            ("content/_index.MD", Purpose::Text),
            ("content/x.BAK", Purpose::Nothing),
            ("content/lu81x.tmp", Purpose::Nothing),
            ("content/x.md.crswap", Purpose::Nothing),
            ("content/x.md.orig", Purpose::Nothing),
            ("content/x.rej", Purpose::Nothing),
            ("content/~$brief.docx", Purpose::Nothing),
            ("content/.#x.md", Purpose::Nothing),
            ("content/x.mdx", Purpose::Tell),
            ("content/x.Rmd", Purpose::Tell),
            ("content/x.mdown", Purpose::Tell),
            ("content/x.md.txt", Purpose::Tell),
            ("content/x.md.save", Purpose::Tell),
            ("content/x.md.pdf", Purpose::Copy),
            ("content/md.txt", Purpose::Copy),
            ("content/_x.mdx", Purpose::Nothing),
            ("static/x.mdx", Purpose::Copy),
            ("content/_data/sources.bib", Purpose::Text),
            ("content/_data/sub/facts.yaml", Purpose::Text),
            ("content/_data/links.lock", Purpose::Text),
            ("content/_data/other.lock", Purpose::Nothing),
            ("content/_data/x.md", Purpose::Nothing),
            ("content/_data/photo.png", Purpose::Nothing),
            ("content/a/_data/facts.yaml", Purpose::Nothing),
            ("content/x.md___jb_tmp___", Purpose::Nothing),
            ("content/#x.md#", Purpose::Nothing),
            ("static/_headers", Purpose::Copy),
            ("static/.well-known/security.txt", Purpose::Copy),
            ("static/page.md", Purpose::Copy),
            ("static/.git/HEAD", Purpose::Nothing),
            ("templates/base.html", Purpose::Text),
            ("templates/picture.png", Purpose::Nothing),
            ("themes/x/theme.toml", Purpose::Text),
            ("themes/x/templates/base.html", Purpose::Text),
            ("themes/x/shortcodes/note.html", Purpose::Text),
            ("themes/x/static/a.css", Purpose::Copy),
            ("themes/x/i18n/fr.toml", Purpose::Text),
            ("themes/x/i18n/old/fr.toml", Purpose::Nothing),
            ("templates/i18n/fr.toml", Purpose::Text),
            ("templates/fr.toml", Purpose::Nothing),
            ("themes/x/README.md", Purpose::Nothing),
            ("themes/x/screenshots/a.html", Purpose::Nothing),
            ("themes/theme.toml", Purpose::Nothing),
            ("public/index.html", Purpose::Nothing),
            (".chancery/outputs/x", Purpose::Nothing),
        ];
        for (path, expected) in cases {
            assert_eq!(purpose(path), expected, "{path}");
        }
    }

    #[test]
    fn no_folder_with_a_purpose_is_left_out() {
        for folder in [
            "content",
            "content/_data",
            "content/_data/sub",
            "content/_versions",
            "content/_versions/b/_index",
            "static/.well-known",
            "templates/a",
            "themes/x/static/a/b",
            "themes/x",
        ] {
            assert!(is_entered(folder), "{folder}");
        }
        for folder in [
            "content/_x",
            "content/_versionsx",
            "content/a/_versions",
            "content/_versions/_x",
            "content/a/_data",
            "content/.x",
            "static/.git",
            "themes/x/node_modules",
        ] {
            assert!(!is_entered(folder), "{folder}");
        }
    }
    #[test]
    fn what_a_scan_does_not_come_to_is_not_seen() {
        for path in ["content", "content/x.md", "content/sub", "content/_data/facts.yaml", "static/.well-known", "themes/x/theme.toml"] {
            assert!(is_seen(path), "{path}");
        }
        for path in
            ["", "public", "content/.x.swp", "content/_drafts/x.md", "content/x.md~", "static/.git/HEAD", ".chancery/x", "site.toml"]
        {
            assert!(!is_seen(path), "{path}");
        }
    }
}
