//! Models: what a part says, read in two ways, as a fingerprint and as a value, so that the two cannot drift apart.
//!
//! Owns `Model`. It must not know what is modelled.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use tera::{Map, Value};

use crate::fingerprint::{Fingerprint, Printer, Short, quick};
use crate::page::front::print_value;

/// A tree of plain data, borrowed from the site wherever possible.
pub enum Model<'a> {
    None,
    Bool(bool),
    Number(i64),
    Text(Cow<'a, str>),
    /// Text that is HTML already.
    Html(Cow<'a, str>),
    List(Vec<Model<'a>>),
    Map(Vec<(&'static str, Model<'a>)>),
    /// A map with names that the program does not know, such as those of files.
    Names(Vec<(Cow<'a, str>, Model<'a>)>),
    /// A value of an author's, with its print.
    Value(Fingerprint, &'a Value),
    /// A value of an author's that is small: its print is taken when it is wanted.
    Data(&'a Value),
    /// A value whose print is known without making it: it is shared by many, or large.
    Later(Fingerprint, Box<dyn Fn() -> Value + 'a>),
}

impl<'a> Model<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Model<'a> {
        Model::Text(text.into())
    }

    pub fn some(text: Option<impl Into<Cow<'a, str>>>) -> Model<'a> {
        text.map_or(Model::None, |text| Model::Text(text.into()))
    }

    pub fn list(items: impl Iterator<Item = Model<'a>>) -> Model<'a> {
        Model::List(items.collect())
    }

    /// The fingerprint of all that the model says.
    pub fn print(&self) -> Fingerprint {
        let mut printer = Printer::default();
        self.print_into(&mut printer);
        printer.print()
    }

    /// A print for people, which costs little.
    pub fn short_print(&self) -> Short {
        let mut printer = quick();
        self.print_into(&mut printer);
        (printer.finish() as u32).to_le_bytes()
    }

    /// Adds what the model says to a fingerprint; each node says first what it is and how long, so that no two trees look alike.
    pub fn print_into(&self, printer: &mut impl Hasher) {
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
            Model::Value(print, _) => (7u8, print).hash(printer),
            Model::Data(value) => print_value(value, printer),
            Model::Later(print, _) => (8u8, print).hash(printer),
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
            Model::List(items) => Value::from(items.iter().map(Model::value).collect::<Vec<Value>>()),
            Model::Map(fields) => {
                let mut map = Map::with_capacity(fields.len());
                map.extend(fields.iter().map(|(name, field)| ((*name).into(), field.value())));
                Value::from(map)
            }
            Model::Names(fields) => {
                let mut map = Map::with_capacity(fields.len());
                map.extend(fields.iter().map(|(name, field)| (name.to_string().into(), field.value())));
                Value::from(map)
            }
            Model::Value(_, value) | Model::Data(value) => (*value).clone(),
            Model::Later(_, make) => make(),
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
