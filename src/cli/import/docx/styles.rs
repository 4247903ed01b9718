//! What the styles of a document are for, and what they hide.
//!
//! It must not know paragraphs. A style of a house is made on one that Word knows, and the names of those are English in every Word.

use std::collections::BTreeMap;

use super::xml::Node;

/// Styles are made on styles; nobody goes that far.
const LONGEST_CHAIN: usize = 20;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Title,
    Subtitle,
    Date,
    Author,
    Heading(u8),
    Quote,
    Caption,
    Code,
    /// A line of a table of contents, or of an index.
    Contents,
}

/// What runs of words look like, as far as it means something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub above: bool,
    pub below: bool,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Node>,
    default: Option<String>,
    /// As the document says its language: `de-DE`.
    pub language: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn new(root: &Node) -> Styles {
        let id = |style: &Node| style.attribute("w:styleId").unwrap_or_default().to_string();
        let is_default =
            |style: &&Node| style.attribute("w:type") == Some("paragraph") && matches!(style.attribute("w:default"), Some("1" | "true"));
        let default = root.all("w:style").find(is_default).map(id);
        let language = root.at(&["w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang"]).and_then(Node::val).map(str::to_string);
        Styles { default, by_id: root.all("w:style").map(|style| (id(style), style.clone())).collect(), language }
    }

    /// A style and those that it is made on, the nearest first.
    pub fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Node> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.by_id.get(id));
        std::iter::successors(first, |style| self.by_id.get(style.child("w:basedOn")?.val()?)).take(LONGEST_CHAIN)
    }

    /// What a paragraph of this style is; `None` of a plain one.
    pub fn role(&self, id: Option<&str>) -> Option<Role> {
        // A document without its styles still names them.
        let bare = id.filter(|id| !self.by_id.contains_key(*id)).and_then(role_of_name);
        bare.or_else(|| {
            self.chain(id).find_map(|style| {
                let outline = style.at(&["w:pPr", "w:outlineLvl"]).and_then(Node::val).and_then(|level| level.parse::<u8>().ok());
                role_of_name(&name(style)).or_else(|| outline.filter(|level| *level < 9).map(|level| Role::Heading(level + 1)))
            })
        })
    }

    /// The number behind the names of Word's lists, `List Bullet 2`: how deep its items stand, from 0.
    pub fn depth(&self, id: Option<&str>) -> usize {
        let of = |style: &Node| {
            let name = name(style);
            let rest = name.strip_prefix("list bullet ").or_else(|| name.strip_prefix("list number "))?;
            rest.parse::<usize>().ok().map(|depth| depth.saturating_sub(1).min(8))
        };
        self.chain(id).find_map(of).unwrap_or(0)
    }

    /// Whether words are hidden, by what stands at them, by their style, or by that of their paragraph.
    pub fn is_hidden(&self, run: Option<&Node>, paragraph: Option<&str>) -> bool {
        let said = |properties: &Node| ["w:vanish", "w:webHidden", "w:specVanish"].iter().find_map(|name| properties.switch(name));
        let style = run.and_then(|run| run.child("w:rStyle")).and_then(Node::val);
        let by_style = |id: Option<&str>| self.chain(id).find_map(|style| said(style.child("w:rPr")?));
        run.and_then(said).or_else(|| style.and_then(|style| by_style(Some(style)))).or_else(|| by_style(paragraph)).unwrap_or(false)
    }

    /// What words look like, by what stands at them and by their style. What the style of their paragraph says is no emphasis.
    pub fn marks(&self, run: Option<&Node>) -> Marks {
        let Some(run) = run else { return Marks::default() };
        let style = run.child("w:rStyle").and_then(Node::val);
        let on = |names: &[&str]| {
            let said = |properties: &Node| names.iter().find_map(|name| properties.switch(name));
            let by_style = || style.and_then(|id| self.chain(Some(id)).find_map(|style| said(style.child("w:rPr")?)));
            said(run).or_else(by_style).unwrap_or(false)
        };
        let place = run.child("w:vertAlign").and_then(Node::val);
        Marks {
            bold: on(&["w:b"]),
            italic: on(&["w:i"]),
            strike: on(&["w:strike", "w:dstrike"]),
            above: place == Some("superscript"),
            below: place == Some("subscript"),
        }
    }
}

fn name(style: &Node) -> String {
    style.child("w:name").and_then(Node::val).unwrap_or_default().to_lowercase()
}

fn role_of_name(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    let number =
        |begin: &str| name.strip_prefix(begin).and_then(|rest| rest.trim().parse::<u8>().ok()).filter(|level| (1..=9).contains(level));
    Some(match &*name {
        "title" => Role::Title,
        "subtitle" => Role::Subtitle,
        "date" => Role::Date,
        "author" | "byline" => Role::Author,
        "quote" | "intense quote" | "quotations" | "block text" | "block quotation" | "intensequote" => Role::Quote,
        "caption" => Role::Caption,
        "html preformatted" | "preformatted text" | "source code" | "macro text" => Role::Code,
        "toc heading" | "table of figures" | "table of authorities" | "contents heading" => Role::Contents,
        _ if number("toc").or(number("contents ")).or(number("index ")).is_some() => Role::Contents,
        _ => Role::Heading(number("heading")?),
    })
}
