//! The arguments of a shortcode's call, against what its component declares.
//!
//! An argument without a name is the one that the component's metadata names (`{"positional": ["src"]}`), or else the only one that it needs: the order
//! in which a component declares its arguments cannot be known. It must not know what a shortcode makes.

use std::ops::Range;

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Context, Value};

use super::call::{Argument, Call};
use crate::diagnostic::{Diagnostic, nearest};
use crate::page::body::prepass::comments;
use crate::page::body::renderer::Renderer;

impl Renderer<'_> {
    /// The values of the arguments, if they are what the component wants.
    pub fn context(&mut self, component: &ComponentInfo, arguments: &[Argument], call: &Call) -> Option<Context> {
        let mut context = Context::new();
        let mut fits = true;
        let mut positional = positional(component).into_iter();
        for argument in arguments {
            let Some(name) = argument.name.map(str::to_string).or_else(|| positional.next()) else {
                let message = format!("`{}` must be given by name: `name=\"{}\"`", argument.value, argument.value);
                fits &= self.bad_argument(component, message, &argument.range, None);
                continue;
            };
            let spoken = spoken(argument);
            let argument = spoken.as_ref().unwrap_or(argument);
            let cited = self.with_cite_marks(&argument.value, &argument.range).map(|value| Argument {
                name: argument.name,
                value: value.into(),
                is_quoted: argument.is_quoted,
                range: argument.range.clone(),
            });
            let argument = cited.as_ref().unwrap_or(argument);
            let known = component.args().iter().find(|known| known.name() == name);
            let value = match known {
                None if component.rest_param().is_none() => {
                    let message = format!("the shortcode `{}` has no argument `{name}`", component.name());
                    fits &= self.bad_argument(component, message, &argument.range, Some(&name));
                    continue;
                }
                _ if context.contains_key(&name) => {
                    fits &= self.bad_argument(component, format!("the argument `{name}` is given twice"), &argument.range, None);
                    continue;
                }
                None => guess(argument),
                Some(known) => match typed(argument, known) {
                    Some(value) => value,
                    None => {
                        let wanted = known.arg_type().map_or("string", |wanted| wanted.as_str());
                        let message = format!("the argument `{name}` is no {wanted}: `{}`", argument.value);
                        fits &= self.bad_argument(component, message, &argument.range, None);
                        continue;
                    }
                },
            };
            context.insert_value(name, value);
        }
        let missing: Vec<String> = component
            .args()
            .iter()
            .filter(|arg| arg.is_required() && !context.contains_key(arg.name()))
            .map(|arg| format!("`{}`", arg.name()))
            .collect();
        if fits && !missing.is_empty() {
            let message = format!("the shortcode `{}` needs {}", component.name(), missing.join(", "));
            fits = self.bad_argument(component, message, &call.range, None);
        }
        fits.then_some(context)
    }

    /// Tells of an argument that does not fit; false, for its caller's sake.
    fn bad_argument(&mut self, component: &ComponentInfo, message: String, range: &Range<usize>, unknown: Option<&str>) -> bool {
        let problem = Diagnostic::error("bad-shortcode-argument", message);
        let names = component.args().iter().filter(|arg| !arg.is_implicit()).map(ComponentArg::name);
        let problem = match unknown {
            Some(name) => near(problem, name, names, "arguments"),
            None => problem,
        };
        self.problem(problem, range.clone());
        false
    }
}

/// The names of arguments that may be given without their name, in order.
fn positional(component: &ComponentInfo) -> Vec<String> {
    if let Some(names) = component.metadata().get("positional").and_then(Value::as_array) {
        return names.iter().filter_map(|name| name.as_str().map(str::to_string)).collect();
    }
    let own: Vec<&ComponentArg> = component.args().iter().filter(|arg| !arg.is_implicit()).collect();
    let needed: Vec<&ComponentArg> = own.iter().copied().filter(|arg| arg.is_required()).collect();
    match (&needed[..], &own[..]) {
        ([only], _) | ([], [only]) => vec![only.name().to_string()],
        _ => Vec::new(),
    }
}

/// An argument without the comments of HTML in its text, if it has any; those of Markdown left before it was read.
fn spoken<'t>(argument: &Argument<'t>) -> Option<Argument<'t>> {
    if !argument.is_quoted || !argument.value.contains("<!--") {
        return None;
    }
    let value = comments::plain(&argument.value).into_owned().into();
    Some(Argument { name: argument.name, value, is_quoted: true, range: argument.range.clone() })
}

/// The value of an argument by the type that is declared; `None` if it is of another.
fn typed(argument: &Argument, declared: &ComponentArg) -> Option<Value> {
    let text = &*argument.value;
    match declared.arg_type() {
        None => Some(guess(argument)),
        Some(ComponentArgType::String) => Some(Value::from(text)),
        Some(ComponentArgType::Bool) => text.parse::<bool>().ok().map(Value::from),
        Some(ComponentArgType::Integer) => text.parse::<i64>().ok().map(Value::from),
        Some(ComponentArgType::Float) => number(text).map(Value::from),
        Some(ComponentArgType::Number) => text.parse::<i64>().ok().map(Value::from).or_else(|| number(text).map(Value::from)),
        Some(_) => None,
    }
}

/// The value of an argument of no declared type: what is in quotation marks is text.
fn guess(argument: &Argument) -> Value {
    let text = &*argument.value;
    if argument.is_quoted {
        return Value::from(text);
    }
    let integer = || text.parse::<i64>().ok().map(Value::from);
    let value = text.parse::<bool>().ok().map(Value::from).or_else(integer).or_else(|| number(text).map(Value::from));
    value.unwrap_or_else(|| Value::from(text))
}

/// A decimal number; `inf` and `nan` are words.
fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite() && !text.starts_with(|letter: char| letter.is_alphabetic()))
}

/// The problem with the nearest of the names that would do, or all of them.
pub fn near<'n>(problem: Diagnostic, name: &str, names: impl Iterator<Item = &'n str> + Clone, what: &str) -> Diagnostic {
    match nearest(name, names.clone()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => {
            let names: Vec<&str> = names.collect();
            if names.is_empty() { problem } else { problem.hint(format!("{what} here: `{}`", names.join("`, `"))) }
        }
    }
}
