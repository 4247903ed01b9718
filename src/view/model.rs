//! Models: what a part says, read in two ways, as a fingerprint and as a value, so that the two cannot drift apart.
//!
//! Owns `Model`. It must not know what is modelled. To make one costs little: what is put into words for templates, such as an address or a date, is
//! so only when a template gets it.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use tera::Value;

use super::voice::{Common, Place};
use crate::fingerprint::{Fingerprint, Flat};
use crate::page::date::PartialDate;
use crate::page::front::print_value;
use crate::site::Site;
use crate::theme::Strings;
use crate::url::encode;

/// A tree of plain data, borrowed from the site wherever possible.
pub enum Model<'a> {
    None,
    Bool(bool),
    Number(i64),
    Text(Cow<'a, str>),
    /// Text that is HTML already.
    Html(Cow<'a, str>),
    /// A day, a month or a year: `2026-02-03`, `2026-02`, `2026`.
    Date(PartialDate),
    /// The address on the host of a route, which is plain text.
    Address(&'a Site, Cow<'a, str>),
    /// The address of a place on a page: of its route and its name, which are plain text.
    Anchor(&'a Site, &'a str, &'a str),
    /// The whole address of a route, if the site knows where it lives; with `OrHref`, else the address on the host.
    Absolute(&'a Site, &'a str, Absolute),
    List(Vec<Model<'a>>),
    Map(Vec<(&'static str, Model<'a>)>),
    /// A map with names that the program does not know, such as those of files.
    Names(Vec<(Cow<'a, str>, Model<'a>)>),
    /// A value of an author's, with its print.
    Value(&'a (Fingerprint, Value)),
    /// A value of an author's that is small: its print is taken when it is wanted.
    Data(&'a Value),
    /// What the theme says in a language.
    Strings(&'a Strings),
    /// A value that many documents show.
    Common(Place<'a>, Common),
    /// A value whose print is known without making it, which takes long.
    Later(Box<Later<'a>>),
}

/// What stands for the whole address of a route on a site that does not know where it lives.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absolute {
    OrNone,
    OrHref,
}

/// A print, and what makes the value.
pub type Later<'a> = (Fingerprint, Box<dyn Fn() -> Value + 'a>);

impl<'a> Model<'a> {
    pub fn later(print: Fingerprint, make: impl Fn() -> Value + 'a) -> Model<'a> {
        Model::Later(Box::new((print, Box::new(make))))
    }

    pub fn text(text: impl Into<Cow<'a, str>>) -> Model<'a> {
        Model::Text(text.into())
    }

    pub fn some(text: Option<impl Into<Cow<'a, str>>>) -> Model<'a> {
        text.map_or(Model::None, |text| Model::Text(text.into()))
    }

    pub fn maybe(model: Option<Model<'a>>) -> Model<'a> {
        model.unwrap_or(Model::None)
    }

    pub fn date(date: Option<impl Into<PartialDate>>) -> Model<'a> {
        date.map_or(Model::None, |date| Model::Date(date.into()))
    }

    pub fn address(site: &'a Site, route: impl Into<Cow<'a, str>>) -> Model<'a> {
        Model::Address(site, route.into())
    }

    pub fn list(items: impl Iterator<Item = Model<'a>>) -> Model<'a> {
        Model::List(items.collect())
    }

    /// The fingerprint of all that the model says.
    pub fn print(&self) -> Fingerprint {
        self.print_by(&mut Flat::default())
    }

    /// The same by what another one was taken by.
    pub fn print_by(&self, flat: &mut Flat) -> Fingerprint {
        match self {
            Model::Value(value) => value.0,
            Model::Strings(strings) => strings.print,
            Model::Later(later) => later.0,
            Model::Common(place, common) => place.print(*common),
            _ => {
                flat.clear();
                self.print_into(flat);
                flat.print()
            }
        }
    }

    /// Adds what the model says to a fingerprint; each node says first what it is and how long, so that no two trees look alike.
    pub fn print_into(&self, printer: &mut Flat) {
        match self {
            Model::None => printer.write_u8(0),
            Model::Bool(value) => printer.write(&[1, u8::from(*value)]),
            Model::Number(value) => (2u8, value).hash(printer),
            Model::Text(text) => (3u8, text).hash(printer),
            Model::Html(text) => (4u8, text).hash(printer),
            Model::List(items) => {
                (5u8, items.len()).hash(printer);
                items.iter().for_each(|item| item.print_into(printer));
            }
            Model::Map(fields) => {
                (6u8, fields.len()).hash(printer);
                for (name, field) in fields {
                    name.hash(printer);
                    field.print_into(printer);
                }
            }
            Model::Names(fields) => {
                (6u8, fields.len()).hash(printer);
                for (name, field) in fields {
                    name.hash(printer);
                    field.print_into(printer);
                }
            }
            Model::Value(value) => (7u8, value.0).hash(printer),
            Model::Strings(strings) => (7u8, strings.print).hash(printer),
            Model::Data(value) => print_value(value, printer),
            Model::Later(later) => (8u8, later.0).hash(printer),
            Model::Common(place, common) => (8u8, place.print(*common)).hash(printer),
            Model::Date(date) => (9u8, date).hash(printer),
            Model::Address(site, route) => (10u8, site.base_path(), route).hash(printer),
            Model::Anchor(site, route, name) => (11u8, site.base_path(), route, name).hash(printer),
            Model::Absolute(site, route, or) => {
                let origin = site.config.base_url.as_ref().map(|base| &base.origin);
                (12u8, origin, site.base_path(), route, or).hash(printer);
            }
        }
    }

    /// What templates see.
    pub fn value(&self) -> Value {
        match self {
            Model::None => Value::none(),
            Model::Bool(value) => Value::from(*value),
            Model::Number(value) => Value::from(*value),
            Model::Text(text) => Value::normal_string(text),
            Model::Html(text) => Value::safe_string(text),
            Model::Date(date) => Value::from(date.to_string()),
            Model::Address(site, route) => Value::from(site.href(route)),
            Model::Anchor(site, route, name) => Value::from([&*site.href(route), "#", &encode(name)].concat()),
            Model::Absolute(site, route, or) => match site.absolute(route) {
                Some(address) => Value::from(address),
                None if *or == Absolute::OrHref => Value::from(site.href(route)),
                None => Value::none(),
            },
            Model::List(items) => Value::from(items.iter().map(Model::value).collect::<Vec<Value>>()),
            Model::Value(value) => value.1.clone(),
            Model::Data(value) => (*value).clone(),
            Model::Strings(strings) => strings.value.clone(),
            Model::Common(place, common) => place.value(*common),
            Model::Later(later) => (later.1)(),
            // Of a map that is given to it Tera makes another one; of what is serialised it makes one only.
            Model::Map(_) | Model::Names(_) => Value::from_serializable(self),
        }
    }
}

/// For Tera alone, which takes a value that it meets as it is.
impl Serialize for Model<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Model::None => to.serialize_none(),
            Model::Bool(value) => to.serialize_bool(*value),
            Model::Number(value) => to.serialize_i64(*value),
            Model::Text(text) => to.serialize_str(text),
            Model::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Model::Map(fields) => {
                let mut map = to.serialize_struct("", fields.len())?;
                fields.iter().try_for_each(|(name, field)| map.serialize_field(name, field))?;
                map.end()
            }
            Model::Names(fields) => {
                let mut map = to.serialize_map(Some(fields.len()))?;
                fields.iter().try_for_each(|(name, field)| map.serialize_entry(name, field))?;
                map.end()
            }
            _ => self.value().serialize(to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_that_differ_only_in_their_nesting_have_different_prints() {
        let one = Model::List(vec![Model::List(vec![Model::text("a")]), Model::text("b")]);
        let other = Model::List(vec![Model::List(vec![Model::text("a"), Model::text("b")])]);
        assert_ne!(one.print(), other.print());
    }
}
