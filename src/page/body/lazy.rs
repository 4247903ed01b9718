//! The long texts of a body, which only the files of its page need.
//!
//! Owns `LazyBody`. A build that finds most files current asks for few of them, so those of a body that another process has rendered are
//! made on first use. It must not know where that body was kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::packed::Packed;
use super::{Blocks, Body, BodyInput, Fragment, SourceEntry};

/// The texts of a body: there at once, or rendered when somebody asks.
#[derive(Debug, Default)]
pub struct LazyBody {
    held: Mutex<Held>,
    input: Option<Box<BodyInput>>,
}

/// What is there of the texts. Each of them is needed for a while, and can be let go of then.
#[derive(Debug, Clone, Default)]
struct Held {
    texts: Option<Arc<BodyTexts>>,
    prose: Option<Arc<Packed>>,
}

/// The long texts of a body as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyTexts {
    pub html: Fragment,
    /// Lines of the front matter.
    pub key_points: Box<[Fragment]>,
    pub recommendations: Box<[Fragment]>,
    /// The list of what is cited.
    pub sources: Box<[SourceEntry]>,
}

impl LazyBody {
    pub(super) fn new(texts: BodyTexts, prose: &Blocks, input: BodyInput) -> LazyBody {
        let prose = Some(Arc::new(Packed::new(prose, &texts.html.html)));
        LazyBody { held: Mutex::new(Held { texts: Some(Arc::new(texts)), prose }), input: Some(Box::new(input)) }
    }

    /// What `find` finds of what is there, if need be after it was rendered. Nobody waits for that who asks for something else.
    fn get<T>(&self, find: impl Fn(&Held) -> Option<T>) -> Option<T> {
        let found = find(&self.lock());
        found.or_else(|| {
            let rendered = self.input.as_ref()?.render().texts.held.into_inner().unwrap_or_else(PoisonError::into_inner);
            let mut held = self.lock();
            *held = rendered;
            find(&held)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Body {
    /// The HTML of the text, and of the lines of the front matter.
    pub fn texts(&self) -> Arc<BodyTexts> {
        self.texts.get(|held| held.texts.clone()).unwrap_or_default()
    }

    /// The text of each leaf block (paragraph, cell, item), without code blocks, for those who look for names and words in it.
    pub fn prose(&self) -> Blocks {
        let found = self.texts.get(|held| held.texts.clone().zip(held.prose.clone()));
        found.map(|(texts, prose)| prose.unpack(&texts.html.html)).unwrap_or_default()
    }

    /// Lets go of the prose, which is made again if somebody asks once more.
    pub fn release_prose(&self) {
        if self.texts.input.is_some() {
            self.texts.lock().prose = None;
        }
    }

    /// Lets go of the HTML, which is made again if somebody asks once more.
    pub fn release_texts(&self) {
        if self.texts.input.is_some() {
            self.texts.lock().texts = None;
        }
    }

    /// Whether the body can outlive the process: one with diagnostics cannot, because only the program has their codes.
    pub fn is_kept(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The body as bytes, without its texts; `None` if it is not kept.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        self.is_kept().then(|| postcard::to_allocvec(self).ok()).flatten()
    }

    /// The body that was made of an equal input, by its bytes; `None` if they are no body.
    pub fn recall(bytes: &[u8], input: BodyInput) -> Option<Body> {
        let body: Body = postcard::from_bytes(bytes).ok()?;
        Some(Body { texts: LazyBody { input: Some(Box::new(input)), ..LazyBody::default() }, ..body })
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
            && self.cites == other.cites
            && self.claims == other.claims
            && self.external == other.external
            && self.loads == other.loads
            && self.escaped == other.escaped
            && self.meant == other.meant
            && self.diagnostics == other.diagnostics
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::fingerprint::Fingerprint;
    use crate::page::body::BodySettings;
    use crate::sources::Text;
    use crate::theme::Shortcodes;

    fn input(text: &str) -> BodyInput {
        let path: Arc<str> = Arc::from("content/x.md");
        let front = Arc::new(crate::page::front::read(&path, text));
        let settings = BodySettings::new(crate::config::Config::default().markdown, None, Shortcodes::default(), None);
        let print = Fingerprint::of_bytes(text.as_bytes());
        BodyInput { path, text: Text::held(text, print), front, lang: "en".into(), register: Arc::default(), settings: Arc::new(settings) }
    }

    const TEXT: &str = "---\nkey_points: [One of *them*]\n---\n\n# Title\n\nSee [it](it.md#part) and https://example.org/.\n\n## Part\n";

    #[test]
    fn a_recalled_body_is_the_one_that_was_rendered() {
        let rendered = input(TEXT).render();
        let recalled = Body::recall(&rendered.to_bytes().expect("a body without problems"), input(TEXT)).expect("a body");
        assert_eq!(recalled, rendered);
        assert_eq!(recalled.texts(), rendered.texts());
        assert_eq!(recalled.prose(), rendered.prose());
        assert_eq!(recalled.headings[0].text, "Part".into());
        assert!(recalled.texts().html.html.contains("See ") && recalled.texts().key_points.len() == 1);
    }

    #[test]
    fn what_was_let_go_of_is_made_again() {
        let body = input(TEXT).render();
        let (texts, prose) = (body.texts(), body.prose());
        body.release_texts();
        assert_eq!((body.prose(), body.texts()), (prose.clone(), texts.clone()));
        body.release_prose();
        body.release_texts();
        assert_eq!((body.texts(), body.prose()), (texts, prose));
    }

    #[test]
    fn a_body_with_problems_is_not_kept() {
        let body = input("{{< nothing >}}").render();
        assert_eq!((body.diagnostics.len(), body.to_bytes()), (1, None));
    }

    #[test]
    fn bytes_that_are_no_body_recall_nothing() {
        let bytes = input(TEXT).render().to_bytes().expect("a body without problems");
        assert_eq!(Body::recall(&bytes[..bytes.len() - 1], input(TEXT)), None);
        assert_eq!(Body::recall(&[0xff; 40], input(TEXT)), None);
    }
}
