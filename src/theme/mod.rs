//! Templates, shortcodes and files of a theme, in three layers: `templates/` over `themes/NAME/` over the theme inside the binary.
//!
//! Owns `Theme`: what each template mentions, and the print of each with all it calls. It must not know pages.

pub mod assets;
mod calls;
mod colour;
mod dates;
pub mod engine;
pub mod filters;
pub mod languages;
pub mod layers;
mod mistakes;
mod palette;
mod plural;
pub mod query;
pub mod settings;
pub mod snippets;
pub mod strings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::fingerprint::Fingerprint;
use crate::sources::Sources;
use calls::Reach;
use engine::Register;
use languages::Speech;
use mistakes::diagnose;
pub use mistakes::words as words_of_mistake;
use palette::Palette;
use settings::Known;

pub use assets::Asset;
pub use calls::{Call, Called};
pub use engine::Engine;
pub use languages::Languages;
pub use query::Query;
pub use settings::Settings;
pub use snippets::{Once, Snippet, Snippets};
pub use strings::Strings;

/// A loaded theme.
#[derive(Clone, Default)]
pub struct Theme {
    /// Its templates, compiled, in all languages.
    pub engine: Engine,
    /// By name, such as `briefing.html`.
    pub templates: BTreeMap<String, Template>,
    /// By name.
    pub shortcodes: Shortcodes,
    /// What is rendered once for many documents.
    pub snippets: Snippets,
    /// The files of its `static/`.
    pub assets: Vec<Asset>,
    /// The lists that it names, by their names.
    pub queries: BTreeMap<String, Query>,
    /// Its own settings, with what the site says of them.
    pub settings: Settings,
    /// What is wrong with its files.
    pub diagnostics: Vec<Diagnostic>,
    /// The fingerprint of all that the theme was made of.
    pub print: Fingerprint,
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
    /// Those that components which it may call take as `@name`, if there are such values; sorted, without `mentions`.
    pub implicit: Vec<String>,
}

impl Template {
    /// The names of all values that it can need.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.mentions.iter().chain(&self.implicit).map(String::as_str)
    }
}

/// The shortcodes of a theme: Tera components, one file each, `shortcodes/NAME.html`, defining a component of that name.
#[derive(Clone, Default)]
pub struct Shortcodes {
    /// The same, for shortcodes alone.
    pub engine: Engine,
    /// By name: the fingerprint of the template's text and all it calls, and of what it may say in any language.
    pub prints: BTreeMap<String, Fingerprint>,
}

/// The fingerprint of all that `load` reads: where it is equal, the theme is.
pub fn key(sources: &Sources, config: &Config) -> Fingerprint {
    let texts =
        ["templates/", "themes/"].map(|folder| sources.below(folder).iter().map(|file| (&file.path, file.print)).collect::<Vec<_>>());
    let names: Vec<&Arc<str>> = sources.below("static/").iter().map(|file| &file.path).collect();
    Fingerprint::of(&(texts, names, &sources.settings, config.print(), layers::has_versions(sources)))
}

/// Loads the theme that the settings name. Problems are in its diagnostics; a theme with errors has the templates that could be read.
pub fn load(sources: &Sources, config: &Config) -> Theme {
    let mut layers = layers::stack(sources, &config.theme);
    let mut diagnostics = std::mem::take(&mut layers.diagnostics);
    let settings = known_settings(sources, config, &layers, &mut diagnostics);
    if let Some(palette) = Palette::from_settings(&settings) {
        diagnostics.extend(palette.problems(&settings));
        // A theme that brings this file does not want the one that settings make.
        if !layers.statics.iter().any(|file| file.name == palette::SHEET) {
            let (name, path, bytes) = (palette::SHEET.into(), sources.settings.0.clone(), palette.css().into_bytes());
            layers.statics.push(layers::StaticFile { name, path, bytes });
        }
    }
    let date_format = settings.text("date_format").unwrap_or("long");
    let speech = Speech { default: &config.language, forced: settings.text("language"), date_format };
    let languages = Arc::new(Languages::read(std::mem::take(&mut layers.strings), &speech, &mut diagnostics));
    let (pages, shortcodes): (Vec<_>, Vec<_>) = layers.templates.iter().partition(|template| !template.name.starts_with("shortcodes/"));
    let ((engine, problems), ((short, problems_of_short), reaches)) = rayon::join(
        || compile(&pages, filters::register_page_filters, &languages),
        || (compile(&shortcodes, filters::register_shortcode_filters, &languages), calls::reaches(&layers.templates)),
    );
    diagnostics.extend(problems.into_iter().chain(problems_of_short));
    let templates = known_templates(&engine, &layers.templates, &reaches);
    let snippets = Snippets::read(engine.base(), &layers.templates, &reaches, &mut diagnostics);
    let shortcodes = known_shortcodes(short, &layers.templates, &reaches, &mut diagnostics);
    let queries = query::read(&layers.settings, &config.theme_settings, &mut diagnostics);
    let assets = assets::prepare(layers.statics);
    let print = key(sources, config);
    Theme { engine, templates, shortcodes, snippets, assets, queries, settings, diagnostics, print, files: Arc::new(layers.templates) }
}

/// The settings of the theme over those of the built-in one, whose templates it may use.
fn known_settings(sources: &Sources, config: &Config, layers: &layers::Layers, diagnostics: &mut Vec<Diagnostic>) -> Settings {
    let own = sources.below("static/").iter().filter_map(|file| file.path.strip_prefix("static/"));
    let files = own.chain(layers.statics.iter().map(|file| file.name.as_str())).collect();
    let languages = layers.strings.iter().map(|file| file.lang.clone()).collect();
    let mut themes = vec![&layers.built_in_settings];
    themes.extend(Some(&layers.settings).filter(|settings| settings.0 != layers.built_in_settings.0));
    Settings::read(&themes, &config.theme_settings, sources.settings.clone(), &Known { files, languages }, diagnostics)
}

/// What is known of the templates of pages that could be read.
fn known_templates(engine: &Engine, files: &[layers::TemplateFile], reaches: &[Reach]) -> BTreeMap<String, Template> {
    let tera = engine.base();
    let components: Vec<Vec<&str>> = files.iter().map(|file| layers::components(&file.text).collect()).collect();
    let mut templates = BTreeMap::new();
    for (file, reach) in files.iter().zip(reaches).filter(|(file, _)| !file.name.starts_with("shortcodes/")) {
        let Ok(mentions) = tera.get_template_variables(&file.name) else { continue };
        let mentions: BTreeSet<String> = mentions.into_iter().map(str::to_string).collect();
        let infos = reach.files.iter().flat_map(|at| &components[*at]).filter_map(|name| tera.get_component_definition(name));
        let implicit: BTreeSet<String> = infos
            .flat_map(|info| info.args().iter().filter(|arg| arg.is_implicit()).map(|arg| arg.name().to_string()).collect::<Vec<_>>())
            .collect();
        let implicit = implicit.difference(&mentions).cloned().collect();
        templates.insert(file.name.clone(), Template { print: reach.print, mentions: mentions.into_iter().collect(), implicit });
    }
    templates
}

/// The shortcodes whose files define what they are called after.
fn known_shortcodes(engine: Engine, files: &[layers::TemplateFile], reaches: &[Reach], diagnostics: &mut Vec<Diagnostic>) -> Shortcodes {
    let spoken = engine.languages.print;
    let mut prints = BTreeMap::new();
    for (file, reach) in files.iter().zip(reaches) {
        let Some(name) = file.name.strip_prefix("shortcodes/").and_then(|name| name.strip_suffix(".html")) else { continue };
        if engine.base().contains_component(name) {
            prints.insert(name.to_string(), Fingerprint::of(&(reach.print, spoken)));
        } else if diagnostics.is_empty() {
            let problem = Diagnostic::error("bad-shortcode-file", format!("this file must define the component `{name}`"))
                .at(Place::file(&file.path))
                .hint(format!("begin with `{{% component {name}() %}}` and end with `{{% endcomponent {name} %}}`"));
            diagnostics.push(problem);
        }
    }
    Shortcodes { engine, prints }
}

/// Two themes are equal if they were made of the same files and settings. What is compiled of them follows from that.
impl PartialEq for Theme {
    fn eq(&self, other: &Theme) -> bool {
        self.templates == other.templates
            && self.shortcodes.prints == other.shortcodes.prints
            && self.assets == other.assets
            && self.queries == other.queries
            && self.settings == other.settings
            && self.diagnostics == other.diagnostics
            && self.files == other.files
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

    /// The template of the further parts of a list whose first part `name` makes: `home_part.html` for `home.html`, if there is one.
    pub fn for_further_parts<'a>(&'a self, name: &'a str) -> &'a str {
        self.templates.get_key_value(&layers::part_of(name)).map_or(name, |(part, _)| part)
    }

    /// What is said in documents in the language `lang`.
    pub fn strings(&self, lang: &str) -> &Strings {
        self.engine.languages.strings_for(lang)
    }

    /// The address of an asset by its name, below `/`: `assets/site.1a2b3c4d.css`.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }
}

/// All templates in one Tera, and what is wrong with them. Where one of them is wrong, each is tried alone, so that all mistakes are found at once.
fn compile(templates: &[&layers::TemplateFile], register: Register, languages: &Arc<Languages>) -> (Engine, Vec<Diagnostic>) {
    let strings = languages.fallback();
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut tera = tera::Tera::new();
    register(&mut tera, strings);
    if let Err(error) = tera.add_raw_templates(templates.iter().map(|template| (template.name.as_str(), &*template.text))) {
        for template in templates {
            let mut alone = tera::Tera::new();
            register(&mut alone, strings);
            if let Err(error) = alone.add_raw_template(&template.name, &template.text)
                && matches!(error.kind(), tera::ErrorKind::SyntaxError(_))
            {
                found.push(diagnose(&error, templates));
            }
        }
        if found.is_empty() {
            found = mistakes::all(&error, templates);
        }
    }
    (Engine::new(tera, register, languages.clone()), found)
}
