//! Texts with Liquid, as Jekyll and Eleventy keep them: what can be put into Markdown is, and every other tag is told with its line.
//!
//! Addresses of Liquid stay as they are written, for Chancery reads them. It must not know settings.

use super::body::Body;
use super::new_site::{NewSite, Note};
use crate::page::body::unread;

/// Puts `{% highlight … %}` into the form that Markdown has, and takes `{% raw %}` out of code, where it would be shown.
pub fn plain(text: &str) -> String {
    let fenced = fenced(text);
    let body = Body::new(&fenced, 1);
    let mut out = String::with_capacity(fenced.len());
    let mut from = 0;
    for (at, tag) in tags(&fenced).filter(|(at, tag)| matches!(name(tag), "raw" | "endraw") && body.is_code(*at)) {
        out.push_str(&fenced[from..at]);
        from = at + tag.len();
    }
    out.push_str(&fenced[from..]);
    out
}

/// Blocks of code between tags as fences, on as many lines.
fn fenced(text: &str) -> String {
    let body = Body::new(text, 1);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((at, open)) = tags(text).find(|(at, tag)| *at >= from && name(tag) == "highlight" && !body.is_code(*at)) {
        let behind = at + open.len();
        let Some((end, close)) = tags(text).find(|(at, tag)| *at >= behind && name(tag) == "endhighlight") else { break };
        let language = inside(open).split_whitespace().nth(1).unwrap_or("");
        let code = text[behind..end].trim_matches(['\n', '\r']).trim_end();
        let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        out.push_str(&text[from..at]);
        let begin = if out.is_empty() || out.ends_with('\n') { "" } else { "\n" };
        out.push_str(&format!("{begin}{fence}{language}\n{code}\n{fence}"));
        from = end + close.len();
    }
    out.push_str(&text[from..]);
    out
}

/// Puts values in the place of tags that name nothing else: `{{ site.title }}`. What each name says is asked of `value`.
pub fn filled(path: &str, body: &Body, site: &mut NewSite, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(body.text.len());
    let mut from = 0;
    for (at, tag) in tags(body.text).filter(|(at, tag)| tag.starts_with("{{") && !body.is_code(*at)) {
        // Within an address Chancery reads it.
        let is_address = body.text[..at].ends_with(['(', '"', '\'', '<']) || body.text[at + tag.len()..].starts_with(['/', '{']);
        let Some(said) = value(inside(tag)).filter(|_| at >= from && !is_address) else { continue };
        site.note(Note::changed(path, format!("`{tag}` became what it says, `{said}`")).on(body.line(at)));
        out.push_str(&body.text[from..at]);
        out.push_str(&said);
        from = at + tag.len();
    }
    out.push_str(&body.text[from..]);
    out
}

/// Tells of all tags that readers would see, and of attributes that were left out.
pub fn tell(path: &str, body: &Body, site: &mut NewSite) {
    let found = unread(body.text);
    for range in found.tags {
        let tag = body.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let message = match name(&tag) {
            "include" | "include_relative" | "render" => {
                format!("`{tag}` is shown as text: write what it holds, or make a shortcode of it")
            }
            _ => format!("`{tag}` is shown as text: nothing fills it in here"),
        };
        site.note(Note::lost(path, message).on(body.line(range.start)));
    }
    for range in found.attributes {
        let list = body.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let but = if list.contains('#') { " but for the id of a heading" } else { "" };
        let message = format!("`{list}` is left out{but}: it says how kramdown shows something");
        site.note(Note::lost(path, message).on(body.line(range.start)));
    }
}

/// Whether a text is made by tags and not only filled in: lists of pages, conditions, parts of other files.
pub fn is_template(text: &str) -> bool {
    tags(text).any(|(_, tag)| {
        matches!(
            name(tag),
            "for"
                | "if"
                | "unless"
                | "case"
                | "assign"
                | "capture"
                | "include"
                | "include_relative"
                | "render"
                | "extends"
                | "block"
                | "set"
                | "macro"
                | "import"
        )
    })
}

/// All tags of a text with their places.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('{')?;
            let close = match text[start..].get(..2) {
                Some("{{") => "}}",
                Some("{%") => "%}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            let Some(end) = text[start..].find(close).map(|end| start + end + 2) else {
                at = start + 2;
                continue;
            };
            at = end;
            return Some((start, &text[start..end]));
        }
    })
}

/// What a tag says, without its marks.
fn inside(tag: &str) -> &str {
    tag.get(2..tag.len().saturating_sub(2)).unwrap_or("").trim_matches('-').trim()
}

fn name(tag: &str) -> &str {
    if tag.starts_with("{%") { inside(tag).split_whitespace().next().unwrap_or("") } else { "" }
}

/// HTML as a block that no parser of Markdown divides: without empty lines, and without blanks at the beginning of lines.
pub fn html_as_markdown(html: &str) -> String {
    if ["<pre", "<textarea", "<script", "<style"].iter().any(|tag| html.contains(tag)) {
        return html.to_string();
    }
    let lines: Vec<&str> = html.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("\n{}\n", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_between_tags_becomes_a_fence_on_as_many_lines() {
        assert_eq!(plain("a\n\n{% highlight sql linenos %}\nselect 1;\n{% endhighlight %}\nb\n"), "a\n\n```sql\nselect 1;\n```\nb\n");
        assert_eq!(plain("`{% raw %}{{ a }}{% endraw %}` {% raw %}{{ b }}{% endraw %}"), "`{{ a }}` {% raw %}{{ b }}{% endraw %}");
    }

    #[test]
    fn values_take_the_place_of_their_names_but_in_code_and_addresses() {
        let mut site = NewSite::default();
        let text = "{{ site.title }} `{{ site.title }}` [a]({{ site.title }}/x) {{ site.other }}";
        let filled = filled("a.md", &Body::new(text, 3), &mut site, |name| (name == "site.title").then(|| "Desk".to_string()));
        assert_eq!(filled, "Desk `{{ site.title }}` [a]({{ site.title }}/x) {{ site.other }}");
        assert_eq!(site.notes().len(), 1);
    }
}
