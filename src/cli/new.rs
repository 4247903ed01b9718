//! `chancery new`: a draft from an archetype.
//!
//! Owns how an archetype is filled. It must not know what else is in the site: a new page disturbs none that is there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::args::New;
use super::error::{Error, Status};
use super::init::{self, write_new};
use super::invocation::Invocation;
use super::locate::Found;
use crate::page::front::Key;
use crate::page::route::Kind;
use crate::url::slugify;

/// What a page starts from where the site has no archetype.
const BUILT_IN: &str = "---\ntitle: {{ title }}\ndate: {{ date }}\nstatus: draft\ntype: {{ type }}\nsummary:\ntopics: []\n---\n\n";
/// Longer names are cut at a word: file systems take 255 bytes.
const LONGEST_NAME: usize = 100;

/// What the placeholders of an archetype stand for.
struct Values<'a> {
    title: &'a str,
    date: &'a str,
    slug: &'a str,
    type_: &'a str,
}

pub fn run(invocation: &Invocation, args: &New) -> Result<Status, Error> {
    let found = Found::find(invocation, Vec::new())?;
    let clock = found.clock(invocation, None)?;
    let title = args.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let slug = file_name(&title)?;
    let folder = folder(&args.folder)?;
    let date = found.config.time_zone.to_datetime(clock.now).date().to_string();
    let type_ = args.type_.as_deref();
    let archetype = archetype(&found.root, type_, &folder)?;
    let values = Values { title: &title, date: &date, slug: &slug, type_: type_.unwrap_or(Key::Type.default_word()) };
    let path = Path::new("content").join(&folder).join(format!("{slug}.md"));
    refuse_double(&found.root.join("content").join(&folder), &slug)?;
    write_new(&found.root.join(&path), &as_draft(fill(&archetype, &values)))?;
    invocation.print(&format!("{}\n", found.shown.join(path).display()));
    clock.tell(invocation);
    Ok(Status::Fine)
}

/// The name of the new file, without extension. A dot would be read as the mark of a language.
fn file_name(title: &str) -> Result<String, Error> {
    if title.is_empty() {
        return Err(Error::usage("a page needs a title").hint("write `chancery new \"What the treaty says\"`"));
    }
    let mut slug = slugify(title).replace('.', "-").trim_matches(['-', '_']).to_string();
    if slug.len() > LONGEST_NAME {
        slug.truncate(LONGEST_NAME);
        slug.truncate(slug.rfind('-').unwrap_or(LONGEST_NAME));
    }
    // `index.md` would make the folder a page.
    if slug.is_empty() || slug == "index" {
        return Err(
            Error::usage(format!("no file can be named after the title `{title}`")).hint("use another title, and change it in the file")
        );
    }
    Ok(slug)
}

/// The folder below `content/`: folders that are read, and none outside.
fn folder(given: &str) -> Result<PathBuf, Error> {
    let inside = Path::new(given).strip_prefix("content").unwrap_or(Path::new(given));
    let is_read = |part: Component| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with(['.', '_']),
        Component::CurDir => true,
        _ => false,
    };
    if inside.components().all(is_read) {
        return Ok(inside.components().filter(|part| *part != Component::CurDir).collect());
    }
    Err(Error::usage(format!("no page can lie in `{given}`"))
        .hint("`--in` takes a folder below `content/`, such as `briefings` or `topics`"))
}

/// The text of the archetype: the site's of the type or kind; else, of a kind that is no briefing, the built-in one, for dates and tags mean nothing
/// there; else the site's default, else the built-in one.
fn archetype(root: &Path, type_: Option<&str>, folder: &Path) -> Result<String, Error> {
    let top = folder.components().next().map(|part| part.as_os_str().to_string_lossy());
    let kind = top.and_then(|top| Kind::of_folder(&top));
    let name = type_.or(kind.map(Kind::name)).unwrap_or(Key::Type.default_word());
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']) {
        return Err(Error::usage(format!("`{name}` is no type")).hint("`--type` takes one word, such as `study`"));
    }
    let own = |name: &str| {
        let path = root.join("archetypes").join(format!("{name}.md"));
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &path, error)),
        }
    };
    if let Some(text) = own(name)? {
        return Ok(text);
    }
    if let Some(text) = kind.and_then(init::archetype) {
        return Ok(text.into());
    }
    Ok(own("default")?.unwrap_or_else(|| BUILT_IN.into()))
}

/// A page may stand in its file, or in a folder of its own.
fn refuse_double(folder: &Path, slug: &str) -> Result<(), Error> {
    let there = [folder.join(format!("{slug}.md")), folder.join(slug).join("index.md"), folder.join(slug).join("_index.md")];
    match there.into_iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => {
            Err(Error::usage(format!("there is a page `{}` already", path.display())).hint("use another title, and change it in the file"))
        }
        None => Ok(()),
    }
}

/// The archetype with its placeholders replaced. In front matter the title is written as YAML wants it, below as it is.
fn fill(archetype: &str, values: &Values) -> String {
    let text = archetype.strip_prefix('\u{feff}').unwrap_or(archetype);
    let head = head_end(text).unwrap_or(0);
    let mut page: String = text[..head].split_inclusive('\n').map(|line| fill_line(line, values, in_yaml)).collect();
    page.extend(text[head..].split_inclusive('\n').map(|line| fill_line(line, values, |title, _, _| title.to_string())));
    page
}

/// Where the front matter ends, behind its last `---`; nothing if there is none.
fn head_end(text: &str) -> Option<usize> {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_rule = line.trim_end() == "---";
        if number == 0 && !is_rule {
            return None;
        }
        at += line.len();
        if number > 0 && is_rule {
            return Some(at);
        }
    }
    None
}

/// One line with its placeholders replaced; `title` writes the title between what stands before and behind it.
fn fill_line(line: &str, values: &Values, title: fn(&str, &str, &str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}").map(|end| end + 2) else { break };
        let (before, behind) = (&rest[..start], &rest[start + length..]);
        filled.push_str(before);
        match rest[start + 2..start + length - 2].trim() {
            "title" => {
                let text = title(values.title, &filled, behind);
                filled.push_str(&text);
            }
            "date" => filled.push_str(values.date),
            "slug" => filled.push_str(values.slug),
            "type" => filled.push_str(values.type_),
            _ => filled.push_str(&rest[start..start + length]),
        }
        rest = behind;
    }
    filled + rest
}

/// The title as YAML 1.2 (<https://yaml.org/spec/1.2.2/#73-flow-scalar-styles>) has it at this place: a value of its own, or inside quotes.
fn in_yaml(title: &str, before: &str, behind: &str) -> String {
    let quote = before.chars().find(|letter| matches!(letter, '"' | '\''));
    match quote {
        Some('"') => title.replace('\\', "\\\\").replace('"', "\\\""),
        Some(_) => title.replace('\'', "''"),
        None if behind.trim().is_empty() => {
            serde_yaml::to_string(title).map_or_else(|_| title.to_string(), |value| value.trim_end().to_string())
        }
        None => title.to_string(),
    }
}

/// `page` with a mark of a draft, if its archetype sets none: what is new is not published before somebody says so.
fn as_draft(page: String) -> String {
    let Some(end) = head_end(&page) else { return format!("---\nstatus: draft\n---\n\n{page}") };
    let says = |line: &str| line.starts_with("draft:") || line.starts_with("status:") || line.starts_with("published:");
    if page[..end].lines().any(says) {
        return page;
    }
    let first = page.find('\n').map_or(0, |at| at + 1);
    format!("{}status: draft\n{}", &page[..first], &page[first..])
}

#[cfg(test)]
mod tests {
    use super::super::tests::run_in;
    use super::*;

    fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write_new(&place.path().join(path), text).unwrap();
        }
        place
    }

    fn title_of(archetype: &str, title: &str) -> String {
        let page = fill(archetype, &Values { title, date: "2026-11-24", slug: "x", type_: "study" });
        let yaml = page.trim_start_matches("---\n").split("---\n").next().unwrap();
        let value: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
        value["title"].as_str().unwrap().to_string()
    }

    #[test]
    fn any_title_comes_back_from_the_yaml_of_any_archetype() {
        for title in
            ["Plain words", "Who: what", "\"Quoted\" it's # 5 \\ x", "2026", "yes", "- a", "null", "[x] {y}", "é & <b>", "@x", "%", "'s"]
        {
            for archetype in ["---\ntitle: {{ title }}\n---\n", "---\ntitle: \"{{ title }}\"\n---\n", "---\ntitle: '{{title}}'\n---\n"] {
                assert_eq!(title_of(archetype, title), title, "{archetype}");
            }
        }
    }

    #[test]
    fn placeholders_are_replaced_and_other_braces_stay() {
        let values = Values { title: "A: b", date: "2026-11-24", slug: "a-b", type_: "study" };
        let page = fill("---\ntitle: {{ title }}\ndate: {{date}}\n---\n# {{ title }}\n{{ slug }} {{ type }} {{ .Params.x }} {{", &values);
        assert_eq!(page, "---\ntitle: 'A: b'\ndate: 2026-11-24\n---\n# A: b\na-b study {{ .Params.x }} {{");
    }

    #[test]
    fn what_is_new_is_a_draft() {
        assert_eq!(as_draft("text\n".into()), "---\nstatus: draft\n---\n\ntext\n");
        assert_eq!(as_draft("---\ntitle: x\n---\n".into()), "---\nstatus: draft\ntitle: x\n---\n");
        assert_eq!(as_draft("---\ndraft: true\n---\n".into()), "---\ndraft: true\n---\n");
    }

    #[test]
    fn a_draft_is_written_from_anywhere_in_the_site_and_its_path_printed() {
        let site = site(&[("site.toml", ""), ("content/topics/x.md", "")]);
        let (status, out, err) = run_in(site.path(), &[], &["new", "What the treaty says: all"]);
        assert_eq!((status, out.as_str(), err.as_str()), (Status::Fine, "content/briefings/what-the-treaty-says-all.md\n", ""));
        let (_, out, _) = run_in(&site.path().join("content/topics"), &[], &["new", "Trade", "--in", "topics"]);
        let path = site.path().join("content/topics/trade.md");
        assert_eq!(out.trim_end(), path.to_str().unwrap());
        assert!(fs::read_to_string(path).unwrap().contains("status: draft"));
    }

    #[test]
    fn a_page_that_is_there_is_not_written_over() {
        let site = site(&[("content/briefings/a.md", "mine"), ("content/briefings/b/index.md", "mine")]);
        for title in ["A", "B"] {
            let (status, out, err) = run_in(site.path(), &[], &["new", title]);
            assert_eq!((status, out.as_str()), (Status::Usage, ""), "{err}");
        }
        assert_eq!(fs::read_to_string(site.path().join("content/briefings/a.md")).unwrap(), "mine");
    }

    #[test]
    fn the_archetype_of_the_type_goes_before_the_default() {
        let site = site(&[
            ("site.toml", ""),
            ("archetypes/default.md", "D {{ type }}"),
            ("archetypes/study.md", "S"),
            ("archetypes/topic.md", "T"),
        ]);
        let text = |type_, folder: &str| archetype(site.path(), type_, Path::new(folder)).unwrap();
        assert_eq!([text(Some("study"), "topics"), text(None, "briefings"), text(None, "topics")], ["S", "D {{ type }}", "T"]);
        assert_eq!(text(Some("study"), "people"), "S", "what is asked for by name holds");
        assert!(archetype(site.path(), Some("../x"), Path::new("")).is_err());
    }

    #[test]
    fn a_page_of_a_person_or_a_term_begins_without_what_a_briefing_has() {
        let site = site(&[("site.toml", ""), ("archetypes/default.md", "---\ntitle: {{ title }}\ndate: {{ date }}\ntags: []\n---\n")]);
        let folders = ["people", "organisations", "places", "topics", "authors", "series"];
        for (folder, wanted) in
            folders.into_iter().zip(["offices: []", "names: []", "names: []", "synonyms: []", "# type: organisation", ""])
        {
            let (status, out, err) = run_in(site.path(), &[], &["new", "Zoë O'Brien", "--in", folder]);
            assert_eq!((status, err.as_str()), (Status::Fine, ""));
            let text = fs::read_to_string(site.path().join(out.trim_end())).unwrap();
            let is_said = |key: &str| text.lines().any(|line| line.starts_with(key));
            assert!(text.starts_with("---\ntitle: Zoë O'Brien\nstatus: draft\n") && text.contains(wanted), "{folder}: {text}");
            assert!(!is_said("date:") && !is_said("type:") && !is_said("tags:"), "{folder}: {text}");
        }
    }

    #[test]
    fn no_page_lies_where_none_is_read() {
        assert!(folder("../x").is_err() && folder("/x").is_err() && folder("_data").is_err());
        assert_eq!(folder("content/topics/a").unwrap(), Path::new("topics/a"));
        assert_eq!(folder(".").unwrap(), Path::new(""));
    }

    #[test]
    fn a_name_is_short_and_no_index() {
        assert!(file_name("Index").is_err() && file_name("_").is_err());
        assert_eq!(file_name("Version 1.2 (final)").unwrap(), "version-1-2-final");
        assert!(file_name(&"word ".repeat(60)).unwrap().len() <= LONGEST_NAME);
    }
}
