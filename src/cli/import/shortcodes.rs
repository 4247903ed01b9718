//! Shortcodes in a text of Hugo: those of its own, those that Chancery has, and those that a site has written.
//!
//! Owns what becomes of a call, and the stubs that stand for shortcodes which are to be written anew. It must not know settings.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body::Body;
use super::new_site::{NewSite, Note};
use crate::page::body::call::{Argument, Call, Kind, read_any};

/// The shortcodes of the built-in theme, with their arguments.
const OURS: [(&str, &str); 9] = [
    ("details", "summary title name class open"),
    ("figure", "src alt title caption attr attrlink source data link target rel class width height loading"),
    ("highlight", ""),
    ("note", "title kind"),
    ("param", "name"),
    ("ref", "path lang"),
    ("relref", "path lang"),
    ("vimeo", "id title class allowFullScreen loading"),
    ("youtube", "id title start end class allowFullScreen autoplay controls loading loop mute"),
];

/// Whether there is a shortcode of that name which takes these arguments.
pub fn takes<'a>(name: &str, mut arguments: impl Iterator<Item = &'a str>) -> bool {
    let known = OURS.iter().find(|(known, _)| *known == name);
    known.is_some_and(|(_, known)| arguments.all(|argument| known.split(' ').any(|known| known == argument)))
}

/// Those of a site's own that texts call, by name.
#[derive(Debug, Default)]
pub struct Calls {
    own: BTreeMap<String, Use>,
}

/// How one is called.
#[derive(Debug, Default)]
struct Use {
    /// The most arguments without a name.
    positional: usize,
    /// A file that calls it.
    from: String,
}

/// What is known of the page and its site, and where notes go.
pub struct Said<'a> {
    pub from: &'a str,
    /// Whether the page has something to say under a key.
    pub has_param: &'a dyn Fn(&str) -> bool,
    /// What the site says under it.
    pub param: &'a dyn Fn(&str) -> Option<String>,
    pub notes: &'a mut Vec<Note>,
}

/// The text with its shortcodes as they are called here.
pub fn carry(body: &Body, mut said: Said, calls: &mut Calls) -> String {
    let text = body.text;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{{").map(|found| at + found) {
        at = found + 2;
        let is_percent = text[found..].starts_with("{{%");
        if body.is_code(found) || !is_percent && !text[found..].starts_with("{{<") {
            continue;
        }
        match read_any(text, found) {
            Ok(Some(call)) => {
                at = call.range.end;
                if let Some(made) = carried(&call, text, body.line(found), &mut said, calls) {
                    changes.push((call.range, made));
                } else if is_percent && !matches!(call.kind, Kind::Escaped { .. }) {
                    let inside = &text[call.range.start + 3..call.range.end - 3];
                    changes.push((call.range.clone(), format!("{{{{<{inside}>}}}}")));
                }
            }
            Ok(None) => {}
            Err(_) => said.notes.push(Note::lost(said.from, "this shortcode has no end").on(body.line(found))),
        }
    }
    let mut made = String::with_capacity(text.len());
    let mut from = 0;
    for (range, written) in changes {
        made.push_str(&text[from..range.start]);
        made.push_str(&written);
        from = range.end;
    }
    made.push_str(&text[from..]);
    made
}

/// What stands in the place of a tag; nothing if it stays.
fn carried(call: &Call, text: &str, line: usize, said: &mut Said, calls: &mut Calls) -> Option<String> {
    let Kind::Open { name, arguments, .. } = &call.kind else { return None };
    let written = &text[call.range.clone()];
    let value = |wanted: &str, place: usize| {
        let named = arguments.iter().find(|argument| argument.name == Some(wanted));
        named.or_else(|| arguments.iter().filter(|argument| argument.name.is_none()).nth(place)).map(|argument| argument.value.to_string())
    };
    let mut changed = |message: String| said.notes.push(Note::changed(said.from, message).on(line));
    if let Some(address) = post(name, value) {
        changed(format!("`{written}` became a link: nothing is loaded from elsewhere"));
        return Some(format!("<{address}>"));
    }
    match *name {
        "param" => {
            let key = value("name", 0).unwrap_or_default();
            if (said.has_param)(&key) {
                return None;
            }
            let Some(found) = (said.param)(&key) else {
                said.notes
                    .push(Note::lost(said.from, format!("`{written}` was left out: neither the page nor the site has `{key}`")).on(line));
                return Some(String::new());
            };
            changed(format!("`{written}` became what the settings say, `{found}`: a text sees its own front matter alone"));
            Some(found)
        }
        "ref" | "relref" => {
            let format = arguments.iter().find(|argument| argument.name == Some("outputFormat"))?;
            said.notes.push(Note::lost(said.from, format!("`{written}` leads to the page itself: it has no other forms")).on(line));
            let inside = format.range.start - call.range.start..format.range.end - call.range.start;
            let mut rest = written.to_string();
            rest.replace_range(inside, "");
            Some(rest)
        }
        "figure" => {
            let is_marked = |argument: &&Argument| {
                matches!(argument.name, Some("caption" | "title" | "attr"))
                    && (argument.value.contains("](") || argument.value.contains('*'))
            };
            if let Some(argument) = arguments.iter().find(is_marked) {
                let name = argument.name.unwrap_or_default();
                let message = format!("the `{name}` of this figure is plain text here: signs of Markdown in it are shown");
                said.notes.push(Note::lost(said.from, message).on(line));
            }
            None
        }
        name if OURS.iter().any(|(known, _)| *known == name) => None,
        name => {
            let positional = arguments.iter().filter(|argument| argument.name.is_none()).count();
            calls.count(name, positional, said.from);
            let message = format!(
                "`{written}`: the shortcode is to be written anew in `{}`; until then the text in it is shown, and nothing else",
                stub(name)
            );
            said.notes.push(Note::lost(said.from, message).on(line));
            None
        }
    }
}

/// The address of a post elsewhere that Hugo's shortcode of this name shows.
fn post(name: &str, value: impl Fn(&str, usize) -> Option<String>) -> Option<String> {
    Some(match name {
        "x" | "x_simple" | "tweet" | "twitter" | "twitter_simple" => {
            let id = value("id", 1).or_else(|| value("id", 0))?;
            match value("user", 0).filter(|user| *user != id) {
                Some(user) => format!("https://x.com/{user}/status/{id}"),
                None => format!("https://x.com/i/status/{id}"),
            }
        }
        "instagram" | "instagram_simple" => format!("https://www.instagram.com/p/{}/", value("id", 0)?),
        "gist" => format!("https://gist.github.com/{}/{}", value("user", 0)?, value("id", 1)?),
        "vimeo_simple" => format!("https://vimeo.com/{}", value("id", 0)?),
        _ => return None,
    })
}

fn stub(name: &str) -> String {
    format!("templates/shortcodes/{name}.html")
}

impl Calls {
    /// Notes that the page `from` calls one, with so many arguments without a name.
    pub fn count(&mut self, name: &str, positional: usize, from: &str) {
        let known = self.own.entry(name.to_string()).or_insert_with(|| Use { from: from.to_string(), positional });
        known.positional = known.positional.max(positional);
    }

    /// Adds what another page calls.
    pub fn add(&mut self, other: Calls) {
        for (name, found) in other.own {
            let known = self.own.entry(name).or_insert_with(|| Use { from: found.from.clone(), ..Use::default() });
            known.positional = known.positional.max(found.positional);
        }
    }

    /// Writes a template for each, which shows the text between its tags, so that the site builds and there is one place to mend.
    pub fn write_stubs(self, site: &mut NewSite) {
        for (name, Use { positional, from }) in self.own {
            let places: Vec<String> = (1..=positional).map(|place| format!("argument_{place}")).collect();
            let declared: String = places.iter().map(|place| format!("{place}: string = \"\", ")).collect();
            let metadata = if places.is_empty() { String::new() } else { format!(" {{\"positional\": {places:?}}}") };
            let text = format!(
                "{{#- Not yet written: it came from another tool, where it was a template of the site's own. Until then the text in it is shown. -#}}\n\
                 {{% component {name}({declared}...others){metadata} %}}{{% if body is defined %}}{{{{ body }}}}{{% endif %}}{{% endcomponent {name} %}}\n"
            );
            site.add_bytes(stub(&name), text, &from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::layers::built_in_files;

    #[test]
    fn the_shortcodes_of_the_built_in_theme_are_known_with_all_that_they_take() {
        let mut found: Vec<(String, Vec<String>)> = vec![("highlight".to_string(), vec![])];
        for (path, bytes) in built_in_files() {
            let Some(name) = path.strip_prefix("shortcodes/").and_then(|file| file.strip_suffix(".html")) else { continue };
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let open = format!("component {name}(");
            let declared = &text[text.find(&open).unwrap() + open.len()..];
            let declared = &declared[..declared.find(") ").unwrap()];
            let arguments = declared.split(", ").filter_map(|argument| Some(argument.split_once(':')?.0.trim().to_string()));
            found.push((name.to_string(), arguments.filter(|name| !name.starts_with('@')).collect()));
        }
        for (name, arguments) in &mut found {
            arguments.sort();
            let known = OURS.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
            let mut known: Vec<&str> = known.1.split_whitespace().collect();
            known.sort_unstable();
            assert_eq!(known, *arguments, "{name}");
        }
        assert_eq!(found.len(), OURS.len());
    }
}
