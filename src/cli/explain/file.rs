//! What a file of the output is made of, why it was made last, and what the next build will do with it.
//!
//! It must not know how any of it is found out. What is hidden is never told of as if it were there.

use std::path::PathBuf;

use super::named::{Named, SitePaths, named};
use super::source;
use crate::cli::args::Explain;
use crate::cli::build::{self, base_url, local, output_folder, quoted};
use crate::cli::error::{Error, Status};
use crate::cli::invocation::Invocation;
use crate::cli::locate::Found;
use crate::cli::memory::Memory;
use crate::cli::report::{self, Warnings, select};
use crate::cli::terminal::{clean_line, count};
use crate::cli::why;
use crate::config::Config;
use crate::diagnostic::{Severity, nearest};
use crate::emit::{self, Output};
use crate::gate::{Hidden, Why};
use crate::output::{Entry, Manifest, Stands, note_of};
use crate::page::origin::Role;
use crate::pipeline::reasons::Note;
use crate::pipeline::{self, BuildOptions, Plan};
use crate::sources::Sources;
use crate::theme::Call as TemplateCall;
use crate::url::output_path;
use crate::view::{self, View};

/// So many sources are named.
const NAMED: usize = 5;

/// Says what a file is made of and why, or what is made of a source.
///
/// # Errors
/// The call is wrong, or something could not be read or written. Mistakes in the site are no error but a status.
pub fn run(invocation: &Invocation, args: &Explain) -> Result<Status, Error> {
    let found = Found::find(invocation, base_url(args.place.base_url.as_deref()))?;
    if found.is_wrong() {
        let problems = select(&found.problems, Warnings::None);
        invocation.complain(&report::text::all(&problems, &invocation.renderer(&invocation.world.terminal.err), ""));
        return Ok(Status::Usage);
    }
    let output = output_folder(invocation, &found, args.output.as_deref())?;
    let clock = found.clock(invocation, args.preview.now)?;
    let (memory, mut cache) = Memory::load(&found);
    let sources = found.scan(clock.now, &memory.known)?;
    let options = BuildOptions { relative_urls: args.place.relative_urls, ..build::options_of(&found, &args.preview, clock, false) };
    let plan = pipeline::plan(&sources, &mut cache, &options);
    let manifest = Manifest::load(&found.state(), &output).unwrap_or_default();
    let asked = Asked { found: &found, sources: &sources, plan: &plan, manifest: &manifest, folder: output };
    invocation.answer(&asked.answer(invocation, &args.what)?);
    clock.tell(invocation);
    let errors = plan.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count();
    if errors > 0 {
        invocation.say(&format!("note: the site has {}, so nothing can be written; `chancery check` shows them\n", count(errors, "error")));
    }
    Ok(Status::Fine)
}

/// A site as it would be built now, and what stands in its output.
struct Asked<'a> {
    found: &'a Found,
    sources: &'a Sources,
    plan: &'a Plan,
    manifest: &'a Manifest,
    /// The output folder, a real path.
    folder: PathBuf,
}

impl Asked<'_> {
    fn answer(&self, invocation: &Invocation, word: &str) -> Result<String, Error> {
        let root = &self.sources.root;
        let config = &self.plan.site.config;
        let paths = SitePaths { folder: &invocation.world.folder, root, output: &self.folder, config, settings: &self.sources.settings.0 };
        match named(word, &paths) {
            Named::Source(path) => {
                let text = source::describe(&path, self.plan, self.sources, |path| self.shown(path));
                text.ok_or_else(|| self.unknown(word, &path))
            }
            Named::Output(readings) => {
                let insides = readings.iter().map(|path| path.trim_end_matches('/'));
                let index = |inside: &str| if inside.is_empty() { "index.html".to_string() } else { format!("{inside}/index.html") };
                let paths: Vec<String> = insides.clone().flat_map(|inside| [inside.to_string(), index(inside)]).collect();
                let inside = insides.clone().next().unwrap_or_default();
                let planned = paths.iter().find_map(|path| self.plan.find(path)).map(|output| self.planned(output));
                let hidden = || paths.iter().find_map(|path| self.hidden(path));
                let left = || paths.iter().find_map(|path| self.left_behind(path));
                planned.or_else(hidden).or_else(left).ok_or_else(|| self.unknown(word, inside))
            }
        }
    }

    /// A path as somebody below the root writes it.
    fn shown(&self, path: &str) -> String {
        let whole = self.folder.join(path);
        clean_line(&whole.strip_prefix(&self.sources.root).unwrap_or(&whole).to_string_lossy())
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        self.manifest.position(path).map(|at| &self.manifest.entries[at])
    }

    /// A file that the site has.
    fn planned(&self, output: &Output) -> String {
        let view = &self.plan.view;
        let emitter = output.emitter();
        let mut text = format!("{}\n", self.shown(&output.path));
        let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<10}{value}\n"));
        row("address", &clean_line(&self.plan.site.href(&address(output))));
        row("made by", &format!("{}: {}", emitter.name, emitter.doc));
        let origin = output.origin(view);
        origin.own.iter().for_each(|path| row("source", &self.with_layer(path)));
        if !origin.shown.is_empty() {
            let paths: Vec<&str> = origin.shown.iter().map(|page| &**self.plan.site.page(*page).path()).collect();
            row("shows", &few(&paths));
        }
        self.template(output).iter().for_each(|line| row(if line.starts_with(' ') { "" } else { "template" }, line));
        self.parts(view, output).iter().enumerate().for_each(|(at, line)| row(if at == 0 { "parts" } else { "" }, line));
        let [last, now] = self.history(view, output);
        row("last", &last);
        row("now", &now);
        text
    }

    /// The path of a file of a theme or the site, and whether it is inside the program.
    fn with_layer(&self, path: &str) -> String {
        let is_built_in = path.starts_with("themes/default/") && self.sources.get(path).is_none();
        format!("{}{}", clean_line(path), if is_built_in { ", built in" } else { "" })
    }

    /// The template of a document, and below it all that it calls.
    fn template(&self, output: &Output) -> Vec<String> {
        let Some(doc) = output.doc() else { return Vec::new() };
        let line = |called: crate::theme::Called| {
            let how = match called.call {
                TemplateCall::Own => "",
                TemplateCall::Extends => "extends ",
                TemplateCall::Includes => "includes ",
                TemplateCall::Names => "names ",
            };
            format!("{}{how}{} ({})", "  ".repeat(called.depth), clean_line(called.name), self.with_layer(called.path))
        };
        self.plan.site.theme.chain(&doc.template).into_iter().map(line).collect()
    }

    /// The parts that a document's template gets: print, name and what it holds.
    fn parts<'v>(&self, view: &'v View, output: &'v Output) -> Vec<String> {
        let recipe = emit::why::recipe(view, output);
        let Some(names) = recipe.parts.filter(|names| !names.is_empty()) else { return Vec::new() };
        let (_, prints) = emit::key_and_prints(view, output);
        let width = names.iter().map(|name| name.chars().count()).max().unwrap_or_default();
        let doc = |name: &str| match view::part(name) {
            Some((_, part)) => part.doc.to_string(),
            None => match name.strip_prefix("data_") {
                Some(data) => format!("the register `{data}` of `content/_data/`"),
                None => "a query of the theme".to_string(),
            },
        };
        let own = prints.iter().skip(emit::why::BEFORE_PARTS);
        // What the frame shows are parts that stand beside it.
        let parts = names.iter().zip(own).filter(|(name, _)| **name != view::FRAME);
        parts.map(|(name, print)| format!("{:08x}  {name:<width$}  {}", u32::from_le_bytes(*print), doc(name))).collect()
    }

    /// Why the file was made last, and what the next build will do with it.
    fn history<'v>(&self, view: &'v View, output: &'v Output) -> [String; 2] {
        let Some(entry) = self.entry(&output.path) else {
            let foreign = self.folder.join(&*output.path).exists();
            let now = if foreign { "a file stands there that Chancery did not write" } else { "not written; the next build writes it" };
            return ["not made yet".into(), now.into()];
        };
        let bytes = note_of(&self.found.state(), &self.folder).unwrap_or_default();
        let note = Note::open(&bytes);
        let last = note.reason(&output.path, entry.key).map_or_else(|| "why is not known".to_string(), reason);
        let written = jiff::Timestamp::from_nanosecond(entry.modified).map(|at| local(at, &self.plan.site.config));
        let last = written.map_or_else(|_| last.clone(), |at| format!("{last} (the file is of {at})"));
        let now = match entry.stands_in(&self.folder) {
            Stands::Nowhere => "was deleted by hand; the next build writes it again".to_string(),
            Stands::Changed => "was changed by hand; the next build writes it again".to_string(),
            Stands::AsWritten if entry.key == emit::key(view, output) => "as it should be".to_string(),
            Stands::AsWritten => format!("the next build makes it again: {}", reason(&note.why_now(view, output, entry.key))),
        };
        [last, now]
    }

    /// Why there is no file at a path that a hidden page would have.
    fn hidden(&self, path: &str) -> Option<String> {
        let (page, is_own) = self.plan.hidden.iter().find_map(|page| {
            let folder = page.route.trim_matches('/');
            let beside =
                || path.strip_prefix(folder).is_some_and(|rest| self.sources.get(&format!("content/{}{rest}", page.folder)).is_some());
            let is_own = output_path(&page.route) == path;
            (is_own || page.role == Role::Bundle && beside()).then_some((page, is_own))
        })?;
        let source = clean_line(&page.path);
        let whose = if is_own { "its source" } else { "it belongs to the page" };
        let why = why_hidden(page, &self.plan.site.config);
        let mut text = format!("{} is not part of the site: {whose} {source}{}", self.shown(path), if is_own { "" } else { ", which" });
        text.push_str(&format!(" is hidden, because {why}\n"));
        text.push_str(&self.left_behind(path).unwrap_or_default());
        Some(text)
    }

    /// What is said of a file in the output that the site does not have.
    fn left_behind(&self, path: &str) -> Option<String> {
        let is_there = self.folder.join(path).is_file();
        match self.entry(path) {
            Some(_) if is_there => Some(format!("{} is left from an earlier build; the next one removes it\n", self.shown(path))),
            None if is_there => Some(format!("{} was not written by Chancery, which leaves it alone\n", self.shown(path))),
            _ => None,
        }
    }

    fn unknown(&self, word: &str, path: &str) -> Error {
        let error = Error::usage(format!("`{word}` is no file of the site"));
        // Only what is about as long can be near: the comparison is slow.
        let is_as_long = |other: &&str| other.len().abs_diff(path.len()) <= path.len() / 3 + 1;
        let outputs =
            self.plan.outputs.iter().flat_map(|output| [&*output.path, output.path.trim_end_matches("index.html").trim_end_matches('/')]);
        let sources = self.sources.files.iter().map(|source| &*source.path);
        let error = match nearest(path, outputs.chain(sources).filter(is_as_long)) {
            Some(near) => error.hint(format!("did you mean `{}`?", self.as_asked(near))),
            None => error,
        };
        error.hint("write a path such as `public/feed.xml`, an address such as `/topics/x/`, or a source such as `content/x.md`")
    }

    /// A near path as somebody can write it.
    fn as_asked(&self, near: &str) -> String {
        match self.sources.get(near) {
            Some(_) => near.to_string(),
            None if self.plan.find(near).is_some() => self.shown(near),
            None => format!("/{near}/"),
        }
    }
}

fn reason(why: &emit::why::Reason) -> String {
    clean_line(&why::describe(why))
}

/// The address of a file from the root of the site.
fn address(output: &Output) -> String {
    output.doc().map_or_else(|| format!("/{}", output.path), |doc| doc.route.to_string())
}

fn few(paths: &[&str]) -> String {
    let named: Vec<String> = paths.iter().take(NAMED).map(|path| clean_line(path)).collect();
    match paths.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Why a page is not public, in plain words, and what shows it.
pub fn why_hidden(page: &Hidden, config: &Config) -> String {
    let why = why_of_state(page, config);
    let Some(section) = &page.section else { return why };
    let (state, how) = why.split_once(';').map_or((&*why, String::new()), |(state, how)| (state, format!(";{how}")));
    let state = match state.strip_prefix("it ") {
        Some(rest) => format!("its section {rest}"),
        None => state.replacen("its ", "its section's ", 1),
    };
    format!("{state}: {}{how}", clean_line(&section.path))
}

/// What keeps a page from readers, or the section that hides it.
fn why_of_state(page: &Hidden, config: &Config) -> String {
    match page.why {
        Why::Draft => "it is a draft; `--drafts` shows it in a preview".into(),
        Why::Review => "it is in review; `--drafts` shows it in a preview".into(),
        Why::Scheduled => match page.opens() {
            Some(date) => format!("it is scheduled for {}; `--future` shows it in a preview", local(date.at, config)),
            None => "it is scheduled; `--future` shows it in a preview".into(),
        },
        Why::Expired => "it has expired; `--expired` shows it in a preview".into(),
        Why::Marked => {
            let marking = page.marking.as_deref().unwrap_or_default();
            format!("its marking is `{marking}`; `--markings {}` shows it", quoted(marking))
        }
        Why::Unpublished => "its front matter says `permalink: false`".into(),
        Why::Unknown => "its front matter has a `status` or another key that is not known".into(),
        Why::Unclear => "its date names no instant".into(),
    }
}
