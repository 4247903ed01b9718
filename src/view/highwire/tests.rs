//! The rules by which Zotero's translator of embedded metadata reads such tags, in our own words, and what it makes of ours.

use jiff::Timestamp;

use crate::pipeline::{BuildOptions, Cache, render_all};
use crate::sources::Sources;

/// What a reference manager saves.
#[derive(Debug, Default, PartialEq)]
struct Saved {
    kind: &'static str,
    title: String,
    /// `family|given`, or the one field of a body.
    authors: Vec<String>,
    date: String,
    number: String,
    institution: String,
}

/// Reads the head of a page by these rules: the last tag that says a type counts, and a title without any is an article of a journal; values of authors are
/// parted at semicolons; a lone value without one at commas, if both sides of the first have a space; a name with a comma has its family before it, and one
/// field if nothing is behind; a name without one is parted at its last space; `citation_date` comes before `citation_publication_date`, and keywords
/// are not read.
fn saved(html: &str) -> Saved {
    let tags: Vec<(String, String)> = html.lines().filter_map(tag).collect();
    let value = |name: &str| tags.iter().find(|(tag, _)| tag == name).map(|(_, content)| content.clone());
    let types = [
        ("journal_title", "journalArticle"),
        ("conference", "conferencePaper"),
        ("inbook_title", "bookSection"),
        ("dissertation_institution", "thesis"),
        ("technical_report_institution", "report"),
        ("technical_report_number", "report"),
    ];
    let said = |(tag, _): &(String, String)| types.iter().find(|(name, _)| name == tag).map(|(_, kind)| *kind);
    let values: Vec<&str> = tags.iter().filter(|(tag, _)| tag == "author").map(|(_, content)| content.as_str()).collect();
    let mut authors: Vec<&str> = values.iter().flat_map(|value| value.split(';').map(str::trim)).collect();
    if let ([lone], 1) = (values.as_slice(), authors.len()) {
        let parts: Vec<&str> = lone.split(',').map(str::trim).collect();
        if parts.len() > 1 && parts[0].contains(' ') && parts[1].contains(' ') {
            authors = parts;
        }
    }
    let name = |author: &&str| match author.split_once(',').map(|(family, given)| (family.trim(), given.trim())) {
        Some((body, "")) => body.to_string(),
        Some((family, given)) => format!("{family}|{given}"),
        None => author.rsplit_once(' ').map_or_else(|| author.to_string(), |(given, family)| format!("{family}|{given}")),
    };
    Saved {
        kind: tags.iter().filter_map(said).next_back().unwrap_or("journalArticle"),
        title: value("title").unwrap_or_default(),
        authors: authors.iter().filter(|author| !author.is_empty()).map(name).collect(),
        date: value("date").or_else(|| value("publication_date")).unwrap_or_default(),
        number: value("technical_report_number").unwrap_or_default(),
        institution: value("technical_report_institution").unwrap_or_default(),
    }
}

fn tag(line: &str) -> Option<(String, String)> {
    let (name, rest) = line.strip_prefix("<meta name=\"citation_")?.split_once("\" content=\"")?;
    let content = rest.strip_suffix("\">")?.replace("&amp;", "&").replace("&quot;", "\"");
    Some((name.to_string(), content))
}

fn head(front: &str) -> String {
    let page = format!("---\ntitle: Who pays\ndate: 2026-02-03\n{front}\n---\n\nText.\n");
    let sources = Sources::in_memory(
        Timestamp::from_second(1_800_000_000).expect("an instant"),
        "title = \"Harbour Papers\"\npublisher = \"Harbour Institute\"\nbase_url = \"https://example.org/\"\n",
        &[("content/briefings/x.md", &page), ("content/organisations/oc.md", "---\ntitle: Oslo Commission\n---\n")],
    );
    let files = render_all(&sources, &mut Cache::default(), &BuildOptions::default()).expect("a site without mistakes");
    String::from_utf8(files["briefings/x/index.html"].clone()).expect("text")
}

/// M48, M51.
#[test]
fn a_briefing_is_saved_as_a_report_with_its_number_and_its_day() {
    let head = head("id: HP-2026-004\nauthors: [Anna Hill, Bo Lind]\ntags: [money]");
    let expected = Saved {
        kind: "report",
        title: "Who pays".into(),
        authors: vec!["Hill|Anna".into(), "Lind|Bo".into()],
        date: "2026/02/03".into(),
        number: "HP-2026-004".into(),
        institution: "Harbour Institute".into(),
    };
    assert_eq!(saved(&head), expected);
    let tags: Vec<String> = head.lines().filter_map(tag).map(|(name, _)| name).collect();
    assert_eq!(tags.last().map(String::as_str), Some("technical_report_institution"), "the last one says the type");
    let others = ["journal_title", "conference", "inbook_title", "dissertation_institution", "date", "keywords"];
    assert!(!tags.iter().any(|tag| others.contains(&tag.as_str())), "{tags:?}");
}

/// M49.
#[test]
fn a_lone_author_of_many_words_is_one_person() {
    assert_eq!(saved(&head("author: Anna Maria van der Berg")).authors, ["van der Berg|Anna Maria"]);
    assert_eq!(saved(&head("author: Anna Hill")).authors, ["Hill|Anna"]);
}

/// M50.
#[test]
fn bodies_and_desks_are_read_whole() {
    assert_eq!(saved(&head("author: Oslo Commission")).authors, ["Oslo Commission"]);
    assert_eq!(saved(&head("authors: [Trade and Money Desk, Anna Hill]")).authors, ["Trade and Money Desk", "Hill|Anna"]);
    let comma = saved(&head("author: \"Ministry for Rivers, Lakes and Seas\""));
    assert_eq!((comma.authors.len(), &*comma.institution), (0, "Ministry for Rivers, Lakes and Seas; Harbour Institute"));
}
