//! The long texts of a body, which only the files of its page need.
//!
//! Owns `LazyBody`. A build that finds most files current asks for few of them, so those of a body that another process has rendered are
//! made on first use. It must not know where that body was kept.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Blocks, Body, BodyInput, Fragment};

/// The texts of a body: there at once, or rendered when somebody asks.
#[derive(Debug, Default)]
pub struct LazyBody {
    texts: OnceLock<Box<BodyTexts>>,
    /// It is looked through once a build, and can be let go of then.
    prose: Mutex<Option<Arc<Blocks>>>,
    input: Option<Box<BodyInput>>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct BodyTexts {
    pub html: Fragment,
    pub key_points: Box<[Fragment]>,
    pub recommendations: Box<[Fragment]>,
}

impl LazyBody {
    pub(super) fn new(texts: BodyTexts, prose: Blocks, input: BodyInput) -> LazyBody {
        let (texts, prose) = (OnceLock::from(Box::new(texts)), Mutex::new(Some(Arc::new(prose))));
        LazyBody { texts, prose, input: Some(Box::new(input)) }
    }

    fn get(&self) -> &BodyTexts {
        self.texts.get_or_init(|| {
            let (texts, prose) = self.render();
            self.put(Some(prose));
            texts
        })
    }

    fn prose(&self) -> Arc<Blocks> {
        let known = self.prose.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.unwrap_or_else(|| {
            // Nobody waits for the lock meanwhile.
            let (texts, prose) = self.render();
            let _ = self.texts.set(texts);
            self.put(Some(prose.clone()));
            prose
        })
    }

    fn put(&self, prose: Option<Arc<Blocks>>) {
        *self.prose.lock().unwrap_or_else(PoisonError::into_inner) = prose;
    }

    fn render(&self) -> (Box<BodyTexts>, Arc<Blocks>) {
        let Some(made) = self.input.as_ref().map(|input| input.render().texts) else { return Default::default() };
        let prose = made.prose.into_inner().unwrap_or_else(PoisonError::into_inner);
        (made.texts.into_inner().unwrap_or_default(), prose.unwrap_or_default())
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
    pub fn prose(&self) -> Arc<Blocks> {
        self.texts.prose()
    }

    /// Lets go of the prose, which is made again if somebody asks once more.
    pub fn release_prose(&self) {
        if self.texts.input.is_some() {
            self.texts.put(None);
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
        let settings = BodySettings::new(crate::config::Config::default().markdown, None, Shortcodes::default());
        let print = Fingerprint::of_bytes(text.as_bytes());
        BodyInput { path, text: Text::held(text, print), front, lang: "en".into(), settings: Arc::new(settings) }
    }

    const TEXT: &str = "---\nkey_points: [One of *them*]\n---\n\n# Title\n\nSee [it](it.md#part) and https://example.org/.\n\n## Part\n";

    #[test]
    fn a_recalled_body_is_the_one_that_was_rendered() {
        let rendered = input(TEXT).render();
        let recalled = Body::recall(&rendered.to_bytes().expect("a body without problems"), input(TEXT)).expect("a body");
        assert_eq!(recalled, rendered);
        assert_eq!((recalled.html(), recalled.key_points()), (rendered.html(), rendered.key_points()));
        assert_eq!((recalled.recommendations(), recalled.prose()), (rendered.recommendations(), rendered.prose()));
        assert_eq!(recalled.headings[0].text, "Part".into());
        assert!(recalled.html().html.contains("See ") && recalled.key_points().len() == 1);
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
