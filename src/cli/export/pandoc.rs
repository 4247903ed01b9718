//! Pandoc, which turns an article into other formats: a program that people install, called in a folder of its own.
//!
//! It must not know where the article comes from.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::article::picture_name;
use crate::cli::args::ExportFormat;
use crate::cli::error::Error;
use crate::cli::escape::{escape, guard};
use crate::cli::invocation::Invocation;

/// What stands above the text.
pub struct About {
    pub title: String,
    pub summary: Option<String>,
    pub authors: Vec<String>,
    /// As much of it as is known: `2026-01-05`.
    pub date: Option<String>,
    pub language: String,
}

/// Makes a file of an article. `files` are its pictures in the order of their names, by their paths; `reference` is a document whose styles are taken.
///
/// # Errors
/// Pandoc is not there, or could not do it.
pub fn run(
    html: &str,
    about: &About,
    files: Vec<(String, Vec<u8>)>,
    format: ExportFormat,
    reference: &[u8],
    invocation: &Invocation,
) -> Result<Vec<u8>, Error> {
    let program = program(invocation).ok_or_else(missing)?;
    let folder = Folder::new()?;
    let put =
        |name: &str, bytes: &[u8]| fs::write(folder.0.join(name), bytes).map_err(|error| Error::io("write", &folder.0.join(name), error));
    put("article.html", html.as_bytes())?;
    for (at, (path, bytes)) in files.iter().enumerate() {
        put(&picture_name(at, path), bytes)?;
    }
    let mut command = Command::new(program);
    // What is no text of the article, such as its boxes, has no counterpart in either format.
    command.current_dir(&folder.0).args(["article.html", "--from=html-native_divs-native_spans", "--wrap=none", "--output=page"]);
    match format {
        ExportFormat::Md => {
            command.arg("--to=gfm");
        }
        ExportFormat::Docx => {
            put("reference.docx", reference)?;
            command.args(["--to=docx", "--reference-doc=reference.docx"]);
            let mut say = |key: &str, value: &str| {
                command.arg(format!("--metadata={key}={value}"));
            };
            say("title", &about.title);
            say("lang", &about.language);
            about.summary.iter().for_each(|summary| say("subtitle", summary));
            about.authors.iter().for_each(|author| say("author", author));
            about.date.iter().for_each(|date| say("date", date));
        }
    }
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let done = done.map_err(|error| Error::trouble(format!("cannot run Pandoc: {error}")))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(
            Error::trouble(format!("Pandoc could not make the file: {}", said.trim())).hint("Pandoc 3 is needed: `pandoc --version`")
        );
    }
    let mut bytes = fs::read(folder.0.join("page")).map_err(|error| Error::io("read", &folder.0.join("page"), error))?;
    if format == ExportFormat::Md {
        let mut text = format!("# {}\n\n", escape(&about.title)).into_bytes();
        if let Some(summary) = &about.summary {
            text.extend(format!("*{}*\n\n", guard(&escape(summary))).into_bytes());
        }
        let below: Vec<&str> = about.authors.iter().chain(&about.date).map(String::as_str).collect();
        if !below.is_empty() {
            text.extend(format!("{}\n\n", guard(&escape(&below.join(" · ")))).into_bytes());
        }
        text.append(&mut bytes);
        bytes = text;
    }
    Ok(bytes)
}

fn missing() -> Error {
    Error::trouble("Pandoc is not on this machine, and it makes the file").hint(
        "install it from https://pandoc.org/installing.html, with `apt install pandoc`, `brew install pandoc` or `winget install pandoc`, and try again",
    )
}

/// The program, as the variable `PATH` of the call finds it.
fn program(invocation: &Invocation) -> Option<PathBuf> {
    let name = format!("pandoc{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(invocation.world.variable("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// A folder of our own among the temporary ones, which goes away with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Folder, Error> {
        let place = std::env::temp_dir();
        let free = (0..100).find_map(|number| {
            let folder = place.join(format!("chancery-export-{}-{number}", std::process::id()));
            // One that is there already may be anybody's.
            fs::create_dir(&folder).is_ok().then_some(folder)
        });
        free.map(Folder).ok_or_else(|| Error::trouble(format!("cannot make a folder in `{}`", place.display())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left there is of no use to anybody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
