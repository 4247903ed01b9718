//! The properties of a note (<https://help.obsidian.md/properties>): what would be read otherwise here than there is written so that it is not.
//!
//! It must not know the text of a note.

use serde_yaml::{Mapping, Value};

use super::vault::{Vault, stem};
use crate::cli::front_text::FrontText;
use crate::cli::import::new_site::{NewSite, Note};
use crate::page::front::linked;
use crate::url::slugify;

/// Words that Obsidian still reads for others.
const RENAMED: [(&str, &str); 2] = [("tag", "tags"), ("alias", "aliases")];

/// States in which a page is public. In a vault such words say anything else: `archived` is what one has done with.
const PUBLIC: [&str; 4] = ["published", "superseded", "withdrawn", "archived"];
/// States in which it is not.
const HIDDEN: [&str; 2] = ["draft", "review"];

/// Changes the front matter of the note at `path`.
pub fn carry(vault: &Vault, path: &str, front: &mut FrontText, site: &mut NewSite) {
    for (old, new) in RENAMED {
        if !front.values().contains_key(new) {
            front.rename(&[old], new);
        }
    }
    let values = front.values();
    tags(path, &values, front, site);
    aliases(path, &values, front, site);
    dates(path, &values, front, site);
    state(path, &values, front, site);
    for name in ["cssclasses", "cssclass"].into_iter().filter(|name| values.contains_key(*name)) {
        site.note(Note::lost(path, format!("`{name}` gives the page no class here")).on(front.line(&[name])));
    }
    if values.contains_key("kanban-plugin") {
        site.note(Note::lost(path, "a board of the Kanban plugin is shown as its lists"));
    }
    name(vault, path, &values, front);
}

/// `tags: law trade` and `tags: law, trade` are two.
fn tags(path: &str, values: &Mapping, front: &mut FrontText, site: &mut NewSite) {
    let Some(text) = values.get("tags").and_then(Value::as_str).filter(|text| text.trim().contains([' ', ','])) else { return };
    let tags: Vec<Value> = text.split([' ', ',']).filter(|tag| !tag.is_empty()).map(Value::from).collect();
    site.note(Note::changed(path, format!("`tags: {text}` is written as a list of {}", tags.len())).on(front.line(&["tags"])));
    front.set("tags", &Value::Sequence(tags));
}

/// No alias of Obsidian is an address, whatever signs are in it.
fn aliases(path: &str, values: &Mapping, front: &mut FrontText, site: &mut NewSite) {
    let aliases: Vec<Value> = match values.get("aliases") {
        Some(Value::Sequence(aliases)) => aliases.clone(),
        Some(lone @ Value::String(_)) => vec![lone.clone()],
        _ => return,
    };
    let (with, without): (Vec<Value>, Vec<Value>) =
        aliases.into_iter().partition(|alias| alias.as_str().is_some_and(|alias| alias.contains('/')));
    if with.is_empty() {
        return;
    }
    let message = "an alias with a slash would be an old address, so it is one of `names`, by which links find the page as well";
    site.note(Note::changed(path, message).on(front.line(&["aliases"])));
    if without.is_empty() {
        front.remove(&["aliases"]);
    } else {
        front.set("aliases", &Value::Sequence(without));
    }
    let known = values.get("names").and_then(Value::as_sequence).cloned().unwrap_or_default();
    front.set("names", &Value::Sequence(known.into_iter().chain(with).collect()));
}

/// `date: "[[2024-03-02]]"` leads to the note of that day.
fn dates(path: &str, values: &Mapping, front: &mut FrontText, site: &mut NewSite) {
    for key in ["date", "updated", "published"] {
        let Some(target) = values.get(key).and_then(Value::as_str).and_then(linked) else { continue };
        let day = target.rsplit('/').next().unwrap_or(target).to_string();
        if day.parse::<jiff::civil::Date>().is_ok() {
            site.note(
                Note::changed(path, format!("`{key}` is written as the day alone, without the link to its note")).on(front.line(&[key])),
            );
            front.set(key, &day.into());
        }
    }
}

/// `publish: true` says that a note is public, and nothing else does; `publish: false` hides it here too.
fn state(path: &str, values: &Mapping, front: &mut FrontText, site: &mut NewSite) {
    let is_public = values.get("publish").and_then(Value::as_bool) == Some(true);
    let own = values.get("status").map(|value| value.as_str().unwrap_or_default().trim().to_lowercase());
    let is_state = own.as_deref().is_none_or(|own| HIDDEN.contains(&own) || is_public && PUBLIC.contains(&own));
    for (key, is_kept) in [("status", is_state), ("draft", is_public || truth(values, "draft")), ("withdrawn", is_public)] {
        if values.contains_key(key) && !is_kept {
            let message =
                format!("`{key}` is called `note_{key}`, for here it would say whether a page is public, and has a meaning of its own");
            site.note(Note::changed(path, message).on(front.line(&[key])));
            front.rename(&[key], &format!("note_{key}"));
        }
    }
    if is_public && (own.is_none() || !is_state) {
        front.set("status", &"published".into());
    }
}

/// Whether a key says anything but `false`.
fn truth(values: &Mapping, key: &str) -> bool {
    values.get(key).is_some_and(|value| {
        value.as_bool() != Some(false) && value.as_str().is_none_or(|word| !["no", "off", "false"].contains(&&*word.to_lowercase()))
    })
}

/// A note is called after its file, unless it says otherwise; and has the date that a daily note has in its name.
fn name(vault: &Vault, path: &str, values: &Mapping, front: &mut FrontText) {
    let file = stem(path).rsplit('/').next().unwrap_or(path).to_string();
    let is_day = file.parse::<jiff::civil::Date>().is_ok();
    let has_title = values.get("title").is_some_and(|title| !title.is_null()) || has_own_title(front.body().0);
    if !has_title && !is_day && !matches!(&*file, "index" | "_index") {
        front.set("title", &file.clone().into());
    }
    let Some((name, format)) = vault.daily_name(path) else { return };
    if let Some(day) = day(name, format).filter(|_| !is_day && !values.contains_key("date")) {
        front.set("date", &day.to_string().into());
    }
    // `2024-03-02-Saturday` would be called `saturday`, as every other Saturday.
    let is_cut = file.get(..10).is_some_and(|head| head.parse::<jiff::civil::Date>().is_ok()) && !is_day;
    if is_cut && day(name, format).is_some() && !values.contains_key("slug") {
        front.set("slug", &slugify(&file).into());
    }
}

/// Whether a text begins with a heading of the first level.
fn has_own_title(body: &str) -> bool {
    body.trim_start().starts_with("# ")
}

/// The day in the path of a daily note, by a format of Moment (<https://momentjs.com/docs/#/displaying/format/>).
fn day(name: &str, format: &str) -> Option<jiff::civil::Date> {
    // The signs of Moment that tell of a day, and what they are here. The longest of each letter first.
    const SIGNS: [(&str, &str); 12] = [
        ("YYYY", "%Y"),
        ("YY", "%y"),
        ("MMMM", "%B"),
        ("MMM", "%b"),
        ("MM", "%m"),
        ("M", "%m"),
        ("DD", "%d"),
        ("D", "%d"),
        ("dddd", "%A"),
        ("ddd", "%a"),
        ("ww", "%V"),
        ("[", ""),
    ];
    let mut read = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some((quoted, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            read.push_str(quoted);
            rest = behind;
        } else if let Some((sign, here)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            read.push_str(here);
            rest = &rest[sign.len()..];
        } else {
            read.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    jiff::civil::Date::strptime(&read, name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The front matter of a note that has this one.
    fn carried(front: &str) -> String {
        let mut text = FrontText::new(format!("---\n{front}---\n\nText.\n"));
        carry(&Vault::default(), "A.md", &mut text, &mut NewSite::default());
        text.text().trim_start_matches("---\n").split("---").next().unwrap_or_default().to_string()
    }

    #[test]
    fn nothing_but_the_property_for_it_makes_a_note_public() {
        for (front, carried_over) in [
            ("publish: true\n", "publish: true\nstatus: published\ntitle: A\n"),
            ("publish: true\nstatus: done\n", "publish: true\nnote_status: done\nstatus: published\ntitle: A\n"),
            ("publish: true\nstatus: archived\n", "publish: true\nstatus: archived\ntitle: A\n"),
            ("publish: true\nstatus: draft\n", "publish: true\nstatus: draft\ntitle: A\n"),
            ("status: published\n", "note_status: published\ntitle: A\n"),
            ("status: archived\n", "note_status: archived\ntitle: A\n"),
            ("status: review\n", "status: review\ntitle: A\n"),
            ("draft: false\n", "note_draft: false\ntitle: A\n"),
            ("draft: true\n", "draft: true\ntitle: A\n"),
            ("withdrawn: true\n", "note_withdrawn: true\ntitle: A\n"),
            ("publish: \"true\"\n", "publish: \"true\"\ntitle: A\n"),
        ] {
            assert_eq!(carried(front), carried_over, "{front}");
        }
    }

    #[test]
    fn properties_are_written_as_they_are_read_here() {
        for (front, carried_over) in [
            ("tags: law trade\n", "tags: [law, trade]\ntitle: A\n"),
            ("tag: law\nalias: B\n", "tags: law\naliases: B\ntitle: A\n"),
            ("aliases: [B, C/D]\n", "aliases: [B]\nnames: [C/D]\ntitle: A\n"),
            ("date: \"[[Daily/2024-03-02]]\"\n", "date: \"2024-03-02\"\ntitle: A\n"),
            ("title: Own\n", "title: Own\n"),
        ] {
            assert_eq!(carried(front), carried_over, "{front}");
        }
    }

    #[test]
    fn the_day_of_a_daily_note_is_read_by_its_format() {
        let found = |name: &str, format: &str| day(name, format).map(|day| day.to_string());
        for (name, format) in [
            ("2024-03-02", "YYYY-MM-DD"),
            ("2024/03-March/2024-03-02-Saturday", "YYYY/MM-MMMM/YYYY-MM-DD-dddd"),
            ("2.3.2024", "D.M.YYYY"),
            ("02 Mar 2024", "DD MMM YYYY"),
            ("Day 2024-03-02", "[Day] YYYY-MM-DD"),
        ] {
            assert_eq!(found(name, format).as_deref(), Some("2024-03-02"), "{name}");
        }
        assert_eq!((found("Notes", "YYYY-MM-DD"), found("2024-13-02", "YYYY-MM-DD")), (None, None));
    }
}
