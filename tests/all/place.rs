//! A site in a temporary folder, the program run in it, and what it wrote.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The files of a folder, by their path in it.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A folder that is gone when the test ends.
pub struct Place {
    folder: TempDir,
}

/// How a run of the program ended, and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn empty() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn new(files: &[(&str, &str)]) -> Place {
        let place = Place::empty();
        files.iter().for_each(|(path, text)| place.write(path, text));
        place
    }

    /// A copy of a folder of the project, without what is built in it.
    pub fn copy_of(folder: &str) -> Place {
        let place = Place::empty();
        let from = project(folder);
        for name in ["site.toml", "content", "static", "templates", "themes", "archetypes"] {
            let whole = from.join(name);
            for entry in walkdir::WalkDir::new(&whole).into_iter().filter(|_| whole.exists()) {
                let entry = entry.expect("the project can be read");
                if entry.file_type().is_file() {
                    let inside = entry.path().strip_prefix(&from).expect("a path below its folder").to_string_lossy().into_owned();
                    place.write(&inside, fs::read(entry.path()).expect("the project can be read"));
                }
            }
        }
        place
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))).expect("text")
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file that was there");
    }

    /// The program, in this folder, with nothing of the caller's environment that it would listen to. Where it is told of when a site is to be, it is told
    /// what the clock says, too: what is asked for as of `NOW` never is a site as it stood.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.current_dir(self.root()).args(args).env_clear().env("PATH", "/usr/bin:/bin");
        if args.contains(&"--now") {
            let now: jiff::Timestamp = NOW.parse().expect("an instant");
            command.env("SOURCE_DATE_EPOCH", now.as_second().to_string());
        }
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::new(self.command(args).output().expect("the program starts"))
    }

    /// Builds the site as of a fixed instant.
    pub fn build(&self) -> Run {
        self.run(&["build", "--now", NOW])
    }

    pub fn output(&self) -> Tree {
        tree(&self.path("public"))
    }
}

/// The instant as of which tests build.
pub const NOW: &str = "2026-11-24T00:00:00Z";

impl Run {
    pub fn new(output: Output) -> Run {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        let run = Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    /// The run, if it ended with `code`.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn fine(self) -> Run {
        self.ends_with(0)
    }

    /// The run, if it said all of this on the error stream.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Run {
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is not in:\n{}", self.err);
        }
        self
    }
}

/// A folder of the project.
pub fn project(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Every file below a folder; nothing if it is not there.
pub fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).expect("a path below its folder").to_string_lossy().into_owned();
            (inside, fs::read(entry.path()).expect("a file of the output"))
        })
        .collect()
}

/// The first file in which two trees differ, for messages.
pub fn difference(one: &Tree, other: &Tree) -> Option<String> {
    let paths = one.keys().chain(other.keys());
    let different = paths.filter(|path| one.get(*path) != other.get(*path)).min()?;
    let show = |tree: &Tree| tree.get(different).map_or("nothing".to_string(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    let (one, other) = (show(one), show(other));
    let at = one.bytes().zip(other.bytes()).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
    let around = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 120)]).into_owned();
    Some(format!("{different}: …{}… and …{}…", around(&one), around(&other)))
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
