//! The long texts of a body, which only the files of its page need.
//!
//! Owns `Texts` and `BodyInput`. A build that finds most files current asks for few of them, so those of a body that another process has rendered are
//! made on first use. It must not know where that body was kept.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::{Blocks, Body, Fragment, Input, render};
use crate::config::Markdown;
use crate::page::front::Front;
use crate::sources::Text;
use crate::theme::Shortcodes;

/// There at once, or made when somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    made: OnceLock<Box<Made>>,
    later: Option<BodyInput>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    pub html: Fragment,
    pub key_points: Vec<Fragment>,
    pub recommendations: Vec<Fragment>,
    pub prose: Blocks,
}

/// All that a body depends on, to be kept until it is wanted.
#[derive(Clone)]
pub struct BodyInput {
    pub path: Arc<str>,
    /// The whole text of the file.
    pub text: Text,
    pub front: Arc<Front>,
    pub lang: Box<str>,
    pub reading: Arc<BodySettings>,
}

/// How the Markdown of a whole site is read.
pub struct BodySettings {
    pub settings: Markdown,
    pub shortcodes: Shortcodes,
    /// The site's own address, if it has one.
    pub own: Option<Arc<str>>,
}

impl BodyInput {
    /// The body, rendered now.
    pub fn render(&self) -> Body {
        let BodyInput { path, text, front, lang, reading } = self;
        let page = if front.shortcodes.is_empty() { tera::Value::none() } else { front.value() };
        render(&Input {
            path,
            text: text.get(),
            start: front.body_start,
            title: front.title.as_deref(),
            key_points: &front.key_points,
            recommendations: &front.recommendations,
            lang,
            settings: &reading.settings,
            own: reading.own.as_deref(),
            shortcodes: &reading.shortcodes,
            page: &page,
        })
    }
}

impl fmt::Debug for BodyInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Later").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Texts {
    pub(super) fn made(made: Made) -> Texts {
        Texts { made: OnceLock::from(Box::new(made)), later: None }
    }

    fn get(&self) -> &Made {
        self.made.get_or_init(|| {
            let made = self.later.as_ref().and_then(|later| later.render().texts.made.into_inner());
            made.unwrap_or_default()
        })
    }
}

impl Body {
    pub fn html(&self) -> &Fragment {
        &self.texts.get().html
    }

    pub fn key_points(&self) -> &[Fragment] {
        &self.texts.get().key_points
    }

    pub fn recommendations(&self) -> &[Fragment] {
        &self.texts.get().recommendations
    }

    /// The text of each leaf block (paragraph, cell, item), without code blocks, for those who look for names and words in it.
    pub fn prose(&self) -> &Blocks {
        &self.texts.get().prose
    }

    /// Whether the body can outlive the process: one with diagnostics cannot, because only the program has their codes.
    pub fn is_kept(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The body as bytes, without its texts; nothing if it is not kept.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.is_kept().then(|| postcard::to_allocvec(self).ok()).flatten()
    }

    /// The body that was made of an equal input, by its bytes; nothing if they are no body.
    pub fn recall(bytes: &[u8], later: BodyInput) -> Option<Body> {
        let body: Body = postcard::from_bytes(bytes).ok()?;
        Some(Body { texts: Texts { made: OnceLock::new(), later: Some(later) }, ..body })
    }
}

/// Texts are compared by their prints, so that nobody renders them to compare.
impl PartialEq for Body {
    fn eq(&self, other: &Body) -> bool {
        let small = |body: &Body| (body.print, body.prose_print, body.relations, body.words, body.has_html);
        small(self) == small(other)
            && self.title == other.title
            && self.summary == other.summary
            && self.headings == other.headings
            && self.anchors == other.anchors
            && self.links == other.links
            && self.external == other.external
            && self.loads == other.loads
            && self.escaped == other.escaped
            && self.meant == other.meant
            && self.abbreviations == other.abbreviations
            && self.diagnostics == other.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::Fingerprint;

    fn later(text: &str) -> BodyInput {
        let path: Arc<str> = Arc::from("content/x.md");
        let front = Arc::new(crate::page::front::read(&path, text));
        let reading = BodySettings { settings: crate::config::Config::default().markdown, shortcodes: Shortcodes::default(), own: None };
        BodyInput { path, text: Text::read(text, Fingerprint::default()), front, lang: "en".into(), reading: Arc::new(reading) }
    }

    const TEXT: &str = "---\nkey_points: [One of *them*]\n---\n\n# Title\n\nSee [it](it.md#part) and https://example.org/.\n\n## Part\n";

    #[test]
    fn a_recalled_body_is_the_one_that_was_rendered() {
        let rendered = later(TEXT).render();
        let recalled = Body::recall(&rendered.to_bytes().expect("a body without problems"), later(TEXT)).expect("a body");
        assert_eq!(recalled, rendered);
        assert_eq!((recalled.html(), recalled.key_points()), (rendered.html(), rendered.key_points()));
        assert_eq!((recalled.recommendations(), recalled.prose()), (rendered.recommendations(), rendered.prose()));
        assert_eq!(recalled.headings[0].text, "Part".into());
        assert!(recalled.html().html.contains("See ") && recalled.key_points().len() == 1);
    }

    #[test]
    fn a_body_with_problems_is_not_kept() {
        let body = later("{{< nothing >}}").render();
        assert_eq!((body.diagnostics.len(), body.to_bytes()), (1, None));
    }

    #[test]
    fn bytes_that_are_no_body_recall_nothing() {
        let bytes = later(TEXT).render().to_bytes().expect("a body without problems");
        assert_eq!(Body::recall(&bytes[..bytes.len() - 1], later(TEXT)), None);
        assert_eq!(Body::recall(&[0xff; 40], later(TEXT)), None);
    }
}
