//! The target of a publish: which one is meant, whether it may be that, and which output goes there.
//!
//! It must not know how anything is sent.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::cli::args::{Preview, Publish};
use crate::cli::build;
use crate::cli::error::Error;
use crate::cli::invocation::Invocation;
use crate::cli::locate::Found;
use crate::cli::terminal::count;
use crate::config::markings::folded;
use crate::config::{BaseUrl, Override};
use crate::fingerprint::Fingerprint;
use crate::output::OutputInfo;
use crate::pipeline::build_info::BuildInfo;
use crate::publish::Target;
use crate::sources;

/// The target of that name, or the only one.
///
/// # Errors
/// There is no such target, or none is named and there are several.
pub fn choose<'a>(found: &'a Found, name: Option<&str>) -> Result<&'a Target, Error> {
    let targets = &found.targets;
    let names = || targets.iter().map(|target| format!("`{}`", target.name)).collect::<Vec<_>>().join(", ");
    match (name, targets.as_slice()) {
        (_, []) => Err(Error::usage("the settings name no place to publish to")
            .hint("`[publish.NAME]` in `site.toml` is one: `chancery help publish` shows how it looks")),
        (None, [only]) => Ok(only),
        (None, _) => Err(Error::usage(format!("there are several targets: {}", names())).hint("name one, as in `chancery publish NAME`")),
        (Some(name), _) => targets
            .iter()
            .find(|target| target.name == name)
            .ok_or_else(|| Error::usage(format!("there is no target `{name}`")).hint(format!("the settings have {}", names()))),
    }
}

/// Refuses to show a preview to readers: it goes only to a place that is for previews.
///
/// # Errors
/// The flags show what readers do not see, and the target is not for previews.
pub fn guard_preview(invocation: &Invocation, target: &Target, preview: &Preview) -> Result<(), Error> {
    let flags =
        [(preview.drafts, "--drafts"), (preview.future, "--future"), (preview.expired, "--expired"), (preview.now.is_some(), "--now")];
    let what = match flags.iter().find(|(is_given, _)| *is_given) {
        Some((_, flag)) => format!("`{flag}`"),
        None if invocation.world.variable("SOURCE_DATE_EPOCH").is_some() => "the variable `SOURCE_DATE_EPOCH`".into(),
        None => return Ok(()),
    };
    if target.previews {
        return Ok(());
    }
    Err(Error::usage(format!("{what} makes a preview, and `[publish.{}]` is not for previews", target.name))
        .hint("`previews = true` says that a target is: whoever can read it will see what is not public"))
}

/// Refuses markings that are asked for: the target says which it has.
///
/// # Errors
/// Some are asked for.
pub fn guard_markings(target: &Target, preview: &Preview) -> Result<(), Error> {
    let allowed = target.markings.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    match preview.markings.as_slice() {
        [] => Ok(()),
        _ => Err(Error::usage("which markings are published is said by the target, not by `--markings`")
            .hint(format!("`[publish.{}]` has `markings = [{allowed}]`", target.name))),
    }
}

/// The error of a site without an address.
pub fn no_base_url(target: &Target) -> Error {
    Error::usage("the site has no `base_url`, so feeds and sitemap cannot be made for readers")
        .hint(format!("set `base_url` in `site.toml`, or in `[publish.{}]`", target.name))
}

/// The address that the site has at the target.
pub fn base_url(target: &Target, args: &Publish) -> Vec<Override> {
    let own = target.base_url.as_ref().map(|base| Override {
        key: "base_url".into(),
        value: base.url.clone(),
        from: format!("base_url of [publish.{}]", target.name),
    });
    own.into_iter().chain(build::base_url(args.making.place.base_url.as_deref())).collect()
}

/// A site and the place where it is published.
pub struct Site<'a> {
    /// The site.
    pub found: &'a Found,
    /// The place.
    pub target: &'a Target,
    /// The address that the site has there.
    pub base: &'a BaseUrl,
    /// What is kept for the target between two runs.
    pub state: PathBuf,
}

impl Site<'_> {
    /// Where the site is built: for a target with an address of its own, or for previews or markings, never where `build` writes.
    ///
    /// # Errors
    /// An output is asked for that cannot be.
    pub fn output(&self, invocation: &Invocation, args: &Publish) -> Result<PathBuf, Error> {
        if self.target.base_url.is_none() && !self.target.previews && self.target.markings.is_empty() {
            return build::output_folder(invocation, self.found, args.making.output.as_deref());
        }
        if args.making.output.is_some() {
            let message = format!("`[publish.{}]` is built into a folder of its own, and takes no `--output`", self.target.name);
            return Err(Error::usage(message));
        }
        Ok(self.state.join("site"))
    }

    /// What the output is called in its record.
    pub fn label(&self, invocation: &Invocation, preview: &Preview) -> String {
        if self.target.previews { format!("previews {}", self.base.url) } else { build::label(invocation, self.found, preview) }
    }

    /// The output, if it may be published `now`. `print` is of what a site would be made of.
    ///
    /// # Errors
    /// It is not what a build would make now.
    pub fn output_info(&self, output: &Path, now: Timestamp, print: Fingerprint) -> Result<OutputInfo, Error> {
        let shown = output.strip_prefix(&self.found.root).unwrap_or(output).display();
        let again = "publish without `--no-build`: the site is built first, then";
        let refuse = |message: String| Err(Error::trouble(message).hint(again));
        let Some(info) = OutputInfo::open(&self.found.state(), output)? else {
            return refuse(format!("no build has left an output in `{shown}`"));
        };
        let Some(made) = info.words.as_deref().and_then(BuildInfo::parse) else {
            return Err(Error::trouble(format!("the last build into `{shown}` failed")).hint("`chancery check` shows why"));
        };
        let (kind, url) = made.label.split_once(' ').unwrap_or((&made.label, ""));
        match kind {
            "preview" | "previews" if !self.target.previews => {
                return refuse(format!("the output in `{shown}` was built as a preview, and cannot be published"));
            }
            "dated" => return refuse(format!("the output in `{shown}` was built as of another time, and cannot be published")),
            _ if let Some(more) = made.markings.iter().find(|word| !self.allows(word)) => {
                return refuse(format!(
                    "the output in `{shown}` has pages marked `{more}`, which `[publish.{}]` does not allow",
                    self.target.name
                ));
            }
            _ if url != self.base.url => {
                return refuse(format!("the output in `{shown}` was built for `{url}`, not for `{}`", self.base.url));
            }
            _ => {}
        }
        // What a preview shows of another time is asked for.
        if !self.target.previews && made.next_change.is_some_and(|due| due <= now) {
            return refuse(format!("the output in `{shown}` is too old: something in the site was due since it was built"));
        }
        if made.print != print {
            return refuse(format!("the sources, the settings or the flags are others than when the output in `{shown}` was built"));
        }
        match info.damaged()?.as_slice() {
            [] => Ok(info),
            [path] => refuse(format!("`{path}` in `{shown}` is not as the build wrote it")),
            [path, others @ ..] => {
                refuse(format!("`{path}` and {} in `{shown}` are not as the build wrote them", count(others.len(), "other file")))
            }
        }
    }
}

impl Site<'_> {
    /// Whether pages with a marking may go there.
    fn allows(&self, marking: &str) -> bool {
        self.target.markings.iter().any(|allowed| folded(allowed) == folded(marking))
    }

    /// What is said of an output in which nobody has looked for what is hidden now: another version of the program made it.
    pub fn unaudited(&self, output: &Path) -> Error {
        let shown = output.strip_prefix(&self.found.root).unwrap_or(output).display();
        Error::trouble(format!("nobody has looked in `{shown}` for what would give away hidden pages"))
            .hint("publish without `--no-build`: the site is built first, then")
    }
}

/// Refuses a place that is, or lies in, a source of the site or what is built.
///
/// # Errors
/// The place is one of them.
pub fn guard_place(found: &Found, target: &Target, output: &Path) -> Result<(), Error> {
    let Some(path) = target.local_path() else { return Ok(()) };
    let (root, place) = (build::real(&found.root), build::real(&found.root.join(path)));
    let holds = |folder: &Path| place == *folder || *folder != root && place.starts_with(folder);
    let folders = sources::folders(&root);
    if !folders.iter().map(PathBuf::as_path).chain([output, &found.state()]).any(holds) {
        return Ok(());
    }
    let message = format!("`path` of `[publish.{}]` lies in a folder of the site: `{}`", target.name, place.display());
    Err(Error::usage(message).hint("choose a folder of its own, such as `/srv/www/site`, or one beside `content/`"))
}
