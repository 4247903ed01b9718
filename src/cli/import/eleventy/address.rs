//! Where Eleventy puts a page (<https://www.11ty.dev/docs/permalinks/>).
//!
//! It must not know where it will be.

use serde_yaml::{Mapping, Value};

use crate::cli::front_text::text_of;
use crate::url::slugify;

/// The address of a page, from its path below the folder of the texts; nothing for one that is not written.
///
/// # Errors
/// The tag in its permalink that cannot be filled in.
pub fn address(inside: &str, values: &Mapping) -> Result<Option<String>, String> {
    match values.get("permalink") {
        Some(Value::Bool(false)) => Ok(None),
        Some(Value::String(written)) => filled(written, inside, values).map(|path| Some(as_file(&path))),
        _ => Ok(Some(by_file(inside))),
    }
}

/// The path of a page without its ending and the date in its name: `/posts/x`.
fn stem(inside: &str) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let name = undated(name);
    if folder.is_empty() { format!("/{name}") } else { format!("/{folder}/{name}") }
}

/// A name without the date before it.
fn undated(name: &str) -> &str {
    let date = name.get(..11).filter(|date| date.ends_with('-') && date[..10].parse::<jiff::civil::Date>().is_ok());
    date.and_then(|_| name.get(11..)).filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// The date stays in the address, although it leaves the names by which templates know the page.
fn by_file(inside: &str) -> String {
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').map_or((String::new(), stem), |(folder, name)| (format!("/{folder}"), name));
    // A file that is called as its folder is the page of it.
    let is_of_folder = name == "index" || folder.rsplit('/').next().is_some_and(|above| !above.is_empty() && above == name);
    if is_of_folder { format!("{folder}/") } else { format!("{folder}/{name}/") }
}

/// What names a page in its folder: of `index.md` the name of that.
fn slug(inside: &str) -> String {
    let stem = stem(inside);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", &stem));
    if name == "index" { undated(folder.rsplit('/').next().unwrap_or("")).to_string() } else { name.to_string() }
}

fn filled(written: &str, inside: &str, values: &Mapping) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = written;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let end = tag.find("}}").filter(|_| tag.starts_with("{{")).ok_or_else(|| tag.to_string())? + 2;
        let mut parts = tag[2..end - 2].trim_matches('-').split('|').map(str::trim);
        let name = parts.next().unwrap_or("");
        let mut text = match name {
            "page.fileSlug" => Some(slug(inside)),
            "page.filePathStem" => Some(stem(inside)),
            key => values.get(key).and_then(text_of),
        }
        .ok_or_else(|| tag[..end].to_string())?;
        for filter in parts {
            text = match filter {
                "slug" | "slugify" => slugify(&text),
                "downcase" | "lower" => text.to_lowercase(),
                _ => return Err(tag[..end].to_string()),
            };
        }
        out.push_str(&text);
        rest = &tag[end..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The address of the file that is written for a path.
fn as_file(path: &str) -> String {
    let path = path.trim();
    let path = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path);
    format!("/{}", path.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_addresses_by_their_files_or_their_permalinks() {
        let of = |inside: &str, front: &str| address(inside, &serde_yaml::from_str(front).unwrap());
        for (inside, front, expected) in [
            ("index.md", "{}", "/"),
            ("posts/2024-05-01-My Post_x.md", "{}", "/posts/2024-05-01-My Post_x/"),
            ("docs/docs.md", "{}", "/docs/"),
            ("docs/2024-01-01.md", "{}", "/docs/2024-01-01/"),
            ("2024-07-08-folder/index.md", "{}", "/2024-07-08-folder/"),
            ("a/2024-05-02-perm.md", "{permalink: '/p/{{ page.fileSlug }}/'}", "/p/perm/"),
            ("a/2024-05-03-x.md", "{permalink: '{{ page.filePathStem }}.html'}", "/a/x.html"),
            ("a/x.md", "{permalink: '/{{ title | slugify }}/index.html', title: A b}", "/a-b/"),
        ] {
            assert_eq!(of(inside, front), Ok(Some(expected.to_string())), "{inside} {front}");
        }
        assert_eq!(of("x.md", "{permalink: false}"), Ok(None));
        assert_eq!(of("x.md", "{permalink: '/{{ page.date | year }}/'}"), Err("{{ page.date | year }}".to_string()));
    }
}
