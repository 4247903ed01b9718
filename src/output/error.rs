//! Why an output folder cannot be used or written, in words for the person who can act on it.
//!
//! It must not know how any of it was found out.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why an output folder cannot be used or written. Each is shown to the user, who can act on it.
#[derive(Debug)]
pub enum Error {
    /// The folder is not empty, and was not made by Chancery: files would be left behind.
    Foreign {
        /// The folder.
        output: PathBuf,
        /// The paths of the first files below it.
        found: Vec<String>,
        /// How many files there are.
        count: usize,
    },
    /// The folder must not be written to, or must not be emptied: it is or holds the sources, `.git`, `/` or a home.
    Unsafe {
        /// The first line of the message.
        why: String,
    },
    /// Where a file must go stands one that Chancery did not write.
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// Two files at one path, or one that would have to be a file and a folder.
    Clash {
        /// Both paths below the output; the file comes before what lies inside it.
        paths: [String; 2],
    },
    /// Another process holds the output.
    Locked {
        /// Its number; 0 when it did not say.
        process: u32,
    },
    /// Reading or writing failed.
    Io {
        /// What could not be read or written.
        path: PathBuf,
        /// A verb, which follows "cannot".
        doing: &'static str,
        /// What the system said.
        error: io::Error,
    },
}

impl Error {
    /// What can be done about it; `None` where the message says so itself, or nobody knows.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Error::Foreign { .. } => Some(
                "use `--clean` to empty the folder first, as after moving the site, or `--force` to build and leave behind what the build does not replace",
            ),
            Error::Unsafe { .. } => Some("choose another folder with `--output` or `output_dir`"),
            Error::InTheWay { .. } => {
                Some("nothing was changed; move it away, or use `--force` to replace a file, or `--clean` to empty the output first")
            }
            Error::Clash { .. } | Error::Locked { .. } => None,
            Error::Io { error, .. } => match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Some("check who may write there, or choose another folder with `--output`")
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some("make room and build again"),
                _ => None,
            },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Foreign { output, found, count } => {
                let files = if *count == 1 { "1 file".to_string() } else { format!("{count} files") };
                write!(to, "`{}` is not empty, and has {files} that an earlier build from here did not write:", output.display())?;
                found.iter().try_for_each(|path| write!(to, "\n  {path}"))?;
                if *count > found.len() { write!(to, "\n  … and {} more", count - found.len()) } else { Ok(()) }
            }
            Error::Unsafe { why } => write!(to, "{why}"),
            Error::InTheWay { path } => {
                write!(to, "`{}` is in the way: a file of the site must go there, and Chancery did not write it", path.display())
            }
            Error::Clash { paths: [one, other] } if one == other => write!(to, "the site has two files at `{one}`; nothing was written"),
            Error::Clash { paths: [file, inside] } => {
                write!(to, "the site has a file at `{file}` and one inside it, at `{inside}`; give one of them another address")
            }
            Error::Locked { process } => {
                match process {
                    0 => write!(to, "another process is writing to this output")?,
                    process => write!(to, "process {process} is writing to this output")?,
                }
                write!(to, "; try again when it has ended, or choose another folder with `--output`")
            }
            Error::Io { path, doing, error } => write!(to, "cannot {doing} `{}`: {error}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Turns an error of the file system into one of the room: `.map_err(failed("read", &path))`.
pub fn failed(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
    let path = path.into();
    move |error| Error::Io { path, doing, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_is_wrong_and_what_can_be_done() {
        let foreign = Error::Foreign { output: "/srv/www".into(), found: vec!["a.txt".into(), "b/c.txt".into()], count: 3 };
        let expected =
            "`/srv/www` is not empty, and has 3 files that an earlier build from here did not write:\n  a.txt\n  b/c.txt\n  … and 1 more";
        let hint = "use `--clean` to empty the folder first, as after moving the site, or `--force` to build and leave behind what the build does not replace";
        assert_eq!((foreign.to_string().as_str(), foreign.hint()), (expected, Some(hint)));
        let full = Error::Io { path: "/x".into(), doing: "write", error: io::ErrorKind::StorageFull.into() };
        assert_eq!((full.to_string().as_str(), full.hint()), ("cannot write `/x`: no storage space", Some("make room and build again")));
        let locked = Error::Locked { process: 7 };
        assert_eq!(
            locked.to_string(),
            "process 7 is writing to this output; try again when it has ended, or choose another folder with `--output`"
        );
    }
}
