//! What is made of a source: the files that carry it, and those that show it.
//!
//! It must not know keys: what else a page's facts reach, such as a link to it, is told by `--explain` when it happens.

use crate::cli::terminal::{clean_line, count};
use crate::gate::Hidden;
use crate::page::origin::Role;
use crate::pipeline::Plan;
use crate::sources::Sources;

/// So many files are named.
const NAMED: usize = 20;

/// What is made of the source at `path`; `None` when it is no source of the site. `shown` writes a path below the output as people see it.
pub fn describe(path: &str, plan: &Plan, sources: &Sources, shown: impl Fn(&str) -> String) -> Option<String> {
    let is_source = path == &*sources.settings.0 || sources.get(path).is_some() || plan.site.theme.has_template_at(path);
    if !is_source {
        return None;
    }
    let [made, listed] = uses(path, plan).map(|paths| paths.into_iter().map(&shown).collect::<Vec<_>>());
    let mut text = format!("{}\n", clean_line(path));
    if let Some(page) = plan.hidden.iter().find(|page| *page.path == *path || made.is_empty() && has_beside(page, path)) {
        let what = if *page.path == *path { "it".to_string() } else { format!("its page {}", clean_line(&page.path)) };
        text.push_str(&format!("No file is made of it, because {what} is hidden: {}\n", super::file::why_hidden(page, &plan.site.config)));
        return Some(text);
    }
    if path == &*sources.settings.0 {
        text.push_str("Every file may depend on the settings\n");
    } else if made.is_empty() && listed.is_empty() {
        text.push_str("No file is made of it\n");
    }
    text.push_str(&block("Made of it", &made));
    text.push_str(&block("Shown in", &listed));
    Some(text)
}

/// True for what is hidden with a page, because it lies in its folder.
fn has_beside(page: &Hidden, path: &str) -> bool {
    let inside = path.strip_prefix("content/").and_then(|inside| inside.strip_prefix(&*page.folder));
    page.role == Role::Bundle && !path.ends_with(".md") && inside.is_some_and(|rest| rest.starts_with('/'))
}

/// The files that carry a source, and those that show it.
fn uses<'a>(path: &str, plan: &'a Plan) -> [Vec<&'a str>; 2] {
    let site = &plan.site;
    let page = site.facts.binary_search_by(|fact| (**fact.path()).cmp(path)).ok().map(|page| page as u32);
    let shortcode = path.rsplit_once("shortcodes/").and_then(|(_, file)| file.strip_suffix(".html"));
    let data = path.strip_prefix("content/_data/").and_then(|file| file.split('.').next()).map(|name| format!("data_{name}"));
    let mut uses = [Vec::new(), Vec::new()];
    let templates: Vec<&str> = site
        .theme
        .templates
        .iter()
        .filter(|(name, template)| {
            let is_called = site.theme.chain(name).iter().any(|called| **called.path == *path);
            is_called || data.as_ref().is_some_and(|data| template.mentions.contains(data))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    for output in plan.outputs.iter() {
        let origin = output.origin(&plan.view);
        let calls = |page: &u32| site.page(*page).front().shortcodes.iter().any(|name| shortcode == Some(&**name));
        let is_made = output.doc().is_some_and(|doc| templates.contains(&&*doc.template) || doc.page.as_ref().is_some_and(calls));
        if is_made || origin.own.iter().any(|own| own == path) {
            uses[0].push(&*output.path);
        } else if page.is_some_and(|page| origin.shown.contains(&page)) {
            uses[1].push(&*output.path);
        }
    }
    uses
}

fn block(head: &str, files: &[String]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut text = format!("{head}: {}\n", count(files.len(), "file"));
    for path in files.iter().take(NAMED) {
        text.push_str(&format!("  {path}\n"));
    }
    if files.len() > NAMED {
        text.push_str(&format!("  … and {} more\n", files.len() - NAMED));
    }
    text
}
