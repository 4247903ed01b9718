//! Why files were made: what went into each the last time, as the last build noted it, held against what goes in now.
//!
//! Owns the note, a few bytes a file beside the manifest. It is read and written only when a file was made: with nothing changed it costs nothing. It
//! must not know how a reason is told. A note that is damaged, or of another build of the program, counts as none.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize, Serializer};

use crate::emit::why::{self, Pieces, Reason, Recipe};
use crate::emit::{self, Output, Prepared};
use crate::fingerprint::{Fingerprint, PROGRAM, Short, quick, seal, unseal};
use crate::output::{Before, Folder};
use crate::theme::Theme;
use crate::view::View;

/// One file that was made: rendered, whether or not it differs from what stood there.
pub struct RenderedFile<'a> {
    output: &'a Output,
    before: Before,
    id: u64,
    prints: Vec<Short>,
    /// Whether its bytes differ from those that stood there.
    pub differs: bool,
}

impl<'a> RenderedFile<'a> {
    /// The key of a file, and what is known of it before it is made; nothing, if it is current.
    pub fn new(prepared: &Prepared<'a>, folder: &Folder) -> (Fingerprint, Option<RenderedFile<'a>>) {
        // Of most files the key alone is wanted, or it is known that all is.
        let output = prepared.output;
        if folder.may_have(&output.path) {
            let key = prepared.key();
            if folder.is_current(&output.path, key) {
                return (key, None);
            }
        }
        let (key, prints) = prepared.key_and_prints();
        (key, Some(RenderedFile { output, before: folder.before(&output.path, key), id: id(&output.path, key), prints, differs: true }))
    }
}

/// What a build does to the output, and why.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// Files that are written, in the order of paths.
    pub written: Vec<(Box<str>, Reason)>,
    /// Files that are removed, in the order of paths.
    pub removed: Vec<(Box<str>, Reason)>,
    /// How many files were made again and came out as they were.
    pub same: usize,
}

/// What one build notes for the next.
#[derive(Default, Serialize, Deserialize)]
pub struct Note<'a> {
    program: &'a str,
    /// Templates by name, with the print of their own text.
    #[serde(borrow)]
    templates: BTreeMap<&'a str, Short>,
    #[serde(borrow)]
    recipes: BTreeMap<u32, Recipe<'a>>,
    reasons: BTreeMap<u32, Reason>,
    /// In the order of their ids.
    #[serde(borrow)]
    files: Vec<Noted<'a>>,
}

/// What is noted of one file.
#[derive(Clone, Serialize, Deserialize)]
struct Noted<'a> {
    /// Of its path and key: what is noted belongs to no other version of the file.
    id: u64,
    recipe: u32,
    reason: u32,
    /// Four bytes a print.
    #[serde(serialize_with = "whole")]
    prints: &'a [u8],
}

/// Bytes that are written in one piece, not one by one.
fn whole<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}

/// Why each of these files was made, and each stale one will be removed. Leaves the next build a note, unless nothing was made.
pub fn settle<'a>(view: &'a View, folder: &Folder, mut made: Vec<RenderedFile<'a>>) -> Reasons {
    let why = if folder.is_emptied() { Reason::Forced } else { Reason::Gone };
    let removed: Vec<(Box<str>, Reason)> = folder.stale().into_iter().map(|path| (path, why.clone())).collect();
    if made.is_empty() {
        return Reasons { removed, ..Reasons::default() };
    }
    made.sort_unstable_by(|one, other| one.output.path.cmp(&other.output.path));
    let bytes = folder.note();
    let last = bytes.as_deref().map(Note::open).unwrap_or_default();
    let now = Now::new(view, &made);
    let reasons: Vec<Reason> = made.iter().map(|made| last.why(&now, made)).collect();
    folder.leave(last.next(&now, folder, &made, &reasons).to_bytes());
    let same = made.iter().filter(|made| !made.differs).count();
    let all = made.iter().zip(reasons);
    let written = all.filter(|(made, _)| made.differs).map(|(made, why)| (made.output.path.clone(), why)).collect();
    Reasons { written, removed, same }
}

/// What is the same for many files of this build.
struct Now<'a> {
    theme: &'a Theme,
    templates: BTreeMap<&'a str, Short>,
    /// By maker.
    recipes: BTreeMap<&'a str, (u32, Recipe<'a>)>,
}

impl<'a> Now<'a> {
    fn new(view: &'a View, made: &[RenderedFile<'a>]) -> Now<'a> {
        let theme = &*view.site.theme;
        let templates = theme.texts().into_iter().map(|(name, print)| (name, print.short())).collect();
        let mut recipes = BTreeMap::new();
        for made in made {
            recipes.entry(made.output.maker()).or_insert_with(|| {
                let recipe = why::recipe(view, made.output);
                (number(&recipe), recipe)
            });
        }
        Now { theme, templates, recipes }
    }
}

impl<'a> Note<'a> {
    /// The note that these bytes are; an empty one, if they are none.
    pub fn open(bytes: &'a [u8]) -> Note<'a> {
        unseal(bytes).and_then(|inside| postcard::from_bytes(inside).ok()).unwrap_or_default()
    }

    fn to_bytes(&self) -> Vec<u8> {
        seal(postcard::to_allocvec(self).unwrap_or_default())
    }

    /// Why the file at `path` was made the last time, under the key that it has in the manifest.
    pub fn reason(&self, path: &str, key: Fingerprint) -> Option<&Reason> {
        self.reasons.get(&self.find(id(path, key))?.reason)
    }

    /// Why a file would be made now that stands in the output under `key`.
    pub fn why_now(&self, view: &'a View, output: &'a Output, key: Fingerprint) -> Reason {
        let (_, prints) = emit::key_and_prints(view, output);
        let made = Box::new(RenderedFile { output, before: Before::Other(key), id: 0, prints, differs: true });
        let now = Now::new(view, std::slice::from_ref(&made));
        self.why(&now, &made)
    }

    fn find(&self, id: u64) -> Option<&Noted<'a>> {
        self.files.binary_search_by_key(&id, |noted| noted.id).ok().map(|at| &self.files[at])
    }

    fn why(&self, now: &Now, made: &RenderedFile) -> Reason {
        let other = match made.before {
            Before::Nothing => return Reason::New,
            Before::Deleted => return Reason::Deleted,
            Before::Edited => return Reason::Edited,
            Before::Anything => return Reason::Forced,
            Before::Other(key) => key,
        };
        if !self.program.is_empty() && self.program != PROGRAM {
            return Reason::Program;
        }
        let known = self.find(id(&made.output.path, other));
        let Some((known, recipe)) = known.and_then(|known| Some((known, self.recipes.get(&known.recipe)?))) else { return Reason::Unknown };
        let Some((_, recipe_now)) = now.recipes.get(made.output.maker()) else { return Reason::Unknown };
        let [was, is] = [Pieces { recipe, prints: known.prints.as_chunks().0 }, Pieces { recipe: recipe_now, prints: &made.prints }];
        Reason::new(&was, &is, |name| now.theme.changed(name, |name| self.templates.get(name) != now.templates.get(name)))
    }

    /// The note of this build: new for the files that were made, and as it was for those that were kept.
    fn next<'n>(&'n self, now: &'n Now, folder: &Folder, made: &'n [RenderedFile], reasons: &[Reason]) -> Note<'n> {
        let mut next = Note { program: PROGRAM, templates: now.templates.clone(), ..Note::default() };
        // What another build of the program noted is of no use.
        let is_ours = self.program == PROGRAM;
        for noted in folder.current().filter_map(|(path, key)| self.find(id(path, key)).filter(|_| is_ours)) {
            if let (Some(recipe), Some(reason)) = (self.recipes.get(&noted.recipe), self.reasons.get(&noted.reason)) {
                next.recipes.entry(noted.recipe).or_insert_with(|| recipe.clone());
                next.reasons.entry(noted.reason).or_insert_with(|| reason.clone());
                next.files.push(noted.clone());
            }
        }
        next.recipes.extend(now.recipes.values().cloned());
        for (made, why) in made.iter().zip(reasons) {
            let Some((recipe, _)) = now.recipes.get(made.output.maker()) else { continue };
            let reason = number(why);
            next.reasons.entry(reason).or_insert_with(|| why.clone());
            next.files.push(Noted { id: made.id, recipe: *recipe, reason, prints: made.prints.as_flattened() });
        }
        next.files.sort_unstable_by_key(|noted| noted.id);
        next
    }
}

fn id(path: &str, key: Fingerprint) -> u64 {
    let mut hasher = quick();
    (path, key).hash(&mut hasher);
    hasher.finish()
}

/// What stands for a recipe or a reason in a note.
fn number(value: &impl Hash) -> u32 {
    let mut hasher = quick();
    value.hash(&mut hasher);
    hasher.finish() as u32
}
