//! Destinations as authors write them: which lead into the site, which elsewhere.
//!
//! It must not know whether a destination exists.

use super::LinkTarget;
use crate::media::{UNKNOWN, type_of};
use crate::theme::filters::REF_MARK;
use crate::url::{composed, decode};

/// Where a destination points.
#[derive(Debug, PartialEq)]
pub enum Address {
    /// A page or file of the site.
    Internal(LinkTarget),
    /// `http`, `https`, or with the scheme of the page (`//host/`): checked only if asked for.
    External,
    /// `mailto:`, `tel:` and other schemes: written as they are. So is what another tool's template would have filled in.
    AsWritten,
    /// A scheme that runs code.
    Script,
}

/// Sorts a destination by its scheme (<https://www.rfc-editor.org/rfc/rfc3986#section-3.1>). One that begins with `own`, the site's own address,
/// is as good as its path.
pub fn address(destination: &str, own: Option<&str>) -> Address {
    // Nobody means the blanks around one in an attribute of HTML.
    let destination = destination.trim_ascii();
    if let Some(named) = destination.strip_prefix(REF_MARK) {
        return Address::Internal(ref_target(named));
    }
    if let Some(inside) = own.and_then(|own| inside(destination, own)) {
        return Address::Internal(destination_target(&format!("/{inside}")));
    }
    if destination.starts_with("//") {
        return Address::External;
    }
    if destination.contains("{{") || destination.contains("{%") {
        return Address::AsWritten;
    }
    match scheme(destination) {
        Some(scheme) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => Address::External,
        Some(scheme) if ["javascript", "vbscript", "data"].iter().any(|script| scheme.eq_ignore_ascii_case(script)) => Address::Script,
        Some(_) => Address::AsWritten,
        None => Address::Internal(destination_target(destination)),
    }
}

/// What stands behind the site's own address, whose slash at the end may be left out before nothing, a query or an anchor.
fn inside<'d>(destination: &'d str, own: &str) -> Option<&'d str> {
    let behind = || destination.strip_prefix(own.trim_end_matches('/')).filter(|rest| rest.is_empty() || rest.starts_with(['?', '#']));
    destination.strip_prefix(own).or_else(behind)
}

/// A scheme has at least two letters: `C:` is the name of a drive.
fn scheme(destination: &str) -> Option<&str> {
    let end = destination.find(|letter: char| !letter.is_ascii_alphanumeric() && !"+.-".contains(letter))?;
    let starts = destination.starts_with(|letter: char| letter.is_ascii_alphabetic());
    (starts && end > 1 && destination[end..].starts_with(':')).then(|| &destination[..end])
}

fn destination_target(destination: &str) -> LinkTarget {
    let (rest, anchor) = destination.split_once('#').map_or((destination, None), |(rest, anchor)| (rest, Some(anchor)));
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    LinkTarget::Destination {
        path: decode(path).into(),
        anchor: anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| composed(&decode(anchor)).into()),
        query: query.map(Box::from),
    }
}

/// What the filter `ref` wrote: the language that was asked for, a mark, and what was named.
fn ref_target(written: &str) -> LinkTarget {
    let (lang, named) = written.split_once(REF_MARK).unwrap_or(("", written));
    let (path, anchor) = named.split_once('#').map_or((named, None), |(path, anchor)| (path, Some(anchor)));
    LinkTarget::Ref {
        path: decode(path.trim()).into(),
        anchor: anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| composed(&decode(anchor)).into()),
        lang: (!lang.is_empty()).then(|| lang.into()),
    }
}

/// The target of `[[name#part|words]]`, from what stands before the bar. `[[#part]]`, a place on the same page, has no name.
pub fn wiki(written: &str, has_words: bool) -> LinkTarget {
    // Within a table the bar is written `\|`, and the backslash is none of the name's.
    let written = written.trim_end_matches('\\').trim();
    let (name, anchor) = written.split_once('#').map_or((written, None), |(name, anchor)| (name, Some(anchor.trim())));
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| composed(anchor).into());
    // A place on this page has no title: it is shown as it is written.
    let has_words = has_words || name.is_empty();
    LinkTarget::Wiki { name: name.trim().into(), anchor, has_words }
}

/// True for `[[ ]]`, `[[#]]`, `[[|words]]`, which name nothing.
pub fn is_empty(written: &str) -> bool {
    written.trim_end_matches('\\').trim().trim_end_matches('#').is_empty()
}

/// Whether a wikilink names a file and no page: `Report 2.1` has no ending.
pub fn names_file(name: &str) -> bool {
    let kind = type_of(name);
    let is_of_obsidian = || [".canvas", ".base", ".excalidraw"].iter().any(|ending| name.ends_with(ending));
    name.contains('.') && !kind.starts_with("text/markdown") && kind != UNKNOWN || is_of_obsidian()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn destination(path: &str, anchor: Option<&str>, query: Option<&str>) -> Address {
        Address::Internal(LinkTarget::Destination { path: path.into(), anchor: anchor.map(Box::from), query: query.map(Box::from) })
    }

    #[test]
    fn destinations_are_split_and_decoded() {
        assert_eq!(address("../a%20b.md?x=%20#c%C3%A9", None), destination("../a b.md", Some("cé"), Some("x=%20")));
        assert_eq!(address("#part", None), destination("", Some("part"), None));
        assert_eq!(address("100%.md", None), destination("100%.md", None, None));
        assert_eq!(address("C:/x.md", None), destination("C:/x.md", None, None));
    }

    #[test]
    fn schemes_lead_elsewhere() {
        assert_eq!(address("HTTPS://example.org", None), Address::External);
        assert_eq!(address("mailto:a@b.org", None), Address::AsWritten);
        assert_eq!(address("javascript:alert(1)", None), Address::Script);
        assert_eq!(address("{{site.baseurl}}/x", None), Address::AsWritten);
    }

    #[test]
    fn what_a_ref_names_has_a_part_and_perhaps_a_language() {
        let target = |path: &str, anchor: Option<&str>, lang: Option<&str>| {
            Address::Internal(LinkTarget::Ref { path: path.into(), anchor: anchor.map(Box::from), lang: lang.map(Box::from) })
        };
        assert_eq!(address(&crate::theme::filters::ref_marker("x.md#a", ""), None), target("x.md", Some("a"), None));
        assert_eq!(address(&crate::theme::filters::ref_marker("/b/x", "fr"), None), target("/b/x", None, Some("fr")));
    }

    #[test]
    fn wikilinks_have_names_and_parts() {
        assert_eq!(wiki("person:x", false), LinkTarget::Wiki { name: "person:x".into(), anchor: None, has_words: false });
        assert_eq!(wiki("x#a b\\", true), LinkTarget::Wiki { name: "x".into(), anchor: Some("a b".into()), has_words: true });
        assert_eq!(wiki("#a", false), LinkTarget::Wiki { name: "".into(), anchor: Some("a".into()), has_words: true });
    }
}
