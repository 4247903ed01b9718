//! What must not be published, of the pages that are hidden now: by what they would be given away, and which files were theirs.
//!
//! It must not know what is done about it.

use crate::config::BaseUrl;
use crate::gate::Hidden;
use crate::page::origin::Role;
use crate::publish::audit::Trace;

/// The pages that are hidden, as an output would show them.
pub struct Secrets {
    pub traces: Vec<Trace>,
    /// The files of pages.
    files: Vec<String>,
    /// The folders of pages, with a slash at their end: other files in them belong to the page.
    folders: Vec<String>,
}

/// A shorter number could be any word.
const SHORTEST_ID: usize = 6;

impl Secrets {
    pub fn of(hidden: &[Hidden], base: &BaseUrl) -> Secrets {
        let mut secrets = Secrets { traces: Vec::new(), files: Vec::new(), folders: Vec::new() };
        for page in hidden {
            let inside = page.route.trim_start_matches('/');
            if !inside.is_empty() {
                secrets.traces.push(Trace::Address(format!("{}{inside}", base.path)));
            }
            secrets.traces.push(Trace::Word(page.path.to_string()));
            let is_number = |id: &&String| id.len() >= SHORTEST_ID && id.bytes().any(|byte| byte.is_ascii_digit());
            secrets.traces.extend(page.id.as_ref().filter(is_number).map(|id| Trace::Word(id.clone())));
            if inside.is_empty() || inside.ends_with('/') {
                secrets.files.push(format!("{inside}index.html"));
                secrets.folders.extend((page.role == Role::Page && !inside.is_empty()).then(|| inside.to_string()));
            } else {
                secrets.files.push(inside.to_string());
            }
        }
        secrets.traces.sort();
        secrets.traces.dedup();
        secrets.files.sort_unstable();
        secrets.folders.sort_unstable();
        secrets
    }

    /// Whether a file that the site had belonged to one of the pages.
    pub fn is_hidden(&self, path: &str) -> bool {
        let plain = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path);
        let is_page = |path: &str| self.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok();
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let is_beside =
            !plain.ends_with(".html") && folders.any(|folder| self.folders.binary_search_by(|own| own.as_str().cmp(folder)).is_ok());
        is_page(plain) || is_beside
    }
}
