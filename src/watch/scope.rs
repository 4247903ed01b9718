//! Which paths matter: what a site is made of, its settings, and what links among them lead to.
//!
//! It must not know how changes are noticed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};

use crate::sources::{FOLDERS, Link, forward, is_seen};

/// Vim writes and removes a file of this name before it saves, to see whether it may.
const VIMS_TRIAL: &str = "4913";

/// What is watched of a site.
pub struct Scope {
    /// Absolute and real, as are all others.
    pub root: PathBuf,
    /// The settings file by its own name and, if that is a link, by that of the file itself.
    settings: [PathBuf; 2],
    /// What lies in it never matters.
    pub output: Option<PathBuf>,
    /// What links among the sources lead to.
    targets: Vec<PathBuf>,
}

/// How far a folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What is right in it.
    One,
    /// All that is in it.
    All,
}

impl Scope {
    /// A site without output and links, with the settings file that is `asked` for or that of the root.
    pub fn new(root: PathBuf, asked: Option<&Path>) -> Scope {
        let settings = asked.map_or_else(|| root.join("site.toml"), Path::to_path_buf);
        let real = settings.canonicalize().unwrap_or_else(|_| settings.clone());
        Scope { root, settings: [settings, real], output: None, targets: Vec::new() }
    }

    /// The settings file.
    pub fn settings(&self) -> &Path {
        &self.settings[0]
    }

    /// Takes up what links lead to, and returns whether something new is among it.
    pub fn follow(&mut self, links: &[Link]) -> bool {
        let real = self.settings[0].canonicalize().unwrap_or_else(|_| self.settings[0].clone());
        // What is outside the site is no source, and a link to the whole site an error.
        let inside = |target: &&PathBuf| target.starts_with(&self.root) && **target != self.root;
        let mut targets: Vec<PathBuf> = links.iter().map(|link| &link.target).filter(inside).cloned().collect();
        targets.sort_unstable();
        targets.dedup();
        let is_new = real != self.settings[1] || targets.iter().any(|target| self.targets.binary_search(target).is_err());
        self.settings[1] = real;
        self.targets = targets;
        is_new
    }

    /// The paths of an event that matter.
    pub fn paths<'e>(&self, event: &'e notify::Event) -> impl Iterator<Item = &'e PathBuf> {
        let kind = event.kind;
        event.paths.iter().filter(move |path| tells_of_change(kind, path) && self.holds(path))
    }

    /// True for a path of the site, its settings, or what links lead to.
    pub fn holds(&self, path: &Path) -> bool {
        if self.output.as_ref().is_some_and(|output| path.starts_with(output)) {
            return false;
        }
        if path == self.root || self.settings.iter().any(|settings| settings == path) {
            return true;
        }
        let Ok(inside) = path.strip_prefix(&self.root) else { return false };
        // A name that is no text is an error of the site, so it matters too.
        let is_source =
            inside.to_str().map_or_else(|| FOLDERS.iter().any(|folder| inside.starts_with(folder)), |inside| is_seen(&forward(inside)));
        let is_ours = || inside.iter().any(|name| name.to_string_lossy().starts_with(".chancery"));
        is_source || self.is_on_the_way(path) || self.targets.iter().any(|target| path.starts_with(target)) && !is_ours()
    }

    /// True for a folder, there or not, in which the settings or the target of a link should be.
    pub fn is_on_the_way(&self, path: &Path) -> bool {
        path != self.root && self.settings.iter().chain(&self.targets).any(|target| target != path && target.starts_with(path))
    }

    /// True for what lies in a folder that is watched with all that is in it.
    pub fn is_deep(&self, path: &Path) -> bool {
        let folders = FOLDERS.iter().any(|folder| path.strip_prefix(&self.root).is_ok_and(|inside| inside.starts_with(folder)));
        folders || self.targets.iter().any(|target| path.starts_with(target))
    }

    /// What must be watched: the root, for folders that are not there yet, the folders that are, the settings' own, and those of targets.
    pub fn places(&self) -> BTreeMap<PathBuf, Depth> {
        let is_folder = |path: &PathBuf| path.is_dir() && !path.is_symlink();
        let folders = FOLDERS.iter().map(|folder| self.root.join(folder)).chain(self.targets.iter().cloned());
        let deep: Vec<PathBuf> = folders.filter(is_folder).collect();
        // To watch a folder once more for itself alone would end the watch on what is in it.
        let is_free = |path: &PathBuf| path.is_dir() && !deep.iter().any(|folder| path.starts_with(folder));
        let inside = |path: &&Path| path.starts_with(&self.root);
        let ways = self.settings.iter().chain(&self.targets).flat_map(|path| path.ancestors().skip(1).take_while(inside));
        let of_settings = self.settings.iter().filter_map(|path| path.parent());
        let flat: Vec<PathBuf> = ways.chain(of_settings).chain([&*self.root]).map(Path::to_path_buf).filter(is_free).collect();
        flat.into_iter().map(|path| (path, Depth::One)).chain(deep.iter().cloned().map(|path| (path, Depth::All))).collect()
    }
}

/// True for events that can mean other content: files that are read are none, but the end of writing is.
fn tells_of_change(kind: EventKind, path: &Path) -> bool {
    let is_trial = || path.file_name().is_some_and(|name| name == VIMS_TRIAL);
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => !is_trial(),
        EventKind::Access(_) => false,
        EventKind::Create(notify::event::CreateKind::File) | EventKind::Remove(notify::event::RemoveKind::File) => !is_trial(),
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => !is_trial(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, RemoveKind};

    use super::*;

    fn scope() -> Scope {
        let mut scope = Scope::new("/site".into(), None);
        scope.output = Some("/site/shared/www".into());
        let link = |target: &str| Link { place: "/site/content/link".into(), target: target.into() };
        assert!(scope.follow(&[link("/site/shared"), link("/elsewhere"), link("/site")]));
        assert!(!scope.follow(&[link("/site/shared")]));
        scope
    }

    fn wakes(kind: EventKind, path: &str) -> bool {
        scope().paths(&notify::Event::new(kind).add_path(path.into())).next().is_some()
    }

    #[test]
    fn sources_settings_and_targets_of_links_matter() {
        let edit = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for path in [
            "content/x.md",
            "content",
            "static/a/b",
            "templates/x.html",
            "themes/t/theme.toml",
            "site.toml",
            "shared",
            "shared/x.md",
            "content/caf\u{e9}",
        ] {
            assert!(wakes(edit, &format!("/site/{path}")), "{path}");
        }
    }

    #[test]
    fn the_own_output_and_what_editors_leave_about_do_not_wake() {
        let edit = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for path in [
            "public/index.html",
            "shared/www/index.html",
            "shared/.chancery-staging-1/2",
            ".chancery/x",
            ".git/index",
            "target/x",
            "node_modules/x/y.js",
            "content/.x.md.swp",
            "content/x.md~",
            "content/.#x.md",
            "content/#x.md#",
            "content/x.md___jb_tmp___",
            "content/4913",
            "notes.md",
        ] {
            assert!(!wakes(edit, &format!("/site/{path}")), "{path}");
        }
        assert!(!wakes(edit, "/elsewhere/x.md"));
    }

    #[test]
    fn reading_is_no_change_and_the_end_of_writing_is() {
        let close = |mode| EventKind::Access(AccessKind::Close(mode));
        assert!(!wakes(close(AccessMode::Read), "/site/content/x.md"));
        assert!(!wakes(EventKind::Access(AccessKind::Open(AccessMode::Any)), "/site/content/x.md"));
        assert!(wakes(close(AccessMode::Write), "/site/content/x.md"));
    }

    #[test]
    fn a_folder_may_have_the_name_of_vims_trial() {
        assert!(!wakes(EventKind::Create(CreateKind::File), "/site/content/4913"));
        assert!(wakes(EventKind::Create(CreateKind::Folder), "/site/content/4913"));
        assert!(wakes(EventKind::Remove(RemoveKind::Folder), "/site/content/4913"));
        assert!(wakes(EventKind::Create(CreateKind::File), "/site/content/4913/x.md"));
    }

    #[test]
    fn a_folder_is_watched_once_and_as_deep_as_anybody_needs() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap();
        for folder in ["content/sub", "shared/inner", "conf"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        let mut scope = Scope::new(root.clone(), Some(&root.join("conf/site.toml")));
        let link = |target: &str| Link { place: root.join("content/link"), target: root.join(target) };
        scope.follow(&[link("content/sub/x.md"), link("shared/inner"), link("content/sub")]);
        let places: Vec<(PathBuf, Depth)> = scope.places().into_iter().collect();
        let expected = [
            ("", Depth::One),
            ("conf", Depth::One),
            ("content", Depth::All),
            ("content/sub", Depth::All),
            ("shared", Depth::One),
            ("shared/inner", Depth::All),
        ];
        let path = |inside: &str| if inside.is_empty() { root.clone() } else { root.join(inside) };
        assert_eq!(places, expected.map(|(inside, depth)| (path(inside), depth)));
    }
}
