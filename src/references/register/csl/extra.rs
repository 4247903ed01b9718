//! What Zotero's users write into *Extra*, and Zotero exports as `note`: lines such as `original-date: 1998` or `tex.archive_url: https://…`.
//!
//! <https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra>, <https://retorque.re/zotero-better-bibtex/exporting/extra-fields/>.

/// A line of a note that says a variable.
pub struct Said<'n> {
    /// As it is written.
    pub name: &'n str,
    pub value: &'n str,
    /// Whether it is a field of BibTeX: `tex.…`.
    pub is_tex: bool,
}

/// The lines of a note that could say a variable, and for each line that text as it stands; those that say none belong to the note.
pub fn lines(note: &str) -> impl Iterator<Item = (&str, Option<Said<'_>>)> {
    note.lines().map(|line| {
        let bare = line.trim();
        let bare = bare.strip_prefix("{:").and_then(|inside| inside.strip_suffix('}')).unwrap_or(bare);
        (line, said(bare))
    })
}

fn said(line: &str) -> Option<Said<'_>> {
    let (name, value) = line.split_once([':', '='])?;
    let (name, value) = (name.trim(), value.trim());
    let tex = ["tex.", "bibtex.", "biblatex.", "tex:"].into_iter().find_map(|prefix| name.strip_prefix(prefix));
    let bare = tex.unwrap_or(name);
    let is_name = !bare.is_empty()
        && bare.len() <= 40
        && bare.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ' '));
    (is_name && !value.is_empty()).then_some(Said { name: bare, value, is_tex: tex.is_some() })
}
