//! Which folder is meant by an output, and whether it may be one.
//!
//! It must not know what will be written.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::Mode;
use super::error::{Error, failed};

/// The real absolute path of `output`, of which the last parts need not exist.
pub fn resolve(output: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(output)?;
    for (depth, folder) in whole.ancestors().enumerate() {
        match fs::canonicalize(folder) {
            Ok(mut real) => {
                let rest: Vec<Component> = whole.components().collect();
                for part in &rest[rest.len() - depth..] {
                    match part {
                        Component::ParentDir => drop(real.pop()),
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
            // A link to nowhere is there, but cannot be followed: the output would replace the link.
            Err(error) if error.kind() != io::ErrorKind::NotFound || fs::symlink_metadata(folder).is_ok() => return Err(error),
            Err(_) => {}
        }
    }
    Ok(whole)
}

/// Refuses what must not be an output, or must not be emptied, as an error. All paths are real ones; the root is the folder that `state` is in.
///
/// # Errors
/// It must not be an output, or not be emptied.
pub fn guard(state: &Path, output: &Path, mode: Mode, protected: &[PathBuf]) -> Result<(), Error> {
    let shown = output.display();
    let refuse = |why: String| Err(Error::Unsafe { why });
    let root = state.parent().unwrap_or(state);
    if output.is_file() {
        return refuse(format!("`{shown}` is a file, and the output must be a folder"));
    }
    if output.parent().is_none() {
        return refuse(format!("`{shown}` is the whole file system, and cannot be the output"));
    }
    if root.starts_with(output) {
        return refuse(format!("`{shown}` holds the site's sources, and cannot be the output"));
    }
    if output.components().any(|part| part.as_os_str() == ".git") {
        return refuse(format!("`{shown}` belongs to Git, and cannot be the output"));
    }
    // What is built for a target of its own lies in a folder of ours.
    let is_ours = output.starts_with(state.join("publish"));
    for folder in protected.iter().map(PathBuf::as_path).chain([state].into_iter().filter(|_| !is_ours)) {
        if folder.starts_with(output) || folder != root && output.starts_with(folder) {
            return refuse(format!("`{shown}` is or holds a folder of the site (`{}`), and cannot be the output", folder.display()));
        }
    }
    if mode == Mode::Clean && is_home(output) {
        return refuse(format!("`{shown}` is a home, and `--clean` would empty it"));
    }
    Ok(())
}

fn is_home(folder: &Path) -> bool {
    let own = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
    let parents = [Path::new("/home"), Path::new("/Users")];
    own.as_deref() == Some(folder) || folder == Path::new("/root") || folder.parent().is_some_and(|parent| parents.contains(&parent))
}

/// What is in a folder: files and links as they are, and folders that hold nothing, with a slash at their end. In the order of their paths.
///
/// # Errors
/// A folder cannot be read, or a name is not UTF-8.
pub fn content(output: &Path) -> Result<Vec<String>, Error> {
    let mut found: Vec<String> = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for entry in WalkDir::new(output).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(output).to_path_buf();
            failed("read", path)(error.into())
        })?;
        let path = relative(output, entry.path())?;
        // A folder is known to hold nothing when the walk goes on to something that is not in it.
        if let Some((folder, depth)) = open.take()
            && entry.depth() <= depth
        {
            found.push(folder);
        }
        if entry.file_type().is_dir() {
            open = Some((path + "/", entry.depth()));
        } else {
            found.push(path);
        }
    }
    found.extend(open.map(|(folder, _)| folder));
    found.sort_unstable();
    Ok(found)
}

fn relative(output: &Path, path: &Path) -> Result<String, Error> {
    let parts: Option<Vec<&str>> =
        path.strip_prefix(output).ok().and_then(|inside| inside.iter().map(|part| part.to_str()).collect::<Option<_>>());
    let unnamed = || Error::Unsafe { why: format!("the name of `{}` is not UTF-8: remove or rename it by hand", path.display()) };
    parts.map(|parts| parts.join("/")).ok_or_else(unnamed)
}

/// Refuses to empty a folder that holds what no output has: a repository or a site.
///
/// # Errors
/// Something in it must not be removed.
pub fn guard_content(output: &Path, content: &[String]) -> Result<(), Error> {
    let is_precious = |path: &&String| path.split('/').any(|name| matches!(name, ".git" | ".hg" | ".svn" | ".chancery" | "site.toml"));
    match content.iter().find(is_precious) {
        Some(path) => Err(Error::Unsafe { why: format!("`{}` holds `{path}`, and `--clean` would remove it", output.display()) }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(output: &str, mode: Mode) -> Option<String> {
        let state = Path::new("/srv/site/.chancery");
        let protected = ["/srv/site", "/srv/site/content", "/srv/site/static"].map(PathBuf::from);
        guard(state, Path::new(output), mode, &protected).err().map(|error| error.to_string().lines().next().unwrap_or("").to_string())
    }

    #[test]
    fn the_sources_and_what_holds_them_are_no_output() {
        for bad in ["/", "/srv", "/srv/site", "/srv/site/content", "/srv/site/content/x", "/srv/site/.chancery", "/srv/site/.git/x"] {
            assert!(why(bad, Mode::Update).is_some(), "{bad}");
        }
        for good in ["/srv/site/public", "/srv/site/contents", "/srv/other", "/var/www/html"] {
            assert_eq!(why(good, Mode::Clean), None, "{good}");
        }
    }

    #[test]
    fn a_home_may_be_built_into_but_not_emptied() {
        assert_eq!(why("/home/ada", Mode::Update), None);
        assert_eq!(why("/home/ada", Mode::Clean).as_deref(), Some("`/home/ada` is a home, and `--clean` would empty it"));
        assert_eq!(why("/home/ada/public", Mode::Clean), None);
    }

    #[test]
    fn the_content_of_a_folder_names_files_links_and_empty_folders() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("a/b/c")).expect("made");
        fs::create_dir_all(root.join("a/d")).expect("made");
        fs::create_dir_all(root.join("z")).expect("made");
        fs::write(root.join("a/d/x.txt"), "").expect("written");
        fs::write(root.join("a.txt"), "").expect("written");
        std::os::unix::fs::symlink("/nowhere", root.join("link")).expect("linked");
        assert_eq!(content(root).expect("read"), ["a.txt", "a/b/c/", "a/d/x.txt", "link", "z/"]);
    }

    #[test]
    fn an_output_is_named_by_its_real_path_even_before_it_exists() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(folder.path()).expect("real");
        fs::create_dir(root.join("real")).expect("made");
        std::os::unix::fs::symlink(root.join("real"), root.join("link")).expect("linked");
        std::os::unix::fs::symlink("/nowhere/at/all", root.join("lost")).expect("linked");
        assert_eq!(resolve(&root.join("link/x/../y")).expect("resolved"), root.join("real/y"));
        assert_eq!(resolve(&root.join("new/deep")).expect("resolved"), root.join("new/deep"));
        assert!(resolve(&root.join("lost")).is_err());
    }

    #[test]
    fn repositories_and_sites_are_not_emptied() {
        let check = |path: &str| guard_content(Path::new("/o"), &[path.to_string()]).is_err();
        assert!(check(".git/HEAD") && check("sub/.git") && check("site.toml") && check(".chancery/"));
        assert!(!check("content/index.html") && !check("a.git/x"));
    }
}
