//! Addresses in the menu of the settings at which nothing is.

use std::collections::HashSet;

use tera::Value;
use tera::value::Key;

use crate::config::Internal;
use crate::diagnostic::{Diagnostic, nearest};
use crate::lint::{LintContext, Rule};
use crate::url::encode;

const CODE: &str = "broken-menu";

pub const RULE: Rule = Rule {
    code: CODE,
    doc: "The menu in the settings leads to an address of the site at which there is nothing public.

    [theme]
    menu = [{ title = \"Topics\", url = \"/topic/\" }]

Correct the address. It begins at the root of the site, without the path of `base_url`, and ends in a slash as addresses of pages do.",
    check: Some(check),
};

fn check(context: &LintContext) -> Vec<Diagnostic> {
    let settings = &context.site.theme.settings;
    let menu = settings.value("menu").and_then(Value::as_array).unwrap_or_default();
    if menu.is_empty() {
        return Vec::new();
    }
    let known: HashSet<String> = context.site.addresses.written().map(|address| encode(&address.route).into_owned()).collect();
    let urls = menu.iter().filter_map(|item| item.as_map()?.get(&Key::from("url"))?.as_str());
    let path = |url: &'_ str| url.split(['?', '#']).next().unwrap_or_default().to_string();
    let is_there = |path: &str| known.contains(path) || known.contains(&*encode(path));
    let broken = urls.filter(|url| url.starts_with('/') && !is_there(&path(url)));
    broken
        .map(|url| {
            let message = format!("the menu leads to `{url}`, and there is nothing");
            let problem = match context.site.config.links.internal {
                Internal::Error => Diagnostic::error(CODE, message),
                Internal::Warn => Diagnostic::warning(CODE, message),
            };
            let problem = settings.place_within(problem, "menu", url);
            let lists = context.site.index.lists.iter().map(|list| &*list.route);
            match nearest(url, lists) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem,
            }
        })
        .collect()
}
