//! Why an output folder cannot be used or written, in words for the person who can act on it.
//!
//! It must not know how any of it was found out.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why an output folder cannot be used. Each is shown to the user, who can act on it; all mean exit status 3.
#[derive(Debug)]
pub enum Refusal {
    /// Not empty, and not made by Chancery: the files that would be left behind (the first twenty), and how many there are.
    Foreign { output: PathBuf, found: Vec<String>, count: usize },
    /// A folder that must not be written to, or must not be emptied: it is or holds the sources, `.git`, `/` or a home.
    Unsafe { why: String },
    /// Where a file must go stands one that Chancery did not write.
    InTheWay { path: PathBuf },
    /// Two files at one path, or one that would have to be a file and a folder.
    Clash { paths: [String; 2] },
    /// Another process holds it; 0 if it did not say which.
    Locked { process: u32 },
    /// Reading or writing failed. `doing` follows "cannot".
    Io { path: PathBuf, doing: &'static str, error: io::Error },
}

impl fmt::Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Foreign { output, found, count } => {
                let files = if *count == 1 { "1 file".to_string() } else { format!("{count} files") };
                writeln!(to, "`{}` is not empty, and has {files} that an earlier build from here did not write:", output.display())?;
                found.iter().try_for_each(|path| writeln!(to, "  {path}"))?;
                if *count > found.len() {
                    writeln!(to, "  … and {} more", count - found.len())?;
                }
                write!(
                    to,
                    "use `--clean` to empty the folder first, as after moving the site, or `--force` to build and leave behind what the build does not replace"
                )
            }
            Refusal::Unsafe { why } => write!(to, "{why}\nchoose another folder with `--output` or `output_dir`"),
            Refusal::InTheWay { path } => {
                writeln!(to, "`{}` is in the way: a file of the site must go there, and Chancery did not write it", path.display())?;
                write!(to, "nothing was changed; move it away, or use `--force` to replace a file, or `--clean` to empty the output first")
            }
            Refusal::Clash { paths: [one, other] } if one == other => write!(to, "the site has two files at `{one}`; nothing was written"),
            Refusal::Clash { paths: [file, inside] } => {
                write!(to, "the site has a file at `{file}` and one inside it, at `{inside}`; give one of them another address")
            }
            Refusal::Locked { process } => {
                match process {
                    0 => write!(to, "another process is writing to this output")?,
                    process => write!(to, "process {process} is writing to this output")?,
                }
                write!(to, "; try again when it has ended, or choose another folder with `--output`")
            }
            Refusal::Io { path, doing, error } => {
                write!(to, "cannot {doing} `{}`: {error}", path.display())?;
                match error.kind() {
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        write!(to, "\ncheck who may write there, or choose another folder with `--output`")
                    }
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => write!(to, "\nmake room and build again"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl Error for Refusal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Refusal::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// A file failed while it was rendered (the caller's error) or written.
#[derive(Debug)]
pub enum WriteError<E> {
    Render(E),
    Io { path: PathBuf, error: io::Error },
}

/// Turns an error of the file system into a refusal: `.map_err(failed("read", &path))`.
pub fn failed(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Refusal {
    let path = path.into();
    move |error| Refusal::Io { path, doing, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_is_wrong_and_what_can_be_done() {
        let foreign = Refusal::Foreign { output: "/srv/www".into(), found: vec!["a.txt".into(), "b/c.txt".into()], count: 3 };
        let expected = "`/srv/www` is not empty, and has 3 files that an earlier build from here did not write:\n  a.txt\n  b/c.txt\n  … and 1 more\n\
             use `--clean` to empty the folder first, as after moving the site, or `--force` to build and leave behind what the build does not replace";
        assert_eq!(foreign.to_string(), expected);
        let full = Refusal::Io { path: "/x".into(), doing: "write", error: io::ErrorKind::StorageFull.into() };
        assert_eq!(full.to_string(), "cannot write `/x`: no storage space\nmake room and build again");
        let locked = Refusal::Locked { process: 7 };
        assert_eq!(
            locked.to_string(),
            "process 7 is writing to this output; try again when it has ended, or choose another folder with `--output`"
        );
    }
}
