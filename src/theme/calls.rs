//! Which templates call which: by `extends` and `include`, and by every other mention of a name.
//!
//! It must not know what templates show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Theme;
use super::layers::{TemplateFile, components};
use crate::fingerprint::Fingerprint;

/// How a template comes to be part of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It is the one that was asked for.
    Own,
    /// It is extended.
    Extends,
    /// It is included.
    Includes,
    /// Its name, or that of a component in it, is written there.
    Names,
}

/// One template of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called<'a> {
    /// How it comes to be there.
    pub call: Call,
    /// The name by which others call it.
    pub name: &'a str,
    /// Relative to the root; of the built-in theme `themes/default/…`.
    pub path: &'a Arc<str>,
    /// How many calls away it is.
    pub depth: usize,
}

impl Theme {
    /// A template with all that it calls, each once, right below the one that calls it; nothing if it is not there.
    pub fn chain(&self, name: &str) -> Vec<Called<'_>> {
        let calls = calls(&self.files);
        let mut seen = vec![false; self.files.len()];
        let mut open: Vec<(usize, Call, usize)> = self.position(name).map(|at| (at, Call::Own, 0)).into_iter().collect();
        let mut chain = Vec::new();
        while let Some((at, call, depth)) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let file = &self.files[at];
            chain.push(Called { call, name: &file.name, path: &file.path, depth });
            let mut called: Vec<(usize, Call, usize)> =
                calls[at].iter().filter(|other| !seen[**other]).map(|other| (*other, self.call(at, *other), depth + 1)).collect();
            // The last one is looked at first: what is extended, then what is included.
            called.sort_by_key(|(at, call, _)| std::cmp::Reverse((*call as u8, *at)));
            open.extend(called);
        }
        chain
    }

    /// Of a template and those that it calls the ones that `differs` says true of; itself, if it is only that it calls others than before.
    pub fn changed(&self, name: &str, differs: impl Fn(&str) -> bool) -> Vec<String> {
        let chain = self.chain(name);
        let changed: Vec<String> = chain.iter().map(|called| called.name).filter(|name| differs(name)).map(str::to_string).collect();
        if changed.is_empty() { vec![name.to_string()] } else { changed }
    }

    /// The fingerprint of each template's own text, by name.
    pub fn texts(&self) -> BTreeMap<&str, Fingerprint> {
        self.files.iter().map(|file| (file.name.as_str(), Fingerprint::of_bytes(file.text.as_bytes()))).collect()
    }

    /// True if the file at `path`, relative to the root, is the text of a template.
    pub fn has_template_at(&self, path: &str) -> bool {
        self.files.iter().any(|file| &*file.path == path)
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.files.iter().position(|file| file.name == name)
    }

    fn call(&self, from: usize, to: usize) -> Call {
        let name = &self.files[to].name;
        let says = |word: &str| {
            let text = &self.files[from].text;
            text.match_indices(word)
                .any(|(at, _)| text[at + word.len()..].trim_start().trim_start_matches(['"', '\'']).starts_with(name.as_str()))
        };
        if says("extends ") {
            Call::Extends
        } else if says("include ") {
            Call::Includes
        } else {
            Call::Names
        }
    }
}

/// By template: those whose name, or the name of a component of theirs, occurs in its text. Too much rather than too little.
fn calls(templates: &[TemplateFile]) -> Vec<Vec<usize>> {
    let names = |(at, template): (usize, &TemplateFile)| -> Vec<(String, usize)> {
        let components = components(&template.text).map(str::to_string);
        std::iter::once(template.name.clone()).chain(components).map(|name| (name, at)).collect()
    };
    let handles: Vec<(String, usize)> = templates.iter().enumerate().flat_map(names).collect();
    // To make the fastest of machines would take longer than it saves on texts as short as these.
    let search = AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(handles.iter().map(|(name, _)| name));
    let Ok(search) = search else {
        // More names than can be searched for at once: then all may be called by all.
        return templates.iter().map(|_| (0..templates.len()).collect()).collect();
    };
    let called = |template: &TemplateFile| {
        let found = search.find_overlapping_iter(&*template.text).map(|found| handles[found.pattern().as_usize()].1);
        found.collect::<BTreeSet<usize>>().into_iter().collect()
    };
    templates.iter().map(called).collect()
}

/// A template with all that it may call.
pub struct Reach {
    /// Places among the templates, its own included.
    pub files: Vec<usize>,
    /// Of the texts of all of them.
    pub print: Fingerprint,
}

/// For each template, every template that it calls, and so on.
pub fn reaches(templates: &[TemplateFile]) -> Vec<Reach> {
    let calls = calls(templates);
    let own: Vec<Fingerprint> = templates.iter().map(|template| Fingerprint::of_bytes(template.text.as_bytes())).collect();
    let reach = |from: usize| {
        let mut seen = vec![false; templates.len()];
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(&calls[at]);
            }
        }
        let files: Vec<usize> = (0..templates.len()).filter(|at| seen[*at]).collect();
        let reached: Vec<Fingerprint> = files.iter().map(|at| own[*at]).collect();
        Reach { files, print: Fingerprint::of(&(own[from], reached)) }
    };
    (0..templates.len()).map(reach).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::sources::Sources;
    use crate::theme::load;

    #[test]
    fn a_chain_names_each_template_below_the_one_that_calls_it() {
        let files = [
            ("templates/tag.html", "{% extends \"frame.html\" %}{% block main %}{% include \"lead.html\" %}{{<odd/>}}{% endblock %}"),
            ("templates/frame.html", "{% include \"lead.html\" %}{% block main %}{% endblock %}"),
            ("templates/lead.html", "A line."),
            ("templates/parts.html", "{% component odd() %}x{% endcomponent odd %}"),
        ];
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &files);
        let theme = load(&sources, &Config::default());
        let chain: Vec<(Call, &str, usize)> =
            theme.chain("tag.html").iter().map(|called| (called.call, called.name, called.depth)).collect();
        let expected = [
            (Call::Own, "tag.html", 0),
            (Call::Extends, "frame.html", 1),
            (Call::Includes, "lead.html", 2),
            (Call::Names, "parts.html", 1),
        ];
        assert_eq!(chain, expected);
        assert_eq!(theme.chain("nothing.html"), []);
    }
}
