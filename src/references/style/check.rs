//! Files of styles: reading, and what keeps one from being used.
//!
//! It must not know what a style prints.

use std::collections::BTreeMap;

use citationberg::{IndependentStyle, LayoutRenderingElement, Names, NamesChild, SortKey, TextTarget};

use super::{StyleError, StyleFile};

/// So many bytes a file has at most: the largest of the repository have 300,000.
const LONGEST: usize = 2_000_000;
/// So deep elements stand within each other at most, macros among them.
const DEEPEST: usize = 60;
/// So many elements a layout comes to at most, with its macros written out; the largest of the archive come to some ten thousand.
const MOST: usize = 1_000_000;

/// The style of a file.
///
/// # Errors
/// One that is no style, that is too large, or whose macros call themselves.
pub fn read(file: &StyleFile) -> Result<citationberg::Style, StyleError> {
    let wrong = |message: String, at: usize| StyleError { message, hints: Vec::new(), place: Some((file.path.clone(), at)) };
    if file.text.len() > LONGEST {
        return Err(wrong(format!("the style is larger than {} MB", LONGEST / 1_000_000), 0));
    }
    if let Err((at, message)) = well_formed(&file.text) {
        return Err(wrong(message, at));
    }
    let style = citationberg::Style::from_xml(&file.text).map_err(|error| {
        let path = error.path.as_ref().map(|path| path.to_string()).unwrap_or_default();
        let at = error.path.as_ref().and_then(|path| place(&file.text, &path.to_string())).unwrap_or(0);
        let source = error.source.to_string();
        wrong(
            if path.len() > 1 {
                format!("the style cannot be read at `{path}`: {source}")
            } else {
                format!("the style cannot be read: {source}")
            },
            at,
        )
    })?;
    if let citationberg::Style::Independent(style) = &style {
        ends(style).map_err(|(message, name)| {
            let at = file.text.find(&format!("name=\"{name}\"")).unwrap_or(0);
            wrong(message, at)
        })?;
    }
    Ok(style)
}

/// The parent of a dependent style is nowhere.
pub fn no_parent(file: &StyleFile, parent: &str) -> StyleError {
    let at = file.text.find("independent-parent").unwrap_or(0);
    StyleError {
        message: format!("the style only refers to its parent `{parent}`, which is not in the archive"),
        hints: vec![format!("put `{parent}.csl` into the folder `styles/` too: https://www.zotero.org/styles/{parent}")],
        place: Some((file.path.clone(), at)),
    }
}

/// Whether the text is XML, else the byte where it is not and what is wrong; nesting is limited before anything recursive reads it.
fn well_formed(text: &str) -> Result<(), (usize, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut depth, mut elements) = (0, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => (depth, elements) = (depth + 1, elements + 1),
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) if elements == 0 => return Err((0, "the style is no XML".into())),
            Ok(Event::Eof) if depth > 0 => return Err((text.len(), "the style ends before its elements do".into())),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err((reader.error_position() as usize, format!("the style is damaged: {error}"))),
        }
        if depth > DEEPEST {
            return Err((
                reader.buffer_position() as usize,
                format!("elements of the style stand more than {DEEPEST} deep within each other"),
            ));
        }
    }
}

/// Where the last element of a path such as `citation.layout.group` begins, as far as it can be found by names.
fn place(text: &str, path: &str) -> Option<usize> {
    let mut at = None;
    for name in
        path.split(['.', '[']).filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-') && !name.is_empty())
    {
        let from = at.map_or(0, |at: usize| at + 1);
        match text[from..].find(&format!("<{name}")) {
            Some(found) => at = Some(from + found),
            None => break,
        }
    }
    at
}

/// Sizes of macros that are known; `None` while one is being looked at.
type Sizes<'a> = BTreeMap<&'a str, Option<(usize, usize)>>;

/// That macros do not call themselves, and come to an end in time; else what is wrong and the name of the macro.
fn ends(style: &IndependentStyle) -> Result<(), (String, String)> {
    let mut sizes = Sizes::new();
    let layouts = [Some(&style.citation.layout), style.bibliography.as_ref().map(|list| &list.layout)];
    for layout in layouts.into_iter().flatten() {
        let (size, depth) = all(&layout.elements, style, &mut sizes)?;
        if size > MOST || depth > DEEPEST {
            return Err(("the macros of the style call each other so often that it would never come to an end".into(), String::new()));
        }
    }
    let sorts = [style.citation.sort.as_ref(), style.bibliography.as_ref().and_then(|list| list.sort.as_ref())];
    for key in sorts.into_iter().flatten().flat_map(|sort| &sort.keys) {
        if let SortKey::MacroName { name, .. } = key {
            named(name, style, &mut sizes)?;
        }
    }
    Ok(())
}

fn all<'a>(
    elements: &'a [LayoutRenderingElement],
    style: &'a IndependentStyle,
    sizes: &mut Sizes<'a>,
) -> Result<(usize, usize), (String, String)> {
    let mut total = (0, 0);
    for element in elements {
        let (size, depth) = one(element, style, sizes)?;
        total = (total.0 + size, total.1.max(depth));
    }
    Ok(total)
}

fn one<'a>(
    element: &'a LayoutRenderingElement,
    style: &'a IndependentStyle,
    sizes: &mut Sizes<'a>,
) -> Result<(usize, usize), (String, String)> {
    let (size, depth) = match element {
        LayoutRenderingElement::Text(text) => match &text.target {
            TextTarget::Macro { name } => named(name, style, sizes)?,
            _ => (0, 0),
        },
        LayoutRenderingElement::Group(group) => all(&group.children, style, sizes)?,
        LayoutRenderingElement::Choose(choose) => {
            let branches = choose.branches().map(|branch| &branch.children);
            let mut total = (0, 0);
            for children in branches.chain(choose.otherwise.as_ref().map(|branch| &branch.children)) {
                let (size, depth) = all(children, style, sizes)?;
                total = (total.0 + size, total.1.max(depth));
            }
            total
        }
        LayoutRenderingElement::Names(names) => substitutes(names, style, sizes)?,
        _ => (0, 0),
    };
    Ok((size.saturating_add(1), depth + 1))
}

fn substitutes<'a>(names: &'a Names, style: &'a IndependentStyle, sizes: &mut Sizes<'a>) -> Result<(usize, usize), (String, String)> {
    let substitute = names.children.iter().find_map(|child| match child {
        NamesChild::Substitute(substitute) => Some(substitute),
        _ => None,
    });
    substitute.map_or(Ok((0, 0)), |substitute| all(&substitute.children, style, sizes))
}

fn named<'a>(name: &'a str, style: &'a IndependentStyle, sizes: &mut Sizes<'a>) -> Result<(usize, usize), (String, String)> {
    match sizes.get(name) {
        Some(Some(size)) => return Ok(*size),
        Some(None) => return Err((format!("the macro `{name}` of the style calls itself"), name.into())),
        None => {}
    }
    sizes.insert(name, None);
    let size = match style.macros.iter().find(|own| own.name == name) {
        Some(own) => all(&own.children, style, sizes)?,
        None => (0, 0),
    };
    if size.0 > MOST || size.1 > DEEPEST {
        return Err((format!("the macro `{name}` of the style calls others so often that it would never come to an end"), name.into()));
    }
    sizes.insert(name, Some(size));
    Ok(size)
}
