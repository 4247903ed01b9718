//! What a call makes: its component rendered with its arguments and its body, or what is wrong with it.
//!
//! It must not know where the call stands in the page.

use tera::{Context, ErrorKind, Value};

use super::argument::near;
use super::call::{Call, Kind};
use crate::diagnostic::Diagnostic;
use crate::page::body::BodyInput;
use crate::page::body::renderer::Renderer;
use crate::theme::words_of_mistake;

impl Renderer<'_> {
    /// The HTML that a call makes, or problems.
    pub fn make(&mut self, call: &Call, body: Option<String>) -> Option<String> {
        let Kind::Open { name, arguments, is_closed } = &call.kind else { return None };
        let BodyInput { lang, settings, .. } = self.input;
        let shortcodes = &settings.shortcodes;
        let Some(component) = shortcodes.engine.base().get_component_definition(name).filter(|_| shortcodes.prints.contains_key(*name))
        else {
            let problem = Diagnostic::error("unknown-shortcode", format!("there is no shortcode `{name}`"));
            let names = shortcodes.prints.keys().map(String::as_str);
            self.problem(near(problem, name, names, "shortcodes"), call.range.clone());
            return None;
        };
        let context = self.context(&component, arguments, call)?;
        let mut implicits = Context::new();
        implicits.insert_value("page", self.calls.front.get_or_init(|| self.input.front_value()).clone());
        implicits.insert_value("lang", Value::from(&**lang));
        implicits.insert_value("t", shortcodes.engine.languages.strings_for(lang).value.clone());
        match shortcodes.engine.speaking(lang).render_component_with_implicits(name, &context, &implicits, body.as_deref(), true) {
            Ok(made) => Some(self.with_marks_in_text(made, &call.range)),
            Err(error) => {
                let problem = if body.is_none() && wants_body(&error) { unclosed(name, *is_closed) } else { failure(name, &error) };
                self.problem(problem, call.range.clone());
                None
            }
        }
    }
}

/// True if all that a shortcode lacks is the text that stands between its tags.
fn wants_body(error: &tera::Error) -> bool {
    let ErrorKind::RenderingError(report) = error.kind() else { return false };
    report.message().starts_with("Variable `body` is not defined")
}

/// A shortcode with a text is called without one.
fn unclosed(name: &str, is_closed: bool) -> Diagnostic {
    let close = format!("`{{{{< /{name} >}}}}`");
    if is_closed {
        let problem = Diagnostic::error("unclosed-shortcode", format!("`{name}` has a text, and this call closes itself"));
        return problem.hint(format!("write `>}}}}` instead of `/>}}}}`, and {close} behind the text"));
    }
    Diagnostic::error("unclosed-shortcode", format!("`{name}` has a text, and its end is missing")).hint(format!("write {close} behind it"))
}

/// An error of the template as a problem of the call.
fn failure(name: &str, error: &tera::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let message = format!("the shortcode `{name}` failed: {}", words_of_mistake(report.message()).0);
            Diagnostic::error("bad-shortcode", message).hint(format!("in `{}`, line {}", report.filename(), report.span().start_line))
        }
        _ => {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or("").trim_end_matches('.');
            Diagnostic::error("bad-shortcode", format!("the shortcode `{name}` failed: {first}"))
        }
    }
}
