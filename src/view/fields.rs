//! Maps of which no more is made than a template can show.
//!
//! It must not know what templates show; that is read off their texts.

use super::{Model, Scope};
use crate::theme::{Names, Shown};

/// A map that is being made.
pub struct Fields<'a> {
    wanted: Names,
    fields: Vec<(&'static str, Model<'a>)>,
}

impl<'a> Fields<'a> {
    /// The map that is the part.
    pub fn for_part(scope: &Scope<'a>) -> Fields<'a> {
        Fields::wanted(if let Shown::Fields(names) = scope.shown { names } else { Names::ALL })
    }

    /// A map in the list that is the part.
    pub fn for_item(scope: &Scope<'a>) -> Fields<'a> {
        Fields::wanted(if let Shown::Items(names) = scope.shown { names } else { Names::ALL })
    }

    fn wanted(wanted: Names) -> Fields<'a> {
        Fields { wanted, fields: Vec::with_capacity(8) }
    }

    /// The same with a field, if it is wanted.
    #[inline(always)]
    pub fn with(mut self, name: &'static str, make: impl FnOnce() -> Model<'a>) -> Fields<'a> {
        if self.wanted.may_have(name) {
            self.fields.push((name, make()));
        }
        self
    }

    /// The map as far as it is wanted.
    pub fn map(self) -> Model<'a> {
        Model::Map(self.fields)
    }
}
