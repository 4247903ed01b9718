//! Another machine, by `ssh`: small scripts for its shell.
//!
//! Keys, ports and names of machines are the affair of `ssh` and its own settings. It must not know what is published.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use super::control::Control;
use crate::publish::error::Error;

/// A folder of another machine.
#[derive(Debug, Clone)]
pub struct Server {
    /// `user@host`.
    pub host: String,
    /// As the other machine understands it.
    pub path: String,
    /// The program that speaks with it, with its arguments: that of `RSYNC_RSH`, else `ssh`.
    shell: Vec<String>,
    control: Option<Arc<Control>>,
}

/// Where files grow until they are whole, in the folder of the site: not where readers would find them.
pub const TEMPORARY: &str = ".chancery-temporary";

/// What `ssh` ends with if it could not speak with the other machine.
const UNREACHABLE: i32 = 255;
/// What a script of ours ends with if a file is not there.
const ABSENT: i32 = 44;
/// What it ends with if there is no folder.
const NO_FOLDER: i32 = 46;

/// Deletes a file, unless a link leads to it that somebody else has put there, or it has become a folder.
const GONE: &str = "gone() {
  [ -d \"$1\" ] && ! [ -L \"$1\" ] && return 0
  above=$1
  while case $above in */*) true ;; *) false ;; esac; do
    above=${above%/*}
    [ -L \"$above\" ] && return 0
  done
  rm -f \"$1\"
}
";

impl Server {
    /// `destination` is `user@host:path`.
    ///
    /// # Errors
    /// It has another form.
    pub fn new(destination: &str, shell: Option<&OsString>) -> Result<Server, Error> {
        let wrong = |why: &str| {
            let message = format!("`{destination}` is no destination: {why}");
            Err(Error::call(message).hint("write `user@host:/path`; a port or a key belongs into the settings of `ssh`"))
        };
        let (user, rest) = destination.split_once('@').map_or(("", destination), |(user, rest)| (user, rest));
        // The address of a machine in numbers may hold colons, and stands in brackets then.
        let parted = match rest.strip_prefix('[') {
            Some(inside) => inside.split_once("]:"),
            None if rest.contains("://") || rest.contains("::") => {
                return wrong("it names a server of rsync, and files are sent over ssh");
            }
            None => rest.split_once(':'),
        };
        let Some((machine, path)) = parted else { return wrong("it names no other machine") };
        if machine.is_empty()
            || path.is_empty()
            || destination.starts_with('-')
            || path.starts_with('-')
            || destination[..destination.len() - path.len()].contains('/')
        {
            return wrong("it needs a machine and a path");
        }
        let host = if user.is_empty() { machine.to_string() } else { format!("{user}@{machine}") };
        // A path begins at the home of the user anyway.
        let path = path.strip_prefix("~/").unwrap_or(path);
        let shell = words(shell.and_then(|shell| shell.to_str()).filter(|shell| !shell.trim().is_empty()).unwrap_or("ssh"));
        let path = if path == "/" { path } else { path.trim_end_matches('/') };
        Ok(Server { host, path: path.into(), shell, control: None })
    }

    /// The machine as `rsync` wants it named.
    pub fn bracketed(&self) -> String {
        let (user, machine) = self.host.split_once('@').map_or(("", self.host.as_str()), |(user, machine)| (user, machine));
        let at = if user.is_empty() { "" } else { "@" };
        if machine.contains(':') { format!("{user}{at}[{machine}]") } else { self.host.clone() }
    }

    /// The same, with one connection for all that will be said.
    pub fn connected(mut self) -> Server {
        if self.is_ssh() {
            self.control = Control::open(&self.shell_words(), &self.host).map(Arc::new);
        }
        self
    }

    fn is_ssh(&self) -> bool {
        self.shell.first().and_then(|program| program.rsplit('/').next()) == Some("ssh")
    }

    /// The shell program with its arguments; nobody is asked for anything if nobody sits there.
    fn shell_words(&self) -> Vec<String> {
        let mut words = self.shell.clone();
        if self.is_ssh() && !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            words.extend(["-o".into(), "BatchMode=yes".into()]);
        }
        words.extend(self.control.iter().flat_map(|control| control.words()));
        words
    }

    /// The same as `rsync` wants it: in one text, with quotes round what has spaces.
    pub fn shell_text(&self) -> String {
        let quoted = |word: &String| if word.contains([' ', '"']) { format!("'{word}'") } else { word.clone() };
        self.shell_words().iter().map(quoted).collect::<Vec<_>>().join(" ")
    }

    /// Runs a script in the folder, by a shell of POSIX (<https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html>).
    ///
    /// # Errors
    /// The machine cannot be reached.
    pub(super) fn run(&self, script: &str) -> Result<Output, Error> {
        let script = format!("cd {} || exit {NO_FOLDER}\n{script}\n", quoted(&self.path));
        self.run_anywhere(&script)
    }

    fn run_anywhere(&self, script: &str) -> Result<Output, Error> {
        retried(|| {
            let words = self.shell_words();
            let mut command = Command::new(&words[0]);
            command.args(&words[1..]).arg(&self.host).arg("sh").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().map_err(|error| missing(&words[0], &error))?;
            let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(script.as_bytes()));
            let output = child.wait_with_output().map_err(|error| missing(&words[0], &error))?;
            let is_reached = output.status.code() != Some(UNREACHABLE) && written.is_ok();
            if is_reached { Ok(Ok(output)) } else { Ok(Err(self.unreachable(&output.stderr))) }
        })
    }

    fn unreachable(&self, stderr: &[u8]) -> Error {
        Error::place(format!("cannot reach `{}`: {}", self.host, last_words(stderr))).hint(format!(
            "try `{} {}` by hand: it must let you in without a question",
            self.shell.join(" "),
            self.host
        ))
    }

    /// The error of a program that ended badly; `doing` is a verb.
    pub(super) fn failed(&self, doing: &str, output: &Output) -> Error {
        Error::place(format!("cannot {doing} `{}` on `{}`: {}", self.path, self.host, last_words(&output.stderr)))
    }

    /// Makes the folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn make(&self) -> Result<(), Error> {
        let output = self.run_anywhere(&format!("mkdir -p {}", quoted(&self.path)))?;
        if output.status.success() { Ok(()) } else { Err(self.failed("make the folder", &output)) }
    }

    /// The bytes of a file of the folder; `None` when it is not there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let output = self.run(&format!("[ -f {0} ] || exit {ABSENT}\ncat {0}", quoted(path)))?;
        match output.status.code() {
            Some(0) => Ok(Some(output.stdout)),
            // Neither is there a file if there is no folder.
            Some(ABSENT | NO_FOLDER) => Ok(None),
            _ => Err(self.failed("read", &output)),
        }
    }

    /// Deletes files, which need not be there, and the folders that hold nothing any more.
    ///
    /// # Errors
    /// A file is still there.
    pub fn delete(&self, paths: &[&str]) -> Result<(), Error> {
        let mut script = String::from(GONE);
        let mut folders: Vec<&str> = Vec::new();
        for path in paths {
            script.push_str(&format!("gone {} || failed=1\n", quoted(path)));
            folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
        }
        folders.sort_unstable_by(|one, other| other.cmp(one));
        folders.dedup();
        // One that holds something stays.
        folders.iter().for_each(|folder| script.push_str(&format!("[ -L {0} ] || rmdir {0} 2>/dev/null\n", quoted(folder))));
        script.push_str("[ -z \"$failed\" ]");
        let output = self.run(&script)?;
        if output.status.success() { Ok(()) } else { Err(self.failed("delete files in", &output)) }
    }

    /// Makes a folder of ours anew.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn renew(&self, name: &str) -> Result<(), Error> {
        let output = self.run(&format!("rm -rf {0} && mkdir {0}", quoted(name)))?;
        if output.status.success() { Ok(()) } else { Err(self.failed("write into", &output)) }
    }

    /// Which of these files are there.
    ///
    /// # Errors
    /// The machine cannot be reached.
    pub fn present(&self, paths: &[&str]) -> Result<Vec<String>, Error> {
        let look = |(number, path): (usize, &&str)| format!("[ -f {0} ] || [ -L {0} ] && echo {number}\n", quoted(path));
        let script: String = paths.iter().enumerate().map(look).collect();
        let output = self.run(&format!("{script}true"))?;
        let found = String::from_utf8_lossy(&output.stdout);
        Ok(found.lines().filter_map(|line| paths.get(line.parse::<usize>().ok()?)).map(|path| path.to_string()).collect())
    }
}

/// The words of a command as `rsync` reads it: spaces part them, unless they stand in quotes (`man rsync`, --rsh).
fn words(text: &str) -> Vec<String> {
    let (mut words, mut quote, mut is_open) = (Vec::new(), None, false);
    for letter in text.chars() {
        match (letter, quote) {
            (' ', None) => is_open = false,
            ('\'' | '"', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            (letter, _) => {
                let mut word: String = if is_open { words.pop().unwrap_or_default() } else { String::new() };
                word.push(letter);
                words.push(word);
                is_open = true;
            }
        }
    }
    words
}

/// Tries three times, with a pause that grows, what fails because of the network.
///
/// # Errors
/// That of the last run, or one that no other run can mend.
pub fn retried<T>(run: impl Fn() -> Result<Result<T, Error>, Error>) -> Result<T, Error> {
    let mut pause = Duration::from_secs(1);
    for _ in 0..2 {
        if let Ok(done) = run()? {
            return Ok(done);
        }
        sleep(pause);
        pause *= 3;
    }
    run()?
}

/// The error of a program that cannot be run.
pub fn missing(program: &str, cause: &std::io::Error) -> Error {
    let error = Error::place(format!("cannot run `{program}`: {cause}"));
    if cause.kind() == std::io::ErrorKind::NotFound { error.hint(format!("install `{program}`")) } else { error }
}

/// The last line of what a program said, which most often says why.
pub fn last_words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it did not say why").trim().to_string()
}

/// A word for a shell: within single quotes everything stands for itself.
pub(super) fn quoted(text: &str) -> String {
    let text = if text.starts_with('-') { format!("./{text}") } else { text.to_string() };
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_names_a_machine_and_a_path() {
        let server = Server::new("web@example.org:/srv/www/", None).expect("a destination");
        assert_eq!((server.host.as_str(), server.path.as_str(), server.shell), ("web@example.org", "/srv/www", vec!["ssh".to_string()]));
        let shell = OsString::from("ssh -p 2222 -i 'my key'");
        let server = Server::new("h:x", Some(&shell)).expect("a destination");
        assert_eq!(server.shell, ["ssh", "-p", "2222", "-i", "my key"]);
        assert!(server.shell_text().starts_with("ssh -p 2222 -i 'my key'"));
        assert_eq!(Server::new("u@[::1]:~/x", None).map(|server| (server.host, server.path)), Ok(("u@::1".into(), "x".into())));
        for wrong in ["/srv/www", "rsync://h/x", "h::module", ":x", "h:", "-oProxyCommand=x:y", "a/b:c"] {
            assert!(Server::new(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn words_for_a_shell_stand_for_themselves() {
        for word in ["a b", "it's", "$(touch x)", "`x`", "-rf", "é\"\\", "*"] {
            let output = Command::new("sh").args(["-c", &format!("printf %s {}", quoted(word))]).output().expect("a shell");
            let said = String::from_utf8(output.stdout).expect("text");
            assert_eq!(said.trim_start_matches("./"), word);
        }
    }
}
