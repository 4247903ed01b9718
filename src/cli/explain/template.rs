//! The files of the built-in theme, for somebody who wants to begin with one of them.
//!
//! It must not know what they say.

use crate::cli::error::Error;
use crate::diagnostic::nearest;
use crate::theme::layers::built_in_files;

/// The text of the file of the built-in theme that is called `name`, as templates call it or by its path; without a name the names of all.
///
/// # Errors
/// There is no such file.
pub fn explain(name: Option<&str>) -> Result<String, Error> {
    let file = |(path, bytes): (String, Vec<u8>)| Some((called(&path).to_string(), String::from_utf8(bytes).ok()?));
    let files: Vec<(String, String)> = built_in_files().filter_map(file).collect();
    let Some(name) = name else { return Ok(files.into_iter().map(|(name, _)| format!("{name}\n")).collect()) };
    let wanted = name.trim_start_matches("themes/").trim_start_matches("default/");
    let wanted = called(wanted);
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let found = files.into_iter().find(|(own, _)| own == wanted || own.strip_suffix(".html") == Some(wanted));
    found.map(|(_, text)| text).ok_or_else(|| {
        let error = Error::usage(format!("the built-in theme has no file `{name}`"));
        let error = match nearest(wanted, names.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        };
        error.hint("`chancery explain template` lists them")
    })
}

/// How templates call the file at a path of the theme: without the folder of templates.
fn called(path: &str) -> &str {
    path.strip_prefix("templates/").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_printed_by_any_of_its_names_and_all_are_listed() {
        let text = explain(Some("briefing.html")).expect("a template");
        assert!(text.contains("{% extends"), "{text}");
        for name in ["briefing", "default/briefing.html", "templates/briefing.html", "themes/default/templates/briefing.html"] {
            assert_eq!(explain(Some(name)).expect(name), text, "{name}");
        }
        let all = explain(None).expect("a list");
        for name in ["base.html", "shortcodes/figure.html", "static/site.css", "theme.toml"] {
            assert!(all.lines().any(|line| line == name) && explain(Some(name)).is_ok(), "{name} in {all}");
        }
    }

    #[test]
    fn an_unknown_template_is_answered_with_the_nearest() {
        let error = explain(Some("breifing.html")).expect_err("no template");
        assert_eq!(error.hints, ["did you mean `briefing.html`?", "`chancery explain template` lists them"]);
    }
}
