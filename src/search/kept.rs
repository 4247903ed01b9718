//! What one process leaves to the next of the words of pages, as bytes.
//!
//! Owns their form. It must not know where they are kept. Bytes of another program, or damaged ones, are no words.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::inverted::{Inverted, Known};
use super::list::List;
use super::lists::Lists;
use super::vocabulary::{Vocabulary, Word};
use super::written::Written;
use super::{Index, Words};
use crate::fingerprint::{Fingerprint, PROGRAM, Sealing, unseal};

/// What stands before the bytes of the lists of an index.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    folder: &'a str,
    texts: &'a str,
    /// How long each text is.
    lengths: Vec<u32>,
    /// By the numbers of their stem and form.
    words: Vec<(u32, u32)>,
    /// Name, key and number of tokens.
    pages: Vec<Option<(&'a str, Fingerprint, u32)>>,
    /// The number of pages of each list, the last one, and how many bytes it takes.
    lists: Vec<(u32, u32, u32)>,
    /// Of the lines that were written: their key, their stems, and how many bytes each piece takes.
    key: Fingerprint,
    stems: Vec<u32>,
    pieces: Vec<u32>,
}

impl Words {
    /// Whether there is more to leave to the next process than nearly what another one left.
    pub fn has_news(&self) -> bool {
        self.0.values().any(|index| index.inverted.is_other_than_kept())
    }

    /// Writes what to leave to the next process.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let heads: Vec<Head> = self.0.iter().map(|(folder, index)| head(folder, index)).collect();
        let head = postcard::to_allocvec(&(PROGRAM, heads)).unwrap_or_default();
        let mut sealing = Sealing::new(to);
        sealing.write_all(&head)?;
        self.0.values().flat_map(bodies).try_for_each(|body| sealing.write_all(body))?;
        sealing.end()
    }

    /// What `write` made these bytes of; nothing is remembered if they are none.
    pub fn from_bytes(bytes: &[u8]) -> Words {
        unseal(bytes).and_then(open).unwrap_or_default()
    }
}

fn head<'a>(folder: &'a str, index: &'a Index) -> Head<'a> {
    let Index { inverted: Inverted { vocabulary, lists, pages, .. }, written } = index;
    let length = |list: List| (list.pages, list.last, list.bytes.len() as u32);
    Head {
        folder,
        texts: vocabulary.texts(),
        lengths: vocabulary.lengths().collect(),
        words: (0..vocabulary.len() as u32).map(|word| vocabulary.word(word)).map(|word| (word.stem, word.form)).collect(),
        pages: pages.iter().map(|page| page.as_ref().map(|page| (&*page.name, page.key, page.tokens))).collect(),
        lists: (0..vocabulary.len() as u32).map(|word| length(lists.get(word))).collect(),
        key: written.key,
        stems: written.stems.clone(),
        pieces: written.pieces.iter().map(|piece| piece.len() as u32).collect(),
    }
}

/// What stands behind the heads.
fn bodies(index: &Index) -> impl Iterator<Item = &[u8]> {
    let Inverted { vocabulary, lists, .. } = &index.inverted;
    (0..vocabulary.len() as u32).map(|word| lists.get(word).bytes).chain(index.written.pieces.iter().map(|piece| &**piece))
}

fn open(bytes: &[u8]) -> Option<Words> {
    let ((program, heads), mut rest): ((&str, Vec<Head>), &[u8]) = postcard::take_from_bytes(bytes).ok()?;
    if program != PROGRAM {
        return None;
    }
    let words: Option<BTreeMap<Arc<str>, Index>> =
        heads.into_iter().map(|head| Some((Arc::from(head.folder), index(head, &mut rest)?))).collect();
    words.filter(|_| rest.is_empty()).map(Words)
}

fn index(head: Head, rest: &mut &[u8]) -> Option<Index> {
    let mut take = |length: usize| {
        let (bytes, behind) = rest.split_at_checked(length)?;
        *rest = behind;
        Some(bytes)
    };
    let words: Vec<Word> = head.words.into_iter().map(|(stem, form)| Word { stem, form }).collect();
    let is_whole = words.len() == head.lists.len() && head.stems.iter().all(|stem| (*stem as usize) < head.lengths.len());
    let page = |(name, key, tokens): (&str, _, _)| Known { name: name.into(), key, tokens };
    let inverted = Inverted {
        vocabulary: Vocabulary::from_texts(head.texts, &head.lengths, words)?,
        lists: Lists::from_bytes(&head.lists, &mut take)?,
        pages: head.pages.into_iter().map(|known| known.map(page)).collect(),
        changed: 0,
    };
    let pieces = head.pieces.into_iter().map(|length| take(length as usize).map(Arc::from)).collect::<Option<_>>()?;
    is_whole.then_some(Index { inverted, written: Written { key: head.key, stems: head.stems, pieces } })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::pipeline::{self, BuildOptions, Cache};
    use crate::site::Site;
    use crate::sources::Sources;

    fn site(text: &str) -> Arc<Site> {
        let page = format!("---\ntitle: One\n---\n\n{text}\n");
        let files =
            [("content/a.md", page.as_str()), ("content/b.md", "---\ntitle: Two\n---\n"), ("content/b.fr.md", "---\ntitle: Deux\n---\n")];
        let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "languages = [\"fr\"]\n", &files);
        pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site
    }

    fn words(site: &Site) -> Words {
        let mut words = Words::default();
        words.files(site);
        words
    }

    /// What is left to the next process; nothing, if that is nearly what another one left.
    fn bytes(words: &Words) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        words.has_news().then(|| words.write(&mut bytes).expect("written")).map(|()| bytes)
    }

    #[test]
    fn what_was_kept_is_what_another_process_would_have_read() {
        let (before, after) = (site("It governs."), site("It is governed."));
        let left = bytes(&words(&before)).expect("words");
        let mut recalled = Words::from_bytes(&left);
        assert_eq!(bytes(&recalled), None, "it is what was kept");
        assert_eq!(recalled.files(&after), Words::default().files(&after));
        assert!(bytes(&recalled).is_some());
        let mut recalled = Words::from_bytes(&left);
        assert_eq!(recalled.files(&before), Words::default().files(&before));
        assert_eq!(bytes(&recalled), None, "nothing has changed");
    }

    #[test]
    fn bytes_that_are_no_words_are_nothing() {
        let left = bytes(&words(&site("It governs."))).expect("words");
        for at in 0..left.len() {
            assert!(Words::from_bytes(&left[..at]).0.is_empty(), "the first {at} bytes");
            let mut damaged = left.clone();
            damaged[at] ^= 4;
            assert!(Words::from_bytes(&damaged).0.is_empty(), "byte {at}");
        }
    }
}
