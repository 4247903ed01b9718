//! Templates, shortcodes and files of a theme, in three layers: `templates/` over `themes/NAME/` over the theme inside the binary.
//!
//! Owns `Theme`: what each template mentions, and the print of each with all it calls. It must not know pages.

pub mod assets;
pub mod filters;
pub mod layers;
mod mistakes;
pub mod query;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::sources::Sources;
use mistakes::diagnose;

pub use assets::Asset;
pub use query::Query;

/// A loaded theme.
#[derive(Clone, Default)]
pub struct Theme {
    pub tera: Arc<tera::Tera>,
    /// By name, such as `briefing.html`.
    pub templates: BTreeMap<String, Template>,
    pub shortcodes: Shortcodes,
    pub assets: Vec<Asset>,
    pub queries: BTreeMap<String, Query>,
    pub diagnostics: Vec<Diagnostic>,
    /// The texts of templates, for messages.
    files: Arc<Vec<layers::TemplateFile>>,
}

/// What is known of a template besides its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Template {
    /// Of its text and of every template whose name occurs in it, and so on.
    pub print: Fingerprint,
    /// The names of the values that it mentions, sorted.
    pub mentions: Vec<String>,
}

/// The shortcodes of a theme: Tera components, one file each, `shortcodes/NAME.html`, defining a component of that name.
#[derive(Clone, Default)]
pub struct Shortcodes {
    pub tera: Arc<tera::Tera>,
    /// By name: the fingerprint of the template's text and all it calls.
    pub prints: BTreeMap<String, Fingerprint>,
}

/// Loads the theme that the settings name. Problems are in its diagnostics; a theme with errors has the templates that could be read.
pub fn load(sources: &Sources, config: &Config) -> Theme {
    let layers = layers::stack(sources, &config.theme);
    let mut diagnostics = layers.diagnostics;
    let (pages, shortcodes): (Vec<_>, Vec<_>) = layers.templates.iter().partition(|template| !template.name.starts_with("shortcodes/"));
    let tera = compile(&pages, filters::register_page_filters, &mut diagnostics);
    let short = compile(&shortcodes, filters::register_shortcode_filters, &mut diagnostics);
    let prints = prints(&layers.templates);
    let mut templates = BTreeMap::new();
    for template in &pages {
        let Ok(mentions) = tera.get_template_variables(&template.name) else { continue };
        let mut mentions: Vec<String> = mentions.into_iter().map(str::to_string).collect();
        mentions.sort();
        templates.insert(template.name.clone(), Template { print: prints[&template.name], mentions });
    }
    let known = |name: &str| short.get_component_definition(name).is_some();
    let named = shortcodes.iter().filter_map(|template| {
        let name = template.name.strip_prefix("shortcodes/")?.strip_suffix(".html")?;
        Some((name.to_string(), prints[&template.name], &template.path))
    });
    let mut shortcode_prints = BTreeMap::new();
    for (name, print, path) in named {
        if known(&name) {
            shortcode_prints.insert(name, print);
        } else if diagnostics.is_empty() {
            let problem = Diagnostic::error("bad-shortcode-file", format!("this file must define the component `{name}`"))
                .at(Place::file(path))
                .hint(format!("begin with `{{% component {name}() %}}` and end with `{{% endcomponent {name} %}}`"));
            diagnostics.push(problem);
        }
    }
    let queries = query::read(&layers.settings, &config.theme_settings, &mut diagnostics);
    let assets = assets::prepare(layers.statics);
    Theme {
        tera: Arc::new(tera),
        templates,
        shortcodes: Shortcodes { tera: Arc::new(short), prints: shortcode_prints },
        assets,
        queries,
        diagnostics,
        files: Arc::new(layers.templates),
    }
}

impl Theme {
    /// An error of Tera as a diagnostic, at its place in the template's file.
    pub fn diagnose(&self, error: &tera::Error) -> Diagnostic {
        diagnose(error, &self.files.iter().collect::<Vec<_>>())
    }

    /// True if no template can be used, because one of them has a mistake that has been told.
    pub fn is_broken(&self) -> bool {
        self.templates.is_empty() && !self.diagnostics.is_empty()
    }

    /// The first place in a template, or in one that it calls, where a name is written.
    pub fn place_of(&self, template: &str, name: &str) -> Option<Place> {
        let own = self.files.iter().filter(|file| file.name == template);
        let others = self.files.iter().filter(|file| file.name != template && !file.name.starts_with("shortcodes/"));
        own.chain(others).find_map(|file| {
            let is_word = |at: &usize| !file.text[..*at].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
            let at = file.text.match_indices(name).map(|(at, _)| at).find(is_word)?;
            Some(Place::range(&file.path, &file.text, at..at + name.len()))
        })
    }

    /// The file of a template that an author calls by its name, with or without `.html`.
    pub fn template_called(&self, name: &str) -> Option<&str> {
        let known = |file: &str| self.templates.get_key_value(file).map(|(file, _)| file.as_str());
        known(name).or_else(|| known(&format!("{name}.html")))
    }

    /// The address of an asset by its name, below `/`: `assets/site.1a2b3c4d.css`.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }
}

/// All templates in one Tera. Where one of them is wrong, each is tried alone, so that all mistakes are found at once.
fn compile(templates: &[&layers::TemplateFile], register: fn(&mut tera::Tera), diagnostics: &mut Vec<Diagnostic>) -> tera::Tera {
    let mut tera = tera::Tera::new();
    register(&mut tera);
    if let Err(error) = tera.add_raw_templates(templates.iter().map(|template| (template.name.as_str(), &*template.text))) {
        let mut found: Vec<Diagnostic> = Vec::new();
        for template in templates {
            let mut alone = tera::Tera::new();
            register(&mut alone);
            if let Err(error) = alone.add_raw_template(&template.name, &template.text)
                && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
            {
                found.push(diagnose(&error, templates));
            }
        }
        if found.is_empty() {
            found = mistakes::all(&error, templates);
        }
        diagnostics.append(&mut found);
    }
    tera
}

/// The print of each template's text and, transitively, of every template or component whose name occurs in it: too much rather than too little.
fn prints(templates: &[layers::TemplateFile]) -> BTreeMap<String, Fingerprint> {
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
        let reached: Vec<Fingerprint> = (0..templates.len()).filter(|at| seen[*at]).map(|at| own[at]).collect();
        Fingerprint::of(&(own[from], reached))
    };
    templates.iter().enumerate().map(|(at, template)| (template.name.clone(), reach(at))).collect()
}

/// For each template the places of those whose name, or that of one of their components, occurs in it.
fn calls(templates: &[layers::TemplateFile]) -> Vec<Vec<usize>> {
    let names = |template: &'_ layers::TemplateFile| {
        let components = layers::components(&template.text).map(str::to_string);
        components.chain([template.name.clone()]).collect::<Vec<String>>()
    };
    let handles: Vec<(String, usize)> =
        templates.iter().enumerate().flat_map(|(at, template)| names(template).into_iter().map(move |name| (name, at))).collect();
    let Ok(search) = AhoCorasick::new(handles.iter().map(|(name, _)| name)) else {
        // More text than it can search: then all of them may be called.
        return templates.iter().map(|_| (0..templates.len()).collect()).collect();
    };
    let called = |template: &layers::TemplateFile| {
        let found = search.find_overlapping_iter(&*template.text).map(|found| handles[found.pattern().as_usize()].1);
        found.collect::<BTreeSet<usize>>().into_iter().collect()
    };
    templates.iter().map(called).collect()
}
