//! Which files differ from those that were shown before, and why.
//!
//! It must not know who is told.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::shown::Shown;
use crate::emit::why::{self, Pieces, Reason};
use crate::emit::{self, Output};
use crate::fingerprint::Fingerprint;
use crate::pipeline::reasons::Reasons;
use crate::view::View;

/// Why files are shown in another way than before.
pub fn reasons(before: &Shown, now: &Shown) -> Reasons {
    let (old, new) = (before.view(), now.view());
    let texts = [before.site().theme.texts(), now.site().theme.texts()];
    let changed = |output: &Output| {
        let why = match before.find(&output.path) {
            None => Reason::New,
            Some(was) => why(old, was, new, output, &texts)?,
        };
        Some((output.path.clone(), why))
    };
    let gone = before.outputs().iter().filter(|output| now.find(&output.path).is_none());
    Reasons {
        written: now.outputs().par_iter().filter_map(changed).collect(),
        removed: gone.map(|output| (output.path.clone(), Reason::Gone)).collect(),
        same: 0,
    }
}

type Texts<'a> = BTreeMap<&'a str, Fingerprint>;

/// Why a file differs; `None` when it does not.
fn why<'a>(old: &'a View, was: &'a Output, new: &'a View, is: &'a Output, [before, now]: &[Texts; 2]) -> Option<Reason> {
    if emit::key(old, was) == emit::key(new, is) {
        return None;
    }
    let (_, prints) = emit::key_and_prints(old, was);
    let (_, new_prints) = emit::key_and_prints(new, is);
    let (recipe, new_recipe) = (why::recipe(old, was), why::recipe(new, is));
    let was = Pieces { recipe: &recipe, prints: &prints };
    let is = Pieces { recipe: &new_recipe, prints: &new_prints };
    Some(Reason::new(&was, &is, |name| new.site.theme.changed(name, |name| before.get(name) != now.get(name))))
}
