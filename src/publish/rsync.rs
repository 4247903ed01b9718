//! A folder of another machine, by `rsync` over `ssh`: only what differs crosses the network, and each file is whole at any moment.
//!
//! What is sent in one step is laid out in a folder of ours first. It must not know the order of steps.

mod control;
mod lock;
mod ssh;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rayon::prelude::*;

use super::PublishOptions;
use super::error::{Error, failed};
use super::host::{Access, Host, Progress};
use super::published::Known;
use super::release::{File, Release};
use super::steps::{Shelf, Steps, Versions};
use super::target::{Kind, PRECOMPRESSED, Place, Setting};
use ssh::{Server, TEMPORARY, last_words, missing, retried};

const DESTINATION: Setting =
    Setting { name: "destination", example: "web@host.example.org:/srv/www/site", default: "", doc: "The machine, and the folder on it." };

/// The row of this kind.
pub const KIND: Kind = Kind {
    word: "rsync",
    section: "Another machine, by rsync",
    settings: &[DESTINATION, PRECOMPRESSED],
    read: |reader| Some(Box::new(Settings { destination: reader.needed(&DESTINATION)? })),
};

/// What the settings say of another machine.
#[derive(Debug)]
struct Settings {
    /// `user@host:path`.
    destination: String,
}

impl Place for Settings {
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Ok(Box::new(open(&self.destination, options, options.access)?))
    }
}

struct Remote {
    server: Server,
    /// Where what is sent next lies.
    outgoing: PathBuf,
}

/// Opens the folder and takes its lock, unless it is only read.
///
/// # Errors
/// The destination is none, the machine cannot be reached, or another process publishes there.
fn open(destination: &str, options: &PublishOptions, access: Access) -> Result<Steps<Remote>, Error> {
    let server = Server::new(destination, options.variables.get(&std::ffi::OsString::from("RSYNC_RSH")))?.connected();
    let lock = match access {
        Access::Read => None,
        Access::Write => {
            server.make()?;
            let lock = server.lock(options.clock)?;
            // What a killed run left there is not wanted.
            server.renew(TEMPORARY)?;
            Some(lock)
        }
    };
    Ok(Steps { shelf: Remote { server, outgoing: options.state.join("outgoing") }, lock })
}

impl Remote {
    fn destination(&self) -> String {
        format!("{}:{}/", self.server.bracketed(), self.server.path)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("rsync");
        // Arguments go as they are, not through the shell of the other machine.
        command.args(["--recursive", "--secluded-args", "--8-bit-output", "--rsh"]).arg(self.server.shell_text());
        command
    }

    fn clear(&self) -> Result<(), Error> {
        match fs::remove_dir_all(&self.outgoing) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed("remove", &self.outgoing)(error)),
            _ => {}
        }
        fs::create_dir_all(&self.outgoing).map_err(failed("make the folder", &self.outgoing))
    }

    /// Sends all that lies in the folder. They differ from what is there, or are not known: no look at size and time tells.
    fn send_outgoing(&self, progress: &(dyn Fn(usize, u64) + Sync)) -> Result<(), Error> {
        let mut from = self.outgoing.clone().into_os_string();
        from.push("/");
        retried(|| {
            let mut command = self.command();
            command.args(["--ignore-times", "--chmod=D755,F644", "--out-format=%l %n", "--temp-dir", TEMPORARY]);
            command.arg("--").arg(&from).arg(self.destination());
            let mut child = command
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|error| missing("rsync", &error))?;
            let errors = child.stderr.take().map(|mut stderr| {
                std::thread::spawn(move || {
                    let mut text = Vec::new();
                    // What it says is for a message only.
                    let _ = stderr.read_to_end(&mut text);
                    text
                })
            });
            for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok) {
                if let Some((size, name)) = line.split_once(' ')
                    && !name.ends_with('/')
                {
                    progress(1, size.parse().unwrap_or(0));
                }
            }
            let status = child.wait().map_err(|error| missing("rsync", &error))?;
            let said = errors.and_then(|errors| errors.join().ok()).unwrap_or_default();
            Ok(if status.success() { Ok(()) } else { Err(self.error("send files to", &said)) })
        })
    }

    fn error(&self, doing: &str, stderr: &[u8]) -> Error {
        let text = String::from_utf8_lossy(stderr);
        // The last line of rsync only says that something was said before.
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let why = match lines.as_slice() {
            [.., why, last] if last.starts_with("rsync error:") => why.to_string(),
            _ => last_words(stderr),
        };
        Error::place(format!("cannot {doing} `{}`: {why}", self.destination())).hint("publish again: it goes on where it stopped")
    }

    /// Runs `rsync` and gives what it said.
    fn ask(&self, args: &[&str], paths: &[&std::ffi::OsStr]) -> Result<Vec<u8>, Error> {
        retried(|| {
            let output = self.command().args(args).arg("--").args(paths).stdin(Stdio::null()).output();
            let output = output.map_err(|error| missing("rsync", &error))?;
            Ok(if output.status.success() { Ok(output.stdout) } else { Err(self.error("look at", &output.stderr)) })
        })
    }
}

impl Shelf for Remote {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        self.server.get(path)
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        self.clear()?;
        let place = self.outgoing.join(name);
        fs::write(&place, bytes).map_err(failed("write", &place))?;
        self.send_outgoing(&|_, _| {})
    }

    fn send(&self, files: &[&File], release: &Release, progress: &Progress) -> Result<Versions, Error> {
        self.clear()?;
        files.par_iter().try_for_each(|file| {
            let (place, bytes) = (self.outgoing.join(&*file.path), release.bytes(file)?);
            let folder = place.parent().unwrap_or(Path::new("/"));
            fs::create_dir_all(folder).map_err(failed("make the folder", folder))?;
            fs::write(&place, bytes).map_err(failed("write", &place))
        })?;
        self.send_outgoing(progress.progress).map_err(|error| progress.check().err().unwrap_or(error))?;
        self.clear()?;
        Ok(Versions::new())
    }

    fn delete(&self, paths: &[&str]) -> Result<(), Error> {
        paths.chunks(500).try_for_each(|paths| self.server.delete(paths))
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<String>, Error> {
        let found = paths.chunks(500).map(|paths| self.server.present(paths)).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    fn list(&self) -> Result<BTreeMap<Box<str>, Known>, Error> {
        let said = self.ask(&["--list-only", "--no-human-readable"], &[self.destination().as_ref()])?;
        Ok(String::from_utf8_lossy(&said).lines().filter_map(listed).collect())
    }

    fn differing(&self, release: &Release) -> Result<Vec<Box<str>>, Error> {
        let mut from = release.folder().as_os_str().to_os_string();
        from.push("/");
        let said = self.ask(&["--dry-run", "--checksum", "--out-format=%n"], &[&from, self.destination().as_ref()])?;
        Ok(String::from_utf8_lossy(&said).lines().filter(|name| !name.ends_with('/')).map(Box::from).collect())
    }
}

/// A file in a line such as `-rw-r--r--          1,234 2026/11/24 10:00:00 a/b.html`.
fn listed(line: &str) -> Option<(Box<str>, Known)> {
    let rest = line.strip_prefix('-')?;
    let (_, rest) = rest.split_once(' ')?;
    let (size, rest) = rest.trim_start().split_once(' ')?;
    let name = rest.splitn(3, ' ').nth(2)?;
    let size = size.replace([',', '.'], "").parse().ok();
    Some((name.into(), Known { size, ..Known::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_from_a_list_and_folders_are_not() {
        let (path, known) = listed("-rw-r--r--          1,234 2026/11/24 10:00:00 a b/c.html").expect("a file");
        assert_eq!((&*path, known.size), ("a b/c.html", Some(1234)));
        assert_eq!(listed("drwxr-xr-x          4,096 2026/11/24 10:00:00 a"), None);
        assert_eq!(listed(""), None);
    }
}
