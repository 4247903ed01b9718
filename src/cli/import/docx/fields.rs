//! Fields: what Word computes, with the text that it last showed.
//!
//! It must not know what stands around them.

use super::left_out::Left;
use super::model::Target;

/// What says something of the file or its author, or is made anew by the site: the text of these never passes.
const METADATA: [&str; 15] = [
    "AUTHOR",
    "LASTSAVEDBY",
    "USERNAME",
    "USERINITIALS",
    "USERADDRESS",
    "FILENAME",
    "DOCPROPERTY",
    "DOCVARIABLE",
    "COMMENTS",
    "KEYWORDS",
    "INFO",
    "TEMPLATE",
    "PAGE",
    "NUMPAGES",
    "MACROBUTTON",
];

/// What a field does to its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// It is shown.
    Shown,
    /// It is shown, and leads there.
    Link(Target),
    /// It is left out.
    Out,
}

/// What a field with this code does, and what is counted for it.
pub fn effect(code: &str) -> (Effect, Option<Left>) {
    let words = words(code);
    let kind = words.first().map_or(String::new(), |word| word.to_uppercase());
    let after = |switch: &str| words.iter().position(|word| word.eq_ignore_ascii_case(switch)).and_then(|at| words.get(at + 1));
    let has = |switch: &str| words.iter().any(|word| word.eq_ignore_ascii_case(switch));
    match &*kind {
        "TOC" | "INDEX" | "TOA" | "RD" | "XE" | "TC" | "TA" => (Effect::Out, Some(Left::Contents)),
        "HYPERLINK" => {
            let address = words.get(1).filter(|word| !word.starts_with('\\')).cloned().unwrap_or_default();
            match (address.is_empty(), after("\\l")) {
                (true, Some(name)) => (Effect::Link(Target::Name(name.clone())), None),
                (false, Some(name)) => (Effect::Link(Target::Address(format!("{address}#{name}"))), None),
                (false, None) => (Effect::Link(Target::Address(address)), None),
                (true, None) => (Effect::Shown, None),
            }
        }
        "REF" | "PAGEREF" | "NOTEREF" if has("\\h") && words.len() > 1 => (Effect::Link(Target::Name(words[1].clone())), None),
        // The numbers of tables and figures.
        "SEQ" | "REF" | "PAGEREF" | "NOTEREF" | "QUOTE" | "SYMBOL" | "STYLEREF" => (Effect::Shown, None),
        "ADDIN" | "CITATION" | "BIBLIOGRAPHY" => (Effect::Shown, Some(Left::Citations)),
        _ if METADATA.contains(&&*kind) => (Effect::Out, Some(Left::Metadata)),
        _ => (Effect::Shown, Some(Left::Fields)),
    }
}

/// The words of a code; what stands in quotes is one.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_string());
        rest = after.trim_start();
    }
    words
}

/// The fields that are open where the document is read, the outermost first. They may go over paragraphs.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

#[derive(Debug)]
struct Field {
    code: String,
    /// Known from where its text begins.
    effect: Option<Effect>,
}

impl Fields {
    /// A mark between the pieces of a field; what is to be counted.
    pub fn mark(&mut self, kind: Option<&str>) -> Option<Left> {
        match kind {
            Some("begin") => {
                self.0.push(Field { code: String::new(), effect: None });
                None
            }
            Some("separate") => {
                let field = self.0.last_mut()?;
                let (effect, left) = effect(&field.code);
                field.effect = Some(effect);
                left
            }
            Some("end") => {
                self.0.pop();
                None
            }
            _ => None,
        }
    }

    /// More of the code of the innermost field.
    pub fn push_code(&mut self, code: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| field.effect.is_none()) {
            field.code.push_str(code);
        }
    }

    /// Whether text that stands here is shown.
    pub fn is_shown(&self) -> bool {
        self.0.iter().all(|field| !matches!(field.effect, None | Some(Effect::Out)))
    }

    /// Where text that stands here leads.
    pub fn link(&self) -> Option<&Target> {
        self.0.iter().rev().find_map(|field| match &field.effect {
            Some(Effect::Link(target)) => Some(target),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_becomes_of_the_text() {
        let link = |target| (Effect::Link(target), None);
        for (code, wanted) in [
            (" HYPERLINK \"https://example.org/\" \\o \"x\" ", link(Target::Address("https://example.org/".into()))),
            (" HYPERLINK \\l \"_Ref1\" ", link(Target::Name("_Ref1".into()))),
            (" REF _Ref1 \\h ", link(Target::Name("_Ref1".into()))),
            (" SEQ Table \\* ARABIC ", (Effect::Shown, None)),
            (" author ", (Effect::Out, Some(Left::Metadata))),
            (" ADDIN ZOTERO_ITEM {} ", (Effect::Shown, Some(Left::Citations))),
        ] {
            assert_eq!(effect(code), wanted, "{code}");
        }
    }
}
