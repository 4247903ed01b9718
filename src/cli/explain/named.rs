//! Which file somebody means: a path as all paths on the command line, a path below the output, or an address.
//!
//! It must not know what is said of it.

use std::path::Path;

use crate::cli::build::real;
use crate::config::Config;
use crate::sources::FOLDERS;

/// What a word may stand for.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    /// A path below the output folder, with forward slashes; empty or with a slash at its end for a folder.
    Output(String),
    /// A source, relative to the root.
    Source(String),
}

/// Where the site is that is asked about. All paths are real ones.
pub struct Scene<'a> {
    /// Where the caller stands.
    pub folder: &'a Path,
    pub root: &'a Path,
    pub output: &'a Path,
    pub config: &'a Config,
    /// The path of the settings, as sources name it.
    pub settings: &'a str,
}

/// What `word` is meant to be.
pub fn named(word: &str, scene: &Scene) -> Named {
    let path = real(&scene.folder.join(word));
    let below = |folder: &Path| Some(path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/"));
    if let Some(inside) = below(scene.output) {
        return Named::Output(inside);
    }
    let is_source = |path: &String| path == scene.settings || FOLDERS.iter().any(|folder| path.split('/').next() == Some(folder));
    match below(scene.root).filter(is_source) {
        Some(source) => Named::Source(source),
        None => Named::Output(address(word, scene.config)),
    }
}

/// The path below the output of an address: a whole one, one with the path of `base_url`, or one from the root of the site.
fn address(word: &str, config: &Config) -> String {
    let plain = word.split(['#', '?']).next().unwrap_or_default();
    let base = config.base_url.as_ref();
    let inside = base.and_then(|base| {
        let path = plain.strip_prefix(&*base.origin).unwrap_or(plain);
        path.strip_prefix(&*base.path).or_else(|| (path.len() < plain.len()).then_some(path))
    });
    inside.unwrap_or(plain).trim_start_matches("./").trim_start_matches('/').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named_on_a_site(word: &str, folder: &str) -> Named {
        let config = crate::config::read(&"site.toml".into(), "base_url = \"https://example.org/sub/\"\n", &[]).0;
        let [folder, root, output] = [folder, "/srv/none/site", "/srv/none/site/public"].map(Path::new);
        named(word, &Scene { folder, root, output, config: &config, settings: "site.toml" })
    }

    #[test]
    fn paths_are_read_from_where_the_caller_stands() {
        let output = |path: &str| Named::Output(path.into());
        let source = |path: &str| Named::Source(path.into());
        assert_eq!(named_on_a_site("public/feed.xml", "/srv/none/site"), output("feed.xml"));
        assert_eq!(named_on_a_site("x/index.html", "/srv/none/site/public/topics"), output("topics/x/index.html"));
        assert_eq!(named_on_a_site("/srv/none/site/public/_headers", "/"), output("_headers"));
        assert_eq!(named_on_a_site("content/x.md", "/srv/none/site"), source("content/x.md"));
        assert_eq!(named_on_a_site("x.md", "/srv/none/site/content"), source("content/x.md"));
        assert_eq!(named_on_a_site("site.toml", "/srv/none/site"), source("site.toml"));
    }

    #[test]
    fn what_is_no_path_of_the_site_is_an_address() {
        for word in ["/topics/x/", "topics/x/", "/sub/topics/x/", "https://example.org/sub/topics/x/", "/topics/x/#part"] {
            assert_eq!(named_on_a_site(word, "/srv/none/site"), Named::Output("topics/x/".into()), "{word}");
        }
    }
}
