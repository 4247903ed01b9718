//! The manual: its examples work, and its tables are complete.
//!
//! Each page of `docs/` that has examples is a site of its own, in a folder of its own. From the top of the page to its end,
//! - a block whose info string names a file, such as ```` ```markdown content/briefings/x.md ````, is written to that file;
//! - a ```` ```console ```` block is run there with the real program: `$ chancery …` or `$ cd …`, and what is shown below must come out
//!   (`[..]` stands for any text in a line, or for any lines if it is a line of its own; a command with nothing below it must succeed);
//! - a ```` ```yaml front-matter ```` block is read as front matter, a ```` ```toml site.toml ```` block written as settings;
//! - every `chancery` command in a ```` ```sh ```` block, or in a recipe in YAML or TOML, is one that the program takes, but it is not run.
//!
//! At the end the site must build without a warning. What is not tested says so by having no info string, or `text`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use chancery::cli::args::Cli;
use chancery::config::{self, Config, Given};
use chancery::page::front;
use chancery::publish;
use chancery::view;
use clap::{CommandFactory, Parser};

/// The instant of all examples.
const NOW: &str = "2026-11-24T12:00:00Z";
/// The settings of a page's site that shows none.
const SETTINGS: &str = "title = \"Example\"\nbase_url = \"https://example.org/\"\n";

/// One page of the manual: its name, relative to the root of the project, and its text.
pub struct Page {
    name: String,
    text: String,
}

/// A fenced block of a page.
pub struct Block<'t> {
    /// Its first line in the page, from 1.
    line: usize,
    pub language: &'t str,
    /// The rest of the info string.
    pub info: &'t str,
    pub text: String,
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(project().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// One page of the manual, by its name relative to the root of the project.
pub fn page(name: &str) -> Page {
    Page { name: name.into(), text: read(name) }
}

fn manual() -> Vec<Page> {
    let mut names: Vec<String> = fs::read_dir(project().join("docs"))
        .expect("the manual is there")
        .map(|entry| format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.push("README.md".into());
    names.sort();
    names.iter().map(|name| page(name)).collect()
}

impl Page {
    /// The fenced blocks, in the order of the page. The fence may be longer than three marks, and indented.
    pub fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Option<&str> = None;
        for (number, line) in self.text.lines().enumerate() {
            let bare = line.trim_start();
            let fence = &bare[..bare.len() - bare.trim_start_matches('`').len()];
            match open {
                Some(fence) if bare.trim_end() == fence => open = None,
                Some(_) => {
                    let block = blocks.last_mut().expect("an open block");
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                None if fence.len() >= 3 => {
                    open = Some(fence);
                    let (language, info) = bare[fence.len()..].trim().split_once(' ').unwrap_or((bare[fence.len()..].trim(), ""));
                    blocks.push(Block { line: number + 2, language, info: info.trim(), text: String::new() });
                }
                None => {}
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", self.name);
        blocks
    }

    fn place(&self, block: &Block) -> String {
        format!("{}:{}", self.name, block.line)
    }
}

impl Block<'_> {
    /// The commands of the program in it, as a shell or a recipe has them.
    pub fn commands(&self) -> Vec<String> {
        let pieces = self.text.split(['\n', '|', '&', '>']).map(|piece| {
            let bare = piece.trim().trim_start_matches("- ").trim_start_matches("run: ").trim_start_matches("~/.local/bin/");
            bare.replace("cargo run --release -- ", "chancery ")
        });
        let commands = pieces.filter(|piece| piece.starts_with("chancery "));
        commands.map(|command| command.split(" #").next().unwrap_or_default().to_string()).collect()
    }
}

/// The site of one page, while its examples are followed.
struct Site {
    top: tempfile::TempDir,
    /// Where the reader stands.
    folder: PathBuf,
}

impl Site {
    fn new() -> Site {
        let top = tempfile::tempdir().expect("a folder");
        let folder = top.path().to_path_buf();
        Site { top, folder }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs the program: whether it succeeded, and what it said, problems first.
    fn run(&self, args: &[String]) -> (bool, String) {
        let seconds = NOW.parse::<jiff::Timestamp>().expect("an instant").as_second().to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(args).current_dir(&self.folder).env_clear().env("PATH", "/usr/bin:/bin");
        // What is published is as of now, and nothing else.
        if args.first().is_none_or(|name| name != "publish") {
            command.env("SOURCE_DATE_EPOCH", seconds);
        }
        let output = command.output().expect("the program runs");
        let said = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).expect("text")).concat();
        // A folder of its own has another name in each run.
        let top = self.top.path().canonicalize().expect("a folder");
        let said = said.replace(&*top.to_string_lossy(), "").replace('\r', "");
        // Readers of the manual have a clock of their own.
        let clock = format!(" as of {NOW} (SOURCE_DATE_EPOCH)");
        (output.status.success(), said.replace(&format!("note:{clock}\n"), "").replace(&clock, ""))
    }

    /// Follows the commands of a console block.
    fn follow(&mut self, place: &str, console: &str) {
        let mut lines = console.lines().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("{place}: `{line}` is no command"));
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown.push(line);
            }
            let words = words(command);
            match words[0].as_str() {
                "cd" => self.folder.push(&words[1]),
                "chancery" => {
                    let (fine, said) = self.run(&words[1..]);
                    let fails = shown.iter().any(|line| line.starts_with("error"));
                    assert_eq!(fine, !fails, "{place}: `{command}` says:\n{said}");
                    let said: Vec<&str> = said.trim_end().lines().map(str::trim_end).collect();
                    while shown.last().is_some_and(|line| line.is_empty()) {
                        shown.pop();
                    }
                    assert!(shown.is_empty() || fits(&shown, &said), "{place}: `{command}` says:\n{}", said.join("\n"));
                }
                other => panic!("{place}: `{other}` cannot be tried; put it into a block of `sh`"),
            }
        }
    }
}

/// The words of a command; double quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in command.trim().chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("a word").push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether lines are what is shown, with `[..]` for what may differ.
fn fits(shown: &[&str], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"[..]", rest)) => (0..=said.len()).any(|skipped| fits(rest, &said[skipped..])),
        Some((line, rest)) => said.split_first().is_some_and(|(first, others)| line_fits(line, first) && fits(rest, others)),
    }
}

fn line_fits(shown: &str, said: &str) -> bool {
    match shown.trim_end().split_once("[..]") {
        None => shown.trim_end() == said,
        Some((before, after)) => said
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.is_char_boundary(at) && line_fits(after, &rest[at..]))),
    }
}

/// True for info strings that name a file of the site.
fn is_file(info: &str) -> bool {
    info == "site.toml" || info.contains('/')
}

#[test]
fn every_example_of_the_manual_works() {
    for page in manual() {
        let blocks = page.blocks();
        let mut site = Site::new();
        // A page that begins by making a site needs no settings of ours.
        let first = blocks.iter().find(|block| block.language == "console" || is_file(block.info));
        if first.is_some_and(|block| !block.text.starts_with("$ chancery init")) {
            site.write("site.toml", SETTINGS);
        }
        for block in &blocks {
            match block.language {
                _ if is_file(block.info) => site.write(block.info, &block.text),
                "console" => site.follow(&page.place(block), &block.text),
                _ => {}
            }
        }
        if first.is_some() {
            let (fine, said) = site.run(&["build".into(), "--strict".into(), "--quiet".into(), "--force".into()]);
            assert!(fine, "{}: the examples together do not build:\n{said}", page.name);
        }
    }
}

#[test]
fn front_matter_in_the_manual_is_read_without_a_problem() {
    for page in manual() {
        for block in page.blocks().iter().filter(|block| block.info == "front-matter") {
            let text = format!("---\n{}---\n", block.text);
            let read = front::read(&Arc::from("content/x.md"), &text);
            assert_eq!((read.diagnostics, read.topic_diagnostics), (vec![], vec![]), "{}", page.place(block));
        }
    }
}

#[test]
fn settings_in_the_manual_are_read_without_a_problem() {
    for page in manual() {
        for block in page.blocks().iter().filter(|block| block.info == "site.toml") {
            let given = Given { path: &Arc::from("site.toml"), text: &block.text, overrides: &[] };
            let (_, problems) = config::read(given.path, given.text, given.overrides);
            assert_eq!((problems, publish::targets(&given).1), (vec![], vec![]), "{}", page.place(block));
        }
    }
}

#[test]
fn commands_in_the_manual_are_those_of_the_program() {
    for page in manual() {
        for block in page.blocks().iter().filter(|block| ["sh", "yaml", "toml"].contains(&block.language)) {
            for command in block.commands() {
                let read = Cli::try_parse_from(words(&command));
                assert!(read.is_ok(), "{}: `{command}`: {}", page.place(block), read.unwrap_err());
            }
        }
    }
}

#[test]
fn pages_of_the_manual_that_are_linked_to_are_there() {
    for page in manual() {
        let folder = Path::new(&page.name).parent().expect("a folder").to_path_buf();
        for (at, _) in page.text.match_indices("](") {
            let target = page.text[at + 2..].split([')', '#']).next().unwrap_or_default();
            let is_ours = !target.contains(':') && target.ends_with(".md") && !is_example(&page, at);
            assert!(!is_ours || project().join(&folder).join(target).is_file(), "{} links to `{target}`", page.name);
        }
    }
}

/// True for what stands in a block, or in a line between backquotes.
fn is_example(page: &Page, at: usize) -> bool {
    let line = page.text[..at].matches('\n').count() + 1;
    let begin = page.text[..at].rfind('\n').map_or(0, |end| end + 1);
    let is_code = page.text[begin..at].matches('`').count() % 2 == 1;
    is_code || page.blocks().iter().any(|block| (block.line..block.line + block.text.lines().count()).contains(&line))
}

/// The rows of the tables of a page whose first column is called `head`: their cells.
fn rows<'t>(text: &'t str, head: &str) -> Vec<Vec<&'t str>> {
    let mut rows = Vec::new();
    let mut is_wanted = None;
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match is_wanted {
            _ if !line.starts_with('|') => is_wanted = None,
            None => is_wanted = Some(cells[0] == head),
            Some(true) if !line.starts_with("|-") => rows.push(cells),
            Some(_) => {}
        }
    }
    rows
}

/// What stands between backquotes in the lines of a text.
fn coded(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_key_of_front_matter_is_in_the_manual() {
    let page = read("docs/front-matter.md");
    let known: BTreeSet<&str> = rows(&page, "Key").iter().flat_map(|row| row.iter().take(2).flat_map(|cell| coded(cell))).collect();
    let missing: Vec<&&str> = front::KEYS.iter().flat_map(|row| row.names).filter(|name| !known.contains(*name)).collect();
    assert!(missing.is_empty(), "no row of docs/front-matter.md has {missing:?}");
}

#[test]
fn the_manual_has_no_key_of_front_matter_that_is_none() {
    for row in rows(&read("docs/front-matter.md"), "Key") {
        for name in row.iter().take(2).flat_map(|cell| coded(cell)) {
            let read = front::read(&Arc::from("content/x.md"), &format!("---\n{name}: x\n---\n"));
            assert!(!read.spans.is_empty(), "`{name}` is no key");
        }
    }
}

#[test]
fn every_setting_is_in_the_manual_with_its_default() {
    let source = read("src/config/mod.rs");
    let body = source.split("\nfn settings(").nth(1).and_then(|rest| rest.split("\n}\n").next()).expect("the list of settings");
    let asked = body.match_indices("(\"").filter_map(|(at, _)| {
        let call = body[..at].rsplit(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '.' | '_'))).next()?;
        let (table, method) = call.split_once('.')?;
        let key = body[at + 2..].split('"').next()?;
        Some(match (table, method) {
            ("top", "table" | "skip_table") => format!("[{key}]"),
            ("top", _) => key.to_string(),
            _ => format!("{table}.{key}"),
        })
    });
    let asked: BTreeSet<String> = asked.collect();
    assert!(asked.len() > 20, "the list of settings has moved: {asked:?}");
    let page = read("docs/settings.md");
    let missing: Vec<&String> = asked.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/settings.md lacks {missing:?}");
}

#[test]
fn every_setting_of_a_target_is_in_the_manual() {
    let page = read("docs/publishing.md");
    let names = publish::KINDS.iter().flat_map(|kind| kind.settings).map(|setting| setting.name);
    let missing: Vec<&str> = names.filter(|name| !page.contains(&format!("\n| `{name}` | "))).collect();
    assert!(missing.is_empty(), "docs/publishing.md lacks {missing:?}");
}

#[test]
fn the_defaults_in_the_manual_are_those_of_the_program() {
    let page = read("docs/settings.md");
    let mut count = 0;
    for row in rows(&page, "Setting") {
        let (Some(key), Some(default)) = (coded(row[0]).first().copied(), row.get(1).and_then(|cell| coded(cell).first().copied())) else {
            continue;
        };
        let (settings, problems) = config::read(&Arc::from("site.toml"), &format!("{key} = {default}\n"), &[]);
        assert_eq!((settings, problems), (Config::default(), vec![]), "{key} = {default}");
        count += 1;
    }
    assert!(count > 15, "{count} rows");
}

#[test]
fn every_command_and_flag_is_in_the_manual() {
    let page = read("docs/commands.md");
    let sections: Vec<&str> = page.split("\n## ").collect();
    let common = sections.iter().find(|section| section.starts_with("Flags of every command\n")).expect("the flags of every command");
    for command in Cli::command().get_subcommands() {
        let name = command.get_name();
        let section = sections.iter().find(|section| section.starts_with(&format!("{name}\n")));
        let section = section.unwrap_or_else(|| panic!("docs/commands.md has no heading for `{name}`"));
        let known: BTreeSet<&str> = coded(section).into_iter().chain(coded(common)).flat_map(|code| code.split(' ')).collect();
        for flag in command.get_arguments().filter(|flag| flag.get_id() != "help") {
            let long = flag.get_long().map(|long| format!("--{long}"));
            let short = flag.get_short().map(|short| format!("-{short}"));
            let takes_values = flag.get_action().takes_values();
            let values = flag.get_possible_values().into_iter().filter(|_| takes_values).map(|value| value.get_name().to_string());
            for word in long.into_iter().chain(short).chain(values) {
                assert!(known.contains(word.as_str()), "docs/commands.md lacks `{word}` of `{name}`");
            }
        }
    }
}

#[test]
fn the_manual_lists_the_parts_of_templates_as_the_program_does() {
    let table: Vec<String> = view::all_parts().map(|part| format!("| `{}` | {} |", part.name, part.doc)).collect();
    assert!(read("docs/themes.md").contains(&table.join("\n")), "docs/themes.md should have\n{}", table.join("\n"));
}

#[test]
fn every_template_and_shortcode_of_the_default_theme_is_in_the_manual() {
    for (folder, page) in [("templates", "docs/themes.md"), ("shortcodes", "docs/markdown.md")] {
        let text = read(page);
        let known = coded(&text);
        for entry in fs::read_dir(project().join("themes/default").join(folder)).expect("the theme is there") {
            let name = entry.expect("an entry").file_name().to_string_lossy().to_string();
            let name = if folder == "templates" { &*name } else { name.trim_end_matches(".html") };
            assert!(known.contains(&name), "{page} lacks `{name}`");
        }
    }
}
