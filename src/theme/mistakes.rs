//! What Tera finds wrong with templates, as diagnostics at their places.
//!
//! It must not know what a template is for.

use super::layers::TemplateFile;
use crate::diagnostic::{Diagnostic, Place, nearest};

/// All mistakes that an error of loading tells of. Names that nobody knows (filters, components, templates) come as one text with a report each.
pub fn all(error: &tera::Error, templates: &[&TemplateFile]) -> Vec<Diagnostic> {
    let tera::ErrorKind::Msg(text) = error.kind() else { return vec![diagnose(error, templates)] };
    let found: Vec<Diagnostic> = text.split("\n\n").filter_map(|report| reported(report, templates)).collect();
    if found.is_empty() { vec![diagnose(error, templates)] } else { found }
}

/// One report of the form `error: Unknown filter `x`\n --> home.html:3:7\n`, with the line and a row of `^` below.
fn reported(report: &str, templates: &[&TemplateFile]) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line, name) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?, place.next()?);
    let width = lines.last().map_or(1, |underline| underline.matches('^').count());
    let template = templates.iter().find(|template| template.name == name)?;
    let problem = Diagnostic::error("bad-template", lower_first(message));
    Some(problem.at(Place::line(&template.path, &template.text, line, column, width as u32)))
}

/// What an error says, and the name that is nearest to one that nobody knows: Tera names all that there are.
pub fn words(message: &str) -> (String, Option<String>) {
    let Some((said, known)) = message.split_once(". Available variables: ") else { return (lower_first(message), None) };
    let unknown = said.split('`').nth(1).unwrap_or("");
    let hint = match nearest(unknown, known.trim_end_matches('.').split(", ").map(|name| name.trim_matches('`'))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`chancery explain parts` lists every value that templates get".to_string(),
    };
    (lower_first(said), Some(hint))
}

/// An error of Tera as a diagnostic, at its place in the template's file.
pub fn diagnose(error: &tera::Error, templates: &[&TemplateFile]) -> Diagnostic {
    let problem = |message: &str| {
        let (message, hint) = words(message);
        let problem = Diagnostic::error("bad-template", message);
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    };
    let named = |name: &str| templates.iter().find(|template| template.name == name);
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let span = report.span();
            let problem = problem(report.message());
            match named(report.filename()) {
                Some(template) => {
                    let width = if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
                    let (line, column) = (span.start_line as u32, span.start_col as u32 + 1);
                    problem.at(Place::line(&template.path, &template.text, line, column, width as u32))
                }
                None => problem,
            }
        }
        tera::ErrorKind::MissingParent { current, parent } => {
            let problem = problem(&format!("there is no template `{parent}` to extend"));
            let place = named(current).and_then(|template| {
                let at = template.text.find(parent.as_str())?;
                Some(Place::range(&template.path, &template.text, at..at + parent.len()))
            });
            match place {
                Some(place) => problem.at(place),
                None => problem,
            }
        }
        _ => problem(error.to_string().lines().next().unwrap_or("the templates do not fit together")),
    }
}

/// Messages here begin in lower case and have no full stop.
fn lower_first(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::sources::Sources;

    /// The mistakes of a site with these templates: file, line, column, width, message.
    fn messages(templates: &[(&str, &str)]) -> Vec<String> {
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", templates);
        let theme = super::super::load(&sources, &Config::default());
        assert!(theme.is_broken());
        let line = |problem: &crate::diagnostic::Diagnostic| {
            let place = problem.place.as_ref().map(|place| format!("{}:{}:{}+{} ", place.path, place.line, place.column, place.width));
            format!("{}{}", place.unwrap_or_default(), problem.message)
        };
        theme.diagnostics.iter().map(line).collect()
    }

    #[test]
    fn every_name_that_nobody_knows_is_told_at_its_place() {
        let home = "{% extends \"theme/home.html\" %}\n{% block main %}{{ 1 | nosuch }}{{ <nothing /> }}{% endblock main %}";
        assert_eq!(
            messages(&[("templates/home.html", home), ("templates/page.html", "{% include \"gone.html\" %}")]),
            [
                "templates/home.html:2:24+6 unknown filter `nosuch`",
                "templates/home.html:2:36+11 unknown component `nothing`",
                "templates/page.html:1:12+11 unknown template `gone.html`"
            ]
        );
    }

    #[test]
    fn of_the_names_that_there_are_only_the_nearest_is_told() {
        let message = |template: &str| {
            let mut context = tera::Context::new();
            ["page", "site", "topics"].iter().for_each(|name| context.insert(*name, "x"));
            let mut tera = tera::Tera::new();
            tera.add_raw_template("a.html", template).expect("a template");
            let problem = super::diagnose(&tera.render("a.html", &context).expect_err("a mistake"), &[]);
            (problem.message, problem.hints)
        };
        assert_eq!(message("{{ pgae }}"), ("variable `pgae` is not defined".to_string(), vec!["did you mean `page`?".to_string()]));
        let all = "`chancery explain parts` lists every value that templates get";
        assert_eq!(message("{{ nowhere }}"), ("variable `nowhere` is not defined".to_string(), vec![all.to_string()]));
    }

    #[test]
    fn all_templates_that_cannot_be_read_are_told() {
        let found = messages(&[("templates/home.html", "{% if %}"), ("templates/page.html", "{{ }}")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("templates/home.html:1:") && found[1].starts_with("templates/page.html:1:"), "{found:?}");
    }

    #[test]
    fn a_parent_that_is_not_there_is_told_where_it_is_named() {
        let found = messages(&[("templates/home.html", "{% extends \"bsae.html\" %}")]);
        assert_eq!(found, ["templates/home.html:1:13+9 there is no template `bsae.html` to extend"]);
    }
}
