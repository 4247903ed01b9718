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
    /// A path below the output folder, with forward slashes; empty or with a slash at its end for a folder. An address may be read in two ways:
    /// the likelier is the first.
    Output(Vec<String>),
    /// A source, relative to the root.
    Source(String),
}

/// Where the site is that is asked about. All paths are real ones.
pub struct SitePaths<'a> {
    /// Where the caller stands.
    pub folder: &'a Path,
    /// The folder of the site.
    pub root: &'a Path,
    /// The output folder.
    pub output: &'a Path,
    /// For the address of the site.
    pub config: &'a Config,
    /// The path of the settings, as sources name it.
    pub settings: &'a str,
}

/// What `word` is meant to be.
pub fn named(word: &str, paths: &SitePaths) -> Named {
    let path = real(&paths.folder.join(word));
    let below = |folder: &Path| Some(path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/"));
    if let Some(inside) = below(paths.output) {
        return Named::Output(vec![inside]);
    }
    let is_source = |path: &String| path == paths.settings || FOLDERS.iter().any(|folder| path.split('/').next() == Some(folder));
    match below(paths.root).filter(is_source) {
        Some(source) => Named::Source(source),
        None => Named::Output(addresses(word, paths.config)),
    }
}

/// The paths below the output that an address may be: a whole one, one with the path of `base_url`, or one from the root of the site, as `list` prints it.
fn addresses(word: &str, config: &Config) -> Vec<String> {
    let plain = word.split(['#', '?']).next().unwrap_or_default();
    let base = config.base_url.as_ref();
    let path = base.and_then(|base| plain.strip_prefix(&*base.origin));
    let below_base = base.and_then(|base| path.unwrap_or(plain).strip_prefix(&*base.path));
    let readings = match (below_base, path) {
        // A whole address can be read in one way only.
        (Some(inside), Some(_)) => vec![inside],
        (Some(inside), None) => vec![inside, plain],
        (None, _) => vec![path.unwrap_or(plain)],
    };
    let mut readings: Vec<String> =
        readings.into_iter().map(|path| path.trim_start_matches("./").trim_start_matches('/').to_string()).collect();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named_on_a_site(word: &str, folder: &str) -> Named {
        let config = crate::config::read(&"site.toml".into(), "base_url = \"https://example.org/sub/\"\n", &[]).0;
        let [folder, root, output] = [folder, "/srv/none/site", "/srv/none/site/public"].map(Path::new);
        named(word, &SitePaths { folder, root, output, config: &config, settings: "site.toml" })
    }

    #[test]
    fn paths_are_read_from_where_the_caller_stands() {
        let output = |path: &str| Named::Output(vec![path.into()]);
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
        for word in ["/topics/x/", "topics/x/", "https://example.org/sub/topics/x/", "/topics/x/#part"] {
            assert_eq!(named_on_a_site(word, "/srv/none/site"), Named::Output(vec!["topics/x/".into()]), "{word}");
        }
        // A section may be called as the path of the site is.
        assert_eq!(named_on_a_site("/sub/x/", "/srv/none/site"), Named::Output(vec!["x/".into(), "sub/x/".into()]));
    }
}
