//! Documents: files that a template makes.
//!
//! It must not know which documents there are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};

use super::{Emit, Emitter, Error, Job, Origin, Output, list, page, redirect, relative, version};
use crate::diagnostic::{Diagnostic, nearest};
use crate::fingerprint::Fingerprint;
use crate::theme::Once;
use crate::url::output_path;
use crate::view::{self, Doc, Parts, Scope, View, What};

/// A file that a template makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Box<Doc>);

/// The file of a document. A template that the theme lacks is told by `check`.
pub fn output(doc: Doc) -> Output {
    Output::new(output_path(&doc.route), Document(Box::new(doc)))
}

impl Emit for Document {
    fn emitter(&self) -> &'static Emitter {
        match self.0.what {
            What::Page | What::LinkedFrom | What::NotFound => &page::EMITTER,
            What::List => &list::EMITTER,
            What::Redirect { .. } => &redirect::EMITTER,
            What::Version { .. } => &version::EMITTER,
            What::Comparison { .. } => &version::COMPARISON,
        }
    }

    fn key(&self, view: &View) -> Fingerprint {
        view.parts(&self.0).map(|parts| parts.key()).unwrap_or_default()
    }

    fn print(&self, path: &str, view: &View) -> Option<Fingerprint> {
        let print = view.print(path, self.0.page);
        Some(self.0.version().map_or(print, |version| Fingerprint::of(&(print, view.version_print(version)))))
    }

    fn render(&self, job: &Job, writer: &mut dyn Write) -> Result<(), Error> {
        job.view.parts(&self.0).map_or(Ok(()), |parts| write(&parts, writer))
    }

    fn origin<'a>(&'a self, view: &'a View) -> Origin<'a> {
        match self.0.what {
            What::Page | What::NotFound => Origin::from_page(&view.site, self.0.page),
            What::LinkedFrom => page::origin_of_linked_from(view, &self.0),
            What::List => list::origin(view, &self.0),
            // An old address is made from the page that says it had it.
            What::Redirect { page, .. } => Origin::from_page(&view.site, Some(page)),
            What::Version { version, .. } => version::origin(view, version),
            What::Comparison { version, .. } => version::origin_of_comparison(view, version),
        }
    }

    fn doc(&self) -> Option<&Doc> {
        Some(&self.0)
    }
}

/// Writes a document from its parts.
pub fn write(parts: &Parts, writer: &mut dyn Write) -> Result<(), Error> {
    let Scope { view, site, doc, place } = parts.scope;
    let theme = &site.theme;
    let context = parts.context();
    let failed = |error: tera::Error| match error.kind() {
        tera::ErrorKind::Io(kind) => Error::Io(std::io::Error::new(*kind, error.to_string())),
        _ => Error::Template(Box::new(theme.diagnose(&error).hint(rendering(view, doc)))),
    };
    if let Some(error) = place.voice.failure() {
        return Err(Error::Template(Box::new(theme.diagnose(error).hint(rendering(view, doc)))));
    }
    let tera = theme.engine.speaking(view.lang(doc));
    if site.mode.relative_urls {
        let html = tera.render(&doc.template, &context).map_err(failed)?;
        writer.write_all(relative::links(&html, &doc.route, site.base_path()).as_bytes())?;
        return Ok(());
    }
    // Templates write small pieces, and the writer is one of several: it gets large ones.
    let mut pieces = BufWriter::with_capacity(PIECE, writer);
    tera.render_to(&doc.template, &context, &mut pieces).map_err(failed)?;
    Ok(pieces.flush()?)
}

/// So many bytes are handed on at once.
const PIECE: usize = 1 << 14;

/// Which page was being rendered when a template failed.
fn rendering(view: &View, doc: &Doc) -> String {
    match doc.page {
        Some(page) => format!("while rendering `{}` from `{}`", doc.route, view.site.page(page).path()),
        None => format!("while rendering `{}`", doc.route),
    }
}

/// Names that templates mention and nobody gives them, told once a template.
pub fn check(view: &View, outputs: &[Output]) -> Vec<Diagnostic> {
    let used: BTreeSet<&str> = outputs.iter().filter_map(|output| Some(&*output.doc()?.template)).collect();
    let theme = &view.site.theme;
    let mut found: Vec<Diagnostic> = Vec::new();
    // A name in a template that others extend is a mistake in one place.
    let mut others: BTreeMap<usize, usize> = BTreeMap::new();
    if theme.is_broken() {
        return found;
    }
    for name in used {
        let Some(template) = theme.templates.get(name) else {
            found.push(Diagnostic::error("unknown-template", format!("there is no template `{name}`")));
            continue;
        };
        for mention in template.mentions.iter().filter(|mention| !view.is_known(mention)) {
            let known = view::all_parts().map(|part| part.name).chain(theme.queries.keys().map(String::as_str));
            let problem = Diagnostic::error("unknown-part", format!("template `{name}` uses `{mention}`, which no template is given"));
            let place = theme.place_of(name, mention);
            if let Some(known) = found.iter().position(|known| place.is_some() && known.place == place) {
                *others.entry(known).or_default() += 1;
                continue;
            }
            let problem = match place {
                Some(place) => problem.at(place),
                None => problem,
            };
            found.push(match nearest(mention, known) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("`chancery explain parts` lists every value that templates get"),
            });
        }
    }
    found.extend(theme.snippets.once(Once::Frame).flat_map(|snippet| {
        let differing = snippet.implicit.iter().filter(|name| !view::is_same_everywhere(name));
        differing.map(|name| {
            let message =
                format!("`{}` is rendered once for all documents in a language, and `{name}` is not the same in all of them", snippet.name);
            let problem = Diagnostic::error("bad-snippet", message).hint("write what depends on the document in a template");
            theme.place_of("", &snippet.name).map_or_else(|| problem.clone(), |place| problem.clone().at(place))
        })
    }));
    for (problem, count) in others {
        found[problem].hints.push(format!("{count} more templates are made with it"));
    }
    found
}
