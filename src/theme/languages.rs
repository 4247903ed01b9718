//! The languages of a theme's interface: which there are, and which is spoken in a document.
//!
//! Owns the files `i18n/LANG.toml` of the three layers, and what a language lacks. It must not know templates.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::dates::Dates;
use super::plural::{CATEGORIES, primary};
use super::strings::{Strings, Word};
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;

/// A file of strings in a layer of the theme.
#[derive(Debug, Clone, PartialEq)]
pub struct StringsFile {
    /// `fr`, from the name of the file.
    pub lang: String,
    /// For messages.
    pub path: Arc<str>,
    /// What is in it.
    pub text: Arc<str>,
    /// Who wrote it.
    pub author: Author,
}

/// Who wrote a file of strings: in those of the program there are no mistakes to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// It is built in.
    Program,
    /// It lies in the site.
    Site,
}

/// How the interface speaks, as the settings want it.
#[derive(Debug, Clone, Copy, Hash)]
pub struct Speech<'a> {
    /// The default language of the site.
    pub default: &'a str,
    /// The language of all documents, whatever their own is.
    pub forced: Option<&'a str>,
    /// How dates are shown: `long`, `iso`, or the notation of strftime.
    pub date_format: &'a str,
}

/// All languages for which there are strings. The files of one are read when it is first spoken, or to tell the mistakes in them.
#[derive(Clone)]
pub struct Languages {
    /// By code in small letters.
    all: BTreeMap<String, Language>,
    default: String,
    date_format: String,
    forced: Option<String>,
    /// For documents in other languages.
    fallback: OnceLock<Arc<Strings>>,
    /// The fingerprint of all files and of how the interface speaks.
    pub print: Fingerprint,
}

#[derive(Clone, Default)]
struct Language {
    /// Those of lower layers first.
    files: Vec<StringsFile>,
    draft: OnceLock<Draft>,
    /// With what it lacks from others.
    strings: OnceLock<Arc<Strings>>,
}

/// What the files of one language say.
#[derive(Debug, Clone, Default)]
struct Draft {
    words: BTreeMap<String, Word>,
    dates: Option<Dates>,
}

impl Languages {
    /// The languages of `files`, lower layers first. A string that a language lacks is that of the default language, then the English one.
    pub fn read(files: Vec<StringsFile>, speech: &Speech, diagnostics: &mut Vec<Diagnostic>) -> Languages {
        let texts: Vec<(&str, &str)> = files.iter().map(|file| (file.lang.as_str(), &*file.text)).collect();
        let print = Fingerprint::of(&(texts, speech));
        let mut all: BTreeMap<String, Language> = BTreeMap::new();
        for file in files {
            all.entry(file.lang.to_ascii_lowercase()).or_default().files.push(file);
        }
        for language in all.values().filter(|language| language.files.iter().any(|file| file.author == Author::Site)) {
            language.draft.get_or_init(|| Draft::read(&language.files, diagnostics));
        }
        let mut languages = Languages {
            all,
            default: speech.default.into(),
            date_format: speech.date_format.into(),
            forced: None,
            fallback: OnceLock::new(),
            print,
        };
        languages.forced = speech.forced.and_then(|lang| languages.code(lang)).map(str::to_string);
        languages
    }

    /// What is said in documents in the language `lang`: its own strings, those of the language without its region, or those of the default language.
    pub fn strings_for(&self, lang: &str) -> &Arc<Strings> {
        match self.forced.as_deref().or_else(|| self.code(lang)) {
            Some(code) => self.strings(code),
            None => self.fallback(),
        }
    }

    /// What is said in documents in the default language.
    pub fn fallback(&self) -> &Arc<Strings> {
        match self.code(&self.default) {
            Some(code) => self.strings(code),
            None => self.fallback.get_or_init(|| self.joined(&self.default)),
        }
    }

    /// How many numbers of languages there are.
    pub fn count(&self) -> usize {
        self.all.len() + 1
    }

    /// A number for what `of` returns: the same for the same strings.
    pub fn number(&self, lang: &str) -> usize {
        let code = self.forced.as_deref().or_else(|| self.code(lang)).or_else(|| self.code(&self.default));
        code.and_then(|code| self.all.keys().position(|key| key == code)).unwrap_or(self.all.len())
    }

    /// The codes of all languages, as their files are called.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.all.values().map(Language::name)
    }

    /// The key in `all` of a language, or of the same without its region.
    fn code(&self, lang: &str) -> Option<&str> {
        let find = |code: &str| self.all.get_key_value(code).or_else(|| self.all.get_key_value(&code.to_ascii_lowercase()));
        find(lang).or_else(|| find(primary(lang))).map(|(code, _)| code.as_str())
    }

    fn strings(&self, code: &str) -> &Arc<Strings> {
        self.all[code].strings.get_or_init(|| self.joined(code))
    }

    /// The strings of a language, and of those that it takes others from.
    fn joined(&self, code: &str) -> Arc<Strings> {
        let codes = [code, primary(code), &self.default, primary(&self.default), "en"];
        let known: Vec<&Language> = codes.iter().filter_map(|code| self.all.get(&code.to_ascii_lowercase())).collect();
        let mut words: BTreeMap<&String, &Word> = BTreeMap::new();
        known.iter().rev().for_each(|language| words.extend(&language.draft().words));
        let words = words.into_iter().map(|(key, word)| (key.clone(), word.clone())).collect();
        let dates = known.iter().find_map(|language| language.draft().dates.clone()).unwrap_or_default();
        let lang = known.first().map_or("en", |language| language.name());
        Arc::new(Strings::new(lang, words, dates, &self.date_format))
    }
}

impl Default for Languages {
    fn default() -> Languages {
        Languages::read(Vec::new(), &Speech { default: "en", forced: None, date_format: "long" }, &mut Vec::new())
    }
}

impl Language {
    fn name(&self) -> &str {
        self.files.last().map_or("", |file| &file.lang)
    }

    fn draft(&self) -> &Draft {
        // What has mistakes has been read before.
        self.draft.get_or_init(|| Draft::read(&self.files, &mut Vec::new()))
    }
}

impl Draft {
    /// What `files` say, later ones over earlier ones.
    fn read(files: &[StringsFile], diagnostics: &mut Vec<Diagnostic>) -> Draft {
        let mut draft = Draft::default();
        files.iter().for_each(|file| draft.add(file, diagnostics));
        draft
    }

    /// Adds what a file says, over what lower layers say.
    fn add(&mut self, file: &StringsFile, diagnostics: &mut Vec<Diagnostic>) {
        let table = match file.text.trim_start_matches('\u{feff}').parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let place = error.span().map_or_else(|| Place::file(&file.path), |span| Place::range(&file.path, &file.text, span));
                diagnostics.push(Diagnostic::error("bad-toml", error.message().lines().next().unwrap_or_default()).at(place));
                return;
            }
        };
        for (key, value) in table {
            let problem = match (key.as_str(), value) {
                ("dates", toml::Value::Table(table)) => self.dates.get_or_insert_default().read(&table),
                (_, value) => match word(&value) {
                    Ok(word) => {
                        self.words.insert(key, word);
                        continue;
                    }
                    Err(expected) => Some(format!("`{key}` must be {expected}")),
                },
            };
            diagnostics.extend(problem.map(|message| Diagnostic::error("bad-string", message).at(Place::file(&file.path))));
        }
    }
}

/// A string, or what it should be.
fn word(value: &toml::Value) -> Result<Word, String> {
    let wrong = || format!("a text, or a table of texts with the keys {}", CATEGORIES.map(|name| format!("`{name}`")).join(", "));
    match value {
        toml::Value::String(text) => Ok(Word::One(text.clone())),
        toml::Value::Table(forms) => {
            let form = |(category, text): (&String, &toml::Value)| {
                let text = text.as_str().filter(|_| CATEGORIES.contains(&category.as_str()))?;
                Some((category.clone(), text.to_string()))
            };
            let forms: Option<BTreeMap<String, String>> = forms.iter().map(form).collect();
            let forms = forms.ok_or_else(wrong)?;
            if forms.contains_key("other") { Ok(Word::Forms(forms)) } else { Err("a table with the form `other` among its forms".into()) }
        }
        _ => Err(wrong()),
    }
}

impl Dates {
    /// Takes what a table `[dates]` says; says what is wrong with it.
    fn read(&mut self, table: &toml::Table) -> Option<String> {
        let mut problem = None;
        for (key, value) in table {
            let text = value.as_str().map(str::to_string);
            let names: Option<Vec<String>> =
                value.as_array().and_then(|names| names.iter().map(|name| name.as_str().map(str::to_string)).collect());
            match (key.as_str(), text, names) {
                ("long", Some(text), _) => self.long = Some(text),
                ("month", Some(text), _) => self.month = Some(text),
                ("first", Some(text), _) => self.first = Some(text),
                ("months", _, Some(names)) if names.len() == 12 => self.months = names,
                ("months_short", _, Some(names)) if names.len() == 12 => self.months_short = names,
                ("days", _, Some(names)) if names.len() == 7 => self.days = names,
                ("days_short", _, Some(names)) if names.len() == 7 => self.days_short = names,
                _ => problem = Some(format!("`dates.{key}` is unknown or has the wrong type")),
            }
        }
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(files: &[(&str, &str)], default: &str) -> (Languages, Vec<String>) {
        let file = |(lang, text): &(&str, &str)| StringsFile {
            lang: (*lang).into(),
            path: Arc::from(*lang),
            text: Arc::from(*text),
            author: Author::Site,
        };
        let files: Vec<StringsFile> = files.iter().map(file).collect();
        let mut problems = Vec::new();
        let languages = Languages::read(files, &Speech { default, forced: None, date_format: "long" }, &mut problems);
        (languages, problems.into_iter().map(|problem| format!("{} {}", problem.code, problem.message)).collect())
    }

    #[test]
    fn a_string_that_a_language_lacks_is_that_of_the_default_language_then_english() {
        let files = [("en", "a='a'\nb='b'\nc='c'"), ("fr", "a='fa'\nb='fb'"), ("fr-CA", "a='ca'"), ("de", "a='da'")];
        let (languages, problems) = languages(&files, "fr");
        assert_eq!(problems, [""; 0]);
        let said = |lang: &str| ["a", "b", "c"].map(|key| languages.strings_for(lang).text(key).to_string()).join(" ");
        assert_eq!((said("fr-CA"), said("FR"), said("fr-BE")), ("ca fb c".into(), "fa fb c".into(), "fa fb c".into()));
        assert_eq!((said("de-AT"), said("it")), ("da fb c".into(), "fa fb c".into()));
    }

    #[test]
    fn a_site_goes_before_the_theme_string_by_string() {
        let (languages, _) = languages(&[("en", "a='a'\nb='b'"), ("en", "b='own'")], "en");
        assert_eq!((languages.strings_for("en").text("a"), languages.strings_for("en").text("b")), ("a", "own"));
    }

    #[test]
    fn dates_are_those_of_one_language_and_not_mixed() {
        let (languages, _) = languages(&[("fr", "[dates]\nfirst='1er'"), ("de", "[dates]\nlong='%-d. %B'"), ("it", "a='b'")], "fr");
        assert_eq!(languages.strings_for("de").dates.first, None);
        assert_eq!(languages.strings_for("it").dates.first.as_deref(), Some("1er"));
    }

    #[test]
    fn counts_have_forms() {
        let (languages, _) = languages(&[("en", "p={one='{n} page', other='{n} pages'}"), ("ar", "p={two='two', other='{n}'}")], "en");
        assert_eq!([1, 2].map(|n| languages.strings_for("en").counted("p", n)), ["1 page", "2 pages"]);
        assert_eq!([2, 3].map(|n| languages.strings_for("ar").counted("p", n)), ["two", "3"]);
    }

    #[test]
    fn what_is_no_string_is_told() {
        let (_, problems) = languages(&[("en", "a=1\nb={one='x'}\nc={oen='x', other='y'}\n[dates]\nmonths=['May']"), ("fr", "a='")], "en");
        assert_eq!(problems.len(), 5, "{problems:?}");
        assert!(problems[1].starts_with("bad-string `b` must be a table with the form `other`"), "{problems:?}");
        assert!(problems[4].starts_with("bad-toml"), "{problems:?}");
    }
}
