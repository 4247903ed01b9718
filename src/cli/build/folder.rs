//! Where a site is written, and where it must not be.
//!
//! It must not know what is in the folder.

use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::invocation::Invocation;
use crate::cli::locate::Found;
use crate::sources::{self, Link, Sources};

/// Where the site is written, absolute and without symbolic links as far as it is there: a flag counts from the working folder, the setting from the root.
///
/// # Errors
/// It is one of the site's sources.
pub fn output_folder(invocation: &Invocation, found: &Found, flag: Option<&Path>) -> Result<PathBuf, Error> {
    let output = real(&flag.map_or_else(|| found.root.join(&found.config.output_dir), |output| invocation.world.folder.join(output)));
    let root = real(&found.root);
    let lies_among_sources = output == root || sources::folders(&root).iter().any(|folder| *folder != root && output.starts_with(folder));
    if lies_among_sources {
        return Err(Error::usage(format!("the output folder `{}` is one of the site's sources", output.display()))
            .hint("choose another one with `-o`, or with `output_dir` in the settings"));
    }
    Ok(output)
}

/// Refuses an output that is read as a source, as an error.
///
/// # Errors
/// A link among the sources leads to the output: every build would be made of the one before, and be longer.
pub fn guard_links(output: &Path, sources: &Sources) -> Result<(), Error> {
    let meets = |link: &&Link| link.target != sources.root && (link.target.starts_with(output) || output.starts_with(&link.target));
    let Some(link) = sources.links.iter().find(meets) else { return Ok(()) };
    let place = link.place.strip_prefix(&sources.root).unwrap_or(&link.place).display();
    Err(Error::usage(format!("the symbolic link `{place}` leads to the output folder `{}`", output.display()))
        .hint("remove the link, or choose another output with `-o`, or with `output_dir` in the settings"))
}

/// `path` with links and `..` resolved in the part of it that is there.
pub fn real(path: &Path) -> PathBuf {
    for there in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), path.strip_prefix(there)) {
            // `join` of nothing would put a slash at the end.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path.to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_has_a_real_path() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        assert_eq!(real(&place.path().join("a/../b/c")), root.join("b/c"));
        assert_eq!(real(&place.path().join("a")), root.join("a"));
    }
}
