//! Names: how many of them are shown, and how much of each.
//!
//! It must not know how they are printed.

use citationberg::taxonomy::NameVariable;
use citationberg::{InheritableNameOptions, Name, NameForm, Names, NamesChild};
use serde_json::{Map, Value, json};

use super::facts::Known;
use super::{Asked, Given, Position};

/// What is inherited by names, and how many have been set.
pub struct Counted {
    pub inherited: InheritableNameOptions,
    pub names: usize,
}

/// Names with what is asked of them written into their options.
pub fn set(names: &Names, there: &[NameVariable], known: &Known, asked: &Asked, counted: &mut Counted) -> Names {
    let mut set = names.clone();
    set.variable = there.to_vec();
    let is_first = counted.names == 0;
    counted.names += 1;
    let inherited = counted.inherited.apply(&names.options());
    let own = names.name().cloned().unwrap_or_default();
    let options = own.options(&inherited);
    let is_later = asked.position > Position::First;
    let all = there.iter().filter_map(|variable| known.names(*variable)).map(|names| (names.names.len(), names.others)).max();
    let (count, has_others) = all.unwrap_or_default();
    let length = count + usize::from(has_others);
    // How many are shown as the style wants it, which tells later citations apart from the first.
    let (least, first) = match is_later {
        true => (options.et_al_subsequent_min.or(options.et_al_min), options.et_al_subsequent_use_first.or(options.et_al_use_first)),
        false => (options.et_al_min, options.et_al_use_first),
    };
    let is_cut = least.is_some_and(|least| length >= least as usize);
    let mut shown = if is_cut { first.map_or(length, |first| first as usize).min(length) } else { length };
    let mut use_last = options.et_al_use_last && is_cut && !has_others;
    if is_first && asked.naming.shown > 0 {
        (shown, use_last) = (shown.max(asked.naming.shown as usize).min(length), false);
    }
    if has_others {
        shown = shown.min(count);
    }
    let between = counted.inherited.names_delimiter.clone().filter(|_| there.len() > 1);
    if let Some(between) = between {
        set = with_delimiter(set, &between);
    }
    let mut edits = Map::new();
    let cut = |edits: &mut Map<String, Value>, least: usize, first: usize| {
        edits.insert("@et-al-min".into(), json!(least));
        edits.insert("@et-al-use-first".into(), json!(first));
        edits.insert("@et-al-subsequent-min".into(), json!(least));
        edits.insert("@et-al-subsequent-use-first".into(), json!(first));
        edits.insert("@et-al-use-last".into(), json!(use_last));
    };
    let is_count = options.form == NameForm::Count;
    match shown < length && !is_count {
        // Two is more than any register has, and then none is cut.
        false => cut(&mut edits, 1_000_000, 1_000_000),
        true => cut(&mut edits, 1, shown),
    }
    if is_count {
        return set;
    }
    if is_first && asked.naming.given != Given::AsStyle {
        edits.insert("@form".into(), json!("long"));
        if asked.naming.given == Given::Full {
            edits.insert("@initialize".into(), json!(false));
        }
    }
    replace(&mut set, edited(own, edits));
    set
}

/// A name element with other options: the crate lets nobody change them but by reading them.
fn edited(name: Name, edits: Map<String, Value>) -> Name {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(&name) else { return name };
    fields.extend(edits);
    serde_json::from_value(Value::Object(fields)).unwrap_or(name)
}

/// Names of several roles with what parts them, unless they say it: the engine forgets what they inherit.
fn with_delimiter(names: Names, between: &str) -> Names {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(&names) else { return names };
    fields.entry("@delimiter").or_insert_with(|| json!(between));
    serde_json::from_value(Value::Object(fields)).unwrap_or(names)
}

fn replace(names: &mut Names, name: Name) {
    let own = names.children.iter_mut().find_map(|child| match child {
        NamesChild::Name(own) => Some(own),
        _ => None,
    });
    match own {
        Some(own) => *own = name,
        None => names.children.push(NamesChild::Name(name)),
    }
    names.children.retain(|child| !matches!(child, NamesChild::Substitute(_)));
}
