//! `chancery publish`: builds the site, and brings it to where people read it.

mod secrets;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use jiff::Timestamp;

use super::args::{Preview, Publish, ReportFormat};
use super::build::{self, Task};
use super::call::Call;
use super::failure::{Failure, Status};
use super::interrupt::on_interrupt;
use super::locate::{self, Found};
use super::progress::Transfer;
use super::report::{self, publish as shown};
use super::terminal::{clean, clean_line, count};
use crate::config::publish::{Kind, Target};
use crate::config::{BaseUrl, Override};
use crate::gate::{Hidden, HiddenFiles};
use crate::output::Standing;
use crate::page::route::address_of;
use crate::pipeline::lost::is_continued;
use crate::pipeline::made::Made;
use crate::pipeline::{self, Order, Stop};
use crate::publish::report::Report;
use crate::publish::{self, Cause, Company, Onlooker, Release, Trouble, audit};
use crate::sources;

pub fn run(call: &Call, args: &Publish) -> Result<Status, Failure> {
    let start = Instant::now();
    let now = locate::now(call, args.preview.now)?;
    let plain = Found::find(call, Vec::new())?;
    if plain.is_wrong() {
        build::show(call, &plain, &plain.problems, &args.preview);
        return Ok(Status::Call);
    }
    let target = choose(&plain, args.name.as_deref())?;
    guard_preview(call, target, &args.preview)?;
    let found = Found::find(call, base_url(target, args))?;
    if found.is_wrong() {
        build::show(call, &found, &found.problems, &args.preview);
        return Ok(Status::Call);
    }
    let base = found.config.base_url.as_ref().ok_or_else(|| no_base_url(target))?;
    let site = Site { found: &found, target, base, state: found.state().join("publish").join(&target.name) };
    let output = site.output(call, args)?;
    guard_place(&found, target, &output)?;
    let label = site.label(call, &args.preview);
    let order = Order { is_preview: target.previews, ..build::order_of(&found, &args.making, &args.preview, &label) };
    let task = Task { found: &found, making: &args.making, preview: &args.preview, order: &order, output: &output, now, start };
    let is_built = !args.no_build && !args.rollback;
    let made = if is_built { Some(build::make(call, &task, printer(args))?) } else { None };
    if let Some(build::Made { status, .. }) = made.as_ref().filter(|made| made.status != Status::Fine) {
        return Ok(*status);
    }
    let hidden = hidden(&task, made)?;
    let files = HiddenFiles::of(&hidden);
    let order = publish::Order {
        target,
        root: &found.root,
        state: &site.state,
        base_url: &base.url,
        now: (call.world.clock)(),
        clock: call.world.clock,
        variables: &call.world.variables,
        is_hidden: &|path| files.hold(path),
        max_deletes: args.max_deletes,
        is_dry: args.dry_run,
        is_verified: args.verify_remote,
    };
    if args.rollback {
        return roll_back(call, args, &order);
    }
    let standing = site.standing(&output, (call.world.clock)())?;
    let release = Release::of(&standing, &base.path, &target.precompressed);
    let leaks = audit::leaks(&release, &base.origin, &secrets::traces(&hidden, base))?;
    match audit::refusal(&leaks) {
        Some(trouble) => Err(trouble.into()),
        None => send(call, args, &order, release),
    }
}

/// Brings a release to its target, and says what changed.
fn send(call: &Call, args: &Publish, order: &publish::Order, release: Release) -> Result<Status, Failure> {
    let start = Instant::now();
    let transfer: OnceLock<Transfer> = OnceLock::new();
    let (target, text) = (order.target, args.format == ReportFormat::Text);
    let mut plan = |report: &Report| {
        if text && !call.is_quiet() {
            call.print(&shown::plan(target, order.base_url, report, call.is_verbose()));
        }
        let _ = transfer.set(Transfer::new(call, start, report.sent));
        guard_addresses(call, args, report)
    };
    let progress = |files: usize, bytes: u64| {
        if let Some(transfer) = transfer.get() {
            transfer.tell(files, bytes);
        }
    };
    let mut ask = |question: &str| agree(args, question);
    let stop = Stop::default();
    let stopped = stop.clone();
    on_interrupt(Status::Interrupted, move || stopped.set())?;
    let onlooker = Onlooker { progress: &progress, has_left: &|| stop.is_set() };
    let done = publish::publish(order, release, Company { plan: &mut plan, onlooker, ask: &mut ask });
    if let Some(transfer) = transfer.get() {
        transfer.finish();
    }
    let report = done?;
    match args.format {
        ReportFormat::Json => call.print(&shown::json(target, order.base_url, &report, args.dry_run)),
        ReportFormat::Text if !call.is_quiet() => call.print(&shown::last_line(&report, args.dry_run, start)),
        ReportFormat::Text => {}
    }
    Ok(Status::Fine)
}

fn roll_back(call: &Call, args: &Publish, order: &publish::Order) -> Result<Status, Failure> {
    let name = publish::roll_back(order, &mut |question| agree(args, question))?;
    let words = if args.dry_run { "Readers would see the release" } else { "Readers see the release" };
    if !call.is_quiet() {
        call.print(&format!("{words} `{name}`{}\n", if args.dry_run { "; nothing was changed" } else { " again" }));
    }
    Ok(Status::Fine)
}

/// Addresses that were published should lead somewhere for ever. `--strict` insists.
fn guard_addresses(call: &Call, args: &Publish, report: &Report) -> Result<(), Trouble> {
    const TOLD: usize = 10;
    let lost: Vec<&String> = report.lost.iter().filter(|path| !is_continued(path)).collect();
    if lost.is_empty() {
        return Ok(());
    }
    let mut text = format!("{} that {} published will lead nowhere:", addresses(lost.len()), if lost.len() == 1 { "was" } else { "were" });
    lost.iter().take(TOLD).for_each(|path| text.push_str(&format!("\n  {}", clean_line(&address_of(path)))));
    if lost.len() > TOLD {
        text.push_str(&format!("\n  … and {} more", lost.len() - TOLD));
    }
    let hint = "name it in the `aliases` of the page that took its place, and it will lead there";
    if args.making.strict {
        return Err(Trouble { cause: Cause::Site, message: format!("nothing was published: {text}"), hints: vec![hint.into()] });
    }
    call.say(&report::text::warning(&text, hint, &call.renderer(&call.world.terminal.err)));
    Ok(())
}

fn addresses(number: usize) -> String {
    if number == 1 { "1 address".into() } else { format!("{number} addresses") }
}

/// Asks whoever sits at the terminal, unless the flag has said yes.
fn agree(args: &Publish, question: &str) -> Result<(), Trouble> {
    if args.yes {
        return Ok(());
    }
    let (asked, answers) = (io::stderr(), io::stdin());
    if !asked.is_terminal() || !answers.is_terminal() {
        let message = format!("nothing was published, for nobody could be asked: {}", clean(question));
        return Err(Trouble::place(message).hint("`--yes` goes on without asking"));
    }
    let mut answer = String::new();
    let spoken = write!(&asked, "{}\nGo on? [y/N] ", clean(question)).and_then(|()| (&asked).flush());
    spoken.and_then(|()| answers.read_line(&mut answer)).map_err(|error| Trouble::place(format!("cannot ask: {error}")))?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Trouble::place("nothing was published, for you did not say yes")),
    }
}

/// The pages that are hidden now, by the build if there was one.
fn hidden(task: &Task, made: Option<build::Made>) -> Result<Vec<Hidden>, Failure> {
    let plan = match made {
        Some(build::Made { report, mut cache, sources, .. }) => {
            report.plan.unwrap_or_else(|| pipeline::plan(&sources, &mut cache, task.order))
        }
        None => {
            let (memory, mut cache) = build::memory(task.found, task.making);
            pipeline::plan(&task.found.scan(task.now, &memory.known)?, &mut cache, task.order)
        }
    };
    Ok(plan.hidden)
}

/// What is published must not become a source of the site, nor lie in what is built.
fn guard_place(found: &Found, target: &Target, output: &Path) -> Result<(), Failure> {
    let (Kind::Directory { path, .. } | Kind::Archive { path }) = &target.kind else { return Ok(()) };
    let (root, place) = (build::real(&found.root), build::real(&found.root.join(path)));
    let holds = |folder: &Path| place == *folder || *folder != root && place.starts_with(folder);
    let folders = sources::folders(&root);
    if !folders.iter().map(PathBuf::as_path).chain([output, &found.state()]).any(holds) {
        return Ok(());
    }
    let message = format!("`path` of `[publish.{}]` lies in a folder of the site: `{}`", target.name, place.display());
    Err(Failure::call(message).hint("choose a folder of its own, such as `/srv/www/site`, or one beside `content/`"))
}

/// How what a build says is printed: not among JSON.
fn printer(args: &Publish) -> fn(&Call, &str) {
    match args.format {
        ReportFormat::Text => |call, text| call.print(text),
        ReportFormat::Json => |call, text| call.say(text),
    }
}

/// The target of that name, or the only one.
fn choose<'a>(found: &'a Found, name: Option<&str>) -> Result<&'a Target, Failure> {
    let targets = &found.config.publish;
    let names = || targets.iter().map(|target| format!("`{}`", target.name)).collect::<Vec<_>>().join(", ");
    match (name, targets.as_slice()) {
        (_, []) => Err(Failure::call("the settings name no place to publish to")
            .hint("`[publish.NAME]` in `site.toml` is one: `chancery help publish` shows how it looks")),
        (None, [only]) => Ok(only),
        (None, _) => Err(Failure::call(format!("there are several targets: {}", names())).hint("name one, as in `chancery publish NAME`")),
        (Some(name), _) => targets
            .iter()
            .find(|target| target.name == name)
            .ok_or_else(|| Failure::call(format!("there is no target `{name}`")).hint(format!("the settings have {}", names()))),
    }
}

/// A preview goes only to a place that is for previews.
fn guard_preview(call: &Call, target: &Target, preview: &Preview) -> Result<(), Failure> {
    let flags =
        [(preview.drafts, "--drafts"), (preview.future, "--future"), (preview.expired, "--expired"), (preview.now.is_some(), "--now")];
    let what = match flags.iter().find(|(is_given, _)| *is_given) {
        Some((_, flag)) => format!("`{flag}`"),
        None if call.world.variable("SOURCE_DATE_EPOCH").is_some() => "the variable `SOURCE_DATE_EPOCH`".into(),
        None => return Ok(()),
    };
    if target.previews {
        return Ok(());
    }
    Err(Failure::call(format!("{what} makes a preview, and `[publish.{}]` is not for previews", target.name))
        .hint("`previews = true` says that a target is: whoever can read it will see what is not public"))
}

fn no_base_url(target: &Target) -> Failure {
    Failure::call("the site has no `base_url`, so feeds and sitemap cannot be made for readers")
        .hint(format!("set `base_url` in `site.toml`, or in `[publish.{}]`", target.name))
}

/// The address that the site has at the target.
fn base_url(target: &Target, args: &Publish) -> Vec<Override> {
    let own = target.base_url.as_ref().map(|base| Override {
        key: "base_url".into(),
        value: base.url.clone(),
        from: format!("base_url of [publish.{}]", target.name),
    });
    own.into_iter().chain(build::base_url(args.making.place.base_url.as_deref())).collect()
}

/// A site and the place where it is published.
struct Site<'a> {
    found: &'a Found,
    target: &'a Target,
    base: &'a BaseUrl,
    /// What is kept for the target between two runs.
    state: PathBuf,
}

impl Site<'_> {
    /// Where the site is built: for a target with an address of its own, or for previews, never where `build` writes.
    fn output(&self, call: &Call, args: &Publish) -> Result<PathBuf, Failure> {
        if self.target.base_url.is_none() && !self.target.previews {
            return build::output_folder(call, self.found, args.making.output.as_deref());
        }
        if args.making.output.is_some() {
            let message = format!("`[publish.{}]` is built into a folder of its own, and takes no `--output`", self.target.name);
            return Err(Failure::call(message));
        }
        Ok(self.state.join("site"))
    }

    fn label(&self, call: &Call, preview: &Preview) -> String {
        if self.target.previews { format!("previews {}", self.base.url) } else { build::label(call, self.found, preview) }
    }

    /// The output, if it may be published `now`.
    fn standing(&self, output: &Path, now: Timestamp) -> Result<Standing, Failure> {
        let shown = output.strip_prefix(&self.found.root).unwrap_or(output).display();
        let again = "publish without `--no-build`: the site is built first, then";
        let refuse = |message: String| Err(Failure::trouble(message).hint(again));
        let Some(standing) = Standing::open(&self.found.state(), output)? else {
            return refuse(format!("no build has left an output in `{shown}`"));
        };
        let Some(made) = standing.words.as_deref().and_then(Made::parse) else {
            return Err(Failure::trouble(format!("the last build into `{shown}` failed")).hint("`chancery check` shows why"));
        };
        let (kind, url) = made.label.split_once(' ').unwrap_or((&made.label, ""));
        match kind {
            "preview" | "previews" if !self.target.previews => {
                return refuse(format!("the output in `{shown}` was built as a preview, and cannot be published"));
            }
            "dated" => return refuse(format!("the output in `{shown}` was built as of another time, and cannot be published")),
            _ if url != self.base.url => {
                return refuse(format!("the output in `{shown}` was built for `{url}`, not for `{}`", self.base.url));
            }
            _ => {}
        }
        // What a preview shows of another time is asked for.
        if !self.target.previews && made.next_change.is_some_and(|due| due <= now) {
            return refuse(format!("the output in `{shown}` is too old: something in the site was due since it was built"));
        }
        match standing.damaged()?.as_slice() {
            [] => Ok(standing),
            [path] => refuse(format!("`{path}` in `{shown}` is not as the build wrote it")),
            [path, others @ ..] => {
                refuse(format!("`{path}` and {} in `{shown}` are not as the build wrote them", count(others.len(), "other file")))
            }
        }
    }
}
