//! `chancery export`: one page for those who work on with it elsewhere, as a document of Word or as plain Markdown.
//!
//! What is written is what readers see: the rendered article, with its citations, shortcodes and links resolved. It must not know how a page is made.

mod article;
mod pandoc;
mod reference;

use std::path::PathBuf;

use super::args::{Export, ExportFormat};
use super::called::{hidden, page, unknown};
use super::error::{Error, Status};
use super::invocation::Invocation;
use super::list::state;
use super::locate::Found;
use super::memory::Memory;
use super::report::{self, Warnings, select};
use super::whole;
use crate::diagnostic::Diagnostic;
use crate::gate::{Clearance, Show};
use crate::page::facts::Facts;
use crate::page::taxonomy::Taxonomy;
use crate::pipeline::{self, BuildOptions, Plan};
use crate::sources::Sources;
use crate::url::output_path;
use article::{Article, Links};
use pandoc::About;

/// Writes a page into a file, and prints the path of that.
///
/// # Errors
/// The call is wrong, there is no such page, or something could not be read or written. Mistakes in the page are no error but a status.
pub fn run(invocation: &Invocation, args: &Export) -> Result<Status, Error> {
    let found = Found::find(invocation, Vec::new())?;
    if found.is_wrong() {
        complain(invocation, &found.problems);
        return Ok(Status::Usage);
    }
    let clock = found.clock(invocation, args.now)?;
    let (memory, mut cache) = Memory::load(&found);
    let sources = found.scan(clock.now, &memory.known)?;
    let mut options = BuildOptions { overrides: found.overrides.clone(), present: clock.present, ..BuildOptions::default() };
    let mut plan = pipeline::plan(&sources, &mut cache, &options);
    if page(&plan, &args.page).is_none() {
        // Nothing is published by this: who names a hidden page means it.
        let Some(hidden) = hidden(&plan, &args.page) else { return Err(unknown(&args.page)) };
        invocation.say(&format!("note: `{}` is not public ({})\n", hidden.path, state(hidden.why)));
        options = BuildOptions { show: Show { drafts: true, future: true, expired: true, clearance: Clearance::All }, ..options };
        plan = pipeline::plan(&sources, &mut cache, &options);
    }
    let Some(facts) = page(&plan, &args.page) else { return Err(unknown(&args.page)) };
    let path = &facts.page.origin.path;
    let wrong: Vec<Diagnostic> =
        plan.errors().into_iter().filter(|problem| problem.place.as_ref().is_some_and(|place| place.path == *path)).collect();
    if !wrong.is_empty() {
        complain(invocation, &wrong);
        return Ok(Status::Site);
    }
    let to = target(invocation, args, facts);
    if !args.force && to.symlink_metadata().is_ok() {
        return Err(Error::usage(format!("there is a file `{}` already", to.display()))
            .hint("name another one with `-o`, or write over it with `--force`"));
    }
    let bytes = export(&sources, &plan, facts, args.format, invocation)?;
    whole::write(&to, &bytes)?;
    invocation.answer(&format!("{}\n", to.strip_prefix(&invocation.world.folder).unwrap_or(&to).display()));
    Ok(Status::Fine)
}

fn complain(invocation: &Invocation, problems: &[Diagnostic]) {
    let selection = select(problems, Warnings::None);
    invocation.complain(&report::text::all(&selection, &invocation.renderer(&invocation.world.terminal.err), "`chancery check`"));
}

/// Where the file goes: as asked, else beside the one who calls, named after the page.
fn target(invocation: &Invocation, args: &Export, facts: &Facts) -> PathBuf {
    let name =
        facts.page.route.trim_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("home").trim_end_matches(".html");
    let file = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.{}", args.format.extension())));
    invocation.world.folder.join(file)
}

fn export(sources: &Sources, plan: &Plan, facts: &Facts, format: ExportFormat, invocation: &Invocation) -> Result<Vec<u8>, Error> {
    let render = |path: &str| pipeline::render_one(sources, plan, path);
    let html = match render(&output_path(&facts.page.route)) {
        Some(Ok(bytes)) => String::from_utf8(bytes).map_err(|_| Error::fault("a page is not UTF-8"))?,
        Some(Err(problem)) => return Err(Error::site(problem.message)),
        None => return Err(Error::site("the page has no file of its own")),
    };
    let config = &plan.site.config;
    let base = config.base_url.as_ref().map(|base| base.url.trim_end_matches('/').to_string());
    let links = Links { base, base_path: plan.site.base_path(), format };
    let Article { html, pictures } = article::read(&html, &links).ok_or_else(|| {
        Error::site("the page has no text that could be exported")
            .hint("the theme marks it with `itemprop=\"articleBody\"`, as the built-in one does")
    })?;
    let front = &facts.page.front;
    let about = About {
        title: facts.title.to_string(),
        summary: front.summary.clone(),
        authors: front.terms[Taxonomy::Authors as usize].clone().unwrap_or_default(),
        date: facts.page.date.as_ref().map(|date| date.iso()),
        language: front.lang.clone().unwrap_or_else(|| config.language.clone()),
    };
    let files = pictures.into_iter().filter_map(|path| Some((render(&path)?.ok()?, path))).map(|(bytes, path)| (path, bytes)).collect();
    let settings = &plan.site.theme.settings;
    let colour =
        |name: &str, else_: &'static str| settings.text(name).filter(|colour| colour.len() == 7).map_or(else_.to_string(), str::to_string);
    let reference = reference::docx(&colour("accent", "#1c4a38"), &colour("ink", "#1d1d1b"))?;
    pandoc::run(&html, &about, files, format, &reference, invocation)
}
