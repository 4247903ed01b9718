//! Packages for Python, npm and Debian: each is made of the program as it was built for the tests, installed into an empty folder, and makes a site there.
//!
//! The release makes them by the same commands (`.github/workflows/release.yml`), of a program that needs no library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::place::{Place, Run, project, tree};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The packages of npm are made for the targets of a release; the program of the tests stands for that of this one.
const TARGET: &str = if cfg!(target_arch = "aarch64") { "aarch64-unknown-linux-musl" } else { "x86_64-unknown-linux-musl" };
const MACHINE: &str = if cfg!(target_arch = "aarch64") { "linux-arm64" } else { "linux-x64" };

/// Runs a command that must succeed.
#[track_caller]
fn fine(command: &mut Command) -> Run {
    let output: Output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Run::new(output)
}

/// The program without what a debugger wants, which takes long to pack; and what goes along with it, in `target/share`.
fn program() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = project("target/packages/release");
        fs::create_dir_all(&folder).expect("a folder");
        let program = folder.join("chancery");
        fine(Command::new("strip").arg("-o").arg(&program).arg(env!("CARGO_BIN_EXE_chancery")));
        fine(Command::new(project(".ci/share")).arg(&program).arg(TARGET).arg(project("target/share")));
        program
    })
}

/// The program that was installed, with nothing around it that it might find instead, makes a site from nothing.
#[track_caller]
fn makes_a_site(program: &Path) {
    let place = Place::empty();
    let run = |folder: &Path, args: &[&str]| {
        let mut command = Command::new(program);
        fine(command.args(args).current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin"))
    };
    assert_eq!(run(place.root(), &["--version"]).out, format!("chancery {VERSION}\n"));
    assert!(run(place.root(), &["init", "my-site"]).out.contains("chancery serve"));
    let site = place.path("my-site");
    run(&site, &["build", "--strict"]);
    let home = place.read("my-site/public/index.html");
    assert!(home.contains("<h1") && home.contains("My briefings"), "{home}");
    // Its exit status comes through whatever starts it.
    place.write("my-site/content/a.md", "[nowhere](nowhere.md)\n");
    let checked = Command::new(program).arg("check").current_dir(&site).output().expect("the program starts");
    assert!(Run::new(checked).ends_with(1).out.contains("error[broken-link]"));
}

/// The texts of all licences lie somewhere in what was installed.
#[track_caller]
fn has_the_licences(folder: &Path) {
    let files = tree(folder);
    for (name, words) in [("LICENSE-APACHE", "Apache License"), ("OFL.txt|LICENSE-FONTS", "SIL OPEN FONT"), ("LICENSES-OF-CRATES", "tera")]
    {
        let of_name = |path: &str| name.split('|').any(|name| path.ends_with(name));
        let text = files.iter().find(|(path, _)| of_name(path)).map(|(_, bytes)| String::from_utf8_lossy(bytes));
        assert!(text.is_some_and(|text| text.contains(words)), "{name} is not in {:?}", files.keys());
    }
}

/// What stands for cargo when maturin asks for the program: it names the one that is there, as cargo does of one that it has built before
/// (<https://doc.rust-lang.org/cargo/reference/external-tools.html>). Cargo itself would build it anew, for its parts have other features without the
/// tests', and put it where other tests run it from.
const CARGO: &str = r#"#!/bin/sh
[ "$1" = rustc ] || exec "$CARGO_ITSELF" "$@"
cat <<END
{"reason":"compiler-artifact","package_id":"$("$CARGO_ITSELF" pkgid)","manifest_path":"$ROOT/Cargo.toml","target":{"kind":["bin"],"crate_types":["bin"],"name":"chancery","src_path":"$ROOT/src/main.rs","edition":"2024","doc":true,"doctest":false,"test":true},"profile":{"opt_level":"0","debuginfo":0,"debug_assertions":true,"overflow_checks":true,"test":false},"features":[],"filenames":["$PROGRAM"],"executable":"$PROGRAM","fresh":true}
{"reason":"build-finished","success":true}
END
"#;

#[test]
#[ignore = "needs what tests/run installs"]
fn the_wheel_for_python_is_installed_and_makes_a_site() {
    let place = Place::empty();
    let python = project("target/python/bin");
    place.write("bin/cargo", CARGO);
    fine(Command::new("chmod").arg("+x").arg(place.path("bin/cargo")));
    // maturin takes the cargo that runs it, if one does, and finds what else it calls by the search path.
    #[allow(clippy::disallowed_methods)]
    let path = format!("{}:{}", place.path("bin").display(), std::env::var("PATH").expect("a search path"));
    let mut build = Command::new(python.join("maturin"));
    build.args(["build", "--quiet", "--profile", "dev", "--compression-method", "stored", "--out"]).arg(place.path("wheel"));
    build
        .current_dir(project(""))
        .env("PATH", path)
        .env("CARGO", place.path("bin/cargo"))
        .env("CARGO_ITSELF", env!("CARGO"))
        .env("PROGRAM", program());
    fine(build.env("ROOT", env!("CARGO_MANIFEST_DIR")));
    let wheels: Vec<String> = tree(&place.path("wheel")).into_keys().collect();
    assert!(matches!(&*wheels, [name] if name.starts_with(&format!("chancery_ssg-{VERSION}-py3-none-"))), "{wheels:?}");

    let empty = place.path("empty");
    fine(Command::new(python.join("python")).args(["-m", "venv", "--without-pip"]).arg(&empty));
    let mut install = Command::new(python.join("pip"));
    install.arg("--python").arg(empty.join("bin/python")).args(["install", "--quiet", "--no-index"]);
    fine(install.arg(place.path("wheel").join(&wheels[0])));
    makes_a_site(&empty.join("bin/chancery"));
    has_the_licences(&empty.join("lib"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_packages_for_npm_are_installed_and_make_a_site() {
    let place = Place::empty();
    fine(Command::new(project(".ci/npm/pack")).arg(program()).arg(TARGET).arg(place.path("packed")));
    let packed: Vec<String> = tree(&place.path("packed")).into_keys().collect();
    assert_eq!(packed, [format!("chancery-ssg-{VERSION}.tgz"), format!("chancery-ssg-{MACHINE}-{VERSION}.tgz")]);

    // The packages of other machines are at no registry yet: npm goes on without what is optional.
    let install = |folder: &str, packages: &[&String]| {
        let mut npm = Command::new("npm");
        npm.args(["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(place.path(folder));
        fine(npm.args(packages.iter().map(|name| place.path("packed").join(name))).current_dir(place.root()));
        place.path(folder).join("node_modules")
    };
    let modules = install("empty", &[&packed[0], &packed[1]]);
    makes_a_site(&modules.join(".bin/chancery"));
    has_the_licences(&modules.join(format!("chancery-ssg-{MACHINE}")));

    let alone = install("other-machine", &[&packed[0]]).join(".bin/chancery");
    let run = Command::new(alone).arg("--version").output().expect("it starts");
    Run::new(run).ends_with(3).says(&[&format!("`chancery-ssg-{MACHINE}` is not installed"), "--omit=optional"]);
}

#[test]
#[ignore = "needs what tests/run installs"]
fn the_package_for_debian_is_unpacked_and_makes_a_site() {
    program();
    let place = Place::empty();
    let mut build = Command::new(project("target/cargo-deb/bin/cargo-deb"));
    build.args(["--no-build", "--no-strip", "--fast", "--quiet", "--output"]).arg(place.path("chancery.deb"));
    fine(build.current_dir(project("")).env("CARGO_TARGET_DIR", project("target/packages")));

    let field = |name: &str| fine(Command::new("dpkg-deb").arg("--field").arg(place.path("chancery.deb")).arg(name)).out;
    assert_eq!((&*field("Package"), &*field("Version")), ("chancery\n", &*format!("{VERSION}-1\n")));
    fine(Command::new("dpkg").arg("--extract").arg(place.path("chancery.deb")).arg(place.path("root")));
    makes_a_site(&place.path("root/usr/bin/chancery"));
    let share = place.path("root/usr/share");
    has_the_licences(&share.join("doc/chancery"));
    for path in
        ["man/man1/chancery.1.gz", "bash-completion/completions/chancery", "zsh/vendor-completions/_chancery", "doc/chancery/copyright"]
    {
        assert!(share.join(path).is_file(), "{path}");
    }
}

#[test]
fn cargo_binstall_is_told_the_archives_that_a_release_packs() {
    let cargo: toml::Table = fs::read_to_string(project("Cargo.toml")).expect("Cargo.toml").parse().expect("TOML");
    let told = &cargo["package"]["metadata"]["binstall"];
    let written = |key: &str, target: &str| {
        let text = told[key].as_str().expect("a text").replace("{ name }", "chancery").replace("{ version }", VERSION);
        text.replace("{ target }", target).replace("{ bin }", "chancery").replace("{ binary-ext }", "")
    };
    let address = written("pkg-url", TARGET);
    assert!(address.ends_with(&format!("/releases/download/v{VERSION}/chancery-{VERSION}-{TARGET}{{ archive-suffix }}")), "{address}");
    assert_eq!(written("bin-dir", TARGET), format!("chancery-{VERSION}-{TARGET}/chancery"));
    assert_eq!(told["pkg-fmt"].as_str(), Some("tgz"));
    assert_eq!(told["overrides"]["x86_64-pc-windows-msvc"]["pkg-fmt"].as_str(), Some("zip"));
}
