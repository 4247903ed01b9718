//! Recipes of `docs/continuous-integration.md` and the workflows of this repository: what can be tried of them without their hosts.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chancery::cli::args::Cli;
use clap::Parser;

use crate::docs::{self, Page};
use crate::place::{Place, Run, project};

/// The target that recipes install.
const TARGET: &str = "x86_64-unknown-linux-musl";
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn manual() -> Page {
    docs::page("docs/continuous-integration.md")
}

/// The recipe that is a file of that name.
fn recipe(name: &str) -> String {
    let page = manual();
    let block = page.blocks().into_iter().find(|block| block.info == name);
    block.unwrap_or_else(|| panic!("there is no recipe `{name}`")).text
}

fn is_workflow(name: &str) -> bool {
    name.starts_with(".github/workflows/")
}

/// What a step of the release does, by its name.
fn step(name: &str) -> String {
    let workflow = fs::read_to_string(project(".github/workflows/release.yml")).expect("the workflow of releases");
    let step = workflow.split("- name: ").find(|step| step.starts_with(&format!("{name}\n"))).expect("a step of that name");
    step.lines().find_map(|line| line.trim().strip_prefix("run: ")).expect("something to run").to_string()
}

/// Runs a script as the hosts do: it ends with its first failure.
fn shell(folder: &Path, script: &str, variables: &[(&str, &str)]) -> Output {
    Command::new("bash").args(["-e", "-c", script]).current_dir(folder).envs(variables.iter().copied()).output().expect("a shell")
}

#[test]
fn every_recipe_calls_the_program_and_installs_this_version() {
    let page = manual();
    let blocks = page.blocks();
    let of = |words: &str| blocks.iter().filter(|block| block.text.contains(words) && !block.info.is_empty()).collect::<Vec<_>>();
    let (by_script, by_action) = (of("sh install-chancery.sh"), of("uses: OWNER/chancery@"));
    assert_eq!((by_script.len(), by_action.len()), (2, 4), "recipes have come or gone");
    for recipe in by_script {
        assert!(!recipe.commands().is_empty(), "{}", recipe.info);
        let version = recipe.text.lines().find(|line| line.contains("CHANCERY_VERSION")).expect("a version");
        assert!(version.ends_with(&format!("\"{VERSION}\"")), "{}: {version}", recipe.info);
    }
    for recipe in by_action {
        assert!(recipe.text.contains(&format!("uses: OWNER/chancery@v{VERSION}\n")), "{}", recipe.info);
        assert!(!recipe.commands().is_empty() || !recipe.text.contains("check: false"), "{}: nothing is done", recipe.info);
        for input in
            recipe.text.split("with:").nth(1).into_iter().flat_map(str::lines).skip(1).take_while(|line| line.starts_with("          "))
        {
            let name = input.trim().split(':').next().unwrap_or_default();
            assert!(page_of_action().contains(&format!("\n  {name}:\n")), "{}: the action has no `{name}`", recipe.info);
        }
    }
}

fn page_of_action() -> String {
    fs::read_to_string(project("action.yml")).expect("the action")
}

#[test]
fn the_action_installs_this_version_and_its_commands_are_those_of_the_program() {
    let action = page_of_action();
    assert!(action.contains(&format!("default: \"{VERSION}\"\n")), "another version");
    let commands: Vec<&str> = action.lines().filter_map(|line| line.trim().strip_prefix("run: chancery ")).collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        let words = command.replace("\"$ROOT\"", ".").replace("$FLAGS", "--strict");
        let read = Cli::try_parse_from(["chancery"].into_iter().chain(words.split(' ')));
        assert!(read.is_ok(), "{command}: {}", read.unwrap_err());
    }
    let text = fs::read_to_string(project("docs/continuous-integration.md")).expect("the page");
    let table = text.lines().skip_while(|line| !line.starts_with("| input |")).skip(2).take_while(|line| line.starts_with('|'));
    let names: Vec<&str> = table.filter_map(|row| row.split('`').nth(1)).collect();
    for name in &names {
        assert!(action.contains(&format!("\n  {name}:\n")), "the action has no `{name}`");
    }
    assert_eq!(names.len(), action.matches("    description: ").count(), "{names:?}");
}

/// The steps of a recipe that are commands of a shell.
fn steps(name: &str) -> Vec<String> {
    let recipe = recipe(name);
    let marks = ["- run: ", "- ~/.local/bin/"];
    let lines = recipe.lines().filter_map(|line| marks.into_iter().find_map(|mark| line.trim_start().strip_prefix(mark)));
    lines.map(|line| line.replace("chancery ", &format!("{} ", env!("CARGO_BIN_EXE_chancery")))).collect()
}

#[test]
fn the_message_of_the_week_says_by_owner_what_is_due_and_is_not_sent_when_nothing_is() {
    let page = |title: &str, owner: &str, due: &str| {
        format!("---\ntitle: {title}\ndate: 2025-01-01\nowner: \"{owner}\"\nreview_by: {due}\n---\n\nText.\n")
    };
    let place = Place::new(&[
        ("content/briefings/gas.md", &page("Gas | storage", "@energy-desk", "2025-12-31")),
        ("content/briefings/ports.md", &page("Ports", "Desk", "2025-06-30")),
        ("content/briefings/power.md", &page("Power", "@energy-desk", "2025-03-31")),
        ("content/briefings/far.md", &page("Far", "Desk", "2999-01-01")),
    ]);
    place.write("bin/gh", "#!/bin/sh\nprintf '%s\\n' \"$@\" > sent\n");
    Run::new(shell(place.root(), "chmod +x bin/gh", &[])).fine();
    let steps_of_github = steps(".github/workflows/reviews.yml");
    let with_gh = |step: &String| drop(Run::new(shell(place.root(), &format!("PATH=\"$PWD/bin:$PATH\"; {step}"), &[])).fine());
    let run = || steps_of_github.iter().for_each(with_gh);
    assert_eq!((steps_of_github.len(), &steps(".gitlab-ci-reviews.yml")[0]), (2, &steps_of_github[0]), "both ask the same");
    run();
    let expected = "| Owner | Due | Title | Path |\n| --- | --- | --- | --- |\n\
        | @energy-desk | 2025-03-31 | Power | content/briefings/power.md |\n\
        | @energy-desk | 2025-12-31 | Gas \\| storage | content/briefings/gas.md |\n\
        | Desk | 2025-06-30 | Ports | content/briefings/ports.md |\n";
    assert_eq!(place.read("due.md"), expected);
    assert!(place.read("sent").starts_with("issue\ncreate\n--title\nDue for review, 20") && place.read("sent").ends_with("due.md\n"));
    for name in ["sent", "content/briefings/gas.md", "content/briefings/ports.md", "content/briefings/power.md"] {
        place.remove(name);
    }
    run();
    assert!(place.read("due.md").is_empty() && !place.path("sent").exists());
}

#[test]
fn the_recipe_for_netlify_is_toml() {
    let read: toml::Table = toml::from_str(&recipe("netlify.toml")).expect("TOML");
    assert_eq!(read["build"]["publish"].as_str(), Some("public"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn recipes_and_workflows_keep_to_the_schemas_of_their_hosts() {
    let place = Place::empty();
    let page = manual();
    for block in page.blocks().iter().filter(|block| is_workflow(block.info) || block.info.starts_with(".gitlab-ci")) {
        place.write(block.info, &block.text);
    }
    let github = [place.path(".github/workflows"), project(".github/workflows")].into_iter().flat_map(|folder| {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        entries.map(|entry| (entry.expect("a workflow").path(), "vendor.github-workflows"))
    });
    let others = [
        (place.path(".gitlab-ci.yml"), "vendor.gitlab-ci"),
        (place.path(".gitlab-ci-reviews.yml"), "vendor.gitlab-ci"),
        (project("action.yml"), "vendor.github-actions"),
    ];
    for (file, schema) in github.chain(others) {
        let mut check = Command::new(project("target/python/bin/check-jsonschema"));
        let checked = check.args(["--builtin-schema", schema]).arg(&file).output().expect("`tests/run` installs the validator");
        assert!(checked.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&checked.stdout));
    }
}

#[test]
fn a_release_is_made_only_of_the_version_that_its_tag_names() {
    let compare = step("Compare the tag with the version of the program");
    let is_right = |tag: &str| shell(&project(""), &compare, &[("GITHUB_REF_NAME", tag)]).status.success();
    assert!(is_right(&format!("v{VERSION}")));
    assert!(!is_right("v99.0.0") && !is_right(VERSION));
}

#[test]
fn what_a_release_is_tried_with_holds_for_this_program() {
    let tried = Run::new(shell(&project(""), &format!(".ci/try {}", env!("CARGO_BIN_EXE_chancery")), &[])).fine();
    assert!(tried.out.trim().len() == 64 && tried.out.trim().bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", tried.out);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_release_is_packed_and_installed_by_its_checksum_only() {
    let place = Place::empty();
    let folder = place.path(&format!("releases/v{VERSION}"));
    let pack = format!("{} {} {TARGET} {}", project(".ci/pack").display(), env!("CARGO_BIN_EXE_chancery"), folder.display());
    Run::new(shell(place.root(), &pack, &[])).fine();
    Run::new(shell(&folder, &step("Write the checksums"), &[])).fine();
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).expect("checksums");
    let (sum, name) = sums.trim().split_once("  ").expect("one archive");
    assert_eq!(name, format!("chancery-{VERSION}-{TARGET}.tar.gz"));
    has_all_that_belongs_to_it(&folder.join(name));

    let script = recipe("install-chancery.sh").replace("https://github.com/OWNER/chancery/releases/download", "file://$RELEASES");
    place.write("install-chancery.sh", script);
    let install = |home: &str, sum: &str| {
        let home = place.path(home);
        let mut command = Command::new("sh");
        command.arg("install-chancery.sh").current_dir(place.root()).env("HOME", &home).env("RELEASES", place.path("releases"));
        let run = command.env("CHANCERY_VERSION", VERSION).env("CHANCERY_SHA256", sum).output().expect("a shell");
        (Run::new(run), home.join(".local/bin/chancery"))
    };
    let (run, program) = install("right", sum);
    run.fine();
    let said = Command::new(program).arg("--version").output().expect("the program that was installed");
    assert_eq!(String::from_utf8_lossy(&said.stdout), format!("chancery {VERSION}\n"));
    let other = sum.replace(&sum[..1], if sum.starts_with('0') { "1" } else { "0" });
    for (number, wrong) in [&*other, "put the checksum here", ""].iter().enumerate() {
        let (run, program) = install(&format!("wrong{number}"), wrong);
        assert!(run.code != Some(0) && !program.exists(), "`{wrong}`: {run:?}");
    }
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_action_installs_by_the_checksum_that_is_given_or_that_of_the_release() {
    let place = Place::empty();
    let folder = place.path(&format!("releases/v{VERSION}"));
    let target = TARGET.replace("x86_64", std::env::consts::ARCH);
    let pack = format!("{} {} {target} {}", project(".ci/pack").display(), env!("CARGO_BIN_EXE_chancery"), folder.display());
    Run::new(shell(place.root(), &pack, &[])).fine();
    let install = |name: &str, sum: &str| {
        let releases = format!("file://{}", place.path("releases").display());
        let script = format!("{} {name}", project(".ci/install").display());
        let run = shell(place.root(), &script, &[("VERSION", VERSION), ("RELEASES", &releases), ("SHA256", sum)]);
        (Run::new(run), place.path(name).join("chancery"))
    };
    let (run, program) = install("no-list", "");
    assert!(run.code != Some(0) && !program.exists(), "{run:?}");
    Run::new(shell(&folder, &step("Write the checksums"), &[])).fine();
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).expect("checksums");
    let sum = sums.split("  ").next().expect("a checksum");
    for (name, sum) in [("by-list", ""), ("by-input", sum)] {
        let (run, program) = install(name, sum);
        assert!(run.fine().out.ends_with(&format!("Installed chancery {VERSION} for {target}\n")) && program.is_file());
    }
    let (run, program) = install("wrong", &sum.replace(|letter: char| letter.is_ascii_digit(), "a"));
    assert!(!program.exists());
    run.ends_with(1).says(&["the checksum of chancery-", "nothing was installed"]);
    fs::write(folder.join("SHA256SUMS"), sums.replace("chancery-", "other-")).expect("written");
    let (run, program) = install("not-listed", "");
    assert!(run.code == Some(1) && run.err.contains("not in SHA256SUMS") && !program.exists(), "{run:?}");
}

/// The licences, the manual page and the completions lie beside the program.
#[track_caller]
fn has_all_that_belongs_to_it(archive: &Path) {
    let listed = Command::new("tar").arg("-tzf").arg(archive).output().expect("`tar`");
    let mut names: Vec<String> = String::from_utf8_lossy(&listed.stdout).lines().map(String::from).collect();
    names.sort();
    let top = format!("chancery-{VERSION}-{TARGET}/");
    let inside: Vec<&str> = names.iter().filter_map(|name| name.strip_prefix(&top)).filter(|name| !name.ends_with('/')).collect();
    let expected = [
        "",
        "LICENSE-APACHE",
        "LICENSE-FONTS",
        "LICENSE-MIT",
        "LICENSES-OF-CRATES",
        "chancery",
        "chancery.1",
        "completions/_chancery",
        "completions/chancery.bash",
        "completions/chancery.fish",
    ];
    assert_eq!(inside, expected);
}
