//! Where Hugo publishes a page (<https://gohugo.io/content-management/urls/>).
//!
//! Owns Hugo's slugs, which are not ours. It must not know the text of a page.

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use super::place::{Place, Role};
use super::settings::Settings;

/// A letter that Hugo keeps in an address.
fn is_kept(letter: char) -> bool {
    letter.is_alphanumeric() || "./\\_#+~-@".contains(letter) || is_mark(letter)
}

/// A mark that joins a letter, such as an accent of its own.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e4e}')
}

/// A text as Hugo writes it into an address.
pub fn sanitized(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let (mut waits, mut was_hyphen) = (false, false);
    for letter in text.chars() {
        if is_kept(letter) {
            was_hyphen = letter == '-';
            if waits && !was_hyphen {
                made.push('-');
            }
            waits = false;
            made.push(letter);
        } else if !made.is_empty() && !was_hyphen && letter.is_whitespace() {
            waits = true;
        }
    }
    made
}

impl Settings {
    fn cased(&self, text: String) -> String {
        let text = if self.keeps_case { text } else { text.replace('İ', "i").to_lowercase() };
        if self.drops_accents { without_accents(&text) } else { text }
    }

    /// A part of the path of a file.
    fn part(&self, name: &str) -> String {
        self.cased(sanitized(&name.replace(' ', "-")))
    }

    /// A title as a part of an address, in which `+` and `%20` are spaces.
    fn titled(&self, title: &str) -> String {
        self.cased(sanitized(&crate::url::decode(&title.replace('+', " ")))).replace('/', "-")
    }

    /// A term as a part of an address.
    pub fn term(&self, name: &str) -> String {
        self.part(name)
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        folder.split('/').filter(|part| !part.is_empty()).map(|part| self.part(part)).collect()
    }

    /// The address of a page, from the root of the site; nothing for what has none.
    pub fn address(&self, place: &Place, values: &Mapping) -> Option<String> {
        let text = |key: &str| values.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let prefix = match &place.lang {
            Some(code) => format!("/{code}"),
            None if self.default_in_folder => format!("/{}", self.language.to_lowercase()),
            None => String::new(),
        };
        let page = Words { settings: self, place, values };
        if let Some(url) = text("url").or_else(|| text("permalink")) {
            let url = page.filled(url)?;
            return Some(if url.starts_with('/') { with_end(&url) } else { with_end(&format!("{prefix}/{url}")) });
        }
        let inside = match place.role {
            Role::Section => {
                let pattern = self.section_pattern(place);
                pattern.map_or_else(|| Some(self.folders(&place.folder).join("/")), |pattern| page.filled(pattern))?
            }
            // Hugo makes no page of a part; it gets a place of its own, should somebody publish it.
            role => match self.page_pattern(place).filter(|_| role != Role::Part) {
                Some(pattern) => page.filled(pattern)?,
                None => {
                    let mut parts = self.folders(&place.folder);
                    let own = if place.role == Role::Bundle { parts.pop()? } else { self.part(&place.name) };
                    parts.push(text("slug").map_or(own, |slug| self.cased(sanitized(slug))));
                    parts.join("/")
                }
            },
        };
        let inside = inside.trim_matches('/');
        let address = if inside.is_empty() { format!("{prefix}/") } else { format!("{prefix}/{inside}/") };
        let is_ugly = self.is_ugly && place.role != Role::Section && !inside.is_empty();
        Some(if is_ugly { format!("{}.html", address.trim_end_matches('/')) } else { address })
    }
}

/// A path with a slash at its end, unless it ends in the name of a file.
fn with_end(path: &str) -> String {
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_file || path.ends_with('/') { path.to_string() } else { format!("{path}/") }
}

/// What a page says for the words of a pattern.
struct Words<'a> {
    settings: &'a Settings,
    place: &'a Place,
    values: &'a Mapping,
}

impl Words<'_> {
    /// A pattern with its words filled in; nothing if it has one that we cannot tell.
    fn filled(&self, pattern: &str) -> Option<String> {
        let mut parts = pattern.split(':');
        let mut filled = parts.next().unwrap_or_default().to_string();
        for part in parts {
            let end = part.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(part.len());
            let (word, rest) = part.split_at(end);
            filled.push_str(&self.word(word)?);
            // A slice of the sections, `:sections[1:]`, cannot be told here.
            if rest.starts_with('[') {
                return None;
            }
            filled.push_str(rest);
        }
        Some(filled)
    }

    fn word(&self, word: &str) -> Option<String> {
        let Words { settings, place, .. } = self;
        let title = || self.text("title").map(|title| settings.titled(&title)).filter(|slug| !slug.is_empty());
        let slug = || self.text("slug").map(|slug| settings.cased(sanitized(&slug)));
        let base = || match place.role {
            Role::Bundle | Role::Section => settings.part(place.folder.rsplit('/').next().unwrap_or("")),
            _ => settings.part(&place.name),
        };
        let folders = || {
            settings.folders(if place.role == Role::Bundle {
                place.folder.rsplit_once('/').map_or("", |(above, _)| above)
            } else {
                &place.folder
            })
        };
        Some(match word {
            "year" => format!("{:04}", self.date().year()),
            "month" => format!("{:02}", self.date().month()),
            "monthname" => self.date().strftime("%B").to_string().to_lowercase(),
            "day" => format!("{:02}", self.date().day()),
            "weekday" => self.date().weekday().to_sunday_zero_offset().to_string(),
            "weekdayname" => self.date().strftime("%A").to_string().to_lowercase(),
            "yearday" => self.date().day_of_year().to_string(),
            "title" => title()?,
            "slug" => slug().or_else(title).unwrap_or_else(base),
            "filename" | "contentbasename" => base(),
            "slugorfilename" | "slugorcontentbasename" => slug().unwrap_or_else(base),
            "section" => folders().into_iter().next().unwrap_or_default(),
            "sections" => folders().join("/"),
            _ => return None,
        })
    }

    fn text(&self, key: &str) -> Option<String> {
        match self.values.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The day of the page, as it is written; of one without a date Hugo's first day.
    fn date(&self) -> Date {
        let keys = ["date", "publishdate", "publishDate", "pubdate", "published"];
        let day = |text: String| text.get(..10).and_then(|day| day.parse().ok());
        let of_name = || self.settings.dates_of_names.then(|| self.place.name.get(..10)?.parse().ok()).flatten();
        keys.iter().find_map(|key| self.text(key).and_then(day)).or_else(of_name).unwrap_or(Date::constant(1, 1, 1))
    }
}

/// Letters without the accents that Latin ones have.
fn without_accents(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            letter if letter.is_ascii() || !letter.is_alphabetic() => letter.to_string(),
            letter => Some(crate::url::slugify(&letter.to_string())).filter(|plain| plain.len() == 1).unwrap_or_else(|| letter.to_string()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_names_become_what_hugo_makes_of_them() {
        // As Hugo 0.168 writes them.
        let settings = Settings::default();
        for (title, slug) in [
            ("A+B C# ~x _y .z @w", "a-b-c#-~x-_y-.z-@w"),
            ("100%20 it's (really) [ok] v1.2.3", "100-its-really-ok-v1.2.3"),
            ("Straße İstanbul — x  two   spaces -- hyphens", "straße-istanbul-x-two-spaces--hyphens"),
            ("Trailing dots... and/or/", "trailing-dots...-and-or-"),
            ("中文 标题", "中文-标题"),
            ("Q&A: what's new? A/B – Énergie 50% C++", "qa-whats-new-a-b-énergie-50-c"),
        ] {
            assert_eq!(settings.titled(title), slug);
        }
        assert_eq!(settings.part("Two Words & More"), "two-words--more");
        assert_eq!(settings.part("Zed's (2) #1 + ü"), "zeds-2-#1-+-ü");
        assert_eq!(sanitized("C++"), "C++");
    }
}
